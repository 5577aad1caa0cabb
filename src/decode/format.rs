//! Which of the read formats some bytes are: from the bytes, and for texts without a mark of their own from the file's ending.
//!
//! A format is a small file beside this one and a line in [`FORMATS`].

use super::entries::{Entries, Flow};
use super::input::Input;
use super::{Decoded, csaf, csv, docx, epub, feed, json, mail, mbox, packed, page, tar, warc, zip};
use crate::error::Skipped;

/// How many packers may lie around a file: `.tar.gz` has one.
const PACKED: usize = 3;

/// Something that articles are saved as.
#[derive(Debug)]
pub(super) struct Format {
    /// Its name, for people and for the fingerprint of a file.
    pub(super) name: &'static str,
    /// Changes whenever the same bytes would give other entries; files of this format are then read again.
    pub(super) version: u32,
    /// Whether a file is of the format, by how it begins.
    pub(super) tells: fn(&Head<'_>) -> bool,
    pub(super) reads: Reads,
}

/// What a format holds. Functions get the name of the file, without the endings of its packers.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reads {
    /// One article, from a file that fits into memory.
    One(fn(&str, &[u8]) -> Result<Decoded, Skipped>),
    /// Any number, handed over as they come.
    Many(fn(&str, Input<'_>, &mut Entries<'_>) -> Flow),
}

/// How a file begins.
#[derive(Debug)]
pub(super) struct Head<'h> {
    pub(super) name: &'h str,
    pub(super) bytes: &'h [u8],
}

impl Head<'_> {
    /// The ending of the file's name, in small letters.
    pub(super) fn ending(&self) -> String {
        let name = self.name.rsplit('/').next().and_then(|n| n.rsplit_once('.'));
        name.map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
    }
}

/// The formats in the order in which they are asked; what none of them takes is a page or a text.
pub(super) const FORMATS: &[&Format] = &[
    #[cfg(feature = "pdf")]
    &super::pdf::FORMAT,
    &epub::FORMAT,
    &docx::FORMAT,
    &csaf::FORMAT,
    &zip::FORMAT,
    &tar::FORMAT,
    &warc::FORMAT,
    &mbox::FORMAT,
    &mail::FORMAT,
    &feed::FORMAT,
    &json::FORMAT,
    &csv::FORMAT,
    &page::FORMAT,
];

/// The name of the format of some bytes, beneath their packers.
pub(super) fn name_of(name: &str, bytes: &[u8]) -> Option<&'static str> {
    open(name, Input::stream(bytes)).ok().map(|(format, ..)| format.name)
}

/// Takes packers off and tells the format, with the name that the file has without them.
pub(super) fn open<'a>(name: &str, mut input: Input<'a>) -> Result<(&'static Format, String, Input<'a>), Skipped> {
    let mut name = name;
    for layer in 0.. {
        let head = Head { name, bytes: input.head()? };
        if head.bytes.is_empty() {
            return Err(Skipped::Empty);
        }
        let Some(packer) = packed::PACKERS.iter().find(|p| head.bytes.starts_with(p.magic)) else { break };
        if layer == PACKED {
            return Err(Skipped::Nested { limit: PACKED });
        }
        input = (packer.unpack)(input)?;
        name = packer.without_ending(name);
    }
    let head = Head { name, bytes: input.head()? };
    let format = FORMATS.iter().copied().find(|format| (format.tells)(&head));
    match format {
        Some(format) => Ok((format, name.to_owned(), input)),
        None => Err(page::foreign(&head)),
    }
}
