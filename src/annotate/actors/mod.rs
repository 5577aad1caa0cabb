//! Mentions of actors: names of the table, names in no table, persons with a role. Knows nothing of times and claims.
//!
//! A text becomes words once (`token`); the table's names are matched over them (`gazetteer`), what a name needs of its surroundings is
//! checked (`ordinary`, `cue`), of several actors one is chosen (`choice`), and patterns of language add what no table holds.

mod choice;
mod cue;
mod gazetteer;
mod mask;
mod ordinary;
mod token;

use super::Context;
use crate::article::Mention;
use crate::knowledge::Knowledge;
use choice::Choice;
use cue::{Cues, Marked};
use gazetteer::Gazetteer;
use token::Token;

/// Finds actors in texts. Made once, used from any number of threads.
#[derive(Debug)]
pub(super) struct Finder<'k> {
    knowledge: &'k Knowledge,
    gazetteer: Gazetteer,
    cues: Cues,
}

/// One text, as the finders see it.
struct View<'t> {
    text: &'t str,
    words: Vec<Token>,
    marked: Marked,
}

impl<'k> Finder<'k> {
    pub(super) fn new(knowledge: &'k Knowledge) -> Self {
        Finder { knowledge, gazetteer: Gazetteer::new(knowledge), cues: Cues::new() }
    }

    /// All mentions of a text in order; no two overlap.
    pub(super) fn find(&self, text: &str, context: &Context<'_>) -> Vec<Mention> {
        let words = token::tokens(text);
        let marked = self.cues.mark(&words);
        let view = View { text, words, marked };
        let hits = self.gazetteer.find(text, &view.words);
        let mut found = Choice::new(self.knowledge, &self.gazetteer, context).mentions(&view, hits);
        found.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
        keep_apart(&mut found);
        found
    }
}

/// Of mentions in order, drops those that overlap one before them.
fn keep_apart(found: &mut Vec<Mention>) {
    let mut end = 0;
    found.retain(|m| {
        let free = m.span.start >= end;
        if free {
            end = m.span.end;
        }
        free
    });
}
