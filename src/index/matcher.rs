//! Which documents of a segment meet a condition.

use super::plan::{Days, Test};
use super::postings::{open, windows};
use super::reader::{Reader, text_column};
use super::schema::{Field, PART, trait_term};
use crate::error::Result;
use std::ops::Range;
use tantivy::columnar::StrColumn;
use tantivy::postings::Postings;
use tantivy::{DocSet, SegmentReader, TERMINATED};

/// A set of documents of one segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Docs {
    words: Vec<u64>,
    len: u32,
}

impl Docs {
    pub(super) fn none(len: u32) -> Self {
        Docs { words: vec![0; (len as usize).div_ceil(64)], len }
    }

    fn every(len: u32) -> Self {
        let mut docs = Docs { words: vec![u64::MAX; (len as usize).div_ceil(64)], len };
        docs.trim();
        docs
    }

    /// No document lies beyond the end.
    fn trim(&mut self) {
        if let Some(last) = self.words.last_mut()
            && !self.len.is_multiple_of(64)
        {
            *last &= (1 << (self.len % 64)) - 1;
        }
    }

    pub(super) fn insert(&mut self, doc: u32) {
        if let Some(word) = self.words.get_mut(doc as usize / 64) {
            *word |= 1 << (doc % 64);
        }
    }

    pub(super) fn contains(&self, doc: u32) -> bool {
        self.words.get(doc as usize / 64).is_some_and(|w| w >> (doc % 64) & 1 == 1)
    }

    pub(super) fn remove(&mut self, doc: u32) {
        if let Some(word) = self.words.get_mut(doc as usize / 64) {
            *word &= !(1 << (doc % 64));
        }
    }

    pub(super) fn count(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    pub(super) fn intersect(&mut self, other: &Docs) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= b);
    }

    fn unite(&mut self, other: &Docs) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a |= b);
    }

    fn invert(&mut self) {
        self.words.iter_mut().for_each(|w| *w = !*w);
        self.trim();
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.within(0..self.len)
    }

    /// Those of a range that begins and ends at a multiple of 64, or at the end.
    pub(super) fn within(&self, range: Range<u32>) -> impl Iterator<Item = u32> + '_ {
        let words = range.start / 64..range.end.div_ceil(64);
        words.clone().zip(self.words.get(words.start as usize..words.end as usize).unwrap_or_default()).flat_map(|(i, &word)| {
            let mut left = word;
            std::iter::from_fn(move || {
                (left != 0).then(|| {
                    let bit = left.trailing_zeros();
                    left &= left - 1;
                    i * 64 + bit
                })
            })
        })
    }
}

/// The live articles of a segment that meet `test`.
pub(super) fn matching(reader: &Reader, segment: &SegmentReader, test: &Test) -> Result<Docs> {
    let mut docs = evaluate(reader, segment, test)?;
    docs.intersect(&articles(reader, segment)?);
    Ok(docs)
}

/// The live documents that are articles.
fn articles(reader: &Reader, segment: &SegmentReader) -> Result<Docs> {
    let mut docs = Docs::every(segment.max_doc());
    if reader.commit.skipped > 0 {
        let slot = reader.slots.skipped;
        let inverted = segment.inverted_index(slot).map_err(reader.fail())?;
        let list = inverted.read_postings(&tantivy::Term::from_field_u64(slot, 1), tantivy::schema::IndexRecordOption::Basic);
        if let Some(mut list) = list.map_err(|e| reader.fail()(e.into()))? {
            let mut skipped = Docs::none(segment.max_doc());
            collect(&mut list, &mut skipped);
            skipped.invert();
            docs.intersect(&skipped);
        }
    }
    if let Some(alive) = segment.alive_bitset() {
        let mut live = Docs::none(segment.max_doc());
        alive.iter_alive().for_each(|d| live.insert(d));
        docs.intersect(&live);
    }
    Ok(docs)
}

fn collect(list: &mut impl DocSet, docs: &mut Docs) {
    while list.doc() != TERMINATED {
        docs.insert(list.doc());
        list.advance();
    }
}

fn evaluate(reader: &Reader, segment: &SegmentReader, test: &Test) -> Result<Docs> {
    let len = segment.max_doc();
    Ok(match test {
        Test::Everything => Docs::every(len),
        Test::Term { fields, term } => {
            let mut docs = Docs::none(len);
            for &field in fields {
                if let Some(mut list) = open(reader, segment, field, term, false)? {
                    collect(&mut list, &mut docs);
                }
            }
            docs
        }
        Test::Phrase { fields, terms } => {
            let mut docs = Docs::none(len);
            for &field in fields {
                phrase(reader, segment, field, terms, &mut docs)?;
            }
            docs
        }
        Test::Published(days) => column_within(reader, segment, days)?,
        Test::Undated => {
            let mut docs = column_within(reader, segment, &Days { first: i64::MIN, last: i64::MAX })?;
            docs.invert();
            docs
        }
        Test::Mentioned(days) => mentioned(reader, segment, days)?,
        Test::Pattern { fields, pattern } => {
            let mut docs = Docs::none(len);
            for &field in fields {
                for (term, _) in reader.terms_like(segment, field, pattern)? {
                    if let Some(mut list) = open(reader, segment, field, &term, false)? {
                        collect(&mut list, &mut docs);
                    }
                }
            }
            docs
        }
        Test::Near { fields, terms, words, ordered } => {
            let mut docs = Docs::none(len);
            for &field in fields {
                let close = |places: &[Vec<u32>]| if *ordered { in_order(places, *words) } else { within(places, *words) };
                together(reader, segment, field, terms, &mut docs, close)?;
            }
            docs
        }
        Test::Exact(word) => {
            let mut docs = Docs::none(len);
            if let Some(mut list) = open(reader, segment, Field::Exact, word, false)? {
                collect(&mut list, &mut docs);
            }
            docs
        }
        Test::AtLeast(least, tests) => {
            let mut counts = vec![0u32; len as usize];
            for test in tests {
                evaluate(reader, segment, test)?.iter().filter_map(|d| counts.get_mut(d as usize).map(|c| *c += 1)).for_each(drop);
            }
            let mut docs = Docs::none(len);
            (0..len).zip(&counts).filter(|(_, c)| **c as usize >= *least).for_each(|(d, _)| docs.insert(d));
            docs
        }
        Test::Id(prefix) => {
            let mut docs = Docs::none(len);
            reader.each_key(segment, prefix, |_, list| {
                collect(list, &mut docs);
                true
            })?;
            docs
        }
        Test::Below(root) => {
            let mut docs = Docs::none(len);
            if let Some(column) = text_column(segment, "path").map_err(reader.fail())? {
                let below = ords_below(&column, root).map_err(|e| reader.fail()(e.into()))?;
                (0..len).filter(|&doc| column.term_ords(doc).any(|ord| below.contains(ord as u32))).for_each(|doc| docs.insert(doc));
            }
            docs
        }
        // Before the search every family is put in terms of its members.
        Test::Actor(key) | Test::ActorFamily(key) => begins(reader, segment, reader.slots.actor, &format!("{key}{PART}"))?,
        Test::ActorKind(kind) => whole(reader, segment, reader.slots.actor_trait, &trait_term("kind", kind))?,
        Test::ActorCountry(code) => whole(reader, segment, reader.slots.actor_trait, &trait_term("country", code))?,
        Test::Claim { accused, key, .. } => {
            let slot = if *accused { reader.slots.accused } else { reader.slots.accuser };
            begins(reader, segment, slot, &format!("{key}{PART}"))?
        }
        Test::Stance(stance) => whole(reader, segment, reader.slots.actor_trait, &trait_term("stance", stance))?,
        Test::All(tests) => {
            let mut docs = Docs::every(len);
            for test in tests {
                docs.intersect(&evaluate(reader, segment, test)?);
            }
            docs
        }
        Test::Any(tests) => {
            let mut docs = Docs::none(len);
            for test in tests {
                docs.unite(&evaluate(reader, segment, test)?);
            }
            docs
        }
        Test::Not(test) => {
            let mut docs = evaluate(reader, segment, test)?;
            docs.invert();
            docs
        }
    })
}

/// The numbers of the paths at or below a root.
fn ords_below(column: &StrColumn, root: &str) -> std::io::Result<Docs> {
    let mut below = Docs::none(column.num_terms() as u32);
    let paths = column.dictionary();
    let mut stream = paths.range().ge(root.as_bytes()).into_stream()?;
    while stream.advance() && stream.key().starts_with(root.as_bytes()) {
        let path = String::from_utf8_lossy(stream.key());
        // The articles of a file that holds several are below it.
        if crate::walk::is_below(&path, root) || path.strip_prefix(root).is_some_and(|rest| rest.starts_with('#')) {
            below.insert(stream.term_ord() as u32);
        }
    }
    Ok(below)
}

/// The documents with a term that begins so.
fn begins(reader: &Reader, segment: &SegmentReader, slot: tantivy::schema::Field, prefix: &str) -> Result<Docs> {
    let mut docs = Docs::none(segment.max_doc());
    reader.each_term(segment, slot, prefix, |_, mut list| {
        collect(&mut list, &mut docs);
        true
    })?;
    Ok(docs)
}

/// The documents that hold this term.
fn whole(reader: &Reader, segment: &SegmentReader, slot: tantivy::schema::Field, term: &str) -> Result<Docs> {
    let mut docs = Docs::none(segment.max_doc());
    reader.each_term(segment, slot, term, |found, mut list| {
        if found == term.as_bytes() {
            collect(&mut list, &mut docs);
        }
        false
    })?;
    Ok(docs)
}

/// Adds the documents where all terms stand at their places. The rarest term leads; the others are only asked where it stands.
fn phrase(reader: &Reader, segment: &SegmentReader, field: Field, terms: &[(String, u32)], docs: &mut Docs) -> Result<()> {
    let mut lists = Vec::with_capacity(terms.len());
    for (term, place) in terms {
        match open(reader, segment, field, term, true)? {
            Some(list) => lists.push((list, *place)),
            None => return Ok(()),
        }
    }
    lists.sort_by_key(|(list, _)| list.doc_freq());
    let Some(((first, first_place), others)) = lists.split_first_mut() else { return Ok(()) };
    let (mut starts, mut places) = (Vec::new(), Vec::new());
    let mut doc = first.doc();
    'documents: while doc != TERMINATED {
        for (list, _) in others.iter_mut() {
            let found = if list.doc() < doc { list.seek(doc) } else { list.doc() };
            if found != doc {
                doc = first.seek(found);
                continue 'documents;
            }
        }
        first.positions(&mut starts);
        // Where the phrase would begin; places before the beginning of the text wrap to numbers no text reaches.
        starts.iter_mut().for_each(|p| *p = p.wrapping_sub(*first_place));
        for (list, place) in others.iter_mut() {
            list.positions(&mut places);
            places.iter_mut().for_each(|p| *p = p.wrapping_sub(*place));
            starts.retain(|s| places.binary_search(s).is_ok() || places.contains(s));
            if starts.is_empty() {
                break;
            }
        }
        if !starts.is_empty() {
            docs.insert(doc);
        }
        doc = first.advance();
    }
    Ok(())
}

/// Adds the documents that hold all terms in places that `close` accepts.
fn together(
    reader: &Reader,
    segment: &SegmentReader,
    field: Field,
    terms: &[String],
    docs: &mut Docs,
    close: impl Fn(&[Vec<u32>]) -> bool,
) -> Result<()> {
    let mut lists = Vec::with_capacity(terms.len());
    for term in terms {
        match open(reader, segment, field, term, true)? {
            Some(list) => lists.push(list),
            None => return Ok(()),
        }
    }
    let mut places = vec![Vec::new(); lists.len()];
    let mut doc = 0;
    'documents: while doc != TERMINATED {
        for list in &mut lists {
            let found = if list.doc() < doc { list.seek(doc) } else { list.doc() };
            if found > doc {
                doc = found;
                continue 'documents;
            }
        }
        lists.iter_mut().zip(&mut places).for_each(|(list, places)| list.positions(places));
        if !lists.is_empty() && close(&places) {
            docs.insert(doc);
        }
        doc += 1;
    }
    Ok(())
}

/// Whether some window holds one place of each list and at most `words` words beyond its first.
fn within(places: &[Vec<u32>], words: u32) -> bool {
    let mut at = vec![0usize; places.len()];
    loop {
        let mut heads = Vec::with_capacity(places.len());
        for (list, &i) in places.iter().zip(&at) {
            let Some(&place) = list.get(i) else { return false };
            heads.push(place);
        }
        let (Some(first), Some(last)) = (heads.iter().min(), heads.iter().max()) else { return false };
        // A word asked for twice must stand twice.
        let distinct = heads.iter().collect::<std::collections::BTreeSet<_>>().len() == heads.len();
        if last - first <= words && distinct {
            return true;
        }
        let lowest = heads.iter().rposition(|h| h == first).unwrap_or(0);
        if let Some(i) = at.get_mut(lowest) {
            *i += 1;
        }
    }
}

/// Whether the places can be taken in the order of the lists with at most `words` words between first and last that are no part of it.
fn in_order(places: &[Vec<u32>], words: u32) -> bool {
    let Some((first, others)) = places.split_first() else { return false };
    let span = others.len() as u32 + words;
    first.iter().any(|&start| {
        let mut at = start;
        // The nearest place of each next word leaves the most room for the rest.
        let end = others.iter().try_for_each(|list| {
            at = *list.get(list.partition_point(|&p| p <= at))?;
            Some(())
        });
        end.is_some() && at - start <= span
    })
}

fn column_within(reader: &Reader, segment: &SegmentReader, days: &Days) -> Result<Docs> {
    let mut docs = Docs::none(segment.max_doc());
    if let Some(column) = segment.fast_fields().column_opt::<i64>("published").map_err(reader.fail())? {
        // The engine takes a range that ends before its first value for one that begins there.
        let (first, last) = (days.first.max(column.min_value()), days.last.min(column.max_value()));
        let mut found = Vec::new();
        for window in windows(segment).filter(|_| first <= last) {
            column.get_docids_for_value_range(first..=last, window, &mut found);
            found.drain(..).for_each(|doc| docs.insert(doc));
        }
    }
    Ok(docs)
}

fn mentioned(reader: &Reader, segment: &SegmentReader, days: &Days) -> Result<Docs> {
    let mut docs = Docs::none(segment.max_doc());
    let (low, high) = (super::schema::pack_days(days.first, i64::MIN / 2), super::schema::pack_days(days.last, days.last));
    let last = high & u64::from(u32::MAX);
    if let Some(column) = segment.fast_fields().column_opt::<u64>("mentioned").map_err(reader.fail())? {
        for doc in 0..segment.max_doc() {
            if column.values_for_doc(doc).any(|v| v >= low && v <= high && v & u64::from(u32::MAX) <= last) {
                docs.insert(doc);
            }
        }
    }
    Ok(docs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closeness_of_places() {
        let places = vec![vec![1, 20], vec![5, 22]];
        assert!(within(&places, 2) && !within(&places, 1));
        assert!(in_order(&places, 1) && !in_order(&places, 0));
        assert!(!within(&[vec![3], vec![3]], 5), "one place is not two");
        assert!(!in_order(&[vec![9], vec![3]], 50));
        assert!(!within(&[vec![], vec![3]], 5) && !within(&[], 5));
    }

    #[test]
    fn sets_of_documents_are_sets() {
        for len in [0, 1, 63, 64, 65, 200] {
            let mut even = Docs::none(len);
            (0..len).filter(|d| d % 2 == 0).for_each(|d| even.insert(d));
            assert!(even.iter().eq((0..len).filter(|d| d % 2 == 0)));
            let mut odd = even.clone();
            odd.invert();
            assert!(odd.iter().eq((0..len).filter(|d| d % 2 == 1)));
            odd.unite(&even);
            assert_eq!(odd, Docs::every(len));
            odd.intersect(&even);
            assert_eq!(odd, even);
        }
    }
}
