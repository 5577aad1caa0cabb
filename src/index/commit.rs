//! What is committed beside the documents, in the same atomic step: the format and the sums that scores need.

use super::roots::Roots;
use crate::decode::Fields;
use serde::{Deserialize, Serialize};

/// Format of the index; changes whenever an index written before would be read wrongly. An older one is built anew by `index`.
pub(super) const FORMAT: u32 = 5;

/// Format and analysis in one number.
pub(crate) fn format_number() -> u32 {
    FORMAT * 1000 + crate::analysis::VERSION
}

/// The payload of a commit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Commit {
    /// [`format_number`] of the program that wrote it.
    pub(crate) demarche_format: u32,
    /// Articles, not counting deleted ones.
    pub(crate) articles: u64,
    /// Files that hold no article.
    pub(crate) skipped: u64,
    /// Words of all titles.
    pub(crate) title_words: u64,
    /// Words of all bodies.
    pub(crate) body_words: u64,
    /// The files and folders that were indexed.
    pub(crate) roots: Roots,
    /// The file of the groups of copies among these documents; empty where there are none, not there where they have not been looked for
    /// yet.
    #[serde(default)]
    pub(crate) copies: Option<String>,
    /// The user's own lists of actors, as JSON: only who needs them reads them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) lists: String,
    /// What the user says of the fields of records.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub(crate) fields: Fields,
    /// [`sealed`](Commit::sealed), as it was written; what has no seal was written by an older program.
    #[serde(default)]
    pub(crate) seal: String,
}

impl Commit {
    /// A checksum of everything else in it: the engine keeps none of its manifest.
    pub(super) fn sealed(&self) -> String {
        let bare = Commit { seal: String::new(), ..self.clone() };
        let bytes = serde_json::to_vec(&bare).unwrap_or_default();
        blake3::hash(&bytes).to_hex().get(..16).unwrap_or_default().to_owned()
    }
}
