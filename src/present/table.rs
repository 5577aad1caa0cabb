//! Aligned tables, by display width.

use super::escape::escape;
use super::palette::{Palette, Style};
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// On which side a column's cells are filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// Rows of cells under a head, two spaces between columns.
///
/// ```
/// use demarche::present::{Align, Palette, Table};
/// let mut table = Table::new(&[("actor", Align::Left), ("articles", Align::Right)]);
/// table.row(["APT40", "3"]);
/// let mut out = Vec::new();
/// table.write(&mut out, Palette::default()).unwrap();
/// assert_eq!(String::from_utf8(out).unwrap(), "actor  articles\nAPT40         3\n");
/// ```
#[derive(Debug)]
pub struct Table {
    head: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these columns.
    pub fn new(head: &[(&str, Align)]) -> Self {
        Table { head: head.iter().map(|(n, a)| ((*n).to_owned(), *a)).collect(), rows: Vec::new() }
    }

    /// Adds a row; missing cells are empty, cells too many are left out. Cells are escaped and put on one line.
    pub fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) {
        let mut row: Vec<String> = cells.into_iter().map(|c| escape(c.as_ref()).replace(['\n', '\t'], " ")).collect();
        row.resize(self.head.len(), String::new());
        self.rows.push(row);
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes head and rows; the last column is not filled up.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, out: &mut impl Write, palette: Palette) -> io::Result<()> {
        self.write_with(out, palette, true)
    }

    /// Writes the rows without the head.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_rows(&self, out: &mut impl Write) -> io::Result<()> {
        self.write_with(out, Palette::default(), false)
    }

    fn write_with(&self, out: &mut impl Write, palette: Palette, head: bool) -> io::Result<()> {
        let widths: Vec<usize> = self
            .head
            .iter()
            .enumerate()
            .map(|(i, (name, _))| self.rows.iter().filter_map(|r| r.get(i)).map(|c| c.width()).fold(name.width(), usize::max))
            .collect();
        let line = |cells: Vec<&str>| {
            let mut text = String::new();
            for (i, cell) in cells.iter().enumerate() {
                let width = widths.get(i).copied().unwrap_or(0);
                let fill = " ".repeat(width.saturating_sub(cell.width()));
                let right = self.head.get(i).is_some_and(|h| h.1 == Align::Right);
                if i > 0 {
                    text.push_str("  ");
                }
                if right {
                    text.push_str(&fill);
                }
                text.push_str(cell);
                if !right {
                    text.push_str(&fill);
                }
            }
            text.trim_end().to_owned()
        };
        if head {
            writeln!(out, "{}", palette.paint(Style::Dim, &line(self.head.iter().map(|h| h.0.as_str()).collect())))?;
        }
        for row in &self.rows {
            writeln!(out, "{}", line(row.iter().map(String::as_str).collect()))?;
        }
        Ok(())
    }
}
