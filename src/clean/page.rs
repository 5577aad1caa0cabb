//! Pages with mark-up.
use super::Verdicts;
use crate::article::Page;

pub(super) fn judge(page: &Page) -> Verdicts {
    page.blocks.iter().map(|b| (b.text.len() < 80).then_some("short")).collect()
}
