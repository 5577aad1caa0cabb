//! Claims: who accuses whom. Reads none yet; the place of the stage is fixed so that its output has its place everywhere.
use super::Context;
use crate::article::{Claim, Mention};

pub(super) fn find(_text: &str, _actors: &[Mention], _context: &Context<'_>) -> Vec<Claim> {
    Vec::new()
}
