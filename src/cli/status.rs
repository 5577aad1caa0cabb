//! `demarche status`: what an index holds.

use super::error::CommandError;
use super::opts;
use super::ui::{Exit, Ui};
use demarche::Index;
use demarche::present::{Style, escape};
use std::io::Write;

pub(super) fn run(args: &opts::Status, ui: &Ui) -> Result<Exit, CommandError> {
    let status = Index::open(&args.at.index)?.status()?;
    let mut out = ui.out();
    if args.json {
        serde_json::to_writer(&mut out, &super::Formatted::new(&status))?;
        writeln!(out)?;
        out.flush()?;
        return Ok(Exit::Found);
    }
    let mut line = |name: &str, value: String| writeln!(out, "{}{value}", ui.palette.paint(Style::Dim, &format!("{name:<12}")));
    line("index", escape(&args.at.index.display().to_string()).into_owned())?;
    for root in &status.roots {
        line("folder", escape(root).into_owned())?;
    }
    line("articles", status.articles.to_string())?;
    if status.containers > 0 {
        let files = if status.containers == 1 { "file" } else { "files" };
        line("containers", format!("{} {files} of several articles", status.containers))?;
    }
    if status.copies > 0 {
        line("copies", format!("{} of {} stories", status.copies, status.stories))?;
    }
    if let Some((first, last)) = &status.published {
        line("published", format!("{first} to {last}"))?;
    }
    if status.undated > 0 {
        line("undated", status.undated.to_string())?;
    }
    for list in &status.lists {
        let actors = if list.actors == 1 { "actor" } else { "actors" };
        line("own list", format!("{}  {} {actors} of {}", escape(&list.name), list.actors, escape(&list.file)))?;
    }
    for (reason, count) in &status.skipped {
        line("skipped", format!("{count}  {}", escape(reason)))?;
    }
    line("words", status.words.to_string())?;
    line("size", format!("{:.1} MiB", status.bytes as f64 / f64::from(1 << 20)))?;
    out.flush()?;
    Ok(Exit::Found)
}
