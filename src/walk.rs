//! Which files may be articles, in a stable order. Opens none of them.
//!
//! Hidden files and folders are passed over; git's ignore rules are not read, since a folder of articles is no repository.

use std::path::{Component, Path, PathBuf};
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

/// A path without `.` parts, as it is shown and remembered.
pub(crate) fn tidy(path: &Path) -> PathBuf {
    path.components().filter(|c| *c != Component::CurDir).collect()
}

/// A path as the index keeps it, with `/` between its parts on every system.
pub(crate) fn text(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// Whether a path is `root` or lies below it; both as the index keeps them.
pub(crate) fn is_below(path: &str, root: &str) -> bool {
    match root {
        "" => !path.starts_with('/') && !path.starts_with("../"),
        _ => path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || root.ends_with('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_covers_what_is_below_it() {
        assert!(is_below("a/b", "a") && is_below("a", "a") && is_below("a/b", "") && is_below("/x/y", "/"));
        assert!(!is_below("ab", "a") && !is_below("/a", "") && !is_below("../a", "") && !is_below("a", "a/b"));
        assert_eq!(text(&tidy(Path::new("./a/./b/"))), "a/b");
    }
}
