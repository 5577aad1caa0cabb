//! Pages with mark-up: which blocks are the article.
//!
//! Each block is measured (its text, its neighbours, the elements around it, its place), the measures are weighed, and the block is kept
//! where the article is likelier than not, in runs rather than here and there. Then a name is found for each removal.

mod cues;
mod edges;
mod features;
mod outline;
mod reasons;
mod shells;
mod vocabulary;
mod whole;
mod words;

use super::forest::Forest;
use super::rules::Rule;
use super::{Explained, Tried, Verdicts, runs, weighed};
use crate::article::{Block, Page};
use features::Measured;
use std::sync::LazyLock;

static MODEL: LazyLock<Forest> = LazyLock::new(|| Forest::parse(include_str!("model.txt"), names()).unwrap_or_default());

/// Weighs the features of a page as a whole.
static WHOLE: LazyLock<Forest> = LazyLock::new(|| Forest::parse(include_str!("whole.txt"), whole::NAMES.into_iter()).unwrap_or_default());

fn names() -> impl Iterator<Item = &'static str> {
    features::NAMES.iter().map(String::as_str)
}

/// A block whose weights so far add up to less is not looked at further: of six thousand blocks that are kept one would be lost.
const HOPELESS: f32 = -2.0;
/// A block is worth keeping from this likelihood on.
const KEPT: f32 = 0.45;
/// What a change between kept and removed blocks costs, in words.
const PRICE: f32 = 0.3;
/// A block of more words counts as so many; a word takes so many bytes.
const LONG: usize = 25;
const BYTES_A_WORD: usize = 6;

/// A page holds an article from this likelihood on: to lose one is worse than to keep a list.
const HOLDS: f32 = 0.1;

/// The rules that can remove a block of a page.
pub(super) fn rules() -> impl Iterator<Item = &'static Rule> {
    reasons::rules()
}

/// What was measured and weighed.
struct Weighed {
    measured: Measured,
    /// How likely each block is the article's.
    likely: Vec<f32>,
}

fn weigh(page: &Page) -> Weighed {
    let measured = features::measure(page);
    let likely = MODEL.likelihoods(measured.values(), measured.width(), HOPELESS);
    Weighed { measured, likely }
}

/// One entry for each block.
pub(super) fn judge(page: &Page) -> Verdicts {
    let weighed = weigh(page);
    verdicts(page, &weighed)
}

/// What is chosen of a page by likelihoods made elsewhere, and whether that is thought to be an article.
pub(super) fn try_on(page: &Page, likely: Vec<f32>) -> Tried {
    let weighed = Weighed { measured: features::measure(page), likely };
    let kept = chosen(page, &weighed);
    let whole = whole::measure(page, &weighed.measured, &weighed.likely, &kept);
    let holds = holds_article(page, &weighed, &kept);
    Tried { kept, whole: whole::NAMES.into_iter().zip(whole).collect(), holds, again: Vec::new() }
}

fn chosen(page: &Page, weighed: &Weighed) -> Vec<bool> {
    let gain = |(likely, block): (&f32, &Block)| runs::gain(*likely, KEPT, block.text.len() / BYTES_A_WORD + 1, LONG);
    let gains: Vec<f32> = weighed.likely.iter().zip(&page.blocks).map(gain).collect();
    let mut kept = runs::choose(&gains, PRICE);
    edges::look_again(page, &weighed.measured, &mut kept);
    kept
}

fn holds_article(page: &Page, weighed: &Weighed, kept: &[bool]) -> bool {
    let whole = whole::measure(page, &weighed.measured, &weighed.likely, kept);
    let likely = WHOLE.likelihoods(&whole, whole.len(), f32::NEG_INFINITY);
    shells::can_be_article(page, &weighed.measured, kept) && likely.first().is_some_and(|p| *p >= HOLDS)
}

fn verdicts(page: &Page, weighed: &Weighed) -> Verdicts {
    let kept = chosen(page, weighed);
    if !holds_article(page, weighed, &kept) {
        return vec![Some(reasons::NO_ARTICLE); kept.len()];
    }
    let body = kept.iter().position(|k| *k).zip(kept.iter().rposition(|k| *k));
    kept.iter().enumerate().map(|(at, kept)| (!kept).then(|| reasons::of(page, &weighed.measured, at, body))).collect()
}

/// What [`judge`] rests on.
pub(super) fn explain(page: &Page) -> Vec<Explained> {
    let weighed_page = weigh(page);
    let names: Vec<&'static str> = names().collect();
    let verdicts = verdicts(page, &weighed_page);
    let Weighed { measured, likely } = &weighed_page;
    let of = |((at, rule), likely): ((usize, Option<&'static str>), &f32)| weighed(&MODEL, &names, measured.row(at), *likely, rule);
    verdicts.into_iter().enumerate().zip(likely).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_whole() {
        assert!(Forest::parse(include_str!("model.txt"), names()).is_some());
        assert!(Forest::parse(include_str!("whole.txt"), whole::NAMES.into_iter()).is_some());
    }
}
