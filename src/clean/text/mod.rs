//! Lines without mark-up: which of them are the article.
//!
//! The kind of a block decides first (fields, pictures), then a page with nothing around its text is kept whole, and else each line is described by
//! named [`features`] from which a small [`model`] tells how likely it is part of the article. Cue phrases (`cues.tsv`) name the rules.

mod context;
mod cues;
mod features;
mod line;
mod model;

use super::{Rule, Verdicts};
use crate::article::{Block, BlockKind, Page};
use context::Context;

/// Judges every line of a text.
pub(super) fn judge(page: &Page) -> Verdicts {
    let mut verdicts: Verdicts = page.blocks.iter().map(by_kind).collect();
    let open: Vec<usize> = (0..page.blocks.len()).filter(|&i| verdicts[i].is_none()).collect();
    let blocks: Vec<&Block> = open.iter().map(|&i| &page.blocks[i]).collect();
    let title = page.metadata.title.as_ref().map_or("", |t| t.value.as_str());
    let context = Context::of(&blocks, title);
    let keep = kept(&context);
    let first = keep.iter().position(|k| *k).unwrap_or(usize::MAX);
    let last = keep.iter().rposition(|k| *k).unwrap_or(0);
    let mut titled = false;
    for (i, &at) in open.iter().enumerate() {
        verdicts[at] = if context.is_title(i) && (i <= first || !keep[i]) {
            Some(if std::mem::replace(&mut titled, true) { "title-repeated" } else { "title" })
        } else if keep[i] {
            None
        } else {
            let place = match i {
                _ if first == usize::MAX => "no-article",
                i if i < first => "before-body",
                i if i > last => "after-body",
                _ => "inset",
            };
            Some(rule(&context, i, place))
        };
    }
    verdicts
}

/// For each line whether it is part of the article.
fn kept(context: &Context) -> Vec<bool> {
    if is_plain(context) {
        return vec![true; context.lines.len()];
    }
    let mut keep: Vec<bool> =
        model::probabilities(context).into_iter().zip(&context.lines).map(|(p, line)| p >= model::LEAST && !line.code).collect();
    // A few words that alone seem to be text are no article.
    let words: usize = keep.iter().zip(&context.lines).filter(|(k, _)| **k).map(|(_, l)| l.words).sum();
    if words < FEWEST {
        keep.fill(false);
    }
    keep
}

/// Fewest words of an article on a page with furniture around it.
const FEWEST: usize = 12;

/// What the kind of a block decides: fields above the text and words that stand for a picture are not the article.
fn by_kind(block: &Block) -> Option<&'static str> {
    match block.kind {
        BlockKind::Control => Some("field"),
        BlockKind::Caption if block.level == 0 => Some("picture"),
        _ => None,
    }
}

/// The cue's rule for a line that has one, else the rule of its place.
fn rule(context: &Context, i: usize, place: &'static str) -> &'static str {
    let line = &context.lines[i];
    if line.code {
        return "shortcode";
    }
    BY_CUE.iter().find(|(class, _)| line.cues.has(class)).map_or(place, |(_, rule)| rule)
}

/// Rules that cues name, by their class; of several the first.
const BY_CUE: [(&str, &str); 16] = [
    ("copyright", "copyright"),
    ("also-read", "also-read"),
    ("comments", "comments"),
    ("advert", "advertisement"),
    ("share", "share"),
    ("tags", "tags"),
    ("dateline", "date-line"),
    ("byline", "byline"),
    ("credit", "caption"),
    ("audio", "player"),
    ("related", "related"),
    ("bio", "author-box"),
    ("newsletter", "newsletter"),
    ("cookie", "cookie-notice"),
    ("menu", "navigation"),
    ("contact", "notice"),
];

/// Rules that only texts without mark-up and Markdown have.
const RULES: [Rule; 5] = [
    Rule { name: "also-read", why: "a line that leads to another article, set between or below the paragraphs" },
    Rule { name: "title-repeated", why: "the headline is said again; it is told once, in a field of its own" },
    Rule { name: "shortcode", why: "a command to the software of the site, or code that was taken for text" },
    Rule { name: "field", why: "a line of front matter or of the fields above a text; its value is in the article's fields" },
    Rule { name: "picture", why: "words that stand for a picture that a text cannot show" },
];

pub(super) fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.iter()
}

/// Whether nothing of a page stands around the text: no short line that holds a cue, no run of labels. Then all of it is the article.
fn is_plain(context: &Context) -> bool {
    const FURNITURE: [&str; 11] =
        ["also-read", "related", "share", "newsletter", "cookie", "copyright", "comments", "advert", "menu", "audio", "bio"];
    let mut labels = 0;
    context.lines.iter().all(|line| {
        labels = if line.words <= 4 { labels + 1 } else { 0 };
        labels < 5 && !line.code && !(line.words <= 20 && FURNITURE.iter().any(|class| line.cues.has(class)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_cues_names_a_rule_that_is_explained() {
        for class in cues::CLASSES {
            let (_, rule) = BY_CUE.iter().find(|(c, _)| *c == class).copied().unwrap_or_default();
            assert!(crate::clean::rules().any(|r| r.name == rule), "{class}");
        }
    }

    fn kept(text: &str) -> (Vec<String>, Vec<(&'static str, String)>) {
        let page = crate::extract::extract(crate::Source::Text, text);
        let verdicts = judge(&page);
        let (mut kept, mut removed) = (Vec::new(), Vec::new());
        for (block, verdict) in page.blocks.into_iter().zip(verdicts) {
            match verdict {
                None => kept.push(block.text),
                Some(rule) => removed.push((rule, block.text)),
            }
        }
        (kept, removed)
    }

    const STORY: [&str; 4] = [
        "The harbour office closed the eastern gate on Monday after the storm had broken two of its hinges, and the ferries now leave from the old quay.",
        "“We have seen worse,” said Ida Quill, who has run the office for twelve years and lives above it. Nobody was hurt, she added, although a crane had leant over the basin.",
        "The hinges come from a workshop up the river. They were cast in 1903 and have been mended eleven times since, according to a list that hangs in the office.",
        "The council will decide in autumn who pays for the repair, which the engineers think will cost more than the gate itself did when it was built.",
    ];

    #[test]
    fn a_scrape_loses_what_stands_around_its_story() {
        let title = "Storm breaks the eastern gate of the harbour";
        let scrape = format!(
            "Home\nNews\nTides\nLetters\nLog in\n{title}\n{title}\nBy Ida Quill\n12 March 2031\nShare\n{}\nAlso Read: Crane falls into the basin\nCopyright Gate Gazette 2031\nTop Articles\nFerry prices rise\nTickets will cost more from May.\n[gate-login target=”x” /]\n",
            STORY.join("\n")
        );
        let (kept, removed) = kept(&scrape);
        assert_eq!(kept, STORY);
        let rule = |text: &str| removed.iter().find(|(_, t)| t.starts_with(text)).map(|(r, _)| *r);
        assert_eq!(
            removed.iter().filter(|(r, _)| r.starts_with("title")).map(|(r, _)| *r).collect::<Vec<_>>(),
            ["title", "title-repeated"]
        );
        assert_eq!(
            [rule("Also Read"), rule("Copyright"), rule("Top"), rule("[gate"), rule("Share")].map(|r| r.unwrap_or("kept")),
            ["also-read", "copyright", "related", "shortcode", "share"]
        );
    }

    #[test]
    fn a_text_that_is_only_an_article_is_kept_whole() {
        for text in [
            STORY.join("\n\n").to_uppercase(),
            STORY.join("\n").to_lowercase(),
            STORY[0].to_owned(),
            "hinges, corrosion of, in sea water . effect of paint".to_owned(),
        ] {
            assert_eq!(kept(&text).0.join("\n"), text.replace("\n\n", "\n"));
        }
    }

    #[test]
    fn a_page_without_an_article_gives_nothing() {
        let menu = "Home\nNews\nTides\nLetters\nLog in\nSubscribe\nFerry prices rise\nCrane falls into the basin\nMost read\nShare\nContact us\nPrivacy policy\n© Gate Gazette 2031\n";
        let (kept, removed) = kept(menu);
        assert!(kept.is_empty() && removed.len() == 13, "{kept:?}");
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod fit {
    //! Writes what the model sees, for fitting its weights.

    use super::*;

    /// For each `*.txt` or `*.md` file of the folder `DEMARCHE_FIT`: a file `.obs` beside it, a line each block, its observations and then its text.
    #[test]
    #[ignore = "writes files; for fitting the weights"]
    fn write_observations() {
        let Ok(folder) = std::env::var("DEMARCHE_FIT") else { return };
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|e| e != "txt") {
                continue;
            }
            let page = crate::extract::extract(crate::Source::Text, &std::fs::read_to_string(&path).unwrap());
            let context =
                Context::of(&page.blocks.iter().collect::<Vec<_>>(), page.metadata.title.as_ref().map_or("", |t| t.value.as_str()));
            let mut out = features::NAMES.join(" ") + "\n";
            let mut seen: Vec<f32> = Vec::new();
            for (i, block) in page.blocks.iter().enumerate() {
                features::measure(&context, i, &mut seen);
                for value in &seen {
                    out.push_str(&format!("{value} "));
                }
                out.push('\t');
                out.push_str(&block.text.replace('\n', " "));
                out.push('\n');
            }
            std::fs::write(path.with_extension("obs"), out).unwrap();
        }
    }
}
