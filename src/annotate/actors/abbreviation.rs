//! Abbreviations that a text introduces: "the Paper Heron Group (PHG)" makes every later "PHG" that group.

use super::token::{Gap, shape};
use super::{View, keep_apart};
use crate::article::{Mention, Span};
use std::collections::HashMap;

/// Adds the places of abbreviations that stand in parentheses right after a mention and are made of its initials.
pub(super) fn add(view: &View<'_>, found: &mut Vec<Mention>) {
    let taken = view.taken(found);
    let mut introduced: HashMap<u64, usize> = HashMap::new();
    let mut at = 0;
    for (index, mention) in found.iter().enumerate() {
        while view.words.get(at).is_some_and(|w| w.start < mention.span.end) {
            at += 1;
        }
        let Some(word) = view.words.get(at).filter(|w| w.gap == Gap::Open && w.is(shape::CAPS)) else { continue };
        let closed = view.text.as_bytes().get(word.end) == Some(&b')');
        let letters = view.text.get(word.start..word.end).unwrap_or("");
        if closed && (2..=8).contains(&letters.len()) && taken.get(at) == Some(&0) && made_of_initials(letters, &mention.surface) {
            introduced.entry(word.hash).or_insert(index);
        }
    }
    if introduced.is_empty() {
        return;
    }
    let mut more = Vec::new();
    for (at, word) in view.words.iter().enumerate() {
        let free = word.is(shape::CAPS) && !word.is(shape::MASKED) && taken.get(at) == Some(&0) && word.gap != Gap::Glued;
        let whole = view.words.get(at + 1).is_none_or(|n| n.gap != Gap::Glued);
        if let Some(full) = introduced.get(&word.hash).filter(|_| free && whole).and_then(|&i| found.get(i)) {
            let span = Span::new(word.start, word.end);
            let surface = span.of(view.text).unwrap_or("").to_owned();
            let reason = format!("abbreviates \"{}\" in this text", full.surface);
            more.push(Mention { surface, span, reason, candidates: Vec::new(), ..full.clone() });
        }
    }
    found.extend(more);
    keep_apart(found);
}

/// Whether the letters stand, in order, among the initials of the words.
fn made_of_initials(letters: &str, words: &str) -> bool {
    let initial = |w: &str| w.chars().next().map(|c| c.to_ascii_lowercase());
    let mut initials = words.split(|c: char| !c.is_alphanumeric()).filter_map(initial);
    letters.chars().all(|l| initials.any(|i| i == l.to_ascii_lowercase()))
}
