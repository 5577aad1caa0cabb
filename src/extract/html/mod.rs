//! Pages with mark-up: the DOM, parsed once, as blocks in reading order and a skeleton of the elements around them.
//!
//! Everything a text node holds becomes part of a block, shown or hidden; what is left out is not text (scripts, styles, the
//! inside of drawings, the `<head>`). No judgement is made here about what belongs to the article.

mod bounds;
mod characters;
mod collector;
mod tags;
mod walk;

use super::metadata;
use crate::article::{Page, Source};

/// Reads a page.
pub(super) fn read(text: &str) -> Page {
    let bounded = bounds::bound(text);
    let doc = dom_query::Document::from(bounded.as_ref());
    let mut page = Page { source: Source::Html, ..walk::blocks(&doc) };
    page.metadata = metadata::of_html(&doc, &page);
    page
}

/// The blocks of mark-up that is no saved page, and its DOM; no metadata is read.
pub(super) fn blocks(text: &str) -> (dom_query::Document, Page) {
    let doc = dom_query::Document::from(bounds::bound(text).as_ref());
    let page = walk::blocks(&doc);
    (doc, page)
}

#[cfg(test)]
mod tests;
