//! Who speaks: the source that a clause is told by, before it, behind it or by `according to`.

use super::chunk::Kind;
use super::clause::Clause;
use super::lexicon::{Class, Form, Noun, Sense};
use super::party::{Entity, Side};
use super::words::OBSERVING;
use crate::article::ActorKind;

impl Clause<'_> {
    /// The innermost source of what a piece says; empty in the article's own voice.
    pub(super) fn speaker(&self, at: usize) -> Vec<Entity> {
        let mut somebody = false;
        for i in (0..at).rev() {
            if self.class(i) == Some(Class::Stop) && self.chunk(i).is_some_and(|c| self.word(c.start) == ";") {
                break;
            }
            match self.speaks(i, at) {
                Some(found) if found == [Entity::Nobody] => somebody = true,
                Some(found) => return found,
                None => {}
            }
        }
        let mut found = self.speaker_right(at);
        if found == [Entity::Nobody] {
            somebody = true;
            found.clear();
        }
        if found.is_empty() {
            found = self.according();
        }
        if found.is_empty() {
            found = self.label(at);
        }
        if found.is_empty() && !somebody && self.quoted(at) {
            found = self.speaker_before();
            somebody = true;
        }
        if found.is_empty() && somebody { vec![Entity::Nobody] } else { found }
    }

    /// Whether a piece stands in a quotation that nobody in the sentence speaks: it opens the sentence and is not closed before.
    fn quoted(&self, at: usize) -> bool {
        let opens = self.is(0, &["\"", "“"]);
        opens && !(1..at).any(|i| self.is(i, &["\"", "”"])) && !self.before.is_empty()
    }

    /// `A: B did it`: who speaks by a label.
    fn label(&self, at: usize) -> Vec<Entity> {
        let label = at > 1 && self.is(1, &[":"]) && matches!(self.head_class(0), Some(Class::Actor));
        let found = if label { self.who(0, Side::Speaker) } else { Vec::new() };
        found.into_iter().filter(|e| matches!(self.kind(*e), Some(ActorKind::State | ActorKind::Agency))).collect()
    }

    /// Those who speak by the verb at a piece, where what follows is told by it.
    fn speaks(&self, at: usize, until: usize) -> Option<Vec<Entity>> {
        let group = self.group(at)?;
        // `the paper was told by officials that`
        if group.passive
            && matches!(group.verb.lemma, "tell" | "inform" | "brief")
            && self.prep(self.next(at + 1), &["by"])
            && !group.negated
        {
            return Some(self.all_right(self.led(self.next(at + 1))?, Side::Speaker))
                .filter(|f| !f.is_empty())
                .or_else(|| Some(vec![Entity::Nobody]));
        }
        // `A is convinced that`
        if group.passive && group.verb.lemma == "convince" && !group.negated && self.class(self.next(at + 1)) == Some(Class::Sub) {
            let found = self.all_left(self.subject(at)?, Side::Speaker);
            return (!found.is_empty()).then_some(found);
        }
        // `it is believed that`
        let told = group.passive && group.verb.sense == Sense::Say && !group.negated && !group.modal;
        if told
            && self.is(self.next(at + 1), &["that"])
            && self.subject(at).is_some_and(|s| self.is(s, &["it"]))
            && !self.prep(self.next(at + 1), &["by"])
        {
            return Some(vec![Entity::Nobody]);
        }
        // `A is confident that`
        let state = self.head_word(self.next(at + 1));
        let sure = (group.verb.lemma == "be" && matches!(state, "confident" | "certain" | "sure" | "convinced" | "adamant")
            || group.verb.lemma == "have" && matches!(state, "confidence" | "high-confidence" | "evidence" | "proof" | "reason"))
            && self.class(self.next(at + 1) + 1) == Some(Class::Sub);
        if sure && !group.negated && !group.modal {
            let found = self.all_left(self.subject(at)?, Side::Speaker);
            return (!found.is_empty()).then_some(found);
        }
        if group.verb.sense != Sense::Say || group.passive || group.negated || group.modal {
            return None;
        }
        // `released an update`: only what is written speaks.
        let issues = matches!(group.verb.lemma, "release" | "publish" | "document" | "obtain" | "name" | "know");
        if issues
            && self.object(at).is_some_and(|o| o < until && !matches!(self.head_noun(o), Some(Noun::Paper)) && group.verb.lemma != "name")
        {
            return None;
        }
        // `claims to have done it` is said of oneself.
        if group.verb.lemma == "claim" && self.group(self.next(at + 1)).is_some_and(|g| g.infinitive) {
            return None;
        }
        // `a firm named X`
        if !group.finite
            && matches!(group.verb.lemma, "name" | "know")
            && matches!(self.head_class(self.next(at + 1)), Some(Class::Actor | Class::Name))
        {
            return None;
        }
        // `released an advisory to warn that …`
        if group.infinitive && !matches!(group.verb.lemma, "warn" | "announce" | "report" | "say") {
            return None;
        }
        // `the group known as`, `tracked by`: a participle that tells of a noun.
        if group.verb.form == Form::Participle && !group.finite {
            return None;
        }
        let next = self.next(at + 1);
        if group.verb.form == Form::Ed && !group.finite && self.prep(next, &["by", "as"]) {
            return None;
        }
        // `added to the list`, but `confirmed to the paper that`
        let said_to = matches!(
            group.verb.lemma,
            "confirm"
                | "say"
                | "disclose"
                | "explain"
                | "admit"
                | "reveal"
                | "describe"
                | "report"
                | "announce"
                | "acknowledge"
                | "mention"
                | "write"
                | "state"
                | "warn"
        );
        if group.verb.form == Form::Ed && !group.finite && self.prep(next, &["to"]) && !said_to {
            return None;
        }
        // An aside that ends before does not tell what follows: `X, who found it, …`.
        let subject = self.subject(at)?;
        let relative = at.checked_sub(1).is_some_and(|b| self.class(b) == Some(Class::Relative));
        if relative && (at..until).any(|i| self.class(i) == Some(Class::Comma)) {
            return None;
        }
        // `they spotted X, which was linked to it`: whoever spots does not say what the aside says.
        let sees = !matches!(self.class(next), Some(Class::Sub | Class::Quote)) && OBSERVING.has(group.verb.lemma);
        if sees
            && (next + 1..until).any(|i| {
                self.class(i) == Some(Class::Relative) && matches!(self.class(i - 1), Some(Class::Comma | Class::Dash))
                    || self.class(i) == Some(Class::Dash)
            })
        {
            return None;
        }
        let found = self.all_left(subject, Side::Speaker);
        let band = !found.is_empty();
        let found: Vec<Entity> = found.into_iter().filter(|e| !self.is_band(*e)).collect();
        if !found.is_empty() {
            return Some(found);
        }
        // `the report said`, where nothing tells whose.
        let person = matches!(self.head_noun(subject), Some(Noun::Office | Noun::Firm | Noun::Human | Noun::Paper))
            || self.chunk(subject).is_some_and(|c| c.kind == Kind::Pronoun);
        (!band && person && !OBSERVING.has(group.verb.lemma)).then(|| vec![Entity::Nobody])
    }

    fn is_band(&self, entity: Entity) -> bool {
        self.kind(entity) == Some(crate::article::ActorKind::ThreatGroup)
    }

    /// `…, X said`, `…” said X`: the speaker behind what is told.
    pub(super) fn speaker_right(&self, at: usize) -> Vec<Entity> {
        let mut somebody = false;
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
                // `…, the report said`, where nothing tells whose.
                somebody |= matches!(self.head_noun(subject), Some(Noun::Paper | Noun::Office | Noun::Firm));
            }
        }
        if somebody { vec![Entity::Nobody] } else { Vec::new() }
    }

    /// `according to X`.
    pub(super) fn according(&self) -> Vec<Entity> {
        for i in 0..self.chunks.len() {
            let Some(chunk) = self.chunk(i) else { break };
            let last = chunk.end.saturating_sub(1);
            // `in A's view`
            if i == 0 && self.prep(0, &["in"]) && matches!(self.head_word(1), "view" | "opinion" | "assessment" | "judgment" | "words") {
                let own = self.chunk(1).and_then(|k| (k.start..k.end).find(|u| self.tags.get(*u).is_some_and(|t| t.class == Class::Own)));
                let owner = own.and_then(|u| self.units.get(u.checked_sub(1)?)?.mention).map(|m| vec![Entity::Mention(m)]);
                let of = || self.prep(2, &["of"]).then(|| self.led(2)).flatten().map(|l| self.all_right(l, Side::Speaker));
                if let Some(found) = owner.or_else(of).filter(|f| !f.is_empty()) {
                    return found;
                }
            }
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
