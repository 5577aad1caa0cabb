//! The folder of an index: made, opened, told apart from other folders, locked for writing.

use super::commit::{Commit, format_number};
use super::copies::Copies;
use super::reader::Reader;
use super::rebuild::{Rebuild, is_part};
use super::schema::Slots;
use super::writer::Writer;
use crate::error::{Error, Result};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use tantivy::directory::error::LockError;
use tantivy::index::SegmentComponent;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, TantivyError};

/// Files of ours, and of nobody else, in an index folder.
pub(super) const MANIFEST: &str = "meta.json";
pub(super) const MANAGED: &str = ".managed.json";

/// How stored articles are packed: bytes that are unpacked to read one, and how hard the packing tries.
const BLOCK: usize = 32 << 10;
const LEVEL: i32 = 3;

/// An index folder.
#[derive(Clone)]
pub(crate) struct Store {
    path: PathBuf,
    home: PathBuf,
    engine: Index,
    slots: Slots,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the index in `path`.
    ///
    /// # Errors
    /// [`Error::NoIndex`] where there is none, [`Error::NotAnIndex`] where the folder holds something else, [`Error::Format`] where it was
    /// written by another version of the program.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        if !path.join(MANIFEST).is_file() {
            return Err(if path.exists() && !is_free(path) {
                Error::NotAnIndex { path: path.to_owned() }
            } else {
                Error::NoIndex { path: path.to_owned() }
            });
        }
        let engine = Index::open_in_dir(path).map_err(|e| engine_error(path, e))?;
        let store = Store::of(path, path, engine, Slots::new());
        store.commit()?;
        Ok(store)
    }

    /// Opens the index in `path`, or makes an empty one where there is none or one of an older format.
    ///
    /// # Errors
    /// As [`open`](Store::open), and where the folder cannot be written. A folder that holds anything but an index is never touched.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        match Self::open(path) {
            Err(Error::NoIndex { .. }) => Self::make(path, path),
            Err(Error::Format { found, expected, .. }) if found < expected => Rebuild::begin(path)?.finish(),
            other => other,
        }
    }

    /// Makes an empty index in `path`, which is, or will become, the one of the folder `home`.
    pub(super) fn make(path: &Path, home: &Path) -> Result<Self> {
        let io = |action| move |source| Error::Io { action, path: path.to_owned(), source };
        std::fs::create_dir_all(path).map_err(io("create the folder"))?;
        let slots = Slots::new();
        let settings = tantivy::IndexSettings {
            docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(LEVEL) }),
            docstore_compress_dedicated_thread: false,
            docstore_blocksize: BLOCK,
            ..Default::default()
        };
        let directory = tantivy::directory::MmapDirectory::open(path).map_err(|e| engine_error(path, e.into()))?;
        let engine = Index::create(directory, slots.schema.clone(), settings).map_err(|e| engine_error(path, e))?;
        Ok(Store::of(path, home, engine, slots))
    }

    fn of(path: &Path, home: &Path, engine: Index, slots: Slots) -> Self {
        engine.tokenizers().register(super::packed::NAME, super::packed::Unpack::default());
        Store { path: path.to_owned(), home: home.to_owned(), engine, slots }
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The folder that holds it and all that belongs to it.
    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// The segments of the last commit.
    pub(super) fn manifest(&self) -> Result<tantivy::IndexMeta> {
        self.engine.load_metas().map_err(|e| engine_error(&self.path, e))
    }

    pub(super) fn slots(&self) -> &Slots {
        &self.slots
    }

    pub(super) fn directory(&self) -> &tantivy::directory::ManagedDirectory {
        self.engine.directory()
    }

    /// What was committed last.
    pub(crate) fn commit(&self) -> Result<Commit> {
        let metas = self.engine.load_metas().map_err(|e| engine_error(&self.path, e))?;
        self.read_commit(&metas)
    }

    fn read_commit(&self, metas: &tantivy::IndexMeta) -> Result<Commit> {
        let expected = format_number();
        let commit = match &metas.payload {
            Some(payload) => serde_json::from_str::<Commit>(payload).map_err(|_| Error::NotAnIndex { path: self.path.clone() })?,
            // Made, but nothing was ever committed.
            None if metas.segments.is_empty() && metas.schema == self.slots.schema => {
                Commit { demarche_format: expected, ..Commit::default() }
            }
            None => return Err(Error::NotAnIndex { path: self.path.clone() }),
        };
        let found = commit.demarche_format;
        if found != expected {
            return Err(Error::Format { path: self.path.clone(), found, expected });
        }
        Ok(commit)
    }

    /// A view of the last commit, which later writing does not disturb.
    pub(crate) fn reader(&self) -> Result<Reader> {
        // A writer may take files away between reading the list of segments and opening them; then the list has changed as well. Such a
        // file may show as missing, as cut short, or as anything else.
        const TRIES: usize = 50;
        let mut metas = self.manifest()?;
        for _ in 0..TRIES {
            match guarded(&self.path, || self.read(&metas)) {
                Ok(reader) => return Ok(reader),
                Err(error) => {
                    let now = self.manifest()?;
                    let names =
                        |metas: &tantivy::IndexMeta| metas.segments.iter().map(|s| (s.id(), s.delete_opstamp())).collect::<Vec<_>>();
                    if names(&now) == names(&metas) && now.payload == metas.payload {
                        return Err(error);
                    }
                    metas = now;
                }
            }
        }
        guarded(&self.path, || self.read(&metas))
    }

    fn read(&self, metas: &tantivy::IndexMeta) -> Result<Reader> {
        let fail = |e| engine_error(&self.path, e);
        let commit = self.read_commit(metas)?;
        let open = |meta: &tantivy::SegmentMeta| {
            let segment = self.engine.segment(meta.clone());
            Ok((segment.open_read(SegmentComponent::Store)?, tantivy::SegmentReader::open(&segment)?))
        };
        let segments = metas.segments.iter().map(open).collect::<tantivy::Result<_>>().map_err(fail)?;
        let copies = Copies::open(&self.path, commit.copies.as_deref()).map_err(fail)?;
        Ok(Reader::new(self.path.clone(), segments, self.slots.clone(), commit, copies))
    }

    /// Takes away what dead runs left behind: files of segments and copies that the last commit does not need. Only whoever holds the lock
    /// may do so, before writing anything. What cannot be taken away now is so the next time.
    pub(super) fn sweep(&self) -> Result<()> {
        let (manifest, commit) = (self.manifest()?, self.commit()?);
        let needed = manifest.list_segment_files();
        let Ok(entries) = std::fs::read_dir(&self.path) else { return Ok(()) };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let text = name.to_string_lossy();
            if is_part(&text) && !needed.contains(Path::new(&name)) && commit.copies.as_deref() != Some(&*text) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
        Ok(())
    }

    /// Locks the index for writing.
    ///
    /// # Errors
    /// [`Error::Locked`] where another writer has it.
    pub(crate) fn writer(&self, memory: usize, threads: usize) -> Result<Writer> {
        Writer::new(self, &self.engine, self.slots.clone(), memory, threads)
    }
}

/// Whether an index may be made here: the folder is missing or empty but for a note and hidden files.
pub(super) fn is_free(path: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(path) else { return !path.exists() };
    entries.flatten().all(|e| {
        let name = e.file_name();
        let name = name.to_string_lossy();
        name.starts_with('.') || name == "README.md"
    })
}

/// Does what reads the files of the index in `path`. The engine trusts them: damage may break any of its assumptions.
pub(crate) fn guarded<T>(path: &Path, read: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        let source = "its files are cut short, or do not fit together".into();
        Err(Error::Damaged { path: path.to_owned(), source })
    })
}

/// The engine's error while it writes. Its threads die without a word where the system refuses to write: it is asked again for its reason.
pub(super) fn write_error(path: &Path, error: TantivyError) -> Error {
    if !matches!(
        error,
        TantivyError::ErrorInThread(_) | TantivyError::Poisoned | TantivyError::SystemError(_) | TantivyError::InternalError(_)
    ) {
        return engine_error(path, error);
    }
    let probe = path.join(".probe");
    let tried = std::fs::write(&probe, vec![b' '; 1 << 20]);
    let _ = std::fs::remove_file(&probe);
    let source = tried.err().unwrap_or_else(|| std::io::Error::other(format!("{error} (is the disk full?)")));
    Error::Io { action: "write the index", path: path.to_owned(), source }
}

/// The engine's error in this program's words.
pub(super) fn engine_error(path: &Path, error: TantivyError) -> Error {
    let path = path.to_owned();
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => Error::Locked { path },
        TantivyError::LockFailure(LockError::IoError(e), _) => {
            Error::Io { action: "lock the index", path, source: std::io::Error::new(e.kind(), e.to_string()) }
        }
        TantivyError::IoError(e) => Error::Io { action: "use the index", path, source: std::io::Error::new(e.kind(), e.to_string()) },
        TantivyError::OpenWriteError(e) => Error::Io { action: "write the index", path, source: std::io::Error::other(e.to_string()) },
        other => Error::Damaged { path, source: Box::new(other) },
    }
}
