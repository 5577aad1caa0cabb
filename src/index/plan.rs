//! What a query asks of the index, free of the language it was written in and of the engine.

use super::schema::Field;

/// A range of days since 1970-01-01, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) first: i64,
    pub(crate) last: i64,
}

/// A condition a document meets or not.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    /// Every article.
    Everything,
    /// The term stands in one of the fields.
    Term { fields: Vec<Field>, term: String },
    /// The terms stand in one of the fields at these places relative to each other.
    Phrase { fields: Vec<Field>, terms: Vec<(String, u32)> },
    /// A term that the pattern matches stands in one of the fields.
    Pattern { fields: Vec<Field>, pattern: Pattern },
    /// All terms stand in one of the fields within so many words; `ordered` in this order with at most so many words between them.
    Near { fields: Vec<Field>, terms: Vec<String>, words: u32, ordered: bool },
    /// The word stands in title or body exactly as written, capitals and ending included.
    Exact(String),
    /// At least so many of these.
    AtLeast(usize, Vec<Test>),
    /// An actor is named that goes by the name with this key.
    Actor(String),
    /// An actor is named that goes by the name with this key, or one that is a part of such an actor.
    ActorFamily(String),
    /// An actor of this kind is named.
    ActorKind(String),
    /// An actor of the country with this code, in small letters, is named.
    ActorCountry(String),
    /// A claim is made by, or where `accused` is set about, an actor that goes by the name with this key; with `family` or by one of its parts.
    Claim { accused: bool, key: String, family: bool },
    /// A claim of this stance is made.
    Stance(String),
    /// Published within.
    Published(Days),
    /// No day of publication is known.
    Undated,
    /// A time that lies within is named.
    Mentioned(Days),
    /// Its file is this one, or lies below this folder.
    Below(String),
    /// Its id begins so.
    Id(String),
    /// All of these.
    All(Vec<Test>),
    /// One of these.
    Any(Vec<Test>),
    /// Not this.
    Not(Box<Test>),
}

/// A pattern of terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// `*` stands for any letters; the pattern is folded, not stemmed.
    Wild(String),
    /// At most so many letters differ; the word is stemmed.
    Fuzzy(String, usize),
    /// A regular expression for words as they are written, capitals or not.
    Regex(String),
}

/// A word that counts for the rank.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wanted {
    /// The term, or all terms that a pattern stands for in the index at hand; they count as one.
    pub(crate) terms: Vec<String>,
    /// Where the terms come from, if from a pattern.
    pub(crate) pattern: Option<Pattern>,
    /// The word as it was written.
    pub(crate) word: String,
    /// Where it counts.
    pub(crate) fields: Vec<Field>,
    /// How often it was asked for.
    pub(crate) count: f32,
    /// A second reading of words that count themselves (`apt40` for `APT 40`).
    pub(crate) joined: bool,
    /// A function word.
    pub(crate) stop: bool,
    /// Its places in the query.
    pub(crate) places: Vec<u32>,
    /// What the query weighs it by, 1 where it says nothing.
    pub(crate) boost: f32,
    /// Keys of actors of whose names it is a part: an article that names one of them, by whatever name, counts a little.
    pub(crate) actors: Vec<String>,
    /// Not asked for, but common to the best hits.
    pub(crate) added: bool,
}

impl Wanted {
    /// A word that counts in these fields.
    pub(crate) fn new(word: &str, fields: &[Field]) -> Self {
        Wanted {
            terms: Vec::new(),
            pattern: None,
            word: word.to_owned(),
            fields: fields.to_vec(),
            count: 1.0,
            joined: false,
            stop: false,
            places: Vec::new(),
            boost: 1.0,
            actors: Vec::new(),
            added: false,
        }
    }
}

/// An actor whom plain words of a query name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Named {
    /// The words.
    pub(crate) asked: String,
    /// The key of the name.
    pub(crate) key: String,
    /// Who goes by it.
    pub(crate) ids: std::collections::BTreeSet<String>,
}

/// A query ready to run.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Plan {
    /// What every hit meets.
    pub(crate) required: Option<Test>,
    /// Whether a hit must hold at least one wanted word, where there are any.
    pub(crate) any_wanted: bool,
    /// Whether one hit stands for all copies of a story.
    pub(crate) fold: bool,
    /// What counts for the rank.
    pub(crate) wanted: Vec<Wanted>,
    /// Actor keys asked for, with the name as it was written: to tell a hit's reader which name matched.
    pub(crate) actors: Vec<(String, String)>,
    /// Actors whom its plain words name.
    pub(crate) named: Vec<Named>,
    /// Whether words were added that its best hits have in common.
    pub(crate) expanded: bool,
}
