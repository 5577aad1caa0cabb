//! The outward shape of a line, as far as metadata needs it.

use crate::extract::metadata::{Locale, days};
use regex::Regex;
use std::sync::OnceLock;

/// The shape of a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    pub(super) words: usize,
    /// Words that are numbers.
    pub(super) numbers: usize,
    /// Words that begin with a capital.
    pub(super) capitals: usize,
    /// Begins with a number and a stop, as the parts of a list do.
    pub(super) numbered: bool,
    /// Says what sites say of themselves.
    pub(super) furniture: bool,
    /// Closed by a full stop or the like.
    pub(super) stops: bool,
    /// Holds a date.
    pub(super) date: bool,
    /// Begins as a line with the author's name does.
    pub(super) byline: bool,
    /// A bar of entries.
    pub(super) bar: bool,
    /// Running text.
    pub(super) prose: bool,
}

impl Shape {
    pub(super) fn of(line: &str) -> Shape {
        let mut shape = Shape::default();
        let mut small = 0;
        let mut sentences = 0;
        for token in line.split_whitespace() {
            let word = token.trim_matches(|c: char| !c.is_alphanumeric());
            let Some(first) = word.chars().next() else { continue };
            shape.words += 1;
            shape.numbers += usize::from(first.is_ascii_digit());
            small += usize::from(!first.is_uppercase());
            shape.capitals += usize::from(first.is_uppercase());
            sentences +=
                usize::from(word.len() > 2 && token.trim_end_matches(['"', '”', '’', ')', '»']).ends_with(['.', '!', '?', '。', '।']));
        }
        let is_wide = |c: &char| ('\u{0e00}'..='\u{0eff}').contains(c) || ('\u{3040}'..='\u{9fff}').contains(c);
        let wide = if line.is_ascii() { 0 } else { line.chars().filter(is_wide).count() };
        shape.words += wide / 2;
        small += wide / 2;
        shape.stops = line.trim_end_matches(['"', '”', '’', ')', '»', ' ']).ends_with(['.', '。', '।', '…']);
        shape.date = shape.words <= 40 && !days(line, Locale::default()).is_empty();
        shape.byline = shape.words <= 14 && byline().is_match(line);
        shape.bar = line.contains([' ', '\u{a0}'])
            && (line.contains(" | ") || line.contains(" » ") || line.contains(" > ") || line.contains(" / "));
        let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        shape.numbered = (1..=3).contains(&digits) && line[digits..].starts_with(['.', ')', ':']);
        shape.furniture = shape.words <= 30 && furniture().is_match(line);
        shape.prose = shape.words >= 12 && small * 2 > shape.words && (shape.stops || sentences > 0 || shape.words >= 30);
        shape
    }
}

fn byline() -> &'static Regex {
    static BYLINE: OnceLock<Regex> = OnceLock::new();
    #[expect(clippy::expect_used, reason = "the pattern is part of the program; a test uses it")]
    BYLINE.get_or_init(|| {
        Regex::new(r"^(?i:by|written by|posted by|published by|words by|story by|author|authors|von|por|par|door|autor|автор)[: ]\s*\p{Lu}")
            .expect("a valid pattern")
    })
}

/// Words that sites say of themselves, and articles seldom in their headlines.
fn furniture() -> &'static Regex {
    static FURNITURE: OnceLock<Regex> = OnceLock::new();
    #[expect(clippy::expect_used, reason = "the pattern is part of the program; a test uses it")]
    FURNITURE.get_or_init(|| {
        Regex::new(
            r"(?i)\b(subscribe|newsletter|share|sign (up|in)|log ?in|cookies?|privacy|menu|search|skip|copyright|comments?|advertis\w+|contact|follow|related|free trial|get started|learn more|read more|reviewed|updated|published|min read|download)\b|©",
        )
        .expect("a valid pattern")
    })
}

/// First and last line of the stretch with the most running text: the best-scoring run, prose counting its words and others a cost.
pub(super) fn core(shapes: &[Shape]) -> Option<(usize, usize)> {
    let mut best: Option<(i64, usize, usize)> = None;
    let (mut sum, mut from) = (0i64, 0);
    for (i, shape) in shapes.iter().enumerate() {
        sum += if shape.prose { shape.words.min(80) as i64 } else { -8 };
        if sum <= 0 {
            (sum, from) = (0, i + 1);
        } else if best.is_none_or(|(b, ..)| sum > b) {
            best = Some((sum, from, i));
        }
    }
    best.map(|(_, from, to)| (from, to))
}

/// Lower case, letters and digits only, single spaces.
pub(in crate::extract) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        if word.is_ascii() {
            out.extend(word.bytes().map(|b| char::from(b.to_ascii_lowercase())));
        } else {
            out.extend(word.chars().flat_map(char::to_lowercase));
        }
    }
    out
}
