//! Claims: who accuses whom. Reads sentences with a table of rules ([`rules`]): trigger words, the frame they stand in, and the actors
//! already found; no model. Owns nothing but its tables; never changes the text, and says nothing rather than guess.

mod bounds;
mod frame;
mod phrase;
mod rules;
mod sentence;
mod words;

use super::Context;
use crate::article::{Claim, Mention, Party, Span, Stance};
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use phrase::{Entity, Phrases};
use std::sync::OnceLock;

/// The claims of a text, in order. `actors` are its mentions, in order.
pub(super) fn find(text: &str, actors: &[Mention], _context: &Context<'_>) -> Vec<Claim> {
    let mut out = Vec::new();
    let sentences = sentence::sentences(text);
    for (i, &span) in sentences.iter().enumerate() {
        let Some(words) = span.of(text) else { continue };
        let here = range(actors, span);
        if here.is_empty() && !words.contains("The") {
            continue;
        }
        let before = i.checked_sub(1).and_then(|j| sentences.get(j)).copied();
        let after = sentences.get(i + 1).copied();
        if !triggers().is_match(words) || !about_cyber(text, [Some(span), before, after]) {
            continue;
        }
        let units = sentence::units(text, span, actors);
        let phrases = Phrases { units: &units, mentions: actors, before: before.map_or(0..0, |b| range(actors, b)) };
        for reading in frame::readings(&phrases) {
            let about = units.get(reading.about.clone()).and_then(|u| Some(Span::new(u.first()?.span.start, u.last()?.span.end)));
            out.push(Claim {
                stance: reading.stance,
                accusers: parties(text, &reading.accusers, actors),
                accused: if reading.stance == Stance::Denies {
                    parties(text, &reading.accused, actors)
                } else {
                    named(text, &reading.accused, actors)
                },
                about: about.and_then(|s| s.of(text)).map(str::to_owned),
                victims: Vec::new(),
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

/// One pass over a sentence tells whether any rule can apply.
fn triggers() -> &'static AhoCorasick {
    static TRIGGERS: OnceLock<AhoCorasick> = OnceLock::new();
    TRIGGERS.get_or_init(|| matcher(rules::RULES.iter().flat_map(|r| r.forms.iter().copied()).collect()))
}

/// Whether one of the sentences speaks of operations by computer.
fn about_cyber(text: &str, spans: [Option<Span>; 3]) -> bool {
    static CYBER: OnceLock<AhoCorasick> = OnceLock::new();
    let cyber = CYBER.get_or_init(|| matcher(words::CYBER.to_vec()));
    spans.into_iter().flatten().filter_map(|s| s.of(text)).any(|s| cyber.is_match(s))
}

#[expect(clippy::expect_used, reason = "the patterns are constants, and few")]
fn matcher(patterns: Vec<&str>) -> AhoCorasick {
    AhoCorasickBuilder::new().ascii_case_insensitive(true).match_kind(MatchKind::LeftmostFirst).build(patterns).expect("constant patterns")
}

/// Actors written out; nobody named is `unnamed`.
fn parties(text: &str, entities: &[Entity], actors: &[Mention]) -> Vec<Party> {
    let named = named(text, entities, actors);
    if named.is_empty() { vec![Party { id: None, name: "unnamed".to_owned(), kind: None, span: None }] } else { named }
}

fn named(text: &str, entities: &[Entity], actors: &[Mention]) -> Vec<Party> {
    let mut out: Vec<Party> = Vec::new();
    for entity in entities {
        let party = match entity {
            Entity::Mention(i) => {
                actors.get(*i).map(|m| Party { id: Some(m.id.clone()), name: m.name.clone(), kind: Some(m.kind), span: Some(m.span) })
            }
            Entity::Name(span) => span.of(text).map(|name| Party { id: None, name: name.to_owned(), kind: None, span: Some(*span) }),
        };
        if let Some(party) = party.filter(|p| !out.iter().any(|o| o.name == p.name)) {
            out.push(party);
        }
    }
    out
}

#[cfg(test)]
mod tests;
