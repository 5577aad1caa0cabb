//! A user's own lists of actors: kept in the commit beside the documents, and every article they touch annotated anew in the same commit.

use super::facts;
use crate::analysis::Analyzer;
use crate::article::Article;
use crate::error::{Error, Result};
use crate::index::{FileMark, Prepared};
use crate::knowledge::{Knowledge, List};
use crate::pipeline::Reader;
use crate::search::Index;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many articles are held at once.
const BATCH: usize = 64;

/// What adding or taking away a list did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListReport {
    /// The list's name.
    pub name: String,
    /// Its actors.
    pub actors: usize,
    /// Those of them that the table does not have.
    pub new: usize,
    /// Whether a list of that name was there before.
    pub replaced: bool,
    /// Articles that are annotated otherwise than before.
    pub articles: usize,
}

/// An article to annotate anew.
struct Job {
    key: u64,
    path: String,
    mark: Option<FileMark>,
}

/// The lists as they are kept.
pub(crate) fn parse(lists: &str) -> Result<Vec<List>> {
    if lists.is_empty() {
        return Ok(Vec::new());
    }
    serde_json::from_str(lists).map_err(|e| Error::Damaged { path: "lists of actors".into(), source: e.into() })
}

/// The table with the lists.
pub(crate) fn knowledge(lists: &str) -> Result<Arc<Knowledge>> {
    Ok(Knowledge::with_lists(&parse(lists)?))
}

impl Index {
    /// Adds a list of actors, in the place of any of the same name, and annotates anew what it touches; one commit.
    ///
    /// # Errors
    /// [`Error::Locked`] where another writer is at work, and where the index cannot be written.
    ///
    /// ```
    /// # let dir = tempfile::tempdir().unwrap();
    /// use demarche::{Index, knowledge::List};
    /// let index = Index::create(dir.path().join("index"))?;
    /// index.import(List::read("name,aliases\nPaper Heron,Heron Group\n", "ours", "ours.csv").unwrap())?;
    /// assert_eq!(index.knowledge()?.lookup("heron group")[0].id, "paper-heron");
    /// assert!(index.forget("ours")?.is_some() && index.forget("ours")?.is_none());
    /// # Ok::<(), demarche::Error>(())
    /// ```
    pub fn import(&self, list: List) -> Result<ListReport> {
        let known = Knowledge::builtin();
        let merged = known.with(&list.records);
        let mut report = ListReport {
            name: list.name.clone(),
            actors: list.records.len(),
            new: merged.actors().len() - known.actors().len(),
            ..ListReport::default()
        };
        let (replaced, articles) = self.relist(|lists| {
            let before = lists.len();
            lists.retain(|l| l.name != list.name);
            let replaced = lists.len() < before;
            lists.push(list);
            lists.sort_by(|a, b| a.name.cmp(&b.name));
            replaced
        })?;
        (report.replaced, report.articles) = (replaced, articles);
        Ok(report)
    }

    /// Takes a list of actors away and annotates anew what it touched; one commit. `None` where there is no such list.
    ///
    /// # Errors
    /// As [`import`](Index::import).
    pub fn forget(&self, name: &str) -> Result<Option<ListReport>> {
        let mut gone = None;
        let (found, articles) = self.relist(|lists| {
            gone = lists.iter().position(|l| l.name == name).map(|at| lists.remove(at));
            gone.is_some()
        })?;
        let actors = gone.map_or(0, |l| l.records.len());
        Ok(found.then(|| ListReport { name: name.to_owned(), actors, replaced: true, articles, ..ListReport::default() }))
    }

    /// The user's own lists, in order of their names.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn lists(&self) -> Result<Vec<List>> {
        parse(&self.view().commit.lists)
    }

    /// Changes the lists by `change`, whose answer is handed on with the number of articles annotated otherwise.
    fn relist<T>(&self, change: impl FnOnce(&mut Vec<List>) -> T) -> Result<(T, usize)> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let mut writer = self.store.writer(super::SyncOptions::default().memory, threads)?;
        self.reload()?;
        let mut lists = parse(writer.lists())?;
        let old = Knowledge::with_lists(&lists);
        let answer = change(&mut lists);
        let new = Knowledge::with_lists(&lists);
        let mut articles = 0;
        if old.fingerprint() != new.fingerprint() {
            let (view, reader, slots) = (self.view(), Reader::new(&new), writer.slots());
            for batch in writer.known().articles().chunks(BATCH) {
                let known = writer.known();
                let jobs: Vec<Job> =
                    batch.iter().filter_map(|&key| Some(Job { path: known.path(key)?, mark: known.mark(key), key })).collect();
                let again = |job: &Job| -> Result<Option<(bool, Prepared)>> {
                    let Some(at) = view.by_path(&job.path)? else { return Ok(None) };
                    let mut article = view.article(at)?;
                    // An article from memory keeps the annotations it was handed over with.
                    let changed = job.mark.is_some() && annotate(&reader, &mut article);
                    if !changed && !touched(&article, &old, &new) {
                        return Ok(None);
                    }
                    let prepared = Prepared::article(&slots, &mut Analyzer::default(), &article, &|id| facts(&new, id));
                    let witness = known.witness(job.key)?;
                    let prepared = match job.mark {
                        Some(mark) => prepared.of_file(&slots, mark, witness),
                        None => prepared,
                    };
                    Ok(Some((changed, prepared)))
                };
                for prepared in jobs.par_iter().map(again).collect::<Vec<_>>() {
                    if let Some((changed, prepared)) = prepared? {
                        articles += usize::from(changed);
                        writer.put(prepared)?;
                    }
                }
            }
        }
        let kept = if lists.is_empty() { Ok(String::new()) } else { serde_json::to_string(&lists) };
        writer.set_lists(kept.map_err(|e| Error::Damaged { path: self.store.path().to_owned(), source: e.into() })?);
        writer.commit()?;
        self.reload()?;
        Ok((answer, articles))
    }
}

/// Annotates an article anew; tells whether that made a difference.
fn annotate(reader: &Reader<'_>, article: &mut Article) -> bool {
    let found = reader.annotate(article);
    let changed = found.actors != article.actors
        || found.equated != article.equated
        || found.dates != article.dates
        || found.claims != article.claims;
    (article.actors, article.equated, article.dates, article.claims) = (found.actors, found.equated, found.dates, found.claims);
    changed
}

/// Whether the index keeps something else of the article's actors now.
fn touched(article: &Article, old: &Knowledge, new: &Knowledge) -> bool {
    let ids: BTreeSet<&str> = article.actors.iter().map(|m| m.id.as_str()).collect();
    ids.into_iter().any(|id| facts(old, id) != facts(new, id))
}
