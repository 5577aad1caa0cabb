//! The other places of a name that one place told firmly.

use super::{Teller, Told};
use crate::annotate::actors::token::shape;
use std::collections::HashMap;

impl Teller<'_> {
    /// The other places of names told firmly, unless the text mostly speaks of a program of that name.
    pub(super) fn again(&self, found: &mut Vec<Told>) {
        let mut known: HashMap<u64, Known> = HashMap::new();
        for told in found.iter().filter(|t| t.firm) {
            let hashes: Vec<u64> = (told.first..told.last).map(|i| self.word(i)).collect();
            if let Some(&first) = hashes.first() {
                known.entry(first).or_insert_with(|| Known { hashes, person: told.person, ..Known::default() });
            }
        }
        if known.is_empty() {
            return;
        }
        for at in 0..self.view.words.len() {
            let Some(name) = known.get_mut(&self.word(at)) else { continue };
            let word = &self.view.words[at];
            name.in_lower_case |= !word.is(shape::UPPER | shape::CAMEL | shape::DIGITS | shape::MASKED);
            let last = at + name.hashes.len();
            if name.hashes.iter().enumerate().all(|(i, h)| self.word(at + i) == *h) && !word.is(shape::MASKED) {
                let program = self.names_program(last);
                name.programs += usize::from(program);
                name.places.push(at);
            }
        }
        for name in known.values().filter(|n| n.programs * 3 < n.places.len()) {
            for &at in &name.places {
                let last = at + name.hashes.len();
                let same = (at..last).all(|i| self.taken.get(i) == Some(&0));
                let word = &self.view.words[at];
                // A word that the text also writes in lower case is a name only where a sentence's beginning does not explain the capital.
                let plain = name.hashes.len() == 1 && name.in_lower_case && word.is(shape::INITIAL);
                if same && word.is(shape::UPPER | shape::CAMEL) && !plain && self.sound(at, last) {
                    found.push(Told { first: at, last, how: "named elsewhere in the text", firm: false, person: name.person });
                }
            }
        }
    }
}

/// A name told firmly, and where else it stands.
#[derive(Default)]
struct Known {
    hashes: Vec<u64>,
    person: bool,
    places: Vec<usize>,
    /// Places followed by a word for a program ("X malware").
    programs: usize,
    in_lower_case: bool,
}
