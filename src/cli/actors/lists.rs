//! `demarche actors import`, `forget` and `--imported`: the user's own lists of actors.

use crate::cli::error::CommandError;
use crate::cli::opts;
use crate::cli::ui::{Exit, Ui};
use demarche::knowledge::{List, ListError};
use demarche::present::{Align, Table};
use demarche::{Index, ListReport};
use std::io::{Read, Write};

/// Larger files are no lists of actors.
const MAX_MIB: u64 = 50;

pub(super) fn import(args: &opts::Import, ui: &Ui) -> Result<Exit, CommandError> {
    let shown = args.file.display();
    let cannot = |e: std::io::Error| CommandError::new(format!("{shown}: cannot read: {e}"));
    let mut bytes = Vec::new();
    std::fs::File::open(&args.file).map_err(cannot)?.take((MAX_MIB << 20) + 1).read_to_end(&mut bytes).map_err(cannot)?;
    if bytes.len() as u64 > MAX_MIB << 20 {
        return Err(CommandError::new(format!("{shown}: larger than {MAX_MIB} MiB")));
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        let line = e.as_bytes().iter().take(e.utf8_error().valid_up_to()).filter(|b| **b == b'\n').count() + 1;
        CommandError::new(format!("{shown}: line {line}: not UTF-8"))
    })?;
    let stem = || args.file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let name = args.name.clone().unwrap_or_else(|| tidy(&stem()));
    let list = List::read(&text, &name, &args.file.to_string_lossy()).map_err(|error| refused(&args.file, &error))?;
    let report = Index::create(&args.at.index)?.import(list)?;
    tell(&report, args.json, ui, |r| {
        let again = if r.replaced { ", in the place of the list of that name" } else { "" };
        format!("{}: {} actors, {} of them new to the table; {} articles annotated otherwise{again}", r.name, r.actors, r.new, r.articles)
    })
}

pub(super) fn forget(args: &opts::Forget, ui: &Ui) -> Result<Exit, CommandError> {
    let index = Index::open(&args.at.index)?;
    match index.forget(&args.name)? {
        Some(report) => tell(&report, args.json, ui, |r| {
            format!("{}: {} actors forgotten; {} articles annotated otherwise", r.name, r.actors, r.articles)
        }),
        None => {
            let names: Vec<String> = index.lists()?.into_iter().map(|l| l.name).collect();
            let error = CommandError::new(format!("no list is called `{}`", args.name));
            Err(error.hint(if names.is_empty() { "no list was imported".to_owned() } else { format!("one of: {}", names.join(", ")) }))
        }
    }
}

pub(super) fn show(args: &opts::Actors, ui: &Ui) -> Result<Exit, CommandError> {
    let lists = Index::open(&args.at.index)?.lists()?;
    let mut out = ui.out();
    if args.json {
        for record in lists.iter().flat_map(|l| &l.records) {
            serde_json::to_writer(&mut out, &crate::cli::Formatted::new(record))?;
            writeln!(out)?;
        }
    } else if !lists.is_empty() {
        let mut table = Table::new(&[("list", Align::Left), ("actors", Align::Right), ("file", Align::Left)]);
        for list in &lists {
            table.row([&list.name, &list.records.len().to_string(), &list.file]);
        }
        table.write(&mut out, ui.palette)?;
    }
    out.flush()?;
    Ok(if lists.is_empty() { Exit::Nothing } else { Exit::Found })
}

fn tell(report: &ListReport, json: bool, ui: &Ui, words: impl Fn(&ListReport) -> String) -> Result<Exit, CommandError> {
    if json {
        let mut out = ui.out();
        serde_json::to_writer(&mut out, &crate::cli::Formatted::new(report))?;
        writeln!(out)?;
        out.flush()?;
    } else {
        ui.note(&words(report));
    }
    Ok(Exit::Found)
}

fn refused(file: &std::path::Path, error: &ListError) -> CommandError {
    // The JSON reader knows the line.
    let place = match error {
        ListError::Json(e) => format!(": {e}"),
        _ => String::new(),
    };
    let command = CommandError::new(format!("{}: {error}{place}", file.display()));
    match error {
        ListError::Name(_) => command.hint("give it another name: --as NAME"),
        _ => command.hint("demarche actors import --help"),
    }
}

/// The name of a file as the name of a list.
fn tidy(stem: &str) -> String {
    let name: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' }).collect();
    name.chars().take(40).collect()
}
