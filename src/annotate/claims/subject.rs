//! The subject of a verb: past asides, relative clauses, coordination and participles.

use super::chunk::{Group, Kind};
use super::clause::{Clause, REACH};
use super::lexicon::{Class, Form, Noun, Sense};
use super::words::{MAKING, TOLD_OF};

impl Clause<'_> {
    /// The noun phrase that is the subject of a verb; of a participle behind a noun, that noun.
    pub(super) fn subject(&self, verb: usize) -> Option<usize> {
        self.subject_within(verb, 3)
    }

    fn subject_within(&self, verb: usize, depth: usize) -> Option<usize> {
        let depth = depth.checked_sub(1)?;
        let group = self.group(verb)?;
        if group.infinitive {
            let governor = self.verb_before(verb)?;
            // `forced the government to put them on a list`: the object of the one does the other.
            if self.group(governor).is_some_and(|g| !g.passive && MAKING.has(g.verb.lemma))
                && let Some(object) = self.previous(verb).filter(|o| self.nominal(*o) && *o > governor)
            {
                return Some(object);
            }
            return self.subject_within(governor, depth);
        }
        if let Some(noun) = self.told_of(verb, group) {
            return Some(noun);
        }
        let mut i = verb;
        let mut aside = false;
        let adjunct = !group.finite && (group.verb.form == Form::Ing || group.passive);
        for _ in 0..REACH {
            let before = i.checked_sub(1)?;
            match self.chunk(before)?.kind {
                Kind::Pronoun => return Some(before),
                // `tips on the hackers accused of it`
                Kind::Noun
                    if !group.finite
                        && !group.passive
                        && !group.infinitive
                        && (before + 1..verb).all(|j| self.class(j) == Some(Class::Adverb))
                        && (group.verb.form == Form::Ing || matches!(group.verb.form, Form::Ed | Form::Participle))
                        && (group.verb.form == Form::Ing || !self.nominal(self.next(verb + 1)))
                        && matches!(self.head_class(before), Some(Class::Noun(Noun::Band | Noun::Human)))
                        && (group.verb.sense != Sense::Say
                            || group.verb.form == Form::Ing
                            || self.prep(self.next(verb + 1), &["by", "as", "to"])) =>
                {
                    return Some(before);
                }
                Kind::Noun => match self.outer(before) {
                    Outer::Free => {
                        return Some(before);
                    }
                    // `the minister of state for security Jane Roe said`
                    Outer::Inside(_) if self.titled(before) => return Some(before),
                    Outer::Inside(_) if !aside && self.fronted(before, group).is_some() && self.next(before + 1) == verb => {
                        return Some(before);
                    }
                    Outer::Inside(left) => {
                        let prep = self.previous(before)?;
                        if !aside && self.prep(prep, &["after", "before", "since", "until"]) && self.next(before + 1) == verb {
                            return Some(before);
                        }
                        i = left;
                    }
                    Outer::Adverbial => {
                        let prep = self.previous(before)?;
                        // `after the US charged them`: the preposition leads a clause.
                        if !aside && self.prep(prep, &["after", "before", "since", "until", "as", "than", "like"]) {
                            return Some(before);
                        }
                        // `the spyware, developed by X, has been linked`
                        let participle = self.previous(prep).filter(|v| self.group(*v).is_some_and(|g| !g.finite));
                        if aside
                            && let Some(comma) = participle.and_then(|v| v.checked_sub(1)).filter(|j| self.class(*j) == Some(Class::Comma))
                        {
                            i = comma;
                            continue;
                        }
                        if aside && prep.checked_sub(1).is_some_and(|p| self.class(p) == Some(Class::Comma)) {
                            i = prep;
                            continue;
                        }
                        return self.fronted(before, group);
                    }
                },
                Kind::Other(Class::Adverb | Class::Quote) => i = before,
                Kind::Other(Class::Close) => i = (0..before).rev().find(|j| self.class(*j) == Some(Class::Open))?,
                Kind::Other(mark @ (Class::Comma | Class::Dash)) => {
                    // `two groups, likely linked to China, …`
                    let bare = !group.finite
                        && !group.passive
                        && matches!(group.verb.form, Form::Ed | Form::Participle)
                        && (self.class(self.next(verb + 1)) == Some(Class::Prep)
                            || self.group(self.next(verb + 1)).is_some_and(|g| g.infinitive));
                    if bare
                        && let Some(named) = before.checked_sub(1).filter(|n| {
                            matches!(self.head_class(*n), Some(Class::Actor | Class::Name | Class::Noun(Noun::Band)))
                                || super::words::DEEDS.has(self.head_word(*n))
                        })
                    {
                        return Some(named);
                    }
                    if adjunct
                        || (group.verb.form == Form::Ed
                            && self.class(verb + 1) == Some(Class::Prep)
                            && !group.finite
                            && self.aside(before, mark).is_none())
                    {
                        return self.main_subject(verb, depth);
                    }
                    match self.aside(before, mark) {
                        Some(open) => {
                            aside = true;
                            i = open;
                        }
                        None => return self.coordinated(before, depth),
                    }
                }
                // `the actor (believed to be a member)`
                Kind::Other(Class::Open) if !group.finite => {
                    return before.checked_sub(1).filter(|n| self.nominal(*n) || matches!(self.class(*n), Some(Class::Quote))).and_then(
                        |n| {
                            if self.nominal(n) { Some(n) } else { self.previous(n).filter(|m| self.nominal(*m)) }
                        },
                    );
                }
                Kind::Other(Class::Relative) => return self.antecedent(before),
                Kind::Other(Class::And | Class::But) => return self.coordinated(before, depth),
                Kind::Other(Class::Prep) if adjunct => return self.main_subject(verb, depth),
                Kind::Other(Class::Prep) if group.finite => i = before,
                Kind::Verb(_) if group.verb.form == Form::Ing => return self.main_subject(verb, depth),
                // `X, which researchers believe is behind it`
                Kind::Verb(other)
                    if other.verb.sense == Sense::Say
                        && group.finite
                        && self
                            .subject_within(before, depth)
                            .and_then(|s| s.checked_sub(1))
                            .is_some_and(|r| self.class(r) == Some(Class::Relative) || self.is(r, &["that"])) =>
                {
                    return self.antecedent(self.embeds(before, depth)?);
                }
                Kind::Verb(other) if other.infinitive || !other.finite => i = before,
                _ => return None,
            }
        }
        None
    }

    /// The noun right before a participle that tells of it: `a tool attributed to B`; of `a tool from B` the tool.
    fn told_of(&self, verb: usize, group: Group) -> Option<usize> {
        let participle = matches!(group.verb.form, Form::Ed | Form::Participle) && !group.finite && !group.passive;
        let next = self.next(verb + 1);
        // `the US sanctioning them`: an agency or a state does it, whatever stands before.
        if group.verb.form == Form::Ing && !group.finite && super::words::ACCUSING.has(group.verb.lemma) && self.nominal(next) {
            let doer = verb.checked_sub(1)?;
            let led = self.previous(doer).is_some_and(|p| self.prep(p, &["of", "after", "with", "by", "to"]));
            let actor = self.head(doer).and_then(|u| self.units.get(u)?.mention).and_then(|m| self.mentions.get(m));
            let acts = actor.is_some_and(|m| matches!(m.kind, crate::article::ActorKind::State | crate::article::ActorKind::Agency));
            return (led && acts).then_some(doer);
        }
        let governs = self.class(next) == Some(Class::Prep) || self.group(next).is_some_and(|g| g.infinitive);
        if !participle || !TOLD_OF.has(group.verb.lemma) || !governs {
            return None;
        }
        let noun = self.previous(verb).filter(|n| self.chunk(*n).is_some_and(|c| c.kind == Kind::Noun))?;
        // `the group, which agencies of the country linked to it`
        let mut first = noun;
        for _ in 0..3 {
            if let Outer::Inside(left) = self.outer(first) {
                first = left.saturating_sub(1);
            }
        }
        if first.checked_sub(1).is_some_and(|r| self.class(r) == Some(Class::Relative)) {
            return None;
        }
        let doer = |n: usize| {
            matches!(self.head_class(n), Some(Class::Noun(Noun::Band | Noun::Human)))
                || super::words::DEEDS.has(self.head_word(n))
                || super::words::LINKABLE.has(self.head_word(n))
        };
        let named = matches!(self.head_class(noun), Some(Class::Actor | Class::Name));
        match self.outer(noun) {
            Outer::Inside(left) if !doer(noun) => left.checked_sub(1).filter(|n| doer(*n)).or((!named).then_some(noun)),
            Outer::Adverbial if named => None,
            _ => Some(noun),
        }
    }

    /// A noun phrase behind a preposition at the start may be the subject where the preposition's own noun ran into it.
    fn fronted(&self, at: usize, group: Group) -> Option<usize> {
        let chunk = self.chunk(at)?;
        let actors =
            (chunk.start..chunk.end).filter(|u| self.tags.get(*u).is_some_and(|t| matches!(t.class, Class::Actor | Class::Name))).count();
        let joined = actors > 0
            && chunk.end - chunk.start > 1
            && (chunk.start..chunk.end - 1).any(|u| self.tags.get(u).is_some_and(|t| matches!(t.class, Class::Word | Class::Noun(_))));
        (joined && group.verb.sense == Sense::Say && self.head_class(at) == Some(Class::Actor)).then_some(at)
    }

    /// The relative pronoun before the subject of a verb of speech: `which A and B believe`.
    fn embeds(&self, verb: usize, depth: usize) -> Option<usize> {
        let subject = super::scope::first_of(self, self.subject_within(verb, depth)?);
        subject.checked_sub(1).filter(|r| self.class(*r) == Some(Class::Relative) || self.is(*r, &["that"]))
    }

    /// Whether a phrase ends in a person's name behind the last words of a title.
    fn titled(&self, at: usize) -> bool {
        let Some(chunk) = self.chunk(at) else { return false };
        let person = chunk.end.checked_sub(1).and_then(|u| self.units.get(u)?.mention).and_then(|m| self.mentions.get(m));
        chunk.end - chunk.start > 1
            && person.is_some_and(|m| m.kind == crate::article::ActorKind::Person)
            && !(chunk.start..chunk.end).any(|u| self.tags.get(u).is_some_and(|t| t.class == Class::Own))
    }

    /// How a noun phrase hangs on what stands before it.
    fn outer(&self, at: usize) -> Outer {
        let Some(before) = self.previous(at) else { return Outer::Free };
        match self.chunk(before).map(|c| c.kind) {
            Some(Kind::Other(Class::Prep)) => match self.previous(before).map(|j| (j, self.chunk(j).map(|c| c.kind))) {
                Some((j, Some(Kind::Noun | Kind::Pronoun | Kind::Other(Class::Close)))) => Outer::Inside(j + 1),
                Some((j, Some(Kind::Verb(group)))) if !group.finite && !group.passive => {
                    if self.previous(j).is_some_and(|k| self.nominal(k)) { Outer::Inside(j) } else { Outer::Adverbial }
                }
                Some((j, Some(Kind::Other(Class::Prep)))) if self.previous(j).is_some_and(|k| self.nominal(k)) => Outer::Inside(j),
                _ => Outer::Adverbial,
            },
            Some(Kind::Verb(group))
                if !group.finite
                    && (group.infinitive || group.verb.form == Form::Ing)
                    && self.previous(before).is_some_and(|k| self.nominal(k))
                    && group.verb.sense != Sense::Say =>
            {
                Outer::Inside(before)
            }
            // `agencies from Norway and other countries`
            Some(Kind::Other(Class::And)) => match self.previous(before).filter(|j| self.nominal(*j)).map(|j| self.outer(j)) {
                Some(Outer::Inside(left))
                    if left.checked_sub(1).is_some_and(|n| {
                        self.head_noun(n).is_some() && self.head_word(n).ends_with('s')
                            // `the ministry of trade and industry`
                            || self.head_noun(n) == Some(Noun::Office) && self.head_class(at) == Some(Class::Word)
                    }) =>
                {
                    Outer::Inside(left)
                }
                _ => Outer::Free,
            },
            _ => Outer::Free,
        }
    }

    /// The mark that opens the aside closed by the one at `close`.
    fn aside(&self, close: usize, mark: Class) -> Option<usize> {
        (close.saturating_sub(REACH)..close).rev().take_while(|j| self.class(*j) != Some(Class::Stop)).find(|j| {
            *j > 0
                && self.class(*j) == Some(mark)
                && self.previous(*j).is_some_and(|k| self.nominal(k) || self.class(k) == Some(Class::Close))
                && !self.lists(*j)
        })
    }

    /// Whether a comma stands between names of one list, inside an aside and not before it: `for Apple, Dell and HP,`.
    fn lists(&self, comma: usize) -> bool {
        let named = |i: usize| matches!(self.head_class(i), Some(Class::Actor | Class::Name));
        if comma == 0 || !named(comma - 1) {
            return false;
        }
        let next = self.next(comma + 1);
        if self.class(next) == Some(Class::And) {
            return named(self.next(next + 1));
        }
        let past = self.next(next + 1);
        let and = if self.class(past) == Some(Class::Comma) { self.next(past + 1) } else { past };
        named(next) && (self.class(and) == Some(Class::And) || and > past && named(and) && and + 1 < self.chunks.len() && self.lists(past))
    }

    /// The noun that a relative pronoun stands for.
    fn antecedent(&self, relative: usize) -> Option<usize> {
        let mut i = relative;
        for _ in 0..12 {
            i = i.checked_sub(1)?;
            match self.chunk(i)?.kind {
                Kind::Noun if self.paper_about(i).is_some() => return self.paper_about(i),
                Kind::Noun | Kind::Pronoun => return Some(i),
                Kind::Other(Class::Comma | Class::Quote | Class::Dash | Class::Prep | Class::Adverb) => {}
                Kind::Other(Class::Close) => i = (0..i).rev().find(|j| self.class(*j) == Some(Class::Open))?,
                _ => return None,
            }
        }
        None
    }

    /// `an analysis of it`: of a phrase behind a preposition the paper that is about it.
    fn paper_about(&self, at: usize) -> Option<usize> {
        let of = self.previous(at).filter(|p| self.prep(*p, &["of", "on", "about", "into"]))?;
        self.previous(of).filter(|n| self.head_noun(*n) == Some(Noun::Paper))
    }

    /// The subject of the verb that `and` joins to this one.
    fn coordinated(&self, and: usize, depth: usize) -> Option<usize> {
        if and.checked_sub(1).is_some_and(|c| self.class(c) == Some(Class::Comma)) {
            // `X said that Y did this, and denied that`: X denied.
            let main = (0..and).find(|j| self.group(*j).is_some_and(|g| g.finite || !g.infinitive && g.verb.form == Form::Ed));
            if let Some(main) = main.filter(|m| self.group(*m).is_some_and(|g| g.verb.sense == Sense::Say)) {
                return self.subject_within(main, depth);
            }
        }
        // `doubled the claims made by others and blamed it`: the participle has no part in it.
        let reduced = |j: usize| self.prep(self.next(j + 1), &["by"]) && j.checked_sub(1).is_some_and(|n| self.nominal(n));
        let mut verbs = (0..and)
            .rev()
            .take_while(|j| self.class(*j) != Some(Class::Stop))
            .filter(|j| self.group(*j).is_some_and(|g| g.finite || !g.infinitive && g.verb.form == Form::Ed && !reduced(*j)));
        let nearest = self.subject_within(verbs.next()?, depth);
        // `B denied that data was stolen and said`: it was not the data that said so.
        let speaks = self.group(self.next(and + 1)).is_some_and(|g| g.verb.sense == Sense::Say && !g.passive);
        let acts = |n: usize| self.chunk(n).is_some_and(|c| c.kind == Kind::Pronoun) || self.head_class(n) != Some(Class::Word);
        if speaks && !nearest.is_some_and(acts) {
            return verbs.filter_map(|v| self.subject_within(v, depth)).find(|n| acts(*n)).or(nearest);
        }
        nearest
    }

    /// The subject of the main verb of the sentence, for participles that hang on it.
    fn main_subject(&self, verb: usize, depth: usize) -> Option<usize> {
        let left = (0..verb).rev().find(|j| self.group(*j).is_some_and(|g| g.finite || (g.verb.form == Form::Ed && !g.infinitive)));
        match left {
            Some(main) => self.subject_within(main, depth),
            None => {
                let main = (verb + 1..self.chunks.len()).find(|j| {
                    self.group(*j)
                        .is_some_and(|g| (g.finite || g.verb.form == Form::Ed) && self.class(j.wrapping_sub(1)) != Some(Class::Relative))
                })?;
                self.subject_within(main, depth)
            }
        }
    }
}

/// How a noun phrase hangs on what stands before it.
enum Outer {
    /// On nothing.
    Free,
    /// Inside the phrase that ends before this piece.
    Inside(usize),
    /// Behind a preposition that begins the clause.
    Adverbial,
}
