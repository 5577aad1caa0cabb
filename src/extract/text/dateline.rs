//! Days as lines near the headline write them.

use jiff::civil::Date;
use regex::Regex;
use std::sync::OnceLock;

/// Beginnings of month names, by month: English, German, French, Spanish, Italian, Portuguese, Dutch, the Nordic languages.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "янв"],
    &["feb", "fév", "fev", "фев"],
    &["mar", "mär", "maa", "мар"],
    &["apr", "avr", "abr", "апр"],
    &["may", "mai", "maj", "mag", "mei", "май", "мая"],
    &["jun", "juin", "giu", "июн"],
    &["jul", "juil", "lug", "июл"],
    &["aug", "aoû", "aou", "ago", "авг"],
    &["sep", "set", "сен"],
    &["oct", "okt", "ott", "out", "окт"],
    &["nov", "ноя"],
    &["dec", "dez", "déc", "dic", "des", "дек"],
];

struct Patterns {
    iso: Regex,
    day_month: Regex,
    month_day: Regex,
    numeric: Regex,
}

fn patterns() -> &'static Patterns {
    static PATTERNS: OnceLock<Patterns> = OnceLock::new();
    #[expect(clippy::expect_used, reason = "the patterns are part of the program; a test uses each")]
    PATTERNS.get_or_init(|| Patterns {
        iso: Regex::new(r"\b((?:19|20)\d\d)[-/.年_](\d{1,2})[-/.月_](\d{1,2})").expect("a valid pattern"),
        day_month: Regex::new(r"\b(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[ -](?:de |of )?(\p{L}{3,12})\.?,?[ -](?:de |del )?((?:19|20)\d\d)\b")
            .expect("a valid pattern"),
        month_day: Regex::new(r"(\p{L}{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (?:at )?((?:19|20)\d\d)\b").expect("a valid pattern"),
        numeric: Regex::new(r"\b(\d{1,2})([./-])(\d{1,2})[./-]((?:19|20)\d\d)\b").expect("a valid pattern"),
    })
}

/// Whether a line names a day with its year.
pub(super) fn holds_date(line: &str) -> bool {
    line.bytes().any(|b| b.is_ascii_digit()) && {
        let p = patterns();
        p.iso.is_match(line) || p.numeric.is_match(line) || first_named(line).is_some()
    }
}

/// The first day a line names with its year, `YYYY-MM-DD`; none where its order of day and month is open.
pub(super) fn first_date(line: &str) -> Option<String> {
    let p = patterns();
    let number = |c: &regex::Captures<'_>, i: usize| c.get(i).and_then(|m| m.as_str().parse::<i16>().ok());
    let mut found: Vec<(usize, Option<String>)> = Vec::new();
    if let Some(c) = p.iso.captures(line) {
        found.push((c.get(0).map_or(0, |m| m.start()), day(number(&c, 1)?, number(&c, 2)?, number(&c, 3)?)));
    }
    if let Some((at, value)) = first_named(line) {
        found.push((at, Some(value)));
    }
    if let Some(c) = p.numeric.captures(line) {
        let (a, b, year) = (number(&c, 1)?, number(&c, 3)?, number(&c, 4)?);
        let value = if c.get(2).is_some_and(|s| s.as_str() == ".") || a > 12 || a == b {
            day(year, b, a)
        } else if b > 12 {
            day(year, a, b)
        } else {
            None
        };
        found.push((c.get(0).map_or(0, |m| m.start()), value));
    }
    found.into_iter().min_by_key(|(at, _)| *at).and_then(|(_, value)| value)
}

fn first_named(line: &str) -> Option<(usize, String)> {
    let p = patterns();
    let found = |regex: &Regex, day_at: usize, month_at: usize| {
        regex.captures_iter(line).find_map(|c| {
            let month = month(c.get(month_at)?.as_str())?;
            let value = day(c.get(3)?.as_str().parse().ok()?, month, c.get(day_at)?.as_str().parse().ok()?)?;
            Some((c.get(0)?.start(), value))
        })
    };
    found(&p.day_month, 1, 2).into_iter().chain(found(&p.month_day, 2, 1)).min()
}

fn month(name: &str) -> Option<i16> {
    let name = name.to_lowercase();
    MONTHS.iter().position(|of| of.iter().any(|m| name.starts_with(m))).map(|m| m as i16 + 1)
}

fn day(year: i16, month: i16, day: i16) -> Option<String> {
    Some(Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_writings_are_read() {
        for (line, value) in [
            ("Published 2031-03-12, 11:24", Some("2031-03-12")),
            ("12 March 2031", Some("2031-03-12")),
            ("Wednesday, March 12th, 2031 | 4 min read", Some("2031-03-12")),
            ("12. März 2031", Some("2031-03-12")),
            ("12 de marzo de 2031", Some("2031-03-12")),
            ("13/02/2031", Some("2031-02-13")),
            ("02/13/2031", Some("2031-02-13")),
            ("03.02.2031", Some("2031-02-03")),
            ("02/03/2031", None),
            ("On 19th July", None),
            ("Room 12 Gate 2031", None),
            ("31 February 2031", None),
        ] {
            assert_eq!(first_date(line).as_deref(), value, "{line}");
        }
    }
}
