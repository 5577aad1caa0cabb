//! The tree of a query.

use super::dates::DateRange;
use crate::article::Span;
use std::fmt;

/// A query: the text as it was written, and its tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    pub(super) text: String,
    pub(super) root: Expr,
}

impl Query {
    /// Reads `text` as a query. `demarche help query` is the page on the language.
    ///
    /// # Errors
    /// [`QueryError`](super::QueryError) with the place and a hint where it cannot be meant as written.
    ///
    /// ```
    /// use demarche::Query;
    /// let query = Query::parse("+hafnium -\"exchange online\" (attribution OR blame) date:2021-07..").unwrap();
    /// assert_eq!(query.to_string(), "+hafnium -\"exchange online\" (attribution OR blame) date:2021-07..");
    /// let error = Query::parse("pubisher:cert").unwrap_err();
    /// assert_eq!(error.span.of("pubisher:cert"), Some("pubisher"));
    /// assert_eq!(error.hint.as_deref(), Some("did you mean `publisher:`?"));
    /// ```
    pub fn parse(text: &str) -> Result<Query, super::QueryError> {
        super::parse::parse(text, None)
    }

    /// As [`parse`](Query::parse), with times as seen from `today`: `date:"last month"`, `date:yesterday`, `date:"last 30 days"`.
    ///
    /// # Errors
    /// As [`parse`](Query::parse).
    ///
    /// ```
    /// use demarche::Query;
    /// let query = Query::parse_on("ransom date:\"last month\"", "2021-07-21".parse().unwrap()).unwrap();
    /// assert_eq!(query.to_string(), "ransom date:2021-06-01..2021-06-30");
    /// ```
    pub fn parse_on(text: &str, today: jiff::civil::Date) -> Result<Query, super::QueryError> {
        super::parse::parse(text, Some(today))
    }

    /// Takes `text` as plain words, whatever signs stand between them: no part of it is an operator.
    ///
    /// ```
    /// use demarche::Query;
    /// let query = Query::words("WHO DID IT, AND WHY (IF AT ALL)?");
    /// assert_eq!(query.text(), "WHO DID IT, AND WHY (IF AT ALL)?");
    /// ```
    pub fn words(text: &str) -> Query {
        let span = Span::new(0, text.len());
        Query { text: text.to_owned(), root: Expr { kind: ExprKind::Word(text.to_owned()), span } }
    }

    /// The text it was read from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tree.
    pub fn root(&self) -> &Expr {
        &self.root
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it asks.
    pub kind: ExprKind,
    /// Where it stands in the query's text.
    pub span: Span,
}

/// What a part of a query asks.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ExprKind {
    /// A word, or several in one piece (`state-sponsored`): wanted.
    Word(String),
    /// Words in this order: required.
    Phrase(String),
    /// Words in this order with at most so many others between them, `"…"~2`: required.
    Loose(String, u32),
    /// A word with `*` for any letters: wanted.
    Wild(String),
    /// A word of which so many letters may differ, `word~`: wanted.
    Fuzzy(String, usize),
    /// A word that the regular expression matches from end to end, capitals or not, `/…/`: wanted.
    Regex(String),
    /// A part that counts so many times as much, `word^2`.
    Boost(f32, Box<Expr>),
    /// A word exactly as written, `=Word`: required.
    Exact(String),
    /// Words within so many words of each other, `x NEAR/5 y`: required.
    Near(u32, Vec<Expr>),
    /// At least so many of these, `at least 2 of (x y z)`: required.
    AtLeast(usize, Vec<Expr>),
    /// A part that looks only at one field.
    Field(TextField, Box<Expr>),
    /// A range of days.
    Dates(DateField, DateRange),
    /// Articles without a day of publication.
    Undated,
    /// Must be met: `+x`.
    Must(Box<Expr>),
    /// Must not be met: `-x`, `NOT x`.
    Not(Box<Expr>),
    /// All must be met: `x AND y`.
    And(Vec<Expr>),
    /// One must be met: `x OR y`.
    Or(Vec<Expr>),
    /// Parts side by side.
    List(Vec<Expr>),
}

/// A field with words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextField {
    /// The headline.
    Title,
    /// The text.
    Body,
    /// Who is named, under any alias.
    Actor,
    /// The country of who is named: the state itself, its bodies and firms, and groups said to work for it.
    Country,
    /// Who makes a claim.
    Accuser,
    /// Whom a claim is about.
    Accused,
    /// What a claim says: accuses, denies, ….
    Stance,
    /// The outlet.
    Publisher,
    /// The authors.
    Author,
    /// The path of the file.
    Path,
    /// The address.
    Url,
    /// The language code.
    Lang,
    /// The id, or its beginning.
    Id,
}

impl TextField {
    /// All, with their names in queries.
    pub(super) const NAMES: &[(&str, TextField)] = &[
        ("title", TextField::Title),
        ("body", TextField::Body),
        ("actor", TextField::Actor),
        ("country", TextField::Country),
        ("accuser", TextField::Accuser),
        ("accused", TextField::Accused),
        ("stance", TextField::Stance),
        ("publisher", TextField::Publisher),
        ("author", TextField::Author),
        ("path", TextField::Path),
        ("url", TextField::Url),
        ("lang", TextField::Lang),
        ("id", TextField::Id),
    ];

    /// The name in queries.
    pub fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(_, f)| *f == self).map_or("", |(name, _)| name)
    }
}

/// A field with days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateField {
    /// The day of publication; also written `date:`.
    Published,
    /// The times named in the text.
    Mentions,
}

impl DateField {
    /// All, with their names in queries; the first name of each is the one printed.
    pub(super) const NAMES: &[(&str, DateField)] =
        &[("date", DateField::Published), ("published", DateField::Published), ("mentions", DateField::Mentions)];

    /// The name in queries.
    pub fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(_, f)| *f == self).map_or("", |(name, _)| name)
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |f: &mut fmt::Formatter<'_>, parts: &[Expr], sign: &str| {
            for (i, part) in parts.iter().enumerate() {
                let sign = if i == 0 { "" } else { sign };
                match part.kind {
                    ExprKind::And(_) | ExprKind::Or(_) | ExprKind::List(_) | ExprKind::Near(..) | ExprKind::AtLeast(..) => {
                        f.write_str(sign)?;
                        enclosed(f, part)?
                    }
                    _ => write!(f, "{sign}{part}")?,
                }
            }
            Ok(())
        };
        let unary = |f: &mut fmt::Formatter<'_>, sign: &str, part: &Expr| match part.kind {
            ExprKind::And(_) | ExprKind::Or(_) | ExprKind::List(_) | ExprKind::Near(..) | ExprKind::AtLeast(..) => {
                f.write_str(sign)?;
                enclosed(f, part)
            }
            _ => write!(f, "{sign}{part}"),
        };
        match &self.kind {
            ExprKind::Word(word) => f.write_str(word),
            ExprKind::Phrase(words) => write!(f, "\"{words}\""),
            ExprKind::Loose(words, between) => write!(f, "\"{words}\"~{between}"),
            ExprKind::Wild(word) => f.write_str(word),
            ExprKind::Fuzzy(word, letters) => write!(f, "{word}~{letters}"),
            ExprKind::Exact(word) => write!(f, "={word}"),
            ExprKind::Regex(pattern) => write!(f, "/{pattern}/"),
            ExprKind::Boost(times, part) => {
                use ExprKind::{Exact, Fuzzy, Loose, Phrase, Regex, Wild, Word};
                match part.kind {
                    Word(_) | Phrase(_) | Loose(..) | Wild(_) | Fuzzy(..) | Exact(_) | Regex(_) => write!(f, "{part}^{times}"),
                    _ => {
                        enclosed(f, part)?;
                        write!(f, "^{times}")
                    }
                }
            }
            ExprKind::Near(words, parts) => joined(f, parts, &format!(" NEAR/{words} ")),
            ExprKind::AtLeast(least, parts) => {
                write!(f, "at least {least} of ")?;
                enclosed(f, &Expr { kind: ExprKind::List(parts.clone()), span: self.span })
            }
            ExprKind::Field(field, part) => unary(f, &format!("{}:", field.as_str()), part),
            ExprKind::Dates(field, range) => write!(f, "{}:{range}", field.as_str()),
            ExprKind::Undated => f.write_str("undated:"),
            ExprKind::Must(part) => unary(f, "+", part),
            ExprKind::Not(part) => unary(f, "-", part),
            ExprKind::And(parts) => joined(f, parts, " AND "),
            ExprKind::Or(parts) => joined(f, parts, " OR "),
            ExprKind::List(parts) => joined(f, parts, " "),
        }
    }
}

/// A part in parentheses. A word that opens one of its own and does not close it would take the closing one for itself, but for a space.
fn enclosed(f: &mut fmt::Formatter<'_>, part: &Expr) -> fmt::Result {
    let text = part.to_string();
    let open = text.matches('(').count() > text.matches(')').count();
    write!(f, "({text}{})", if open { " " } else { "" })
}
