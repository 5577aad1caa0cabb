//! A user's own list: CSV (RFC 4180) with a header.

use super::{ListError, Record};
use crate::article::ActorKind;

/// Columns that are read; others are passed over.
const COLUMNS: [&str; 6] = ["name", "id", "aliases", "country", "kind", "parent"];

pub(super) fn records(text: &str, source: &str) -> Result<Vec<Record>, ListError> {
    let mut rows = rows(text)?.into_iter();
    let (_, header) = rows.next().ok_or(ListError::Unknown)?;
    let at = COLUMNS.map(|column| header.iter().position(|h| h.trim().eq_ignore_ascii_case(column)));
    let [Some(_), ..] = at else { return Err(ListError::Unknown) };
    rows.filter(|(_, row)| row.iter().any(|c| !c.trim().is_empty())).map(|(line, row)| record(&row, line, &at, source)).collect()
}

fn record(row: &[String], line: usize, at: &[Option<usize>; 6], source: &str) -> Result<Record, ListError> {
    let [name, id, aliases, country, kind, parent] =
        at.map(|i| i.and_then(|i| row.get(i)).map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()));
    let wrong = |field: &'static str, problem: String| ListError::Line { line, field, problem };
    let name = name.ok_or_else(|| wrong("name", "is empty".to_owned()))?;
    let aliases = aliases.unwrap_or_default();
    let mut record = Record::new(source, id, &name, aliases.split(';').map(str::to_owned))
        .ok_or_else(|| wrong("name", format!("`{name}` has neither letter nor digit")))?;
    if let Some(country) = country {
        if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Err(wrong("country", format!("`{country}` is no code of two letters (ISO 3166-1)")));
        }
        record.country = Some(country.to_ascii_uppercase());
    }
    if let Some(kind) = kind {
        let known = ActorKind::from_name(&kind.to_ascii_lowercase());
        let kinds = || ActorKind::ALL.map(ActorKind::as_str).join(", ");
        record.kind = Some(known.ok_or_else(|| wrong("kind", format!("`{kind}` is none of {}", kinds())))?);
    }
    record.parent = parent;
    Ok(record)
}

/// The cells of each line, with the number of the line a row begins on; a quoted cell may hold commas, doubled quotes and line ends.
fn rows(text: &str) -> Result<Vec<(usize, Vec<String>)>, ListError> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    // The line at hand, the one the row began on, and the one an open quotation began on.
    let (mut line, mut begun, mut quoted) = (1, 1, None);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted.is_some() && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' if quoted.is_some() => quoted = None,
            '"' if cell.is_empty() => quoted = Some(line),
            ',' if quoted.is_none() => row.push(std::mem::take(&mut cell)),
            '\r' if quoted.is_none() => {}
            '\n' if quoted.is_none() => {
                row.push(std::mem::take(&mut cell));
                rows.push((begun, std::mem::take(&mut row)));
                line += 1;
                begun = line;
            }
            _ => {
                line += usize::from(c == '\n');
                cell.push(c);
            }
        }
    }
    if let Some(line) = quoted {
        return Err(ListError::Line { line, field: "quotation", problem: "is never closed".to_owned() });
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push((begun, row));
    }
    Ok(rows)
}
