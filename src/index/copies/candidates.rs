//! Which articles share values of their sketches with others, in the order in which they are looked at.

use super::SHARED;
use crate::error::Result;
use crate::index::reader::{Numbers, Reader, first_text, text_column};
use crate::index::schema::BEYOND_ID;
use std::cmp::Reverse;
use std::collections::HashMap;
use tantivy::DocAddress;

/// The sketches of all articles.
pub(in crate::index) struct Sketches(Vec<Numbers>);

impl Sketches {
    pub(in crate::index) fn open(reader: &Reader) -> Result<Self> {
        let open = |segment: &tantivy::SegmentReader| segment.fast_fields().column_opt::<u64>("sketch").map_err(reader.fail()).map(Numbers);
        reader.segments.iter().map(open).collect::<Result<_>>().map(Sketches)
    }

    /// The sketch of an article, in order.
    pub(in crate::index) fn of(&self, at: DocAddress, out: &mut Vec<u64>) {
        out.clear();
        out.extend(self.0.get(at.segment_ord as usize).into_iter().flat_map(|column| column.all(at.doc_id)));
        out.sort_unstable();
    }
}

/// An article that shares values of its sketch with others.
pub(super) struct Candidate {
    pub(super) at: DocAddress,
    pub(super) id: u64,
    /// Where its shared values are, and how many.
    first: usize,
    count: u32,
    /// What decides who leads: undated last, the earliest first, of one day the longest. After that, the path.
    rank: (bool, i64, Reverse<u64>),
}

/// All candidates in the order in which they lead.
pub(super) struct Candidates {
    pub(super) all: Vec<Candidate>,
    /// Numbers of the shared values, from 0 to below [`values`](Candidates::values).
    shared: Vec<u32>,
    pub(super) values: usize,
}

impl Candidates {
    pub(super) fn find(reader: &Reader, sketches: &Sketches, memory: usize) -> Result<Self> {
        let numbers = several(reader, sketches, memory);
        let (mut all, mut shared, mut sketch) = (Vec::new(), Vec::new(), Vec::new());
        for (ord, segment) in (0..).zip(&reader.segments) {
            let number = |name: &str| segment.fast_fields().column_opt::<u64>(name).map_err(reader.fail()).map(Numbers);
            let (key, len) = (number("key")?, number("body_len")?);
            let published = Numbers(segment.fast_fields().column_opt::<i64>("published").map_err(reader.fail())?);
            for doc in segment.doc_ids_alive() {
                let (at, first) = (DocAddress::new(ord, doc), shared.len());
                sketches.of(at, &mut sketch);
                shared.extend(sketch.iter().filter_map(|value| numbers.get(value)));
                let count = (shared.len() - first) as u32;
                // One shared value decides nothing.
                if count < SHARED {
                    shared.truncate(first);
                    continue;
                }
                let day = published.get(doc);
                let rank = (day.is_none(), day.unwrap_or(0), Reverse(len.get(doc).unwrap_or(0)));
                all.push(Candidate { at, id: key.get(doc).unwrap_or(0) >> BEYOND_ID, first, count, rank });
            }
        }
        all.sort_unstable_by_key(|c: &Candidate| c.rank);
        for equal in all.chunk_by_mut(|a, b| a.rank == b.rank).filter(|equal| equal.len() > 1) {
            by_path(reader, equal)?;
        }
        Ok(Candidates { all, shared, values: numbers.len() })
    }

    pub(super) fn values_of(&self, candidate: &Candidate) -> &[u32] {
        self.shared.get(candidate.first..candidate.first + candidate.count as usize).unwrap_or_default()
    }
}

/// The values that several articles have, each with a number. They are looked for in as many parts as `memory` asks for.
fn several(reader: &Reader, sketches: &Sketches, memory: usize) -> HashMap<u64, u32> {
    let columns = || reader.segments.iter().zip(&sketches.0);
    let all: usize = columns().filter_map(|(_, c)| c.0.as_ref()).map(|c| c.values.num_vals() as usize * size_of::<u64>()).sum();
    let parts = all.div_ceil(memory.max(1)).max(1) as u64;
    let mut numbers = HashMap::new();
    let mut values = Vec::new();
    for part in 0..parts {
        values.clear();
        for (segment, column) in columns() {
            for doc in segment.doc_ids_alive() {
                values.extend(column.all(doc).filter(|value| parts == 1 || value % parts == part));
            }
        }
        values.sort_unstable();
        for run in values.chunk_by(|a, b| a == b).filter(|run| run.len() > 1) {
            let number = numbers.len() as u32;
            numbers.extend(run.first().map(|&value| (value, number)));
        }
    }
    numbers
}

/// Puts candidates that nothing else tells apart in the order of their paths.
fn by_path(reader: &Reader, equal: &mut [Candidate]) -> Result<()> {
    let mut columns = HashMap::new();
    let mut paths: HashMap<DocAddress, String> = HashMap::new();
    for at in equal.iter().map(|c| c.at) {
        let Some(segment) = reader.segments.get(at.segment_ord as usize) else { continue };
        if let std::collections::hash_map::Entry::Vacant(vacant) = columns.entry(at.segment_ord) {
            vacant.insert(text_column(segment, "path").map_err(reader.fail())?);
        }
        let path = columns.get(&at.segment_ord).and_then(|c| first_text(c.as_ref()?, at.doc_id));
        paths.insert(at, path.unwrap_or_default());
    }
    equal.sort_unstable_by(|a, b| paths.get(&a.at).cmp(&paths.get(&b.at)).then(a.id.cmp(&b.id)));
    Ok(())
}
