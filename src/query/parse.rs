//! From text to tree: one pass over the signs, one level of recursion for each parenthesis.

use super::ast::{DateField, Expr, ExprKind, Query, TextField};
use super::country::country_code;
use super::dates::DateRange;
use crate::article::Span;

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
            Some(_) => self.word(),
        }
    }

    fn phrase(&mut self) -> Result<Option<Expr>, QueryError> {
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
    fn word(&mut self) -> Result<Option<Expr>, QueryError> {
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
        self.at += len;
        let span = Span::new(start, self.at);
        // Punctuation alone asks nothing.
        Ok(piece.chars().any(char::is_alphanumeric).then(|| Expr { kind: word_kind(piece), span }))
    }

    fn date(&self, text: &str) -> Option<DateRange> {
        match self.today {
            Some(today) => DateRange::parse_on(text, today),
            None => DateRange::parse(text),
        }
    }

    fn field(&mut self, start: usize, name: &str) -> Result<Option<Expr>, QueryError> {
        let name_span = Span::new(start, start + name.len());
        let lower = name.to_ascii_lowercase();
        self.at = name_span.end + 1;
        if lower == "undated" {
            return Ok(Some(Expr { kind: ExprKind::Undated, span: Span::new(start, self.at) }));
        }
        if let Some((_, field)) = DateField::NAMES.iter().find(|(n, _)| *n == lower) {
            let from = self.at;
            let part = self.primary()?;
            let value = self.text.get(from..self.at).unwrap_or_default().trim_matches(|c: char| c == '"' || c.is_whitespace());
            let span = Span::new(from, self.at);
            let (true, Some(range)) = (part.is_some() || value.starts_with(".."), self.date(value)) else {
                let hint = match self.today {
                    Some(_) => "write 2021, 2021-07, 2021-07-19, 2021-07..2021-09, 2021-07.., ..2021, \"last month\" or \"last 30 days\"",
                    None => "write a year, month or day (2021, 2021-07, 2021-07-19) or a range (2021-07..2021-09, 2021-07.., ..2021)",
                };
                return error(span, format!("`{value}` is no date"), hint);
            };
            if matches!((range.first, range.last), (Some(first), Some(last)) if first > last) {
                return error(span, "the range ends before it begins", "turn it round");
            }
            return Ok(Some(Expr { kind: ExprKind::Dates(*field, range), span: Span::new(start, self.at) }));
        }
        let Some((_, field)) = TextField::NAMES.iter().find(|(n, _)| *n == lower) else {
            let names = TextField::NAMES.iter().map(|(n, _)| *n).chain(DateField::NAMES.iter().map(|(n, _)| *n));
            let close = names.map(|n| (distance(&lower, n), n)).min().filter(|(d, _)| *d <= 2);
            let hint = match close {
                Some((_, name)) => format!("did you mean `{name}:`?"),
                None => format!("the fields are {}; to search for the words, leave the colon out", fields()),
            };
            return error(name_span, format!("there is no field `{name}`"), hint);
        };
        match self.deeper(start, Self::primary)? {
            Some(part) => {
                let span = Span::new(start, part.span.end);
                if let (TextField::Country, ExprKind::Word(text) | ExprKind::Phrase(text)) = (field, &part.kind)
                    && country_code(text).is_none()
                {
                    return error(
                        part.span,
                        format!("no country is called `{text}`"),
                        "write its code or its name: country:ru, country:Russia",
                    );
                }
                Ok(Some(Expr { kind: ExprKind::Field(*field, Box::new(part)), span }))
            }
            None => error(name_span, format!("nothing follows `{name}:`"), "write the words right behind the colon"),
        }
    }
}

/// A number that ends where a word ends, with its length.
fn number(text: &str) -> Option<(u32, usize)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    let ends = text[len..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    Some((text[..len].parse().ok().filter(|n| *n <= 1000)?, len)).filter(|_| ends)
}

/// `NEAR` or `NEAR/5`, with its length.
fn near_sign(text: &str) -> Option<(u32, usize)> {
    let after = text.strip_prefix("NEAR")?;
    match after.strip_prefix('/') {
        Some(after) => number(after).map(|(words, len)| (words.max(1), 5 + len)),
        None => after.chars().next().is_none_or(char::is_whitespace).then_some((10, 4)),
    }
}

/// `at least 2 of ` in front of a parenthesis, with its length up to there.
fn at_least_sign(text: &str) -> Option<(usize, usize)> {
    let mut rest = text;
    let mut count = 0;
    for (i, expected) in ["at", "least", "", "of"].into_iter().enumerate() {
        let word = rest.split(|c: char| c.is_whitespace() || c == '(').next()?;
        if i == 2 {
            count = word.parse().ok()?;
        } else if !word.eq_ignore_ascii_case(expected) {
            return None;
        }
        rest = rest.get(word.len()..)?.trim_start();
    }
    rest.starts_with('(').then_some((count, text.len() - rest.len()))
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

fn fields() -> String {
    let names: Vec<&str> = TextField::NAMES.iter().map(|(n, _)| *n).chain(DateField::NAMES.iter().map(|(n, _)| *n)).collect();
    names.join(", ")
}

/// Edits that turn one short word into the other (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    if a.len() > 20 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut last = i;
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let here = (last + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            last = row[j + 1];
            row[j + 1] = here;
        }
    }
    row[b.len()]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn tree(text: &str) -> String {
        fn show(e: &Expr) -> String {
            let all = |name: &str, parts: &[Expr]| format!("{name}[{}]", parts.iter().map(show).collect::<Vec<_>>().join(" "));
            match &e.kind {
                ExprKind::Word(w) => w.clone(),
                ExprKind::Phrase(w) => format!("<{w}>"),
                ExprKind::Loose(w, n) => format!("<{w}>~{n}"),
                ExprKind::Wild(w) => format!("wild:{w}"),
                ExprKind::Fuzzy(w, n) => format!("fuzzy:{w}:{n}"),
                ExprKind::Exact(w) => format!("exact:{w}"),
                ExprKind::Near(n, p) => all(&format!("near{n}"), p),
                ExprKind::AtLeast(n, p) => all(&format!("least{n}"), p),
                ExprKind::Field(f, p) => format!("{}={}", f.as_str(), show(p)),
                ExprKind::Dates(f, r) => format!("{}={r}", f.as_str()),
                ExprKind::Undated => "undated".into(),
                ExprKind::Must(p) => format!("+{}", show(p)),
                ExprKind::Not(p) => format!("-{}", show(p)),
                ExprKind::And(p) => all("and", p),
                ExprKind::Or(p) => all("or", p),
                ExprKind::List(p) => all("list", p),
            }
        }
        show(parse(text, None).unwrap().root())
    }

    #[test]
    fn the_signs_mean_what_they_say() {
        assert_eq!(tree("exchange hack"), "list[exchange hack]");
        assert_eq!(tree("+a -b \"c d\""), "list[+a -b <c d>]");
        assert_eq!(tree("a OR b AND c d"), "list[or[a and[b c]] d]");
        assert_eq!(tree("(a OR b) NOT c"), "list[or[a b] -c]");
        assert_eq!(tree("title:(a b) actor:\"Silk Typhoon\" date:2021-07.."), "list[title=list[a b] actor=<Silk Typhoon> date=2021-07..]");
        assert_eq!(tree("published:..2020 mentions:2021-Q3"), "list[date=..2020 mentions=2021-Q3]");
    }

    #[test]
    fn patterns_and_distances() {
        assert_eq!(tree("crypto* hafnim~ word~1"), "list[wild:crypto* fuzzy:hafnim:2 fuzzy:word:1]");
        assert_eq!(tree("=US =Salt"), "list[exact:US exact:Salt]");
        assert_eq!(tree("a NEAR/5 b NEAR c d"), "list[near5[a b c] d]");
        assert_eq!(tree("\"a b\"~3 c"), "list[<a b>~3 c]");
        assert_eq!(tree("at least 2 of (a b c) d"), "list[least2[a b c] d]");
        assert_eq!(tree("at least two of them"), "list[at least two of them]");
        assert_eq!(parse("a NEAR (b c)", None).unwrap_err().span, Span::new(7, 12));
        assert!(parse("NEAR a", None).is_err() && parse("a NEAR/3", None).is_err() && parse("at least 4 of (a b)", None).is_err());
    }

    #[test]
    fn running_text_is_words() {
        assert_eq!(tree("who's behind it?"), "list[who's behind it?]");
        assert_eq!(tree("state-sponsored attack(s) - and/or leaks…"), "list[state-sponsored attack(s) and/or leaks…]");
        assert_eq!(tree("see https://example.org/a: now"), "list[see https://example.org/a: now]");
        assert_eq!(tree("“silk typhoon”"), "<silk typhoon>");
    }

    #[test]
    fn mistakes_are_shown_where_they_are() {
        for (text, at, hint) in [
            ("a (b", "(", "close it"),
            ("a ) b", ")", "take it away"),
            ("say \"it", "\"", "close it"),
            ("a OR", "OR", "small letters"),
            ("AND b", "AND", "small letters"),
            ("a NOT", "NOT", "small letters"),
            ("tilte:x", "tilte", "did you mean `title:`?"),
            ("colour:x", "colour", "the fields are"),
            ("date:soon", "soon", "2021-07"),
            ("date:2022..2021", "2022..2021", "turn it round"),
            ("  ", "  ", "type some words"),
        ] {
            let error = parse(text, None).unwrap_err();
            assert_eq!(error.span.of(text), Some(at), "{text}");
            assert!(error.hint.clone().unwrap_or_default().contains(hint), "{text}: {error:?}");
        }
    }

    #[test]
    fn hostile_queries_are_bounded() {
        assert!(parse(&"(".repeat(10_000), None).is_err());
        assert!(parse(&"-+".repeat(10_000), None).is_err());
        assert!(parse(&"a ".repeat(LONGEST), None).is_err());
        assert!(parse(&"title:".repeat(100), None).is_err());
        assert!(parse(&"a OR ".repeat(5_000), None).is_err());
    }
}
