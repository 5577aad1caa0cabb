//! What extraction hands to cleaning: all blocks of a page and its metadata, nothing dropped yet.

use super::{Block, Element};
use serde::{Deserialize, Serialize};

/// What kind of file a page was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// A page with its mark-up.
    #[default]
    Html,
    /// Plain text: an article, or a page that has lost its mark-up.
    Text,
    /// Markdown, with or without front matter.
    Markdown,
    /// A document that is one article as a whole: PDF, a word processor's file, a book, an advisory.
    Document,
}

/// All text of a page in order, with the structure around it.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// What it was read from.
    pub source: Source,
    /// The skeleton of the DOM; empty for text.
    pub elements: Vec<Element>,
    /// All text, in reading order.
    pub blocks: Vec<Block>,
    /// The lines of the file broke at a column and were put together again: a letter, a release, a printed document, and hardly a saved page.
    pub wrapped: bool,
    /// What the page says about itself.
    pub metadata: Metadata,
}

/// What a page says about itself, each value with its evidence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    /// The headline.
    pub title: Option<Valued<String>>,
    /// The authors.
    pub authors: Option<Valued<Vec<String>>>,
    /// The outlet.
    pub publisher: Option<Valued<String>>,
    /// The address.
    pub url: Option<Valued<String>>,
    /// Day of publication, `YYYY-MM-DD`.
    pub published: Option<Valued<String>>,
    /// Day of the last change, `YYYY-MM-DD`.
    pub modified: Option<Valued<String>>,
    /// ISO 639-1 code the page declares.
    pub language: Option<Valued<String>>,
    /// `articleBody` of a JSON-LD block, as a witness of what the body is; never shown.
    pub declared_body: Option<String>,
}

/// A value with where it was found and how sure that is.
#[derive(Clone, Debug, PartialEq)]
pub struct Valued<T> {
    /// The value.
    pub value: T,
    /// Where it was found.
    pub evidence: Evidence,
    /// From 0 to 1.
    pub confidence: f32,
}

/// Where a value was found, in words: `json-ld datePublished`, `meta og:title`, `byline`, `copyright line`, `url`.
pub type Evidence = std::borrow::Cow<'static, str>;

impl<T> Valued<T> {
    /// A value with its evidence and a confidence from 0 to 1.
    pub fn new(value: T, evidence: impl Into<Evidence>, confidence: f32) -> Self {
        Valued { value, evidence: evidence.into(), confidence }
    }
}
