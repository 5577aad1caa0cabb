//! From text to tree: one pass over the signs, one level of recursion for each parenthesis.

mod field;
mod signs;
#[cfg(test)]
mod tests;
mod word;

use super::ast::{Expr, ExprKind, Query};
use crate::article::Span;
use signs::{at_least_sign, near_sign};

/// Longest query in bytes.
const LONGEST: usize = 64 << 10;
/// Deepest nesting of parentheses and signs.
const DEEPEST: usize = 64;

/// Why a text is no query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// What is wrong, in lower case.
    pub message: String,
    /// The bytes of the query it is about.
    pub span: Span,
    /// What to do about it.
    pub hint: Option<String>,
}

fn error<T>(span: Span, message: impl Into<String>, hint: impl Into<String>) -> Result<T, QueryError> {
    Err(QueryError { message: message.into(), span, hint: Some(hint.into()) })
}

pub(super) fn parse(text: &str, today: Option<jiff::civil::Date>) -> Result<Query, QueryError> {
    if text.len() > LONGEST {
        return error(Span::new(0, 0), format!("the query is longer than {} KiB", LONGEST >> 10), "search for fewer words");
    }
    let mut parser = Parser { text, at: 0, depth: 0, today };
    let parts = parser.list()?;
    if parser.at < text.len() {
        let span = Span::new(parser.at, parser.at + 1);
        return error(span, "`)` without `(`", "take it away, or put the words in quotation marks");
    }
    let span = Span::new(0, text.len());
    let root = one(parts, span, ExprKind::List);
    if matches!(&root.kind, ExprKind::List(parts) if parts.is_empty()) {
        return error(span, "the query has no words", "type some words; `demarche help query` shows what else there is");
    }
    Ok(Query { text: text.to_owned(), root })
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    today: Option<jiff::civil::Date>,
}

/// The signs between which the words stand.
#[derive(Clone, Copy, PartialEq)]
enum Operator {
    And,
    Or,
}

/// What a sign before a part makes of it.
type Sign = fn(Box<Expr>) -> ExprKind;

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// The word in capitals that stands here alone, if it is an operator.
    fn operator(&self) -> Option<(Operator, usize)> {
        let rest = self.rest();
        for (name, operator) in [("AND", Operator::And), ("OR", Operator::Or), ("&&", Operator::And), ("||", Operator::Or)] {
            if let Some(after) = rest.strip_prefix(name)
                && after.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ')' | '"'))
            {
                return Some((operator, name.len()));
            }
        }
        None
    }

    /// Parts side by side, up to the end or a closing parenthesis.
    fn list(&mut self) -> Result<Vec<Expr>, QueryError> {
        let mut parts = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                None | Some(')') => return Ok(parts),
                _ => {}
            }
            if let Some(part) = self.any()? {
                parts.push(part);
            }
        }
    }

    /// `x OR y`; `AND` binds tighter.
    fn any(&mut self) -> Result<Option<Expr>, QueryError> {
        self.chain(Operator::Or, |p| p.chain(Operator::And, Self::near))
    }

    /// `x NEAR/5 y`.
    fn near(&mut self) -> Result<Option<Expr>, QueryError> {
        let Some(first) = self.unary()? else { return Ok(None) };
        let (mut parts, mut least) = (vec![first], u32::MAX);
        loop {
            let before = self.at;
            self.skip_space();
            let Some((words, len)) = near_sign(self.rest()) else {
                self.at = before;
                break;
            };
            let sign = Span::new(self.at, self.at + len);
            self.at += len;
            self.skip_space();
            let Some(next) = self.unary()? else { return lonely(self.text, sign) };
            parts.push(next);
            least = least.min(words);
            if let Some(other) = parts.iter().find(|p| !matches!(p.kind, ExprKind::Word(_) | ExprKind::Phrase(_))) {
                return error(other.span, "NEAR stands between words", "take signs and parentheses away here, or use AND");
            }
        }
        let span = Span::new(parts.first().map_or(0, |p| p.span.start), parts.last().map_or(0, |p| p.span.end));
        if parts.len() == 1 {
            return Ok(parts.pop());
        }
        Ok(Some(Expr { kind: ExprKind::Near(least, parts), span }))
    }

    /// `at least 2 of (x y z)`.
    fn at_least(&mut self) -> Result<Option<Expr>, QueryError> {
        let start = self.at;
        let rest = self.rest();
        let Some((number, len)) = at_least_sign(rest) else { return Ok(None) };
        self.at += len;
        let group = self.at;
        self.at += 1;
        let parts = self.deeper(group, Self::list)?;
        if self.peek() != Some(')') {
            return error(Span::new(group, group + 1), "`(` is never closed", "close it with `)`");
        }
        self.at += 1;
        let span = Span::new(start, self.at);
        if number == 0 || number > parts.len() {
            return error(span, format!("the group has {} parts", parts.len()), "ask for as many of them or fewer, and for one at least");
        }
        Ok(Some(Expr { kind: ExprKind::AtLeast(number, parts), span }))
    }

    fn chain(
        &mut self,
        operator: Operator,
        part: impl Fn(&mut Self) -> Result<Option<Expr>, QueryError>,
    ) -> Result<Option<Expr>, QueryError> {
        let Some(first) = part(self)? else { return Ok(None) };
        let mut parts = vec![first];
        loop {
            let before = self.at;
            self.skip_space();
            let Some((_, len)) = self.operator().filter(|(o, _)| *o == operator) else {
                self.at = before;
                break;
            };
            let sign = Span::new(self.at, self.at + len);
            self.at += len;
            self.skip_space();
            match part(self)? {
                Some(next) => parts.push(next),
                None => return lonely(self.text, sign),
            }
        }
        let span = Span::new(parts.first().map_or(0, |p| p.span.start), parts.last().map_or(0, |p| p.span.end));
        let kind = if operator == Operator::And { ExprKind::And } else { ExprKind::Or };
        Ok(Some(one(parts, span, kind)))
    }

    fn unary(&mut self) -> Result<Option<Expr>, QueryError> {
        let start = self.at;
        if let Some(expr) = self.at_least()? {
            return Ok(Some(expr));
        }
        if let Some(len) = self.operator().map(|(_, len)| len).or_else(|| near_sign(self.rest()).map(|(_, len)| len)) {
            return lonely(self.text, Span::new(start, start + len));
        }
        let rest = self.rest();
        let (sign, skip): (Option<Sign>, usize) = match rest.strip_prefix("NOT") {
            Some(after) if after.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ')' | '"')) => {
                (Some(ExprKind::Not), rest.len() - after.trim_start().len())
            }
            _ => match self.peek() {
                Some('+') => (Some(ExprKind::Must), 1),
                Some('-' | '−') => (Some(ExprKind::Not), self.peek().map_or(1, char::len_utf8)),
                _ => (None, 0),
            },
        };
        let Some(sign) = sign else { return self.primary() };
        self.at += skip;
        // A dash between words is punctuation.
        if rest.strip_prefix("NOT").is_none() && self.peek().is_none_or(char::is_whitespace) {
            return Ok(None);
        }
        let part = self.deeper(start, Self::unary)?;
        match part {
            Some(part) => {
                let span = Span::new(start, part.span.end);
                Ok(Some(Expr { kind: sign(Box::new(part)), span }))
            }
            None if rest.starts_with("NOT") => lonely(self.text, Span::new(start, start + 3)),
            None => Ok(None),
        }
    }

    fn deeper<T>(&mut self, start: usize, inner: impl Fn(&mut Self) -> Result<T, QueryError>) -> Result<T, QueryError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return error(Span::new(start, start + 1), format!("nested deeper than {DEEPEST}"), "take some parentheses or signs away");
        }
        let out = inner(self);
        self.depth -= 1;
        out
    }

    fn primary(&mut self) -> Result<Option<Expr>, QueryError> {
        self.plain()?.map(|part| self.boosted(part)).transpose()
    }

    fn plain(&mut self) -> Result<Option<Expr>, QueryError> {
        let start = self.at;
        match self.peek() {
            None | Some(')') => Ok(None),
            Some('(') => {
                self.at += 1;
                let parts = self.deeper(start, Self::list)?;
                if self.peek() != Some(')') {
                    let hint = "close it with `)`, or put the words in quotation marks";
                    return error(Span::new(start, start + 1), "`(` is never closed", hint);
                }
                self.at += 1;
                if parts.is_empty() {
                    return Ok(None);
                }
                let span = Span::new(start, self.at);
                Ok(Some(Expr { span, ..one(parts, span, ExprKind::List) }))
            }
            Some('"' | '“' | '”' | '„') => self.phrase(),
            Some('/') => self.regex(),
            Some(_) => self.word(),
        }
    }
}

fn lonely<T>(text: &str, sign: Span) -> Result<T, QueryError> {
    let name = sign.of(text).unwrap_or_default();
    error(
        sign,
        format!("`{name}` needs something on both sides"),
        format!("write the word in small letters to search for it: {}", name.to_lowercase()),
    )
}

/// A list of one is the one.
fn one(mut parts: Vec<Expr>, span: Span, kind: fn(Vec<Expr>) -> ExprKind) -> Expr {
    match parts.len() {
        1 => parts.remove(0),
        _ => Expr { kind: kind(parts), span },
    }
}
