//! Actors, dates and claims as spans into a body, each with the reason. Never changes the body, never guesses silently.

mod actors;
mod claims;
mod dates;

use crate::article::{Claim, DateMention, Equated, Mention};
use crate::knowledge::Knowledge;

/// Changes whenever the same body would be annotated otherwise; part of the fingerprint of an indexed file.
pub const VERSION: u32 = 5;

/// What is known of a text beside its words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// Day of publication.
    pub published: Option<jiff::civil::Date>,
    /// ISO 639-1 code.
    pub language: Option<&'a str>,
    /// The headline.
    pub title: Option<&'a str>,
    /// The outlet.
    pub publisher: Option<&'a str>,
    /// The address.
    pub url: Option<&'a str>,
    /// A year from outside the text, with what says so (`the copyright line`, `the address`): tells which July where nothing better does.
    pub year_hint: Option<(i16, &'a str)>,
}

/// What a text says about who, when, and who accuses whom; each list in order of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations {
    /// Who is named.
    pub actors: Vec<Mention>,
    /// Who the text says are one.
    pub equated: Vec<Equated>,
    /// Which times are named.
    pub dates: Vec<DateMention>,
    /// Who accuses whom.
    pub claims: Vec<Claim>,
}

/// Annotates texts with a fixed knowledge table. Made once, used for any number of texts, from any number of threads.
#[derive(Debug)]
pub struct Annotator<'k> {
    knowledge: &'k Knowledge,
    actors: actors::Finder<'k>,
    dates: dates::Finder,
}

impl<'k> Annotator<'k> {
    /// Prepares the matchers.
    pub fn new(knowledge: &'k Knowledge) -> Self {
        Annotator { knowledge, actors: actors::Finder::new(knowledge), dates: dates::Finder::new() }
    }

    /// Annotates one text.
    pub fn annotate(&self, text: &str, context: &Context<'_>) -> Annotations {
        let (actors, equated) = self.actors.find(text, context);
        let dates = self.dates.find(text, context);
        let claims = claims::find(text, &actors, self.knowledge);
        Annotations { actors, equated, dates, claims }
    }
}
