//! JSON as pages write it: read as far as it goes.
//!
//! Scripts of type `application/ld+json` hold raw line breaks in strings, trailing commas, comments, CDATA frames, and stop in the middle.
//! A strict parser would lose all of them; this one keeps what it understood. Depth and size are bounded.

use std::borrow::Cow;

/// A value. Numbers keep their text; `true`, `false` and `null` are [`Json::Other`].
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    Other,
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The member of that name; names are compared as written.
    pub(super) fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Json::Object(members) => members.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a text, a number, or the first of a list.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) | Json::Number(text) => Some(text),
            Json::List(items) => items.first().and_then(|first| if matches!(first, Json::List(_)) { None } else { first.text() }),
            // {"@value": "…", "@language": "en"}
            Json::Object(_) => match self.get("@value") {
                Some(Json::Text(text)) => Some(text),
                _ => None,
            },
            Json::Other => None,
        }
    }

    /// The values of a list; any other value is a list of itself.
    pub(super) fn items(&self) -> &[Json] {
        match self {
            Json::List(items) => items,
            other => std::slice::from_ref(other),
        }
    }
}

/// Deeper values are skipped.
const MAX_DEPTH: usize = 40;
/// Values beyond this many are skipped.
const MAX_VALUES: usize = 60_000;
/// Bytes read of one script.
const MAX_BYTES: usize = 4 << 20;

/// The values of a script, one after the other; usually one.
pub(super) fn parse(script: &str) -> Vec<Json> {
    let text = (MAX_BYTES.saturating_sub(3)..=MAX_BYTES).rev().find_map(|end| script.get(..end)).unwrap_or(script);
    let text = text.split_once("<![CDATA[").filter(|(before, _)| before.len() < 40).map_or(text, |(_, rest)| rest);
    let mut parser = Parser { text, bytes: text.as_bytes(), at: 0, values: 0 };
    let mut roots = Vec::new();
    while let Some(open) = parser.rest().iter().position(|b| matches!(b, b'{' | b'[')) {
        parser.at += open;
        if roots.len() == 64 || parser.values > MAX_VALUES {
            break;
        }
        match parser.value(0) {
            Some(value) => roots.push(value),
            None => parser.at += 1,
        }
    }
    roots
}

struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    values: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// White space and comments.
    fn skip(&mut self) {
        loop {
            match self.rest() {
                [b' ' | b'\t' | b'\n' | b'\r', ..] => self.at += 1,
                [0xC2, 0xA0, ..] => self.at += 2,
                [b'/', b'/', ..] => self.at += self.rest().iter().position(|b| *b == b'\n').unwrap_or(self.rest().len()),
                [b'/', b'*', rest @ ..] => {
                    self.at += memchr::memmem::find(rest, b"*/").map_or(self.rest().len(), |end| end + 4);
                }
                _ => return,
            }
        }
    }

    /// One value; `None` where none begins here.
    fn value(&mut self, depth: usize) -> Option<Json> {
        self.skip();
        self.values += 1;
        if self.values > MAX_VALUES {
            self.at = self.bytes.len();
            return None;
        }
        match self.peek()? {
            b'{' | b'[' if depth >= MAX_DEPTH => {
                self.skip_nested();
                Some(Json::Other)
            }
            b'{' => Some(self.object(depth)),
            b'[' => Some(self.list(depth)),
            b'"' => Some(Json::Text(self.string())),
            b'0'..=b'9' | b'-' => {
                let length = self.rest().iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.')).count();
                let start = self.at;
                self.at += length;
                Some(Json::Number(self.text.get(start..self.at).unwrap_or_default().to_owned()))
            }
            b if b.is_ascii_alphabetic() => {
                self.at += self.rest().iter().take_while(|b| b.is_ascii_alphanumeric()).count();
                Some(Json::Other)
            }
            _ => None,
        }
    }

    fn object(&mut self, depth: usize) -> Json {
        self.at += 1;
        let mut members = Vec::new();
        loop {
            self.skip();
            match self.peek() {
                None => break,
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                Some(b'"') => {
                    let key = self.string();
                    self.skip();
                    if self.peek() == Some(b':') {
                        self.at += 1;
                        match self.value(depth + 1) {
                            Some(value) => members.push((key, value)),
                            None => continue,
                        }
                    }
                }
                // A closing bracket of the parent: this object was never closed.
                Some(b']') => break,
                Some(_) => self.at += 1,
            }
        }
        Json::Object(members)
    }

    fn list(&mut self, depth: usize) -> Json {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip();
            match self.peek() {
                None => break,
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                Some(b'}') => break,
                Some(_) => match self.value(depth + 1) {
                    Some(value) => items.push(value),
                    None => self.at += 1,
                },
            }
        }
        Json::List(items)
    }

    /// A string at a quote. A quote inside that nobody escaped does not end it: what follows the end of a string is `,`, `:`, `}` or `]`.
    fn string(&mut self) -> String {
        self.at += 1;
        let start = self.at;
        let mut end = self.bytes.len();
        let mut escaped = false;
        while let Some(found) = memchr::memchr2(b'"', b'\\', self.rest()) {
            self.at += found;
            if self.peek() == Some(b'\\') {
                escaped = true;
                self.at = (self.at + 2).min(self.bytes.len());
                continue;
            }
            let after = self.bytes.get(self.at + 1..).unwrap_or_default();
            let next = after.iter().take(200).find(|b| !b.is_ascii_whitespace());
            if matches!(next, None | Some(b',' | b':' | b'}' | b']' | b'/' | b'"')) {
                end = self.at;
                break;
            }
            self.at += 1;
        }
        self.at = (end + 1).min(self.bytes.len());
        let raw = self.text.get(start..end).unwrap_or_default();
        if escaped { unescape(raw).into_owned() } else { raw.to_owned() }
    }

    /// Past a nested value without keeping it.
    fn skip_nested(&mut self) {
        let mut open = 0usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'{' | b'[' => open += 1,
                b'}' | b']' => open -= 1,
                b'"' => {
                    let _ = self.string();
                    continue;
                }
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                return;
            }
        }
    }
}

/// Resolves the escapes of RFC 8259 section 7; others lose their backslash.
fn unescape(raw: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    let hex = |chars: &mut std::str::Chars<'_>| -> Option<u32> {
        let digits = chars.as_str().get(..4)?;
        let value = u32::from_str_radix(digits, 16).ok()?;
        *chars = chars.as_str().get(4..)?.chars();
        Some(value)
    };
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n' | 'r' | 't' | 'f' | 'b') => out.push(' '),
            Some('u') => {
                let Some(mut code) = hex(&mut chars) else { continue };
                if (0xD800..0xDC00).contains(&code) && chars.as_str().starts_with("\\u") {
                    let mut ahead = chars.as_str().get(2..).unwrap_or_default().chars();
                    if let Some(low) = hex(&mut ahead).filter(|low| (0xDC00..0xE000).contains(low)) {
                        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                        chars = ahead;
                    }
                }
                out.push(char::from_u32(code).unwrap_or('\u{FFFD}'));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn headline(script: &str) -> Option<String> {
        parse(script).iter().find_map(|root| root.get("headline")?.text().map(str::to_owned))
    }

    #[test]
    fn broken_scripts_give_what_they_hold() {
        let table = [
            "{\"headline\": \"Two words\"}",
            "<!-- {\"headline\": \"Two words\",} -->",
            "//<![CDATA[\n{\"headline\": \"Two words\"}\n//]]>",
            "{\"a\": [1,2,], /* why */ \"headline\": \"Two words\"",
            "{\"text\": \"one\ntwo\", \"headline\": \"Two words\"}",
            "{\"text\": \"he said \"no\" again\", \"headline\": \"Two words\"}",
            "{\"a\": , \"headline\": \"Two words\"}",
            "{\"a\": 1 \"headline\": \"Two words\"}",
            "{\"a\": {\"b\": [1, 2}, \"headline\": \"Two words\"}",
            "{\"headline\": [\"Two words\"]};",
            "{\"headline\": \"Two\\u0020words\"}",
        ];
        for script in table {
            assert_eq!(headline(script).as_deref(), Some("Two words"), "{script}");
        }
    }

    #[test]
    fn pairs_of_surrogates_are_one_character() {
        assert_eq!(headline(r#"{"headline": "\ud83d\ude00 \ud83d x \"q\""}"#).as_deref(), Some("😀 \u{FFFD} x \"q\""));
    }

    #[test]
    fn nesting_and_length_are_bounded() {
        let deep = "[".repeat(200_000) + "{\"headline\":\"x\"}";
        assert!(parse(&deep).len() <= 64);
        let wide = format!("[{}]", "1,".repeat(500_000));
        assert!(parse(&wide).first().is_some_and(|r| r.items().len() <= MAX_VALUES));
        let quotes = format!("{{\"a\": \"{}", "\" x ".repeat(200_000));
        assert!(!parse(&quotes).is_empty());
    }

    proptest! {
        #[test]
        fn no_script_panics(script in "[\\[\\]{}:,\"\\\\a1u/* \\n-]{0,300}", other in "\\PC{0,100}") {
            let _ = parse(&script);
            let _ = parse(&format!("{{\"a\":\"{other}\"}}"));
        }
    }
}
