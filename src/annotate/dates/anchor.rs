//! Expressions to days, months and years: on the day of publication in news, on the time last told in histories, from other evidence where
//! the text has any, and open where it has none.

use super::Context;
use super::expression::{Expression, Origin, Part, What, Year};
use super::lexicon::{Rel, Season, Unit};
use super::order::given_year;
use super::tense::{Tense, tense};
use super::value::{Point, day, day_part};
use crate::article::{DateMention, Granularity, Span};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// How far back, in bytes, a time told is still what `the following day` hangs on in news.
const REACH: usize = 600;
/// A text is a history when it tells at least so many years …
const HISTORY_YEARS: usize = 5;
/// … and half of them lie at least so many years before publication.
const HISTORY_AGE: i16 = 3;

/// Resolves all expressions of a text, in order.
pub(super) fn anchor(text: &str, expressions: Vec<Expression>, context: &Context<'_>) -> Vec<DateMention> {
    let mut anchors = Anchors::new(text, &expressions, context);
    let mut out: Vec<DateMention> = Vec::with_capacity(expressions.len());
    let mut waiting: Option<usize> = None;
    for expression in &expressions {
        let Some(found) = anchors.resolve(expression) else { continue };
        let clock = matches!(expression.what, What::Clock { .. });
        let span = Span::new(expression.start, expression.end);
        let Some(surface) = span.of(text) else { continue };
        // `3 p.m. on 19 July`: the day comes behind.
        if let (Some(i), Some(Point::Day(date))) = (waiting.take(), found.point)
            && let Some(before) = out.get_mut(i).filter(|m: &&mut DateMention| expression.start - m.span.end <= 12)
        {
            before.value = before.value.replacen("XXXX-XX-XX", &Point::Day(date).value(), 1);
            before.reason = "clock time on the day beside it".to_owned();
        }
        if clock && found.value.starts_with("XXXX") {
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
}

impl Found {
    fn at(point: Point, reason: impl Into<String>) -> Option<Found> {
        Some(Found { value: point.value(), granularity: point.granularity(), reason: reason.into(), point: Some(point) })
    }

    fn open(value: impl Into<String>, granularity: Granularity, how: &str) -> Option<Found> {
        Some(Found { value: value.into(), granularity, reason: format!("{how}; nothing tells which"), point: None })
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
            (Some(published), Some(median)) => told && median <= published.year() - HISTORY_AGE,
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
            if let Point::Day(date) = point {
                self.told_day = Some((date, expression.end));
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
            What::YearBefore(year) => {
                Some(Found { value: format!("BC{year:04}"), granularity: Granularity::Year, reason: how.to_owned(), point: None })
            }
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
            What::Clock { hour, minute } => {
                let beside = self.told_day.filter(|(_, end)| self.history || expression.start.saturating_sub(*end) <= 12);
                let date = beside.map_or_else(|| "XXXX-XX-XX".to_owned(), |(date, _)| Point::Day(date).value());
                let reason =
                    if beside.is_some() { "clock time on the day beside it" } else { "clock time; nothing beside it tells the day" };
                Some(Found {
                    value: format!("{date}T{hour:02}:{minute:02}"),
                    granularity: Granularity::Time,
                    reason: reason.to_owned(),
                    point: None,
                })
            }
            What::Stamp { year, month, day: d, hour, minute } => {
                let date = Point::Day(day(*year, *month, *d)?).value();
                Some(Found {
                    value: format!("{date}T{hour:02}:{minute:02}"),
                    granularity: Granularity::Time,
                    reason: how.to_owned(),
                    point: None,
                })
            }
            What::Duration(value) => {
                Some(Found { value: value.clone(), granularity: Granularity::Duration, reason: how.to_owned(), point: None })
            }
            What::Set(value) => Some(Found { value: value.clone(), granularity: Granularity::Set, reason: how.to_owned(), point: None }),
            What::Reference(value) => {
                Some(Found { value: (*value).to_owned(), granularity: Granularity::Unknown, reason: how.to_owned(), point: None })
            }
        }
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

    fn told_day(&self, at: usize) -> Option<Date> {
        self.told_day.filter(|(_, end)| self.history || at.saturating_sub(*end) <= REACH).map(|(date, _)| date)
    }

    /// The year of a month, day or part of a year, and why.
    fn year(&self, year: Year, month: u8, day: Option<u8>, expression: &Expression) -> Option<(i16, String)> {
        let how = expression.how;
        match year {
            Year::Given(year) => Some((year, how.to_owned())),
            Year::Rel(rel) => {
                let base = match rel {
                    Rel::Previous | Rel::Following | Rel::Same => self.told(expression.start).map(Point::year),
                    _ => self.base().map(Date::year),
                };
                let base = base.or_else(|| self.published.map(Date::year)).or(self.hint.map(|(y, _)| y))?;
                Some((base + i16::from(step(rel)), self.based(how)))
            }
            Year::Open if self.history || self.published.is_none() => self.told_year(month, expression),
            Year::Open => self.published_year(month, day, expression),
        }
    }

    /// The year last told, which January enters anew behind December; else the only one the text names; else one from around the text.
    fn told_year(&self, month: u8, expression: &Expression) -> Option<(i16, String)> {
        let how = expression.how;
        if let Some((point, _)) = self.told.filter(|(p, _)| !matches!(p, Point::Decade(_) | Point::Century(_))) {
            let last_month = match point {
                Point::Day(date) => date.month() as u8,
                Point::Month(_, month) => month,
                _ => 0,
            };
            let turn = i16::from(last_month >= 11 && month <= 2);
            return Some((point.year() + turn, format!("{how}; year of the time last told")));
        }
        if let Some(year) = self.only_year {
            return Some((year, format!("{how}; the only year the text names")));
        }
        self.hint.map(|(year, evidence)| (year, format!("{how}; year from {evidence}")))
    }

    /// The year that puts a time nearest to publication, on the side the tense tells.
    fn published_year(&self, month: u8, day: Option<u8>, expression: &Expression) -> Option<(i16, String)> {
        let published = self.published?;
        let how = expression.how;
        // A year told in the sentence before still holds.
        if let Some((year, last_month, end)) = self.stated
            && expression.start.saturating_sub(end) <= NEAR_YEAR
            && year < published.year()
            && last_month <= month
        {
            return Some((year, format!("{how}; year of the date just before")));
        }
        let this = (published.month() as u8, published.day() as u8);
        let later = match day {
            Some(day) => (month, day) > this,
            None => month > this.0,
        };
        let ahead = (i16::from(month) - i16::from(this.0)).rem_euclid(12);
        let tense = tense(self.text, expression.start, expression.end);
        let year = match (tense, later) {
            (Tense::Future, true) | (Tense::Past, false) => published.year(),
            // A few days on is still this year's, whatever the tense: pages are dated before they are finished.
            (Tense::Past, true) if day.is_some() && month == this.0 => published.year(),
            (Tense::Past, true) => published.year() - 1,
            (Tense::Future, false) if ahead != 0 && ahead <= 6 => published.year() + 1,
            (Tense::Future, false) => published.year(),
        };
        Some((year, format!("{how}; nearest to publication, {published}")))
    }

    /// The year of `last March`, `next July`.
    fn seen(&self, month: u8, rel: Rel) -> Option<i16> {
        let base = self.base()?;
        let this = base.month() as u8;
        Some(match rel {
            Rel::Last | Rel::Past | Rel::Previous => base.year() - i16::from(month >= this),
            Rel::Next | Rel::Following => base.year() + i16::from(month <= this),
            Rel::This | Rel::Same => base.year(),
        })
    }

    /// The year of `last summer`, `this winter`.
    fn part_seen(&self, part: Part, rel: Rel) -> Option<i16> {
        if matches!(rel, Rel::Same | Rel::Previous | Rel::Following) {
            return self.told.map(|(point, _)| point.year() + i16::from(step(rel)));
        }
        let base = self.base()?;
        let (this, first) = (base.month() as u8, part.first_month());
        // A winter is named by the year it begins in.
        let winter = part == Part::Season(Season::Winter);
        Some(match rel {
            Rel::Last | Rel::Past if winter => base.year() - 1,
            Rel::Last | Rel::Past => base.year() - i16::from(first + 2 >= this),
            Rel::Next => base.year() + i16::from(first <= this),
            _ => base.year() - i16::from(winter && this <= 2),
        })
    }

    fn unit(&self, unit: Unit, rel: Rel, expression: &Expression) -> Option<Found> {
        let how = expression.how;
        let told = self.history || matches!(rel, Rel::Previous | Rel::Following | Rel::Same);
        let point = if told { self.told_unit(unit, expression.start) } else { None };
        let point = point.or_else(|| {
            let base = if rel == Rel::Same || self.history { None } else { self.base() };
            base.and_then(|b| Point::around(unit, b))
        });
        let Some(point) = point else {
            // The year of a copyright line is the year of speaking.
            if let (Unit::Year, false, Some((year, evidence))) = (unit, told, self.hint) {
                return Found::at(Point::Year(year + i16::from(step(rel))), format!("{how}; year from {evidence}"));
            }
            let (value, granularity) = open_unit(unit);
            return Found::open(value, granularity, how);
        };
        Found::at(shift(point, i32::from(step(rel)))?, if told { format!("{how}; from the time last told") } else { self.based(how) })
    }

    /// The day, month or year last told, as a point of that unit.
    fn told_unit(&self, unit: Unit, at: usize) -> Option<Point> {
        let point = self.told(at)?;
        match (unit, point) {
            (Unit::Year, point) => Some(Point::Year(point.year())),
            (Unit::Decade, point) => Some(Point::Decade(point.year() / 10)),
            (Unit::Month, Point::Month(..)) => Some(point),
            (Unit::Month, Point::Day(date)) => Point::around(unit, date),
            (Unit::Quarter, Point::Month(y, m)) => Some(Point::Part(y, Part::Quarter(m.div_ceil(3)))),
            (Unit::Quarter, Point::Part(_, Part::Quarter(_))) => Some(point),
            (Unit::Week, Point::Week(_)) => Some(point),
            (Unit::Day | Unit::Week | Unit::Weekend, _) => self.told_day(at).and_then(|date| Point::around(unit, date)),
            _ => None,
        }
    }

    fn weekday(&self, wanted: u8, rel: Option<Rel>, expression: &Expression) -> Option<Found> {
        let how = expression.how;
        let Some(base) = self.base().or_else(|| self.told_day(expression.start)) else {
            return Found::open(format!("XXXX-WXX-{wanted}"), Granularity::Day, how);
        };
        let weekday = Weekday::from_monday_one_offset(wanted as i8).ok()?;
        let back = i64::from(base.weekday().since(weekday));
        let forward = i64::from(weekday.since(base.weekday()));
        let (days, why) = match rel {
            Some(Rel::Last | Rel::Past | Rel::Previous) => (if back == 0 { -7 } else { -back }, self.based(how)),
            Some(Rel::Next | Rel::Following) => (if forward == 0 { 7 } else { forward }, self.based(how)),
            Some(_) => (i64::from(wanted) - i64::from(base.weekday().to_monday_one_offset()), self.based(how)),
            None if self.history || self.published.is_none() => (forward, format!("{how}; first behind the day last told")),
            None => match tense(self.text, expression.start, expression.end) {
                Tense::Past => (-back, format!("{how}; last before publication, {base}")),
                Tense::Future => (forward, format!("{how}; first behind publication, {base}")),
            },
        };
        Found::at(Point::Day(base.checked_add(days.days()).ok()?), why)
    }

    fn offset(&self, unit: Unit, count: i32, origin: Origin, expression: &Expression) -> Option<Found> {
        let how = expression.how;
        let (point, why) = match origin {
            Origin::Speech => (self.base().and_then(|b| Point::around(unit, b)), self.based(how)),
            Origin::Told => match self.told_unit(unit, expression.start) {
                Some(point) => (Some(point), format!("{how}; from the time last told")),
                None if self.history => (None, String::new()),
                None => (self.base().and_then(|b| Point::around(unit, b)), self.based(how)),
            },
        };
        let Some(point) = point else {
            if matches!(unit, Unit::Hour | Unit::Minute | Unit::Second) {
                return Found::open("XXXX-XX-XXTXX", Granularity::Time, how);
            }
            let (value, granularity) = open_unit(unit);
            return Found::open(value, granularity, how);
        };
        let count = if unit == Unit::Fortnight { count.checked_mul(2)? } else { count };
        Found::at(shift(point, count)?, why)
    }
}

/// How far a year told in the words before holds for a month without one, in bytes.
const NEAR_YEAR: usize = 100;

/// The steps a deictic word takes.
fn step(rel: Rel) -> i8 {
    match rel {
        Rel::Last | Rel::Past | Rel::Previous => -1,
        Rel::This | Rel::Same => 0,
        Rel::Next | Rel::Following => 1,
    }
}

/// A point so many of its own units on; `None` where the calendar ends.
fn shift(point: Point, count: i32) -> Option<Point> {
    let wide = i64::from(count);
    let year = |y: i16, n: i64| i16::try_from(i64::from(y) + n).ok().filter(|y| (0..=9999).contains(y));
    Some(match point {
        Point::Day(date) => Point::Day(date.checked_add(jiff::Span::new().try_days(wide).ok()?).ok()?),
        Point::Week(date) => Point::Week(date.checked_add(jiff::Span::new().try_weeks(wide).ok()?).ok()?),
        Point::Weekend(date) => Point::Weekend(date.checked_add(jiff::Span::new().try_weeks(wide).ok()?).ok()?),
        Point::Month(y, m) => {
            let months = i64::from(y) * 12 + i64::from(m) - 1 + wide;
            Point::Month(year(0, months.div_euclid(12))?, months.rem_euclid(12) as u8 + 1)
        }
        Point::Part(y, Part::Quarter(q)) => {
            let quarters = i64::from(y) * 4 + i64::from(q) - 1 + wide;
            Point::Part(year(0, quarters.div_euclid(4))?, Part::Quarter(quarters.rem_euclid(4) as u8 + 1))
        }
        Point::Part(y, part) => Point::Part(year(y, wide)?, part),
        Point::Year(y) => Point::Year(year(y, wide)?),
        Point::Decade(d) => Point::Decade(year(d, wide)?),
        Point::Century(c) => Point::Century(year(c, wide)?),
    })
}

/// What is written where nothing tells which unit is meant.
fn open_unit(unit: Unit) -> (&'static str, Granularity) {
    match unit {
        Unit::Day => ("XXXX-XX-XX", Granularity::Day),
        Unit::Week | Unit::Fortnight => ("XXXX-WXX", Granularity::Week),
        Unit::Weekend => ("XXXX-WXX-WE", Granularity::Week),
        Unit::Month => ("XXXX-XX", Granularity::Month),
        Unit::Quarter => ("XXXX-QX", Granularity::Quarter),
        Unit::Year => ("XXXX", Granularity::Year),
        Unit::Decade => ("XXX", Granularity::Decade),
        Unit::Century => ("XX", Granularity::Decade),
        Unit::Hour | Unit::Minute | Unit::Second => ("XXXX-XX-XXTXX", Granularity::Time),
    }
}
