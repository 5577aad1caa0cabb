//! Names of the table in a text: longest match over words, with case and gap rules.

use super::coined;
use super::cue::Cues;
use super::ordinary::{self, Needs};
use super::token::{Gap, Token, shape, tokens, word_hash};
use crate::article::ActorKind;
use crate::knowledge::{Actor, Knowledge, Role};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Keys are hashes already.
#[derive(Default)]
pub(super) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.0 = (self.0 << 8) ^ u64::from(*b));
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

pub(super) type HashOf<T> = HashMap<u64, T, BuildHasherDefault<Identity>>;

/// How one name of one actor may be written.
#[derive(Debug)]
pub(super) struct Surface {
    /// Index into the table's actors; `None` for a phrase that names nobody but hides what is inside it.
    pub(super) actor: Option<usize>,
    pub(super) role: Role,
    pub(super) needs: Needs,
    /// One of the table's aliases, or a shorter form made of it.
    pub(super) listed: bool,
    /// How far its looks alone make it the name of a group.
    pub(super) look: Look,
    /// Gap before each word but the first, and the case asked of each word.
    words: Box<[(Gap, Case)]>,
    /// The name is "The …" and nothing without its article ("The Register").
    needs_the: bool,
    /// The name ends with a full stop that belongs to it ("U.S.").
    final_dot: bool,
}

/// How far the looks of a name alone make it one of a group, in a text on whatever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// It may be something else where nothing around it speaks of attackers.
    Open,
    /// It is nothing else: a word that no dictionary has, or one that a noun for groups follows ("Lazarus Group", "Volt Typhoon").
    Sure,
    /// Letters and a number: sure where written as one word in capitals ("APT28", not "apt 28").
    Code,
    /// Words in capitals that are but words otherwise ("GOLD CABIN").
    Capitals,
}

/// The case asked of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// Upper-case first letter.
    Upper,
    /// All capitals.
    Caps,
    /// Capitals within, too, since without them it is another word ("GReAT").
    Camel,
    /// As it likes.
    Any,
}

/// A place where the table's names match; of several actors the caller chooses.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    /// First word.
    pub(super) first: usize,
    /// One past the last word.
    pub(super) last: usize,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Indices into [`Gazetteer::surfaces`].
    pub(super) surfaces: Vec<usize>,
}

#[derive(Debug, Default)]
pub(super) struct Gazetteer {
    pub(super) surfaces: Vec<Surface>,
    /// Hash of the words so far → surfaces that end here; empty where names only go on.
    nodes: HashOf<Vec<usize>>,
    /// Which first words there are, by the low bits of their hashes: most words of a text begin no name.
    firsts: Vec<u64>,
}

/// Bits of a hash that [`Gazetteer::firsts`] looks at.
const FIRST_BITS: u32 = 16;

/// Word and bit of a hash among the first words.
fn first_bit(hash: u64) -> (usize, u64) {
    let low = hash & ((1 << FIRST_BITS) - 1);
    ((low >> 6) as usize, 1 << (low & 63))
}

/// Words of a name that may be written in lower case: they say what it is, not who.
const GENERIC: [&str; 14] =
    ["group", "team", "gang", "crew", "ransomware", "apt", "hackers", "hacking", "of", "the", "and", "for", "alliance", "collective"];

/// No name of the table is longer, in words.
const LONGEST: usize = 16;

impl Gazetteer {
    pub(super) fn new(knowledge: &Knowledge, cues: &Cues) -> Gazetteer {
        let mut made = Gazetteer { firsts: vec![0; 1 << (FIRST_BITS - 6)], ..Gazetteer::default() };
        let generic: Vec<u64> = GENERIC.iter().map(|w| word_hash(w)).collect();
        let (of_groups, of_others) = (ordinary::table(true), ordinary::table(false));
        let nouns: Vec<u64> = coined::nouns().map(word_hash).collect();
        for (index, actor) in knowledge.actors().iter().enumerate() {
            let needs = if actor.kind == ActorKind::ThreatGroup { &of_groups } else { &of_others };
            for alias in &actor.aliases {
                let first = made.surfaces.len();
                made.insert_forms(actor, index, &alias.name, alias.role, needs, (&generic, cues));
                if actor.kind == ActorKind::ThreatGroup {
                    for surface in made.surfaces.iter_mut().skip(first).filter(|s| s.needs == Needs::Nothing) {
                        surface.look = look(&alias.name, &nouns, &generic, cues);
                    }
                }
            }
            for id in actor.references.iter().filter(|r| r.len() == 5 && r.starts_with('G')) {
                made.insert(id, Some(index), Role::Name, Needs::Nothing, true, &generic);
            }
        }
        for phrase in ordinary::phrases() {
            made.insert(phrase, None, Role::Name, Needs::Nothing, true, &generic);
        }
        made
    }

    /// The name as listed, and what people make of it: without "The", joined or parted at capitals, without a final "Group".
    fn insert_forms(
        &mut self,
        actor: &Actor,
        index: usize,
        name: &str,
        role: Role,
        needs: &HashMap<String, Needs>,
        (generic, cues): (&[u64], &Cues),
    ) {
        let bare = name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name);
        let need = |n: &str| needs.get(&crate::knowledge::key(n)).copied();
        let mine = need(name).or_else(|| need(bare)).unwrap_or(Needs::Nothing);
        let added = self.surfaces.len();
        self.insert(bare, Some(index), role, mine, true, generic);
        let alone = actor.aliases.iter().any(|a| a.name == bare);
        if bare.len() < name.len()
            && !alone
            && actor.kind == ActorKind::Company
            && let Some(surface) = self.surfaces.get_mut(added)
        {
            surface.needs_the = true;
        }
        if actor.kind != ActorKind::ThreatGroup {
            return;
        }
        if let Some(parted) = part_at_capitals(bare) {
            self.insert(&parted, Some(index), role, mine, false, generic);
        }
        let words: Vec<&str> = bare.split(' ').collect();
        let plain = |w: &&str| w.bytes().all(|b| b.is_ascii_alphabetic());
        if words.len() == 2 && words.iter().all(plain) {
            let last_is_generic = generic.contains(&word_hash(words[1]));
            if last_is_generic && words[0].len() >= 4 {
                if cues.is_cue(word_hash(words[0])) {
                    return;
                }
                let mine = need(words[0]).filter(|n| matches!(n, Needs::Never | Needs::Beside)).unwrap_or(Needs::NamedHere);
                self.insert(words[0], Some(index), role, mine, false, generic);
            } else if bare.len() > 8 {
                self.insert(&words.concat(), Some(index), role, mine, false, generic);
            }
        }
    }

    fn insert(&mut self, name: &str, actor: Option<usize>, role: Role, needs: Needs, listed: bool, generic: &[u64]) {
        let words = tokens(name);
        if words.is_empty() || words.len() > LONGEST || needs == Needs::Never {
            return;
        }
        let letters = name.bytes().filter(u8::is_ascii_alphabetic).count();
        let digits = words.iter().any(|w| w.is(shape::DIGITS));
        let acronym = !digits && letters <= 6 && name.bytes().all(|b| !b.is_ascii_lowercase());
        let case = |word: &Token| {
            if word.is(shape::DIGITS) || generic.contains(&word.hash) && words.len() > 1 {
                Case::Any
            } else if acronym {
                Case::Caps
            } else if word.is(shape::CAMEL) && words.len() == 1 && letters <= 6 {
                Case::Camel
            } else if word.is(shape::UPPER) && !(digits && letters <= 5) {
                Case::Upper
            } else {
                Case::Any
            }
        };
        let surface = Surface {
            actor,
            role,
            needs,
            listed,
            words: words.iter().map(|w| (w.gap, case(w))).collect(),
            look: Look::Open,
            needs_the: false,
            final_dot: name.ends_with('.'),
        };
        let at = self.surfaces.len();
        let (word, bit) = words.first().map_or((0, 0), |w| first_bit(w.hash));
        if let Some(firsts) = self.firsts.get_mut(word) {
            *firsts |= bit;
        }
        let mut state = 0;
        for (i, word) in words.iter().enumerate() {
            state = step(state, word.hash);
            let ends = self.nodes.entry(state).or_default();
            if i + 1 == words.len() && !ends.iter().any(|&e| self.surfaces[e].actor == actor && self.surfaces[e].same_writing(&surface)) {
                ends.push(at);
            }
        }
        self.surfaces.push(surface);
    }

    /// All matches, longest first at each place, none inside another.
    pub(super) fn find(&self, text: &str, words: &[Token]) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.longest(text, words, at) {
                Some(hit) => {
                    at = hit.last;
                    hits.push(hit);
                }
                None => at += 1,
            }
        }
        hits
    }

    fn longest(&self, text: &str, words: &[Token], first: usize) -> Option<Hit> {
        let (word, bit) = first_bit(words.get(first)?.hash);
        if self.firsts.get(word).is_none_or(|firsts| firsts & bit == 0) {
            return None;
        }
        let mut best = None;
        let mut state = 0;
        if first > 0 && words.get(first)?.gap == Gap::Glued {
            return None;
        }
        for (i, word) in words.iter().enumerate().skip(first).take(LONGEST) {
            if word.is(shape::MASKED) || (i > first && word.gap == Gap::Break) {
                break;
            }
            state = step(state, word.hash);
            let Some(ends) = self.nodes.get(&state) else { break };
            // A name never ends inside a run of letters and digits: "G7" is not in "H1G7R4".
            if words.get(i + 1).is_some_and(|next| next.gap == Gap::Glued) {
                continue;
            }
            let run = words.get(first..=i)?;
            let fitting: Vec<usize> = ends
                .iter()
                .copied()
                .filter(|&e| self.surfaces.get(e).is_some_and(|s| s.fits(run) && (!s.needs_the || after_the(words, first))))
                .collect();
            if !fitting.is_empty() {
                let dotted = fitting.iter().any(|&e| self.surfaces[e].final_dot) && text.as_bytes().get(word.end) == Some(&b'.');
                let end = word.end + usize::from(dotted);
                best = Some(Hit { first, last: i + 1, start: words.get(first)?.start, end, surfaces: fitting });
            }
        }
        best
    }
}

fn after_the(words: &[Token], first: usize) -> bool {
    let the = word_hash("the");
    first > 0 && words.get(first - 1).is_some_and(|w| w.hash == the) && words.get(first).is_some_and(|w| w.gap == Gap::Space)
}

impl Surface {
    fn same_writing(&self, other: &Surface) -> bool {
        self.words == other.words && self.needs == other.needs
    }

    fn fits(&self, run: &[Token]) -> bool {
        self.words.len() == run.len()
            && self.words.iter().zip(run).enumerate().all(|(i, (&(gap, case), word))| {
                let cased = match case {
                    Case::Upper => word.is(shape::UPPER),
                    // Among capitals an abbreviation of three letters is as likely a word ("WHO", "US").
                    Case::Caps => word.is(shape::CAPS) && !(word.is(shape::SHOUT) && word.end - word.start <= 3 && self.words.len() == 1),
                    Case::Camel => word.is(shape::CAMEL),
                    Case::Any => true,
                };
                cased && (i == 0 || bridges(gap, word.gap))
            })
    }
}

/// Whether a gap in a text may stand for a gap in a listed name.
fn bridges(listed: Gap, found: Gap) -> bool {
    let soft = |g| matches!(g, Gap::Glued | Gap::Space | Gap::Hyphen | Gap::Apostrophe);
    listed == found || (soft(listed) && soft(found)) || (listed == Gap::Dot && matches!(found, Gap::Glued | Gap::DotSpace | Gap::Space))
}

fn step(state: u64, word: u64) -> u64 {
    (state.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// What the looks of a group's name say of it; that it is no ordinary word is known.
fn look(name: &str, nouns: &[u64], generic: &[u64], cues: &Cues) -> Look {
    /// Shorter words and abbreviations mean many things.
    const SHORT: usize = 5;
    let bare = name.strip_prefix("The ").unwrap_or(name);
    let words = tokens(bare);
    let (letters, capitals) = (bare.chars().filter(|c| c.is_alphabetic()).count(), !bare.chars().any(char::is_lowercase));
    let [first, .., last] = words.as_slice() else {
        return if letters >= SHORT && (letters > SHORT || !capitals) { Look::Sure } else { Look::Open };
    };
    if !bare.contains(' ') {
        let digits = words.iter().any(|w| w.is(shape::DIGITS));
        let sure = if digits { bare.len() >= 4 && letters >= 2 } else { letters > SHORT };
        return match (sure, digits) {
            (false, _) => Look::Open,
            (true, true) => Look::Code,
            (true, false) => Look::Sure,
        };
    }
    if nouns.contains(&last.hash) && last.is(shape::UPPER) {
        return Look::Sure;
    }
    if capitals {
        return Look::Capitals;
    }
    let telling = generic.contains(&last.hash) || last.hash == word_hash("corp");
    if telling && !cues.is_cue(first.hash) && first.end - first.start >= 4 { Look::Sure } else { Look::Open }
}

/// "MuddyWater" → "Muddy Water"; `None` where there is nothing to part.
fn part_at_capitals(name: &str) -> Option<String> {
    let mut parted = String::with_capacity(name.len() + 2);
    let mut before = ' ';
    for c in name.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            parted.push(' ');
        }
        parted.push(c);
        before = c;
    }
    let all_long = parted.split(' ').all(|w| w.len() > 2);
    (parted.len() > name.len() && all_long).then_some(parted)
}
