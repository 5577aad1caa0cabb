//! The one writer of an index: adds and takes away documents, and commits them with the list of files and the sums.

use super::commit::{Commit, format_number};
use super::copies::{self, Copies};
use super::fingerprint::{Entry, FileMark, Known};
use super::roots::Roots;
use super::schema::{Facts, Slots, document, id_number};
use super::store::{Store, engine_error, write_error};
use crate::analysis::Analyzer;
use crate::article::Article;
use crate::clean::templates::Witness;
use crate::decode::Fields;
use crate::error::{Error, Result};
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use tantivy::directory::error::LockError;
use tantivy::indexer::IndexWriterOptions;
use tantivy::{IndexWriter, TantivyDocument, TantivyError, Term};

/// The least memory a thread of the engine takes.
const LEAST_PER_THREAD: usize = 16 << 20;

/// Holds the lock until dropped. What is not committed is forgotten.
pub(crate) struct Writer {
    path: PathBuf,
    store: Store,
    engine: IndexWriter,
    slots: Slots,
    known: Known,
    roots: Roots,
    lists: String,
    fields: Fields,
    changed: bool,
    /// What the articles put since the last commit teach, by path.
    fresh: BTreeMap<String, Witness>,
    /// The copies of the last commit, and the documents put or taken away since.
    copies: Copies,
    touched: HashSet<u64>,
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
    pub(crate) witness: Option<Witness>,
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
        // Few segments: opening one costs a query more than reading in it.
        let mut merging = tantivy::merge_policy::LogMergePolicy::default();
        merging.set_min_num_segments(3);
        engine.set_merge_policy(Box::new(merging));
        // Only now, under the lock, is the last commit sure to stay the last.
        let reader = store.reader()?;
        let roots = reader.commit.roots.clone();
        // A run that died between its documents and their copies left the copies to us.
        let changed = reader.commit.copies.is_none() && reader.commit.articles > 0;
        let lists = reader.commit.lists.clone();
        let fields = reader.commit.fields.clone();
        let (known, copies) = (reader.known()?, reader.copies);
        let (store, fresh, touched) = (store.clone(), BTreeMap::new(), HashSet::new());
        Ok(Writer { path, store, engine, slots, known, roots, lists, fields, changed, fresh, copies, touched })
    }

    /// All documents as they will be after the next commit.
    pub(crate) fn known(&self) -> &Known {
        &self.known
    }

    /// Whether the next commit will differ from the last.
    pub(crate) fn is_changed(&self) -> bool {
        self.changed
    }

    /// What the articles put since the last commit teach, by path; asked for once.
    pub(crate) fn take_fresh(&mut self) -> BTreeMap<String, Witness> {
        std::mem::take(&mut self.fresh)
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
    #[allow(dead_code, reason = "asked by formats of records")]
    pub(crate) fn set_fields(&mut self, fields: Fields) {
        self.changed |= self.fields != fields;
        self.fields = fields;
    }

    pub(crate) fn slots(&self) -> Slots {
        self.slots.clone()
    }

    /// Puts a document in the place of any other of its path.
    pub(crate) fn put(&mut self, prepared: Prepared) -> Result<()> {
        if self.known.contains_key(&prepared.path) {
            self.remove(&prepared.path);
        }
        self.engine.add_document(prepared.document).map_err(|e| write_error(&self.path, e))?;
        if let Some(witness) = prepared.witness {
            self.fresh.insert(prepared.path.clone(), witness);
        }
        self.touched.insert(id_number(&prepared.path));
        self.known.insert(prepared.path, prepared.entry);
        self.changed = true;
        Ok(())
    }

    /// Takes the document of a path away.
    pub(crate) fn remove(&mut self, path: &str) {
        self.engine.delete_term(Term::from_field_text(self.slots.path, path));
        self.known.remove(path);
        self.fresh.remove(path);
        self.touched.insert(id_number(path));
        self.changed = true;
    }

    /// Makes everything since the last commit visible in one step, tells which articles are copies of each other, and
    /// waits until segments are merged.
    pub(crate) fn commit(mut self) -> Result<()> {
        if !self.changed {
            return Ok(());
        }
        let (roots, lists) = (std::mem::take(&mut self.roots), std::mem::take(&mut self.lists));
        let fields = std::mem::take(&mut self.fields);
        let mut commit = Commit { demarche_format: format_number(), roots, lists, fields, ..Commit::default() };
        for entry in self.known.values() {
            if entry.skipped.is_some() {
                commit.skipped += 1;
            } else {
                commit.articles += 1;
                commit.title_words += entry.title_len;
                commit.body_words += entry.body_len;
            }
        }
        self.publish(&commit)?;
        // Copies are looked for among the documents as they are now committed, and told in a commit of their own. Whoever opens the index
        // in between sees no copies; should we die there, the next writer looks for them.
        let reader = self.store.reader()?;
        let trusted =
            |copy, lead| self.copies.lead_of(copy) == Some(lead) && !self.touched.contains(&copy) && !self.touched.contains(&lead);
        let groups = copies::find(&reader, &trusted)?;
        commit.copies = Some(copies::write(&self.path, &groups)?);
        self.publish(&commit)?;
        copies::clear(&self.path, commit.copies.as_deref());
        self.engine.wait_merging_threads().map_err(|e| write_error(&self.path, e))
    }

    fn publish(&mut self, commit: &Commit) -> Result<()> {
        let sealed = Commit { seal: commit.sealed(), ..commit.clone() };
        let payload = serde_json::to_string(&sealed).map_err(|e| Error::Damaged { path: self.path.clone(), source: e.into() })?;
        let fail = |e| write_error(&self.path, e);
        let mut prepared = self.engine.prepare_commit().map_err(fail)?;
        prepared.set_payload(&payload);
        prepared.commit().map_err(fail)?;
        Ok(())
    }
}

impl Prepared {
    /// The document of an article; `facts` are what is known of an actor, `mark` is there where it was read from a file.
    pub(crate) fn article(
        slots: &Slots,
        analyzer: &mut Analyzer,
        article: &Article,
        facts: &dyn Fn(&str) -> Facts,
        mark: Option<FileMark>,
    ) -> Self {
        let (mut document, title_len, body_len) = document(slots, analyzer, article, facts);
        // Writing a plain struct to memory cannot fail.
        document.add_bytes(slots.article, &serde_json::to_vec(article).unwrap_or_default());
        document.add_u64(slots.skipped, 0);
        // An article from memory is taken as it is handed over, and teaches nothing.
        let witness = mark.is_some().then(|| Witness::of(article));
        if let Some(witness) = &witness {
            document.add_text(slots.site, &witness.site);
            witness.own.iter().for_each(|b| document.add_u64(slots.own_block, b.0));
            witness.other.iter().for_each(|b| document.add_u64(slots.other_block, b.0));
        }
        let entry = Entry { mark: None, skipped: None, title_len: title_len.into(), body_len: body_len.into() };
        Prepared { path: article.path.clone(), entry, document, witness }.finish(slots, mark)
    }

    /// The document of a file that holds no article.
    pub(crate) fn skipped(slots: &Slots, path: &str, reason: &str, mark: FileMark) -> Self {
        let mut document = TantivyDocument::new();
        document.add_u64(slots.skipped, 1);
        document.add_text(slots.skip_reason, reason);
        let entry = Entry { skipped: Some(reason.to_owned()), ..Entry::default() };
        Prepared { path: path.to_owned(), entry, document, witness: None }.finish(slots, Some(mark))
    }

    fn finish(mut self, slots: &Slots, mark: Option<FileMark>) -> Self {
        self.document.add_text(slots.path, &self.path);
        if let Some(mark) = &mark {
            self.document.add_u64(slots.size, mark.size);
            self.document.add_u64(slots.modified, mark.modified);
            self.document.add_bytes(slots.content, &mark.content);
            self.document.add_u64(slots.stages, mark.stages);
        }
        self.entry.mark = mark;
        self
    }
}
