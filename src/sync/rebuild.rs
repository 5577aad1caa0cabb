//! An index built anew from its folders, in the place of one that is damaged, of another format, or in doubt.

use super::{Progress, Report, SyncOptions};
use crate::error::{Error, Result};
use crate::index::{Rebuild, Roots, Store};
use crate::search::Index;
use std::path::{Path, PathBuf};

impl Index {
    /// Builds the index in `folder` anew from `paths`, or from the folders it was built from where none are given. The old index serves
    /// until the new one is whole and takes its place in one step; should anything fail before, it stays as it was. The user's lists of
    /// actors are kept, and so are articles handed over [in memory](Index::add), as far as the old index can be read.
    ///
    /// # Errors
    /// As [`sync`](Index::sync); [`Error::NotAnIndex`] where the folder holds something else; [`Error::NoRoots`] where no paths are given
    /// and the index does not tell them.
    ///
    /// ```
    /// # let dir = tempfile::tempdir().unwrap();
    /// # std::fs::create_dir(dir.path().join("news")).unwrap();
    /// # std::fs::write(dir.path().join("news/a.txt"), "A statement of the ministry on the breach of its network last week.").unwrap();
    /// use demarche::{Index, SyncOptions};
    /// let folder = dir.path().join("index");
    /// Index::create(&folder)?.sync(&[dir.path().join("news")], &SyncOptions::default(), &mut |_| {})?;
    /// let (index, report) = Index::rebuild(&folder, &[], &SyncOptions::default(), &mut |_| {})?;
    /// assert_eq!((report.added, index.status()?.articles), (1, 1));
    /// # Ok::<(), demarche::Error>(())
    /// ```
    pub fn rebuild(
        folder: impl AsRef<Path>,
        paths: &[PathBuf],
        options: &SyncOptions,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(Index, Report)> {
        let folder = folder.as_ref();
        let rebuild = Rebuild::begin(folder)?;
        let index = Index::with(rebuild.store().clone())?;
        // What was never a file cannot be read again. Of an index that cannot be read any more it is lost, with everything else in it.
        if let Ok(old) = Store::open(folder).and_then(Index::with) {
            index.add(old.memory_articles()?)?;
        }
        let places;
        let paths = if paths.is_empty() {
            places = places_of(rebuild.roots(), folder)?;
            index.name_roots(rebuild.roots())?;
            &places
        } else {
            paths
        };
        let report = index.sync(paths, options, progress)?;
        drop(index);
        Ok((Index::with(rebuild.finish()?)?, report))
    }

    /// The articles that were handed over in memory.
    fn memory_articles(&self) -> Result<Vec<crate::Article>> {
        let view = self.view();
        view.memory_articles()?.into_iter().map(|at| view.article(at)).collect()
    }

    /// Has folders keep the names by which another index knew them.
    fn name_roots(&self, roots: &Roots) -> Result<()> {
        let mut writer = self.store.writer(0, 1)?;
        writer.set_roots(roots.clone());
        writer.commit()
    }
}

/// Where the files and folders of an index are now: where they were, or, moved as a whole, where their name leads.
fn places_of(roots: &Roots, index: &Path) -> Result<Vec<PathBuf>> {
    let places: Vec<PathBuf> = roots
        .given()
        .map(|given| {
            let place = roots.place(given).map(PathBuf::from).filter(|p| p.exists());
            place.unwrap_or_else(|| PathBuf::from(if given.is_empty() { "." } else { given }))
        })
        .collect();
    if places.is_empty() { Err(Error::NoRoots { path: index.to_owned() }) } else { Ok(places) }
}
