//! Lists of the documents that hold a term.

use super::reader::Reader;
use super::schema::Field;
use crate::error::Result;
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
pub(super) struct Merged {
    title: Option<SegmentPostings>,
    body: Option<SegmentPostings>,
}

impl Merged {
    pub(super) fn open(reader: &Reader, segment: &SegmentReader, term: &str, fields: &[Field], positions: bool) -> Result<Self> {
        let list = |field| if fields.contains(&field) { open(reader, segment, field, term, positions) } else { Ok(None) };
        Ok(Merged { title: list(Field::Title)?, body: list(Field::Body)? })
    }

    /// Live documents with the term in title and in body.
    pub(super) fn counts(&self, segment: &SegmentReader) -> [u32; 2] {
        [&self.title, &self.body].map(|l| l.as_ref().map_or(0, |l| live_count(segment, l)))
    }

    /// Calls `each` with document, occurrences in the title, occurrences in the body, in order of documents.
    pub(super) fn walk(&mut self, mut each: impl FnMut(u32, u32, u32)) {
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

    /// Places in title and body of a document; documents are asked for in rising order.
    pub(super) fn places(&mut self, doc: u32, title: &mut Vec<u32>, body: &mut Vec<u32>) {
        for (list, out) in [(&mut self.title, title), (&mut self.body, body)] {
            out.clear();
            if let Some(list) = list
                && list.doc() <= doc
                && list.seek(doc) == doc
            {
                list.positions(out);
            }
        }
    }
}
