//! Timelines: as a plot in a terminal, a table, CSV, and as a picture of its own (SVG, HTML).

mod picture;
mod terminal;

pub use picture::{timeline_html, timeline_svg};
pub use terminal::write_timeline;

use super::list::csv_cell;
use super::palette::Palette;
use super::table::{Align, Table};
use crate::search::Timeline;
use std::io::{self, Write};

/// Writes a row a period: its name, its hits, and those of each lane. Empty periods stay, so that rows can be compared.
///
/// # Errors
/// Those of `out`.
pub fn write_timeline_table(out: &mut impl Write, timeline: &Timeline) -> io::Result<()> {
    let mut head = vec![("period", Align::Left), ("articles", Align::Right)];
    head.extend(timeline.lanes.iter().map(|l| (l.value.label(), Align::Right)));
    let mut table = Table::new(&head);
    for (i, period) in timeline.periods.iter().enumerate() {
        let lanes = timeline.lanes.iter().map(|l| l.counts.get(i).copied().unwrap_or(0).to_string());
        table.row([period.period.clone(), period.count.to_string()].into_iter().chain(lanes));
    }
    table.write(out, Palette::default())
}

/// Writes the same as CSV.
///
/// # Errors
/// Those of `out`.
pub fn write_timeline_csv(out: &mut impl Write, timeline: &Timeline) -> io::Result<()> {
    write!(out, "period,articles")?;
    for lane in &timeline.lanes {
        write!(out, ",{}", csv_cell(lane.value.label()))?;
    }
    write!(out, "\r\n")?;
    for (i, period) in timeline.periods.iter().enumerate() {
        write!(out, "{},{}", period.period, period.count)?;
        for lane in &timeline.lanes {
            write!(out, ",{}", lane.counts.get(i).copied().unwrap_or(0))?;
        }
        write!(out, "\r\n")?;
    }
    Ok(())
}
