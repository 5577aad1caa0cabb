//! `demarche index`: folders to an index, with a report.

use super::error::CommandError;
use super::opts;
use super::progress::Bar;
use super::ui::{Exit, Ui};
use demarche::{Error, Index, Report, SyncOptions};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

pub(super) fn run(args: &opts::Index, ui: &Ui) -> Result<Exit, CommandError> {
    let fields = super::fields(&args.fields)?;
    let options = SyncOptions { threads: args.threads.unwrap_or(0), full: args.full, fields, ..SyncOptions::default() };
    let (_, report) = match (args.rebuild, args.paths.as_slice()) {
        (true, paths) => {
            check_paths(paths)?;
            rebuild(paths, &args.at.index, &options, ui)?
        }
        (false, []) => sync(&[PathBuf::from("corpus")], &args.at.index, &options, ui)?,
        (false, paths) => sync(paths, &args.at.index, &options, ui)?,
    };
    let mut out = ui.out();
    if args.json {
        serde_json::to_writer(&mut out, &super::Formatted::new(&report))?;
        writeln!(out)?;
    } else if !ui.quiet {
        write_report(&mut out, &report, ui.verbose)?;
    }
    out.flush()?;
    Ok(Exit::Found)
}

/// Brings the index in `at` up to date with `paths`.
pub(super) fn sync(paths: &[PathBuf], at: &Path, options: &SyncOptions, ui: &Ui) -> Result<(Index, Report), CommandError> {
    check_paths(paths)?;
    if let Err(Error::Format { found, expected, .. }) = Index::open(at)
        && found < expected
    {
        ui.note("the index has an older format and is built anew");
        match rebuild(&[], at, options, ui) {
            Ok(_) | Err(Error::NoRoots { .. }) => {}
            Err(error) => {
                let hint = format!("name the folders that are still there: demarche index --rebuild FOLDER… --index {}", at.display());
                return Err(CommandError::from(error).hint(hint));
            }
        }
    }
    let index = Index::create(at)?;
    let mut bar = Bar::new(ui);
    let report = index.sync(paths, options, &mut |progress| bar.show(progress));
    bar.done();
    let report = report?;
    tell_errors(&report, ui);
    Ok((index, report))
}

/// Builds the index in `at` anew, from `paths` or from the folders it knows.
fn rebuild(paths: &[PathBuf], at: &Path, options: &SyncOptions, ui: &Ui) -> Result<(Index, Report), Error> {
    let mut bar = Bar::new(ui);
    let built = Index::rebuild(at, paths, options, &mut |progress| bar.show(progress));
    bar.done();
    let (index, report) = built?;
    tell_errors(&report, ui);
    Ok((index, report))
}

fn check_paths(paths: &[PathBuf]) -> Result<(), CommandError> {
    let Some(missing) = paths.iter().find(|p| !p.exists()) else { return Ok(()) };
    let error = CommandError::new(format!("{}: no such file or folder", missing.display()));
    Err(error.hint("give the folder of your articles: demarche index FOLDER"))
}

fn tell_errors(report: &Report, ui: &Ui) {
    for skipped in &report.errors {
        ui.soft_error(&format!("{}: {}", skipped.path, skipped.reason));
    }
}

fn write_report(out: &mut impl Write, report: &Report, verbose: bool) -> std::io::Result<()> {
    let counts = [
        ("added", report.added),
        ("changed", report.changed),
        ("moved", report.moved),
        ("removed", report.removed),
        ("read again", report.reread),
        ("unchanged", report.unchanged),
        ("skipped", report.skipped.len()),
    ];
    for (what, count) in counts {
        if count > 0 || matches!(what, "added" | "changed" | "removed" | "unchanged") {
            writeln!(out, "{what:<12}{count:>8}")?;
        }
    }
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for skipped in &report.skipped {
        *reasons.entry(&skipped.reason).or_default() += 1;
    }
    for (reason, count) in reasons {
        writeln!(out, "{:<12}{count:>8}  {}", "", demarche::present::escape(reason))?;
    }
    if verbose {
        for skipped in &report.skipped {
            writeln!(out, "  {}: {}", demarche::present::escape(&skipped.path), skipped.reason)?;
        }
    }
    if !report.removed_blocks.is_empty() {
        let all: usize = report.removed_blocks.values().sum();
        writeln!(out, "\n{:<12}{all:>8}  blocks that are no part of an article", "left out")?;
        let mut rules: Vec<_> = report.removed_blocks.iter().collect();
        rules.sort_by_key(|(rule, count)| (std::cmp::Reverse(**count), *rule));
        for (rule, count) in rules {
            writeln!(out, "{:<12}{count:>8}  {rule}", "")?;
        }
    }
    let seconds = report.elapsed.as_secs_f64();
    if report.bytes > 0 {
        let mib = report.bytes as f64 / f64::from(1 << 20);
        writeln!(out, "\n{mib:.1} MiB in {seconds:.1} s ({:.1} MiB/s)", mib / seconds.max(1e-6))?;
    }
    Ok(())
}
