//! What an article says first, kept in a form that is read at once: the words that feedback looks at.

use crate::analysis::{Analyzer, is_stop};
use std::collections::HashMap;

/// Words of the text that are looked at; news say first what they are about.
const WORDS: u32 = 300;
/// Different words that are kept, the most frequent first.
const KEPT: usize = 80;
/// The highest count that is told apart. A term holds no control characters, so that a byte up to this ends it.
const MOST: u8 = 0x1f;

/// The words of a headline and of the beginning of a text with their counts.
pub(super) fn pack(title: &str, body: &str, analyzer: &mut Analyzer) -> Vec<u8> {
    let mut counts: HashMap<String, (u32, u32)> = HashMap::new();
    let mut order = 0;
    for (text, start) in [(title, 0), (beginning(body), 0)] {
        analyzer.terms(text, |t| {
            let tells = !t.joined && t.position + start < WORDS && t.term.len() > 1 && !is_stop(t.word);
            if tells && !t.term.bytes().all(|b| b.is_ascii_digit()) {
                order += 1;
                counts.entry(t.term.to_owned()).or_insert((0, order)).0 += 1;
            }
        });
    }
    let mut terms: Vec<(String, (u32, u32))> = counts.into_iter().collect();
    terms.sort_by_key(|(_, (count, first))| (std::cmp::Reverse(*count), *first));
    terms.truncate(KEPT);
    let mut packed = Vec::new();
    for (term, (count, _)) in terms {
        packed.extend_from_slice(term.as_bytes());
        packed.push(u8::try_from(count).unwrap_or(MOST).min(MOST));
    }
    packed
}

/// A piece of the text that surely holds its first words, or most of them where words are very long.
fn beginning(body: &str) -> &str {
    let end = (0..=body.len().min(WORDS as usize * 24)).rev().find(|&i| body.is_char_boundary(i)).unwrap_or(0);
    body.get(..end).unwrap_or_default()
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

    #[test]
    fn what_is_packed_is_unpacked() {
        let packed = pack("Envoy summoned", "The envoy was summoned in 2021 and again; the envoys denied it.", &mut Analyzer::default());
        let words: Vec<(&str, u32)> = unpack(&packed).collect();
        assert_eq!(words, [("envoy", 3), ("summon", 2), ("deni", 1)]);
        let long = pack("", &"breach ".repeat(5000), &mut Analyzer::default());
        assert_eq!(unpack(&long).collect::<Vec<_>>(), [("breach", 0x1f)]);
        assert!(pack("", "", &mut Analyzer::default()).is_empty());
        assert_eq!(unpack(b"\xff\x01broken").count(), 0);
    }
}
