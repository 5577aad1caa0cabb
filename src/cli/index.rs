//! `demarche index`: folders to an index.

use super::error::CommandError;
use super::opts;
use super::ui::{Exit, Ui};
use demarche::{Index, SyncOptions};

pub(super) fn run(args: &opts::Index, ui: &Ui) -> Result<Exit, CommandError> {
    let index = Index::create(&args.at.index)?;
    let options = SyncOptions { threads: args.threads.unwrap_or(0), full: args.full, ..SyncOptions::default() };
    let report = index.sync(&args.paths, &options, &mut |_| {})?;
    ui.note(&format!(
        "{} added, {} changed, {} moved, {} removed, {} unchanged, {} skipped in {:.1} s",
        report.added,
        report.changed,
        report.moved,
        report.removed,
        report.unchanged,
        report.skipped.len(),
        report.elapsed.as_secs_f64()
    ));
    Ok(Exit::Found)
}
