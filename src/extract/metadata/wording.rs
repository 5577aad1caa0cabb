//! How a value is brought into the form a reader sees, and the form in which two values are compared.

use unicode_normalization::UnicodeNormalization;

/// Values beyond this many bytes are cut: nothing that names a page is longer.
const MAX_BYTES: usize = 2_000;

/// Entities that pages write twice (`&amp;#8217;`), so that they outlive the parser. Others are left as they are.
const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("hellip", '…'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("agrave", 'à'),
    ("uuml", 'ü'),
    ("ouml", 'ö'),
    ("auml", 'ä'),
    ("szlig", 'ß'),
    ("shy", '\u{ad}'),
];

/// The value as a reader sees it: entities resolved, mark-up and invisible characters gone, white space collapsed, NFC.
pub(super) fn shown(raw: &str) -> String {
    let raw = (MAX_BYTES.saturating_sub(3)..=MAX_BYTES).rev().find_map(|end| raw.get(..end)).unwrap_or(raw);
    let mut text = resolve(raw);
    if text.contains("&#") || text.contains("&amp;") {
        text = resolve(&text);
    }
    let mut out = String::with_capacity(text.len());
    let mut tag = false;
    let mut chars = text.nfc().peekable();
    while let Some(c) = chars.next() {
        match c {
            // "<em>" and "</p>", but not "a < b".
            '<' if chars.peek().is_some_and(|n| n.is_ascii_alphabetic() || *n == '/') => tag = true,
            '>' if tag => tag = false,
            _ if tag => {}
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => {}
            c if c.is_whitespace() || c.is_control() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Resolves entities once.
fn resolve(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let resolved = rest.bytes().take(10).position(|b| b == b';').and_then(|end| Some((entity(rest.get(..end)?)?, end)));
        match resolved {
            Some((c, end)) => {
                out.push(c);
                rest = rest.get(end + 1..).unwrap_or_default();
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}

/// Words of the value in lower case, parted by single blanks, without marks: equal for what a reader would call the same.
pub(super) fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if c != '\u{ad}' && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_come_out_as_read() {
        let table = [
            ("  Ports &amp; harbours \n closed ", "Ports & harbours closed"),
            ("It&#8217;s &amp;#8220;over&amp;#8221;", "It’s “over”"),
            ("A <em>very</em> long day", "A very long day"),
            ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
            ("Ha\u{ad}fen\u{200b}stadt", "Hafenstadt"),
            ("&unknown; &#xZZ;", "&unknown; &#xZZ;"),
        ];
        for (raw, wanted) in table {
            assert_eq!(shown(raw), wanted);
        }
        for (name, c) in ENTITIES {
            assert_eq!(resolve(&format!("a&{name};b")), format!("a{c}b"));
        }
    }

    #[test]
    fn keys_forget_marks_and_case() {
        assert_eq!(key("“Hello”,  World!"), key("hello world"));
        assert_ne!(key("hello world"), key("helloworld"));
    }

    proptest! {
        #[test]
        fn no_value_panics(raw in "[&#x;<>/a-z0-9\\PC]{0,200}") {
            let once = shown(&raw);
            prop_assert!(!once.starts_with(' ') && !once.ends_with(' '));
        }
    }
}
