//! Where words begin and end: Unicode word boundaries (UAX #29), and cuts where those leave several words in one piece.

use unicode_segmentation::UnicodeSegmentation;

/// Calls `each` with the start and the text of every word, not folded.
///
/// No word reaches over white space, so that each stretch between is cut by itself: most hold ASCII only, for which the boundary rules are few.
pub(crate) fn pieces<'t>(text: &'t str, mut each: impl FnMut(usize, &'t str)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let mut wide = 0u8;
        let len = rest.iter().position(|&b| {
            wide |= b;
            matches!(b, b' ' | b'\n' | b'\t' | b'\r')
        });
        let len = len.unwrap_or(rest.len());
        // White space is ASCII, so that both ends are boundaries of characters.
        let stretch = text.get(at..at + len).unwrap_or_default();
        if wide < 0x80 {
            ascii(stretch, |start, word, glued| part(at + start, word, glued, &mut each));
        } else {
            stretch.unicode_word_indices().for_each(|(start, word)| part(at + start, word, true, &mut each));
        }
        at += len + 1;
    }
}

/// The words of ASCII text: letters, digits and underscores, with a stop or the like between two letters or two digits. Tells with each whether it
/// may hold several words.
fn ascii<'t>(text: &'t str, mut each: impl FnMut(usize, &'t str, bool)) {
    let bytes = text.as_bytes();
    let of_word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let mut at = 0;
    while let Some(from) = bytes[at..].iter().position(of_word).map(|found| at + found) {
        let (mut named, mut glued) = (false, false);
        at = from;
        loop {
            while let Some(b) = bytes.get(at).filter(|b| of_word(b)) {
                named |= *b != b'_';
                glued |= *b == b'_';
                at += 1;
            }
            match bytes[at - 1..] {
                [before, between, after, ..] if joins(before, between, after) => {
                    glued |= matches!(between, b'.' | b':');
                    at += 1;
                }
                _ => break,
            }
        }
        if named {
            each(from, text.get(from..at).unwrap_or_default(), glued);
        }
    }
}

/// Rules WB6, WB7, WB11 and WB12 for ASCII.
fn joins(before: u8, between: u8, after: u8) -> bool {
    match between {
        b'.' | b'\'' => before.is_ascii_alphabetic() && after.is_ascii_alphabetic() || before.is_ascii_digit() && after.is_ascii_digit(),
        b':' => before.is_ascii_alphabetic() && after.is_ascii_alphabetic(),
        b',' | b';' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}

fn part<'t>(start: usize, raw: &'t str, glued: bool, each: &mut impl FnMut(usize, &'t str)) {
    const GLUE: [char; 3] = ['.', '_', ':'];
    if !(glued && raw.contains(GLUE) && is_glued(raw)) {
        return each(start, raw);
    }
    let mut at = start;
    for part in raw.split(GLUE) {
        if !part.is_empty() {
            each(at, part);
        }
        at += part.len() + 1;
    }
}

/// Words the boundary rules leave in one piece although a reader sees several: `example.com`, `end.Next`, `foo_bar`, but not `U.S` or `3.5`.
fn is_glued(raw: &str) -> bool {
    raw.split(['.', '_', ':']).any(|p| p.chars().nth(1).is_some()) && !raw.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b':'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn stretches_are_cut_as_the_whole_text_is(text in "([a-cA-C0-2_.':,;\\- \n]|é|’|ก|の|\u{a0}|\u{301}){0,40}") {
            let (mut ours, mut whole) = (Vec::new(), Vec::new());
            pieces(&text, |start, word| ours.push((start, word)));
            text.unicode_word_indices().for_each(|(start, word)| part(start, word, true, &mut |start, word| whole.push((start, word))));
            prop_assert_eq!(ours, whole);
        }
    }
}
