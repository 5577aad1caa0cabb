//! Words of blocks compared with words the page gives elsewhere: its title, and the body it declares.

use super::outline::hash;
use crate::article::Page;
use std::collections::HashSet;

/// Hashes of the lower-case words of a text.
fn hashes(text: &str) -> impl Iterator<Item = u64> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| if w.is_ascii() { hash_lower(w) } else { hash(&w.to_lowercase()) })
}

fn hash_lower(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(0x100_0000_01b3))
}

/// For each block, how like the page's title it is: shared words by the words of the longer of the two.
pub(super) fn likeness_to_title(page: &Page) -> Vec<f32> {
    const LONGEST: usize = 400;
    let title: HashSet<u64> = page.metadata.title.iter().flat_map(|t| hashes(&t.value)).collect();
    let likeness = |text: &str| {
        if title.is_empty() || text.len() > LONGEST {
            return 0.0;
        }
        let words: HashSet<u64> = hashes(text).collect();
        let shared = words.intersection(&title).count() as f32;
        shared / words.len().max(title.len()).max(1) as f32
    };
    page.blocks.iter().map(|b| likeness(&b.text)).collect()
}

/// For each block, the share of its words that stand in the body the page declares, in runs of three; `None` where it declares none.
pub(super) fn declared(page: &Page) -> Option<Vec<f32>> {
    const RUN: usize = 3;
    let body: Vec<u64> = hashes(page.metadata.declared_body.as_deref()?).collect();
    if body.len() < 30 {
        return None;
    }
    let runs: HashSet<u64> = body.windows(RUN).map(fold).collect();
    let single: HashSet<u64> = body.iter().copied().collect();
    let share = |text: &str| {
        let words: Vec<u64> = hashes(text).collect();
        let (found, all) = match words.len() {
            0 => return 0.0,
            n if n < RUN => (words.iter().filter(|w| single.contains(w)).count(), n * 2),
            n => (words.windows(RUN).filter(|w| runs.contains(&fold(w))).count(), n + 1 - RUN),
        };
        found as f32 / all as f32
    };
    Some(page.blocks.iter().map(|b| share(&b.text)).collect())
}

fn fold(words: &[u64]) -> u64 {
    words.iter().fold(0, |h, w| h.rotate_left(21) ^ w.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Block, Valued};

    fn page(texts: &[&str]) -> Page {
        let blocks = texts.iter().map(|t| Block { text: (*t).into(), ..Block::default() }).collect();
        Page { blocks, ..Page::default() }
    }

    #[test]
    fn a_headline_is_like_the_title_with_the_name_of_the_site() {
        let mut page = page(&["Reed Team strikes port of Zubrowka", "Other news"]);
        page.metadata.title = Some(Valued::new("Reed Team strikes port of Zubrowka | The Lantern".into(), "title", 0.5));
        let likeness = likeness_to_title(&page);
        assert!(likeness[0] > 0.6 && likeness[1] < 0.2, "{likeness:?}");
    }

    #[test]
    fn the_declared_body_witnesses_for_its_sentences() {
        let sentence = "The harbour authority said that cranes stood still for nine hours on Tuesday";
        let mut page = page(&[sentence, "Subscribe to our letter for more of this"]);
        page.metadata.declared_body = Some(sentence.repeat(4));
        let declared = declared(&page).unwrap_or_default();
        assert!(declared[0] > 0.9 && declared[1] < 0.1, "{declared:?}");
    }
}
