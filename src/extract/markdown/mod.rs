//! Markdown: articles written in it, and pages turned into it.
//!
//! Blocks after the CommonMark specification, leniently: what a converter broke is still read as text. No text is dropped; marks, targets of links
//! and front matter's fence lines are no text.

mod front;
mod inline;

use super::text::{TOLD, fields, metadata_of, tidy};
use crate::article::{Block, BlockKind, Metadata, NO_ELEMENT, Page, Source, Valued};
use fields::Field;
use inline::{References, Run};
use std::collections::HashMap;

/// How many blocks the fields above a text stand within.
const HEAD: usize = 24;

/// Reads a Markdown text.
pub(super) fn read(text: &str) -> Page {
    let (front, rest) = front::part(text);
    let mut page = Page { source: Source::Markdown, ..Page::default() };
    let mut told = Metadata::default();
    for line in &front.lines {
        push(&mut page.blocks, Run { text: (*line).to_owned(), ..Run::default() }, BlockKind::Control, 0);
    }
    for (field, values) in &front.fields {
        fields::take(&mut told, *field, values, TOLD[1]);
    }
    let (references, lines) = definitions(rest);
    let mut reader =
        Reader { blocks: page.blocks, references, paragraph: Vec::new(), kind: BlockKind::Paragraph, level: 0, targets: HashMap::new() };
    reader.lines(&lines);
    page.blocks = reader.blocks;
    head_fields(&mut page.blocks, &reader.targets, &mut told);
    foot_fields(&mut page.blocks);
    let heading = page.blocks.iter().find(|b| b.kind == BlockKind::Heading && b.level == 1).map(|b| b.text.clone());
    if told.title.is_none() {
        told.title = heading.map(|h| Valued::new(h, TOLD[2], 0.8));
    }
    page.metadata = metadata_of(&page.blocks, told);
    page
}

/// Definitions `[name]: target` and the lines without them.
fn definitions(text: &str) -> (References, Vec<&str>) {
    let mut references = References::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        let defined = line.trim_start().strip_prefix('[').filter(|d| !d.starts_with('^')).and_then(|d| d.split_once("]:"));
        match defined {
            Some((name, target))
                if name.len() < 200
                    && !name.contains(['[', ']'])
                    && target.trim().split(' ').count() < 12
                    && target.contains(['/', '.', '#']) =>
            {
                references.insert(inline::name(name), ());
                lines.push("");
            }
            _ => lines.push(line),
        }
    }
    (references, lines)
}

struct Reader<'a> {
    blocks: Vec<Block>,
    references: References,
    paragraph: Vec<&'a str>,
    kind: BlockKind,
    level: u8,
    /// Targets of the links of the first blocks.
    targets: HashMap<usize, String>,
}

impl<'a> Reader<'a> {
    fn lines(&mut self, lines: &[&'a str]) {
        let mut i = 0;
        while let Some(&line) = lines.get(i) {
            i += 1;
            let text = line.trim();
            if text.is_empty() {
                self.flush();
            } else if let Some(fence) = fence(text) {
                self.flush();
                let end = lines[i..].iter().position(|l| l.trim().starts_with(fence) && l.trim().trim_matches(['`', '~']).is_empty());
                let body = &lines[i..end.map_or(lines.len(), |e| i + e)];
                self.preformatted(body);
                i += body.len() + usize::from(end.is_some());
            } else if opens_html(text) {
                self.flush();
                let end = lines[i - 1..].iter().position(|l| l.trim().is_empty()).map_or(lines.len(), |e| i - 1 + e);
                let inner = super::html::read(&lines[i - 1..end].join("\n"));
                self.blocks.extend(inner.blocks.into_iter().map(|b| Block { element: NO_ELEMENT, ..b }));
                i = end;
            } else if let Some(level) = underline(text).filter(|_| !self.paragraph.is_empty() && self.kind == BlockKind::Paragraph) {
                (self.kind, self.level) = (BlockKind::Heading, level);
                self.flush();
            } else if is_rule(text) {
                self.flush();
            } else {
                self.line(line, text);
            }
        }
        self.flush();
    }

    /// A line of text: begins a heading, quote, item, row or paragraph, or goes on with one.
    fn line(&mut self, line: &'a str, text: &'a str) {
        let depth = line.len() - line.trim_start().len();
        let hashes = text.len() - text.trim_start_matches('#').len();
        if (1..=6).contains(&hashes) && text[hashes..].starts_with([' ', '\t']) || (hashes == text.len() && hashes <= 6) {
            self.flush();
            self.paragraph.push(text[hashes..].trim().trim_end_matches('#').trim_end());
            (self.kind, self.level) = (BlockKind::Heading, hashes as u8);
            self.flush();
        } else if let Some(quote) = text.strip_prefix('>') {
            if self.kind != BlockKind::Quote {
                self.flush();
            }
            self.kind = BlockKind::Quote;
            let quote = quote.trim_start_matches(['>', ' ']);
            match quote.is_empty() {
                true => self.flush(),
                false => self.paragraph.push(quote),
            }
        } else if let Some(item) = item(text) {
            self.flush();
            (self.kind, self.level) = (BlockKind::ListItem, (depth / 2 + 1).min(9) as u8);
            self.paragraph.push(item);
        } else if text.starts_with('|') && text.len() > 1 {
            self.flush();
            if !text.trim_matches(['|', '-', ':', ' ', '+']).is_empty() {
                let cells: Vec<&str> = text.trim_matches('|').split('|').map(str::trim).collect();
                self.row(&cells);
            }
        } else {
            self.paragraph.push(line.trim_start());
        }
    }

    fn row(&mut self, cells: &[&str]) {
        let mut row = Run::default();
        for cell in cells {
            let inline = inline::read(cell, &self.references);
            for (i, run) in inline.lines.into_iter().enumerate() {
                if !row.text.is_empty() {
                    row.text.push_str(if i == 0 { " | " } else { " " });
                }
                row.text.push_str(run.text.trim());
                row.link_bytes += run.link_bytes;
                row.strong_bytes += run.strong_bytes;
            }
            for picture in inline.pictures {
                push(&mut self.blocks, Run { text: picture, ..Run::default() }, BlockKind::Caption, 0);
            }
        }
        push(&mut self.blocks, row, BlockKind::TableRow, 0);
    }

    fn preformatted(&mut self, lines: &[&str]) {
        let lines: Vec<String> = lines.iter().map(|l| l.chars().filter(|c| !c.is_control() || *c == '\t').collect::<String>()).collect();
        let text = lines.join("\n").trim_matches('\n').trim_end().to_owned();
        if !text.trim().is_empty() {
            self.blocks.push(Block { text, kind: BlockKind::Preformatted, element: NO_ELEMENT, ..Block::default() });
        }
    }

    /// Ends the open paragraph.
    fn flush(&mut self) {
        let (kind, level) = (std::mem::take(&mut self.kind), std::mem::take(&mut self.level));
        if self.paragraph.is_empty() {
            return;
        }
        let source = std::mem::take(&mut self.paragraph).join("\n");
        let kind = if is_labels(&source) { BlockKind::Control } else { kind };
        let inline = inline::read(&source, &self.references);
        for picture in inline.pictures {
            push(&mut self.blocks, Run { text: picture, ..Run::default() }, BlockKind::Caption, 0);
        }
        if let Some(target) = inline.target.filter(|_| self.blocks.len() < HEAD) {
            self.targets.insert(self.blocks.len(), target);
        }
        let mut runs = inline.lines;
        if inline.pictured && kind == BlockKind::Paragraph {
            self.captions(&mut runs);
        }
        for run in runs {
            push(&mut self.blocks, run, kind, level);
        }
    }

    /// Short open lines below a picture that running text follows are its caption: taken from the front of `runs`.
    fn captions(&mut self, runs: &mut Vec<Run>) {
        while let Some(run) = runs.first() {
            let text = run.text.trim_start();
            let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
            let caption = line.trim();
            let open = caption.split(' ').count() <= 25 && !caption.ends_with(['.', '!', '?', ':']);
            if !open || (rest.trim().is_empty() && runs.len() == 1) {
                return;
            }
            let rest = rest.to_owned();
            push(&mut self.blocks, Run { text: caption.to_owned(), ..Run::default() }, BlockKind::Caption, 1);
            if rest.trim().is_empty() {
                runs.remove(0);
            } else if let Some(run) = runs.first_mut() {
                (run.link_bytes, run.strong_bytes) = (run.link_bytes.min(rest.len() as u32), run.strong_bytes.min(rest.len() as u32));
                run.text = rest;
            }
        }
    }
}

fn push(blocks: &mut Vec<Block>, run: Run, kind: BlockKind, level: u8) {
    let text = tidy::line(&run.text);
    if !text.is_empty() {
        let (link_bytes, strong_bytes) = (run.link_bytes.min(text.len() as u32), run.strong_bytes.min(text.len() as u32));
        blocks.push(Block { text, kind, level, element: NO_ELEMENT, link_bytes, strong_bytes, hidden: false });
    }
}

/// The fence that opens a block of code.
fn fence(text: &str) -> Option<&'static str> {
    if text.starts_with("```") && !text[3..].contains('`') {
        Some("```")
    } else if text.starts_with("~~~") {
        Some("~~~")
    } else {
        None
    }
}

/// A line that opens a block of HTML.
fn opens_html(text: &str) -> bool {
    const BLOCKS: [&str; 24] = [
        "div",
        "table",
        "section",
        "article",
        "aside",
        "figure",
        "iframe",
        "script",
        "style",
        "details",
        "center",
        "form",
        "nav",
        "header",
        "footer",
        "ul",
        "ol",
        "dl",
        "blockquote",
        "pre",
        "h1",
        "h2",
        "h3",
        "main",
    ];
    let Some(inner) = text.strip_prefix('<') else { return false };
    let name: String =
        inner.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    BLOCKS.contains(&name.as_str())
}

/// The level of the heading that a line of `=` or `-` makes of the paragraph above.
fn underline(text: &str) -> Option<u8> {
    if text.bytes().all(|b| b == b'=') {
        Some(1)
    } else if text.len() > 1 && text.bytes().all(|b| b == b'-') {
        Some(2)
    } else {
        None
    }
}

/// `---`, `* * *`, `___`.
fn is_rule(text: &str) -> bool {
    let signs = text.bytes().filter(|b| *b != b' ').count();
    signs >= 3 && ["-", "*", "_", "="].iter().any(|sign| text.replace(' ', "").trim_matches(sign.chars().next().unwrap_or('-')).is_empty())
}

/// The text of a list item: what follows `-`, `*`, `+`, `•` or `1.`.
fn item(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(['-', '*', '+', '•']) {
        return rest.strip_prefix([' ', '\t']).map(str::trim_start).filter(|r| !r.is_empty());
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text.get(digits..).filter(|_| (1..=3).contains(&digits))?;
    rest.strip_prefix(['.', ')'])?.strip_prefix([' ', '\t']).map(str::trim_start).filter(|r| !r.is_empty())
}

/// Fields written as a list or as lines near the top of a text (`Source: …`, `Date: …`) are taken and marked as fields, with the heading above them
/// and a heading that only says that the text begins.
fn head_fields(blocks: &mut [Block], targets: &HashMap<usize, String>, told: &mut Metadata) {
    const LABELS: [&str; 8] = ["article:", "text:", "content:", "body:", "article", "full text:", "information:", "metadata:"];
    let head = blocks.len().min(HEAD);
    let is_pair = |b: &Block| b.kind != BlockKind::Control && b.text.len() < 400 && fields::pair(&b.text).is_some();
    let Some(first) = (0..head).find(|&i| is_pair(&blocks[i]) && blocks.get(i + 1).is_some_and(&is_pair)) else { return };
    let last = (first..head).take_while(|&i| is_pair(&blocks[i])).last().unwrap_or(first);
    for (at, block) in blocks.iter_mut().enumerate().take(last + 1).skip(first) {
        if let Some((field, value)) = fields::pair(&block.text) {
            let value = targets.get(&at).filter(|_| field == Field::Url).map_or(value, String::as_str);
            fields::take(told, field, &[value.to_owned()], TOLD[0]);
        }
        block.kind = BlockKind::Control;
    }
    let above = first.checked_sub(1);
    for at in above.into_iter().chain([last + 1]) {
        if let Some(block) = blocks.get_mut(at).filter(|b| b.kind == BlockKind::Heading && LABELS.contains(&b.text.to_lowercase().as_str()))
        {
            block.kind = BlockKind::Control;
        }
    }
}

/// Whether a paragraph is nothing but labels of a note: `[[name]] [[other name]]`, `#name #other`.
fn is_labels(source: &str) -> bool {
    let mut rest = source.trim();
    let some = !rest.is_empty();
    while let Some(inner) = rest.strip_prefix("[[") {
        let Some((name, after)) = inner.split_once("]]").filter(|(name, _)| !name.contains(['[', '\n'])) else { return false };
        rest = if name.len() > 120 { return false } else { after.trim_start_matches([' ', '\n', '\t', ',', ';']) };
    }
    let label = |word: &str| word.len() < 60 && word.strip_prefix('#').is_some_and(|w| w.starts_with(char::is_alphabetic));
    some && rest.split_whitespace().all(label)
}

/// Headings below the text that head nothing but fields or nothing at all are fields too: `Tags:`.
fn foot_fields(blocks: &mut [Block]) {
    let Some(text) = blocks.iter().position(|b| b.kind == BlockKind::Paragraph) else { return };
    for at in (text..blocks.len()).rev() {
        let heads = match blocks.get(at + 1) {
            Some(next) => next.kind == BlockKind::Control,
            None => blocks[at].text.ends_with(':'),
        };
        if blocks[at].kind == BlockKind::Heading && heads {
            blocks[at].kind = BlockKind::Control;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<(BlockKind, String)> {
        read(text).blocks.into_iter().map(|b| (b.kind, b.text)).collect()
    }

    #[test]
    fn blocks_are_told_apart() {
        use BlockKind::*;
        let text = "Gate\n====\n\nA paragraph\nof two lines.\n\n> A quote\n> goes on\n\n- one\n- two\n  goes on\n\n3. three\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```sh\nopen  gate\n```\n\n* * *\n\n## Small ##\n\n![alt](x.png)\n\n<div>In <b>a</b> box</div>\n\n[1]: https://gate.example\n";
        let expected: [(BlockKind, &str); 13] = [
            (Heading, "Gate"),
            (Paragraph, "A paragraph of two lines."),
            (Quote, "A quote goes on"),
            (ListItem, "one"),
            (ListItem, "two goes on"),
            (ListItem, "three"),
            (TableRow, "a | b"),
            (TableRow, "1 | 2"),
            (Preformatted, "open  gate"),
            (Heading, "Small"),
            (Caption, "alt"),
            (Paragraph, "In a box"),
            (Paragraph, ""),
        ];
        let expected: Vec<(BlockKind, String)> =
            expected.into_iter().filter(|(_, t)| !t.is_empty()).map(|(k, t)| (k, t.to_owned())).collect();
        assert_eq!(seen(text), expected);
    }

    #[test]
    fn fields_above_the_text_are_metadata() {
        let page = read(
            "# The gate is closed\n\n## Information:\n+ Source: Harbour Gazette\n+ Link: [article](https://gate.example/1)\n+ Date: May 3, 2031\n+ Author: Ida Quill\n\n## Article:\nThe gate is closed.\n",
        );
        assert_eq!(page.metadata.title.map(|v| v.value).as_deref(), Some("The gate is closed"));
        assert_eq!(page.metadata.publisher.map(|v| v.value).as_deref(), Some("Harbour Gazette"));
        assert_eq!(page.metadata.url.map(|v| v.value).as_deref(), Some("https://gate.example/1"));
        assert_eq!(page.metadata.published.map(|v| v.value).as_deref(), Some("2031-05-03"));
        let text: Vec<&str> = page.blocks.iter().filter(|b| b.kind != BlockKind::Control).map(|b| b.text.as_str()).collect();
        assert_eq!(text, ["The gate is closed", "The gate is closed."]);
    }

    #[test]
    fn labels_below_the_text_are_fields() {
        use BlockKind::*;
        let text = "# Gate\n\nThe gate is closed.\n\n## Hinges\n\nSee [[hinges]] and #3.\n\n## Tags:\n\n#### Place:\n[[place.name=Quay]] [[place.name=]]\n\n#gate #harbour-news\n\n### Seen:\n";
        let expected = [
            (Heading, "Gate"),
            (Paragraph, "The gate is closed."),
            (Heading, "Hinges"),
            (Paragraph, "See hinges and #3."),
            (Control, "Tags:"),
            (Control, "Place:"),
            (Control, "place.name=Quay place.name="),
            (Control, "#gate #harbour-news"),
            (Control, "Seen:"),
        ];
        assert_eq!(seen(text), expected.map(|(k, t)| (k, t.to_owned())));
    }

    #[test]
    fn hostile_texts_end() {
        for piece in ["> ", "- ", "|", "<div>", "```\n", "---\n", "# ", "  - a\n", "\n\n<table>", "[a]: b.c\n"] {
            read(&piece.repeat(20_000));
        }
    }
}
