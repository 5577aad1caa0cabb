//! Claims: who accuses whom. Reads sentences with a table of rules ([`rules`]): trigger words, the frame they stand in, and the actors
//! already found; no model. Owns nothing but its tables; never changes the text, and says nothing rather than guess.

mod accuse;
mod attribute;
mod before;
mod beside;
mod chunk;
mod clause;
mod deny;
mod frame;
mod lexicon;
mod noun;
mod party;
mod report;
mod rules;
mod scope;
mod sentence;
mod settle;
mod speech;
mod sponsor;
mod subject;
mod tag;
mod times;
mod told;
mod trigger;
mod urge;
mod victims;
mod words;

use crate::article::{ActorKind, Claim, Mention, Party, Span, Stance};
use crate::knowledge::Knowledge;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use clause::{Clause, Source};
use party::Entity;
use std::sync::OnceLock;

/// The claims of a text, in order. `actors` are its mentions, in order; a name that is none, but stands where an accused stands, is looked up in
/// `knowledge`.
pub(super) fn find(text: &str, actors: &[Mention], knowledge: &Knowledge) -> Vec<Claim> {
    let mut out = Vec::new();
    if actors.is_empty() {
        return out;
    }
    let small = text.to_ascii_lowercase();
    let sentences = sentence::sentences(text);
    let mut told: Vec<Option<bool>> = vec![None; sentences.len()];
    let mut about = |i: usize| -> bool {
        let Some(known) = told.get_mut(i) else { return false };
        *known.get_or_insert_with(|| sentences.get(i).and_then(|s| s.of(text)).is_some_and(cyber))
    };
    for (i, &span) in sentences.iter().enumerate() {
        let before: Vec<Span> = (1..=4).filter_map(|n| sentences.get(i.checked_sub(n)?)).copied().collect();
        // Somebody is named here or in the two sentences that a pronoun leads to.
        if range(actors, span).is_empty() && before.iter().take(2).all(|b| range(actors, *b).is_empty()) {
            continue;
        }
        let group =
            |s: &Span| actors.get(range(actors, *s)).is_some_and(|m| m.iter().any(|m| m.kind == crate::article::ActorKind::ThreatGroup));
        let near = about(i) || about(i.wrapping_sub(1)) || about(i + 1);
        if !(near || group(&span) || before.first().is_some_and(group)) {
            continue;
        }
        if !span.of(&small).is_some_and(|s| trigger::any(s, !range(actors, span).is_empty())) {
            continue;
        }
        let clause = Clause::new(Source { text, small: &small, mentions: actors, knowledge }, span, before);
        for reading in frame::readings(&clause) {
            out.push(Claim {
                stance: reading.stance,
                accusers: parties(text, &reading.accusers, actors, knowledge),
                accused: if reading.stance == Stance::Denies {
                    parties(text, &reading.accused, actors, knowledge)
                } else {
                    named(text, &reading.accused, actors, knowledge)
                },
                about: reading.about.and_then(|s| s.of(text)).map(str::to_owned),
                victims: named(text, &reading.victims, actors, knowledge),
                hedged: reading.hedged,
                span,
                rule: reading.rule.name.to_owned(),
            });
        }
    }
    out
}

/// The mentions inside a span.
fn range(actors: &[Mention], span: Span) -> std::ops::Range<usize> {
    actors.partition_point(|m| m.span.start < span.start)..actors.partition_point(|m| m.span.start < span.end)
}

/// Whether words speak of operations by computer.
fn cyber(text: &str) -> bool {
    static CYBER: OnceLock<AhoCorasick> = OnceLock::new();
    CYBER.get_or_init(|| matcher(words::CYBER.to_vec())).is_match(text)
}

#[expect(clippy::expect_used, reason = "the patterns are constants, and few")]
fn matcher(patterns: Vec<&str>) -> AhoCorasick {
    AhoCorasickBuilder::new().ascii_case_insensitive(true).match_kind(MatchKind::LeftmostFirst).build(patterns).expect("constant patterns")
}

/// Actors written out; nobody named is `unnamed`.
fn parties(text: &str, entities: &[Entity], actors: &[Mention], knowledge: &Knowledge) -> Vec<Party> {
    let named = named(text, entities, actors, knowledge);
    if named.is_empty() { vec![Party { id: None, name: "unnamed".to_owned(), kind: None, span: None }] } else { named }
}

/// Id and name of the one group of the table that goes by a name.
fn crew<'k>(knowledge: &'k Knowledge, name: &str) -> Option<(&'k str, &'k str)> {
    let bare = [" Group", " Gang", " gang", " group"].iter().find_map(|s| name.strip_suffix(s));
    let found = [Some(name), bare].into_iter().flatten().map(|n| knowledge.lookup(n)).find(|found| !found.is_empty())?;
    let mut groups = found.into_iter().filter(|a| a.kind == ActorKind::ThreatGroup);
    let first = groups.next()?;
    Some((first.id.as_str(), first.name.as_str()))
}

fn named(text: &str, entities: &[Entity], actors: &[Mention], knowledge: &Knowledge) -> Vec<Party> {
    let mut out: Vec<Party> = Vec::new();
    for entity in entities {
        let party = match entity {
            Entity::Mention(i) => {
                actors.get(*i).map(|m| Party { id: Some(m.id.clone()), name: m.name.clone(), kind: Some(m.kind), span: Some(m.span) })
            }
            Entity::Nobody => None,
            Entity::Crew(span) => span.of(text).and_then(|name| crew(knowledge, name)).map(|(id, name)| Party {
                id: Some(id.to_owned()),
                name: name.to_owned(),
                kind: Some(ActorKind::ThreatGroup),
                span: Some(*span),
            }),
            Entity::Name(span) => span.of(text).map(|name| Party { id: None, name: name.to_owned(), kind: None, span: Some(*span) }),
        };
        if let Some(party) = party.filter(|p| !out.iter().any(|o| o.name == p.name)) {
            out.push(party);
        }
    }
    out
}

#[cfg(test)]
mod paradigms;
#[cfg(test)]
mod tests;
