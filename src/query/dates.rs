//! Days and ranges of days, as queries and TIMEX3 values write them.

use crate::index::day_of;
use jiff::Span;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use std::fmt;

/// A range of days as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateRange {
    /// First day; `None` is open.
    pub first: Option<Date>,
    /// Last day; `None` is open.
    pub last: Option<Date>,
    pub(super) text: String,
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl DateRange {
    /// Reads `2021`, `2021-07`, `2021-07-19`, `2021-Q3`, `2021-W29`, and ranges of them: `2021-07..2021-09`, `2021-07..`, `..2021`.
    pub fn parse(text: &str) -> Option<DateRange> {
        let (first, last) = match text.split_once("..") {
            None => {
                let (first, last) = bounds(text)?;
                (Some(first), Some(last))
            }
            Some(("", "")) => return None,
            Some((from, "")) => (Some(bounds(from)?.0), None),
            Some(("", to)) => (None, Some(bounds(to)?.1)),
            Some((from, to)) => (Some(bounds(from)?.0), Some(bounds(to)?.1)),
        };
        Some(DateRange { first, last, text: text.to_owned() })
    }
}

impl DateRange {
    /// As [`parse`](DateRange::parse), and times as seen from `today`: `today`, `yesterday`, `this month`, `last week`, `last 30 days`.
    ///
    /// ```
    /// let today = "2021-07-21".parse().unwrap();
    /// let range = demarche::DateRange::parse_on("last month", today).unwrap();
    /// assert_eq!((range.first.unwrap().to_string(), range.last.unwrap().to_string()), ("2021-06-01".into(), "2021-06-30".into()));
    /// ```
    pub fn parse_on(text: &str, today: Date) -> Option<DateRange> {
        if let Some(range) = Self::parse(text) {
            return Some(range);
        }
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split_whitespace().collect();
        let before = |span: Span| today.checked_sub(span).ok();
        let (first, last) = match words.as_slice() {
            ["today"] => (today, today),
            ["yesterday"] => (today.yesterday().ok()?, today.yesterday().ok()?),
            ["this", unit] => unit_around(today, unit)?,
            ["last" | "past", unit @ ("week" | "month" | "year")] => {
                let one = Span::new();
                let one = match *unit {
                    "week" => one.weeks(1),
                    "month" => one.months(1),
                    _ => one.years(1),
                };
                unit_around(before(one)?, unit)?
            }
            ["last" | "past", number, unit] => {
                let number: i64 = number.parse().ok().filter(|n| (1..=1000).contains(n))?;
                let span = match unit.trim_end_matches('s') {
                    "day" => Span::new().days(number),
                    "week" => Span::new().weeks(number),
                    "month" => Span::new().months(number),
                    "year" => Span::new().years(number),
                    _ => return None,
                };
                (before(span)?.tomorrow().ok()?, today)
            }
            _ => return None,
        };
        Some(DateRange { first: Some(first), last: Some(last), text: format!("{first}..{last}") })
    }
}

/// The week, month or year that a day lies in.
fn unit_around(day: Date, unit: &str) -> Option<(Date, Date)> {
    match unit {
        "week" => {
            let week = day.iso_week_date();
            Some((week.first_of_week().ok()?.date(), week.last_of_week().ok()?.date()))
        }
        "month" => Some((day.first_of_month(), day.last_of_month())),
        "year" => Some((day.first_of_year(), day.last_of_year())),
        _ => None,
    }
}

/// First and last day of a TIMEX3 value in days since 1970, where it names a calendar time.
pub(crate) fn days_of(value: &str) -> Option<(i64, i64)> {
    // A time of day lies in its day.
    let value = value.split('T').next()?;
    bounds(value).map(|(first, last)| (day_of(first), day_of(last)))
}

fn bounds(text: &str) -> Option<(Date, Date)> {
    let number =
        |s: &str, digits: usize| (s.len() == digits && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<i16>().ok()).flatten();
    let mut parts = text.split('-');
    let year_text = parts.next()?;
    let month_span =
        |year: i16, first: i8, last: i8| Some((Date::new(year, first, 1).ok()?, Date::new(year, last, 1).ok()?.last_of_month()));
    if year_text.len() == 3 && text.len() == 3 {
        let decade = number(year_text, 3)? * 10;
        return Some((Date::new(decade, 1, 1).ok()?, Date::new(decade + 9, 12, 31).ok()?));
    }
    let year = number(year_text, 4)?;
    let Some(second) = parts.next() else { return month_span(year, 1, 12) };
    let third = parts.next();
    if parts.next().is_some() {
        return None;
    }
    if let Some(week) = second.strip_prefix('W') {
        let week = i8::try_from(number(week, 2)?).ok()?;
        let monday = ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date();
        let sunday = ISOWeekDate::new(year, week, Weekday::Sunday).ok()?.date();
        return match third {
            None => Some((monday, sunday)),
            Some("WE") => Some((ISOWeekDate::new(year, week, Weekday::Saturday).ok()?.date(), sunday)),
            Some(_) => None,
        };
    }
    match (second, third) {
        ("Q1", None) => month_span(year, 1, 3),
        ("Q2", None) => month_span(year, 4, 6),
        ("Q3", None) => month_span(year, 7, 9),
        ("Q4", None) => month_span(year, 10, 12),
        ("H1", None) => month_span(year, 1, 6),
        ("H2", None) => month_span(year, 7, 12),
        ("SP", None) => month_span(year, 3, 5),
        ("SU", None) => month_span(year, 6, 8),
        ("FA", None) => month_span(year, 9, 11),
        ("WI", None) => Some((Date::new(year, 12, 1).ok()?, Date::new(year.checked_add(1)?, 2, 1).ok()?.last_of_month())),
        (month, None) => {
            let month = i8::try_from(number(month, 2)?).ok()?;
            month_span(year, month, month)
        }
        (month, Some(day)) => {
            let (month, day) = (i8::try_from(number(month, 2)?).ok()?, i8::try_from(number(day, 2)?).ok()?);
            let date = Date::new(year, month, day).ok()?;
            Some((date, date))
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_a_time_has_its_days() {
        for (text, first, last) in [
            ("2021", "2021-01-01", "2021-12-31"),
            ("2020-02", "2020-02-01", "2020-02-29"),
            ("2021-07-19", "2021-07-19", "2021-07-19"),
            ("2021-Q3", "2021-07-01", "2021-09-30"),
            ("2021-W29", "2021-07-19", "2021-07-25"),
            ("2021-H1", "2021-01-01", "2021-06-30"),
            ("201", "2010-01-01", "2019-12-31"),
            ("2021-07..2021-09", "2021-07-01", "2021-09-30"),
        ] {
            let range = DateRange::parse(text).unwrap();
            assert_eq!((range.first, range.last), (first.parse().ok(), last.parse().ok()), "{text}");
        }
        assert_eq!(DateRange::parse("2021-07..").unwrap().last, None);
        for bad in ["", "..", "21", "2021-13", "2021-7", "2021-02-30", "XXXX-07-19", "P3D", "2021-07-19-01", "yesterday"] {
            assert_eq!(DateRange::parse(bad), None, "{bad}");
        }
        let today = "2021-03-31".parse().unwrap();
        for (text, first, last) in [
            ("today", "2021-03-31", "2021-03-31"),
            ("Yesterday", "2021-03-30", "2021-03-30"),
            ("last week", "2021-03-22", "2021-03-28"),
            ("this year", "2021-01-01", "2021-12-31"),
            ("last month", "2021-02-01", "2021-02-28"),
            ("last 2 days", "2021-03-30", "2021-03-31"),
            ("past 3 months", "2021-01-01", "2021-03-31"),
            ("2020", "2020-01-01", "2020-12-31"),
        ] {
            let range = DateRange::parse_on(text, today).unwrap();
            assert_eq!((range.first, range.last), (first.parse().ok(), last.parse().ok()), "{text}");
        }
        assert_eq!(DateRange::parse_on("last century", today), None);
        assert_eq!(days_of("1970-01-02T10:00"), Some((1, 1)));
    }
}
