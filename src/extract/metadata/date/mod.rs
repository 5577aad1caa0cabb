//! The day of publication, chosen among all days a page carries; no day rather than a doubtful one.
//!
//! Each candidate comes with a trust; days that independent witnesses name gain trust together. A day is never converted to another zone:
//! it is the day as the page writes it.

mod address;
mod cues;
mod machine;
mod months;
mod scan;
mod settle;
mod tokens;
mod witnesses;

pub(in crate::extract) use address::day as of_address;
pub(in crate::extract) use cues::{Role, role};
pub(in crate::extract) use machine::day as of_value;
pub(in crate::extract) use scan::{Found, Locale, days, days_of_any_age};

use super::harvest::Harvest;
use super::jsonld::Facts;
use super::{Anchor, Line};
use crate::article::{Page, Valued};
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
    /// The value is a time in UTC.
    utc: bool,
    /// A word or the name of its field says what day it is.
    told: bool,
    /// The day it is where day and month are swapped, which the writing allows.
    swapped: Option<Date>,
    /// Only the name of a class says that it is the day of a change.
    classed: bool,
}

impl Candidate {
    fn new(day: Date, role: Role, family: Family, evidence: impl Into<String>) -> Candidate {
        Candidate { day, role, trust: 0.0, family, evidence: evidence.into(), utc: false, told: false, swapped: None, classed: false }
    }
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
    pub(super) page: &'a Page,
    /// What stands in the element of the headline behind its words.
    pub(super) heading_tail: Option<&'a str>,
}

/// The days of publication and of the last change.
pub(super) fn choose(sources: &Sources<'_>) -> (Option<Valued<String>>, Option<Valued<String>>) {
    let mut all = witnesses::all(sources);
    settle::settle(&mut all);
    let mut published = best(&all, Role::Published).filter(|v| v.confidence >= THRESHOLD);
    if published.is_none() {
        all.extend(witnesses::told_line(sources));
        published = best(&all, Role::Published).filter(|v| v.confidence >= THRESHOLD);
    }
    published = published.or_else(|| settle::only_updated(&all));
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
