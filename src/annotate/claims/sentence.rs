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
    let following = after.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    // `in the U.S. The group …`
    let begins = lower.contains('.')
        && matches!(following, "The" | "In" | "It" | "But" | "This" | "A" | "On" | "He" | "She" | "They" | "We" | "However" | "According");
    begins || (!initial && !ABBREVIATIONS.contains(&lower.as_str()))
}

/// A word, a mark, or an actor named in one or more words.
#[derive(Clone, Debug)]
pub(super) struct Unit<'a> {
    pub span: Span,
    /// Its words in lower case, a piece of the text written so.
    pub lower: &'a str,
    /// Index of the mention.
    pub mention: Option<usize>,
    /// Written as a name that no table knows.
    pub name: bool,
    /// Begins with a capital.
    pub capital: bool,
}

/// The units of a sentence. `small` is the text in lower case, byte for byte.
pub(super) fn units<'a>(text: &'a str, small: &'a str, sentence: Span, mentions: &[Mention]) -> Vec<Unit<'a>> {
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
            next => (word_end(text, at, c, next.map_or(usize::MAX, |(_, m)| m.span.start)), None),
        };
        let Some(surface) = text.get(at..end) else { break };
        out.push(Unit {
            span: Span::new(at, end),
            lower: if surface == "IT" { surface } else { small.get(at..end).unwrap_or(surface) },
            mention,
            name: false,
            capital: false,
        });
        at = end;
    }
    mark_names(text, small, &mut out);
    out
}

/// `re`, `ve`, `ll` behind an apostrophe: a verb of its own.
fn contraction(rest: &str) -> Option<&'static str> {
    ["re", "ve", "ll"].into_iter().find(|s| rest.strip_prefix(s).is_some_and(|r| !r.starts_with(char::is_alphanumeric)))
}

/// The end of a word: letters and digits, and marks inside it but a dash.
fn word_end(text: &str, at: usize, first: char, actor: usize) -> usize {
    if !first.is_alphanumeric() {
        // `'s` is a unit of its own.
        if matches!(first, '\'' | '’')
            && text.get(at + first.len_utf8()..).is_some_and(|r| r.starts_with('s') && !r[1..].starts_with(char::is_alphanumeric))
        {
            return at + first.len_utf8() + 1;
        }
        if matches!(first, '\'' | '’')
            && let Some(short) = text
                .get(at + first.len_utf8()..)
                .and_then(contraction)
                .filter(|_| text.get(..at).is_some_and(|b| b.ends_with(char::is_alphabetic)))
        {
            return at + first.len_utf8() + short.len();
        }
        // `-linked` behind an actor.
        if first == '-'
            && text.get(..at).is_some_and(|b| b.ends_with(char::is_alphanumeric))
            && text.get(at + 1..).is_some_and(|r| r.starts_with(|c: char| c.is_lowercase()))
        {
            let rest = text.get(at + 1..).unwrap_or_default();
            return at + 1 + rest.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(rest.len());
        }
        return at + first.len_utf8();
    }
    let Some(rest) = text.get(at..) else { return at + first.len_utf8() };
    // Most words are letters up to a space.
    let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if plain > 0 && rest.as_bytes().get(plain).is_none_or(|b| matches!(b, b' ' | b',' | b'\n' | b';' | b':' | b')' | b'"' | b'?')) {
        return at + plain;
    }
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let inside = match c {
            '.' | '&' => next.is_some_and(char::is_alphanumeric),
            // `state-sponsored` is one word; a capital behind the hyphen may be an actor.
            '-' => next.is_some_and(|n| n.is_lowercase() || n.is_numeric() || (n.is_alphabetic() && at + i + 1 != actor)),
            '\'' | '’' => {
                next.is_some_and(|n| n.is_alphabetic() && (n != 's' || rest[i + c.len_utf8() + 1..].starts_with(char::is_alphanumeric)))
                    && contraction(&rest[i + c.len_utf8()..]).is_none()
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

/// Whether a capital tells nothing: a word of the language at the start of a sentence, or the office of the actor before it.
fn ordinary(units: &[Unit], i: usize, last: Option<&Unit>) -> bool {
    let Some(unit) = units.get(i) else { return true };
    let known = super::lexicon::entry(unit.lower);
    let first = last.is_none_or(|u| matches!(u.lower, "“" | "\"" | ":" | "‘" | "—" | ")"));
    let next = units.get(i + 1);
    let function = known.class.is_some_and(|c| !matches!(c, super::lexicon::Class::Noun(_)));
    let month = matches!(
        unit.lower,
        "advanced"
            | "persistent"
            | "threat"
            | "western"
            | "eastern"
            | "northern"
            | "southern"
            | "internet"
            | "web"
            | "ceo"
            | "cto"
            | "ciso"
            | "cso"
            | "coo"
            | "cfo"
            | "vp"
            | "president"
            | "director"
            | "chief"
            | "vice"
            | "head"
            | "minister"
            | "secretary"
            | "senior"
            | "it"
            | "ai"
            | "pdt"
            | "gmt"
            | "u"
            | "ransomware"
            | "malware"
            | "ransomware-as-a-service"
            | "raas"
            | "may"
            | "apt"
            | "ttps"
            | "iocs"
            | "url"
            | "urls"
            | "c2"
            | "dll"
            | "ip"
            | "vpn"
            | "rdp"
            | "covid-19"
            | "ddos"
            | "api"
            | "pdf"
    ) || unit.lower.starts_with("cve-")
        || super::times::is_time(unit.lower);
    // `Chinese Embassy`: an office of the actor before, no name.
    let office = known.class.is_some() && last.is_some_and(|l| l.mention.is_some() || l.lower == "the");
    // `Will Archer`: a given name that is a word as well.
    let given = !first
        && matches!(unit.lower, "will" | "may")
        && next.is_some_and(|n| n.capital && super::lexicon::entry(n.lower).class.is_none() && n.mention.is_none());
    if (function || month || office) && !given {
        return true;
    }
    if !first {
        return false;
    }
    if super::words::DEEDS.has(unit.lower) || super::words::LINKABLE.has(unit.lower) {
        return true;
    }
    let named_next = next.is_some_and(|n| n.mention.is_none() && n.span.start == unit.span.end + 1 && n.capital);
    let speaks = next.is_some_and(|n| {
        matches!(n.lower, "'s" | "’s" | "," | "—" | "–" | "(" | "-" | "has" | "had" | "was" | "is" | "will" | "also" | "then")
            || super::lexicon::entry(n.lower).verb.is_some_and(|v| v.form != super::lexicon::Form::Ing)
    });
    known.class.is_some() || known.verb.is_some() || ["ing", "ed", "ly"].iter().any(|e| unit.lower.ends_with(e)) || !(named_next || speaks)
}

/// Joins capital words that are no mention into names.
fn mark_names<'a>(text: &str, small: &'a str, units: &mut Vec<Unit<'a>>) {
    for unit in units.iter_mut() {
        unit.capital = unit.mention.is_none()
            // `eSentire` is a name as `Mandiant` is.
            && unit.span.of(text).is_some_and(|s| s.starts_with(char::is_alphabetic) && s.chars().take(2).any(char::is_uppercase))
            && unit.lower.chars().count() > 1;
    }
    let mut joined: Vec<Unit> = Vec::with_capacity(units.len());
    for i in 0..units.len() {
        let named = units.get(i).is_some_and(|unit| unit.capital) && !ordinary(units, i, joined.last());
        // What stands before a unit is asked of those already joined: its word may be taken.
        let Some(unit) = units.get_mut(i) else { break };
        match joined.last_mut() {
            Some(last) if named && last.name && last.span.end + 1 == unit.span.start => {
                last.span.end = unit.span.end;
                last.lower = last.span.of(small).unwrap_or(last.lower);
            }
            _ => joined.push(Unit { name: named, ..unit.clone() }),
        }
    }
    // `International Union of Harbours`: one name.
    let mut whole: Vec<Unit> = Vec::with_capacity(joined.len());
    for unit in joined {
        let n = whole.len();
        let of = n > 1 && unit.name && whole.get(n - 1).is_some_and(|u| u.lower == "of") && whole.get(n - 2).is_some_and(|u| u.name);
        if of
            && whole.pop().is_some()
            && let Some(last) = whole.last_mut()
        {
            last.span.end = unit.span.end;
            last.lower = last.span.of(small).unwrap_or(last.lower);
        } else {
            whole.push(unit);
        }
    }
    *units = whole;
}
