//! Days and months by name or in digits, with or without a year, alone or in lists and ranges.

use super::super::expression::{What, Year};
use super::super::lexicon::{Rel, Trust, Unit, Word};
use super::super::numeric::Numeric;
use super::super::token::{Case, Kind};
use super::Parser;

/// Small words that a clause goes on with behind `on the 14th`.
const GOES_ON: &[&str] = &[
    "a", "after", "and", "as", "at", "before", "but", "by", "from", "he", "in", "it", "she", "that", "the", "they", "to", "was", "were",
    "when", "with",
];

/// Days a list such as `7, 12 and 29 June` may hold.
const LIST: usize = 8;

impl Parser<'_> {
    /// A run of digits that is a date by itself.
    pub(super) fn numeric(&mut self, at: usize) -> Option<usize> {
        let Kind::Numeric(numeric) = self.kind(at) else { return None };
        match numeric {
            Numeric::Date(year, month, day) if !self.named(at) => {
                Some(self.push(at, at + 1, What::Day { year: Year::Given(year), month, day }, "written in digits"))
            }
            Numeric::YearMonth(year, month) if (1950..2100).contains(&year) && !self.joined(at) => {
                Some(self.push(at, at + 1, What::Month { year: Year::Given(year), month }, "written in digits"))
            }
            Numeric::Ambiguous { first, second, year, mark } if !self.joined(at) => {
                let (month, day, how) = if self.named(at) {
                    return None;
                } else if mark == '.' || first > 12 {
                    (second, first, "written in digits, day first")
                } else if mark == '-' && second <= 12 {
                    (second, first, "written in digits with dashes, taken as day first")
                } else if second > 12 {
                    (first, second, "written in digits, month first")
                } else {
                    (first, second, MONTH_FIRST)
                };
                (month <= 12).then(|| self.push(at, at + 1, What::Day { year: Year::Given(year), month, day }, how))
            }
            Numeric::Clock(..) => self.clock(at),
            _ => None,
        }
    }

    /// Whether a token hangs on a word or number before it by a dash: part of an identifier.
    pub(super) fn joined(&self, at: usize) -> bool {
        at >= 2
            && self.glued(at)
            && self.is_mark(at - 1, b'-')
            && self.glued(at - 1)
            && match self.kind(at - 2) {
                Kind::Number(value, digits) => !(digits == 4 || value <= 31) || self.joined(at - 2),
                Kind::Word(Word::Modifier | Word::Month(..) | Word::Weekday(..)) | Kind::Ordinal(_) | Kind::Numeric(_) => false,
                _ => true,
            }
    }

    /// A day or month by name.
    pub(super) fn absolute(&mut self, at: usize) -> Option<usize> {
        self.part_of_day(at).or_else(|| self.calendar_day(at)).or_else(|| self.day_of_month(at))
    }

    /// `the night of 3 November`, `the morning of July 1`.
    fn part_of_day(&mut self, at: usize) -> Option<usize> {
        let part_at = self.skip(at, Word::The);
        let (Some(Word::Part(part)), Some(Word::Of)) = (self.word(part_at), self.word(part_at + 1)) else { return None };
        let known = self.out.len();
        let end = self.calendar_day(self.skip(part_at + 2, Word::The))?;
        if let (Some(day), Some(token)) = (self.out.get_mut(known), self.tokens.get(at))
            && matches!(day.what, What::Day { .. })
        {
            (day.start, day.part) = (token.start, Some(part));
        }
        Some(end)
    }

    /// `on the 14th`, where a clause ends or goes on with a small word: not the 14th floor, the 5th Army, the 19th century.
    fn day_of_month(&mut self, at: usize) -> Option<usize> {
        let Kind::Ordinal(day @ 1..=31) = self.kind(at + 1) else { return None };
        let cue = matches!(self.word_before(at), Some(Word::On | Word::Around | Word::From | Word::To | Word::Between | Word::And));
        if !self.is(at, Word::The) || !cue {
            return None;
        }
        let behind = self.following(at + 2);
        let closed = behind.is_empty() || behind.starts_with([',', '.', ';', ')', ':', '\n']);
        if !closed && !GOES_ON.contains(&self.next_text_word(at + 2)) {
            return None;
        }
        Some(self.push(at, at + 2, What::DayOfMonth(day), "day of a month told"))
    }

    fn calendar_day(&mut self, at: usize) -> Option<usize> {
        let start = at;
        let mut at = self.prefix(at);
        let mut weekday = None;
        if let Some(Word::Weekday(day, _)) = self.word(at) {
            let mut next = self.skip_mark(at + 1, b'.');
            next = self.skip_mark(next, b',');
            next = self.skip(next, Word::The);
            weekday = Some(day);
            at = next;
        }

        match self.kind(at) {
            Kind::Word(Word::Month(month, trust)) => self.month_first(start, at, month, trust, weekday.is_some()),
            Kind::Number(1..=31, 1 | 2) | Kind::Ordinal(1..=31) => self.day_first(start, at),
            Kind::Number(year, 4) if weekday.is_none() => self.year_first(start, at, year as i16),
            Kind::Numeric(Numeric::Date(..) | Numeric::Ambiguous { .. }) if weekday.is_some() => {
                let end = self.numeric(at)?;
                if let (Some(last), Some(token)) = (self.out.last_mut(), self.tokens.get(start)) {
                    last.start = token.start;
                }
                Some(end)
            }
            _ => None,
        }
    }

    /// Steps over `the end of`, `early`, `mid-`, `late in`: they do not change the value.
    pub(super) fn prefix(&self, at: usize) -> usize {
        let mut next = self.skip(at, Word::The);
        next = self.skip(next, Word::Modifier);
        if self.is(next, Word::Edge) && self.is(next + 1, Word::Of) {
            next += 2;
        } else if next > 0 && self.is(next.saturating_sub(1), Word::Modifier) {
            next = self.skip_mark(next, b'-');
            next = if self.is(next, Word::In) { next + 1 } else { next };
        } else {
            return at;
        }
        self.skip(next, Word::The)
    }

    fn month_first(&mut self, start: usize, at: usize, month: u8, trust: Trust, weekday: bool) -> Option<usize> {
        let mut next = if trust == Trust::Digits { self.skip_mark(at + 1, b'.') } else { at + 1 };
        // `Dec.2011`, `May.3`.
        if self.is_mark(next, b'.') && self.glued(next) && self.glued(next + 1) {
            next += 1;
        }
        let dashed = self.is_mark(next, b'-') && self.glued(next) && self.glued(next + 1);
        let day_at = self.skip(if dashed { next + 1 } else { next }, Word::The);
        if let Some(day) = self.day(day_at).filter(|_| self.capital(at) || trust != Trust::Digits) {
            return self.month_day(start, at, month, day, day_at);
        }
        if weekday {
            return None;
        }
        let mut year_at = self.skip_mark(next, b',');
        year_at = self.skip(year_at, Word::Of);
        if dashed {
            year_at = next + 1;
        }
        if let Some((year, end)) = self.written_year(year_at).filter(|_| !self.joined(at)) {
            return Some(self.push(start, end, What::Month { year: Year::Given(year), month }, "month and year"));
        }
        self.lone_month(start, at, month, trust)
    }

    /// `July 19`, then a year, more days, or nothing.
    fn month_day(&mut self, start: usize, month_at: usize, month: u8, day: u8, day_at: usize) -> Option<usize> {
        if self.joined(month_at) {
            return None;
        }
        let mut days = vec![(start, day_at + 1, day)];
        let mut at = day_at + 1;
        while days.len() < LIST {
            let dash = self.is_mark(at, b'-') || self.is(at, Word::To);
            let next = if dash || self.is(at, Word::And) || self.is_mark(at, b',') { at + 1 } else { break };
            let next = if self.is_mark(at, b',') { self.skip(next, Word::And) } else { next };
            let Some(day) = self.day(next) else { break };
            // `July 6-12` but not `July 6, 12 servers` nor `6 July - 12 August`.
            let month_follows = matches!(self.word(self.skip(next + 1, Word::Of)), Some(Word::Month(..)));
            let closed = self.is(at, Word::And) && self.following(next + 1).starts_with(['.', ',', ';', ')']);
            let list_goes_on = dash
                || closed
                || self.written_year(self.skip_mark(next + 1, b',')).is_some()
                || matches!(self.kind(next), Kind::Ordinal(_));
            if month_follows || !list_goes_on || matches!(self.word(next + 1), Some(Word::Unit(..) | Word::Am | Word::Pm)) {
                break;
            }
            days.push((next, next + 1, day));
            at = next + 1;
        }
        let mut year_at = self.skip_mark(at, b',');
        year_at = if self.is_mark(year_at, b'-') && self.glued(year_at) { year_at + 1 } else { year_at };
        year_at = self.skip(year_at, Word::Of);
        year_at = if self.is(year_at, Word::In) { year_at + 1 } else { year_at };
        let (year, end) = match self.written_year(year_at).filter(|_| !self.counted(year_at)) {
            Some((year, end)) => (Year::Given(year), end),
            // `Tue Nov 13 10:12:58 2018`
            None => match (self.kind(at), self.skip(at + 1, Word::Zone)) {
                (Kind::Numeric(Numeric::Clock(..)), next) => (self.written_year(next).map_or(Year::Open, |(y, _)| Year::Given(y)), at),
                _ => self.related_year(at).unwrap_or((Year::Open, at)),
            },
        };
        self.push_days(&days, end, year, month, "month and day")
    }

    /// `19 July`, `7 and 29 June 2020`, `19th of July, 2021`, `30-Oct-2015`.
    fn day_first(&mut self, start: usize, at: usize) -> Option<usize> {
        let mut days = vec![(start, at + 1, self.day(at)?)];
        let mut next = at + 1;
        if self.joined(at) {
            return None;
        }
        loop {
            let month_at = self.before_month(next);
            if let Some(Word::Month(month, trust)) = self.word(month_at) {
                // `Part 1, September 23, 2020`
                if self.day(month_at + 1).is_some() && self.written_year(self.skip_mark(month_at + 2, b',')).is_some() {
                    return None;
                }
                // `may` in lower case is a verb but in `19 may 2021`.
                if trust == Trust::Doubtful && !self.capital(month_at) && self.written_year(month_at + 1).is_none() {
                    return None;
                }
                if let Some(last) = days.last_mut() {
                    last.1 = month_at + 1;
                }
                return self.day_month(&days, month_at, month, trust);
            }
            // `Course 5 – 16 October` counts courses.
            if self.is_mark(next, b'-')
                && !self.glued(next)
                && self.last_text_word(at).as_bytes().first().is_some_and(u8::is_ascii_uppercase)
                && self.kind(at.wrapping_sub(1)) == Kind::Break
            {
                return None;
            }
            let joins = self.is_mark(next, b'-') || self.is_mark(next, b',') || matches!(self.word(next), Some(Word::And | Word::To));
            let day_at = self.skip(if self.is_mark(next, b',') { self.skip(next + 1, Word::And) } else { next + 1 }, Word::The);
            let day = self.day(day_at).filter(|_| joins && days.len() < LIST)?;
            days.push((day_at, day_at + 1, day));
            next = day_at + 1;
        }
    }

    /// Over what may stand between a day and its month: `of`, `.`, `-`.
    fn before_month(&self, at: usize) -> usize {
        match self.kind(at) {
            Kind::Word(Word::Of) | Kind::Mark(b'.') => self.skip(at + 1, Word::The),
            Kind::Mark(b'-' | b'/') if self.glued(at) && self.glued(at + 1) => at + 1,
            _ => at,
        }
    }

    fn day_month(&mut self, days: &[(usize, usize, u8)], month_at: usize, month: u8, trust: Trust) -> Option<usize> {
        let mut end = month_at + 1;
        if trust == Trust::Digits && self.is_mark(end, b'.') {
            end += 1;
        }
        let mut year_at = match self.kind(end) {
            Kind::Mark(b'-' | b'/') if self.glued(end) => end + 1,
            Kind::Mark(b'.') if self.glued(end + 1) => end + 1,
            _ => self.skip_mark(end, b','),
        };
        year_at = self.skip(year_at, Word::Of);
        let (year, to) = match self.written_year(year_at).filter(|_| !self.counted(year_at)) {
            Some((year, to)) => (Year::Given(year), to),
            None => self.related_year(end).unwrap_or((Year::Open, if self.is_mark(end - 1, b'.') { end - 1 } else { end })),
        };
        self.push_days(days, to, year, month, "day and month")
    }

    /// Days of one month as mentions of their own; the last reaches to `end`.
    fn push_days(&mut self, days: &[(usize, usize, u8)], end: usize, year: Year, month: u8, how: &'static str) -> Option<usize> {
        for (i, &(from, to, day)) in days.iter().enumerate() {
            let to = if i + 1 == days.len() { end.max(to) } else { to };
            self.push(from, to, What::Day { year, month, day }, how);
        }
        Some(end.max(days.last()?.1))
    }

    /// `2021 July 19`, `2021-Oct-28`, `2019, 28 marzo`, `2021 July`.
    fn year_first(&mut self, start: usize, at: usize, year: i16) -> Option<usize> {
        if !(1900..2100).contains(&year) || self.joined(at) {
            return None;
        }
        let next = match self.kind(at + 1) {
            Kind::Mark(b',' | b'-' | b'/') => at + 2,
            _ => at + 1,
        };
        let year = Year::Given(year);
        if let (Some(day), Some(Word::Month(month, _))) = (self.day(next), self.word(next + 1)) {
            // `in 2019, 28 March 2020` is two dates.
            if self.written_year(next + 2).is_some() {
                return None;
            }
            return Some(self.push(start, next + 2, What::Day { year, month, day }, "year, day and month"));
        }
        let Some(Word::Month(month, _)) = self.word(next) else { return None };
        let dash = self.skip_mark(next + 1, b'-');
        let day = self.day(dash)?;
        if self.written_year(self.skip_mark(dash + 1, b',')).is_some() {
            return None;
        }
        Some(self.push(start, dash + 1, What::Day { year, month, day }, "year, month and day"))
    }

    /// A month without day or written year.
    fn lone_month(&mut self, start: usize, at: usize, month: u8, trust: Trust) -> Option<usize> {
        if let Some((year, end)) = self.related_year(at + 1) {
            return self.capital(at).then(|| self.push(start, end, What::Month { year, month }, "month of a year told"));
        }
        let cued = start < at || self.cued(at);
        let believed = match trust {
            Trust::Sure => self.capital(at) && !self.is_name(at),
            Trust::Doubtful => {
                self.tokens.get(at).is_some_and(|t| t.case == Case::Capital) && !self.is_name(at) && (cued || self.stands_alone(at))
            }
            Trust::Digits => self.capital(at) && cued && self.is_mark(at + 1, b'.'),
        };
        if !believed || self.joined(at) {
            return None;
        }
        if let Some(Word::Rel(rel)) = self.word_before(start)
            && !matches!(rel, Rel::Same | Rel::Past)
        {
            let seen = if self.is(start.saturating_sub(2), Word::The) { start - 2 } else { start - 1 };
            return Some(self.push(seen, at + 1, What::MonthSeen { month, rel }, "month seen from the day of speaking"));
        }
        Some(self.push(start, at + 1, What::Month { year: Year::Open, month }, "month alone"))
    }

    /// A month in a list of months or between brackets: `(May)`, `April, May and June`.
    fn stands_alone(&self, at: usize) -> bool {
        let month = |i: usize| matches!(self.word(i), Some(Word::Month(..)));
        let before = at.checked_sub(2).is_some_and(month)
            && (self.is_mark(at - 1, b',') || self.is_mark(at - 1, b'/') || self.is_mark(at - 1, b'-'));
        before || (month(at + 2) && matches!(self.kind(at + 1), Kind::Mark(b',' | b'/' | b'-') | Kind::Word(Word::And | Word::To)))
    }

    /// Whether a capital word behind a month makes it a person's or a thing's name, unless a preposition stands before: `April Glaser`.
    fn is_name(&self, at: usize) -> bool {
        let next = self.next_text_word(at + 1);
        let capital = next.as_bytes().first().is_some_and(u8::is_ascii_uppercase);
        capital
            && !matches!(self.kind(at + 1), Kind::Word(_))
            && !matches!(self.word_before(at), Some(Word::In | Word::Around | Word::From | Word::Modifier))
    }

    /// A day of the month in digits.
    pub(super) fn day(&self, at: usize) -> Option<u8> {
        match self.kind(at) {
            Kind::Number(day @ 1..=31, 1 | 2) => Some(day as u8),
            Kind::Ordinal(day @ 1..=31) => Some(day),
            _ => None,
        }
    }

    /// A year in four digits, or in two behind an apostrophe.
    pub(super) fn written_year(&self, at: usize) -> Option<(i16, usize)> {
        match (self.kind(at), self.kind(at + 1)) {
            (Kind::Number(year @ 1000..=2199, 4), _) => Some((year as i16, at + 1)),
            (Kind::Mark(b'\''), Kind::Number(year, 2)) if self.glued(at + 1) && !self.glued(at) => {
                Some((if year < 60 { 2000 + year as i16 } else { 1900 + year as i16 }, at + 2))
            }
            _ => None,
        }
    }

    /// `of last year`, `this year`, `of that year` behind a month or day.
    pub(super) fn related_year(&self, at: usize) -> Option<(Year, usize)> {
        let at = self.skip(self.skip(at, Word::Of), Word::The);
        match (self.word(at), self.word(at + 1)) {
            (Some(Word::Rel(rel)), Some(Word::Unit(Unit::Year, false))) if rel != Rel::Past => Some((Year::Rel(rel), at + 2)),
            _ => None,
        }
    }
}

/// How a date in digits was read where nothing tells its order.
pub(in crate::annotate::dates) const MONTH_FIRST: &str = "written in digits, taken as month first";
