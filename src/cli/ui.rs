//! Where output goes and how it looks: colours, width, warnings, the exit code.

use super::error::CommandError;
use super::opts::{Opts, When};
use demarche::present::{Palette, Style, escape};
use std::io::{BufWriter, IsTerminal, StdoutLock};
use std::sync::atomic::{AtomicBool, Ordering};

/// What a run ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Found, or done.
    Found,
    /// Nothing found.
    Nothing,
}

/// The streams of one run.
#[derive(Debug)]
pub(crate) struct Ui {
    /// Colours of standard output.
    pub(crate) palette: Palette,
    /// Colours of standard error.
    pub(crate) err_palette: Palette,
    /// Whether standard output is a terminal.
    pub(crate) terminal: bool,
    /// Nothing but results and errors.
    pub(crate) quiet: bool,
    /// Each skipped file.
    pub(crate) verbose: bool,
    soft_error: AtomicBool,
}

impl Ui {
    /// Decides by flags, then `NO_COLOR`, then the terminal.
    pub(crate) fn new(opts: &Opts) -> Self {
        let colour = |terminal: bool| match opts.color {
            Some(When::Always) => true,
            Some(When::Never) => false,
            Some(When::Auto) => terminal,
            None => {
                terminal
                    && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
                    && std::env::var_os("TERM").is_none_or(|t| t != "dumb")
            }
        };
        let (out, err) = (std::io::stdout().is_terminal(), std::io::stderr().is_terminal());
        Ui {
            palette: Palette::new(colour(out)),
            err_palette: Palette::new(colour(err)),
            terminal: out,
            quiet: opts.quiet,
            verbose: opts.verbose,
            soft_error: AtomicBool::new(false),
        }
    }

    /// Standard output, buffered.
    pub(crate) fn out(&self) -> BufWriter<StdoutLock<'static>> {
        BufWriter::with_capacity(1 << 16, std::io::stdout().lock())
    }

    /// Columns to lay text out in: the terminal's, at most 100; 100 in a pipe.
    pub(crate) fn width(&self) -> usize {
        let terminal = terminal_size::terminal_size().map(|(w, _)| usize::from(w.0));
        if self.terminal { terminal.unwrap_or(80).min(100) } else { 100 }
    }

    /// All columns of the terminal, for a plot; 100 in a pipe.
    pub(crate) fn whole_width(&self) -> usize {
        let terminal = terminal_size::terminal_size().map(|(w, _)| usize::from(w.0));
        if self.terminal { terminal.unwrap_or(80) } else { 100 }
    }

    /// Something went wrong with one file; the run goes on and ends with exit code 2.
    pub(crate) fn soft_error(&self, message: &str) {
        self.soft_error.store(true, Ordering::Relaxed);
        eprintln!("{} {}", self.err_palette.paint(Style::Error, "demarche:"), escape(message));
    }

    /// Something worth knowing.
    pub(crate) fn note(&self, message: &str) {
        if !self.quiet {
            eprintln!("{}", self.err_palette.paint(Style::Dim, &escape(message)));
        }
    }

    /// The exit code of a run that ended so.
    pub(crate) fn code(&self, result: Result<Exit, CommandError>) -> u8 {
        match result {
            Err(error) => {
                eprintln!("{}", error.lines());
                2
            }
            Ok(_) if self.soft_error.load(Ordering::Relaxed) => 2,
            Ok(Exit::Found) => 0,
            Ok(Exit::Nothing) => 1,
        }
    }
}
