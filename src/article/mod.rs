//! The words every stage shares: [`Article`], [`Page`], [`Block`], [`Span`], [`Mention`], [`DateMention`], [`Claim`].
//!
//! Plain data. A stage of the pipeline imports from here and from its own folder, never from another stage.

mod block;
mod claim;
mod mention;
mod page;

pub use block::{Block, BlockKind, Element, NO_ELEMENT};
pub use claim::{Claim, Party, Stance};
pub use mention::{ActorKind, Candidate, DateMention, Equated, Granularity, Mention};
pub use page::{Evidence, Metadata, Page, Source, Valued};

use serde::{Deserialize, Serialize};

/// A half-open range of bytes, on character boundaries of the text it names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    /// The text it names, or `None` where it does not fit `text`.
    ///
    /// ```
    /// use demarche::Span;
    /// assert_eq!(Span::new(3, 8).of("in Minsk"), Some("Minsk"));
    /// assert_eq!(Span::new(3, 9).of("in Minsk"), None);
    /// ```
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it names no byte.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }
}

/// One article: what a file says once the page around it is gone.
///
/// Field order is the order of the JSON. Offsets of `actors`, `dates` and `claims` are bytes of [`body`](Article::body).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// Where it was read, as given on the command line; for an article in memory, the name it was given.
    pub path: String,
    /// What kind of file that was.
    pub source: Source,
    /// The headline, once, without the site's name.
    pub title: Option<String>,
    /// Names of the authors, without "by".
    pub authors: Vec<String>,
    /// Who published it: the outlet, agency or company.
    pub publisher: Option<String>,
    /// Address it was saved from.
    pub url: Option<String>,
    /// Day of first publication in the page's own zone, `YYYY-MM-DD`; `None` where the page does not say.
    pub published: Option<String>,
    /// Day of the last change, `YYYY-MM-DD`, where the page tells it apart from the publication.
    pub modified: Option<String>,
    /// ISO 639-1 code of the body's language.
    pub language: Option<String>,
    /// Where each field above was found.
    pub evidence: Vec<FieldEvidence>,
    /// The article's text, paragraphs parted by a blank line. Empty where the file holds no article.
    pub body: String,
    /// What kind of block each part of the body is, in order; together they cover the body but for the blank lines between them.
    pub blocks: Vec<BodyBlock>,
    /// What was taken away, in order of the page.
    pub removed: Vec<Removed>,
    /// Who is named.
    pub actors: Vec<Mention>,
    /// Who the article says are one, though the table keeps them apart.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub equated: Vec<Equated>,
    /// Which times are named.
    pub dates: Vec<DateMention>,
    /// Who accuses whom.
    pub claims: Vec<Claim>,
}

/// Where one field of an article was found, and how sure that is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldEvidence {
    /// Name of the field: `title`, `authors`, `publisher`, `url`, `published`, `modified` or `language`.
    pub field: String,
    /// Where: `json-ld`, `meta article:published_time`, `byline` and the like.
    pub evidence: String,
    /// From 0 (a guess) to 1 (the page states it in a field made for it).
    pub confidence: f32,
}

/// A block of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Level of a heading (1 to 6), depth of a list item (1 and up); 0 elsewhere.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub level: u8,
    /// Where it stands in the body.
    #[serde(flatten)]
    pub span: Span,
}

fn is_zero(level: &u8) -> bool {
    *level == 0
}

/// A block that is not part of the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// Its text.
    pub text: String,
    /// Name of the rule that took it away; `demarche help rules` explains each.
    pub rule: String,
    /// The byte of the body at which it stood. Kept and removed blocks in order of this are the whole page.
    pub at: usize,
}
