//! What can go wrong, in small types without prefix; advice is added at the edge of the program.

use std::path::PathBuf;

/// A result with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why an operation as a whole could not be done.
///
/// One bad file never becomes an `Error`: it is [`Skipped`] and the run goes on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("{}: cannot {action}", path.display())]
    Io {
        /// What was tried, as a verb with its object: `read`, `create the folder`.
        action: &'static str,
        /// Of which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// There is no index in the folder.
    #[error("{}: no index here", path.display())]
    NoIndex {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds something that is no index of this program.
    #[error("{}: not an index", path.display())]
    NotAnIndex {
        /// The folder.
        path: PathBuf,
    },
    /// The index was written by another version of the program.
    #[error("{}: the index has format {found}, this program reads format {expected}", path.display())]
    Format {
        /// The folder.
        path: PathBuf,
        /// The index's format.
        found: u32,
        /// The format that is read.
        expected: u32,
    },
    /// The index does not tell which folders it was built from.
    #[error("{}: cannot tell which folders the index was built from", path.display())]
    NoRoots {
        /// The folder of the index.
        path: PathBuf,
    },
    /// Another program is writing to the index.
    #[error("{}: the index is being written to", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// The index's files do not fit together.
    #[error("{}: the index is damaged", path.display())]
    Damaged {
        /// The folder.
        path: PathBuf,
        /// What was found.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The index holds no such article.
    #[error("no article has the path or id `{asked}`")]
    NoArticle {
        /// What was asked for.
        asked: String,
    },
    /// Several ids begin as the one asked for.
    #[error("several articles have an id that begins with `{asked}`: {}", ids.join(", "))]
    Ambiguous {
        /// What was asked for.
        asked: String,
        /// The first few of the ids.
        ids: Vec<String>,
    },
}

/// Why one file was passed over. The run goes on; the report counts it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Skipped {
    /// It could not be read.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// Its format is none of those read.
    #[error("not an article format ({0})")]
    Format(String),
    /// It is larger than the limit.
    #[error("larger than {limit} MiB")]
    TooLarge {
        /// The limit in MiB.
        limit: u64,
    },
    /// It has more parts of some kind than any article, so that reading it would take more memory than it is worth.
    #[error("more than {limit} {what}")]
    TooMany {
        /// The parts: tags, lines.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// It holds no text.
    #[error("empty")]
    Empty,
    /// It is a document of which no text can be had: its pages are pictures, or its fonts do not say what they show.
    #[error("{0}")]
    NoText(&'static str),
    /// It holds several articles, and one was asked for.
    #[error("holds several articles: name one of them as FILE#ENTRY")]
    Several,
    /// It holds no article of that name.
    #[error("holds no `{0}`")]
    NoEntry(String),
    /// It can be read with a password only.
    #[error("encrypted")]
    Encrypted,
    /// It is a container in too many others.
    #[error("an archive more than {limit} archives deep")]
    Nested {
        /// How many archives may lie in each other.
        limit: usize,
    },
    /// Its data is broken. What was whole before the break is read.
    #[error("broken: {0}; what comes after is lost, save the file again")]
    Broken(String),
    /// A stage failed on it, which is a defect of this program.
    #[error("internal error; please report this file")]
    Internal,
}

impl Skipped {
    /// Whether something is wrong with the file or with this program; else the file is only no article.
    pub fn is_error(&self) -> bool {
        matches!(self, Skipped::Unreadable(_) | Skipped::Broken(_) | Skipped::Internal)
    }
}

impl From<std::io::Error> for Skipped {
    /// An error of the system is that of the file; any other comes from what unpacks it.
    fn from(error: std::io::Error) -> Self {
        if error.raw_os_error().is_some() { Skipped::Unreadable(error.to_string()) } else { Skipped::Broken(error.to_string()) }
    }
}
