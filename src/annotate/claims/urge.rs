//! Calls: `A urged B to stop`, `B must stop, A said`.

use super::chunk::Group;
use super::clause::Clause;
use super::frame::Sides;
use super::lexicon::{Class, Form, Noun};
use super::party::{Entity, Side};
use super::scope::{accuser, clause_from, culprit, subject};
use super::words::STOPS;
use crate::article::ActorKind;

pub(super) fn urge(c: &Clause<'_>, at: usize, group: Group, end: usize) -> Option<Sides> {
    if group.passive || group.negated || (group.modal && group.verb.lemma != "hold") {
        return None;
    }
    let object = c
        .object(end - 1)
        .or_else(|| (c.class(c.next(end)) == Some(Class::Sub)).then(|| c.next(c.next(end) + 1)).filter(|i| c.nominal(*i)))?;
    let urged: Vec<Entity> = c.all_right(object, Side::Accused);
    let hostile = urged
        .iter()
        .all(|e| matches!(c.kind(*e), Some(ActorKind::State | ActorKind::ThreatGroup | ActorKind::Agency | ActorKind::Person) | None));
    if urged.is_empty() || !hostile || matches!(c.head_noun(object), Some(Noun::Firm | Noun::Human)) {
        return None;
    }
    // `US agencies`, `British officials` are asked to guard themselves, not to stop.
    if c.chunk(object).is_some_and(|k| {
        (k.start..k.end).any(|u| {
            matches!(
                c.word(u),
                "agencies"
                    | "agency"
                    | "organizations"
                    | "organisations"
                    | "companies"
                    | "officials"
                    | "lawmakers"
                    | "departments"
                    | "residents"
                    | "users"
            )
        })
    }) {
        return None;
    }
    let accountable = group.verb.lemma == "hold";
    let weak = [
        "take",
        "provide",
        "do",
        "put",
        "keep",
        "release",
        "return",
        "adopt",
        "explain",
        "answer",
        "hold",
        "face",
        "expect",
        "conduct",
        "avoid",
        "not",
        "investigate",
    ];
    let soft = matches!(
        group.verb.lemma,
        "ask" | "tell" | "order" | "encourage" | "push" | "compel" | "convince" | "persuade" | "press" | "demand"
    );
    let rest = c.rest(object + 1);
    let doing = rest
        .clone()
        .take(12)
        .find_map(|i| c.group(i).map(|g| (i, g)).filter(|(_, g)| g.infinitive || g.must || c.is(i.wrapping_sub(1), &["to"])));
    let stops = doing.is_some_and(|(i, g)| {
        STOPS.has(g.verb.lemma) || g.negated || c.chunk(i).is_some_and(|k| (k.start..k.end).any(|u| c.word(u) == "not"))
    });
    let plain_stop = rest.clone().take(10).any(|i| {
        c.group(i).is_some_and(|g| g.verb.form == Form::Base && matches!(g.verb.lemma, "stop" | "end" | "cease" | "halt" | "hand"))
    });
    let warned = matches!(group.verb.lemma, "warn" | "threaten" | "admonish")
        && (rest.clone().take(8).any(|i| c.prep(i, &["against", "over", "with"]) || c.is(i, &["consequences"])) || stops);
    let duty = c.class(c.next(object + 1)) == Some(Class::Sub)
        && rest.clone().any(|i| c.group(i).is_some_and(|g| g.must || matches!(g.verb.lemma, "respond" | "retaliate")));
    let warned = warned || group.verb.lemma == "warn" && duty;
    // `demanded that B do something about it`
    let wished = c.class(c.next(end)) == Some(Class::Sub)
        && c.group(c.next(object + 1)).is_some_and(|g| STOPS.has(g.verb.lemma) && matches!(g.verb.form, Form::Base | Form::Third));
    let fits = match group.verb.lemma {
        "hold" => accountable,
        "warn" | "threaten" | "admonish" => warned,
        "demand" | "ask" if wished => true,
        _ if soft && c.class(c.next(object + 1)) == Some(Class::Sub) => false,
        _ if soft => {
            plain_stop || doing.is_some_and(|(_, g)| STOPS.has(g.verb.lemma) && !weak.contains(&g.verb.lemma) || g.verb.lemma == "take")
        }
        _ => stops || plain_stop || doing.is_none() && rest.clone().take(6).any(|i| c.prep(i, &["over"])),
    };
    if !fits {
        return None;
    }
    let accusers = accuser(c, at);
    let accusers = if accusers.is_empty() { c.speaker(at) } else { accusers };
    // `the government called on B`: a noun led back to B means another.
    let noun = c.subject(at).is_some_and(|s| c.head_noun(s) == Some(Noun::Office) && c.definite(s));
    let own = accusers.iter().any(|a| urged.iter().any(|u| c.same(*a, *u)));
    let accusers: Vec<Entity> = if own && noun { Vec::new() } else { accusers };
    let own = own && !noun;
    (!own && (!accusers.is_empty() || c.subject(at).is_some())).then(|| Sides {
        accusers,
        accused: urged,
        about: doing.and_then(|(i, _)| clause_from(c, i)),
        ..Sides::default()
    })
}

/// `B must stop it`, where somebody says so.
pub(super) fn must(c: &Clause<'_>, at: usize, group: Group) -> Option<Sides> {
    let needs = group.must
        || group.infinitive
            && c.verb_before(at)
                .and_then(|v| c.group(v))
                .is_some_and(|g| g.verb.lemma == "need" || g.verb.lemma == "have" && c.verb_before(at) == Some(at - 1));
    if !needs || group.negated || group.passive || !STOPS.has(group.verb.lemma) {
        return None;
    }
    let accused: Vec<Entity> = subject(c, at, Side::Accused).into_iter().filter(|e| culprit(c, *e)).collect();
    let head = c.subject(at)?;
    if matches!(c.head_word(head), "agencies" | "organizations" | "officials" | "companies" | "lawmakers" | "users") {
        return None;
    }
    let accusers = c.speaker(at);
    (!accusers.is_empty()).then(|| Sides { accusers, accused, about: clause_from(c, at), ..Sides::default() })
}
