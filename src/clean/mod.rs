//! Which blocks are the article. Every block that is not names the rule that took it away. Rewrites no text.

mod forest;
mod page;
mod rules;
mod runs;
pub mod templates;
mod text;

pub use rules::{Rule, rules};

use crate::article::{Page, Source};
use forest::Forest;

/// Changes whenever the same [`Page`] would be cleaned otherwise; part of the fingerprint of an indexed file.
pub const VERSION: u32 = 3;

/// One entry for each block: `None` keeps it, `Some` names the rule that removes it.
pub type Verdicts = Vec<Option<&'static str>>;

/// Judges every block of a page.
pub fn clean(page: &Page) -> Verdicts {
    match page.source {
        Source::Html => page::judge(page),
        Source::Text | Source::Markdown | Source::Document => text::judge(page),
    }
}

/// Why a block was kept or removed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explained {
    /// The rule that removes it; `None` where it is kept.
    pub rule: Option<&'static str>,
    /// How likely it is the article's by its features, from 0 to 1; `None` where its kind alone decides.
    pub likelihood: Option<f32>,
    /// What was measured of it, by name.
    pub features: Vec<(&'static str, f32)>,
    /// How much each feature speaks for the article (positive) or against it, the strongest first.
    pub evidence: Vec<(&'static str, f32)>,
}

/// What the verdict on each block rests on.
pub fn explain(page: &Page) -> Vec<Explained> {
    match page.source {
        Source::Html => page::explain(page),
        Source::Text | Source::Markdown | Source::Document => text::explain(page),
    }
}

/// What weights that were fitted elsewhere would choose of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tried {
    /// For each block whether it would be kept, if the page holds an article.
    pub kept: Vec<bool>,
    /// What was measured of the page as a whole, by name.
    pub whole: Vec<(&'static str, f32)>,
    /// Whether it holds an article, by the weights of this program.
    pub holds: bool,
    /// All features of each block of a text, as the second look would see them if these were the likelihoods of the first; empty for other pages.
    pub again: Vec<f32>,
}

/// Tries likelihoods made elsewhere, one for each block that has features, so that weights can be judged on pages they were not fitted to.
pub fn try_on(page: &Page, likely: Vec<f32>) -> Tried {
    match page.source {
        Source::Html => page::try_on(page, likely),
        Source::Text | Source::Markdown | Source::Document => text::try_on(page, likely),
    }
}

/// What a forest makes of the features of one block.
fn weighed(forest: &Forest, names: &[&'static str], row: &[f32], likelihood: f32, rule: Option<&'static str>) -> Explained {
    let name = |at: usize| names.get(at).copied().unwrap_or_default();
    let features = row.iter().enumerate().map(|(at, value)| (name(at), *value)).collect();
    let evidence = forest.evidence(row).into_iter().map(|(at, weight)| (name(at), weight)).collect();
    Explained { rule, likelihood: Some(likelihood), features, evidence }
}
