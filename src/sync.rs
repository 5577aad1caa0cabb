//! A folder to an index: which files are new, changed, moved or gone; reading them on all processors; one commit; a report.

mod lists;
mod rebuild;
mod survey;
mod templates;

pub use lists::ListReport;
pub(crate) use lists::knowledge;

use survey::{Folder, survey};

use crate::analysis::Analyzer;
use crate::article::Article;
use crate::error::{Error, Result, Skipped};
use crate::index::{Facts, FileMark, Known, Prepared, Writer};
use crate::knowledge::Knowledge;
use crate::pipeline::{Reader, stages};
use crate::search::Index;
use crate::walk::Found;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant, SystemTime};

/// A file changed this recently may change again without a new time: its time proves nothing.
const YOUNG: Duration = Duration::from_secs(2);
/// How many read articles may wait for the writer.
const WAITING: usize = 32;
/// Stack of a reading thread: deep pages are parsed by recursion.
const STACK: usize = 16 << 20;

/// How to bring an index up to date.
///
/// ```
/// let options = demarche::SyncOptions { threads: 1, ..Default::default() };
/// assert!(!options.full);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncOptions {
    /// Threads that read files; 0 is one a processor.
    pub threads: usize,
    /// Bytes of memory for what waits to be written.
    pub memory: usize,
    /// Read every file again, changed or not.
    pub full: bool,
}

impl Default for SyncOptions {
    fn default() -> Self {
        SyncOptions { threads: 0, memory: 128 << 20, full: false }
    }
}

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files looked at.
    pub files: usize,
    /// Files to look at; the unchanged ones are not among them.
    pub files_total: usize,
    /// Bytes read.
    pub bytes: u64,
    /// Bytes to read.
    pub bytes_total: u64,
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Files that were not known.
    pub added: usize,
    /// Files with another content than before.
    pub changed: usize,
    /// Files with the content of one that is gone.
    pub moved: usize,
    /// Files that are gone.
    pub removed: usize,
    /// Files as they were.
    pub unchanged: usize,
    /// Files read again because the program reads better than the one before.
    pub reread: usize,
    /// Files below the given paths that hold no article, in order of the path.
    pub skipped: Vec<SkippedFile>,
    /// Files that this run could not read though it should have been able to, in order of the path; they are among the skipped too.
    pub errors: Vec<SkippedFile>,
    /// Blocks taken away from the articles that were read, by rule.
    pub removed_blocks: BTreeMap<String, usize>,
    /// Bytes read.
    pub bytes: u64,
    /// How long it took.
    #[serde(serialize_with = "seconds", rename = "seconds")]
    pub elapsed: Duration,
}

/// A file that holds no article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SkippedFile {
    /// Its path.
    pub path: String,
    /// Why.
    pub reason: String,
}

fn seconds<S: serde::Serializer>(elapsed: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(elapsed.as_secs_f64())
}

impl Index {
    /// Brings the index up to date with files and folders: what is new or changed is read, what is gone below them is taken away. Files
    /// below other paths stay. One commit at the end; until then searches see the index as it was, and nothing is lost by stopping.
    ///
    /// # Errors
    /// [`Error::Locked`] where another writer is at work, [`Error::Io`] where a path does not exist or the index cannot be written.
    /// A file that cannot be read is no error: it is [skipped](Report::skipped).
    ///
    /// ```
    /// # let dir = tempfile::tempdir().unwrap();
    /// # std::fs::write(dir.path().join("a.txt"), "A statement of the ministry on the breach of its network last week.").unwrap();
    /// # std::fs::write(dir.path().join("b.jpg"), b"\xff\xd8\xff\xe0").unwrap();
    /// use demarche::{Index, SyncOptions};
    /// let index = Index::create(dir.path().join("index"))?;
    /// let report = index.sync(&[dir.path().to_owned()], &SyncOptions::default(), &mut |_| {})?;
    /// assert_eq!((report.added, report.skipped.len()), (2, 1));
    /// # Ok::<(), demarche::Error>(())
    /// ```
    pub fn sync(&self, paths: &[PathBuf], options: &SyncOptions, progress: &mut dyn FnMut(Progress)) -> Result<Report> {
        let begun = Instant::now();
        let threads = match options.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            n => n,
        };
        let mut writer = self.store.writer(options.memory, threads)?;
        // Under the lock the last commit is sure to be the last.
        self.reload()?;
        let knowledge = lists::knowledge(writer.lists())?;
        let mut roots = writer.roots().clone();
        let folder = survey(paths, self.store.home(), &mut roots)?;
        writer.set_roots(roots);
        let mut report = Report::default();
        let stages = stages();
        let gone = folder.gone(writer.known());
        let plan = sort_out(folder.files, writer.known(), stages, options.full, &mut report);
        for (path, reason) in folder.failed {
            let mark = FileMark { stages, ..FileMark::default() };
            settle(&mut writer, &mut report, &path, Outcome::Skipped(Skipped::Unreadable(reason), mark), &mut HashMap::new())?;
        }
        let mut fresh = HashMap::new();
        read_all((self, &knowledge), &mut writer, &mut report, plan, threads, stages, progress, &mut fresh)?;
        for path in gone {
            let content = writer.known().get(&path).and_then(|e| e.mark.as_ref()).map(|m| m.content);
            writer.remove(&path);
            match content.and_then(|c| fresh.get_mut(&c)).filter(|n| **n > 0) {
                Some(left) => {
                    *left -= 1;
                    report.added -= 1;
                    report.moved += 1;
                }
                None => report.removed += 1,
            }
        }
        let template = templates::apply(&self.store, &knowledge, &mut writer, threads)?;
        if template > 0 {
            *report.removed_blocks.entry(crate::clean::templates::RULE.to_owned()).or_default() += template;
        }
        report.errors.sort_by(|a, b| a.path.cmp(&b.path));
        report.skipped = Folder::skipped(&folder.covered, writer.known());
        writer.commit()?;
        self.reload()?;
        report.elapsed = begun.elapsed();
        Ok(report)
    }

    /// Adds articles from memory, in the place of any of the same path, and takes away the paths in `remove`; one commit.
    ///
    /// # Errors
    /// [`Error::Locked`] where another writer is at work, and where the index cannot be written.
    ///
    /// ```
    /// # let dir = tempfile::tempdir().unwrap();
    /// use demarche::{Article, Index, Query, SearchOptions};
    /// let index = Index::create(dir.path().join("index"))?;
    /// let body = "The agency attributed the leak to a contractor.".to_owned();
    /// index.add([Article { path: "memory/1".into(), body, ..Article::default() }])?;
    /// assert_eq!(index.search(&Query::words("leaks"), &SearchOptions::default())?.total, 1);
    /// # Ok::<(), demarche::Error>(())
    /// ```
    pub fn add(&self, articles: impl IntoIterator<Item = Article>) -> Result<()> {
        let mut writer = self.store.writer(SyncOptions::default().memory, 1)?;
        let (slots, mut analyzer) = (writer.slots(), Analyzer::default());
        let knowledge = lists::knowledge(writer.lists())?;
        for article in articles {
            writer.put(Prepared::article(&slots, &mut analyzer, &article, &|id| facts(&knowledge, id), None))?;
        }
        writer.commit()?;
        self.reload()
    }

    /// Takes away the articles of these paths; one commit. Tells how many there were.
    ///
    /// # Errors
    /// As [`add`](Index::add).
    pub fn remove<'p>(&self, paths: impl IntoIterator<Item = &'p str>) -> Result<usize> {
        let mut writer = self.store.writer(SyncOptions::default().memory, 1)?;
        let before = writer.known().len();
        for path in paths {
            if writer.known().contains_key(path) {
                writer.remove(path);
            }
        }
        let removed = before - writer.known().len();
        writer.commit()?;
        self.reload()?;
        Ok(removed)
    }
}

/// What the index keeps of an actor.
fn facts(knowledge: &Knowledge, id: &str) -> Facts {
    Facts { names: knowledge.alias_keys(id), country: knowledge.get(id).and_then(|a| a.country.clone()) }
}

/// A file to open.
struct Job {
    path: String,
    found: Found,
    modified: u64,
    known: Option<FileMark>,
    full: bool,
}

/// The files that must be opened. Size and time as before: not opened.
fn sort_out(files: BTreeMap<String, Found>, known: &Known, stages: u64, full: bool, report: &mut Report) -> Vec<Job> {
    let now = SystemTime::now();
    let mut jobs = Vec::new();
    for (path, found) in files {
        let modified = found.modified.filter(|&m| now.duration_since(m).is_ok_and(|age| age > YOUNG));
        let modified = modified.and_then(|m| m.duration_since(SystemTime::UNIX_EPOCH).ok()).map_or(0, |d| d.as_nanos() as u64);
        let mark = known.get(&path).and_then(|e| e.mark.as_ref());
        let same = mark.is_some_and(|m| m.modified != 0 && m.modified == modified && m.size == found.len && m.stages == stages);
        if same && !full {
            report.unchanged += 1;
        } else {
            let known = mark.cloned();
            jobs.push(Job { path, found, modified, known, full });
        }
    }
    jobs
}

/// What became of a file.
enum Outcome {
    /// It holds an article.
    Article { article: Box<Article>, prepared: Box<Prepared>, mark: FileMark },
    /// It holds none.
    Skipped(Skipped, FileMark),
    /// It was opened and found to be as before.
    Same(FileMark),
}

#[expect(clippy::too_many_arguments, reason = "one caller; a struct would only rename them")]
fn read_all(
    (index, knowledge): (&Index, &Knowledge),
    writer: &mut Writer,
    report: &mut Report,
    jobs: Vec<Job>,
    threads: usize,
    stages: u64,
    progress: &mut dyn FnMut(Progress),
    fresh: &mut HashMap<[u8; 32], usize>,
) -> Result<()> {
    let mut done = Progress { files_total: jobs.len(), bytes_total: jobs.iter().map(|j| j.found.len).sum(), ..Progress::default() };
    progress(done);
    let (next, reader, slots) = (AtomicUsize::new(0), OnceLock::new(), writer.slots());
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel(WAITING);
        for _ in 0..threads.min(jobs.len()) {
            let (send, next, reader, slots, jobs) = (send.clone(), &next, &reader, &slots, &jobs);
            let work = move || {
                let mut analyzer = Analyzer::default();
                while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = read(job, knowledge, reader, stages).map(|article, mark| {
                        let prepared = Prepared::article(slots, &mut analyzer, &article, &|id| facts(knowledge, id), Some(mark.clone()));
                        Outcome::Article { article, prepared: Box::new(prepared), mark }
                    });
                    if send.send((job, outcome)).is_err() {
                        return;
                    }
                }
            };
            let started = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            started.map_err(|source| Error::Io { action: "start a thread for", path: index.store.path().to_owned(), source })?;
        }
        drop(send);
        for (job, outcome) in receive {
            done.files += 1;
            done.bytes += job.found.len;
            report.bytes += job.found.len;
            let outcome = match outcome {
                // Its time has changed and nothing else: the stored article is filed again under the new time.
                Outcome::Same(mark) if job.modified != 0 => refile((index, knowledge), &job.path, mark, writer)?,
                other => other,
            };
            settle(writer, report, &job.path, outcome, fresh)?;
            progress(done);
        }
        Ok(())
    })
}

enum Read {
    Article(Box<Article>, FileMark),
    Other(Outcome),
}

impl Read {
    fn map(self, prepare: impl FnOnce(Box<Article>, FileMark) -> Outcome) -> Outcome {
        match self {
            Read::Article(article, mark) => prepare(article, mark),
            Read::Other(outcome) => outcome,
        }
    }
}

/// Opens and reads one file; never fails, never panics.
fn read<'k>(job: &Job, knowledge: &'k Knowledge, reader: &OnceLock<Reader<'k>>, stages: u64) -> Read {
    let mut mark = FileMark { size: job.found.len, modified: job.modified, content: [0; 32], stages };
    if job.found.len > crate::decode::MAX_MIB << 20 {
        return Read::Other(Outcome::Skipped(Skipped::TooLarge { limit: crate::decode::MAX_MIB }, mark));
    }
    let bytes = match std::fs::read(&job.found.path) {
        Ok(bytes) => bytes,
        Err(error) => {
            // Tried again next time.
            mark.modified = 0;
            return Read::Other(Outcome::Skipped(Skipped::Unreadable(error.to_string()), mark));
        }
    };
    if bytes.len() as u64 != mark.size {
        // It is being written.
        mark.modified = 0;
    }
    mark.content = *blake3::hash(&bytes).as_bytes();
    if !job.full && job.known.as_ref().is_some_and(|k| k.content == mark.content && k.stages == stages) {
        return Read::Other(Outcome::Same(mark));
    }
    match reader.get_or_init(|| Reader::new(knowledge)).read(&job.path, &bytes) {
        Ok(article) => Read::Article(Box::new(article), mark),
        Err(skipped) => Read::Other(Outcome::Skipped(skipped, mark)),
    }
}

/// The document of a file whose content is as before, with a new mark.
fn refile((index, knowledge): (&Index, &Knowledge), path: &str, mark: FileMark, writer: &mut Writer) -> Result<Outcome> {
    let entry = writer.known().get(path).cloned().unwrap_or_default();
    if let Some(reason) = entry.skipped {
        writer.put(Prepared::skipped(&writer.slots(), path, &reason, mark.clone()))?;
    } else {
        let view = index.view();
        if let Some(at) = view.by_path(path)? {
            let mut prepared = Prepared::article(
                &writer.slots(),
                &mut Analyzer::default(),
                &view.article(at)?,
                &|id| facts(knowledge, id),
                Some(mark.clone()),
            );
            // It was read with the templates of the last commit, like what stays where it is.
            prepared.witness = None;
            writer.put(prepared)?;
        }
    }
    Ok(Outcome::Same(mark))
}

/// Counts what became of a file and hands its document to the writer.
fn settle(writer: &mut Writer, report: &mut Report, path: &str, outcome: Outcome, fresh: &mut HashMap<[u8; 32], usize>) -> Result<()> {
    let before = writer.known().get(path).cloned();
    let old = before.as_ref().and_then(|e| e.mark.as_ref());
    let (mark, prepared) = match outcome {
        Outcome::Same(_) => {
            report.unchanged += 1;
            return Ok(());
        }
        Outcome::Article { article, prepared, mark } => {
            for removed in &article.removed {
                *report.removed_blocks.entry(removed.rule.clone()).or_default() += 1;
            }
            (mark, *prepared)
        }
        Outcome::Skipped(skipped, mark) => {
            let reason = skipped.to_string();
            if skipped.is_error() {
                report.errors.push(SkippedFile { path: path.to_owned(), reason: reason.clone() });
            }
            if old == Some(&mark) && before.as_ref().is_some_and(|e| e.skipped.as_ref() == Some(&reason)) {
                report.unchanged += 1;
                return Ok(());
            }
            let prepared = Prepared::skipped(&writer.slots(), path, &reason, mark.clone());
            (mark, prepared)
        }
    };
    match old {
        None => {
            report.added += 1;
            *fresh.entry(mark.content).or_default() += 1;
        }
        Some(old) if old.content != mark.content => report.changed += 1,
        Some(_) => report.reread += 1,
    }
    writer.put(prepared)
}
