//! Lists of the documents that hold a term.

use super::plan::Wanted;
use super::reader::Reader;
use super::schema::Field;
use crate::error::Result;
use std::collections::BTreeMap;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, SegmentReader, TERMINATED, Term};

/// The list of one term in one field of one segment.
pub(super) fn open(reader: &Reader, segment: &SegmentReader, field: Field, term: &str, positions: bool) -> Result<Option<SegmentPostings>> {
    let slot = reader.slots.of(field);
    let inverted = segment.inverted_index(slot).map_err(reader.fail())?;
    let option = if positions { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
    inverted.read_postings(&Term::from_field_text(slot, term), option).map_err(|e| reader.fail()(e.into()))
}

/// How many live documents hold the term in a field.
pub(super) fn live_count(segment: &SegmentReader, list: &SegmentPostings) -> u32 {
    match segment.alive_bitset() {
        Some(alive) => list.doc_freq_given_deletes(alive),
        None => list.doc_freq(),
    }
}

/// The lists of one term in title and body, walked as one.
struct Merged {
    title: Option<SegmentPostings>,
    body: Option<SegmentPostings>,
}

impl Merged {
    fn open(reader: &Reader, segment: &SegmentReader, term: &str, fields: &[Field], positions: bool) -> Result<Self> {
        let list = |field| if fields.contains(&field) { open(reader, segment, field, term, positions) } else { Ok(None) };
        Ok(Merged { title: list(Field::Title)?, body: list(Field::Body)? })
    }

    /// Live documents with the term in title and in body.
    fn counts(&self, segment: &SegmentReader) -> [u32; 2] {
        [&self.title, &self.body].map(|l| l.as_ref().map_or(0, |l| live_count(segment, l)))
    }

    /// Calls `each` with document, occurrences in the title, occurrences in the body, in order of documents.
    fn walk(&mut self, mut each: impl FnMut(u32, u32, u32)) {
        let Some(body) = &mut self.body else {
            let Some(title) = &mut self.title else { return };
            while title.doc() != TERMINATED {
                each(title.doc(), title.term_freq(), 0);
                title.advance();
            }
            return;
        };
        let mut next_title = self.title.as_ref().map_or(TERMINATED, |t| t.doc());
        loop {
            let doc = body.doc();
            while next_title < doc {
                if let Some(title) = &mut self.title {
                    each(next_title, title.term_freq(), 0);
                    next_title = title.advance();
                }
            }
            if doc == TERMINATED {
                return;
            }
            let mut in_title = 0;
            if next_title == doc
                && let Some(title) = &mut self.title
            {
                in_title = title.term_freq();
                next_title = title.advance();
            }
            each(doc, in_title, body.term_freq());
            body.advance();
        }
    }

    /// Adds the places in title and body of a document; documents are asked for in rising order.
    fn places(&mut self, doc: u32, title: &mut Vec<u32>, body: &mut Vec<u32>) {
        for (list, out) in [(&mut self.title, title), (&mut self.body, body)] {
            if let Some(list) = list
                && list.doc() <= doc
                && list.seek(doc) == doc
            {
                list.append_positions_with_offset(0, out);
            }
        }
    }
}

/// The lists of all terms of a wanted word, walked as one.
pub(super) struct Group(Vec<Merged>);

impl Group {
    pub(super) fn open(reader: &Reader, segment: &SegmentReader, word: &Wanted, positions: bool) -> Result<Self> {
        word.terms.iter().map(|term| Merged::open(reader, segment, term, &word.fields, positions)).collect::<Result<_>>().map(Group)
    }

    /// Live documents with the word in title and in body; of several terms the sum, which is an upper bound.
    pub(super) fn counts(&self, segment: &SegmentReader) -> [u64; 2] {
        self.0.iter().map(|m| m.counts(segment)).fold([0, 0], |[a, b], [c, d]| [a + u64::from(c), b + u64::from(d)])
    }

    /// Calls `each` with document, occurrences in the title, occurrences in the body, in order of documents.
    pub(super) fn walk(&mut self, mut each: impl FnMut(u32, u32, u32)) {
        if let [one] = self.0.as_mut_slice() {
            return one.walk(each);
        }
        let mut all: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
        for list in &mut self.0 {
            list.walk(|doc, title, body| {
                let sum = all.entry(doc).or_default();
                *sum = (sum.0 + title, sum.1 + body);
            });
        }
        all.into_iter().for_each(|(doc, (title, body))| each(doc, title, body));
    }

    /// Places in title and body of a document; documents are asked for in rising order.
    pub(super) fn places(&mut self, doc: u32, title: &mut Vec<u32>, body: &mut Vec<u32>) {
        title.clear();
        body.clear();
        self.0.iter_mut().for_each(|list| list.places(doc, title, body));
        if self.0.len() > 1 {
            title.sort_unstable();
            body.sort_unstable();
        }
    }
}
