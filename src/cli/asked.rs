//! What is asked: the query, what narrows it down, and the index it is asked of.

use super::error::CommandError;
use super::opts::Narrow;
use super::ui::Ui;
use demarche::present::escape;
use demarche::{DateRange, Facet, Index, Query, QueryError, SearchOptions, SyncOptions};

/// Reads a query as of today.
pub(super) fn query(text: &str) -> Result<Query, CommandError> {
    Query::parse_on(text, today()).map_err(|error| bad_query(text, &error))
}

pub(super) fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}

/// The index, brought up to date first where a folder is given.
pub(super) fn index(narrow: &Narrow, ui: &Ui) -> Result<Index, CommandError> {
    match &narrow.folder {
        Some(folder) => Ok(super::index::sync(std::slice::from_ref(folder), &narrow.at.index, &SyncOptions::default(), ui)?.0),
        None => Ok(Index::open(&narrow.at.index)?),
    }
}

/// The options that narrow a query down.
pub(super) fn options(narrow: &Narrow) -> Result<SearchOptions, CommandError> {
    Ok(SearchOptions {
        since: day("since", narrow.since.as_deref())?.and_then(|r| r.first),
        until: day("until", narrow.until.as_deref())?.and_then(|r| r.last),
        actors: narrow.actor.clone(),
        publishers: narrow.publisher.clone(),
        below: narrow.folder.clone(),
        fold: !narrow.no_collapse,
        ..SearchOptions::default()
    })
}

/// A day, month or year given with a flag.
pub(super) fn day(flag: &str, text: Option<&str>) -> Result<Option<DateRange>, CommandError> {
    let Some(text) = text else { return Ok(None) };
    let range = DateRange::parse(text).ok_or_else(|| {
        CommandError::new(format!("--{flag}: `{text}` is no date")).hint(format!("write a year, a month or a day: --{flag} 2021-07"))
    })?;
    Ok(Some(range))
}

/// The facet of a name.
pub(super) fn facet(flag: &str, name: &str) -> Result<Facet, CommandError> {
    Facet::from_name(name.trim()).ok_or_else(|| {
        let all: Vec<_> = Facet::ALL.iter().map(|f| f.as_str()).collect();
        CommandError::new(format!("--{flag}: hits are not counted by `{name}`")).hint(format!("one of: {}", all.join(", ")))
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
