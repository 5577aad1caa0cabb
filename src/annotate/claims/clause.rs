//! A sentence in pieces, and walks over them: the head of a phrase, the object of a verb, what a preposition leads to.

use super::chunk::{Chunk, Group, Kind, chunks};
use super::lexicon::{Class, Noun};
use super::sentence::{Unit, units};
use super::tag::{Tag, tags};
use crate::article::{Mention, Span};
use crate::knowledge::Knowledge;
use std::cell::OnceCell;

/// Pieces a walk may pass.
pub(super) const REACH: usize = 40;

/// What a sentence is read from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'a> {
    pub text: &'a str,
    /// The text in lower case, byte for byte.
    pub small: &'a str,
    /// In order of the text.
    pub mentions: &'a [Mention],
    /// For names that are no mention.
    pub knowledge: &'a Knowledge,
}

/// A sentence in pieces, with the text and the mentions it stands in.
#[derive(Debug)]
pub(super) struct Clause<'a> {
    pub text: &'a str,
    pub small: &'a str,
    pub mentions: &'a [Mention],
    pub knowledge: &'a Knowledge,
    pub span: Span,
    pub units: Vec<Unit<'a>>,
    pub tags: Vec<Tag>,
    pub chunks: Vec<Chunk>,
    /// The sentences before, the nearer first.
    pub before: Vec<Span>,
    /// The two nearest of them, taken apart when they are first asked for.
    earlier: [OnceCell<Box<Clause<'a>>>; 2],
}

impl<'a> Clause<'a> {
    pub(super) fn new(source: Source<'a>, span: Span, before: Vec<Span>) -> Self {
        let Source { text, small, mentions, knowledge } = source;
        let units = units(text, small, span, mentions);
        let tags = tags(&units);
        let chunks = chunks(&units, &tags);
        Clause { text, small, mentions, knowledge, span, units, tags, chunks, before, earlier: [OnceCell::new(), OnceCell::new()] }
    }

    /// The sentence `n` before this one, itself without any before it.
    pub(super) fn earlier(&self, n: usize) -> Option<&Clause<'a>> {
        let span = *self.before.get(n)?;
        Some(self.earlier.get(n)?.get_or_init(|| Box::new(Clause::new(self.source(), span, Vec::new()))))
    }

    fn source(&self) -> Source<'a> {
        Source { text: self.text, small: self.small, mentions: self.mentions, knowledge: self.knowledge }
    }

    pub(super) fn chunk(&self, at: usize) -> Option<&Chunk> {
        self.chunks.get(at)
    }

    pub(super) fn group(&self, at: usize) -> Option<Group> {
        self.chunk(at)?.group()
    }

    pub(super) fn nominal(&self, at: usize) -> bool {
        self.chunk(at).is_some_and(Chunk::nominal)
    }

    pub(super) fn class(&self, at: usize) -> Option<Class> {
        match self.chunk(at)?.kind {
            Kind::Other(class) => Some(class),
            _ => None,
        }
    }

    /// The word of a unit, empty beyond the end and where it is an actor.
    pub(super) fn word(&self, unit: usize) -> &str {
        self.units.get(unit).filter(|u| u.mention.is_none()).map_or("", |u| u.lower)
    }

    /// Whether a piece is one of these words.
    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        self.chunk(at).is_some_and(|c| c.end == c.start + 1 && words.contains(&self.word(c.start)))
    }

    /// Whether a piece is one of these prepositions.
    pub(super) fn prep(&self, at: usize, words: &[&str]) -> bool {
        self.class(at) == Some(Class::Prep) && self.is(at, words)
    }

    /// The unit of a noun phrase's head.
    pub(super) fn head(&self, at: usize) -> Option<usize> {
        let chunk = self.chunk(at).filter(|c| c.nominal())?;
        let class = |u: usize| self.tags.get(u).map(|t| t.class);
        // `X 2.0` is X.
        let number = |u: usize| {
            self.word(u).starts_with(|c: char| c.is_ascii_digit())
                && u > chunk.start
                && matches!(class(u - 1), Some(Class::Actor | Class::Name))
        };
        (chunk.start..chunk.end).rev().find(|u| !matches!(class(*u), Some(Class::Own | Class::Suffix)) && !number(*u))
    }

    pub(super) fn head_class(&self, at: usize) -> Option<Class> {
        self.tags.get(self.head(at)?).map(|t| t.class)
    }

    /// What kind of doer a noun phrase's head is.
    pub(super) fn head_noun(&self, at: usize) -> Option<Noun> {
        match self.head_class(at)? {
            Class::Noun(noun) => Some(noun),
            _ => None,
        }
    }

    pub(super) fn is_head(&self, at: usize, word: &str) -> bool {
        self.nominal(at) && self.head_word(at) == word
    }

    pub(super) fn head_word(&self, at: usize) -> &str {
        self.head(at).map_or("", |u| self.word(u))
    }

    /// Skips adverbs and quotation marks to the left: the piece before `at`.
    pub(super) fn previous(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|i| !matches!(self.class(*i), Some(Class::Adverb | Class::Quote)))
    }

    /// Skips adverbs and quotation marks to the right: the piece at or behind `at`.
    pub(super) fn next(&self, at: usize) -> usize {
        (at..self.chunks.len()).find(|i| !matches!(self.class(*i), Some(Class::Adverb | Class::Quote))).unwrap_or(self.chunks.len())
    }

    /// The verb before a piece, in the same clause.
    pub(super) fn verb_before(&self, at: usize) -> Option<usize> {
        (at.saturating_sub(12)..at)
            .rev()
            .take_while(|j| !matches!(self.class(*j), Some(Class::Stop | Class::Sub)))
            .find(|j| self.group(*j).is_some())
    }

    /// The first phrase behind a verb, where it is its object.
    pub(super) fn object(&self, verb: usize) -> Option<usize> {
        let at = self.next(verb + 1);
        self.nominal(at).then_some(at)
    }

    /// The noun phrase a preposition leads to.
    pub(super) fn led(&self, prep: usize) -> Option<usize> {
        let at = self.next(prep + 1);
        self.nominal(at).then_some(at)
    }

    /// Pieces from `from` to where the clause ends.
    pub(super) fn rest(&self, from: usize) -> std::ops::Range<usize> {
        let end = (from..self.chunks.len().min(from + REACH))
            .find(|i| self.class(*i) == Some(Class::Stop))
            .unwrap_or(self.chunks.len().min(from + REACH));
        from..end
    }

    /// The text of a range of pieces, without the marks at its ends.
    pub(super) fn words(&self, range: std::ops::Range<usize>) -> Option<Span> {
        let first = self.chunk(range.start)?;
        let last = self.chunk(range.end.checked_sub(1)?)?;
        (first.start < last.end).then_some(())?;
        Some(Span::new(self.units.get(first.start)?.span.start, self.units.get(last.end - 1)?.span.end))
    }
}
