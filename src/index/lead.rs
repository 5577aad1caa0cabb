//! What an article says first, kept in a form that is read at once: the words that feedback looks at.

use crate::analysis::{Token, is_stop};
use std::collections::HashMap;

/// Words of the text that are looked at; news say first what they are about.
const WORDS: u32 = 300;
/// Different words that are kept, the most frequent first.
const KEPT: usize = 80;
/// The highest count that is told apart. A term holds no control characters, so that a byte up to this ends it.
const MOST: u8 = 0x1f;

/// Takes the words of a headline and then of a text, and counts those at the beginning of each.
#[derive(Debug, Default)]
pub(super) struct Lead {
    /// The words one after the other, and where each ends.
    words: String,
    ends: Vec<usize>,
    done: bool,
}

impl Lead {
    /// The next word.
    pub(super) fn push(&mut self, word: &Token<'_>) {
        if self.done || word.joined {
            return;
        }
        self.done = word.position >= WORDS;
        let digits = || word.term.bytes().all(|b| b.is_ascii_digit());
        if !self.done && word.term.len() > 1 && !digits() && !is_stop(word.word) {
            self.words.push_str(word.term);
            self.ends.push(self.words.len());
        }
    }

    /// Another text begins.
    pub(super) fn next_text(&mut self) {
        self.done = false;
    }

    /// The words with their counts, in the form that [`unpack`] reads.
    pub(super) fn pack(&self) -> Vec<u8> {
        let mut counts: HashMap<&str, (u32, usize), foldhash::fast::RandomState> = HashMap::default();
        let mut start = 0;
        for &end in &self.ends {
            counts.entry(self.words.get(start..end).unwrap_or_default()).or_insert((0, start)).0 += 1;
            start = end;
        }
        let mut terms: Vec<(&str, (u32, usize))> = counts.into_iter().collect();
        terms.sort_unstable_by_key(|(_, (count, first))| (std::cmp::Reverse(*count), *first));
        terms.truncate(KEPT);
        let mut packed = Vec::with_capacity(terms.iter().map(|(term, _)| term.len() + 1).sum());
        for (term, (count, _)) in terms {
            packed.extend_from_slice(term.as_bytes());
            packed.push(u8::try_from(count).unwrap_or(MOST).min(MOST));
        }
        packed
    }
}

/// The words with their counts.
pub(super) fn unpack(packed: &[u8]) -> impl Iterator<Item = (&str, u32)> {
    packed.split_inclusive(|b| *b <= MOST).filter_map(|piece| {
        let (count, term) = piece.split_last().filter(|(count, _)| **count <= MOST)?;
        Some((std::str::from_utf8(term).ok()?, u32::from(*count)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    fn pack(title: &str, body: &str) -> Vec<u8> {
        let mut lead = Lead::default();
        Analyzer::default().terms(title, |t| lead.push(&t));
        lead.next_text();
        Analyzer::default().terms(body, |t| lead.push(&t));
        lead.pack()
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        let packed = pack("Envoy summoned", "The envoy was summoned in 2021 and again; the envoys denied it.");
        let words: Vec<(&str, u32)> = unpack(&packed).collect();
        assert_eq!(words, [("envoy", 3), ("summon", 2), ("deni", 1)]);
        let long = pack("", &"breach ".repeat(5000));
        assert_eq!(unpack(&long).collect::<Vec<_>>(), [("breach", 0x1f)]);
        assert!(pack("", "").is_empty());
        assert_eq!(unpack(b"\xff\x01broken").count(), 0);
    }
}
