//! A view of one commit.

use super::blocks;
use super::commit::Commit;
use super::copies::{Copied, Copies};
use super::schema::{BEYOND_ID, PART, Slots, id_text, path_key};
use super::store::{engine_error, guarded};
use super::stored;
use super::whole::is_whole;
use crate::article::Article;
use crate::clean::templates::{Fingerprint, Site, Witness};
use crate::error::{Error, Result};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::OnceLock;
use tantivy::columnar::{Column, StrColumn};
use tantivy::directory::FileSlice;
use tantivy::postings::SegmentPostings;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::store::StoreReader;
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED, TantivyDocument, TantivyError};

/// Blocks of stored articles that are kept unpacked.
const UNPACKED: usize = 16;

/// A view of one commit, which later writing does not disturb.
pub(crate) struct Reader {
    pub(super) path: PathBuf,
    pub(super) segments: Vec<SegmentReader>,
    pub(super) slots: Slots,
    pub(crate) commit: Commit,
    pub(crate) copies: Copies,
    stores: Vec<Stored>,
}

/// The stored articles of a segment, opened on first use. A file and not the segment is kept: what names a segment keeps its files from being
/// taken away.
struct Stored {
    file: FileSlice,
    opened: OnceLock<std::result::Result<StoreReader, String>>,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("path", &self.path).field("commit", &self.commit).finish_non_exhaustive()
    }
}

impl Reader {
    pub(super) fn new(path: PathBuf, segments: Vec<(FileSlice, SegmentReader)>, slots: Slots, commit: Commit, copies: Copies) -> Self {
        let (stores, segments) = segments.into_iter().map(|(file, reader)| (Stored { file, opened: OnceLock::new() }, reader)).unzip();
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
        let doc = self.stored(at)?;
        let row = doc.get_first(self.slots.article).and_then(|v| v.as_bytes()).ok_or_else(|| self.damaged("no article"))?;
        stored::unpack(row, self.text_of(&doc)?.to_owned()).map_err(|e| self.damaged(&e.to_string()))
    }

    /// The text of an article.
    pub(super) fn body(&self, at: DocAddress) -> Result<String> {
        self.text_of(&self.stored(at)?).map(str::to_owned)
    }

    /// Calls `each` with title, language and text of an article.
    pub(super) fn with_text<T>(&self, at: DocAddress, each: impl FnOnce(Option<&str>, Option<&str>, &str) -> T) -> Result<T> {
        let doc = self.stored(at)?;
        let row = doc.get_first(self.slots.article).and_then(|v| v.as_bytes()).ok_or_else(|| self.damaged("no article"))?;
        let (title, language) = stored::head(row).map_err(|e| self.damaged(&e.to_string()))?;
        Ok(each(title.as_deref(), language.as_deref(), self.text_of(&doc)?))
    }

    fn text_of<'d>(&self, doc: &'d TantivyDocument) -> Result<&'d str> {
        let text = doc.get_first(self.slots.text).and_then(|v| v.as_bytes()).ok_or_else(|| self.damaged("no text"))?;
        std::str::from_utf8(text).map_err(|e| self.damaged(&e.to_string()))
    }

    fn damaged(&self, what: &str) -> Error {
        Error::Damaged { path: self.path.clone(), source: what.to_owned().into() }
    }

    fn stored(&self, at: DocAddress) -> Result<TantivyDocument> {
        let store = self.stores.get(at.segment_ord as usize).ok_or_else(|| self.damaged("no such segment"))?;
        let store = store.opened.get_or_init(|| blocks::open(store.file.clone(), UNPACKED).map_err(|e| e.to_string()));
        let store = store.as_ref().map_err(|e| self.damaged(e))?;
        guarded(&self.path, || {
            let bytes = store.get_document_bytes(at.doc_id).map_err(self.fail())?;
            if is_whole(&bytes) { store.get(at.doc_id).map_err(self.fail()) } else { Err(self.damaged("a document that is not whole")) }
        })
    }

    /// A fingerprint of the file of a document, where it was read from one.
    pub(crate) fn content_of(&self, at: DocAddress) -> Result<Option<String>> {
        let Some(segment) = self.segments.get(at.segment_ord as usize) else { return Ok(None) };
        let content = segment.fast_fields().column_opt::<u64>("content").map_err(self.fail())?.and_then(|c| c.first(at.doc_id));
        Ok(content.map(|hash| format!("{hash:016x}")))
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

    /// Calls `each` with the documents whose ids begin with `prefix`, in order of their keys, until it returns false.
    pub(super) fn each_key(
        &self,
        segment: &SegmentReader,
        prefix: &str,
        mut each: impl FnMut(u64, &mut SegmentPostings) -> bool,
    ) -> Result<()> {
        let Some((low, high)) = keys(prefix) else { return Ok(()) };
        let fail = |e: std::io::Error| self.fail()(e.into());
        let inverted = segment.inverted_index(self.slots.key).map_err(self.fail())?;
        let range = inverted.terms().range().ge(low.to_be_bytes()).le(high.to_be_bytes());
        let mut stream = range.into_stream().map_err(fail)?;
        while let Some((term, info)) = stream.next() {
            let key = term.iter().take(8).fold(0, |n, &b| n << 8 | u64::from(b));
            let mut list = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic).map_err(fail)?;
            if !each(key, &mut list) {
                break;
            }
        }
        Ok(())
    }

    /// Articles whose id begins with `prefix`, at most `limit`.
    pub(crate) fn by_id(&self, prefix: &str, limit: usize) -> Result<Vec<(String, DocAddress)>> {
        let mut found = Vec::new();
        for (ord, segment) in self.segments.iter().enumerate() {
            let skipped = segment.fast_fields().column_opt::<u64>("skipped").map_err(self.fail())?;
            let is_article = |doc| !segment.is_deleted(doc) && skipped.as_ref().and_then(|c| c.first(doc)) != Some(1);
            self.each_key(segment, prefix, |key, list| {
                while list.doc() != TERMINATED {
                    if is_article(list.doc()) {
                        found.push((id_text(key >> BEYOND_ID), DocAddress::new(ord as u32, list.doc())));
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
        let id = id_text(path_key(path) >> BEYOND_ID);
        for (_, at) in self.by_id(&id, 16)? {
            if self.path_of(at)? == path {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// The articles that were handed over in memory.
    pub(crate) fn memory_articles(&self) -> Result<Vec<DocAddress>> {
        let mut all = Vec::new();
        for (segment, ord) in self.segments.iter().zip(0..) {
            let stages = segment.fast_fields().column_opt::<u64>("stages").map_err(self.fail())?;
            let docs = segment.doc_ids_alive().filter(|&doc| stages.as_ref().and_then(|c| c.first(doc)).is_none());
            all.extend(docs.map(|doc| DocAddress::new(ord, doc)));
        }
        Ok(all)
    }

    /// Files that hold no article, with the reason; one that holds several has none.
    pub(crate) fn skipped(&self) -> Result<Vec<(String, String)>> {
        let mut all = Vec::new();
        for segment in self.segments.iter().filter(|_| self.commit.skipped > 0) {
            let inverted = segment.inverted_index(self.slots.skipped).map_err(self.fail())?;
            let term = tantivy::Term::from_field_u64(self.slots.skipped, 1);
            let list = inverted.read_postings(&term, IndexRecordOption::Basic).map_err(|e| self.fail()(e.into()))?;
            let Some(mut list) = list else { continue };
            let (path, reason) =
                (text_column(segment, "path").map_err(self.fail())?, text_column(segment, "skip_reason").map_err(self.fail())?);
            let text = |column: &Option<StrColumn>, doc| column.as_ref().and_then(|c| first_text(c, doc)).unwrap_or_default();
            while list.doc() != TERMINATED {
                if !segment.is_deleted(list.doc()) {
                    all.push((text(&path, list.doc()), text(&reason, list.doc())));
                }
                list.advance();
            }
        }
        all.retain(|(_, reason)| !reason.is_empty());
        all.sort_unstable();
        Ok(all)
    }

    /// What an article teaches of its site's templates.
    pub(super) fn witness(&self, segment: u32, doc: u32) -> Result<Option<Witness>> {
        let Some(segment) = self.segments.get(segment as usize) else { return Ok(None) };
        let site = text_column(segment, "site").map_err(self.fail())?.and_then(|c| first_text(&c, doc));
        let Some(site) = site else { return Ok(None) };
        let numbers = |name: &str| segment.fast_fields().column_opt::<u64>(name).map_err(self.fail()).map(Numbers);
        let blocks = |column: Numbers| column.all(doc).map(Fingerprint).collect();
        Ok(Some(Witness { site, own: blocks(numbers("own_block")?), other: blocks(numbers("other_block")?) }))
    }
}

/// What the articles of a segment teach of templates.
pub(super) struct Witnesses {
    own: Numbers,
    other: Numbers,
    site: Option<StrColumn>,
    /// By the number of the site in the segment.
    sites: Vec<Site>,
}

impl Witnesses {
    pub(super) fn open(reader: &Reader, segment: &SegmentReader) -> Result<Self> {
        let numbers = |name: &str| segment.fast_fields().column_opt::<u64>(name).map_err(reader.fail()).map(Numbers);
        let site = text_column(segment, "site").map_err(reader.fail())?;
        let mut sites = Vec::new();
        if let Some(column) = &site {
            let io = |e: std::io::Error| reader.fail()(e.into());
            let mut stream = column.dictionary().stream().map_err(io)?;
            while stream.advance() {
                sites.push(Site::of(&String::from_utf8_lossy(stream.key())));
            }
        }
        Ok(Witnesses { own: numbers("own_block")?, other: numbers("other_block")?, site, sites })
    }

    /// The site of an article; its blocks are added to `blocks`, its own first, and it is told how many these are.
    pub(super) fn of(&self, doc: u32, blocks: &mut Vec<Fingerprint>) -> Option<(Site, usize)> {
        let site = *self.sites.get(self.site.as_ref()?.term_ords(doc).next()? as usize)?;
        blocks.extend(self.own.all(doc).map(Fingerprint));
        let own = blocks.len();
        blocks.extend(self.other.all(doc).map(Fingerprint));
        Some((site, own))
    }
}

/// The first and the last key of ids that begin so; `None` of what begins no id.
fn keys(prefix: &str) -> Option<(u64, u64)> {
    const DIGITS: u32 = (u64::BITS - BEYOND_ID) / 4;
    let known = prefix.len() as u32;
    if known > DIGITS || prefix.bytes().any(|b| !b.is_ascii_hexdigit() || b.is_ascii_uppercase()) {
        return None;
    }
    let low = if prefix.is_empty() { 0 } else { u64::from_str_radix(prefix, 16).ok()? << (u64::BITS - 4 * known) };
    Some((low, low | u64::MAX.checked_shr(4 * known).unwrap_or(0)))
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
