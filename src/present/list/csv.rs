//! Tables as RFC 4180 has them, safe to open in a spreadsheet.

use super::HitWriter;
use super::bibliography::line;
use crate::search::Hit;
use std::borrow::Cow;
use std::io::{self, Write};

const HEAD: &str = "rank,id,title,authors,publisher,published,language,url,path,score,actors,copies";

/// A cell: quoted where it must be, and never a formula. A spreadsheet runs what begins with `=`, `+`, `-`, `@`, a tab or a carriage
/// return as a formula; such a text gets an apostrophe before it, which spreadsheets take as "this is text".
///
/// ```
/// use demarche::present::csv_cell;
/// assert_eq!(csv_cell("plain"), "plain");
/// assert_eq!(csv_cell("a \"word\", quoted"), "\"a \"\"word\"\", quoted\"");
/// assert_eq!(csv_cell("=HYPERLINK(A1)"), "'=HYPERLINK(A1)");
/// ```
pub fn cell(text: &str) -> Cow<'_, str> {
    // White space before a sign does not disarm it everywhere, nor do the full-width forms.
    let first = text.trim_start_matches([' ', '\u{a0}', '\u{feff}', '\u{200b}']).chars().next();
    let formula = matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '|' | '%' | '＝' | '＋' | '－' | '＠'));
    let quoted = text.contains([',', '"', '\n', '\r', ';', '\t']);
    match (formula, quoted) {
        (false, false) => Cow::Borrowed(text),
        (true, false) => Cow::Owned(format!("'{text}")),
        (_, true) => Cow::Owned(format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))),
    }
}

#[derive(Default)]
pub(super) struct Csv {
    begun: bool,
}

impl Csv {
    fn head(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) { Ok(()) } else { write!(out, "{HEAD}\r\n") }
    }
}

impl HitWriter for Csv {
    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        self.head(out)?;
        let text = |t: &Option<String>| line(t.as_deref().unwrap_or_default()).into_owned();
        let joined = |names: Vec<&str>| line(&names.join("; ")).into_owned();
        let cells = [
            text(&hit.title),
            joined(hit.authors.iter().map(String::as_str).collect()),
            text(&hit.publisher),
            text(&hit.published),
            text(&hit.language),
            text(&hit.url),
            line(&hit.path).into_owned(),
        ];
        write!(out, "{},{}", hit.rank, hit.id)?;
        for value in &cells {
            write!(out, ",{}", cell(value))?;
        }
        let actors = joined(hit.actors.iter().map(|a| a.name.as_str()).collect());
        let copies = joined(hit.copies.iter().map(|c| c.path.as_str()).collect());
        write!(out, ",{:.4},{},{}\r\n", hit.score, cell(&actors), cell(&copies))
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.head(out)
    }
}
