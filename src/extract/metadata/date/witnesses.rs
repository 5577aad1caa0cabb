//! Everything on a page that names a day, each with the trust it deserves alone.

use super::super::harvest::{Mark, MarkedBy};
use super::super::jsonld::Kind;
use super::super::regions::{ASIDE, CHROME, COMMENT, DATE, MODIFIED, PUBLISHED};
use super::super::{byline, meta_tags, told_lines};
use super::{Candidate, Family, Found, Role, Sources, days, of_address, of_value, role};
use jiff::civil::Date;

/// The words of all witnesses, but those that speak only where no other does ([`told_line`]).
pub(super) fn all(sources: &Sources<'_>) -> Vec<Candidate> {
    let mut all = Vec::new();
    of_facts(sources, &mut all);
    of_metas(sources, &mut all);
    // The front page of a site is no article: its day is that of its making.
    if sources.url.is_some_and(super::super::address::is_root) {
        all.iter_mut().for_each(|c| c.trust *= 0.5);
    }
    of_marks(sources, &mut all);
    if let Some(day) = sources.url.and_then(of_address) {
        all.push(Candidate { trust: 0.75, ..Candidate::new(day, Role::Published, Family::Address, "url") });
    }
    of_heading(sources, &mut all);
    of_lines(sources, &mut all);
    of_titles(sources, &mut all);
    all
}

fn of_facts(sources: &Sources<'_>, all: &mut Vec<Candidate>) {
    let facts = sources.facts;
    let trust = match facts.kind {
        Kind::Article => 0.95,
        // Content managers date every page; one that is no article was only made on that day.
        Kind::Page => 0.48,
        Kind::Media => 0.55,
        Kind::None => return,
    };
    for (value, role, trust, evidence) in [
        (&facts.published, Role::Published, trust, "json-ld datePublished"),
        (&facts.created, Role::Published, trust * 0.85, "json-ld dateCreated"),
        (&facts.modified, Role::Modified, trust, "json-ld dateModified"),
    ] {
        if let Some(found) = value.as_deref().and_then(|v| of_value(v, sources.locale)) {
            let utc = value.as_deref().is_some_and(is_utc);
            all.push(Candidate {
                trust: doubt(trust, &found),
                utc,
                told: true,
                swapped: found.swapped,
                ..Candidate::new(found.day, role, Family::Graph, evidence)
            });
        }
    }
}

fn of_metas(sources: &Sources<'_>, all: &mut Vec<Candidate>) {
    for (name, content) in &sources.harvest.metas {
        let Some((role, trust)) = meta_tags::date(name) else { continue };
        if let Some(found) = of_value(content, sources.locale) {
            let evidence = format!("meta {}", name.get(..80).unwrap_or(name));
            all.push(Candidate {
                trust: doubt(trust, &found),
                utc: is_utc(content),
                told: true,
                swapped: found.swapped,
                ..Candidate::new(found.day, role, Family::Meta, evidence)
            });
        }
    }
}

/// Whether a value is a time in UTC.
fn is_utc(value: &str) -> bool {
    value.contains(':')
        && (value.ends_with(['Z', 'z'])
            || value.ends_with("+00:00")
            || value.ends_with("+0000")
            || value.ends_with("GMT")
            || value.ends_with("UTC"))
}

/// Less trust where day and month could be swapped.
fn doubt(trust: f32, found: &Found) -> f32 {
    if found.ambiguous { trust * 0.82 } else { trust }
}

fn of_marks(sources: &Sources<'_>, all: &mut Vec<Candidate>) {
    let marks: Vec<&Mark> =
        sources.harvest.marks.iter().filter(|m| m.means & DATE != 0 && m.place & !sources.anchor.bits & COMMENT == 0).collect();
    let mut found: Vec<(Candidate, bool)> = Vec::new();
    for mark in marks {
        let place = mark.place & !sources.anchor.bits;
        let closeness = sources.anchor.closeness(mark.at);
        let aside = match place & (ASIDE | CHROME) {
            0 => 1.0,
            _ if closeness == 1.0 && sources.anchor.known => 0.7,
            _ => 0.4,
        };
        let label = role(&mark.label);
        let own = if mark.means & MODIFIED != 0 && mark.means & PUBLISHED == 0 { Role::Modified } else { label.unwrap_or(Role::Published) };
        let told = mark.means & (PUBLISHED | MODIFIED) != 0 || label.is_some();
        let classed = own == Role::Modified && label.is_none() && mark.by == MarkedBy::Class && role(&mark.text).is_none();
        let evidence = match mark.by {
            MarkedBy::Itemprop => "itemprop",
            MarkedBy::Time => "time element",
            _ => "date element",
        };
        let mut push = |day: &Found, role: Option<Role>, share: f32, utc: bool| {
            let told = told || role.is_some();
            let base = match mark.by {
                MarkedBy::Itemprop => 0.9,
                MarkedBy::Time if told => 0.85,
                MarkedBy::Time => 0.75,
                _ if told => 0.8,
                _ => 0.65,
            };
            let trust = doubt(base * closeness * aside * share, day);
            let near = closeness * aside > 0.65;
            let said = Candidate::new(day.day, role.unwrap_or(own), Family::Element, evidence);
            found.push((Candidate { trust, utc, told, swapped: day.swapped, classed, ..said }, near));
        };
        let value = mark.value.as_deref().and_then(|v| of_value(v, sources.locale));
        if let Some(day) = &value {
            push(day, role(&mark.text), 1.0, mark.value.as_deref().is_some_and(is_utc));
        }
        for day in days(&mark.text, sources.locale).into_iter().take(3) {
            let before = mark.text.get(..day.range.start).unwrap_or_default();
            push(&day, role(before), if value.is_some() { 0.8 } else { 0.95 }, false);
        }
    }
    // Many days near the title, none of them told apart, are those of a list.
    let untold = |c: &Candidate, near: bool| near && !c.told && c.role == Role::Published;
    let mut near: Vec<Date> = found.iter().filter(|(c, near)| untold(c, *near)).map(|(c, _)| c.day).collect();
    near.sort_unstable();
    near.dedup();
    if near.len() >= 3 {
        for (candidate, near) in &mut found {
            if untold(candidate, *near) {
                candidate.trust *= 0.8;
            }
        }
    }
    // One day in all the page's marks is the page's own, wherever it stands.
    for told in [true, false] {
        let mut of_kind = found.iter().filter(|(c, _)| c.role == Role::Published && (c.told || !told)).map(|(c, _)| c.day);
        if let Some(day) = of_kind.next()
            && of_kind.all(|other| other == day)
        {
            for (candidate, _) in found.iter_mut().filter(|(c, near)| c.role == Role::Published && (c.told || !told) && !near) {
                candidate.trust = candidate.trust.max(if told { 0.68 } else { 0.52 });
            }
        }
    }
    all.extend(found.into_iter().map(|(candidate, _)| candidate));
}

fn of_lines(sources: &Sources<'_>, all: &mut Vec<Candidate>) {
    for line in sources.lines {
        if line.place & (COMMENT | CHROME) != 0 {
            continue;
        }
        let aside = match line.place & ASIDE {
            0 => 1.0,
            _ if line.closeness >= 0.94 => 0.9,
            _ => 0.6,
        };
        let found = days(line.text.get(..400).unwrap_or(line.text), sources.locale);
        // A line of many days is a list or a calendar.
        if found.len() > 3 {
            continue;
        }
        let dates: usize = found.iter().map(|f| f.range.len()).sum();
        for day in found {
            let before = line.text.get(..day.range.start).unwrap_or_default();
            // What is left of the line beside the days: a date line holds little else.
            let rest = line.text.len().saturating_sub(dates);
            if rest > 160 {
                // "HARBOURTOWN, 19 July 2021 – The port …": a dateline opens running text.
                let after = line.text.get(day.range.end..).unwrap_or_default().trim_start();
                if before.len() <= 40 && before.split_whitespace().count() <= 4 && after.starts_with(['-', '–', '—', ')', '/', ':', '|'])
                {
                    all.push(Candidate {
                        trust: doubt(0.56 * aside, &day),
                        swapped: day.swapped,
                        ..Candidate::new(day.day, Role::Published, Family::Text, "dateline")
                    });
                }
                continue;
            }
            let cue = role(before).or_else(|| if before.len() <= 20 { role(line.label) } else { None });
            let trust = match cue {
                Some(_) => 0.75,
                None if rest <= 24 => 0.72,
                None if rest <= 100 && byline::of_line(line.text).is_some() => 0.7,
                None if rest <= 100 => 0.58,
                None => 0.3,
            };
            let trust = doubt(trust * line.closeness * aside, &day);
            let role = cue.unwrap_or(Role::Published);
            all.push(Candidate {
                trust,
                told: cue.is_some(),
                swapped: day.swapped,
                ..Candidate::new(day.day, role, Family::Text, "line near the title")
            });
        }
    }
}

/// The one day that lines far from the title tell to be that of publication.
pub(super) fn told_line(sources: &Sources<'_>) -> Option<Candidate> {
    let mut only = None;
    for line in told_lines(sources.page).take(400) {
        if line.place & (COMMENT | CHROME | ASIDE) & !sources.anchor.bits != 0 {
            continue;
        }
        for found in days(line.text, sources.locale).into_iter().take(2) {
            let before = line.text.get(..found.range.start).unwrap_or_default();
            let cue = role(before).or_else(|| if before.trim().is_empty() { role(line.label) } else { None });
            if before.len() > 40 || cue != Some(Role::Published) {
                continue;
            }
            if only.as_ref().is_some_and(|known: &Found| known.day != found.day) {
                return None;
            }
            only = Some(found);
        }
    }
    let found = only?;
    Some(Candidate {
        trust: doubt(0.62, &found),
        told: true,
        ..Candidate::new(found.day, Role::Published, Family::Text, "line of publication")
    })
}

/// A day inside the element of the headline, behind its words.
fn of_heading(sources: &Sources<'_>, all: &mut Vec<Candidate>) {
    let Some(tail) = sources.heading_tail else { return };
    if let [day] = days(tail, sources.locale).as_slice()
        && tail.len() <= 120
    {
        let role = role(tail.get(..day.range.start).unwrap_or_default()).unwrap_or(Role::Published);
        all.push(Candidate { trust: doubt(0.6, day), ..Candidate::new(day.day, role, Family::Text, "beside the title") });
    }
}

/// A title that ends in a day: `Harbour reopens | The Pier | 19.07.2021`.
fn of_titles(sources: &Sources<'_>, all: &mut Vec<Candidate>) {
    for title in [sources.harvest.title.as_deref(), sources.harvest.meta_first("og:title")].into_iter().flatten() {
        let Some((_, tail)) = title.rsplit_once(['|', '–', '-', '(']) else { continue };
        if let Some(day) = days(tail, sources.locale).into_iter().next()
            && tail.len() <= day.range.len() + 4
        {
            all.push(Candidate { trust: doubt(0.6, &day), ..Candidate::new(day.day, Role::Published, Family::Text, "end of the title") });
        }
    }
}
