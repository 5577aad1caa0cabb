//! Blocks: the pieces of text a page consists of, and the skeleton of elements around them.

use serde::{Deserialize, Serialize};

/// What a block is in the eyes of a reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// Running text, and whatever is nothing else.
    #[default]
    Paragraph,
    /// A heading of any level.
    Heading,
    /// An item of a list.
    ListItem,
    /// A quotation set apart.
    Quote,
    /// A row of a table, cells parted by ` | `.
    TableRow,
    /// Preformatted text: lines are kept.
    Preformatted,
    /// A caption of a picture, table or video.
    Caption,
    /// A button, label or field of a form.
    Control,
    /// A line that returns at the top or bottom of the pages of a printed document.
    RunningHead,
}

impl BlockKind {
    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            BlockKind::Paragraph => "paragraph",
            BlockKind::Heading => "heading",
            BlockKind::ListItem => "list-item",
            BlockKind::Quote => "quote",
            BlockKind::TableRow => "table-row",
            BlockKind::Preformatted => "preformatted",
            BlockKind::Caption => "caption",
            BlockKind::Control => "control",
            BlockKind::RunningHead => "running-head",
        }
    }
}

/// The index that stands for "no element".
pub const NO_ELEMENT: u32 = u32::MAX;

/// One piece of text of a page: all inline text between two boundaries a reader would see as a break.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// The text: white space collapsed (but in [`BlockKind::Preformatted`]), Unicode NFC, never empty.
    pub text: String,
    /// What it is.
    pub kind: BlockKind,
    /// Level of a heading (1 to 6), depth of a list item (1 and up); 0 elsewhere.
    pub level: u8,
    /// The innermost element around it, an index into [`Page::elements`](super::Page::elements); [`NO_ELEMENT`] where a source has no mark-up.
    pub element: u32,
    /// How many bytes of `text` stand inside links.
    pub link_bytes: u32,
    /// How many bytes of `text` stand inside bold, strong or heading-like inline mark-up.
    pub strong_bytes: u32,
    /// The page asks not to show it (`hidden`, `aria-hidden`, `display:none`, `<noscript>`, `<template>`).
    pub hidden: bool,
}

/// An element with at least one block inside: the skeleton of a page's DOM.
///
/// Parents stand before their children, so one pass from the end adds up whatever belongs to subtrees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    /// Index of the parent; [`NO_ELEMENT`] for the root.
    pub parent: u32,
    /// Lower-case tag name.
    pub tag: Box<str>,
    /// Lower-case words of `class`, `id`, `role`, `itemprop`, `data-testid` and `aria-label`, parted by spaces.
    pub hints: Box<str>,
}
