//! Plain text: an article, or a page that has lost its mark-up.

mod dateline;
mod headline;
mod lines;
pub(super) mod tidy;
mod wrap;

use crate::article::{Block, BlockKind, Metadata, NO_ELEMENT, Page, Source, Valued};
use lines::Shape;

pub(super) fn read(text: &str) -> Page {
    let mut page = Page { source: Source::Text, ..Page::default() };
    page.blocks.extend(wrap::paragraphs(text).into_iter().map(block));
    page.metadata = metadata(&page.blocks);
    page
}

/// A paragraph as a block of the kind it looks like.
fn block(text: String) -> Block {
    let item = text.strip_prefix(['-', '*', '•', '–', '▪', '·']).is_some_and(|rest| rest.starts_with(' '));
    let kind = if item { BlockKind::ListItem } else { BlockKind::Paragraph };
    Block { text, kind, level: u8::from(item), element: NO_ELEMENT, ..Block::default() }
}

/// What the lines say about the article.
fn metadata(blocks: &[Block]) -> Metadata {
    let mut metadata = Metadata::default();
    let lines: Vec<&str> = blocks.iter().map(|b| b.text.as_str()).collect();
    let shapes: Vec<Shape> = lines.iter().map(|l| Shape::of(l)).collect();
    let Some((at, sure)) = headline::find(&lines, &shapes) else { return metadata };
    metadata.title = Some(Valued::new(lines[at].to_owned(), "line above the text", sure));
    metadata.published = published(&lines, &shapes, at);
    metadata
}

/// The day named by a short line near the headline. A line that speaks of a change gives none, nor does a day within running text.
fn published(lines: &[&str], shapes: &[Shape], title: usize) -> Option<Valued<String>> {
    let below = title + 1..(title + 9).min(lines.len());
    let above = title.saturating_sub(5)..title;
    below.take_while(|&i| i < title + 4 || !shapes[i - 1].prose).chain(above.rev()).find_map(|i| {
        let lower = lines[i].to_lowercase();
        let changed = ["updated", "modified", "aktualisiert", "mis à jour", "actualizado"].iter().any(|w| lower.contains(w));
        let value = (shapes[i].date && shapes[i].words <= 16 && !changed).then(|| dateline::first_date(lines[i])).flatten()?;
        Some(Valued::new(value, "line beside the headline", 0.8))
    })
}
