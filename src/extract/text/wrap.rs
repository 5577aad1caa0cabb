//! Hard-wrapped text: which lines of a file are one paragraph.
//!
//! E-mails, press releases, old collections and texts taken from PDF files break their lines at a fixed width. Scrapes do not: there a line
//! is a block. The widths tell the two apart.

use std::collections::HashSet;

/// Widest line, in characters, of a text that is taken for hard-wrapped.
const WIDEST: usize = 132;
/// Narrowest column that is taken for hard-wrapped.
const NARROWEST: usize = 30;

/// The paragraphs of a text: its lines, or the lines of a hard-wrapped text put together again.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let lines: Vec<&str> =
        text.split(['\n', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']).map(|l| l.trim_end_matches('\r')).collect();
    let Some(width) = column(&lines) else {
        return lines.into_iter().map(super::tidy::line).filter(|l| !l.is_empty()).collect();
    };
    let words: HashSet<String> = lines.iter().flat_map(|l| l.split_whitespace()).map(bare).collect();
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    let mut before = "";
    for line in lines {
        let tidy = super::tidy::line(line);
        if tidy.is_empty() {
            open = false;
            continue;
        }
        match out.last_mut() {
            Some(paragraph) if open && continues(before, line, width) => join(paragraph, &tidy, &words),
            _ => out.push(tidy),
        }
        (open, before) = (true, line);
    }
    out
}

/// The width of the column a text is wrapped at, in characters; `None` where lines are blocks.
fn column(lines: &[&str]) -> Option<usize> {
    let mut widths: Vec<usize> = lines.iter().map(|l| l.trim_end().chars().count()).filter(|w| *w > 0).collect();
    widths.sort_unstable();
    // A few long lines (addresses, tables) do not make it a scrape.
    let width = *widths.get((widths.len().max(1) - 1) * 97 / 100)?;
    if !(NARROWEST..=WIDEST).contains(&width) || widths.last().is_some_and(|w| *w > 4 * WIDEST) {
        return None;
    }
    let (mut followed, mut full, mut running) = (0usize, 0usize, 0usize);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        let (line, next) = (line.trim(), next.trim());
        if line.is_empty() || next.is_empty() {
            continue;
        }
        followed += 1;
        if line.chars().count() * 10 >= width * 6 {
            full += 1;
            running += usize::from(
                !line.ends_with(['.', '!', '?', ':', '”', '"'])
                    && (next.starts_with(char::is_lowercase) || !next.contains(char::is_lowercase)),
            );
        }
    }
    (followed > 0 && full * 2 >= followed && running * 3 >= full).then_some(width)
}

/// Whether `line` goes on with the sentence or paragraph of the line `before` it.
fn continues(before: &str, line: &str, width: usize) -> bool {
    let indent = |l: &str| l.chars().take_while(|c| c.is_whitespace()).count();
    let text = line.trim_start();
    if is_item(text) {
        return false;
    }
    let ends = before.trim_end().ends_with(['.', '!', '?', ':', '”', '"', ';']);
    if indent(line) >= indent(before) + 2 {
        return !ends && text.starts_with(char::is_lowercase);
    }
    let short = before.trim_end().chars().count() * 10 < width * 6;
    if short { !ends && text.starts_with(char::is_lowercase) } else { true }
}

/// `- item`, `* item`, `• item`, `3) item`, `(a) item`.
fn is_item(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('-' | '*' | '•' | '–' | '▪' | '·' | 'o' | '\u{f0b7}') => chars.next() == Some(' '),
        Some('(') => text.split_once(')').is_some_and(|(mark, rest)| mark.len() <= 4 && rest.starts_with(' ')),
        Some(c) if c.is_ascii_digit() => text
            .split_once([')', '.'])
            .is_some_and(|(number, rest)| number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit()) && rest.starts_with(' ')),
        _ => false,
    }
}

/// Appends a line to its paragraph. A word parted by a hyphen is put together where the text has it whole, or has not both of its parts.
fn join(paragraph: &mut String, line: &str, words: &HashSet<String>) {
    let parted = line.starts_with(char::is_lowercase) && paragraph.strip_suffix('-').is_some_and(|p| p.ends_with(char::is_alphabetic));
    if !parted {
        paragraph.push(' ');
        paragraph.push_str(line);
        return;
    }
    let left = bare(paragraph.rsplit(' ').next().unwrap_or_default());
    let right = bare(line.split(' ').next().unwrap_or_default());
    let whole = format!("{left}{right}");
    let hyphened = format!("{left}-{right}");
    if words.contains(&whole) || !(words.contains(&hyphened) || left.contains('-') || (words.contains(&left) && words.contains(&right))) {
        paragraph.pop();
    }
    paragraph.push_str(line);
}

/// A word in lower case without the punctuation around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_wrapped_at_a_column_becomes_its_paragraphs() {
        let letter = "HARBOUR OFFICE CLOSES THE GATE\n\nThe harbour office closed the eastern gate on Monday after the\nstorm had broken two of its hin-\nges and the crane. Nobody was hurt.\n\nThe hinges come from a\nworkshop up the river and are\nexpected within the week:\n\n- one for the upper frame\n- one for the lower frame, which is older than the\n  gate itself\n";
        assert_eq!(
            paragraphs(letter),
            [
                "HARBOUR OFFICE CLOSES THE GATE",
                "The harbour office closed the eastern gate on Monday after the storm had broken two of its hinges and the crane. Nobody was hurt.",
                "The hinges come from a workshop up the river and are expected within the week:",
                "- one for the upper frame",
                "- one for the lower frame, which is older than the gate itself",
            ]
        );
    }

    #[test]
    fn lines_that_are_blocks_stay_apart() {
        let scrape = "Home\nNews\nHarbour office closes the eastern gate\nThe harbour office closed the eastern gate on Monday after the storm had broken two of its hinges and the crane.\nNobody was hurt, and the hinges come from a workshop up the river, said the office, which had seen worse.\nShare\n";
        assert_eq!(paragraphs(scrape).len(), 6);
    }
}
