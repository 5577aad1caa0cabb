//! What can be a name, and where it begins and ends.

use super::Teller;
use crate::annotate::actors::cue::class::{HEAD, MALWARE, STOP};
use crate::annotate::actors::token::{Gap, Token, shape};

/// No name told by language is longer, in words.
const LONGEST: usize = 4;

impl Teller<'_> {
    /// Whether a sentence ends between the words `a` and `b`.
    pub(super) fn parted(&self, a: usize, b: usize) -> bool {
        (a + 1..=b).any(|i| {
            self.token(i).is_none_or(|w| matches!(w.gap, Gap::Break | Gap::DotSpace) || (w.is(shape::INITIAL) && w.gap == Gap::Space))
        })
    }

    /// Whether a word can be in a name: capital, digits or inner capital, and no word of grammar or trade.
    pub(super) fn nameable(&self, at: usize) -> bool {
        let Some(word) = self.token(at) else { return false };
        let single = word.end - word.start == 1 && !word.is(shape::DIGITS);
        // "CEOs", "VMs"
        let plural = word.is(shape::CAMEL)
            && self
                .view
                .text
                .get(word.start..word.end)
                .and_then(|t| t.strip_suffix('s'))
                .is_some_and(|t| t.bytes().all(|b| b.is_ascii_uppercase()));
        word.is(shape::UPPER | shape::DIGITS)
            && !word.is(shape::MASKED | shape::SHOUT)
            && self.class(at) & STOP == 0
            && self.taken.get(at) == Some(&0)
            && !single
            && !plural
    }

    /// The name that begins at `at`, as one past its last word.
    pub(super) fn name_from(&self, at: usize) -> Option<usize> {
        if !self.nameable(at) || self.token(at)?.is(shape::DIGITS) {
            return None;
        }
        let mut last = at + 1;
        while last - at < LONGEST && self.nameable(last) && self.token(last).is_some_and(joins) {
            last += 1;
        }
        // "the Gorgon Group": the word for what it is belongs to the name where it has a capital.
        let head = self.token(last).is_some_and(|w| w.is(shape::UPPER) && w.gap == Gap::Space) && self.class(last) & HEAD != 0;
        last += usize::from(head);
        self.sound(at, last).then_some(last)
    }

    /// The first word of what stands in parentheses right before `end`, or `end`.
    pub(super) fn before_parentheses(&self, end: usize) -> usize {
        if !self.text_between(end).trim_start().starts_with(')') {
            return end;
        }
        (end.saturating_sub(20)..end).rev().find(|&i| self.text_between(i).contains('(')).unwrap_or(end)
    }

    /// The name that ends before `end`, as its first word.
    pub(super) fn name_until(&self, end: usize) -> Option<usize> {
        let mut end = end;
        // "the Gorgon Group is …"
        if end >= 2 && self.class(end - 1) & HEAD != 0 && self.token(end - 1)?.is(shape::UPPER) && self.token(end - 1)?.gap == Gap::Space {
            end -= 1;
        }
        let mut first = end;
        while end - first < LONGEST && first > 0 && self.nameable(first - 1) && (first == end || self.token(first).is_some_and(joins)) {
            first -= 1;
        }
        // "Predator the Thief", "Joker's Stash": what stands before belongs to it.
        let through = first >= 2
            && first < end
            && self.nameable(first - 2)
            && !self.token(first - 1)?.is(shape::UPPER)
            && match self.token(first - 1)? {
                w if w.hash == self.words.the => w.gap == Gap::Space && self.token(first)?.gap == Gap::Space,
                w => w.end - w.start == 1 && w.gap == Gap::Apostrophe,
            };
        if through {
            first -= 2;
        }
        while first < end && self.token(first)?.is(shape::DIGITS) {
            first += 1;
        }
        (first < end && self.sound(first, end)).then_some(first)
    }

    /// Three letters at least, and not glued to what stands around it.
    pub(super) fn sound(&self, first: usize, last: usize) -> bool {
        let length: usize = (first..last).filter_map(|i| self.token(i)).map(|w| w.end - w.start).sum();
        let compound = |w: &Token| w.gap == Gap::Hyphen && first > 0 && self.token(first - 1).is_some_and(|b| !b.is(shape::UPPER));
        let free =
            self.token(first).is_some_and(|w| w.gap != Gap::Glued && !compound(w)) && self.token(last).is_none_or(|w| w.gap != Gap::Glued);
        length >= 3 && free
    }

    /// Whether the word at `at` says that the name before it is a program ("X malware", but not "X malware group").
    pub(super) fn names_program(&self, at: usize) -> bool {
        let follows = self.token(at).is_some_and(|w| w.gap == Gap::Space && !w.is(shape::INITIAL));
        follows && self.class(at) & MALWARE != 0 && (self.class(at) | self.class(at + 1)) & HEAD == 0
    }

    /// Whether the words are the name of a program; and if so, whether gangs are called after such.
    pub(super) fn program(&self, first: usize, last: usize) -> Option<bool> {
        let name = self.view.text.get(self.token(first)?.start..self.token(last.checked_sub(1)?)?.end)?;
        self.programs.get(&crate::knowledge::key(name)).copied()
    }

    /// What stands between a word and the one before it.
    pub(super) fn text_between(&self, at: usize) -> &str {
        let from = at.checked_sub(1).and_then(|b| self.token(b)).map_or(0, |w| w.end);
        self.token(at).and_then(|w| self.view.text.get(from..w.start)).unwrap_or("")
    }
}

/// Whether a word goes on with the name before it.
fn joins(word: &Token) -> bool {
    match word.gap {
        Gap::Space => !word.is(shape::INITIAL),
        Gap::Hyphen | Gap::Glued | Gap::Apostrophe => true,
        _ => false,
    }
}
