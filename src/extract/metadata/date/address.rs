//! Days in addresses: `/2021/07/19/`, `/2021-07-19-title`, `/20210719/`.

use jiff::civil::Date;

/// The day an address carries in its path. A month without a day is none.
pub(in crate::extract) fn day(url: &str) -> Option<Date> {
    // Scheme and host carry no date; a query's date is as often that of the visit.
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.find('/').and_then(|slash| path.get(slash..))?;
    let path = path.split(['?', '#']).next()?.get(..).filter(|p| p.len() < 2_000)?;
    let mut numbers: Vec<(usize, &str)> = Vec::new();
    let mut start = None;
    for (at, byte) in path.bytes().chain(std::iter::once(b'/')).enumerate() {
        match (byte.is_ascii_digit(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                numbers.push((from, path.get(from..at)?));
                start = None;
            }
            _ => {}
        }
    }
    let between = |a: (usize, &str), b: (usize, &str)| path.get(a.0 + a.1.len()..b.0);
    let parted = |gap: Option<&str>| matches!(gap, Some("/" | "-" | "_" | "."));
    for (index, &one) in numbers.iter().enumerate() {
        let before = index.checked_sub(1).and(path.as_bytes().get(one.0.wrapping_sub(1)));
        if before.is_some_and(u8::is_ascii_alphanumeric) {
            continue;
        }
        let found = match one.1.len() {
            4 => match (numbers.get(index + 1), numbers.get(index + 2)) {
                (Some(&two), Some(&three)) if parted(between(one, two)) && between(one, two) == between(two, three) => {
                    civil(one.1, two.1, three.1)
                }
                // /2021/0719/
                (Some(&two), _) if parted(between(one, two)) && two.1.len() == 4 => civil(one.1, two.1.get(..2)?, two.1.get(2..)?),
                _ => None,
            },
            // /202107/19/
            6 => match numbers.get(index + 1) {
                Some(&two) if between(one, two) == Some("/") && two.1.len() == 2 => civil(one.1.get(..4)?, one.1.get(4..)?, two.1),
                _ => None,
            },
            8 => civil(one.1.get(..4)?, one.1.get(4..6)?, one.1.get(6..)?),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn civil(year: &str, month: &str, day: &str) -> Option<Date> {
    if month.len() > 2 || day.len() > 2 {
        return None;
    }
    super::plausible(Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_the_usual_paths() {
        for url in [
            "https://news.example/2021/07/19/a-title/",
            "https://news.example/2021/7/19/a-title",
            "https://news.example/world/2021-07-19-a-title",
            "https://news.example/a/20210719/index.html",
            "https://news.example/202107/19/x.shtml",
            "https://news.example/2021/0719/c90.html",
            "/story_2021_07_19",
        ] {
            assert_eq!(day(url).map(|d| d.to_string()).as_deref(), Some("2021-07-19"), "{url}");
        }
    }

    #[test]
    fn other_numbers_are_no_date() {
        for url in [
            "https://news.example/2021/07/title",
            "https://x.example/article/40512307",
            "https://x.example/",
            "https://x.example/a?d=2021-07-19",
            "2021-07-19",
        ] {
            assert_eq!(day(url), None, "{url}");
        }
    }

    proptest! {
        #[test]
        fn no_address_panics(url in "\\PC{0,80}", digits in "[0-9/]{0,40}") {
            let _ = day(&url);
            let _ = day(&format!("https://a.example/{digits}"));
        }
    }
}
