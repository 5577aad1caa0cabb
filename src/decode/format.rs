//! Which of the read formats some bytes are, from their first bytes and then the file's ending.

use crate::article::Source;
use crate::error::Skipped;

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
    (b"PK\x03\x04", "zip or office document"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"RIFF", "media"),
    (b"\xd0\xcf\x11\xe0", "office document"),
    (b"{\\rtf", "RTF"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
];

pub(super) fn tell(name: &str, bytes: &[u8]) -> Result<Source, Skipped> {
    if bytes.is_empty() {
        return Err(Skipped::Empty);
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Skipped::Format((*what).into()));
    }
    let ending = name.rsplit('/').next().and_then(|n| n.rsplit_once('.')).map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    if let Some((_, what)) = FOREIGN.iter().find(|(e, _)| *e == ending) {
        return Err(Skipped::Format((*what).into()));
    }
    let wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let head = &bytes[..bytes.len().min(4096)];
    if !wide && head.contains(&0) {
        return Err(Skipped::Format("binary data".into()));
    }
    Ok(match ending.as_str() {
        "html" | "htm" | "xhtml" | "shtml" | "php" | "asp" | "aspx" | "jsp" => Source::Html,
        "md" | "markdown" | "mdown" | "mkd" => Source::Markdown,
        _ if looks_like_html(head) => Source::Html,
        _ => Source::Text,
    })
}

/// A page saved under any name: a doctype or `<html` among the first tags.
fn looks_like_html(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head).replace('\0', "").to_ascii_lowercase();
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    text.starts_with("<!doctype html")
        || (text.starts_with('<') && (text.contains("<html") || text.contains("<body") || text.contains("<head")))
}
