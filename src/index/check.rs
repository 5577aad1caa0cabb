//! Looks an index through: every file against its checksum, every document against what is committed.

use super::commit::Commit;
use super::copies;
use super::reader::Numbers;
use super::rebuild::is_part;
use super::store::{MANAGED, MANIFEST, Store, engine_error, guarded};
use crate::error::{Error, Result};
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::Path;
use tantivy::DocAddress;

/// What is wrong with an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The file, relative to the folder of the index; the manifest where files do not fit together.
    pub file: String,
    /// What is wrong with it.
    pub what: String,
}

/// What a look through an index found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Files looked at.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Documents read.
    pub documents: u64,
    /// What is wrong; of a sound index nothing.
    pub problems: Vec<Problem>,
    /// Files that no commit needs, left by a run that was cut off. They do no harm, and the next `index` takes them away.
    pub left_over: Vec<String>,
}

/// Looks through the index in `home`.
///
/// # Errors
/// [`Error::NoIndex`] and [`Error::NotAnIndex`] where there is none, [`Error::Format`] where it is another version's. Whatever is wrong
/// with an index is no error but a [`Problem`].
pub(crate) fn check(home: &Path) -> Result<Checked> {
    let mut checked = Checked::default();
    let store = match Store::open(home) {
        Ok(store) => store,
        Err(Error::NoIndex { .. }) if home.join(MANAGED).is_file() => {
            checked.fault(MANIFEST, "is missing");
            return Ok(checked);
        }
        Err(error @ (Error::NoIndex { .. } | Error::Format { .. })) => return Err(error),
        Err(error @ Error::NotAnIndex { .. }) if !home.join(MANAGED).is_file() => return Err(error),
        Err(error) => {
            checked.fault(blamed(home), told(&error));
            return Ok(checked);
        }
    };
    if let Err(error) = guarded(home, || look(&store, &mut checked)) {
        checked.fault(MANIFEST, told(&error));
    }
    Ok(checked)
}

/// Which of the two files that every opening reads cannot be read.
fn blamed(home: &Path) -> &'static str {
    let list = std::fs::read(home.join(MANAGED)).ok().and_then(|b| serde_json::from_slice::<Vec<String>>(&b).ok());
    if list.is_none() { MANAGED } else { MANIFEST }
}

fn told(error: &Error) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

impl Checked {
    fn fault(&mut self, file: impl Into<String>, what: impl Into<String>) {
        self.problems.push(Problem { file: file.into(), what: what.into() });
    }
}

fn look(store: &Store, checked: &mut Checked) -> Result<()> {
    let (home, manifest) = (store.path(), store.manifest()?);
    let commit = store.commit()?;
    if manifest.schema != store.slots().schema {
        checked.fault(MANIFEST, "names other fields than this format has");
    }
    // Of a name that is read as another's default nothing else would tell.
    let written = std::fs::read(home.join(MANIFEST)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    if written != serde_json::to_value(&manifest).ok() {
        checked.fault(MANIFEST, "is not as it was written");
    }
    if manifest.payload.is_some() && commit.seal != commit.sealed() {
        checked.fault(MANIFEST, "is not as it was written (checksum)");
    }
    let mut needed: BTreeSet<String> = commit.copies.iter().filter(|n| !n.is_empty()).cloned().collect();
    let mut sound = true;
    let managed = store.directory().list_managed_files();
    let files: BTreeSet<_> = manifest.list_segment_files().into_iter().collect();
    for file in files {
        let name = file.to_string_lossy().into_owned();
        if let Ok(meta) = home.join(&file).metadata() {
            checked.files += 1;
            checked.bytes += meta.len();
            if !managed.contains(&file) {
                checked.fault(MANAGED, format!("does not list {name}"));
            }
            let what = match guarded(home, || store.directory().validate_checksum(&file).map_err(|e| engine_error(home, e.into()))) {
                Ok(true) => None,
                Ok(false) => Some("is not as it was written (checksum)".to_owned()),
                Err(error) => Some(told(&error)),
            };
            if let Some(what) = what {
                sound = false;
                checked.fault(name.clone(), what);
            }
        }
        needed.insert(name);
    }
    if let Some(name) = commit.copies.as_deref().filter(|n| !n.is_empty()) {
        match copies::is_whole(home, name) {
            Ok(bytes) => {
                checked.files += 1;
                checked.bytes += bytes;
            }
            Err(what) => {
                sound = false;
                checked.fault(name, what);
            }
        }
    }
    let all = std::fs::read_dir(home).map_err(|source| Error::Io { action: "read", path: home.to_owned(), source })?;
    let names = all.flatten().map(|e| e.file_name().to_string_lossy().into_owned());
    checked.left_over = names.filter(|n| is_part(n) && !needed.contains(n)).collect();
    checked.left_over.sort();
    // A missing file is told by the engine, which knows those it can do without.
    if sound { read_all(store, checked) } else { Ok(()) }
}

/// Reads every document, and sums up what the commit says of all.
fn read_all(store: &Store, checked: &mut Checked) -> Result<()> {
    let reader = store.reader()?;
    let (mut sums, mut ids) = (Commit::default(), Vec::new());
    for (ord, segment) in reader.segments.iter().enumerate() {
        let number = |name: &str| segment.fast_fields().column_opt::<u64>(name).map_err(reader.fail()).map(Numbers);
        let (title, body, skipped) = (number("title_len")?, number("body_len")?, number("skipped")?);
        for doc in segment.doc_ids_alive() {
            let at = DocAddress::new(ord as u32, doc);
            let path = reader.path_of(at)?;
            checked.documents += 1;
            ids.push(super::schema::id_number(&path));
            if skipped.get(doc).is_some_and(|s| s > 0) {
                sums.skipped += 1;
                continue;
            }
            sums.articles += 1;
            sums.title_words += title.get(doc).unwrap_or(0);
            sums.body_words += body.get(doc).unwrap_or(0);
            if let Err(error) = reader.article(at) {
                checked.fault(MANIFEST, format!("the article {path} cannot be read: {}", told(&error)));
            }
        }
    }
    let commit = &reader.commit;
    let told = |c: &Commit| (c.articles, c.skipped, c.title_words, c.body_words);
    if told(&sums) != told(commit) {
        checked.fault(
            MANIFEST,
            format!(
                "tells {} articles and {} other files, and holds {} and {}",
                commit.articles, commit.skipped, sums.articles, sums.skipped
            ),
        );
    }
    ids.sort_unstable();
    let twice = ids.len() - ids.chunk_by(PartialEq::eq).count();
    if twice > 0 {
        checked.fault(MANIFEST, format!("holds {twice} documents twice"));
    }
    Ok(())
}
