//! The voice of a verb and the scope it stands in: who does it, to whom, whether it is said to be so.

use super::chunk::{Group, Kind};
use super::clause::Clause;
use super::lexicon::{Class, Form, Noun, Sense};
use super::party::{Entity, Side};
use super::words::{DEEDS, HEDGES, UNWILLING};
use crate::article::{ActorKind, Span};

/// Verbs behind which nothing is said to be so.
const DENYING: &[&str] = &["deny", "reject", "dismiss", "refute", "dispute", "rebut", "doubt"];

/// Whether what a piece says is not said to be so: a condition, a refusal, an absence.
pub(super) fn withdrawn(c: &Clause<'_>, at: usize) -> bool {
    let mut seen = 0;
    for i in (0..at).rev() {
        match c.chunk(i).map(|k| k.kind) {
            Some(Kind::Other(Class::Stop | Class::But | Class::Relative)) => return false,
            Some(Kind::Other(Class::Sub)) => {
                if c.is(i, &["if", "whether", "unless"]) {
                    return true;
                }
                // `no evidence that`, `nothing suggests that`, `denied that`, `the accusation that`
                let governed = i
                    .checked_sub(1)
                    .filter(|n| c.group(*n).is_some_and(|g| g.infinitive))
                    .and_then(|n| c.verb_before(n))
                    .and_then(|v| c.group(v))
                    .is_some_and(|g| g.negated || g.verb.lemma == "decline" || g.verb.lemma == "refuse");
                if governed {
                    return true;
                }
                return i.checked_sub(1).is_some_and(|n| {
                    c.group(n).is_some_and(|g| DENYING.contains(&g.verb.lemma))
                        || matches!(
                            c.head_word(n),
                            "accusation" | "accusations" | "allegation" | "allegations" | "suggestion" | "suggestions"
                        )
                        || c.head_word(n) != "matter"
                            && c.chunk(n)
                                .is_some_and(|k| (k.start..k.end).any(|u| matches!(c.word(u), "no" | "little" | "any" | "nothing")))
                        || c.group(n).is_some_and(|g| g.negated)
                });
            }
            Some(Kind::Verb(group)) => {
                seen += 1;
                // `denied it was behind it`
                let inner = (i + 1..at).all(|j| !matches!(c.class(j), Some(Class::Comma | Class::And)));
                if seen == 1 && inner && DENYING.contains(&group.verb.lemma) && !group.negated {
                    return true;
                }
                let links = (i + 1..at).all(|j| !c.nominal(j))
                    || group.negated && (UNWILLING.has(group.verb.lemma) || c.group(at).is_some_and(|g| g.verb.form == Form::Ing));
                if seen == 1
                    && links
                    && (group.negated || group.modal || UNWILLING.has(group.verb.lemma))
                    && c.group(at).is_some_and(|g| !g.finite)
                {
                    return true;
                }
                if seen > 1 {
                    return false;
                }
            }
            Some(Kind::Other(Class::Prep)) if i + 1 == at && c.is(i, &["without"]) => return true,
            Some(Kind::Noun) if c.chunk(i).is_some_and(|k| (k.start..k.end).any(|u| c.word(u) == "short")) && at - i < 4 => return true,
            _ => {}
        }
    }
    false
}

pub(super) fn hedged(c: &Clause<'_>, at: usize) -> bool {
    let Some(chunk) = c.chunk(at) else { return false };
    if c.group(at).is_some_and(|g| g.modal) || c.verb_before(at).filter(|_| c.nominal(at)).and_then(|v| c.group(v)).is_some_and(|g| g.modal)
    {
        return true;
    }
    (chunk.start.saturating_sub(7)..(chunk.end + 7).min(c.units.len())).any(|u| HEDGES.has(c.word(u)))
}

/// Whether a group is in the passive, or a participle that tells of the noun before it.
pub(super) fn passive(c: &Clause<'_>, at: usize, group: Group, end: usize) -> bool {
    if group.passive {
        return true;
    }
    if !matches!(group.verb.form, Form::Ed | Form::Participle) || group.finite {
        return false;
    }
    let next = c.next(end);
    let object = c.nominal(next);
    // `servers that officials blamed on B`: the object stands before.
    if relative(c, at) && !subject(c, at, Side::Speaker).is_empty() && !c.prep(next, &["by"]) {
        return false;
    }
    !object && (c.prep(next, &["of", "by", "on", "to", "over", "with", "for", "in", "as"]) || c.class(next) == Some(Class::Comma))
}

/// Whether the subject of a verb stands behind a relative pronoun that is its object.
pub(super) fn relative(c: &Clause<'_>, at: usize) -> bool {
    c.subject(at).and_then(|s| first_of(c, s).checked_sub(1)).is_some_and(|b| c.class(b) == Some(Class::Relative) || c.is(b, &["that"]))
}

/// The object of a relative clause: `the group, which officials linked to it`; of `X, a group that they linked`, X.
pub(super) fn object_before(c: &Clause<'_>, at: usize) -> Option<usize> {
    let pronoun = first_of(c, c.subject(at)?).checked_sub(1)?;
    if !relative(c, at) {
        return None;
    }
    let noun = (0..pronoun).rev().find(|i| c.nominal(*i)).filter(|i| pronoun - i < 3)?;
    let apposed = noun.checked_sub(2).filter(|n| {
        c.class(noun - 1) == Some(Class::Comma) && c.nominal(*n) && matches!(c.head_class(*n), Some(Class::Actor | Class::Name))
    });
    Some(apposed.unwrap_or(noun))
}

/// The first of the phrases joined to the one at a piece.
pub(super) fn first_of(c: &Clause<'_>, at: usize) -> usize {
    let mut i = at;
    while i > 1 && c.class(i - 1) == Some(Class::And) && c.nominal(i - 2) {
        i -= 2;
    }
    i
}

/// Whether words tell of an operation by computer or of what attackers do.
pub(super) fn hostile(c: &Clause<'_>, span: Span) -> bool {
    let Some(text) = span.of(c.text) else { return false };
    super::cyber(text)
        || c.units.iter().zip(&c.tags).any(|(u, t)| {
            u.span.start >= span.start && u.span.end <= span.end && (DEEDS.has(u.lower) || t.verb.is_some_and(|v| v.sense == Sense::Deed))
        })
}

/// What somebody is accused of, read to the end of the sentence.
pub(super) fn at_length(c: &Clause<'_>, about: Span) -> Span {
    Span::new(about.start, c.span.end.max(about.end))
}

/// Whether a sentence by itself tells of an operation by computer.
pub(super) fn cyber_here(c: &Clause<'_>) -> bool {
    c.span.of(c.text).is_some_and(super::cyber)
}

/// Whether a sentence or the one before it tells of an operation by computer.
pub(super) fn cyber_near(c: &Clause<'_>) -> bool {
    cyber_here(c) || c.before.first().and_then(|s| s.of(c.text)).is_some_and(super::cyber)
}

/// `by A` behind a participle.
pub(super) fn agent(c: &Clause<'_>, from: usize) -> Option<Vec<Entity>> {
    let by = (from..c.chunks.len().min(from + 14))
        .take_while(|i| !matches!(c.class(*i), Some(Class::Stop | Class::Sub | Class::Relative)) && !c.group(*i).is_some_and(|g| g.finite))
        .find(|i| c.prep(*i, &["by"]))?;
    // `hacked by`: the agent of another verb.
    if by > from && by.checked_sub(1).is_some_and(|b| c.group(b).is_some()) && by - from > 1 {
        return None;
    }
    let found = c.all_right(c.led(by)?, Side::Speaker);
    (!found.is_empty()).then_some(found)
}

/// Those the subject of a verb means; behind a relative clause of another clause nobody.
pub(super) fn subject(c: &Clause<'_>, at: usize, side: Side) -> Vec<Entity> {
    let Some(phrase) = c.subject(at) else { return Vec::new() };
    let mut found = c.all_left(phrase, side);
    // `Together with A, B blamed`
    let fronted = (0..2).find(|i| c.prep(*i, &["with", "alongside"])).filter(|i| *i == 0 || c.is(0, &["together", "along"]));
    if let Some(led) =
        fronted.and_then(|i| c.led(i)).filter(|l| c.class(c.past(*l)) == Some(Class::Comma) && c.next(c.past(*l) + 1) == phrase)
    {
        let more = c.all_right(led, side);
        found.extend(more.into_iter().filter(|e| !found.contains(e)).collect::<Vec<_>>());
    }
    // `the US and its allies, including A and B, blamed`
    let list = if c.class(phrase + 1) == Some(Class::Comma) { phrase + 2 } else { phrase + 1 };
    if list < at
        && (c.prep(list, &["including", "like", "as"])
            || c.prep(list, &["with"]) && c.prep(phrase + 1, &["along", "together"])
            || c.prep(list, &["along", "alongside"]))
    {
        let list = if c.prep(list + 1, &["with"]) { list + 1 } else { list };
        let more = c.led(list).map(|l| c.all_right(l, side)).unwrap_or_default();
        found.extend(more.into_iter().filter(|e| !found.contains(e)).collect::<Vec<_>>());
    }
    found
}

/// The accuser of an active verb: its subject, or whoever tells it.
pub(super) fn accuser(c: &Clause<'_>, at: usize) -> Vec<Entity> {
    let found: Vec<Entity> = subject(c, at, Side::Speaker).into_iter().filter(|e| c.kind(*e) != Some(ActorKind::ThreatGroup)).collect();
    // `evidence links it to B`: whoever tells of the evidence.
    let thing = c.subject(at).is_none_or(|s| matches!(c.head_class(s), Some(Class::Word | Class::Noun(Noun::Paper))));
    if found.is_empty() && thing { c.speaker(at) } else { found }
}

/// What somebody is accused of: the words behind `of`, `for`, `over`.
pub(super) fn about(c: &Clause<'_>, from: usize) -> Option<Span> {
    let prep = c.rest(from).take(14).find(|i| c.prep(*i, &["of", "for", "over", "with"]))?;
    clause_from(c, prep + 1)
}

/// The words from a piece to the end of the clause.
pub(super) fn clause_from(c: &Clause<'_>, from: usize) -> Option<Span> {
    let end = (from..c.chunks.len().min(from + 16))
        .find(|i| matches!(c.class(*i), Some(Class::Stop | Class::Comma | Class::Quote | Class::Dash | Class::Relative)))
        .unwrap_or(c.chunks.len().min(from + 16));
    c.words(from..end)
}

/// Whether an entity can be told responsible without more: no firm, no person.
pub(super) fn culprit(c: &Clause<'_>, e: Entity) -> bool {
    matches!(c.kind(e), Some(ActorKind::State | ActorKind::ThreatGroup | ActorKind::Agency))
}

/// Whoever tells a passive that names no agent. `A said B, which works for an agency blamed for it, …`: what a participle adds inside a relative
/// clause is told by nobody.
pub(super) fn teller(c: &Clause<'_>, at: usize, group: Group) -> Vec<Entity> {
    let aside = !group.finite
        && !group.passive
        && at.checked_sub(1).is_some_and(|n| c.nominal(n))
        && (0..at)
            .rev()
            .take_while(|i| !matches!(c.class(*i), Some(Class::Stop | Class::Sub)))
            .any(|i| c.class(i) == Some(Class::Relative) && (i + 1..at - 1).any(|j| c.group(j).is_some()));
    if aside { Vec::new() } else { c.speaker(at) }
}
