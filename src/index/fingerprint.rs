//! What is remembered of a file, to tell whether it must be read again.

use std::collections::BTreeMap;

/// The fingerprint of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FileMark {
    /// Size in bytes.
    pub(crate) size: u64,
    /// Time of the last change in nanoseconds since 1970; 0 where it proves nothing (unknown, or so young that a change may still follow
    /// within the file system's precision); [`ENTRY`] for an article that is one of several in a file.
    pub(crate) modified: u64,
    /// BLAKE3 of the decoded text with what is told of it; of a file that holds several articles, of theirs.
    pub(crate) content: [u8; 32],
    /// Versions of the stages that read it.
    pub(crate) stages: u64,
}

/// The time of what is no file but an entry of one.
pub(crate) const ENTRY: u64 = u64::MAX;

/// One document as the writer knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// `None` for an article that was handed over in memory.
    pub(crate) mark: Option<FileMark>,
    /// Why there is no article; nothing for a file that holds several, each a document of its own.
    pub(crate) skipped: Option<String>,
    pub(crate) title_len: u64,
    pub(crate) body_len: u64,
}

impl Entry {
    /// Whether it is one of several articles in a file.
    pub(crate) fn is_within(&self) -> bool {
        self.mark.as_ref().is_some_and(|mark| mark.modified == ENTRY)
    }

    /// Whether it is a file that holds several articles and was read to its end.
    pub(crate) fn holds_several(&self) -> bool {
        self.skipped.as_deref() == Some("")
    }

    /// Why there is no article, for people.
    pub(crate) fn reason(&self) -> Option<&str> {
        self.skipped.as_deref().filter(|reason| !reason.is_empty())
    }
}

/// All documents by path.
pub(crate) type Known = BTreeMap<String, Entry>;

/// The articles that lie in a file, by their paths.
pub(crate) fn within<'k>(known: &'k Known, file: &'k str) -> impl Iterator<Item = (&'k String, &'k Entry)> {
    let start = format!("{file}#");
    let end = start.clone();
    known.range(start..).take_while(move |(path, _)| path.starts_with(&end)).filter(move |(path, _)| file_of(known, path) == file)
}

/// The file that an article lies in, which may be the article itself.
pub(crate) fn file_of<'p>(known: &Known, path: &'p str) -> &'p str {
    if !known.get(path).is_some_and(Entry::is_within) {
        return path;
    }
    let files = path.match_indices('#').map(|(at, _)| &path[..at]);
    files.into_iter().find(|file| known.get(*file).is_some_and(|entry| entry.skipped.is_some() && !entry.is_within())).unwrap_or(path)
}
