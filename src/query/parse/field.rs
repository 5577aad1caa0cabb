//! `field:` with what follows it, and hints for fields that are not there.

use super::{Parser, error};
use crate::article::Span;
use crate::query::QueryError;
use crate::query::ast::{DateField, Expr, ExprKind, TextField};
use crate::query::country::country_code;
use crate::query::dates::DateRange;

impl Parser<'_> {
    pub(super) fn date(&self, text: &str) -> Option<DateRange> {
        match self.today {
            Some(today) => DateRange::parse_on(text, today),
            None => DateRange::parse(text),
        }
    }

    pub(super) fn field(&mut self, start: usize, name: &str) -> Result<Option<Expr>, QueryError> {
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
                if let (TextField::Stance, ExprKind::Word(text) | ExprKind::Phrase(text)) = (field, &part.kind)
                    && crate::article::Stance::from_name(&text.to_lowercase()).is_none()
                {
                    let all: Vec<&str> = crate::article::Stance::ALL.iter().map(|s| s.as_str()).collect();
                    return error(part.span, format!("no stance is called `{text}`"), format!("one of: {}", all.join(", ")));
                }
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
