//! `demarche saved`: saved searches, listed, run, or asked for what is new.

use super::error::CommandError;
use super::ui::{Exit, Ui};
use super::{asked, list, opts};
use demarche::present::{Align, Style, Table, escape};
use demarche::{Hits, Index, Saved, SavedSearch, SearchOptions};
use std::io::Write;

pub(super) fn run(args: &opts::Saved, ui: &Ui) -> Result<Exit, CommandError> {
    let mut saved = Saved::of_index(&args.at.index)?;
    match &args.name {
        None if args.new => news(&mut saved, args, ui),
        None => enumerate(&saved, args, ui),
        Some(name) if args.remove => match saved.remove(name) {
            true => {
                saved.write()?;
                Ok(Exit::Found)
            }
            false => Err(unknown(name)),
        },
        Some(name) => {
            let mut search = saved.get(name).cloned().ok_or_else(|| unknown(name))?;
            let hits = look(&mut search, args, ui)?;
            let mut out = ui.out();
            let (total, hits) = (hits.total, list::Printer::new(&args.list, ui).print_all(&mut out, hits)?);
            out.flush()?;
            // Only what was printed was looked at.
            saved.insert(name, search);
            saved.write()?;
            let new = if args.new { "new " } else { "" };
            let shown = match (hits.hits.first(), hits.hits.last()) {
                (Some(first), Some(last)) if !args.new && total > last.rank => format!(", {} to {} shown", first.rank, last.rank),
                _ => String::new(),
            };
            if list::is_text(&args.list) {
                ui.note(&format!("{total} {new}{}{shown}", if total == 1 { "article" } else { "articles" }));
            }
            Ok(if total > 0 { Exit::Found } else { Exit::Nothing })
        }
    }
}

fn unknown(name: &str) -> CommandError {
    CommandError::new(format!("no search is saved as `{name}`"))
        .hint(format!("demarche saved lists them; demarche search --save {name} QUERY saves one"))
}

/// Runs a search as it was saved.
fn look(search: &mut SavedSearch, args: &opts::Saved, _: &Ui) -> Result<Hits, CommandError> {
    let index = Index::open(&args.at.index)?;
    let query = asked::query(&search.query)?;
    let options = SearchOptions {
        since: asked::day("since", search.since.as_deref())?.and_then(|r| r.first),
        until: asked::day("until", search.until.as_deref())?.and_then(|r| r.last),
        actors: search.actors.clone(),
        publishers: search.publishers.clone(),
        ..SearchOptions::default()
    };
    let mut options = list::options(&args.list, options)?;
    if args.new && args.list.limit.is_none() {
        // All of it is looked at, so all of it is shown.
        options.limit = usize::MAX;
    }
    Ok(index.look(search, &query, &options, args.new, &asked::today().to_string())?)
}

/// What is new of every search.
fn news(saved: &mut Saved, args: &opts::Saved, ui: &Ui) -> Result<Exit, CommandError> {
    let mut out = ui.out();
    let mut any = false;
    let all: Vec<(String, SavedSearch)> = saved.iter().map(|(name, search)| (name.to_owned(), search.clone())).collect();
    for (name, mut search) in all {
        let hits = look(&mut search, args, ui)?;
        if hits.total > 0 {
            if list::is_text(&args.list) {
                writeln!(out, "{}{}", if any { "\n" } else { "" }, ui.palette.paint(Style::Date, &escape(&name)))?;
            }
            any = true;
            list::Printer::new(&args.list, ui).print_all(&mut out, hits)?;
        }
        saved.insert(&name, search);
    }
    out.flush()?;
    saved.write()?;
    Ok(if any { Exit::Found } else { Exit::Nothing })
}

fn enumerate(saved: &Saved, args: &opts::Saved, ui: &Ui) -> Result<Exit, CommandError> {
    /// A saved search without what it has seen.
    #[derive(serde::Serialize)]
    struct Row<'a> {
        name: &'a str,
        query: &'a str,
        since: &'a Option<String>,
        until: &'a Option<String>,
        actors: &'a [String],
        publishers: &'a [String],
        looked: &'a Option<String>,
    }
    let mut out = ui.out();
    let mut table = Table::new(&[("name", Align::Left), ("last look", Align::Left), ("query", Align::Left)]);
    for (name, search) in saved.iter() {
        let SavedSearch { query, since, until, actors, publishers, looked, .. } = search;
        if args.list.json {
            let row = Row { name, query, since, until, actors, publishers, looked };
            serde_json::to_writer(&mut out, &super::Formatted::new(&row))?;
            writeln!(out)?;
        }
        let flags = [("--since", since.iter().collect::<Vec<_>>()), ("--until", until.iter().collect())];
        let flags = flags.into_iter().chain([("--actor", actors.iter().collect()), ("--publisher", publishers.iter().collect())]);
        let flags: String = flags.flat_map(|(flag, values)| values.into_iter().map(move |v| format!("  {flag} {v}"))).collect();
        table.row([name, looked.as_deref().unwrap_or_default(), &format!("{query}{flags}")]);
    }
    if !args.list.json && !table.is_empty() {
        table.write(&mut out, ui.palette)?;
    }
    out.flush()?;
    Ok(if table.is_empty() { Exit::Nothing } else { Exit::Found })
}
