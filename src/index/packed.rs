//! Terms handed to the engine: all terms of a field of a document as one text, which the engine's threads cut at one byte.
//!
//! The engine's own form of terms made ready is a list of structs that it writes as JSON and reads again.

use crate::analysis::Token as Word;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name under which the engine knows the cutting.
pub(super) const NAME: &str = "packed";

/// Ends each term; occurs in none of them.
const END: char = '\u{1e}';
/// A term with a character up to this before it is a second reading, and stands that many words before the next term.
const BACK: u32 = 0x1d;

/// Terms in order, with their positions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Terms(String);

impl Terms {
    /// Room for the terms of this many bytes of text.
    pub(super) fn of_text(len: usize) -> Terms {
        Terms(String::with_capacity(len + len / 8))
    }

    /// A term that takes the next position.
    pub(super) fn push(&mut self, term: &str) {
        self.0.push_str(term);
        self.0.push(END);
    }

    /// A word as the analysis found it.
    pub(super) fn push_word(&mut self, word: &Word<'_>) {
        if let Some(back) = char::from_u32(word.back.min(BACK)).filter(|_| word.joined) {
            self.0.push(back);
        }
        self.push(word.term);
    }

    /// All terms as one text.
    pub(super) fn packed(self) -> String {
        self.0
    }
}

impl<S: AsRef<str>> FromIterator<S> for Terms {
    fn from_iter<I: IntoIterator<Item = S>>(terms: I) -> Terms {
        let mut packed = Terms::default();
        terms.into_iter().for_each(|term| packed.push(term.as_ref()));
        packed
    }
}

/// Cuts what [`Terms`] packed.
#[derive(Clone, Debug, Default)]
pub(super) struct Unpack {
    token: Token,
}

/// The terms of one text.
#[derive(Debug)]
pub(super) struct Unpacked<'a> {
    rest: &'a str,
    next: usize,
    token: &'a mut Token,
}

impl Tokenizer for Unpack {
    type TokenStream<'a> = Unpacked<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Unpacked<'a> {
        self.token.reset();
        Unpacked { rest: text, next: 0, token: &mut self.token }
    }
}

impl TokenStream for Unpacked<'_> {
    fn advance(&mut self) -> bool {
        let Some((term, rest)) = memchr::memchr(END as u8, self.rest.as_bytes()).and_then(|at| {
            let (term, rest) = self.rest.split_at_checked(at)?;
            Some((term, rest.get(1..)?))
        }) else {
            return false;
        };
        self.rest = rest;
        let back = term.bytes().next().map(usize::from).filter(|b| *b <= BACK as usize);
        let term = if back.is_some() { term.get(1..).unwrap_or_default() } else { term };
        self.token.position = self.next - back.unwrap_or(0).min(self.next);
        self.next += usize::from(back.is_none());
        self.token.text.clear();
        self.token.text.push_str(term);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    #[test]
    fn what_is_packed_is_cut_again() {
        for text in ["", "Envoy", "The envoys named CVE-2021-26855, APT 40 and UNC-2452 a-1-2-3-4-5-6-7-8-9-0-1-2"] {
            let (mut terms, mut expected) = (Terms::of_text(text.len()), Vec::new());
            Analyzer::default().terms(text, |t| {
                terms.push_word(&t);
                expected.push((t.term.to_owned(), t.position as usize));
            });
            let (packed, mut unpack, mut found) = (terms.packed(), Unpack::default(), Vec::new());
            unpack.token_stream(&packed).process(&mut |t| found.push((t.text.clone(), t.position)));
            assert_eq!(found, expected);
        }
    }
}
