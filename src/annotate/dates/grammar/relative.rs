//! Times seen from the day of speaking or from the time told: `yesterday`, `last month`, `three weeks ago`, `the following day`.

use super::super::expression::{Origin, What, Year};
use super::super::lexicon::{Rel, Unit, Word};
use super::super::tense::told_tense;
use super::super::token::Kind;
use super::Parser;

/// What "today's …" is said of when it means our times.
const OUR_TIMES: &[&str] = &[
    "age",
    "attackers",
    "attacks",
    "businesses",
    "climate",
    "cyber",
    "digital",
    "economy",
    "enterprises",
    "environment",
    "era",
    "internet",
    "landscape",
    "market",
    "organizations",
    "organisations",
    "society",
    "standards",
    "systems",
    "technology",
    "threat",
    "threats",
    "world",
];

/// What stands before a `today` that means our times, with why.
const GENERAL: &[(&str, &str)] = &[
    (" most ", "a superlative of our times"),
    ("one of the", "the same"),
    ("in the wild", "what is about"),
    ("in use", "what is about"),
    ("in existence", "what is about"),
    ("still ", "goes on"),
    ("work", "how people work"),
    ("live", "how people live"),
];

impl Parser<'_> {
    pub(super) fn relative(&mut self, at: usize) -> Option<usize> {
        self.day_word(at).or_else(|| self.seen(at)).or_else(|| self.weekday(at)).or_else(|| self.offset(at)).or_else(|| self.reference(at))
    }

    /// `yesterday`, `tomorrow morning`, `tonight`.
    fn day_word(&mut self, at: usize) -> Option<usize> {
        // `the day after tomorrow`
        let day = self.skip(at, Word::The);
        match (self.unit(day), self.word(day + 1), self.word(day + 2)) {
            (Some((Unit::Day, false)), Some(Word::After), Some(Word::NearDay(1))) => {
                return Some(self.push(at, day + 3, What::DayWord(2), "day seen from publication"));
            }
            (Some((Unit::Day, false)), Some(Word::Before), Some(Word::NearDay(-1))) => {
                return Some(self.push(at, day + 3, What::DayWord(-2), "day seen from publication"));
            }
            _ => {}
        }
        if self.is(at, Word::Modifier) && matches!(self.word(at + 1), Some(Word::NearDay(_) | Word::Tonight)) {
            let end = self.day_word(at + 1)?;
            if let (Some(last), Some(token)) = (self.out.last_mut(), self.tokens.get(at)) {
                last.start = token.start;
            }
            return Some(end);
        }
        match self.word(at)? {
            // "Yesterday's software" is a manner of speaking; "yesterday's attack" is not.
            Word::NearDay(0) if self.named_today(at) => None,
            Word::NearDay(0) if self.nowadays(at) => Some(self.push(at, at + 1, What::Reference("PRESENT_REF"), "the present at large")),
            Word::NearDay(days) if !self.joined(at) => {
                let part_at = self.skip_mark(at + 1, b'\'');
                match self.word(part_at) {
                    Some(Word::Part(part)) => {
                        Some(self.push_part(at, part_at + 1, What::DayWord(days), Some(part), "day seen from publication"))
                    }
                    _ => Some(self.push(at, at + 1, What::DayWord(days), "day seen from publication")),
                }
            }
            Word::Tonight => {
                Some(self.push_part(at, at + 1, What::DayWord(0), Some(super::super::lexicon::DayPart::Night), "day seen from publication"))
            }
            _ => None,
        }
    }

    /// `USA Today`, `Russia Today`.
    fn named_today(&self, at: usize) -> bool {
        self.capital(at) && self.last_text_word(at).as_bytes().first().is_some_and(u8::is_ascii_uppercase)
    }

    /// `today` for our times: `today's threats`, `the most used today`.
    fn nowadays(&self, at: usize) -> bool {
        let behind = self.following(at + 1);
        if behind.starts_with("'s ") || behind.starts_with("’s ") {
            let thing: String = behind.chars().skip(3).take(48).collect();
            return thing.split([' ', ',', '.', ';', '-']).take(4).any(|word| OUR_TIMES.contains(&word));
        }
        let before: String = self.preceding(at).chars().rev().take(64).take_while(|c| !matches!(c, '.' | ';' | '\n')).collect();
        let before: String = before.chars().rev().collect();
        let Some(token) = self.tokens.get(at) else { return false };
        // Without a word of what was or will be done, `today` is our times.
        GENERAL.iter().any(|(cue, _)| before.contains(cue)) || told_tense(self.text, token.start, token.end).is_none()
    }

    /// `last year`, `earlier this month`, `the previous day`, `last March`, `next Tuesday`, `this morning`.
    fn seen(&mut self, at: usize) -> Option<usize> {
        let start = at;
        let modified = matches!(self.word(at), Some(Word::Earlier | Word::Later | Word::Modifier));
        let mut at = if modified { at + 1 } else { at };
        at = if modified && (self.is(at, Word::In) || self.is_mark(at, b'-')) { at + 1 } else { at };
        let the = self.is(at, Word::The);
        at = self.skip(at, Word::The);
        // `the end of the year`
        if let (
            Some(Word::Edge),
            Some(Word::Of),
            Some(Word::The),
            Some((unit @ (Unit::Year | Unit::Month | Unit::Week | Unit::Quarter | Unit::Decade), false)),
        ) = (self.word(at), self.word(at + 1), self.word(at + 2), self.unit(at + 3))
        {
            return (!self.is(at + 4, Word::Of)).then(|| self.push(start, at + 4, What::Around(unit), "around the time spoken of"));
        }
        // `over the weekend`
        if the && !modified && self.unit(at) == Some((Unit::Weekend, false)) && !self.is(at + 1, Word::Of) && !self.is_mark(at + 1, b'-') {
            return Some(self.push(start, at + 1, What::Weekend, "weekend seen from publication"));
        }
        // `the end of last year`
        if self.is(at, Word::Edge) && self.is(at + 1, Word::Of) {
            at = self.skip(at + 2, Word::The);
        }
        let Some(Word::Rel(mut rel)) = self.word(at) else { return None };
        at += 1;
        // `this past week`, `this coming Tuesday`, `the very same day`
        if let (Rel::This, Some(Word::Rel(inner @ (Rel::Past | Rel::Next)))) = (rel, self.word(at)) {
            rel = inner;
            at += 1;
        }
        match self.word(at)? {
            // `the last week of March` is a part of March.
            Word::Unit(_, false)
                if self.is(at + 1, Word::Of)
                    && matches!(self.kind(self.skip(at + 2, Word::The)), Kind::Number(_, 4) | Kind::Word(Word::Month(..))) =>
            {
                None
            }
            Word::Unit(unit, false) if !matches!(unit, Unit::Second | Unit::Minute | Unit::Hour | Unit::Century) => {
                // `that day` is told; `that year's budget` too; but not `claims that year after year`.
                if rel == Rel::Same && !the && self.is(at + 1, Word::After) {
                    return None;
                }
                if rel == Rel::Past && unit != Unit::Year && unit != Unit::Month {
                    return None;
                }
                Some(self.push(start, at + 1, What::Unit { unit, rel }, "seen from the day of speaking or the time told"))
            }
            Word::Weekday(day, true) if rel != Rel::Same => {
                let end = at + 1;
                match self.word(end) {
                    Some(Word::Part(part)) => Some(self.push_part(
                        start,
                        end + 1,
                        What::Weekday { day, rel: Some(rel) },
                        Some(part),
                        "weekday seen from publication",
                    )),
                    _ => Some(self.push(start, end, What::Weekday { day, rel: Some(rel) }, "weekday seen from publication")),
                }
            }
            Word::Month(month, super::super::lexicon::Trust::Sure | super::super::lexicon::Trust::Doubtful) if self.capital(at) => {
                if self.day(at + 1).is_some() || self.written_year(at + 1).is_some() {
                    return None;
                }
                let what =
                    if rel == Rel::Same { What::Month { year: Year::Rel(Rel::Same), month } } else { What::MonthSeen { month, rel } };
                Some(self.push(start, at + 1, what, "month seen from the day of speaking"))
            }
            // `the groups that fall …`
            Word::Season(super::super::lexicon::Season::Autumn)
                if rel == Rel::Same && !matches!(self.word_before(start), Some(Word::In | Word::Around)) =>
            {
                None
            }
            Word::Season(season) => {
                let part = super::super::expression::Part::Season(season);
                Some(self.push(start, at + 1, What::PartSeen { part, rel }, "season seen from the day of speaking"))
            }
            Word::Part(part) => {
                let what = match rel {
                    Rel::This => What::DayWord(0),
                    Rel::Last if part == super::super::lexicon::DayPart::Night => What::DayWord(-1),
                    Rel::Same => What::Unit { unit: Unit::Day, rel: Rel::Same },
                    Rel::Next | Rel::Following => What::Unit { unit: Unit::Day, rel: Rel::Following },
                    Rel::Previous => What::Unit { unit: Unit::Day, rel: Rel::Previous },
                    _ => return None,
                };
                Some(self.push_part(start, at + 1, what, Some(part), "part of a day"))
            }
            _ => None,
        }
    }

    /// `on Tuesday`, `Monday morning`, `Tuesday of last week`.
    fn weekday(&mut self, at: usize) -> Option<usize> {
        let start = at;
        let at = self.skip(at, Word::Modifier);
        let Some(Word::Weekday(day, full)) = self.word(at) else { return None };
        if !full || !self.capital(at) || self.joined(at) {
            return None;
        }
        let end = at + 1;
        if let Some(Word::Part(part)) = self.word(end) {
            return Some(self.push_part(start, end + 1, What::Weekday { day, rel: None }, Some(part), "weekday"));
        }
        let of = self.skip(end, Word::Of);
        if let (Some(Word::Rel(rel @ (Rel::Last | Rel::This | Rel::Next))), Some((Unit::Week, false))) = (self.word(of), self.unit(of + 1))
        {
            return Some(self.push(at, of + 2, What::WeekdayOf { day, rel }, "weekday of a week"));
        }
        // `Black Friday`, `Patch Tuesday`: names of days, not days told.
        let name = matches!(self.last_text_word(at), "Black" | "Cyber" | "Good" | "Bloody" | "Patch" | "Super" | "Ash" | "Palm" | "Easter");
        (!name).then(|| self.push(start, end, What::Weekday { day, rel: None }, "weekday"))
    }

    /// `three weeks ago`, `two days later`, `a year earlier`, `the day before`, `five days after`.
    fn offset(&mut self, at: usize) -> Option<usize> {
        let start = at;
        // `the day before`, `the week after`
        if self.is(at, Word::The) {
            if let (Some((unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year), false)), Some(word @ (Word::Before | Word::After))) =
                (self.unit(at + 1), self.word(at + 2))
                && self.closes(at + 3)
            {
                let rel = if word == Word::Before { Rel::Previous } else { Rel::Following };
                return Some(self.push(start, at + 3, What::Unit { unit, rel }, "hangs on the time told"));
            }
            return None;
        }
        let (count, unit, end) = self.amount(at)?;
        let (sign, origin, to) = match self.word(end)? {
            Word::Ago => (-1, Origin::Speech, end + 1),
            // `three weeks from now`
            Word::From if self.is(end + 1, Word::Present) => (1, Origin::Speech, end + 2),
            Word::Earlier => (-1, Origin::Told, end + 1),
            Word::Later => (1, Origin::Told, end + 1),
            Word::Before if self.closes(end + 1) => (-1, Origin::Told, end + 1),
            Word::After if self.closes(end + 1) => (1, Origin::Told, end + 1),
            _ => return None,
        };
        let Some(count) = count else {
            let value = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
            return Some(self.push(start, to, What::Reference(value), "an uncounted time away"));
        };
        Some(self.push(start, to, What::Offset { unit, count: sign * count, origin }, "so long before or after"))
    }

    /// Whether a clause ends at a token: what follows is a stop or a comma, not what the offset hangs on.
    fn closes(&self, at: usize) -> bool {
        let rest = self.following(at).trim_start_matches([' ', '"', '”']);
        rest.is_empty() || rest.starts_with(['.', ',', ';', ')', '\n', ':', '!', '?'])
    }

    /// `now`, `recently`, `in the past`, `the future`.
    fn reference(&mut self, at: usize) -> Option<usize> {
        let start = at;
        let the = self.skip(at, Word::The);
        match self.word(the)? {
            Word::Present => Some(self.push(start, the + 1, What::Reference("PRESENT_REF"), "the day of speaking, roughly")),
            // `recent months` is no length.
            Word::Recent if matches!(self.unit(the + 1), Some((_, true))) => {
                Some(self.push(start, the + 2, What::Reference("PAST_REF"), "not told exactly"))
            }
            Word::PastRef => Some(self.push(start, the + 1, What::Reference("PAST_REF"), "not told exactly")),
            Word::FutureRef if the > start => Some(self.push(start, the + 1, What::Reference("FUTURE_REF"), "not told exactly")),
            Word::Rel(Rel::Past) if the > start && self.is(start.saturating_sub(1), Word::In) && self.kind(the + 1) != Kind::Break => {
                let more = matches!(
                    self.kind(the + 1),
                    Kind::Number(..) | Kind::Word(Word::Cardinal(_) | Word::Vague | Word::Couple | Word::Unit(..))
                );
                (!more).then(|| self.push(start, the + 1, What::Reference("PAST_REF"), "not told exactly"))
            }
            _ => None,
        }
    }
}
