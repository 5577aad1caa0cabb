//! Folding: the same word however it is written.

use unicode_normalization::UnicodeNormalization;

/// Letters that have no decomposition but are written without their stroke or ligature where a keyboard lacks them.
const LETTERS: &[(char, &str)] = &[
    ('ß', "ss"), // German
    ('ẞ', "ss"),
    ('æ', "ae"), // Danish, Norwegian, Icelandic
    ('Æ', "ae"),
    ('œ', "oe"), // French
    ('Œ', "oe"),
    ('ø', "o"), // Danish, Norwegian
    ('Ø', "o"),
    ('ł', "l"), // Polish
    ('Ł', "l"),
    ('đ', "d"), // Croatian, Vietnamese
    ('Đ', "d"),
    ('ð', "d"), // Icelandic
    ('þ', "th"),
    ('ı', "i"), // Turkish
];

/// Appends `word` in lower case, without diacritics, apostrophes, full stops of abbreviations and a possessive `'s`.
pub(crate) fn fold(word: &str, out: &mut String) {
    let word = strip_possessive(word);
    if word.is_ascii() {
        let dots = drop_dots(word);
        out.extend(word.bytes().filter(|&b| !(matches!(b, b'\'' | b',') || dots && b == b'.')).map(|b| b.to_ascii_lowercase() as char));
        return;
    }
    let dots = drop_dots(word);
    for c in word.nfkd() {
        if unicode_normalization::char::is_combining_mark(c) || matches!(c, '\'' | '’' | '‘' | ',' | '\u{ad}') || (dots && c == '.') {
            continue;
        }
        match LETTERS.iter().find(|(l, _)| *l == c) {
            Some((_, plain)) => out.push_str(plain),
            None => out.extend(c.to_lowercase()),
        }
    }
}

/// Full stops go from abbreviations and stay in numbers.
fn drop_dots(word: &str) -> bool {
    word.contains('.') && word.chars().any(char::is_alphabetic)
}

fn strip_possessive(word: &str) -> &str {
    for ending in ["'s", "’s", "'S", "’S"] {
        if let Some(rest) = word.strip_suffix(ending) {
            return rest;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_the_table_folds_to_ascii() {
        for (letter, plain) in LETTERS {
            let mut out = String::new();
            fold(&letter.to_string(), &mut out);
            assert_eq!(&out, plain);
            assert!(plain.is_ascii());
        }
    }
}
