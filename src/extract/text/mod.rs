//! Plain text: an article, or a page that has lost its mark-up.

mod around;
pub(super) mod fields;
mod headline;
mod heads;
mod lines;
pub(super) mod tidy;
mod wrap;

use crate::article::{Block, BlockKind, Metadata, NO_ELEMENT, Page, Source, Valued};
use lines::Shape;

pub(super) use lines::fold;

/// Evidence of values that fields of the file tell; all other values are read from its lines.
pub(super) const TOLD: [&str; 3] = ["field above the text", "front matter", "first heading"];

pub(super) fn read(text: &str) -> Page {
    let mut page = Page { source: Source::Text, ..Page::default() };
    let mut told = Metadata::default();
    let text = head(text, &mut told, &mut page.blocks);
    let (paragraphs, wrapped) = wrap::paragraphs(text);
    page.wrapped = wrapped;
    page.blocks.extend(paragraphs.into_iter().map(|p| if p.running_head { running_head(p.text) } else { block(p.text) }));
    page.metadata = metadata_of(&page.blocks, told);
    page
}

/// Takes the fields at the top of a text into `told` and `blocks` and gives the rest: lines that are `<key>value</key>`, or at least two of the kind
/// `Key: value` before the first empty line.
fn head<'a>(text: &'a str, told: &mut Metadata, blocks: &mut Vec<Block>) -> &'a str {
    let mut rest = text;
    let mut tags = 0;
    let mut taken: Vec<(Option<fields::Field>, &str, &str)> = Vec::new();
    for whole in text.split_inclusive('\n').take(60) {
        let line = whole.trim();
        if line.is_empty() && taken.is_empty() {
            rest = &rest[whole.len()..];
            continue;
        }
        if let Some((field, value)) = fields::tagged(line) {
            tags += 1;
            taken.push((field, value, value));
        } else if let Some((field, value)) = fields::opened(line) {
            taken.push((Some(field), value, value));
        } else if let Some((field, value)) = fields::pair(line).filter(|_| tags == 0 && line.len() < 400) {
            taken.push((Some(field), value, line));
        } else {
            break;
        }
        rest = &rest[whole.len()..];
    }
    if taken.len() < 2 {
        return text;
    }
    for (field, value, line) in taken {
        if let Some(field) = field {
            fields::take(told, field, &[value.to_owned()], TOLD[0]);
        }
        let text = tidy::line(line);
        if !text.is_empty() {
            blocks.push(Block { text, kind: BlockKind::Control, element: NO_ELEMENT, ..Block::default() });
        }
    }
    let end = rest.trim_end();
    let body = end.rfind('\n').map_or(end, |at| &end[at + 1..]);
    if tags > 0 && fields::tagged(body).is_some_and(|(_, value)| value.is_empty()) { &end[..end.len() - body.len()] } else { rest }
}

fn running_head(text: String) -> Block {
    Block { text, kind: BlockKind::RunningHead, element: NO_ELEMENT, ..Block::default() }
}

/// A paragraph as a block of the kind it looks like.
fn block(text: String) -> Block {
    let item = text.strip_prefix(['-', '*', '•', '–', '▪', '·']).is_some_and(|rest| rest.starts_with(' '));
    let kind = if item { BlockKind::ListItem } else { BlockKind::Paragraph };
    Block { text, kind, level: u8::from(item), element: NO_ELEMENT, ..Block::default() }
}

/// Reads the lines again for what they say about the article, without the blocks for which `apart` holds.
pub(super) fn reread(page: &mut Page, apart: impl Fn(&Block) -> bool) {
    fn told<T>(value: Option<Valued<T>>) -> Option<Valued<T>> {
        value.filter(|v| TOLD.contains(&v.evidence.as_ref()))
    }
    let was = std::mem::take(&mut page.metadata);
    let told = Metadata {
        title: told(was.title),
        authors: told(was.authors),
        publisher: told(was.publisher),
        url: told(was.url),
        published: told(was.published),
        modified: told(was.modified),
        language: told(was.language),
        declared_body: None,
    };
    let blocks: Vec<Block> = page.blocks.iter().filter(|b| !apart(b)).cloned().collect();
    page.metadata = metadata_of(&blocks, told);
}

/// Fills what the lines of a document's first page tell of day, outlet and authors; one of them is its headline.
pub(super) fn around_title(lines: &[&str], metadata: &mut Metadata) {
    let shapes: Vec<Shape> = lines.iter().map(|l| Shape::of(l)).collect();
    let title = metadata.title.as_ref().map(|t| fold(&t.value));
    let at = lines.iter().position(|l| Some(fold(l)) == title).unwrap_or(0);
    around::read(lines, &shapes, at, metadata);
}

/// What the lines say about the article, where its fields do not tell.
pub(super) fn metadata_of(blocks: &[Block], told: Metadata) -> Metadata {
    let mut metadata = told;
    let blocks: Vec<&Block> = blocks.iter().filter(|b| !matches!(b.kind, BlockKind::Control | BlockKind::RunningHead)).collect();
    let lines: Vec<&str> = blocks.iter().map(|b| b.text.as_str()).collect();
    let shapes: Vec<Shape> = lines.iter().map(|l| Shape::of(l)).collect();
    let known = metadata.title.as_ref().map(|t| lines::fold(&t.value));
    let at = match known {
        Some(title) => lines.iter().take(200).position(|l| lines::fold(l) == title),
        None => headline::find(&lines, &shapes).map(|(at, sure)| {
            metadata.title = Some(Valued::new(lines[at].to_owned(), "line above the text", sure));
            at
        }),
    };
    let Some(at) = at else { return metadata };
    around::read(&lines, &shapes, at, &mut metadata);
    metadata
}
