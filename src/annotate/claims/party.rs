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
    /// A name that the table knows as a group's, where an accused stands.
    Crew(Span),
    /// Somebody speaks, and the text in reach does not say who.
    Nobody,
}

/// Which side of a claim a phrase is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Speaker,
    Accused,
}

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

/// What a band runs, and is called by.
const OUTFITS: &[&str] =
    &["operation", "operations", "enterprise", "scheme", "brand", "family", "conglomerate", "program", "ransomware-as-a-service"];

/// Whether an actor can be held responsible: a part of a country or of the world cannot.
fn answers(mention: &crate::article::Mention) -> bool {
    let id = mention.id.as_str();
    mention.kind != ActorKind::State || (id.starts_with("state-") && id.matches('-').count() == 1)
}

impl Clause<'_> {
    pub(super) fn kind(&self, entity: Entity) -> Option<ActorKind> {
        match entity {
            Entity::Mention(i) => self.mentions.get(i).map(|m| m.kind),
            Entity::Crew(_) => Some(ActorKind::ThreatGroup),
            Entity::Name(_) | Entity::Nobody => None,
        }
    }

    pub(super) fn id(&self, entity: Entity) -> Option<&str> {
        match entity {
            Entity::Mention(i) => self.mentions.get(i).map(|m| m.id.as_str()),
            Entity::Crew(span) => span.of(self.text).and_then(|name| super::crew(self.knowledge, name)).map(|(id, _)| id),
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
                let found = self.all_right(self.next(list + 1), side);
                return found.into_iter().filter(|e| side == Side::Speaker || !matches!(e, Entity::Name(_))).collect();
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
            // `…, and A and B sanctioned them`
            let mut past = after;
            for _ in 0..3 {
                if self.class(past) == Some(Class::And) && self.nominal(self.next(past + 1)) {
                    past = self.past(self.next(past + 1));
                }
            }
            let clause = clause
                || past > after
                    && self.group(self.next(past)).is_some_and(|g| {
                        (g.finite || g.verb.form == Form::Ed && self.nominal(self.next(self.next(past) + 1))) && !g.infinitive && !g.passive
                    });
            // Where no verb has been, none of these can begin a second clause: `agencies in A and B attribute it`.
            let opens = !(0..first)
                .rev()
                .take_while(|i| !matches!(self.class(*i), Some(Class::Stop | Class::Sub | Class::Relative)))
                .any(|i| self.group(i).is_some());
            let clause = clause && !opens && !self.previous(first).is_some_and(|p| self.prep(p, &["between", "among"]));
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
        let others = matches!(self.head_word(last), "others" | "allies" | "partners" | "member states")
            || side == Side::Speaker && matches!(self.head_noun(last), Some(Noun::Office | Noun::Firm))
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
                // `A and its allies, including B, C and D`
                if self.prep(p, &["including"]) {
                    let found = self.who(left, side);
                    out.splice(0..0, found);
                    let whole = self.previous(p).and_then(|j| if self.class(j) == Some(Class::Comma) { self.previous(j) } else { Some(j) });
                    if let Some(whole) = whole.filter(|w| self.nominal(*w)) {
                        let more: Vec<Entity> = self.all_left(whole, side).into_iter().filter(|e| !matches!(e, Entity::Name(_))).collect();
                        out.splice(0..0, more);
                    }
                    break;
                }
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
                None if unit.name && side == Side::Accused => {
                    let known = unit.span.of(self.text).is_some_and(|name| super::crew(self.knowledge, name).is_some());
                    Some(if known { Entity::Crew(unit.span) } else { Entity::Name(unit.span) })
                }
                // `Member States` is nobody's name.
                None => (unit.name && !["states", "allies", "nations", "governments"].iter().any(|s| unit.lower.ends_with(s)))
                    .then_some(Entity::Name(unit.span)),
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
            // `the indictment by A` accuses, it is not accused.
            Some(Class::Noun(Noun::Paper)) if side == Side::Accused => Vec::new(),
            Some(Class::Noun(noun)) => {
                let inside: Vec<Entity> = (chunk.start..head)
                    .filter_map(|u| if class(u + 1) == Some(Class::Suffix) && side == Side::Speaker { None } else { entity(u) })
                    .collect();
                let fits = |e: &Entity| match (self.kind(*e), side, noun) {
                    (Some(ActorKind::State), Side::Accused, Noun::Firm) => (chunk.start..head).any(|u| {
                        self.tags.get(u).is_some_and(|t| t.class == Class::Suffix)
                            || ["-backed", "-sponsored", "-run"].iter().any(|s| self.word(u).ends_with(s))
                    }),
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
                // `X, a Canadian man charged with it`
                if side == Side::Accused && noun == Noun::Human {
                    let named = self.apposed_left(at);
                    if !named.is_empty() {
                        return named;
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
            // `the X ransomware operation`: the band that runs it.
            _ if side == Side::Accused && OUTFITS.contains(&self.word(head)) => {
                (scope..head).filter_map(entity).filter(|e| self.kind(*e) == Some(ActorKind::ThreatGroup)).collect()
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

    pub(super) fn kind_of(&self, entities: &[Entity]) -> Option<ActorKind> {
        entities.last().and_then(|e| self.kind(*e))
    }

    pub(super) fn definite(&self, at: usize) -> bool {
        self.chunk(at).is_some_and(|c| matches!(self.word(c.start), "the" | "this" | "these" | "those" | "its" | "that" | "their"))
    }

    /// Whether an entity is no place inside a country.
    pub(super) fn country(&self, e: Entity) -> bool {
        match e {
            Entity::Mention(i) => self.mentions.get(i).is_none_or(answers),
            _ => true,
        }
    }
}
