//! Years, their parts, decades and centuries.

use super::super::expression::{Part, What, Year};
use super::super::lexicon::{Rel, Season, Unit, Word};
use super::super::token::Kind;
use super::Parser;

/// Words whose number is no year: products named by a year-like number, places and amounts. Compared with the word before.
const NOT_A_YEAR_AFTER: &[&str] = &[
    "about",
    "above",
    "additional",
    "almost",
    "another",
    "approximately",
    "below",
    "build",
    "channel",
    "chapter",
    "code",
    "eventid",
    "error",
    "exceeded",
    "exceeding",
    "exchange",
    "excel",
    "figure",
    "id",
    "iso",
    "line",
    "nearly",
    "number",
    "office",
    "outlook",
    "page",
    "port",
    "project",
    "rfc",
    "roughly",
    "room",
    "section",
    "server",
    "sharepoint",
    "sql",
    "studio",
    "table",
    "than",
    "total",
    "unit",
    "version",
    "visio",
    "windows",
    "word",
];

/// Words that say a number counts something. Compared with the word behind.
const COUNTED: &[&str] = &[
    "accounts",
    "addresses",
    "attacks",
    "bit",
    "bits",
    "bitcoin",
    "bitcoins",
    "bytes",
    "cases",
    "characters",
    "companies",
    "computers",
    "customers",
    "devices",
    "dollars",
    "domains",
    "emails",
    "employees",
    "euros",
    "feet",
    "files",
    "hosts",
    "infections",
    "ips",
    "kb",
    "kilometers",
    "kilometres",
    "km",
    "lines",
    "mb",
    "messages",
    "meters",
    "metres",
    "miles",
    "million",
    "billion",
    "thousand",
    "ms",
    "organizations",
    "organisations",
    "people",
    "percent",
    "pounds",
    "records",
    "samples",
    "servers",
    "sites",
    "soldiers",
    "systems",
    "times",
    "troops",
    "usd",
    "eur",
    "users",
    "victims",
    "websites",
    "words",
];

impl Parser<'_> {
    /// Whether the number at a token counts what follows.
    pub(super) fn counted(&self, at: usize) -> bool {
        let next = self.next_text_word(at + 1);
        matches!(self.word(at + 1), Some(Word::Unit(..) | Word::Multiplier(_))) || COUNTED.iter().any(|w| next.eq_ignore_ascii_case(w))
    }

    /// A year alone: `2016`, `early 2015`, `mid-2019`, `the end of 2020`, `2014-2016`.
    pub(super) fn year(&mut self, at: usize) -> Option<usize> {
        let start = at;
        let at = self.prefix(at);
        // `AD 66`, `431 BC`
        if let (Some(Word::Era(true)), Kind::Number(year @ 1..=2199, _)) = (self.word(at), self.kind(at + 1)) {
            let upper = self.tokens.get(at).is_some_and(|t| t.case == super::Case::Upper);
            return upper.then(|| self.push(start, at + 2, What::Year(year as i16), "year with its era"));
        }
        if let (Kind::Number(year @ 1..=9999, digits), Some(Word::Era(common))) = (self.kind(at), self.word(at + 1)) {
            let upper = self.tokens.get(at + 1).is_some_and(|t| t.case == super::Case::Upper);
            if upper && (!common || digits >= 3) && !self.joined(at) {
                let what = if common { What::Year(year as i16) } else { What::YearBefore(year as i16) };
                return Some(self.push(start, at + 2, what, "year with its era"));
            }
        }
        if let Some(end) = self.dotted_era(start, at) {
            return Some(end);
        }
        let Kind::Number(value, 4) = self.kind(at) else { return None };
        let year = i16::try_from(value).ok().filter(|y| (1000..2200).contains(y))?;
        let recent = (1950..2040).contains(&year);
        let preposition = matches!(self.word_before(start), Some(Word::In | Word::Around));
        let firm = recent || preposition || start < at || self.firm_range(at) || self.listed(at);
        let counted = self.counted(at) && !(preposition && recent);
        if self.joined(at) || counted || self.named(at) || !(firm || self.cued(at) || self.in_range(at) || self.bracketed(at)) {
            return None;
        }
        if self.runs_on(at) {
            return None;
        }
        let end = self.push(start, at + 1, What::Year(year), "year");
        if let Some(last) = self.out.last_mut() {
            last.weak = !firm;
        }
        // `2019-20`, `2019/20`
        if let (Kind::Mark(b'-' | b'/'), Kind::Number(tail, 2)) = (self.kind(end), self.kind(end + 1))
            && self.glued(end)
            && self.glued(end + 1)
            && tail == (value + 1) % 100
        {
            return Some(self.push(end + 1, end + 2, What::Year(year + 1), "second year of a pair"));
        }
        Some(end)
    }

    /// `147 B.C.`, `A.D. 70`: the letters and stops of the era are no tokens of time, and stay outside.
    fn dotted_era(&mut self, start: usize, at: usize) -> Option<usize> {
        let Kind::Number(year @ 1..=2199, _) = self.kind(at) else { return None };
        if self.joined(at) {
            return None;
        }
        if self.following(at + 1).starts_with(" B.C.") {
            return Some(self.push(start, at + 1, What::YearBefore(year as i16), "year with its era"));
        }
        self.preceding(at).ends_with("A.D. ").then(|| self.push(start, at + 1, What::Year(year as i16), "year with its era"))
    }

    /// Whether the number is one of a list of years: `1872, 1873 and 1874`.
    fn listed(&self, at: usize) -> bool {
        let before = at.checked_sub(2).and_then(|before| self.tokens.get(before));
        let last = self.out.last().filter(|last| matches!(last.what, What::Year(_)));
        self.is_mark(at.saturating_sub(1), b',') && last.zip(before).is_some_and(|(last, before)| last.end == before.end)
    }

    /// Whether what is glued or set behind a number makes it part of a name, an identifier or a telephone number: `2016-nCoV`, `2013-3896`.
    fn runs_on(&self, at: usize) -> bool {
        if !(self.is_mark(at + 1, b'-') && self.glued(at + 1) && self.glued(at + 2)) {
            return matches!(self.kind(at + 1), Kind::Number(_, 5..));
        }
        match self.kind(at + 2) {
            Kind::Number(year, 4) => !(1000..2200).contains(&year),
            Kind::Number(_, digits) => digits != 2,
            // `2016-era`, `2020-themed` stay years.
            Kind::Break if COUNTED.contains(&self.next_text_word(at + 2)) => true,
            Kind::Break => self.next_text_word(at + 2).bytes().any(|b| !b.is_ascii_lowercase() && b != b'-'),
            _ => false,
        }
    }

    fn bracketed(&self, at: usize) -> bool {
        at > 0 && self.is_mark(at - 1, b'(') && (self.following(at + 1).starts_with(')') || self.is_mark(at + 1, b'-'))
    }

    /// A range that can be nothing but years: `between 1644 and 1912`, `(1279–1368)`.
    fn firm_range(&self, at: usize) -> bool {
        let year = |i: usize| matches!(self.kind(i), Kind::Number(1000..=2199, 4)) && !self.counted(i);
        let cue = |first: usize| first > 0 && (matches!(self.kind(first - 1), Kind::Word(Word::Between | Word::From) | Kind::Mark(b'(')));
        self.in_range(at) && ((year(at + 2) && cue(at)) || (at >= 2 && year(at - 2) && cue(at - 2)))
    }

    /// A number in a range of years: `1914–1918`.
    fn in_range(&self, at: usize) -> bool {
        let year = |i: usize| matches!(self.kind(i), Kind::Number(1000..=2199, 4));
        let joins = |i: usize| self.is_mark(i, b'-') || self.is(i, Word::To) || self.is(i, Word::And);
        (at >= 2 && joins(at - 1) && year(at - 2)) || (joins(at + 1) && year(at + 2))
    }

    /// A number that the word before makes a product's, a page's or an amount.
    pub(super) fn named(&self, at: usize) -> bool {
        let before = self.last_text_word(at);
        self.kind(at.saturating_sub(1)) == Kind::Break && NOT_A_YEAR_AFTER.iter().any(|w| before.eq_ignore_ascii_case(w))
    }

    /// `the 1990s`, `the late '90s`, `the nineties`, `the 19th century`.
    pub(super) fn decade(&mut self, at: usize) -> Option<usize> {
        let start = at;
        let after_the = self.skip(at, Word::The);
        let mut at = self.skip(after_the, Word::Modifier);
        at = if at > after_the { self.skip_mark(at, b'-') } else { at };
        match (self.kind(at), self.kind(at + 1)) {
            (Kind::Decade(year @ 1000..=2199), _) => Some(self.push(start, at + 1, What::Decade(year / 10), "decade")),
            (Kind::Mark(b'\''), Kind::Decade(tens @ 20..=90)) => Some(self.push(start, at + 2, What::Decade(190 + tens / 10), "decade")),
            (Kind::Decade(tens @ 20..=90), _) if start < at => Some(self.push(start, at + 1, What::Decade(190 + tens / 10), "decade")),
            (Kind::Word(Word::Decade(decade)), _) if start < at => Some(self.push(start, at + 1, What::Decade(decade), "decade")),
            (Kind::Ordinal(n @ 2..=30), _) => self.century(start, at, i16::from(n)),
            (Kind::Word(Word::Ordinal(n @ 2..=30)), _) => self.century(start, at, n as i16),
            _ => None,
        }
    }

    fn century(&mut self, start: usize, at: usize, n: i16) -> Option<usize> {
        let at = self.skip_mark(at + 1, b'-');
        if self.unit(at)?.0 != Unit::Century || matches!(self.word(at + 1), Some(Word::Era(false))) {
            return None;
        }
        Some(self.push(start, at + 1, What::Century(n - 1), "century"))
    }

    /// Quarters, halves and seasons, with or without a year.
    pub(super) fn part_of_year(&mut self, at: usize) -> Option<usize> {
        let start = at;
        if self.joined(at) {
            return None;
        }
        let the = self.skip(at, Word::The);
        let modified = self.prefix(at);
        let at = if modified > at { modified } else { the };
        // `2020 Q3`, `2020Q3` is an identifier.
        if let (Kind::Number(year @ 1990..=2100, 4), Some((part, end))) = (self.kind(at), self.part_letters(at + 1)) {
            return Some(self.push(start, end, What::PartOfYear { year: Year::Given(year as i16), part }, "year and part"));
        }
        if let (Kind::Number(year @ 1900..=2100, 4), Some(Word::Season(season))) = (self.kind(at), self.word(at + 1))
            && self.cued(at)
            && season != Season::Autumn
        {
            return Some(self.push(
                start,
                at + 2,
                What::PartOfYear { year: Year::Given(year as i16), part: Part::Season(season) },
                "year and season",
            ));
        }
        if let Some((part, end)) = self.part_letters(at).or_else(|| self.part_words(at)) {
            return self.with_year(start, at, end, part);
        }
        let Some(Word::Season(season)) = self.word(at) else { return None };
        self.season(start, at, season)
    }

    /// `Q3`, `3Q`, `H1`, `1H`.
    fn part_letters(&self, at: usize) -> Option<(Part, usize)> {
        let (letter, number) = match (self.kind(at), self.kind(at + 1)) {
            (Kind::Word(letter @ (Word::Q | Word::H)), Kind::Number(n, 1))
            | (Kind::Number(n, 1), Kind::Word(letter @ (Word::Q | Word::H))) => (letter, n as u8),
            _ => return None,
        };
        if !self.glued(at + 1)
            || !self.tokens.get(at..at + 2)?.iter().all(|t| t.case != super::Case::Lower || matches!(t.kind, Kind::Number(..)))
        {
            return None;
        }
        match (letter, number) {
            (Word::Q, 1..=4) => Some((Part::Quarter(number), at + 2)),
            (Word::H, 1..=2) => Some((Part::Half(number), at + 2)),
            _ => None,
        }
    }

    /// `third quarter`, `second half`, `last quarter`, `first fiscal quarter`.
    fn part_words(&self, at: usize) -> Option<(Part, usize)> {
        let number = match (self.word(at), self.kind(at)) {
            (Some(Word::Ordinal(n)), _) => n as u8,
            (_, Kind::Ordinal(n)) => n,
            (Some(Word::Rel(Rel::Last)), _) => 9,
            _ => return None,
        };
        let at = self.skip_mark(at + 1, b'-');
        let at = self.skip(at, Word::Fiscal);
        match (self.word(at)?, number) {
            (Word::Unit(Unit::Quarter, false), 1..=4) => Some((Part::Quarter(number), at + 1)),
            (Word::Half, 1..=2) => Some((Part::Half(number), at + 1)),
            // `the last quarter of 2020`
            (Word::Unit(Unit::Quarter, false), 9) if self.is(at + 1, Word::Of) => Some((Part::Quarter(4), at + 1)),
            (Word::Half, 9) if self.is(at + 1, Word::Of) => Some((Part::Half(2), at + 1)),
            _ => None,
        }
    }

    fn with_year(&mut self, start: usize, at: usize, end: usize, part: Part) -> Option<usize> {
        let mut year_at = self.skip_mark(end, b',');
        year_at = if self.is_mark(year_at, b'-') && self.glued(year_at) { year_at + 1 } else { year_at };
        year_at = self.skip(year_at, Word::Of);
        year_at = if self.is(year_at, Word::In) { year_at + 1 } else { year_at };
        let year_at = self.skip(self.skip(year_at, Word::The), Word::Fiscal);
        if let Some((year, to)) = self.written_year(year_at) {
            return Some(self.push(start, to, What::PartOfYear { year: Year::Given(year), part }, "part of a year"));
        }
        if let Some((year, to)) = self.related_year(end) {
            return Some(self.push(start, to, What::PartOfYear { year, part }, "part of a year told"));
        }
        // `the first half` of a match, of the list: a month or a thing may follow.
        let whole = !self.is(end, Word::Of) && matches!(part, Part::Quarter(_));
        let last = matches!(self.word(at), Some(Word::Rel(_)));
        (whole && !last).then(|| self.push(start, end, What::PartOfYear { year: Year::Open, part }, "part of a year, no year given"))
    }

    /// `summer 2020`, `the winter of 1943`, `last summer`, `that winter`, `in the spring`.
    fn season(&mut self, start: usize, at: usize, season: Season) -> Option<usize> {
        let part = Part::Season(season);
        let end = at + 1;
        let year_at = self.skip(self.skip(self.skip_mark(end, b','), Word::Of), Word::The);
        if let Some((year, to)) = self.written_year(year_at) {
            // `winter of 1941-42`
            let to = match (self.kind(to), self.kind(to + 1)) {
                (Kind::Mark(b'-' | b'/'), Kind::Number(_, 2 | 4)) if self.glued(to) && self.glued(to + 1) => to + 2,
                _ => to,
            };
            return Some(self.push(start, to, What::PartOfYear { year: Year::Given(year), part }, "season and year"));
        }
        if let Some((year, to)) = self.related_year(end) {
            return Some(self.push(start, to, What::PartOfYear { year, part }, "season of a year told"));
        }
        if let Some(Word::Rel(rel)) = self.word_before(at).filter(|_| season != Season::Autumn) {
            let from = if at >= 2 && self.is(at - 2, Word::The) { at - 2 } else { at - 1 };
            return Some(self.push(from, end, What::PartSeen { part, rel }, "season seen from the day of speaking"));
        }
        // `in the spring`, `by early summer`; never `fall` or `spring` as a verb or noun.
        let the = at > 0 && self.is(at - 1, Word::The);
        let before = if the { self.word_before(at - 1) } else { self.word_before(start) };
        let cue =
            matches!(before, Some(Word::In | Word::Around)) && (the || start < at || !matches!(season, Season::Autumn | Season::Spring));
        (cue && !self.is(end, Word::Of))
            .then(|| self.push(start, end, What::PartOfYear { year: Year::Open, part }, "season, no year given"))
    }
}
