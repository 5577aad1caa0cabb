//! Text of unknown origin made safe for a terminal.

use std::borrow::Cow;

/// Replaces what could move the cursor, change colours, reorder or hide text by a visible `\u{…}`.
///
/// Control characters but line feed and tab, bidirectional overrides and isolates, zero-width characters, and the line and
/// paragraph separators. Zero-width joiners stay next to characters beyond Latin, where scripts and emoji need them.
///
/// ```
/// use demarche::present::escape;
/// assert_eq!(escape("plain\ttext"), "plain\ttext");
/// assert_eq!(escape("\u{1b}[2J"), "\\u{1b}[2J");
/// assert_eq!(escape("abc\u{202e}fed"), "abc\\u{202e}fed");
/// ```
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.chars().any(suspicious) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut previous = ' ';
    for c in text.chars() {
        let joiner = matches!(c, '\u{200c}' | '\u{200d}') && previous as u32 >= 0x300;
        if suspicious(c) && !joiner {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
        previous = c;
    }
    Cow::Owned(out)
}

/// Whether a terminal may do something else with it than show it.
fn suspicious(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => {
            true
        }
        // Tag characters: invisible text inside text.
        '\u{e0000}'..='\u{e007f}' => true,
        _ => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_moves_or_hides_text_comes_through() {
        let hostile = "a\u{1b}]0;title\u{7}b\r\u{9b}31mc\u{200b}d\u{2066}e\u{e0041}f\u{8}";
        assert!(!escape(hostile).chars().any(suspicious), "{:?}", escape(hostile));
    }

    #[test]
    fn joiners_stay_where_a_script_needs_them() {
        assert_eq!(escape("می\u{200c}خواهم"), "می\u{200c}خواهم");
        assert_eq!(escape("👩\u{200d}💻"), "👩\u{200d}💻");
        assert_eq!(escape("pay\u{200d}pal"), "pay\\u{200d}pal");
    }
}
