//! Names in a byline: `By Ada Marsh and Tom Reed | 19 July 2021` names two people.
//!
//! Works on one line of text; knows nothing of where it stands.

mod words;

use words::{ENDINGS, JOINTS, NOBODY, OPENERS, ROLES, SUFFIXES, WITH_COLON};

/// Names of the segments of a byline, as the elements of a page part them: `By`, `Ada Marsh`, `and`, `Tom Reed`, `Chief Reporter`.
pub(super) fn of_parts(parts: &[String]) -> Option<(Vec<String>, bool)> {
    let mut line = String::new();
    let mut opened = false;
    let mut open_ended = true;
    for part in parts.iter().take(40) {
        let trimmed = part.trim();
        if line.is_empty() && is_opener(trimmed) {
            opened = true;
            continue;
        }
        let padded = format!(" {trimmed} ");
        let joined = trimmed.starts_with([',', '&', ';']) || JOINTS.iter().any(|(joint, _)| padded.starts_with(joint));
        if !line.is_empty() && !open_ended && !joined {
            break;
        }
        open_ended = trimmed.ends_with([',', '&', ';']) || JOINTS.iter().any(|(joint, _)| padded.ends_with(joint));
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(trimmed);
        // A picture's or button's text before the name.
        if line.trim().is_empty() {
            line.clear();
        }
    }
    if line.is_empty() {
        return None;
    }
    if let Some(found) = of_line(&line) {
        return Some((found, true));
    }
    let found = people(names(head(&line)));
    let person = |name: &String| is_capitalised(name) && name.split_whitespace().count() <= 5 && name.len() <= 50;
    (!found.is_empty() && found.iter().all(person)).then_some((found, opened))
}

/// Names without the roles and places that stand beside them in a byline.
fn people(found: Vec<String>) -> Vec<String> {
    let full = found.first().is_some_and(|name| name.split_whitespace().count() >= 2);
    found
        .into_iter()
        .enumerate()
        .filter(|(index, name)| {
            let role = name.split_whitespace().any(|word| ROLES.contains(&word.to_lowercase().as_str()));
            let place = *index > 0 && full && !name.contains(' ');
            !role && !place && !is_calendar_word(name)
        })
        .map(|(_, name)| name)
        .collect()
}

/// Names of a value or line that holds nothing but names, with or without an opening word.
pub(in crate::extract) fn names(text: &str) -> Vec<String> {
    let text = without_opener(text).unwrap_or(text);
    if text.trim_start().starts_with("http") && text.contains("://") {
        return Vec::new();
    }
    let mut out: Vec<String> = Vec::new();
    for part in split(text) {
        let name = tidy(part);
        if is_name(&name) && !out.iter().any(|known| known.eq_ignore_ascii_case(&name)) && out.len() < 40 {
            out.push(name);
        }
    }
    out
}

/// Names of a line that opens as a byline does; `None` for any other line.
pub(in crate::extract) fn of_line(line: &str) -> Option<Vec<String>> {
    if line.len() > 300 {
        return None;
    }
    let rest = without_opener(line)?;
    let rest = head(rest);
    let found = people(names(rest));
    // A sentence may open with "by": names are capitalised, but for the particles.
    let plausible = !found.is_empty() && found.iter().all(|name| is_capitalised(name) && name.split_whitespace().count() <= 6);
    plausible.then_some(found)
}

/// The part of a byline before dates, reading times and other roles.
pub(in crate::extract) fn head(text: &str) -> &str {
    let lower = text.to_lowercase();
    let mut end = text.len();
    // Lower-casing may change lengths: such texts are cut at marks alone.
    if lower.len() == text.len() {
        for ending in ENDINGS {
            if let Some(at) = lower.find(ending) {
                end = end.min(at);
            }
        }
    }
    for (at, c) in text.char_indices() {
        if matches!(c, '|' | '•' | '·' | '/' | '(' | '[' | '—' | '»') || c.is_ascii_digit() {
            end = end.min(at);
            break;
        }
    }
    for mark in [" - ", " – ", " ⋅ ", " on ", " in ", ". "] {
        // "Dr. Ada Marsh" and "Ada J. Marsh": a full stop after few letters ends no sentence.
        let short =
            |at: usize| mark == ". " && text.get(..at).and_then(|t| t.split([' ', '.']).next_back()).is_none_or(|word| word.len() <= 3);
        if let Some((at, _)) = text.match_indices(mark).find(|(at, _)| *at >= 3 && !short(*at)) {
            end = end.min(at);
        }
    }
    let cut = text.get(..end).unwrap_or(text).trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '-' | '–' | ';'));
    // "By Ada Marsh, Mon" and "Ada Marsh July": the date begins with a word.
    let mut cut = cut;
    while let Some((before, last)) = cut.rsplit_once([' ', ',']) {
        if end < text.len() && is_calendar_word(last) { cut = before.trim_end_matches([' ', ',']) } else { break }
    }
    cut
}

/// Names of days and months, and what stands before them.
fn is_calendar_word(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    crate::extract::metadata::date::is_month(&word)
        || matches!(
            word.as_str(),
            "mon" | "tue" | "tues" | "wed" | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun" | "on" | "le" | "am" | "el" | "den" | "at"
        )
        || word.is_ascii() && word.ends_with("day") && word.len() >= 6
}

/// Whether a text is an opening word and nothing else.
pub(super) fn is_opener(text: &str) -> bool {
    let bare = text.trim().trim_end_matches([':', ' ']).to_lowercase();
    OPENERS.iter().any(|(opener, _)| *opener == bare)
}

/// The line after its opening word; `None` where it has none.
fn without_opener(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '|' | '•' | '·' | ','));
    let mut best: Option<&str> = None;
    for (opener, _) in OPENERS {
        let Some(rest) = strip_prefix_ignoring_case(line, opener) else { continue };
        let after = rest.trim_start();
        let colon = after.strip_prefix([':', '：']);
        let rest = match (colon, WITH_COLON.contains(opener)) {
            (Some(rest), _) => rest,
            (None, true) => continue,
            (None, false) if rest.starts_with(char::is_whitespace) => after,
            _ => continue,
        };
        if best.is_none_or(|b| rest.len() < b.len()) {
            best = Some(rest);
        }
    }
    best.map(str::trim)
}

fn strip_prefix_ignoring_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for wanted in prefix.chars() {
        if !rest.next()?.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(rest.as_str())
}

/// Parts at semicolons, joints, bars and such commas as part two names.
fn split(text: &str) -> Vec<&str> {
    let mut parts = vec![text];
    for mark in [";", "|", " • ", " · ", "/", "\u{3001}", "،"] {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    for (joint, _) in JOINTS {
        parts = parts.into_iter().flat_map(|part| part.split(joint)).collect();
    }
    parts.into_iter().flat_map(split_commas).map(str::trim).filter(|p| !p.is_empty()).collect()
}

/// "Ada Marsh, Tom Reed" is two, "Ada Marsh, Ph.D." and "Ada Marsh, Senior Reporter" one.
fn split_commas(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(',') {
        let next = text.get(at + 1..).unwrap_or_default();
        let next = next.split(',').next().unwrap_or_default().trim();
        let bare: String = next.chars().filter(|c| *c != '.' && *c != ' ').collect::<String>().to_lowercase();
        if SUFFIXES.contains(&bare.as_str()) {
            continue;
        }
        out.push(text.get(start..at).unwrap_or_default());
        start = at + 1;
    }
    out.push(text.get(start..).unwrap_or_default());
    out
}

/// A name without what is around it.
fn tidy(part: &str) -> String {
    let part = without_opener(part).unwrap_or(part);
    let part = part.split(" @").next().unwrap_or(part);
    let part = match part.split_once('<') {
        Some((name, _)) if !name.trim().is_empty() => name,
        _ => part,
    };
    let part = part
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '-' | '–' | '—' | '*' | '"' | '“' | '”' | '•' | '·' | '|'));
    let part = part.strip_prefix("and ").or_else(|| part.strip_prefix("& ")).unwrap_or(part);
    // "(Reuters)", "(am)" after a name.
    let part = match part.split_once(" (") {
        Some((name, _)) if part.ends_with(')') => name,
        _ => part,
    };
    part.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a value can be the name of an author.
pub(super) fn is_name(name: &str) -> bool {
    let words = name.split_whitespace().count();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let lower = name.to_lowercase();
    letters >= 2
        && words <= 10
        && name.len() <= 120
        && digits <= letters
        && !name.contains("://")
        && !lower.starts_with("www.")
        && !name.starts_with('@')
        && !(name.contains('@') && words == 1)
        // A host or a key of a template.
        && !(words == 1 && name.contains('.') && name.len() > 4 && name == lower)
        && !name.contains(['{', '}', '[', '=', '\\'])
        && !NOBODY.contains(&crate::extract::metadata::wording::key(name).as_str())
}

/// Whether each word of a name but the particles begins with a capital, or with a letter of a script without capitals.
pub(super) fn is_capitalised(name: &str) -> bool {
    let mut any = false;
    for word in name.split_whitespace() {
        let Some(first) = word.chars().find(|c| c.is_alphabetic()) else { continue };
        if first.is_lowercase() {
            if word.len() > 4 && !word.contains('-') && !word.contains('\'') {
                return false;
            }
        } else {
            any = true;
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_give_their_names() {
        let table: &[(&str, &[&str])] = &[
            ("By Ada Marsh", &["Ada Marsh"]),
            ("BY ADA MARSH AND TOM REED", &["ADA MARSH", "TOM REED"]),
            ("By Ada Marsh and Tom Reed | 19 July 2021", &["Ada Marsh", "Tom Reed"]),
            ("by Ada Marsh, Tom Reed & Eva van der Berg", &["Ada Marsh", "Tom Reed", "Eva van der Berg"]),
            ("Written by: Ada Marsh, Ph.D.", &["Ada Marsh, Ph.D."]),
            ("Von Ada Marsh und Tom Reed", &["Ada Marsh", "Tom Reed"]),
            ("Par Zoé Lacroix Publié le 3 mai 2021", &["Zoé Lacroix"]),
            ("By Ada Marsh Monday, July 19, 2021", &["Ada Marsh"]),
            ("By Ada Marsh Updated 3 May", &["Ada Marsh"]),
            ("Автор: Анна Морская", &["Анна Морская"]),
            ("By Dr. Ada J. Marsh, Senior Reporter", &["Dr. Ada J. Marsh"]),
            ("Von Ada Marsh, Zürich", &["Ada Marsh"]),
        ];
        for (line, wanted) in table {
            let found = of_line(line).unwrap_or_default();
            assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), *wanted, "{line}");
        }
    }

    #[test]
    fn sentences_handles_and_placeholders_name_nobody() {
        for line in
            ["By noon the harbour was closed to everyone", "Bystanders watched", "By 2030", "@adamarsh", "By https://example.org/ada"]
        {
            assert_eq!(of_line(line), None, "{line}");
        }
        for name in NOBODY {
            assert!(names(name).is_empty(), "{name}");
        }
        assert!(names("https://social.example/ada").is_empty());
        assert!(names("ada@news.example").is_empty());
    }

    #[test]
    fn every_opener_and_joint_is_read() {
        for (opener, language) in OPENERS {
            assert!(!language.is_empty());
            assert_eq!(names(&format!("{opener}: Ada Marsh")), ["Ada Marsh"], "{opener}");
        }
        for (joint, language) in JOINTS {
            assert!(!language.is_empty());
            assert_eq!(names(&format!("Ada Marsh{joint}Tom Reed")), ["Ada Marsh", "Tom Reed"], "{joint}");
        }
        for word in WITH_COLON {
            assert!(OPENERS.iter().any(|(opener, _)| opener == word), "{word}");
        }
        for suffix in SUFFIXES {
            assert_eq!(names(&format!("Ada Marsh, {suffix}")).len(), 1, "{suffix}");
        }
        for ending in ENDINGS {
            assert_eq!(head(&format!("Ada Marsh {ending} x")), "Ada Marsh", "{ending}");
        }
    }

    #[test]
    fn parts_of_a_byline_end_where_the_names_end() {
        let table: &[(&[&str], &[&str], bool)] = &[
            (&["By", "Ada Marsh", "Senior Reporter"], &["Ada Marsh"], true),
            (&["Ada Marsh", "Senior Reporter"], &["Ada Marsh"], false),
            (&["By", "Ada Marsh", "and", "Tom Reed", "19 July"], &["Ada Marsh", "Tom Reed"], true),
            (&["By Ada Marsh,", "Tom Reed"], &["Ada Marsh", "Tom Reed"], true),
            (&["Author", "The Pier"], &["The Pier"], true),
            (&["Dec", "4"], &[], false),
        ];
        for (parts, wanted, opened) in table {
            let parts: Vec<String> = parts.iter().map(|p| (*p).to_owned()).collect();
            let (names, told) = of_parts(&parts).unwrap_or_default();
            assert_eq!((names.iter().map(String::as_str).collect::<Vec<_>>(), told), (wanted.to_vec(), *opened), "{parts:?}");
        }
        for role in ROLES {
            assert!(of_line(&format!("By Ada Marsh, Harbour {role}")).is_some_and(|names| names == ["Ada Marsh"]), "{role}");
        }
    }

    proptest! {
        #[test]
        fn no_line_panics(line in "\\PC{0,200}") {
            let _ = of_line(&line);
            let _ = names(&line);
            let _ = head(&format!("By {line}"));
        }
    }
}
