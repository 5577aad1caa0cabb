//! Words that say what a text or a name is about.

use super::gazetteer::HashOf;
use super::token::{Gap, Token, word_hash};

/// Words of a text that is but a line or two.
const LINES: usize = 40;

/// `classes, words, reason`.
const CUES: &str = include_str!("cues.tsv");

/// Classes of a word, as bits.
pub(super) mod class {
    pub(in super::super) const CYBER: u32 = 1;
    pub(in super::super) const GROUP: u32 = 2;
    pub(in super::super) const NAMING: u32 = 4;
    pub(in super::super) const MALWARE: u32 = 8;
    pub(in super::super) const CAMPAIGN: u32 = 16;
    pub(in super::super) const SAY: u32 = 32;
    pub(in super::super) const HEAD: u32 = 64;
    pub(in super::super) const FIRM: u32 = 128;
    pub(in super::super) const ATTR: u32 = 256;
    pub(in super::super) const VERB: u32 = 512;
    pub(in super::super) const STOP: u32 = 1024;
    pub(in super::super) const ROLE: u32 = 2048;
    pub(in super::super) const HONORIFIC: u32 = 4096;
    pub(in super::super) const PARTICLE: u32 = 8192;
    pub(in super::super) const GIVEN: u32 = 16384;
    pub(in super::super) const BODY: u32 = 32768;
    pub(in super::super) const FORM: u32 = 65536;
    pub(in super::super) const INSTITUTION: u32 = 131_072;
    pub(in super::super) const DEED: u32 = 262_144;
    pub(in super::super) const OWN: u32 = 524_288;
    pub(in super::super) const OF: u32 = 1_048_576;
    pub(in super::super) const AUXILIARY: u32 = 2_097_152;
    pub(in super::super) const LINK: u32 = 4_194_304;
    pub(in super::super) const JOIN: u32 = 8_388_608;
    pub(in super::super) const PROGRAM: u32 = 16_777_216;
    pub(in super::super) const FLAW: u32 = 33_554_432;
    pub(in super::super) const LOOSE: u32 = 67_108_864;
    pub(in super::super) const CHARGED: u32 = 134_217_728;
    pub(in super::super) const PASSIVE: u32 = 268_435_456;
}

fn class_of(word: &str) -> Option<u32> {
    Some(match word {
        "cyber" => class::CYBER,
        "group" => class::GROUP,
        "naming" => class::NAMING,
        "malware" => class::MALWARE,
        "campaign" => class::CAMPAIGN,
        "say" => class::SAY,
        "head" => class::HEAD,
        "firm" => class::FIRM,
        "attr" => class::ATTR,
        "verb" => class::VERB,
        "stop" => class::STOP,
        "role" => class::ROLE,
        "honorific" => class::HONORIFIC,
        "particle" => class::PARTICLE,
        "given" => class::GIVEN,
        "agencynoun" => class::BODY,
        "firmnoun" => class::FORM,
        "institution" => class::INSTITUTION,
        "deed" => class::DEED,
        "own" => class::OWN,
        "of" => class::OF,
        "auxiliary" => class::AUXILIARY,
        "link" => class::LINK,
        "join" => class::JOIN,
        "program" => class::PROGRAM,
        "flaw" => class::FLAW,
        "loose" => class::LOOSE,
        "charged" => class::CHARGED,
        "passive" => class::PASSIVE,
        _ => return None,
    })
}

/// The table of cue words.
#[derive(Debug)]
pub(super) struct Cues(HashOf<u32>);

/// The cue words of one text.
#[derive(Debug)]
pub(super) struct Marked {
    /// Classes of each word.
    classes: Vec<u32>,
    /// The text is about attacks on computers.
    pub(super) about_attacks: bool,
}

impl Cues {
    pub(super) fn new() -> Cues {
        let mut classes = HashOf::default();
        for row in CUES.lines().filter(|l| !l.starts_with('#')) {
            let mut cells = row.split('\t');
            let bits = cells.next().unwrap_or("").split(' ').filter_map(class_of).fold(0, |a, b| a | b);
            for word in cells.next().unwrap_or("").split(' ') {
                *classes.entry(word_hash(word)).or_insert(0) |= bits;
            }
        }
        Cues(classes)
    }

    /// Whether a word has any class.
    pub(super) fn is_cue(&self, word: u64) -> bool {
        self.0.contains_key(&word)
    }

    /// The classes of a text's words.
    pub(super) fn mark(&self, words: &[Token]) -> Marked {
        let classes: Vec<u32> = words.iter().map(|w| self.0.get(&w.hash).copied().unwrap_or(0)).collect();
        let cyber = classes.iter().filter(|c| *c & class::CYBER != 0).count();
        // One in a line or two, two in a short note, one word in 250 in a long text: news on other matters stays well under.
        let enough = cyber >= 2 || (cyber == 1 && words.len() <= LINES);
        Marked { about_attacks: enough && cyber * 250 >= words.len(), classes }
    }
}

impl Marked {
    /// Classes of the word at `at`.
    pub(super) fn at(&self, at: usize) -> u32 {
        self.classes.get(at).copied().unwrap_or(0)
    }

    /// Whether a word of these classes stands within `reach` words of `first..last`, in the same paragraph.
    pub(super) fn near(&self, words: &[Token], first: usize, last: usize, reach: usize, bits: u32) -> bool {
        let before = (first.saturating_sub(reach)..first).rev();
        let after = last..(last + reach).min(words.len());
        for at in before {
            if self.at(at) & bits != 0 {
                return true;
            }
            if words.get(at + 1).is_some_and(|w| w.gap == Gap::Break) {
                break;
            }
        }
        for at in after {
            if words.get(at).is_some_and(|w| w.gap == Gap::Break) {
                break;
            }
            if self.at(at) & bits != 0 {
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_classes_words_and_a_reason() {
        for row in CUES.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert_eq!(cells.len(), 3, "{row}");
            assert!(cells[0].split(' ').all(|c| class_of(c).is_some()), "{row}");
            assert!(!cells[1].is_empty() && !cells[2].is_empty(), "{row}");
        }
    }
}
