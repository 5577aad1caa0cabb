//! `demarche actors NAME`: what is known of an actor, and what the index says of it.

use crate::cli::error::CommandError;
use crate::cli::opts;
use crate::cli::search::unknown_actor;
use crate::cli::ui::{Exit, Ui};
use demarche::knowledge::{Actor, Knowledge};
use demarche::present::{Align, Style, Table, escape};
use demarche::{ActorKind, Error, HitActor, Index, Query, SearchOptions, Sort};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;

/// Companions shown when nothing is said.
const COMPANIONS: usize = 8;
/// A line of months up to so many, then one of years.
const MONTHS: usize = 24;
/// Cells of the longest bar.
const BAR: usize = 30;

#[derive(Serialize)]
struct Told {
    id: String,
    name: String,
    kind: ActorKind,
    country: Option<String>,
    parent: Option<String>,
    aliases: Vec<ToldAlias>,
    references: Vec<String>,
    /// Days of the first and the last article that names it.
    first: Option<String>,
    last: Option<String>,
    /// Who is named in the same articles, most articles first.
    with: Vec<Companion>,
    /// Articles by month or year of publication.
    timeline: Vec<Period>,
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
struct Companion {
    #[serde(flatten)]
    actor: HitActor,
    articles: usize,
}

#[derive(Serialize)]
struct Period {
    period: String,
    articles: usize,
}

#[derive(Serialize)]
struct ToldArticle {
    id: String,
    path: String,
    title: Option<String>,
    published: Option<String>,
    surfaces: Vec<String>,
}

pub(super) fn tell(name: &str, args: &opts::Actors, ui: &Ui) -> Result<Exit, CommandError> {
    // Without an index the table alone still answers.
    let index = match Index::open(&args.at.index) {
        Ok(index) => Some(index),
        Err(Error::NoIndex { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let knowledge = index.as_ref().map_or_else(|| Ok(Knowledge::with_lists(&[])), Index::knowledge)?;
    let mut ids: Vec<String> = knowledge.lookup(name).into_iter().map(|a| a.id.clone()).collect();
    for id in index.as_ref().map_or_else(|| Ok(Vec::new()), |i| i.actors_named(name))? {
        // A name that an article introduces is known to that article alone.
        if knowledge.get(&id).is_none() {
            ids.push(id);
        }
    }
    let mut out = ui.out();
    for (i, id) in ids.iter().enumerate() {
        let told = gather(id, knowledge.get(id), index.as_ref())?;
        if args.json {
            serde_json::to_writer(&mut out, &crate::cli::Formatted::new(&told))?;
            writeln!(out)?;
            continue;
        }
        if i > 0 {
            writeln!(out)?;
        }
        write_told(&mut out, &told, &knowledge, args.limit.unwrap_or(super::LIMIT), ui)?;
    }
    out.flush()?;
    if ids.is_empty() {
        let like = match &index {
            Some(index) => index.similar_actors(name)?,
            None => like(&knowledge, name),
        };
        ui.note(&unknown_actor(name, &like));
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Found)
}

fn like(knowledge: &Arc<Knowledge>, name: &str) -> Vec<String> {
    let names = knowledge.actors().iter().flat_map(|a| &a.aliases).map(|a| a.name.as_str());
    demarche::knowledge::similar(name, names, 3).into_iter().map(str::to_owned).collect()
}

fn gather(id: &str, actor: Option<&Actor>, index: Option<&Index>) -> Result<Told, CommandError> {
    let (mut articles, mut shown) = (Vec::new(), None);
    let mut with: BTreeMap<String, Companion> = BTreeMap::new();
    if let Some(index) = index {
        let options =
            SearchOptions { limit: usize::MAX, sort: Sort::Oldest, actors: vec![id.to_owned()], fold: false, ..SearchOptions::default() };
        for hit in index.search(&Query::words(""), &options)?.hits {
            let article = index.get(&hit.id)?;
            let (mine, others): (Vec<_>, Vec<_>) = article.actors.into_iter().partition(|m| m.id == id);
            let Some(first) = mine.first() else { continue };
            shown.get_or_insert_with(|| (first.name.clone(), first.kind));
            let surfaces: BTreeSet<String> = mine.into_iter().map(|m| m.surface).collect();
            let others: BTreeMap<String, HitActor> =
                others.into_iter().map(|m| (m.id.clone(), HitActor { id: m.id, name: m.name, kind: m.kind })).collect();
            for (id, actor) in others {
                with.entry(id).or_insert(Companion { actor, articles: 0 }).articles += 1;
            }
            let surfaces = surfaces.into_iter().collect();
            articles.push(ToldArticle { id: hit.id, path: hit.path, title: hit.title, published: hit.published, surfaces });
        }
    }
    let mut with: Vec<Companion> = with.into_values().collect();
    with.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.actor.id.cmp(&b.actor.id)));
    let days: Vec<&str> = articles.iter().filter_map(|a| a.published.as_deref()).collect();
    let same = |a: &str, b: &str| demarche::knowledge::key(a) == demarche::knowledge::key(b);
    let here = |alias: &str| articles.iter().filter(|a| a.surfaces.iter().any(|s| same(s, alias))).count();
    let aliases = actor.map(|a| a.aliases.as_slice()).unwrap_or_default();
    let aliases = aliases.iter().map(|a| ToldAlias { name: a.name.clone(), sources: a.sources.clone(), here: here(&a.name) }).collect();
    let (name, kind) = match actor {
        Some(actor) => (actor.name.clone(), actor.kind),
        None => shown.unwrap_or_else(|| (id.to_owned(), ActorKind::Other)),
    };
    Ok(Told {
        id: id.to_owned(),
        name,
        kind,
        country: actor.and_then(|a| a.country.clone()),
        parent: actor.and_then(|a| a.parent.clone()),
        aliases,
        references: actor.map(|a| a.references.clone()).unwrap_or_default(),
        first: days.iter().min().map(|d| (*d).to_owned()),
        last: days.iter().max().map(|d| (*d).to_owned()),
        timeline: timeline(&days),
        with,
        articles,
    })
}

/// Articles by month, or by year where there are too many months; periods without any are counted too.
fn timeline(days: &[&str]) -> Vec<Period> {
    let month = |day: &str| {
        let (year, rest) = day.split_once('-')?;
        Some((year.parse::<i32>().ok()?, rest.get(..2)?.parse::<i32>().ok()?))
    };
    let months: Vec<i32> = days.iter().filter_map(|d| month(d)).map(|(y, m)| y * 12 + m - 1).collect();
    let (Some(first), Some(last)) = (months.iter().min(), months.iter().max()) else { return Vec::new() };
    let by_month = last - first < MONTHS as i32;
    let of = |m: i32| if by_month { m } else { m / 12 };
    let name = |p: i32| if by_month { format!("{:04}-{:02}", p / 12, p % 12 + 1) } else { format!("{p:04}") };
    let count = |p: i32| months.iter().filter(|m| of(**m) == p).count();
    (of(*first)..=of(*last)).map(|p| Period { period: name(p), articles: count(p) }).collect()
}

/// A bar of eighths of a cell: `share` of the longest.
fn bar(share: f64) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (share.clamp(0.0, 1.0) * BAR as f64 * 8.0).round() as usize;
    "█".repeat(eighths / 8) + EIGHTHS.get(eighths % 8).copied().unwrap_or("")
}

fn write_told(out: &mut impl Write, told: &Told, knowledge: &Knowledge, limit: usize, ui: &Ui) -> Result<(), CommandError> {
    let dim = |text: &str| ui.palette.paint(Style::Dim, text);
    let style = if told.kind == ActorKind::ThreatGroup { Style::Group } else { Style::Actor };
    let limit = if limit == 0 { usize::MAX } else { limit };
    writeln!(out, "{}  {}", ui.palette.paint(style, &escape(&told.name)), dim(&format!("{} · {}", told.kind.as_str(), escape(&told.id))))?;
    let mut fact = |name: &str, value: &str| writeln!(out, "{}{}", dim(&format!("{name:<12}")), escape(value));
    if let Some(country) = &told.country {
        fact("country", knowledge.get(&format!("state-{}", country.to_lowercase())).map_or(country, |s| s.name.as_str()))?;
    }
    if let Some(parent) = &told.parent {
        fact("part of", knowledge.get(parent).map_or(parent, |p| p.name.as_str()))?;
    }
    let parts: Vec<&str> = knowledge.children(&told.id).map(|a| a.name.as_str()).collect();
    if !parts.is_empty() && told.kind != ActorKind::State {
        fact("parts", &parts.join(", "))?;
    }
    if !told.references.is_empty() {
        fact("listed as", &told.references.join(", "))?;
    }
    if let (Some(first), Some(last)) = (&told.first, &told.last) {
        let seen = if first == last { first.clone() } else { format!("{first} to {last}") };
        let articles = if told.articles.len() == 1 { "article" } else { "articles" };
        fact("seen", &format!("{seen} in {} {articles}", told.articles.len()))?;
    }
    if !told.with.is_empty() {
        let top: Vec<String> = told.with.iter().take(COMPANIONS).map(|c| format!("{} ({})", c.actor.name, c.articles)).collect();
        let rest = told.with.len().saturating_sub(COMPANIONS);
        fact("named with", &(top.join(", ") + &if rest > 0 { format!(" and {rest} more") } else { String::new() }))?;
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
    write_timeline(out, &told.timeline, ui)?;
    if !told.articles.is_empty() {
        writeln!(out)?;
    }
    // The latest are kept where not all are shown.
    let left_out = told.articles.len().saturating_sub(limit);
    for article in told.articles.iter().skip(left_out) {
        let day = article.published.as_deref().unwrap_or("undated");
        let title = article.title.as_deref().unwrap_or("(no title)");
        let (title, path) = (escape(title).replace('\n', " "), escape(&article.path).into_owned());
        writeln!(out, "{}  {title}  {}", dim(&format!("{day:<10}")), dim(&format!("as {}", escape(&article.surfaces.join(", ")))))?;
        writeln!(out, "{:<12}{}", "", ui.palette.paint(Style::Path, &path))?;
    }
    if left_out > 0 {
        writeln!(out, "{}", dim(&format!("and {left_out} before them (-n 0 lists all)")))?;
    }
    Ok(())
}

/// Bars on a terminal, numbers alone in a pipe.
fn write_timeline(out: &mut impl Write, timeline: &[Period], ui: &Ui) -> Result<(), CommandError> {
    if timeline.len() < 2 {
        return Ok(());
    }
    let most = timeline.iter().map(|p| p.articles).max().unwrap_or(1).max(1);
    let unit = if timeline.iter().any(|p| p.period.contains('-')) { "month" } else { "year" };
    let mut table = Table::new(&[(unit, Align::Left), ("articles", Align::Right), ("", Align::Left)]);
    for period in timeline {
        let bar = if ui.terminal { bar(period.articles as f64 / most as f64) } else { String::new() };
        table.row([period.period.clone(), period.articles.to_string(), bar]);
    }
    writeln!(out)?;
    table.write(out, ui.palette)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_then_years_with_the_empty_ones() {
        let shown = |days: &[&str]| timeline(days).iter().map(|p| format!("{}:{}", p.period, p.articles)).collect::<Vec<_>>();
        assert_eq!(shown(&["2021-11-02", "2022-01-31", "2022-01-01"]), ["2021-11:1", "2021-12:0", "2022-01:2"]);
        assert_eq!(shown(&["2018-05-01", "2021-01-01"]), ["2018:1", "2019:0", "2020:0", "2021:1"]);
        assert!(shown(&["soon"]).is_empty());
        assert_eq!((bar(1.0).chars().count(), bar(0.0), bar(1.0 / 60.0)), (30, String::new(), "▌".to_owned()));
    }
}
