//! Bands and whom they serve: `a group backed by B`, `its ties to B`, `suspected B hackers`.

use super::accuse::tool_of;
use super::chunk::Group;
use super::clause::Clause;
use super::frame::Sides;
use super::lexicon::{Class, Noun};
use super::party::{Entity, Side};
use super::scope::{culprit, subject};
use super::words::DEEDS;
use crate::article::ActorKind;

/// `a group backed by B`, `hackers working for B`, `the group is run by B`: the band and its sponsor.
pub(super) fn backed(c: &Clause<'_>, at: usize, group: Group, end: usize) -> Option<Sides> {
    let phrase = c.subject(at)?;
    // `claiming to be part of B` is what one says of oneself.
    let governor = |i: usize| c.verb_before(i).and_then(|v| c.group(v)).is_some_and(|g| g.verb.lemma == "claim");
    if group.infinitive && governor(at) {
        return None;
    }
    if let Some(sides) = sponsors(c, at, group, phrase) {
        return Some(sides);
    }
    let band = c.head_noun(phrase) == Some(Noun::Band) && !matches!(c.head_word(phrase), "ransomware" | "team" | "teams")
        || c.all_left(phrase, Side::Accused).iter().any(|e| c.kind(*e) == Some(ActorKind::ThreatGroup));
    // `the firm is affiliated with an agency of spies`
    let named = matches!(c.head_class(phrase), Some(Class::Name))
        || c.all_left(phrase, Side::Accused).iter().any(|e| c.kind(*e) == Some(ActorKind::Company));
    let served = named && end == at + 1 && c.serves(at, 2).iter().any(|e| c.kind(*e) == Some(ActorKind::Agency));
    // `the poster is affiliated with X`
    let person = !band && !served && c.head_noun(phrase) == Some(Noun::Human);
    if !band && !served && !person {
        return None;
    }
    // `a group operating in a country`
    if matches!(group.verb.lemma, "operate" | "act" | "run" | "work") && c.prep(c.next(at + 1), &["in", "from", "out", "of", "with"]) {
        return None;
    }
    let sponsors = if end > at + 1 {
        c.led(end.checked_sub(1)?)
            .or_else(|| c.nominal(c.next(end)).then(|| c.next(end)))
            .map(|l| c.all_right(l, Side::Accused))
            .unwrap_or_default()
    } else {
        c.serves(at, 2)
    };
    let sponsors: Vec<Entity> = sponsors.into_iter().filter(|e| culprit(c, *e)).collect();
    let crew = sponsors.iter().any(|e| c.kind(*e) == Some(ActorKind::ThreatGroup));
    if sponsors.is_empty() || person && !crew {
        return None;
    }
    // `a group backed by B` takes its sponsor for itself already.
    let mut accused: Vec<Entity> = c
        .all_left(phrase, Side::Accused)
        .into_iter()
        .filter(|e| {
            (served || c.kind(*e) == Some(ActorKind::ThreatGroup) || c.head_class(phrase) == Some(Class::Name)) && !sponsors.contains(e)
        })
        .collect();
    // Bare narration needs a name on one side and words of attribution between.
    let _ = group;
    accused.extend(sponsors);
    Some(Sides { accusers: c.speaker(at), accused, about: None, ..Sides::default() })
}

/// `B is backing the group`: the sponsor acts.
fn sponsors(c: &Clause<'_>, at: usize, group: Group, phrase: usize) -> Option<Sides> {
    let backs = matches!(
        group.verb.lemma,
        "back" | "sponsor" | "support" | "fund" | "direct" | "control" | "run" | "employ" | "hire" | "finance" | "operate" | "recruit"
    );
    let object = c.object(at).filter(|_| backs && !group.passive)?;
    let groups: Vec<Entity> =
        c.all_right(object, Side::Accused).into_iter().filter(|e| c.kind(*e) == Some(ActorKind::ThreatGroup)).collect();
    let sponsors: Vec<Entity> = c
        .all_left(phrase, Side::Accused)
        .into_iter()
        .filter(|e| matches!(c.kind(*e), Some(ActorKind::State | ActorKind::Agency)))
        .collect();
    let accusers = c.speaker(at);
    (!groups.is_empty() && !sponsors.is_empty() && !accusers.is_empty()).then(|| Sides {
        accusers,
        accused: groups.into_iter().chain(sponsors).collect(),
        ..Sides::default()
    })
}

/// `ties between the ministry and the group`, `the group's ties to B`, `has links to B`.
pub(super) fn between(c: &Clause<'_>, at: usize, head: usize) -> Option<Sides> {
    let prep = c.next(at + 1);
    if c.verb_before(at)
        .and_then(|v| c.group(v))
        .is_some_and(|g| g.negated || g.modal && g.verb.lemma != "have" || matches!(g.verb.lemma, "deny" | "reject" | "dismiss"))
    {
        return None;
    }
    if !c.prep(prep, &["between", "among", "to", "with"]) {
        return None;
    }
    let led = c.led(prep)?;
    let mut accused = c.all_right(led, Side::Accused);
    if accused.is_empty() {
        accused = tool_of(c, led);
    }
    // A firm is linked to others every day, but not to spyware.
    let tools = c
        .rest(at)
        .take(9)
        .any(|i| matches!(c.head_word(i), "spyware" | "malware" | "exploit" | "exploits" | "attacks" | "hacking" | "surveillance"));
    accused.retain(|e| tools || c.kind(*e) != Some(ActorKind::Company));
    if accused.is_empty() {
        return None;
    }
    let mut other = Vec::new();
    if !c.prep(prep, &["between", "among"]) {
        let chunk = c.chunk(at)?;
        let owner = (chunk.start..head)
            .find(|u| c.tags.get(*u).is_some_and(|t| t.class == Class::Own))
            .and_then(|u| c.units.get(u.checked_sub(1)?)?.mention)
            .map(Entity::Mention);
        let verb = c
            .verb_before(at)
            .filter(|v| c.group(*v).is_some_and(|g| matches!(g.verb.lemma, "have" | "maintain" | "share" | "bear" | "show")));
        other = match (owner, verb) {
            (Some(owner), _) => vec![owner],
            (None, Some(verb)) => subject(c, verb, Side::Accused),
            _ => at
                .checked_sub(1)
                .filter(|w| c.prep(*w, &["with"]))
                .and_then(|w| c.previous(w))
                .filter(|n| c.nominal(*n))
                .map(|n| c.who(n, Side::Accused))
                .unwrap_or_default(),
        };
        let band = verb.and_then(|v| c.subject(v)).or_else(|| at.checked_sub(2)).is_some_and(|p| c.head_noun(p) == Some(Noun::Band));
        let group = |e: &Entity| c.kind(*e) == Some(ActorKind::ThreatGroup);
        if !(other.iter().any(group) || accused.iter().any(group) || band && accused.iter().any(|e| culprit(c, *e))) {
            return None;
        }
        other.retain(group);
    } else if !accused.iter().any(|e| matches!(c.kind(*e), Some(ActorKind::ThreatGroup)) || tools && c.kind(*e) == Some(ActorKind::Company))
    {
        return None;
    }
    other.extend(accused);
    let accusers = c.speaker(at);
    let accusers = if accusers.is_empty() {
        c.verb_before(at)
            .filter(|v| {
                c.group(*v).is_some_and(|g| {
                    !g.passive
                        && matches!(
                            g.verb.lemma,
                            "establish" | "speak" | "find" | "see" | "show" | "have" | "report" | "draw" | "make" | "note"
                        )
                        && g.verb.lemma != "have"
                })
            })
            .map(|v| subject(c, v, Side::Speaker))
            .unwrap_or_default()
    } else {
        accusers
    };
    Some(Sides { accusers, accused: other, about: None, ..Sides::default() })
}

/// `suspected B hackers`, `alleged B spies`.
pub(super) fn suspected(c: &Clause<'_>, at: usize) -> Option<Sides> {
    let chunk = c.chunk(at)?;
    let head = c.head(at)?;
    let cue = (chunk.start..head)
        .find(|u| matches!(c.word(*u), "suspected" | "alleged" | "presumed" | "purported" | "likely" | "accused" | "reputed"))?;
    let deed = DEEDS.has(c.head_word(at)) && c.span.of(c.text).is_some_and(super::cyber);
    let fits =
        deed || c.head_noun(at).is_some_and(|n| matches!(n, Noun::Band | Noun::Human)) || matches!(c.head_class(at), Some(Class::Actor));
    let accused: Vec<Entity> = if deed {
        (chunk.start..head).filter_map(|u| c.units.get(u)?.mention).map(Entity::Mention).filter(|e| culprit(c, *e)).collect()
    } else {
        c.who(at, Side::Accused).into_iter().filter(|e| culprit(c, *e)).collect()
    };
    let stance = at.checked_sub(2).is_some_and(|n| matches!(c.head_word(n), "stance" | "stand" | "position" | "front" | "statement"));
    let takers = c.verb_before(at).filter(|_| stance).map(|v| subject(c, v, Side::Speaker)).unwrap_or_default();
    let named = accused.iter().any(|e| match e {
        Entity::Mention(m) => (cue..chunk.end).any(|u| c.units.get(u).and_then(|x| x.mention) == Some(*m)),
        Entity::Crew(_) => true,
        Entity::Name(_) | Entity::Nobody => false,
    });
    let group = c.head_class(at) != Some(Class::Actor) || accused.iter().any(|e| c.kind(*e) == Some(ActorKind::ThreatGroup));
    (fits && named && group).then(|| Sides {
        accusers: if takers.is_empty() { c.speaker(at) } else { takers },
        accused,
        about: None,
        ..Sides::default()
    })
}
