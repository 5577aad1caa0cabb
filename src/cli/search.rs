//! `demarche search`: a query, or a file of them, to hits.

use super::error::CommandError;
use super::opts::{self, Format};
use super::ui::{Exit, Ui};
use super::{asked, list};
use demarche::eval::AskedQuery;
use demarche::present::write_facets;
use demarche::{Facet, Facets, Hits, Index, Query, Saved, SavedSearch, SearchOptions, Sort};
use std::io::{Read, Write};
use std::path::Path;
use std::time::Instant;

/// Hits of a query of a batch when nothing is said, as TREC runs have them.
const BATCH_LIMIT: usize = 1000;

pub(super) fn run(args: &opts::Search, ui: &Ui) -> Result<Exit, CommandError> {
    let options = options(args)?;
    if let Some(file) = &args.queries {
        return batch(file, args, &options, ui);
    }
    let text = args.query.join(" ");
    let query = asked::query(&text)?;
    let facets: Vec<Facet> = args.facets.iter().map(|name| asked::facet("facets", name)).collect::<Result<_, _>>()?;
    let index = asked::index(&args.narrow, ui)?;
    let started = Instant::now();
    let mut out = ui.out();
    let hits = if args.count {
        let hits = index.search(&query, &options)?;
        writeln!(out, "{}", hits.total)?;
        hits
    } else {
        let mut printer = list::Printer::new(&args.list, ui);
        let hits = index.each_hit(&query, &options, &mut |hit| printer.print(&mut out, &hit))?;
        printer.end(&mut out, hits)?
    };
    let seconds = started.elapsed().as_secs_f64();
    if !facets.is_empty() {
        let counts = index.facets(&query, &options, &facets, args.top)?;
        write_counts(&mut out, &counts, args, ui)?;
    }
    out.flush()?;
    if let Some(name) = &args.save {
        save(name, text, args, &query, &options, &index, ui)?;
    }
    for unknown in &hits.unknown_actors {
        ui.note(&unknown_actor(&unknown.asked, &unknown.like));
    }
    for unknown in &hits.unknown_words {
        let quoted: Vec<String> = unknown.like.iter().map(|w| format!("`{w}`")).collect();
        let hint = if quoted.is_empty() { String::new() } else { format!("; did you mean {}?", quoted.join(", ")) };
        ui.note(&format!("no article has the word `{}`{hint}", unknown.asked));
    }
    summary(&hits, &options, args, seconds, ui);
    // The system takes the maps of the index's files back faster all at once.
    std::mem::forget(index);
    Ok(if hits.total > 0 { Exit::Found } else { Exit::Nothing })
}

fn write_counts(out: &mut impl Write, counts: &Facets, args: &opts::Search, ui: &Ui) -> Result<(), CommandError> {
    if args.list.json {
        serde_json::to_writer(&mut *out, &super::Formatted::new(counts))?;
        writeln!(out)?;
        return Ok(());
    }
    if args.list.limit != Some(0) && counts.total > 0 {
        writeln!(out)?;
    }
    write_facets(out, counts, ui.width(), ui.terminal, ui.palette)?;
    Ok(())
}

/// Keeps the search; what it finds now counts as looked at.
fn save(
    name: &str,
    text: String,
    args: &opts::Search,
    query: &Query,
    options: &SearchOptions,
    index: &Index,
    ui: &Ui,
) -> Result<(), CommandError> {
    let narrow = &args.narrow;
    let (actors, publishers) = (narrow.actor.clone(), narrow.publisher.clone());
    let (since, until) = (narrow.since.clone(), narrow.until.clone());
    let mut search = SavedSearch { query: text, since, until, actors, publishers, ..SavedSearch::default() };
    let options = SearchOptions { limit: 0, ..options.clone() };
    index.look(&mut search, query, &options, false, &asked::today().to_string())?;
    let mut saved = Saved::of_index(&narrow.at.index)?;
    saved.insert(name, search);
    saved.write()?;
    ui.note(&format!("saved as {name}; what comes later: demarche saved {name} --new"));
    Ok(())
}

/// A name that nobody has, with those that are like it.
pub(super) fn unknown_actor(asked: &str, like: &[String]) -> String {
    let hint = if like.is_empty() { String::new() } else { format!("; did you mean {}?", like.join(", ")) };
    format!("no actor is known as `{asked}`{hint}")
}

fn summary(hits: &Hits, options: &SearchOptions, args: &opts::Search, seconds: f64, ui: &Ui) {
    if args.count || !list::is_text(&args.list) {
        return;
    }
    let noun = if hits.total == 1 { "article" } else { "articles" };
    let shown = match (hits.hits.first(), hits.hits.last()) {
        (Some(first), Some(last)) if options.limit < hits.total || first.rank > 1 => format!(", {} to {} shown", first.rank, last.rank),
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
    let options = list::options(&args.list, asked::options(&args.narrow)?)?;
    let limit = match &args.queries {
        Some(_) => args.list.limit.unwrap_or(BATCH_LIMIT),
        None if args.count => 0,
        None => options.limit,
    };
    let sort = match args.sort {
        opts::Sort::Relevance => Sort::Relevance,
        opts::Sort::Newest => Sort::Newest,
        opts::Sort::Oldest => Sort::Oldest,
    };
    // Judgements are of documents: a batch lists them all.
    let fold = options.fold && args.queries.is_none();
    let (expand, explain, snippets) = (args.expand, args.explain, usize::from(args.snippets));
    Ok(SearchOptions { limit, sort, fold, expand, explain, snippets, ..options })
}

/// The queries of a file, each answered in full before the next.
fn batch(file: &Path, args: &opts::Search, options: &SearchOptions, ui: &Ui) -> Result<Exit, CommandError> {
    let queries = queries(file)?;
    let index = Index::open(&args.narrow.at.index)?;
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
