//! Numbers, words and marks of a line, in any script.

/// What the scanner sees of a line.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// White space stands before it.
    pub(super) spaced: bool,
}

/// What a token is.
#[derive(Debug)]
pub(super) enum Kind {
    /// A number of up to four digits, with how many.
    Number(u32, u8),
    /// A word in lower case.
    Word(String),
    /// Any other character but white space.
    Mark(char),
}

/// Value of a decimal digit in the scripts whose press writes dates with its own digits.
fn digit(c: char) -> Option<u32> {
    if let Some(value) = c.to_digit(10) {
        return Some(value);
    }
    // Arabic, Persian, Devanagari, Bengali, Tamil, Telugu, Malayalam, Thai, full-width.
    [0x660, 0x6F0, 0x966, 0x9E6, 0xBE6, 0xC66, 0xD66, 0xE50, 0xFF10]
        .into_iter()
        .find_map(|zero| (c as u32).checked_sub(zero).filter(|value| *value < 10))
}

/// Whether a character is a decimal digit in one of those scripts.
pub(super) fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// Letters, and the vowel signs and viramas that Indic and Thai words are written with.
fn is_word(c: char) -> bool {
    c.is_alphabetic() || matches!(c as u32, 0x300..=0x36F | 0x900..=0xDFF | 0xE31..=0xE4E) && !c.is_whitespace() && !is_digit(c)
}

/// The characters that end a number in East Asian dates and stand as words of their own.
fn is_cjk_unit(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '号' | '號' | '년' | '월' | '일')
}

/// The tokens of a line, in order.
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut chars = line.char_indices().peekable();
    let mut spaced = true;
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{feff}' | '\u{202a}'..='\u{202e}') {
            spaced = true;
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut extend = |keep: &dyn Fn(char) -> bool, take: &mut dyn FnMut(char)| {
            while let Some(&(at, next)) = chars.peek() {
                if !keep(next) {
                    break;
                }
                take(next);
                end = at + next.len_utf8();
                chars.next();
            }
        };
        let kind = if let Some(first) = digit(c) {
            let (mut value, mut digits) = (first, 1u32);
            extend(&is_digit, &mut |d| {
                digits = digits.saturating_add(1);
                value = value.saturating_mul(10).saturating_add(digit(d).unwrap_or(0));
            });
            Kind::Number(value, u8::try_from(digits).unwrap_or(u8::MAX))
        } else if is_cjk_unit(c) {
            Kind::Word(c.to_string())
        } else if is_word(c) {
            let mut word: String = c.to_lowercase().collect();
            // Scrapes glue what stood in two elements: `EditorialJuly 19`, `QuillUpdated:`.
            let small = std::cell::Cell::new(c.is_lowercase());
            let goes_on = |n: char| is_word(n) && !is_cjk_unit(n) && !(small.get() && n.is_uppercase());
            extend(&goes_on, &mut |n| {
                small.set(n.is_lowercase());
                word.extend(n.to_lowercase());
            });
            word.retain(|n| n != '\u{307}');
            Kind::Word(word)
        } else {
            Kind::Mark(c)
        };
        out.push(Token { start, end, kind, spaced });
        spaced = false;
    }
    out
}

impl Token {
    /// The value and the count of digits of a number.
    pub(super) fn number(&self) -> Option<(u32, u8)> {
        match self.kind {
            Kind::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    /// The word.
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The mark.
    pub(super) fn mark(&self) -> Option<char> {
        match self.kind {
            Kind::Mark(mark) => Some(mark),
            _ => None,
        }
    }
}
