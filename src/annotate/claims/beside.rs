//! What stands beside a noun and says who is meant: a name in apposition, whom a band serves, who published a paper.

use super::clause::Clause;
use super::lexicon::{Class, Form, Noun};
use super::party::{Entity, Side};
use crate::article::ActorKind;

/// Behind a noun for those who act: a name follows.
const NAMING: &[&str] =
    &["know", "dub", "call", "name", "track", "identify", "label", "term", "codename", "nickname", "refer", "brand", "designate"];

/// Behind a band: whoever follows the preposition is its sponsor.
const SERVING: &[&str] = &[
    "work",
    "back",
    "link",
    "tie",
    "sponsor",
    "act",
    "operate",
    "affiliate",
    "associate",
    "connect",
    "support",
    "fund",
    "direct",
    "control",
    "run",
    "employ",
    "finance",
    "hire",
    "base",
    "recruit",
    "task",
    "overlap",
    "align",
    "collaborate",
    "cooperate",
];

impl Clause<'_> {
    /// `known as X`, `dubbed X` at a piece: the piece of X.
    pub(super) fn naming(&self, at: usize) -> Option<usize> {
        let mut at = at;
        if matches!(self.class(at), Some(Class::Comma | Class::Open)) {
            at += 1;
        }
        if self.class(at) == Some(Class::Relative) || self.is(at, &["that"]) {
            at += 1;
        }
        let mut at = self.next(at);
        // `going by the alias X`
        if self.group(at).is_some_and(|g| matches!(g.verb.lemma, "go" | "know" | "operate") && !g.negated)
            && let Some(by) = (at + 1..at + 4).find(|i| self.prep(*i, &["by", "under", "as"]))
            && let Some(alias) = self.led(by)
            && matches!(self.head_word(alias), "alias" | "handle" | "name" | "moniker" | "nickname" | "pseudonym")
        {
            let named = self.next(alias + 1);
            return matches!(self.head_class(named), Some(Class::Actor | Class::Name)).then_some(named);
        }
        if self.group(at).is_some_and(|g| matches!(g.verb.lemma, "go" | "know" | "operate"))
            && self.prep(self.next(at + 1), &["by", "under", "as"])
            && let Some(named) = self.led(self.next(at + 1)).filter(|n| {
                matches!(self.head_class(*n), Some(Class::Name))
                    && self.chunk(*n).is_some_and(|c| {
                        (c.start..c.end).any(|u| matches!(self.word(u), "alias" | "handle" | "name" | "moniker" | "nickname"))
                    })
            })
        {
            return Some(named);
        }
        // `a cluster it tracks as X`
        if self.nominal(at) && self.chunk(at).is_some_and(|c| c.end - c.start < 5) {
            let verb = self.next(at + 1);
            let group = self.group(verb)?;
            if !matches!(group.verb.lemma, "track" | "call" | "dub" | "name" | "refer" | "nickname" | "label" | "know") || group.passive {
                return None;
            }
            at = self.next(verb + 1);
            // `tracks under the name of X`
            if self.prep(at, &["under", "by"]) && self.is_head(at + 1, "name") && self.prep(at + 2, &["of"]) {
                at = self.next(at + 3);
            }
            while self.prep(at, &["as", "to"]) {
                at = self.next(at + 1);
            }
            return matches!(self.head_class(at), Some(Class::Actor | Class::Name)).then_some(at);
        }
        // `who call themselves X`
        if self.group(at).is_some_and(|g| matches!(g.verb.lemma, "call" | "name" | "dub" | "style"))
            && self.is(at + 1, &["themselves", "itself", "himself", "herself"])
        {
            let named = self.next(at + 2);
            return matches!(self.head_class(named), Some(Class::Actor | Class::Name)).then_some(named);
        }
        let group = self.group(at)?;
        if !NAMING.contains(&group.verb.lemma)
            || !matches!(group.verb.form, Form::Ed | Form::Participle)
            || (group.finite && !group.passive)
        {
            return None;
        }
        let mut next = self.next(at + 1);
        while self.prep(next, &["as", "by", "to"]) || self.class(next) == Some(Class::Quote) {
            // `tracked by the firm as X`
            if self.prep(next, &["by"]) {
                let named = self.led(next)?;
                next = self.next(named + 1);
                if !self.prep(next, &["as"]) {
                    return None;
                }
            }
            next = self.next(next + 1);
        }
        self.nominal(next).then_some(next)
    }

    /// `X, a group backed by B`: B.
    pub(super) fn sponsor(&self, at: usize, depth: usize, known: &[Entity]) -> Vec<Entity> {
        if self.kind_of(known) != Some(ActorKind::ThreatGroup) {
            return Vec::new();
        }
        let mut i = at + 1;
        if self.class(i) == Some(Class::Open) {
            i = (i..self.chunks.len().min(i + 12)).find(|j| self.class(*j) == Some(Class::Close)).map_or(i, |j| j + 1);
        }
        if !matches!(self.class(i), Some(Class::Comma | Class::Dash)) || !self.nominal(i + 1) || self.head_noun(i + 1) != Some(Noun::Band) {
            return self.serves(i, depth);
        }
        let found = self.who_within(i + 1, Side::Accused, depth);
        found.into_iter().filter(|e| matches!(self.kind(*e), Some(ActorKind::State | ActorKind::Agency))).collect()
    }

    /// `backed by B`, `working for B` at a piece: B.
    pub(super) fn serves(&self, at: usize, depth: usize) -> Vec<Entity> {
        let at = if self.class(at) == Some(Class::Relative) { at + 1 } else { at };
        let at = self.next(at);
        let Some(group) = self.group(at) else { return Vec::new() };
        if group.negated || !SERVING.contains(&group.verb.lemma) {
            return Vec::new();
        }
        let mut prep = self.next(at + 1);
        if self.prep(prep, &["on"])
            && self.chunk(prep + 1).is_some_and(|c| (c.start..c.end).any(|u| matches!(self.word(u), "behalf" | "behest" | "orders")))
        {
            prep += 2;
        }
        if self.prep(prep, &["at", "under"]) && self.nominal(prep + 1) && self.prep(prep + 2, &["of"]) {
            prep += 2;
        }
        if !self.prep(prep, &["by", "for", "with", "to", "of", "out", "from", "in"]) && !self.is(prep, &["to"]) {
            return Vec::new();
        }
        let at = if self.prep(prep, &["out"]) { prep + 1 } else { prep };
        let Some(led) = self.led(at) else { return Vec::new() };
        let mut found = self.who_within(led, Side::Accused, depth);
        // `linked to Chinese state interests`
        if found.is_empty()
            && matches!(
                self.head_word(led),
                "interests" | "sponsorship" | "state-sponsorship" | "regime" | "espionage" | "services" | "apparatus"
            )
        {
            let inside =
                self.chunk(led).into_iter().flat_map(|k| k.start..k.end).filter_map(|u| self.units.get(u)?.mention).map(Entity::Mention);
            found = inside.filter(|e| self.kind(*e) == Some(ActorKind::State)).take(1).collect();
        }
        found.into_iter().filter(|e| matches!(self.kind(*e), Some(ActorKind::State | ActorKind::Agency | ActorKind::ThreatGroup))).collect()
    }

    /// `a group called X`, `the group, X,`, `the group (X)`: X.
    pub(super) fn apposed(&self, at: usize, side: Side, depth: usize) -> Vec<Entity> {
        let mut i = at + 1;
        if self.prep(i, &["of", "in", "from"]) && self.nominal(i + 1) {
            i += 2;
        }
        if let Some(named) = self.naming(i) {
            return self.who_within(named, side, depth);
        }
        let inner = self.next(i + 1);
        let named = matches!(self.head_class(inner), Some(Class::Actor | Class::Name)) && self.nominal(inner);
        let bare = self.chunk(inner).is_some_and(|c| {
            (c.start..c.end).all(|u| self.tags.get(u).is_some_and(|t| matches!(t.class, Class::Actor | Class::Name | Class::Word)))
        });
        match self.class(i) {
            Some(Class::Open) if named => self.listed(inner, side, depth),
            Some(Class::Comma | Class::Dash) if named && bare => {
                let closes = matches!(self.class(self.past(inner)), Some(Class::Comma | Class::Stop | Class::Dash) | None)
                    && self.group(self.past(inner)).is_none()
                    || self.past(inner) >= self.chunks.len();
                if closes && self.class(self.next(self.past(inner) + 1)) != Some(Class::And) {
                    self.who_within(inner, side, depth)
                } else {
                    Vec::new()
                }
            }
            _ => Vec::new(),
        }
    }

    /// `(X, Y and Z)`: each of them.
    fn listed(&self, first: usize, side: Side, depth: usize) -> Vec<Entity> {
        const LISTED: usize = 24;
        let close = (first..self.chunks.len().min(first + LISTED)).find(|i| self.class(*i) == Some(Class::Close)).unwrap_or(first + 1);
        let names = (first..close).filter(|i| matches!(self.head_class(*i), Some(Class::Actor | Class::Name)));
        let plain = (first..close).all(|i| self.nominal(i) || matches!(self.class(i), Some(Class::Comma | Class::And)));
        if !plain {
            return self.who_within(first, side, depth);
        }
        names.flat_map(|i| self.who_within(i, side, depth.min(1))).collect()
    }

    /// `X, a firm that …`: X.
    pub(super) fn apposed_left(&self, at: usize) -> Vec<Entity> {
        // `X was a gang accused of it`
        if let Some(be) = self.previous(at).filter(|v| self.group(*v).is_some_and(|g| g.verb.lemma == "be" && !g.negated))
            && let Some(name) = self.subject(be).filter(|n| matches!(self.head_class(*n), Some(Class::Actor | Class::Name)))
        {
            let unit = self.head(name).and_then(|u| self.units.get(u));
            return unit.and_then(|u| u.mention.map(Entity::Mention).or(u.name.then_some(Entity::Name(u.span)))).into_iter().collect();
        }
        let Some(comma) = at.checked_sub(1).filter(|c| matches!(self.class(*c), Some(Class::Comma | Class::Dash))) else {
            return Vec::new();
        };
        let article = self.chunk(at).is_some_and(|c| matches!(self.word(c.start), "a" | "an" | "the" | "another" | "one"));
        let Some(name) = self.previous(comma) else { return Vec::new() };
        if !article || !matches!(self.head_class(name), Some(Class::Actor | Class::Name)) {
            return Vec::new();
        }
        let unit = self.head(name).and_then(|u| self.units.get(u));
        unit.and_then(|u| u.mention.map(Entity::Mention).or(u.name.then_some(Entity::Name(u.span)))).into_iter().collect()
    }

    /// Those behind a head: `officials in Norway`, `hackers working for Russia`, `a report by X`.
    pub(super) fn behind(&self, at: usize, noun: Noun, side: Side, depth: usize) -> Vec<Entity> {
        if noun == Noun::Paper && side == Side::Speaker {
            let found = self.publisher(at, depth);
            if !found.is_empty() {
                return found;
            }
        }
        let preps: &[&str] = match noun {
            Noun::Band => &["from", "in", "of", "within", "at", "inside", "out", "under", "for", "behind"],
            // An embassy is not that of the country it stands in.
            Noun::Office if matches!(self.head_word(at), "embassy" | "ambassador") => &["of", "from", "for"],
            Noun::Office => &["of", "in", "from", "for", "at", "with", "within"],
            Noun::Firm => &["at", "from", "with", "of", "for"],
            Noun::Human => &["of", "from", "at", "in", "with"],
            Noun::Paper => &["by", "from", "of", "between"],
        };
        let mut i = at + 1;
        let sponsored = self
            .chunk(at)
            .is_some_and(|k| (k.start..k.end).any(|u| ["-backed", "-sponsored", "-linked"].iter().any(|s| self.word(u).ends_with(s))));
        if side == Side::Accused && (sponsored || matches!(noun, Noun::Band | Noun::Human | Noun::Office)) {
            let found = self.serves(i, depth);
            if !found.is_empty() {
                return found;
            }
            if self.class(i) == Some(Class::Comma) && self.class(i + 1) == Some(Class::Relative) {
                let found = self.serves(i + 2, depth);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        for _ in 0..3 {
            if self.prep(i, preps)
                && let Some(led) = self.led(i)
            {
                let found = self.all_right(led, side);
                let fits = |e: &Entity| match (noun, side) {
                    (Noun::Firm, Side::Accused) => sponsored,
                    (Noun::Firm | Noun::Human, Side::Speaker) => !matches!(self.kind(*e), Some(ActorKind::State)),
                    // `prosecutors in Ohio` speak for more than Ohio.
                    (Noun::Office, Side::Speaker) => depth > 0 && self.country(*e),
                    _ => depth > 0,
                };
                let found: Vec<Entity> = found.into_iter().filter(fits).collect();
                if !found.is_empty() {
                    return found;
                }
                i = led + 1;
            } else {
                break;
            }
        }
        Vec::new()
    }

    /// Whose a paper is: `a report published by A`, `A published a report that says`.
    pub(super) fn publisher(&self, at: usize, depth: usize) -> Vec<Entity> {
        let publishes = |g: super::chunk::Group| {
            matches!(
                g.verb.lemma,
                "publish"
                    | "release"
                    | "issue"
                    | "write"
                    | "unseal"
                    | "file"
                    | "author"
                    | "send"
                    | "put"
                    | "circulate"
                    | "post"
                    | "share"
                    | "produce"
            )
        };
        let after = self.next(at + 1);
        if self.group(after).is_some_and(|g| publishes(g) && !g.finite)
            && let Some(by) = (after + 1..after + 5).find(|i| self.prep(*i, &["by"]))
            && let Some(led) = self.led(by)
        {
            return self.all_right(led, Side::Speaker);
        }
        let verb = self.previous(at).filter(|v| self.group(*v).is_some_and(|g| publishes(g) && !g.passive));
        let subject = verb.and_then(|v| self.subject(v)).filter(|s| depth > 0 && *s != at);
        subject.map(|s| self.all_left(s, Side::Speaker)).unwrap_or_default()
    }
}
