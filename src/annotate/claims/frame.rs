//! Rules at work in one sentence: each trigger with its frame gives claims or nothing.

use super::accuse::{blame, deed, falls, named_as, object};
use super::attribute::to;
use super::chunk::{Group, Kind};
use super::clause::Clause;
use super::deny::deny;
use super::lexicon::Class;
use super::noun::against;
use super::party::Entity;
use super::report::{behind, from, headline, raised, said};
use super::rules::{Frame, RULES, Rule};
use super::scope::{hedged, withdrawn};
use super::settle::settle;
use super::sponsor::{backed, between, suspected};
use super::told::told;
use super::urge::{must, urge};
use super::victims::victims;
use super::words::WISHES;
use crate::article::{ActorKind, Span, Stance};
use foldhash::{HashMap, HashMapExt};
use std::sync::OnceLock;

/// A claim before its actors are written out.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub rule: &'static Rule,
    pub stance: Stance,
    pub accusers: Vec<Entity>,
    pub accused: Vec<Entity>,
    pub hedged: bool,
    pub about: Option<Span>,
    pub victims: Vec<Entity>,
}

/// Who says it, of whom, of what.
#[derive(Clone, Debug, Default)]
pub(super) struct Sides {
    pub accusers: Vec<Entity>,
    pub accused: Vec<Entity>,
    pub about: Option<Span>,
    /// Where it is another than the rule's.
    pub stance: Option<Stance>,
}

/// Rules by the first word of their triggers, each with the words that follow.
type Index = HashMap<&'static str, Vec<(&'static Rule, Vec<&'static str>)>>;

pub(super) fn by_lemma() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut out: HashMap<_, Vec<_>> = HashMap::new();
        for rule in RULES {
            for trigger in rule.triggers.split('|') {
                let mut words = trigger.split_whitespace();
                if let Some(first) = words.next() {
                    out.entry(first).or_default().push((rule, words.collect()));
                }
            }
        }
        out
    })
}

pub(super) fn say_rule() -> Option<&'static Rule> {
    RULES.iter().find(|r| r.frame == Frame::Say)
}

/// Everything the rules read in a sentence.
pub(super) fn readings(c: &Clause<'_>) -> Vec<Reading> {
    let mut out: Vec<Reading> = Vec::new();
    if c.units.last().is_some_and(|u| u.lower == "?") {
        return out;
    }
    for at in 0..c.chunks.len() {
        let Some(chunk) = c.chunk(at) else { break };
        match chunk.kind {
            Kind::Verb(group) => {
                let known = by_lemma().get(group.verb.lemma).map(Vec::as_slice).unwrap_or_default();
                let mut found = false;
                for (rule, more) in known {
                    let Some(end) = matches(c, at, more) else { continue };
                    if let Some(sides) = verb(c, rule, at, group, end) {
                        found |= push(c, rule, at, sides, &mut out);
                    }
                    if found {
                        break;
                    }
                }
                if let Some(rule) = say_rule()
                    && !found
                    && let Some(sides) = said(c, at, group)
                {
                    push(c, rule, at, sides, &mut out);
                }
            }
            Kind::Noun => {
                let Some(head) = c.head(at) else { continue };
                let known = by_lemma().get(c.word(head)).map(Vec::as_slice).unwrap_or_default();
                for (rule, more) in known {
                    let sides = match rule.frame {
                        Frame::Against if more.is_empty() => against(c, at, head, rule.stance),
                        Frame::Between => between(c, at, head),
                        _ => None,
                    };
                    if sides.is_some_and(|sides| push(c, rule, at, sides, &mut out)) {
                        break;
                    }
                }
                if let Some(sides) = headline(c, at)
                    && let Some(rule) = RULES.iter().find(|r| r.frame == Frame::Behind)
                {
                    push(c, rule, at, sides, &mut out);
                }
                if let Some(sides) = suspected(c, at)
                    && let Some(rule) = RULES.iter().find(|r| r.frame == Frame::Suspected)
                {
                    push(c, rule, at, sides, &mut out);
                }
            }
            _ => {}
        }
    }
    if out.is_empty()
        && let Some(sides) = told(c)
        && let Some(rule) = RULES.iter().find(|r| r.frame == Frame::Told)
    {
        push(c, rule, 0, sides, &mut out);
    }
    settle(c, out)
}

/// Where the words of a trigger end behind its verb: the piece that follows.
pub(super) fn matches(c: &Clause<'_>, at: usize, more: &[&str]) -> Option<usize> {
    let chunk = c.chunk(at)?;
    let mut unit = chunk.end;
    let mut wild = false;
    for word in more {
        if *word == "*" {
            wild = true;
            continue;
        }
        let reach = if wild { 12 } else { 4 };
        let found = (unit..unit + reach)
            .take_while(|u| {
                wild || c.word(*u) == *word || c.tags.get(*u).is_some_and(|t| matches!(t.class, Class::Det | Class::Adverb | Class::Word))
            })
            .find(|u| c.word(*u) == *word)?;
        unit = found + 1;
    }
    if wild || more.is_empty() {
        return Some(at + 1);
    }
    (at + 1..=c.chunks.len()).find(|i| c.chunk(*i).is_none_or(|k| k.start >= unit))
}

/// Adds a reading, unless nobody is left to accuse; tells whether it did.
pub(super) fn push(c: &Clause<'_>, rule: &'static Rule, at: usize, sides: Sides, out: &mut Vec<Reading>) -> bool {
    let Sides { accusers, accused, about, stance } = sides;
    if (accused.is_empty() && rule.stance != Stance::Denies) || withdrawn(c, at) {
        return false;
    }
    // A group is no accuser: whoever tells of it.
    let group = |e: &Entity| c.kind(*e) == Some(ActorKind::ThreatGroup);
    let accusers =
        if rule.stance != Stance::Denies && !accusers.is_empty() && accusers.iter().all(group) { c.speaker(at) } else { accusers };
    // Nobody accuses himself: the speaker was read wrongly.
    let accusers: Vec<Entity> = accusers.into_iter().filter(|e| *e != Entity::Nobody && !accused.iter().any(|a| c.same(*a, *e))).collect();
    let sides: Vec<Entity> = accusers.iter().chain(&accused).copied().collect();
    let victims = if rule.stance == Stance::Denies { Vec::new() } else { victims(c, &sides) };
    out.push(Reading { rule, stance: stance.unwrap_or(rule.stance), accusers, accused, hedged: hedged(c, at), about, victims });
    true
}

fn verb(c: &Clause<'_>, rule: &'static Rule, at: usize, group: Group, end: usize) -> Option<Sides> {
    // A duty or a wish is no act, but where the rule is about duties.
    let wished = group.infinitive
        && c.verb_before(at).and_then(|v| c.group(v)).is_some_and(|g| WISHES.has(g.verb.lemma))
        && matches!(rule.stance, Stance::Charges | Stance::Sanctions);
    let loose = matches!(rule.frame, Frame::To | Frame::Behind | Frame::Backed) && (rule.frame != Frame::To || group.passive);
    let stated = !group.negated && (!group.modal || loose) && !wished && (!group.must || group.passive && group.infinitive);
    match rule.frame {
        Frame::Must => must(c, at, group),
        Frame::Deny => deny(c, at, group, end),
        Frame::Urge => urge(c, at, group, end),
        _ if !stated || group.must => None,
        Frame::Object => object(c, rule, at, group, end),
        Frame::Deed => deed(c, rule, at, group, end),
        Frame::Blame => blame(c, at, group, end),
        Frame::Falls => falls(c, at, group),
        Frame::NamedAs => named_as(c, at, group, end),
        Frame::To => to(c, rule, at, group, end),
        Frame::Raised => raised(c, at, group),
        Frame::Behind => behind(c, at, group, end),
        Frame::From => from(c, at, end),
        Frame::Backed => backed(c, at, group, end),
        Frame::Against | Frame::Between | Frame::Say | Frame::Suspected | Frame::Told => None,
    }
}
