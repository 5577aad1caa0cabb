//! Documents of word processors (Office Open XML, ECMA-376): paragraphs, headings by style, lists, tables, notes.
//!
//! Insertions that were tracked are text, deletions are none. Only parts of the package itself are opened; what a document refers to elsewhere is not.
//! Entities that a part declares are not known, so none can grow.

use super::Decoded;
use super::document::{Body, Head, Mark, Trust};
use super::format::{Format, Reads};
use super::package::Package;
use super::rubbish::{is_rubbish_author, is_rubbish_title};
use crate::error::Skipped;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

pub(super) const FORMAT: Format = Format {
    name: "DOCX",
    version: 2,
    tells: |head| {
        let has = |name: &[u8]| memchr::memmem::find(head.bytes, name).is_some();
        head.bytes.starts_with(b"PK\x03\x04") && (has(b"[Content_Types].xml") || has(b"_rels/.rels"))
    },
    reads: Reads::One(|_, bytes| read(bytes)),
};

const DOCUMENT: &str = "word/document.xml";

fn read(bytes: &[u8]) -> Result<Decoded, Skipped> {
    let mut package = Package::open(bytes)?;
    let main = [DOCUMENT, "word/document2.xml"].into_iter().find(|name| package.has(name));
    let Some(main) = main else { return Err(Skipped::Format("office document without text".into())) };
    let Some(document) = package.part(main) else { return Err(Skipped::Broken("no text in the document".into())) };
    let styles = package.part("word/styles.xml").map(|xml| styles(&xml)).unwrap_or_default();
    let mut body = Body::default();
    for name in running_heads(&package) {
        // The same head stands on every page; it is told once.
        if let Some(part) = package.part(&name) {
            Text::read(&part, &styles, Some(Mark::RunningHead), &mut body);
        }
    }
    Text::read(&document, &styles, None, &mut body);
    for name in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(part) = package.part(name) {
            Text::read(&part, &styles, Some(Mark::Footnote), &mut body);
        }
    }
    let head = package.part("docProps/core.xml").map(|xml| head(&xml)).unwrap_or_default();
    Ok(body.finish(head))
}

fn running_heads(package: &Package<'_>) -> Vec<String> {
    let names = (1..=9).flat_map(|n| ["header", "footer"].map(|part| format!("word/{part}{n}.xml")));
    names.filter(|name| package.has(name)).collect()
}

/// Title, authors and language of the core properties. Days are left: they are those of making and saving the file.
fn head(xml: &str) -> Head {
    let mut head = Head::default();
    let mut reader = Reader::from_str(xml);
    let mut open = String::new();
    let mut text = String::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) => {
                open = start.local_name().as_ref().to_owned();
                text.clear();
            }
            Event::Text(piece) => text.push_str(&piece),
            Event::GeneralRef(reference) => push_reference(&mut text, &reference),
            Event::End(_) => {
                match open.as_str() {
                    "title" if !is_rubbish_title(&text) => head.title(&text, Trust::File),
                    "creator" => {
                        for author in text.split([';', '|']).map(str::trim).filter(|a| !is_rubbish_author(a)) {
                            head.author(author, Trust::File);
                        }
                    }
                    "language" => head.language(&text),
                    _ => {}
                }
                open.clear();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    head
}

/// A character by its number or one of the five names of XML; no other entity is known.
fn push_reference(text: &mut String, reference: &str) {
    let named = format!("&{};", reference);
    let read = super::document::unescape(&named);
    if read != named {
        text.push_str(&read);
    }
}

/// What a style makes of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Style {
    heading: usize,
    title: bool,
    list: bool,
    contents: bool,
}

impl Style {
    /// By its name or id, in any language that has the number of a heading.
    fn of(name: &str) -> Style {
        let name = name.to_lowercase().replace([' ', '-', '_'], "");
        let level = || name.chars().find_map(|c| c.to_digit(10)).unwrap_or(1) as usize;
        let starts = |words: &[&str]| words.iter().any(|w| name.starts_with(w));
        Style {
            heading: if starts(&["heading", "überschrift", "berschrift", "titre", "título", "rubrik", "kop", "заголовок"])
                && name != "titre"
            {
                level()
            } else {
                0
            },
            title: matches!(name.as_str(), "title" | "titel" | "titre" | "título" | "название"),
            list: starts(&["list", "aufzählung", "liste"]),
            contents: starts(&["toc", "verzeichnis", "tableofcontents", "inhaltsverzeichnis", "contents"]),
        }
    }
}

/// The styles of a document by id. An outline level makes a heading of any style.
fn styles(xml: &str) -> HashMap<String, Style> {
    let mut out: HashMap<String, Style> = HashMap::new();
    let mut parents: HashMap<String, String> = HashMap::new();
    let mut id = String::new();
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) => match e.local_name().as_ref() {
                "style" => {
                    id = attribute(&e, "styleId").unwrap_or_default();
                    out.insert(id.clone(), Style::of(&id));
                }
                "name" => {
                    let by_name = Style::of(&attribute(&e, "val").unwrap_or_default());
                    if by_name != Style::default() {
                        out.insert(id.clone(), by_name);
                    }
                }
                "basedOn" => {
                    parents.insert(id.clone(), attribute(&e, "val").unwrap_or_default());
                }
                "outlineLvl" => {
                    let level = attribute(&e, "val").and_then(|v| v.parse::<usize>().ok()).filter(|l| *l < 6);
                    if let (Some(level), Some(style)) = (level, out.get_mut(&id)) {
                        style.heading = style.heading.max(level + 1);
                    }
                }
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => break,
            _ => {}
        }
    }
    let inherited: Vec<(String, Style)> = parents
        .iter()
        .filter(|(id, _)| out.get(*id).is_none_or(|s| *s == Style::default()))
        .filter_map(|(id, parent)| Some((id.clone(), *out.get(parent)?)))
        .collect();
    out.extend(inherited);
    out
}

fn attribute(e: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = e.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(super::document::unescape(&attribute.value))
}

/// Longest paragraph, in bytes, that is a heading because it is bold; least size of a headline in half points, and of one that is not bold.
const SET_OFF: usize = 160;
const LARGE: usize = 30;
const HUGE: usize = 40;

/// Cells and tables within each other that are told apart.
const NESTED: usize = 16;

/// The text of a part as it is read.
struct Text<'s, 'b> {
    styles: &'s HashMap<String, Style>,
    mark: Option<Mark>,
    body: &'b mut Body,
    paragraph: String,
    style: Style,
    numbered: bool,
    /// The size of the run at hand in half points, and whether it is bold; how many bytes of the paragraph are, and its largest size.
    run: (usize, bool),
    bold: usize,
    largest: usize,
    /// A headline or heading was written.
    titled: bool,
    /// Elements whose text is none: deletions, instructions of fields, other tellings of the same drawing.
    silent: usize,
    tables: Vec<Vec<Vec<String>>>,
}

impl<'s, 'b> Text<'s, 'b> {
    fn read(xml: &str, styles: &'s HashMap<String, Style>, mark: Option<Mark>, body: &'b mut Body) {
        let text = Text {
            styles,
            mark,
            body,
            paragraph: String::new(),
            style: Style::default(),
            numbered: false,
            run: (0, false),
            bold: 0,
            largest: 0,
            titled: false,
            silent: 0,
            tables: Vec::new(),
        };
        text.run(xml);
    }

    fn run(mut self, xml: &str) {
        let mut reader = Reader::from_str(xml);
        let mut in_text = false;
        loop {
            match reader.read_event() {
                Ok(Event::Start(e)) => {
                    in_text = e.local_name().as_ref() == "t";
                    self.open(&e);
                }
                Ok(Event::Empty(e)) => self.empty(&e),
                Ok(Event::End(e)) => {
                    in_text = false;
                    self.close(e.local_name().as_ref());
                }
                Ok(Event::Text(piece)) if in_text && self.silent == 0 => {
                    self.paragraph.push_str(&piece);
                    self.bold += if self.run.1 { piece.len() } else { 0 };
                    self.largest = self.largest.max(self.run.0);
                }
                Ok(Event::GeneralRef(reference)) if in_text && self.silent == 0 => push_reference(&mut self.paragraph, &reference),
                // A part that breaks off is read as far as it goes.
                Ok(Event::Eof) | Err(_) => break,
                _ => {}
            }
        }
        self.end_paragraph();
        while !self.tables.is_empty() {
            self.end_table();
        }
    }

    fn open(&mut self, e: &BytesStart<'_>) {
        match e.local_name().as_ref() {
            "del" | "moveFrom" | "instrText" | "delText" | "Fallback" => self.silent += 1,
            "p" => self.end_paragraph(),
            "r" => self.run = (0, false),
            "tbl" if self.tables.len() < NESTED => {
                self.end_paragraph();
                self.tables.push(Vec::new());
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.push(Vec::new());
                }
            }
            "tc" => {
                if let Some(row) = self.tables.last_mut().and_then(|t| t.last_mut()) {
                    row.push(String::new());
                }
            }
            _ => self.empty(e),
        }
    }

    fn empty(&mut self, e: &BytesStart<'_>) {
        match e.local_name().as_ref() {
            "pStyle" => {
                let id = attribute(e, "val").unwrap_or_default();
                self.style = self.styles.get(&id).copied().unwrap_or_else(|| Style::of(&id));
            }
            "numPr" => self.numbered = true,
            "b" => self.run.1 = attribute(e, "val").is_none_or(|v| !matches!(v.as_str(), "0" | "false" | "off")),
            "sz" => self.run.0 = attribute(e, "val").and_then(|v| v.parse().ok()).unwrap_or(0),
            "outlineLvl" => {
                let level = attribute(e, "val").and_then(|v| v.parse::<usize>().ok()).filter(|l| *l < 6);
                self.style.heading = self.style.heading.max(level.map_or(0, |l| l + 1));
            }
            "tab" | "br" | "cr" if self.silent == 0 => self.paragraph.push(' '),
            "noBreakHyphen" if self.silent == 0 => self.paragraph.push('-'),
            "footnoteReference" | "endnoteReference" if self.silent == 0 => {
                if let Some(id) = attribute(e, "id") {
                    self.paragraph.push_str(&format!(" [{id}]"));
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "del" | "moveFrom" | "instrText" | "delText" | "Fallback" => self.silent = self.silent.saturating_sub(1),
            "p" => self.end_paragraph(),
            "tbl" => {
                self.end_paragraph();
                self.end_table();
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.paragraph);
        let (style, numbered) = (std::mem::take(&mut self.style), std::mem::take(&mut self.numbered));
        let (bold, largest) = (std::mem::take(&mut self.bold), std::mem::take(&mut self.largest));
        if text.trim().is_empty() {
            return;
        }
        // What is set off by hand: all bold, short, no sentence.
        let set_off = bold * 10 >= text.trim().len() * 9 && text.len() <= SET_OFF && !text.trim().ends_with(['.', ',', ';']);
        let large = largest >= HUGE && text.len() <= SET_OFF && !text.trim().ends_with(['.', ',', ';']);
        let headline = (large || set_off && largest >= LARGE) && !self.titled;
        if let Some(cell) = self.tables.last_mut().and_then(|t| t.last_mut()).and_then(|r| r.last_mut()) {
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(text.trim());
            return;
        }
        self.titled |= self.mark.is_none() && (style.title || style.heading > 0 || headline);
        match self.mark {
            Some(mark) => self.body.paragraph(&text, Some(mark)),
            None if style.contents => self.body.paragraph(&text, Some(Mark::Contents)),
            None if style.title => self.body.heading(1, &text, Some(Mark::Title)),
            None if style.heading > 0 => self.body.heading(style.heading + 1, &text, None),
            None if headline => self.body.heading(1, &text, Some(Mark::Title)),
            None if set_off && !numbered => self.body.heading(4, &text, None),
            None if style.list || numbered => self.body.item(&text),
            None => self.body.paragraph(&text, None),
        }
    }

    /// Ends a table: into the cell around it, or into the text.
    fn end_table(&mut self) {
        let Some(rows) = self.tables.pop() else { return };
        match self.tables.last_mut().and_then(|t| t.last_mut()).and_then(|r| r.last_mut()) {
            Some(cell) => {
                let text: Vec<String> = rows.into_iter().flatten().filter(|c| !c.is_empty()).collect();
                cell.push(' ');
                cell.push_str(&text.join(" "));
            }
            None if self.mark.is_some() => rows.iter().for_each(|row| self.body.paragraph(&row.join(" "), self.mark)),
            None => self.body.table(&rows),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_told_by_name() {
        assert_eq!((Style::of("Heading 2").heading, Style::of("berschrift1").heading, Style::of("Normal")), (2, 1, Style::default()));
        assert!(Style::of("Title").title && Style::of("List Bullet").list && Style::of("TOC 1").contents);
    }

    #[test]
    fn what_was_deleted_is_gone_and_what_was_inserted_stays() {
        let xml = "<w:document><w:body><w:p><w:r><w:t>The gate is </w:t></w:r><w:del><w:r><w:delText>open</w:delText><w:t>ajar</w:t></w:r></w:del><w:ins><w:r><w:t>closed &amp; locked</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p></w:body></w:document>";
        let mut body = Body::default();
        Text::read(xml, &HashMap::new(), None, &mut body);
        assert!(body.finish(Head::default()).text.contains("<p>The gate is closed &amp; locked.</p>"));
    }

    #[test]
    fn declared_entities_grow_into_nothing() {
        let xml = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><d><p><t>gate &b; closed</t></p></d>";
        let mut body = Body::default();
        Text::read(xml, &HashMap::new(), None, &mut body);
        assert!(body.finish(Head::default()).text.contains("<p>gate  closed</p>"));
    }
}
