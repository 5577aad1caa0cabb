//! `demarche search`: queries to hits.

use super::error::CommandError;
use super::opts;
use super::ui::{Exit, Ui};
use demarche::{Index, Query, SearchOptions};
use std::io::Write;
use std::path::Path;

pub(super) fn run(args: &opts::Search, ui: &Ui) -> Result<Exit, CommandError> {
    let index = Index::open(&args.at.index)?;
    let mut out = ui.out();
    if let Some(file) = &args.queries {
        return batch(&index, file, args.limit.unwrap_or(1000), &mut out);
    }
    let text = args.query.join(" ");
    let query = Query::parse(&text).map_err(|e| CommandError::new(e.to_string()).hint(e.hint.unwrap_or_default()))?;
    let options = SearchOptions { limit: args.limit.unwrap_or(10), offset: args.offset, ..SearchOptions::default() };
    let hits = index.search(&query, &options)?;
    for hit in &hits.hits {
        if args.json {
            serde_json::to_writer(&mut out, &super::Formatted::new(hit))?;
            out.write_all(b"\n")?;
        } else {
            let title = demarche::present::escape(hit.title.as_deref().unwrap_or("(no title)")).into_owned();
            writeln!(
                out,
                "{:>3}  {}  {title}\n     {}\n     {}",
                hit.rank,
                hit.id,
                demarche::present::escape(&hit.snippet.text),
                hit.path
            )?;
        }
    }
    out.flush()?;
    ui.note(&format!("{} found", hits.total));
    Ok(if hits.hits.is_empty() { Exit::Nothing } else { Exit::Found })
}

/// Lines `id<TAB>words` to a TREC run. Each line is plain words: a collection's topics are no queries of this language.
fn batch(index: &Index, file: &Path, limit: usize, out: &mut impl Write) -> Result<Exit, CommandError> {
    let text = std::fs::read_to_string(file).map_err(|e| CommandError::new(format!("{}: cannot read: {e}", file.display())))?;
    let options = SearchOptions { limit, ..SearchOptions::default() };
    let mut found = false;
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        let (id, words) = line.split_once('\t').unwrap_or(("0", line));
        for (i, (path, score)) in index.run(&Query::words(words), &options)?.into_iter().enumerate() {
            writeln!(out, "{id}\tQ0\t{path}\t{}\t{score}\tdemarche", i + 1)?;
            found = true;
        }
    }
    out.flush()?;
    Ok(if found { Exit::Found } else { Exit::Nothing })
}
