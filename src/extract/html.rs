//! Pages with mark-up. (Replaced by the folder `html/`.)
use crate::article::{Block, NO_ELEMENT, Page, Source};

pub(super) fn read(text: &str) -> Page {
    let doc = dom_query::Document::from(text);
    let mut page = Page { source: Source::Html, ..Page::default() };
    for line in doc.formatted_text().lines().map(str::trim).filter(|l| !l.is_empty()) {
        page.blocks.push(Block { text: line.to_string(), element: NO_ELEMENT, ..Block::default() });
    }
    page
}
