//! How text becomes terms: the one way for documents, queries and highlights, so that they always meet.
//!
//! A text is cut at Unicode word boundaries (UAX #29); each word is folded (case, diacritics, apostrophes) and stemmed by
//! Snowball's algorithm for the text's language (of English "Porter2"). Positions are kept for phrases. Knows neither fields nor the engine.

mod fold;
mod memory;
mod pieces;
mod shingles;
mod stemmer;
mod stop;

use crate::article::Span;
use frostem::Stemmer;
use memory::{Memory, Remembered};
use std::borrow::Cow;

pub(crate) use fold::fold;
pub(crate) use pieces::pieces;
pub(crate) use shingles::{Shingler, Shingles, may_be_copies};
pub(crate) use stemmer::Language;
pub(crate) use stop::is_stop;

/// Changes whenever the same text would give other terms; part of the index format.
pub(crate) const VERSION: u32 = 2;

/// Longest term in bytes; what is longer (an encoded blob) is cut.
const LONGEST: usize = 80;

/// One term of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// The folded and stemmed word.
    pub(crate) term: &'a str,
    /// The folded word before stemming.
    pub(crate) word: &'a str,
    /// Where it stands.
    pub(crate) span: Span,
    /// Its place in the text, counted in words.
    pub(crate) position: u32,
    /// How many words before the next one that is.
    pub(crate) back: u32,
    /// A second reading of the words that begin here (`apt40` for `APT-40`); it takes no position of its own.
    pub(crate) joined: bool,
}

/// Cuts texts into terms. Cheap to make; keeps buffers between texts.
pub(crate) struct Analyzer {
    stemmer: Stemmer,
    language: Language,
    word: String,
    only: Option<Vec<u8>>,
    /// The words seen before, where many texts are expected; with those of the languages spoken before.
    memory: Option<Memory>,
    others: Vec<(Language, Memory)>,
}

impl std::fmt::Debug for Analyzer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Analyzer")
    }
}

impl Default for Analyzer {
    fn default() -> Self {
        Analyzer::speaking(Language::default())
    }
}

impl Analyzer {
    /// An analyzer for texts of this language.
    pub(crate) fn speaking(language: Language) -> Self {
        let (stemmer, word) = (Stemmer::new(language.algorithm()), String::new());
        Analyzer { stemmer, language, word, only: None, memory: None, others: Vec::new() }
    }

    /// An analyzer for many texts, which remembers the words it has seen. Gives the same terms.
    pub(crate) fn remembering() -> Self {
        Analyzer { memory: Some(Memory::default()), ..Analyzer::default() }
    }

    /// From now on texts are of this language; of English where it is not known or has no stemmer.
    pub(crate) fn speak(&mut self, language: Option<&str>) {
        let language = language.and_then(Language::of).unwrap_or_default();
        if language != self.language {
            if let Some(memory) = &mut self.memory {
                let known = self.others.iter().position(|(l, _)| *l == language).map(|at| self.others.swap_remove(at).1);
                let before = std::mem::replace(memory, known.unwrap_or_default());
                self.others.push((self.language, before));
            }
            (self.stemmer, self.language) = (Stemmer::new(language.algorithm()), language);
        }
    }

    /// The stem of a folded word.
    pub(crate) fn stem(&self, word: &str) -> String {
        stem(&self.stemmer, word).into_owned()
    }

    /// Calls `each` with every term of `text` in order and returns the number of positions.
    pub(crate) fn terms(&mut self, text: &str, mut each: impl FnMut(Token<'_>)) -> u32 {
        let mut position = 0;
        let mut pending: Option<Compound> = None;
        let Analyzer { stemmer, word: buffer, only, memory, .. } = self;
        pieces(text, |start, part| {
            let span = Span::new(start, start + part.len());
            let remembered = memory.as_mut().and_then(|memory| {
                memory.recall(part, || {
                    let word = folded(part, buffer)?;
                    Some(Remembered { word: word.into(), term: stem(stemmer, word).into() })
                })
            });
            let (word, term) = match remembered {
                Some(known) => (&*known.word, Cow::Borrowed(&*known.term)),
                None => {
                    let Some(word) = folded(part, buffer) else { return };
                    let wanted = only.as_ref().is_none_or(|only| word.bytes().next().is_some_and(|b| only.contains(&b)));
                    (word, if wanted { stem(stemmer, word) } else { Cow::Borrowed(word) })
                }
            };
            let digits = word.bytes().all(|b| b.is_ascii_digit());
            if let Some(compound) = pending.take() {
                pending = compound.grow(text, word, digits, span, position, &mut each);
            }
            if pending.is_none() && !digits && part.is_ascii() && part.len() <= 12 && may_grow(text, span.end) {
                pending = Some(Compound { joined: word.to_owned(), start: span.start, end: span.end, position, capital: is_code(part) });
            }
            each(Token { term: &term, word, span, position, back: 0, joined: false });
            position += 1;
        });
        position
    }

    /// An analyzer that stems only what begins as one of `terms`: stemming leaves the first letter, so looking for these terms is safe.
    pub(crate) fn looking_for<'t>(terms: impl Iterator<Item = &'t str>) -> Self {
        Analyzer { only: Some(terms.filter_map(|t| t.bytes().next()).collect()), ..Analyzer::default() }
    }

    /// The terms of a text with their positions, joined readings left out.
    pub(crate) fn plain(&mut self, text: &str) -> Vec<(String, u32)> {
        let mut out = Vec::new();
        self.terms(text, |t| {
            if !t.joined {
                out.push((t.term.to_owned(), t.position));
            }
        });
        out
    }
}

/// The folded word in `buffer`; nothing where nothing is left of it.
fn folded<'b>(part: &str, buffer: &'b mut String) -> Option<&'b str> {
    buffer.clear();
    fold(part, buffer);
    cut(buffer);
    (!buffer.is_empty()).then_some(buffer)
}

/// Whether a number may stand behind a hyphen or space at `end`.
fn may_grow(text: &str, end: usize) -> bool {
    let digit = |b: &u8| b.is_ascii_digit() || !b.is_ascii();
    match text.as_bytes().get(end..) {
        Some([b'-' | b' ', next, ..]) => digit(next),
        Some([first, ..]) => !first.is_ascii(),
        _ => false,
    }
}

/// Letters and digits that name one thing though something stands between them: `APT-40`, `CVE-2021-26855`, `UNC 2452`.
struct Compound {
    joined: String,
    start: usize,
    end: usize,
    position: u32,
    capital: bool,
}

impl Compound {
    /// Takes the next word in where it is a number right behind a hyphen, or behind a space where the letters are a code in capitals.
    fn grow(
        mut self,
        text: &str,
        word: &str,
        digits: bool,
        span: Span,
        position: u32,
        each: &mut impl FnMut(Token<'_>),
    ) -> Option<Compound> {
        let between = text.get(self.end..span.start)?;
        let tied = matches!(between, "-" | "\u{2010}" | "\u{2011}") || (between == " " && self.capital);
        if !digits || !tied || word.len() > 7 || self.joined.len() > 24 {
            return None;
        }
        self.joined.push_str(word);
        self.end = span.end;
        let whole = Span::new(self.start, span.end);
        let back = position - self.position;
        each(Token { term: &self.joined, word: &self.joined, span: whole, position: self.position, back, joined: true });
        self.capital = false;
        Some(self)
    }
}

/// Two to five capitals: `APT`, `UNC`, `CVE`.
fn is_code(part: &str) -> bool {
    (2..=5).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase())
}

fn cut(word: &mut String) {
    if word.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|&i| word.is_char_boundary(i)).unwrap_or(0);
        word.truncate(end);
    }
}

fn stem<'a>(stemmer: &Stemmer, word: &'a str) -> Cow<'a, str> {
    // Numbers and codes have no ending to take off.
    if word.len() < 3 || word.bytes().any(|b| b.is_ascii_digit()) { Cow::Borrowed(word) } else { stemmer.stem(word) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        Analyzer::default().terms(text, |t| out.push(format!("{}{}@{}", if t.joined { "+" } else { "" }, t.term, t.position)));
        out
    }

    #[test]
    fn words_are_folded_and_stemmed() {
        assert_eq!(terms("Ministers’ Cafés accused"), ["minist@0", "cafe@1", "accus@2"]);
        assert_eq!(terms("the agency's report isn't"), ["the@0", "agenc@1", "report@2", "isnt@3"]);
        assert_eq!(terms("U.S. and U.K. 3.5 1,000"), ["us@0", "and@1", "uk@2", "3.5@3", "1000@4"]);
    }

    #[test]
    fn codes_have_one_name_however_they_are_spelt() {
        assert_eq!(terms("APT-40"), ["apt@0", "+apt40@0", "40@1"]);
        assert_eq!(terms("APT 40"), ["apt@0", "+apt40@0", "40@1"]);
        assert_eq!(terms("APT40"), ["apt40@0"]);
        assert_eq!(terms("CVE-2021-26855"), ["cve@0", "+cve2021@0", "2021@1", "+cve202126855@0", "26855@2"]);
        assert_eq!(terms("in 2021"), ["in@0", "2021@1"]);
    }

    #[test]
    fn what_the_boundary_rules_glue_is_parted() {
        assert_eq!(terms("evil.example.com"), ["evil@0", "exampl@1", "com@2"]);
        assert_eq!(terms("the end.Next day"), ["the@0", "end@1", "next@2", "day@3"]);
        assert_eq!(terms("10.0.0.1"), ["10.0.0.1@0"]);
    }

    #[test]
    fn a_memory_changes_nothing() {
        let mut remembering = Analyzer::remembering();
        let texts = ["Hacking hackers hacked APT-40 and apt 40", "die Angriffe, Angriffen", "Hacking hackers’ CVE-2021-26855 a-1-2 café"];
        for (text, language) in texts.iter().zip([None, Some("de"), None]).cycle().take(9) {
            let mut plain = Analyzer::default();
            plain.speak(language);
            remembering.speak(language);
            let (mut expected, mut found) = (Vec::new(), Vec::new());
            plain.terms(text, |t| expected.push(format!("{t:?}")));
            remembering.terms(text, |t| found.push(format!("{t:?}")));
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn spans_name_the_words() {
        let text = "Ω Ünïted APT-40 x_y";
        Analyzer::default().terms(text, |t| assert!(t.span.of(text).is_some_and(|s| !s.is_empty())));
    }
}
