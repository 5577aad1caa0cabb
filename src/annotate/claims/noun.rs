//! Nouns that make a claim: `charges against B`, `A’s accusation that B did it`.

use super::clause::Clause;
use super::frame::Sides;
use super::lexicon::{Class, Form};
use super::party::{Entity, Side};
use super::report::fits_deed;
use super::scope::{about, agent, culprit, cyber_here, hostile, subject};
use crate::article::Stance;

/// `charges in May against B`, `indictment of B`, `sanctions on B`, `accusations that B did it`.
pub(super) fn against(c: &Clause<'_>, at: usize, head: usize, stance: Stance) -> Option<Sides> {
    let word = c.word(head);
    let of: &[&str] = match word {
        "indictment" | "indictments" | "conviction" | "extradition" | "prosecution" | "condemnation" | "denunciation" | "designation"
        | "expulsion" | "blacklisting" | "trial" | "arraignment" | "criticism" => &["of", "against"],
        "sanctions" | "sanction" | "restrictions" => &["on", "against", "upon"],
        "ban" => &["on", "against"],
        "attribution" => &["to"],
        "suspicion" | "suspicions" => &["of", "on"],
        _ => &["against", "at"],
    };
    let lifted = c.verb_before(at).and_then(|v| c.group(v)).is_some_and(|g| {
        g.negated || g.modal || matches!(g.verb.lemma, "drop" | "lift" | "ease" | "remove" | "dismiss" | "face" | "violate")
    });
    if lifted {
        return None;
    }
    let inner = c
        .rest(at + 1)
        .take(8)
        .take_while(|i| !c.group(*i).is_some_and(|g| g.finite) && !matches!(c.class(*i), Some(Class::Comma | Class::Sub | Class::Relative)))
        .find(|i| c.prep(*i, of));
    let accused = match inner {
        Some(prep) => c.all_right(c.led(prep)?, Side::Accused),
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
    Some(Sides { accusers: maker(c, at, head), accused, about: about(c, inner.map_or(at + 1, |i| i + 1)), ..Sides::default() })
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
