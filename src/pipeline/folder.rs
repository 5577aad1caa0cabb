//! Files read together: what returns on several pages of one site is template, which no page shows by itself.

use super::Reader;
use crate::article::Article;
use crate::clean::templates::{Templates, Witness};
use crate::decode::Decoded;
use crate::error::Skipped;
use rayon::prelude::*;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// How many files are read before the next are begun.
const BATCH: usize = 64;
/// Bytes of articles that are held until the templates are known. What goes beyond is read twice.
const HELD: usize = 256 << 20;
/// Bytes of articles that one file of a batch may hold. What holds more is read for itself, on all threads.
const SMALL: usize = 2 << 20;
/// How many entries of a file, and bytes of their texts, wait to be read as articles on all threads.
const WAITING: (usize, usize) = (64, 8 << 20);

/// What became of a file or entry.
type Read = Result<Article, Skipped>;

/// A file or entry between the first reading and the last.
struct Unit {
    path: String,
    witness: Option<Witness>,
    held: Option<Box<Read>>,
}

impl Reader<'_> {
    /// Reads files as one collection and hands each article over in the order of `paths`; of a file that holds several, each by its own path
    /// (`FILE#ENTRY`), in the order of the file. Runs on rayon's current threads.
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
        let none = Templates::default();
        let mut files = Vec::with_capacity(paths.len());
        let mut bytes = 0;
        for batch in paths.chunks(BATCH) {
            let small: Vec<Option<Vec<Unit>>> = batch.par_iter().map(|path| self.small(path)).collect();
            for (path, small) in batch.iter().zip(small) {
                let (big, mut units) = (small.is_none(), small.unwrap_or_default());
                units.iter_mut().for_each(|unit| unit.hold(&mut bytes));
                if big {
                    self.stream(path, &none, &|_| true, &mut |_, path, read| {
                        let mut unit = Unit::new(path, read.unwrap_or(Err(Skipped::Empty)));
                        unit.hold(&mut bytes);
                        units.push(unit);
                        ControlFlow::Continue(())
                    });
                }
                files.push((path, big, units));
            }
        }
        let templates = Templates::learn_from(files.iter().flat_map(|(_, _, units)| units).filter_map(|unit| unit.witness.as_ref()));
        for unit in files.iter_mut().flat_map(|(_, _, units)| units) {
            if unit.witness.take().is_some_and(|w| w.is_concerned(&templates)) {
                unit.held = None;
            }
        }
        let mut files = files.into_iter().peekable();
        while files.peek().is_some() {
            let mut batch = Vec::with_capacity(BATCH);
            while let Some((path, _, units)) = files.next_if(|(_, big, _)| !big && batch.len() < BATCH) {
                batch.push((path, units));
            }
            for units in batch.into_par_iter().map(|(path, units)| self.again(path, units, &templates)).collect::<Vec<_>>() {
                for unit in units {
                    each(Path::new(&unit.path), unit.held.map_or(Err(Skipped::Empty), |held| *held))?;
                }
            }
            if let Some((path, _, mut units)) = files.next_if(|(_, big, _)| *big) {
                let held: Vec<bool> = units.iter().map(|unit| unit.held.is_some()).collect();
                let mut failed = Ok(());
                self.stream(path, &templates, &|at| !held.get(at).is_some_and(|h| *h), &mut |at, path, read| {
                    let read = read.or_else(|| units.get_mut(at).and_then(|unit| unit.held.take()).map(|held| *held));
                    failed = read.map_or(Ok(()), |read| each(Path::new(&path), read));
                    if failed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
                });
                failed?;
            }
        }
        Ok(())
    }

    /// All articles of a file, unless they are many.
    fn small(&self, path: &Path) -> Option<Vec<Unit>> {
        let (mut units, mut bytes) = (Vec::new(), 0);
        self.stream(path, &Templates::default(), &|_| true, &mut |_, path, read| {
            let unit = Unit::new(path, read.unwrap_or(Err(Skipped::Empty)));
            bytes += unit.size();
            units.push(unit);
            if bytes > SMALL && units.len() > 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        (bytes <= SMALL || units.len() == 1).then_some(units)
    }

    /// Reads again what is not held of a file.
    fn again(&self, path: &Path, mut units: Vec<Unit>, templates: &Templates) -> Vec<Unit> {
        let missing: Vec<bool> = units.iter().map(|unit| unit.held.is_none()).collect();
        if missing.contains(&true) {
            self.stream(path, templates, &|at| missing.get(at).is_some_and(|m| *m), &mut |at, path, read| {
                if let (Some(unit), Some(read)) = (units.get_mut(at), read) {
                    (unit.path, unit.held) = (path, Some(Box::new(read)));
                }
                ControlFlow::Continue(())
            });
        }
        units
    }

    /// Hands over the articles of a file in order, with their paths and numbers, and last the error that ended it, if any. Those that are not
    /// `wanted` are not read. Several are read at a time, on rayon's current threads.
    fn stream(
        &self,
        path: &Path,
        templates: &Templates,
        wanted: &(dyn Fn(usize) -> bool + Sync),
        each: &mut dyn FnMut(usize, String, Option<Read>) -> ControlFlow<()>,
    ) {
        let file = path.to_string_lossy();
        let file = crate::walk::apart(&file, path);
        let (mut waiting, mut bytes, mut number) = (Vec::new(), 0, 0);
        let mut read_waiting = |waiting: &mut Vec<(String, Result<Decoded, Skipped>)>, number: &mut usize| {
            let first = *number;
            *number += waiting.len();
            let read = |(at, (path, decoded)): (usize, (String, _))| {
                let read = wanted(first + at).then(|| self.article(&path, decoded, templates));
                (first + at, path, read)
            };
            let read: Vec<_> = std::mem::take(waiting).into_par_iter().enumerate().map(read).collect();
            read.into_iter().try_for_each(|(at, path, read)| each(at, path, read))
        };
        let mut going = ControlFlow::Continue(());
        let ended = self.decode_file(path, &mut |entry| {
            bytes += entry.read.as_ref().map_or(0, |decoded| decoded.text.len());
            waiting.push((entry.path(&file), entry.read));
            if waiting.len() >= WAITING.0 || bytes >= WAITING.1 {
                bytes = 0;
                going = read_waiting(&mut waiting, &mut number);
            }
            going
        });
        waiting.extend(ended.err().map(|skipped| (file.to_string(), Err(skipped))));
        if going.is_continue() {
            let _ = read_waiting(&mut waiting, &mut number);
        }
    }
}

impl Unit {
    fn new(path: String, read: Read) -> Unit {
        Unit { path, witness: read.as_ref().ok().map(|article| Witness::of(article, &Templates::default())), held: Some(Box::new(read)) }
    }

    /// Lets the article go where too many bytes are held already.
    fn hold(&mut self, bytes: &mut usize) {
        *bytes += self.size();
        if *bytes > HELD && self.witness.is_some() {
            self.held = None;
        }
    }

    /// Bytes it takes in memory, roughly.
    fn size(&self) -> usize {
        let Some(Ok(article)) = self.held.as_deref() else { return 0 };
        let removed: usize = article.removed.iter().map(|r| r.text.len() + 64).sum();
        size_of::<Article>()
            + article.path.len()
            + article.body.len()
            + removed
            + 256 * (article.actors.len() + article.dates.len() + article.claims.len())
    }
}
