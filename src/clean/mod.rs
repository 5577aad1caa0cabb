//! Which blocks are the article. Every block that is not names the rule that took it away. Rewrites no text.

mod page;
mod rules;
pub mod templates;
mod text;

pub use rules::{Rule, rules};

use crate::article::{Page, Source};

/// Changes whenever the same [`Page`] would be cleaned otherwise; part of the fingerprint of an indexed file.
pub const VERSION: u32 = 1;

/// One entry for each block: `None` keeps it, `Some` names the rule that removes it.
pub type Verdicts = Vec<Option<&'static str>>;

/// Judges every block of a page.
pub fn clean(page: &Page) -> Verdicts {
    match page.source {
        Source::Html => page::judge(page),
        Source::Text | Source::Markdown => text::judge(page),
    }
}

/// Why a block was kept or removed.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The rule that removes it; `None` where it is kept.
    pub rule: Option<&'static str>,
    /// What was measured of it, by name.
    pub features: Vec<(&'static str, f32)>,
}

/// What the verdict on each block rests on; without features where the text has no mark-up.
pub fn explain(page: &Page) -> Vec<Explained> {
    match page.source {
        Source::Html => page::explain(page),
        Source::Text | Source::Markdown => clean(page).into_iter().map(|rule| Explained { rule, features: Vec::new() }).collect(),
    }
}
