//! `demarche actors`: who is named in an index, what is known of one actor, and the user's own lists.

mod lists;
mod told;

use super::error::CommandError;
use super::opts;
use super::ui::{Exit, Ui};
use demarche::present::{Align, Style, Table};
use demarche::{ActorCount, ActorKind, Index};
use std::collections::BTreeMap;
use std::io::Write;

/// Lines of each kind when nothing is said.
const LIMIT: usize = 20;

pub(super) fn run(args: &opts::Actors, ui: &Ui) -> Result<Exit, CommandError> {
    match &args.command {
        Some(opts::ActorsCommand::Import(import)) => return lists::import(import, ui),
        Some(opts::ActorsCommand::Forget(forget)) => return lists::forget(forget, ui),
        None => {}
    }
    if args.imported {
        return lists::show(args, ui);
    }
    let kind = match &args.kind {
        None => None,
        Some(name) => Some(ActorKind::from_name(name).ok_or_else(|| {
            let kinds: Vec<_> = ActorKind::ALL.iter().map(|k| k.as_str()).collect();
            CommandError::new(format!("no kind of actor is called `{name}`")).hint(format!("one of: {}", kinds.join(", ")))
        })?),
    };
    if args.name.is_empty() { list(args, kind, ui) } else { told::tell(&args.name.join(" "), args, ui) }
}

fn list(args: &opts::Actors, kind: Option<ActorKind>, ui: &Ui) -> Result<Exit, CommandError> {
    let index = Index::open(&args.at.index)?;
    let mut kinds: BTreeMap<ActorKind, Vec<ActorCount>> = BTreeMap::new();
    for count in index.actors()? {
        if kind.is_none_or(|k| k == count.kind) {
            kinds.entry(count.kind).or_default().push(count);
        }
    }
    let limit = match args.limit.unwrap_or(LIMIT) {
        0 => usize::MAX,
        n => n,
    };
    let mut out = ui.out();
    for (i, (kind, counts)) in kinds.iter().enumerate() {
        if args.json {
            for count in counts.iter().take(args.limit.filter(|n| *n > 0).unwrap_or(usize::MAX)) {
                serde_json::to_writer(&mut out, &super::Formatted::new(count))?;
                writeln!(out)?;
            }
            continue;
        }
        let mut table =
            Table::new(&[(kind.as_str(), Align::Left), ("articles", Align::Right), ("first", Align::Left), ("last", Align::Left)]);
        for count in counts.iter().take(limit) {
            let day = |d: &Option<String>| d.clone().unwrap_or_default();
            table.row([count.name.clone(), count.articles.to_string(), day(&count.first), day(&count.last)]);
        }
        if i > 0 {
            writeln!(out)?;
        }
        table.write(&mut out, ui.palette)?;
        if counts.len() > limit {
            writeln!(out, "{}", ui.palette.paint(Style::Dim, &format!("and {} more (-n 0 lists all)", counts.len() - limit)))?;
        }
    }
    out.flush()?;
    Ok(if kinds.is_empty() { Exit::Nothing } else { Exit::Found })
}
