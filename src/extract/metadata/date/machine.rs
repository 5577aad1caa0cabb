//! Days written for programs: ISO 8601, RFC 2822, Unix seconds, and what people put into such fields instead.

use super::scan::{Found, Locale, days};
use jiff::civil::Date;

/// The day of a value of a field made for dates, in the zone the value is written in.
pub(in crate::extract) fn day(value: &str, locale: Locale<'_>) -> Option<Found> {
    let value = value.trim();
    let whole = |day: Date| Some(Found { range: 0..value.len(), day, ambiguous: false, swapped: None });
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let number = |range: std::ops::Range<usize>| value.get(range).and_then(|part| part.parse::<i16>().ok());
    let civil =
        |year: i16, month: i16, day: i16| super::plausible(Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?);
    match digits {
        // 20210719, 20210719T0800, 202107190800, 20210719080000
        8 | 12 | 14 => civil(number(0..4)?, number(4..6)?, number(6..8)?).and_then(whole),
        // Seconds or milliseconds since 1970; the day is that of UTC.
        10 | 13 if digits == value.len() => {
            let seconds = value.get(..10)?.parse::<i64>().ok()?;
            let day = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date();
            super::plausible(day).and_then(whole)
        }
        // 2021-07-19T08:00:00+12:00, 2021/07/19: the fast way.
        4 if matches!(value.as_bytes().get(4), Some(b'-' | b'/' | b'.')) && value.as_bytes().get(7) == value.as_bytes().get(4) => {
            match civil(number(0..4)?, number(5..7)?, number(8..10)?) {
                Some(day) => whole(day),
                None => days(value, locale).into_iter().next(),
            }
        }
        _ => days(value, locale).into_iter().next().or_else(|| {
            // "Mon Jul 19 08:00:00 CEST 2021" of Java and C: the clock and the zone stand inside the date.
            let zone = |word: &str| word.contains(':') || word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
            let without: Vec<&str> = value.split_whitespace().filter(|word| !zone(word)).take(8).collect();
            days(&without.join(" "), locale).into_iter().next().map(|found| Found { range: 0..value.len(), ..found })
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_programs_write() {
        for value in [
            "2021-07-19",
            "2021-07-19T23:30:00-11:00",
            "2021-07-19 08:00",
            "2021/07/19",
            "20210719",
            "20210719T080000Z",
            "Mon, 19 Jul 2021 08:00:00 GMT",
            "Mon Jul 19 2021 08:00:00 GMT+1200",
            "Mon Jul 19 08:00:00 CEST 2021",
            "July 19, 2021",
            "1626681600",
            "1626681600000",
            " 2021-07-19T08:00:00.000+0000",
        ] {
            assert_eq!(day(value, Locale::default()).map(|f| f.day.to_string()).as_deref(), Some("2021-07-19"), "{value}");
        }
    }

    #[test]
    fn nonsense_is_no_day() {
        for value in ["", "0000-00-00", "1970-01-01T00:00:00Z", "0", "2021", "2021-13-45", "now", "99999999999999999999"] {
            assert_eq!(day(value, Locale::default()), None, "{value}");
        }
    }

    proptest! {
        #[test]
        fn no_value_panics(value in "\\PC{0,60}") {
            let _ = day(&value, Locale::default());
        }
    }
}
