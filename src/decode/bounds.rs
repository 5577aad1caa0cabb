//! What no article has: texts beyond these bounds are skipped, since reading them would take hundreds of bytes of memory for each of their own.

use super::Decoded;
use crate::article::Source;
use crate::error::Skipped;
use memchr::{memchr, memmem};

/// The most tags of a page, and lines of a text. The longest pages that people write have some ten thousand; each takes about a kilobyte and a half until
/// the article is read.
const TAGS: usize = 200_000;
const LINES: usize = 200_000;
/// The most bytes of text, in MiB: two thick books. Pages may be larger, for their scripts and the pictures written into them. What is found in a text can
/// take forty times its size.
const TEXT_MIB: u64 = 8;

/// A text that is worth reading.
pub(super) fn bounded(decoded: Decoded) -> Result<Decoded, Skipped> {
    if decoded.text.chars().all(|c| c.is_whitespace() || c.is_control()) {
        return Err(Skipped::Empty);
    }
    let text = decoded.text.as_bytes();
    let (len, (parts, what, limit)) = match decoded.source {
        Source::Html | Source::Document => {
            let (tags, len) = of_page(text);
            (len, (tags, "tags", TAGS))
        }
        Source::Text | Source::Markdown => (text.len(), (memchr::memchr_iter(b'\n', text).count(), "lines", LINES)),
    };
    if parts > limit {
        return Err(Skipped::TooMany { what, limit });
    }
    if len as u64 > TEXT_MIB << 20 { Err(Skipped::TooLarge { limit: TEXT_MIB }) } else { Ok(decoded) }
}

/// The tags of a page and the bytes between them, without scripts, styles and comments.
fn of_page(text: &[u8]) -> (usize, usize) {
    let (mut tags, mut len, mut at) = (0, 0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let to = memchr(b'<', rest).unwrap_or(rest.len());
        len += to;
        let tag = &rest[to..];
        let raw = [&b"script"[..], b"style"].into_iter().find(|name| tag.get(1..=name.len()).is_some_and(|t| t.eq_ignore_ascii_case(name)));
        let end = match raw {
            _ if tag.starts_with(b"<!--") => memmem::find(tag, b"-->"),
            Some(name) => {
                memmem::find_iter(tag, b"</").find(|at| tag.get(at + 2..at + 2 + name.len()).is_some_and(|t| t.eq_ignore_ascii_case(name)))
            }
            None if tag.get(1).is_some_and(u8::is_ascii_alphabetic) => {
                tags += 1;
                memchr(b'>', tag)
            }
            None => Some(0),
        };
        at += to + end.unwrap_or(tag.len()).max(1);
    }
    (tags, len)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::article::Metadata;

    fn reason(source: Source, text: String) -> Option<String> {
        bounded(Decoded { source, text, charset: "UTF-8", told: Metadata::default() }).err().map(|skipped| skipped.to_string())
    }

    #[test]
    fn texts_beyond_any_article_are_left() {
        assert_eq!(reason(Source::Html, "<p>The gate".repeat(TAGS)), None);
        assert_eq!(reason(Source::Html, "<p>The gate".repeat(TAGS + 1)).as_deref(), Some("more than 200000 tags"));
        assert_eq!(reason(Source::Html, "a < b </p> ".repeat(TAGS + 1)), None);
        assert_eq!(reason(Source::Html, format!("<p>{}", "The gate ".repeat(1 << 20))).as_deref(), Some("larger than 8 MiB"));
        let beside = "The gate ".repeat(1 << 20);
        for page in [format!("<p title='{beside}'>a"), format!("<!-- {beside} <p>--> a"), format!("<SCRIPT>\"<p></p>{beside}\"</Script>a")]
        {
            assert_eq!(reason(Source::Html, page), None);
        }
        assert_eq!(reason(Source::Text, "The gate\n".repeat(LINES)), None);
        assert_eq!(reason(Source::Text, "The gate\n".repeat(LINES + 1)).as_deref(), Some("more than 200000 lines"));
        assert_eq!(reason(Source::Markdown, "The gate ".repeat(2 << 20)).as_deref(), Some("larger than 8 MiB"));
        assert_eq!(reason(Source::Text, " \n\u{0}".into()).as_deref(), Some("empty"));
    }
}
