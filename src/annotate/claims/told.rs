//! What a sentence tells as a whole, where no frame reads its parts: somebody speaks of a named group and of what it does, or it is told with
//! reserve. The weakest of all readings: asked last, and only of sentences that no rule has read.

use super::accuse::doer;
use super::attribute::maker_of;
use super::chunk::Group;
use super::clause::Clause;
use super::crew as crew_of;
use super::frame::Sides;
use super::lexicon::{Class, Noun, Sense};
use super::party::{Entity, Side};
use super::scope::{cyber_here, withdrawn};
use super::words::{List, SUFFERED};
use crate::article::{ActorKind, Stance};

/// Verbs of those who fight a group, and of what a group says of itself: whoever tells them accuses nobody.
static FOUGHT: List = List::new(
    "arrest detain disrupt dismantle seize shut ban sanction help protect defend mitigate block prevent thwart close end return \
     disappear resume reappear relaunch rebrand retire rename vanish resurface recruit apologize apologise deny reject mention call",
);

/// Nouns for what is done to a band.
static AGAINST: List = List::new(
    "arrest arrests takedown takedowns crackdown disruption sanctions prosecution extradition raid raids seizure capture return \
     resurgence disappearance reward rewards shutdown victim victims decryptor decryption analysis overview history",
);

/// Words of reserve that make a claim of what stands near them.
static RESERVE: List = List::new("allegedly alleged reportedly suspected purportedly purported presumed believed thought suspects");

/// What a firm makes that is a weapon.
static MAKES: List = List::new("spyware malware wiper implant");

/// Words that tie.
static TIES: List =
    List::new("linked tied attributed connected associated overlap overlaps ties links link connection connections affiliated nexus");

/// How far words of reserve reach, in units.
const REACH: usize = 9;

/// Somebody tells of a named group and what it does.
pub(super) fn told(c: &Clause<'_>) -> Option<Sides> {
    if !cyber_here(c) || conditional(c) {
        return None;
    }
    let mut out: Option<Sides> = None;
    for at in 0..c.chunks.len() {
        let accused = culprits(c, at);
        if accused.is_empty() || withdrawn(c, at) || fought(c, at) || aside(c, at) || absent(c, at) {
            continue;
        }
        let accusers: Vec<Entity> = c.speaker(at).into_iter().filter(|e| !accused.iter().any(|a| c.same(*a, *e))).collect();
        let (reserved, tied) = near(c, at);
        if accusers.is_empty() && !reserved {
            continue;
        }
        let stance = Some(if tied { Stance::Links } else { Stance::Accuses });
        match &mut out {
            Some(sides) => sides.accused.extend(accused),
            None => out = Some(Sides { accusers, accused, about: None, stance }),
        }
    }
    out
}

/// The group a phrase names, or the state whose hackers it names.
fn culprits(c: &Clause<'_>, at: usize) -> Vec<Entity> {
    if !c.nominal(at) {
        return Vec::new();
    }
    let Some(chunk) = c.chunk(at) else { return Vec::new() };
    let names = c.units.get(chunk.start..chunk.end).is_some_and(|units| units.iter().any(|u| u.mention.is_some() || u.name));
    if !names && c.head_noun(at) != Some(Noun::Band) && !MAKES.has(c.head_word(at)) {
        return Vec::new();
    }
    let named: Vec<Entity> = (chunk.start..chunk.end).filter_map(|u| crew(c, u)).collect();
    if !named.is_empty() {
        return named;
    }
    // `the NSO spyware`, `spyware made by X`: its maker answers for it.
    if MAKES.has(c.head_word(at)) {
        let inside = (chunk.start..chunk.end).filter_map(|u| c.units.get(u)?.mention).map(Entity::Mention);
        let firm: Vec<Entity> = inside.filter(|e| c.kind(*e) == Some(ActorKind::Company)).collect();
        return if firm.is_empty() { maker_of(c, at) } else { firm };
    }
    // `was hacked with X's Product`
    let own = (chunk.start..chunk.end).find(|u| c.tags.get(*u).is_some_and(|t| t.class == Class::Own));
    if c.head_class(at) == Some(Class::Name)
        && at.checked_sub(1).is_some_and(|p| {
            (c.prep(p, &["with"]) || c.group(p).is_some_and(|g| g.verb.lemma == "use" && g.verb.form == super::lexicon::Form::Ing))
                && c.verb_before(p).and_then(|v| c.group(v)).is_some_and(|g| g.verb.sense == Sense::Deed)
        })
        && let Some(owner) = own.and_then(|o| c.units.get(o.checked_sub(1)?)?.mention)
    {
        return vec![Entity::Mention(owner)];
    }
    // `the Russian attack on the port`
    let deed = doer(c, at..at + 1);
    if !deed.is_empty() && !SUFFERED.has(c.head_word(at)) || deed.iter().any(|e| adjective(c, at, *e)) {
        return deed;
    }
    // `a China nexus`
    if c.is_head(at, "nexus") {
        return (chunk.start..chunk.end)
            .filter_map(|u| c.units.get(u)?.mention)
            .map(Entity::Mention)
            .filter(|e| c.kind(*e) == Some(ActorKind::State))
            .collect();
    }
    let band = c.head_noun(at) == Some(Noun::Band);
    let inside = |e: &Entity| matches!(e, Entity::Mention(m) if (chunk.start..chunk.end).any(|u| c.units.get(u).and_then(|x| x.mention) == Some(*m)));
    let state = |e: &Entity| {
        matches!(c.kind(*e), Some(ActorKind::State | ActorKind::Agency)) && inside(e) || c.kind(*e) == Some(ActorKind::ThreatGroup)
    };
    if band { c.who(at, Side::Accused).into_iter().filter(state).collect() } else { Vec::new() }
}

/// The group that a unit names, found or known to the table.
fn crew(c: &Clause<'_>, unit: usize) -> Option<Entity> {
    let named = c.units.get(unit)?;
    match named.mention {
        Some(m) => Some(Entity::Mention(m)).filter(|e| c.kind(*e) == Some(ActorKind::ThreatGroup)),
        None if named.name => named.span.of(c.text).and_then(|name| crew_of(c.knowledge, name)).map(|_| Entity::Crew(named.span)),
        None => None,
    }
}

/// Whether a state stands before its deed as an adjective: `the Russian hack`, not `the Norway hack`.
fn adjective(c: &Clause<'_>, at: usize, e: Entity) -> bool {
    let Entity::Mention(m) = e else { return false };
    c.nominal(at)
        && c.mentions.get(m).is_some_and(|m| {
            m.kind == ActorKind::State && ["an", "ese", "ish"].iter().any(|s| m.surface.ends_with(s)) && m.surface != "Iran"
        })
}

/// Whether a sentence says what would be, not what is.
fn conditional(c: &Clause<'_>) -> bool {
    (0..c.chunks.len()).any(|i| c.class(i) == Some(Class::Sub) && c.is(i, &["if", "whether", "unless"]))
}

/// Whether the clause of a phrase tells how a group is fought, or is denied or wished for.
fn fought(c: &Clause<'_>, at: usize) -> bool {
    let verb = |i: usize| c.group(i).filter(|g| g.verb.sense != Sense::Say);
    let left = (0..at).rev().take_while(|i| !matches!(c.class(*i), Some(Class::Stop | Class::Sub))).find_map(verb);
    let right = (at + 1..c.chunks.len()).take_while(|i| !matches!(c.class(*i), Some(Class::Stop | Class::Sub))).find_map(verb);
    let bad = |g: Group| g.negated || g.modal || g.must || FOUGHT.has(g.verb.lemma);
    left.is_some_and(bad) || right.is_some_and(bad)
}

/// Whether words near before a phrase take it back: `unaware of any hacking by B`, `without B`, `former B hackers`.
fn absent(c: &Clause<'_>, at: usize) -> bool {
    let Some(chunk) = c.chunk(at) else { return false };
    let word = |u: usize| c.word(u);
    (chunk.start.saturating_sub(6)..chunk.end).any(|u| matches!(word(u), "unaware" | "without" | "former" | "ex" | "non-existent"))
        || (chunk.start.saturating_sub(4)..chunk.end).any(|u| matches!(word(u), "any" | "no"))
}

/// Whether a phrase hangs on words that tell nothing of what it does: `a decryptor for the X ransomware`, `arrests of X members`.
fn aside(c: &Clause<'_>, at: usize) -> bool {
    let Some(before) = c.previous(at).filter(|p| c.class(*p) == Some(Class::Prep)) else { return false };
    let noun = before.checked_sub(1).map_or("", |n| c.head_word(n));
    c.prep(before, &["for", "against", "on", "about", "at", "into", "after", "before", "since", "on", "under"])
        || c.prep(before, &["of", "in"]) && AGAINST.has(noun)
}

/// Whether words of reserve, and words that tie, stand near a phrase.
fn near(c: &Clause<'_>, at: usize) -> (bool, bool) {
    let Some(chunk) = c.chunk(at) else { return (false, false) };
    let range = chunk.start.saturating_sub(REACH)..(chunk.end + REACH).min(c.units.len());
    let words = |list: &'static List| range.clone().any(|u| list.has(c.word(u)));
    (words(&RESERVE), words(&TIES))
}
