//! Mentions of times: finds expressions of time in running text and says which day, month or year each means, in the words of TIMEX3
//! (ISO-TimeML: Pustejovsky et al. 2010; anchoring after the practice of HeidelTime, Strötgen and Gertz 2013).
//!
//! Text becomes tokens ([`token`]), tokens become expressions ([`grammar`]), expressions get their place in the calendar ([`anchor`]).
//! Never changes the text; what the text leaves open stays open, written with `X`.

mod anchor;
mod expression;
mod grammar;
mod lexicon;
mod numeric;
mod order;
mod tense;
mod token;
mod value;

use super::Context;
use crate::article::DateMention;

/// Finds mentions of times. Made once, used for any number of texts.
#[derive(Debug)]
pub(super) struct Finder {
    lexicon: lexicon::Lexicon,
}

impl Finder {
    pub(super) fn new() -> Self {
        Finder { lexicon: lexicon::Lexicon::new() }
    }

    /// All times `text` names, in order.
    pub(super) fn find(&self, text: &str, context: &Context<'_>) -> Vec<DateMention> {
        let tokens = token::tokens(text, &self.lexicon);
        let mut expressions = grammar::expressions(text, &tokens);
        order::settle(&mut expressions, text, context);
        anchor::anchor(text, expressions, context)
    }
}

#[cfg(test)]
mod tests;
