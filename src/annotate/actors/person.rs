//! Persons: names beside a role, an age, an honorific or a verb of speech; then the surname alone.

use super::View;
use super::cue::class::{AUXILIARY, BODY, CHARGED, FORM, GIVEN, HEAD, HONORIFIC, JOIN, MALWARE, PARTICLE, PASSIVE, ROLE, SAY, STOP};
use super::token::{Gap, Token, shape, word_hash};
use crate::article::{ActorKind, Mention, Span};
use crate::knowledge::key;
use std::collections::HashMap;

/// No person's name is longer, in words.
const LONGEST: usize = 4;

/// A full name: words `first..last`.
struct Named {
    first: usize,
    last: usize,
    how: &'static str,
}

/// Adds the persons of a text where nothing else is found.
pub(super) fn add(view: &View<'_>, found: &mut Vec<Mention>) {
    let taken = view.taken(found);
    let names = Names {
        view,
        taken: &taken,
        articles: ["the", "a", "an", "its", "his", "her", "their", "former", "then", "senior", "deputy", "vice", "who"].map(word_hash),
    };
    let mut full: Vec<Named> = Vec::new();
    let mut at = 0;
    while at < view.words.len() {
        match names.named_at(at) {
            Some(named) => {
                at = named.last;
                full.push(named);
            }
            None => at += 1,
        }
    }
    names.mention(full, found);
    super::keep_apart(found);
}

/// Who bears a surname: full name, its words' hashes, the word it first stands at, how it was told.
type Bearer = (String, Vec<u64>, usize, &'static str);

struct Names<'a> {
    view: &'a View<'a>,
    taken: &'a [u8],
    articles: [u64; 13],
}

impl Names<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.view.words.get(at)
    }

    fn class(&self, at: usize) -> u32 {
        self.view.marked.at(at)
    }

    /// Whether a word can be part of a person's name.
    fn nameable(&self, at: usize) -> bool {
        let Some(word) = self.token(at) else { return false };
        let other = STOP | BODY | FORM | HEAD | MALWARE | SAY;
        let plain = self.class(at) & (other | ROLE) == 0 || self.class(at) & GIVEN != 0;
        word.is(shape::UPPER) && !word.is(shape::MASKED | shape::CAMEL | shape::SHOUT) && plain && self.taken.get(at) == Some(&0)
    }

    /// The name that begins at a word: two to four words, small particles and initials within.
    fn name_from(&self, at: usize) -> Option<usize> {
        let opens = |w: &Token| w.end - w.start > 1 && (!w.is(shape::CAPS) || w.end - w.start > 6);
        if !self.nameable(at) || !self.token(at).is_some_and(opens) {
            return None;
        }
        let (mut last, mut words) = (at + 1, 1);
        while last - at < LONGEST {
            let Some(word) = self.token(last) else { break };
            let initial = last > at && self.token(last - 1).is_some_and(|w| w.end - w.start == 1);
            let joined = match word.gap {
                Gap::Space => !word.is(shape::INITIAL),
                Gap::Hyphen | Gap::Apostrophe => true,
                Gap::DotSpace => initial,
                _ => false,
            };
            if joined && self.nameable(last) {
                words += usize::from(word.gap != Gap::Hyphen && word.gap != Gap::Apostrophe);
                last += 1;
            } else if joined
                && self.class(last) & PARTICLE != 0
                && self.nameable(last + 1)
                && self.token(last + 1).is_some_and(|w| matches!(w.gap, Gap::Space | Gap::Hyphen))
            {
                last += 2;
                words += 1;
            } else {
                break;
            }
        }
        let ends_well = self.token(last - 1).is_some_and(|w| w.end - w.start > 1 && !w.is(shape::CAPS));
        let whole = self.token(last).is_none_or(|w| w.gap != Gap::Glued && !(w.gap == Gap::Space && w.is(shape::DIGITS)));
        (words >= 2 && ends_well && whole).then_some(last)
    }

    /// A person named at a word, if what stands around says so.
    fn named_at(&self, at: usize) -> Option<Named> {
        if !self.nameable(at) {
            return None;
        }
        let honorific = at > 0
            && self.class(at - 1) & HONORIFIC != 0
            && self.token(at - 1)?.is(shape::UPPER)
            && matches!(self.token(at)?.gap, Gap::Space | Gap::DotSpace);
        let Some(last) = self.name_from(at) else {
            let surname = honorific
                && self.token(at)?.end - self.token(at)?.start > 2
                && self.token(at + 1).is_none_or(|w| !(w.gap == Gap::Space && w.is(shape::UPPER)));
            return surname.then_some(Named { first: at, last: at + 1, how: "a name after a title" });
        };
        let how = if honorific {
            "a name after a title"
        } else if self.role_before(at) {
            "a name after a role"
        } else if self.age_after(last) {
            "a name with an age"
        } else if self.role_after(last) {
            "a name with its role"
        } else if self.charged(last) || self.charged_with(last) {
            "a name of one who was charged"
        } else if self.class(at) & GIVEN != 0 && self.speaks(at, last) {
            "a name that speaks"
        } else {
            return None;
        };
        Some(Named { first: at, last, how })
    }

    /// "Foreign Secretary NAME", "researcher NAME".
    fn role_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        self.class(before) & ROLE != 0 && self.token(at).is_some_and(|w| w.gap == Gap::Space && !w.is(shape::INITIAL))
    }

    /// "NAME, 48,".
    fn age_after(&self, last: usize) -> bool {
        let digits = self.token(last).is_some_and(|w| w.gap == Gap::Comma && w.is(shape::DIGITS) && w.end - w.start == 2);
        digits && self.token(last + 1).is_some_and(|w| matches!(w.gap, Gap::Comma | Gap::DotSpace | Gap::Space))
    }

    /// "NAME, the Minister in charge of …", "NAME, vice president of …", "NAME, Microsoft's chief …".
    fn role_after(&self, last: usize) -> bool {
        let Some(next) = self.token(last).filter(|w| w.gap == Gap::Comma) else { return false };
        let opens = self.articles.contains(&next.hash) || self.class(last) & ROLE != 0 || self.taken.get(last) == Some(&1);
        let inside = |i: &usize| {
            *i == last || self.token(*i).is_some_and(|w| matches!(w.gap, Gap::Space | Gap::Hyphen | Gap::Apostrophe | Gap::Ampersand))
        };
        opens && (last..last + 8).take_while(inside).any(|i| self.class(i) & ROLE != 0)
    }

    /// "NAME was arrested", "NAME and NAME were indicted".
    fn charged(&self, last: usize) -> bool {
        let close = |i: usize| self.token(i).is_some_and(|w| w.gap == Gap::Space && !w.is(shape::INITIAL));
        let passive = if self.class(last) & AUXILIARY != 0 { last + 1 } else { last };
        (last..=passive + 1).all(close) && self.class(passive) & PASSIVE != 0 && self.class(passive + 1) & CHARGED != 0
    }

    /// "NAME, NAME and NAME were indicted": the list goes on after `last` and its end is charged.
    fn charged_with(&self, mut last: usize) -> bool {
        /// Longer lists are rare, and each of their names looks along it.
        const NAMES: usize = 12;
        for _ in 0..NAMES {
            let Some(next) = self.token(last) else { return false };
            let joins = self.class(last) & JOIN != 0 && matches!(next.gap, Gap::Space | Gap::Comma);
            let first = match (joins, next.gap) {
                (true, _) => last + 1,
                (false, Gap::Comma) => last,
                _ => return false,
            };
            let Some(end) = self.name_from(first) else { return false };
            if self.charged(end) {
                return true;
            }
            last = end;
        }
        false
    }

    /// "said NAME", "NAME told".
    fn speaks(&self, first: usize, last: usize) -> bool {
        let before = first > 0 && self.class(first - 1) & SAY != 0 && self.token(first).is_some_and(|w| w.gap == Gap::Space);
        let after = self.class(last) & SAY != 0 && self.token(last).is_some_and(|w| w.gap == Gap::Space);
        before || after
    }

    /// Mentions of the full names everywhere, and of the surnames after the first full name.
    fn mention(&self, full: Vec<Named>, found: &mut Vec<Mention>) {
        let text = self.view.text;
        let said = |first: usize, last: usize| Some(Span::new(self.token(first)?.start, self.token(last - 1)?.end));
        // Surname → the full name, its words and where it first stands; two persons of one surname leave it to nobody.
        let mut surnames: HashMap<u64, Option<Bearer>> = HashMap::new();
        for named in &full {
            let Some(name) = said(named.first, named.last).and_then(|s| s.of(text)) else { continue };
            let (Some(surname), words) = (self.token(named.last - 1), self.view.words.get(named.first..named.last).unwrap_or(&[])) else {
                continue;
            };
            let hashes: Vec<u64> = words.iter().map(|w| w.hash).collect();
            let shown = name.split_whitespace().collect::<Vec<_>>().join(" ");
            match surnames.get_mut(&surname.hash) {
                None => {
                    surnames.insert(surname.hash, Some((shown, hashes, named.first, named.how)));
                }
                Some(Some(known)) if known.1.len() == 1 && hashes.len() > 1 => {
                    *known = (shown, hashes, known.2.min(named.first), named.how)
                }
                Some(known) if hashes.len() > 1 && known.as_ref().is_some_and(|k| k.1 != hashes && k.1.first() != hashes.first()) => {
                    *known = None
                }
                _ => {}
            }
        }
        let mut push = |name: &str, span: Span, how: &str| {
            let surface = span.of(text).unwrap_or("").to_owned();
            let id = format!("name:{}", key(name));
            found.push(Mention {
                id,
                name: name.to_owned(),
                kind: ActorKind::Person,
                surface,
                span,
                candidates: Vec::new(),
                reason: how.to_owned(),
            });
        };
        for named in full.iter().filter(|n| n.last - n.first > 1) {
            if let Some(span) = said(named.first, named.last) {
                let name = span.of(text).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
                push(&name, span, named.how);
            }
        }
        for at in 0..self.view.words.len() {
            let word = &self.view.words[at];
            let Some(Some((name, hashes, first, how))) = surnames.get(&word.hash) else { continue };
            if at < *first
                || !word.is(shape::UPPER)
                || word.is(shape::MASKED)
                || self.taken.get(at) != Some(&0)
                || word.end - word.start < 3
            {
                continue;
            }
            let start = (at + 1).saturating_sub(hashes.len());
            let whole = (start..=at).map(|i| self.token(i).map_or(0, |w| w.hash)).eq(hashes.iter().copied());
            let beside = |i: usize, gap: Gap| gap == Gap::Space && self.token(i).is_some_and(|w| w.is(shape::UPPER)) && self.nameable(i);
            let part = (at > 0 && !word.is(shape::INITIAL) && beside(at - 1, word.gap))
                || self.token(at + 1).is_some_and(|w| beside(at + 1, w.gap));
            if whole && hashes.len() > 1 {
                if let Some(span) = said(start, at + 1) {
                    push(name, span, "the full name again");
                }
            } else if !part && let Some(span) = said(at, at + 1) {
                let how = if hashes.len() == 1 { how } else { "the surname of a person named before" };
                push(name, span, how);
            }
        }
    }
}
