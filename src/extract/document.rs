//! Documents that are one article as a whole, handed on by their adapters as simple mark-up.
//!
//! The blocks are those of the mark-up; classes tell running heads, contents and the headline apart. A document tells of itself in three ways,
//! of different worth: fields that its publisher filled (an advisory, a book), fields that a program filled when it saved the file, and its own first page. The second are
//! taken only where the page agrees with them or has nothing of its own; its day of making is never taken for that of publication.

use super::html;
use super::metadata::byline_of_line;
use super::text::{self, fields};
use crate::article::{Block, BlockKind, Metadata, NO_ELEMENT, Page, Source, Valued};

/// Blocks of the first page that may tell title, authors and day.
const HEAD: usize = 40;
/// Longest of them that does, in bytes.
const SHORT: usize = 160;

/// Evidence of what a publisher's own field tells.
const PACKAGE: &str = "field of the document";

/// Reads a document.
pub(super) fn read(text: &str) -> Page {
    let (doc, mut page) = html::blocks(text);
    page.source = Source::Document;
    // Its lines were put together by the adapter: nothing of a site stands around them.
    page.wrapped = true;
    let running: Vec<bool> = page.blocks.iter().map(|block| says(&page, block, "running head")).collect();
    for (block, running) in page.blocks.iter_mut().zip(running) {
        if running {
            (block.kind, block.level) = (BlockKind::RunningHead, 0);
        }
    }
    page.metadata = metadata(&Fields::of(&doc), &page);
    page
}

/// Whether the element of a block, or one around it, has the class.
fn says(page: &Page, block: &Block, class: &str) -> bool {
    let mut element = block.element;
    for _ in 0..64 {
        let Some(found) = page.elements.get(element as usize).filter(|_| element != NO_ELEMENT) else { return false };
        if &*found.hints == class {
            return true;
        }
        element = found.parent;
    }
    false
}

/// What fields tell, by name and trust.
struct Fields(Vec<(String, bool, String)>);

impl Fields {
    fn of(doc: &dom_query::Document) -> Fields {
        let attribute = |node: &dom_query::NodeRef<'_>, name: &str| node.attr(name).map(|v| v.to_string());
        let select = doc.select("meta[name]");
        let metas = select.nodes().iter().filter_map(|node| {
            let package = attribute(node, "data-trust")? == "package";
            Some((attribute(node, "name")?, package, attribute(node, "content")?))
        });
        Fields(metas.take(200).collect())
    }

    /// The values of a field, of the publisher's or the program's.
    fn all(&self, name: &str, package: bool) -> Vec<String> {
        self.0.iter().filter(|(n, p, _)| n == name && *p == package).map(|(.., value)| value.clone()).collect()
    }
}

fn metadata(told: &Fields, page: &Page) -> Metadata {
    let mut found = Metadata::default();
    for (name, field) in [
        ("title", fields::Field::Title),
        ("author", fields::Field::Authors),
        ("publisher", fields::Field::Publisher),
        ("published", fields::Field::Published),
        ("modified", fields::Field::Modified),
        ("url", fields::Field::Url),
        ("language", fields::Field::Language),
    ] {
        let values = told.all(name, true);
        match field {
            // A name in a field of names is one name, commas and all.
            fields::Field::Authors if !values.is_empty() => found.authors = Some(Valued::new(values, PACKAGE, 0.95)),
            _ => fields::take(&mut found, field, &values, PACKAGE),
        }
    }
    let blocks: Vec<&Block> = page.blocks.iter().filter(|b| b.kind != BlockKind::RunningHead && !says(page, b, "contents")).collect();
    if found.title.is_none() {
        found.title = title(told, page, &blocks);
    }
    labelled(&mut found, &blocks);
    let head = first_page(&blocks, found.title.as_ref().map_or("", |t| t.value.as_str()));
    if found.authors.is_none() {
        found.authors = authors(told, &head, &blocks);
    }
    text::around_title(&head, &mut found);
    found
}

/// The headline: the largest type of the first page, unless a field of the file is shown there too.
fn title(told: &Fields, page: &Page, blocks: &[&Block]) -> Option<Valued<String>> {
    let largest = blocks.iter().find(|b| says(page, b, "document title"));
    let field = told.all("title", false).into_iter().next();
    let shown = field.as_ref().and_then(|field| {
        let wanted = text::fold(field);
        blocks.iter().take(HEAD).find(|b| text::fold(&b.text) == wanted)
    });
    match (shown, largest, field) {
        (Some(block), ..) => Some(Valued::new(block.text.clone(), "field of the file, shown on its first page", 0.9)),
        (_, Some(block), _) => Some(Valued::new(block.text.clone(), "largest type of the first page", 0.8)),
        (_, _, Some(field)) => Some(Valued::new(field, "field of the file", 0.6)),
        _ => {
            let heading = blocks.iter().take(HEAD).find(|b| b.kind == BlockKind::Heading);
            heading.map(|b| Valued::new(b.text.clone(), "first heading", 0.5))
        }
    }
}

/// Fields written out above the text: `Date: …`, `Author | …`.
fn labelled(found: &mut Metadata, blocks: &[&Block]) {
    for block in blocks.iter().take(HEAD).take_while(|b| b.text.len() <= 3 * SHORT).filter(|b| b.text.len() <= SHORT) {
        let pair = match block.text.split_once(" | ") {
            Some((key, value)) if block.kind == BlockKind::TableRow => {
                fields::field(key.trim_end_matches(':')).map(|field| (field, value.trim_start_matches([':', ' '])))
            }
            _ => fields::pair(&block.text),
        };
        if let Some((field, value)) = pair {
            use fields::Field;
            if matches!(field, Field::Published | Field::Modified | Field::Authors | Field::Publisher) {
                fields::take(found, field, &[value.to_owned()], text::TOLD[0]);
            }
        }
    }
}

/// The lines around the headline, down to the first running text and a little further.
fn first_page<'p>(blocks: &[&'p Block], title: &str) -> Vec<&'p str> {
    let title = text::fold(title);
    let at = blocks.iter().take(3 * HEAD).position(|b| text::fold(&b.text) == title).unwrap_or(0);
    let prose = blocks.iter().enumerate().skip(at + 1).filter(|(_, b)| b.text.len() > 2 * SHORT).map(|(i, _)| i).next();
    let end = prose.map_or(blocks.len(), |i| i + 2).min(at + HEAD);
    // Rows of a table tell days of what is told, not of the telling.
    let lines = blocks.iter().take(end.max(at + 1)).skip(at.saturating_sub(8));
    lines.filter(|b| b.kind != BlockKind::TableRow).map(|b| b.text.as_str()).collect()
}

/// The authors: a byline, or names of the file's field that the document shows; the account of a typist is shown nowhere.
fn authors(told: &Fields, head: &[&str], blocks: &[&Block]) -> Option<Valued<Vec<String>>> {
    let byline = head.iter().filter(|l| l.len() <= SHORT).find_map(|l| byline_of_line(l));
    if let Some(names) = byline {
        return Some(Valued::new(names, "byline", 0.75));
    }
    let names: Vec<String> = told.all("author", false).iter().flat_map(|value| fields::names(value)).collect();
    let ends = blocks.iter().take(HEAD).chain(blocks.iter().rev().take(HEAD / 2));
    let shown: Vec<String> = ends.map(|b| text::fold(&b.text)).collect();
    let is_shown = |name: &String| {
        let name = text::fold(name);
        shown.iter().any(|line| line.contains(&name))
    };
    let names: Vec<String> = names.into_iter().filter(is_shown).collect();
    (!names.is_empty()).then(|| Valued::new(names, "field of the file, shown in its text", 0.8))
}
