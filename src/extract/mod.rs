//! Mark-up or lines to blocks with structure, and metadata with the evidence for each value.
//!
//! Drops nothing: every piece of text of the input is in a block. Knows no outlet by name.

mod document;
mod html;
pub(crate) mod language;
mod markdown;
mod metadata;
mod text;
mod told;

use crate::article::{Block, Metadata, Page, Source};

/// Changes whenever the same input would give another [`Page`]; part of the fingerprint of an indexed file.
pub const VERSION: u32 = 3;

/// Reads a decoded text of the given kind.
pub fn extract(source: Source, text: &str) -> Page {
    match source {
        Source::Html => html::read(text),
        Source::Text => text::read(text),
        Source::Markdown => markdown::read(text),
        Source::Document => document::read(text),
    }
}

/// Reads again what the lines of a page without mark-up say of the article, now that some blocks are known to belong to the site: a headline,
/// an author and a day that stand `apart` on every page of a site are not those of this article. A page with mark-up stays as it is.
pub fn reread(page: &mut Page, apart: impl Fn(&Block) -> bool) {
    if matches!(page.source, Source::Text | Source::Markdown) && page.blocks.iter().any(&apart) {
        text::reread(page, apart);
    }
}

/// Adds what a container tells of the text: the head of a mail, the fields of a record. Of two values the surer one stands.
pub fn add_told(page: &mut Page, told: &Metadata) {
    told::add(&mut page.metadata, told);
}
