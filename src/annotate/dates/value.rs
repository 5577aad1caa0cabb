//! A resolved time, and how TIMEX3 writes it.

use super::expression::Part;
use super::lexicon::{DayPart, Season, Unit};
use crate::article::Granularity;
use jiff::civil::Date;

/// A place in the calendar, as exact as the text told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Point {
    Day(Date),
    Week(Date),
    Weekend(Date),
    Month(i16, u8),
    Part(i16, Part),
    Year(i16),
    /// The first three digits of the years.
    Decade(i16),
    /// The first two digits of the years.
    Century(i16),
}

impl Point {
    pub(super) fn year(self) -> i16 {
        match self {
            Point::Day(d) | Point::Week(d) | Point::Weekend(d) => d.year(),
            Point::Month(y, _) | Point::Part(y, _) | Point::Year(y) => y,
            Point::Decade(d) => d * 10,
            Point::Century(c) => c * 100,
        }
    }

    /// The point of that unit around a day.
    pub(super) fn around(unit: Unit, day: Date) -> Option<Point> {
        Some(match unit {
            Unit::Day => Point::Day(day),
            Unit::Week | Unit::Fortnight => Point::Week(day),
            Unit::Weekend => Point::Weekend(day),
            Unit::Month => Point::Month(day.year(), day.month() as u8),
            Unit::Quarter => Point::Part(day.year(), Part::Quarter((day.month() as u8).div_ceil(3))),
            Unit::Year => Point::Year(day.year()),
            Unit::Decade => Point::Decade(day.year() / 10),
            Unit::Century => Point::Century(day.year() / 100),
            Unit::Hour | Unit::Minute | Unit::Second => return None,
        })
    }

    pub(super) fn value(self) -> String {
        match self {
            Point::Day(d) => format!("{:04}-{:02}-{:02}", d.year(), d.month(), d.day()),
            Point::Week(d) => format!("{:04}-W{:02}", d.iso_week_date().year(), d.iso_week_date().week()),
            Point::Weekend(d) => format!("{:04}-W{:02}-WE", d.iso_week_date().year(), d.iso_week_date().week()),
            Point::Month(y, m) => format!("{y:04}-{m:02}"),
            Point::Part(y, part) => format!("{y:04}-{}", part.letters()),
            Point::Year(y) => format!("{y:04}"),
            Point::Decade(d) => format!("{d:03}"),
            Point::Century(c) => format!("{c:02}"),
        }
    }

    pub(super) fn granularity(self) -> Granularity {
        match self {
            Point::Day(_) => Granularity::Day,
            Point::Week(_) | Point::Weekend(_) => Granularity::Week,
            Point::Month(..) => Granularity::Month,
            Point::Part(_, part) => part.granularity(),
            Point::Year(_) => Granularity::Year,
            Point::Decade(_) | Point::Century(_) => Granularity::Decade,
        }
    }
}

impl Part {
    pub(super) fn letters(self) -> String {
        match self {
            Part::Quarter(n) => format!("Q{n}"),
            Part::Half(n) => format!("H{n}"),
            Part::Season(Season::Spring) => "SP".to_owned(),
            Part::Season(Season::Summer) => "SU".to_owned(),
            Part::Season(Season::Autumn) => "FA".to_owned(),
            Part::Season(Season::Winter) => "WI".to_owned(),
        }
    }

    pub(super) fn granularity(self) -> Granularity {
        match self {
            Part::Quarter(_) => Granularity::Quarter,
            Part::Half(_) => Granularity::Half,
            Part::Season(_) => Granularity::Season,
        }
    }

    /// The month it begins with.
    pub(super) fn first_month(self) -> u8 {
        match self {
            Part::Quarter(n) => n * 3 - 2,
            Part::Half(n) => n * 6 - 5,
            Part::Season(Season::Spring) => 3,
            Part::Season(Season::Summer) => 6,
            Part::Season(Season::Autumn) => 9,
            Part::Season(Season::Winter) => 12,
        }
    }
}

/// The mark of a part of the day behind the day.
pub(super) fn day_part(part: DayPart) -> &'static str {
    match part {
        DayPart::Morning => "TMO",
        DayPart::Midday => "TMI",
        DayPart::Afternoon => "TAF",
        DayPart::Evening => "TEV",
        DayPart::Night => "TNI",
    }
}

/// A day where the calendar has it: no 31 June.
pub(super) fn day(year: i16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, month as i8, day as i8).ok()
}
