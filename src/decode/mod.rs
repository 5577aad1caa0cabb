//! Bytes to texts: packers, containers, formats, charsets. Opens no file by name and parses no page.
//!
//! A file holds one article, or many: [`entries`] hands them over one after the other, each with a name within the file, and holds one at a time. Each
//! format is a file here and a line in `format.rs`; what a container tells of a text goes with it as [`Metadata`].

mod bounds;
mod charset;
mod csaf;
mod csv;
mod document;
mod docx;
mod entries;
mod epub;
mod feed;
mod fields;
mod format;
mod http;
mod input;
mod json;
mod lines;
mod mail;
mod markup;
mod mbox;
mod package;
mod packed;
mod page;
#[cfg(feature = "pdf")]
mod pdf;
mod record;
mod rubbish;
mod tar;
mod unlisted;
mod warc;
mod zip;

pub use crate::article::Metadata;
pub use entries::{Entry, parts_of};
pub use fields::{Fields, ROLES};
pub use input::Input;

use crate::article::Source;
use crate::error::Skipped;
use entries::{Entries, Stop};
use std::ops::ControlFlow;

/// The largest article that is read, in MiB after decompression, and the largest file of a format that is not read piece by piece. A bound on memory,
/// far above any article.
pub const MAX_MIB: u64 = 64;

/// Changes whenever a file would be told to be of another format, or entries would get other names; what a format makes of its files has a version of
/// its own.
pub const VERSION: u32 = 4;

/// How sure the address is that a page was saved from: a page that names its own knows better.
const SAVED: f32 = 0.5;

/// A file's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// What kind of text it is.
    pub source: Source,
    /// The text, without a byte order mark.
    pub text: String,
    /// Name of the charset it was in.
    pub charset: &'static str,
    /// What the file tells of the text it holds: the head of a mail, the fields of a record. Values are as they were written, days in any
    /// writing; one that is as sure as what the text says of itself, or more, goes before it.
    pub told: Metadata,
}

impl Decoded {
    /// A fingerprint of the text and of what is told of it.
    pub(crate) fn hash(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(format!("{:?} {:?}\n", self.source, self.told).as_bytes());
        hasher.update(self.text.as_bytes());
        *hasher.finalize().as_bytes()
    }
}

/// Reads `bytes` as the file `name` would be read, where it holds one article.
///
/// # Errors
/// [`Skipped`] where the bytes are no text of a known format, are empty, exceed [`MAX_MIB`], or hold several articles.
///
/// ```
/// use demarche::{Source, decode::decode};
/// let file = decode("note.txt", "Zürich".as_bytes()).unwrap();
/// assert_eq!((file.source, file.text.as_str()), (Source::Text, "Zürich"));
/// assert!(decode("photo.jpg", b"\xff\xd8\xff\xe0").is_err());
/// ```
pub fn decode(name: &str, bytes: &[u8]) -> Result<Decoded, Skipped> {
    let mut only = Err(Skipped::Empty);
    let ended = entries(name, Input::stream(bytes), &Fields::default(), &mut |entry| {
        only = if entry.name.is_empty() { entry.read } else { Err(Skipped::Several) };
        ControlFlow::Break(())
    });
    ended.and(only)
}

/// Hands over what the file `name` holds, in order, until `each` breaks. A file that is one article is the one entry, without a name.
///
/// # Errors
/// [`Skipped`] where it cannot be read, or not further: the entries handed over before are as good as those of a whole file.
///
/// ```
/// use demarche::decode::{Fields, Input, entries};
/// let letters = "From a@gate.example Mon May 12 08:00:00 2031\nMessage-ID: <1@gate.example>\nSubject: Gate\n\nIt is closed.\n";
/// let mut names = Vec::new();
/// entries("letters", Input::stream(letters.as_bytes()), &Fields::default(), &mut |entry| {
///     names.push(entry.name);
///     std::ops::ControlFlow::Continue(())
/// })?;
/// assert_eq!(names, ["1@gate.example"]);
/// # Ok::<(), demarche::Skipped>(())
/// ```
pub fn entries(name: &str, input: Input<'_>, fields: &Fields, each: &mut dyn FnMut(Entry) -> ControlFlow<()>) -> Result<(), Skipped> {
    match Entries::new(fields, each).file(name, input) {
        Ok(()) | Err(Stop::Asked) => Ok(()),
        Err(Stop::Broken(skipped)) => Err(skipped),
    }
}

/// Reads bytes as those of a format, which need not be told by them: an entry for tests that search for bytes that break it. Tells how many entries
/// there were; nothing where there is no such format.
#[doc(hidden)]
pub fn read_as(format: &str, bytes: &[u8]) -> Option<usize> {
    let format = format::FORMATS.iter().find(|f| f.name == format)?;
    let (mut count, fields) = (0, Fields::default());
    let mut each = |_: Entry| {
        count += 1;
        ControlFlow::Continue(())
    };
    let _ = Entries::new(&fields, &mut each).read_as(format, "file", Input::stream(bytes));
    Some(count)
}

/// The names of all formats.
#[doc(hidden)]
pub fn format_names() -> impl Iterator<Item = &'static str> {
    versions().map(|(name, _)| name)
}

/// Every format by name, with its version.
pub(crate) fn versions() -> impl Iterator<Item = (&'static str, u32)> {
    format::FORMATS.iter().map(|format| (format.name, format.version))
}
