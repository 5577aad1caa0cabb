//! The files and folders that were indexed: how they were given, and where they are.
//!
//! A folder is known by where it is, so that `corpus` and `/home/ada/corpus` are one, and its articles keep the paths they were first
//! given. A folder that was moved and is given by the same name is the same.

use crate::walk::is_below;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Roots as they were given, each with its place: an absolute path without links.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Roots(BTreeMap<String, String>);

impl Roots {
    /// Remembers a root, unless it lies in another that is known.
    pub(crate) fn add(&mut self, given: &str, place: &str) {
        if self.0.contains_key(given) || self.name(place).is_none() {
            self.0.insert(given.to_owned(), place.to_owned());
        }
    }

    /// As they were given, in order.
    pub(crate) fn given(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The path by which the index knows what is at a place; `None` where that is in no root.
    pub(crate) fn name(&self, place: &str) -> Option<String> {
        let around = self.0.iter().filter(|(_, root)| is_below(place, root));
        around.max_by_key(|(_, root)| root.len()).map(|(given, root)| moved(place, root, given))
    }

    /// Where the file is that the index knows by a path; `None` where that is in no root.
    pub(crate) fn place(&self, path: &str) -> Option<String> {
        let around = self.0.iter().filter(|(given, _)| is_below(path, given));
        around.max_by_key(|(given, _)| given.len()).map(|(given, root)| moved(path, given, root))
    }

    /// The names of all roots at or below a place.
    pub(crate) fn below<'r>(&'r self, place: &'r str) -> impl Iterator<Item = &'r str> {
        self.0.iter().filter(move |(_, root)| is_below(root, place)).map(|(given, _)| given.as_str())
    }
}

/// The path with `to` in the place of `from`, which it begins with.
fn moved(path: &str, from: &str, to: &str) -> String {
    let rest = path.get(from.len()..).unwrap_or_default().trim_start_matches('/');
    match (to, rest) {
        ("", _) => rest.to_owned(),
        (_, "") => to.to_owned(),
        _ if to.ends_with('/') => format!("{to}{rest}"),
        _ => format!("{to}/{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_name_however_it_is_given() {
        let mut roots = Roots::default();
        roots.add("corpus", "/home/ada/corpus");
        roots.add("/home/ada/corpus", "/home/ada/corpus");
        roots.add("corpus/2021", "/home/ada/corpus/2021");
        roots.add("", "/srv/news");
        assert_eq!(roots.given().collect::<Vec<_>>(), ["", "corpus"]);
        assert_eq!(roots.name("/home/ada/corpus/a/b.txt").as_deref(), Some("corpus/a/b.txt"));
        assert_eq!(roots.name("/srv/news/b.txt").as_deref(), Some("b.txt"));
        assert_eq!((roots.name("/srv/newspaper"), roots.name("/home/ada")), (None, None));
        assert_eq!(roots.place("corpus/a").as_deref(), Some("/home/ada/corpus/a"));
        assert_eq!(roots.place("b.txt").as_deref(), Some("/srv/news/b.txt"));
        assert_eq!(roots.place("/elsewhere/b.txt"), None);
        assert_eq!(roots.below("/home").collect::<Vec<_>>(), ["corpus"]);
        // Moved as a whole, and given by the same name.
        roots.add("corpus", "/home/bea/corpus");
        assert_eq!(roots.place("corpus/a").as_deref(), Some("/home/bea/corpus/a"));
    }
}
