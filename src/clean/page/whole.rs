//! What is measured of a page as a whole, once its likeliest blocks are chosen: are they one article, or a list, a wall, the rest of a page without one?
//!
//! Sentences of one article return to the same words, among them those of its title; teasers of a front page do not.

use super::cues::CUES;
use super::features::Measured;
use super::shells;
use super::words::terms;
use crate::article::{BlockKind, Page};
use foldhash::{HashMap, HashMapExt};

/// Kinds of phrases around articles rather than in them.
const AROUND: [&str; 9] = [
    "says-newsletter",
    "says-copyright",
    "says-related",
    "says-comments",
    "says-advert",
    "says-cookies",
    "says-account",
    "says-support",
    "says-disclosure",
];

/// The names of the features, in the order of [`measure`].
pub(super) const NAMES: [&str; 31] = [
    "kept-bytes",
    "kept-share",
    "kept-blocks",
    "kept-prose",
    "prose-share",
    "longest-block",
    "likelihood",
    "least-likelihood",
    "density",
    "headings",
    "linked-bytes",
    "around",
    "around-bytes",
    "cookies",
    "account",
    "trailing-off",
    "unfinished",
    "linked-headlines",
    "headlines-within",
    "runs",
    "longest-run",
    "second-run",
    "headline-above",
    "likest-heading",
    "title-covered",
    "title-words",
    "cohesion",
    "first-words-return",
    "dated",
    "declared",
    "looks",
];

/// The features of a page whose blocks `kept` are thought to be its article.
pub(super) fn measure(page: &Page, measured: &Measured, likely: &[f32], kept: &[bool]) -> [f32; NAMES.len()] {
    let chosen: Vec<usize> = kept.iter().enumerate().filter(|(_, k)| **k).map(|(at, _)| at).collect();
    let (Some(&first), Some(&last)) = (chosen.first(), chosen.last()) else { return [0.0; NAMES.len()] };
    let length = |at: usize| page.blocks.get(at).map_or(0.0, |b| b.text.len() as f32);
    let prose = |at: usize| measured.prose.get(at).map_or(0.0, |p| *p as f32);
    let sum = |of: &dyn Fn(usize) -> f32| chosen.iter().map(|at| of(*at)).sum::<f32>();
    let share = |of: &dyn Fn(usize) -> bool| chosen.iter().filter(|at| of(**at)).count() as f32 / chosen.len() as f32;
    let bytes = sum(&length).max(1.0);
    let kept_prose = sum(&prose);
    let within: f32 = (first..=last).map(length).sum();
    let likelihood = |at: usize| likely.get(at).copied().unwrap_or(0.0);
    let says = |cues: u32, at: usize| measured.cues.get(at).is_some_and(|found| found & cues != 0);
    let (around, cookies, account) = (cues(&AROUND), cues(&["says-cookies"]), cues(&["says-account"]));
    let text = |at: usize| page.blocks.get(at).map_or("", |b| b.text.as_str());
    let kind = |at: usize| page.blocks.get(at).map(|b| b.kind);
    let is_headline = |at: usize| page.blocks.get(at).is_some_and(shells::is_linked_headline);
    let mut runs = shells::runs(page, &measured.prose, kept);
    runs.sort_unstable_by(|a, b| b.cmp(a));
    let run = |nth: usize| runs.get(nth).map_or(0.0, |bytes| *bytes as f32);
    let title = |at: usize| measured.title.get(at).map_or(0.0, |t| t.mutual);
    let headings = || (0..page.blocks.len()).filter(|at| kind(*at) == Some(BlockKind::Heading));
    let (cohesion, title_covered, title_words, first_words) = coherence(page, measured, &chosen);
    let looks = |at: usize| page.blocks.get(at).and_then(|b| measured.outline.node(b.element)).map_or(0, |n| n.look);
    let mut kinds: Vec<u64> = chosen.iter().filter(|at| prose(**at) > 0.0).map(|at| looks(*at)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    [
        bytes.ln(),
        bytes / (measured.outline.bytes.max(1) as f32),
        (chosen.len() as f32).ln(),
        (1.0 + kept_prose).ln(),
        kept_prose / (measured.outline.prose.max(1) as f32),
        (1.0 + chosen.iter().map(|at| length(*at)).fold(0.0, f32::max)).ln(),
        sum(&|at| likelihood(at) * length(at)) / bytes,
        chosen.iter().filter(|at| prose(**at) > 0.0).map(|at| likelihood(*at)).fold(1.0, f32::min),
        bytes / within.max(1.0),
        share(&|at| kind(at) == Some(BlockKind::Heading)),
        sum(&|at| page.blocks.get(at).map_or(0.0, |b| b.link_bytes as f32)) / bytes,
        share(&|at| says(around, at)),
        sum(&|at| if says(around, at) { length(at) } else { 0.0 }) / bytes,
        sum(&|at| if says(cookies, at) { length(at) } else { 0.0 }) / bytes,
        sum(&|at| if says(account, at) { length(at) } else { 0.0 }) / bytes,
        share(&|at| text(at).ends_with('…') || text(at).ends_with("...") || text(at).ends_with("[…]") || text(at).ends_with("[...]")),
        share(&|at| prose(at) > 0.0 && text(at).ends_with(char::is_alphanumeric)),
        (1.0 + (0..page.blocks.len()).filter(|at| is_headline(*at)).count() as f32).ln(),
        (1.0 + (first..=last).filter(|at| is_headline(*at)).count() as f32).ln(),
        (1.0 + runs.len() as f32).ln(),
        (1.0 + run(0)).ln(),
        run(1) / run(0).max(1.0),
        f32::from(u8::from(shells::has_headline(page, measured, kept))),
        headings().map(title).fold(0.0, f32::max),
        title_covered,
        title_words,
        cohesion,
        first_words,
        f32::from(u8::from(shells::dated(page))),
        f32::from(u8::from(page.metadata.declared_body.is_some())),
        (1.0 + kinds.len() as f32).ln(),
    ]
}

/// The bits of the kinds of phrases of these names.
fn cues(names: &[&str]) -> u32 {
    CUES.iter().enumerate().filter(|(_, cue)| names.contains(&cue.name)).fold(0, |bits, (bit, _)| bits | 1 << bit)
}

/// How far the kept sentences return to the same words: the share of words that another of them has too, the share of the title's words in them and
/// how many those are, and the share of the first sentences' words that return later.
fn coherence(page: &Page, measured: &Measured, chosen: &[usize]) -> (f32, f32, f32, f32) {
    /// More blocks tell nothing new.
    const MOST: usize = 60;
    let sentences = chosen.iter().filter(|at| measured.prose.get(**at).is_some_and(|p| *p > 0)).take(MOST);
    let blocks: Vec<Vec<u64>> = sentences.filter_map(|at| page.blocks.get(*at)).map(|b| distinct(&b.text)).collect();
    let mut in_blocks: HashMap<u64, u32> = HashMap::new();
    for term in blocks.iter().flatten() {
        *in_blocks.entry(*term).or_default() += 1;
    }
    let share = |terms: &[u64], least: u32| {
        let found = terms.iter().filter(|t| in_blocks.get(t).is_some_and(|n| *n >= least)).count();
        found as f32 / terms.len().max(1) as f32
    };
    let title = distinct(page.metadata.title.as_ref().map_or("", |t| t.value.as_str()));
    let all: Vec<u64> = blocks.iter().flatten().copied().collect();
    (share(&all, 2), share(&title, 1), title.len() as f32, blocks.first().map_or(0.0, |b| share(b, 2)))
}

fn distinct(text: &str) -> Vec<u64> {
    let mut terms: Vec<u64> = terms(text).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Block, Valued};
    use crate::clean::page::features::measure as measure_blocks;

    fn value(page: &Page, name: &str) -> f32 {
        let all = vec![true; page.blocks.len()];
        let row = measure(page, &measure_blocks(page), &vec![0.9; all.len()], &all);
        NAMES.iter().position(|n| *n == name).map_or(f32::NAN, |at| row[at])
    }

    fn page(title: &str, texts: &[&str]) -> Page {
        let blocks = texts.iter().map(|t| Block { text: (*t).into(), ..Block::default() }).collect();
        let mut page = Page { blocks, ..Page::default() };
        page.metadata.title = Some(Valued::new(title.into(), "title", 0.5));
        page
    }

    #[test]
    fn an_article_returns_to_its_words_and_a_list_of_teasers_does_not() {
        let story = page(
            "Cranes stand still in the harbour",
            &[
                "The cranes of the harbour stood still for nine hours on Tuesday, the harbour office said in a statement that evening.",
                "Nobody knows why the cranes stopped; the office has asked the builder of the cranes to look at their old motors.",
            ],
        );
        let list = page(
            "The Lantern",
            &[
                "A baker from the northern valley has won the prize for the longest loaf of bread that was ever measured there.",
                "Three ferries will be painted green before summer, since passengers mistook them for buoys in last week's fog.",
            ],
        );
        for name in ["cohesion", "title-covered", "first-words-return"] {
            assert!(value(&story, name) > value(&list, name) + 0.1, "{name}: {} {}", value(&story, name), value(&list, name));
        }
    }

    #[test]
    fn a_page_of_which_nothing_is_kept_has_no_features() {
        let none = page("", &["Menu"]);
        assert!(measure(&none, &measure_blocks(&none), &[0.1], &[false]).iter().all(|v| *v == 0.0));
    }
}
