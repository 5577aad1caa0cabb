//! The command line: argv, colours, progress, exit codes, hints. Holds no logic an embedder would miss.

mod annotate;
mod extract;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Search a folder of saved articles on cyber policy and threats
#[derive(Parser)]
#[command(version, about)]
struct Opts {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print the articles of files as JSON Lines
    Extract {
        /// Files and folders
        paths: Vec<PathBuf>,
    },
    /// Annotate texts given as JSON Lines on standard input
    Annotate,
}

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    match Opts::parse().command {
        Command::Extract { paths } => extract::run(&paths),
        Command::Annotate => annotate::run(),
    }
}
