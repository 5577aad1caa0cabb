//! Pages whose text stands in an article's place: walls, errors, empty shells; and the pieces a list of teasers falls into.

use super::features::Measured;
use crate::article::{Block, BlockKind, Page};

/// Phrases of pages that stand in an article's place. They speak only for a page with hardly any text.
const WALLS: &[(&str, &str)] = &[
    ("are you a robot", "a test whether the reader is a program"),
    ("you are human", "a test whether the reader is a program"),
    ("you are not a robot", "a test whether the reader is a program"),
    ("you're not a robot", "a test whether the reader is a program"),
    ("captcha", "a test whether the reader is a program"),
    ("checking your browser", "a gate before the page"),
    ("just a moment", "a gate before the page"),
    ("unusual activity", "a gate before the page"),
    ("unusual traffic", "a gate before the page"),
    ("security check", "a gate before the page"),
    ("ray id", "the stamp of a gate before the page"),
    ("access denied", "the page was refused"),
    ("access to this page has been denied", "the page was refused"),
    ("403 forbidden", "the page was refused"),
    ("you have been blocked", "the page was refused"),
    ("not available in your region", "the page was refused"),
    ("page not found", "there is no such page"),
    ("page you requested", "there is no such page"),
    ("page you are looking for", "there is no such page"),
    ("page you were looking for", "there is no such page"),
    ("error 404", "there is no such page"),
    ("404 not found", "there is no such page"),
    ("404 error", "there is no such page"),
    ("no longer available", "there is no such page any more"),
    ("page introuvable", "there is no such page"),
    ("seite nicht gefunden", "there is no such page"),
    ("página no encontrada", "there is no such page"),
    ("enable javascript", "the text is loaded by a program that did not run"),
    ("javascript is disabled", "the text is loaded by a program that did not run"),
    ("requires javascript", "the text is loaded by a program that did not run"),
    ("turn on javascript", "the text is loaded by a program that did not run"),
    ("enable cookies", "the text is loaded by a program that did not run"),
    ("browser is not supported", "the text is loaded by a program that did not run"),
    ("internal server error", "the server failed"),
    ("bad gateway", "the server failed"),
    ("service unavailable", "the server failed"),
    ("under construction", "nothing is there yet"),
    ("under maintenance", "nothing is there for the moment"),
    ("coming soon", "nothing is there yet"),
    ("session has expired", "the page asks to sign in again"),
];

/// A page with more kept text than this is no wall, whatever it says.
const WALL: usize = 1200;
/// Fewer bytes of running sentences are no article.
const LEAST_PROSE: usize = 140;
/// A block of this length with the end of a sentence in it is text, whatever it is wrapped in.
const TEXT: usize = 160;

/// Whether the kept blocks of a page can be an article: they hold sentences, and not those of a wall.
pub(super) fn can_be_article(page: &Page, measured: &Measured, kept: &[bool]) -> bool {
    let bytes: usize = page.blocks.iter().zip(kept).filter(|(_, kept)| **kept).map(|(b, _)| b.text.len()).sum();
    let sentences: usize = runs(page, &measured.prose, kept).iter().sum();
    let too_little = sentences < LEAST_PROSE && bytes < LEAST_PROSE * 4;
    !too_little && (bytes >= WALL || dated(page) || !is_wall(page, kept))
}

/// A heading like the page's title stands close before the first kept block, or is kept itself.
pub(super) fn has_headline(page: &Page, measured: &Measured, kept: &[bool]) -> bool {
    const CLOSE: usize = 12;
    const LIKE: f32 = 0.5;
    let Some(first) = kept.iter().position(|k| *k) else { return false };
    let like = |at: usize| measured.title.get(at).is_some_and(|t| t.mutual >= LIKE);
    (first.saturating_sub(CLOSE)..=first).any(|at| like(at) && page.blocks.get(at).is_some_and(|b| b.kind == BlockKind::Heading))
}

/// The page says when it was published, in a field made for it: lists and front pages do not.
pub(super) fn dated(page: &Page) -> bool {
    page.metadata.declared_body.is_some() || page.metadata.published.as_ref().is_some_and(|p| p.confidence >= 0.8)
}

/// A phrase of a wall stands in the title or a heading, or in the text of a page with next to none.
fn is_wall(page: &Page, kept: &[bool]) -> bool {
    let bytes: usize = page.blocks.iter().zip(kept).filter(|(_, kept)| **kept).map(|(b, _)| b.text.len()).sum();
    let title = page.metadata.title.iter().map(|t| t.value.as_str());
    let speaks = |block: &Block, kept: bool| block.kind == BlockKind::Heading || (kept && bytes < WALL / 2);
    let texts = page.blocks.iter().zip(kept).filter(|(b, kept)| speaks(b, **kept)).map(|(b, _)| b.text.as_str());
    title.chain(texts).any(|text| {
        let lower = text.to_lowercase().replace('’', "'");
        WALLS.iter().any(|(phrase, _)| lower.contains(phrase))
    })
}

pub(super) fn is_linked_headline(block: &Block) -> bool {
    let length = block.text.len();
    (24..=240).contains(&length) && block.link_bytes as usize * 10 >= length * 9 && block.text.split(' ').nth(3).is_some()
}

/// Bytes of kept sentences, in the pieces between linked headlines.
pub(super) fn runs(page: &Page, prose: &[u32], kept: &[bool]) -> Vec<usize> {
    let mut runs = vec![0];
    for ((block, prose), kept) in page.blocks.iter().zip(prose).zip(kept) {
        if is_linked_headline(block) {
            runs.push(0);
        } else if *kept && let Some(run) = runs.last_mut() {
            let text = block.text.len() >= TEXT && block.text.contains(['.', '!', '?', '。', '।']);
            *run += if text { block.text.len() } else { *prose as usize };
        }
    }
    runs.retain(|bytes| *bytes > 0);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Valued;
    use crate::clean::page::features::measure;

    const SENTENCES: &str = "The ministry said on Monday that it had found no trace of the intruders in its mail servers, and that the search would go on until the end of the month.";

    fn page(blocks: &[(&str, bool)]) -> Page {
        let block = |(text, link): &(&str, bool)| Block {
            text: (*text).into(),
            link_bytes: if *link { text.len() as u32 } else { 0 },
            ..Block::default()
        };
        Page { blocks: blocks.iter().map(block).collect(), ..Page::default() }
    }

    fn holds(page: &Page) -> bool {
        can_be_article(page, &measure(page), &vec![true; page.blocks.len()])
    }

    #[test]
    fn a_short_report_is_an_article_and_a_line_is_none() {
        assert!(holds(&page(&[(SENTENCES, false)])));
        assert!(!holds(&page(&[("Welcome to our site", false)])));
    }

    #[test]
    fn each_phrase_makes_a_wall_of_a_short_page_and_not_of_a_long_one() {
        for (phrase, why) in WALLS {
            assert!(!why.is_empty());
            let mut short = page(&[(SENTENCES, false)]);
            short.metadata.title = Some(Valued::new(phrase.to_uppercase(), "title", 0.5));
            assert!(!holds(&short), "{phrase}");
            let long = SENTENCES.repeat(10);
            let mut long = page(&[(&long, false)]);
            long.metadata.title = short.metadata.title.clone();
            assert!(holds(&long), "{phrase}");
        }
    }

    #[test]
    fn linked_headlines_part_the_runs_of_a_list() {
        let teaser = [("Minister speaks about the ports of the north", true), (SENTENCES, false)];
        let runs_of = |page: &Page| runs(page, &measure(page).prose, &vec![true; page.blocks.len()]);
        assert_eq!(runs_of(&page(&teaser.repeat(9))), [SENTENCES.len(); 9]);
        assert_eq!(runs_of(&page(&[(SENTENCES, false); 6])), [SENTENCES.len() * 6]);
    }
}
