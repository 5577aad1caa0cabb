//! Text as a reader sees it: single spaces, no invisible characters, Unicode NFC.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A line with single spaces, without soft hyphens, zero-width and direction marks and control characters, in NFC.
///
/// Joiners of scripts that need them (U+200C, U+200D) stay.
pub(in crate::extract) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        for word in text.split_ascii_whitespace().flat_map(|w| w.split('\u{b}')).filter(|w| !w.is_empty()) {
            let before = out.len();
            if before > 0 {
                out.push(' ');
            }
            let from = out.len();
            if word.bytes().any(|b| b.is_ascii_control()) {
                out.extend(word.chars().filter(|c| !c.is_ascii_control()));
            } else {
                out.push_str(word);
            }
            if out.len() == from {
                out.truncate(before);
            }
        }
        return out;
    }
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() {
            space = !out.is_empty();
        } else if !is_invisible(c) {
            if space {
                out.push(' ');
                space = false;
            }
            out.push(c);
        }
    }
    if is_nfc(&out) { out } else { out.nfc().collect() }
}

/// Soft hyphen, zero-width space, word joiner, byte order mark, direction marks, control characters.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffc}')
        || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_single_and_nothing_invisible_stays() {
        assert_eq!(line("  a\u{a0}\tb\u{ad}c \u{200b} d\u{202e}e\u{7} "), "a bc de");
        assert_eq!(line("cafe\u{301}"), "café");
        assert_eq!(line("\u{1} a\u{b}b \u{1} c\u{2}d \r\n\u{c}"), "a b cd");
    }
}
