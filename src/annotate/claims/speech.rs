//! Who speaks: the source that a clause is told by, before it, behind it or by `according to`.

use super::clause::Clause;
use super::lexicon::{Class, Form, Sense};
use super::party::{Entity, Side};

impl Clause<'_> {
    /// The innermost source of what a piece says; empty in the article's own voice.
    pub(super) fn speaker(&self, at: usize) -> Vec<Entity> {
        for i in (0..at).rev() {
            if self.class(i) == Some(Class::Stop) && self.chunk(i).is_some_and(|c| self.word(c.start) == ";") {
                break;
            }
            if let Some(found) = self.speaks(i, at) {
                return found;
            }
        }
        let right = self.speaker_right(at);
        if right.is_empty() { self.according() } else { right }
    }

    /// Those who speak by the verb at a piece, where what follows is told by it.
    fn speaks(&self, at: usize, until: usize) -> Option<Vec<Entity>> {
        let group = self.group(at)?;
        if group.verb.sense != Sense::Say || group.passive || group.negated || group.modal || group.infinitive {
            return None;
        }
        // `the group known as`, `tracked by`: a participle that tells of a noun.
        if group.verb.form == Form::Participle && !group.finite {
            return None;
        }
        let next = self.next(at + 1);
        if group.verb.form == Form::Ed && !group.finite && self.prep(next, &["by", "as", "to"]) {
            return None;
        }
        // An aside that ends before does not tell what follows: `X, who found it, …`.
        let subject = self.subject(at)?;
        let relative = at.checked_sub(1).is_some_and(|b| self.class(b) == Some(Class::Relative));
        if relative && (at..until).any(|i| self.class(i) == Some(Class::Comma)) {
            return None;
        }
        let found = self.all_left(subject, Side::Speaker);
        let found: Vec<Entity> = found.into_iter().filter(|e| !self.is_band(*e)).collect();
        (!found.is_empty()).then_some(found)
    }

    fn is_band(&self, entity: Entity) -> bool {
        self.kind(entity) == Some(crate::article::ActorKind::ThreatGroup)
    }

    /// `…, X said`, `…” said X`: the speaker behind what is told.
    pub(super) fn speaker_right(&self, at: usize) -> Vec<Entity> {
        for i in at + 1..self.chunks.len() {
            let Some(group) = self.group(i) else { continue };
            if group.verb.sense != Sense::Say || group.passive || group.negated || group.infinitive || group.verb.form == Form::Ing {
                continue;
            }
            let mark = |j: Option<usize>| j.is_some_and(|j| matches!(self.class(j), Some(Class::Comma | Class::Quote | Class::Dash)));
            // `…” said X`
            if mark(i.checked_sub(1))
                && let Some(object) = self.object(i)
                && matches!(group.verb.lemma, "say" | "tell" | "write" | "add" | "explain" | "note" | "warn" | "state")
            {
                let found = self.all_right(object, Side::Speaker);
                if !found.is_empty() {
                    return found;
                }
            }
            let Some(subject) = self.subject(i) else { continue };
            if subject <= at {
                continue;
            }
            let begins = (0..subject).rev().find(|j| !self.is(*j, &["the"]));
            let ends = matches!(self.class(i + 1), None | Some(Class::Stop | Class::Comma | Class::Adverb | Class::Prep | Class::Quote))
                || self.nominal(i + 1);
            if mark(begins) && ends && self.class(i + 1) != Some(Class::Sub) {
                let found: Vec<Entity> = self.all_left(subject, Side::Speaker).into_iter().filter(|e| !self.is_band(*e)).collect();
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// `according to X`.
    pub(super) fn according(&self) -> Vec<Entity> {
        for i in 0..self.chunks.len() {
            let Some(chunk) = self.chunk(i) else { break };
            let last = chunk.end.saturating_sub(1);
            let told = self.word(last) == "according" && self.prep(i + 1, &["to"]) || self.word(last) == "per" && i == 0;
            let led = if told { self.led(if self.word(last) == "per" { i } else { i + 1 }) } else { None };
            if let Some(led) = led {
                let found: Vec<Entity> = self.all_right(led, Side::Speaker).into_iter().filter(|e| !self.is_band(*e)).collect();
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }
}
