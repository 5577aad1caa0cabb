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
use crate::clean::templates::Templates;
use crate::decode::{Decoded, Input};
use crate::error::{Error, Result, Skipped};
use crate::index::{ENTRY, Entry, Facts, FileMark, Known, Prepared, Writer, within};
use crate::knowledge::Knowledge;
use crate::pipeline::{FileStages, Reader};
use crate::search::Index;
use crate::walk::Found;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// A file changed this recently may change again without a new time: its time proves nothing.
const YOUNG: Duration = Duration::from_secs(2);
/// How many read articles may wait for the writer.
const WAITING: usize = 32;
/// Bytes of the longest text that one thread hands to another.
const SHARED: usize = 1 << 20;
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
        let fields = writer.fields().clone();
        let stages = FileStages::new(&fields);
        let mut roots = writer.roots().clone();
        let folder = survey(paths, self.store.home(), &mut roots)?;
        writer.set_roots(roots);
        let mut report = Report::default();
        let mut gone = folder.gone(writer.known());
        let plan = sort_out(folder.files, writer.known(), &stages, options.full, &mut report);
        let mut fresh = HashMap::new();
        for (path, reason) in folder.failed {
            gone.extend(within(writer.known(), &path).map(|(path, _)| path.clone()));
            let mark = FileMark { stages: stages.all(), ..FileMark::default() };
            settle(&mut writer, &mut report, &path, Outcome::Skipped(Skipped::Unreadable(reason), mark), &mut HashMap::new())?;
        }
        let reader = Reader::new(&knowledge).with_fields(fields);
        gone.extend(read_all((self, &knowledge, &reader), &mut writer, &mut report, &plan, threads, &stages, progress, &mut fresh)?);
        for path in gone {
            let Some(entry) = writer.known().get(&path) else { continue };
            let content = entry.mark.as_ref().map(|m| m.content);
            let holds_several = entry.holds_several();
            writer.remove(&path);
            match content.and_then(|c| fresh.get_mut(&c)).filter(|n| **n > 0) {
                _ if holds_several => {}
                Some(left) => {
                    *left -= 1;
                    report.added -= 1;
                    report.moved += 1;
                }
                None => report.removed += 1,
            }
        }
        let template = templates::apply(&self.store, &knowledge, &reader, &mut writer, threads)?;
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
        let (slots, mut analyzer) = (writer.slots(), Analyzer::remembering());
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
    /// The file and the articles in it, as they are known.
    known: HashMap<String, FileMark>,
    full: bool,
}

/// The files that must be opened. Size and time as before: not opened.
fn sort_out(files: BTreeMap<String, Found>, known: &Known, stages: &FileStages, full: bool, report: &mut Report) -> Vec<Job> {
    let now = SystemTime::now();
    let mut jobs = Vec::new();
    for (path, found) in files {
        let modified = found.modified.filter(|&m| now.duration_since(m).is_ok_and(|age| age > YOUNG));
        let modified = modified.and_then(|m| m.duration_since(SystemTime::UNIX_EPOCH).ok()).map_or(0, |d| d.as_nanos() as u64);
        let entry = known.get(&path);
        let mark = entry.and_then(|e| e.mark.as_ref());
        let same = mark.is_some_and(|m| m.modified != 0 && m.modified == modified && m.size == found.len && stages.are(m.stages));
        if same && !full {
            let articles = within(known, &path).count();
            report.unchanged += if entry.is_some_and(Entry::holds_several) { articles } else { articles + 1 };
        } else {
            let known = entry.into_iter().map(|entry| (&path, entry)).chain(within(known, &path));
            let known = known.filter_map(|(path, entry)| Some((path.clone(), entry.mark.clone()?))).collect();
            jobs.push(Job { path, found, modified, known, full });
        }
    }
    jobs
}

/// What became of a file or of an article in one.
enum Outcome {
    /// It is an article.
    Article { article: Box<Article>, prepared: Box<Prepared>, mark: FileMark },
    /// It is none.
    Skipped(Skipped, FileMark),
    /// It holds several, up to where it is broken.
    Several(Option<Skipped>, FileMark),
    /// It was opened and found to be as before.
    Same(FileMark),
}

/// What a thread says.
enum News<'j> {
    Of(String, Outcome),
    /// A file was read to its end; these of its articles are not there any more.
    End(&'j Job, Vec<String>),
}

#[expect(clippy::too_many_arguments, reason = "one caller; a struct would only rename them")]
fn read_all(
    (index, knowledge, reader): (&Index, &Knowledge, &Reader<'_>),
    writer: &mut Writer,
    report: &mut Report,
    jobs: &[Job],
    threads: usize,
    stages: &FileStages,
    progress: &mut dyn FnMut(Progress),
    fresh: &mut HashMap<[u8; 32], usize>,
) -> Result<Vec<String>> {
    let mut done = Progress { files_total: jobs.len(), bytes_total: jobs.iter().map(|j| j.found.len).sum(), ..Progress::default() };
    progress(done);
    let mut gone = Vec::new();
    let (next, slots) = (AtomicUsize::new(0), writer.slots());
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel(WAITING);
        // Articles of a file that holds many, for threads that have no file of their own.
        let (share, shared) = sync_channel::<(String, Box<Decoded>, FileMark)>(WAITING);
        let shared = Arc::new(Mutex::new(shared));
        for _ in 0..threads.min(jobs.len().saturating_mul(WAITING)) {
            let (send, share, shared, next, slots) = (send.clone(), share.clone(), shared.clone(), &next, &slots);
            let work = move || {
                let mut analyzer = Analyzer::remembering();
                let mut read = |path: String, decoded: Result<Decoded, Skipped>, mark: FileMark| {
                    let outcome = match reader.article(&path, decoded, &Templates::default()) {
                        Ok(article) => {
                            let facts = |id: &str| facts(knowledge, id);
                            let prepared = Prepared::article(slots, &mut analyzer, &article, &facts, Some(mark.clone()));
                            Outcome::Article { article: Box::new(article), prepared: Box::new(prepared), mark }
                        }
                        Err(skipped) => Outcome::Skipped(skipped, mark),
                    };
                    send.send(News::Of(path, outcome)).is_ok()
                };
                while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let mut each = |path: String, found: Seen| match found {
                        Seen::Text(decoded, mark) if mark.modified == ENTRY && decoded.text.len() <= SHARED => {
                            match share.try_send((path, decoded, mark)) {
                                Ok(()) => true,
                                Err(TrySendError::Full((path, decoded, mark)) | TrySendError::Disconnected((path, decoded, mark))) => {
                                    read(path, Ok(*decoded), mark)
                                }
                            }
                        }
                        Seen::Text(decoded, mark) => read(path, Ok(*decoded), mark),
                        Seen::Other(outcome) => send.send(News::Of(path, outcome)).is_ok(),
                    };
                    let gone = open(job, reader, stages, &mut each);
                    if send.send(News::End(job, gone)).is_err() {
                        return;
                    }
                }
                drop(share);
                loop {
                    let waiting = shared.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((path, decoded, mark)) = waiting else { return };
                    if !read(path, Ok(*decoded), mark) {
                        return;
                    }
                }
            };
            let started = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            started.map_err(|source| Error::Io { action: "start a thread for", path: index.store.path().to_owned(), source })?;
        }
        drop((send, share, shared));
        for news in receive {
            match news {
                News::Of(path, outcome) => {
                    let outcome = match outcome {
                        // Its time has changed and nothing else: the stored article is filed again under the new time.
                        Outcome::Same(mark) if mark.modified != 0 && mark.modified != ENTRY => {
                            refile((index, knowledge), &path, mark, writer)?
                        }
                        other => other,
                    };
                    settle(writer, report, &path, outcome, fresh)?;
                }
                News::End(job, lost) => {
                    gone.extend(lost);
                    done.files += 1;
                    done.bytes += job.found.len;
                    report.bytes += job.found.len;
                }
            }
            progress(done);
        }
        Ok(gone)
    })
}

/// What was found in a file.
enum Seen {
    /// A text that is new or has changed.
    Text(Box<Decoded>, FileMark),
    Other(Outcome),
}

/// Opens a file and hands over what is in it, until `each` is false; tells which of the articles known of it are not there any more. Never fails, never
/// panics.
fn open(job: &Job, reader: &Reader<'_>, stages: &FileStages, each: &mut dyn FnMut(String, Seen) -> bool) -> Vec<String> {
    let mut lost: HashMap<&String, &FileMark> = job.known.iter().collect();
    let mut mark = FileMark { size: job.found.len, modified: job.modified, content: [0; 32], stages: stages.all() };
    let mut all = blake3::Hasher::new();
    let (mut entries, mut several) = (0usize, false);
    let ended = std::fs::File::open(&job.found.path).map_err(Skipped::from).and_then(|file| {
        if file.metadata().map_or(true, |meta| meta.len() != mark.size) {
            // It is being written.
            mark.modified = 0;
        }
        reader.decode(&job.path, Input::file(file), &mut |entry| {
            entries += 1;
            let path = entry.path(&job.path);
            let is_file = entry.name.is_empty();
            several |= !is_file;
            let content = entry.read.as_ref().map_or_else(|skipped| hash_of(skipped, job.found.len), Decoded::hash);
            all.update(&content).update(path.as_bytes());
            let of_it = match &entry.read {
                Ok(decoded) if is_file => FileMark { content, stages: stages.of(entry.format), ..mark.clone() },
                Ok(decoded) => FileMark { size: decoded.text.len() as u64, modified: ENTRY, content, stages: crate::pipeline::stages() },
                Err(_) if is_file => FileMark { content, ..mark.clone() },
                Err(_) => FileMark { size: 0, modified: ENTRY, content, stages: crate::pipeline::stages() },
            };
            let known = lost.remove(&path);
            let same = !job.full && known.is_some_and(|k| k.content == content && k.stages == of_it.stages);
            let found = match entry.read {
                _ if same => Seen::Other(Outcome::Same(of_it)),
                Ok(decoded) => Seen::Text(Box::new(decoded), of_it),
                Err(skipped) => Seen::Other(Outcome::Skipped(skipped, of_it)),
            };
            if each(path, found) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
    });
    let error = ended.err();
    if matches!(error, Some(Skipped::Unreadable(_))) {
        // Tried again next time.
        mark.modified = 0;
    }
    match (several, error) {
        (true, error) => {
            lost.remove(&job.path);
            mark.content = *all.finalize().as_bytes();
            each(job.path.clone(), Seen::Other(Outcome::Several(error, mark)));
        }
        (false, error) if entries == 0 => {
            lost.remove(&job.path);
            let skipped = error.unwrap_or(Skipped::Empty);
            mark.content = hash_of(&skipped, job.found.len);
            each(job.path.clone(), Seen::Other(Outcome::Skipped(skipped, mark)));
        }
        _ => {}
    }
    lost.into_keys().cloned().collect()
}

/// A fingerprint of a file that is none of ours: it is not read to the end.
fn hash_of(skipped: &Skipped, size: u64) -> [u8; 32] {
    *blake3::hash(format!("{size} {skipped}").as_bytes()).as_bytes()
}

/// The document of a file whose content is as before, with a new mark.
fn refile((index, knowledge): (&Index, &Knowledge), path: &str, mark: FileMark, writer: &mut Writer) -> Result<Outcome> {
    let entry = writer.known().get(path).cloned().unwrap_or_default();
    if let Some(reason) = entry.skipped {
        // One that holds several articles is filed again by itself.
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
        Outcome::Several(error, mark) => {
            let reason = error.map(|error| error.to_string()).unwrap_or_default();
            if !reason.is_empty() {
                report.errors.push(SkippedFile { path: path.to_owned(), reason: reason.clone() });
            }
            if old == Some(&mark) && before.as_ref().is_some_and(|e| e.skipped.as_ref() == Some(&reason)) {
                return Ok(());
            }
            // Its articles are counted, it is not.
            return writer.put(Prepared::skipped(&writer.slots(), path, &reason, mark));
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
