//! The day of publication, chosen among all days a page carries; no day rather than a doubtful one.
//!
//! Each candidate comes with a trust; days that independent witnesses name gain trust together. A day is never converted to another zone:
//! it is the day as the page writes it.

mod address;
mod cues;
mod machine;
mod months;
mod scan;

pub(in crate::extract) use address::day as of_address;
pub(in crate::extract) use cues::{Role, role};
pub(in crate::extract) use machine::day as of_value;
pub(in crate::extract) use scan::{Found, Locale, days};

use super::harvest::{Harvest, MarkedBy};
use super::jsonld::{Facts, Kind};
use super::meta_tags;
use super::regions::{ASIDE, CHROME, COMMENT, DATE, MODIFIED, PUBLISHED};
use super::{Anchor, Line};
use crate::article::Valued;
use jiff::civil::Date;

/// Below this a day is not given.
const THRESHOLD: f32 = 0.5;

/// The day, where saved pages can come from it: the web is not older than 1990.
fn plausible(day: Date) -> Option<Date> {
    (1990..2100).contains(&day.year()).then_some(day)
}

/// Whether a lower-case word names a month in any language.
pub(super) fn is_month(word: &str) -> bool {
    months::month(word, None).is_some()
}

/// Who says so. Witnesses of one family are not independent: the surest speaks for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Graph,
    Meta,
    Element,
    Address,
    Text,
}

/// A day with its witness.
#[derive(Debug)]
struct Candidate {
    day: Date,
    role: Role,
    trust: f32,
    family: Family,
    evidence: String,
}

/// Everything that may hold a day.
#[derive(Debug)]
pub(super) struct Sources<'a> {
    pub(super) harvest: &'a Harvest,
    pub(super) facts: &'a Facts,
    pub(super) url: Option<&'a str>,
    pub(super) locale: Locale<'a>,
    pub(super) anchor: Anchor,
    pub(super) lines: &'a [Line<'a>],
}

/// The days of publication and of the last change.
pub(super) fn choose(sources: &Sources<'_>) -> (Option<Valued<String>>, Option<Valued<String>>) {
    let mut all = Vec::new();
    of_facts(sources, &mut all);
    of_metas(sources, &mut all);
    of_marks(sources, &mut all);
    if let Some(day) = sources.url.and_then(of_address) {
        all.push(Candidate { day, role: Role::Published, trust: 0.75, family: Family::Address, evidence: "url".to_owned() });
    }
    of_lines(sources, &mut all);
    let published = best(&all, Role::Published).filter(|v| v.confidence >= THRESHOLD);
    let modified = best(&all, Role::Modified).filter(|m| published.as_ref().is_none_or(|p| p.value <= m.value));
    (published, modified)
}

/// The day with the most trust: `1 - Π(1 - trust)` over the families that name it.
fn best(all: &[Candidate], role: Role) -> Option<Valued<String>> {
    let mut top: Option<(f32, &Candidate)> = None;
    for candidate in all.iter().filter(|c| c.role == role) {
        let mut doubt = 1.0;
        for family in [Family::Graph, Family::Meta, Family::Element, Family::Address, Family::Text] {
            let trust =
                all.iter().filter(|c| c.role == role && c.day == candidate.day && c.family == family).map(|c| c.trust).fold(0.0, f32::max);
            doubt *= 1.0 - trust;
        }
        let trust = 1.0 - doubt;
        if top.is_none_or(|(t, c)| trust > t || trust == t && candidate.day == c.day && candidate.trust > c.trust) {
            top = Some((trust, candidate));
        }
    }
    top.map(|(trust, candidate)| Valued::new(candidate.day.to_string(), candidate.evidence.clone(), trust.min(0.99)))
}

fn of_facts(sources: &Sources<'_>, all: &mut Vec<Candidate>) {
    let facts = sources.facts;
    let trust = match facts.kind {
        Kind::Article => 0.95,
        Kind::Page => 0.8,
        Kind::Media => 0.55,
        Kind::None => return,
    };
    for (value, role, trust, evidence) in [
        (&facts.published, Role::Published, trust, "json-ld datePublished"),
        (&facts.created, Role::Published, trust * 0.85, "json-ld dateCreated"),
        (&facts.modified, Role::Modified, trust, "json-ld dateModified"),
    ] {
        if let Some(found) = value.as_deref().and_then(|v| of_value(v, sources.locale)) {
            all.push(Candidate { day: found.day, role, trust: doubt(trust, &found), family: Family::Graph, evidence: evidence.to_owned() });
        }
    }
}

fn of_metas(sources: &Sources<'_>, all: &mut Vec<Candidate>) {
    for (name, content) in &sources.harvest.metas {
        let Some((_, role, trust, _)) = meta_tags::DATES.iter().find(|(known, ..)| known == name) else { continue };
        if let Some(found) = of_value(content, sources.locale) {
            all.push(Candidate {
                day: found.day,
                role: *role,
                trust: doubt(*trust, &found),
                family: Family::Meta,
                evidence: format!("meta {name}"),
            });
        }
    }
}

/// Less trust where day and month could be swapped.
fn doubt(trust: f32, found: &Found) -> f32 {
    if found.ambiguous { trust * 0.75 } else { trust }
}

fn of_marks(sources: &Sources<'_>, all: &mut Vec<Candidate>) {
    for mark in sources.harvest.marks.iter().filter(|m| m.means & DATE != 0) {
        let place = mark.place & !sources.anchor.bits;
        if place & COMMENT != 0 {
            continue;
        }
        let distance = sources.anchor.closeness(mark.at) * if place & (ASIDE | CHROME) != 0 { 0.4 } else { 1.0 };
        let base = match mark.by {
            MarkedBy::Itemprop => 0.9,
            MarkedBy::Time if mark.means & PUBLISHED != 0 => 0.85,
            MarkedBy::Time => 0.75,
            _ if mark.means & PUBLISHED != 0 => 0.75,
            _ => 0.65,
        };
        let evidence = match mark.by {
            MarkedBy::Itemprop => "itemprop",
            MarkedBy::Time => "time element",
            _ => "date element",
        };
        let own = if mark.means & MODIFIED != 0 { Role::Modified } else { Role::Published };
        let mut seen = false;
        if let Some(found) = mark.value.as_deref().and_then(|v| of_value(v, sources.locale)) {
            seen = true;
            let role = role(&mark.text).unwrap_or(own);
            all.push(Candidate {
                day: found.day,
                role,
                trust: doubt(base * distance, &found),
                family: Family::Element,
                evidence: evidence.to_owned(),
            });
        }
        for found in days(&mark.text, sources.locale).into_iter().take(3) {
            let before = mark.text.get(..found.range.start).unwrap_or_default();
            let role = role(before).unwrap_or(own);
            let trust = base * distance * if seen { 0.8 } else { 0.95 };
            all.push(Candidate {
                day: found.day,
                role,
                trust: doubt(trust, &found),
                family: Family::Element,
                evidence: evidence.to_owned(),
            });
        }
    }
}

fn of_lines(sources: &Sources<'_>, all: &mut Vec<Candidate>) {
    for line in sources.lines {
        if line.place & (COMMENT | ASIDE | CHROME) != 0 || line.text.len() > 300 {
            continue;
        }
        let found = days(line.text, sources.locale);
        // A line of many days is a list or a calendar.
        if found.len() > 3 {
            continue;
        }
        for found in found {
            let before = line.text.get(..found.range.start).unwrap_or_default();
            let cue = role(before);
            // What is left of the line beside the day: a date line holds little else.
            let rest = line.text.len() - found.range.len();
            let trust = match cue {
                Some(_) => 0.75,
                None if rest <= 20 => 0.7,
                None if rest <= 90 => 0.5,
                None => 0.2,
            } * line.closeness;
            let role = cue.unwrap_or(Role::Published);
            all.push(Candidate {
                day: found.day,
                role,
                trust: doubt(trust, &found),
                family: Family::Text,
                evidence: "line near the title".to_owned(),
            });
        }
    }
}
