//! RIS: lines of a two-letter tag, two spaces, a hyphen, a space and the value; a record ends with `ER`.

use super::HitWriter;
use super::bibliography::{day, line, person};
use crate::search::Hit;
use std::io::{self, Write};

pub(super) struct Ris;

impl HitWriter for Ris {
    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        let mut tag = |tag: &str, value: &str| match line(value) {
            value if value.is_empty() => Ok(()),
            value => write!(out, "{tag}  - {value}\r\n"),
        };
        // An article of a website: what reference managers make of a saved page.
        tag("TY", if hit.url.is_some() { "ELEC" } else { "NEWS" })?;
        tag("ID", &hit.id)?;
        tag("TI", hit.title.as_deref().unwrap_or_default())?;
        for author in &hit.authors {
            let name = person(author).map_or_else(|| author.clone(), |(family, given)| format!("{family}, {given}"));
            // An asterisk would part the name.
            tag("AU", &name.replace('*', ""))?;
        }
        tag("T2", hit.publisher.as_deref().unwrap_or_default())?;
        tag("PB", hit.publisher.as_deref().unwrap_or_default())?;
        if let [year, rest @ ..] = day(hit).as_slice() {
            tag("PY", &format!("{year:04}"))?;
            if let [month, day] = rest {
                tag("DA", &format!("{year:04}/{month:02}/{day:02}"))?;
            }
        }
        tag("UR", hit.url.as_deref().unwrap_or_default())?;
        tag("LA", hit.language.as_deref().unwrap_or_default())?;
        tag("L1", &hit.path)?;
        write!(out, "ER  - \r\n\r\n")
    }
}
