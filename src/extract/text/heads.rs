//! Running heads: the lines that return at the top and the bottom of the pages of a printed document that was turned into text.
//!
//! Told by their return alone: the same line but for its numbers, at the distance of a page, set apart by an empty line or by another such line.

use std::collections::HashMap;

/// Fewest pages of a document whose running heads can be told.
const PAGES: usize = 3;
/// Fewest lines of a page.
const PAGE: usize = 12;
/// Lines of the same foot and head, which may say the same, stand this close together at most.
const CLOSE: usize = 8;
/// Lines away from a head that its fellows stand.
const BESIDE: usize = 4;
/// Most words and bytes of a running head.
const WORDS: usize = 14;
const BYTES: usize = 120;

/// For each line whether it is a running head.
///
/// Lines that count the pages, or return at the distance of a page, are sure; others that return are heads where they stand beside those.
pub(super) fn of(lines: &[&str]) -> Vec<bool> {
    let mut seen: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, line) in lines.iter().enumerate() {
        let text = line.trim();
        if !text.is_empty() && text.len() <= BYTES && text.split_whitespace().count() <= WORDS {
            seen.entry(masked(text)).or_default().push(i);
        }
    }
    seen.retain(|_, at| at.len() >= PAGES);
    let mut sure = vec![false; lines.len()];
    let set_apart = |i: usize| {
        let near = i.saturating_sub(BESIDE)..(i + BESIDE + 1).min(lines.len());
        near.into_iter().any(|j| lines[j].trim().is_empty() || lines[j].contains('\u{c}'))
    };
    for (form, at) in &seen {
        if form.contains('#') {
            page_numbers(lines, at).into_iter().for_each(|i| sure[i] = true);
        }
        if form.contains(char::is_alphabetic) && is_regular(at) && at.iter().filter(|&&i| set_apart(i)).count() * 3 >= at.len() * 2 {
            at.iter().for_each(|&i| sure[i] = true);
        }
    }
    let beside = |i: usize| (i.saturating_sub(BESIDE)..(i + BESIDE + 1).min(lines.len())).any(|j| j != i && sure[j]);
    let mut heads = sure.clone();
    for at in seen.values() {
        let near: Vec<usize> = at.iter().copied().filter(|&i| beside(i)).collect();
        if near.len() * 3 >= at.len() * 2 {
            near.into_iter().for_each(|i| heads[i] = true);
        }
    }
    // A number by itself is that of the page, however often the tables have it too.
    for (i, line) in lines.iter().enumerate() {
        if is_number(line.trim()) && beside(i) {
            heads[i] = true;
        }
    }
    heads
}

/// Those of the lines at `at` that count the pages: their first number grows by one from page to page.
fn page_numbers(lines: &[&str], at: &[usize]) -> Vec<usize> {
    let number = |i: usize| {
        let digits: String = lines[i].chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok()
    };
    let mut chain: Vec<usize> = Vec::new();
    let mut longest = Vec::new();
    for &i in at {
        match chain.last().and_then(|&last| Some((last, number(last)?))) {
            Some((last, n)) if number(i) == Some(n + 1) && i - last >= PAGE => chain.push(i),
            // Tables hold numbers too: only what begins anew ends a count.
            Some(_) if number(i) != Some(1) => {}
            _ => {
                if chain.len() > longest.len() {
                    longest = std::mem::take(&mut chain);
                }
                chain = vec![i];
            }
        }
    }
    if chain.len() > longest.len() {
        longest = chain;
    }
    let mut gaps: Vec<usize> = longest.windows(2).map(|pair| pair[1] - pair[0]).collect();
    gaps.sort_unstable();
    // Numbered paragraphs are counted too, but are shorter than pages.
    let long = gaps.get(gaps.len() / 2).is_some_and(|gap| *gap >= 20);
    if longest.len() > PAGES && long { longest } else { Vec::new() }
}

/// Whether lines stand at the distance of a page from each other: never much less, rarely much more.
fn is_regular(at: &[usize]) -> bool {
    let mut gaps = at.windows(2).map(|pair| pair[1] - pair[0]).filter(|gap| *gap > CLOSE).collect::<Vec<_>>();
    gaps.sort_unstable();
    let part = |tenths: usize| gaps.get(gaps.len() * tenths / 10).copied().unwrap_or(0);
    gaps.len() + 1 >= PAGES && part(1) >= PAGE && part(8) <= 3 * part(1)
}

/// A line without case and with its numbers alike.
fn masked(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            c if c.is_ascii_digit() => {
                if !out.ends_with('#') {
                    out.push('#');
                }
            }
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// `12`, `iv`.
fn is_number(text: &str) -> bool {
    let all = |of: fn(u8) -> bool| text.bytes().all(of);
    (1..=4).contains(&text.len()) && (all(|b| b.is_ascii_digit()) || all(|b| matches!(b, b'i' | b'v' | b'x')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_returns_on_every_page_is_told_from_what_a_table_repeats() {
        let mut text = String::new();
        for page in 1..=4 {
            for line in 0..20 {
                text += &format!("The harbour office measured hinge {page}{line} and found that it was bent by the storm of\nmoderate\n");
            }
            text += &format!("\nPublic\nHinges of the Eastern Gate | Page {page} of 4\n{page}\n\nPublic\n");
        }
        let lines: Vec<&str> = text.lines().collect();
        let heads = of(&lines);
        let told: Vec<&str> = lines.iter().zip(&heads).filter(|(_, h)| **h).map(|(l, _)| *l).collect();
        assert_eq!(told.iter().filter(|l| l.starts_with("Hinges of the Eastern Gate | Page")).count(), 4);
        assert_eq!(told.iter().filter(|l| **l == "Public").count(), 8);
        assert_eq!(told.iter().filter(|l| is_number(l)).count(), 4);
        assert_eq!(told.len(), 16, "{told:?}");
    }

    #[test]
    fn a_text_of_one_page_has_no_running_head() {
        let text = "Public\nThe gate is closed.\n\nPublic\nIt will open in May.\n\nPublic\nSo says the office.\n";
        assert!(!of(&text.lines().collect::<Vec<_>>()).contains(&true));
    }
}
