//! A timeline as a plot of block characters, a lane a line below it.

use crate::present::facets::fitted;
use crate::present::palette::{Palette, Style};
use crate::present::plot::piece;
use crate::search::{TimeOf, Timeline};
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Lines of the plot.
const LINES: usize = 8;
/// Widest bar, in columns.
const WIDEST: usize = 6;
/// Longest label of a lane, in columns.
const LABEL: usize = 20;

/// Draws a timeline in `width` columns.
///
/// # Errors
/// Those of `out`.
pub fn write_timeline(out: &mut impl Write, timeline: &Timeline, width: usize, palette: Palette) -> io::Result<()> {
    let dim = |text: &str| palette.paint(Style::Dim, text);
    if timeline.periods.is_empty() {
        return Ok(());
    }
    let labels: Vec<String> = timeline.lanes.iter().map(|l| fitted(l.value.label(), LABEL)).collect();
    let counts: Vec<usize> = timeline.periods.iter().map(|p| p.count).collect();
    let digits = counts.iter().max().map_or(1, |m| m.to_string().len());
    let left = labels.iter().map(|l| l.width()).max().unwrap_or(0).max(digits);
    let room = width.saturating_sub(left + 2 + 2 + digits).max(10);
    // Several periods a bar where there are more than columns, several columns a bar where there are few.
    let together = counts.len().div_ceil(room);
    let bars = summed(&counts, together);
    let wide = (room / bars.len().max(1)).clamp(1, WIDEST);
    let most = bars.iter().copied().max().unwrap_or(0);
    for line in (0..LINES).rev() {
        let mark = match line {
            _ if line == LINES - 1 => most.to_string(),
            0 => "0".to_owned(),
            _ => String::new(),
        };
        let drawn = drawn(&bars, most, LINES, line, wide);
        writeln!(out, "{} {}{}", dim(&format!("{mark:>left$}")), dim("│"), palette.paint(Style::Path, drawn.trim_end()))?;
    }
    let columns = bars.len() * wide;
    writeln!(out, "{:left$} {}", "", dim(&format!("└{}", "─".repeat(columns))))?;
    writeln!(out, "{:left$}  {}", "", dim(&axis(timeline, together, wide, columns)))?;
    if !timeline.lanes.is_empty() {
        writeln!(out)?;
    }
    let lanes: Vec<Vec<usize>> = timeline.lanes.iter().map(|l| summed(&l.counts, together)).collect();
    let highest = lanes.iter().flatten().copied().max().unwrap_or(0);
    for ((lane, label), counts) in timeline.lanes.iter().zip(&labels).zip(&lanes) {
        let fill = " ".repeat(left.saturating_sub(label.width()));
        let drawn = drawn(counts, highest, 1, 0, wide);
        let total = dim(&lane.value.count.to_string());
        writeln!(out, "{label}{fill} {}{}  {total}", dim("│"), palette.paint(Style::Actor, &drawn))?;
    }
    let mut notes = Vec::new();
    if together > 1 {
        notes.push(format!("{together} periods a bar"));
    }
    if timeline.without > 0 {
        let what = if timeline.of == TimeOf::Published { "undated" } else { "that name no time" };
        notes.push(format!("{} {what}", timeline.without));
    }
    if timeline.earlier + timeline.later > 0 {
        notes.push(format!("{} mentions earlier, {} later", timeline.earlier, timeline.later));
    }
    if !notes.is_empty() {
        writeln!(out, "{}", dim(&notes.join(" · ")))?;
    }
    Ok(())
}

fn summed(counts: &[usize], together: usize) -> Vec<usize> {
    counts.chunks(together.max(1)).map(|c| c.iter().sum()).collect()
}

fn drawn(bars: &[usize], most: usize, lines: usize, line: usize, wide: usize) -> String {
    bars.iter()
        .flat_map(|count| {
            let block = piece(*count, most, lines, line);
            // A gap beside wide bars tells them apart.
            let filled = if wide > 2 { wide - 1 } else { wide };
            std::iter::repeat_n(block, filled).chain(std::iter::repeat_n(' ', wide - filled))
        })
        .collect()
}

/// Names of periods below their bars, as many as fit with room between them; the first always.
fn axis(timeline: &Timeline, together: usize, wide: usize, columns: usize) -> String {
    let mut line = String::new();
    for (i, periods) in timeline.periods.chunks(together.max(1)).enumerate() {
        let Some(label) = periods.first().map(|p| p.period.as_str()) else { continue };
        let at = i * wide;
        if at == 0 || (at >= line.len() + 3 && at + label.len() <= columns.max(label.len())) {
            line.push_str(&" ".repeat(at.saturating_sub(line.len())));
            line.push_str(label);
        }
    }
    line
}
