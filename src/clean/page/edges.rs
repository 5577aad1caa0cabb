//! A second look at what was kept: the lines just before and after the body, where most false text stands, and calls set into it.

use super::cues::CUES;
use super::features::Measured;
use crate::article::{Block, BlockKind, Page};

/// Kinds of phrases that end an article rather than belong to its last lines.
const CLOSING: [&str; 8] =
    ["says-share", "says-newsletter", "says-copyright", "says-related", "says-comments", "says-tags", "says-cookies", "says-account"];
/// A longer line says more than a stamp or a call.
const LINE: usize = 120;
/// A piece of the body so many blocks away from the rest...
const GAP: usize = 30;
/// ...that holds less than one in so many of its bytes is not of the body.
const PIECE: usize = 10;

/// Takes back what was kept at the edges and should not have been.
pub(super) fn look_again(page: &Page, measured: &Measured, kept: &mut [bool]) {
    drop_far_pieces(page, kept);
    let is_prose = |at: usize| measured.prose.get(at).is_some_and(|p| *p > 0);
    let first = kept.iter().enumerate().position(|(at, kept)| *kept && is_prose(at));
    let last = kept.iter().enumerate().rposition(|(at, kept)| *kept && is_prose(at));
    let (Some(first), Some(last)) = (first, last) else { return };
    for (at, (block, kept)) in page.blocks.iter().zip(kept.iter_mut()).enumerate() {
        let title = measured.title.get(at).copied().unwrap_or_default();
        let is_title = at < first && (title.mutual > 0.7 || (block.kind == BlockKind::Heading && title.of_field > 0.9));
        let cues = measured.cues.get(at).copied().unwrap_or(0);
        let stamped = at < first
            && block.kind != BlockKind::Heading
            && (is_stamp(&block.text) || is_trail(&block.text) || is_label(&block.text, cues));
        let wordless = (at < first || at > last) && !block.text.chars().any(char::is_alphabetic);
        let closes = at > last && block.text.len() < LINE && (closing(cues) || is_link_bar(block));
        if is_title || stamped || wordless || closes || is_call(block, cues) || is_shortcode(&block.text) {
            *kept = false;
        }
    }
    keep_indicators(page, kept);
    // A heading with nothing below it announced what was taken away.
    let below = |(block, kept): (&Block, &bool)| *kept && block.kind != BlockKind::Heading;
    let end = page.blocks.iter().zip(kept.iter()).rposition(below).map_or(0, |at| at + 1);
    if let Some(rest) = kept.get_mut(end..) {
        rest.fill(false);
    }
}

/// A line that tells a day, an hour or a number and hardly anything else: `News | 3-2-2021 | 16:51`, `4,211 views`.
fn is_stamp(text: &str) -> bool {
    const WORDS: usize = 4;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).count();
    text.len() < LINE && digits >= 3 && words <= WORDS && !text.ends_with(['.', '!', '?'])
}

/// The way to the page through the site: `Front page » Abroad`.
fn is_trail(text: &str) -> bool {
    const TRAIL: usize = 200;
    text.len() < TRAIL && (text.contains(" » ") || text.contains(" › "))
}

/// A line that says when the page was made, or only announces it: `Published`, `Last updated: Friday`.
fn is_label(text: &str, cues: u32) -> bool {
    text.len() < LINE && says("says-date", cues) && !text.ends_with(['.', '!', '?', '”', '"', '»'])
}

fn closing(cues: u32) -> bool {
    CLOSING.iter().any(|name| says(name, cues))
}

fn says(name: &str, cues: u32) -> bool {
    CUES.iter().position(|cue| cue.name == name).is_some_and(|bit| cues & 1 << bit != 0)
}

/// A line of nothing but links, which is no item of a list: `Printer friendly version | Send to a friend`.
fn is_link_bar(block: &Block) -> bool {
    block.kind == BlockKind::Paragraph && block.link_bytes as usize * 5 >= block.text.len() * 4 && !block.text.ends_with(['.', '!', '?'])
}

/// Lists of indicators go on from what is kept: their lines are no sentences, but they are what a report on an attack is read for.
fn keep_indicators(page: &Page, kept: &mut [bool]) {
    let mut goes_on = false;
    for (block, kept) in page.blocks.iter().zip(kept.iter_mut()) {
        *kept |= goes_on && block.link_bytes as usize * 2 <= block.text.len() && is_indicator(&block.text);
        goes_on = *kept;
    }
}

/// A line that holds the hash of a file, an address that must not be followed, the number of a weakness, or a path on a computer.
fn is_indicator(text: &str) -> bool {
    const LINE: usize = 300;
    const HASHES: [usize; 4] = [32, 40, 64, 128];
    let is_hash = |word: &str| HASHES.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_hexdigit());
    let is_weakness =
        |word: &str| word.get(..4).is_some_and(|w| w.eq_ignore_ascii_case("cve-")) && word.bytes().any(|b| b.is_ascii_digit());
    let is_address = |word: &str| {
        let host = word.replace("[.]", ".");
        let parts: Vec<&str> = host.split(':').next().unwrap_or_default().split('.').collect();
        word.contains("[.]") || word.starts_with("hxxp") || (parts.len() == 4 && parts.iter().all(|p| p.parse::<u8>().is_ok()))
    };
    let is_path =
        |word: &str| word.contains(":\\") || word.starts_with("HKEY_") || word.starts_with("HKLM\\") || word.starts_with("HKCU\\");
    let words = || text.split([' ', '|', ',', ';', '(', ')', '"', '\n']);
    text.len() < LINE && words().any(|w| is_hash(w) || is_weakness(w) || is_address(w) || is_path(w))
}

/// A call to read something else, anywhere: `Also read: …`, with the other headline as its link.
fn is_call(block: &Block, cues: u32) -> bool {
    const LEAD: usize = 40;
    const CALL: usize = 240;
    let leads = || block.text.find([':', '：']).is_some_and(|at| at < LEAD);
    block.text.len() < CALL && block.link_bytes as usize * 2 > block.text.len() && says("says-related", cues) && leads()
}

/// A command to a publishing system that it did not carry out: `[gallery id="4"]`.
fn is_shortcode(text: &str) -> bool {
    let inside = text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
    inside.is_some_and(|t| {
        t.starts_with(|c: char| c.is_ascii_lowercase() || c == '/') && t.contains(['=', '_', '/']) && !t.contains(['[', ']'])
    })
}

fn drop_far_pieces(page: &Page, kept: &mut [bool]) {
    let length = |at: usize| page.blocks.get(at).map_or(0, |b| b.text.len());
    let mut pieces: Vec<(usize, usize, usize)> = Vec::new();
    for at in (0..kept.len()).filter(|at| kept.get(*at) == Some(&true)) {
        match pieces.last_mut() {
            Some((_, last, bytes)) if at - *last <= GAP => (*last, *bytes) = (at, *bytes + length(at)),
            _ => pieces.push((at, at, length(at))),
        }
    }
    let whole: usize = pieces.iter().map(|p| p.2).sum();
    for (first, last, bytes) in pieces {
        if bytes * PIECE < whole
            && let Some(piece) = kept.get_mut(first..=last)
        {
            piece.fill(false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Valued;
    use crate::clean::page::features::measure;

    const SENTENCE: &str =
        "The port of Zubrowka said that its cranes had stood still for nine hours on Tuesday, and that no cargo was lost.";

    fn kept(texts: &[(&str, BlockKind)]) -> Vec<bool> {
        let blocks = texts.iter().map(|(t, kind)| Block { text: (*t).into(), kind: *kind, ..Block::default() }).collect();
        let mut page = Page { blocks, ..Page::default() };
        page.metadata.title = Some(Valued::new("Cranes stand still in the port of Zubrowka".into(), "title", 0.5));
        let mut kept = vec![true; texts.len()];
        look_again(&page, &measure(&page), &mut kept);
        kept
    }

    #[test]
    fn stamps_and_the_title_go_before_the_body_and_calls_and_bare_headings_after_it() {
        use BlockKind::{Heading, Paragraph};
        let page = [
            ("Cranes stand still in the port of Zubrowka", Heading),
            ("News item | 03-02-2021 | 16:51", Paragraph),
            ("You are here: Front page » Harbours", Paragraph),
            ("Last updated", Paragraph),
            (SENTENCE, Paragraph),
            ("What comes next", Heading),
            (SENTENCE, Paragraph),
            ("Share this article", Paragraph),
            ("4", Paragraph),
            ("More from our desk", Heading),
        ];
        assert_eq!(kept(&page), [false, false, false, false, true, true, true, false, false, false]);
    }

    #[test]
    fn calls_and_shortcodes_go_wherever_they_stand() {
        assert!(is_shortcode("[gallery id=\u{201d}4\u{2033}]") && is_shortcode("[/ad_box]"));
        assert!(!is_shortcode("[Editor's note]") && !is_shortcode("[1] and [2]"));
        let call = |text: &str, link: u32| {
            let block = Block { text: text.into(), link_bytes: link, ..Block::default() };
            is_call(&block, super::super::cues::cues_of(text, &mut String::new()))
        };
        assert!(call("Also read: Three mills in Freedonia hit by the same letter", 47));
        assert!(!call("Also read: the letter, which had a spelling mistake in every line.", 6));
        assert!(!call("The letter: forty thousand crowns", 30));
    }

    #[test]
    fn lists_of_indicators_go_on_from_what_is_kept() {
        for line in [
            "loader.exe d41d8cd98f00b204e9800998ecf8427e",
            "203.0.113.7:8443",
            "gate[.]example",
            "hxxps://gate.example/a",
            "CVE-2031-0001",
            r"C:\ProgramData\gate.dll",
            r"HKLM\Software\Gate",
        ] {
            assert!(is_indicator(line), "{line}");
        }
        assert!(!is_indicator("Version 4.2.1 is out") && !is_indicator("Lists of indicators: none"));
        let blocks = [SENTENCE, "203.0.113.7", "Menu", "203.0.113.8"].map(|t| Block { text: t.into(), ..Block::default() });
        let mut kept = [true, false, false, false];
        keep_indicators(&Page { blocks: blocks.into(), ..Page::default() }, &mut kept);
        assert_eq!(kept, [true, true, false, false]);
    }

    #[test]
    fn a_line_of_links_after_the_body_leads_away() {
        let bar = |text: &str, kind| is_link_bar(&Block { text: text.into(), kind, link_bytes: 40, ..Block::default() });
        assert!(bar("Printer friendly version | Send to a friend", BlockKind::Paragraph));
        assert!(!bar("Printer friendly version | Send to a friend", BlockKind::ListItem));
        assert!(!bar("The printer, friendly as it is, sent a version of the page to a friend of ours.", BlockKind::Paragraph));
    }

    #[test]
    fn a_small_piece_far_away_is_not_of_the_body() {
        let mut page = Page::default();
        let body = (0..12).map(|_| (SENTENCE, true));
        let gap = (0..GAP + 1).map(|_| ("Menu", false));
        let (texts, mut kept): (Vec<_>, Vec<_>) = body.chain(gap).chain([(SENTENCE, true)]).unzip();
        page.blocks = texts.into_iter().map(|t| Block { text: t.into(), ..Block::default() }).collect();
        drop_far_pieces(&page, &mut kept);
        assert_eq!(kept.iter().filter(|k| **k).count(), 12);
    }
}
