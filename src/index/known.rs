//! The documents as the next commit will have them: those of the last one, read where they stand, and what was put or taken away since.
//!
//! In memory are 24 bytes for each document of the last commit, and the marks of those that changed since; a long run commits now and
//! then, so that these do not grow with it.

use super::fingerprint::{Entry, FileMark};
use super::reader::{Numbers, Reader, first_text, text_column};
use super::schema::path_key;
use crate::clean::templates::{Fingerprint, Site, Witness};
use crate::error::Result;
use std::collections::HashMap;
use tantivy::columnar::StrColumn;

/// A live document of the last commit.
#[derive(Clone, Copy)]
struct Row {
    key: u64,
    stamp: u64,
    segment: u32,
    doc: u32,
}

/// The columns of a segment that tell of files.
struct Columns {
    key: Numbers,
    stamp: Numbers,
    content: Numbers,
    stages: Numbers,
    title: Numbers,
    body: Numbers,
    skipped: Numbers,
    within: Numbers,
    path: Option<StrColumn>,
}

/// A document put since the last commit.
pub(super) struct New {
    pub(super) path: Box<str>,
    pub(super) entry: Entry,
    pub(super) witness: Option<Witness>,
}

/// All documents by the keys of their paths.
pub(crate) struct Known {
    reader: Reader,
    /// In order of the key.
    rows: Vec<Row>,
    /// Files with the places of the articles in them, in order.
    within: Vec<(u64, u32)>,
    columns: Vec<Columns>,
    /// What was put since, or `None` where it was taken away.
    since: HashMap<u64, Option<New>>,
    /// Fingerprints of blocks among it.
    blocks: usize,
    len: usize,
}

/// Takes the key of an article, its site, its blocks, and how many of them are its own.
type EachWitness<'e> = &'e mut dyn FnMut(u64, Site, &[Fingerprint], usize);

impl Known {
    /// Those of a commit.
    pub(super) fn of(reader: Reader) -> Result<Self> {
        let fail = reader.fail();
        let mut columns = Vec::with_capacity(reader.segments.len());
        for segment in &reader.segments {
            let number = |name: &str| segment.fast_fields().column_opt::<u64>(name).map_err(&fail).map(Numbers);
            columns.push(Columns {
                key: number("key")?,
                stamp: number("stamp")?,
                content: number("content")?,
                stages: number("stages")?,
                title: number("title_len")?,
                body: number("body_len")?,
                skipped: number("skipped")?,
                within: number("within")?,
                path: text_column(segment, "path").map_err(&fail)?,
            });
        }
        let mut rows = Vec::with_capacity(reader.segments.iter().map(|s| s.num_docs() as usize).sum());
        for ((segment, columns), ord) in reader.segments.iter().zip(&columns).zip(0..) {
            rows.extend(segment.doc_ids_alive().map(|doc| Row {
                key: columns.key.get(doc).unwrap_or(0),
                stamp: columns.stamp.get(doc).unwrap_or(0),
                segment: ord,
                doc,
            }));
        }
        drop(fail);
        rows.sort_unstable_by_key(|r| r.key);
        let len = rows.len();
        let mut within = Vec::new();
        if columns.iter().any(|c| c.within.0.is_some()) {
            let file = |row: &Row| columns.get(row.segment as usize).and_then(|c: &Columns| c.within.get(row.doc));
            within.extend(rows.iter().zip(0..).filter_map(|(row, place)| Some((file(row)?, place))));
            within.sort_unstable();
        }
        Ok(Known { reader, rows, within, columns, since: HashMap::new(), blocks: 0, len })
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// How many were put or taken away since the last commit, and how many fingerprints of blocks are kept of them.
    pub(super) fn changes(&self) -> (usize, usize) {
        (self.since.len(), self.blocks)
    }

    /// The place of a document of the last commit in its list.
    fn place(&self, key: u64) -> Option<usize> {
        self.rows.binary_search_by_key(&key, |r| r.key).ok()
    }

    fn row(&self, key: u64) -> Option<(Row, &Columns)> {
        let row = *self.rows.get(self.place(key)?)?;
        Some((row, self.columns.get(row.segment as usize)?))
    }

    /// Whether there is a document of this key.
    pub(crate) fn contains(&self, key: u64) -> bool {
        match self.since.get(&key) {
            Some(new) => new.is_some(),
            None => self.place(key).is_some(),
        }
    }

    /// What is known of a document.
    pub(crate) fn entry(&self, key: u64) -> Option<Entry> {
        if let Some(new) = self.since.get(&key) {
            return new.as_ref().map(|n| n.entry.clone());
        }
        let (row, columns) = self.row(key)?;
        let number = |column: &Numbers| column.get(row.doc).unwrap_or(0);
        let skipped = (number(&columns.skipped) == 1).then(|| self.reason(row)).map(Option::unwrap_or_default);
        Some(Entry { mark: mark(row, columns), skipped, title_len: number(&columns.title), body_len: number(&columns.body) })
    }

    /// The mark of the file of a document.
    pub(crate) fn mark(&self, key: u64) -> Option<FileMark> {
        match self.since.get(&key) {
            Some(new) => new.as_ref().and_then(|n| n.entry.mark),
            None => self.row(key).and_then(|(row, columns)| mark(row, columns)),
        }
    }

    fn reason(&self, row: Row) -> Option<String> {
        let segment = self.reader.segments.get(row.segment as usize)?;
        first_text(&text_column(segment, "skip_reason").ok()??, row.doc)
    }

    /// The path of a document.
    pub(crate) fn path(&self, key: u64) -> Option<String> {
        match self.since.get(&key) {
            Some(new) => new.as_ref().map(|n| n.path.to_string()),
            None => {
                let (row, columns) = self.row(key)?;
                first_text(columns.path.as_ref()?, row.doc)
            }
        }
    }

    /// What an article teaches of its site's templates.
    pub(crate) fn witness(&self, key: u64) -> Result<Option<Witness>> {
        match self.since.get(&key) {
            Some(new) => Ok(new.as_ref().and_then(|n| n.witness.clone())),
            None => self.row(key).map_or(Ok(None), |(row, _)| self.reader.witness(row.segment, row.doc)),
        }
    }

    /// The keys of all articles, in order.
    pub(crate) fn articles(&self) -> Vec<u64> {
        let old = self.rows.iter().filter(|row| {
            let skipped = self.columns.get(row.segment as usize).and_then(|c| c.skipped.get(row.doc)) == Some(1);
            !skipped && !self.since.contains_key(&row.key)
        });
        let new = self.since.iter().filter(|(_, new)| new.as_ref().is_some_and(|n| n.entry.skipped.is_none()));
        let mut keys: Vec<u64> = old.map(|r| r.key).chain(new.map(|(key, _)| *key)).collect();
        keys.sort_unstable();
        keys
    }

    /// The articles of the last commit that lie in a file, by their keys.
    pub(crate) fn within(&self, file: u64) -> impl Iterator<Item = u64> + '_ {
        let first = self.within.partition_point(|(other, _)| *other < file);
        let all = self.within.iter().skip(first).take_while(move |(other, _)| *other == file);
        all.filter_map(|(_, place)| self.rows.get(*place as usize).map(|row| row.key))
    }

    /// The key of the file that a document lies in, which may be the document itself.
    pub(crate) fn file_of(&self, key: u64) -> u64 {
        self.mark(key).and_then(|mark| mark.within).unwrap_or(key)
    }

    /// Documents of the last commit whose files `seen` does not hold and `covered` accepts, in order.
    pub(crate) fn gone(&self, seen: &Noted, covered: &dyn Fn(&str) -> bool) -> Vec<u64> {
        let mut gone = Vec::new();
        for (place, row) in self.rows.iter().enumerate().filter(|(place, _)| !seen.has(*place)) {
            let Some(columns) = self.columns.get(row.segment as usize) else { continue };
            let Some(mark) = mark(*row, columns) else { continue };
            let there = mark.within.and_then(|file| self.place(file)).is_some_and(|file| seen.has(file) && file != place);
            if !there && self.path(mark.within.unwrap_or(row.key)).is_some_and(|path| covered(&path)) {
                gone.push(row.key);
            }
        }
        gone
    }

    /// Notes that the file of a key is there; tells its mark, where it is known.
    ///
    /// # Errors
    /// Where that was noted before.
    pub(crate) fn note(&self, key: u64, seen: &mut Noted) -> std::result::Result<Option<FileMark>, NotedBefore> {
        let Some(place) = self.place(key) else { return Ok(None) };
        if seen.has(place) {
            return Err(NotedBefore);
        }
        seen.note(place);
        Ok(self.rows.get(place).and_then(|row| mark(*row, self.columns.get(row.segment as usize)?)))
    }

    /// Calls `each` with the key, the site and the blocks of every article that teaches templates: its own blocks first, and how many
    /// these are.
    pub(crate) fn each_witness(&self, each: EachWitness<'_>) -> Result<()> {
        let mut blocks = Vec::new();
        for (segment, columns) in self.reader.segments.iter().zip(&self.columns) {
            let witnesses = super::reader::Witnesses::open(&self.reader, segment)?;
            for doc in segment.doc_ids_alive() {
                let Some(key) = columns.key.get(doc).filter(|key| self.since.is_empty() || !self.since.contains_key(key)) else { continue };
                blocks.clear();
                if let Some((site, own)) = witnesses.of(doc, &mut blocks) {
                    each(key, site, &blocks, own);
                }
            }
        }
        for (key, new) in &self.since {
            let Some(witness) = new.as_ref().and_then(|n| n.witness.as_ref()) else { continue };
            blocks.clear();
            blocks.extend(witness.own.iter().chain(&witness.other));
            each(*key, Site::of(&witness.site), &blocks, witness.own.len());
        }
        Ok(())
    }

    /// Notes a document that was put.
    pub(super) fn put(&mut self, new: New) {
        self.len += 1;
        self.blocks += new.witness.as_ref().map_or(0, |w| w.own.len() + w.other.len());
        self.since.insert(path_key(&new.path), Some(new));
    }

    /// Notes that a document was taken away; tells what was known of it.
    pub(super) fn take(&mut self, key: u64) -> Option<Entry> {
        let entry = self.entry(key)?;
        self.len -= 1;
        if let Some(Some(New { witness: Some(witness), .. })) = self.since.insert(key, None) {
            self.blocks -= witness.own.len() + witness.other.len();
        }
        Some(entry)
    }
}

fn mark(row: Row, columns: &Columns) -> Option<FileMark> {
    let stages = columns.stages.get(row.doc)?;
    Some(FileMark { stamp: row.stamp, content: columns.content.get(row.doc).unwrap_or(0), stages, within: columns.within.get(row.doc) })
}

/// A file that was found by two ways.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotedBefore;

/// Which documents of the last commit were found again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Noted(Vec<u64>);

impl Noted {
    fn note(&mut self, place: usize) {
        if self.0.len() <= place / 64 {
            self.0.resize(place / 64 + 1, 0);
        }
        if let Some(word) = self.0.get_mut(place / 64) {
            *word |= 1 << (place % 64);
        }
    }

    fn has(&self, place: usize) -> bool {
        self.0.get(place / 64).is_some_and(|w| w >> (place % 64) & 1 == 1)
    }
}
