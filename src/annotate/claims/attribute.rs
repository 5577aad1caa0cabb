//! Verbs that attribute and link: `A attributed it to B`, `A linked it to B`, `it was linked to B`.

use super::accuse::{doer, tool_of};
use super::chunk::{Group, Kind};
use super::clause::Clause;
use super::frame::Sides;
use super::lexicon::{Class, Form, Noun};
use super::party::{Entity, Side};
use super::rules::Rule;
use super::scope::{accuser, agent, culprit, hostile, object_before, relative, subject};
use super::words::{DEEDS, LINKABLE};
use crate::article::{ActorKind, Stance};

/// Whether what a verb attributes is a deed or a tool of attackers: its subject or its object.
pub(super) fn deed_told(c: &Clause<'_>, at: usize, end: usize) -> bool {
    [c.subject(at), c.object(end.saturating_sub(1))]
        .into_iter()
        .flatten()
        .any(|p| DEEDS.has(c.head_word(p)) || LINKABLE.has(c.head_word(p)))
}

/// The firm whose product a phrase is: `X's spyware`, `its products`, `spyware developed by X`.
pub(super) fn maker_of(c: &Clause<'_>, phrase: usize) -> Vec<Entity> {
    let Some(chunk) = c.chunk(phrase) else { return Vec::new() };
    if !matches!(
        c.head_word(phrase),
        "product" | "products" | "spyware" | "software" | "tool" | "tools" | "technology" | "wares" | "exploits" | "platform"
    ) {
        return Vec::new();
    }
    let own = (chunk.start..chunk.end).find(|u| c.tags.get(*u).is_some_and(|t| t.class == Class::Own));
    if let Some(owner) = own.and_then(|u| c.units.get(u.checked_sub(1)?)?.mention).map(Entity::Mention) {
        return vec![owner];
    }
    if matches!(c.word(chunk.start), "its" | "their" | "whose") {
        let subject = (0..phrase).rev().find(|v| c.group(*v).is_some_and(|g| g.finite)).and_then(|v| c.subject(v));
        return subject.map(|s| c.who(s, Side::Accused)).unwrap_or_default();
    }
    // `X, the maker of the spyware that has been linked`
    if let Some(of) = c.previous(phrase).filter(|p| c.prep(*p, &["of", "behind"]))
        && let Some(maker) = c
            .previous(of)
            .filter(|n| matches!(c.head_word(*n), "maker" | "makers" | "developer" | "vendor" | "seller" | "creator" | "firm" | "company"))
    {
        let found = c.who(maker, Side::Accused);
        if !found.is_empty() {
            return found;
        }
    }
    let by = (phrase + 1..phrase + 5).find(|i| c.prep(*i, &["by", "from"]));
    by.and_then(|b| c.led(b)).map(|l| c.who(l, Side::Accused)).unwrap_or_default()
}

/// Whether a verb is that of a relative clause: `the campaign, which hit banks,`.
fn relative_verb(c: &Clause<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|b| c.class(b) == Some(Class::Relative))
}

pub(super) fn to(c: &Clause<'_>, rule: &Rule, at: usize, group: Group, end: usize) -> Option<Sides> {
    // `indicators of compromise associated with X` say who uses them, and no more.
    let marks = |head: &str| matches!(head, "compromise" | "ttps" | "techniques" | "tactics" | "procedures" | "indicators" | "iocs");
    if group.verb.lemma == "associate" && c.subject(at).is_some_and(|s| marks(c.head_word(s)) || c.is(at.saturating_sub(1), &[")"])) {
        return None;
    }
    // `a group attributed to B` is its own link.
    let told = c.subject(at).filter(|_| group.passive || !group.finite && group.verb.form == Form::Ed);
    let band = told.is_some_and(|s| {
        c.head_noun(s) == Some(Noun::Band)
            || c.head_class(s) == Some(Class::Actor) && c.who(s, Side::Accused).iter().any(|e| c.kind(*e) == Some(ActorKind::ThreatGroup))
    });
    let links = rule.stance == Stance::Links || band && !relative(c, at);
    let limit = c
        .rest(end)
        .take_while(|i| *i == end || !c.group(*i).is_some_and(|g| g.finite) || relative_verb(c, *i))
        .last()
        .map_or(end, |i| i + 1);
    let preps: &[&str] = if links { &["to", "with"] } else { &["to"] };
    // A new verb or a second clause ends the reach of this one.
    let limit = (end..limit).find(|i| *i > end && c.class(*i) == Some(Class::And) && c.group(c.next(i + 1)).is_some()).unwrap_or(limit);
    let found = (end..limit).find(|i| c.prep(*i, preps) && c.led(*i).is_some_and(|l| !c.all_right(l, Side::Accused).is_empty()));
    // `associated with the malware and reported to B`: the first preposition decides where nothing else is its object.
    let first = c.next(end);
    let bare = group.passive || !group.finite && group.verb.form == Form::Ed && !c.nominal(first) && !relative(c, at);
    let found = found
        .filter(|f| {
            !bare
                || *f == first
                || (first..*f).all(|i| {
                    c.nominal(i)
                        || matches!(c.class(i), Some(Class::And | Class::Comma | Class::Prep | Class::Adverb | Class::Quote))
                            && !c.prep(i, preps)
                })
                || !c.prep(first, preps)
        })
        .filter(|f| {
            !bare
                || *f == first
                || !c.prep(first, preps)
                || c.prep(*f - 1, preps)
                || c.class(*f - 1) == Some(Class::And)
                || !c.rest(first).take_while(|i| i < f).any(|i| c.class(i) == Some(Class::And))
        });
    // `linked it to X malware`
    if found.is_none()
        && let Some(told) =
            (end..limit).filter(|i| c.prep(*i, preps)).find_map(|i| c.led(i).map(|l| tool_of(c, l)).filter(|t| !t.is_empty()))
    {
        let bare = group.passive || !group.finite && group.verb.form == Form::Ed && !c.nominal(c.next(end));
        let accusers = if bare { agent(c, end).unwrap_or_else(|| c.speaker(at)) } else { accuser(c, at) };
        return deed_told(c, at, end).then_some(Sides { accusers, accused: told, ..Sides::default() });
    }
    // `B has been linked to the attack`, `they linked B to the attack`
    if found.is_none()
        && links
        && (group.passive || group.verb.form == Form::Ed || c.object(end.saturating_sub(1)).is_some())
        && let Some(deed) =
            (end..limit).find(|i| c.prep(*i, preps) && c.led(*i).is_some_and(|l| c.words(l..c.past(l)).is_some_and(|s| hostile(c, s))))
    {
        let reduced = !group.finite && !c.nominal(c.next(end)) && !relative(c, at);
        let object = c.object(end - 1).or_else(|| object_before(c, at)).filter(|_| !group.passive);
        let subject = || c.subject(at).filter(|_| group.passive || reduced);
        let found = match (object, subject()) {
            (Some(object), _) => c.all_right(object, Side::Accused),
            (None, Some(subject)) => c.all_left(subject, Side::Accused),
            (None, None) => return None,
        };
        let mut accused: Vec<Entity> = found.into_iter().filter(|e| culprit(c, *e)).collect();
        if accused.is_empty() {
            accused = object.or_else(subject).map(|p| maker_of(c, p)).unwrap_or_default();
        }
        if !accused.is_empty() {
            let accusers = if object.is_some() { accuser(c, at) } else { agent(c, deed + 1).unwrap_or_else(|| c.speaker(at)) };
            return Some(Sides { accusers, accused, about: c.led(deed).and_then(|l| c.words(l..c.past(l))), stance: None });
        }
    }
    // `attributed to activity by B`
    if found.is_none()
        && let Some(deed) = (end..limit).find(|i| c.prep(*i, preps) && c.led(*i).is_some_and(|l| DEEDS.has(c.head_word(l))))
    {
        let accused = doer(c, deed + 1..c.rest(deed).end.min(deed + 6));
        let accusers = if group.passive { c.speaker(at) } else { accuser(c, at) };
        return (!accused.is_empty()).then_some(Sides { accusers, accused, ..Sides::default() });
    }
    let to = found?;
    let target = c.led(to)?;
    let accused: Vec<Entity> = c
        .all_right(target, Side::Accused)
        .into_iter()
        .filter(|e| {
            !matches!(e, Entity::Name(_))
                || c.naming(target + 1).is_some()
                || c.head_noun(target) == Some(Noun::Band)
                || deed_told(c, at, end) && (!links || group.passive || !c.nominal(c.next(end)))
                || links
                    && subject(c, at, Side::Accused)
                        .into_iter()
                        .chain(c.object(end - 1).map(|o| c.all_right(o, Side::Accused)).unwrap_or_default())
                        .any(|e| c.kind(e) == Some(ActorKind::ThreatGroup))
        })
        .collect();
    if accused.is_empty() {
        return None;
    }
    let open = c.nominal(c.next(end));
    let thing = |c: &Clause<'_>| c.subject(at).and_then(|s| c.words(s..s + 1));
    let reduced = !group.finite && !group.passive && matches!(group.verb.form, Form::Ed) && !open && !relative(c, at);
    if group.passive || reduced {
        let accusers = agent(c, to + 1).or_else(|| agent(c, end).filter(|_| to > end + 1)).unwrap_or_else(|| c.speaker(at));
        if !links {
            return Some(Sides { accusers, accused, about: thing(c), ..Sides::default() });
        }
        let mut both: Vec<Entity> = subject(c, at, Side::Accused)
            .into_iter()
            .filter(|e| {
                matches!(c.kind(*e), Some(ActorKind::ThreatGroup))
                    || c.subject(at).is_some_and(|s| matches!(c.head_noun(s), Some(Noun::Band)))
            })
            .collect();
        let hostile = !both.is_empty() || accused.iter().any(|e| culprit(c, *e)) || deed_told(c, at, end);
        let linked = c.subject(at).is_some_and(|s| {
            let head = c.head_word(s);
            c.chunk(s).is_some_and(|k| !(k.start..k.end).any(|u| matches!(c.word(u), "potential" | "possible" | "future" | "any")))
                && (DEEDS.has(head)
                    || LINKABLE.has(head)
                    || matches!(c.head_noun(s), Some(Noun::Band | Noun::Human))
                    || c.who(s, Side::Accused).iter().any(|e| c.kind(*e) == Some(ActorKind::ThreatGroup))
                    || c.chunk(s).is_some_and(|k| k.kind == Kind::Pronoun))
        });
        if !linked {
            return None;
        }
        // In the article's own voice a group `linked to B` is the rule `backed by`.
        let spyware = c.subject(at).is_some_and(|s| {
            matches!(
                c.head_word(s),
                "exploit"
                    | "exploits"
                    | "spyware"
                    | "malware"
                    | "attack"
                    | "attacks"
                    | "hack"
                    | "hacks"
                    | "campaign"
                    | "surveillance"
                    | "intrusion"
            )
        });
        both.extend(accused.into_iter().filter(|e| spyware || c.kind(*e) != Some(ActorKind::Company)));
        return hostile.then_some(Sides { accusers, accused: both, about: thing(c), stance: Some(Stance::Links) });
    }
    let mut accused = accused;
    if links {
        accused.retain(|e| c.kind(*e) != Some(ActorKind::Company));
        if accused.is_empty() {
            return None;
        }
        let object = c
            .object(end - 1)
            .map(|o| c.all_right(o, Side::Accused))
            .or_else(|| object_before(c, at).map(|o| c.who(o, Side::Accused)))
            .unwrap_or_default();
        // `connect the town to the FBI`: agencies are reached as well as served.
        let agencies = accused.iter().all(|e| c.kind(*e) == Some(ActorKind::Agency));
        if agencies && !deed_told(c, at, end) && !object.iter().any(|e| c.kind(*e) == Some(ActorKind::ThreatGroup)) {
            return None;
        }
        accused.splice(0..0, object.into_iter().filter(|e| c.kind(*e) == Some(ActorKind::ThreatGroup)));
    }
    let accusers = accuser(c, at);
    (!accusers.is_empty() || c.subject(at).is_some() || group.verb.form == Form::Ing).then_some(Sides {
        accusers,
        accused,
        about: c.words(end..to),
        ..Sides::default()
    })
}
