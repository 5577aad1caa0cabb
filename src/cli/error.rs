//! The one error type of the program: what went wrong, why, and what to type next.

use demarche::Error;
use std::fmt::Write as _;

/// An error on its way to standard error.
#[derive(Debug)]
pub(crate) struct CommandError {
    message: String,
    hint: Option<String>,
    broken_pipe: bool,
}

impl CommandError {
    /// An error without advice.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        CommandError { message: message.into(), hint: None, broken_pipe: false }
    }

    /// With the next command to type.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whether the reader of standard output went away.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        self.broken_pipe
    }

    /// The lines to print, `demarche: ` first.
    pub(crate) fn lines(&self) -> String {
        let mut text = format!("demarche: {}", demarche::present::escape(&self.message));
        if let Some(hint) = &self.hint {
            let _ = write!(text, "\nhint: {hint}");
        }
        text
    }
}

impl From<Error> for CommandError {
    fn from(error: Error) -> Self {
        let mut message = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            let _ = write!(message, ": {cause}");
            source = cause.source();
        }
        let hint = match &error {
            Error::NoIndex { path } => Some(format!(
                "make one: demarche index FOLDER --index {0}, or search a folder at once: demarche search --in FOLDER words",
                path.display()
            )),
            Error::NotAnIndex { .. } => Some("give another folder: --index DIR".to_owned()),
            Error::Format { path, .. } => Some(format!("build it anew: demarche index FOLDER --index {}", path.display())),
            Error::Locked { .. } => Some("wait until the other `demarche index` is done".to_owned()),
            Error::Damaged { path, .. } => Some(format!("build it anew: demarche index --rebuild --index {}", path.display())),
            Error::NoRoots { path } => Some(format!("give them: demarche index --rebuild FOLDER --index {}", path.display())),
            Error::NoArticle { .. } => Some("take an id or path from the hits of demarche search".to_owned()),
            Error::Ambiguous { .. } => Some("type more of the id".to_owned()),
            _ => None,
        };
        CommandError { hint, ..CommandError::new(message) }
    }
}

impl From<std::io::Error> for CommandError {
    fn from(error: std::io::Error) -> Self {
        let broken_pipe = error.kind() == std::io::ErrorKind::BrokenPipe;
        CommandError { broken_pipe, ..CommandError::new(format!("cannot write the output: {error}")) }
    }
}

impl From<serde_json::Error> for CommandError {
    fn from(error: serde_json::Error) -> Self {
        std::io::Error::from(error).into()
    }
}
