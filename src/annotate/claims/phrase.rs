//! Noun phrases around a verb: who stands on its left, whom it meets on its right.

use super::bounds::{LEADS, LEFT_BOUNDS, PRONOUNS, RIGHT_BOUNDS};
use super::sentence::Unit;
use super::words::{BANDS, BE, BETWEEN, CROWDS, HACKERS, PARTS, ROLES};
use crate::article::{ActorKind, Mention, Span};

/// One side of a claim: an actor found, or a name no table knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entity {
    Mention(usize),
    Name(Span),
}

/// A sentence and what stands before it.
pub(super) struct Phrases<'a> {
    pub units: &'a [Unit],
    pub mentions: &'a [Mention],
    /// Mentions of the sentence before, in order.
    pub before: std::ops::Range<usize>,
}

/// Units a subject may span, parentheses included.
const REACH: usize = 24;
/// Actors one side may name.
const SIDES: usize = 8;

impl Phrases<'_> {
    pub(super) fn kind(&self, entity: Entity) -> Option<ActorKind> {
        match entity {
            Entity::Mention(i) => self.mentions.get(i).map(|m| m.kind),
            Entity::Name(_) => None,
        }
    }

    fn unit(&self, at: usize) -> Option<&Unit> {
        self.units.get(at)
    }

    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        self.unit(at).is_some_and(|u| u.is(words))
    }

    /// Whether a participle stands in the passive.
    pub(super) fn passive(&self, at: usize) -> bool {
        for i in (at.saturating_sub(4)..at).rev() {
            if self.is(i, BE) {
                return true;
            }
            if !self.between(i) {
                return false;
            }
        }
        false
    }

    fn between(&self, at: usize) -> bool {
        self.is(at, BETWEEN) || self.unit(at).is_some_and(|u| u.mention.is_none() && !u.name && u.lower.ends_with("ly"))
    }

    /// Who stands before a verb, or `None` where nobody identifiable does.
    pub(super) fn subject(&self, verb: usize) -> Vec<Entity> {
        let mut at = verb;
        while at > 0 && verb - at < 8 {
            if self.between(at - 1) {
                at -= 1;
            } else if at > 3 && self.is(at - 1, &["past"]) && self.is(at - 3, &["in"]) {
                at -= 3;
            } else {
                break;
            }
        }
        let Some(mut at) = at.checked_sub(1) else { return Vec::new() };
        if self.is(at, &["and", "but", "&"]) {
            return self.opening(at);
        }
        if self.is(at, &[",", ")", "–", "—", "-"]) {
            let relative = self.is(at + 1, PRONOUNS);
            let open: &[&str] = if self.is(at, &[")"]) { &["("] } else { &[",", "–", "—", "-"] };
            let found = (at.saturating_sub(REACH)..at).rev().find(|i| self.is(*i, open));
            match found {
                Some(open) if open > 0 && !relative => at = open - 1,
                _ if at > 0 => at -= 1,
                _ => return Vec::new(),
            }
        }
        let relative = self.is(at, &["which", "who", "that"]);
        if relative {
            at = match at.checked_sub(1) {
                Some(i) if self.is(i, &[",", "–", "—"]) => i.saturating_sub(1),
                Some(i) => i,
                None => return Vec::new(),
            };
        }
        if relative {
            // `X, a firm that …`: what holds of the firm holds of X.
            let article = (at.saturating_sub(7)..at).rev().take_while(|i| !self.is(*i, &[".", ";"])).find(|i| self.is(*i, &["a", "an"]));
            if let Some(comma) = article.and_then(|i| i.checked_sub(1)).filter(|i| *i > 0 && self.is(*i, &[","])) {
                at = comma - 1;
            }
        }
        if self.is(at, PRONOUNS) {
            return self.resolve(&self.units[at].lower, at);
        }
        if self.is(at, &["to"]) {
            return self.opening(at);
        }
        self.left(at, 0, relative)
    }

    /// The phrase whose last unit is `at`.
    fn left(&self, at: usize, depth: usize, relative: bool) -> Vec<Entity> {
        let Some(head) = self.unit(at) else { return Vec::new() };
        let mut found = None;
        let mut bound = None;
        for i in (at.saturating_sub(REACH)..=at).rev() {
            let Some(unit) = self.unit(i) else { break };
            let mark = unit.mention.is_none()
                && !unit.lower.starts_with(char::is_alphanumeric)
                && !matches!(unit.lower.as_str(), "'s" | "’s" | "-" | "(" | ")");
            if unit.is(LEFT_BOUNDS) || mark {
                bound = Some(i);
                break;
            }
            if found.is_none() {
                found = match (unit.mention, unit.name) {
                    (Some(m), _) => Some(Entity::Mention(m)),
                    (None, true) => Some(Entity::Name(unit.span)),
                    _ => None,
                };
            }
        }
        let acts = head.mention.is_some()
            || head.name
            || head.is(ROLES)
            || head.is(CROWDS)
            || head.is(HACKERS)
            || head.is(&[")", "others", "partners"]);
        if !acts {
            return Vec::new();
        }
        let mut out: Vec<Entity> = found.into_iter().collect();
        if self.is(at, &["others", "allies", "partners"]) && out.is_empty() {
            // `the US and its allies`: those who are named count.
            return match bound {
                Some(b) if b > 0 && self.is(b, &["and", "&"]) => self.left(b - 1, depth + 1, false),
                _ => out,
            };
        }
        if out.is_empty() && (at.saturating_sub(4)..at).any(|i| self.is(i, &["country"])) && head.is(CROWDS) {
            out = self.resolve("country", at);
        }
        if out.is_empty() && head.is(CROWDS) {
            // `researchers`, `other security firms`: speakers without a name, told by what they are.
            let mut from = at;
            while from > 0
                && at - from < 3
                && bound.is_none_or(|b| from - 1 > b)
                && !self.is(from - 1, &["the", "that", "some", "other", "several", "many"])
            {
                from -= 1;
            }
            let start = self.unit(from).map_or(head.span.start, |u| u.span.start);
            out.push(Entity::Name(Span::new(start, head.span.end)));
        }
        match bound {
            Some(b) if b > 0 && self.is(b, &["of", "in", "from", "at", "for", "with"]) => {
                let owner = b - 1;
                if self.is(owner, ROLES) || self.is(owner, HACKERS) || self.is(owner, CROWDS) {
                    // `officials in Norway` speak for Norway, `the embassy of China in Norway` does not.
                    let left = self.left(owner, depth + 1, false);
                    return if left.iter().any(|e| matches!(e, Entity::Mention(_))) || out.is_empty() { left } else { out };
                }
                if self.unit(owner).is_some_and(|u| u.mention.is_some() || u.name) {
                    return self.left(owner, depth + 1, false);
                }
                return if relative || self.is(owner, PARTS) { out } else { Vec::new() };
            }
            Some(b) if b > 0 && depth < SIDES && !out.is_empty() => {
                let joined = self.is(b, &["and", "&", "or"]) || (depth > 0 && self.is(b, &[","]));
                if joined {
                    let next = if self.is(b - 1, &[","]) { b.saturating_sub(2) } else { b - 1 };
                    let mut left = self.left(next, depth + 1, false);
                    left.append(&mut out);
                    out = left;
                }
            }
            _ => {}
        }
        if out.is_empty() && depth == 0 && head.is(ROLES) {
            return self.resolve(&head.lower, at);
        }
        out
    }

    /// The first actor of the sentence that no preposition leads to: the subject of verbs joined by `and`.
    pub(super) fn opening(&self, until: usize) -> Vec<Entity> {
        for i in 0..until {
            let Some(unit) = self.unit(i) else { break };
            if i == 0 && unit.is(PRONOUNS) {
                return self.resolve(&unit.lower, i);
            }
            let led = i > 0
                && (self.is(i - 1, &["in", "on", "of", "from", "at", "for", "by", "after", "with"])
                    || (self.is(i - 1, &["the"]) && i > 1 && self.is(i - 2, LEADS)));
            if unit.is(CROWDS) && !led {
                return self.left(i, 0, false);
            }
            if !led && (unit.mention.is_some() || unit.name) {
                let mut end = i;
                while self.unit(end + 1).is_some_and(|u| u.mention.is_some() || u.name || u.is(ROLES) || u.is(HACKERS)) {
                    end += 1;
                }
                return self.left(end, 0, false);
            }
        }
        Vec::new()
    }

    /// What a pronoun or a bare role stands for: the first fitting actor of the sentence before.
    fn resolve(&self, word: &str, at: usize) -> Vec<Entity> {
        let fits = |kind: ActorKind| match word {
            "he" | "she" | "i" => kind == ActorKind::Person,
            "company" | "firm" | "giant" | "vendor" | "team" | "lab" | "labs" | "report" | "blog" | "post" => kind == ActorKind::Company,
            "agency" | "department" | "ministry" | "agencies" | "advisory" => kind == ActorKind::Agency,
            "country" | "nation" | "state" => kind == ActorKind::State,
            "government" => matches!(kind, ActorKind::State | ActorKind::Agency),
            "it" | "they" | "we" => matches!(kind, ActorKind::Company | ActorKind::Agency | ActorKind::State),
            _ => false,
        };
        // In the sentence itself: the last state for `the country`, the first speaker for a pronoun behind a comma.
        let here = |i: usize| self.unit(i).and_then(|u| u.mention).filter(|m| self.mentions.get(*m).is_some_and(|m| fits(m.kind)));
        let near = match word {
            "country" | "nation" => (0..at).rev().find_map(here),
            "it" | "they" => {
                let crowd = (0..at)
                    .find(|i| self.is(*i, &["researchers", "experts", "analysts"]))
                    .and_then(|i| self.unit(i))
                    .map(|u| Entity::Name(u.span));
                if let (Some(crowd), "they") = (crowd, word) {
                    return vec![crowd];
                }
                (0..at).find_map(|i| here(i).filter(|m| self.mentions.get(*m).is_some_and(|m| m.kind == ActorKind::Company)))
            }
            _ => None,
        };
        if let Some(m) = near {
            return vec![Entity::Mention(m)];
        }
        self.before.clone().find(|i| self.mentions.get(*i).is_some_and(|m| fits(m.kind))).map(Entity::Mention).into_iter().collect()
    }

    /// The threat group of the sentence before, where it names just one.
    pub(super) fn group_before(&self) -> Vec<Entity> {
        let mut ids: Vec<&str> = Vec::new();
        let mut found = None;
        for i in self.before.clone() {
            if let Some(m) = self.mentions.get(i).filter(|m| m.kind == ActorKind::ThreatGroup) {
                if !ids.contains(&m.id.as_str()) {
                    ids.push(&m.id);
                }
                found = found.or(Some(i));
            }
        }
        if ids.len() == 1 { found.map(Entity::Mention).into_iter().collect() } else { Vec::new() }
    }

    /// Whom a verb or preposition meets: the actors of the phrase that begins at `from`. Names that no table knows count where `names` says so.
    pub(super) fn object(&self, from: usize, names: bool) -> Vec<Entity> {
        let mut out: Vec<Entity> = Vec::new();
        let mut fresh = true;
        let mut at = from;
        let end = self.units.len().min(from + REACH);
        while at < end {
            let Some(unit) = self.unit(at) else { break };
            if let Some(m) = unit.mention {
                if let Some(entity) = self.accusable(m, at) {
                    let specific = !matches!(self.kind(entity), Some(ActorKind::State));
                    let last_state = out.last().is_some_and(|e| matches!(self.kind(*e), Some(ActorKind::State)));
                    if !fresh && last_state && specific {
                        out.pop();
                        out.push(entity);
                    } else if fresh || out.is_empty() {
                        out.push(entity);
                    }
                    fresh = false;
                }
            } else if unit.name && (names || self.is_band(at)) && (fresh || out.is_empty()) {
                out.push(Entity::Name(unit.span));
                fresh = false;
            } else if unit.is(&[","]) {
                // A comma joins only on the way to an `and`.
                let follows = self.unit(at + 1).or(self.unit(at + 2)).is_some() && self.actor_follows(at + 1, names);
                let goes_on = (at + 2..at + 8).any(|i| self.is(i, &["and", "or"]));
                let apposed = (at + 1..at + 3).any(|i| self.is(i, &["dubbed", "called", "as"]));
                if out.is_empty() || !((follows && goes_on) || apposed) {
                    break;
                }
                fresh = true;
            } else if unit.is(&["and", "or", "&", "as"]) {
                if out.is_empty() {
                    if !unit.is(&["and", "as"]) {
                        break;
                    }
                } else if self.actor_follows(at + 1, names) && out.len() < SIDES {
                    fresh = true;
                } else {
                    break;
                }
            } else if unit.is(RIGHT_BOUNDS) || unit.is(&[";", ":", ".", "”", "\"", "“", "—", "–", "?"]) {
                if !(out.is_empty() && unit.is(LEADS)) || at > from + 12 {
                    break;
                }
            } else if unit.is(&["of", "in", "from", "inside"]) && !out.is_empty() {
                break;
            } else if unit.is(&["("]) {
                at = (at..end).find(|i| self.is(*i, &[")"])).unwrap_or(end);
            }
            at += 1;
        }
        out
    }

    /// Whether an entity may be held responsible for what a band of hackers does.
    pub(super) fn is_culprit(&self, entity: Entity) -> bool {
        match entity {
            Entity::Name(span) => self.units.iter().position(|u| u.span.end == span.end).is_some_and(|at| self.is_band(at)),
            mention => matches!(self.kind(mention), Some(ActorKind::State | ActorKind::ThreatGroup | ActorKind::Agency)),
        }
    }

    /// Whether the words behind a name make it a band of hackers: `the Nightjar ransomware gang`.
    fn is_band(&self, at: usize) -> bool {
        (at + 1..at + 4).take_while(|i| !self.is(*i, RIGHT_BOUNDS) && !self.is(*i, &[",", ".", "and", "of"])).any(|i| self.is(i, BANDS))
    }

    /// Those behind `by` or `according to`: whoever they are.
    pub(super) fn agents(&self, from: usize) -> Vec<Entity> {
        let mut out = Vec::new();
        let mut crowd = None;
        for i in from..(from + 14).min(self.units.len()) {
            let Some(unit) = self.unit(i) else { break };
            let next_joined = |i: usize| self.is(i, &["and", ",", "&"]);
            match (unit.mention, unit.name) {
                (Some(m), _) => out.push(Entity::Mention(m)),
                (None, true) => out.push(Entity::Name(unit.span)),
                _ if unit.is(CROWDS) && out.is_empty() => crowd = crowd.or(Some(Entity::Name(unit.span))),
                _ if unit.is(ROLES) && out.is_empty() && crowd.is_none() && i < from + 3 => out.extend(self.resolve(&unit.lower, i)),
                _ if next_joined(i)
                    && !out.is_empty()
                    && (i + 1..i + 4).any(|j| self.unit(j).is_some_and(|u| u.mention.is_some() || u.name)) => {}
                _ if unit.is(RIGHT_BOUNDS) || unit.is(&[",", ".", ";", "in", "of", "and", "(", "“", "\""]) => break,
                _ => {}
            }
        }
        if out.is_empty() { crowd.into_iter().collect() } else { out }
    }

    /// Whether an actor stands within a few units: what `and` joins.
    fn actor_follows(&self, from: usize, names: bool) -> bool {
        for i in from..from + 4 {
            let Some(unit) = self.unit(i) else { return false };
            if unit.mention.is_some_and(|m| self.accusable(m, i).is_some()) || (unit.name && names) {
                return true;
            }
            if unit.is(RIGHT_BOUNDS) || unit.is(&["of", "in", "from", ",", ".", "("]) {
                return false;
            }
        }
        false
    }

    /// An actor that can be held responsible: no region; a nation's adjective only before its hackers.
    pub(super) fn accusable(&self, mention: usize, at: usize) -> Option<Entity> {
        let found = self.mentions.get(mention)?;
        if found.id.starts_with("region-") {
            return None;
        }
        if found.kind == ActorKind::State {
            let next = self.unit(at + 1);
            let bare = next.is_none_or(|u| {
                !u.lower.starts_with(char::is_alphanumeric)
                    || u.mention.is_some()
                    || u.is(RIGHT_BOUNDS)
                    || u.is(&["of", "in", "and", "or", "from"])
            });
            let hackers =
                (at + 1..at + 6).take_while(|i| !self.is(*i, RIGHT_BOUNDS) && !self.is(*i, &[",", "."])).any(|i| self.is(i, HACKERS));
            let named = (at + 1..at + 5)
                .any(|i| self.is(i, &["called", "dubbed", "named", "known"]) || self.unit(i).is_some_and(|u| u.mention.is_some()));
            return (bare || hackers || named).then_some(Entity::Mention(mention));
        }
        Some(Entity::Mention(mention))
    }
}
