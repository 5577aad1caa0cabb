//! Plain text: a line is a block.
use crate::article::{Block, NO_ELEMENT, Page, Source};

pub(super) fn read(text: &str) -> Page {
    let mut page = Page { source: Source::Text, ..Page::default() };
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        page.blocks.push(Block { text: line.to_string(), element: NO_ELEMENT, ..Block::default() });
    }
    page
}
