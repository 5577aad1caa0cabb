//! Documents that are zip archives of XML: the parts of DOCX and EPUB, by name, each bounded in what it unpacks to.

use crate::error::Skipped;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Most bytes one part may unpack to, and all that are read together.
const PART: u64 = 32 << 20;
const TOTAL: u64 = 64 << 20;

/// An open package.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    left: u64,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Skipped> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| Skipped::Broken(e.to_string()))?;
        Ok(Package { archive, left: TOTAL })
    }

    /// The text of a part; `None` where there is none of that name, or it is broken, encrypted or too large.
    pub(super) fn part(&mut self, name: &str) -> Option<String> {
        let file = self.archive.by_name(name.trim_start_matches('/')).ok()?;
        let limit = PART.min(self.left);
        let mut bytes = Vec::new();
        // A part cut short is read as far as it goes.
        let _ = file.take(limit + 1).read_to_end(&mut bytes);
        self.left = self.left.saturating_sub(bytes.len() as u64);
        if bytes.is_empty() || bytes.len() as u64 > limit {
            return None;
        }
        Some(super::charset::to_text(&bytes, true).0)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }
}
