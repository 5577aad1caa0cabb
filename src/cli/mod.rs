//! The command line: argv, colours, progress, exit codes, hints. Holds no logic an embedder would miss.

mod actors;
mod annotate;
mod asked;
mod check;
mod claims;
mod dashes;
mod error;
mod eval;
mod extract;
mod help;
mod index;
mod list;
mod opts;
mod panics;
mod progress;
mod saved;
mod search;
mod show;
mod similar;
mod status;
mod timeline;
mod ui;

use clap::Parser;
use demarche::Skipped;
use demarche::decode::Fields;
use demarche::present::Formatted;
use error::CommandError;
use opts::{Command, Opts};
use std::path::Path;
use std::process::ExitCode;
use ui::{Exit, Ui};

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    let opts = Opts::parse_from(dashes::apart(std::env::args_os()));
    let ui = Ui::new(&opts);
    let result = panics::caught(|| run(&opts, &ui));
    ExitCode::from(ui.code(quiet_pipe(result)))
}

fn run(opts: &Opts, ui: &Ui) -> Result<Exit, CommandError> {
    match &opts.command {
        Command::Index(args) => index::run(args, ui),
        Command::Search(args) => search::run(args, ui),
        Command::Eval(args) => eval::run(args, ui),
        Command::Extract(args) => extract::run(args, ui),
        Command::Annotate(_) => annotate::run(ui),
        Command::Timeline(args) => timeline::run(args, ui),
        Command::Similar(args) => similar::run(args, ui),
        Command::Saved(args) => saved::run(args, ui),
        Command::Show(args) => show::run(args, ui),
        Command::Help(args) => help::topic(args, ui),
        Command::Completions(args) => help::completions(args, ui),
        Command::Man(args) => help::man(args, ui),
        Command::Status(args) => status::run(args, ui),
        Command::Check(args) => check::run(args, ui),
        Command::Actors(args) => actors::run(args, ui),
        Command::Claims(args) => claims::run(args, ui),
    }
}

/// A reader that has seen enough (`| head`) is no error.
fn quiet_pipe(result: Result<Exit, CommandError>) -> Result<Exit, CommandError> {
    match result {
        Err(error) if error.is_broken_pipe() => Ok(Exit::Found),
        other => other,
    }
}

/// What the user says of the fields of records.
fn fields(said: &[String]) -> Result<Fields, CommandError> {
    let mut fields = Fields::default();
    for pair in said {
        fields.say(pair).map_err(|e| CommandError::new(format!("--field: {e}")).hint("demarche help formats tells what fields are for"))?;
    }
    Ok(fields)
}

/// A skipped file is an error where it was asked for by name or should have been readable; else only worth a note.
fn report_skipped(ui: &Ui, path: &Path, skipped: &Skipped, named: bool) {
    let message = format!("{}: {skipped}", path.display());
    if named || skipped.is_error() {
        ui.soft_error(&message);
    } else if ui.verbose {
        ui.note(&message);
    }
}
