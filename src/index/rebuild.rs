//! An index built anew in the place of another, which serves until the new one is whole.
//!
//! The new one grows in a hidden folder inside the old one's. Its files then move beside the old one's, where they are in nobody's way,
//! since every segment has a name of its own; and the manifest, which names the segments, takes the place of the old manifest in one
//! rename. Whoever dies before that leaves the old index as it was, and whoever dies after it the new one; what is left over of either is
//! swept away by the next rebuild, or by the next writer.

use super::commit::Commit;
use super::copies::is_copies_file;
use super::roots::Roots;
use super::store::{MANAGED, MANIFEST, Store, engine_error, is_free};
use super::writer::locked;
use crate::error::{Error, Result};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tantivy::TantivyError;
use tantivy::directory::{Directory, DirectoryLock, INDEX_WRITER_LOCK, MmapDirectory};

/// Where the new index grows, inside the old one's folder.
const NURSERY: &str = ".rebuild";

/// A rebuild under way. Holds the lock of the old index; dropped without [`finish`](Rebuild::finish) it changes nothing.
pub(crate) struct Rebuild {
    home: PathBuf,
    store: Store,
    roots: Roots,
    _lock: DirectoryLock,
}

impl std::fmt::Debug for Rebuild {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rebuild").field("home", &self.home).finish_non_exhaustive()
    }
}

impl Rebuild {
    /// Begins an empty index that is to take the place of the one in `home`, be that damaged, of another format, or not there. The
    /// user's lists of actors and words on fields go along, since they cannot be read from the articles.
    ///
    /// # Errors
    /// [`Error::Locked`] where a writer is at work, [`Error::NotAnIndex`] where the folder holds something else.
    pub(crate) fn begin(home: &Path) -> Result<Self> {
        if !is_index(home) && !is_free(home) {
            return Err(Error::NotAnIndex { path: home.to_owned() });
        }
        std::fs::create_dir_all(home).map_err(io("create the folder", home))?;
        let directory = MmapDirectory::open(home).map_err(|e| engine_error(home, e.into()))?;
        let lock = locked(|| directory.acquire_lock(&INDEX_WRITER_LOCK).map_err(|e| TantivyError::LockFailure(e, None)))
            .map_err(|e| engine_error(home, e))?;
        let nursery = home.join(NURSERY);
        match std::fs::remove_dir_all(&nursery) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io("clear", &nursery)(error)),
            _ => {}
        }
        let old = last_commit(home);
        let store = Store::make(&nursery, home)?;
        if !old.lists.is_empty() || !old.fields.is_empty() {
            let mut writer = store.writer(0, 1)?;
            writer.set_lists(old.lists);
            writer.set_fields(old.fields);
            writer.commit()?;
        }
        Ok(Rebuild { home: home.to_owned(), store, roots: old.roots, _lock: lock })
    }

    /// The new index.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// The files and folders of the old index, as far as its manifest can be read.
    pub(crate) fn roots(&self) -> &Roots {
        &self.roots
    }

    /// Puts the new index in the place of the old one.
    pub(crate) fn finish(self) -> Result<Store> {
        let home = &self.home;
        let nursery = home.join(NURSERY);
        let names = |folder: &Path| -> Result<BTreeSet<String>> {
            let all = std::fs::read_dir(folder).map_err(io("read", folder))?;
            Ok(all.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).filter(|n| is_part(n)).collect())
        };
        let (old, new) = (names(home)?, names(&nursery)?);
        // The engine sweeps away what this list names and no segment needs: with all of both in it, nothing stays for ever.
        let managed: BTreeSet<&str> = old.union(&new).filter(|n| !is_copies_file(n)).map(String::as_str).chain([MANIFEST]).collect();
        let list = serde_json::to_vec(&managed).map_err(|e| Error::Damaged { path: home.clone(), source: e.into() })?;
        let written = nursery.join(MANAGED);
        std::fs::write(&written, list).map_err(io("write", &written))?;
        let moved = |name: &str| std::fs::rename(nursery.join(name), home.join(name)).map_err(io("rebuild the index", home));
        moved(MANAGED)?;
        for name in &new {
            moved(name)?;
        }
        settle(home)?;
        moved(MANIFEST)?;
        settle(home)?;
        for name in old.difference(&new) {
            // What cannot be taken away now is so by the next writer.
            let _ = std::fs::remove_file(home.join(name));
        }
        let _ = std::fs::remove_dir_all(&nursery);
        Store::open(home)
    }
}

/// Whether the folder holds an index of this program, or what is left of one.
pub(super) fn is_index(home: &Path) -> bool {
    home.join(MANIFEST).is_file() || home.join(MANAGED).is_file()
}

/// Whether a file of an index folder is a segment's or one of copies.
pub(super) fn is_part(name: &str) -> bool {
    // A segment's file is named by 32 hex digits.
    is_copies_file(name) || name.split('.').next().is_some_and(|s| s.len() == 32 && s.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// What can still be read of the last commit of an index of any format, whole or not.
pub(crate) fn last_commit(home: &Path) -> Commit {
    let read = || -> Option<Commit> {
        let manifest: serde_json::Value = serde_json::from_slice(&std::fs::read(home.join(MANIFEST)).ok()?).ok()?;
        let commit: serde_json::Value = serde_json::from_str(manifest.get("payload")?.as_str()?).ok()?;
        let part = |name: &str| commit.get(name).cloned();
        Some(Commit {
            roots: part("roots").and_then(|v| serde_json::from_value(v).ok()).unwrap_or_default(),
            lists: part("lists").and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default(),
            fields: part("fields").and_then(|v| serde_json::from_value(v).ok()).unwrap_or_default(),
            ..Commit::default()
        })
    };
    read().unwrap_or_default()
}

/// Has the names in a folder outlive a loss of power.
fn settle(folder: &Path) -> Result<()> {
    let Ok(folder_file) = std::fs::File::open(folder) else { return Ok(()) };
    // Windows cannot, and need not.
    match folder_file.sync_all() {
        Err(error) if cfg!(unix) => Err(io("write the index", folder)(error)),
        _ => Ok(()),
    }
}

fn io(action: &'static str, path: &Path) -> impl Fn(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Io { action, path: path.clone(), source }
}
