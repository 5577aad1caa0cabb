//! Noun phrases and verb groups of a sentence: the pieces that clauses are built from.

use super::lexicon::{Class, Form, Verb};
use super::sentence::Unit;
use super::tag::Tag;
use super::words::List;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// A noun phrase without what follows its head.
    Noun,
    /// A pronoun.
    Pronoun,
    Verb(Group),
    /// One word of another class.
    Other(Class),
}

/// A verb with its auxiliaries.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Group {
    /// The unit of the main verb.
    pub at: usize,
    pub verb: Verb,
    pub passive: bool,
    /// Has an auxiliary or a form that needs none: a bare participle is left open.
    pub finite: bool,
    pub negated: bool,
    /// `may`, `would`: not said to be so.
    pub modal: bool,
    /// `must`, `should`.
    pub must: bool,
    /// Behind `to`.
    pub infinitive: bool,
}

/// A piece, as a range of units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chunk {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
}

impl Chunk {
    pub(super) fn group(&self) -> Option<Group> {
        match self.kind {
            Kind::Verb(group) => Some(group),
            _ => None,
        }
    }

    /// Whether somebody or something is named.
    pub(super) fn nominal(&self) -> bool {
        matches!(self.kind, Kind::Noun | Kind::Pronoun)
    }
}

/// The pieces of a sentence, in order.
pub(super) fn chunks(units: &[Unit], tags: &[Tag]) -> Vec<Chunk> {
    let class = |i: usize| tags.get(i).map(|t| t.class);
    let mut out = Vec::new();
    let mut i = 0;
    while let Some(here) = class(i) {
        let (end, kind) = match here {
            Class::Pronoun => (i + 1, Kind::Pronoun),
            Class::Det | Class::Word | Class::Noun(_) | Class::Actor | Class::Name | Class::Own | Class::Suffix => {
                (noun_end(tags, i), Kind::Noun)
            }
            Class::Be | Class::Have | Class::Do | Class::Modal | Class::Not | Class::To | Class::Verb => match group(units, tags, i) {
                Some((end, group)) => (end, Kind::Verb(group)),
                None => (i + 1, Kind::Other(here)),
            },
            _ => (i + 1, Kind::Other(here)),
        };
        out.push(Chunk { start: i, end, kind });
        i = end;
    }
    out
}

fn noun_end(tags: &[Tag], start: usize) -> usize {
    let class = |i: usize| tags.get(i).map(|t| t.class);
    let mut i = start + 1;
    while let Some(here) = class(i) {
        let goes_on = match here {
            Class::Word | Class::Noun(_) | Class::Actor | Class::Name | Class::Own | Class::Suffix => true,
            // An article begins a new phrase, but behind `all`, `both`.
            Class::Det => class(i - 1) == Some(Class::Det),
            // `the highly skilled group`
            Class::Adverb => {
                matches!(class(i - 1), Some(Class::Det | Class::Own))
                    && matches!(class(i + 1), Some(Class::Word | Class::Noun(_) | Class::Verb | Class::Actor))
            }
            // `the advanced threat (APT) group`
            Class::Open => {
                class(i + 2) == Some(Class::Close)
                    && matches!(class(i + 3), Some(Class::Noun(_) | Class::Word))
                    && !matches!(class(i - 1), Some(Class::Actor | Class::Name))
            }
            Class::Close => i >= start + 3 && class(i - 2) == Some(Class::Open),
            Class::Dash => matches!(class(i - 1), Some(Class::Actor)) && matches!(class(i + 1), Some(Class::Noun(_))),
            // `an emerging, highly skilled group`
            Class::Comma => {
                let opens = class(start) == Some(Class::Det)
                    && (start + 1..i).all(|j| matches!(class(j), Some(Class::Word | Class::Adverb | Class::Verb)))
                    && i > start + 1
                    && (class(i - 1) == Some(Class::Verb) || class(i + 1) == Some(Class::Adverb));
                let inner = (i + 1..i + 5).find(|j| match class(*j) {
                    Some(Class::Word | Class::Adverb | Class::Suffix) => false,
                    Some(Class::Verb) => class(j - 1) != Some(Class::Adverb),
                    _ => true,
                });
                opens && inner.is_some_and(|h| h > i + 1 && matches!(class(h), Some(Class::Noun(_))))
            }
            Class::Verb if i == start + 1 && class(start) == Some(Class::Det) && class(i + 1) == Some(Class::Comma) => {
                matches!(class(i + 2), Some(Class::Word | Class::Adverb | Class::Verb))
                    && (i + 3..i + 6).any(|j| matches!(class(j), Some(Class::Noun(_))))
            }
            // `a newly named group`
            Class::Verb => {
                matches!(class(i - 1), Some(Class::Adverb | Class::Det | Class::Comma))
                    && matches!(class(i + 1), Some(Class::Word | Class::Noun(_) | Class::Actor))
                    && i > start + 1
            }
            _ => false,
        };
        if !goes_on {
            break;
        }
        i += 1;
    }
    i
}

/// The end of a phrase of time that stands between an auxiliary and its participle.
fn time_phrase(units: &[Unit], tags: &[Tag], start: usize) -> Option<usize> {
    const LONGEST: usize = 6;
    static TIMES: List = List::new("year years month months week weeks day days decade decades past while time times occasions long");
    let end = (start + 1..=start + LONGEST).find(|i| tags.get(*i).is_none_or(|t| t.class == Class::Verb))?;
    let participle = tags.get(end).and_then(|t| t.verb).is_some_and(|v| matches!(v.form, Form::Ed | Form::Participle | Form::Past));
    let plain = (start + 1..end)
        .all(|i| tags.get(i).is_some_and(|t| matches!(t.class, Class::Det | Class::Word | Class::Noun(_) | Class::Adverb | Class::Prep)));
    let of_time = units.get(start + 1..end)?.iter().any(|u| TIMES.has(u.lower));
    (participle && plain && of_time).then_some(end)
}

fn group(units: &[Unit], tags: &[Tag], start: usize) -> Option<(usize, Group)> {
    let class = |i: usize| tags.get(i).map(|t| t.class);
    let word = |i: usize| units.get(i).map_or("", |u| u.lower);
    let mut i = start;
    let (mut be, mut have, mut negated, mut modal, mut must, mut aux) = (None, false, false, false, false, false);
    let infinitive = class(start) == Some(Class::To);
    if infinitive {
        i += 1;
    }
    loop {
        match class(i) {
            Some(Class::Be) => {
                be = Some(i);
                aux |= !matches!(word(i), "be" | "been" | "being");
            }
            Some(Class::Have) => {
                have = true;
                aux |= word(i) != "having";
                be = None;
            }
            Some(Class::Do) => {
                aux = true;
            }
            Some(Class::Modal) => {
                aux = true;
                negated |= word(i) == "cannot";
                modal |= !matches!(word(i), "will" | "must" | "should" | "can");
                must |= matches!(word(i), "must" | "should");
            }
            Some(Class::Not) => {
                negated = true;
                aux |= word(i) != "not" && word(i) != "never";
            }
            Some(Class::Det) if i > start && matches!(word(i), "all" | "both" | "each") && class(i + 1) == Some(Class::Verb) => {}
            Some(Class::Adverb) if i > start => {
                // An adverb belongs to the group only where more of it follows.
                let more = (i..i + 4).find(|j| class(*j) != Some(Class::Adverb));
                if !more.is_some_and(|j| {
                    matches!(class(j), Some(Class::Be | Class::Have | Class::Do | Class::Modal | Class::Not | Class::Verb))
                }) {
                    break;
                }
            }
            // `has for years accused`, `has in the past denied`
            Some(Class::Prep) if i > start && aux => match time_phrase(units, tags, i) {
                Some(end) => {
                    i = end;
                    continue;
                }
                None => break,
            },
            Some(Class::Verb) => {
                let verb = tags.get(i).and_then(|t| t.verb)?;
                let participle = matches!(verb.form, Form::Ed | Form::Participle);
                let passive = participle && be.is_some();
                let finite = !infinitive && (aux || matches!(verb.form, Form::Third | Form::Past | Form::Base));
                return Some((i + 1, Group { at: i, verb, passive, finite, negated, modal, must, infinitive }));
            }
            _ => break,
        }
        i += 1;
    }
    if i == start || (infinitive && i == start + 1) {
        return None;
    }
    // `was behind`, `has ties`: the auxiliary is the verb.
    let lemma = match (be, have) {
        (Some(_), _) => "be",
        (None, true) => "have",
        _ => "do",
    };
    let verb = Verb { lemma, form: Form::Third, sense: super::lexicon::Sense::Other };
    Some((i, Group { at: i - 1, verb, passive: false, finite: !infinitive && aux, negated, modal, must, infinitive }))
}
