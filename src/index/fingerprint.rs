//! What is remembered of a file, to tell whether it must be read again.

use std::collections::BTreeMap;

/// The fingerprint of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FileMark {
    /// Size in bytes.
    pub(crate) size: u64,
    /// Time of the last change in nanoseconds since 1970; 0 where it proves nothing (unknown, or so young that a change may still follow
    /// within the file system's precision).
    pub(crate) modified: u64,
    /// BLAKE3 of the content; all zero where it could not be read.
    pub(crate) content: [u8; 32],
    /// Versions of the stages that read it.
    pub(crate) stages: u64,
}

/// One document as the writer knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// `None` for an article that was handed over in memory.
    pub(crate) mark: Option<FileMark>,
    /// Why there is no article.
    pub(crate) skipped: Option<String>,
    pub(crate) title_len: u64,
    pub(crate) body_len: u64,
}

/// All documents by path.
pub(crate) type Known = BTreeMap<String, Entry>;
