//! What the forms for reference managers share: names, days, text on one line.

use crate::search::Hit;
use std::borrow::Cow;

/// Text on one line, without control characters: a line break in a value would begin another field.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Cow::Borrowed(text.trim());
    }
    let spaced: String = text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect();
    Cow::Owned(spaced.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Year, month and day, as far as they are known.
pub(super) fn day(hit: &Hit) -> Vec<u32> {
    let parts = hit.published.as_deref().unwrap_or_default().split('-');
    parts.map_while(|p| p.parse().ok()).collect()
}

/// Family name and given names of a person written in their usual order; `None` for an organisation, which is one name.
///
/// The family name is the last word, with the particles before it (`van der Meer`). Names of more than four words, with digits, or with
/// words that persons do not have are taken as those of organisations: a wrong split is worse than none.
pub(super) fn person(name: &str) -> Option<(String, String)> {
    const ORGANISATIONS: [&str; 22] = [
        "agency",
        "associated",
        "bureau",
        "center",
        "centre",
        "company",
        "department",
        "desk",
        "editors",
        "group",
        "inc",
        "institute",
        "lab",
        "labs",
        "ministry",
        "news",
        "office",
        "research",
        "staff",
        "team",
        "the",
        "unit",
    ];
    const PARTICLES: [&str; 16] =
        ["al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "la", "le", "van", "von"];
    if let Some((family, given)) = name.split_once(", ") {
        return Some((family.trim().to_owned(), given.trim().to_owned()));
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let organisation =
        words.iter().any(|w| ORGANISATIONS.contains(&w.to_lowercase().trim_matches('.')) || w.contains(|c: char| c.is_ascii_digit()));
    if !(2..=4).contains(&words.len()) || organisation || words.iter().any(|w| matches!(*w, "and" | "&" | "of" | "for")) {
        return None;
    }
    let mut family = words.len() - 1;
    while family > 1 && words.get(family - 1).is_some_and(|w| PARTICLES.contains(&w.to_lowercase().as_str())) {
        family -= 1;
    }
    Some((words.get(family..)?.join(" "), words.get(..family)?.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_only_where_they_are_persons() {
        let split = |name| person(name).map(|(family, given)| format!("{family}|{given}"));
        assert_eq!(split("Ada Quillford").as_deref(), Some("Quillford|Ada"));
        assert_eq!(split("Jan van der Meer").as_deref(), Some("van der Meer|Jan"));
        assert_eq!(split("Quillford, Ada").as_deref(), Some("Quillford|Ada"));
        for one in ["Reuters", "The Larkfen Desk", "Ministry of Finance", "Larkfen Research Team", "Unit 8"] {
            assert_eq!(split(one), None, "{one}");
        }
        assert_eq!(line("a\r\nER  - \u{2028}b"), "a ER - b");
    }
}
