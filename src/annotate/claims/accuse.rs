//! Verbs that accuse: `A accused B`, `A condemned the attack by B`, `A blamed it on B`.

use super::chunk::Group;
use super::clause::Clause;
use super::frame::Sides;
use super::lexicon::{Class, Form, Noun};
use super::party::{Entity, Side};
use super::rules::{Frame, Rule};
use super::scope::{about, accuser, agent, at_length, culprit, cyber_here, cyber_near, hostile, object_before, passive, subject, teller};
use super::words::{DEEDS, MAKES, NEGLECT, OTHER_MATTERS, SUFFERED};
use crate::article::{ActorKind, Span, Stance};

pub(super) fn object(c: &Clause<'_>, rule: &Rule, at: usize, group: Group, end: usize) -> Option<Sides> {
    // `is suspected to have`, `suspects that`: other rules.
    let next = c.next(end);
    if group.verb.lemma == "suspect"
        && (c.class(next) == Some(Class::Sub)
            || c.prep(next, &["as", "to"])
            || c.group(next).is_some()
            || !group.passive && !c.nominal(next) && !c.prep(next, &["of"]))
    {
        return None;
    }
    let about = about(c, end);
    let other = matches!(
        group.verb.lemma,
        "ban" | "expel" | "arrest" | "sue" | "prosecute" | "apprehend" | "detain" | "offer" | "extradite" | "sentence" | "convict"
    ) || rule.frame == Frame::Deed;
    let strict = matches!(group.verb.lemma, "ban" | "expel" | "criticize" | "criticise" | "slam" | "blast" | "chide" | "rebuke");
    let neglect = |a: Span| c.units.iter().any(|u| u.span.start >= a.start && u.span.end <= a.end && NEGLECT.has(u.lower));
    let fits = match rule.stance {
        // Sanctions are for what their reasons say, where they say it.
        Stance::Sanctions if !strict => about.is_none_or(|a| !elsewhere(c, at_length(c, a))),
        _ => about
            .map_or(!(strict || other && !cyber_near(c)), |a| hostile(c, at_length(c, a)) || group.verb.lemma == "accuse" && cyber_here(c)),
    };
    let crew = || {
        let told = rule.stance == Stance::Charges
            && !passive(c, at, group, end)
            && c.object(end.saturating_sub(1)).is_some_and(|o| c.head_noun(o) == Some(Noun::Human) && !gang(c, o + 1).is_empty());
        if told {
            return true;
        }
        let phrase = if passive(c, at, group, end) { c.subject(at) } else { c.object(end.saturating_sub(1)) };
        rule.stance == Stance::Charges
            && phrase.is_some_and(|p| {
                let of = matches!(c.head_word(p), "members" | "member" | "affiliates" | "affiliate" | "operators" | "operator" | "leader")
                    && c.prep(p + 1, &["of"]);
                c.who(p, Side::Accused).iter().any(|e| c.kind(*e) == Some(ActorKind::ThreatGroup) || of && matches!(e, Entity::Name(_)))
            })
    };
    let arrest = matches!(group.verb.lemma, "arrest" | "apprehend" | "detain");
    // `members of the gang were arrested` tells no charge and no one who brings it.
    let bare = arrest && about.is_none() && group.passive && agent(c, end).is_none() && c.speaker(at).is_empty();
    let fits = (fits && !(arrest && about.is_none())) || !bare && crew();
    let careless = matches!(rule.frame, Frame::Deed) && about.is_some_and(neglect)
        || rule.stance == Stance::Charges && about.is_some_and(|a| neglect(at_length(c, a)));
    if !fits || careless {
        return None;
    }
    if passive(c, at, group, end) {
        let mut accused = subject(c, at, Side::Accused);
        if accused.is_empty() && rule.stance == Stance::Charges {
            accused = gang(c, end);
        }
        // `after the arrest of the head of X, three members were arrested`
        if accused.is_empty()
            && rule.stance == Stance::Charges
            && c.subject(at).is_some_and(|s| matches!(c.head_word(s), "members" | "member" | "suspects" | "affiliates"))
        {
            accused = gang(c, 0);
        }
        return Some(Sides { accusers: agent(c, end).unwrap_or_else(|| teller(c, at, group)), accused, about, ..Sides::default() });
    }
    // `the exchange, which A sanctioned`
    let before = object_before(c, at).filter(|_| !c.nominal(c.next(end)));
    let object = before.map_or_else(|| c.object(end.checked_sub(1)?), Some)?;
    let mut accused = if before.is_some() { c.who(object, Side::Accused) } else { c.all_right(object, Side::Accused) };
    if accused.is_empty() && rule.stance == Stance::Charges {
        // `charged six men with crimes linked to the gang`, `six men alleged to be part of it`
        accused = gang(c, object + 1);
    }
    // `sanctioned three suppliers: X, Y and Z`
    if rule.stance == Stance::Sanctions && c.is(object + 1, &[":"]) && c.nominal(c.next(object + 2)) {
        accused.extend(c.all_right(c.next(object + 2), Side::Accused));
    }
    if accused.is_empty() && matches!(rule.stance, Stance::Charges | Stance::Sanctions) {
        accused = nation(c, object);
    }
    let penal = matches!(rule.stance, Stance::Charges | Stance::Sanctions);
    let accused: Vec<Entity> = accused
        .into_iter()
        .filter(|e| penal || !matches!(e, Entity::Name(_)) || c.head_class(object) == Some(Class::Name) || c.naming(object + 1).is_some())
        .collect();
    let mut accused: Vec<Entity> = accused.into_iter().filter(|e| group.verb.lemma != "point" || !matches!(e, Entity::Name(_))).collect();
    // `accused B (X and Y, in particular)`: the groups it means.
    if c.class(object + 1) == Some(Class::Open) && accused.iter().all(|e| c.kind(*e) == Some(ActorKind::State)) {
        let close = c.rest(object + 2).find(|i| c.class(*i) == Some(Class::Close)).unwrap_or(object + 2);
        let named = (object + 2..close).filter(|i| c.nominal(*i)).flat_map(|i| c.who(i, Side::Accused));
        accused.extend(named.filter(|e| c.kind(*e) == Some(ActorKind::ThreatGroup)).collect::<Vec<_>>());
    }
    // `accused B of attacks carried out by X`
    if rule.name == "accuse" && !accused.is_empty() {
        let more = doer(c, c.past(object)..c.rest(object).end);
        accused.extend(more.into_iter().filter(|e| c.kind(*e) == Some(ActorKind::ThreatGroup)));
    }
    let accusers = accuser(c, at);
    // `pointing the finger at them helps nobody`
    if accusers.is_empty() && group.verb.form == Form::Ing {
        return None;
    }
    Some(Sides { accusers, accused, about, ..Sides::default() })
}

/// Whether words give a reason for sanctions that has nothing to do with computers.
fn elsewhere(c: &Clause<'_>, span: Span) -> bool {
    c.units.iter().any(|u| u.span.start >= span.start && u.span.end <= span.end && OTHER_MATTERS.has(u.lower)) && !hostile(c, span)
}

/// The state whose firm a phrase is, where nothing names the firm: `a North Korean front company`.
pub(super) fn nation(c: &Clause<'_>, phrase: usize) -> Vec<Entity> {
    let Some(chunk) = c.chunk(phrase).filter(|_| c.head_noun(phrase) == Some(Noun::Firm)) else { return Vec::new() };
    let named = (chunk.start..chunk.end).filter_map(|u| c.units.get(u)?.mention).map(Entity::Mention);
    named.filter(|e| c.kind(*e) == Some(ActorKind::State)).take(1).collect()
}

/// The first group named from a piece on.
pub(super) fn gang(c: &Clause<'_>, from: usize) -> Vec<Entity> {
    let group =
        |i: usize| c.nominal(i).then(|| c.who(i, Side::Accused).into_iter().find(|e| c.kind(*e) == Some(ActorKind::ThreatGroup))).flatten();
    // A name no table knows, behind `associated with`, of which more is told: `X, a ransomware operation`.
    let unknown = |i: usize| {
        let joined = i
            .checked_sub(2)
            .and_then(|v| c.group(v))
            .is_some_and(|g| matches!(g.verb.lemma, "associate" | "link" | "tie" | "affiliate" | "connect"));
        (joined && c.head_class(i) == Some(Class::Name)).then(|| c.who(i, Side::Accused).into_iter().next()).flatten()
    };
    c.rest(from).find_map(group).or_else(|| c.rest(from).find_map(unknown)).into_iter().collect()
}

/// Who did the deed that a stretch of pieces names: `the attack by B`, `B's hacking`, `Chinese cyberattacks`.
pub(super) fn doer(c: &Clause<'_>, range: std::ops::Range<usize>) -> Vec<Entity> {
    // `an app created by B`, `flaws found by B`
    let made = |i: usize| i.checked_sub(1).and_then(|v| c.group(v)).is_some_and(|g| MAKES.has(g.verb.lemma));
    let by = range.clone().find(|i| {
        !made(*i) && c.prep(*i, &["by", "from"]) && c.led(*i).is_some_and(|l| c.who(l, Side::Accused).iter().any(|e| culprit(c, *e)))
    });
    let named = range.clone().any(|i| c.nominal(i) && DEEDS.has(c.head_word(i)));
    // `details the work of B`
    let of = range.clone().find(|i| {
        c.prep(*i, &["of"])
            && matches!(
                c.head_word(i.wrapping_sub(1)),
                "work" | "activities" | "activity" | "operations" | "tactics" | "actions" | "handiwork" | "ttps"
            )
            && c.led(*i).is_some_and(|l| c.who(l, Side::Accused).iter().any(|e| culprit(c, *e)))
    });
    if let Some(led) = of.and_then(|o| c.led(o)) {
        return c.all_right(led, Side::Accused);
    }
    // `tools used by X`
    let used = range.clone().skip(1).find(|i| {
        c.prep(*i, &["by"])
            && c.group(i - 1).is_some_and(|g| {
                matches!(
                    g.verb.lemma,
                    "use"
                        | "deploy"
                        | "develop"
                        | "operate"
                        | "launch"
                        | "conduct"
                        | "create"
                        | "carry"
                        | "run"
                        | "make"
                        | "mount"
                        | "orchestrate"
                )
            })
            && c.led(*i).is_some_and(|l| {
                c.who(l, Side::Accused).iter().any(|e| c.kind(*e) == Some(ActorKind::ThreatGroup))
                    || matches!(c.head_class(l), Some(Class::Name))
                    || c.head_noun(l) == Some(Noun::Band)
                    || c.head_noun(l) == Some(Noun::Office) && c.who(l, Side::Accused).iter().any(|e| culprit(c, *e))
            })
    });
    if let Some(led) = used.and_then(|b| c.led(b)) {
        return c.all_right(led, Side::Accused).into_iter().filter(|e| culprit(c, *e) || matches!(e, Entity::Name(_))).collect();
    }
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
        let inside = (chunk.start..chunk.end)
            .rev()
            .filter_map(|u| c.units.get(u)?.mention)
            .map(Entity::Mention)
            // `the Treasury ransomware attack`: an agency suffers it; `FSB tradecraft`: an agency does it.
            .find(|e| match c.kind(*e) {
                Some(ActorKind::Agency) => !SUFFERED.has(c.head_word(i)),
                kind => matches!(kind, Some(ActorKind::State | ActorKind::ThreatGroup)),
            });
        // `X ransomware attacks`
        let crew = || {
            let named = |u: usize| {
                c.units.get(u).filter(|x| x.name && matches!(c.word(u + 1), "ransomware" | "gang" | "group")).map(|x| Entity::Name(x.span))
            };
            (chunk.start..chunk.end).find_map(named)
        };
        let inside = inside.or_else(crew);
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
            let phrase = c.subject(at)?;
            if matches!(group.verb.lemma, "track" | "observe" | "spot" | "see" | "find" | "detect" | "discover" | "identify") {
                return None;
            }
            let accusers = agent(c, end)?;
            let from = c.previous(phrase).filter(|p| c.prep(*p, &["in", "of", "behind"])).and_then(|p| p.checked_sub(1)).unwrap_or(phrase);
            return Some(Sides { accusers, accused: doer(c, from..at.min(phrase + 4)), about: c.words(from..at), ..Sides::default() });
        }
        return object(c, rule, at, group, end);
    }
    if rule.name != "expose"
        && let Some(sides) = object(c, rule, at, group, end).filter(|s| {
            s.accused.iter().any(|e| !matches!(c.kind(*e), Some(ActorKind::Company) | None))
                || s.about.is_some_and(|a| hostile(c, a))
                    && !s.accused.is_empty()
                    && c.object(end.saturating_sub(1)).is_none_or(|o| c.prep(c.past(o), &["for", "over"]))
        })
    {
        return Some(sides);
    }
    let accusers = accuser(c, at);
    let accused = doer(c, first..stop);
    (!accusers.is_empty()).then_some(Sides { accusers, accused, about: c.words(first..stop), ..Sides::default() })
}

pub(super) fn blame(c: &Clause<'_>, at: usize, group: Group, end: usize) -> Option<Sides> {
    // `laid the blame for it on B`
    let noun = group.verb.lemma != "blame" && group.verb.lemma != "pin";
    let on = |from: usize| {
        c.rest(from).take_while(|i| !c.group(*i).is_some_and(|g| g.finite) && (noun || !c.prep(*i, &["for"]))).find(|i| {
            (c.prep(*i, &["on"]) || c.prep(*i, &["of"]) && c.is_head(i.wrapping_sub(1), "feet"))
                && c.led(*i).is_some_and(|l| !c.who(l, Side::Accused).is_empty())
        })
    };
    let next = c.next(end);
    let mut sides = if passive(c, at, group, end) {
        if c.prep(next, &["on", "upon"]) {
            let accused = c.led(next).map(|l| c.all_right(l, Side::Accused)).unwrap_or_default();
            let thing = c.subject(at).and_then(|s| c.words(s..s + 1));
            Sides { accusers: agent(c, next + 1).unwrap_or_else(|| c.speaker(at)), accused, about: thing, ..Sides::default() }
        } else {
            Sides {
                accusers: agent(c, end).unwrap_or_else(|| teller(c, at, group)),
                accused: subject(c, at, Side::Accused),
                about: about(c, end),
                ..Sides::default()
            }
        }
    } else {
        let accusers = accuser(c, at);
        match on(end) {
            Some(on) => Sides { accusers, accused: c.all_right(c.led(on)?, Side::Accused), about: c.words(end..on), ..Sides::default() },
            None => {
                // `the service, which A blames for it`
                let before = object_before(c, at).filter(|_| !c.nominal(next));
                let accused = match before {
                    Some(object) => c.who(object, Side::Accused),
                    None => c.all_right(c.object(end - 1)?, Side::Accused),
                };
                Sides { accusers, accused, about: about(c, end), ..Sides::default() }
            }
        }
    };
    // `blames B for the deaths`
    let vague = |a: Span| {
        c.units
            .iter()
            .any(|u| u.span.start >= a.start && u.span.end <= a.end && matches!(u.lower, "it" | "this" | "that" | "them" | "these"))
    };
    if sides.about.is_some_and(|a| !hostile(c, a) && !vague(a))
        && c.prep(c.rest(end).find(|i| c.prep(*i, &["for", "on"])).unwrap_or(0), &["for"])
    {
        return None;
    }
    // A firm is blamed for carelessness more often than for an attack.
    sides.accused.retain(|e| !matches!(c.kind(*e), Some(ActorKind::Company) | None) || matches!(e, Entity::Name(_)) && group.passive);
    Some(sides)
}

/// `blame was laid on B by A`, `fingers were pointed at B`, `suspicion fell on B`.
pub(super) fn falls(c: &Clause<'_>, at: usize, group: Group) -> Option<Sides> {
    let subject = c.subject(at).filter(|_| group.passive || group.verb.lemma == "fall")?;
    if !matches!(
        c.head_word(subject),
        "blame" | "finger" | "fingers" | "suspicion" | "suspicions" | "accusation" | "accusations" | "allegations"
    ) {
        return None;
    }
    let prep = c.rest(at + 1).take(6).find(|i| c.prep(*i, &["on", "upon", "at", "against", "to"]))?;
    let accused = c.all_right(c.led(prep)?, Side::Accused).into_iter().filter(|e| culprit(c, *e)).collect();
    Some(Sides { accusers: agent(c, prep + 1).unwrap_or_else(|| c.speaker(at)), accused, about: about(c, subject), ..Sides::default() })
}

/// `A named B as the culprit`, `A identified B as the group behind it`.
pub(super) fn named_as(c: &Clause<'_>, at: usize, group: Group, end: usize) -> Option<Sides> {
    let object = if group.passive { c.subject(at)? } else { c.object(end.checked_sub(1)?)? };
    let behind = if group.passive { at } else { object };
    let prep = (behind + 1..behind + 6).find(|i| c.prep(*i, &["as"]))?;
    let role = c.led(prep)?;
    let culprits = matches!(
        c.head_word(role),
        "culprit"
            | "culprits"
            | "perpetrator"
            | "perpetrators"
            | "source"
            | "mastermind"
            | "author"
            | "suspect"
            | "suspects"
            | "backer"
            | "backers"
            | "instigator"
            | "sponsor"
            | "sponsors"
            | "masterminds"
            | "authors"
            | "attacker"
            | "attackers"
            | "offender"
            | "offenders"
    );
    let doers = matches!(c.head_noun(role), Some(Noun::Band | Noun::Human | Noun::Office)) && c.prep(role + 1, &["behind"]);
    let found = if group.passive { c.all_left(object, Side::Accused) } else { c.all_right(object, Side::Accused) };
    let accused = found.into_iter().filter(|e| culprit(c, *e) || matches!(c.kind(*e), Some(ActorKind::Person) | None)).collect();
    // `identified B as a member of X`, `as an X operator`
    let crew: Vec<Entity> = if matches!(c.head_noun(role), Some(Noun::Band | Noun::Human)) && !culprits && !doers {
        c.who(role, Side::Accused).into_iter().filter(|e| c.kind(*e) == Some(ActorKind::ThreatGroup)).collect()
    } else {
        Vec::new()
    };
    let joined = !crew.is_empty();
    let accused = crew.into_iter().fold(accused, |mut all: Vec<Entity>, e| {
        if !all.iter().any(|a| c.same(*a, e)) {
            all.push(e);
        }
        all
    });
    let accusers = if group.passive { agent(c, at + 1).unwrap_or_else(|| c.speaker(at)) } else { accuser(c, at) };
    ((culprits || doers || joined) && (group.passive || !accusers.is_empty())).then(|| Sides {
        accusers,
        accused,
        about: c.words(role..role + 1),
        ..Sides::default()
    })
}

/// The group whose tool a phrase is: `X malware`, `the X backdoor`.
pub(super) fn tool_of(c: &Clause<'_>, phrase: usize) -> Vec<Entity> {
    let tool = matches!(
        c.head_word(phrase),
        "malware" | "ransomware" | "backdoor" | "trojan" | "toolkit" | "tools" | "operation" | "infrastructure" | "activity"
    );
    let Some(chunk) = c.chunk(phrase).filter(|_| tool) else { return Vec::new() };
    let group = |u: usize| {
        let unit = c.units.get(u)?;
        match unit.mention {
            Some(m) => Some(Entity::Mention(m)),
            None => {
                unit.name.then(|| unit.span.of(c.text)).flatten().and_then(|n| super::crew(c.knowledge, n)).map(|_| Entity::Crew(unit.span))
            }
        }
    };
    (chunk.start..chunk.end).filter_map(group).filter(|e| c.kind(*e) == Some(ActorKind::ThreatGroup)).take(1).collect()
}
