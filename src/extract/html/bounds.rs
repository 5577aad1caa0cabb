//! Bounds the work of the parser: images written into the page go, nesting deeper than any page a person wrote is flattened, and tags have no more
//! attributes than any person gives them.
//!
//! A saved page may hold megabytes of `data:` addresses, which the parser would copy character by character. The tree-building
//! algorithm of HTML walks the stack of open elements at every tag, so a page of a million nested tags would take hours, and it looks
//! for each attribute among those before it, so a tag of a million attributes would as well. One pass over the tags, before parsing,
//! sees to all three. Text is never touched.

use memchr::{memchr, memchr3, memmem};
use std::borrow::Cow;

/// Elements may nest this deep; browsers stop at 512.
const DEPTH: usize = 400;
/// Inline elements that the parser reopens in every following paragraph may nest this deep.
const REOPENED_DEPTH: usize = 40;
/// An attribute longer than this that holds a `data:` address is dropped.
const LONG_ATTRIBUTE: usize = 256;
/// A tag that is longer than this is looked at for its number of attributes, which must not be above the second.
const LONG_TAG: usize = 4 << 10;
const ATTRIBUTES: usize = 500;

/// Tags that never nest, because the parser closes them by itself or because they have no content.
const SELF_CLOSING: &[&str] = &[
    "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li", "link", "meta", "option", "p",
    "param", "rp", "rt", "source", "td", "th", "tr", "track", "wbr",
];
/// Tags the parser reopens after a block that cut them off (the list of active formatting elements).
const REOPENED: &[&str] = &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// `html`, or a copy with less to do.
pub(super) fn bound(html: &str) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let mut out = String::new();
    let (mut copied, mut at) = (0, 0);
    let (mut depth, mut reopened, mut foreign) = (0usize, 0usize, 0usize);
    // Drops bytes `from..to`, on the boundaries of ASCII characters.
    let mut cut = |from: usize, to: usize| {
        out.push_str(html.get(copied..from).unwrap_or_default());
        copied = to;
    };
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr(b'<', rest)) {
        let start = at + found;
        let closing = bytes.get(start + 1) == Some(&b'/');
        let name_at = start + 1 + usize::from(closing);
        let rest = bytes.get(name_at..).unwrap_or_default();
        if !closing && rest.starts_with(b"!--") {
            at = memmem::find(rest, b"-->").map_or(bytes.len(), |end| name_at + end + 3);
            continue;
        }
        if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
            at = start + 1;
            continue;
        }
        let length = rest.iter().take(32).take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
        let mut name = [0u8; 32];
        let name = lower(rest.get(..length).unwrap_or_default(), &mut name);
        let (end, long) = tag_end(bytes, name_at + length);
        at = end;
        let is_reopened = REOPENED.binary_search(&name).is_ok();
        // Only in drawings and formulas does `/>` close an element.
        let slash = foreign > 0 && bytes.get(end.saturating_sub(2)) == Some(&b'/');
        let nests = SELF_CLOSING.binary_search(&name).is_err() && !slash;
        if matches!(name, "svg" | "math") && !slash {
            foreign = if closing { foreign.saturating_sub(1) } else { foreign + 1 };
        }
        if closing {
            if nests {
                let over = if is_reopened { reopened > REOPENED_DEPTH } else { depth > DEPTH };
                if over {
                    cut(start, end);
                }
                let count = if is_reopened { &mut reopened } else { &mut depth };
                *count = count.saturating_sub(1);
            }
            continue;
        }
        if nests {
            let count = if is_reopened { &mut reopened } else { &mut depth };
            *count += 1;
            if *count > if is_reopened { REOPENED_DEPTH } else { DEPTH } {
                cut(start, end);
                continue;
            }
        }
        // A tag with too many keeps the first of them.
        let kept = if end - start > LONG_TAG { attributes_end(bytes, name_at + length, end) } else { end };
        for (from, to) in long.into_iter().filter(|(_, to)| *to < kept) {
            cut(from, to);
        }
        if kept < end {
            cut(kept, end - 1);
        }
        if matches!(name, "script" | "style") {
            depth = depth.saturating_sub(1);
            at = raw_end(bytes, end, name);
        }
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(html.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

fn lower<'b>(name: &[u8], buffer: &'b mut [u8; 32]) -> &'b str {
    for (to, from) in buffer.iter_mut().zip(name) {
        *to = from.to_ascii_lowercase();
    }
    buffer.get(..name.len()).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default()
}

/// One past the `>` of a tag, and the values of its attributes that are long `data:` addresses.
fn tag_end(bytes: &[u8], mut at: usize) -> (usize, Vec<(usize, usize)>) {
    let mut long = Vec::new();
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr3(b'>', b'"', b'\'', rest)) {
        let mark = at + found;
        let Some(&quote) = bytes.get(mark) else { break };
        if quote == b'>' {
            return (mark + 1, long);
        }
        // A quote opens a value only after `=`; elsewhere it is a slip of the author.
        let opens = bytes.get(..mark).and_then(|b| b.iter().rev().find(|b| !b.is_ascii_whitespace())) == Some(&b'=');
        let Some(length) = bytes.get(mark + 1..).and_then(|rest| memchr(quote, rest)).filter(|_| opens) else {
            at = mark + 1;
            continue;
        };
        let end = mark + 1 + length;
        if length > LONG_ATTRIBUTE && bytes.get(mark + 1..end).is_some_and(|value| memmem::find(value, b"data:").is_some()) {
            long.push((mark + 1, end));
        }
        at = end + 1;
    }
    (bytes.len(), long)
}

/// Where the last attribute ends that a tag may have; `end` where it has no more.
fn attributes_end(bytes: &[u8], from: usize, end: usize) -> usize {
    let (mut count, mut at) = (0, from);
    let mut before = b' ';
    while let Some(&byte) = bytes.get(at).filter(|_| at < end) {
        let is_space = byte.is_ascii_whitespace() || byte == b'/';
        // What stands after a blank, or after a quoted value, is the next; a blank around `=` makes one more of it at most.
        if !is_space && (before.is_ascii_whitespace() || matches!(before, b'/' | b'"' | b'\'')) && byte != b'>' {
            count += 1;
            if count > ATTRIBUTES {
                return at;
            }
        }
        before = byte;
        at += 1;
        if matches!(byte, b'"' | b'\'') && bytes.get(..at - 1).is_some_and(|b| b.ends_with(b"=")) {
            at += bytes.get(at..end).and_then(|rest| memchr(byte, rest)).map_or(0, |length| length + 1);
        }
    }
    end
}

/// Where the raw text of a script or style ends.
fn raw_end(bytes: &[u8], from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = bytes.get(at..).and_then(|rest| memmem::find(rest, b"</")) {
        let close = at + found;
        if bytes.get(close + 2..close + 2 + name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes())) {
            return close;
        }
        at = close + 2;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_page_is_not_copied() {
        let html = "<p>One <b>two</b> <img src=\"data:short\"></p><script>if (a<b) x()</script><!-- <div> -->";
        assert!(matches!(bound(html), Cow::Borrowed(_)));
    }

    #[test]
    fn long_data_addresses_go_and_the_text_stays() {
        let html = format!("<p>Before<img alt=x src=\"data:image/png;base64,{}\">after</p>", "A".repeat(9000));
        assert_eq!(bound(&html), "<p>Before<img alt=x src=\"\">after</p>");
    }

    #[test]
    fn deep_nesting_is_flattened_and_its_text_stays() {
        let html = format!("{}deep{}<p>after", "<div>".repeat(5000), "</div>".repeat(5000));
        let flat = bound(&html);
        assert_eq!(flat.matches("<div>").count(), DEPTH);
        assert_eq!(flat.matches("</div>").count(), DEPTH);
        assert!(flat.contains("deep") && flat.ends_with("<p>after"));
    }

    #[test]
    fn a_tag_keeps_its_first_attributes() {
        let many = |quote: &str| (0..100_000).map(|n| format!(" a{n}={quote}x y{quote}")).collect::<String>();
        for quote in ["\"", "'"] {
            let flat = format!("<p id=1{}>The gate</p>", many(quote));
            let flat = bound(&flat);
            assert!(flat.starts_with("<p id=1 a0=") && flat.ends_with(">The gate</p>") && flat.len() < 20_000, "{}", flat.len());
        }
        let bare = format!("<p{}>The gate", " a".repeat(100_000));
        assert!(bound(&bare).len() < 2_000 && bound(&bare).ends_with(">The gate"));
        let long = format!("<p title=\"{}\" id=2>The gate", "a word ".repeat(10_000));
        assert!(matches!(bound(&long), Cow::Borrowed(_)), "one long value is no crowd");
    }

    #[test]
    fn the_lists_are_sorted() {
        assert!(SELF_CLOSING.is_sorted() && REOPENED.is_sorted());
    }
}
