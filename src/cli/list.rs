//! Lists of hits: which of them, in which form.

use super::error::CommandError;
use super::opts::List;
use super::ui::Ui;
use demarche::present::{HitWriter, ListFormat, TextStyle};
use demarche::{Hit, Hits, SearchOptions};
use std::io::Write;

/// Hits of a list when nothing is said.
const LIMIT: usize = 10;

/// Whether the list is for a reader.
pub(super) fn is_text(list: &List) -> bool {
    !(list.json || list.files || is_export(list))
}

/// Whether the list is to be taken away: then it is whole unless something else is said.
fn is_export(list: &List) -> bool {
    list.csv || list.ris || list.bibtex || list.csl_json
}

/// Which hits are shown.
pub(super) fn options(list: &List, options: SearchOptions) -> Result<SearchOptions, CommandError> {
    let everything = list.all || ((list.files || is_export(list)) && list.limit.is_none());
    let after = list.after.as_deref().map(|text| {
        text.parse()
            .map_err(|_| CommandError::new(format!("--after: `{text}` is no cursor")).hint("take it from the `cursor` of a hit: --json"))
    });
    let limit = if everything { usize::MAX } else { list.limit.unwrap_or(LIMIT) };
    Ok(SearchOptions { limit, offset: list.offset, after: after.transpose()?, ..options })
}

/// Prints hits as they come; remembers the first and the last.
pub(super) struct Printer {
    writer: Box<dyn HitWriter>,
    ends: Vec<Hit>,
    failed: Option<std::io::Error>,
}

impl Printer {
    pub(super) fn new(list: &List, ui: &Ui) -> Self {
        let format = match list {
            List { json: true, .. } => ListFormat::JsonLines,
            List { csv: true, .. } => ListFormat::Csv,
            List { ris: true, .. } => ListFormat::Ris,
            List { bibtex: true, .. } => ListFormat::Bibtex,
            List { csl_json: true, .. } => ListFormat::CslJson,
            List { files: true, .. } => ListFormat::Paths { null: list.null, copies: list.copies },
            _ => ListFormat::Text(TextStyle { width: ui.width(), copies: list.copies, palette: ui.palette }),
        };
        Printer { writer: format.writer(), ends: Vec::new(), failed: None }
    }

    /// Prints one hit; false where nobody reads on.
    pub(super) fn print(&mut self, out: &mut impl Write, hit: &Hit) -> bool {
        self.failed = self.writer.hit(out, hit).err();
        self.ends.truncate(1);
        self.ends.push(hit.clone());
        self.failed.is_none()
    }

    /// Prints the end. The hits of the answer are the first and the last printed.
    pub(super) fn end(mut self, out: &mut impl Write, hits: Hits) -> Result<Hits, CommandError> {
        if let Some(error) = self.failed {
            return Err(error.into());
        }
        self.writer.end(out)?;
        Ok(Hits { hits: self.ends, ..hits })
    }

    /// Prints a whole list.
    pub(super) fn print_all(mut self, out: &mut impl Write, mut hits: Hits) -> Result<Hits, CommandError> {
        for hit in std::mem::take(&mut hits.hits) {
            if !self.print(out, &hit) {
                break;
            }
        }
        self.end(out, hits)
    }
}
