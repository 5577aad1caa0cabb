//! Pages and texts: one article in a file, with or without mark-up.

use super::charset;
use super::format::{Format, Head, Reads};
use super::{Decoded, Metadata};
use crate::article::Source;
use crate::error::Skipped;

pub(super) const FORMAT: Format = Format { name: "page", version: 1, tells: |head| what(head).is_none(), reads: Reads::One(read) };

/// Endings whose files are never articles, with what to call them.
const FOREIGN: &[(&str, &str)] = &[
    ("json", "JSON"),
    ("jsonl", "JSON"),
    ("csv", "CSV"),
    ("tsv", "CSV"),
    ("xml", "XML"),
    ("rss", "feed"),
    ("css", "style sheet"),
    ("js", "script"),
    ("toml", "configuration"),
    ("yaml", "configuration"),
    ("yml", "configuration"),
    ("lock", "lock file"),
    ("svg", "picture"),
];

/// First bytes of formats that are not read, with what to call them.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF", "PDF"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"RIFF", "media"),
    (b"\xd0\xcf\x11\xe0", "office document"),
    (b"{\\rtf", "RTF"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
];

/// Why a file is not read.
pub(super) fn foreign(head: &Head<'_>) -> Skipped {
    Skipped::Format(what(head).unwrap_or("unknown").into())
}

/// What a file is that is no page and no text.
fn what(head: &Head<'_>) -> Option<&'static str> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.bytes.starts_with(magic)) {
        return Some(what);
    }
    let ending = head.ending();
    if let Some((_, what)) = FOREIGN.iter().find(|(e, _)| *e == ending) {
        return Some(what);
    }
    let wide = head.bytes.starts_with(b"\xff\xfe") || head.bytes.starts_with(b"\xfe\xff");
    (!wide && begins(head).contains(&0)).then_some("binary data")
}

fn begins<'h>(head: &Head<'h>) -> &'h [u8] {
    &head.bytes[..head.bytes.len().min(4096)]
}

fn read(name: &str, bytes: &[u8]) -> Result<Decoded, Skipped> {
    let source = source_of(&Head { name, bytes });
    let (text, charset) = charset::to_text(bytes, source == Source::Html);
    Ok(Decoded { source, text, charset, told: Metadata::default() })
}

fn source_of(head: &Head<'_>) -> Source {
    match head.ending().as_str() {
        "html" | "htm" | "xhtml" | "shtml" | "php" | "asp" | "aspx" | "jsp" => Source::Html,
        "md" | "markdown" | "mdown" | "mkd" => Source::Markdown,
        _ if looks_like_html(begins(head)) => Source::Html,
        _ => Source::Text,
    }
}

/// A page saved under any name: a doctype or `<html` among the first tags.
pub(super) fn looks_like_html(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head).replace('\0', "").to_ascii_lowercase();
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    text.starts_with("<!doctype html")
        || (text.starts_with('<') && (text.contains("<html") || text.contains("<body") || text.contains("<head")))
}
