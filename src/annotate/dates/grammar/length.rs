//! Lengths of time and recurring times: no place in the calendar, and told apart from dates.

use super::super::expression::What;
use super::super::lexicon::{Rel, Unit, Word};
use super::super::token::Kind;
use super::super::value::day_part;
use super::Parser;

/// Words before `last` that make it the verb.
const VERB_BEFORE: &[&str] = &["can", "could", "may", "might", "must", "not", "should", "to", "will", "would"];

impl Parser<'_> {
    /// A duration or a set.
    pub(super) fn length(&mut self, at: usize) -> Option<usize> {
        self.set(at).or_else(|| self.duration(at))
    }

    /// `every Tuesday`, `each year`, `daily`, `on Mondays`, `twice a month`.
    fn set(&mut self, at: usize) -> Option<usize> {
        match self.word(at)? {
            Word::Recurring(unit) => Some(self.push(at, at + 1, What::Set(period(Some(1), unit)), "recurring")),
            Word::Weekdays(day) => Some(self.push(at, at + 1, What::Set(format!("XXXX-WXX-{day}")), "recurring weekday")),
            Word::Every | Word::Per => match self.word(at + 1)? {
                Word::Unit(unit, false) if unit != Unit::Second => {
                    Some(self.push(at, at + 2, What::Set(period(Some(1), unit)), "recurring"))
                }
                Word::Part(part) => {
                    Some(self.push(at, at + 2, What::Set(format!("XXXX-XX-XX{}", day_part(part))), "recurring part of the day"))
                }
                Word::Weekday(day, true) => Some(self.push(at, at + 2, What::Set(format!("XXXX-WXX-{day}")), "recurring weekday")),
                Word::Month(month, _) if self.capital(at + 1) => {
                    Some(self.push(at, at + 2, What::Set(format!("XXXX-{month:02}")), "recurring month"))
                }
                _ => {
                    let (count, unit, end) = self.amount(at + 1)?;
                    Some(self.push(at, end, What::Set(period(count, unit)), "recurring"))
                }
            },
            Word::Once if self.is(at + 1, Word::A) => {
                let (unit, _) = self.unit(at + 2)?;
                Some(self.push(at, at + 3, What::Set(period(Some(1), unit)), "recurring"))
            }
            _ => None,
        }
    }

    /// `three weeks`, `the past five years`, `a two-day`, `24 hours`, `several months`.
    fn duration(&mut self, at: usize) -> Option<usize> {
        if let Some(end) = self.half(at) {
            return Some(end);
        }
        let start = at;
        let mut at = self.skip(at, Word::The);
        // `it may last several weeks`: the verb.
        if self.is(at, Word::Rel(Rel::Last)) && at == start && VERB_BEFORE.contains(&self.last_text_word(at)) {
            return None;
        }
        if matches!(self.word(at), Some(Word::Rel(Rel::Last | Rel::Past | Rel::Next | Rel::Previous | Rel::Following | Rel::This))) {
            at += 1;
            // `the past week`: as long as a week; `the past year` was read as the year before.
            if let (Some(Word::Rel(Rel::Past)), Some((unit, false))) = (self.word_before(at), self.unit(at)) {
                return Some(self.push(start, at + 1, What::Duration(period(Some(1), unit)), "length of time"));
            }
        } else if at > start {
            // `the two weeks` tells a length; `the day` and `the years` tell nothing.
            self.amount(at).filter(|_| !self.is(at, Word::A) && self.unit(at).is_none())?;
        }
        let (count, unit, end) = self.amount(at)?;
        // `a quarter` of the servers, `a second` time; "half a century" is one.
        if matches!(unit, Unit::Quarter | Unit::Second) && self.is(at, Word::A) {
            return None;
        }
        Some(self.push(start, end, What::Duration(period(count, unit)), "length of time"))
    }

    /// `half an hour`, `half a century`, `half-hour`: in the next smaller unit.
    fn half(&mut self, at: usize) -> Option<usize> {
        if !self.is(at, Word::Half) || self.joined(at) {
            return None;
        }
        let next = if self.is(at + 1, Word::A) || self.is_mark(at + 1, b'-') { at + 2 } else { return None };
        let (unit, false) = self.unit(next)? else { return None };
        let (count, smaller) = match unit {
            Unit::Minute => (30, Unit::Second),
            Unit::Hour => (30, Unit::Minute),
            Unit::Day => (12, Unit::Hour),
            Unit::Year => (6, Unit::Month),
            Unit::Decade => (5, Unit::Year),
            Unit::Century => (50, Unit::Year),
            _ => return None,
        };
        Some(self.push(at, next + 1, What::Duration(period(Some(count), smaller)), "half of a length of time"))
    }

    /// A counted unit: the number (`None` where nobody counted), the unit, the token after it.
    pub(super) fn amount(&self, at: usize) -> Option<(Option<i32>, Unit, usize)> {
        if self.joined(at) {
            return None;
        }
        let (count, next) = self.count(at)?;
        let next = if self.is_mark(next, b'-') && self.glued(next) && self.glued(next + 1) { next + 1 } else { next };
        let (unit, plural) = self.unit(next)?;
        // `some day`; `in as many days`; `these days`; `0400 hours` by the clock.
        if count.is_none()
            && (!plural || matches!(self.last_text_word(at), "as" | "the" | "these" | "those" | "many" | "summer" | "winter"))
            || self.military(at).is_some()
        {
            return None;
        }
        // `two year old`, `two-year-old`: an age, still a length.
        Some((count, unit, next + 1))
    }

    fn count(&self, at: usize) -> Option<(Option<i32>, usize)> {
        match (self.kind(at), self.word(at + 1)) {
            (Kind::Number(value, _), _) => Some((i32::try_from(value).ok(), at + 1)),
            (Kind::Word(Word::A), Some(Word::Vague)) => Some((None, at + 2)),
            (Kind::Word(Word::A), Some(Word::Couple)) => Some((Some(2), self.skip(at + 2, Word::Of))),
            (Kind::Word(Word::A), Some(Word::Multiplier(n))) => Some((Some(n as i32), at + 2)),
            (Kind::Word(Word::A), _) => Some((Some(1), at + 1)),
            (Kind::Word(Word::Couple), _) => Some((Some(2), self.skip(at + 1, Word::Of))),
            (Kind::Word(Word::Vague), _) => Some((None, at + 1)),
            (Kind::Word(Word::Unit(Unit::Decade | Unit::Year | Unit::Month | Unit::Week | Unit::Day, true)), _) => Some((None, at)),
            (Kind::Word(Word::Multiplier(n)), _) => Some((Some(n as i32), at + 1)),
            (Kind::Word(Word::Cardinal(n)), next) => {
                let tens = n >= 20;
                let joined = self.is_mark(at + 1, b'-') && tens;
                match (if joined { self.word(at + 2) } else { next }, joined) {
                    (Some(Word::Cardinal(ones @ 1..=9)), true) => Some((Some((n + ones) as i32), at + 3)),
                    (Some(Word::Cardinal(ones @ 1..=9)), false) if tens => Some((Some((n + ones) as i32), at + 2)),
                    (Some(Word::Multiplier(times)), false) => Some((Some(n.saturating_mul(times) as i32), at + 2)),
                    _ => Some((Some(n as i32), at + 1)),
                }
            }
            _ => None,
        }
    }
}

/// The value of a length of time: `P3W`, `PT24H`, `PXM`.
pub(super) fn period(count: Option<i32>, unit: Unit) -> String {
    let count = match unit {
        Unit::Fortnight => count.map(|n| n.saturating_mul(2)),
        _ => count,
    };
    let count = count.map_or_else(|| "X".to_owned(), |n| n.to_string());
    let (time, letters) = match unit {
        Unit::Second => ("T", "S"),
        Unit::Minute => ("T", "M"),
        Unit::Hour => ("T", "H"),
        Unit::Day => ("", "D"),
        Unit::Weekend => ("", "WE"),
        Unit::Week | Unit::Fortnight => ("", "W"),
        Unit::Month => ("", "M"),
        Unit::Quarter => ("", "Q"),
        Unit::Year => ("", "Y"),
        Unit::Decade => ("", "DE"),
        Unit::Century => ("", "CE"),
    };
    format!("P{time}{count}{letters}")
}
