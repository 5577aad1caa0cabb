//! Names in no table that the language gives away: "a group tracked as X", "the X gang", "X is a threat actor", "APT28, also known as X".

mod again;
mod name;
mod words;

use super::View;
use super::cue::class::{ATTR, CAMPAIGN, CYBER, FIRM, FLAW, GIVEN, GROUP, HEAD, LOOSE, MALWARE, NAMING, STOP, VERB};
use super::token::{Gap, Token, shape};
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use words::Words;

/// A name and the pattern that told it.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) first: usize,
    pub(super) last: usize,
    /// How it was told, for the reason.
    pub(super) how: &'static str,
    /// Sure enough to know the name again elsewhere in the text.
    pub(super) firm: bool,
    /// One person's handle rather than a group's name.
    pub(super) person: bool,
}

/// How the name of a gang and its noun are told; its name is that of the program.
pub(super) const GANG: &str = "a gang called after its program";

/// `kind, names`: programs, so that a text's talk of them does not make groups of them.
const MALWARE_NAMES: &str = include_str!("../malware.tsv");

/// Key of a program's name → whether a gang is commonly called after it, as is the way with ransomware.
pub(super) fn programs() -> HashMap<String, bool> {
    let rows = MALWARE_NAMES.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    rows.flat_map(|(kind, names)| names.split("; ").map(move |n| (crate::knowledge::key(n), kind == "ransomware"))).collect()
}

pub(super) struct Teller<'v> {
    view: &'v View<'v>,
    /// Whether each word belongs to a mention already; 2 where that is a threat group.
    taken: Vec<u8>,
    programs: &'v HashMap<String, bool>,
    words: Words,
    /// Words with a capital within a sentence, and whether they are nowhere without it.
    names: OnceCell<HashMap<u64, bool>>,
}

impl<'v> Teller<'v> {
    /// `taken` tells for each word whether it belongs to a mention (1), to a mention of a group (2), or to none (0).
    pub(super) fn new(view: &'v View<'v>, taken: Vec<u8>, programs: &'v HashMap<String, bool>) -> Self {
        Teller { view, taken, programs, words: Words::new(), names: OnceCell::new() }
    }

    /// All names told, and the other places of those told firmly. Nothing in a text that is not about attacks.
    pub(super) fn find(&self) -> Vec<Told> {
        if !self.view.marked.about_attacks {
            return Vec::new();
        }
        let mut found = Vec::new();
        for at in 0..self.view.words.len() {
            let classes = self.view.marked.at(at);
            if self.view.words[at].is(shape::MASKED) {
                continue;
            }
            if classes & VERB != 0 {
                self.given_name(at, &mut found);
            }
            // The letters of "APT28" are no word for attackers.
            let number = self.token(at + 1).is_some_and(|w| w.is(shape::DIGITS) && w.gap != Gap::Comma && w.gap != Gap::DotSpace);
            if classes & HEAD != 0 && !number {
                self.before_head(at, &mut found);
                self.after_head(at, &mut found);
            }
            if self.words.selves.contains(&self.word(at)) {
                self.calls_itself(at, &mut found);
            }
            if self.words.handle.contains(&self.word(at)) {
                self.uses_handle(at, &mut found);
            }
            if self.word(at) == self.words.attributed {
                self.attributed(at, &mut found);
            }
            if self.word(at) == self.words.claimed {
                self.claims(at, &mut found);
            }
        }
        self.leave_out_surnames(&mut found);
        self.again(&mut found);
        found
    }

    /// "Nora Halvorsen" anywhere in the text makes "Halvorsen" a person.
    fn leave_out_surnames(&self, found: &mut Vec<Told>) {
        if found.is_empty() {
            return;
        }
        let words = &self.view.words;
        let after_given = |at: usize| {
            let given = |b: &usize| self.class(*b) & GIVEN != 0 && words.get(*b).is_some_and(|w| w.is(shape::UPPER));
            words.get(at).is_some_and(|w| w.gap == Gap::Space && w.is(shape::UPPER)) && at.checked_sub(1).as_ref().is_some_and(given)
        };
        let surnames: HashSet<u64> = (0..words.len()).filter(|&at| after_given(at)).map(|at| self.word(at)).collect();
        found.retain(|told| {
            let single = told.last == told.first + 1 && surnames.contains(&self.word(told.first));
            let full = told.last == told.first + 2 && self.class(told.first) & GIVEN != 0 && after_given(told.first + 1);
            told.person || !(single || full)
        });
    }

    fn word(&self, at: usize) -> u64 {
        self.view.words.get(at).map_or(0, |w| w.hash)
    }

    fn token(&self, at: usize) -> Option<&Token> {
        self.view.words.get(at)
    }

    fn class(&self, at: usize) -> u32 {
        self.view.marked.at(at)
    }

    /// "… group tracked by X as NAME", "dubbed NAME": the nearest noun before decides whether it is a group.
    fn given_name(&self, verb: usize, found: &mut Vec<Told>) {
        let mut at = verb + 1;
        // "known to Microsoft as", "tracked by X as", "referred to as".
        let reach = (verb + 1..verb + 9).find(|&i| self.word(i) == self.words.r#as);
        if let Some(r#as) = reach.filter(|&i| self.word(i - 1) != self.words.such && !self.parted(verb, i)) {
            if (verb + 1..r#as).any(|i| self.class(i) & (MALWARE | HEAD) != 0) {
                return;
            }
            at = r#as + 1;
        }
        if self.word(at) == self.words.the {
            at += 1;
        }
        // "a marketplace called NAME" names a marketplace, whoever runs it.
        let noun = verb.checked_sub(1).filter(|_| self.token(verb).is_some_and(|w| w.gap == Gap::Space));
        let telling = HEAD | GROUP | ATTR | STOP | VERB | NAMING | CAMPAIGN | CYBER;
        let other = |n: usize| {
            let word = self.token(n)?;
            let adverb = self.view.text.get(word.start..word.end)?.ends_with("ly") || self.words.between.contains(&word.hash);
            let plain = !word.is(shape::UPPER | shape::DIGITS) && self.class(n) & telling == 0 && self.taken.get(n) == Some(&0);
            (plain && !adverb).then_some(())
        };
        if noun.and_then(other).is_some() {
            return;
        }
        let Some(subject) = self.subject(verb) else { return };
        if self.parted(verb, at) && !self.quoted(at) {
            return;
        }
        let mut how = "named so in the text";
        if subject == Subject::Person {
            how = "a hacker named so in the text";
        }
        self.list(at, how, subject == Subject::Person, found);
    }

    /// What the nearest telling noun before a verb says it names.
    fn subject(&self, verb: usize) -> Option<Subject> {
        for at in (verb.saturating_sub(14)..verb).rev() {
            if self.parted(at, at + 1) {
                let pronoun = self.words.pronouns.contains(&self.word(at + 1));
                let before = || (at.saturating_sub(40)..=at).any(|i| self.taken.get(i) == Some(&2));
                return (self.group_ends(at + 1) || (pronoun && before())).then_some(Subject::Group);
            }
            if self.taken.get(at) == Some(&2) {
                // "attacks by NAME are known as …" names the attacks.
                let first = (0..=at).rev().find(|&i| i == 0 || self.taken.get(i - 1) != Some(&2)).unwrap_or(at);
                let agent = first > 0 && self.word(first - 1) == self.words.by && self.words.is.contains(&self.word(at + 1));
                return (!agent).then_some(Subject::Group);
            }
            let classes = self.class(at);
            if classes & HEAD != 0 {
                // "a Paper Heron actor" is one of them.
                let one_of = self.word(at) == self.words.actor && at > 0 && self.taken.get(at - 1) == Some(&2);
                let person = self.word(at) == self.words.hacker || one_of;
                return Some(if person { Subject::Person } else { Subject::Group });
            }
            // "CDO, previously known as …" names CDO, whatever that is.
            let subject = self.nameable(at) && (at + 1..verb).all(|i| self.words.between.contains(&self.word(i)));
            if classes & MALWARE != 0 || subject {
                return None;
            }
        }
        None
    }

    fn group_ends(&self, at: usize) -> bool {
        at > 0 && self.taken.get(at) == Some(&2)
    }

    fn quoted(&self, at: usize) -> bool {
        self.token(at).is_some_and(|w| w.is(shape::INITIAL) && matches!(w.gap, Gap::Other))
    }

    /// NAME, NAME and NAME from `at` on.
    fn list(&self, mut at: usize, how: &'static str, person: bool, found: &mut Vec<Told>) {
        for _ in 0..12 {
            let end = match self.name_from(at) {
                Some(last) => {
                    // "an actor who calls himself Paul"
                    let person = person || (last == at + 1 && self.class(at) & GIVEN != 0);
                    if !self.names_program(last) && self.program(at, last) != Some(false) {
                        found.push(Told { first: at, last, how, firm: true, person });
                    }
                    last
                }
                // A name that is known already may stand in the list.
                None if self.taken.get(at) == Some(&2) => (at..self.taken.len()).find(|&i| self.taken[i] != 2).unwrap_or(self.taken.len()),
                None => return,
            };
            // The target of a link is no part of the list.
            let end = (end..end + 60).find(|&i| self.token(i).is_none_or(|w| !w.is(shape::MASKED))).unwrap_or(end);
            let Some(next) = self.token(end) else { return };
            let comma =
                matches!(next.gap, Gap::Comma | Gap::Slash | Gap::Other) && !self.text_between(end).contains(['.', ';', ')', ':', '\n']);
            let joined = self.word(end) == self.words.and || self.word(end) == self.words.or;
            at = match (comma, joined) {
                (_, true) => end + 1,
                (true, false) => end,
                _ => return,
            };
            if self.word(at) == self.words.the {
                at += 1;
            }
        }
    }

    /// "the NAME gang", "NAME ransomware operators", "NAME threat actors".
    fn before_head(&self, head: usize, found: &mut Vec<Told>) {
        let mut end = head;
        let mut attributes = 0;
        while end > 0
            && self.class(end - 1) & ATTR != 0
            && self.token(end).is_some_and(|w| matches!(w.gap, Gap::Space | Gap::Hyphen))
            && attributes < 4
        {
            end -= 1;
            attributes += 1;
        }
        let parentheses = self.before_parentheses(end);
        // "(PHG)" abbreviates a name; longer words spell out what the capitals before them mean.
        if parentheses < end && end - parentheses <= 2 {
            end = parentheses;
        } else if self.token(end).is_none_or(|w| w.gap != Gap::Space && w.gap != Gap::Other)
            || self.text_between(end).contains(['.', ',', ';', ':', '(', ')', '\n', '|'])
        {
            return;
        }
        let Some(first) = self.name_until(end) else { return };
        let initial = self.token(first).is_some_and(|w| w.is(shape::INITIAL));
        let capitals = |w: &Token| w.is(shape::CAPS) && w.end - w.start > 3;
        let made = self.token(first).is_some_and(|w| w.is(shape::CAMEL) || capitals(w)) || end - first > 1;
        // Those who run a tool are not a group of that name ("Trickbot operators"), nor is a "hacker tool" a hacker.
        let tool = self.program(first, end) == Some(false) && !self.words.bands.contains(&self.word(head));
        if tool || self.word(head) == self.words.hacker {
            return;
        }
        // "the Paper Heron team" is any team; "group policy" is no group.
        if attributes == 0
            && self.program(first, end).is_none()
            && (self.class(head) & LOOSE != 0 || self.word(head + 1) == self.words.policy)
        {
            return;
        }
        // A plain group may be of anything: what attacks must stand close by.
        let attacks = || self.view.marked.near(&self.view.words, first, head + 1, 10, CYBER | CAMPAIGN);
        let plain = attributes == 0 && self.class(head) & FIRM == 0;
        if plain && self.program(first, end).is_none() && (self.word(head) == self.words.groups || !attacks()) {
            return;
        }
        // At a sentence's beginning one plain word proves nothing, unless it is a name elsewhere.
        if initial && !made && !self.capital_elsewhere(first) {
            return;
        }
        let firm_head = self.class(head) & FIRM != 0;
        // "X group" may be a company; a word that a sentence's beginning capitalised may be anything.
        let the = first > 0 && self.word(first - 1) == self.words.the;
        let capital = self.token(head).is_some_and(|w| w.is(shape::UPPER));
        // "The Paper Heron Group" with a capital is as often a firm.
        // "Paper Heron APT" is none.
        let apt = self.word(head) == self.words.apt && self.token(head).is_some_and(|w| w.is(shape::CAPS));
        if capital && !apt && (self.class(head) & FIRM == 0 || end - first > 1 || !made) {
            return;
        }
        if (attributes == 0 && !firm_head && !the && !apt) || (initial && !made && !firm_head && attributes == 0) {
            return;
        }
        // A gang called after a program is not the program.
        if self.program(first, end) == Some(false) && end < head {
            return;
        }
        let band = self.program(first, end).is_some() && end == head && self.words.bands.contains(&self.word(head));
        if band {
            found.push(Told { first, last: head + 1, how: GANG, firm: false, person: false });
            return;
        }
        found.push(Told {
            first,
            last: end,
            how: "a name before a word for attackers",
            firm: attributes > 0 && self.class(end) & MALWARE == 0 && self.program(first, end).is_none(),
            person: false,
        });
    }

    /// Whether the word at `at` has its capital within a sentence, too, and is nowhere without it.
    fn capital_elsewhere(&self, at: usize) -> bool {
        // Asked once for each such word: the whole text is looked through once for all.
        let names = self.names.get_or_init(|| {
            let mut names: HashMap<u64, bool> = HashMap::new();
            let words = || self.view.words.iter().filter(|w| !w.is(shape::MASKED | shape::SHOUT));
            for word in words().filter(|w| w.is(shape::UPPER) && !w.is(shape::INITIAL)) {
                names.insert(word.hash, true);
            }
            for word in words().filter(|w| !w.is(shape::UPPER)) {
                names.insert(word.hash, false);
            }
            names
        });
        names.get(&self.word(at)) == Some(&true)
    }

    /// "threat actor NAME", "ransomware groups such as NAME and NAME", "NAME is a … group".
    fn after_head(&self, head: usize, found: &mut Vec<Told>) {
        let told =
            head > 0 && self.class(head - 1) & ATTR != 0 && self.token(head).is_some_and(|w| matches!(w.gap, Gap::Space | Gap::Hyphen));
        // "grid operator NAME" is no attacker.
        let firm_head = self.class(head) & FIRM != 0 && !self.words.operators.contains(&self.word(head));
        let mut at = head + 1;
        // "groups, such as NAME"
        let comma = self.token(at).is_some_and(|w| w.gap == Gap::Comma) && self.words.plural.contains(&self.word(head));
        let listing = self.word(at) == self.words.like
            || self.word(at) == self.words.including
            || (self.word(at) == self.words.such && self.word(at + 1) == self.words.r#as);
        if listing && !self.words.plural.contains(&self.word(head)) {
            return self.described(head, found);
        }
        if listing {
            at += 1 + usize::from(self.word(at) == self.words.such);
            if self.word(at) == self.words.the {
                at += 1;
            }
        }
        let person = self.word(head) == self.words.hacker;
        let plain = self.token(head).is_some_and(|w| !w.is(shape::UPPER));
        let gap = self.text_between(at);
        let plain = plain && (!comma || listing);
        if plain && (told || (firm_head && !person) || listing) && gap.chars().all(|c| " *“\"‘',:([".contains(c)) && gap.len() < 8 {
            let comma = gap.contains([',', ':', '(']);
            // "…, by such actors,” NAME said"
            let speech = gap.contains(',') && gap.contains(['"', '”', '’', '\'']);
            if (!comma || told) && !speech {
                self.list(at, "named after a word for attackers", person, found);
            }
        }
        self.described(head, found);
    }

    /// "NAME is a … group": the first telling noun after the verb must be the group.
    fn described(&self, head: usize, found: &mut Vec<Told>) {
        if self.token(head).is_some_and(|w| w.is(shape::UPPER)) {
            return;
        }
        // "a hacker conference" is no hacker.
        let goes_on = self.token(head + 1).is_some_and(|w| w.gap == Gap::Space && !w.is(shape::INITIAL));
        if goes_on && !self.words.after.contains(&self.word(head + 1)) && self.class(head + 1) & (VERB | NAMING | STOP) == 0 {
            return;
        }
        let mut article = false;
        for at in (head.saturating_sub(10)..head).rev() {
            let other = self.class(at) & MALWARE != 0 && self.class(at) & ATTR == 0 || self.words.function.contains(&self.word(at));
            if other || self.parted(at, at + 1) {
                return;
            }
            article |= self.words.articles.contains(&self.word(at));
            // "assessed NAME as an espionage group"
            let seen_as = self.word(at) == self.words.r#as && head - at <= 5;
            if article && (self.words.is.contains(&self.word(at)) || seen_as) {
                let end = self.before_parentheses(at);
                if let Some(first) = self.name_until(end).filter(|&f| self.program(f, end) != Some(false)) {
                    found.push(Told { first, last: end, how: "described as attackers", firm: true, person: false });
                }
                return;
            }
        }
    }

    /// "a group calling itself NAME", "identified themselves as NAME".
    fn calls_itself(&self, at: usize, found: &mut Vec<Told>) {
        let mut name = at + 1;
        if self.word(name) == self.words.r#as {
            name += 1;
        }
        if self.word(name) == self.words.the {
            name += 1;
        }
        let called = (at.saturating_sub(2)..at).any(|i| self.class(i) & (VERB | NAMING) != 0 || self.word(i) == self.words.calling);
        let Some(subject) = self.subject(at) else { return };
        let person = subject == Subject::Person || self.words.selves[2..].contains(&self.word(at));
        if called && (!self.parted(at, name) || self.quoted(name)) {
            self.list(name, "what they call themselves", person, found);
        }
    }

    /// "by the handle NAME", "known by the aliases NAME and NAME".
    fn uses_handle(&self, at: usize, found: &mut Vec<Told>) {
        let by = (at.saturating_sub(3)..at).any(|i| self.word(i) == self.words.by || self.class(i) & VERB != 0);
        if by {
            let person = matches!(self.subject(at), Some(Subject::Person));
            self.list(at + 1, "an alias in the text", person, found);
        }
    }

    /// "attributed … to NAME".
    fn attributed(&self, at: usize, found: &mut Vec<Told>) {
        let Some(to) = (at + 1..at + 7).find(|&i| self.word(i) == self.words.to) else { return };
        // Flaws are attributed to their finders.
        if (at.saturating_sub(10)..at).any(|i| self.class(i) & FLAW != 0) {
            return;
        }
        let name = to + 1 + usize::from(self.word(to + 1) == self.words.the);
        if !self.parted(at, name)
            && let Some(last) = self.name_from(name)
            && !self.names_program(last)
            && self.program(name, last).is_none()
        {
            found.push(Told { first: name, last, how: "attacks are attributed to it", firm: false, person: false });
        }
    }

    /// "NAME claimed responsibility".
    fn claims(&self, at: usize, found: &mut Vec<Told>) {
        let next = self.word(at + 1);
        if (next == self.words.responsibility || next == self.words.credit)
            && let Some(first) = self.name_until(at)
            && self.program(first, at) != Some(false)
        {
            found.push(Told { first, last: at, how: "claims responsibility", firm: true, person: false });
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Group,
    Person,
}
