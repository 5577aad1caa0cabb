//! Verbs that accuse: `A accused B`, `A condemned the attack by B`, `A blamed it on B`.

use super::chunk::Group;
use super::clause::Clause;
use super::frame::Sides;
use super::lexicon::{Class, Form};
use super::party::{Entity, Side};
use super::rules::{Frame, Rule};
use super::scope::{about, accuser, agent, at_length, culprit, cyber_here, hostile, passive, subject};
use super::words::DEEDS;
use crate::article::{ActorKind, Stance};

pub(super) fn object(c: &Clause<'_>, rule: &Rule, at: usize, group: Group, end: usize) -> Option<Sides> {
    let about = about(c, end);
    let other =
        matches!(group.verb.lemma, "ban" | "expel" | "arrest" | "sue" | "prosecute" | "offer" | "extradite" | "sentence" | "convict")
            || rule.frame == Frame::Deed;
    let strict = matches!(group.verb.lemma, "ban" | "expel" | "criticize" | "criticise" | "slam" | "blast" | "chide" | "rebuke");
    if about.map_or(strict || other && !cyber_here(c), |a| !hostile(c, at_length(c, a))) {
        return None;
    }
    if passive(c, at, group, end) {
        let mut accused = subject(c, at, Side::Accused);
        if accused.is_empty() && rule.stance == Stance::Charges {
            accused = gang(c, end);
        }
        return Some(Sides { accusers: agent(c, end).unwrap_or_else(|| c.speaker(at)), accused, about, ..Sides::default() });
    }
    let object = c.object(end.checked_sub(1)?)?;
    let mut accused = c.all_right(object, Side::Accused);
    if accused.is_empty() && rule.stance == Stance::Charges {
        // `charged six men with crimes linked to the gang`, `six men alleged to be part of it`
        accused = gang(c, object + 1);
    }
    let penal = matches!(rule.stance, Stance::Charges | Stance::Sanctions);
    let accused: Vec<Entity> =
        accused.into_iter().filter(|e| penal || !matches!(e, Entity::Name(_)) || c.head_class(object) == Some(Class::Name)).collect();
    let accusers = accuser(c, at);
    // `pointing the finger at them helps nobody`
    if accusers.is_empty() && group.verb.form == Form::Ing {
        return None;
    }
    Some(Sides { accusers, accused, about, ..Sides::default() })
}

/// The first group named from a piece on.
pub(super) fn gang(c: &Clause<'_>, from: usize) -> Vec<Entity> {
    let group =
        |i: usize| c.nominal(i).then(|| c.who(i, Side::Accused).into_iter().find(|e| c.kind(*e) == Some(ActorKind::ThreatGroup))).flatten();
    c.rest(from).find_map(group).into_iter().collect()
}

/// Who did the deed that a stretch of pieces names: `the attack by B`, `B's hacking`, `Chinese cyberattacks`.
pub(super) fn doer(c: &Clause<'_>, range: std::ops::Range<usize>) -> Vec<Entity> {
    let by = range
        .clone()
        .find(|i| c.prep(*i, &["by", "from"]) && c.led(*i).is_some_and(|l| c.who(l, Side::Accused).iter().any(|e| culprit(c, *e))));
    let named = range.clone().any(|i| c.nominal(i) && DEEDS.has(c.head_word(i)));
    if let Some(led) = by.and_then(|b| c.led(b)).filter(|_| named) {
        return c.all_right(led, Side::Accused);
    }
    for i in range {
        if !c.nominal(i) || !DEEDS.has(c.head_word(i)) {
            continue;
        }
        let Some(chunk) = c.chunk(i) else { continue };
        // `China's “reckless behaviour”`
        let own_of = |j: usize| {
            let k = c.chunk(j)?;
            let own = (k.start..k.end).find(|u| c.tags.get(*u).is_some_and(|t| t.class == Class::Own))?;
            c.units.get(own.checked_sub(1)?)?.mention.map(Entity::Mention).filter(|e| culprit(c, *e))
        };
        let owner = (i.saturating_sub(6)..i)
            .rev()
            .take_while(|j| c.nominal(*j) || matches!(c.class(*j), Some(Class::Quote | Class::And | Class::Comma | Class::Adverb)))
            .find_map(own_of);
        if let Some(found) = owner {
            return vec![found];
        }
        let inside = (chunk.start..chunk.end).rev().filter_map(|u| c.units.get(u)?.mention).map(Entity::Mention).find(|e| culprit(c, *e));
        if let Some(found) = inside {
            return vec![found];
        }
    }
    Vec::new()
}

pub(super) fn deed(c: &Clause<'_>, rule: &Rule, at: usize, group: Group, end: usize) -> Option<Sides> {
    let first = c.next(end);
    let stop = c
        .rest(first)
        .find(|i| matches!(c.class(*i), Some(Class::Sub | Class::Relative)) || c.group(*i).is_some_and(|g| g.finite))
        .unwrap_or(c.rest(first).end);
    if passive(c, at, group, end) {
        // `B was condemned by A for it`; what is exposed is no accused.
        if rule.name == "expose" {
            return None;
        }
        return object(c, rule, at, group, end);
    }
    if rule.name != "expose"
        && let Some(sides) = object(c, rule, at, group, end).filter(|s| s.accused.iter().any(|e| c.kind(*e) != Some(ActorKind::Company)))
    {
        return Some(sides);
    }
    let accusers = accuser(c, at);
    let accused = doer(c, first..stop);
    (!accusers.is_empty()).then_some(Sides { accusers, accused, about: c.words(first..stop), ..Sides::default() })
}

pub(super) fn blame(c: &Clause<'_>, at: usize, group: Group, end: usize) -> Option<Sides> {
    let on = |from: usize| {
        c.rest(from)
            .take_while(|i| !c.group(*i).is_some_and(|g| g.finite) && !c.prep(*i, &["for"]))
            .find(|i| c.prep(*i, &["on"]) && c.led(*i).is_some_and(|l| !c.who(l, Side::Accused).is_empty()))
    };
    let next = c.next(end);
    let mut sides = if passive(c, at, group, end) {
        if c.prep(next, &["on", "upon"]) {
            let accused = c.led(next).map(|l| c.all_right(l, Side::Accused)).unwrap_or_default();
            let thing = c.subject(at).and_then(|s| c.words(s..s + 1));
            Sides { accusers: agent(c, next + 1).unwrap_or_else(|| c.speaker(at)), accused, about: thing, ..Sides::default() }
        } else {
            Sides {
                accusers: agent(c, end).unwrap_or_else(|| c.speaker(at)),
                accused: subject(c, at, Side::Accused),
                about: about(c, end),
                ..Sides::default()
            }
        }
    } else {
        let accusers = accuser(c, at);
        match on(end) {
            Some(on) => Sides { accusers, accused: c.all_right(c.led(on)?, Side::Accused), about: c.words(end..on), ..Sides::default() },
            None => Sides { accusers, accused: c.all_right(c.object(end - 1)?, Side::Accused), about: about(c, end), ..Sides::default() },
        }
    };
    // A firm is blamed for carelessness more often than for an attack.
    sides.accused.retain(|e| !matches!(c.kind(*e), Some(ActorKind::Company) | None) || matches!(e, Entity::Name(_)) && group.passive);
    Some(sides)
}
