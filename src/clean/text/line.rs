//! What can be said of one line by itself: its words, its punctuation, its language, its cues.

use super::cues::{self, CueSet};
use crate::article::Block;
use foldhash::{HashMap, HashMapExt};
use regex::Regex;
use std::sync::OnceLock;

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Word,
    Stop,
    Question,
    Exclaim,
    Colon,
    Ellipsis,
    Comma,
    Other,
}

/// How a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    Upper,
    Lower,
    Digit,
    Quote,
    Bullet,
    Uncased,
}

/// How many languages the table of function words can hold.
const LANGUAGES: usize = 40;

/// The measures of a line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) words: usize,
    pub(super) end: End,
    pub(super) start: Start,
    /// Words that begin with a capital, of all but the first.
    pub(super) capitals: usize,
    /// Every letter is a capital.
    pub(super) shouts: bool,
    /// Words that are numbers.
    pub(super) numbers: usize,
    pub(super) sentences: usize,
    pub(super) commas: usize,
    /// Signs that part the entries of a bar: `|`, `»`, `•`, `·`, `/`.
    pub(super) parting: usize,
    pub(super) date: bool,
    pub(super) address: bool,
    pub(super) quotes: bool,
    /// "you" and "your": the page speaks to its reader.
    pub(super) addressed: usize,
    /// "I" and "my": a comment or a column.
    pub(super) first_person: usize,
    /// Names a price.
    pub(super) money: bool,
    /// Written without spaces between words.
    pub(super) unspaced: bool,
    pub(super) cues: CueSet,
    /// Share of the text that stands in links, in tenths.
    pub(super) linked: usize,
    /// A shortcode or template tag left by the site's software.
    pub(super) code: bool,
    function: [u16; LANGUAGES],
}

impl Line {
    /// Measures a block.
    pub(super) fn of(block: &Block) -> Line {
        let text = block.text.trim();
        let mut line = Line {
            words: 0,
            end: end_of(text),
            start: start_of(text),
            capitals: 0,
            shouts: !text.chars().any(char::is_lowercase) && text.chars().any(char::is_uppercase),
            numbers: 0,
            sentences: 0,
            commas: 0,
            parting: 0,
            date: false,
            address: false,
            quotes: false,
            addressed: 0,
            first_person: 0,
            money: false,
            unspaced: false,
            cues: CueSet::default(),
            linked: tenths(block.link_bytes, block.text.len()),
            code: is_code(text),
            function: [0; LANGUAGES],
        };
        for c in text.chars() {
            match c {
                'a'..='z' | ' ' => {}
                ',' | '、' | '，' => line.commas += 1,
                '|' | '›' | '•' | '·' | '/' | '→' | '>' => line.parting += 1,
                '"' | '“' | '”' | '«' | '„' | '「' => line.quotes = true,
                '»' => (line.parting, line.quotes) = (line.parting + 1, true),
                '$' | '€' | '£' | '¥' | '₹' => line.money = true,
                _ => {}
            }
        }
        let known = function_words();
        let mut lower = String::new();
        for token in text.split_whitespace() {
            let word = token.trim_matches(|c: char| !c.is_alphanumeric());
            let Some(first) = word.chars().next() else { continue };
            line.sentences += usize::from(
                token.len() > word.len()
                    && token.trim_end_matches(['"', '”', '’', ')', '»']).ends_with(['.', '!', '?', '।'])
                    && word.len() > 2,
            );
            if first.is_uppercase() && line.words > 0 {
                line.capitals += 1;
            }
            line.words += 1;
            line.numbers += usize::from(first.is_ascii_digit());
            line.address |=
                word.contains("://") || word.starts_with("www.") || (word.contains('@') && word.contains('.')) || token.starts_with('@');
            if word.len() <= 24 {
                lower.clear();
                if word.is_ascii() {
                    lower.push_str(word);
                    lower.make_ascii_lowercase();
                } else {
                    lower.extend(word.chars().flat_map(char::to_lowercase));
                }
                if matches!(lower.as_str(), "you" | "your" | "you're" | "you’re" | "our" | "sie" | "ihr" | "vous" | "votre") {
                    line.addressed += 1;
                }
                line.first_person += usize::from(matches!(
                    lower.as_str(),
                    "i" | "i'm" | "i’m" | "my" | "me" | "i've" | "i’ve" | "ich" | "je" | "thanks" | "thank"
                ));
                for &language in known.get(lower.as_str()).into_iter().flatten() {
                    line.function[language] = line.function[language].saturating_add(1);
                }
            }
        }
        let wide = if text.is_ascii() { 0 } else { text.chars().filter(|c| is_unspaced(*c)).count() };
        if wide > 0 && wide * 3 > text.chars().count() {
            line.unspaced = true;
            line.words += wide / 2;
            line.sentences = text.matches(['。', '！', '？', '.']).count();
        }
        if line.words <= 40 {
            line.date = text.chars().any(|c| c.is_numeric()) && dates().is_match(text);
        }
        line.cues = cues::find(text, line.words);
        line
    }

    /// How many of its words hold sentences together in `language`, an index that [`language_of`] gave.
    pub(super) fn function(&self, language: usize) -> usize {
        self.function.get(language).copied().unwrap_or(0).into()
    }

    /// Share of words that hold sentences together, in hundredths.
    pub(super) fn grammar(&self, language: usize) -> usize {
        if self.unspaced { 30 } else { self.function(language) * 100 / self.words.max(1) }
    }

    /// Whether it reads as running text: long enough, with the words that hold sentences together, and closed.
    pub(super) fn is_prose(&self, language: usize) -> bool {
        let closed = matches!(self.end, End::Stop | End::Question | End::Exclaim | End::Colon | End::Ellipsis) || self.sentences > 0;
        self.words >= 10 && self.grammar(language) >= 18 && (closed || self.words >= 25) && !self.code
    }
}

/// The language whose function words the lines hold most of: an index for [`Line::function`].
pub(super) fn language_of(lines: &[Line]) -> usize {
    (0..LANGUAGES).max_by_key(|&l| (lines.iter().map(|line| line.function(l)).sum::<usize>(), std::cmp::Reverse(l))).unwrap_or(0)
}

fn tenths(part: u32, whole: usize) -> usize {
    (part as usize * 10).checked_div(whole).unwrap_or(0).min(10)
}

/// Scripts that part no words: Han, kana, Thai, Lao, Khmer, Burmese.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

fn end_of(text: &str) -> End {
    let bare = text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '“', ' ']);
    match bare.chars().next_back() {
        Some('.') if bare.ends_with("..") => End::Ellipsis,
        Some('…') => End::Ellipsis,
        Some('.' | '。' | '।' | '۔' | '።') => End::Stop,
        Some('?' | '？' | '؟' | ';') => End::Question,
        Some('!' | '！') => End::Exclaim,
        Some(':' | '：') => End::Colon,
        Some(',' | '，' | '、' | '-' | '–' | '—') => End::Comma,
        Some(c) if c.is_alphanumeric() => End::Word,
        _ => End::Other,
    }
}

fn start_of(text: &str) -> Start {
    match text.chars().next() {
        Some('"' | '“' | '„' | '«' | '‘' | '\'' | '「') => Start::Quote,
        Some(c) if c.is_numeric() => Start::Digit,
        Some(c) if c.is_lowercase() => Start::Lower,
        Some(c) if c.is_uppercase() => Start::Upper,
        Some(c) if c.is_alphabetic() => Start::Uncased,
        _ => Start::Bullet,
    }
}

/// `[shortcode arg="…" /]`, `{{ template }}`, scripts and style sheets that were taken for text.
fn is_code(text: &str) -> bool {
    static CODE: OnceLock<Regex> = OnceLock::new();
    #[expect(clippy::expect_used, reason = "the pattern is part of the program; a test uses it")]
    let code = CODE.get_or_init(|| {
        Regex::new(r#"^\[/?[A-Za-z][\w-]*(\s+[\w-]+=[^\]]*)?\s*/?\]$|^\{[{%].*[%}]\}$|\bfunction\s*\([^)]*\)\s*\{|\{[^{}]*:[^{}]*;[^{}]*\}|^<!--|@media\b"#).expect("a valid pattern")
    });
    text.contains(['[', '{', '<', '@'])
        && code.is_match(text.get(..2000).unwrap_or(text))
        && (text.starts_with('{') || text.contains(['=', '{', '<']))
}

fn dates() -> &'static Regex {
    static DATES: OnceLock<Regex> = OnceLock::new();
    #[expect(clippy::expect_used, reason = "the pattern is part of the program; a test uses it")]
    DATES.get_or_init(|| {
        Regex::new(
            r"(?i)\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b(19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\b(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|mai|juni|juli|okt|dez|janv|févr|avr|juin|juil|août|déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|fev|out)[a-zû]*\.?,? \d{1,4}\b|\b\d{1,2}(st|nd|rd|th|\.)? (de )?[a-zа-я]{3,10}\.?,? (de )?(19|20)\d\d\b|(19|20)\d\d年",
        )
        .expect("a valid pattern")
    })
}

fn function_words() -> &'static HashMap<&'static str, Vec<usize>> {
    static WORDS: OnceLock<HashMap<&'static str, Vec<usize>>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words: HashMap<&str, Vec<usize>> = HashMap::new();
        for (language, row) in include_str!("function_words.tsv").lines().filter(|l| !l.starts_with('#')).enumerate().take(LANGUAGES) {
            for word in row.split_once('\t').map_or("", |(_, w)| w).split(' ') {
                let of = words.entry(word).or_default();
                if !of.contains(&language) {
                    of.push(language);
                }
            }
        }
        words
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        Line::of(&Block { text: text.into(), ..Block::default() })
    }

    #[test]
    fn running_text_is_told_from_labels() {
        let prose = line("The harbour office said on Friday that it had closed the gate after the storm.");
        assert!(prose.is_prose(language_of(std::slice::from_ref(&prose))));
        assert!(!line("Harbour News Weather Sport Tides Letters Archive").is_prose(0));
        let german = line("Das Amt teilte mit, dass die Schleuse nach dem Sturm nicht mehr geöffnet werden kann.");
        assert!(german.is_prose(language_of(std::slice::from_ref(&german))));
    }

    #[test]
    fn shortcodes_and_dates_are_seen() {
        assert!(line("[gate-login target=”somewhere” /]").code);
        assert!(!line("[sic] he wrote").code);
        assert!(line("12 March 2031, 11:24 am").date && line("Mar 3, 2031").date && !line("Section 12").date);
    }
}
