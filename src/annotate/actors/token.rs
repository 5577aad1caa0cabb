//! A text as words, each with what the finders ask of it: where it stands, its folded hash, its shape, what lies before it.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What lies between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing: letters meet digits ("APT29").
    Glued,
    /// Spaces, or one line end.
    Space,
    /// One hyphen or dash without spaces.
    Hyphen,
    /// One apostrophe.
    Apostrophe,
    /// One full stop without space ("U.S").
    Dot,
    /// A full stop and spaces.
    DotSpace,
    /// A comma and spaces.
    Comma,
    /// `&`, with or without spaces.
    Ampersand,
    /// One slash.
    Slash,
    /// An opening parenthesis, perhaps after a space.
    Open,
    /// Any other marks within a line.
    Other,
    /// A new paragraph or the text's beginning.
    Break,
}

/// Shape of a word, as bits.
pub(super) mod shape {
    /// Begins with an upper-case letter.
    pub(in super::super) const UPPER: u8 = 1;
    /// Has two or more letters, or is one, and none is lower case.
    pub(in super::super) const CAPS: u8 = 2;
    /// Digits.
    pub(in super::super) const DIGITS: u8 = 4;
    /// Stands in an address, a path or a file name.
    pub(in super::super) const MASKED: u8 = 8;
    /// First of a sentence, a line or a quotation.
    pub(in super::super) const INITIAL: u8 = 16;
    /// Upper case after the first letter of a word not all in capitals ("DarkSide", "menuPass", "GReAT").
    pub(in super::super) const CAMEL: u8 = 32;
    /// Stands in a run of capitals, where capitals prove nothing.
    pub(in super::super) const SHOUT: u8 = 64;
}

/// A run of letters or a run of digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Hash of the folded, lower-case word.
    pub(super) hash: u64,
    /// Bits of [`shape`].
    pub(super) shape: u8,
    pub(super) gap: Gap,
}

impl Token {
    pub(super) fn is(&self, bits: u8) -> bool {
        self.shape & bits != 0
    }
}

/// Hash of a folded word.
#[derive(Clone, Copy)]
struct Fold(u64);

impl Fold {
    fn new() -> Self {
        Fold(0xcbf2_9ce4_8422_2325)
    }
    fn push(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    fn push_char(&mut self, c: char) {
        for folded in std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
            folded.encode_utf8(&mut [0; 4]).bytes().for_each(|b| self.push(b));
        }
    }
    /// The low bits of FNV are weak; tables use them.
    fn done(self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

/// Hash of one word as [`tokens`] would give it.
pub(super) fn word_hash(word: &str) -> u64 {
    let mut fold = Fold::new();
    word.chars().for_each(|c| if c.is_ascii() { fold.push(c.to_ascii_lowercase() as u8) } else { fold.push_char(c) });
    fold.done()
}

/// The words of a text, in order. Linear in the text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut found: Vec<Token> = Vec::with_capacity(text.len() / 5 + 4);
    let (mut at, mut last_end) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let token = if byte.is_ascii_alphabetic() || (byte >= 0x80 && starts_letter(text, at)) {
            letters(text, &mut at)
        } else if byte.is_ascii_digit() {
            digits(bytes, &mut at)
        } else {
            at += width(byte);
            continue;
        };
        let (gap, initial) = match found.is_empty() {
            true => (Gap::Break, true),
            false => gap(text.get(last_end..start).unwrap_or("")),
        };
        let initial = if initial { shape::INITIAL } else { 0 };
        found.push(Token { start, end: at, hash: token.0, shape: token.1 | initial, gap });
        last_end = at;
    }
    super::mask::mask(text, &mut found);
    shout(&mut found);
    found
}

/// Five words in capitals, parted by spaces alone, are a heading or a teleprinter, not a row of abbreviations.
fn shout(tokens: &mut [Token]) {
    let mut at = 0;
    while at < tokens.len() {
        let start = at;
        let mut words = 0;
        while let Some(token) = tokens.get(at).filter(|t| t.is(shape::CAPS | shape::DIGITS)) {
            if at > start && !matches!(token.gap, Gap::Space | Gap::Hyphen | Gap::Apostrophe | Gap::Glued | Gap::Dot) {
                break;
            }
            words += usize::from(token.end - token.start > 1 && !token.is(shape::DIGITS));
            at += 1;
        }
        if words >= 5 {
            tokens[start..at].iter_mut().for_each(|t| t.shape |= shape::SHOUT);
        }
        at = at.max(start + 1);
    }
}

fn width(first: u8) -> usize {
    match first {
        0..=0xbf => 1,
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    }
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(|t| t.chars().next())
}

fn starts_letter(text: &str, at: usize) -> bool {
    char_at(text, at).is_some_and(char::is_alphabetic)
}

fn letters(text: &str, at: &mut usize) -> (u64, u8) {
    let bytes = text.as_bytes();
    let (mut fold, mut uppers, mut lowers, mut first_upper, mut camel) = (Fold::new(), 0usize, 0usize, false, false);
    let start = *at;
    while let Some(&byte) = bytes.get(*at) {
        let upper = if byte.is_ascii_alphabetic() {
            fold.push(byte.to_ascii_lowercase());
            *at += 1;
            byte.is_ascii_uppercase()
        } else if byte >= 0x80 {
            match char_at(text, *at) {
                Some(c) if c.is_alphabetic() || is_combining_mark(c) => {
                    fold.push_char(c);
                    *at += c.len_utf8();
                    c.is_uppercase()
                }
                _ => break,
            }
        } else {
            break;
        };
        if upper {
            camel |= *at - start > 1;
            uppers += 1;
            first_upper |= lowers == 0 && uppers == 1;
        } else {
            lowers += 1;
        }
        // A word of kilobytes is no word: cut it, so that nothing downstream sees it whole.
        if *at - start > 256 {
            break;
        }
    }
    let mut bits = 0;
    if first_upper {
        bits |= shape::UPPER;
    }
    if lowers == 0 && uppers > 0 {
        bits |= shape::CAPS;
    }
    if camel && lowers > 0 {
        bits |= shape::CAMEL;
    }
    (fold.done(), bits)
}

fn digits(bytes: &[u8], at: &mut usize) -> (u64, u8) {
    let mut fold = Fold::new();
    while let Some(&byte) = bytes.get(*at).filter(|b| b.is_ascii_digit()) {
        fold.push(byte);
        *at += 1;
    }
    (fold.done(), shape::DIGITS)
}

/// What a gap is, and whether a sentence, line or quotation begins after it.
fn gap(between: &str) -> (Gap, bool) {
    match between {
        "" => return (Gap::Glued, false),
        " " => return (Gap::Space, false),
        "-" => return (Gap::Hyphen, false),
        "'" | "’" => return (Gap::Apostrophe, false),
        "." => return (Gap::Dot, false),
        ", " => return (Gap::Comma, false),
        ". " => return (Gap::DotSpace, true),
        "\n" => return (Gap::Space, true),
        "/" => return (Gap::Slash, false),
        _ => {}
    }
    let lines = between.bytes().filter(|b| *b == b'\n').count();
    if lines > 1 {
        return (Gap::Break, true);
    }
    let marks = between.trim();
    let initial = lines > 0
        || between.contains(['!', '?', ':', '“', '"', '„', '«', '*', '#', '•', '|'])
        || (marks.starts_with('.') && between.len() > marks.len());
    let kind = match marks {
        "" => Gap::Space,
        "‐" | "‑" | "–" | "—" | "-" if marks.len() == between.len() => Gap::Hyphen,
        "." | ".”" | ".\"" | ".)" => Gap::DotSpace,
        "," => Gap::Comma,
        "&" => Gap::Ampersand,
        "(" => Gap::Open,
        _ => Gap::Other,
    };
    (kind, initial)
}
