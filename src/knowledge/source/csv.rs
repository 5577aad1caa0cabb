//! A user's own list: CSV (RFC 4180) with a header.

use super::Record;

pub(super) fn records(text: &str, source: &str) -> Option<Vec<Record>> {
    let mut rows = rows(text).into_iter();
    let header = rows.next()?;
    let column = |name: &str| header.iter().position(|h| h.trim().eq_ignore_ascii_case(name));
    let (name, id, aliases, country) = (column("name")?, column("id"), column("aliases"), column("country"));
    let cell = |row: &[String], at: Option<usize>| at.and_then(|i| row.get(i)).map(|c| c.trim().to_owned()).filter(|c| !c.is_empty());
    Some(
        rows.filter_map(|row| {
            let others = cell(&row, aliases).unwrap_or_default();
            let mut record = Record::new(source, cell(&row, id), row.get(name)?, others.split(';').map(str::to_owned))?;
            record.country = cell(&row, country).filter(|c| c.len() == 2).map(|c| c.to_ascii_uppercase());
            Some(record)
        })
        .collect(),
    )
}

/// The cells of each line; a quoted cell may hold commas, doubled quotes and line ends.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}
