//! Books and reports as EPUB (W3C EPUB 3.3): the chapters in the order of the spine, and what the package says of them.

use super::Decoded;
use super::document::{Head, Mark, Trust, finish, unescape};
use super::format::{Format, Reads};
use super::package::Package;
use crate::error::Skipped;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

pub(super) const FORMAT: Format = Format {
    name: "EPUB",
    version: 1,
    tells: |head| {
        head.bytes.starts_with(b"PK\x03\x04")
            && memchr::memmem::find(&head.bytes[..head.bytes.len().min(256)], b"application/epub+zip").is_some()
    },
    reads: Reads::One(|_, bytes| read(bytes)),
};

/// Most chapters, and most bytes of all together.
const CHAPTERS: usize = 5_000;
const TEXT: usize = 64 << 20;

fn read(bytes: &[u8]) -> Result<Decoded, Skipped> {
    let mut package = Package::open(bytes)?;
    if package.has("META-INF/encryption.xml") && package.has("META-INF/rights.xml") {
        return Err(Skipped::Encrypted);
    }
    let broken = || Skipped::Broken("an EPUB without a package document".into());
    let container = package.part("META-INF/container.xml").ok_or_else(broken)?;
    let path = first_attribute(&container, "rootfile", "full-path").ok_or_else(broken)?;
    let opf = package.part(&path).ok_or_else(broken)?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let book = Book::of(&opf);
    let mut body = String::new();
    for chapter in book.spine.iter().take(CHAPTERS) {
        let Some(item) = book.items.get(chapter) else { continue };
        let Some(text) = package.part(&resolved(folder, &item.href)) else { continue };
        let mark = item.mark().or_else(|| mark_of(&text));
        body.push_str(if mark.is_some() { "<section class=\"" } else { "<section>" });
        if let Some(mark) = mark {
            body.push_str(mark.class());
            body.push_str("\">");
        }
        body.push_str(&opened(inner(&text)));
        body.push_str("</section>\n");
        if body.len() > TEXT {
            return Err(Skipped::TooLarge { limit: super::MAX_MIB });
        }
    }
    Ok(finish(&book.head, &body))
}

fn first_attribute(xml: &str, element: &str, name: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) if e.local_name().as_ref() == element => return attribute(&e, name),
            Ok(Event::Eof) | Err(_) => return None,
            _ => {}
        }
    }
}

fn attribute(e: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = e.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(unescape(&attribute.value))
}

/// A path within the package, from a reference in a document of `folder`. It never leaves the package, for only names of its parts are looked up.
fn resolved(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = if href.starts_with('/') { Vec::new() } else { folder.split('/').filter(|p| !p.is_empty()).collect() };
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    percent_decoded(&parts.join("/"))
}

fn percent_decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = |b: u8| (b as char).to_digit(16);
        match (first, tail) {
            (b'%', [a, b, ..]) if hex(*a).is_some() && hex(*b).is_some() => {
                out.push((hex(*a).unwrap_or(0) * 16 + hex(*b).unwrap_or(0)) as u8);
                rest = &tail[2..];
            }
            _ => {
                out.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// What the package document tells.
#[derive(Default)]
struct Book {
    head: Head,
    items: HashMap<String, Item>,
    spine: Vec<String>,
}

/// A part of the book.
struct Item {
    id: String,
    href: String,
    properties: String,
}

impl Item {
    /// What the part is for, where its name says so.
    fn mark(&self) -> Option<Mark> {
        let name = self.href.rsplit('/').next().unwrap_or_default();
        let stem = name.split('.').next().unwrap_or_default();
        [self.id.as_str(), stem].into_iter().find_map(part_of).or_else(|| {
            let is_nav = self.properties.split_ascii_whitespace().any(|p| p == "nav");
            is_nav.then_some(Mark::Contents)
        })
    }
}

/// Names of parts before the text, as producers of EPUB write them and `epub:type` defines them.
const PARTS: [(&str, Mark); 17] = [
    ("nav", Mark::Contents),
    ("toc", Mark::Contents),
    ("contents", Mark::Contents),
    ("tableofcontents", Mark::Contents),
    ("landmarks", Mark::Contents),
    ("loi", Mark::Contents),
    ("lot", Mark::Contents),
    ("cover", Mark::FrontMatter),
    ("coverpage", Mark::FrontMatter),
    ("titlepage", Mark::FrontMatter),
    ("halftitle", Mark::FrontMatter),
    ("halftitlepage", Mark::FrontMatter),
    ("copyright", Mark::FrontMatter),
    ("copyrightpage", Mark::FrontMatter),
    ("imprint", Mark::FrontMatter),
    ("colophon", Mark::FrontMatter),
    ("dedication", Mark::FrontMatter),
];

fn part_of(name: &str) -> Option<Mark> {
    let name: String = name.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let name = name.strip_suffix("xhtml").or_else(|| name.strip_suffix("html")).unwrap_or(&name);
    PARTS.iter().find(|(part, _)| *part == name).map(|(_, mark)| *mark)
}

/// What a part says it is, in the `epub:type` of its body or first section.
fn mark_of(xhtml: &str) -> Option<Mark> {
    let from = xhtml.find("<body")?;
    let mut to = (from + 600).min(xhtml.len());
    while !xhtml.is_char_boundary(to) {
        to -= 1;
    }
    let value = xhtml[from..to].split("epub:type=\"").nth(1)?.split('"').next()?;
    value.split_ascii_whitespace().find_map(part_of)
}

impl Book {
    fn of(opf: &str) -> Book {
        let mut book = Book::default();
        let mut reader = Reader::from_str(opf);
        let mut open: (String, Option<String>, Option<String>) = Default::default();
        let mut text = String::new();
        loop {
            match reader.read_event() {
                Ok(Event::Start(e)) => {
                    open = (
                        e.local_name().as_ref().to_owned(),
                        attribute(&e, "role"),
                        attribute(&e, "property").or_else(|| attribute(&e, "event")),
                    );
                    text.clear();
                    book.part(&e);
                }
                Ok(Event::Empty(e)) => book.part(&e),
                Ok(Event::Text(piece)) => text.push_str(&piece),
                Ok(Event::GeneralRef(reference)) => text.push_str(&unescape(&format!("&{};", &*reference))),
                Ok(Event::End(_)) => {
                    book.field(&open.0, open.1.as_deref(), open.2.as_deref(), text.trim());
                    open = Default::default();
                }
                Ok(Event::Eof) | Err(_) => break,
                _ => {}
            }
        }
        book
    }

    fn part(&mut self, e: &BytesStart<'_>) {
        match e.local_name().as_ref() {
            "item" => {
                let (Some(id), Some(href)) = (attribute(e, "id"), attribute(e, "href")) else { return };
                let kind = attribute(e, "media-type").unwrap_or_default();
                if kind.contains("html") || kind.is_empty() {
                    let properties = attribute(e, "properties").unwrap_or_default();
                    self.items.insert(id.clone(), Item { id, href, properties });
                }
            }
            "itemref" => self.spine.extend(attribute(e, "idref")),
            _ => {}
        }
    }

    fn field(&mut self, name: &str, role: Option<&str>, property: Option<&str>, text: &str) {
        match (name, property) {
            ("title", _) => self.head.title(text, Trust::Package),
            ("creator", _) if role.is_none_or(|role| role == "aut") => self.head.author(&name_of(text), Trust::Package),
            ("publisher", _) => self.head.publisher(text),
            ("language", _) => self.head.language(text),
            ("date", Some("modification")) => self.head.modified(text),
            // EPUB 2 has a date of making beside that of publication.
            ("date", None | Some("publication")) => self.head.published(text),
            ("source" | "identifier", _) if text.starts_with("http") => self.head.url(text),
            _ => {}
        }
    }
}

/// `Quill, Ida` as it is read.
fn name_of(text: &str) -> String {
    match text.split_once(", ") {
        Some((last, first)) if !first.contains(',') && !last.contains(' ') => format!("{first} {last}"),
        _ => text.to_owned(),
    }
}

/// What stands in the body of a page.
fn inner(xhtml: &str) -> &str {
    let from = xhtml.find("<body").and_then(|at| Some(at + xhtml[at..].find('>')? + 1)).unwrap_or(0);
    let to = xhtml.rfind("</body").filter(|to| *to >= from).unwrap_or(xhtml.len());
    &xhtml[from..to]
}

/// Tags that close nothing in HTML.
const VOID: [&str; 14] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// XHTML as HTML: an element closed in its own tag, `<a id="x"/>`, would stay open there and take the text after it along.
fn opened(xhtml: &str) -> String {
    let mut out = String::with_capacity(xhtml.len() + 64);
    let mut rest = xhtml;
    while let Some(end) = rest.find("/>") {
        let piece = &rest[..end];
        let tag = piece.rfind('<').map(|at| &piece[at + 1..]);
        let name = tag.map(|t| t.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default().to_ascii_lowercase());
        out.push_str(piece);
        match name {
            Some(name) if !name.is_empty() && !tag.is_some_and(|t| t.contains('>')) && !VOID.contains(&name.as_str()) => {
                out.push_str("></");
                out.push_str(&name);
                out.push('>');
            }
            _ => out.push_str("/>"),
        }
        rest = &rest[end + 2..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_package() {
        assert_eq!(resolved("OEBPS", "text/a%20b.xhtml#x"), "OEBPS/text/a b.xhtml");
        assert_eq!(resolved("OEBPS/text", "../../../../etc/passwd"), "etc/passwd");
    }

    #[test]
    fn elements_closed_in_their_tag_are_closed() {
        assert_eq!(opened("<a id=\"x\"/>text<br/><p class='y'/> 1 /> 2"), "<a id=\"x\"></a>text<br/><p class='y'></p> 1 /> 2");
    }

    #[test]
    fn parts_are_told_by_name_or_type() {
        assert_eq!(part_of("titlepage.xhtml"), Some(Mark::FrontMatter));
        assert_eq!(part_of("toc01"), Some(Mark::Contents));
        assert_eq!(part_of("chapter01"), None);
        assert_eq!(mark_of("<body epub:type=\"frontmatter\"><section epub:type=\"copyright-page\">"), None, "the first type counts");
        assert_eq!(mark_of("<body><section epub:type=\"copyright-page\">"), Some(Mark::FrontMatter));
        assert!(PARTS.iter().all(|(part, mark)| part_of(part) == Some(*mark)));
    }

    #[test]
    fn names_are_turned_as_they_are_read() {
        assert_eq!([name_of("Quill, Ida"), name_of("Harbour Office, London and Paris")], ["Ida Quill", "Harbour Office, London and Paris"]);
    }
}
