//! Names made to a pattern: numbers ("UNC2452", "Storm-0558") and families ("… Typhoon", "Earth …"), in the table or not.

use super::View;
use super::cue::class;
use super::gazetteer::HashOf;
use super::token::{Gap, shape, word_hash};
use std::collections::{HashMap, HashSet};

const CODES: &str = include_str!("codes.tsv");
const FAMILIES: &str = include_str!("families.tsv");

#[derive(Clone, Copy, Debug)]
struct Code {
    digits: (usize, usize),
    cue: bool,
    nonzero: bool,
}

/// Where the other word of a family's name stands.
#[derive(Clone, Copy, Debug)]
struct Family {
    noun_last: bool,
    cue: bool,
    caps: bool,
}

/// The patterns.
#[derive(Debug)]
pub(super) struct Coined {
    /// Hashes of a prefix's words → what follows.
    codes: HashMap<Vec<u64>, Code>,
    families: HashOf<Family>,
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

fn code(row: &[&str]) -> Option<(Vec<u64>, Code)> {
    let [prefix, digits, needs, _who] = row else { return None };
    let (least, most) = digits.split_once('-')?;
    let code = Code { digits: (least.parse().ok()?, most.parse().ok()?), cue: *needs == "cue", nonzero: *needs == "nonzero" };
    Some((prefix.split('-').map(word_hash).collect(), code))
}

/// Nouns that end the name of a group and of nothing else: "… Typhoon", "… Panda".
pub(super) fn nouns() -> impl Iterator<Item = &'static str> {
    rows(FAMILIES).filter_map(|row| (row.first() == Some(&"after") && row.get(2) == Some(&"")).then(|| row.get(1).copied()).flatten())
}

impl Coined {
    pub(super) fn new() -> Coined {
        let families = rows(FAMILIES).filter_map(|row| {
            let [place, word, need, _who] = row[..] else { return None };
            let caps = word.bytes().all(|b| b.is_ascii_uppercase());
            Some((word_hash(word), Family { noun_last: place == "after", cue: need == "cue", caps }))
        });
        Coined { codes: rows(CODES).filter_map(|r| code(&r)).collect(), families: families.collect() }
    }

    /// Words `first..last` of every name made to a pattern.
    pub(super) fn find(&self, view: &View<'_>) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut families = Vec::new();
        for at in 0..view.words.len() {
            if view.words[at].is(shape::MASKED) {
                continue;
            }
            found.extend(self.number(view, at));
            families.extend(self.family(view, at));
        }
        // One place that is sure makes the others sure.
        let name = |&(first, last, _): &(usize, usize, bool)| (view.words[first].hash, view.words[last - 1].hash);
        let sure: HashSet<(u64, u64)> = families.iter().filter(|f| f.2).map(name).collect();
        found.extend(families.iter().filter(|f| sure.contains(&name(f))).map(|&(first, last, _)| (first, last)));
        found
    }

    /// A number that ends at word `at`.
    fn number(&self, view: &View<'_>, at: usize) -> Option<(usize, usize)> {
        let number = view.words.get(at).filter(|w| w.is(shape::DIGITS) && matches!(w.gap, Gap::Glued | Gap::Hyphen | Gap::Space))?;
        let glued_on = view.words.get(at + 1).is_some_and(|n| n.gap == Gap::Glued && n.end - n.start > 1);
        for length in 1..=2 {
            let Some(first) = at.checked_sub(length) else { break };
            let prefix = view.words.get(first..at)?;
            let hashes: Vec<u64> = prefix.iter().map(|w| w.hash).collect();
            let Some(code) = self.codes.get(&hashes) else { continue };
            let digits = number.end - number.start;
            let joined =
                prefix.iter().skip(1).all(|w| w.gap == Gap::Hyphen) && prefix.iter().all(|w| w.is(shape::UPPER) && !w.is(shape::MASKED));
            let fits = (code.digits.0..=code.digits.1).contains(&digits)
                && joined
                && !glued_on
                && prefix.first().is_some_and(|w| w.gap != Gap::Glued);
            if code.nonzero && view.text.get(number.start..).is_some_and(|t| t.starts_with('0')) {
                continue;
            }
            // "TA 505" is written; "G 0016" or "Storm 1234" is something else.
            let spaced = number.gap == Gap::Space && (code.cue || !prefix.iter().all(|w| w.is(shape::CAPS)));
            if fits && !spaced && (!code.cue || view.marked.about_attacks) {
                return Some((first, at + 1));
            }
        }
        None
    }

    /// A family's name whose telling word is at `at`, and whether what stands around it says that it attacks.
    fn family(&self, view: &View<'_>, at: usize) -> Option<(usize, usize, bool)> {
        let word = view.words.get(at)?;
        let family = self.families.get(&word.hash)?;
        let (first, last) = if family.noun_last { (at.checked_sub(1)?, at + 1) } else { (at, at + 2) };
        let (one, two) = (view.words.get(first)?, view.words.get(last - 1)?);
        let other = if family.noun_last { first } else { last - 1 };
        let capital = |w: &super::token::Token| w.is(if family.caps { shape::CAPS } else { shape::UPPER });
        let fits = capital(one) && capital(two) && two.gap == Gap::Space && !view.words.get(other)?.is(shape::DIGITS | shape::MASKED);
        let length = view.words.get(other).map_or(0, |w| w.end - w.start);
        if !fits || length < 3 || view.marked.at(other) & class::STOP != 0 || !view.marked.about_attacks {
            return None;
        }
        let (reach, bits) = match (family.cue, family.noun_last) {
            (false, _) => (14, class::GROUP | class::NAMING),
            (true, true) => (6, class::GROUP | class::NAMING),
            // "Water Utility", "Earth Day": only where it is said right there.
            (true, false) => (2, class::HEAD | class::VERB),
        };
        // "Earth Wren, a threat actor": what stands before the noun in the apposition is not counted.
        let apposed = view.words.get(last).is_some_and(|w| w.gap == Gap::Comma) && view.marked.at(last) & class::STOP != 0;
        let reach = if apposed { reach.max(5) } else { reach };
        Some((first, last, view.marked.near(&view.words, first, last, reach, bits)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_says_who_names_so() {
        for row in rows(CODES) {
            assert!(code(&row).is_some() && !row[3].is_empty(), "{row:?}");
        }
        for row in rows(FAMILIES) {
            assert!(
                row.len() == 4 && ["after", "before"].contains(&row[0]) && ["", "cue"].contains(&row[2]) && !row[3].is_empty(),
                "{row:?}"
            );
        }
    }
}
