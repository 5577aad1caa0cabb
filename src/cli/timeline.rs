//! `demarche timeline`: hits over time.

use super::error::CommandError;
use super::ui::{Exit, Ui};
use super::{asked, opts};
use demarche::present::{timeline_html, timeline_svg, write_timeline, write_timeline_csv, write_timeline_table};
use demarche::{TimeOf, TimelineOptions, Unit};
use std::io::Write;
use std::path::Path;

pub(super) fn run(args: &opts::Timeline, ui: &Ui) -> Result<Exit, CommandError> {
    let text = args.query.join(" ");
    let query = asked::query(&text)?;
    let options = TimelineOptions {
        of: match args.of {
            opts::TimeOf::Published => TimeOf::Published,
            opts::TimeOf::Mentioned => TimeOf::Mentioned,
        },
        unit: args.unit.map(|unit| match unit {
            opts::Unit::Day => Unit::Day,
            opts::Unit::Month => Unit::Month,
            opts::Unit::Year => Unit::Year,
        }),
        by: args.by.as_deref().map(|name| asked::facet("by", name)).transpose()?,
        lanes: args.lanes,
    };
    let index = asked::index(&args.narrow, ui)?;
    let timeline = index.timeline(&query, &asked::options(&args.narrow)?, &options)?;
    let mut out = ui.out();
    if args.json {
        serde_json::to_writer(&mut out, &super::Formatted::new(&timeline))?;
        writeln!(out)?;
    } else if args.csv {
        write_timeline_csv(&mut out, &timeline)?;
    } else if let Some(file) = &args.svg {
        write_file(&mut out, file, &timeline_svg(&timeline, &text))?;
    } else if let Some(file) = &args.html {
        write_file(&mut out, file, &timeline_html(&timeline, &text))?;
    } else if ui.terminal {
        write_timeline(&mut out, &timeline, ui.whole_width(), ui.palette)?;
    } else if !timeline.periods.is_empty() {
        write_timeline_table(&mut out, &timeline)?;
    }
    out.flush()?;
    let noun = if timeline.total == 1 { "article" } else { "articles" };
    let undated = match (timeline.of, timeline.without) {
        (_, 0) => String::new(),
        (TimeOf::Published, n) => format!(", {n} of them undated"),
        (TimeOf::Mentioned, n) => format!(", {n} of them name no time"),
    };
    ui.note(&format!("{} {noun}{undated}", timeline.total));
    Ok(if timeline.total > 0 { Exit::Found } else { Exit::Nothing })
}

fn write_file(out: &mut impl Write, file: &Path, text: &str) -> Result<(), CommandError> {
    if file == Path::new("-") {
        return Ok(out.write_all(text.as_bytes())?);
    }
    std::fs::write(file, text).map_err(|e| CommandError::new(format!("{}: cannot write: {e}", file.display())))
}
