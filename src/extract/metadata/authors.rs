//! The authors: what the page declares in fields for programs, weighed against what its byline shows.

use super::byline;
use super::harvest::{Harvest, Mark, MarkedBy};
use super::jsonld::{Facts, Kind};
use super::meta_tags::AUTHORS;
use super::publisher::is_alias;
use super::regions::{ABOUT, ASIDE, AUTHOR, Bits, CHROME, COMMENT, NAME};
use super::wording::key;
use super::{Anchor, Line};
use crate::article::Valued;

/// One way the page names its authors.
#[derive(Debug)]
struct Found {
    names: Vec<String>,
    evidence: String,
    confidence: f32,
}

/// Chooses the authors. `lines` are those around the title.
pub(super) fn choose(
    harvest: &Harvest,
    facts: &Facts,
    aliases: &[String],
    anchor: Anchor,
    lines: &[Line<'_>],
) -> Option<Valued<Vec<String>>> {
    let mut found: Vec<Found> = Vec::new();
    found.extend(from_facts(facts));
    found.extend(from_meta(harvest));
    let declared = found.len();
    found.extend(from_marks(harvest, anchor));
    found.extend(from_lines(lines));
    if found.is_empty() {
        return None;
    }
    let outlet = |f: &Found| f.names.iter().all(|name| is_alias(&key(name), aliases));
    // People before the outlet, what is surer first.
    let mut best = 0;
    for (index, candidate) in found.iter().enumerate() {
        let better = |a: &Found, b: &Found| (!outlet(a), a.confidence) > (!outlet(b), b.confidence);
        if found.get(best).is_some_and(|b| better(candidate, b)) {
            best = index;
        }
    }
    let chosen = found.get(best)?;
    // Software often declares one author of several: the byline shows all.
    let fuller = found
        .iter()
        .skip(declared)
        .find(|shown| shown.names.len() > chosen.names.len() && chosen.names.iter().all(|name| has(&shown.names, name)));
    let agreed = found.iter().filter(|f| f.names.len() == chosen.names.len() && f.names.iter().all(|n| has(&chosen.names, n))).count();
    let chosen = fuller.unwrap_or(chosen);
    let confidence = if agreed > 1 { (chosen.confidence + 0.07).min(0.98) } else { chosen.confidence };
    Some(Valued::new(chosen.names.clone(), chosen.evidence.clone(), confidence))
}

fn has(names: &[String], name: &str) -> bool {
    let wanted = key(name);
    names.iter().any(|n| key(n) == wanted)
}

/// Whether one of the names is the same but for titles and middle names.
fn alike(names: &[String], name: &str) -> bool {
    let wanted = key(name);
    let words = |text: &str, within: &str| text.split(' ').all(|word| within.split(' ').any(|other| other == word));
    names.iter().map(|n| key(n)).any(|n| words(&n, &wanted) || words(&wanted, &n))
}

fn from_facts(facts: &Facts) -> Option<Found> {
    let mut names: Vec<String> = Vec::new();
    let people = facts.authors.iter().any(|a| !a.organisation);
    for author in &facts.authors {
        // "Reed & Marsh" is two people, or one company.
        add(&mut names, if author.organisation { vec![author.name.clone()] } else { byline::names(&author.name) });
    }
    let confidence = match facts.kind {
        Kind::Article if people => 0.9,
        Kind::Article => 0.6,
        _ => 0.55,
    };
    (!names.is_empty()).then(|| Found { names, evidence: "json-ld author".to_owned(), confidence })
}

fn from_meta(harvest: &Harvest) -> Vec<Found> {
    let mut out = Vec::new();
    for (name, confidence, _) in AUTHORS {
        let mut names: Vec<String> = Vec::new();
        for value in harvest.meta_all(name).take(60) {
            add(&mut names, byline::names(value));
        }
        if !names.is_empty() {
            out.push(Found { names, evidence: format!("meta {name}"), confidence: *confidence });
        }
    }
    // Cards for messengers: a label in one tag, its value in the next.
    for (label, value) in [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")] {
        if harvest.meta_first(label).is_some_and(byline::is_opener)
            && let Some(names) = harvest.meta_first(value).map(byline::names).filter(|names| !names.is_empty())
        {
            out.push(Found { names, evidence: format!("meta {value}"), confidence: 0.83 });
        }
    }
    out
}

/// Adds names that are not there yet.
fn add(names: &mut Vec<String>, more: Vec<String>) {
    for name in more {
        if !has(names, &name) {
            names.push(name);
        }
    }
}

/// Text after the title within which a byline stands, in bytes.
const NEAR_AFTER: usize = 1_500;
/// The same before it.
const NEAR_BEFORE: usize = 400;

fn from_marks(harvest: &Harvest, anchor: Anchor) -> Option<Found> {
    let mut best: Option<(i32, Found)> = None;
    // Where the last name of the best byline stands.
    let mut last = 0;
    let mut far: Vec<Found> = Vec::new();
    for mark in harvest.marks.iter().filter(|m| m.means & AUTHOR != 0) {
        let place: Bits = mark.place & !anchor.bits;
        if place & COMMENT != 0 {
            continue;
        }
        let Some((names, opened)) = byline::of_parts(&mark.parts) else { continue };
        let opened = opened || byline::is_opener(&mark.label);
        let near = anchor.near(mark.at, NEAR_BEFORE, NEAR_AFTER) && mark.means & ABOUT == 0;
        if !near || place & (ASIDE | CHROME) != 0 && !anchor.near(mark.at, 200, 500) {
            if place & (ASIDE | CHROME) == 0 && (opened || mark.means & NAME != 0 && mark.by != MarkedBy::Link) {
                far.push(Found { names, evidence: mark.evidence().to_owned(), confidence: if opened { 0.6 } else { 0.5 } });
            }
            continue;
        }
        let score = match mark.by {
            MarkedBy::Itemprop => 30,
            MarkedBy::Rel => 25,
            MarkedBy::Link => 18,
            MarkedBy::Class | MarkedBy::Time => 10,
        } + if opened { 15 } else { 0 }
            + if mark.means & NAME != 0 { 6 } else { 0 }
            - if place & (ASIDE | CHROME) != 0 { 10 } else { 0 }
            - i32::try_from(mark.at.abs_diff(anchor.at) / 100).unwrap_or(i32::MAX).min(20);
        match &mut best {
            // The whole byline and a link inside it: the whole names all, the link is the surer sign.
            Some((top, found)) if names.len() < found.names.len() && names.iter().all(|n| alike(&found.names, n)) => *top = score.max(*top),
            Some((top, found)) if names.len() > found.names.len() && found.names.iter().all(|n| alike(&names, n)) => {
                (*top, found.names, last) = (score.max(*top), names, mark.at);
            }
            // Several links of one byline.
            Some((top, found))
                if (*top - score).abs() <= 3
                    && (mark.means & NAME != 0 || mark.by == MarkedBy::Itemprop)
                    && mark.at.saturating_sub(last) <= 90
                    && !names.iter().any(|n| alike(&found.names, n)) =>
            {
                found.names.extend(names);
                last = mark.at;
            }
            Some((top, _)) if *top >= score => {}
            _ => {
                best =
                    Some((score, Found { names, evidence: mark.evidence().to_owned(), confidence: if score >= 20 { 0.78 } else { 0.65 } }))
            }
        }
    }
    // Far from the title stand the authors of other articles too: only a name without a rival counts.
    let single = far.first().is_some_and(|first| far.iter().all(|other| other.names == first.names));
    best.map(|(_, found)| found).or_else(|| far.into_iter().next().filter(|_| single))
}

impl Mark {
    fn evidence(&self) -> &'static str {
        match self.by {
            MarkedBy::Itemprop => "itemprop author",
            MarkedBy::Rel => "rel=author",
            MarkedBy::Link => "link to an author",
            MarkedBy::Class | MarkedBy::Time => "byline",
        }
    }
}

fn from_lines(lines: &[Line<'_>]) -> Option<Found> {
    lines.iter().filter(|line| line.place & (COMMENT | ASIDE | CHROME) == 0).find_map(|line| {
        let names = byline::of_line(line.text)?;
        Some(Found { names, evidence: "byline".to_owned(), confidence: 0.7 })
    })
}
