//! Hard-wrapped text: which lines of a file are one paragraph.
//!
//! E-mails, press releases, old collections and texts taken from PDF files break their lines at a fixed width. Scrapes do not: there a line
//! is a block. The widths tell the two apart.

use std::collections::HashSet;

/// Widest line, in characters, of a text that is taken for hard-wrapped.
const WIDEST: usize = 132;
/// This many lines that break within a sentence make a text hard-wrapped, whatever else it holds.
const MANY: usize = 30;
/// Narrowest column that is taken for hard-wrapped.
const NARROWEST: usize = 30;

/// A paragraph.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// It is a line that returns on the pages of a printed document.
    pub(super) running_head: bool,
}

/// The paragraphs of a text: its lines, or the lines of a hard-wrapped text put together again; with whether it was hard-wrapped.
pub(super) fn paragraphs(text: &str) -> (Vec<Paragraph>, bool) {
    let lines: Vec<&str> =
        text.split(['\n', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']).map(|l| l.trim_end_matches('\r')).collect();
    let plain = |text: String| Paragraph { text, running_head: false };
    if !is_wrapped(&lines) {
        return (lines.into_iter().map(super::tidy::line).filter(|l| !l.is_empty()).map(plain).collect(), false);
    }
    let heads = super::heads::of(&lines);
    let words: HashSet<String> = lines.iter().flat_map(|l| l.split_whitespace()).map(bare).collect();
    let mut out: Vec<Paragraph> = Vec::new();
    let mut open = false;
    let mut before = "";
    for (i, line) in lines.iter().enumerate() {
        let tidy = super::tidy::line(line);
        if tidy.is_empty() {
            open = false;
            continue;
        }
        if heads[i] {
            out.push(Paragraph { text: tidy, running_head: true });
            open = false;
            continue;
        }
        match out.last_mut() {
            Some(paragraph) if open && continues(before, line, width(&lines, i)) => join(&mut paragraph.text, &tidy, &words),
            _ => out.push(plain(tidy)),
        }
        (open, before) = (true, line);
    }
    (out, true)
}

/// The width of the column around a line, in characters: a document may have a wide page and a page of two columns.
fn width(lines: &[&str], at: usize) -> usize {
    const AROUND: usize = 4;
    let near = &lines[at.saturating_sub(AROUND)..(at + AROUND).min(lines.len())];
    near.iter().map(|l| l.trim_end().chars().count()).max().unwrap_or(0).clamp(NARROWEST, WIDEST)
}

/// Whether the lines of a text are wrapped at a column; else each is a block.
fn is_wrapped(lines: &[&str]) -> bool {
    let mut widths: Vec<usize> = lines.iter().map(|l| l.trim_end().chars().count()).filter(|w| *w > 0).collect();
    widths.sort_unstable();
    // A few long lines (addresses, tables) do not make it a scrape.
    let Some(&width) = widths.get((widths.len().max(1) - 1) * 97 / 100) else { return false };
    if !(NARROWEST..=WIDEST).contains(&width) || widths.last().is_some_and(|w| *w > 4 * WIDEST) {
        return false;
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
    // Tables of short cells may outnumber the running text of a report.
    followed > 0 && running * 3 >= full && (full * 2 >= followed || running >= MANY)
}

/// Whether `line` goes on with the sentence or paragraph of the line `before` it.
fn continues(before: &str, line: &str, width: usize) -> bool {
    let indent = |l: &str| l.chars().take_while(|c| c.is_whitespace()).count();
    let text = line.trim_start();
    if is_item(text) {
        return false;
    }
    if is_bullet(before.trim()) {
        return true;
    }
    let ends = before.trim_end().ends_with(['.', '!', '?', ':', '”', '"', ';']);
    if indent(line) >= indent(before) + 2 {
        return !ends && text.starts_with(char::is_lowercase);
    }
    let short = before.trim_end().chars().count() * 10 < width * 6;
    // One long word is an address or a checksum, which ends where it ends.
    let one = !before.trim().contains(' ');
    if short || one { !ends && text.starts_with(char::is_lowercase) } else { true }
}

/// A bullet by itself: its text stands on the next line.
fn is_bullet(text: &str) -> bool {
    let mut chars = text.chars();
    matches!((chars.next(), chars.next()), (Some('•' | '▪' | '·' | '\u{f0b7}'), None))
}

/// `- item`, `* item`, `• item`, `3) item`, `(a) item`.
fn is_item(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('-' | '*' | '•' | '–' | '▪' | '·' | 'o' | '\u{f0b7}') => chars.next() == Some(' ') || is_bullet(text.trim()),
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
            paragraphs(letter).0.into_iter().map(|p| p.text).collect::<Vec<_>>(),
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
        assert_eq!(paragraphs(scrape).0.len(), 6);
    }
}
