//! Claims as CSV (RFC 4180), safe to open in a spreadsheet.

use super::names;
use crate::claims::ClaimRow;
use crate::present::csv_cell;
use std::io::{self, Write};

const HEAD: &str = "published,accusers,stance,accused,about,victims,hedged,rule,sentence,id,path,title,publisher,url,start,end";

/// Writes a head and one line a claim. A cell that a spreadsheet would take for a formula begins with an apostrophe.
///
/// # Errors
/// Those of `out`.
pub fn write_csv(out: &mut impl Write, rows: &[ClaimRow]) -> io::Result<()> {
    write!(out, "{HEAD}\r\n")?;
    for row in rows {
        let cells = [
            row.published.clone().unwrap_or_default(),
            names(&row.accusers),
            row.stance.as_str().to_owned(),
            names(&row.accused),
            row.about.clone().unwrap_or_default(),
            names(&row.victims),
            row.hedged.to_string(),
            row.rule.clone(),
            row.sentence.clone(),
            row.id.clone(),
            row.path.clone(),
            row.title.clone().unwrap_or_default(),
            row.publisher.clone().unwrap_or_default(),
            row.url.clone().unwrap_or_default(),
            row.span.start.to_string(),
            row.span.end.to_string(),
        ];
        let line: Vec<String> = cells.iter().map(|c| csv_cell(c).into_owned()).collect();
        write!(out, "{}\r\n", line.join(","))?;
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_all_columns() {
        let mut out = Vec::new();
        write_csv(&mut out, &super::super::tests::rows()).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().count() == 5 && text.contains("'=the hack of the port"), "{text}");
    }
}
