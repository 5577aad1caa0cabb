//! `demarche check`: whether an index is as it was written.

use super::error::CommandError;
use super::opts;
use super::ui::{Exit, Ui};
use demarche::Index;
use demarche::present::escape;
use std::io::Write;

pub(super) fn run(args: &opts::Check, ui: &Ui) -> Result<Exit, CommandError> {
    let at = &args.at.index;
    let checked = Index::check(at)?;
    let mut out = ui.out();
    if args.json {
        serde_json::to_writer(&mut out, &super::Formatted::new(&checked))?;
        writeln!(out)?;
    } else {
        for problem in &checked.problems {
            writeln!(out, "{}: {}", escape(&problem.file), escape(&problem.what))?;
        }
        if !ui.quiet {
            let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
            writeln!(out, "{} files, {:.1} MiB, {} documents read", checked.files, mib(checked.bytes), checked.documents)?;
            if !checked.left_over.is_empty() {
                let left = checked.left_over.len();
                writeln!(out, "{left} files are left over from a run that was cut off; the next index run takes them away")?;
            }
        }
    }
    out.flush()?;
    match checked.problems.len() {
        0 => Ok(Exit::Found),
        n => {
            let error = CommandError::new(format!("{}: the index is damaged ({n} problems)", at.display()));
            Err(error.hint(format!("build it anew: demarche index --rebuild --index {}", at.display())))
        }
    }
}
