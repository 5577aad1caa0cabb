//! `demarche claims`: who accuses whom, as a table, a matrix, a plot, or a file for another program.

use super::error::CommandError;
use super::opts;
use super::ui::{Exit, Ui};
use demarche::present::{Align, Style, Table, claims_table, escape, matrix, months, stix_bundle, write_csv, write_dot, write_plot};
use demarche::{ClaimOptions, ClaimRow, Index, SearchOptions, Stance, SyncOptions};
use std::io::Write;

/// Rows of a table when nothing is said.
const LIMIT: usize = 50;
/// Columns of a matrix: more do not fit a screen.
const COLUMNS: usize = 8;

pub(super) fn run(args: &opts::Claims, ui: &Ui) -> Result<Exit, CommandError> {
    let text = args.query.join(" ");
    let query = match text.trim() {
        "" => None,
        _ => Some(super::asked::query(&text)?),
    };
    let stances: Result<Vec<Stance>, CommandError> = args.stance.iter().map(|s| stance(s)).collect();
    let options = ClaimOptions {
        search: SearchOptions { fold: !args.no_collapse, below: args.folder.clone(), ..SearchOptions::default() },
        accusers: args.accuser.clone(),
        accused: args.accused.clone(),
        stances: stances?,
    };
    let index = match &args.folder {
        Some(folder) => super::index::sync(std::slice::from_ref(folder), &args.at.index, &SyncOptions::default(), ui)?.0,
        None => Index::open(&args.at.index)?,
    };
    let mut rows = index.claims(query.as_ref(), &options)?;
    let total = rows.len();
    let table = !(args.json || args.csv || args.stix || args.dot || args.matrix || args.timeline);
    let limit = match args.limit {
        Some(0) => usize::MAX,
        Some(n) => n,
        None if table => LIMIT,
        None => usize::MAX,
    };
    rows.truncate(limit);
    let mut out = ui.out();
    // A pipe has no edge to cut at.
    let width = if ui.terminal { ui.whole_width() } else { usize::MAX };
    if args.json {
        for row in &rows {
            serde_json::to_writer(&mut out, &super::Formatted::new(row))?;
            writeln!(out)?;
        }
    } else if args.csv {
        write_csv(&mut out, &rows)?;
    } else if args.stix {
        serde_json::to_writer_pretty(&mut out, &stix_bundle(&rows))?;
        writeln!(out)?;
    } else if args.dot {
        write_dot(&mut out, &rows)?;
    } else if args.matrix {
        matrix(&rows, COLUMNS).write(&mut out, ui.palette)?;
    } else if args.timeline {
        timeline(&rows, &mut out, ui)?;
    } else if args.sentences {
        for row in &rows {
            claims_table(std::slice::from_ref(row), width).write_rows(&mut out)?;
            let rule = ui.palette.paint(Style::Dim, &format!("[{}]", row.rule));
            writeln!(out, "    {} {rule}", escape(&row.sentence))?;
        }
    } else if !rows.is_empty() {
        claims_table(&rows, width).write(&mut out, ui.palette)?;
    }
    out.flush()?;
    if total == 0 {
        // A name that nobody has finds nothing; a bare name of the text may be in no table, so only then.
        for name in args.accuser.iter().chain(&args.accused).map(|name| name.trim_end_matches('+')) {
            if index.actors_named(name)?.is_empty() && index.knowledge()?.lookup(name).is_empty() {
                ui.note(&super::search::unknown_actor(name, &index.similar_actors(name)?));
            }
        }
    }
    if table {
        let shown = if rows.len() < total { format!(", the first {} shown", rows.len()) } else { String::new() };
        ui.note(&format!("{total} claim{}{shown}; `?` marks what is said with reserve", if total == 1 { "" } else { "s" }));
    }
    Ok(if total > 0 { Exit::Found } else { Exit::Nothing })
}

fn stance(name: &str) -> Result<Stance, CommandError> {
    Stance::from_name(name).ok_or_else(|| {
        let all: Vec<&str> = Stance::ALL.iter().map(|s| s.as_str()).collect();
        CommandError::new(format!("no stance is called `{name}`")).hint(format!("one of: {}", all.join(", ")))
    })
}

fn timeline(rows: &[ClaimRow], out: &mut impl Write, ui: &Ui) -> Result<(), CommandError> {
    let months = months(rows);
    if ui.terminal {
        write_plot(out, &months, ui.width())?;
        return Ok(());
    }
    let mut table = Table::new(&[("month", Align::Left), ("claims", Align::Right)]);
    months.iter().for_each(|(month, n)| table.row([month.clone(), n.to_string()]));
    table.write(out, ui.palette)?;
    Ok(())
}
