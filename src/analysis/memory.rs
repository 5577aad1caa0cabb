//! What is remembered of words seen before: folding and stemming a word costs many times what looking it up does, and few words make up most of a text.

use foldhash::fast::RandomState;
use std::collections::HashMap;

/// Most words that are remembered; beyond it the memory begins anew.
const MOST: usize = 1 << 15;
/// Longest word that is remembered, in bytes.
const LONGEST: usize = 24;

/// A word as it is written, folded, and stemmed.
#[derive(Debug)]
pub(super) struct Remembered {
    pub(super) word: Box<str>,
    pub(super) term: Box<str>,
}

/// The words of one language seen before, by how they are written.
#[derive(Debug, Default)]
pub(super) struct Memory(HashMap<Box<str>, Remembered, RandomState>);

impl Memory {
    /// What a word is, from memory or `make`; nothing for words too long to return, and for those that `make` makes nothing of.
    pub(super) fn recall(&mut self, part: &str, make: impl FnOnce() -> Option<Remembered>) -> Option<&Remembered> {
        if part.len() > LONGEST {
            return None;
        }
        // Asked twice, as a find that is given back would be borrowed in the other branch too.
        if !self.0.contains_key(part) {
            if self.0.len() >= MOST {
                self.0.clear();
            }
            self.0.insert(part.into(), make()?);
        }
        self.0.get(part)
    }
}
