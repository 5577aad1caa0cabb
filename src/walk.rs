//! Which files may be articles, in a stable order. Opens none of them.
//!
//! Hidden files and folders are passed over; git's ignore rules are not read, since a folder of articles is no repository.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A file that may hold an article.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where it is, below the root as the root was given.
    pub path: PathBuf,
    /// Size in bytes.
    pub len: u64,
    /// Last change, where the system knows it.
    pub modified: Option<SystemTime>,
}

/// All files below `root` (or `root` itself, where it is a file), sorted by path; with those that could not be looked at.
pub fn walk(root: &Path) -> (Vec<Found>, Vec<(PathBuf, String)>) {
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    let walker = ignore::WalkBuilder::new(root).standard_filters(false).hidden(true).follow_links(false).build();
    for entry in walker {
        match entry {
            Ok(entry) => {
                if !entry.file_type().is_some_and(|t| t.is_file()) {
                    continue;
                }
                match entry.metadata() {
                    Ok(meta) => found.push(Found { path: entry.into_path(), len: meta.len(), modified: meta.modified().ok() }),
                    Err(error) => failed.push((entry.into_path(), error.to_string())),
                }
            }
            Err(error) => failed.push((root.to_path_buf(), error.to_string())),
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    (found, failed)
}
