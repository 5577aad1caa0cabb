//! The index: schema, writer, reader, lock, format number, fingerprints.
//!
//! Owns the engine: none of its types or messages leaves this folder. Reads no files but its own, prints nothing, parses no queries.
//!
//! A document is an article, or a file that holds none, with the fingerprint of its file in the same document: documents and the list
//! of known files are one commit. All sums that scores need count live documents only, so that history does not matter.

mod alias;
mod blocks;
mod check;
mod commit;
mod containers;
mod copies;
mod count;
mod explain;
mod facet;
mod feedback;
mod fingerprint;
mod fuzzy;
mod hits;
mod known;
mod lead;
mod like;
mod matcher;
mod packed;
mod pattern;
mod plan;
mod postings;
mod proximity;
mod rank;
mod ranking;
mod reader;
mod rebuild;
mod roots;
mod scale;
mod schema;
mod second;
mod store;
mod stored;
mod whole;
mod writer;

pub(crate) use check::check;
pub use check::{Checked, Problem};
pub use copies::Copied;
pub use explain::{Explanation, Reason};
pub use facet::Facet;
pub(crate) use facet::Tally;
pub(crate) use fingerprint::FileMark;
pub(crate) use known::{Known, Noted};
pub(crate) use pattern::word_regex;
pub(crate) use plan::{Days, Pattern, Plan, Test, Wanted};
pub(crate) use rank::{Found, Order, Ranked};
pub use ranking::Ranking;
pub(crate) use reader::Reader;
pub(crate) use rebuild::Rebuild;
pub(crate) use roots::Roots;
pub(crate) use schema::{Facts, Field, actor_key, date_of, day_of, day_text, first_bytes, id_number, id_text, path_key};
pub(crate) use store::{Store, guarded};
pub(crate) use writer::{Prepared, Writer};
