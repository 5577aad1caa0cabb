//! Mentions of actors: names of the table, names in no table, persons with a role. Knows nothing of times and claims.
//!
//! A text becomes words once (`token`); the table's names are matched over them (`gazetteer`), what a name needs of its surroundings is
//! checked (`ordinary`, `cue`), of several actors one is chosen (`choice`), and patterns of language add what no table holds.

mod abbreviation;
mod body;
mod choice;
mod coined;
mod cue;
mod equated;
mod gazetteer;
mod mask;
mod misspelt;
mod ordinary;
mod person;
mod token;
mod told;

#[cfg(test)]
mod tests;

use super::Context;
use crate::article::{ActorKind, Candidate, Equated, Mention, Span};
use crate::knowledge::{Actor, Knowledge, key};
use choice::Choice;
use coined::Coined;
use cue::{Cues, Marked};
use gazetteer::Gazetteer;
use std::collections::HashMap;
use token::Token;
use told::Teller;

/// Finds actors in texts. Made once, used from any number of threads.
#[derive(Debug)]
pub(super) struct Finder<'k> {
    knowledge: &'k Knowledge,
    gazetteer: Gazetteer,
    cues: Cues,
    coined: Coined,
    programs: HashMap<String, bool>,
    misspelt: misspelt::Misspelt,
}

/// One text, as the finders see it.
struct View<'t> {
    text: &'t str,
    words: Vec<Token>,
    marked: Marked,
}

impl<'k> Finder<'k> {
    pub(super) fn new(knowledge: &'k Knowledge) -> Self {
        let cues = Cues::new();
        Finder {
            knowledge,
            gazetteer: Gazetteer::new(knowledge, &cues),
            cues,
            coined: Coined::new(),
            programs: told::programs(),
            misspelt: misspelt::Misspelt::default(),
        }
    }

    /// All mentions of a text in order, no two of which overlap, and what the text equates.
    pub(super) fn find(&self, text: &str, context: &Context<'_>) -> (Vec<Mention>, Vec<Equated>) {
        let words = token::tokens(text);
        let marked = self.cues.mark(&words);
        let view = View { text, words, marked };
        let hits = self.gazetteer.find(text, &view.words);
        let mut found = Choice::new(self.knowledge, &self.gazetteer, context).mentions(&view, hits);
        keep_apart(&mut found);
        let groups = self
            .coined
            .find(&view)
            .into_iter()
            .map(|(first, last)| (first, last, ActorKind::ThreatGroup, "made to a pattern of group names"));
        view.add((self.knowledge, &self.misspelt), &mut found, groups);
        let told = Teller::new(&view, view.taken(&found), &self.programs).find();
        let kind = |person| if person { ActorKind::Person } else { ActorKind::ThreatGroup };
        view.add((self.knowledge, &self.misspelt), &mut found, told.into_iter().map(|t| (t.first, t.last, kind(t.person), t.how)));
        let bodies = body::find(&view, &view.taken(&found));
        view.add((self.knowledge, &self.misspelt), &mut found, bodies);
        person::add(&view, &mut found);
        abbreviation::add(&view, &mut found);
        let equated = equated::find(&view, &found);
        (found, equated)
    }
}

/// Sorts mentions and drops those that overlap one before them.
fn keep_apart(found: &mut Vec<Mention>) {
    found.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    let mut end = 0;
    found.retain(|m| {
        let free = m.span.start >= end;
        if free {
            end = m.span.end;
        }
        free
    });
}

impl View<'_> {
    /// Adds names told by what they look like or what is said of them, words `first..last`, where nothing else is found. A group that the
    /// table has, and that its own rules were too careful to take here, is that group; a name that it does not have is marked by `name:`.
    fn add(
        &self,
        (knowledge, misspelt): (&Knowledge, &misspelt::Misspelt),
        found: &mut Vec<Mention>,
        names: impl IntoIterator<Item = (usize, usize, ActorKind, &'static str)>,
    ) {
        let mut taken = self.taken(found);
        let mut added = Vec::new();
        for (first, last, kind, how) in names {
            let Some(free) = taken.get_mut(first..last).filter(|t| t.iter().all(|t| *t == 0)) else { continue };
            let (Some(one), Some(other)) = (self.words.get(first), self.words.get(last - 1)) else { continue };
            let span = Span::new(one.start, other.end);
            let Some(surface) = span.of(self.text) else { continue };
            free.fill(1);
            // "the NAME gang" is called NAME.
            let called = if how == told::GANG { surface.rsplit_once(char::is_whitespace).map_or(surface, |s| s.0) } else { surface };
            let groups = |name: &str| knowledge.lookup(name).into_iter().filter(|a| a.kind == kind).collect::<Vec<&Actor>>();
            let mut known = if kind == ActorKind::ThreatGroup { groups(called) } else { Vec::new() };
            let meant = match known.is_empty() && kind == ActorKind::ThreatGroup {
                true => misspelt.find(knowledge, called),
                false => None,
            };
            known.extend(meant.into_iter().flat_map(groups));
            let listed = meant.unwrap_or(called);
            let candidate = |a: &&Actor| Candidate { id: a.id.clone(), name: a.name.clone(), sources: a.sources_of(listed) };
            let (id, name, reason) = match known.first() {
                Some(first) => {
                    let letter = meant.map(|name| format!("one letter from {name}, ")).unwrap_or_default();
                    let reason = format!("{letter}name in {}; {how}", first.sources_of(listed).join(", "));
                    (first.id.clone(), first.name.clone(), reason)
                }
                None => {
                    let name = called.split_whitespace().collect::<Vec<_>>().join(" ");
                    // Every state has its "Ministry of Defence".
                    match (kind == ActorKind::Agency).then(|| self.state_of(found, span)).flatten() {
                        Some(state) => {
                            let code = state.id.trim_start_matches("state-");
                            (
                                format!("name:{}-{code}", key(called)),
                                format!("{name} ({})", state.name),
                                format!("not in the table; {how}, of {}", state.name),
                            )
                        }
                        None => (format!("name:{}", key(called)), name, format!("not in the table; {how}")),
                    }
                }
            };
            let candidates = if known.len() > 1 { known.iter().map(candidate).collect() } else { Vec::new() };
            added.push(Mention { id, name, kind, surface: surface.to_owned(), span, candidates, reason });
        }
        found.extend(added);
        keep_apart(found);
    }

    /// The state named right before a body or after "of": "Ukraine's Ministry of Defence", "Ministry of Defence of Ukraine".
    fn state_of<'m>(&self, found: &'m [Mention], body: Span) -> Option<&'m Mention> {
        let between =
            |from: usize, to: usize| self.text.get(from..to).map(|t| t.trim_matches(|c: char| c.is_whitespace() || "'’-".contains(c)));
        let sorted = found.partition_point(|m| m.span.end <= body.start && m.span.start < body.start);
        let before = found.get(sorted.wrapping_sub(1)).filter(|m| matches!(between(m.span.end, body.start), Some("" | "s")));
        let after = found.get(sorted).filter(|m| m.span.start >= body.end);
        let after = after.filter(|m| matches!(between(body.end, m.span.start), Some("of" | "of the" | "in" | "in the")));
        before
            .filter(|m| m.kind == ActorKind::State)
            .or(after.filter(|m| m.kind == ActorKind::State))
            .filter(|m| m.id.starts_with("state-"))
    }

    /// For each word whether it is part of a mention: 0 of none, 2 of a threat group, 1 of another.
    fn taken(&self, found: &[Mention]) -> Vec<u8> {
        let mut taken = vec![0; self.words.len()];
        let mut at = 0;
        for mention in found {
            while self.words.get(at).is_some_and(|w| w.end <= mention.span.start) {
                at += 1;
            }
            let mut inside = at;
            while self.words.get(inside).is_some_and(|w| w.start < mention.span.end) {
                taken[inside] = if mention.kind == ActorKind::ThreatGroup { 2 } else { 1 };
                inside += 1;
            }
        }
        taken
    }
}
