//! Files that hold several of the articles.

use super::reader::Reader;
use crate::error::Result;
use std::collections::HashSet;

impl Reader {
    /// How many files there are that hold articles and are none.
    pub(crate) fn containers(&self) -> Result<usize> {
        let mut files = HashSet::new();
        for segment in &self.segments {
            let Some(within) = segment.fast_fields().column_opt::<u64>("within").map_err(self.fail())? else { continue };
            let alive = segment.doc_ids_alive();
            files.extend(alive.filter_map(|doc| within.first(doc)));
        }
        Ok(files.len())
    }
}
