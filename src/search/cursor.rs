//! A place in a list of hits that later commits do not move.

use super::Sort;
use crate::index::Ranked;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A place in a list of hits: behind this article, however many have come or gone before it since.
///
/// ```
/// let cursor: demarche::Cursor = "s-41b80000-88dac6a3f21b".parse().unwrap();
/// assert_eq!(cursor.to_string(), "s-41b80000-88dac6a3f21b");
/// assert!("page 2".parse::<demarche::Cursor>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    key: Key,
    id: u64,
}

/// By what the list was sorted, and with what value of it the article stood there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    /// The bits of the score.
    Score(u32),
    /// Days since 1970.
    Day(i64),
    Undated,
}

/// Not a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no cursor of a hit")]
pub struct BadCursor;

impl Cursor {
    pub(super) fn of(hit: &Ranked, sort: Sort) -> Self {
        let key = match (sort, hit.published) {
            (Sort::Relevance, _) => Key::Score(hit.score.to_bits()),
            (_, Some(day)) => Key::Day(day),
            (_, None) => Key::Undated,
        };
        Cursor { key, id: hit.id }
    }

    /// How many hits stand at or before it. Where its article is no longer a hit, or no longer leads its copies, its key tells.
    pub(super) fn place(self, hits: &[Ranked], sort: Sort) -> usize {
        let same = |h: &Ranked| h.id == self.id;
        hits.iter().position(same).map_or_else(|| hits.iter().take_while(|h| self.is_behind(h, sort)).count(), |i| i + 1)
    }

    /// Whether the article would stand behind a hit.
    fn is_behind(self, hit: &Ranked, sort: Sort) -> bool {
        let order = match (self.key, hit.published) {
            (Key::Score(bits), _) => hit.score.total_cmp(&f32::from_bits(bits)).reverse(),
            (Key::Day(day), Some(other)) if sort == Sort::Oldest => other.cmp(&day),
            (Key::Day(day), Some(other)) => day.cmp(&other),
            (Key::Day(_), None) => std::cmp::Ordering::Greater,
            (Key::Undated, Some(_)) => std::cmp::Ordering::Less,
            (Key::Undated, None) => std::cmp::Ordering::Equal,
        };
        order.then(hit.id.cmp(&self.id)).is_le()
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = crate::index::id_text(self.id);
        match self.key {
            Key::Score(bits) => write!(f, "s-{bits:08x}-{id}"),
            Key::Day(day) => write!(f, "d-{:08x}-{id}", day as i32),
            Key::Undated => write!(f, "u-{id}"),
        }
    }
}

impl FromStr for Cursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Self, BadCursor> {
        let mut parts = text.trim().split('-');
        let bits = |part: Option<&str>| part.and_then(|p| u32::from_str_radix(p, 16).ok()).ok_or(BadCursor);
        let key = match parts.next() {
            Some("s") => Key::Score(bits(parts.next())?),
            Some("d") => Key::Day(i64::from(bits(parts.next())? as i32)),
            Some("u") => Key::Undated,
            _ => return Err(BadCursor),
        };
        let id = parts.next().and_then(|p| u64::from_str_radix(p, 16).ok()).ok_or(BadCursor)?;
        if parts.next().is_some() { Err(BadCursor) } else { Ok(Cursor { key, id }) }
    }
}

impl Serialize for Cursor {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use tantivy::DocAddress;

    fn hit(id: u64, score: f32, published: Option<i64>) -> Ranked {
        Ranked { at: DocAddress::new(0, 0), score, id, published, holds: 0 }
    }

    #[test]
    fn a_cursor_keeps_its_place() {
        // Of one score the smaller id stands first.
        let hits = [hit(3, 9.0, Some(20)), hit(4, 7.5, Some(-3)), hit(9, 7.5, None)];
        for sort in [Sort::Relevance, Sort::Newest] {
            for (i, one) in hits.iter().enumerate() {
                let cursor: Cursor = Cursor::of(one, sort).to_string().parse().unwrap();
                assert_eq!(cursor, Cursor::of(one, sort));
                assert_eq!(cursor.place(&hits, sort), i + 1);
                assert!(cursor.place(&hits[i + 1..], sort) == 0, "what stood before it is gone");
            }
        }
        let gone = Cursor::of(&hit(5, 8.0, Some(1)), Sort::Relevance);
        assert_eq!(gone.place(&hits, Sort::Relevance), 1);
        for bad in ["", "s", "s-zz-1", "d-1", "u-", "x-1-2", "s-1-2-3", "s--1-2"] {
            assert_eq!(bad.parse::<Cursor>(), Err(BadCursor), "{bad}");
        }
    }
}
