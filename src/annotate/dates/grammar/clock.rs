//! Times of day by the clock.

use super::super::expression::What;
use super::super::lexicon::{Unit, Word};
use super::super::numeric::Numeric;
use super::super::token::Kind;
use super::Parser;

impl Parser<'_> {
    /// `10:30 a.m.`, `5pm`, `14:00 UTC`, `at 14:00`, `noon`.
    pub(super) fn clock(&mut self, at: usize) -> Option<usize> {
        if let Some((hour, minute)) = self.military(at) {
            return Some(self.push(at, at + 2, What::Clock { hour, minute }, "clock time"));
        }
        let (hour, minute, next, sure) = match self.kind(at) {
            Kind::Numeric(Numeric::Clock(hour, minute, None)) => (hour, minute, at + 1, self.is(at.wrapping_sub(1), Word::At)),
            Kind::Number(hour @ 1..=12, 1 | 2) => (hour as u8, 0, at + 1, false),
            Kind::Word(Word::Noon) => return Some(self.push(at, at + 1, What::Clock { hour: 12, minute: 0 }, "clock time")),
            Kind::Word(Word::Midnight) => return Some(self.push(at, at + 1, What::Clock { hour: 24, minute: 0 }, "clock time")),
            _ => return None,
        };
        if let Some((afternoon, end)) = self.half_of_day(next) {
            let hour = match (hour, afternoon) {
                (12, false) => 0,
                (1..=11, true) => hour + 12,
                _ => hour,
            };
            return Some(self.push(at, end, What::Clock { hour, minute }, "clock time"));
        }
        let end = self.skip(next, Word::Zone);
        let oclock = self.oclock(next);
        match (sure || end > next, oclock) {
            (_, Some(end)) => Some(self.push(at, end, What::Clock { hour, minute }, "clock time")),
            (true, None) if matches!(self.kind(at), Kind::Numeric(_)) => {
                Some(self.push(at, end, What::Clock { hour, minute }, "clock time"))
            }
            _ => None,
        }
    }

    /// `at 0400 hours`: hour and minute.
    pub(super) fn military(&self, at: usize) -> Option<(u8, u8)> {
        let Kind::Number(value, 4) = self.kind(at) else { return None };
        let cued = matches!(self.word_before(at), Some(Word::At | Word::Around | Word::Before | Word::After | Word::To | Word::From));
        let (hour, minute) = (value / 100, value % 100);
        (cued && hour < 24 && minute < 60 && self.unit(at + 1) == Some((Unit::Hour, true))).then_some((hour as u8, minute as u8))
    }

    /// `am`, `p.m.`: whether after noon, and the token after it.
    fn half_of_day(&self, at: usize) -> Option<(bool, usize)> {
        match self.word(at) {
            Some(Word::Am) => return Some((false, at + 1)),
            Some(Word::Pm) => return Some((true, at + 1)),
            _ => {}
        }
        let rest = self.following(at).trim_start_matches([' ', '\u{a0}']);
        let afternoon = match rest.get(..4)?.to_ascii_lowercase().as_str() {
            "a.m." => false,
            "p.m." => true,
            _ => return None,
        };
        // The letters and stops are tokens of their own: step over those that start before the marker ends.
        let marker_end = self.text.len() - rest.len() + 4;
        let skipped = self.tokens.get(at..)?.iter().take(6).take_while(|t| t.start < marker_end).count();
        let end = at + skipped;
        // A break that swallowed more than the marker stays outside.
        self.tokens.get(end.checked_sub(1)?).filter(|t| t.end <= marker_end)?;
        Some((afternoon, end))
    }

    /// `o'clock`.
    fn oclock(&self, at: usize) -> Option<usize> {
        let rest = self.following(at).trim_start_matches(' ');
        let marked = rest.starts_with("o'clock") || rest.starts_with("o’clock");
        marked.then_some(at)
    }
}
