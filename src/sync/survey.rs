//! What is below the given paths, by the paths the index knows it by.

use crate::error::{Error, Result};
use crate::index::Roots;
use crate::walk::{Found, apart, is_below, text, tidy, walk_each};
use std::collections::BTreeSet;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

/// What was looked at.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Every path the index may know something below the given paths by begins with one of these.
    covered: BTreeSet<String>,
    /// Paths that could not be looked at, with the reason.
    pub(super) failed: Vec<(String, String)>,
}

impl Folder {
    /// Whether a path is at or below one of the given ones.
    pub(super) fn covers(&self, path: &str) -> bool {
        // The articles of a file that holds several are below it.
        let within = |root: &String| path.strip_prefix(root.as_str()).is_some_and(|rest| rest.starts_with('#'));
        self.covered.iter().any(|root| is_below(path, root) || within(root))
    }

    /// Whether a path is at or below one that could not be looked at.
    pub(super) fn hides(&self, path: &str) -> bool {
        self.failed.iter().any(|(failed, _)| is_below(path, failed))
    }
}

/// Hands over every file below the given paths, with the path the index knows it by, and adds the given paths to the roots.
pub(super) fn survey(paths: &[PathBuf], index: &Path, roots: &mut Roots, each: &mut dyn FnMut(&str, Found)) -> Result<Folder> {
    let mut folder = Folder::default();
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
        // Where no other root lies within, all names begin alike.
        let base = roots.name(&place).filter(|base| MAIN_SEPARATOR == '/' && roots.below(&place).all(|given| given == base));
        let begin = text(look);
        // An index inside the folder is not part of it.
        let inside = index.strip_prefix(&real).ok().filter(|p| !p.as_os_str().is_empty()).map(|p| look.join(p));
        let (mut full, mut failed) = (String::new(), Vec::new());
        let found = &mut |file: Found| {
            let rest = file.path.to_str().and_then(|path| path.strip_prefix(&begin)).map(|rest| rest.trim_start_matches('/'));
            match base.as_ref().zip(rest.filter(|rest| !rest.is_empty())) {
                Some((base, rest)) => {
                    full.clear();
                    full.push_str(base);
                    if !base.is_empty() && !base.ends_with('/') {
                        full.push('/');
                    }
                    full.push_str(rest);
                    each(&apart(&full, &file.path), file);
                }
                None => each(&apart(&name(&file.path), &file.path), file),
            }
        };
        walk_each(look, inside.as_deref(), found, &mut failed);
        folder.failed.extend(failed.into_iter().map(|(path, reason)| (name(&path), reason)));
    }
    folder.failed.sort_unstable();
    folder.failed.dedup_by(|a, b| a.0 == b.0);
    Ok(folder)
}
