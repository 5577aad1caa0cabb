//! What hits are counted by: the values of a column, hit by hit.

use super::hits::HitSet;
use super::reader::{Numbers, Reader, text_column};
use super::schema::{PART, date_of};
use crate::error::Result;
use std::collections::HashMap;
use tantivy::SegmentReader;
use tantivy::columnar::StrColumn;

/// What hits can be counted by.
///
/// ```
/// use demarche::Facet;
/// assert_eq!(Facet::from_name("publisher"), Some(Facet::Publisher));
/// assert!(Facet::ALL.into_iter().all(|f| Facet::from_name(f.as_str()) == Some(f)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Facet {
    /// Who is named.
    Actor,
    /// Kinds of those named: threat groups, states, …
    Kind,
    /// Countries of those named, the states themselves included.
    Country,
    /// The outlet.
    Publisher,
    /// Who wrote it.
    Author,
    /// Host of the address it was saved from.
    Site,
    /// Language code.
    Lang,
    /// What the claims of an article say: accuses, denies, …
    Stance,
    /// Year of publication.
    Year,
    /// Month of publication.
    Month,
}

impl Facet {
    /// All of them, in the order of the help page.
    pub const ALL: [Facet; 10] = [
        Facet::Actor,
        Facet::Kind,
        Facet::Country,
        Facet::Publisher,
        Facet::Author,
        Facet::Site,
        Facet::Lang,
        Facet::Stance,
        Facet::Year,
        Facet::Month,
    ];

    /// The name used in JSON and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Facet::Actor => "actor",
            Facet::Kind => "kind",
            Facet::Country => "country",
            Facet::Publisher => "publisher",
            Facet::Author => "author",
            Facet::Site => "site",
            Facet::Lang => "lang",
            Facet::Stance => "stance",
            Facet::Year => "year",
            Facet::Month => "month",
        }
    }

    /// The facet of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.as_str() == name)
    }

    /// Whether its values are times, which are listed in their order.
    pub fn is_time(self) -> bool {
        matches!(self, Facet::Year | Facet::Month)
    }
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    /// What tells it from others.
    pub(crate) value: String,
    /// How it is called, where that differs.
    pub(crate) name: Option<String>,
}

/// How many hits have each value of a facet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// In no order.
    pub(crate) values: Vec<(Value, usize)>,
    /// Hits that have none.
    pub(crate) without: usize,
}

/// The values of one facet in one segment. A value is met first as an ordinal of the column, and read only once.
pub(super) struct Values {
    facet: Facet,
    text: Option<StrColumn>,
    days: Numbers<i64>,
    by_ordinal: HashMap<u64, Option<u32>>,
    by_value: HashMap<String, u32>,
    all: Vec<Value>,
}

impl Values {
    pub(super) fn open(reader: &Reader, segment: &SegmentReader, facet: Facet) -> Result<Self> {
        let name = match facet {
            Facet::Actor | Facet::Kind | Facet::Country => "named",
            Facet::Publisher => "outlet",
            Facet::Author => "authors",
            Facet::Site => "host",
            Facet::Lang => "lang",
            Facet::Stance => "stance",
            Facet::Year | Facet::Month => "",
        };
        let text = if name.is_empty() { None } else { text_column(segment, name).map_err(reader.fail())? };
        let days = if facet.is_time() { segment.fast_fields().column_opt::<i64>("published").map_err(reader.fail())? } else { None };
        Ok(Values { facet, text, days: Numbers(days), by_ordinal: HashMap::new(), by_value: HashMap::new(), all: Vec::new() })
    }

    /// The values of a document, each once, as keys for [`value`](Values::value). `country` tells code and name of an actor's country.
    pub(super) fn of(&mut self, doc: u32, keys: &mut Vec<u32>, country: &dyn Fn(&str) -> Option<(String, String)>) {
        keys.clear();
        let ordinals: Vec<u64> = match &self.text {
            Some(column) => column.term_ords(doc).collect(),
            // A day is its own ordinal.
            None => self.days.get(doc).map(|day| day as u64).into_iter().collect(),
        };
        for ordinal in ordinals {
            let key = match self.by_ordinal.get(&ordinal) {
                Some(key) => *key,
                None => {
                    let key = self.read(ordinal, country).map(|value| self.key(value));
                    self.by_ordinal.insert(ordinal, key);
                    key
                }
            };
            keys.extend(key);
        }
        keys.sort_unstable();
        keys.dedup();
    }

    pub(super) fn value(&self, key: u32) -> Option<&Value> {
        self.all.get(key as usize)
    }

    fn key(&mut self, value: Value) -> u32 {
        let next = self.all.len() as u32;
        let key = *self.by_value.entry(value.value.clone()).or_insert(next);
        if key == next {
            self.all.push(value);
        }
        key
    }

    fn read(&self, ordinal: u64, country: &dyn Fn(&str) -> Option<(String, String)>) -> Option<Value> {
        let plain = |value: String| Value { value, name: None };
        let Some(column) = &self.text else {
            let date = date_of(ordinal as i64)?;
            return Some(plain(match self.facet {
                Facet::Month => format!("{:04}-{:02}", date.year(), date.month()),
                _ => format!("{:04}", date.year()),
            }));
        };
        let mut text = String::new();
        column.ord_to_str(ordinal, &mut text).ok()?;
        let mut parts = text.splitn(3, PART);
        match self.facet {
            Facet::Actor => {
                let (id, _, name) = (parts.next()?, parts.next()?, parts.next()?);
                Some(Value { value: id.to_owned(), name: Some(name.to_owned()) })
            }
            Facet::Kind => parts.nth(1).map(|k| plain(k.to_owned())),
            Facet::Country => country(parts.next()?).map(|(code, name)| Value { value: code, name: Some(name) }),
            _ => Some(plain(text)),
        }
    }
}

impl Reader {
    /// How many hits have each value of a facet.
    pub(crate) fn tally(&self, hits: &HitSet, facet: Facet, country: &dyn Fn(&str) -> Option<(String, String)>) -> Result<Tally> {
        let mut sums: HashMap<String, (Value, usize)> = HashMap::new();
        let mut without = 0;
        for (segment, docs) in self.segments.iter().zip(&hits.docs) {
            let mut values = Values::open(self, segment, facet)?;
            let (mut keys, mut counts) = (Vec::new(), Vec::<usize>::new());
            for doc in docs.iter() {
                values.of(doc, &mut keys, country);
                without += usize::from(keys.is_empty());
                for &key in &keys {
                    counts.resize(counts.len().max(key as usize + 1), 0);
                    if let Some(count) = counts.get_mut(key as usize) {
                        *count += 1;
                    }
                }
            }
            for (value, count) in values.all.into_iter().zip(counts) {
                sums.entry(value.value.clone()).or_insert((value, 0)).1 += count;
            }
        }
        Ok(Tally { values: sums.into_values().collect(), without })
    }
}
