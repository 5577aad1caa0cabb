//! Whether a sentence speaks of what was or of what will be: settles which Tuesday, which March.

/// Where the time named lies, seen from the day of speaking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// The future of a time past: `she said it would close on Friday`.
    Would,
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
    ("may", "a possibility"),
    ("might", "a possibility"),
    ("expect", "an expectation"),
    ("plan", "a plan"),
    ("intend", "a plan"),
    ("hope", "a plan"),
    ("set", "a plan, with `for` or `to` behind"),
    ("going", "a plan, with `to` behind"),
    ("closes", "a timetable"),
    ("meets", "a timetable"),
    ("reopens", "a timetable"),
    ("ends", "a timetable"),
    ("resumes", "a timetable"),
    ("returns", "a timetable"),
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

/// Past forms that do not end in `-ed`, and that are nothing else.
const IRREGULAR: &[&str] = &[
    "arose",
    "ate",
    "became",
    "began",
    "bought",
    "broke",
    "brought",
    "built",
    "burnt",
    "came",
    "caught",
    "chose",
    "drove",
    "fell",
    "felt",
    "flew",
    "fought",
    "found",
    "froze",
    "gave",
    "got",
    "grew",
    "heard",
    "held",
    "hid",
    "kept",
    "knew",
    "laid",
    "led",
    "left",
    "lent",
    "lost",
    "made",
    "met",
    "paid",
    "ran",
    "rang",
    "rode",
    "rose",
    "sank",
    "sat",
    "saw",
    "sent",
    "shot",
    "slept",
    "sold",
    "sought",
    "spent",
    "spoke",
    "stole",
    "stood",
    "struck",
    "swept",
    "swore",
    "taught",
    "thought",
    "threw",
    "took",
    "tore",
    "understood",
    "went",
    "withdrew",
    "woke",
    "won",
    "wore",
    "wrote",
];
/// Words in `-ed` that are no past.
const NO_PAST: &[&str] =
    &["bleed", "breed", "exceed", "greed", "hundred", "indeed", "need", "proceed", "sacred", "speed", "succeed", "united"];

/// Ends of a clause before a time on a timetable.
const ON_TIMETABLE: &[&str] = &[" is on", " are on", " is at", " is for", " runs until", " is open until", " opens on", " runs through"];

/// Words before `until` that put a thing off to a time ahead.
const PUT_OFF: &[&str] = &["adjourned", "delayed", "deferred", "extended", "postponed", "suspended"];

/// How far a cue reaches, in bytes: about a clause.
const REACH: usize = 120;

/// The tense around an expression: the nearest cue before it in its clause, else the nearest behind; then those of the sentence.
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
    let before =
        before.rmatch_indices(". ").find(|(i, _)| ends_sentence(before, *i)).and_then(|(i, _)| before.get(i + 2..)).unwrap_or(before);
    let after = text.get(end..to).unwrap_or("");
    let stop = after.find(['\n', ';', '!', '?']).unwrap_or(after.len());
    let after = after.get(..stop).unwrap_or(after);
    let after = after.match_indices(". ").find(|(i, _)| ends_sentence(after, *i)).and_then(|(i, _)| after.get(..i)).unwrap_or(after);
    // `Wages are paid monthly, the bonus in December will be the last`: the clause around the time speaks before the one ahead of it.
    let clause = before.rfind(", ").and_then(|at| before.get(at + 1..)).unwrap_or(before);
    let behind = after.find(", ").and_then(|at| after.get(..at)).unwrap_or(after);
    // `the match is on Saturday`
    if ON_TIMETABLE.iter().any(|cue| clause.trim_end().ends_with(cue)) {
        return Some(Tense::Future);
    }
    // `the vote was delayed until June`
    let open_end = clause.trim_end().ends_with(" until") || clause.trim_end().ends_with(" till");
    if open_end && words(clause).any(|word| PUT_OFF.contains(&word)) {
        return Some(Tense::Future);
    }
    last_cue(clause).or_else(|| first_cue(behind)).or_else(|| last_cue(before)).or_else(|| first_cue(after))
}

/// Whether the full stop at `at` ends a sentence: not that of `a.m. `, `Nov. `, `Mr. `, unless nothing or a small letter goes before it.
fn ends_sentence(text: &str, at: usize) -> bool {
    let word = text.get(..at).map_or("", |t| t.rsplit([' ', '(', '"', '“']).next().unwrap_or_default());
    let next = text.get(at + 2..).and_then(|t| t.chars().next());
    let abbreviated = word.contains('.') || (word.len() <= 4 && word.starts_with(char::is_uppercase)) || word.len() == 1;
    !abbreviated && !next.is_some_and(char::is_lowercase)
}

fn last_cue(text: &str) -> Option<Tense> {
    let mut behind = "";
    let mut all = words(text).rev().peekable();
    while let Some(word) = all.next() {
        // `will be held` is said by `will`.
        let passive = all.peek().is_some_and(|before| matches!(*before, "be" | "being"));
        if let Some(found) = cue(word, behind).filter(|_| !passive) {
            return Some(found);
        }
        behind = word;
    }
    None
}

fn first_cue(text: &str) -> Option<Tense> {
    let mut all = words(text).peekable();
    while let Some(word) = all.next() {
        if let Some(found) = cue(word, all.peek().copied().unwrap_or_default()) {
            return Some(found);
        }
    }
    None
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split([' ', ',', '\u{a0}', '(', ')', '"', '“', '”']).filter(|w| !w.is_empty())
}

/// What a word says of the time; `behind` is the word that follows it.
fn cue(word: &str, behind: &str) -> Option<Tense> {
    let is = |rows: &[(&str, &str)]| rows.iter().any(|(w, _)| word.eq_ignore_ascii_case(w));
    match word {
        // The month, not the verb.
        "May" => None,
        "would" => Some(Tense::Would),
        "set" => matches!(behind, "for" | "to").then_some(Tense::Future),
        "going" => (behind == "to").then_some(Tense::Future),
        _ if is(FUTURE) || word.ends_with("'ll") || word.ends_with("’ll") => Some(Tense::Future),
        _ if is(PAST) || IRREGULAR.binary_search(&word).is_ok() => Some(Tense::Past),
        _ if word.len() > 4 && word.ends_with("ed") && NO_PAST.binary_search(&word).is_err() => Some(Tense::Past),
        _ => None,
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
            ("The train is due at 6 a.m. ", ".", Tense::Future),
            ("Wages are paid monthly, the bonus on ", " will be the last.", Tense::Future),
            ("She said the office would close on ", ".", Tense::Would),
            ("The summit will be held on ", ".", Tense::Future),
            ("The match is on ", ".", Tense::Future),
            ("The vote was delayed until ", ".", Tense::Future),
            ("The board, which met on ", ", will answer.", Tense::Past),
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
            let behind = if matches!(*word, "set" | "going") { "to" } else { "" };
            assert_eq!(cue(word, behind), Some(Tense::Future), "{word}: {why}");
        }
        for (word, why) in PAST {
            assert_eq!(cue(word, ""), Some(Tense::Past), "{word}: {why}");
        }
        for word in IRREGULAR {
            assert_eq!(cue(word, ""), Some(Tense::Past), "{word}");
        }
        for word in NO_PAST {
            assert_eq!(cue(word, ""), None, "{word}");
        }
    }
}
