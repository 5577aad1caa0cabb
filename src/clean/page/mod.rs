//! Pages with mark-up: which blocks are the article.
//!
//! Each block is measured (its text, its neighbours, the elements around it, its place), weighed once alone and once in the light of what
//! the weighing says of the blocks around it, and kept where the article is likelier than not. Then a name is found for each removal.

mod context;
mod cues;
mod features;
mod model;
mod outline;
mod reasons;
mod vocabulary;
mod words;

use super::rules::Rule;
use super::{Explained, Verdicts};
use crate::article::Page;
use features::Measured;
use model::Model;
use std::sync::LazyLock;

static FIRST: LazyLock<Model> = LazyLock::new(|| Model::parse(include_str!("first_look.txt"), first_names()).unwrap_or_default());
static SECOND: LazyLock<Model> = LazyLock::new(|| Model::parse(include_str!("second_look.txt"), second_names()).unwrap_or_default());

fn first_names() -> impl Iterator<Item = &'static str> {
    features::NAMES.iter().map(String::as_str)
}

fn second_names() -> impl Iterator<Item = &'static str> {
    context::NAMES.into_iter().chain(first_names())
}

/// A block is kept from this likelihood on.
const KEPT: f32 = 0.45;

/// The rules that can remove a block of a page.
pub(super) fn rules() -> impl Iterator<Item = &'static Rule> {
    reasons::rules()
}

/// What was measured and weighed.
struct Weighed {
    measured: Measured,
    context: Vec<[f32; context::NAMES.len()]>,
    likely: Vec<f32>,
}

fn weigh(page: &Page) -> Weighed {
    let measured = features::measure(page);
    let first: Vec<f32> = (0..page.blocks.len()).map(|at| FIRST.likelihood(measured.row(at), &[])).collect();
    let context = context::measure(page, &measured, &first);
    let likely = context.iter().enumerate().map(|(at, row)| SECOND.likelihood(row, measured.row(at))).collect();
    Weighed { measured, context, likely }
}

/// One entry for each block.
pub(super) fn judge(page: &Page) -> Verdicts {
    let weighed = weigh(page);
    verdicts(page, &weighed)
}

fn verdicts(page: &Page, weighed: &Weighed) -> Verdicts {
    let kept: Vec<bool> = weighed.likely.iter().map(|p| *p > KEPT).collect();
    let body = kept.iter().position(|k| *k).zip(kept.iter().rposition(|k| *k));
    kept.iter().enumerate().map(|(at, kept)| (!kept).then(|| reasons::of(page, &weighed.measured, at, body))).collect()
}

/// What [`judge`] rests on.
pub(super) fn explain(page: &Page) -> Vec<Explained> {
    let weighed = weigh(page);
    let explained = |(at, rule): (usize, Option<&'static str>)| {
        let own = weighed.measured.row(at).iter().copied();
        let around = weighed.context.get(at).into_iter().flatten().copied();
        let mut features = vec![("likelihood", weighed.likely.get(at).copied().unwrap_or(0.0))];
        features.extend(second_names().zip(around.chain(own)));
        Explained { rule, features }
    };
    verdicts(page, &weighed).into_iter().enumerate().map(explained).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_whole() {
        assert!(Model::parse(include_str!("first_look.txt"), first_names()).is_some());
        assert!(Model::parse(include_str!("second_look.txt"), second_names()).is_some());
    }
}
