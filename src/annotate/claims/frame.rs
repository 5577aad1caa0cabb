//! Rules at work in one sentence: each trigger with its frame gives claims or nothing.

use super::phrase::{Entity, Phrases};
use super::rules::{Frame, RULES, Rule};
use super::sentence::Unit;
use super::words::{ACTS, BANDS, DEEDS, DENIED, HACKERS, HEDGES, HOSTILE, NEGATIONS, PUBLISHES};
use crate::article::{ActorKind, Stance};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A claim before its actors are written out.
#[derive(Debug)]
pub(super) struct Reading {
    pub rule: &'static Rule,
    pub stance: Stance,
    pub accusers: Vec<Entity>,
    pub accused: Vec<Entity>,
    pub hedged: bool,
    /// Units that tell of what: a range, empty where nothing does.
    pub about: std::ops::Range<usize>,
}

/// Everything the rules read in a sentence.
pub(super) fn readings(phrases: &Phrases<'_>) -> Vec<Reading> {
    let mut out: Vec<Reading> = Vec::new();
    for (at, unit) in phrases.units.iter().enumerate() {
        if unit.mention.is_some() || unit.name && !unit.lower.contains("called") {
            continue;
        }
        for rule in rules_of(&unit.lower) {
            let Some(length) = rule.forms.iter().find_map(|form| matches(phrases.units, at, form)) else { continue };
            if negated(phrases, at) && rule.frame != Frame::Deny {
                continue;
            }
            if let Some(reading) = read(rule, phrases, at, at + length) {
                out.push(reading);
                break;
            }
        }
    }
    settle(out)
}

/// The rules one of whose forms begins with a word, in order of the table. Most words begin none.
fn rules_of(word: &str) -> impl Iterator<Item = &'static Rule> {
    static FIRST_WORDS: OnceLock<HashMap<&str, Vec<&'static Rule>>> = OnceLock::new();
    let rules = FIRST_WORDS.get_or_init(|| {
        let mut rules: HashMap<&str, Vec<&'static Rule>> = HashMap::new();
        for rule in RULES {
            for word in rule.forms.iter().filter_map(|form| form.split(' ').next()) {
                let begun = rules.entry(word).or_default();
                if begun.last().is_none_or(|last| !std::ptr::eq(*last, rule)) {
                    begun.push(rule);
                }
            }
        }
        rules
    });
    rules.get(word).into_iter().flatten().copied()
}

/// How many units a form takes at a place, or `None`.
fn matches(units: &[Unit], at: usize, form: &str) -> Option<usize> {
    let mut length = 0;
    for word in form.split(' ') {
        let unit = units.get(at + length)?;
        if unit.mention.is_some() || unit.lower != word {
            return None;
        }
        length += 1;
    }
    Some(length)
}

fn negated(phrases: &Phrases<'_>, at: usize) -> bool {
    (at.saturating_sub(4)..at).any(|i| {
        phrases.is(i, NEGATIONS)
            || phrases.units.get(i).is_some_and(|u| u.mention.is_none() && (u.lower.ends_with("n't") || u.lower.ends_with("n’t")))
    })
}

fn hedged(phrases: &Phrases<'_>, at: usize) -> bool {
    let from = at.saturating_sub(6);
    (from..(at + 8).min(phrases.units.len())).any(|i| phrases.is(i, HEDGES))
}

fn read(rule: &'static Rule, p: &Phrases<'_>, at: usize, end: usize) -> Option<Reading> {
    let passive = p.passive(at);
    let (accusers, accused, about) = match rule.frame {
        Frame::Object => object(rule, p, at, end, passive)?,
        Frame::Blame => blame(p, at, end, passive)?,
        Frame::To => to(rule, p, at, end, passive)?,
        Frame::Against => against(p, at, end)?,
        Frame::Between => between(p, at, end)?,
        Frame::Done => done(p, at, end)?,
        Frame::Deny => deny(p, at, end, passive)?,
        Frame::Groundless => groundless(p, at, end)?,
        Frame::Urge => urge(p, at, end, passive)?,
        Frame::Say => say(p, at, end)?,
        Frame::Behind => behind(p, at)?,
        Frame::Backed => backed(p, at, end)?,
        Frame::Suspected => suspected(p, at, end)?,
    };
    if accused.is_empty() && rule.stance != Stance::Denies {
        return None;
    }
    // Nobody accuses himself: the speaker was read wrongly.
    let id = |e: &Entity| match e {
        Entity::Mention(m) => p.mentions.get(*m).map(|m| m.id.as_str()),
        Entity::Name(_) => None,
    };
    let own = |e: &Entity| accused.iter().any(|a| a == e || (id(a).is_some() && id(a) == id(e)));
    let accusers: Vec<Entity> = accusers.into_iter().filter(|e| !own(e)).collect();
    Some(Reading { rule, stance: rule.stance, accusers, accused, hedged: hedged(p, at), about })
}

type Sides = (Vec<Entity>, Vec<Entity>, std::ops::Range<usize>);

/// Whether somebody stands at once on the left as one who acts.
fn active(p: &Phrases<'_>, at: usize) -> bool {
    !p.subject(at).is_empty()
}

fn object(rule: &Rule, p: &Phrases<'_>, at: usize, end: usize, passive: bool) -> Option<Sides> {
    let form = p.units.get(at)?.lower.as_str();
    let about = about(p, end);
    let participle =
        form.ends_with("ed") || form.ends_with("ted") || form == "convicted" || form.contains("believed") || form.contains("thought");
    if passive || (participle && p.is(end, &["of", "by", "over", "in", "with"])) {
        // `B was accused by A`; a pronoun is the group of the sentence before.
        let accused = accused_subject(p, at);
        return Some((agent(p, end).unwrap_or_else(|| said_by(p, at)), accused, about));
    }
    if matches!(form, "charges" | "sanctions" | "suspects" | "links" | "ties") && !active(p, at) {
        return None;
    }
    let mut accusers = p.subject(at);
    if accusers.is_empty() && form.ends_with("ing") {
        accusers = p.opening(at);
    }
    if accusers.is_empty()
        && !form.ends_with("ing")
        && !p.is(
            at.wrapping_sub(1),
            &["he", "she", "it", "they", "we", "officials", "researchers", "firm", "authorities", "and", "that", "to"],
        )
    {
        return None;
    }
    let names = matches!(rule.stance, Stance::Charges | Stance::Sanctions);
    Some((accusers, p.object(end, names), about))
}

/// `by A` behind a participle.
fn agent(p: &Phrases<'_>, end: usize) -> Option<Vec<Entity>> {
    let by = (end..(end + 14).min(p.units.len()))
        .take_while(|i| !p.is(*i, &[".", ";", ",", "that", "which", "and"]))
        .find(|i| p.is(*i, &["by"]))?;
    let found = p.agents(by + 1);
    (!found.is_empty()).then_some(found)
}

fn accused_subject(p: &Phrases<'_>, at: usize) -> Vec<Entity> {
    let found = p.subject(at);
    if !found.is_empty() {
        return found;
    }
    let mut i = at;
    while i > 0 && at - i < 7 {
        i -= 1;
        if p.is(i, &["group", "gang", "it", "they", "crew", "actor", "operation", "collective"]) {
            return p.group_before();
        }
    }
    Vec::new()
}

fn blame(p: &Phrases<'_>, at: usize, end: usize, passive: bool) -> Option<Sides> {
    // `the blame` is a noun.
    if p.is(at.wrapping_sub(1), &["the", "of", "some"]) && p.is(at, &["blame"]) {
        return None;
    }
    let left = p.subject(at);
    if passive || (left.is_empty() && p.is(end, &["on", "for"])) {
        if p.is(end, &["on"]) {
            return Some((agent(p, end + 1).unwrap_or_else(|| said_by(p, at)), p.object(end + 1, false), end..end));
        }
        return Some((agent(p, end).unwrap_or_else(|| said_by(p, at)), accused_subject(p, at), about(p, end)));
    }
    let direct = p.object(end, false);
    let on = (end..(end + 20).min(p.units.len()))
        .take_while(|i| !p.is(*i, &[".", ";"]))
        .find(|i| p.is(*i, &["on"]) && !p.object(*i + 1, false).is_empty());
    // `blamed the attack on Norway on Russia` is rare: the last `on` that meets an actor within reach is not looked for.
    match on {
        Some(on) if !p.is(end, &["for"]) && direct_is_far(p, end, on) => Some((left, p.object(on + 1, false), end..on)),
        _ => Some((left, direct, about(p, end))),
    }
}

/// Whether what stands between a verb and `on` is a thing, not the blamed one: no `for` in between.
fn direct_is_far(p: &Phrases<'_>, end: usize, on: usize) -> bool {
    !(end..on).any(|i| p.is(i, &["for"]))
}

/// Before `links` and `ties` where they are nouns.
const NOUN_CUES: &[&str] =
    &["strong", "clear", "close", "closer", "its", "some", "their", "possible", "alleged", "the", "any", "registration", "a"];

fn to(rule: &Rule, p: &Phrases<'_>, at: usize, end: usize, passive: bool) -> Option<Sides> {
    let form = p.units.get(at)?.lower.as_str();
    let direct = p.is(end, &["to", "with", "back"]);
    let noun = matches!(form, "links" | "link" | "ties" | "tied" | "connections") && rule.stance == Stance::Links && !active(p, at);
    let to = if direct {
        end
    } else {
        (end..(end + 24).min(p.units.len()))
            .take_while(|i| !p.is(*i, &[".", ";"]))
            .find(|i| p.is(*i, &["to"]) && !p.object(*i + 1, false).is_empty())?
    };
    let to = if p.is(to, &["back"]) { to + 1 } else { to };
    let mut accused = p.object(to + 1, rule.stance == Stance::Accuses && p.is(at, &["attributed"]));
    if rule.stance == Stance::Links
        && ((noun && !passive && matches!(form, "links" | "ties")) || p.is(at.wrapping_sub(1), NOUN_CUES))
        && !accused.iter().any(|e| p.kind(*e) == Some(ActorKind::ThreatGroup))
    {
        return None;
    }
    if passive || (direct && !active_verb(p, at)) {
        let accusers = agent(p, to + 1).unwrap_or_else(|| said_by(p, at));
        if rule.stance == Stance::Links {
            // Both sides are named: `the group was linked to the GRU`.
            let left: Vec<Entity> = accused_subject(p, at).into_iter().filter(|e| p.kind(*e) == Some(ActorKind::ThreatGroup)).collect();
            if accused.is_empty() {
                return Some((accusers, left, end..end));
            }
            accused.splice(0..0, left);
        }
        return Some((accusers, accused, end..end));
    }
    if noun || p.is(at.wrapping_sub(1), NOUN_CUES) {
        return Some((said_by(p, at), accused, end..end));
    }
    let left = p.subject(at);
    if left.is_empty() && !form.ends_with("ing") && said_by(p, at).is_empty() {
        return None;
    }
    let left = if left.is_empty() { said_by(p, at) } else { left };
    Some((left, accused, end..to))
}

/// Whether the subject of a participle can be one who attributes: `Mandiant attributed to`, not `attacks attributed to`.
fn active_verb(p: &Phrases<'_>, at: usize) -> bool {
    p.subject(at).iter().any(|e| matches!(p.kind(*e), Some(ActorKind::Company | ActorKind::Agency | ActorKind::Person)))
}

/// The one whose act a noun names: `A announced charges against B`, `A's accusations against B`.
fn nominal_subject(p: &Phrases<'_>, at: usize) -> Vec<Entity> {
    for i in (at.saturating_sub(8)..at).rev() {
        if p.is(i, &["'s", "’s"]) && i > 0 {
            return p.subject(i);
        }
        if p.is(
            i,
            &[
                "announced",
                "unsealed",
                "announces",
                "imposed",
                "filed",
                "levied",
                "brought",
                "issued",
                "made",
                "renewed",
                "published",
                "placed",
                "leveled",
                "unveiled",
                "returned",
                "new",
                "announcing",
            ],
        ) {
            let found = p.subject(i);
            if !found.is_empty() {
                return found;
            }
        }
    }
    // The maker of the noun stands right before it: `US sanctions against`.
    match p.units.get(at.wrapping_sub(1)).and_then(|u| u.mention) {
        Some(m) => vec![Entity::Mention(m)],
        None => said_by(p, at),
    }
}

/// Who is said to say it, where a passive names no agent: the speaker of the sentence, before the trigger.
fn said_by(p: &Phrases<'_>, at: usize) -> Vec<Entity> {
    let Some(say) = RULES.iter().find(|r| r.frame == Frame::Say) else { return Vec::new() };
    for i in (0..at).rev() {
        if p.is(i, &["according"]) {
            return p.agents(i + 2);
        }
        if p.is(i, &["believed", "reported", "alleged"]) {
            continue;
        }
        if (p.is(i, PUBLISHES) || say.forms.iter().any(|f| p.is(i, &[f]))) && !p.passive(i) {
            let found = p.subject(i);
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

fn deny(p: &Phrases<'_>, at: usize, end: usize, passive: bool) -> Option<Sides> {
    let what = (end..end + 6).find(|i| p.is(*i, DENIED));
    if passive || what.is_none() || p.is(end, &["access", "entry", "service"]) {
        return None;
    }
    let deniers = p.subject(at);
    if deniers.is_empty() || deniers.iter().all(|e| matches!(e, Entity::Name(_))) {
        return None;
    }
    // Whom it answers: `denied Norway's accusation`, `denied claims by Norway`.
    let what = what?;
    let mut answered: Vec<Entity> = (end..what).filter_map(|i| p.units.get(i).and_then(|u| u.mention)).map(Entity::Mention).collect();
    if answered.is_empty() && p.is(what + 1, &["by", "from"]) {
        answered = p.object(what + 2, false);
    }
    Some((deniers, answered, end..end))
}

/// `A called B's accusation groundless`.
fn groundless(p: &Phrases<'_>, at: usize, end: usize) -> Option<Sides> {
    let says = (at.saturating_sub(6)..at)
        .any(|i| p.is(i, &["terming", "termed", "called", "calling", "calls", "branded", "labelled", "labeled", "dismissed", "as"]));
    let deniers: Vec<Entity> = p.opening(at).into_iter().filter(|e| p.is_culprit(*e)).collect();
    if !says || deniers.is_empty() {
        return None;
    }
    let accusation = (0..at).find(|i| *i > 1 && p.is(*i, DENIED) && p.is(i - 1, &["'s", "’s"]));
    let answered = accusation.and_then(|i| p.units.get(i - 2)).and_then(|u| u.mention).map(Entity::Mention);
    Some((deniers, answered.into_iter().collect(), end..end))
}

fn urge(p: &Phrases<'_>, at: usize, end: usize, passive: bool) -> Option<Sides> {
    if passive {
        return None;
    }
    let urged = p.object(end, false);
    let form = p.units.get(at)?.lower.as_str();
    let close = (end..end + 8).any(|i| p.is(i, &["to", "not", "over", "against"]));
    let hostile_side = urged.iter().any(|e| matches!(p.kind(*e), Some(ActorKind::State | ActorKind::ThreatGroup | ActorKind::Agency)));
    if !close || !hostile_side || (form == "warned" && !(end..end + 6).any(|i| p.is(i, &["against", "consequences"]))) {
        return None;
    }
    let accusers = p.subject(at);
    (!accusers.is_empty() || p.is(at.wrapping_sub(1), &["we"])).then_some((accusers, urged, end..end))
}

/// `A said [that] B breached it`: the accused acts in the clause said.
fn say(p: &Phrases<'_>, at: usize, end: usize) -> Option<Sides> {
    let according = p.is(at, &["according"]);
    let accusers = if according { p.agents(end) } else { p.subject(at) };
    if accusers.is_empty() {
        return None;
    }
    let range = if according && at > 3 { 0..at } else { end..(end + 22).min(p.units.len()) };
    let accused = actor_that_acts(p, range)?;
    if accusers.contains(&accused) {
        return None;
    }
    Some((accusers, vec![accused], end..end))
}

/// The first actor of a clause that may be held responsible and is the subject of a hostile verb.
fn actor_that_acts(p: &Phrases<'_>, range: std::ops::Range<usize>) -> Option<Entity> {
    for i in range {
        let Some(unit) = p.units.get(i) else { break };
        let Some(m) = unit.mention else { continue };
        let hostile = |from: usize| (from..from + 4).take_while(|j| !p.is(*j, &[",", ".", ";", "and"])).any(|j| p.is(j, HOSTILE));
        let found = p.mentions.get(m)?;
        match found.kind {
            ActorKind::ThreatGroup => {
                let mut next = i + 1;
                while p.is(next, HACKERS) || p.is(next, &["and", "or", "(", ")"]) || p.units.get(next).is_some_and(|u| u.mention.is_some())
                {
                    next += 1;
                }
                // `Hafnium, a group from there, exploited`
                let aside = if p.is(next, &[","]) { (next + 1..next + 16).find(|j| p.is(*j, &[","])) } else { None };
                let next = aside.map_or(next, |j| j + 1);
                let by = (i.saturating_sub(4)..i).rev().take_while(|j| !p.is(*j, &[",", ".", "of", "in", "and"])).any(|j| p.is(j, &["by"]));
                let acts = p
                    .units
                    .get(next)
                    .is_some_and(|u| u.mention.is_none() && !u.name && (u.is(ACTS) || (u.lower.len() > 4 && u.lower.ends_with("ed"))));
                if by || if aside.is_some() { deed(p, next) } else { hostile(next) || acts } {
                    return Some(Entity::Mention(m));
                }
            }
            ActorKind::State if !found.id.starts_with("region-") => {
                let bare = p.units.get(i + 1).is_some_and(|u| u.mention.is_none() && !p.is(i + 1, HACKERS));
                if bare && deed(p, i + 1) {
                    return Some(Entity::Mention(m));
                }
                let head = (i + 1..i + 7)
                    .take_while(|j| !p.is(*j, HOSTILE) && !p.is(*j, &[",", ".", "in", "of", "to"]))
                    .filter(|j| p.is(*j, HACKERS) && !p.is(*j, &["-", "government", "national", "company", "firm", "military"]))
                    .last();
                if head.is_some_and(|h| hostile(h + 1) || p.is(i.wrapping_sub(1), &["from", "by"])) {
                    return Some(Entity::Mention(m));
                }
            }
            ActorKind::Agency if deed(p, i + 1) => return Some(Entity::Mention(m)),
            _ => {}
        }
    }
    None
}

/// Whether the verb at a place is a deed.
fn deed(p: &Phrases<'_>, from: usize) -> bool {
    (from..from + 3)
        .take_while(|j| !p.is(*j, &[",", ".", ";", "and", "to", "by", "of", "in", "for", "-", "that", "which", "who", "–"]))
        .any(|j| p.is(j, DEEDS))
}

/// `B was behind it`, `B was responsible for it`.
fn behind(p: &Phrases<'_>, at: usize) -> Option<Sides> {
    if !p.passive(at) {
        return None;
    }
    let accused: Vec<Entity> = p.subject(at).into_iter().filter(|e| p.is_culprit(*e)).collect();
    Some((said_by(p, at), accused, about(p, at + 1)))
}

/// `charges in May against B`, `indictment of B`, `sanctions on B`.
fn against(p: &Phrases<'_>, at: usize, end: usize) -> Option<Sides> {
    let direct = p.is(end, &["of", "on"]) && !p.is(at, &["charges", "case", "accusation", "accusations", "allegations", "claims"]);
    let against = if direct { end } else { (end..end + 6).find(|i| p.is(*i, &["against"]))? };
    Some((nominal_subject(p, at), p.object(against + 1, true), end..end))
}

/// `ties between the ministry and the group`: one of the two is a band of hackers.
fn between(p: &Phrases<'_>, at: usize, end: usize) -> Option<Sides> {
    let accused = p.object(end, false);
    accused.iter().any(|e| p.kind(*e) == Some(ActorKind::ThreatGroup)).then(|| (said_by(p, at), accused, end..end))
}

/// `the attack was carried out by B`, where somebody says so: in an article's own voice it is a report, not a claim.
fn done(p: &Phrases<'_>, at: usize, end: usize) -> Option<Sides> {
    let accusers = said_by(p, at);
    let accused: Vec<Entity> = p
        .object(end, false)
        .into_iter()
        .filter(|e| !matches!(p.kind(*e), Some(ActorKind::Company | ActorKind::Person)) && !accusers.contains(e))
        .collect();
    (!accusers.is_empty() && !accused.is_empty()).then_some((accusers, accused, end..end))
}

/// `a group backed by B`, `hackers working for B`: the noun before is a band of hackers.
fn backed(p: &Phrases<'_>, at: usize, end: usize) -> Option<Sides> {
    let before = (at.saturating_sub(6)..at).any(|i| {
        p.is(i, BANDS)
            || p.units.get(i).and_then(|u| u.mention).is_some_and(|m| p.mentions.get(m).is_some_and(|m| m.kind == ActorKind::ThreatGroup))
    });
    let sponsors: Vec<Entity> = p.object(end, false).into_iter().filter(|e| p.is_culprit(*e)).collect();
    if !before || sponsors.is_empty() {
        return None;
    }
    // The group is the other end of the link.
    let groups = (at.saturating_sub(12)..at).rev().filter_map(|i| p.units.get(i).and_then(|u| u.mention));
    let group = groups.into_iter().find(|m| p.mentions.get(*m).is_some_and(|m| m.kind == ActorKind::ThreatGroup));
    let mut accused: Vec<Entity> = group.map(Entity::Mention).into_iter().collect();
    accused.extend(sponsors);
    Some((said_by(p, at), accused, end..end))
}

/// `suspected B hackers`, `alleged B spies`.
fn suspected(p: &Phrases<'_>, at: usize, end: usize) -> Option<Sides> {
    let m = (end..end + 2).find_map(|i| p.units.get(i).and_then(|u| u.mention).map(|m| (i, m)))?;
    let found = p.mentions.get(m.1)?;
    let fits = match found.kind {
        ActorKind::ThreatGroup => true,
        ActorKind::State => (m.0 + 1..m.0 + 7).take_while(|i| !p.is(*i, &[",", ".", "of", "in"])).any(|i| p.is(i, HACKERS)),
        _ => false,
    };
    (fits && !p.passive(at)).then(|| (said_by(p, at), vec![Entity::Mention(m.1)], end..end))
}

/// The words behind `of` or `for`: what somebody is accused of.
fn about(p: &Phrases<'_>, end: usize) -> std::ops::Range<usize> {
    let Some(of) = (end..(end + 10).min(p.units.len())).find(|i| p.is(*i, &["of", "for", "over"])) else { return end..end };
    let stop = (of + 1..p.units.len()).find(|i| p.is(*i, &[",", ".", ";", "”", "\"", "—", "–"])).unwrap_or(p.units.len());
    of + 1..stop.min(of + 16)
}

/// Drops what says again, more weakly, what another rule has read of the same accused.
fn settle(mut readings: Vec<Reading>) -> Vec<Reading> {
    let weak = |r: &Reading| matches!(r.rule.frame, Frame::Say | Frame::Suspected | Frame::Backed | Frame::Behind);
    let mut i = 0;
    while i < readings.len() {
        let again = readings.iter().enumerate().any(|(j, other)| {
            let Some(this) = readings.get(i) else { return false };
            if j != i
                && this.accusers.is_empty()
                && (weak(this) || this.stance == Stance::Links || (j < i && this.stance == other.stance))
                && !this.accused.is_empty()
                && this.accused.iter().all(|e| other.accused.contains(e))
            {
                return true;
            }
            j != i
                && other.accused == this.accused
                && ((weak(this) && !weak(other))
                    || (j < i && other.stance == this.stance && other.accusers == this.accusers)
                    || (weak(this) && weak(other) && j < i))
        });
        if again {
            readings.remove(i);
        } else {
            i += 1;
        }
    }
    readings
}
