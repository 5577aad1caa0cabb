//! The authors: what the page declares in fields for programs, weighed against what its byline shows.

use super::byline::{self, is_capitalised, is_name};
use super::harvest::{Harvest, Mark, MarkedBy};
use super::jsonld::{Facts, Kind};
use super::meta_tags::AUTHORS;
use super::publisher::is_alias;
use super::regions::{ABOUT, ASIDE, AUTHOR, Bits, CHROME, COMMENT};
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

fn from_facts(facts: &Facts) -> Option<Found> {
    let mut names: Vec<String> = Vec::new();
    let people = facts.authors.iter().any(|a| !a.organisation);
    for author in &facts.authors {
        // Beside people an organisation is their employer or a wire: the byline tells.
        for name in byline::names(&author.name) {
            if !has(&names, &name) {
                names.push(name);
            }
        }
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
            for one in byline::names(value) {
                if !has(&names, &one) {
                    names.push(one);
                }
            }
        }
        if !names.is_empty() {
            out.push(Found { names, evidence: format!("meta {name}"), confidence: *confidence });
        }
    }
    out
}

/// Text after the title within which a byline stands, in bytes.
const NEAR_AFTER: usize = 1_500;
/// The same before it.
const NEAR_BEFORE: usize = 400;

fn from_marks(harvest: &Harvest, anchor: Anchor) -> Option<Found> {
    let mut best: Option<(i32, Found)> = None;
    for mark in harvest.marks.iter().filter(|m| m.means & AUTHOR != 0) {
        let place: Bits = mark.place & !anchor.bits;
        if mark.means & ABOUT != 0 || place & (COMMENT | ASIDE | CHROME) != 0 || !anchor.near(mark.at, NEAR_BEFORE, NEAR_AFTER) {
            continue;
        }
        let Some((names, opened)) = of_mark(mark) else { continue };
        let score = match mark.by {
            MarkedBy::Itemprop => 30,
            MarkedBy::Rel => 25,
            MarkedBy::Class | MarkedBy::Time => 10,
        } + if opened { 15 } else { 0 }
            - i32::try_from(mark.at.abs_diff(anchor.at) / 100).unwrap_or(i32::MAX).min(20);
        match &mut best {
            // Several links of one byline.
            Some((top, found))
                if *top - score <= 3 && score - *top <= 3 && mark.by != MarkedBy::Class && names.iter().all(|n| !has(&found.names, n)) =>
            {
                found.names.extend(names);
            }
            Some((top, _)) if *top >= score => {}
            _ => {
                best =
                    Some((score, Found { names, evidence: mark.evidence().to_owned(), confidence: if score >= 20 { 0.78 } else { 0.65 } }))
            }
        }
    }
    best.map(|(_, found)| found)
}

impl Mark {
    fn evidence(&self) -> &'static str {
        match self.by {
            MarkedBy::Itemprop => "itemprop author",
            MarkedBy::Rel => "rel=author",
            MarkedBy::Class | MarkedBy::Time => "byline",
        }
    }
}

/// The names of a mark, and whether a word such as "by" opens them.
fn of_mark(mark: &Mark) -> Option<(Vec<String>, bool)> {
    if let Some(names) = byline::of_line(&mark.text) {
        return Some((names, true));
    }
    let names = byline::names(byline::head(&mark.text));
    let person = |name: &String| is_name(name) && is_capitalised(name) && name.split_whitespace().count() <= 5 && name.len() <= 50;
    (!names.is_empty() && names.iter().all(person)).then_some((names, false))
}

fn from_lines(lines: &[Line<'_>]) -> Option<Found> {
    lines.iter().filter(|line| line.place & (COMMENT | ASIDE | CHROME) == 0).find_map(|line| {
        let names = byline::of_line(line.text)?;
        Some(Found { names, evidence: "byline".to_owned(), confidence: 0.7 })
    })
}
