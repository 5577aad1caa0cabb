//! `demarche actors`: who is named in an index, or what is known of one actor.

use super::error::CommandError;
use super::opts;
use super::ui::{Exit, Ui};
use demarche::knowledge::{Actor, Knowledge};
use demarche::present::{Align, Style, Table, escape};
use demarche::{ActorCount, ActorKind, Error, Index, Query, SearchOptions, Sort};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;

/// Lines of each kind when nothing is said.
const LIMIT: usize = 20;

pub(super) fn run(args: &opts::Actors, ui: &Ui) -> Result<Exit, CommandError> {
    let kind = match &args.kind {
        None => None,
        Some(name) => Some(ActorKind::from_name(name).ok_or_else(|| {
            let kinds: Vec<_> = ActorKind::ALL.iter().map(|k| k.as_str()).collect();
            CommandError::new(format!("no kind of actor is called `{name}`")).hint(format!("one of: {}", kinds.join(", ")))
        })?),
    };
    if args.name.is_empty() { list(args, kind, ui) } else { tell(&args.name.join(" "), args, ui) }
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

/// What is known of an actor, and what the index says of it.
#[derive(Serialize)]
struct Told<'k> {
    id: String,
    name: String,
    kind: ActorKind,
    country: Option<&'k str>,
    parent: Option<&'k str>,
    aliases: Vec<ToldAlias>,
    references: &'k [String],
    articles: Vec<ToldArticle>,
}

#[derive(Serialize)]
struct ToldAlias {
    name: String,
    sources: Vec<String>,
    /// Articles of the index that use it.
    here: usize,
}

#[derive(Serialize)]
struct ToldArticle {
    id: String,
    path: String,
    title: Option<String>,
    published: Option<String>,
    surfaces: Vec<String>,
}

fn tell(name: &str, args: &opts::Actors, ui: &Ui) -> Result<Exit, CommandError> {
    let knowledge = Knowledge::builtin();
    let found = knowledge.lookup(name);
    // Without an index the table alone still answers.
    let index = match Index::open(&args.at.index) {
        Ok(index) => Some(index),
        Err(Error::NoIndex { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let mut out = ui.out();
    for (i, actor) in found.iter().enumerate() {
        let told = gather(actor, index.as_ref())?;
        if args.json {
            serde_json::to_writer(&mut out, &super::Formatted::new(&told))?;
            writeln!(out)?;
            continue;
        }
        if i > 0 {
            writeln!(out)?;
        }
        write_told(&mut out, &told, knowledge, ui)?;
    }
    out.flush()?;
    if found.is_empty() {
        ui.note(&format!("no actor is known as `{name}`"));
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Found)
}

fn gather<'k>(actor: &'k Actor, index: Option<&Index>) -> Result<Told<'k>, CommandError> {
    let mut articles = Vec::new();
    if let Some(index) = index {
        let options = SearchOptions {
            limit: usize::MAX,
            sort: Sort::Oldest,
            actors: vec![actor.id.clone()],
            fold: false,
            ..SearchOptions::default()
        };
        for hit in index.search(&Query::words(""), &options)?.hits {
            let article = index.get(&hit.id)?;
            let mut surfaces: Vec<String> = article.actors.into_iter().filter(|m| m.id == actor.id).map(|m| m.surface).collect();
            surfaces.sort();
            surfaces.dedup();
            if !surfaces.is_empty() {
                articles.push(ToldArticle { id: hit.id, path: hit.path, title: hit.title, published: hit.published, surfaces });
            }
        }
    }
    let same = |a: &str, b: &str| demarche::knowledge::key(a) == demarche::knowledge::key(b);
    let here = |alias: &str| articles.iter().filter(|a| a.surfaces.iter().any(|s| same(s, alias))).count();
    let aliases =
        actor.aliases.iter().map(|a| ToldAlias { name: a.name.clone(), sources: a.sources.clone(), here: here(&a.name) }).collect();
    Ok(Told {
        id: actor.id.clone(),
        name: actor.name.clone(),
        kind: actor.kind,
        country: actor.country.as_deref(),
        parent: actor.parent.as_deref(),
        aliases,
        references: &actor.references,
        articles,
    })
}

fn write_told(out: &mut impl Write, told: &Told<'_>, knowledge: &Knowledge, ui: &Ui) -> Result<(), CommandError> {
    let dim = |text: &str| ui.palette.paint(Style::Dim, text);
    let style = if told.kind == ActorKind::ThreatGroup { Style::Group } else { Style::Actor };
    writeln!(out, "{}  {}", ui.palette.paint(style, &told.name), dim(&format!("{} · {}", told.kind.as_str(), told.id)))?;
    if let Some(country) = told.country {
        let state = knowledge.get(&format!("state-{}", country.to_lowercase())).map_or(country, |s| s.name.as_str());
        writeln!(out, "{}{state}", dim(&format!("{:<12}", "country")))?;
    }
    if let Some(parent) = told.parent {
        let name = knowledge.get(parent).map_or(parent, |p| p.name.as_str());
        writeln!(out, "{}{name}", dim(&format!("{:<12}", "part of")))?;
    }
    if !told.references.is_empty() {
        writeln!(out, "{}{}", dim(&format!("{:<12}", "listed as")), told.references.join(", "))?;
    }
    let mut table = Table::new(&[("alias", Align::Left), ("named in", Align::Right), ("according to", Align::Left)]);
    for alias in &told.aliases {
        let here = if alias.here > 0 { alias.here.to_string() } else { String::new() };
        table.row([alias.name.clone(), here, alias.sources.join(", ")]);
    }
    if !table.is_empty() {
        writeln!(out)?;
        table.write(out, ui.palette)?;
    }
    if !told.articles.is_empty() {
        writeln!(out)?;
    }
    for article in &told.articles {
        let day = article.published.as_deref().unwrap_or("undated");
        let title = article.title.as_deref().unwrap_or("(no title)");
        let (title, path) = (escape(title).replace('\n', " "), escape(&article.path).into_owned());
        writeln!(out, "{}  {title}  {}", dim(&format!("{day:<10}")), dim(&format!("as {}", escape(&article.surfaces.join(", ")))))?;
        writeln!(out, "{:<12}{}", "", ui.palette.paint(Style::Path, &path))?;
    }
    Ok(())
}
