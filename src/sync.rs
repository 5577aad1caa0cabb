//! A folder to an index: which files are new, changed, moved or gone; reading them on all processors; one commit; a report.

mod lists;
mod rebuild;
mod survey;
mod templates;

pub use lists::ListReport;
pub(crate) use lists::knowledge;

use survey::survey;

use crate::analysis::Analyzer;
use crate::article::Article;
use crate::clean::templates::{RULE, Templates, Witness};
use crate::decode::{Decoded, Fields, Input};
use crate::error::{Error, Result, Skipped};
use crate::index::{Facts, FileMark, Known, Noted, Prepared, Writer, first_bytes, path_key};
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
use std::sync::{Arc, Mutex, PoisonError, RwLock};
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
    /// The longest time between two commits of a run: so much at most is lost when it is cut.
    pub commit_every: Duration,
    /// Read every file again, changed or not.
    pub full: bool,
    /// Which fields of records hold what; the index remembers it for later runs.
    pub fields: Fields,
}

impl Default for SyncOptions {
    fn default() -> Self {
        SyncOptions { threads: 0, memory: 128 << 20, commit_every: Duration::from_secs(120), full: false, fields: Fields::default() }
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
    /// Files that were not known. Here and below an article in a file that holds several counts like a file, and that file does not.
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
    /// below other paths stay. A run of less than [two minutes](SyncOptions::commit_every) is one commit: until then searches see the index as
    /// it was. A longer one commits what it has now and then; stopped, it is taken up by the next where it was.
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
        let mut fields = writer.fields().clone();
        fields.add(&options.fields);
        writer.set_fields(fields.clone());
        let stages = FileStages::new(&fields);
        let mut roots = writer.roots().clone();
        let mut report = Report::default();
        let mut look = Look {
            known: writer.known(),
            stages: &stages,
            full: options.full,
            now: SystemTime::now(),
            seen: Noted::default(),
            jobs: Vec::new(),
        };
        let folder = survey(paths, self.store.home(), &mut roots, &mut |path, found| look.at(path, found, &mut report))?;
        let Look { seen, mut jobs, known, .. } = look;
        jobs.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        jobs.dedup_by(|a, b| a.path == b.path);
        let mut gone = known.gone(&seen, &|path| folder.covers(path) && !folder.hides(path));
        folder.failed.iter().for_each(|(path, _)| gone.extend(known.within(path_key(path))));
        let gone: Vec<_> = gone.into_iter().map(|key| (key, known.file_of(key))).collect();
        drop(seen);
        writer.set_roots(roots);
        writer.expect(jobs.len());
        let mut tally = Tally { track: writer.known().len() > 0, ..Tally::default() };
        for (path, reason) in &folder.failed {
            let mark = FileMark { stages: stages.all(), ..FileMark::default() };
            settle(&mut writer, &mut report, path, Outcome::Skipped(Skipped::Unreadable(reason.clone()), mark), &mut tally)?;
        }
        let reader = Reader::new(&knowledge).with_fields(fields);
        let run = Run { index: self, knowledge: &knowledge, reader: &reader, threads, stages: &stages, every: options.commit_every };
        let lost = run.read_all(&mut writer, &mut report, &jobs, progress, &mut tally)?;
        drop(jobs);
        // The path of a file that is gone may by now be that of an entry in another file, or the other way round.
        let gone = gone.into_iter().filter(|(key, file)| writer.known().file_of(*key) == *file).map(|(key, _)| key);
        for key in gone.chain(lost).collect::<Vec<_>>() {
            let Some(entry) = writer.known().entry(key) else { continue };
            writer.remove_key(key);
            match entry.mark.and_then(|m| tally.fresh.get_mut(&m.content)).filter(|n| **n > 0) {
                _ if entry.holds_several() => {}
                Some(left) => {
                    *left -= 1;
                    report.added -= 1;
                    report.moved += 1;
                }
                None => report.removed += 1,
            }
        }
        templates::apply(&run, &mut writer, &mut tally.template)?;
        let template: usize = tally.template.values().sum();
        if template > 0 {
            report.removed_blocks.insert(RULE.to_owned(), template);
        }
        report.errors.sort_by(|a, b| a.path.cmp(&b.path));
        writer.commit()?;
        self.reload()?;
        let skipped = self.view().skipped()?.into_iter().filter(|(path, _)| folder.covers(path));
        report.skipped = skipped.map(|(path, reason)| SkippedFile { path, reason }).collect();
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
            writer.put(Prepared::article(&slots, &mut analyzer, &article, &|id| facts(&knowledge, id)))?;
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
        let removed = paths.into_iter().filter(|path| writer.remove(path)).count();
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
    path: Box<str>,
    found: Found,
    stamp: u64,
    /// The file and the articles in it, as they are known.
    known: Vec<(u64, FileMark)>,
    full: bool,
}

/// Sorts out the files that must be opened. Size and time as before: not opened.
struct Look<'w> {
    known: &'w Known,
    stages: &'w FileStages,
    full: bool,
    now: SystemTime,
    seen: Noted,
    jobs: Vec<Job>,
}

impl Look<'_> {
    fn at(&mut self, path: &str, found: Found, report: &mut Report) {
        let modified = found.modified.filter(|&m| self.now.duration_since(m).is_ok_and(|age| age > YOUNG));
        let modified = modified.and_then(|m| m.duration_since(SystemTime::UNIX_EPOCH).ok()).map_or(0, |d| d.as_nanos() as u64);
        let (key, stamp) = (path_key(path), FileMark::stamp_of(found.len, modified));
        // Two given paths may lead to one file.
        let Ok(mark) = self.known.note(key, &mut self.seen) else { return };
        let mut within = self.known.within(key).peekable();
        if mark.is_some_and(|m| m.stamp != 0 && m.stamp == stamp && self.stages.are(m.stages)) && !self.full {
            let itself = within.peek().is_none() && !self.known.entry(key).is_some_and(|e| e.holds_several());
            report.unchanged += within.count() + usize::from(itself);
        } else {
            let within = within.filter_map(|key| Some((key, self.known.mark(key)?)));
            let known = mark.map(|mark| (key, mark)).into_iter().chain(within).collect();
            self.jobs.push(Job { path: path.into(), found, stamp, known, full: self.full });
        }
    }
}

/// What is counted while files are read.
#[derive(Default)]
struct Tally {
    /// Whether anything can have been moved.
    track: bool,
    /// The contents of new files: one that is gone with the same was moved.
    fresh: HashMap<u64, u32>,
    /// Blocks found to be template, by article.
    template: HashMap<u64, usize>,
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
    End(&'j Job, Vec<u64>),
}

/// Files after which templates are learnt for the first time, and how many times as many each further time: articles are then read among
/// nearly the templates they will have at the end, and few must be read again.
const FIRST: usize = 500;
const FURTHER: usize = 4;

/// What a run of reading needs to know.
struct Run<'r> {
    index: &'r Index,
    knowledge: &'r Knowledge,
    reader: &'r Reader<'r>,
    threads: usize,
    stages: &'r FileStages,
    every: Duration,
}

impl Run<'_> {
    /// Reads files, and puts what is in them; tells which articles of them are not there any more.
    fn read_all(
        &self,
        writer: &mut Writer,
        report: &mut Report,
        jobs: &[Job],
        progress: &mut dyn FnMut(Progress),
        tally: &mut Tally,
    ) -> Result<Vec<u64>> {
        let mut done = Progress { files_total: jobs.len(), bytes_total: jobs.iter().map(|j| j.found.len).sum(), ..Progress::default() };
        progress(done);
        let mut gone = Vec::new();
        let (next, slots) = (AtomicUsize::new(0), writer.slots());
        let first = if jobs.len() < FIRST || writer.known().len() < FIRST { Templates::default() } else { templates::learn(writer)? };
        let (among, mut learn, mut put) = (RwLock::new(Arc::new(first)), FIRST, 0usize);
        std::thread::scope(|scope| {
            let (send, receive) = sync_channel(WAITING);
            // Articles of a file that holds many, for threads that have no file of their own.
            let (share, shared) = sync_channel::<(String, Box<Decoded>, FileMark)>(WAITING);
            let shared = Arc::new(Mutex::new(shared));
            for _ in 0..self.threads.min(jobs.len().saturating_mul(WAITING)) {
                let (send, share, shared, next, slots, among) = (send.clone(), share.clone(), shared.clone(), &next, &slots, &among);
                let work = move || {
                    let mut analyzer = Analyzer::remembering();
                    let mut read = |path: String, decoded: Result<Decoded, Skipped>, mark: FileMark| {
                        let templates = Arc::clone(&among.read().unwrap_or_else(PoisonError::into_inner));
                        let outcome = match self.reader.article(&path, decoded, &templates) {
                            Ok(article) => {
                                let prepared = Prepared::article(slots, &mut analyzer, &article, &|id| facts(self.knowledge, id));
                                let prepared = prepared.of_file(slots, mark, Some(Witness::of(&article, &templates)));
                                Outcome::Article { article: Box::new(article), prepared: Box::new(prepared), mark }
                            }
                            Err(skipped) => Outcome::Skipped(skipped, mark),
                        };
                        send.send(News::Of(path, outcome)).is_ok()
                    };
                    while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let mut each = |path: String, found: Seen| match found {
                            Seen::Text(decoded, mark) if mark.within.is_some() && decoded.text.len() <= SHARED => {
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
                        let gone = open(job, self.reader, self.stages, &mut each);
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
                started.map_err(|source| Error::Io { action: "start a thread for", path: self.index.store.path().to_owned(), source })?;
            }
            drop((send, share, shared));
            for news in receive {
                match news {
                    News::Of(path, outcome) => {
                        let outcome = match outcome {
                            // Its time has changed and nothing else: the stored article is filed again under the new time.
                            Outcome::Same(mark) if mark.stamp != 0 && mark.within.is_none() => self.refile(&path, mark, writer)?,
                            other => other,
                        };
                        settle(writer, report, &path, outcome, tally)?;
                        put += 1;
                        if put == learn {
                            learn *= FURTHER;
                            *among.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(templates::learn(writer)?);
                        }
                        writer.checkpoint(self.every)?;
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

    /// The document of a file whose content is as before, with a new mark.
    fn refile(&self, path: &str, mark: FileMark, writer: &mut Writer) -> Result<Outcome> {
        let (key, slots) = (path_key(path), writer.slots());
        let entry = writer.known().entry(key).unwrap_or_default();
        if let Some(reason) = entry.skipped {
            // One that holds several articles is filed again by itself.
            writer.put(Prepared::skipped(&slots, path, &reason, mark))?;
        } else {
            let view = self.index.view();
            if let Some(at) = view.by_path(path)? {
                let article = view.article(at)?;
                let prepared = Prepared::article(&slots, &mut Analyzer::default(), &article, &|id| facts(self.knowledge, id));
                // What it teaches is as before too, and so are the templates it was read among.
                let witness = writer.known().witness(key)?;
                writer.put(prepared.of_file(&slots, mark, witness))?;
            }
        }
        Ok(Outcome::Same(mark))
    }
}

/// What was found in a file.
enum Seen {
    /// A text that is new or has changed.
    Text(Box<Decoded>, FileMark),
    Other(Outcome),
}

/// Opens a file and hands over what is in it, until `each` is false; tells which of the articles known of it are not there any more. Never fails, never
/// panics.
fn open(job: &Job, reader: &Reader<'_>, stages: &FileStages, each: &mut dyn FnMut(String, Seen) -> bool) -> Vec<u64> {
    let mut lost: HashMap<u64, FileMark> = job.known.iter().copied().collect();
    let file = path_key(&job.path);
    let mut mark = FileMark { stamp: job.stamp, stages: stages.all(), ..FileMark::default() };
    let mut all = blake3::Hasher::new();
    let (mut entries, mut several) = (0usize, false);
    let ended = std::fs::File::open(&job.found.path).map_err(Skipped::from).and_then(|input| {
        if input.metadata().map_or(true, |meta| meta.len() != job.found.len) {
            // It is being written.
            mark.stamp = 0;
        }
        reader.decode(&job.path, Input::file(input), &mut |entry| {
            entries += 1;
            let path = entry.path(&job.path);
            let is_file = entry.name.is_empty();
            several |= !is_file;
            let hash = entry.read.as_ref().map_or_else(|skipped| hash_of(skipped, job.found.len), Decoded::hash);
            all.update(&hash).update(path.as_bytes());
            let content = first_bytes(&hash);
            let of_it = match &entry.read {
                Ok(_) if is_file => FileMark { content, stages: stages.of(entry.format), ..mark },
                Err(_) if is_file => FileMark { content, ..mark },
                _ => FileMark { stamp: 0, content, stages: crate::pipeline::stages(), within: Some(file) },
            };
            let known = lost.remove(&if is_file { file } else { path_key(&path) });
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
        mark.stamp = 0;
    }
    match (several, error) {
        (true, error) => {
            lost.remove(&file);
            mark.content = first_bytes(all.finalize().as_bytes());
            each(job.path.to_string(), Seen::Other(Outcome::Several(error, mark)));
        }
        (false, error) if entries == 0 => {
            lost.remove(&file);
            let skipped = error.unwrap_or(Skipped::Empty);
            mark.content = first_bytes(&hash_of(&skipped, job.found.len));
            each(job.path.to_string(), Seen::Other(Outcome::Skipped(skipped, mark)));
        }
        _ => {}
    }
    lost.into_keys().collect()
}

/// A fingerprint of a file that is none of ours: it is not read to the end.
fn hash_of(skipped: &Skipped, size: u64) -> [u8; 32] {
    *blake3::hash(format!("{size} {skipped}").as_bytes()).as_bytes()
}

/// Counts what became of a file and hands its document to the writer.
fn settle(writer: &mut Writer, report: &mut Report, path: &str, outcome: Outcome, tally: &mut Tally) -> Result<()> {
    let key = path_key(path);
    let before = writer.known().entry(key);
    let old = before.as_ref().and_then(|e| e.mark);
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
            if old == Some(mark) && before.as_ref().is_some_and(|e| e.skipped.as_ref() == Some(&reason)) {
                return Ok(());
            }
            // Its articles are counted, it is not.
            return writer.put(Prepared::skipped(&writer.slots(), path, &reason, mark));
        }
        Outcome::Article { article, prepared, mark } => {
            for removed in &article.removed {
                match removed.rule == RULE {
                    true => *tally.template.entry(key).or_default() += 1,
                    false => *report.removed_blocks.entry(removed.rule.clone()).or_default() += 1,
                }
            }
            (mark, *prepared)
        }
        Outcome::Skipped(skipped, mark) => {
            let reason = skipped.to_string();
            if skipped.is_error() {
                report.errors.push(SkippedFile { path: path.to_owned(), reason: reason.clone() });
            }
            if old == Some(mark) && before.as_ref().is_some_and(|e| e.skipped.as_ref() == Some(&reason)) {
                report.unchanged += 1;
                return Ok(());
            }
            let prepared = Prepared::skipped(&writer.slots(), path, &reason, mark);
            (mark, prepared)
        }
    };
    match old {
        None => {
            report.added += 1;
            if tally.track {
                *tally.fresh.entry(mark.content).or_default() += 1;
            }
        }
        Some(old) if old.content != mark.content => report.changed += 1,
        Some(_) => report.reread += 1,
    }
    writer.put(prepared)
}
