//! Tokens to expressions of time. A rule stands at a token, says whether an expression begins there, and where it ends.
//!
//! Knows nothing of the day of publication: what an expression means is settled by `anchor`.

mod absolute;
mod clock;
mod length;
mod relative;
mod year;

pub(super) use absolute::MONTH_FIRST;

use super::expression::{Expression, What};
use super::lexicon::{DayPart, Unit, Word};
use super::token::{Case, Kind, Token};

/// All expressions of a text in order, none overlapping.
pub(super) fn expressions(text: &str, tokens: &[Token]) -> Vec<Expression> {
    let mut parser = Parser { text, tokens, out: Vec::new() };
    let mut at = 0;
    while at < tokens.len() {
        at = parser.expression(at).unwrap_or(at + 1);
    }
    parser.out
}

struct Parser<'t> {
    text: &'t str,
    tokens: &'t [Token],
    out: Vec<Expression>,
}

impl Parser<'_> {
    /// Reads the expressions that begin at a token; the token after them.
    fn expression(&mut self, at: usize) -> Option<usize> {
        match self.kind(at) {
            Kind::Break | Kind::Mark(b',' | b'.' | b'-' | b'/' | b'(') => None,
            Kind::Numeric(_) => self.numeric(at),
            Kind::Stamp(hour, minute) => Some(self.push(at, at + 1, What::Clock { hour, minute }, "written in digits")),
            Kind::Decade(_) => self.decade(at),
            _ => self
                .absolute(at)
                .or_else(|| self.relative(at))
                .or_else(|| self.part_of_year(at))
                .or_else(|| self.decade(at))
                .or_else(|| self.length(at))
                .or_else(|| self.clock(at))
                .or_else(|| self.year(at)),
        }
    }

    fn kind(&self, at: usize) -> Kind {
        self.tokens.get(at).map_or(Kind::Break, |t| t.kind)
    }

    fn word(&self, at: usize) -> Option<Word> {
        match self.kind(at) {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The word before a token, over nothing.
    fn word_before(&self, at: usize) -> Option<Word> {
        at.checked_sub(1).and_then(|i| self.word(i))
    }

    fn is(&self, at: usize, word: Word) -> bool {
        self.word(at) == Some(word)
    }

    fn is_mark(&self, at: usize, mark: u8) -> bool {
        self.kind(at) == Kind::Mark(mark)
    }

    fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.glued)
    }

    fn capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.case != Case::Lower)
    }

    /// `at`, or the token after it where it is that word.
    fn skip(&self, at: usize, word: Word) -> usize {
        if self.is(at, word) { at + 1 } else { at }
    }

    fn skip_mark(&self, at: usize, mark: u8) -> usize {
        if self.is_mark(at, mark) { at + 1 } else { at }
    }

    /// Whether a preposition or the like before a token says that a time follows.
    fn cued(&self, at: usize) -> bool {
        let before = match self.word_before(at) {
            Some(Word::The | Word::Modifier | Word::Edge | Word::Rel(_)) => return true,
            other => other,
        };
        matches!(
            before,
            Some(
                Word::In
                    | Word::On
                    | Word::Of
                    | Word::From
                    | Word::To
                    | Word::Between
                    | Word::And
                    | Word::Before
                    | Word::After
                    | Word::Around
            )
        )
    }

    /// The text after a token, up to `limit` bytes: for the few rules that ask what kind of word follows.
    fn following(&self, at: usize) -> &str {
        let from = at.checked_sub(1).and_then(|i| self.tokens.get(i)).map_or(0, |t| t.end);
        self.text.get(from..).unwrap_or("")
    }

    fn preceding(&self, at: usize) -> &str {
        let to = self.tokens.get(at).map_or(0, |t| t.start);
        self.text.get(..to).unwrap_or("")
    }

    /// The first word of the text after the tokens before `at`, where only spaces part them.
    fn next_text_word(&self, at: usize) -> &str {
        let rest = self.following(at).trim_start_matches([' ', '\u{a0}']);
        let end = rest.bytes().take(24).position(|b| !(b.is_ascii_alphabetic() || b == b'-')).unwrap_or(rest.len().min(24));
        rest.get(..end).unwrap_or("")
    }

    /// The last word of the text before a token, where only spaces part them.
    fn last_text_word(&self, at: usize) -> &str {
        let rest = self.preceding(at).trim_end_matches([' ', '\u{a0}']);
        let start = rest.len() - rest.bytes().rev().take(24).take_while(|b| b.is_ascii_alphabetic()).count();
        rest.get(start..).unwrap_or("")
    }

    /// Notes an expression that covers the tokens `from..to`.
    fn push(&mut self, from: usize, to: usize, what: What, how: &'static str) -> usize {
        self.push_part(from, to, what, None, how)
    }

    fn push_part(&mut self, from: usize, to: usize, what: What, part: Option<DayPart>, how: &'static str) -> usize {
        if let (Some(first), Some(last)) = (self.tokens.get(from), to.checked_sub(1).and_then(|i| self.tokens.get(i))) {
            self.out.push(Expression { start: first.start, end: last.end, what, part, weak: false, how });
        }
        to
    }

    fn unit(&self, at: usize) -> Option<(Unit, bool)> {
        match self.word(at) {
            Some(Word::Unit(unit, plural)) => Some((unit, plural)),
            _ => None,
        }
    }
}
