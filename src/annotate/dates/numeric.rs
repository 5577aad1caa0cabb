//! Runs of digits: which are dates, clock times or numbers, and which are addresses, versions or identifiers.

/// What a run of digits and the marks between them is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numeric {
    /// One number and how many digits it is written with.
    Number(u32, u8),
    /// Two numbers joined by a dash or a slash: the byte lengths of the first number and of the mark.
    Pair(usize, usize),
    /// Year, month, day.
    Date(i16, u8, u8),
    /// First, second and year of `03/04/2021`, `3.4.21`: which is the month depends on the place. The mark tells: full stops put the day first everywhere, dashes nearly so.
    Ambiguous { first: u8, second: u8, year: i16, mark: char },
    /// `2021-07`.
    YearMonth(i16, u8),
    /// Hour, minute, second.
    Clock(u8, u8, Option<u8>),
    /// None of these.
    Junk,
}

/// Splits a run at its separators: at most four parts are looked at.
pub(super) fn classify(run: &str) -> Numeric {
    let mut parts = [""; 4];
    let mut marks = ['\0'; 4];
    let mut count = 0;
    let mut rest = run;
    loop {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (Some(part), Some(tail)) = (rest.get(..end), rest.get(end..)) else { return Numeric::Junk };
        let Some(slot) = parts.get_mut(count) else { return Numeric::Junk };
        *slot = part;
        let mut chars = tail.chars();
        let Some(mark) = chars.next() else { break };
        if let Some(slot) = marks.get_mut(count) {
            *slot = mark;
        }
        rest = chars.as_str();
        count += 1;
    }
    match (count + 1, marks[0], marks[1]) {
        (1, ..) => number(parts[0]),
        (2, ':', _) => clock(parts[0], parts[1], None),
        // The stamp of a picture: 2020:10:21.
        (3, ':', ':') if parts[0].len() == 4 => date(parts[0], parts[1], parts[2], '-'),
        (3, ':', ':') => clock(parts[0], parts[1], Some(parts[2])),
        (2, '-', _) if parts[0].len() == 4 && parts[1].len() == 2 => {
            year_month(parts[0], parts[1]).unwrap_or_else(|| pair(run, parts[0], '-'))
        }
        (2, mark @ ('-' | '–' | '—' | '/'), _) => pair(run, parts[0], mark),
        (3, a, b) if a == b && matches!(a, '-' | '/' | '.') => date(parts[0], parts[1], parts[2], a),
        _ => Numeric::Junk,
    }
}

fn pair(run: &str, first: &str, mark: char) -> Numeric {
    if run.len() > 9 + mark.len_utf8() { Numeric::Junk } else { Numeric::Pair(first.len(), mark.len_utf8()) }
}

fn number(part: &str) -> Numeric {
    match part.parse() {
        Ok(value) if part.len() <= 6 => Numeric::Number(value, part.len() as u8),
        _ => Numeric::Junk,
    }
}

fn year_month(year: &str, month: &str) -> Option<Numeric> {
    let (year, month) = (plausible_year(year)?, small(month, 12)?);
    Some(Numeric::YearMonth(year, month))
}

fn date(a: &str, b: &str, c: &str, mark: char) -> Numeric {
    if a.len() == 4 {
        return match (plausible_year(a), small(b, 12), small(c, 31)) {
            (Some(year), Some(month), Some(day)) => Numeric::Date(year, month, day),
            _ => Numeric::Junk,
        };
    }
    let year = match c.len() {
        4 => plausible_year(c),
        // 1.2.21 is a version as often as a date.
        2 if mark == '/' => small(c, 99).map(|y| if y < 70 { 2000 + i16::from(y) } else { 1900 + i16::from(y) }),
        _ => None,
    };
    match (small(a, 31), small(b, 31), year) {
        (Some(first), Some(second), Some(year)) if first.min(second) <= 12 => Numeric::Ambiguous { first, second, year, mark },
        _ => Numeric::Junk,
    }
}

fn clock(hour: &str, minute: &str, second: Option<&str>) -> Numeric {
    let up_to = |part: &str, top: u8| part.parse::<u8>().ok().filter(|v| part.len() <= 2 && *v <= top);
    let second = match second {
        None => None,
        Some(part) => match up_to(part, 60) {
            Some(value) => Some(value),
            None => return Numeric::Junk,
        },
    };
    match (up_to(hour, 24), up_to(minute, 59)) {
        (Some(hour), Some(minute)) => Numeric::Clock(hour, minute, second),
        _ => Numeric::Junk,
    }
}

fn small(part: &str, top: u8) -> Option<u8> {
    if part.len() > 2 {
        return None;
    }
    part.parse().ok().filter(|v| (1..=top).contains(v))
}

/// A year an article may name in digits alone.
pub(super) fn plausible_year(part: &str) -> Option<i16> {
    part.parse().ok().filter(|y| (1000..2200).contains(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_told_apart() {
        for (run, want) in [
            ("7", Numeric::Number(7, 1)),
            ("2021", Numeric::Number(2021, 4)),
            ("12345678", Numeric::Junk),
            ("2021-07-19", Numeric::Date(2021, 7, 19)),
            ("2021/7/19", Numeric::Date(2021, 7, 19)),
            ("2021-19-07", Numeric::Junk),
            ("07/19/2021", Numeric::Ambiguous { first: 7, second: 19, year: 2021, mark: '/' }),
            ("19.7.2021", Numeric::Ambiguous { first: 19, second: 7, year: 2021, mark: '.' }),
            ("03/04/21", Numeric::Ambiguous { first: 3, second: 4, year: 2021, mark: '/' }),
            ("1.2.21", Numeric::Junk),
            ("19/20/2021", Numeric::Junk),
            ("10.20.20.21", Numeric::Junk),
            ("3.11", Numeric::Junk),
            ("2021-07", Numeric::YearMonth(2021, 7)),
            ("2019-20", Numeric::Pair(4, 1)),
            ("2014–2016", Numeric::Pair(4, 3)),
            ("6-12", Numeric::Pair(1, 1)),
            ("555-0199-1234", Numeric::Junk),
            ("14:05", Numeric::Clock(14, 5, None)),
            ("14:05:59", Numeric::Clock(14, 5, Some(59))),
            ("14:75", Numeric::Junk),
        ] {
            assert_eq!(classify(run), want, "{run}");
        }
    }
}
