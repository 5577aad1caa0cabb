//! Whether a sentence speaks of what was or of what will be: settles which Tuesday, which March.

/// Where the time named lies, seen from the day of speaking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
}

/// Words of the future, with why.
const FUTURE: &[(&str, &str)] = &[
    ("will", "auxiliary"),
    ("'ll", "auxiliary"),
    ("’ll", "auxiliary"),
    ("shall", "auxiliary"),
    ("upcoming", "not yet"),
    ("scheduled", "a plan"),
    ("plans", "a plan"),
    ("planned", "a plan"),
    ("expects", "an expectation"),
    ("due", "a term"),
    ("slated", "a plan"),
    ("deadline", "a term"),
    ("expected", "an expectation"),
    ("intends", "a plan"),
    ("hopes", "a plan"),
    ("starts", "a timetable"),
    ("begins", "a timetable"),
    ("opens", "a timetable"),
    ("expires", "a timetable"),
];

/// Words of the past that outweigh a word of the future further away, with why.
const PAST: &[(&str, &str)] = &[
    ("was", "auxiliary"),
    ("were", "auxiliary"),
    ("had", "auxiliary"),
    ("did", "auxiliary"),
    ("said", "report"),
    ("since", "begins in the past"),
    ("told", "report"),
    ("announced", "report"),
    ("reported", "report"),
    ("warned", "report"),
    ("released", "a finished act"),
    ("published", "a finished act"),
];

/// How far a cue reaches, in bytes: about a clause.
const REACH: usize = 120;

/// The tense around an expression: the nearest cue before it in its sentence, else the nearest behind.
pub(super) fn tense(text: &str, start: usize, end: usize) -> Tense {
    told_tense(text, start, end).unwrap_or(Tense::Past)
}

/// The same, or `None` where the sentence holds no cue.
pub(super) fn told_tense(text: &str, start: usize, end: usize) -> Option<Tense> {
    let mut from = start.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = end.saturating_add(REACH).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let before = text.get(from..start).unwrap_or("");
    let before = before.rfind(['\n', ';', '!', '?']).and_then(|i| before.get(i + 1..)).unwrap_or(before);
    let before = before.rfind(". ").and_then(|i| before.get(i + 2..)).unwrap_or(before);
    let after = text.get(end..to).unwrap_or("");
    let stop = after.find(['\n', ';', '!', '?']).unwrap_or(after.len());
    let after = after.get(..stop).unwrap_or(after);
    let after = after.find(". ").and_then(|i| after.get(..i)).unwrap_or(after);
    if let Some(found) = words(before).rev().find_map(cue) {
        return Some(found);
    }
    words(after).find_map(cue)
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split([' ', ',', '\u{a0}', '(', ')', '"', '“', '”']).filter(|w| !w.is_empty())
}

fn cue(word: &str) -> Option<Tense> {
    let is = |rows: &[(&str, &str)]| rows.iter().any(|(w, _)| word.eq_ignore_ascii_case(w));
    if is(FUTURE) || word.ends_with("'ll") || word.ends_with("’ll") {
        Some(Tense::Future)
    } else if is(PAST) || (word.len() > 5 && word.ends_with("ed")) {
        Some(Tense::Past)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_cue_decides() {
        for (before, after, want) in [
            ("The ministry will publish the list on ", ".", Tense::Future),
            ("The ministry published the list on ", ", and will answer later.", Tense::Past),
            ("On ", " the court will hear the case.", Tense::Future),
            ("She said the talks will resume on ", ".", Tense::Future),
            ("They will act. The server failed on ", ".", Tense::Past),
            ("", "", Tense::Past),
        ] {
            let text = format!("{before}Tuesday{after}");
            assert_eq!(tense(&text, before.len(), before.len() + 7), want, "{text}");
        }
    }

    #[test]
    fn every_cue_is_read() {
        for (word, why) in FUTURE {
            assert_eq!(cue(word), Some(Tense::Future), "{word}: {why}");
        }
        for (word, why) in PAST {
            assert_eq!(cue(word), Some(Tense::Past), "{word}: {why}");
        }
    }
}
