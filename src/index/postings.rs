//! Lists of the documents that hold a term.

use super::plan::Wanted;
use super::reader::Reader;
use super::scale::Occurrences;
use super::schema::Field;
use crate::error::Result;
use std::ops::Range;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, SegmentReader, TERMINATED, Term};

/// How many documents are looked at together, word by word: what is added up for them stays in the processor's nearest memory, and no
/// query takes memory for every document.
const WINDOW: u32 = 1 << 12;

/// The documents of a segment, some at a time.
pub(super) fn windows(segment: &SegmentReader) -> impl Iterator<Item = Range<u32>> {
    let len = segment.max_doc();
    (0..len).step_by(WINDOW as usize).map(move |start| start..start.saturating_add(WINDOW).min(len))
}

/// The list of one term in one field of one segment.
pub(super) fn open(reader: &Reader, segment: &SegmentReader, field: Field, term: &str, positions: bool) -> Result<Option<SegmentPostings>> {
    let option = if positions { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
    open_as(reader, segment, reader.slots.of(field), term, option)
}

fn open_as(
    reader: &Reader,
    segment: &SegmentReader,
    slot: tantivy::schema::Field,
    term: &str,
    option: IndexRecordOption,
) -> Result<Option<SegmentPostings>> {
    let inverted = segment.inverted_index(slot).map_err(reader.fail())?;
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

    /// Calls `each` with document, occurrences in the title, occurrences in the body, for the next documents before `end`, in their order.
    fn walk(&mut self, end: u32, mut each: impl FnMut(u32, u32, u32)) {
        let next = |list: &Option<SegmentPostings>| list.as_ref().map_or(TERMINATED, |list| list.doc());
        let (mut in_title, mut in_body) = (next(&self.title), next(&self.body));
        loop {
            let doc = in_title.min(in_body);
            if doc >= end {
                return;
            }
            let (mut title, mut body) = (0, 0);
            if let Some(list) = self.title.as_mut().filter(|_| in_title == doc) {
                title = list.term_freq();
                in_title = list.advance();
            }
            if let Some(list) = self.body.as_mut().filter(|_| in_body == doc) {
                body = list.term_freq();
                in_body = list.advance();
            }
            each(doc, title, body);
        }
    }

    /// The occurrences in a document; documents are asked for in rising order.
    fn occurrences(&mut self, doc: u32) -> (u32, u32) {
        let count = |list: &mut Option<SegmentPostings>| {
            let here = list.as_mut().and_then(|list| stands(list, doc).then_some(list));
            here.map_or(0, |list| list.term_freq())
        };
        (count(&mut self.title), count(&mut self.body))
    }

    /// Adds the places in title and body of a document; documents are asked for in rising order.
    fn places(&mut self, doc: u32, title: &mut Vec<u32>, body: &mut Vec<u32>) {
        for (list, out) in [(&mut self.title, title), (&mut self.body, body)] {
            if let Some(list) = list
                && stands(list, doc)
            {
                list.append_positions_with_offset(0, out);
            }
        }
    }
}

/// Whether a document is on a list that is asked in rising order.
fn stands(list: &mut SegmentPostings, doc: u32) -> bool {
    list.doc() == doc || (list.doc() < doc && list.seek(doc) == doc)
}

/// The lists of all terms of a wanted word, walked as one.
pub(super) struct Group {
    terms: Vec<Merged>,
    actors: Vec<SegmentPostings>,
}

impl Group {
    pub(super) fn open(reader: &Reader, segment: &SegmentReader, word: &Wanted, positions: bool) -> Result<Self> {
        let terms = word.terms.iter().map(|term| Merged::open(reader, segment, term, &word.fields, positions)).collect::<Result<_>>()?;
        let slot = reader.slots.actor;
        let actors = word.actors.iter().map(|key| open_as(reader, segment, slot, key, IndexRecordOption::Basic));
        Ok(Group { terms, actors: actors.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect() })
    }

    /// Live documents with the word in title, in body, and with an actor of whose name it is a part; of several terms the sum, which is
    /// an upper bound.
    pub(super) fn counts(&self, segment: &SegmentReader) -> [u64; 3] {
        let count = |list: &SegmentPostings| u64::from(live_count(segment, list));
        let sum = |lists: &mut dyn Iterator<Item = &SegmentPostings>| lists.map(count).sum();
        [
            sum(&mut self.terms.iter().filter_map(|m| m.title.as_ref())),
            sum(&mut self.terms.iter().filter_map(|m| m.body.as_ref())),
            sum(&mut self.actors.iter()),
        ]
    }

    /// Calls `each` with the next documents before the end of a window and the occurrences in them, in their order. Windows are asked for
    /// one after the other; `sums` is kept between them.
    pub(super) fn walk(&mut self, window: Range<u32>, sums: &mut Vec<Occurrences>, mut each: impl FnMut(u32, Occurrences)) {
        if let ([one], []) = (self.terms.as_mut_slice(), self.actors.as_slice()) {
            return one.walk(window.end, |doc, title, body| each(doc, Occurrences { title, body, actor: false }));
        }
        sums.clear();
        sums.resize(window.len(), Occurrences::default());
        let mut any = false;
        let mut add = |doc: u32, found: Occurrences| {
            if let Some(sum) = sums.get_mut((doc - window.start) as usize) {
                *sum = Occurrences { title: sum.title + found.title, body: sum.body + found.body, actor: sum.actor || found.actor };
                any = true;
            }
        };
        for list in &mut self.terms {
            list.walk(window.end, |doc, title, body| add(doc, Occurrences { title, body, actor: false }));
        }
        for list in &mut self.actors {
            while list.doc() < window.end {
                add(list.doc(), Occurrences { actor: true, ..Occurrences::default() });
                list.advance();
            }
        }
        if any {
            let found = window.zip(sums.iter()).filter(|(_, found)| **found != Occurrences::default());
            found.for_each(|(doc, found)| each(doc, *found));
        }
    }

    /// The occurrences in a document; documents are asked for in rising order.
    pub(super) fn occurrences(&mut self, doc: u32) -> Occurrences {
        let mut found = Occurrences::default();
        for list in &mut self.terms {
            let (title, body) = list.occurrences(doc);
            found.title += title;
            found.body += body;
        }
        found.actor = self.actors.iter_mut().any(|list| stands(list, doc));
        found
    }

    /// Places in title and body of a document; documents are asked for in rising order.
    pub(super) fn places(&mut self, doc: u32, title: &mut Vec<u32>, body: &mut Vec<u32>) {
        title.clear();
        body.clear();
        self.terms.iter_mut().for_each(|list| list.places(doc, title, body));
        if self.terms.len() > 1 {
            title.sort_unstable();
            body.sort_unstable();
        }
    }
}
