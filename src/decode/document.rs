//! Documents that hold one article: what their adapters hand on, a page of simple mark-up.
//!
//! The mark-up is our own and small: a head of `<meta name=… content=… data-trust=…>`, then `h1` to `h6`, `p`, `ul` and `li`, `pre`, `table`. Classes say what
//! geometry or a container knows of a block and its text does not: see [`Mark`].

use super::{Decoded, Metadata};
use crate::article::Source;

/// What an adapter knows of a block beyond its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// The headline, by its type or its style.
    Title,
    /// A line that returns on the pages.
    RunningHead,
    /// A line of a table of contents.
    Contents,
    /// Cover, imprint and the like.
    FrontMatter,
    /// A note at the foot of a page.
    Footnote,
}

impl Mark {
    /// The class in the mark-up; `extract::document` reads it.
    pub(super) fn class(self) -> &'static str {
        match self {
            Mark::Title => "document-title",
            Mark::RunningHead => "running-head",
            Mark::Contents => "contents",
            Mark::FrontMatter => "front-matter",
            Mark::Footnote => "footnote",
        }
    }
}

/// How far a field of a file is to be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// A field made for readers, filled by the publisher: that of an EPUB or an advisory.
    Package,
    /// A field that programs fill when nobody does: that of a PDF or a word processor.
    File,
}

/// What a document says of itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    metas: String,
}

impl Head {
    fn add(&mut self, name: &str, value: &str, trust: Trust) {
        let value = value.trim();
        if value.is_empty() || value.len() > 2_000 {
            return;
        }
        let trust = match trust {
            Trust::Package => "package",
            Trust::File => "file",
        };
        self.metas.push_str("<meta name=\"");
        self.metas.push_str(name);
        self.metas.push_str("\" data-trust=\"");
        self.metas.push_str(trust);
        self.metas.push_str("\" content=\"");
        escape_into(&mut self.metas, value);
        self.metas.push_str("\">\n");
    }

    pub(super) fn title(&mut self, value: &str, trust: Trust) {
        self.add("title", value, trust);
    }

    pub(super) fn author(&mut self, value: &str, trust: Trust) {
        self.add("author", value, trust);
    }

    pub(super) fn publisher(&mut self, value: &str) {
        self.add("publisher", value, Trust::Package);
    }

    /// A day or time, as ISO 8601 writes it.
    pub(super) fn published(&mut self, value: &str) {
        self.add("published", value, Trust::Package);
    }

    pub(super) fn modified(&mut self, value: &str) {
        self.add("modified", value, Trust::Package);
    }

    pub(super) fn url(&mut self, value: &str) {
        self.add("url", value, Trust::Package);
    }

    pub(super) fn language(&mut self, value: &str) {
        self.add("language", value, Trust::Package);
    }
}

/// Writes the body of a document.
#[derive(Debug, Default)]
pub(super) struct Body {
    html: String,
    /// An open list.
    list: bool,
}

impl Body {
    fn block(&mut self, tag: &str, text: &str, mark: Option<Mark>) {
        if text.trim().is_empty() {
            return;
        }
        self.end_list();
        self.open(tag, mark);
        escape_into(&mut self.html, text);
        self.close(tag);
    }

    fn open(&mut self, tag: &str, mark: Option<Mark>) {
        self.html.push('<');
        self.html.push_str(tag);
        if let Some(mark) = mark {
            self.html.push_str(" class=\"");
            self.html.push_str(mark.class());
            self.html.push('"');
        }
        self.html.push('>');
    }

    fn close(&mut self, tag: &str) {
        self.html.push_str("</");
        self.html.push_str(tag);
        self.html.push_str(">\n");
    }

    fn end_list(&mut self) {
        if std::mem::take(&mut self.list) {
            self.html.push_str("</ul>\n");
        }
    }

    pub(super) fn paragraph(&mut self, text: &str, mark: Option<Mark>) {
        self.block("p", text, mark);
    }

    /// A heading; `level` from 1 to 6.
    pub(super) fn heading(&mut self, level: usize, text: &str, mark: Option<Mark>) {
        const TAGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
        self.block(TAGS[level.clamp(1, 6) - 1], text, mark);
    }

    pub(super) fn item(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        if !std::mem::replace(&mut self.list, true) {
            self.html.push_str("<ul>");
        }
        self.html.push_str("<li>");
        escape_into(&mut self.html, text);
        self.html.push_str("</li>");
    }

    /// Lines that stay lines.
    pub(super) fn preformatted(&mut self, text: &str) {
        self.block("pre", text, None);
    }

    /// A table; empty cells keep their place.
    pub(super) fn table(&mut self, rows: &[Vec<String>]) {
        self.end_list();
        self.html.push_str("<table>");
        for row in rows.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())) {
            self.html.push_str("<tr>");
            for cell in row {
                self.html.push_str("<td>");
                escape_into(&mut self.html, cell);
                self.html.push_str("</td>");
            }
            self.html.push_str("</tr>");
        }
        self.html.push_str("</table>\n");
    }

    /// Bytes written so far.
    pub(super) fn len(&self) -> usize {
        self.html.len()
    }

    /// The whole document.
    pub(super) fn finish(mut self, head: Head) -> Decoded {
        self.end_list();
        finish(&head, &self.html)
    }
}

/// A document of mark-up that is written already.
pub(super) fn finish(head: &Head, body: &str) -> Decoded {
    let text = format!("<!DOCTYPE html><html><head>\n{}</head><body>\n{body}</body></html>\n", head.metas);
    Decoded { source: Source::Document, text, charset: "UTF-8", told: Metadata::default() }
}

/// Text as mark-up. Control characters but line breaks and tabs are no text.
pub(super) fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

/// Text of XML: the five entities and characters by number. Entities that a document declares are not known, so none can grow.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest[1..].split(';').next().filter(|e| e.len() <= 10 && rest.len() > e.len() + 1);
        let character = entity.and_then(|entity| match entity {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => {
                let number = entity.strip_prefix('#')?;
                let hex = number.strip_prefix(['x', 'X']);
                let value = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
                char::from_u32(value).filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
            }
        });
        match (character, entity) {
            (Some(c), Some(entity)) => {
                out.push(c);
                rest = &rest[entity.len() + 2..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_read_and_unknown_ones_left() {
        assert_eq!(unescape("a &amp;&lt;&#65;&#x42; &lol; & &;x"), "a &<AB &lol; & &;x");
    }

    #[test]
    fn text_cannot_become_markup() {
        let mut body = Body::default();
        body.paragraph("<script>\u{1b}[31m & \"x\"", Some(Mark::Title));
        body.item("one");
        body.item("two");
        body.paragraph("", None);
        let mut head = Head::default();
        head.title("A \"title\" <b>", Trust::File);
        let html = body.finish(head).text;
        assert!(html.contains("<p class=\"document-title\">&lt;script&gt;[31m &amp; &quot;x&quot;</p>"), "{html}");
        assert!(html.contains("<ul><li>one</li><li>two</li></ul>"), "{html}");
        assert!(html.contains("content=\"A &quot;title&quot; &lt;b&gt;\""), "{html}");
    }
}
