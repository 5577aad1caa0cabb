//! The command line: argv, colours, progress, exit codes, hints. Holds no logic an embedder would miss.

mod actors;
mod annotate;
mod error;
mod eval;
mod extract;
mod help;
mod index;
mod opts;
mod progress;
mod search;
mod show;
mod status;
mod ui;

use clap::Parser;
use demarche::Skipped;
use error::CommandError;
use opts::{Command, Opts};
use std::path::Path;
use std::process::ExitCode;
use ui::{Exit, Ui};

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    let opts = Opts::parse();
    let ui = Ui::new(&opts);
    let result = match &opts.command {
        Command::Index(args) => index::run(args, &ui),
        Command::Search(args) => search::run(args, &ui),
        Command::Eval(args) => eval::run(args, &ui),
        Command::Extract(args) => extract::run(args, &ui),
        Command::Annotate(_) => annotate::run(&ui),
        Command::Show(args) => show::run(args, &ui),
        Command::Help(args) => help::topic(args, &ui),
        Command::Completions(args) => help::completions(args, &ui),
        Command::Man(args) => help::man(args, &ui),
        Command::Status(args) => status::run(args, &ui),
        Command::Actors(args) => actors::run(args, &ui),
    };
    ExitCode::from(ui.code(quiet_pipe(result)))
}

/// A reader that has seen enough (`| head`) is no error.
fn quiet_pipe(result: Result<Exit, CommandError>) -> Result<Exit, CommandError> {
    match result {
        Err(error) if error.is_broken_pipe() => Ok(Exit::Found),
        other => other,
    }
}

/// What every JSON object of the program begins with: the number of its form, raised when a field changes its meaning.
#[derive(serde::Serialize)]
struct Formatted<'a, T> {
    format: u32,
    #[serde(flatten)]
    value: &'a T,
}

impl<'a, T> Formatted<'a, T> {
    /// The form described by `demarche help json`.
    const FORMAT: u32 = 1;

    fn new(value: &'a T) -> Self {
        Formatted { format: Self::FORMAT, value }
    }
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
