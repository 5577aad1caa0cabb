//! The leaves of a query: words, patterns, phrases.

use super::signs::{boost_sign, number};
use super::{Parser, error};
use crate::article::Span;
use crate::query::QueryError;
use crate::query::ast::{Expr, ExprKind};

/// Least and most that a part can be weighed by.
const BOOSTS: std::ops::RangeInclusive<f32> = 0.01..=100.0;

impl Parser<'_> {
    pub(super) fn phrase(&mut self) -> Result<Option<Expr>, QueryError> {
        let start = self.at;
        let open = self.peek().map_or(1, char::len_utf8);
        let Some(len) = self.rest().get(open..).and_then(|r| r.find(['"', '“', '”'])) else {
            return error(Span::new(start, start + open), "the quotation mark is never closed", "close it, or take it away");
        };
        let words = &self.text[start + open..start + open + len];
        self.at = start + open + len;
        self.at += self.peek().map_or(1, char::len_utf8);
        let span = Span::new(start, self.at);
        if !words.chars().any(char::is_alphanumeric) {
            return error(span, "there are no words between the quotation marks", "type some, or take the marks away");
        }
        if let Some((between, len)) = self.rest().strip_prefix('~').and_then(number) {
            self.at += 1 + len;
            return Ok(Some(Expr { kind: ExprKind::Loose(words.to_owned(), between), span: Span::new(start, self.at) }));
        }
        Ok(Some(Expr { kind: ExprKind::Phrase(words.to_owned()), span }))
    }

    /// A word, or `field:` with what follows it.
    pub(super) fn word(&mut self) -> Result<Option<Expr>, QueryError> {
        let start = self.at;
        let rest = self.rest();
        let mut inside = 0usize;
        let len = rest
            .char_indices()
            .find(|&(i, c)| match c {
                // `attack(s)` is one piece.
                '(' if i > 0 && !rest[..i].ends_with(':') => {
                    inside += 1;
                    false
                }
                ')' if inside > 0 => {
                    inside -= 1;
                    false
                }
                '(' | ')' | '"' | '“' | '”' | '„' => true,
                c => c.is_whitespace(),
            })
            .map_or(rest.len(), |(i, _)| i);
        let piece = &rest[..len];
        if let Some((name, value)) = piece.split_once(':')
            && !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_')
            && !value.starts_with("//")
        {
            let follows = rest[name.len() + 1..].chars().next();
            if follows.is_some_and(|c| !c.is_whitespace() && c != ')') || name.eq_ignore_ascii_case("undated") {
                return self.field(start, name);
            }
        }
        // `word^2`; the sign is read by who asked for the word.
        let len =
            piece.rfind('^').filter(|&i| rest[..i].chars().any(char::is_alphanumeric) && boost_sign(&rest[i..]).is_some()).unwrap_or(len);
        let piece = &rest[..len];
        self.at += len;
        let span = Span::new(start, self.at);
        // Punctuation alone asks nothing.
        Ok(piece.chars().any(char::is_alphanumeric).then(|| Expr { kind: word_kind(piece), span }))
    }

    /// `/…/`, up to the slash that ends a word.
    pub(super) fn regex(&mut self) -> Result<Option<Expr>, QueryError> {
        let (start, rest) = (self.at, self.rest());
        let mut ends = rest.char_indices().skip(1).filter(|(i, c)| *c == '/' && !rest[..*i].ends_with('\\'));
        let ended = |i: usize| rest[i + 1..].chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '^'));
        let Some((end, _)) = ends.find(|(i, _)| *i > 1 && ended(*i)) else { return self.word() };
        let pattern = &rest[1..end];
        if pattern.contains(char::is_whitespace) {
            // A word holds no spaces: these are words with slashes.
            return self.word();
        }
        let span = Span::new(start, start + end + 1);
        if let Err(problem) = crate::index::word_regex(pattern) {
            return error(span, format!("this is no regular expression: {problem}"), "to search for the words, leave the slashes out");
        }
        self.at = span.end;
        Ok(Some(Expr { kind: ExprKind::Regex(pattern.to_owned()), span }))
    }

    /// The part, and `^2` behind it.
    pub(super) fn boosted(&mut self, part: Expr) -> Result<Expr, QueryError> {
        let Some((times, len)) = boost_sign(self.rest()) else { return Ok(part) };
        let sign = Span::new(self.at, self.at + len);
        self.at = sign.end;
        if !BOOSTS.contains(&times) {
            return error(sign, "no part can count as much or as little", "write a number from 0.01 to 100 behind `^`");
        }
        let span = Span::new(part.span.start, sign.end);
        Ok(Expr { kind: ExprKind::Boost(times, Box::new(part)), span })
    }
}

/// What a piece of text between spaces asks.
fn word_kind(piece: &str) -> ExprKind {
    if let Some(word) = piece.strip_prefix('=').filter(|w| w.starts_with(char::is_alphanumeric)) {
        return ExprKind::Exact(word.to_owned());
    }
    if let Some((word, letters)) = piece.rsplit_once('~').filter(|(w, _)| w.chars().all(char::is_alphanumeric) && !w.is_empty()) {
        match letters {
            "" => return ExprKind::Fuzzy(word.to_owned(), if word.chars().count() > 5 { 2 } else { 1 }),
            "1" => return ExprKind::Fuzzy(word.to_owned(), 1),
            "2" => return ExprKind::Fuzzy(word.to_owned(), 2),
            _ => {}
        }
    }
    let letters = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '*');
    if letters.contains('*') && letters.chars().all(|c| c.is_alphanumeric() || c == '*') {
        return ExprKind::Wild(letters.to_owned());
    }
    ExprKind::Word(piece.to_owned())
}
