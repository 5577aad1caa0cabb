//! Who a noun phrase means: the actor it names, the one its words lead to, or the one the sentences before named.

use super::chunk::Kind;
use super::clause::Clause;
use super::lexicon::{Class, Form, Noun, Sense};
use crate::article::{ActorKind, Span};

/// One side of a claim: an actor found, or a name no table knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entity {
    Mention(usize),
    Name(Span),
    /// Somebody speaks, and the text in reach does not say who.
    Nobody,
}

/// Which side of a claim a phrase is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Speaker,
    Accused,
}

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
];
/// Nouns that stand for a speaker where no name does.
const CROWDS: &[&str] = &[
    "researchers",
    "experts",
    "analysts",
    "officials",
    "prosecutors",
    "authorities",
    "firms",
    "companies",
    "vendors",
    "governments",
    "agencies",
    "investigators",
    "organizations",
    "organisations",
    "lawmakers",
    "senators",
    "diplomats",
    "firm",
    "company",
    "expert",
    "researcher",
    "analyst",
    "police",
    "sources",
    "journalists",
    "regulators",
    "activists",
];
const LISTED: usize = 12;

/// Whether an actor can be held responsible: a part of a country or of the world cannot.
fn answers(mention: &crate::article::Mention) -> bool {
    let id = mention.id.as_str();
    mention.kind != ActorKind::State || (id.starts_with("state-") && id.matches('-').count() == 1)
}

impl Clause<'_> {
    pub(super) fn kind(&self, entity: Entity) -> Option<ActorKind> {
        match entity {
            Entity::Mention(i) => self.mentions.get(i).map(|m| m.kind),
            Entity::Name(_) | Entity::Nobody => None,
        }
    }

    fn id(&self, entity: Entity) -> Option<&str> {
        match entity {
            Entity::Mention(i) => self.mentions.get(i).map(|m| m.id.as_str()),
            Entity::Name(_) | Entity::Nobody => None,
        }
    }

    /// Whether two entities are one actor.
    pub(super) fn same(&self, a: Entity, b: Entity) -> bool {
        a == b || (self.id(a).is_some() && self.id(a) == self.id(b))
    }

    /// Everybody a phrase and those joined to it mean, read from its first noun to the right.
    pub(super) fn all_right(&self, first: usize, side: Side) -> Vec<Entity> {
        let mut out = self.who(first, side);
        let mut at = self.past(first);
        if out.is_empty() {
            // `four vendors, including X and Y`
            let list = if self.class(at) == Some(Class::Comma) { self.next(at + 1) } else { self.next(at) };
            if self.nominal(first)
                && self.head_noun(first).is_some()
                && (self.prep(list, &["including", "like", "as"]))
                && self.nominal(self.next(list + 1))
                && list != first
            {
                return self.all_right(self.next(list + 1), side);
            }
            return out;
        }

        for _ in 0..LISTED {
            let comma = self.class(at) == Some(Class::Comma);
            let joins = comma || self.class(at) == Some(Class::And);
            let next = self.next(if comma && self.class(at + 1) == Some(Class::And) { at + 2 } else { at + 1 });
            if !joins || !self.nominal(next) || self.chunk(next).is_some_and(|c| c.kind == Kind::Pronoun) {
                break;
            }
            let after = self.past(next);
            let and = !comma || self.class(at + 1) == Some(Class::And);
            let goes_on = and
                || self.rest(after).take(10).any(|i| self.class(i) == Some(Class::And))
                    && matches!(self.class(after), Some(Class::Comma | Class::And));
            // `…, and Russia denied it` begins a clause of its own.
            let clause = self
                .group(self.next(after))
                .is_some_and(|g| (g.finite || g.verb.form == Form::Ed && self.nominal(self.next(self.next(after) + 1))) && !g.infinitive);
            let found = self.who(next, side);
            let named = self
                .chunk(next)
                .is_some_and(|c| (c.start..c.end).any(|u| self.tags.get(u).is_some_and(|t| matches!(t.class, Class::Actor | Class::Name))));
            let named = named || self.naming(next + 1).is_some() || side == Side::Speaker && CROWDS.contains(&self.head_word(next));
            let clause = clause && !self.previous(first).is_some_and(|p| self.prep(p, &["between", "among"]));
            if !goes_on || clause || found.is_empty() || !named {
                break;
            }
            out.extend(found);
            at = after;
        }
        out
    }

    /// Everybody a phrase and those joined to it mean, read from its last noun to the left.
    pub(super) fn all_left(&self, last: usize, side: Side) -> Vec<Entity> {
        let mut out = self.who(last, side);
        let others = matches!(self.head_word(last), "others" | "allies" | "partners")
            || self.chunk(last).is_some_and(|c| (c.start..c.end).any(|u| self.word(u) == "other"));
        if out.is_empty() && !others {
            return out;
        }
        let mut at = last;
        let mut list = false;
        for _ in 0..LISTED {
            let Some(before) = self.previous(at) else { break };
            let and = self.class(before) == Some(Class::And);
            if !(and || list && self.class(before) == Some(Class::Comma)) {
                break;
            }
            let comma = if and { before.checked_sub(1).filter(|i| self.class(*i) == Some(Class::Comma)) } else { None };
            let Some(mut left) = self.previous(comma.unwrap_or(before)) else { break };
            if self.class(left) == Some(Class::Close) {
                let Some(open) = (0..left).rev().find(|j| self.class(*j) == Some(Class::Open)) else { break };
                let Some(l) = self.previous(open) else { break };
                left = l;
            }
            if !self.nominal(left) {
                break;
            }
            // `officials in Norway and Sweden`: the head of the phrase on the left.
            let mut first = left;
            if let Some(p) = self.previous(left).filter(|p| self.class(*p) == Some(Class::Prep)) {
                match self.previous(p).filter(|h| self.head_noun(*h).is_some() || self.head_class(*h) == Some(Class::Actor)) {
                    Some(h) => first = h,
                    None => break,
                }
            }
            if self.previous(first).and_then(|v| self.group(v)).is_some_and(|g| !g.infinitive && g.verb.sense != Sense::Say) {
                break;
            }
            let found = self.who(first, side);
            // `two firms, A and B`: the crowd is those named.
            let crowd = !and && side == Side::Speaker && matches!(found[..], [Entity::Name(_)]) && self.head_noun(first).is_some();
            if found.is_empty() || crowd {
                break;
            }
            out.splice(0..0, found);
            list = true;
            at = first;
        }
        out
    }

    /// The piece behind a phrase and its own modifiers.
    pub(super) fn past(&self, at: usize) -> usize {
        let mut i = at + 1;
        for _ in 0..6 {
            if self.class(i) == Some(Class::Open) {
                i = (i..self.chunks.len().min(i + 12)).find(|j| self.class(*j) == Some(Class::Close)).map_or(i, |j| j + 1);
            } else if self.prep(i, &["of", "in", "from", "at"]) && self.nominal(i + 1) {
                i += 2;
            } else if self.naming(i).is_some() {
                i = self.naming(i).map_or(i + 1, |n| n + 1);
            } else {
                break;
            }
        }
        i
    }

    /// `known as X`, `dubbed X` at a piece: the piece of X.
    pub(super) fn naming(&self, at: usize) -> Option<usize> {
        let mut at = at;
        if self.class(at) == Some(Class::Comma) {
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
            while self.prep(at, &["as", "to"]) {
                at = self.next(at + 1);
            }
            return matches!(self.head_class(at), Some(Class::Actor | Class::Name)).then_some(at);
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

    /// Those one noun phrase means.
    pub(super) fn who(&self, at: usize, side: Side) -> Vec<Entity> {
        self.who_within(at, side, 3)
    }

    pub(super) fn who_within(&self, at: usize, side: Side, depth: usize) -> Vec<Entity> {
        let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
        let Some(chunk) = self.chunk(at) else { return Vec::new() };
        if chunk.kind == Kind::Pronoun {
            return self.pronoun(at, side, depth);
        }
        let Some(head) = self.head(at) else { return Vec::new() };
        let class = |u: usize| self.tags.get(u).map(|t| t.class);
        let own = (chunk.start..head).rev().find(|u| class(*u) == Some(Class::Own));
        let scope = own.map_or(chunk.start, |o| o + 1);
        let entity = |u: usize| {
            let unit = self.units.get(u)?;
            match unit.mention {
                Some(m) => self
                    .mentions
                    .get(m)
                    .filter(|m| side == Side::Speaker && !m.id.starts_with("region-") || answers(m))
                    .map(|_| Entity::Mention(m)),
                None => unit.name.then_some(Entity::Name(unit.span)),
            }
        };
        match class(head) {
            Some(Class::Actor) => {
                // `Russian-linked X` names X.
                let mut out: Vec<Entity> = entity(head).into_iter().collect();
                if chunk.end > head + 1 && class(chunk.end - 1) == Some(Class::Own) {
                    return out;
                }
                if side == Side::Accused {
                    out.extend(self.sponsor(at, depth, &out));
                }
                out
            }
            Some(Class::Name) => {
                let product = head > scope
                    && class(head - 1) == Some(Class::Actor)
                    && self
                        .units
                        .get(head - 1)
                        .and_then(|u| u.mention)
                        .and_then(|m| self.mentions.get(m))
                        .is_some_and(|m| matches!(m.kind, ActorKind::Company | ActorKind::Agency));
                match (product, side) {
                    (true, Side::Speaker) => entity(head - 1).into_iter().collect(),
                    (true, Side::Accused) => Vec::new(),
                    (false, _) => entity(head).into_iter().collect(),
                }
            }
            Some(Class::Noun(noun)) => {
                let inside: Vec<Entity> = (chunk.start..head)
                    .filter_map(|u| if class(u + 1) == Some(Class::Suffix) && side == Side::Speaker { None } else { entity(u) })
                    .collect();
                let fits = |e: &Entity| match (self.kind(*e), side, noun) {
                    (Some(ActorKind::State), Side::Accused, Noun::Firm) => false,
                    (Some(ActorKind::Company), Side::Accused, Noun::Band | Noun::Human | Noun::Office) => false,
                    (Some(ActorKind::State), Side::Speaker, Noun::Firm | Noun::Human) => false,
                    (Some(ActorKind::Company | ActorKind::Agency), Side::Speaker, Noun::Human) => false,
                    // `a PR firm`
                    (None, Side::Accused, _) => !matches!(e, Entity::Name(span) if span.end - span.start < 4),
                    (_, Side::Accused, Noun::Paper) => false,
                    _ => true,
                };
                let group = inside.iter().rev().find(|e| self.kind(**e) == Some(ActorKind::ThreatGroup) && fits(e));
                let mut out: Vec<Entity> = group.or(inside.iter().rev().find(|e| fits(e))).copied().into_iter().collect();
                let from_suffix = (scope..head).any(|u| class(u) == Some(Class::Suffix));
                // `the Ukrainian group behind X`
                if side == Side::Accused && noun == Noun::Band && self.prep(at + 1, &["behind"]) {
                    let named = self.led(at + 1).filter(|l| {
                        matches!(self.head_class(*l), Some(Class::Name))
                            || self.who(*l, side).iter().any(|e| self.kind(*e) == Some(ActorKind::ThreatGroup))
                    });
                    let crews = named.filter(|_| depth > 0).map(|l| self.all_right(l, side)).unwrap_or_default();
                    if !crews.is_empty() {
                        return crews;
                    }
                }
                if side == Side::Accused && noun == Noun::Band && out.is_empty() {
                    // `X, a group linked to B`
                    out = self.apposed_left(at).into_iter().filter(|e| self.kind(*e) == Some(ActorKind::ThreatGroup)).collect();
                    if !out.is_empty() {
                        out.extend(self.behind(at, noun, side, depth));
                    }
                }
                if side == Side::Accused && matches!(noun, Noun::Band | Noun::Human | Noun::Firm) {
                    let more = self.apposed(at, side, depth);
                    if !more.is_empty() && (self.kind_of(&out) == Some(ActorKind::State) && from_suffix || self.kind_of(&out).is_none()) {
                        out.clear();
                    }
                    out.extend(more.into_iter().filter(|e| !out.contains(e)).collect::<Vec<_>>());
                }
                if out.is_empty() {
                    out = self.behind(at, noun, side, depth);
                }
                if out.is_empty() && side == Side::Speaker {
                    out = self.apposed(at, side, depth);
                }
                if out.is_empty() && side == Side::Accused && matches!(noun, Noun::Firm | Noun::Band) {
                    out = self.apposed_left(at);
                }
                // `Western governments`
                if side == Side::Speaker
                    && CROWDS.contains(&self.word(head))
                    && self.kind_of(&out).is_none()
                    && !out.is_empty()
                    && noun != Noun::Paper
                {
                    out.clear();
                }
                if out.is_empty() && self.definite(at) && (!inside.iter().any(fits) || noun == Noun::Human) {
                    out = self.told_before(at, noun, side);
                }
                if out.is_empty() && side == Side::Speaker && CROWDS.contains(&self.word(head)) {
                    let from = (scope..=head).find(|u| !matches!(class(*u), Some(Class::Det | Class::Adverb))).unwrap_or(head);
                    if let (Some(a), Some(b)) = (self.units.get(from), self.units.get(head)) {
                        out.push(Entity::Name(Span::new(a.span.start, b.span.end)));
                    }
                }
                out
            }
            _ if chunk.end == chunk.start + 1 && class(head) == Some(Class::Det) && self.word(head) == "the" => Vec::new(),
            // `some of the hackers`, `a trio of spies`
            _ if self.prep(at + 1, &["of"])
                && matches!(
                    self.word(head),
                    "some"
                        | "many"
                        | "several"
                        | "most"
                        | "one"
                        | "two"
                        | "three"
                        | "four"
                        | "five"
                        | "part"
                        | "number"
                        | "pair"
                        | "series"
                        | "coalition"
                        | "all"
                        | "none"
                        | "dozens"
                        | "head"
                        | "spokesman"
                        | "each"
                        | "both"
                        | "range"
                ) =>
            {
                self.led(at + 1).map(|n| self.all_right(n, side)).unwrap_or_default()
            }
            // `X's campaign`, `X's spokesperson said`
            _ if side == Side::Speaker => own
                .and_then(|o| o.checked_sub(1))
                .and_then(entity)
                .filter(|e| !matches!(self.kind(*e), Some(ActorKind::ThreatGroup)))
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }

    fn kind_of(&self, entities: &[Entity]) -> Option<ActorKind> {
        entities.last().and_then(|e| self.kind(*e))
    }

    fn definite(&self, at: usize) -> bool {
        self.chunk(at).is_some_and(|c| matches!(self.word(c.start), "the" | "this" | "these" | "those" | "its" | "that" | "their"))
    }

    /// `X, a group backed by B`: B.
    fn sponsor(&self, at: usize, depth: usize, known: &[Entity]) -> Vec<Entity> {
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
        let found = self.who_within(led, Side::Accused, depth);
        found.into_iter().filter(|e| matches!(self.kind(*e), Some(ActorKind::State | ActorKind::Agency | ActorKind::ThreatGroup))).collect()
    }

    /// Whose a paper is: `a report published by A`, `A published a report that says`.
    fn publisher(&self, at: usize, depth: usize) -> Vec<Entity> {
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

    /// Whether an entity is no place inside a country.
    fn country(&self, e: Entity) -> bool {
        match e {
            Entity::Mention(i) => self.mentions.get(i).is_none_or(answers),
            _ => true,
        }
    }

    /// `a group called X`, `the group, X,`, `the group (X)`: X.
    fn apposed(&self, at: usize, side: Side, depth: usize) -> Vec<Entity> {
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
            Some(Class::Open) if named => self.who_within(inner, side, depth),
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

    /// `X, a firm that …`: X.
    fn apposed_left(&self, at: usize) -> Vec<Entity> {
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
    fn behind(&self, at: usize, noun: Noun, side: Side, depth: usize) -> Vec<Entity> {
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
        if side == Side::Accused && matches!(noun, Noun::Band | Noun::Human | Noun::Office) {
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
                    (Noun::Firm, Side::Accused) => false,
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
}
