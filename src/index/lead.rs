//! What an article says first: the words that feedback looks at.

use crate::analysis::{Analyzer, is_stop};
use std::collections::HashMap;

/// Words of the text that are looked at; news say first what they are about.
const WORDS: u32 = 300;
/// Different words that count, the most frequent first.
const KEPT: usize = 80;
/// The highest count that is told apart.
const MOST: u32 = 31;

/// The words of a headline and of the beginning of a text with their counts, the most frequent first.
pub(super) fn words(title: &str, body: &str, analyzer: &mut Analyzer) -> Vec<(String, u32)> {
    let mut counts: HashMap<String, (u32, u32)> = HashMap::new();
    let mut order = 0;
    for text in [title, beginning(body)] {
        analyzer.terms(text, |t| {
            let tells = !t.joined && t.position < WORDS && t.term.len() > 1 && !is_stop(t.word);
            if tells && !t.term.bytes().all(|b| b.is_ascii_digit()) {
                order += 1;
                match counts.get_mut(t.term) {
                    Some((count, _)) => *count += 1,
                    None => drop(counts.insert(t.term.to_owned(), (1, order))),
                }
            }
        });
    }
    let mut terms: Vec<(String, (u32, u32))> = counts.into_iter().collect();
    terms.sort_unstable_by_key(|(_, (count, first))| (std::cmp::Reverse(*count), *first));
    terms.truncate(KEPT);
    terms.into_iter().map(|(term, (count, _))| (term, count.min(MOST))).collect()
}

/// A piece of the text that surely holds its first words, or most of them where words are very long.
fn beginning(body: &str) -> &str {
    let end = (0..=body.len().min(WORDS as usize * 24)).rev().find(|&i| body.is_char_boundary(i)).unwrap_or(0);
    body.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_by_their_terms() {
        let words = |title: &str, body: &str| words(title, body, &mut Analyzer::default());
        let counted = words("Envoy summoned", "The envoy was summoned in 2021 and again; the envoys denied it.");
        assert_eq!(counted, [("envoy".to_owned(), 3), ("summon".to_owned(), 2), ("deni".to_owned(), 1)]);
        assert_eq!(words("", &"breach ".repeat(5000)), [("breach".to_owned(), MOST)]);
        assert!(words("", "").is_empty());
    }
}
