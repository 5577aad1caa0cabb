//! Which blocks are the article. Every block that is not names the rule that took it away. Rewrites no text.

mod page;
mod text;

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
