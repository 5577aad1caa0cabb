//! Signs of more than one letter that stand between or before parts: `NEAR/5`, `at least 2 of`, `^2`.

/// A number that ends where a word ends, with its length.
pub(super) fn number(text: &str) -> Option<(u32, usize)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    let ends = text[len..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    Some((text[..len].parse().ok().filter(|n| *n <= 1000)?, len)).filter(|_| ends)
}

/// `NEAR` or `NEAR/5`, with its length.
pub(super) fn near_sign(text: &str) -> Option<(u32, usize)> {
    let after = text.strip_prefix("NEAR")?;
    match after.strip_prefix('/') {
        Some(after) => number(after).map(|(words, len)| (words.max(1), 5 + len)),
        None => after.chars().next().is_none_or(char::is_whitespace).then_some((10, 4)),
    }
}

/// `at least 2 of ` in front of a parenthesis, with its length up to there.
pub(super) fn at_least_sign(text: &str) -> Option<(usize, usize)> {
    let mut rest = text;
    let mut count = 0;
    for (i, expected) in ["at", "least", "", "of"].into_iter().enumerate() {
        let word = rest.split(|c: char| c.is_whitespace() || c == '(').next()?;
        if i == 2 {
            count = word.parse().ok()?;
        } else if !word.eq_ignore_ascii_case(expected) {
            return None;
        }
        rest = rest.get(word.len()..)?.trim_start();
    }
    rest.starts_with('(').then_some((count, text.len() - rest.len()))
}

/// `^2` or `^0.5` at the beginning of a text, with its length.
pub(super) fn boost_sign(text: &str) -> Option<(f32, usize)> {
    let after = text.strip_prefix('^')?;
    let len = after.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let times: f32 = after[..len].parse().ok()?;
    after[len..].chars().next().is_none_or(|c| c.is_whitespace() || c == ')').then_some((times, 1 + len))
}
