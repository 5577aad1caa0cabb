//! Mark-up or lines to blocks with structure, and metadata with the evidence for each value.
//!
//! Drops nothing: every piece of text of the input is in a block. Knows no outlet by name.

mod html;
pub(crate) mod language;
mod markdown;
mod metadata;
mod text;

use crate::article::{Page, Source};

/// Changes whenever the same input would give another [`Page`]; part of the fingerprint of an indexed file.
pub const VERSION: u32 = 1;

/// Reads a decoded text of the given kind.
pub fn extract(source: Source, text: &str) -> Page {
    match source {
        Source::Html => html::read(text),
        Source::Text => text::read(text),
        Source::Markdown => markdown::read(text),
    }
}
