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
    /// It holds no text.
    #[error("empty")]
    Empty,
    /// Its compressed data is broken.
    #[error("broken gzip data: {0}")]
    Gzip(String),
    /// A stage failed on it, which is a defect of this program.
    #[error("internal error; please report this file")]
    Internal,
}
