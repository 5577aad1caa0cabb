//! Nouns that make a claim: `charges against B`, `A’s accusation that B did it`.

use super::accuse::nation;
use super::clause::Clause;
use super::frame::Sides;
use super::lexicon::{Class, Form, Noun};
use super::party::{Entity, Side};
use super::report::fits_deed;
use super::scope::{about, agent, culprit, cyber_here, cyber_near, hostile, subject};
use super::words::NEGLECT;
use crate::article::{ActorKind, Stance};

/// `charges in May against B`, `indictment of B`, `sanctions on B`, `accusations that B did it`.
pub(super) fn against(c: &Clause<'_>, at: usize, head: usize, stance: Stance) -> Option<Sides> {
    let word = c.word(head);
    let of: &[&str] = match word {
        "arrest" | "arrests" | "indictment" | "indictments" | "conviction" | "extradition" | "prosecution" | "condemnation"
        | "denunciation" | "designation" | "expulsion" | "blacklisting" | "trial" | "arraignment" | "criticism" => &["of", "against"],
        "sanctions" | "sanction" | "restrictions" => &["on", "against", "upon"],
        "ban" => &["on", "against"],
        "attribution" => &["to"],
        "suspicion" | "suspicions" => &["of", "on"],
        _ => &["against", "at"],
    };
    // `B faces charges over it`
    if stance == Stance::Charges
        && let Some(verb) =
            c.verb_before(at).filter(|v| *v + 1 == at && c.group(*v).is_some_and(|g| g.verb.lemma == "face" && !g.negated && !g.modal))
    {
        let about = about(c, at + 1);
        let cyber = about.is_some_and(|a| hostile(c, a));
        let accused = subject(c, verb, Side::Accused);
        return cyber.then_some(Sides { accusers: Vec::new(), accused, about, ..Sides::default() });
    }
    let bounty = word.starts_with("arrest")
        && c.verb_before(at).and_then(|v| c.group(v)).is_some_and(|g| matches!(g.verb.lemma, "lead" | "offer" | "help" | "follow"));
    if bounty {
        return None;
    }
    let lifted = c.verb_before(at).and_then(|v| c.group(v)).is_some_and(|g| {
        g.negated
            || g.modal
            || matches!(g.verb.lemma, "drop" | "lift" | "ease" | "remove" | "dismiss" | "threaten" | "consider" | "face" | "violate")
    });
    if lifted {
        return None;
    }
    let inner = c
        .rest(at + 1)
        .take(8)
        .take_while(|i| !c.group(*i).is_some_and(|g| g.finite) && !matches!(c.class(*i), Some(Class::Comma | Class::Sub | Class::Relative)))
        .find(|i| c.prep(*i, of));
    // `the X indictments`
    let compound: Vec<Entity> = match c.chunk(at) {
        Some(chunk) if stance == Stance::Charges && word.starts_with("indictment") => (chunk.start..head)
            .filter_map(|u| c.units.get(u)?.mention)
            .map(Entity::Mention)
            .filter(|e| matches!(c.kind(*e), Some(ActorKind::ThreatGroup | ActorKind::Person)))
            .collect(),
        _ => Vec::new(),
    };
    let owner = || -> Option<Entity> {
        let chunk = c.chunk(at)?;
        let own = (chunk.start..head).find(|u| c.tags.get(*u).is_some_and(|t| t.class == Class::Own))?;
        let unit = c.units.get(own.checked_sub(1)?)?;
        let found = unit.mention.map(Entity::Mention).or(unit.name.then_some(Entity::Name(unit.span)))?;
        matches!(c.kind(found), Some(ActorKind::Person | ActorKind::ThreatGroup) | None).then_some(found)
    };
    let compound = if compound.is_empty() && matches!(word, "extradition" | "indictment" | "prosecution" | "conviction") && inner.is_none()
    {
        owner().into_iter().collect()
    } else {
        compound
    };
    let accused = match inner {
        _ if !compound.is_empty() => compound,
        Some(prep) => {
            let led = c.led(prep)?;
            let found = c.all_right(led, Side::Accused);
            if found.is_empty() && matches!(stance, Stance::Sanctions | Stance::Charges) { nation(c, led) } else { found }
        }
        None if stance == Stance::Accuses && matches!(c.class(c.next(at + 1)), Some(Class::Sub)) && c.is(c.next(at + 1), &["that"]) => {
            let verb = (at + 2..c.chunks.len()).find(|i| c.group(*i).is_some_and(|g| g.finite || g.verb.form == Form::Ed))?;
            let group = c.group(verb)?;
            let phrase = c.subject(verb).filter(|s| *s > at)?;
            let found = c.all_left(phrase, Side::Accused);
            found
                .into_iter()
                .filter(|e| {
                    !group.negated
                        && (fits_deed(c, *e, phrase, group, true)
                            || group.verb.lemma == "be" && culprit(c, *e) && c.prep(c.next(verb + 1), &["behind"]))
                })
                .collect()
        }
        // `the sanctions target B`
        None if stance == Stance::Sanctions => {
            let verb = c.next(at + 1);
            c.group(verb).filter(|g| matches!(g.verb.lemma, "target" | "hit" | "name" | "list" | "include" | "affect"))?;
            c.all_right(c.object(verb)?, Side::Accused)
        }
        None => return None,
    };
    if !cyber_here(c)
        && !about(c, at + 1).is_some_and(|a| hostile(c, a))
        && matches!(word, "ban" | "restrictions" | "case" | "trial" | "suit" | "complaint" | "criticism" | "expulsion")
    {
        return None;
    }
    let accused: Vec<Entity> = if word == "claim" || word == "claims" || word == "suspicion" || word == "attribution" {
        accused.into_iter().filter(|e| culprit(c, *e)).collect()
    } else {
        accused
    };
    // An arrest is told of whom it names for what they did.
    let crew = accused.iter().any(|e| c.kind(*e) == Some(ActorKind::ThreatGroup));
    let officer = maker(c, at, head).iter().any(|e| matches!(c.kind(*e), Some(ActorKind::State | ActorKind::Agency)));
    if word.starts_with("arrest") && !officer
        || word.starts_with("arrest") && !crew && !about(c, inner.map_or(at + 1, |i| i + 1)).is_some_and(|a| hostile(c, a))
    {
        return None;
    }
    let mut accusers = maker(c, at, head);
    accusers.retain(|m| !accused.iter().any(|a| c.same(*m, *a)));
    let people = inner.and_then(|p| c.led(p)).is_some_and(|l| {
        matches!(c.head_noun(l), Some(Noun::Band | Noun::Human | Noun::Office | Noun::Firm)) && c.head_class(l) != Some(Class::Actor)
    });
    // `sanctions on B` at large are no act of anybody's.
    let states = accused.iter().all(|e| c.kind(*e) == Some(ActorKind::State));
    let act = accusers.iter().any(|e| matches!(c.kind(*e), Some(ActorKind::State | ActorKind::Agency | ActorKind::Person)));
    if stance == Stance::Sanctions && states && !(act && (cyber_here(c) || people && cyber_near(c))) {
        return None;
    }
    let about = about(c, inner.map_or(at + 1, |i| i + 1));
    let careless = (stance == Stance::Charges || matches!(word, "lawsuit" | "suit" | "criticism"))
        && about.is_some_and(|a| c.units.iter().any(|u| u.span.start >= a.start && u.span.end <= a.end && NEGLECT.has(u.lower)));
    (!careless).then_some(Sides { accusers, accused, about, ..Sides::default() })
}

/// The one whose act a noun names: `A's accusations`, `A announced charges`, `accusations by A`, `US sanctions`.
pub(super) fn maker(c: &Clause<'_>, at: usize, head: usize) -> Vec<Entity> {
    let Some(chunk) = c.chunk(at) else { return Vec::new() };
    let inside = (chunk.start..head).rev().find_map(|u| {
        let unit = c.units.get(u)?;
        unit.mention.map(Entity::Mention).or(unit.name.then_some(Entity::Name(unit.span)))
    });
    if let Some(found) = inside {
        return vec![found];
    }
    if let Some(found) = agent(c, at + 1) {
        return found;
    }
    let verb = c.verb_before(at).filter(|v| c.group(*v).is_some_and(|g| !g.passive));
    let found = verb.map(|v| subject(c, v, Side::Speaker)).unwrap_or_default();
    if found.is_empty() { c.speaker(at) } else { found }
}
