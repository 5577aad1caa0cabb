//! Cue phrases of what stands around an article, by class: data in `cues.tsv`, read once.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::sync::OnceLock;

/// The classes, in the order of their bits.
pub(super) const CLASSES: [&str; 16] = [
    "also-read",
    "related",
    "share",
    "newsletter",
    "cookie",
    "copyright",
    "comments",
    "byline",
    "dateline",
    "bio",
    "credit",
    "advert",
    "menu",
    "tags",
    "contact",
    "audio",
];

/// A set of classes of cues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CueSet(u32);

impl CueSet {
    pub(super) fn has(self, class: &str) -> bool {
        self.0 != 0 && CLASSES.iter().position(|c| *c == class).is_some_and(|bit| self.0 & (1 << bit) != 0)
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Anchor {
    Whole,
    Start,
    Any,
}

struct Cue {
    bit: u32,
    anchor: Anchor,
    most_words: usize,
}

struct Table {
    finder: AhoCorasick,
    cues: Vec<Vec<Cue>>,
}

/// The longest stretch of a line that is searched, in bytes: cues stand at the beginning of long lines or in short ones.
const SEARCHED: usize = 600;

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut patterns: Vec<&str> = Vec::new();
        let mut cues: Vec<Vec<Cue>> = Vec::new();
        for row in include_str!("cues.tsv").lines().filter(|l| !l.starts_with('#')) {
            let mut cells = row.split('\t');
            let (Some(class), Some(anchor), Some(most), Some(pattern)) = (cells.next(), cells.next(), cells.next(), cells.next()) else {
                continue;
            };
            let (Some(bit), Ok(most_words)) = (CLASSES.iter().position(|c| *c == class), most.parse()) else { continue };
            let anchor = match anchor {
                "whole" => Anchor::Whole,
                "start" => Anchor::Start,
                _ => Anchor::Any,
            };
            let cue = Cue { bit: bit as u32, anchor, most_words };
            match patterns.iter().position(|p| *p == pattern) {
                Some(at) => cues[at].push(cue),
                None => {
                    patterns.push(pattern);
                    cues.push(vec![cue]);
                }
            }
        }
        let finder = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::Standard).build(&patterns);
        #[expect(clippy::expect_used, reason = "the patterns are part of the program; a test builds the table")]
        let finder = finder.expect("a few hundred short patterns");
        Table { finder, cues }
    })
}

/// The cues of a line of `words` words.
pub(super) fn find(line: &str, words: usize) -> CueSet {
    let mut set = CueSet::default();
    let mut head = line.get(..SEARCHED).unwrap_or(line);
    if head.len() > SEARCHED {
        let end = (0..=SEARCHED).rev().find(|&i| line.is_char_boundary(i)).unwrap_or(0);
        head = &line[..end];
    }
    let lower = if head.is_ascii() { head.to_ascii_lowercase() } else { head.to_lowercase() };
    let lower = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && !"©(/".contains(c));
    let table = table();
    for found in table.finder.find_overlapping_iter(lower) {
        let (before, after) = (&lower[..found.start()], &lower[found.end()..]);
        let matched = &lower[found.start()..found.end()];
        let word_before = matched.starts_with(char::is_alphanumeric) && before.ends_with(char::is_alphanumeric);
        let word_after = matched.ends_with(char::is_alphabetic) && after.starts_with(char::is_alphanumeric);
        if word_before || word_after {
            continue;
        }
        for cue in table.cues.get(found.pattern().as_usize()).into_iter().flatten() {
            let fits = match cue.anchor {
                Anchor::Any => true,
                Anchor::Start => before.is_empty(),
                Anchor::Whole => before.is_empty() && !after.contains(char::is_alphabetic),
            };
            if fits && words <= cue.most_words {
                set.0 |= 1 << cue.bit;
            }
        }
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_whole_and_finds_itself() {
        for row in include_str!("cues.tsv").lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert_eq!(cells.len(), 5, "{row}");
            assert!(CLASSES.contains(&cells[0]) && ["whole", "start", "any"].contains(&cells[1]) && !cells[4].is_empty(), "{row}");
            assert_eq!(cells[3], cells[3].to_lowercase(), "{row}");
            assert!(find(cells[3], cells[3].split_whitespace().count()).has(cells[0]), "{row}");
        }
    }

    #[test]
    fn anchors_and_lengths_bind() {
        assert!(find("Also Read: Harbour closes", 4).has("also-read"));
        assert!(find("The harbour also read the notice", 6).is_empty());
        assert!(find("SHARE", 1).has("share"));
        assert!(find("Share prices fell on the news from the mill", 9).is_empty());
        assert!(find("© 2031 Harbour Gazette", 4).has("copyright"));
    }
}
