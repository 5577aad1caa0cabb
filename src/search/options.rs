//! How to search: what narrows a query down, how its hits are sorted, and what is told of each.

use super::Cursor;
use crate::index::Ranking;
use crate::query::DateRange;
use std::path::PathBuf;

/// How to search.
///
/// ```
/// let options = demarche::SearchOptions { limit: 3, ..Default::default() };
/// assert_eq!(options.offset, 0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SearchOptions {
    /// At most this many hits.
    pub limit: usize,
    /// Leave out this many hits first.
    pub offset: usize,
    /// Begin behind the hit with this cursor, before leaving out any.
    pub after: Option<Cursor>,
    /// Published on this day or later; articles without a date are left out.
    pub since: Option<jiff::civil::Date>,
    /// Published on this day or earlier; articles without a date are left out.
    pub until: Option<jiff::civil::Date>,
    /// Names every one of these actors, under any alias.
    pub actors: Vec<String>,
    /// Published by one of these.
    pub publishers: Vec<String>,
    /// Only this file, or files below this folder.
    pub below: Option<PathBuf>,
    /// Order of the hits.
    pub sort: Sort,
    /// Whether one hit stands for all copies of a story: where the best of them would stand, the earliest of those that match.
    pub fold: bool,
    /// Whether words that the best hits have in common join the query: it finds more, and more that is beside the point.
    pub expand: bool,
    /// Whether each hit tells how its score came about.
    pub explain: bool,
    /// At most this many passages of each hit.
    pub snippets: usize,
    /// Parts of the rank and their weights.
    pub ranking: Ranking,
}

impl Default for SearchOptions {
    fn default() -> Self {
        SearchOptions {
            limit: 10,
            offset: 0,
            after: None,
            since: None,
            until: None,
            actors: Vec::new(),
            publishers: Vec::new(),
            below: None,
            sort: Sort::Relevance,
            fold: true,
            expand: false,
            explain: false,
            snippets: 1,
            ranking: Ranking::default(),
        }
    }
}

/// Order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Latest publication first; undated last.
    Newest,
    /// Earliest publication first; undated last.
    Oldest,
}

impl SearchOptions {
    /// Narrows to what was published within a range as [`Query`](crate::Query) writes it (`2021`, `2021-07..2021-09`).
    ///
    /// ```
    /// let options = demarche::SearchOptions::default().published("2021-07..").unwrap();
    /// assert_eq!(options.since.unwrap().to_string(), "2021-07-01");
    /// assert!(demarche::SearchOptions::default().published("soon").is_none());
    /// ```
    pub fn published(mut self, range: &str) -> Option<Self> {
        let range = DateRange::parse(range)?;
        (self.since, self.until) = (range.first, range.last);
        Some(self)
    }
}
