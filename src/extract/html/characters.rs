//! Characters as a reader sees them: invisible ones gone, typographic ligatures spelt out, Unicode NFC.
//!
//! Works on the text of one block whose white space is already collapsed. ASCII passes untouched.

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// `text` as a reader sees it.
pub(super) fn clean(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.is_ascii() {
        return text;
    }
    let spelt = if text.chars().any(|c| invisible(c) || joiner(c) || ligature(c).is_some()) { Cow::Owned(spell_out(&text)) } else { text };
    match is_nfc_quick(spelt.chars()) {
        IsNormalized::Yes => spelt,
        _ => Cow::Owned(spelt.nfc().collect()),
    }
}

/// Characters without width or meaning: soft hyphens, zero-width spaces, marks of direction, byte order marks.
pub(super) fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}')
}

/// The zero-width joiner and non-joiner, which carry meaning in Arabic, Indic and emoji text and none between Latin letters.
fn joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// The letters a presentation form stands for.
fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

fn spell_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if let Some(letters) = ligature(c) {
            out.push_str(letters);
        } else if joiner(c) {
            let joins = |n: Option<char>| n.is_some_and(|n| n > '\u{5ff}');
            if joins(out.chars().next_back()) && joins(chars.peek().copied()) {
                out.push(c);
            }
        } else if !invisible(c) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_go_and_joiners_stay_where_they_mean_something() {
        assert_eq!(clean("Cy\u{ad}ber\u{200b}raum\u{feff}".into()), "Cyberraum");
        assert_eq!(clean("a\u{200d}b".into()), "ab");
        assert_eq!(clean("می\u{200c}روم".into()), "می\u{200c}روم");
    }

    #[test]
    fn ligatures_are_spelt_out_and_accents_composed() {
        assert_eq!(clean("eﬃcient ﬁles".into()), "efficient files");
        assert_eq!(clean("Ge\u{301}ne\u{300}ve".into()), "Génève");
    }
}
