//! Mentions of actors.
use super::Context;
use crate::article::Mention;
use crate::knowledge::Knowledge;

#[derive(Debug)]
pub(super) struct Finder<'k> {
    #[allow(dead_code)]
    knowledge: &'k Knowledge,
}

impl<'k> Finder<'k> {
    pub(super) fn new(knowledge: &'k Knowledge) -> Self {
        Finder { knowledge }
    }

    pub(super) fn find(&self, _text: &str, _context: &Context<'_>) -> Vec<Mention> {
        Vec::new()
    }
}
