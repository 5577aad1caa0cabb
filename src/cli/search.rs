//! `demarche search`: a query, or a file of them, to hits.

use super::error::CommandError;
use super::opts::{self, Format};
use super::ui::{Exit, Ui};
use demarche::eval::AskedQuery;
use demarche::present::{escape, write_hit};
use demarche::{Hits, Index, Query, QueryError, SearchOptions, Sort, SyncOptions};
use std::io::{Read, Write};
use std::path::Path;
use std::time::Instant;

/// Hits of a query when nothing is said.
const LIMIT: usize = 10;
/// Hits of a query of a batch when nothing is said, as TREC runs have them.
const BATCH_LIMIT: usize = 1000;

pub(super) fn run(args: &opts::Search, ui: &Ui) -> Result<Exit, CommandError> {
    let options = options(args)?;
    if let Some(file) = &args.queries {
        return batch(file, args, &options, ui);
    }
    let text = args.query.join(" ");
    let query = Query::parse_on(&text, jiff::Zoned::now().date()).map_err(|error| bad_query(&text, &error))?;
    let index = match &args.folder {
        Some(folder) => super::index::sync(std::slice::from_ref(folder), &args.at.index, &SyncOptions::default(), ui)?.0,
        None => Index::open(&args.at.index)?,
    };
    let started = Instant::now();
    let hits = index.search(&query, &options)?;
    let seconds = started.elapsed().as_secs_f64();
    let mut out = ui.out();
    if args.count {
        writeln!(out, "{}", hits.total)?;
    } else if args.files {
        let end = if args.null { "\0" } else { "\n" };
        for hit in &hits.hits {
            // With NUL a program reads it, which wants the path as it is.
            let copies = hit.copies.iter().map(|c| &c.path).filter(|_| args.copies);
            for path in std::iter::once(&hit.path).chain(copies) {
                let path = if args.null { path.as_str().into() } else { escape(path) };
                write!(out, "{path}{end}")?;
            }
        }
    } else if args.json {
        for hit in &hits.hits {
            serde_json::to_writer(&mut out, &super::Formatted::new(hit))?;
            writeln!(out)?;
        }
    } else {
        for (i, hit) in hits.hits.iter().enumerate() {
            if i > 0 {
                writeln!(out)?;
            }
            write_hit(&mut out, hit, ui.width(), args.copies, ui.palette)?;
        }
    }
    out.flush()?;
    for unknown in &hits.unknown_actors {
        ui.note(&unknown_actor(&unknown.asked, &unknown.like));
    }
    summary(&hits, args, seconds, ui);
    Ok(if hits.total > 0 { Exit::Found } else { Exit::Nothing })
}

/// A name that nobody has, with those that are like it.
pub(super) fn unknown_actor(asked: &str, like: &[String]) -> String {
    let hint = if like.is_empty() { String::new() } else { format!("; did you mean {}?", like.join(", ")) };
    format!("no actor is known as `{asked}`{hint}")
}

fn summary(hits: &Hits, args: &opts::Search, seconds: f64, ui: &Ui) {
    if args.count || args.files || args.json {
        return;
    }
    let noun = if hits.total == 1 { "article" } else { "articles" };
    let shown = match (hits.hits.first(), hits.hits.last()) {
        (Some(first), Some(last)) if hits.total > hits.hits.len() => format!(", {} to {} shown", first.rank, last.rank),
        _ => String::new(),
    };
    let copies = match hits.copies {
        0 => String::new(),
        1 => " and one copy".to_owned(),
        n => format!(" and {n} copies"),
    };
    ui.note(&format!("{} {noun}{copies}{shown} ({:.1} ms)", hits.total, seconds * 1000.0));
}

fn options(args: &opts::Search) -> Result<SearchOptions, CommandError> {
    let day = |flag: &str, text: &Option<String>| -> Result<Option<demarche::DateRange>, CommandError> {
        let Some(text) = text else { return Ok(None) };
        let range = demarche::DateRange::parse(text).ok_or_else(|| {
            CommandError::new(format!("--{flag}: `{text}` is no date")).hint(format!("write a year, a month or a day: --{flag} 2021-07"))
        })?;
        Ok(Some(range))
    };
    let everything = args.files && args.limit.is_none();
    let default = if args.queries.is_some() { BATCH_LIMIT } else { LIMIT };
    Ok(SearchOptions {
        limit: if args.count { 0 } else { args.limit.unwrap_or(if everything { usize::MAX } else { default }) },
        offset: args.offset,
        since: day("since", &args.since)?.and_then(|r| r.first),
        until: day("until", &args.until)?.and_then(|r| r.last),
        actors: args.actor.clone(),
        publishers: args.publisher.clone(),
        below: args.folder.clone(),
        sort: match args.sort {
            opts::Sort::Relevance => Sort::Relevance,
            opts::Sort::Newest => Sort::Newest,
            opts::Sort::Oldest => Sort::Oldest,
        },
        // Judgements are of documents: a batch lists them all.
        fold: !args.no_collapse && args.queries.is_none(),
        expand: args.expand,
        explain: args.explain,
        snippets: usize::from(args.snippets),
        ..SearchOptions::default()
    })
}

/// The query with a caret under what is wrong.
fn bad_query(text: &str, error: &QueryError) -> CommandError {
    let before = escape(text.get(..error.span.start).unwrap_or_default());
    let wrong = escape(error.span.of(text).unwrap_or_default());
    let columns = |s: &str| unicode_width::UnicodeWidthStr::width(s);
    let carets = "^".repeat(columns(&wrong).max(1));
    let shown = format!("{error}\n  {}\n  {}{carets}", escape(text), " ".repeat(columns(&before)));
    let command = CommandError::new(shown);
    match &error.hint {
        Some(hint) => command.hint(hint.clone()),
        None => command.hint("demarche help query"),
    }
}

/// The queries of a file, each answered in full before the next.
fn batch(file: &Path, args: &opts::Search, options: &SearchOptions, ui: &Ui) -> Result<Exit, CommandError> {
    let queries = queries(file)?;
    let index = Index::open(&args.at.index)?;
    let mut out = ui.out();
    let mut any = false;
    for AskedQuery { id, text } in queries {
        // A question as people write it: no sign in it is an operator.
        let query = Query::words(&text);
        if args.format == Some(Format::Json) {
            for hit in index.search(&query, options)?.hits {
                #[derive(serde::Serialize)]
                struct Row<'a> {
                    query: &'a str,
                    #[serde(flatten)]
                    hit: demarche::Hit,
                }
                serde_json::to_writer(&mut out, &super::Formatted::new(&Row { query: &id, hit }))?;
                writeln!(out)?;
                any = true;
            }
        } else {
            for (rank, (path, score)) in index.run(&query, options)?.into_iter().enumerate() {
                writeln!(out, "{id}\tQ0\t{path}\t{}\t{score:.6}\tdemarche", rank + 1)?;
                any = true;
            }
        }
    }
    out.flush()?;
    Ok(if any { Exit::Found } else { Exit::Nothing })
}

/// The queries of a file, or of standard input.
pub(super) fn queries(file: &Path) -> Result<Vec<AskedQuery>, CommandError> {
    let text = read(file)?;
    demarche::eval::read_queries(&text).map_err(|e| CommandError::new(format!("{}, {e}", file.display())))
}

/// The text of a file, or of standard input.
pub(super) fn read(file: &Path) -> Result<String, CommandError> {
    let mut bytes = Vec::new();
    let done = match file.to_str() {
        Some("-") => std::io::stdin().lock().read_to_end(&mut bytes).map(drop),
        _ => std::fs::read(file).map(|read| bytes = read),
    };
    done.map_err(|e| CommandError::new(format!("{}: cannot read: {e}", file.display())))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
