//! Markdown, with or without front matter.
use crate::article::{Page, Source};

pub(super) fn read(text: &str) -> Page {
    Page { source: Source::Markdown, ..super::text::read(text) }
}
