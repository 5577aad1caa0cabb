//! Expressions to days, months and years: on the day of publication in news, on the time last told in histories, from other evidence where
//! the text has any, and open where it has none.

mod step;
mod year;

use super::Context;
use super::expression::{Expression, Origin, What};
use super::lexicon::Rel;
use super::order::given_year;
use super::value::{Point, day, day_part};
use crate::article::{DateMention, Granularity, Span};
use jiff::ToSpan;
use jiff::civil::Date;

use step::step;

/// How far back, in bytes, a time told is still what `the following day` hangs on in news.
const REACH: usize = 600;
/// A text is a history when it tells at least so many years …
const HISTORY_YEARS: usize = 5;
/// … half of them lie at least so many years before publication …
const HISTORY_AGE: i16 = 3;
/// … and no more than one in so many is of the year of publication or the one before: who reports speaks of his own time.
const RECENT: usize = 6;
/// How far a clock time and its day may stand apart, in bytes: `10:30 on 19 July`.
const BESIDE: usize = 12;

/// Resolves all expressions of a text, in order.
pub(super) fn anchor(text: &str, expressions: Vec<Expression>, context: &Context<'_>) -> Vec<DateMention> {
    let mut anchors = Anchors::new(text, &expressions, context);
    let mut out: Vec<DateMention> = Vec::with_capacity(expressions.len());
    let mut waiting: Option<usize> = None;
    for expression in &expressions {
        let Some(found) = anchors.resolve(expression) else { continue };
        let clock = matches!(expression.what, What::Clock { .. }) && !found.beside;
        let span = Span::new(expression.start, expression.end);
        let Some(surface) = span.of(text) else { continue };
        // `3 p.m. on 19 July`: the day comes behind.
        if let (Some(i), Some(Point::Day(date))) = (waiting.take(), found.point)
            && let Some(before) = out
                .get_mut(i)
                .filter(|m: &&mut DateMention| expression.start - m.span.end <= BESIDE && joins(text.get(m.span.end..expression.start)))
        {
            before.value =
                before.value.find('T').map_or_else(String::new, |at| Point::Day(date).value() + before.value.get(at..).unwrap_or_default());
            before.reason = "clock time on the day beside it".to_owned();
        }
        if clock {
            waiting = Some(out.len());
        }
        out.push(DateMention {
            surface: surface.to_owned(),
            span,
            value: found.value,
            granularity: found.granularity,
            reason: found.reason,
        });
    }
    out
}

/// Whether what stands between a clock time and a day parts no sentences.
fn joins(between: Option<&str>) -> bool {
    between.is_some_and(|between| !between.contains(['.', ';', '\n']))
}

/// Whether an expression makes sense on the day of speaking only.
fn is_spoken(what: &What) -> bool {
    match what {
        What::Weekday { .. } | What::WeekdayOf { .. } => true,
        What::DayWord(days) => *days != 0,
        What::Offset { origin, .. } => *origin == Origin::Speech,
        What::Unit { rel, .. } => matches!(rel, Rel::Last | Rel::This),
        _ => false,
    }
}

/// A resolved expression.
struct Found {
    value: String,
    granularity: Granularity,
    reason: String,
    point: Option<Point>,
    /// A clock time whose day stands right before it.
    beside: bool,
}

impl Found {
    fn at(point: Point, reason: impl Into<String>) -> Option<Found> {
        Some(Found { value: point.value(), granularity: point.granularity(), reason: reason.into(), point: Some(point), beside: false })
    }

    fn open(value: impl Into<String>, granularity: Granularity, how: &str) -> Option<Found> {
        Some(Found { value: value.into(), granularity, reason: format!("{how}; nothing tells which"), point: None, beside: false })
    }

    /// What is no place in the calendar.
    fn unplaced(value: impl Into<String>, granularity: Granularity, reason: impl Into<String>) -> Option<Found> {
        Some(Found { value: value.into(), granularity, reason: reason.into(), point: None, beside: false })
    }
}

/// The days a text is read from.
struct Anchors<'a> {
    text: &'a str,
    published: Option<Date>,
    hint: Option<(i16, &'a str)>,
    /// Told as a history: every open time hangs on the one before.
    history: bool,
    /// The only year the text names, where it is one.
    only_year: Option<i16>,
    /// The time last told and where it ends.
    told: Option<(Point, usize)>,
    told_day: Option<(Date, usize)>,
    /// The month last told.
    told_month: Option<(i16, u8, usize)>,
    /// The year last written, its month (0 where none), and where that ends.
    stated: Option<(i16, u8, usize)>,
}

impl<'a> Anchors<'a> {
    fn new(text: &'a str, expressions: &[Expression], context: &Context<'a>) -> Self {
        let mut years: Vec<i16> = expressions.iter().filter_map(|e| given_year(&e.what)).collect();
        years.sort_unstable();
        let median = years.get(years.len() / 2).copied();
        // News names days by the day of speaking; a history hardly ever does.
        let spoken = expressions.iter().filter(|e| is_spoken(&e.what)).count();
        let told = years.len() >= HISTORY_YEARS && years.len() >= spoken * 4;
        let history = match (context.published, median) {
            (Some(published), Some(median)) => {
                let recent = years.iter().filter(|year| **year >= published.year() - 1).count();
                // Who never speaks of his own day may tell of last year too.
                let own_time = recent * RECENT > years.len() && (spoken > 0 || years.len() < HISTORY_YEARS * 3);
                told && median <= published.year() - HISTORY_AGE && !own_time
            }
            (None, Some(_)) => told,
            _ => false,
        };
        let only_year = years.first().copied().filter(|y| years.last() == Some(y));
        Anchors {
            text,
            published: context.published,
            hint: context.year_hint,
            history,
            only_year,
            told: None,
            told_day: None,
            told_month: None,
            stated: None,
        }
    }

    fn resolve(&mut self, expression: &Expression) -> Option<Found> {
        let mut found = self.meaning(expression)?;
        if let Some(year) = given_year(&expression.what) {
            let month = match expression.what {
                What::Month { month, .. } | What::Day { month, .. } => month,
                _ => 0,
            };
            self.stated = Some((year, month, expression.end));
        }
        if let Some(point) = found.point {
            self.told = Some((point, expression.end));
            match point {
                Point::Day(date) => {
                    self.told_day = Some((date, expression.end));
                    self.told_month = Some((date.year(), date.month() as u8, expression.end));
                }
                Point::Month(year, month) => self.told_month = Some((year, month, expression.end)),
                _ => {}
            }
        }
        if let Some(part) = expression.part {
            found.value.push_str(day_part(part));
            found.granularity = Granularity::Time;
        }
        Some(found)
    }

    fn meaning(&self, expression: &Expression) -> Option<Found> {
        let how = expression.how;
        match &expression.what {
            What::Year(year) => Found::at(Point::Year(*year), how),
            What::YearBefore(year) => Found::unplaced(format!("BC{year:04}"), Granularity::Year, how),
            What::Decade(decade) => Found::at(Point::Decade(*decade), how),
            What::Century(century) => Found::at(Point::Century(*century), how),
            What::Month { year, month } => match self.year(*year, *month, None, expression) {
                Some((year, reason)) => Found::at(Point::Month(year, *month), reason),
                None => Found::open(format!("XXXX-{month:02}"), Granularity::Month, how),
            },
            What::Day { year, month, day: d } => match self.year(*year, *month, Some(*d), expression) {
                Some((year, reason)) => Found::at(Point::Day(day(year, *month, *d)?), reason),
                None => {
                    // A leap year knows every day a month may have.
                    day(2024, *month, *d)?;
                    Found::open(format!("XXXX-{month:02}-{d:02}"), Granularity::Day, how)
                }
            },
            What::PartOfYear { year, part } => match self.year(*year, part.first_month(), None, expression) {
                Some((year, reason)) => Found::at(Point::Part(year, *part), reason),
                None => Found::open(format!("XXXX-{}", part.letters()), part.granularity(), how),
            },
            What::MonthSeen { month, rel } => match self.seen(*month, *rel) {
                Some(year) => Found::at(Point::Month(year, *month), self.based(how)),
                None => Found::open(format!("XXXX-{month:02}"), Granularity::Month, how),
            },
            What::PartSeen { part, rel } => match self.part_seen(*part, *rel) {
                Some(year) => Found::at(Point::Part(year, *part), self.based(how)),
                None => Found::open(format!("XXXX-{}", part.letters()), part.granularity(), how),
            },
            What::Unit { unit, rel } => self.unit(*unit, *rel, expression),
            What::Around(unit) => self.unit(*unit, if self.history { Rel::Same } else { Rel::This }, expression),
            What::Weekend => self.weekend(expression),
            What::DayOfMonth(number) => match self.told_month(expression.start) {
                Some((year, month)) => Found::at(Point::Day(day(year, month, *number)?), format!("{how}; of the month last told")),
                None => None,
            },
            What::Weekday { day, rel } => self.weekday(*day, *rel, expression),
            What::WeekdayOf { day, rel } => {
                let Some(base) = self.base() else { return Found::open(format!("XXXX-WXX-{day}"), Granularity::Day, how) };
                let monday = base.checked_sub(i64::from(base.weekday().to_monday_zero_offset()).days()).ok()?;
                let week = i64::from(step(*rel)) * 7 + i64::from(*day) - 1;
                Found::at(Point::Day(monday.checked_add(week.days()).ok()?), self.based(how))
            }
            What::DayWord(days) => match self.base() {
                Some(base) => Found::at(Point::Day(base.checked_add(i64::from(*days).days()).ok()?), self.based(how)),
                None if *days == 0 && expression.part.is_none() => Found::open("PRESENT_REF", Granularity::Unknown, how),
                None => Found::open("XXXX-XX-XX", Granularity::Day, how),
            },
            What::Offset { unit, count, origin } => self.offset(*unit, *count, *origin, expression),
            What::Clock { hour, minute } => self.clock(*hour, *minute, expression),
            What::Duration(value) => Found::unplaced(value.clone(), Granularity::Duration, how),
            What::Set(value) => Found::unplaced(value.clone(), Granularity::Set, how),
            What::Reference(value) => Found::unplaced(*value, Granularity::Unknown, how),
        }
    }

    /// A clock time on the day right before it, else on the day told, else on that of publication.
    fn clock(&self, hour: u8, minute: u8, expression: &Expression) -> Option<Found> {
        let near = self.told_day.filter(|(_, end)| expression.start.saturating_sub(*end) <= BESIDE);
        let date = near.map(|(date, _)| date).or_else(|| self.told_day(expression.start)).or(self.published);
        let day = date.map_or_else(|| "XXXX-XX-XX".to_owned(), |date| Point::Day(date).value());
        let reason = match (near, date) {
            (Some(_), _) => "clock time on the day beside it",
            (None, Some(_)) => "clock time; the day is that told before, or of publication",
            (None, None) => "clock time; nothing tells the day",
        };
        let found = Found::unplaced(format!("{day}T{hour:02}:{minute:02}"), Granularity::Time, reason)?;
        Some(Found { beside: near.is_some(), ..found })
    }

    /// The day that `today` is: of publication in news, last told in a history.
    fn base(&self) -> Option<Date> {
        if self.history { self.told_day.map(|(date, _)| date).or(self.published) } else { self.published }
    }

    fn based(&self, how: &str) -> String {
        match (self.history && self.told_day.is_some(), self.published) {
            (true, _) => format!("{how}; from the day last told"),
            (false, Some(published)) => format!("{how}; published {published}"),
            (false, None) => how.to_owned(),
        }
    }

    /// The time told that is near enough to hang on.
    fn told(&self, at: usize) -> Option<Point> {
        self.told.filter(|(_, end)| self.history || at.saturating_sub(*end) <= REACH).map(|(point, _)| point)
    }

    fn told_month(&self, at: usize) -> Option<(i16, u8)> {
        self.told_month.filter(|(.., end)| self.history || at.saturating_sub(*end) <= REACH).map(|(year, month, _)| (year, month))
    }

    fn told_day(&self, at: usize) -> Option<Date> {
        self.told_day.filter(|(_, end)| self.history || at.saturating_sub(*end) <= REACH).map(|(date, _)| date)
    }
}
