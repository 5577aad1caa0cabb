//! Days written out in running text: `19 July 2021`, `July 19th, 2021`, `19.07.2021`, `2021年7月19日`, in the languages of [`months`](super::months).
//!
//! Reads a line, knows nothing of where it stands on a page. A day without a year is no day here.

use super::months::month;
use super::tokens::{Kind, Token, is_digit, tokens};
use jiff::civil::Date;
use std::ops::Range;

/// How a page writes its dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) struct Locale<'a> {
    /// ISO 639-1 code, where known.
    pub language: Option<&'a str>,
    /// `7/8/2021` is the eighth of July.
    pub month_first: bool,
}

/// A day found in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) struct Found {
    /// The bytes of the line that name it.
    pub range: Range<usize>,
    /// The day.
    pub day: Date,
    /// Day and month could be swapped; the locale decided.
    pub ambiguous: bool,
    /// The day it is where they are swapped, which digits alone allow.
    pub swapped: Option<Date>,
}

/// Lines are read up to here: a date line is short, and a hostile one is not worth the time.
const MAX_BYTES: usize = 4_000;

/// All days of a line that a page of the web may bear, in order.
pub(in crate::extract) fn days(line: &str, locale: Locale<'_>) -> Vec<Found> {
    let mut found = days_of_any_age(line, locale);
    found.retain(|found| super::plausible(found.day).is_some());
    found
}

/// All days of a line, in order.
pub(in crate::extract) fn days_of_any_age(line: &str, locale: Locale<'_>) -> Vec<Found> {
    let line = match line.char_indices().nth(MAX_BYTES) {
        Some((end, _)) => &line[..end],
        None => line,
    };
    let mut found = Vec::new();
    if !line.chars().any(is_digit) {
        return found;
    }
    let tokens = tokens(line);
    let mut at = 0;
    while at < tokens.len() {
        match day_at(&tokens[at..], locale) {
            Some((length, day, ambiguous)) => {
                let range = tokens[at].start..tokens[at + length - 1].end;
                let digits = tokens[at..at + length].iter().all(|token| token.word().is_none());
                let other = || Date::new(day.year(), day.day(), day.month()).ok().filter(|other| *other != day);
                let swapped = if digits && tokens[at].number().is_some_and(|(_, digits)| digits < 4) { other() } else { None };
                found.push(Found { range, day, ambiguous, swapped });
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// Words that may stand between the parts of a date, each with where it is used.
const FILLERS: &[(&str, &str)] = &[
    ("st", "English ordinal"),
    ("nd", "English ordinal"),
    ("rd", "English ordinal"),
    ("th", "English ordinal"),
    ("of", "English: the 19th of July"),
    ("de", "Spanish, Portuguese, Galician: 19 de julio de 2021"),
    ("del", "Spanish, Catalan: del 2021"),
    ("do", "Portuguese: do ano"),
    ("d", "Catalan d’octubre, Lithuanian 19 d."),
    ("er", "French: 1er juillet"),
    ("º", "Italian, Portuguese: 1º"),
    ("ª", "Spanish: 1ª"),
    ("e", "Dutch: 19e"),
    ("a", "Swedish: 1:a"),
    ("m", "Lithuanian: 2021 m."),
    ("gada", "Latvian: 2021. gada"),
    ("ng", "Filipino: ika-19 ng Hulyo"),
    ("tháng", "Vietnamese: before the month"),
    ("năm", "Vietnamese: before the year"),
    ("พ", "Thai: era, first letter"),
    ("ศ", "Thai: era, second letter"),
    ("ค", "Thai: common era, first letter"),
];

/// A day at the start of `tokens`: how many tokens it takes, the day, and whether the order was a guess.
fn day_at(tokens: &[Token], locale: Locale<'_>) -> Option<(usize, Date, bool)> {
    let first = tokens.first()?;
    if let Some((value, digits)) = first.number() {
        return if digits == 4 { year_first(tokens, value, locale) } else { day_first(tokens, value, digits, locale) };
    }
    // "July 19th, 2021"
    let (month, used) = month_at(tokens, locale)?;
    let mut at = skip(tokens, used, 2);
    let (day, digits) = tokens.get(at)?.number()?;
    // "6 March, 08:15": a clock is neither day nor year.
    let clock = tokens.get(at + 1).and_then(Token::mark) == Some(':') && tokens.get(at + 2).and_then(Token::number).is_some();
    if digits > 2 || clock {
        return None;
    }
    at = skip(tokens, at + 1, 3);
    let (year, digits) = tokens.get(at).and_then(|t| year_of(t, tokens.get(at + 1)))?;
    Some((at + 1, date(year, digits, month, day)?, false))
}

/// A year after a month's name: four digits, or two right after a mark (`19-Jul-21`), so that `Jul 19 08:15` has none.
fn year_of(token: &Token, next: Option<&Token>) -> Option<(u32, u8)> {
    let (year, digits) = token.number()?;
    let clock = next.and_then(Token::mark) == Some(':');
    (digits == 4 || digits == 2 && !token.spaced && !clock).then_some((year, digits))
}

/// "19 July 2021", "19.07.2021", "7/19/2021", "19-Jul-21".
fn day_first(tokens: &[Token], first: u32, digits: u8, locale: Locale<'_>) -> Option<(usize, Date, bool)> {
    if digits > 2 {
        return None;
    }
    let at = skip(tokens, 1, 3);
    if let Some((month, used)) = tokens.get(at..).and_then(|rest| month_at(rest, locale)) {
        let at = skip(tokens, at + used, 3);
        let (year, digits) = tokens.get(at).and_then(|t| year_of(t, tokens.get(at + 1)))?;
        return Some((at + 1, date(year, digits, month, first)?, false));
    }
    // "ngày 19 tháng 7 năm 2021"
    if tokens.get(1).and_then(Token::word) == Some("tháng") {
        let (month, _) = tokens.get(2)?.number()?;
        let at = skip(tokens, 3, 2);
        let (year, digits) = tokens.get(at)?.number()?;
        return Some((at + 1, date(year, digits, u8::try_from(month).ok()?, first)?, false));
    }
    // Numeric: the same mark twice.
    let mark = tokens.get(1)?.mark().filter(|m| matches!(m, '.' | '/' | '-' | '–' | '‑' | '|'))?;
    let (second, second_digits) = tokens.get(2)?.number()?;
    if second_digits > 2 || tokens.get(3)?.mark() != Some(mark) {
        return None;
    }
    let (year, year_digits) = tokens.get(4)?.number()?;
    // A longer chain of numbers is an address or a version.
    if tokens.get(5).is_some_and(|t| t.mark() == Some(mark) && !t.spaced)
        && tokens.get(6).is_some_and(|t| t.number().is_some() && !t.spaced)
    {
        return None;
    }
    if year_digits == 2 && (mark != '.' && mark != '/' || tokens.get(2).is_some_and(|t| t.spaced)) {
        return None;
    }
    let day_month = u8::try_from(second).ok().and_then(|month| date(year, year_digits, month, first));
    let month_day = u8::try_from(first).ok().and_then(|month| date(year, year_digits, month, second));
    match (day_month, month_day) {
        (Some(one), Some(other)) => {
            let month_first = locale.month_first && mark != '.';
            // Outside English the day comes first, and before full stops everywhere.
            let settled = mark == '.' || locale.language.is_some_and(|language| language != "en");
            Some((5, if month_first { other } else { one }, one != other && !settled))
        }
        (one, other) => Some((5, one.or(other)?, false)),
    }
}

/// "2021-07-19", "2021年7月19日", "2021. július 19.", "2021 m. liepos 19 d."
fn year_first(tokens: &[Token], year: u32, locale: Locale<'_>) -> Option<(usize, Date, bool)> {
    let at = skip_units(tokens, 1);
    if let Some((month, used)) = tokens.get(at..).and_then(|rest| month_at(rest, locale)) {
        let at = skip(tokens, at + used, 2);
        let (day, digits) = tokens.get(at)?.number()?;
        return if digits <= 2 { Some((at + 1, date(year, 4, month, day)?, false)) } else { None };
    }
    if at == 1 {
        return None;
    }
    let (month, month_digits) = tokens.get(at)?.number()?;
    let next = skip_units(tokens, at + 1);
    // "2021. gada 19. jūlijs": the number is the day.
    if let Some((named, used)) = tokens.get(next..).and_then(|rest| month_at(rest, locale)) {
        return if month_digits <= 2 { Some((next + used, date(year, 4, named, month)?, false)) } else { None };
    }
    let (day, day_digits) = tokens.get(next)?.number()?;
    if next == at + 1 || month_digits > 2 || day_digits > 2 {
        return None;
    }
    let closing = usize::from(tokens.get(next + 1).and_then(Token::word).is_some_and(|w| matches!(w, "日" | "일" | "号" | "號")));
    Some((next + 1 + closing, date(year, 4, u8::try_from(month).ok()?, day)?, false))
}

/// The month named at the start of `tokens`, and how many tokens name it.
fn month_at(tokens: &[Token], locale: Locale<'_>) -> Option<(u8, usize)> {
    let first = tokens.first()?.word()?;
    // Names of two words ("كانون الثاني", "ม.ค.") come before those of one.
    let dot = usize::from(tokens.get(1).and_then(Token::mark) == Some('.'));
    if let Some(second) = tokens.get(1 + dot).and_then(Token::word)
        && let Some(found) = month(&format!("{first} {second}"), locale.language)
    {
        return Some((found, 2 + dot));
    }
    Some((month(first, locale.language)?, 1))
}

/// The place after up to `most` fillers from `at` on.
fn skip(tokens: &[Token], at: usize, most: usize) -> usize {
    let mut next = at;
    while next < at + most + 1
        && tokens.get(next).is_some_and(|token| match &token.kind {
            Kind::Word(word) => FILLERS.iter().any(|(filler, _)| filler == word),
            Kind::Mark(mark) => matches!(mark, '.' | ',' | '-' | '/' | '،' | ':' | '’' | '\''),
            Kind::Number(..) => false,
        })
    {
        next += 1;
    }
    next
}

/// The place after the marks and units that part the numbers of a date that begins with the year.
fn skip_units(tokens: &[Token], at: usize) -> usize {
    let mut next = at;
    while next < at + 3
        && tokens.get(next).is_some_and(|token| match &token.kind {
            Kind::Word(word) => matches!(word.as_str(), "年" | "月" | "년" | "월" | "m" | "gada"),
            Kind::Mark(mark) => matches!(mark, '.' | ',' | '-' | '/' | '‑'),
            Kind::Number(..) => false,
        })
    {
        next += 1;
    }
    next
}

/// A day of a year written so; `21` is 2021, and years of the Buddhist era count from 543 BC.
fn date(year: u32, digits: u8, month: u8, day: u32) -> Option<Date> {
    let year = match digits {
        2 if year < 70 => 2000 + year,
        2 => 1900 + year,
        4 if (2500..2700).contains(&year) => year - 543,
        4 => year,
        _ => return None,
    };
    Date::new(i16::try_from(year).ok().filter(|year| *year > 999)?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn first(line: &str, language: &str) -> Option<String> {
        days(line, Locale { language: Some(language), month_first: false }).first().map(|f| f.day.to_string())
    }

    #[test]
    fn a_clock_is_no_year() {
        assert_eq!(first("Updated 6 March, 08:15", "en"), None);
        assert_eq!(first("Jul 19 08:15", "en"), None);
        assert_eq!(first("Jul 19 2021 08:15", "en").as_deref(), Some("2021-07-19"));
    }

    #[test]
    fn reads_the_forms_of_many_languages() {
        let table = [
            ("en", "Posted on 19 July 2021 by the desk"),
            ("en", "Monday, July 19th, 2021 at 10:40"),
            ("en", "the 19th of July, 2021"),
            ("en", "Jul. 19, 2021"),
            ("en", "19-Jul-2021"),
            ("en", "JULY 19 2021"),
            ("de", "Montag, 19. Juli 2021, 08:00 Uhr"),
            ("de", "Stand: 19.07.2021"),
            ("de", "19.7.21"),
            ("fr", "Publié le 19 juillet 2021 à 08h00"),
            ("es", "19 de julio de 2021"),
            ("pt", "19 de Julho, 2021"),
            ("pl", "19 lipca 2021"),
            ("cs", "19. července 2021"),
            ("hu", "2021. július 19. 10:20"),
            ("lt", "2021 m. liepos 19 d."),
            ("lv", "2021. gada 19. jūlijs"),
            ("ru", "19 июля 2021 г."),
            ("uk", "19 липня 2021, 10:00"),
            ("el", "19 Ιουλίου 2021"),
            ("tr", "19 Temmuz 2021"),
            ("ja", "2021年7月19日 10時"),
            ("ko", "2021년 7월 19일"),
            ("ko", "2021. 7. 19."),
            ("zh", "2021-07-19"),
            ("vi", "ngày 19 tháng 7 năm 2021"),
            ("ar", "١٩ يوليو ٢٠٢١"),
            ("ar", "19 تموز 2021"),
            ("hi", "19 जुलाई 2021"),
            ("th", "19 กรกฎาคม 2564"),
            ("th", "19 ก.ค. 2564"),
            ("id", "Senin, 19 Juli 2021"),
            ("en", "07/19/2021"),
            ("en", "EditorialJuly 19, 2021By Ida Quill"),
            ("en", "Published on 19.Jul.2021 in No 6"),
        ];
        for (language, line) in table {
            assert_eq!(first(line, language).as_deref(), Some("2021-07-19"), "{language}: {line}");
        }
    }

    #[test]
    fn what_is_no_day_is_left_alone() {
        for line in [
            "July 2021",
            "19 July",
            "version 1.2.3.4",
            "call 555-12-2021",
            "31.02.2021",
            "2021",
            "10:20:30",
            "may 5 people",
            "Jul 19 08:15",
        ] {
            assert_eq!(first(line, "en"), None, "{line}");
        }
    }

    #[test]
    fn the_locale_orders_what_is_ambiguous() {
        let us = Locale { language: Some("en"), month_first: true };
        let found = days("7/8/2021", us);
        assert_eq!(found.first().unwrap().day.to_string(), "2021-07-08");
        assert!(found.first().unwrap().ambiguous);
        assert_eq!(days("7/8/2021", Locale::default()).first().unwrap().day.to_string(), "2021-08-07");
        assert_eq!(days("7.8.2021", us).first().unwrap().day.to_string(), "2021-08-07");
    }

    proptest! {
        #[test]
        fn no_line_panics_and_ranges_fit(line in "\\PC{0,200}") {
            for found in days(&line, Locale::default()) {
                prop_assert!(line.get(found.range).is_some());
            }
        }

        #[test]
        fn every_day_is_read_back(year in 1970i16..2090, month in 1i8..=12, day in 1i8..=28) {
            let wanted = Date::new(year, month, day).unwrap();
            prop_assume!(super::super::plausible(wanted).is_some());
            for line in [format!("{year}-{month:02}-{day:02}"), format!("{day:02}.{month:02}.{year}"), wanted.strftime("%B %-d, %Y").to_string()] {
                prop_assert_eq!(days(&line, Locale::default()).first().map(|f| f.day), Some(wanted));
            }
        }
    }
}
