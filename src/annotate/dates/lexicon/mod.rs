//! The words of time: what each may stand for, and one lookup; knows nothing of grammar. The words themselves are [`english`] and [`other`].

mod english;
mod other;

use english::ENGLISH;
use other::{OTHER_MONTHS, OTHER_OF, OTHER_WEEKDAYS};

/// A stretch of the calendar or the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// The direction of a deictic word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rel {
    /// `last`: before the day of speaking.
    Last,
    /// `past`: a stretch that ends on the day of speaking.
    Past,
    /// `this`, `current`: around the day of speaking.
    This,
    /// `next`, `coming`: after the day of speaking.
    Next,
    /// `previous`, `preceding`: before the time told.
    Previous,
    /// `following`: after the time told.
    Following,
    /// `that`, `same`: the time told.
    Same,
}

/// A season.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayPart {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
}

/// How much a month's name needs beside it before it is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// Means nothing but the month.
    Sure,
    /// Also a verb or a first name: a capital and a cue.
    Doubtful,
    /// An abbreviation, or a word of another language: a day or a year beside it.
    Digits,
}

/// What a word may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// Month 1 to 12.
    Month(u8, Trust),
    /// Weekday, Monday = 1; whether it is written out.
    Weekday(u8, bool),
    /// Plural weekday: a recurring day.
    Weekdays(u8),
    Season(Season),
    /// A unit; whether in the plural.
    Unit(Unit, bool),
    Cardinal(u32),
    /// Joins to a cardinal: hundred, thousand.
    Multiplier(u32),
    Ordinal(u32),
    /// A number nobody counted: some, several, few.
    Vague,
    Couple,
    Rel(Rel),
    /// Days from the day of speaking: yesterday −1.
    NearDay(i8),
    Tonight,
    Part(DayPart),
    Noon,
    Midnight,
    /// `early`, `late`, `mid`, `middle`.
    Modifier,
    /// `earlier`, `later`: with a span of time (`two days later`) or before one (`later this year`).
    Earlier,
    Later,
    Before,
    After,
    Ago,
    /// `beginning`, `end`, `start`: with `of`.
    Edge,
    Half,
    Every,
    Per,
    Once,
    /// Adverb of a recurring time, by its unit.
    Recurring(Unit),
    Present,
    PastRef,
    /// `recent`: with a plural unit.
    Recent,
    FutureRef,
    The,
    A,
    Of,
    /// The prepositions a point in time follows.
    In,
    On,
    At,
    /// `since`, `until`, `by`, `during`, …
    Around,
    From,
    To,
    Between,
    And,
    Am,
    Pm,
    /// Common era marks after a year.
    Era(bool),
    /// The letters of `Q3`, `H1`, `FY21`.
    Q,
    H,
    Fiscal,
    /// `1990s` in words.
    Decade(i16),
    Zone,
}

/// The longest form in bytes.
const LONGEST: usize = 16;

/// Words by hash: a lookup costs one multiplication a byte, for words of the text that mean no time as well.
#[derive(Debug)]
pub(super) struct Lexicon {
    slots: Vec<Option<(&'static str, Word)>>,
    /// For each pair of letters that a form begins with, the lengths of such forms as bits: most words of a text are told apart by that.
    lengths: Vec<u32>,
}

impl Lexicon {
    pub(super) fn new() -> Self {
        let mut lexicon = Lexicon { slots: vec![None; 2048], lengths: vec![0; 1 << 10] };
        for &(form, word) in ENGLISH {
            lexicon.insert(form, word);
        }
        for (_, names) in OTHER_MONTHS {
            for (name, month) in names.iter().zip(1..) {
                lexicon.insert(name, Word::Month(month, Trust::Digits));
            }
        }
        for (_, names) in OTHER_WEEKDAYS {
            for (name, day) in names.iter().zip(1..) {
                lexicon.insert(name, Word::Weekday(day, false));
            }
        }
        for of in OTHER_OF {
            lexicon.insert(of, Word::Of);
        }
        lexicon
    }

    /// The first meaning given to a form stays.
    fn insert(&mut self, form: &'static str, word: Word) {
        let mask = self.slots.len() - 1;
        let mut at = hash(form.as_bytes()) & mask;
        while let Some(Some((other, _))) = self.slots.get(at) {
            if *other == form {
                return;
            }
            at = (at + 1) & mask;
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Some((form, word));
        }
        if let Some(lengths) = self.lengths.get_mut(beginning(form)) {
            *lengths |= 1 << (form.len() & 31);
        }
    }

    /// What a word of a text may stand for, whatever its case.
    pub(super) fn get(&self, word: &str) -> Option<Word> {
        if word.len() > LONGEST
            || (word.is_ascii() && self.lengths.get(beginning(word)).is_some_and(|lengths| lengths >> (word.len() & 31) & 1 == 0))
        {
            return None;
        }
        if word.is_ascii() { self.find(word) } else { self.find(&word.to_lowercase()) }
    }

    fn find(&self, word: &str) -> Option<Word> {
        let mask = self.slots.len() - 1;
        let mut at = hash(word.as_bytes()) & mask;
        while let Some(Some((form, found))) = self.slots.get(at) {
            if form.eq_ignore_ascii_case(word) {
                return Some(*found);
            }
            at = (at + 1) & mask;
        }
        None
    }
}

/// The first two letters as one number, whatever their case.
fn beginning(word: &str) -> usize {
    let low = |at: usize| word.as_bytes().get(at).map_or(0, |b| usize::from(b & 0x1f));
    low(0) << 5 | low(1)
}

/// FNV-1a over ASCII lower case.
fn hash(word: &[u8]) -> usize {
    let mixed =
        word.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(0x0000_0100_0000_01b3));
    (mixed ^ (mixed >> 29)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_in_any_case() {
        let lexicon = Lexicon::new();
        for (form, word) in ENGLISH {
            assert_eq!(lexicon.get(form), Some(*word), "{form}");
            assert_eq!(lexicon.get(&form.to_uppercase()), Some(*word), "{form}");
            assert!(form.len() <= LONGEST);
        }
        for (language, names) in OTHER_MONTHS {
            for (name, month) in names.iter().zip(1..) {
                assert!(matches!(lexicon.get(name), Some(Word::Month(m, _)) if m == month), "{language} {name}");
            }
        }
        for (language, names) in OTHER_WEEKDAYS {
            for (name, day) in names.iter().zip(1..) {
                assert!(matches!(lexicon.get(name), Some(Word::Weekday(d, _)) if d == day), "{language} {name}");
            }
        }
        assert_eq!(lexicon.get("Montage"), None);
        assert_eq!(lexicon.get("ﬁnger"), None);
    }
}
