//! Whom pronouns and definite nouns mean: the one that this sentence or those before named.

use super::chunk::Kind;
use super::clause::Clause;
use super::lexicon::{Class, Form, Noun, Sense};
use super::party::{Entity, Side};
use super::words::ACCUSING;
use crate::article::ActorKind;

impl Clause<'_> {
    /// The subject a pronoun stands for.
    pub(super) fn pronoun(&self, at: usize, side: Side, depth: usize) -> Vec<Entity> {
        let Some(chunk) = self.chunk(at) else { return Vec::new() };
        let word = self.word(chunk.start);
        match word {
            "we" | "i" | "us" | "me" => {
                let mut found = self.speaker_right(at);
                found.retain(|e| *e != Entity::Nobody);
                // An author who says `I` is not whoever spoke before.
                if word == "i" && found.is_empty() && !(0..at).any(|j| self.class(j) == Some(Class::Quote)) {
                    return found;
                }
                if found.is_empty() && depth > 0 {
                    found = self.speaker_before();
                }
                if found.is_empty() && depth > 0 { self.subject_before(side) } else { found }
            }
            "he" | "she" | "him" => {
                // `A told B that he …`: A goes on speaking.
                let verb =
                    (0..at).rev().find(|j| self.group(*j).is_some_and(|g| g.verb.sense == Sense::Say && !g.passive && !g.infinitive));
                let subject = verb
                    .and_then(|v| self.subject(v))
                    .filter(|s| *s < at && depth > 0 && word != "him" && self.chunk(*s).is_some_and(|c| c.kind == Kind::Noun));
                let found: Vec<Entity> = subject.map(|s| self.who_within(s, Side::Speaker, depth)).unwrap_or_default();
                let person = |e: &Entity| matches!(self.kind(*e), Some(ActorKind::Person) | None);
                if !found.is_empty() && found.iter().all(person) { found } else { self.person_before(chunk.start) }
            }
            // `identified X, and A sanctioned them`
            "them" if depth > 0 && side == Side::Accused => {
                let verbs = (0..at).rev().filter(|j| self.group(*j).is_some_and(|g| g.finite || g.verb.form == Form::Ed));
                let object = verbs.skip(1).find_map(|v| self.object(v));
                let found = object.map(|o| self.who_within(o, side, depth)).unwrap_or_default();
                if found.is_empty() { self.subject_before(side) } else { found }
            }
            "it" | "they" | "them" | "itself" | "themselves" => {
                // The subject of the verb before, in this sentence, then in the one before.
                let verb = (0..at).rev().find(|j| self.group(*j).is_some_and(|g| g.finite || g.verb.form == Form::Ed));
                if depth > 0
                    && let Some(subject) =
                        verb.and_then(|v| self.subject(v)).filter(|s| *s != at && self.chunk(*s).is_some_and(|c| c.kind == Kind::Noun))
                {
                    let found = self.who_within(subject, side, depth);
                    if !found.is_empty() && (word != "they" || self.head_class(subject) != Some(Class::Name)) {
                        return found;
                    }
                }
                if depth == 0 {
                    return Vec::new();
                }
                // Who spoke goes on speaking.
                let spoke = if side == Side::Speaker && verb.is_none() { self.spoke(0) } else { Vec::new() };
                let spoke: Vec<Entity> = spoke.into_iter().filter(|e| self.kind(*e) != Some(ActorKind::Person)).collect();
                if spoke.is_empty() { self.subject_before(side) } else { spoke }
            }
            _ => Vec::new(),
        }
    }

    /// The subject of the sentence before.
    fn subject_before(&self, side: Side) -> Vec<Entity> {
        let Some(clause) = self.earlier(0) else { return Vec::new() };
        let verb =
            (0..clause.chunks.len()).find(|j| clause.group(*j).is_some_and(|g| (g.finite || g.verb.form == Form::Ed) && !g.infinitive));
        if side == Side::Accused {
            // `A indicted B. They are accused of it`: B.
            let accused = (0..clause.chunks.len()).find(|j| clause.group(*j).is_some_and(|g| ACCUSING.has(g.verb.lemma) && !g.passive));
            let found = accused.and_then(|v| clause.object(v)).map(|o| clause.all_right(o, side)).unwrap_or_default();
            if !found.is_empty() {
                return found;
            }
        }
        let topic = || (0..clause.chunks.len().min(2)).find(|n| matches!(clause.head_class(*n), Some(Class::Actor | Class::Name)));
        let Some(subject) = verb.and_then(|v| clause.subject(v)).or_else(topic) else { return Vec::new() };
        if clause.chunk(subject).is_some_and(|c| c.kind != Kind::Noun) {
            return Vec::new();
        }
        let found = clause.all_left(subject, side);
        found.into_iter().filter(|e| self.kind(*e) != Some(ActorKind::Person)).collect()
    }

    /// Who spoke in the sentences before.
    pub(super) fn speaker_before(&self) -> Vec<Entity> {
        (0..2).map(|n| self.spoke(n)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// Who spoke in the sentence `n` before.
    fn spoke(&self, n: usize) -> Vec<Entity> {
        let Some(clause) = self.earlier(n) else { return Vec::new() };
        let mut found = clause.speaker(clause.chunks.len());
        found.retain(|e| *e != Entity::Nobody);
        found
    }

    pub(super) fn person_before(&self, unit: usize) -> Vec<Entity> {
        let limit = self.units.get(unit).map_or(self.span.start, |u| u.span.start);
        let from = self.before.iter().map(|s| s.start).min().unwrap_or(self.span.start);
        let end = self.mentions.partition_point(|m| m.span.start < limit);
        let found = (0..end)
            .rev()
            .take_while(|i| self.mentions.get(*i).is_some_and(|m| m.span.start >= from))
            .find(|i| self.mentions.get(*i).is_some_and(|m| m.kind == ActorKind::Person));
        if let Some(i) = found {
            return vec![Entity::Mention(i)];
        }
        // A surname that spoke in the sentence before.
        for clause in (0..2).filter_map(|n| self.earlier(n)) {
            let speaks = (0..clause.chunks.len())
                .filter(|j| clause.group(*j).is_some_and(|g| g.verb.sense == Sense::Say && !g.passive))
                .find_map(|v| {
                    let subject = clause.subject(v).or_else(|| clause.object(v))?;
                    (clause.head_class(subject) == Some(Class::Name)).then(|| clause.who(subject, Side::Speaker))
                });
            if let Some(found) = speaks {
                return found;
            }
        }
        Vec::new()
    }

    /// Who `the group`, `the company`, `the ministry` is.
    pub(super) fn told_before(&self, at: usize, noun: Noun, side: Side) -> Vec<Entity> {
        let kinds: &[ActorKind] = match (noun, side) {
            (Noun::Band, Side::Accused) => &[ActorKind::ThreatGroup],
            // `the human rights group has accused`
            (Noun::Band, Side::Speaker) if self.chunk(at).is_some_and(|c| c.end > c.start + 2) => &[ActorKind::Company, ActorKind::Agency],
            (Noun::Band, Side::Speaker) => &[],
            (Noun::Firm, _) => &[ActorKind::Company],
            (Noun::Office, _) => &[ActorKind::Agency],
            (Noun::Human, Side::Accused) => &[],
            (Noun::Human | Noun::Paper, _) => &[],
        };
        let word = self.head_word(at);
        if noun == Noun::Human && side == Side::Speaker && !word.ends_with('s') {
            return self.chunk(at).map(|c| self.person_before(c.start)).unwrap_or_default();
        }
        // `these groups`, `both gangs`: all that the sentence before names.
        let these = self.chunk(at).is_some_and(|c| (c.start..c.end).any(|u| matches!(self.word(u), "these" | "both" | "two" | "three")));
        if noun == Noun::Band && side == Side::Accused && word.ends_with('s') && these {
            let span = self.before.first().copied().unwrap_or(self.span);
            let from = self.mentions.partition_point(|m| m.span.start < span.start);
            let mut all: Vec<Entity> = Vec::new();
            for i in from..self.mentions.partition_point(|m| m.span.start < span.end) {
                let entity = Entity::Mention(i);
                if self.kind(entity) == Some(ActorKind::ThreatGroup) && !all.iter().any(|e| self.same(*e, entity)) {
                    all.push(entity);
                }
            }
            if !all.is_empty() {
                return all;
            }
        }
        // Many hackers are not the ones told of before, where more words say who they are.
        if noun == Noun::Band && word.ends_with('s') && matches!(self.class(at + 1), Some(Class::Prep | Class::Relative)) {
            return Vec::new();
        }
        let country = self.chunk(at).is_some_and(|c| (c.start..c.end).any(|u| matches!(self.word(u), "country" | "nation")));
        let one = matches!(
            word,
            "agency"
                | "ministry"
                | "department"
                | "bureau"
                | "commission"
                | "council"
                | "directorate"
                | "government"
                | "country"
                | "nation"
                | "regime"
                | "administration"
                | "center"
                | "centre"
                | "watchdog"
                | "service"
        );
        if noun == Noun::Office && !country && !one {
            return Vec::new();
        }
        let kinds = if country { &[ActorKind::State][..] } else { kinds };
        let kinds =
            if matches!(word, "government" | "country" | "nation" | "regime" | "administration") { &[ActorKind::State][..] } else { kinds };
        if matches!(word, "researchers" | "experts" | "analysts" | "companies" | "firms" | "entities" | "vendors" | "media" | "journalists")
            && side == Side::Accused
        {
            return Vec::new();
        }
        let named =
            |found: Vec<Entity>| -> Vec<Entity> { found.into_iter().filter(|e| matches!(e, Entity::Name(_) | Entity::Crew(_))).collect() };
        let limit = self.chunk(at).and_then(|c| self.units.get(c.start)).map_or(self.span.start, |u| u.span.start);
        let from = self.before.iter().take(2).map(|s| s.start).min().unwrap_or(self.span.start);
        let end = self.mentions.partition_point(|m| m.span.start < limit);
        // Whoever accuses `the company` is another, and `the Israeli company` is one of Israel.
        let own: Vec<Entity> =
            match self.verb_before(at).filter(|_| side == Side::Accused && noun == Noun::Firm).and_then(|v| self.subject(v)) {
                Some(s) if s != at => self
                    .chunk(s)
                    .into_iter()
                    .flat_map(|k| k.start..k.end)
                    .filter_map(|u| self.units.get(u)?.mention)
                    .map(Entity::Mention)
                    .collect(),
                _ => Vec::new(),
            };
        let inside = self.chunk(at).into_iter().flat_map(|k| k.start..k.end).filter_map(|u| self.units.get(u)?.mention);
        let nation = inside.filter_map(|m| self.mentions.get(m)).find(|m| m.kind == ActorKind::State);
        let nation = nation.and_then(|m| self.knowledge.get(&m.id)).and_then(|a| a.country.as_deref());
        (0..end)
            .rev()
            .take_while(|i| self.mentions.get(*i).is_some_and(|m| m.span.start >= from))
            .filter(|i| !own.iter().any(|e| self.same(*e, Entity::Mention(*i))))
            .find(|i| {
                self.mentions.get(*i).is_some_and(|m| {
                    kinds.contains(&m.kind)
                        && !m.id.starts_with("region-")
                        && (noun != Noun::Firm
                            || nation.is_none()
                            || self.knowledge.get(&m.id).is_none_or(|a| a.country.as_deref() == nation))
                })
            })
            .map(|i| vec![Entity::Mention(i)])
            // A band no table knows may be the subject of the sentence before.
            .unwrap_or_else(|| {
                if noun != Noun::Band || word.ends_with('s') {
                    return Vec::new();
                }
                // `X hit a port; the same group …`
                let first = (0..at.min(2)).find(|n| self.head_class(*n) == Some(Class::Name)).map(|n| self.who(n, side));
                first.filter(|f| !f.is_empty()).unwrap_or_else(|| named(self.subject_before(side)))
            })
    }
}
