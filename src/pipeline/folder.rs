//! Files read together: what returns on several pages of one site is template, which no page shows by itself.

use super::Reader;
use crate::article::Article;
use crate::clean::templates::{Templates, Witness};
use crate::error::Skipped;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// How many files are read before the next are begun.
const BATCH: usize = 64;
/// Bytes of articles that are held until the templates are known. What goes beyond is read twice.
const HELD: usize = 256 << 20;

/// What became of a file.
type Read = Result<Article, Skipped>;

impl Reader<'_> {
    /// Reads files as one collection and hands each article over in the order of `paths`. Runs on rayon's current threads.
    ///
    /// Every file is read before the first article is handed over, since the last may tell what is template in the first. Memory is bounded: of a
    /// large collection a part is read twice.
    ///
    /// # Errors
    /// The first error of `each`, which ends the run. A file that cannot be read is handed over as [`Skipped`].
    ///
    /// ```
    /// use demarche::{Reader, knowledge::Knowledge};
    /// let folder = tempfile::tempdir()?;
    /// let paths: Vec<_> = ["a", "b", "c"].iter().map(|n| folder.path().join(format!("{n}.txt"))).collect();
    /// for (path, thing) in paths.iter().zip(["crane", "ferry", "harbour wall"]) {
    ///     std::fs::write(path, format!("The owner of the {thing} told reporters on Monday that it would be repaired before the winter sets in.\n"))?;
    /// }
    /// let mut articles = 0;
    /// Reader::new(Knowledge::builtin()).read_together(&paths, &mut |_, read| Ok::<_, ()>(articles += usize::from(read.is_ok()))).unwrap();
    /// assert_eq!(articles, 3);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn read_together<E>(&self, paths: &[PathBuf], each: &mut dyn FnMut(&Path, Read) -> Result<(), E>) -> Result<(), E> {
        let mut witnesses = Vec::with_capacity(paths.len());
        let mut held: Vec<Option<Read>> = Vec::with_capacity(paths.len());
        let mut bytes = 0;
        for batch in paths.chunks(BATCH) {
            let read = |path: &PathBuf| {
                let read = self.read_file(path);
                (read.as_ref().ok().map(Witness::of), read)
            };
            for (witness, read) in batch.par_iter().map(read).collect::<Vec<_>>() {
                bytes += read.as_ref().map_or(0, size);
                held.push((bytes <= HELD || read.is_err()).then_some(read));
                witnesses.push(witness);
            }
        }
        let (none, templates) = (Templates::default(), Templates::learn_from(witnesses.iter().flatten()));
        let mut rest = paths.iter().zip(witnesses).zip(held);
        loop {
            let batch: Vec<_> = rest.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return Ok(());
            }
            let read = |((path, witness), held): ((&PathBuf, Option<Witness>), Option<_>)| {
                let concerned = witness.is_some_and(|w| w.is_concerned(&none, &templates));
                let held = held.filter(|_| !concerned);
                (path.clone(), held.unwrap_or_else(|| self.read_file_among(path, &templates)))
            };
            for (path, read) in batch.into_par_iter().map(read).collect::<Vec<_>>() {
                each(&path, read)?;
            }
        }
    }
}

/// Bytes an article takes in memory, roughly.
fn size(article: &Article) -> usize {
    let removed: usize = article.removed.iter().map(|r| r.text.len() + 64).sum();
    article.body.len() + removed + 256 * (article.actors.len() + article.dates.len() + article.claims.len())
}
