//! Deeds that somebody tells: `A said B breached it`, `B is believed to have breached it`, `B was behind it`.

use super::accuse::doer;
use super::attribute::maker_of;
use super::chunk::Group;
use super::clause::Clause;
use super::frame::Sides;
use super::lexicon::{Class, Form, Noun, Sense};
use super::party::{Entity, Side};
use super::scope::{agent, clause_from, culprit, hostile};
use super::words::{CULPRIT_DEEDS, DEEDS, LINKABLE, NEUTRAL, OBSERVING, UNWILLING};
use crate::article::{ActorKind, Stance};

/// Whether what follows is told by `allege` or `charge`.
pub(super) fn alleged(c: &Clause<'_>, phrase: usize) -> bool {
    (phrase.saturating_sub(4)..phrase)
        .rev()
        .take_while(|i| {
            matches!(c.class(*i), Some(Class::Sub | Class::Adverb | Class::And | Class::Comma)) || c.nominal(*i) || c.group(*i).is_some()
        })
        .find_map(|i| c.group(i))
        .is_some_and(|g| matches!(g.verb.lemma, "allege" | "charge" | "accuse") && !g.passive)
}

/// The doer of a deed, as far as one of its kind may be told responsible by that verb.
pub(super) fn fits_deed(c: &Clause<'_>, e: Entity, phrase: usize, group: Group, agent: bool) -> bool {
    let deed = group.verb.sense == Sense::Deed || CULPRIT_DEEDS.has(group.verb.lemma) && (group.verb.lemma != "conduct" || agent);
    let act = deed || group.verb.sense == Sense::Act || matches!(group.verb.lemma, "write" | "add");
    match c.kind(e) {
        Some(ActorKind::ThreatGroup) => (act || matches!(group.verb.sense, Sense::Other)) && !NEUTRAL.has(group.verb.lemma),
        Some(ActorKind::State) => {
            let band = matches!(c.head_noun(phrase), Some(Noun::Band | Noun::Human))
                || c.head_noun(phrase) == Some(Noun::Office) && c.head_class(phrase).is_some() && deed;
            if band {
                act && !matches!(group.verb.lemma, "begin" | "start" | "end" | "help" | "work" | "shelter")
            } else {
                deed && c.head_class(phrase) == Some(Class::Actor)
            }
        }
        // An agency conducts raids as well: what it did tells.
        Some(ActorKind::Agency) => {
            let plain = CULPRIT_DEEDS.has(group.verb.lemma) && !agent;
            deed && (!plain || c.object(group_at(c, group)).is_some_and(|o| c.words(o..c.rest(o).end).is_some_and(|s| hostile(c, s))))
        }
        Some(ActorKind::Person) => group.verb.sense == Sense::Deed,
        // Two names are a person's.
        None => act && c.head_noun(phrase) == Some(Noun::Band) || group.verb.sense == Sense::Deed && person_name(c, e),
        _ => false,
    }
}

/// `A said B breached it`, `it was breached by B, A said`: the deed, its doer and who tells.
pub(super) fn said(c: &Clause<'_>, at: usize, group: Group) -> Option<Sides> {
    if group.negated
        || group.modal
        || group.must
        || group.verb.sense == Sense::Say && !matches!(group.verb.lemma, "charge" | "add" | "expose" | "publish" | "write")
    {
        return None;
    }
    if c.chunk(at).is_some_and(|k| (k.start..k.end).any(|u| matches!(c.word(u), "will" | "shall"))) {
        return None;
    }
    // `has added extortion to it`
    if group.verb.lemma == "add" && (group.verb.form == Form::Ing || !c.words(at..c.rest(at).end).is_some_and(|s| hostile(c, s))) {
        return None;
    }
    if group.verb.lemma == "write" && !c.object(at).is_some_and(|o| LINKABLE.has(c.head_word(o))) {
        return None;
    }
    // `is believed to have done it` is another rule.
    let next = c.next(at + 1);
    let past = matches!(group.verb.form, Form::Ed | Form::Participle | Form::Past | Form::Third | Form::Base | Form::Ing);
    let by = if matches!(group.verb.form, Form::Ed | Form::Participle) {
        (next..c.chunks.len().min(next + 5))
            .take_while(|i| !matches!(c.class(*i), Some(Class::Comma | Class::Stop | Class::Sub)))
            .find(|i| c.prep(*i, &["by"]))
    } else {
        None
    };
    let by = by.filter(|_| group.passive || (!group.finite && !c.nominal(next)));
    // `X's spyware was used to target journalists`
    if by.is_none() && group.passive && matches!(group.verb.lemma, "use" | "deploy" | "abuse" | "misuse" | "employ") {
        let accused = maker_of(c, c.subject(at)?);
        let hostile = c.words(at..c.rest(at).end).is_some_and(|s| hostile(c, s));
        let accusers = c.speaker(at);
        return (hostile && !accused.is_empty() && !accusers.is_empty()).then(|| Sides { accusers, accused, ..Sides::default() });
    }
    let (phrase, agent) = match by {
        Some(by) => (c.led(by)?, true),
        None if group.passive => return None,
        None => (c.subject(at)?, false),
    };
    if group.infinitive && c.verb_before(at).and_then(|v| c.group(v)).is_some_and(|g| g.modal || g.negated || UNWILLING.has(g.verb.lemma)) {
        return None;
    }
    if !past || (group.infinitive && c.verb_before(at).and_then(|v| c.group(v)).is_some_and(|g| g.passive)) {
        return None;
    }
    let mut found = if agent { c.all_right(phrase, Side::Accused) } else { c.all_left(phrase, Side::Accused) };
    // `targeted by a campaign from B`
    let deed_by = agent && found.is_empty() && DEEDS.has(c.head_word(phrase));
    if deed_by {
        found = doer(c, phrase..c.rest(phrase).end.min(phrase + 4));
    }
    // Who is charged openly may be anybody.
    let open = alleged(c, phrase)
        && matches!(group.verb.sense, Sense::Deed | Sense::Act)
        && c.words(at..c.rest(at).end).is_some_and(|s| hostile(c, s));
    let accused: Vec<Entity> = found.into_iter().filter(|e| open || deed_by || fits_deed(c, *e, phrase, group, agent)).collect();
    if accused.is_empty() {
        return None;
    }
    let accusers = c.speaker(at);
    // In the article's own voice it is a report, unless it is put with reserve.
    let reserved = c.chunk(at).is_some_and(|k| (k.start.saturating_sub(2)..k.end + 1).any(|u| matches!(c.word(u), "allegedly")));
    let reserved = reserved
        || agent
            && c.chunk(at).is_some_and(|k| {
                (k.start.saturating_sub(2)..k.end).any(|u| matches!(c.word(u), "likely" | "probably" | "reportedly" | "presumably"))
            });
    // `the filing alleges that B …`: whoever filed it.
    let reserved = reserved || open;
    let own = accusers.iter().all(|a| accused.iter().any(|b| c.same(*a, *b)));
    ((!accusers.is_empty() && !own) || reserved).then(|| Sides {
        accusers,
        accused,
        about: c.object(at).and_then(|o| c.words(o..o + 1)),
        ..Sides::default()
    })
}

/// `B is believed to have breached it`.
pub(super) fn raised(c: &Clause<'_>, at: usize, group: Group) -> Option<Sides> {
    let seems = matches!(group.verb.lemma, "appear" | "seem") && !group.passive;
    // `they claimed to have done it` says it of oneself.
    let reduced = !group.finite
        && group.verb.form == Form::Ed
        && !c.nominal(c.next(at + 1))
        && !matches!(group.verb.lemma, "claim" | "attribute" | "judge");
    if !(group.passive || seems || reduced) || matches!(group.verb.lemma, "say" | "report") && !group.passive {
        return None;
    }
    let next = c.next(at + 1);
    // `believed by officials to …`
    let next = if c.prep(next, &["by"]) { c.past(c.led(next)?) } else { next };
    if OBSERVING.has(group.verb.lemma) && !c.prep(next, &["as"]) {
        // `B was observed using it, A said`
        let inner = c.group(next).filter(|g| g.verb.form == Form::Ing && matches!(g.verb.sense, Sense::Deed | Sense::Act))?;
        let phrase = c.subject(at)?;
        let accused: Vec<Entity> =
            c.all_left(phrase, Side::Accused).into_iter().filter(|e| fits_deed(c, *e, phrase, inner, true)).collect();
        let accusers = super::scope::agent(c, at + 1).unwrap_or_else(|| c.speaker(at));
        return (!accusers.is_empty()).then(|| Sides { accusers, accused, about: clause_from(c, next), ..Sides::default() });
    }
    // `was identified as being behind it`
    if c.prep(next, &["as"]) && group.passive {
        let being = c.next(next + 1);
        let culprits = c.word(c.chunk(being)?.start) == "being" && c.prep(c.next(being + 1), &["behind"])
            || matches!(c.head_word(being), "culprit" | "culprits" | "perpetrator" | "perpetrators" | "source" | "mastermind");
        let accused = c.all_left(c.subject(at)?, Side::Accused);
        let accusers = super::scope::agent(c, at + 1).unwrap_or_else(|| c.speaker(at));
        return culprits.then(|| Sides { accusers, accused, about: clause_from(c, being), ..Sides::default() });
    }
    let inner = c.group(next).filter(|g| g.infinitive)?;
    if inner.negated {
        return None;
    }
    let phrase = c.subject(at)?;
    let subject = c.all_left(phrase, Side::Accused);
    let subject_of = subject.clone();
    let told = group.passive.then(|| super::scope::agent(c, at + 1)).flatten();
    let accusers = || told.clone().unwrap_or_else(|| c.speaker(at));
    if inner.passive
        || matches!(inner.verb.lemma, "work" | "act" | "operate" | "serve") && c.prep(c.next(next + 1), &["for", "on", "at", "under"])
    {
        // `is believed to be backed by B`, `to work for B`
        let sponsors: Vec<Entity> = c.serves(next, 2).into_iter().filter(|e| culprit(c, *e)).collect();
        if !sponsors.is_empty() {
            let mut accused: Vec<Entity> = subject.iter().copied().filter(|e| c.kind(*e) == Some(ActorKind::ThreatGroup)).collect();
            let group = |e: &Entity| c.kind(*e) == Some(ActorKind::ThreatGroup);
            let band = !accused.is_empty() || c.head_noun(phrase) == Some(Noun::Band) || sponsors.iter().any(group);
            if accused.is_empty() && sponsors.iter().any(group) {
                accused.extend(subject.iter().copied().filter(|e| culprit(c, *e)));
            }
            accused.extend(sponsors);
            return band.then(|| Sides {
                accusers: agent(c, at + 1).unwrap_or_else(accusers),
                accused,
                about: None,
                stance: Some(Stance::Links),
            });
        }
    }
    // `is believed to be the work of B`, `to have been carried out by B`
    let after = c.next(next + 1);
    if let Some(by) = (after..after + 4)
        .find(|i| c.prep(*i, &["by"]) || c.prep(*i, &["of"]) && matches!(c.head_word(i.wrapping_sub(1)), "work" | "handiwork"))
        && (inner.passive || inner.verb.lemma == "be")
    {
        let mut accused: Vec<Entity> = c.all_right(c.led(by)?, Side::Accused).into_iter().filter(|e| culprit(c, *e)).collect();
        let head = c.head_word(phrase);
        let thing = DEEDS.has(head) || LINKABLE.has(head) || inner.passive;
        let band = matches!(c.head_noun(phrase), Some(Noun::Band)) || subject.iter().any(|e| c.kind(*e) == Some(ActorKind::ThreatGroup));
        if band && !inner.passive && !accused.is_empty() {
            accused.splice(0..0, subject.iter().copied().filter(|e| c.kind(*e) == Some(ActorKind::ThreatGroup)));
            return Some(Sides { accusers: accusers(), accused, about: None, stance: Some(Stance::Links) });
        }
        return (!accused.is_empty() && thing).then(|| Sides {
            accusers: accusers(),
            accused,
            about: c.words(phrase..phrase + 1),
            ..Sides::default()
        });
    }
    if inner.passive && inner.verb.lemma != "involve" {
        return None;
    }
    let hostile = matches!(inner.verb.sense, Sense::Deed)
        || inner.verb.lemma == "involve"
        || CULPRIT_DEEDS.has(inner.verb.lemma)
        || inner.verb.lemma == "be"
            && (c.prep(after, &["behind"])
                || matches!(c.word(c.chunk(after).map_or(0, |k| k.start)), "responsible" | "involved" | "behind"));
    let place = matches!(inner.verb.lemma, "operate" | "work" | "base" | "have" | "reside" | "be") && !hostile;
    let known = group.verb.lemma == "know" || group.verb.lemma == "consider";
    let accused: Vec<Entity> = subject
        .into_iter()
        .filter(|e| {
            fits_deed(c, *e, phrase, inner, true) && !place && (!known || hostile)
                || hostile && (culprit(c, *e) || matches!(c.kind(*e), Some(ActorKind::Person) | None))
        })
        .collect();
    if !accused.is_empty() {
        return Some(Sides { accusers: accusers(), accused, about: clause_from(c, after), ..Sides::default() });
    }
    // `is believed to be a Russian group`, `a leader of X`
    let named_here =
        !subject_of.is_empty() && subject_of.iter().all(|e| matches!(c.kind(*e), Some(ActorKind::ThreatGroup | ActorKind::Person) | None));
    if inner.verb.lemma == "be"
        && named_here
        && let Some(told) = c.nominal(after).then_some(after)
    {
        let member = matches!(
            c.head_word(told),
            "leader"
                | "representative"
                | "representatives"
                | "members"
                | "rebrand"
                | "variant"
                | "spinoff"
                | "spin-off"
                | "alias"
                | "front"
                | "one"
                | "member"
                | "affiliate"
                | "developer"
                | "operator"
                | "part"
                | "administrator"
                | "division"
                | "arm"
                | "unit"
                | "offshoot"
                | "successor"
                | "subgroup"
        );
        let inside = match (c.head_noun(told), member) {
            (_, true) if c.prep(told + 1, &["of"]) => {
                // `one of the representatives of X`
                let led = c.led(told + 1).map(|l| if c.prep(l + 1, &["of"]) { c.led(l + 1).unwrap_or(l) } else { l });
                led.map(|l| c.all_right(l, Side::Accused)).unwrap_or_default()
            }
            (Some(Noun::Band), _) => c.who(told, Side::Accused),
            _ => Vec::new(),
        };
        let inside: Vec<Entity> = inside.into_iter().filter(|e| culprit(c, *e)).collect();
        if !inside.is_empty() {
            let accused = subject_of.iter().copied().filter(|e| !inside.contains(e)).chain(inside.iter().copied()).collect();
            return Some(Sides { accusers: accusers(), accused, about: None, stance: Some(Stance::Links) });
        }
    }
    // `is believed to be a Russian group`, `to work for B`, `to operate from B`
    let named: Vec<Entity> =
        if inner.verb.lemma == "be" && c.nominal(after) && subject_of.is_empty() && c.head_noun(phrase) == Some(Noun::Band) {
            c.who(after, Side::Accused).into_iter().filter(|e| c.kind(*e) == Some(ActorKind::ThreatGroup)).collect()
        } else {
            Vec::new()
        };
    if !named.is_empty() {
        return Some(Sides { accusers: accusers(), accused: named, ..Sides::default() });
    }
    let place = (after..after + 5)
        .take_while(|i| c.class(*i) != Some(Class::Close))
        .find(|i| c.prep(*i, &["from", "out", "in", "for", "with", "of"]))
        .filter(|_| matches!(inner.verb.lemma, "operate" | "work" | "be" | "base" | "have" | "reside"))?;
    let place = if c.prep(place, &["out"]) { place + 1 } else { place };
    let sponsors: Vec<Entity> = c.all_right(c.led(place)?, Side::Accused).into_iter().filter(|e| culprit(c, *e)).collect();
    let pronoun = c.chunk(phrase).is_some_and(|k| k.kind == super::chunk::Kind::Pronoun);
    let band = c.head_noun(phrase) == Some(Noun::Band)
        || pronoun && (0..phrase).any(|i| c.nominal(i) && c.head_noun(i) == Some(Noun::Band))
        || c.all_left(phrase, Side::Accused).iter().any(|e| c.kind(*e) == Some(ActorKind::ThreatGroup));
    let mut accused = c.all_left(phrase, Side::Accused);
    accused.extend(sponsors.iter().copied());
    (band && !sponsors.is_empty()).then(|| Sides { accusers: accusers(), accused, about: None, stance: Some(Stance::Links) })
}

/// `B was behind it`, `B was responsible for it`.
pub(super) fn behind(c: &Clause<'_>, at: usize, group: Group, end: usize) -> Option<Sides> {
    if group.verb.lemma == "involve" && !(group.passive && c.prep(c.next(at + 1), &["in"])) {
        return None;
    }
    // `was responsible in its handling`
    let for_what = |i: usize| c.prep(i, &["for"]) || c.class(i) != Some(Class::Prep);
    if (at..end).any(|i| c.is(i, &["responsible"])) && !for_what(c.next(end)) {
        return None;
    }
    let phrase = c.subject(at)?;
    let mut subject: Vec<Entity> = c.all_left(phrase, Side::Accused);
    if group.verb.lemma == "involve" {
        subject.retain(|e| culprit(c, *e));
    }
    let work = end >= 2 && c.prep(end - 1, &["of"]);
    if work {
        // `it was the work of B`
        subject = c.led(end - 1).map(|l| c.all_right(l, Side::Accused)).unwrap_or_default();
    }
    let wrong = (at..end + 3).any(|i| matches!(c.head_word(i), "security" | "investigation" | "defense" | "defence"));
    let accused: Vec<Entity> = subject
        .into_iter()
        .filter(|e| culprit(c, *e) || matches!(c.kind(*e), Some(ActorKind::Person | ActorKind::Company) | None) && !work)
        .collect();
    // A person `responsible for` has a post more often than a guilt.
    let person = accused.iter().any(|e| matches!(c.kind(*e), Some(ActorKind::Person | ActorKind::Company) | None));
    let agency = accused.iter().any(|e| c.kind(*e) == Some(ActorKind::Agency));
    let told = c.words(end..c.rest(end).end).is_some_and(|s| hostile(c, s));
    let firm = accused.iter().any(|e| c.kind(*e) == Some(ActorKind::Company));
    let deed = work || told && person && !firm || c.rest(end).take(5).any(|i| DEEDS.has(c.head_word(i)) || LINKABLE.has(c.head_word(i)));
    (!wrong && !accused.is_empty() && (!(person || agency) || deed)).then(|| Sides {
        accusers: c.speaker(at),
        accused,
        about: clause_from(c, c.next(end)),
        ..Sides::default()
    })
}

/// `the attacks came from B`, `the attack was by B`, where somebody says so.
pub(super) fn from(c: &Clause<'_>, at: usize, end: usize) -> Option<Sides> {
    let prep = end.checked_sub(1)?;
    let phrase = c.subject(at)?;
    let head = c.head_word(phrase);
    // `the perpetrators were Russian`, `the attackers were Chinese spies`
    if end == at + 1 {
        let doers = matches!(
            head,
            "attackers"
                | "attacker"
                | "hackers"
                | "hacker"
                | "perpetrators"
                | "perpetrator"
                | "culprits"
                | "culprit"
                | "intruders"
                | "actors"
        );
        let told = c.object(at).filter(|o| doers && (c.head_class(*o) == Some(Class::Actor) || c.head_noun(*o) == Some(Noun::Band)))?;
        let accused: Vec<Entity> = c.all_right(told, Side::Accused).into_iter().filter(|e| culprit(c, *e)).collect();
        let accusers = c.speaker(at);
        let states = !c.group(at).is_some_and(|g| g.negated || g.modal);
        return (states && !accusers.is_empty() && !accused.is_empty()).then(|| Sides { accusers, accused, ..Sides::default() });
    }
    let part = c.prep(phrase + 1, &["of"]) && DEEDS.has(c.head_word(phrase + 2));
    if !(part || DEEDS.has(head) || LINKABLE.has(head)) || !c.prep(prep, &["from", "by", "in"]) {
        return None;
    }
    let accused: Vec<Entity> = c.all_right(c.led(prep)?, Side::Accused).into_iter().filter(|e| culprit(c, *e)).collect();
    let accusers = c.speaker(at);
    (!accusers.is_empty()).then(|| Sides { accusers, accused, about: c.words(phrase..phrase + 1), ..Sides::default() })
}

/// `B behind the hack, says A`: a headline without its verb.
pub(super) fn headline(c: &Clause<'_>, at: usize) -> Option<Sides> {
    let behind = Some(at + 1).filter(|i| c.prep(*i, &["behind"]))?;
    let deed = c.led(behind).filter(|l| DEEDS.has(c.head_word(*l)) || LINKABLE.has(c.head_word(*l)))?;
    let begins = at.checked_sub(1).is_none_or(|b| matches!(c.class(b), Some(Class::Stop | Class::Quote)));
    let bare = c.chunk(at).is_some_and(|k| (k.start..k.end).all(|u| !c.tags.get(u).is_some_and(|t| t.class == Class::Det)));
    // Whatever follows is no verb of this noun: the sentence ends, or somebody speaks.
    let past = c.past(deed);
    let alone = matches!(c.class(past), None | Some(Class::Comma | Class::Stop | Class::Dash | Class::Quote))
        && !c.group(past).is_some_and(|g| g.verb.sense != Sense::Say);
    let ends = !(past..c.chunks.len()).any(|i| c.group(i).is_some_and(|g| g.verb.sense != Sense::Say));
    let accused: Vec<Entity> = c.all_left(at, Side::Accused).into_iter().filter(|e| culprit(c, *e)).collect();
    (begins && bare && alone && ends && !accused.is_empty()).then(|| Sides {
        accusers: c.speaker(at),
        accused,
        about: c.words(deed..deed + 1),
        ..Sides::default()
    })
}

/// Whether an entity is a name of two or three words, as persons have.
fn person_name(c: &Clause<'_>, e: Entity) -> bool {
    let Entity::Name(span) = e else { return false };
    span.of(c.text).is_some_and(|name| {
        (2..=3).contains(&name.split_whitespace().count()) && name.chars().all(|x| x.is_alphabetic() || matches!(x, ' ' | '-' | '.'))
    })
}

/// The piece of a group.
fn group_at(c: &Clause<'_>, group: Group) -> usize {
    c.chunks.iter().position(|k| k.start <= group.at && group.at < k.end).unwrap_or(c.chunks.len())
}
