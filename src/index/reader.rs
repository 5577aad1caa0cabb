//! A view of one commit.

use super::commit::Commit;
use super::copies::{Copied, Copies};
use super::fingerprint::{Entry, FileMark, Known};
use super::schema::{PART, Slots, id_text};
use super::store::{engine_error, guarded};
use crate::article::Article;
use crate::clean::templates::{Fingerprint, Witness};
use crate::error::{Error, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::OnceLock;
use tantivy::columnar::{Column, StrColumn};
use tantivy::postings::SegmentPostings;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::store::StoreReader;
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED, TantivyDocument, TantivyError};

/// A view of one commit, which later writing does not disturb.
pub(crate) struct Reader {
    pub(super) path: PathBuf,
    pub(super) segments: Vec<SegmentReader>,
    pub(super) slots: Slots,
    pub(crate) commit: Commit,
    pub(crate) copies: Copies,
    stores: Vec<OnceLock<std::result::Result<StoreReader, String>>>,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("path", &self.path).field("commit", &self.commit).finish_non_exhaustive()
    }
}

impl Reader {
    pub(super) fn new(path: PathBuf, segments: Vec<SegmentReader>, slots: Slots, commit: Commit, copies: Copies) -> Self {
        let stores = segments.iter().map(|_| OnceLock::new()).collect();
        Reader { path, segments, slots, commit, copies, stores }
    }

    pub(super) fn fail(&self) -> impl Fn(TantivyError) -> Error + '_ {
        |e| engine_error(&self.path, e)
    }

    /// Average length of a document in words, titles counted `title_weight` times.
    pub(super) fn average_len(&self, title_weight: f32) -> f32 {
        if self.commit.articles == 0 {
            return 1.0;
        }
        let words = self.commit.body_words as f64 + self.commit.title_words as f64 * f64::from(title_weight);
        ((words / self.commit.articles as f64) as f32).max(1.0)
    }

    /// The article of a hit.
    pub(crate) fn article(&self, at: DocAddress) -> Result<Article> {
        self.stored(at)
    }

    /// The text of an article.
    pub(super) fn body(&self, at: DocAddress) -> Result<String> {
        #[derive(serde::Deserialize)]
        struct Part {
            body: String,
        }
        self.stored(at).map(|part: Part| part.body)
    }

    /// The article of a document, or a part of it.
    fn stored<T: serde::de::DeserializeOwned>(&self, at: DocAddress) -> Result<T> {
        let damaged = |what: &str| Error::Damaged { path: self.path.clone(), source: what.to_owned().into() };
        let (Some(segment), Some(store)) = (self.segments.get(at.segment_ord as usize), self.stores.get(at.segment_ord as usize)) else {
            return Err(damaged("no such segment"));
        };
        let store = store.get_or_init(|| segment.get_store_reader(4).map_err(|e| e.to_string())).as_ref().map_err(|e| damaged(e))?;
        let doc: TantivyDocument = guarded(&self.path, || store.get(at.doc_id).map_err(self.fail()))?;
        let json = doc.get_first(self.slots.article).and_then(|v| v.as_bytes()).ok_or_else(|| damaged("no article"))?;
        serde_json::from_slice(json).map_err(|e| damaged(&e.to_string()))
    }

    /// A fingerprint of the file of a document, where it was read from one.
    pub(crate) fn content_of(&self, at: DocAddress) -> Result<Option<String>> {
        let Some(segment) = self.segments.get(at.segment_ord as usize) else { return Ok(None) };
        let Some(column) = segment.fast_fields().bytes("content").map_err(self.fail())? else { return Ok(None) };
        let mut hash = Vec::new();
        let Some(ord) = column.term_ords(at.doc_id).next() else { return Ok(None) };
        column.ord_to_bytes(ord, &mut hash).map_err(|e| self.fail()(e.into()))?;
        Ok(Some(hash.iter().take(8).map(|b| format!("{b:02x}")).collect()))
    }

    /// The path of a document.
    pub(crate) fn path_of(&self, at: DocAddress) -> Result<String> {
        let Some(segment) = self.segments.get(at.segment_ord as usize) else { return Ok(String::new()) };
        let column = text_column(segment, "path").map_err(self.fail())?;
        Ok(column.and_then(|c| first_text(&c, at.doc_id)).unwrap_or_default())
    }

    /// Calls `each` with every term of a field that begins with `prefix`, in order, and its documents, until it returns false.
    pub(super) fn each_term(
        &self,
        segment: &SegmentReader,
        slot: tantivy::schema::Field,
        prefix: &str,
        mut each: impl FnMut(&[u8], SegmentPostings) -> bool,
    ) -> Result<()> {
        let fail = |e: std::io::Error| self.fail()(e.into());
        let inverted = segment.inverted_index(slot).map_err(self.fail())?;
        let mut stream = inverted.terms().range().ge(prefix.as_bytes()).into_stream().map_err(fail)?;
        while let Some((term, info)) = stream.next().filter(|(term, _)| term.starts_with(prefix.as_bytes())) {
            let list = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic).map_err(fail)?;
            if !each(term, list) {
                break;
            }
        }
        Ok(())
    }

    /// Articles whose id begins with `prefix`, at most `limit`.
    pub(crate) fn by_id(&self, prefix: &str, limit: usize) -> Result<Vec<(String, DocAddress)>> {
        let mut found = Vec::new();
        for (ord, segment) in self.segments.iter().enumerate() {
            self.each_term(segment, self.slots.id, prefix, |id, mut list| {
                while list.doc() != TERMINATED {
                    if !segment.is_deleted(list.doc()) {
                        found.push((String::from_utf8_lossy(id).into_owned(), DocAddress::new(ord as u32, list.doc())));
                    }
                    list.advance();
                }
                found.len() < limit
            })?;
        }
        found.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(found)
    }

    /// The articles of a story, the earliest first, without the given one.
    pub(crate) fn copies_of(&self, id: u64) -> Result<Vec<Copied>> {
        let Some(group) = self.copies.group_of(id) else { return Ok(Vec::new()) };
        let mut copies = Vec::new();
        for member in self.copies.members(group).filter(|m| *m != id) {
            let text = id_text(member);
            let Some((_, at)) = self.by_id(&text, 1)?.into_iter().next() else { continue };
            let Some(segment) = self.segments.get(at.segment_ord as usize) else { continue };
            let day = segment.fast_fields().column_opt::<i64>("published").map_err(self.fail())?.and_then(|c| c.first(at.doc_id));
            let publisher = text_column(segment, "outlet").map_err(self.fail())?.and_then(|c| first_text(&c, at.doc_id));
            copies.push(Copied { id: text, path: self.path_of(at)?, published: day.and_then(super::schema::day_text), publisher });
        }
        Ok(copies)
    }

    /// Ids of the actors that go by the name with this key.
    pub(crate) fn actors_of(&self, key: &str) -> Result<BTreeSet<String>> {
        let mut ids = BTreeSet::new();
        for segment in &self.segments {
            self.each_term(segment, self.slots.actor, &format!("{key}{PART}"), |term, mut list| {
                // A term of deleted documents says nothing.
                while segment.is_deleted(list.doc()) {
                    if list.advance() == TERMINATED {
                        return true;
                    }
                }
                ids.extend(String::from_utf8_lossy(term).split_once(PART).map(|(_, id)| id.to_owned()));
                true
            })?;
        }
        Ok(ids)
    }

    /// The article at a path.
    pub(crate) fn by_path(&self, path: &str) -> Result<Option<DocAddress>> {
        let id = id_text(super::schema::id_number(path));
        for (_, at) in self.by_id(&id, 16)? {
            if self.path_of(at)? == path {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// Every live document.
    pub(crate) fn known(&self) -> Result<Known> {
        let mut known = Known::new();
        let fail = self.fail();
        for segment in &self.segments {
            let number = |name: &str| segment.fast_fields().column_opt::<u64>(name).map_err(&fail).map(Numbers);
            let (size, modified, stages) = (number("size")?, number("modified")?, number("stages")?);
            let (title, body, skipped) = (number("title_len")?, number("body_len")?, number("skipped")?);
            let content = segment.fast_fields().bytes("content").map_err(&fail)?;
            let (path, reason) = (text_column(segment, "path").map_err(&fail)?, text_column(segment, "skip_reason").map_err(&fail)?);
            for doc in segment.doc_ids_alive() {
                let Some(path) = path.as_ref().and_then(|c| first_text(c, doc)) else { continue };
                let mut hash = Vec::new();
                if let Some(column) = &content
                    && let Some(ord) = column.term_ords(doc).next()
                {
                    column.ord_to_bytes(ord, &mut hash).map_err(|e| fail(e.into()))?;
                }
                let mark = size.get(doc).map(|size| FileMark {
                    size,
                    modified: modified.get(doc).unwrap_or(0),
                    content: hash.as_slice().try_into().unwrap_or([0; 32]),
                    stages: stages.get(doc).unwrap_or(0),
                });
                let skipped = skipped.get(doc).is_some_and(|s| s == 1);
                let skipped = skipped.then(|| reason.as_ref().and_then(|c| first_text(c, doc)).unwrap_or_default());
                let (title_len, body_len) = (title.get(doc).unwrap_or(0), body.get(doc).unwrap_or(0));
                known.insert(path, Entry { mark, skipped, title_len, body_len });
            }
        }
        Ok(known)
    }

    /// What every live article read from a file teaches of its site's templates, by path.
    pub(crate) fn witnesses(&self) -> Result<BTreeMap<String, Witness>> {
        let mut witnesses = BTreeMap::new();
        let fail = self.fail();
        for segment in &self.segments {
            let numbers = |name: &str| segment.fast_fields().column_opt::<u64>(name).map_err(&fail).map(Numbers);
            let (own, other) = (numbers("own_block")?, numbers("other_block")?);
            let (path, site) = (text_column(segment, "path").map_err(&fail)?, text_column(segment, "site").map_err(&fail)?);
            for doc in segment.doc_ids_alive() {
                let Some(site) = site.as_ref().and_then(|c| first_text(c, doc)) else { continue };
                let Some(path) = path.as_ref().and_then(|c| first_text(c, doc)) else { continue };
                let blocks = |column: &Numbers| column.all(doc).map(Fingerprint).collect();
                witnesses.insert(path, Witness { site, own: blocks(&own), other: blocks(&other) });
            }
        }
        Ok(witnesses)
    }
}

/// A column that a segment without any value of it does not have.
pub(super) struct Numbers<T = u64>(pub(super) Option<Column<T>>);

impl<T: PartialOrd + Copy + std::fmt::Debug + Send + Sync + 'static> Numbers<T> {
    pub(super) fn get(&self, doc: u32) -> Option<T> {
        self.0.as_ref().and_then(|c| c.first(doc))
    }

    /// All values of a document, in no order.
    pub(super) fn all(&self, doc: u32) -> impl Iterator<Item = T> + '_ {
        self.0.iter().flat_map(move |c| c.values_for_doc(doc))
    }
}

pub(super) fn text_column(segment: &SegmentReader, name: &str) -> tantivy::Result<Option<StrColumn>> {
    segment.fast_fields().str(name)
}

pub(super) fn first_text(column: &StrColumn, doc: u32) -> Option<String> {
    let ord = column.term_ords(doc).next()?;
    let mut out = String::new();
    column.ord_to_str(ord, &mut out).ok()?.then_some(out)
}
