//! Saved searches: queries with a name, and what they found when last looked at.
//!
//! They are kept in a file beside the index and not in it, so that they outlive it: `index.saved.json` for the index in `index`. Articles
//! are remembered by their id and by their file's content, so that one whose file was moved is not new; nor is another copy of a story
//! that was seen.

use super::{Hit, Hits, Index, SearchOptions};
use crate::error::{Error, Result};
use crate::query::Query;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The form of the file.
const FORMAT: u32 = 1;

/// The saved searches of an index.
///
/// ```
/// # let dir = tempfile::tempdir().unwrap();
/// use demarche::{Saved, SavedSearch};
/// let mut saved = Saved::of_index(&dir.path().join("index"))?;
/// saved.insert("exchange", SavedSearch { query: "exchange hack".into(), ..SavedSearch::default() });
/// saved.write()?;
/// assert_eq!(Saved::of_index(&dir.path().join("index"))?.get("exchange").unwrap().query, "exchange hack");
/// # Ok::<(), demarche::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Saved {
    path: PathBuf,
    searches: BTreeMap<String, SavedSearch>,
}

/// A search with what it found when last looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedSearch {
    /// The query as it was typed; `last week` in it means the week before each look.
    pub query: String,
    /// Published since, as typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Published until, as typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Actors that must be named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<String>,
    /// Publishers, one of which it must be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub publishers: Vec<String>,
    /// Day of the last look, `YYYY-MM-DD`.
    pub looked: Option<String>,
    /// What was found then: ids of articles and fingerprints of their files.
    pub seen: BTreeSet<String>,
}

#[derive(Serialize, Deserialize)]
struct File<S> {
    format: u32,
    searches: S,
}

impl Saved {
    /// The searches saved for the index in `index`; none where nothing was ever saved.
    ///
    /// # Errors
    /// [`Error::Io`] where the file cannot be read, [`Error::Damaged`] where it is none of this program.
    pub fn of_index(index: &Path) -> Result<Self> {
        let mut name = index.file_name().map_or_else(|| "index".into(), |n| n.to_owned());
        name.push(".saved.json");
        let path = index.with_file_name(name);
        let searches = match std::fs::read(&path) {
            Ok(bytes) => {
                let file: File<BTreeMap<String, SavedSearch>> =
                    serde_json::from_slice(&bytes).map_err(|e| Error::Damaged { path: path.clone(), source: e.into() })?;
                if file.format != FORMAT {
                    return Err(Error::Format { path, found: file.format, expected: FORMAT });
                }
                file.searches
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(source) => return Err(Error::Io { action: "read", path, source }),
        };
        Ok(Saved { path, searches })
    }

    /// Where they are kept.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All of them by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &SavedSearch)> {
        self.searches.iter().map(|(name, search)| (name.as_str(), search))
    }

    /// The one of that name.
    pub fn get(&self, name: &str) -> Option<&SavedSearch> {
        self.searches.get(name)
    }

    /// Keeps a search under a name, in the place of any other.
    pub fn insert(&mut self, name: &str, search: SavedSearch) {
        self.searches.insert(name.to_owned(), search);
    }

    /// Forgets a search; tells whether there was one.
    pub fn remove(&mut self, name: &str) -> bool {
        self.searches.remove(name).is_some()
    }

    /// Writes the file in one step: it is the old one or the new one, whatever happens meanwhile.
    ///
    /// # Errors
    /// [`Error::Io`] where that fails.
    pub fn write(&self) -> Result<()> {
        let io = |source| Error::Io { action: "write", path: self.path.clone(), source };
        let text = serde_json::to_vec_pretty(&File { format: FORMAT, searches: &self.searches }).map_err(|e| io(e.into()))?;
        let begun = self.path.with_extension(format!("json.{}", std::process::id()));
        let written = std::fs::write(&begun, text).and_then(|()| std::fs::rename(&begun, &self.path));
        written.inspect_err(|_| drop(std::fs::remove_file(&begun))).map_err(io)
    }
}

impl Index {
    /// Runs a saved search and remembers what it found. With `only_new` the hits are those that have come since the last look.
    /// `query` and `options` are what the search's texts mean today.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn look(&self, search: &mut SavedSearch, query: &Query, options: &SearchOptions, only_new: bool, today: &str) -> Result<Hits> {
        let all = SearchOptions { limit: usize::MAX, offset: 0, after: None, ..options.clone() };
        let asked = self.asked(query, &all)?;
        let (ranked, view) = (self.rank(&asked, &all)?, &asked.0);
        let mut seen = BTreeSet::new();
        let mut fresh = Vec::new();
        for (place, hit) in ranked.hits.iter().enumerate() {
            let story = view.copies.group_of(hit.id).into_iter().flat_map(|g| view.copies.members(g));
            let mut marks = vec![crate::index::id_text(hit.id)];
            marks.extend(story.filter(|id| *id != hit.id).map(crate::index::id_text));
            marks.extend(view.content_of(hit.at)?);
            if !marks.iter().any(|m| search.seen.contains(m)) {
                fresh.push(place);
            }
            seen.extend(marks);
        }
        // A story that is gone for a while and comes back is not new.
        search.seen.extend(seen);
        search.looked = Some(today.to_owned());
        let places: Vec<usize> = if only_new { fresh } else { (0..ranked.hits.len()).collect() };
        let total = places.len();
        let mut hits: Vec<Hit> = Vec::new();
        self.show(&asked, options, &ranked, &mut places.into_iter().skip(options.offset).take(options.limit), &mut |hit| {
            hits.push(hit);
            true
        })?;
        let copies = if only_new { 0 } else { ranked.copies };
        Ok(Hits { total, copies, hits, ..Hits::default() })
    }
}
