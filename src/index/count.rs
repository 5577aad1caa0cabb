//! Counts over the live articles of a commit.

use super::matcher::{Docs, matching};
use super::plan::Test;
use super::reader::{Numbers, Reader, text_column};
use super::schema::PART;
use crate::error::Result;
use std::collections::BTreeMap;

/// Articles, first and last day.
type Count = (usize, Option<i64>, Option<i64>);

/// Id, kind and name of an actor.
type Named = (String, String, String);

impl Reader {
    /// Articles, first and last day of publication by actor.
    pub(crate) fn actor_counts(&self) -> Result<BTreeMap<Named, Count>> {
        let mut all: BTreeMap<Named, Count> = BTreeMap::new();
        for segment in &self.segments {
            let Some(column) = text_column(segment, "named").map_err(self.fail())? else { continue };
            let published = Numbers(segment.fast_fields().column_opt::<i64>("published").map_err(self.fail())?);
            let mut counts: BTreeMap<u64, Count> = BTreeMap::new();
            for doc in segment.doc_ids_alive() {
                let day = published.get(doc);
                for ord in column.term_ords(doc) {
                    add(counts.entry(ord).or_default(), (1, day, day));
                }
            }
            for (ord, count) in counts {
                let mut text = String::new();
                column.ord_to_str(ord, &mut text).map_err(|e| self.fail()(e.into()))?;
                let mut parts = text.splitn(3, PART).map(str::to_owned);
                if let (Some(id), Some(kind), Some(name)) = (parts.next(), parts.next(), parts.next()) {
                    add(all.entry((id, kind, name)).or_default(), count);
                }
            }
        }
        Ok(all)
    }

    /// How many articles have a day of publication, with the first and the last day.
    pub(crate) fn published_span(&self) -> Result<(u64, i64, i64)> {
        let (mut dated, mut first, mut last) = (0, i64::MAX, i64::MIN);
        for segment in &self.segments {
            let published = Numbers(segment.fast_fields().column_opt::<i64>("published").map_err(self.fail())?);
            let live: Docs = matching(self, segment, &Test::Everything)?;
            for day in live.iter().filter_map(|d| published.get(d)) {
                (dated, first, last) = (dated + 1, first.min(day), last.max(day));
            }
        }
        Ok((dated, first, last))
    }
}

fn add(sum: &mut Count, more: Count) {
    sum.0 += more.0;
    sum.1 = [sum.1, more.1].into_iter().flatten().min();
    sum.2 = [sum.2, more.2].into_iter().flatten().max();
}
