//! Whether two texts are copies of one story: runs of words, compared as sets.
//!
//! A text is the set of its shingles, runs of five terms (Broder, *On the resemblance and containment of documents*, 1997). Its sketch is
//! the smallest of their hashes ("bottom-k", Cohen and Kaplan 2007): two texts with much in common, also where one is only a part of the
//! other, have values of their sketches in common, so that candidates are found without comparing everything with everything. Whether
//! two texts are copies is then decided on all shingles.

use super::Analyzer;

/// Terms of a shingle.
const RUN: usize = 5;
/// Values of a sketch, and of that of a text with few shingles, which has less to tell apart.
const SKETCH: usize = 32;
const SHORT_SKETCH: usize = 16;
/// Shingles that are few.
const FEW: usize = 128;
/// Low bits of a hash that a sketch leaves out: values are compared by the others, and two that two texts share by chance make no candidates.
const DROPPED: u32 = 28;
/// By how many standard deviations the values that two sketches share may fall short of what copies are expected to share.
const DEVIATIONS: f64 = 3.5;
/// A text with fewer shingles than this is no story that others could take over.
const LEAST: usize = 20;
/// Share of the shorter text's shingles that a copy has.
const CONTAINED: f64 = 0.8;
/// The least part of the longer text that the shorter must amount to; less is an excerpt.
const PART: f64 = 0.2;
/// Share of the shingles of both that texts rewritten throughout must have in common, and how long they must be for it to mean anything.
const RESEMBLING: f64 = 0.5;
const RESEMBLING_LEAST: usize = 100;

/// A text as a set of shingles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shingles {
    /// Hashes of the shingles, in order, each once.
    all: Vec<u64>,
    /// Hashes of codes (`cve202426855`, `26855`, `kb5005611`), in order, each once.
    codes: Vec<u64>,
}

/// Takes the terms of a text one after another.
#[derive(Debug, Default)]
pub(crate) struct Shingler {
    last: [u64; RUN],
    words: usize,
    found: Shingles,
}

impl Shingler {
    /// The next term.
    pub(crate) fn push(&mut self, term: &str) {
        let hash = term.bytes().fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        if is_code(term) {
            self.found.codes.push(hash);
        }
        self.last.rotate_left(1);
        if let Some(last) = self.last.last_mut() {
            *last = hash;
        }
        self.words += 1;
        if self.words >= RUN {
            self.found.all.push(mix(self.last.iter().fold(0, |h: u64, w| mix(h ^ w))));
        }
    }

    /// The set of all shingles so far.
    pub(crate) fn finish(mut self) -> Shingles {
        for list in [&mut self.found.all, &mut self.found.codes] {
            list.sort_unstable();
            list.dedup();
        }
        self.found
    }
}

impl Shingles {
    /// The shingles of a text.
    pub(crate) fn of(analyzer: &mut Analyzer, text: &str) -> Self {
        let mut shingler = Shingler::default();
        analyzer.terms(text, |t| {
            if !t.joined {
                shingler.push(t.term);
            }
        });
        shingler.finish()
    }

    /// The sketch, in order, each value once; empty where the text is too short to be anyone's copy.
    pub(crate) fn sketch(&self) -> Vec<u64> {
        let most = match self.all.len() {
            0..LEAST => 0,
            LEAST..=FEW => SHORT_SKETCH,
            _ => SKETCH,
        };
        let mut sketch: Vec<u64> = self.all.iter().take(most).map(|hash| hash >> DROPPED).collect();
        sketch.dedup();
        sketch
    }

    /// Whether two texts are copies of one story: the same with slight changes, or one the shortened or extended form of the other.
    ///
    /// Notices written from one template share almost all their words, and differ in the codes of what they are about: two texts that
    /// both name codes and no common one are not copies.
    pub(crate) fn is_copy(&self, other: &Shingles) -> bool {
        let (least, most) = (self.all.len().min(other.all.len()), self.all.len().max(other.all.len()));
        if least < LEAST || (!self.codes.is_empty() && !other.codes.is_empty() && common(&self.codes, &other.codes) == 0) {
            return false;
        }
        let common = common(&self.all, &other.all) as f64;
        let (least, most, either) = (least as f64, most as f64, (least + most) as f64 - common);
        let contained = common >= CONTAINED * least && least >= PART * most;
        contained || (common >= RESEMBLING * either && least >= RESEMBLING_LEAST as f64)
    }
}

/// Whether texts with these sketches may be copies, as far as the sketches tell: below the lesser of their greatest values both are
/// complete, and there copies share about as large a part as in all.
pub(crate) fn may_be_copies(a: &[u64], b: &[u64]) -> bool {
    let (Some(last_a), Some(last_b)) = (a.last(), b.last()) else { return false };
    let last = last_a.min(last_b);
    let (a, b) = (a.get(..a.partition_point(|v| v <= last)).unwrap_or(a), b.get(..b.partition_point(|v| v <= last)).unwrap_or(b));
    let least = a.len().min(b.len()) as f64;
    // What [`Shingles::is_copy`] asks for: most of the shorter text, or half of both together.
    let expected = (CONTAINED * least).min((a.len() + b.len()) as f64 * RESEMBLING / (1.0 + RESEMBLING));
    let deviation = (expected * (1.0 - expected / least.max(1.0))).max(0.0).sqrt();
    common(a, b) as f64 + 1.0 + DEVIATIONS * deviation >= expected
}

/// A term that names one thing: digits in it, four characters or more, and no year.
fn is_code(term: &str) -> bool {
    let digits = term.bytes().filter(u8::is_ascii_digit).count();
    let year = term.len() == 4 && digits == 4 && (term.starts_with("19") || term.starts_with("20"));
    digits > 0 && term.len() >= 4 && !year && !term.contains('.')
}

/// How many values two ordered lists share.
fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut a, mut b, mut count) = (a.iter().peekable(), b.iter().peekable(), 0);
    while let (Some(&x), Some(&y)) = (a.peek(), b.peek()) {
        count += usize::from(x == y);
        if x <= y {
            a.next();
        }
        if y <= x {
            b.next();
        }
    }
    count
}

/// Spreads a number over all bits (the finalizer of SplitMix64, Steele, Lea and Flood 2014).
fn mix(mut x: u64) -> u64 {
    x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ x >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Shingles {
        Shingles::of(&mut Analyzer::default(), text)
    }

    /// A text of `words` words told apart by `seed`, with every `change`-th replaced.
    fn story(seed: u64, words: usize, change: usize) -> String {
        let word = |i: usize| match change > 0 && i % change == change - 1 {
            true => format!("other{}", (b'a' + (i % 26) as u8) as char),
            false => format!("w{:x}", mix(seed << 32 | i as u64) % 5000).replace(|c: char| c.is_ascii_digit(), "q"),
        };
        (0..words).map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn edited_shortened_and_extended_texts_are_copies() {
        let whole = story(1, 400, 0);
        for (other, copy) in [
            (whole.clone(), true),
            (story(1, 400, 40), true),
            (story(1, 400, 3), false),
            (story(1, 150, 0), true),
            (story(1, 40, 0), false),
            (format!("{} {whole} {}", story(2, 60, 0), story(3, 100, 0)), true),
            (format!("{} {}", story(1, 100, 0), story(2, 300, 0)), false),
            (story(2, 400, 0), false),
            (String::new(), false),
        ] {
            let (a, b) = (of(&whole), of(&other));
            assert_eq!((a.is_copy(&b), b.is_copy(&a)), (copy, copy), "{} words", other.split(' ').count());
            if copy {
                assert!(common(&a.sketch(), &b.sketch()) >= 2 && may_be_copies(&a.sketch(), &b.sketch()), "copies are candidates");
            }
        }
    }

    #[test]
    fn sketches_tell_apart_what_shares_little() {
        let with = |part: &str, seed: u64| of(&format!("{part} {}", story(seed, 540, 0))).sketch();
        let part = story(9, 60, 0);
        assert!((10..20).all(|seed| !may_be_copies(&with(&part, seed), &with(&part, seed + 10))), "a tenth is common");
        assert!((10..20).all(|seed| may_be_copies(&with(&part, seed), &with("", seed))));
        assert!(!may_be_copies(&[], &with("", 1)));
    }

    #[test]
    fn notices_of_one_template_are_no_copies() {
        let notice = |code: &str| format!("{} {code} {}", story(1, 60, 0), story(4, 60, 0));
        assert!(of(&notice("CVE-2031-10442")).is_copy(&of(&notice("CVE-2031-10442"))));
        assert!(!of(&notice("CVE-2031-10442")).is_copy(&of(&notice("CVE-2031-20771"))));
        assert!(of(&notice("2021")).is_copy(&of(&notice("2022"))), "years tell nothing apart");
        assert!(of(&notice("CVE-2031-10442")).is_copy(&of(&notice(""))), "where one names none, nothing contradicts");
    }

    #[test]
    fn short_and_endless_texts() {
        assert!(of("Access denied.").sketch().is_empty() && !of("Access denied.").is_copy(&of("Access denied.")));
        let endless = of(&"again ".repeat(100_000));
        assert!(endless.sketch().is_empty(), "one shingle, however often");
        assert_eq!(of(&story(5, 5000, 0)).sketch().len(), SKETCH);
    }
}
