//! Which files may be articles, in a stable order. Opens none of them.
//!
//! Hidden files and folders are passed over; git's ignore rules are not read, since a folder of articles is no repository.

use std::borrow::Cow;
use std::fs::Metadata;
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
    walk_each(root, None, &mut |file| found.push(file), &mut failed);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    (found, failed)
}

/// Hands over all files below `root` (or `root` itself, where it is a file) but those below `without`, folder by folder. Files and folders that
/// cannot be looked at are added to `failed`.
pub(crate) fn walk_each(root: &Path, without: Option<&Path>, each: &mut dyn FnMut(Found), failed: &mut Vec<(PathBuf, String)>) {
    let found = |path: PathBuf, meta: &Metadata| Found { path, len: meta.len(), modified: meta.modified().ok() };
    match root.metadata() {
        Ok(meta) if meta.is_file() => return each(found(root.to_owned(), &meta)),
        Ok(_) => {}
        Err(error) => return failed.push((root.to_owned(), error.to_string())),
    }
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                failed.push((folder, error.to_string()));
                continue;
            }
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    failed.push((folder.clone(), error.to_string()));
                    break;
                }
            };
            if entry.file_name().as_encoded_bytes().first() == Some(&b'.') {
                continue;
            }
            // Links are followed neither to files nor to folders, which may lie anywhere and lead in circles.
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.extend(Some(entry.path()).filter(|path| Some(path.as_path()) != without)),
                Ok(kind) if kind.is_file() => match entry.metadata() {
                    Ok(meta) => each(found(entry.path(), &meta)),
                    Err(error) => failed.push((entry.path(), error.to_string())),
                },
                Ok(_) => {}
                Err(error) => failed.push((entry.path(), error.to_string())),
            }
        }
    }
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

/// The path that keeps a file apart from the entries of another.
///
/// Entry `b` of `a.zip` is `a.zip#b`, which can be the path of a file as well. Such a file, and what lies in such a folder, is kept as `./a.zip#b`: still
/// its path for every program, and never that of an entry, since neither other paths nor names of entries have a part `.`. Whether the other file is one
/// that holds entries does not matter. `real` is where the file is, which ends as `path` does.
pub(crate) fn apart<'p>(path: &'p str, real: &Path) -> Cow<'p, str> {
    for (mark, _) in path.match_indices('#') {
        let part = path[..mark].rfind('/').map_or(0, |slash| slash + 1);
        let other = real.to_str().filter(|real| real.ends_with(&path[part..])).map(|real| &real[..real.len() - (path.len() - mark)]);
        if other.is_some_and(|other| Path::new(other).is_file()) {
            return Cow::Owned(format!("{}./{}", &path[..part], &path[part..]));
        }
    }
    Cow::Borrowed(path)
}

/// A path as it would be without other files beside it.
fn together(path: &str) -> Cow<'_, str> {
    match path.match_indices("./").map(|(at, _)| at).find(|at| *at == 0 || path[..*at].ends_with('/')) {
        Some(at) => Cow::Owned(path[..at].to_owned() + &path[at + 2..]),
        None => Cow::Borrowed(path),
    }
}

/// Whether a path is `root` or lies below it; both as the index keeps them.
pub(crate) fn is_below(path: &str, root: &str) -> bool {
    let path = &*together(path);
    match root {
        "" => !path.starts_with('/') && !path.starts_with("../"),
        _ => path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || root.ends_with('/')),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn hidden_files_and_links_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(at("b/c")).unwrap();
        std::fs::create_dir_all(at(".git")).unwrap();
        ["z.txt", "b/a.txt", "b/c/d.txt", ".hidden", ".git/config"].iter().for_each(|f| std::fs::write(at(f), "text").unwrap());
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path(), at("b/loop")).unwrap();
        let (found, failed) = walk(folder.path());
        let paths: Vec<PathBuf> = found.iter().map(|f| f.path.clone()).collect();
        assert_eq!((paths, failed), (vec![at("b/a.txt"), at("b/c/d.txt"), at("z.txt")], Vec::new()));
        assert!(found.iter().all(|f| f.len == 4 && f.modified.is_some()));
        assert_eq!(walk(&at(".hidden")).0.len(), 1, "asked for by its name");
        assert_eq!(walk(&at("none")).1.len(), 1);
        let mut without = Vec::new();
        walk_each(folder.path(), Some(&at("b/c")), &mut |f| without.push(f.path), &mut Vec::new());
        assert_eq!(without.len(), 2);
    }

    #[test]
    fn a_file_is_kept_apart_from_entries_of_the_same_path() {
        let folder = tempfile::tempdir().unwrap();
        let real = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(real("f/c#d")).unwrap();
        std::fs::write(real("f/a.zip"), "").unwrap();
        std::fs::write(real("f/c"), "").unwrap();
        for (path, kept) in [
            ("f/a.zip#b", "f/./a.zip#b"),
            ("f/a.zip#b#c", "f/./a.zip#b#c"),
            ("f/c#d/e", "f/./c#d/e"),
            ("f/other#b", "f/other#b"),
            ("f/a.zip", "f/a.zip"),
        ] {
            assert_eq!(apart(path, &real(path)), kept);
        }
        assert_eq!(apart("a.zip#b", &real("f/a.zip#b")), "./a.zip#b");
        assert_eq!(apart("elsewhere/x#b", &real("f/a.zip#b")), "elsewhere/x#b");
    }

    #[test]
    fn a_root_covers_what_is_below_it() {
        assert!(is_below("a/b", "a") && is_below("a", "a") && is_below("a/b", "") && is_below("/x/y", "/"));
        assert!(!is_below("ab", "a") && !is_below("/a", "") && !is_below("../a", "") && !is_below("a", "a/b"));
        assert!(
            is_below("a/./b.zip#c", "a/b.zip#c") && is_below("./b#c", "") && is_below("../a/./b#c", "../a/b#c") && !is_below("../a", "a")
        );
        assert_eq!(text(&tidy(Path::new("./a/./b/"))), "a/b");
    }
}
