//! Counts by facet for a reader.

use super::escape::escape;
use super::palette::{Palette, Style};
use super::plot::bar;
use crate::search::Facets;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Longest label, in columns.
const LABEL: usize = 32;
/// Longest bar, in columns.
const BAR: usize = 24;

/// Writes facets one below the other: label, count and, where `bars`, a bar.
///
/// # Errors
/// Those of `out`.
pub fn write_facets(out: &mut impl Write, facets: &Facets, width: usize, bars: bool, palette: Palette) -> io::Result<()> {
    let dim = |text: &str| palette.paint(Style::Dim, text);
    for (i, counts) in facets.facets.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", palette.paint(Style::Title, counts.facet.as_str()))?;
        let labels: Vec<String> = counts.values.iter().map(|v| fitted(v.label(), LABEL)).collect();
        let columns = labels.iter().map(|l| l.width()).max().unwrap_or(0);
        let digits = counts.values.iter().map(|v| v.count.to_string().len()).max().unwrap_or(0);
        let most = counts.values.iter().map(|v| v.count).max().unwrap_or(0);
        let room = width.saturating_sub(columns + digits + 6).min(BAR);
        for (value, label) in counts.values.iter().zip(&labels) {
            let fill = " ".repeat(columns - label.width());
            let bar =
                if bars && room >= 4 { format!("  {}", palette.paint(Style::Path, &bar(value.count, most, room))) } else { String::new() };
            writeln!(out, "  {label}{fill}  {:>digits$}{bar}", value.count)?;
        }
        if counts.more > 0 {
            writeln!(out, "  {}", dim(&format!("and {} more", counts.more)))?;
        }
        if counts.without > 0 {
            writeln!(out, "  {}", dim(&format!("{} without", counts.without)))?;
        }
    }
    Ok(())
}

/// A text on one line, escaped, cut to so many columns.
pub(super) fn fitted(text: &str, columns: usize) -> String {
    let text = escape(text).replace(['\n', '\t'], " ");
    if text.width() <= columns {
        return text;
    }
    let mut out = String::new();
    for c in text.chars() {
        if out.width() + unicode_width::UnicodeWidthChar::width(c).unwrap_or(0) >= columns {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}
