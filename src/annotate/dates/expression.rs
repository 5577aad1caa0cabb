//! What the grammar reads, before it is known which day is spoken of.

use super::lexicon::{DayPart, Rel, Season, Unit};

/// The year of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// The text gives it.
    Given(i16),
    /// The text gives it by another: `last year`, `that year`.
    Rel(Rel),
    /// Left to the reader.
    Open,
}

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Quarter(u8),
    Half(u8),
    Season(Season),
}

/// Where an offset is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The day of speaking: `ago`.
    Speech,
    /// The day last told: `later`, `before`.
    Told,
}

/// The meaning of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    Year(i16),
    /// Before the common era.
    YearBefore(i16),
    /// The first three digits of its years.
    Decade(i16),
    /// The first two digits of its years.
    Century(i16),
    Month {
        year: Year,
        month: u8,
    },
    Day {
        year: Year,
        month: u8,
        day: u8,
    },
    PartOfYear {
        year: Year,
        part: Part,
    },
    /// `last month`, `that day`.
    Unit {
        unit: Unit,
        rel: Rel,
    },
    /// `the end of the year`: the unit around the time spoken of.
    Around(Unit),
    /// `over the weekend`: which, the tense tells.
    Weekend,
    /// `on the 14th`: a day of the month told.
    DayOfMonth(u8),
    /// A weekday, Monday = 1, with `last` or `next` where the text has it.
    Weekday {
        day: u8,
        rel: Option<Rel>,
    },
    /// A weekday of a week: `Tuesday of last week`.
    WeekdayOf {
        day: u8,
        rel: Rel,
    },
    /// `last March`, `last summer`: a month or part of a year seen from the day of speaking.
    MonthSeen {
        month: u8,
        rel: Rel,
    },
    PartSeen {
        part: Part,
        rel: Rel,
    },
    /// Days from the day of speaking.
    DayWord(i8),
    /// `three weeks ago`: so many units away, negative before.
    Offset {
        unit: Unit,
        count: i32,
        origin: Origin,
    },
    /// A clock time; the day is that of the mention beside it.
    Clock {
        hour: u8,
        minute: u8,
    },
    /// Told in TIMEX3 already: a duration, a set, `PAST_REF`.
    Duration(String),
    Set(String),
    Reference(&'static str),
}

/// An expression of time in a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Expression {
    pub start: usize,
    pub end: usize,
    pub what: What,
    /// `Monday morning`, `last night`.
    pub part: Option<DayPart>,
    /// A number that is a year only where the text speaks of such years elsewhere.
    pub weak: bool,
    /// How it was read.
    pub how: &'static str,
}
