//! A search engine over a folder of saved articles about cyber policy and cyber threats.

mod analysis;
pub mod annotate;
mod article;
mod claims;
pub mod clean;
pub mod decode;
#[cfg(test)]
mod effort;
mod error;
pub mod eval;
pub mod extract;
mod index;
pub mod knowledge;
mod pipeline;
pub mod present;
mod query;
mod search;
mod snippet;
mod sync;
pub mod walk;

pub use article::*;
pub use claims::{ClaimOptions, ClaimRow};
pub use error::{Error, Result, Skipped};
pub use index::{Checked, Copied, Explanation, Facet, Problem, Ranking, Reason};
pub use pipeline::{ExplainedBlocks, Reader};
pub use query::{DateField, DateRange, Expr, ExprKind, Query, QueryError, TextField};
pub use search::{
    ActorCount, BadCursor, Cursor, FacetCounts, FacetValue, Facets, Hit, HitActor, Hits, Index, Lane, ListStatus, MatchedActor, Period,
    Saved, SavedSearch, SearchOptions, Sort, Status, TimeOf, Timeline, TimelineOptions, Unit, UnknownActor, UnknownWord,
};
pub use snippet::Snippet;
pub use sync::{ListReport, Progress, Report, SkippedFile, SyncOptions};
