//! The one writer of an index: adds and takes away documents, and commits them with the list of files and the sums.

use super::commit::{Commit, format_number};
use super::copies::{self, Copies};
use super::fingerprint::{Entry, FileMark};
use super::known::{Known, New};
use super::roots::Roots;
use super::schema::{BEYOND_ID, Facts, Slots, document, path_key};
use super::store::{Store, engine_error, write_error};
use super::stored;
use crate::analysis::Analyzer;
use crate::article::Article;
use crate::clean::templates::Witness;
use crate::decode::Fields;
use crate::error::{Error, Result};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tantivy::directory::error::LockError;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, NoMergePolicy};
use tantivy::{IndexWriter, SegmentMeta, TantivyDocument, TantivyError, Term};

/// The least memory a thread of the engine takes.
const LEAST_PER_THREAD: usize = 16 << 20;
/// Documents put, and fingerprints of their blocks, after which a long run commits what it has.
const DOCUMENTS: usize = 200_000;
const BLOCKS: usize = 4_000_000;
/// Segments of one size that are merged: opening one costs a query more than reading in it.
const SEGMENTS: usize = 3;

/// Holds the lock until dropped. What is not committed is forgotten.
pub(crate) struct Writer {
    path: PathBuf,
    store: Store,
    engine: IndexWriter,
    slots: Slots,
    known: Known,
    /// The sums over the documents as they will be after the next commit.
    sums: Sums,
    roots: Roots,
    lists: String,
    fields: Fields,
    changed: bool,
    /// The copies of the last whole commit, and the documents put or taken away since.
    copies: Copies,
    touched: HashSet<u64>,
    memory: usize,
    committed: Instant,
    /// Whether segments are left as they are until the end.
    large: bool,
}

/// What is committed of all documents together.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    articles: u64,
    skipped: u64,
    title_words: u64,
    body_words: u64,
}

impl Sums {
    fn add(&mut self, entry: &Entry) {
        self.skipped += u64::from(entry.skipped.is_some());
        self.articles += u64::from(entry.skipped.is_none());
        self.title_words += entry.title_len;
        self.body_words += entry.body_len;
    }

    fn take(&mut self, entry: &Entry) {
        self.skipped -= u64::from(entry.skipped.is_some()).min(self.skipped);
        self.articles -= u64::from(entry.skipped.is_none()).min(self.articles);
        self.title_words -= entry.title_len.min(self.title_words);
        self.body_words -= entry.body_len.min(self.body_words);
    }
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("path", &self.path).finish_non_exhaustive()
    }
}

/// A document made ready on any thread.
pub(crate) struct Prepared {
    path: String,
    entry: Entry,
    document: TantivyDocument,
    /// What the article teaches of its site's templates.
    witness: Option<Witness>,
}

/// Takes the lock, asking again for a moment: a process that this one starts just then holds a copy of a lock given back, until it runs its own program.
pub(super) fn locked<T>(take: impl Fn() -> tantivy::Result<T>) -> tantivy::Result<T> {
    const TRIES: u32 = 12;
    for _ in 0..TRIES {
        match take() {
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => std::thread::sleep(std::time::Duration::from_millis(20)),
            other => return other,
        }
    }
    take()
}

impl Writer {
    pub(super) fn new(store: &Store, engine: &tantivy::Index, slots: Slots, memory: usize, threads: usize) -> Result<Self> {
        let path = store.path().to_owned();
        let threads = threads.clamp(1, 8).min((memory / LEAST_PER_THREAD).max(1));
        let each = (memory / threads).max(LEAST_PER_THREAD);
        let options = IndexWriterOptions::builder().num_worker_threads(threads).memory_budget_per_thread(each).num_merge_threads(1).build();
        let engine = locked(|| engine.writer_with_options(options.clone())).map_err(|e| engine_error(&path, e))?;
        engine.set_merge_policy(merging());
        store.sweep()?;
        // Only now, under the lock, is the last commit sure to stay the last.
        let reader = store.reader()?;
        let roots = reader.commit.roots.clone();
        // A run that died between its documents and their copies left the copies to us.
        let changed = reader.commit.copies.is_none() && reader.commit.articles > 0;
        let lists = reader.commit.lists.clone();
        let fields = reader.commit.fields.clone();
        let sums = Sums {
            articles: reader.commit.articles,
            skipped: reader.commit.skipped,
            title_words: reader.commit.title_words,
            body_words: reader.commit.body_words,
        };
        let copies = reader.copies.clone();
        Ok(Writer {
            path,
            store: store.clone(),
            engine,
            slots,
            known: Known::of(reader)?,
            sums,
            roots,
            lists,
            fields,
            changed,
            copies,
            touched: HashSet::new(),
            memory,
            committed: Instant::now(),
            large: false,
        })
    }

    /// All documents as they will be after the next commit.
    pub(crate) fn known(&self) -> &Known {
        &self.known
    }

    /// Whether the next commit will differ from the last.
    pub(crate) fn is_changed(&self) -> bool {
        self.changed
    }

    /// Bytes of memory that were given for what waits.
    pub(crate) fn memory(&self) -> usize {
        self.memory
    }

    /// Says how many documents will be put. Where they are most of the index, segments are merged once and at the end.
    pub(crate) fn expect(&mut self, documents: usize) {
        if documents > MOST.max(self.known.len() / 2) {
            self.large = true;
            self.engine.set_merge_policy(Box::new(NoMergePolicy));
        }
    }

    /// The files and folders that were indexed.
    pub(crate) fn roots(&self) -> &Roots {
        &self.roots
    }

    /// Puts others in their place.
    pub(crate) fn set_roots(&mut self, roots: Roots) {
        self.changed |= self.roots != roots;
        self.roots = roots;
    }

    /// The user's lists of actors as of the last commit, as JSON.
    pub(crate) fn lists(&self) -> &str {
        &self.lists
    }

    /// Puts other lists in their place.
    pub(crate) fn set_lists(&mut self, lists: String) {
        self.changed |= self.lists != lists;
        self.lists = lists;
    }

    /// What the user says of the fields of records.
    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Puts other words in their place.
    pub(crate) fn set_fields(&mut self, fields: Fields) {
        self.changed |= self.fields != fields;
        self.fields = fields;
    }

    pub(crate) fn slots(&self) -> Slots {
        self.slots.clone()
    }

    /// Puts a document in the place of any other of its path.
    pub(crate) fn put(&mut self, prepared: Prepared) -> Result<()> {
        let key = path_key(&prepared.path);
        if self.known.contains(key) {
            self.remove(&prepared.path);
        }
        self.engine.add_document(prepared.document).map_err(|e| write_error(&self.path, e))?;
        self.touch(key);
        self.sums.add(&prepared.entry);
        self.known.put(New { path: prepared.path.into(), entry: prepared.entry, witness: prepared.witness });
        Ok(())
    }

    /// Takes the document of a path away; tells whether there was one.
    pub(crate) fn remove(&mut self, path: &str) -> bool {
        self.remove_key(path_key(path))
    }

    /// The same, by its key.
    pub(crate) fn remove_key(&mut self, key: u64) -> bool {
        let Some(entry) = self.known.take(key) else { return false };
        self.engine.delete_term(Term::from_field_u64(self.slots.key, key));
        self.sums.take(&entry);
        self.touch(key);
        true
    }

    fn touch(&mut self, key: u64) {
        self.changed = true;
        // Where nothing was a copy, nothing is trusted to be one.
        if !self.copies.is_empty() {
            self.touched.insert(key >> BEYOND_ID);
        }
    }

    /// Commits what there is so far where that is much, or the last commit was long ago. Templates and copies are settled by the whole
    /// commit at the end, or, should this run die, by that of the next.
    pub(crate) fn checkpoint(&mut self, every: Duration) -> Result<bool> {
        let (documents, blocks) = self.known.changes();
        let due = documents >= DOCUMENTS || blocks >= BLOCKS || (documents > 0 && self.committed.elapsed() >= every);
        if due {
            self.publish(None)?;
            self.known = Known::of(self.store.reader()?)?;
            self.committed = Instant::now();
        }
        Ok(due)
    }

    /// Makes everything since the last commit visible in one step, tells which articles are copies of each other, and
    /// waits until segments are merged.
    pub(crate) fn commit(mut self) -> Result<()> {
        if !self.changed {
            return Ok(());
        }
        if self.large {
            self.merge()?;
        }
        self.publish(None)?;
        // Copies are looked for among the documents as they are now committed, and told in a commit of their own. Whoever opens the index
        // in between sees no copies; should we die there, the next writer looks for them.
        let reader = self.store.reader()?;
        let trusted =
            |copy, lead| self.copies.lead_of(copy) == Some(lead) && !self.touched.contains(&copy) && !self.touched.contains(&lead);
        let groups = copies::find(&reader, &trusted, self.memory)?;
        drop(reader);
        let copies = copies::write(&self.path, &groups)?;
        self.publish(Some(&copies))?;
        copies::clear(&self.path, Some(&copies));
        self.engine.wait_merging_threads().map_err(|e| write_error(&self.path, e))
    }

    /// Merges the segments of a large run, as many at a time as fit what may be mapped at once.
    fn merge(&mut self) -> Result<()> {
        self.publish(None)?;
        let fail = |e| write_error(&self.path, e);
        let mut segments = self.store.manifest()?.segments;
        segments.sort_by_key(|s| s.num_docs());
        let sizes: Vec<u64> = segments.iter().map(|s| size(&self.path, s)).collect();
        let most = (sizes.iter().sum::<u64>() / 4).clamp(self.memory as u64 * 2, self.memory as u64 * 8);
        let (mut group, mut bytes) = (Vec::new(), 0);
        let mut groups = Vec::new();
        for (segment, size) in segments.iter().zip(sizes) {
            if bytes + size > most && !group.is_empty() {
                groups.push(std::mem::take(&mut group));
                bytes = 0;
            }
            group.push(segment.id());
            bytes += size;
        }
        groups.push(group);
        for group in groups.into_iter().filter(|g| g.len() > 1) {
            self.engine.merge(&group).wait().map_err(fail)?;
        }
        self.engine.set_merge_policy(merging());
        Ok(())
    }

    /// Commits the documents as they are now; with the name of the file of their copies, or none where they are not looked for yet.
    fn publish(&mut self, copies: Option<&str>) -> Result<()> {
        let Sums { articles, skipped, title_words, body_words } = self.sums;
        let commit = Commit {
            demarche_format: format_number(),
            articles,
            skipped,
            title_words,
            body_words,
            roots: self.roots.clone(),
            copies: copies.map(str::to_owned),
            lists: self.lists.clone(),
            fields: self.fields.clone(),
            seal: String::new(),
        };
        let sealed = Commit { seal: commit.sealed(), ..commit };
        let payload = serde_json::to_string(&sealed).map_err(|e| Error::Damaged { path: self.path.clone(), source: e.into() })?;
        let fail = |e| write_error(&self.path, e);
        let mut prepared = self.engine.prepare_commit().map_err(fail)?;
        prepared.set_payload(&payload);
        prepared.commit().map_err(fail)?;
        Ok(())
    }
}

/// Documents that are put one after another without a thought of segments.
const MOST: usize = 20_000;

fn merging() -> Box<LogMergePolicy> {
    let mut merging = LogMergePolicy::default();
    merging.set_min_num_segments(SEGMENTS);
    Box::new(merging)
}

/// Bytes of a segment on disk.
fn size(index: &Path, segment: &SegmentMeta) -> u64 {
    let name = segment.id().uuid_string();
    let files = std::fs::read_dir(index).into_iter().flatten().flatten();
    let own = files.filter(|f| f.file_name().to_string_lossy().starts_with(&name));
    own.filter_map(|f| f.metadata().ok()).map(|m| m.len()).sum()
}

impl Prepared {
    /// The document of an article from memory; `facts` are what is known of an actor.
    pub(crate) fn article(slots: &Slots, analyzer: &mut Analyzer, article: &Article, facts: &dyn Fn(&str) -> Facts) -> Self {
        let (mut document, title_len, body_len) = document(slots, analyzer, article, facts);
        document.add_bytes(slots.article, &stored::pack(article));
        document.add_bytes(slots.text, article.body.as_bytes());
        document.add_u64(slots.skipped, 0);
        let entry = Entry { mark: None, skipped: None, title_len: title_len.into(), body_len: body_len.into() };
        Prepared { path: article.path.clone(), entry, document, witness: None }.named(slots)
    }

    /// The document of an article read from a file; it teaches templates, unlike one from memory, which is taken as it is handed over.
    pub(crate) fn of_file(self, slots: &Slots, mark: FileMark, witness: Option<Witness>) -> Self {
        let mut prepared = self.marked(slots, mark);
        if let Some(witness) = &witness {
            prepared.document.add_text(slots.site, &witness.site);
            witness.own.iter().for_each(|b| prepared.document.add_u64(slots.own_block, b.0));
            witness.other.iter().for_each(|b| prepared.document.add_u64(slots.other_block, b.0));
        }
        Prepared { witness, ..prepared }
    }

    /// The document of a file that holds no article.
    pub(crate) fn skipped(slots: &Slots, path: &str, reason: &str, mark: FileMark) -> Self {
        let mut document = TantivyDocument::new();
        document.add_u64(slots.skipped, 1);
        document.add_text(slots.skip_reason, reason);
        let entry = Entry { skipped: Some(reason.to_owned()), ..Entry::default() };
        Prepared { path: path.to_owned(), entry, document, witness: None }.named(slots).marked(slots, mark)
    }

    fn named(mut self, slots: &Slots) -> Self {
        self.document.add_text(slots.path, &self.path);
        self.document.add_u64(slots.key, path_key(&self.path));
        self
    }

    fn marked(mut self, slots: &Slots, mark: FileMark) -> Self {
        if let Some(file) = mark.within {
            self.document.add_u64(slots.within, file);
        }
        self.document.add_u64(slots.stamp, mark.stamp);
        self.document.add_u64(slots.content, mark.content);
        self.document.add_u64(slots.stages, mark.stages);
        self.entry.mark = Some(mark);
        self
    }
}
