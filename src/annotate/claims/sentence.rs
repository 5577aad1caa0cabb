//! Sentences of a text, and their words with the actors in them as single units.

use crate::article::{Mention, Span};

/// Stops that end no sentence: compared with the word before the stop, lower case.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "sgt", "sen", "rep", "gov", "st", "no", "inc", "corp", "ltd", "co", "vs", "e.g",
    "i.e", "etc", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "u.s", "u.k", "u.n", "e.u", "dept",
    "fig", "est", "approx", "a.k.a", "jr", "sr",
];

/// Longest sentence that is read, in bytes: beyond, text is a list or worse.
const LONGEST: usize = 1500;

/// The spans of sentences, in order; white space between them belongs to none.
pub(super) fn sentences(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < bytes.len() {
        let ends = match bytes[at] {
            b'\n' => bytes.get(at + 1) == Some(&b'\n'),
            b'.' | b'!' | b'?' => ends_sentence(text, start, at),
            _ => false,
        };
        at += 1;
        if ends {
            while let Some(rest) = text.get(at..).filter(|r| r.starts_with(['"', '”', '’', ')', '\''])) {
                at += rest.chars().next().map_or(1, char::len_utf8);
            }
            push(text, start, at, &mut out);
            start = at;
        }
    }
    push(text, start, bytes.len(), &mut out);
    out
}

fn push(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let Some(piece) = text.get(start..end) else { return };
    let trimmed = piece.trim_start();
    let start = end - trimmed.len();
    let end = start + trimmed.trim_end().len();
    if end > start && end - start <= LONGEST {
        out.push(Span::new(start, end));
    }
}

fn ends_sentence(text: &str, start: usize, at: usize) -> bool {
    let Some(rest) = text.get(at + 1..) else { return true };
    let after = rest.trim_start_matches(['"', '”', '’', ')', '\'']);
    if !after.starts_with(char::is_whitespace) {
        return after.is_empty();
    }
    let next = after.trim_start().chars().next().unwrap_or('A');
    if next.is_lowercase() {
        return false;
    }
    let Some(before) = text.get(start..at) else { return true };
    let word = before.rsplit([' ', '\n', '(', '“', '"', '\u{a0}']).next().unwrap_or("");
    let lower = word.to_ascii_lowercase();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    !initial && !ABBREVIATIONS.contains(&lower.as_str())
}

/// A word, a mark, or an actor named in one or more words.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub span: Span,
    pub lower: String,
    /// Index of the mention.
    pub mention: Option<usize>,
    /// Written as a name that no table knows.
    pub name: bool,
}

impl Unit {
    pub(super) fn is(&self, words: &[&str]) -> bool {
        self.mention.is_none() && words.contains(&self.lower.as_str())
    }
}

/// The units of a sentence.
pub(super) fn units(text: &str, sentence: Span, mentions: &[Mention]) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    let first = mentions.partition_point(|m| m.span.end <= sentence.start);
    let mut ahead = mentions.iter().enumerate().skip(first).peekable();
    let mut at = sentence.start;
    while at < sentence.end {
        while ahead.peek().is_some_and(|(_, m)| m.span.start < at) {
            ahead.next();
        }
        let Some(c) = text.get(at..).and_then(|t| t.chars().next()) else { break };
        if c.is_whitespace() || matches!(c, '*' | '_' | '`' | '[' | ']') {
            at += c.len_utf8();
            continue;
        }
        let (end, mention) = match ahead.peek() {
            Some((i, m)) if m.span.start == at && m.span.end > at => (m.span.end, Some(*i)),
            _ => (word_end(text, at, c), None),
        };
        let Some(surface) = text.get(at..end) else { break };
        out.push(Unit { span: Span::new(at, end), lower: surface.to_lowercase(), mention, name: false });
        at = end;
    }
    mark_names(text, &mut out);
    out
}

/// The end of a word: letters and digits, and marks inside it but a dash.
fn word_end(text: &str, at: usize, first: char) -> usize {
    if !first.is_alphanumeric() {
        // `'s` is a unit of its own.
        if matches!(first, '\'' | '’')
            && text.get(at + first.len_utf8()..).is_some_and(|r| r.starts_with('s') && !r[1..].starts_with(char::is_alphanumeric))
        {
            return at + first.len_utf8() + 1;
        }
        return at + first.len_utf8();
    }
    let Some(rest) = text.get(at..) else { return at + first.len_utf8() };
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let inside = match c {
            '.' | '&' => next.is_some_and(char::is_alphanumeric),
            '\'' | '’' => {
                next.is_some_and(|n| n.is_alphabetic() && (n != 's' || rest[i + c.len_utf8() + 1..].starts_with(char::is_alphanumeric)))
            }
            c => c.is_alphanumeric(),
        };
        if !inside {
            break;
        }
        end = i + c.len_utf8();
    }
    at + end.max(first.len_utf8())
}

/// Joins capital words that are no mention into names.
fn mark_names(text: &str, units: &mut Vec<Unit>) {
    let capital = |u: &Unit| {
        u.mention.is_none()
            && u.span.of(text).is_some_and(|s| s.chars().next().is_some_and(char::is_uppercase))
            && u.lower.chars().count() > 1
    };
    let mut joined: Vec<Unit> = Vec::with_capacity(units.len());
    for (i, unit) in units.iter().enumerate() {
        let role = super::words::ROLES.contains(&unit.lower.as_str());
        // `Chinese Embassy`: a role of the actor before, no name.
        let opener =
            super::bounds::OPENERS.contains(&unit.lower.as_str()) || (role && joined.last().is_some_and(|last| last.mention.is_some()));
        let named = capital(unit)
            && !(opener
                || (i == 0
                    && (super::words::ROLES.contains(&unit.lower.as_str())
                        || ["ing", "ed", "ly"].iter().any(|e| unit.lower.ends_with(e)))));
        match joined.last_mut() {
            Some(last) if named && last.name && last.span.end + 1 == unit.span.start => {
                last.span.end = unit.span.end;
                last.lower.push(' ');
                last.lower.push_str(&unit.lower);
            }
            _ => joined.push(Unit { name: named, ..unit.clone() }),
        }
    }
    *units = joined;
}
