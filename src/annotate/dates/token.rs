//! Text to tokens: words of time, numbers and the marks between them. Everything else is one [`Kind::Break`], however long, and so are
//! addresses, paths, versions, prices and identifiers.

use super::lexicon::{Lexicon, Word};
use super::numeric::{Numeric, classify};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anything that has no part in an expression of time.
    Break,
    Word(Word),
    /// A number and how many digits it is written with.
    Number(u32, u8),
    /// `19th`.
    Ordinal(u8),
    /// `1990s`: the year it begins with; `90s` is 90.
    Decade(i16),
    /// A run of digits that is a date, a pair or a clock time by itself.
    Numeric(Numeric),
    /// The clock time of a stamp, behind its day: hour and minute.
    Stamp(u8, u8),
    /// A mark: `,` `.` `-` (any dash) `/` `'` (any apostrophe) `(`.
    Mark(u8),
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Lower,
    Capital,
    Upper,
}

/// A piece of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    pub case: Case,
    /// No white space before it.
    pub glued: bool,
}

/// Marks before a number that make it a price, an identifier, a part of a path or of code.
const BAD_BEFORE: &str = "]$€£¥#@=\\/+&%_^~.:<>";
/// The same after it.
const BAD_AFTER: &str = "%_\\/@=#$€£¥&^~+°";

pub(super) fn tokens(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    let mut scanner = Scanner { text, bytes: text.as_bytes(), at: 0, glued: false, out: Vec::new() };
    scanner.run(lexicon);
    scanner.out
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    glued: bool,
    out: Vec<Token>,
}

impl Scanner<'_> {
    fn run(&mut self, lexicon: &Lexicon) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' => {
                    self.at += 1;
                    self.glued = false;
                    if self.bytes.get(self.at) == Some(&b'\n') {
                        self.breaks(self.at, self.at);
                    }
                }
                b' ' | b'\t' | b'\r' => {
                    self.at += 1;
                    self.glued = false;
                }
                b'0'..=b'9' => self.digits(),
                b'a'..=b'z' | b'A'..=b'Z' => self.word(lexicon),
                b'(' if self.at > 0 && self.bytes[self.at - 1] == b']' => self.skip_address(),
                b',' | b'.' | b'-' | b'/' | b'\'' | b'(' => self.push(self.at, self.at + 1, Kind::Mark(byte)),
                b':' if self.bytes[self.at..].starts_with(b"://") => self.skip_address(),
                0..0x80 => self.breaks(self.at, self.at + 1),
                _ => self.other(lexicon),
            }
        }
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind) {
        let bytes = &self.bytes[start..end];
        let case = match bytes {
            [b'A'..=b'Z', b'A'..=b'Z', ..] => Case::Upper,
            [b'A'..=b'Z', ..] => Case::Capital,
            _ => Case::Lower,
        };
        self.out.push(Token { start, end, kind, case, glued: self.glued });
        self.at = end;
        self.glued = true;
    }

    /// A stretch without meaning; stretches in a row are one token.
    fn breaks(&mut self, start: usize, end: usize) {
        match self.out.last_mut() {
            Some(last) if last.kind == Kind::Break => last.end = end,
            _ => self.out.push(Token { start, end, kind: Kind::Break, case: Case::Lower, glued: self.glued }),
        }
        self.at = end;
        self.glued = true;
    }

    fn word(&mut self, lexicon: &Lexicon) {
        let start = self.at;
        let end = self.word_end(start);
        let next = self.bytes.get(end).copied().unwrap_or(b' ');
        let joined =
            start > 0 && matches!(self.bytes[start - 1], b'_' | b'@' | b'/' | b'\\' | b'=' | b'.' | b'#' | b'0'..=b'9') && self.glued;
        let found =
            if next == b'_' || next == b'\\' || next == b'=' { None } else { self.text.get(start..end).and_then(|w| lexicon.get(w)) };
        match found {
            // Digits straight after a word belong to it: Q3 is a quarter, v2021 nothing.
            Some(Word::Q | Word::H | Word::Fiscal) if next.is_ascii_digit() && !joined => {
                self.push(start, end, Kind::Word(found.unwrap_or(Word::Q)));
            }
            _ if next.is_ascii_digit() => {
                let end = self.run_end(end);
                self.breaks(start, end);
            }
            // `April/May` is two months; `path/may.txt` is none.
            Some(word) if !joined || (matches!(word, Word::Month(..)) && matches!(self.bytes[start - 1], b'/' | b'.')) => {
                self.push(start, end, Kind::Word(word));
            }
            _ => self.breaks(start, end),
        }
    }

    /// The end of a run of Latin letters.
    fn word_end(&self, mut at: usize) -> usize {
        loop {
            match self.bytes.get(at) {
                Some(b) if b.is_ascii_alphabetic() => at += 1,
                // Two bytes: U+00C0 to U+024F.
                Some(0xC3..=0xC9) if self.text.get(at..at + 2).is_some_and(|c| c.chars().all(char::is_alphabetic)) => at += 2,
                _ => return at,
            }
        }
    }

    /// The first character boundary at or after `at`.
    fn boundary(&self, mut at: usize) -> usize {
        while !self.text.is_char_boundary(at) {
            at += 1;
        }
        at
    }

    /// The end of a run of letters, digits and underscores.
    fn run_end(&self, at: usize) -> usize {
        let rest = &self.bytes[at..];
        at + rest.iter().position(|b| !(b.is_ascii_alphanumeric() || *b == b'_')).unwrap_or(rest.len())
    }

    fn skip_address(&mut self) {
        let rest = &self.bytes[self.at..];
        let length =
            rest.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b')' | b'>' | b'"' | b'<' | b'|')).unwrap_or(rest.len());
        let end = self.boundary(self.at + length);
        self.breaks(self.at, end);
    }

    /// A character outside ASCII: white space, dash, apostrophe, letter, or nothing of ours.
    fn other(&mut self, lexicon: &Lexicon) {
        let Some(c) = self.text.get(self.at..).and_then(|t| t.chars().next()) else {
            self.at += 1;
            return;
        };
        let end = self.at + c.len_utf8();
        match c {
            '–' | '—' | '‑' | '‐' | '−' => self.push(self.at, end, Kind::Mark(b'-')),
            '’' | '‘' => self.push(self.at, end, Kind::Mark(b'\'')),
            c if c.is_whitespace() || c == '\u{200b}' => {
                self.at = end;
                self.glued = false;
            }
            c if c.is_alphabetic() && ('\u{c0}'..'\u{250}').contains(&c) => self.word(lexicon),
            _ => self.breaks(self.at, end),
        }
    }

    fn digits(&mut self) {
        let start = self.at;
        let end = self.numeric_end(start);
        let before = self.text.get(..start).and_then(|t| t.chars().next_back()).filter(|_| self.glued);
        let after = self.text.get(end..).and_then(|t| t.chars().next()).unwrap_or(' ');
        if before.is_some_and(|c| self.spoils_before(c, start)) || (spoils_after(&self.text[end..]) && !self.dated_file(after)) {
            let end = self.run_end(end);
            return self.breaks(start, end);
        }
        let run = &self.text[start..end];
        let kind = classify(run);
        if after.is_ascii_alphabetic() {
            return self.suffixed(start, end, kind);
        }
        self.numeric(start, end, kind);
    }

    /// `16 October 2020.docx`: a year behind a month, whatever hangs on it.
    fn dated_file(&self, after: char) -> bool {
        after == '.' && !self.glued && matches!(self.out.last().map(|t| t.kind), Some(Kind::Word(Word::Month(..))))
    }

    fn numeric(&mut self, start: usize, end: usize, kind: Numeric) {
        match kind {
            Numeric::Junk => self.breaks(start, end),
            Numeric::Number(value, digits) => self.push(start, end, Kind::Number(value, digits)),
            Numeric::Pair(first, mark) => {
                let (mark_start, mark_end) = (start + first, start + first + mark);
                let byte = if self.bytes[mark_start] == b'/' { b'/' } else { b'-' };
                let (Numeric::Number(a, a_digits), Numeric::Number(b, b_digits)) =
                    (classify(&self.text[start..mark_start]), classify(&self.text[mark_end..end]))
                else {
                    return self.breaks(start, end);
                };
                self.push(start, mark_start, Kind::Number(a, a_digits));
                self.push(mark_start, mark_end, Kind::Mark(byte));
                self.push(mark_end, end, Kind::Number(b, b_digits));
            }
            other => self.push(start, end, Kind::Numeric(other)),
        }
    }

    /// Digits with letters straight behind them: `19th`, `1990s`, `3Q`, `5pm`, `2018-11-13T10:12:58Z`.
    fn suffixed(&mut self, start: usize, end: usize, kind: Numeric) {
        let stop = self.run_end(end);
        let letters = &self.text[end..stop];
        let is = |s: &str| letters.eq_ignore_ascii_case(s);
        match kind {
            Numeric::Number(value @ 1..=31, 1 | 2) if is("st") || is("nd") || is("rd") || is("th") || is("er") => {
                self.push(start, stop, Kind::Ordinal(value as u8));
            }
            Numeric::Number(value @ 1..=99, 1 | 2) if is("th") || is("st") || is("nd") || is("rd") => {
                self.push(start, stop, Kind::Ordinal(value as u8))
            }
            Numeric::Number(value, 4 | 2) if letters == "s" && value % 10 == 0 => self.push(start, stop, Kind::Decade(value as i16)),
            Numeric::Number(1..=12, 1 | 2) | Numeric::Clock(..) if is("am") || is("pm") => {
                let word = if is("am") { Word::Am } else { Word::Pm };
                self.numeric(start, end, kind);
                self.push(end, stop, Kind::Word(word));
            }
            Numeric::Number(1..=4, 1) if is("q") || is("h") => {
                self.numeric(start, end, kind);
                self.push(end, stop, Kind::Word(if is("q") { Word::Q } else { Word::H }));
            }
            Numeric::Clock(..) if is("z") || is("utc") => {
                self.numeric(start, end, kind);
                self.breaks(end, stop);
            }
            Numeric::Date(..) if letters.starts_with('T') => self.stamp(start, end),
            _ => self.breaks(start, stop),
        }
    }

    /// `2018-11-13T10:12:58.0Z`: the day of a stamp and its clock time.
    fn stamp(&mut self, start: usize, end: usize) {
        let mut stop = self.while_in(end + 1, b"0123456789:");
        let clock = classify(&self.text[end + 1..stop]);
        match (classify(&self.text[start..end]), clock) {
            (day @ Numeric::Date(..), Numeric::Clock(hour, minute, _)) => {
                // Parts of a second, and the zone.
                if matches!(self.bytes.get(stop), Some(b'.' | b',')) && self.bytes.get(stop + 1).is_some_and(u8::is_ascii_digit) {
                    stop = self.while_in(stop + 1, b"0123456789");
                }
                stop = match self.bytes.get(stop) {
                    Some(b'Z') => stop + 1,
                    Some(b'+' | b'-') => self.while_in(stop + 1, b"0123456789:"),
                    _ => stop,
                };
                self.push(start, end, Kind::Numeric(day));
                self.push(end + 1, stop, Kind::Stamp(hour, minute));
            }
            _ => {
                let stop = self.numeric_end(end + 1);
                self.breaks(start, stop);
            }
        }
    }

    /// The end of a run of such bytes.
    fn while_in(&self, from: usize, set: &[u8]) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        from + rest.iter().position(|b| !set.contains(b)).unwrap_or(rest.len())
    }

    /// The end of a run of digits and single marks between digits.
    fn numeric_end(&self, start: usize) -> usize {
        let mut at = start;
        loop {
            while self.bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            let mark = match self.bytes.get(at) {
                Some(b'.' | b'/' | b':' | b'-') => 1,
                // A thousands' comma; the one of `May 3,2020` is followed by four digits.
                Some(b',') if self.thousands(at) => 1,
                Some(0xE2) if self.text.get(at..at + 3).is_some_and(|m| m == "–" || m == "—") => 3,
                _ => return at,
            };
            if !self.bytes.get(at + mark).is_some_and(u8::is_ascii_digit) {
                return at;
            }
            at += mark;
        }
    }

    fn thousands(&self, at: usize) -> bool {
        let digit = |i: usize| self.bytes.get(i).is_some_and(u8::is_ascii_digit);
        digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4)
    }

    fn spoils_before(&self, c: char, start: usize) -> bool {
        match c {
            // A full stop: fine behind a month's abbreviation (`Dec.2011`).
            '.' => !matches!(self.out.iter().rev().nth(1).map(|t| t.kind), Some(Kind::Word(Word::Month(..)))),
            // A slash: fine between months or dates, which the run itself holds; a colon after a label (`Date:2021-07-19`).
            ':' => start < 2 || !self.bytes[start - 2].is_ascii_alphabetic() || self.numeric_end(start) - start < 8,
            '-' => false,
            c => {
                BAD_BEFORE.contains(c)
                    || (c.is_alphabetic() && !matches!(self.out.last().map(|t| t.kind), Some(Kind::Word(Word::Q | Word::H | Word::Fiscal))))
            }
        }
    }
}

fn spoils_after(rest: &str) -> bool {
    let mut chars = rest.chars();
    match (chars.next(), chars.next()) {
        (Some('.' | ':'), Some(next)) => next.is_ascii_digit() || next.is_lowercase(),
        (Some(c), _) => BAD_AFTER.contains(c) || (c.is_alphabetic() && !c.is_ascii()),
        (None, _) => false,
    }
}
