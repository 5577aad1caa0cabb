//! Tables of crawlers (CSV, RFC 4180, and its kin with `;`, tabs or `|`): a line of names, then a record a row.
//!
//! Streamed: one row is held.

use super::entries::{Entries, Flow};
use super::format::{Format, Head, Reads};
use super::input::Input;
use super::record::{Record, Records, Value, are_names};
use super::{MAX_MIB, charset};
use crate::error::Skipped;
use std::io::{self, BufRead, BufReader};

pub(super) const FORMAT: Format = Format { name: "csv", version: 1, tells: is_csv, reads: Reads::Many(read) };

const PARTS: [u8; 4] = *b",;\t|";
/// Columns that are read.
const COLUMNS: usize = 1000;

/// A file with such an ending, or one whose first line names the columns of articles.
fn is_csv(head: &Head<'_>) -> bool {
    if head.bytes.starts_with(b"\xff\xfe") || head.bytes.starts_with(b"\xfe\xff") || head.bytes.iter().take(4096).any(|b| *b == 0) {
        return false;
    }
    let line = head.bytes.split(|b| matches!(b, b'\n' | b'\r')).next().unwrap_or_default();
    if !line.iter().any(|b| PARTS.contains(b)) {
        return false;
    }
    matches!(head.ending().as_str(), "csv" | "tsv" | "tab")
        || line.len() < 2000 && {
            let mut rows = Rows::new(line);
            rows.next().ok().flatten().and_then(Result::ok).is_some_and(|names| {
                let names = names.iter().map(|name| text(name)).collect::<Vec<_>>();
                names.iter().all(|name| name.len() < 40 && name.split_whitespace().count() < 4)
                    && are_names(names.iter().map(String::as_str))
            })
        }
}

fn read(_: &str, input: Input<'_>, entries: &mut Entries<'_>) -> Flow {
    let mut rows = Rows::new(BufReader::with_capacity(64 << 10, input));
    let Some(names) = rows.next()?.transpose()? else { return Err(Skipped::Empty.into()) };
    let names: Vec<String> = names.iter().map(|name| text(name)).collect();
    let mut records = Records::default();
    while let Some(row) = rows.next()? {
        // An empty line is none.
        if matches!(&row, Ok(cells) if cells.len() == 1 && cells.iter().all(Vec::is_empty)) {
            continue;
        }
        let record = |row: Vec<Vec<u8>>| Record::new(names.iter().cloned().zip(row.iter().map(|cell| Value::Text(text(cell)))).collect());
        records.add(row.map(record), entries)?;
    }
    records.end()
}

fn text(bytes: &[u8]) -> String {
    charset::to_text(bytes, false).0.trim().to_owned()
}

type Row = Result<Vec<Vec<u8>>, Skipped>;

/// Rows of a table, none of them held beyond the bound.
struct Rows<R> {
    bytes: R,
    /// What parts the cells: what the first line has most of.
    part: Option<u8>,
}

impl<R: BufRead> Rows<R> {
    fn new(bytes: R) -> Self {
        Rows { bytes, part: None }
    }

    fn next(&mut self) -> io::Result<Option<Row>> {
        let limit = (MAX_MIB << 20) as usize;
        let (mut cells, mut cell, mut size) = (Vec::new(), Vec::new(), 0usize);
        let (mut quoted, mut after_quote, mut any) = (false, false, false);
        loop {
            let buffer = self.bytes.fill_buf()?;
            if buffer.is_empty() {
                return match (any, quoted) {
                    (false, _) => Ok(None),
                    (true, true) => Ok(Some(Err(Skipped::Broken("a quoted cell has no end".into())))),
                    (true, false) => Ok(Some(finished(cells, cell, size, limit))),
                };
            }
            let part = *self.part.get_or_insert_with(|| {
                let line = buffer.split(|b| *b == b'\n').next().unwrap_or_default();
                let count = |part: &u8| line.iter().filter(|b| *b == part).count();
                // Of two that are there as often, the first in the list.
                PARTS.into_iter().rev().max_by_key(count).unwrap_or(b',')
            });
            any = true;
            let mut end = None;
            for (at, &byte) in buffer.iter().enumerate() {
                // A quote within quotes is written twice.
                let closing = std::mem::take(&mut after_quote);
                if quoted && !closing {
                    if byte == b'"' {
                        after_quote = true;
                    } else {
                        push(&mut cell, byte, &mut size, limit);
                    }
                    continue;
                }
                if closing && byte == b'"' {
                    push(&mut cell, byte, &mut size, limit);
                    continue;
                }
                quoted = false;
                match byte {
                    b'\n' => {
                        end = Some(at + 1);
                        break;
                    }
                    b'"' if cell.iter().all(u8::is_ascii_whitespace) && !closing => {
                        cell.clear();
                        quoted = true;
                    }
                    b if b == part => {
                        if cells.len() < COLUMNS {
                            cells.push(std::mem::take(&mut cell));
                        } else {
                            cell.clear();
                        }
                    }
                    b => push(&mut cell, b, &mut size, limit),
                }
            }
            let taken = end.unwrap_or(buffer.len());
            self.bytes.consume(taken);
            if after_quote && self.bytes.fill_buf()?.is_empty() {
                quoted = false;
            }
            if end.is_some() {
                return Ok(Some(finished(cells, cell, size, limit)));
            }
        }
    }
}

/// Takes a byte while there is room.
fn push(cell: &mut Vec<u8>, byte: u8, size: &mut usize, limit: usize) {
    *size += 1;
    if *size <= limit {
        cell.push(byte);
    } else if !cell.is_empty() {
        *cell = Vec::new();
    }
}

fn finished(mut cells: Vec<Vec<u8>>, cell: Vec<u8>, size: usize, limit: usize) -> Row {
    if size > limit {
        return Err(Skipped::TooLarge { limit: MAX_MIB });
    }
    if cells.len() < COLUMNS {
        cells.push(cell);
    }
    Ok(cells)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn rows(text: &str, capacity: usize) -> Vec<Vec<String>> {
        let mut rows = Rows::new(BufReader::with_capacity(capacity, text.as_bytes()));
        // The part is told from the first line, which is looked at as far as the buffer goes.
        rows.part = Some(b',');
        let mut all = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            all.push(row.unwrap().iter().map(|cell| String::from_utf8(cell.clone()).unwrap()).collect());
        }
        all
    }

    #[test]
    fn quotes_hold_parts_and_lines_together() {
        let text = "a,\"b,\"\"c\"\"\nd\" ,e\r\n,\n\"last\"";
        for capacity in [1, 2, 3, 100] {
            assert_eq!(rows(text, capacity), [vec!["a", "b,\"c\"\nd ", "e\r"], vec!["", ""], vec!["last"]], "{capacity}");
        }
    }

    #[test]
    fn a_table_is_told_by_its_names() {
        let is = |name, text: &str| is_csv(&Head { name, bytes: text.as_bytes() });
        assert!(is("a", "title;date;text\n1;2;3\n") && is("a.csv", "x,y\n1,2\n"));
        assert!(!is("a", "The gate, the date, the text of it\n") && !is("a.csv", "One line\n"));
    }
}
