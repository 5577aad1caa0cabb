//! Where no name is looked for: addresses, paths, file names, targets of Markdown links.

use super::token::{Gap, Token, shape};

/// Marks the words that stand in an address, a path, a mailbox or a file name.
pub(super) fn mask(text: &str, tokens: &mut [Token]) {
    let mut until = 0;
    for i in 0..tokens.len() {
        let (token, next) = (tokens[i], tokens.get(i + 1).copied());
        if token.start >= until {
            until = opaque_end(text, &token, next.as_ref()).unwrap_or(until);
        }
        if token.start < until || in_name_of_file(text, &token) {
            tokens[i].shape |= shape::MASKED;
        }
    }
}

/// Where the address or link target ends that begins at this word, if one does.
fn opaque_end(text: &str, token: &Token, next: Option<&Token>) -> Option<usize> {
    let bytes = text.as_bytes();
    let rest = bytes.get(token.end..)?;
    let address = rest.starts_with(b"://")
        || rest.starts_with(b"[:]//")
        || (token.end - token.start == 3 && rest.first() == Some(&b'.') && is_www(bytes, token));
    if address {
        // "[.]" is how reports defuse an address.
        let stop = |at: &usize| b" \t\r\n<>\"')}|".contains(&bytes[*at]) || (bytes[*at] == b']' && !matches!(bytes[at - 1], b'.' | b':'));
        return Some((token.end..bytes.len()).find(stop).unwrap_or(bytes.len()));
    }
    // `[text](target)` of Markdown: the target is no text.
    let before = bytes.get(..token.start)?;
    let opens =
        before.iter().rev().take(4).position(|b| *b == b'(').is_some_and(|p| before.len() >= p + 2 && before[before.len() - p - 2] == b']');
    if opens && !matches!(next, Some(n) if n.gap == Gap::Space) {
        return Some(end_at(bytes, token.end, b" \t\r\n)"));
    }
    None
}

fn is_www(bytes: &[u8], token: &Token) -> bool {
    bytes.get(token.start..token.end).is_some_and(|w| w.eq_ignore_ascii_case(b"www"))
}

fn end_at(bytes: &[u8], from: usize, stops: &[u8]) -> usize {
    bytes.get(from..).and_then(|rest| rest.iter().position(|b| stops.contains(b))).map_or(bytes.len(), |p| from + p)
}

/// Whether the word is glued to what makes it part of a domain, mailbox, path or identifier: `name.exe`, `user@name`, `C:\name`, `a_name`.
fn in_name_of_file(text: &str, token: &Token) -> bool {
    let bytes = text.as_bytes();
    let after = bytes.get(token.end..).unwrap_or(&[]);
    let before = bytes.get(..token.start).unwrap_or(&[]);
    let glued_before = matches!(before, [.., b'@' | b'\\' | b'_' | b'='] | [.., b'a'..=b'z' | b'0'..=b'9', b'.']);
    let glued_after =
        matches!(after, [b'@' | b'\\' | b'_' | b'=', ..] | [b'.', b'a'..=b'z' | b'0'..=b'9', ..] | [b'[', b'.', ..] | [b'(', b'.', ..]);
    glued_before || glued_after
}
