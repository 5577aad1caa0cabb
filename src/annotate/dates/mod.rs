//! Mentions of times.
use super::Context;
use crate::article::DateMention;

#[derive(Debug)]
pub(super) struct Finder {}

impl Finder {
    pub(super) fn new() -> Self {
        Finder {}
    }

    pub(super) fn find(&self, _text: &str, _context: &Context<'_>) -> Vec<DateMention> {
        Vec::new()
    }
}
