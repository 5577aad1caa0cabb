//! Lists of hits in every form: for a reader, for programs, for tables, for reference managers.
//!
//! One interface: [`ListFormat::writer`] gives a [`HitWriter`], which is told of every hit in order and once of the end. A new form is a
//! file here and a line in [`ListFormat`].

mod bibliography;
mod bibtex;
mod csl;
mod csv;
mod ris;
mod text;

pub use csv::cell as csv_cell;
pub use text::TextStyle;

use crate::search::Hit;
use serde::Serialize;
use std::io::{self, Write};

/// The number of the form of JSON output; raised when a field changes its meaning. See `demarche help json`.
pub const JSON_FORMAT: u32 = 1;

/// A JSON object with the number of its form before its own fields.
#[derive(Debug, Serialize)]
pub struct Formatted<'a, T> {
    format: u32,
    #[serde(flatten)]
    value: &'a T,
}

impl<'a, T> Formatted<'a, T> {
    /// The value in the current form.
    pub fn new(value: &'a T) -> Self {
        Formatted { format: JSON_FORMAT, value }
    }
}

/// In what form hits are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListFormat {
    /// For a reader.
    Text(TextStyle),
    /// Paths, each ended by a line feed or by a NUL byte; those of copies too where `copies`.
    Paths {
        /// NUL in the place of the line feed; paths are not escaped then.
        null: bool,
        /// The copies of each hit follow it.
        copies: bool,
    },
    /// One JSON object a line.
    JsonLines,
    /// A table with a head, as RFC 4180 has it, safe to open in a spreadsheet.
    Csv,
    /// RIS, for reference managers.
    Ris,
    /// BibTeX (biblatex reads it too).
    Bibtex,
    /// One JSON array of items of the Citation Style Language.
    CslJson,
}

/// Writes hits one after another.
pub trait HitWriter {
    /// One hit.
    ///
    /// # Errors
    /// Those of `out`.
    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()>;

    /// The end, also where there was no hit.
    ///
    /// # Errors
    /// Those of `out`.
    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let _ = out;
        Ok(())
    }
}

impl ListFormat {
    /// A writer of this form.
    ///
    /// ```
    /// use demarche::{Article, Index, Query, SearchOptions, present::ListFormat};
    /// # let dir = tempfile::tempdir().unwrap();
    /// let index = Index::create(dir.path().join("index"))?;
    /// index.add([Article { path: "a.txt".into(), title: Some("Breach & blame".into()), body: "A breach.".into(), ..Article::default() }])?;
    /// let (mut out, mut writer) = (Vec::new(), ListFormat::Bibtex.writer());
    /// for hit in index.search(&Query::words("breach"), &SearchOptions::default())?.hits {
    ///     writer.hit(&mut out, &hit).unwrap();
    /// }
    /// writer.end(&mut out).unwrap();
    /// assert!(String::from_utf8(out).unwrap().contains(r"title = {{Breach \& blame}}"));
    /// # Ok::<(), demarche::Error>(())
    /// ```
    pub fn writer(self) -> Box<dyn HitWriter> {
        match self {
            ListFormat::Text(style) => Box::new(text::Text::new(style)),
            ListFormat::Paths { null, copies } => Box::new(text::Paths { null, copies }),
            ListFormat::JsonLines => Box::new(JsonLines),
            ListFormat::Csv => Box::new(csv::Csv::default()),
            ListFormat::Ris => Box::new(ris::Ris),
            ListFormat::Bibtex => Box::new(bibtex::Bibtex::default()),
            ListFormat::CslJson => Box::new(csl::CslJson::default()),
        }
    }
}

struct JsonLines;

impl HitWriter for JsonLines {
    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        serde_json::to_writer(&mut *out, &Formatted::new(hit))?;
        writeln!(out)
    }
}
