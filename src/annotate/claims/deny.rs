//! Denials: `B denied it`, `B called it groundless`.

use super::chunk::Group;
use super::chunk::Kind;
use super::clause::Clause;
use super::frame::Sides;
use super::lexicon::{Class, Form, Noun, Sense};
use super::party::{Entity, Side};
use super::scope::subject;
use super::words::{DEEDS, DENIABLE, DENIED, LINKABLE};
use crate::article::ActorKind;

pub(super) fn deny(c: &Clause<'_>, at: usize, group: Group, end: usize) -> Option<Sides> {
    if matches!(group.verb.lemma, "be" | "lack")
        || group.verb.lemma == "have" && c.subject(at).is_some_and(|s| DENIED.has(c.head_word(s)) && c.head_word(s) != "part")
    {
        return baseless(c, at, group);
    }
    if matches!(group.verb.lemma, "play" | "involve") {
        let no = group.negated || c.chunk(at + 1).is_some_and(|k| (k.start..k.end).any(|u| c.word(u) == "no"));
        return if no && (group.verb.lemma == "play" || group.passive) { nothing(c, at, end) } else { None };
    }
    let strong =
        matches!(group.verb.lemma, "deny" | "reject" | "dismiss" | "refute" | "dispute" | "rebut" | "disavow" | "repudiate" | "rubbish");
    if group.modal || group.must || (group.negated && group.verb.lemma != "find") {
        return None;
    }
    if group.passive {
        // `the allegations were rejected by B`
        let told = c.subject(at).filter(|s| {
            DENIED.has(c.head_word(*s))
                || c.chunk(*s).is_some_and(|k| k.kind == Kind::Pronoun || matches!(c.word(k.start), "this" | "that"))
        })?;
        let deniers: Vec<Entity> = super::scope::agent(c, end)?;
        return strong.then(|| Sides { accusers: deniers, about: c.words(told..told + 1), ..Sides::default() });
    }
    // `will deny it in almost all cases`
    if c.chunk(at).is_some_and(|k| (k.start..k.end).any(|u| matches!(c.word(u), "will" | "shall"))) {
        return None;
    }
    if group.verb.lemma == "have" {
        return nothing(c, at, end);
    }
    let from = c.next(end);
    let stop = c.rest(from).find(|i| c.class(*i) == Some(Class::But)).unwrap_or(c.rest(from).end);
    let mut denied = None;
    for i in from..stop.min(from + 9) {
        let word = c.head_word(i);
        let action =
            c.group(i).is_some_and(|g| g.verb.form == Form::Ing && (g.verb.sense != Sense::Other || matches!(g.verb.lemma, "be" | "have")))
                || c.chunk(i).is_some_and(|k| matches!(c.word(k.start), "being" | "having"));
        let clause = c.nominal(i) && i == from && c.group(c.next(i + 1)).is_some_and(|g| g.finite);
        // It is oneself that one denies to have done it: `denied that data was stolen` answers no accusation.
        let inner = if c.class(i) == Some(Class::Sub) { c.next(i + 1) } else { i };
        let itself = c
            .chunk(inner)
            .is_some_and(|k| k.kind == Kind::Pronoun || matches!(c.word(k.start), "its" | "their" | "his" | "her" | "being" | "having"))
            || matches!(c.head_class(inner), Some(Class::Actor | Class::Name) | Some(Class::Noun(Noun::Band | Noun::Office)));
        // Who denies to have been breached is a victim.
        let victim = (inner..inner + 6).find_map(|j| c.group(j)).is_some_and(|g| g.passive && g.verb.sense == Sense::Deed);
        let that = strong && i == from && itself && !victim && (c.class(i) == Some(Class::Sub) || clause);
        if (c.nominal(i) && (DENIED.has(word) || strong && DENIABLE.has(word)))
            || (strong && action && (from..i).all(|j| !c.nominal(j)))
            || that
        {
            denied = Some(i);
            break;
        }
        if c.group(i).is_some_and(|g| g.finite) || matches!(c.class(i), Some(Class::Comma)) && !strong {
            break;
        }
    }
    let denied = denied?;
    if !strong {
        // `called the accusation groundless`, `hit back at the allegations`, `found no evidence to support`.
        let scorn = (c.chunk(denied)?.end..c.units.len().min(c.chunk(denied)?.end + 12)).any(|u| {
            matches!(
                c.word(u),
                "groundless"
                    | "baseless"
                    | "unfounded"
                    | "fabricated"
                    | "false"
                    | "absurd"
                    | "nonsense"
                    | "lies"
                    | "slander"
                    | "smear"
                    | "irresponsible"
                    | "untrue"
                    | "preposterous"
                    | "ridiculous"
                    | "ludicrous"
                    | "malicious"
                    | "unsubstantiated"
                    | "fabrication"
                    | "propaganda"
                    | "disinformation"
                    | "angrily"
                    | "fiction"
                    | "inaccurate"
            )
        });
        let strikes = matches!(
            group.verb.lemma,
            "brush"
                | "push"
                | "hit"
                | "lash"
                | "scoff"
                | "downplay"
                | "slam"
                | "decry"
                | "protest"
                | "condemn"
                | "denounce"
                | "blast"
                | "criticize"
                | "criticise"
                | "distance"
        );
        let no = |i: usize| c.chunk(i).is_some_and(|k| (k.start..k.end).any(|u| c.word(u) == "no"));
        let none = matches!(group.verb.lemma, "find" | "see") && (no(from) || no(at + 1));
        let loose = matches!(
            c.head_word(denied),
            "charge" | "charges" | "report" | "reports" | "role" | "part" | "hand" | "links" | "link" | "statement"
        );
        if !(scorn || strikes || none && !loose) {
            return None;
        }
        if matches!(group.verb.lemma, "condemn" | "slam" | "decry" | "denounce" | "blast" | "criticize" | "criticise" | "protest")
            && !matches!(
                c.head_word(denied),
                "accusation" | "accusations" | "allegation" | "allegations" | "claims" | "claim" | "charges" | "smear" | "indictment"
            )
        {
            return None;
        }
    }
    let deniers: Vec<Entity> = {
        let found = subject(c, at, Side::Speaker);
        if found.is_empty() && c.subject(at).is_none() { c.speaker(at) } else { found }
    };
    // A firm or a victim that denies a breach answers no accusation.
    let deniers: Vec<Entity> = deniers
        .into_iter()
        .filter(|e| {
            matches!(c.kind(*e), Some(ActorKind::State | ActorKind::Agency | ActorKind::Person | ActorKind::ThreatGroup))
                || matches!(
                    c.head_word(denied),
                    "accusation"
                        | "accusations"
                        | "allegation"
                        | "allegations"
                        | "involvement"
                        | "wrongdoing"
                        | "ties"
                        | "links"
                        | "charges"
                        | "findings"
                        | "complicity"
                        | "hacking"
                        | "spying"
                )
                || strong && c.class(denied) == Some(Class::Sub)
                || matches!(e, Entity::Name(_)) && c.group(denied).is_some_and(|g| g.verb.sense == Sense::Deed)
        })
        .collect();
    if deniers.is_empty() {
        return None;
    }
    // Whom it answers: `denied Norway's accusation`, `denied claims by Norway`.
    let chunk = c.chunk(denied)?;
    let mut answered: Vec<Entity> = (chunk.start..chunk.end)
        .filter_map(|u| c.units.get(u))
        .filter_map(|u| u.mention.map(Entity::Mention).or(u.name.then_some(Entity::Name(u.span))))
        .collect();
    if DENIABLE.has(c.head_word(denied)) {
        answered.clear();
    }
    if answered.is_empty()
        && let Some(by) = (denied + 1..denied + 5).find(|i| c.prep(*i, &["by", "from", "of"]) && !c.prep(*i, &["of"]))
        && let Some(led) = c.led(by)
    {
        answered = c.all_right(led, Side::Speaker);
    }
    answered.retain(|e| !deniers.iter().any(|d| c.same(*d, *e)));
    Some(Sides { accusers: deniers, accused: answered, about: c.words(from..denied + 1), ..Sides::default() })
}

/// `B had nothing to do with it`, `B said it had nothing to do with it`.
fn nothing(c: &Clause<'_>, at: usize, end: usize) -> Option<Sides> {
    let deed = c
        .rest(end)
        .take(4)
        .any(|i| DEEDS.has(c.head_word(i)) || LINKABLE.has(c.head_word(i)) || c.chunk(i).is_some_and(|k| k.kind == Kind::Pronoun));
    let told = c.speaker(at);
    let deniers = if told.is_empty() || told == [Entity::Nobody] { subject(c, at, Side::Speaker) } else { told };
    let deniers: Vec<Entity> = deniers.into_iter().filter(|e| *e != Entity::Nobody).collect();
    (deed && !deniers.is_empty()).then(|| Sides { accusers: deniers, about: c.words(end..end + 1), ..Sides::default() })
}

/// `A's accusation is baseless, B said`.
fn baseless(c: &Clause<'_>, at: usize, group: Group) -> Option<Sides> {
    let subject = c.subject(at).filter(|s| DENIED.has(c.head_word(*s)) && !group.negated && !group.modal)?;
    let mut deniers = c.speaker(at);
    deniers.retain(|e| *e != Entity::Nobody);
    let chunk = c.chunk(subject)?;
    let owner = (chunk.start..chunk.end).find_map(|u| c.units.get(u)?.mention).map(Entity::Mention);
    let by = || (subject + 1..at).find(|i| c.prep(*i, &["by", "from"])).and_then(|i| c.led(i)).map(|l| c.all_right(l, Side::Speaker));
    let answered = owner.map(|o| vec![o]).or_else(by).unwrap_or_default();
    (!deniers.is_empty()).then(|| Sides { accusers: deniers, accused: answered, about: c.words(subject..subject + 1), ..Sides::default() })
}
