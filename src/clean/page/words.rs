//! Words of blocks compared with words the page gives elsewhere: its title, and the body it declares.

use super::outline::hash;
use crate::article::Page;
use foldhash::{HashMap, HashMapExt, HashSet};

/// Hashes of the lower-case words of a text.
fn hashes(text: &str) -> impl Iterator<Item = u64> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| if w.is_ascii() { hash_lower(w) } else { hash(&w.to_lowercase()) })
}

fn hash_lower(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(0x100_0000_01b3))
}

/// Hashes of the words of a text that tell of what it speaks: the longer ones, and pairs of letters where a script parts no words.
pub(super) fn terms(text: &str) -> impl Iterator<Item = u64> {
    const LONGER: usize = 4;
    let wide = |word: &&str| word.chars().any(|c| c >= '\u{2e80}');
    let words = || text.split(|c: char| !c.is_alphanumeric());
    let pairs = words().filter(wide).flat_map(|word| {
        let next = word.char_indices().skip(1).map(|(at, c)| at + c.len_utf8());
        word.char_indices().zip(next).filter_map(|((from, _), to)| word.get(from..to)).map(hash)
    });
    let longer = words().filter(move |word| word.len() >= LONGER && !wide(word));
    longer.map(|w| if w.is_ascii() { hash_lower(w) } else { hash(&w.to_lowercase()) }).chain(pairs)
}

/// How many words a block shares with a text the page gives in a field, by three measures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Likeness {
    /// By the words of the longer of the two.
    pub(super) mutual: f32,
    /// By the words of the block.
    pub(super) of_block: f32,
    /// By the words of the field.
    pub(super) of_field: f32,
}

/// A longer block is running text, whatever it repeats.
const LONGEST: usize = 400;

fn likeness<'p>(page: &'p Page, field: impl Iterator<Item = &'p String>) -> Vec<Likeness> {
    let field: HashSet<u64> = field.flat_map(|text| hashes(text)).collect();
    let of = |text: &str| {
        if field.is_empty() || text.len() > LONGEST {
            return Likeness::default();
        }
        if !hashes(text).any(|word| field.contains(&word)) {
            return Likeness::default();
        }
        let words: HashSet<u64> = hashes(text).collect();
        let shared = words.intersection(&field).count() as f32;
        let by = |all: usize| shared / all.max(1) as f32;
        Likeness { mutual: by(words.len().max(field.len())), of_block: by(words.len()), of_field: by(field.len()) }
    };
    page.blocks.iter().map(|b| of(&b.text)).collect()
}

/// For each block, how like the page's title it is.
pub(super) fn likeness_to_title(page: &Page) -> Vec<Likeness> {
    likeness(page, page.metadata.title.iter().map(|t| &t.value))
}

/// For each block, how like the names of the authors it is.
pub(super) fn likeness_to_authors(page: &Page) -> Vec<Likeness> {
    likeness(page, page.metadata.authors.iter().flat_map(|a| &a.value))
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

/// For each block, how many other blocks of the page begin with the same two words and go on differently, up to nine.
pub(super) fn shared_beginnings(page: &Page) -> Vec<f32> {
    let beginning = |text: &str| {
        let mut words = text.split_whitespace();
        Some(hash(words.next()?) ^ hash(words.next()?).rotate_left(1))
    };
    let beginnings: Vec<Option<u64>> = page.blocks.iter().map(|b| beginning(&b.text)).collect();
    let mut counts: HashMap<u64, u32> = HashMap::new();
    for key in beginnings.iter().flatten() {
        *counts.entry(*key).or_default() += 1;
    }
    beginnings.iter().map(|key| key.and_then(|k| counts.get(&k)).map_or(0.0, |n| (n.saturating_sub(1).min(9)) as f32)).collect()
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
    fn terms_are_longer_words_or_pairs_of_letters() {
        assert_eq!(terms("The Port of port").collect::<Vec<_>>(), [hash("port"), hash("port")]);
        assert_eq!(terms("港口局").collect::<Vec<_>>(), [hash("港口"), hash("口局")]);
    }

    #[test]
    fn a_headline_is_like_the_title_with_the_name_of_the_site() {
        let mut page = page(&["Reed Team strikes port of Zubrowka", "Other news"]);
        page.metadata.title = Some(Valued::new("Reed Team strikes port of Zubrowka | The Lantern".into(), "title", 0.5));
        let likeness = likeness_to_title(&page);
        assert!(likeness[0].mutual > 0.6 && likeness[0].of_block > 0.9 && likeness[1].mutual < 0.2, "{likeness:?}");
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
