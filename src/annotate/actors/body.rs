//! Bodies and firms in no table: "Ministry of Culture", "Harbour Police Authority", "Paper Heron GmbH".

use super::View;
use super::cue::class::{BODY, FORM, STOP};
use super::token::{Gap, Token, shape, word_hash};
use crate::article::ActorKind;

/// Words `first..last` with kind and reason.
pub(super) type Body = (usize, usize, ActorKind, &'static str);

/// No such name is longer, in words.
const LONGEST: usize = 8;

/// All names of bodies and firms told by their nouns; `taken` words belong to other mentions.
pub(super) fn find(view: &View<'_>, taken: &[u8]) -> Vec<Body> {
    let small = ["of", "for", "and", "the"].map(word_hash);
    let finder = Bodies { view, taken, small, agency: word_hash("agency") };
    let mut found: Vec<Body> = Vec::new();
    for at in 0..view.words.len() {
        let classes = view.marked.at(at);
        if classes & (BODY | FORM) == 0
            || !view.words[at].is(shape::UPPER)
            || view.words[at].is(shape::MASKED | shape::SHOUT)
            || taken.get(at) != Some(&0)
        {
            continue;
        }
        if classes & BODY != 0 {
            found.extend(
                finder.of(at).or_else(|| finder.before(at, ActorKind::Agency, "a capitalised name that ends in a word for public bodies")),
            );
        } else {
            found.extend(finder.before(at, ActorKind::Company, "a capitalised name that ends in a word for firms"));
        }
    }
    found
}

struct Bodies<'a> {
    view: &'a View<'a>,
    taken: &'a [u8],
    /// of, for, and, the
    small: [u64; 4],
    agency: u64,
}

impl Bodies<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.view.words.get(at)
    }

    fn capital(&self, at: usize) -> bool {
        self.token(at).is_some_and(|w| w.is(shape::UPPER) && !w.is(shape::MASKED | shape::SHOUT)) && self.taken.get(at) == Some(&0)
    }

    fn joined(&self, at: usize) -> bool {
        self.token(at).is_some_and(|w| !w.is(shape::INITIAL) && matches!(w.gap, Gap::Space | Gap::Hyphen | Gap::Ampersand))
    }

    /// "Ministry of Awqaf and Islamic Affairs": capitals joined by small words.
    fn of(&self, at: usize) -> Option<Body> {
        let mut last = at + 1;
        let of = |i: usize| self.joined(i) && self.token(i).is_some_and(|w| self.small[..2].contains(&w.hash));
        if !of(last) {
            return None;
        }
        let mut end = at;
        while last - at < LONGEST && self.joined(last) {
            let word = self.token(last)?;
            let small = self.small.contains(&word.hash);
            if self.capital(last) && !small {
                end = last + 1;
            } else if !small || self.taken.get(last) != Some(&0) {
                break;
            }
            last += 1;
        }
        (end > at + 2).then_some((at, end, ActorKind::Agency, "a word for public bodies and what it is for"))
    }

    /// "Harbour Police Authority", "Paper Heron GmbH".
    fn before(&self, at: usize, kind: ActorKind, how: &'static str) -> Option<Body> {
        let mut first = at;
        while at - first < LONGEST
            && first > 0
            && self.capital(first - 1)
            && (self.joined(first) || (kind == ActorKind::Company && self.token(first)?.gap == Gap::Comma))
        {
            let stop = self.view.marked.at(first - 1) & STOP != 0 && self.token(first - 1).is_some_and(|w| w.is(shape::INITIAL));
            if stop {
                break;
            }
            first -= 1;
        }
        let mut last = at + 1;
        while self.view.marked.at(last) & (FORM | BODY) != 0
            && self.capital(last)
            && self.token(last).is_some_and(|w| {
                (matches!(w.gap, Gap::Space) && !w.is(shape::INITIAL))
                    || (kind == ActorKind::Company && matches!(w.gap, Gap::Comma | Gap::DotSpace))
            })
        {
            last += 1;
        }
        // An agency may be a firm of any kind; a state's says so.
        let agency = self.token(at)?.hash == self.agency
            && !(first..at).any(|i| self.view.marked.at(i) & STOP != 0 && !self.token(i).is_some_and(|w| w.is(shape::INITIAL)));
        if agency {
            return None;
        }
        let telling = (first..at).any(|i| self.view.marked.at(i) & STOP == 0 && self.token(i).is_some_and(|w| w.end - w.start > 2));
        (first < at && telling).then_some((first, last, kind, how))
    }
}
