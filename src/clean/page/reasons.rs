//! Names for removals: the plainest reason that holds for a block the weighing left out.

use super::cues;
use super::features::Measured;
use super::outline::TAGS;
use super::vocabulary::{GROUPS, GROUPS_LEN};
use crate::article::{Block, BlockKind, Page};
use crate::clean::rules::Rule;

/// A rule, and what speaks for it.
struct Reason {
    rule: Rule,
    /// Kinds of phrases in a short block.
    cues: &'static [&'static str],
    /// Groups of words, or tags in angle brackets, of an element around the block.
    around: &'static [&'static str],
}

const fn reason(name: &'static str, why: &'static str, cues: &'static [&'static str], around: &'static [&'static str]) -> Reason {
    Reason { rule: Rule { name, why }, cues, around }
}

/// Reasons that show in the text or in the elements around it; of several that hold the first is given.
const REASONS: [Reason; 20] = [
    reason("copyright", "a notice of rights is not part of what the article says", &["says-copyright"], &[]),
    reason("share", "a button that passes the article on is for the reader's use, not for reading", &["says-share"], &["share"]),
    reason("comments", "what readers wrote below an article is not the article", &["says-comments"], &["comments"]),
    reason(
        "newsletter",
        "an invitation to subscribe, register or pay stands in the text but does not belong to it",
        &["says-newsletter", "says-account"],
        &["signup"],
    ),
    reason("advertisement", "an advertisement is by someone else and about something else", &["says-advert", "says-support"], &["advert"]),
    reason("cookie-notice", "a notice on cookies, privacy or terms is about the site", &["says-cookies"], &["consent"]),
    reason("related", "a way to another article, with words of that article", &["says-related"], &["related", "teaser"]),
    reason("tags", "the subjects an article is filed under are not its text", &["says-tags"], &["tags"]),
    reason("author-box", "a portrait of the author is about the author", &["says-author"], &["biography"]),
    reason("byline", "who wrote the article is told in a field of its own", &["says-byline"], &["byline"]),
    reason("date-line", "when the article was published is told in a field of its own", &["says-date", "says-month"], &["time", "meta"]),
    reason("caption", "a caption or credit belongs to a picture that a text cannot show", &["says-credit"], &["caption", "<figure>"]),
    reason("player", "controls and titles of film and sound belong to what a text cannot play", &["says-media"], &["player"]),
    reason("notice", "a notice about the article, its origin or its site is not what it reports", &["says-disclosure", "says-tip"], &[]),
    reason("form", "a field to fill in or a button to press is not for reading", &[], &["form", "tools", "overlay", "<form>", "<button>"]),
    reason("navigation", "a way to other parts of the site is the same on every page", &["says-navigation"], &["navigation", "<nav>"]),
    reason("header", "what stands at the head of every page of a site is not the article", &[], &["header", "<header>"]),
    reason("footer", "what stands at the foot of every page of a site is not the article", &[], &["footer", "<footer>"]),
    reason("sidebar", "what stands beside the text has a subject of its own", &[], &["side", "<aside>"]),
    reason("embed", "a box set into the text repeats or interrupts it", &[], &["embed", "outline", "reference"]),
];

/// Rules that rest on the place and shape of a block.
const SHAPES: [Rule; 8] = [
    Rule { name: "not-shown", why: "the page asks browsers not to show it" },
    Rule { name: "title", why: "the headline is told in a field of its own, and pages repeat it" },
    Rule { name: "control", why: "the label of a control of a form is not for reading" },
    Rule { name: "links", why: "a block of nothing but links leads away from the article" },
    Rule { name: "before-body", why: "it stands before the first sentence of the article and is not like its text" },
    Rule { name: "after-body", why: "it stands after the last sentence of the article and is not like its text" },
    Rule { name: "inset", why: "it stands between sentences of the article and is not like them" },
    Rule { name: "no-article", why: "the page holds no article: it is a front page, a list, a form or an empty shell" },
];

/// All rules of this module's making.
pub(super) fn rules() -> impl Iterator<Item = &'static Rule> {
    REASONS.iter().map(|r| &r.rule).chain(&SHAPES)
}

/// The rule for pages without an article.
pub(super) const NO_ARTICLE: &str = "no-article";

/// Beyond this many containers an element says little about a block.
const REACH: u8 = 6;
/// An element that holds more of the page than this is named after something else than its text.
const EXTENT: f32 = 0.6;
/// A line that tells a day is no longer than this.
const DAY: usize = 100;
/// A longer block is not explained by a phrase in it.
const PHRASED: usize = 240;

/// The rule that fits a removed block best. `body` is where the kept blocks begin and end.
pub(super) fn of(page: &Page, measured: &Measured, at: usize, body: Option<(usize, usize)>) -> &'static str {
    let Some(block) = page.blocks.get(at) else { return "inset" };
    if block.hidden {
        return "not-shown";
    }
    if measured.title.get(at).is_some_and(|t| t.mutual > 0.7 || (block.kind == BlockKind::Heading && t.of_field > 0.9)) {
        return "title";
    }
    if let Some(said) = said(block, measured.cues.get(at).copied().unwrap_or(0)) {
        return said;
    }
    if let Some(around) = around(measured, block) {
        return around;
    }
    match body {
        _ if block.kind == BlockKind::Control => "control",
        _ if block.link_bytes as usize * 5 > block.text.len() * 4 => "links",
        Some((first, _)) if at < first => "before-body",
        Some((_, last)) if at > last => "after-body",
        _ => "inset",
    }
}

fn said(block: &Block, found: u32) -> Option<&'static str> {
    if found == 0 || block.text.len() > PHRASED {
        return None;
    }
    // A day needs a number; its words alone are common in sentences.
    let dated = |cue: &str| {
        !matches!(cue, "says-date" | "says-month") || (block.text.len() < DAY && block.text.bytes().any(|b| b.is_ascii_digit()))
    };
    let says = |cue: &&str| dated(cue) && cues::CUES.iter().position(|c| c.name == *cue).is_some_and(|bit| found & 1 << bit != 0);
    REASONS.iter().find(|r| r.cues.iter().any(&says)).map(|r| r.rule.name)
}

/// The reason whose element is nearest around the block.
fn around(measured: &Measured, block: &Block) -> Option<&'static str> {
    let node = measured.outline.node(block.element)?;
    let whole = measured.outline.bytes as f32;
    let distance = |word: &str| {
        let tag = word.strip_prefix('<').and_then(|w| w.strip_suffix('>'));
        let at = match tag {
            Some(tag) => GROUPS_LEN + TAGS.iter().position(|t| *t == tag)?,
            None => {
                let group = GROUPS.iter().position(|g| g.name == word)?;
                let nearest = measured.outline.node(*node.nearest.get(group)?)?;
                if nearest.bytes as f32 > whole * EXTENT {
                    return None;
                }
                group
            }
        };
        node.distance.get(at).copied().filter(|d| *d <= REACH)
    };
    let nearest = |reason: &Reason| reason.around.iter().filter_map(|w| distance(w)).min();
    REASONS.iter().filter_map(|r| Some((nearest(r)?, r.rule.name))).min_by_key(|(d, _)| *d).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_speaks_of_cues_groups_and_tags_that_exist() {
        for reason in &REASONS {
            assert!(!reason.cues.is_empty() || !reason.around.is_empty());
            for cue in reason.cues {
                assert!(cues::CUES.iter().any(|c| c.name == *cue), "{cue}");
            }
            for word in reason.around {
                let tag = word.trim_matches(['<', '>']);
                assert!(GROUPS.iter().any(|g| g.name == *word) || (tag != *word && TAGS.contains(&tag)), "{word}");
            }
        }
    }
}
