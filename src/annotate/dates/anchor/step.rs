//! Times so many steps from another: `last month`, `on Tuesday`, `three weeks ago`, `two days later`.

use super::super::expression::{Expression, Origin, Part};
use super::super::lexicon::{Rel, Unit};
use super::super::tense::{Tense, tense};
use super::super::value::Point;
use super::{Anchors, Found};
use crate::article::Granularity;
use jiff::ToSpan;
use jiff::civil::Weekday;

impl Anchors<'_> {
    pub(super) fn unit(&self, unit: Unit, rel: Rel, expression: &Expression) -> Option<Found> {
        let how = expression.how;
        // `this year`, `last year` are said of the writer's own time even in a history.
        let spoken = unit == Unit::Year && self.published.is_some() && matches!(rel, Rel::Last | Rel::Past | Rel::This | Rel::Next);
        let told = self.history && !spoken || matches!(rel, Rel::Previous | Rel::Following | Rel::Same);
        let point = if told { self.told_unit(unit, expression.start) } else { None };
        let point = point.or_else(|| {
            let base = if rel == Rel::Same || told && self.history {
                None
            } else if spoken {
                self.published
            } else {
                self.base()
            };
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
            (Unit::Month, _) => self.told_month(at).map(|(year, month)| Point::Month(year, month)),
            (Unit::Quarter, Point::Month(y, m)) => Some(Point::Part(y, Part::Quarter(m.div_ceil(3)))),
            (Unit::Quarter, Point::Part(_, Part::Quarter(_))) => Some(point),
            (Unit::Week, Point::Week(_)) => Some(point),
            (Unit::Day | Unit::Week | Unit::Weekend, _) => self.told_day(at).and_then(|date| Point::around(unit, date)),
            _ => None,
        }
    }

    /// `over the weekend`: the last before publication or the next behind it, by the tense.
    pub(super) fn weekend(&self, expression: &Expression) -> Option<Found> {
        let Some(base) = self.base() else { return Found::open("XXXX-WXX-WE", Granularity::Week, expression.how) };
        let within = base.weekday().to_monday_one_offset() >= 6;
        let back = !within && tense(self.text, expression.start, expression.end) == Tense::Past;
        let day = if back { base.checked_sub(7.days()).ok()? } else { base };
        Found::at(Point::Weekend(day), self.based(expression.how))
    }

    pub(super) fn weekday(&self, wanted: u8, rel: Option<Rel>, expression: &Expression) -> Option<Found> {
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
                Tense::Future | Tense::Would => (forward, format!("{how}; first behind publication, {base}")),
            },
        };
        Found::at(Point::Day(base.checked_add(days.days()).ok()?), why)
    }

    pub(super) fn offset(&self, unit: Unit, count: i32, origin: Origin, expression: &Expression) -> Option<Found> {
        let how = expression.how;
        let (point, why) = match origin {
            Origin::Speech => (self.published.or_else(|| self.base()).and_then(|b| Point::around(unit, b)), self.based(how)),
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

/// The steps a deictic word takes.
pub(super) fn step(rel: Rel) -> i8 {
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
