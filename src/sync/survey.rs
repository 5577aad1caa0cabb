//! What is below the given paths, and what of the known files is not there any more.

use super::SkippedFile;
use crate::error::{Error, Result};
use crate::index::{Known, Roots, file_of};
use crate::walk::{Found, is_below, text, tidy, walk};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What is below the given paths, by the paths the index knows it by.
pub(super) struct Folder {
    /// Every path the index may know something below the given paths by begins with one of these.
    pub(super) covered: BTreeSet<String>,
    pub(super) files: BTreeMap<String, Found>,
    /// Paths that could not be looked at, with the reason.
    pub(super) failed: Vec<(String, String)>,
}

/// Looks at everything below the given paths, and adds them to the roots.
pub(super) fn survey(paths: &[PathBuf], index: &Path, roots: &mut Roots) -> Result<Folder> {
    let mut folder = Folder { covered: BTreeSet::new(), files: BTreeMap::new(), failed: Vec::new() };
    let index = index.canonicalize().unwrap_or_else(|_| index.to_owned());
    for path in paths {
        let root = tidy(path);
        let look = if root.as_os_str().is_empty() { Path::new(".") } else { root.as_path() };
        let real = look.canonicalize().map_err(|source| Error::Io { action: "read", path: path.clone(), source })?;
        let (given, place) = (text(&root), text(&real));
        roots.add(&given, &place);
        folder.covered.extend(roots.name(&place));
        folder.covered.extend(roots.below(&place).map(str::to_owned));
        // By where it is, a file has one name, whichever way leads to it.
        let name = |file: &Path| {
            let file = tidy(file);
            let rest = file.strip_prefix(&root).map_or_else(|_| file.clone(), Path::to_path_buf);
            roots.name(&text(&if rest.as_os_str().is_empty() { real.clone() } else { real.join(rest) })).unwrap_or_else(|| text(&file))
        };
        // An index inside the folder is not part of it.
        let inside = index.strip_prefix(&real).ok().filter(|p| !p.as_os_str().is_empty()).map(|p| root.join(p));
        let (found, failed) = walk(look);
        for file in found {
            if inside.as_ref().is_none_or(|i| !tidy(&file.path).starts_with(i)) {
                folder.files.insert(name(&file.path), file);
            }
        }
        folder.failed.extend(failed.into_iter().map(|(path, reason)| (name(&path), reason)));
    }
    folder.failed.retain(|(path, _)| !folder.files.contains_key(path));
    Ok(folder)
}

impl Folder {
    fn covers(&self, path: &str) -> bool {
        self.covered.iter().any(|root| is_below(path, root))
    }

    /// Known files that should be among these and are not there any more.
    pub(super) fn gone(&self, known: &Known) -> Vec<String> {
        let failed: BTreeSet<&str> = self.failed.iter().map(|(p, _)| p.as_str()).collect();
        let gone = known.iter().filter(|(path, entry)| {
            let file = file_of(known, path);
            let there = self.files.contains_key(file) || failed.contains(file);
            entry.mark.is_some() && !there && self.covers(file)
        });
        gone.map(|(path, _)| path.clone()).collect()
    }

    /// Known files among these that hold no article.
    pub(super) fn skipped(covered: &BTreeSet<String>, known: &Known) -> Vec<SkippedFile> {
        let skipped = known.iter().filter_map(|(path, entry)| entry.reason().map(|reason| (path, reason.to_owned())));
        let below = skipped.filter(|(path, _)| covered.iter().any(|root| is_below(file_of(known, path), root)));
        below.map(|(path, reason)| SkippedFile { path: path.clone(), reason }).collect()
    }
}
