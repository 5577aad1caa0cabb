//! BibTeX entries: `@online`, with a key of their own each, and nothing in a value that TeX would act upon.

use super::HitWriter;
use super::bibliography::{day, line, person};
use crate::search::Hit;
use std::collections::HashSet;
use std::io::{self, Write};

#[derive(Default)]
pub(super) struct Bibtex {
    keys: HashSet<String>,
}

impl HitWriter for Bibtex {
    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        let key = self.key(hit);
        writeln!(out, "@online{{{key},")?;
        let mut field = |name: &str, value: &str| match value.is_empty() {
            true => Ok(()),
            false => writeln!(out, "  {name} = {{{value}}},"),
        };
        // The second pair of braces keeps the capitals.
        let braced = |text: &str| match escaped(text) {
            text if text.is_empty() => text,
            text => format!("{{{text}}}"),
        };
        field("title", &braced(hit.title.as_deref().unwrap_or_default()))?;
        let names: Vec<String> = hit
            .authors
            .iter()
            .filter(|a| !a.trim().is_empty())
            .map(|a| person(a).map_or_else(|| braced(a), |(family, given)| format!("{}, {}", escaped(&family), escaped(&given))))
            .collect();
        field("author", &names.join(" and "))?;
        field("organization", &braced(hit.publisher.as_deref().unwrap_or_default()))?;
        field("date", hit.published.as_deref().unwrap_or_default())?;
        if let Some(year) = day(hit).first() {
            field("year", &format!("{year:04}"))?;
        }
        field("url", &address(hit.url.as_deref().unwrap_or_default()))?;
        field("langid", &escaped(hit.language.as_deref().unwrap_or_default()))?;
        // A colon would part path and type.
        field("file", &escaped(&hit.path))?;
        write!(out, "}}\n\n")
    }
}

impl Bibtex {
    /// First author's or publisher's name, year, first long word of the title; made unique by a letter, or the article's id.
    fn key(&mut self, hit: &Hit) -> String {
        let letters = |text: &str| {
            let mut folded = String::new();
            crate::analysis::fold(text, &mut folded);
            folded.retain(|c| c.is_ascii_alphanumeric());
            folded.chars().take(20).collect::<String>()
        };
        let author = hit.authors.first().map(|a| person(a).map_or_else(|| a.clone(), |(family, _)| family));
        let who = author.map(|a| letters(&a)).filter(|a| !a.is_empty());
        let who = who.or_else(|| hit.publisher.as_deref().map(letters)).filter(|w| !w.is_empty()).unwrap_or_else(|| "anon".to_owned());
        let year = day(hit).first().map_or_else(|| "nd".to_owned(), ToString::to_string);
        let title = hit.title.as_deref().unwrap_or_default();
        let word = title.split_whitespace().map(letters).find(|w| w.len() > 3).unwrap_or_default();
        let key = format!("{who}{year}{word}");
        let lettered = ('b'..='z').map(|c| format!("{key}{c}"));
        let free = std::iter::once(key.clone()).chain(lettered).find(|k| !self.keys.contains(k));
        let key = free.unwrap_or_else(|| format!("{key}-{}", hit.id));
        self.keys.insert(key.clone());
        key
    }
}

/// Text that TeX sets as it stands.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in line(text).chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            _ => out.push(c),
        }
    }
    out
}

/// An address: BibTeX styles set it verbatim, so only what would end the value is written otherwise.
fn address(url: &str) -> String {
    line(url).replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D").replace(' ', "%20")
}
