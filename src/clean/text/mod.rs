//! Lines without mark-up: which of them are the article.
//!
//! The kind of a block decides first (fields, pictures), then a page with nothing around its text is kept whole, and else each line is described by
//! named [`features`] from which a small forest tells how likely it is part of the article. A second forest looks [`again`] with the likelihoods of
//! the lines around, and the best runs of lines are kept. Cue phrases (`cues.tsv`) name the rules.

mod again;
mod context;
mod cues;
mod features;
mod line;

use super::forest::Forest;
use super::{Explained, Rule, Tried, Verdicts, runs, weighed};
use crate::article::{Block, BlockKind, Page, Source};
use context::Context;
use line::Line;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The first look, at each line nearly alone.
static MODEL: LazyLock<Forest> = LazyLock::new(|| Forest::parse(include_str!("model.txt"), names()).unwrap_or_default());
/// The second look, which knows what the first found of the lines around.
static AGAIN: LazyLock<Forest> = LazyLock::new(|| Forest::parse(include_str!("again.txt"), names()).unwrap_or_default());

/// All that is measured of a line; the first look does without the names of [`again`].
fn names() -> impl Iterator<Item = &'static str> {
    features::NAMES.iter().chain(&again::NAMES).copied()
}

/// How many measures a line has.
const WIDTH: usize = features::NAMES.len() + again::NAMES.len();

/// A line whose weights so far add up to less is not looked at further, at the first and the second look.
const HOPELESS: (f32, f32) = (-3.0, -2.0);
/// A line is worth keeping from this likelihood on.
const KEPT: f32 = 0.43;
/// What a change between kept and removed lines costs, in words.
const PRICE: f32 = 0.5;
/// A line of more words counts as so many.
const LONG: usize = 60;

/// The lines whose kind does not decide, measured.
struct Measured<'p> {
    /// Which blocks of the page they are.
    open: Vec<usize>,
    blocks: Vec<&'p Block>,
    context: Context,
}

impl Measured<'_> {
    /// The features of all lines at the first look, one after the other.
    fn rows(&mut self) -> Vec<f32> {
        self.context.look_around();
        let mut rows = Vec::with_capacity(self.open.len() * features::NAMES.len());
        (0..self.open.len()).for_each(|i| features::measure(&self.context, i, &mut rows));
        rows
    }

    /// Their features at the second look, where the first found them so likely the article's.
    fn rows_again(&self, rows: &[f32], mut likely: Vec<f32>) -> Vec<f32> {
        likely.resize(self.open.len(), 0.0);
        again::measure(&self.context, rows, features::NAMES.len(), &likely)
    }

    /// Weighs the lines twice: their features, and how likely each is the article's.
    fn weigh(&mut self) -> (Vec<f32>, Vec<f32>) {
        let rows = self.rows();
        let first = MODEL.likelihoods(&rows, features::NAMES.len(), HOPELESS.0);
        let rows = self.rows_again(&rows, first);
        let likely = AGAIN.likelihoods(&rows, WIDTH, HOPELESS.1);
        (rows, likely)
    }
}

fn measure(page: &Page) -> Measured<'_> {
    let (open, blocks): (Vec<usize>, Vec<&Block>) = page.blocks.iter().enumerate().filter(|(_, b)| decided(page, b).is_none()).unzip();
    let title = page.metadata.title.as_ref().map_or("", |t| t.value.as_str());
    let context = Context::of(&blocks, title);
    Measured { open, blocks, context }
}

/// Judges every line of a text.
pub(super) fn judge(page: &Page) -> Verdicts {
    let mut seen = measure(page);
    let keep = match kept_whole(page, &seen.context) {
        Some(keep) => keep,
        None => {
            let likely = seen.weigh().1;
            kept(&seen.context, &likely)
        }
    };
    verdicts(page, &seen, keep)
}

/// What [`judge`] rests on.
pub(super) fn explain(page: &Page) -> Vec<Explained> {
    let mut seen = measure(page);
    let (rows, likely) = seen.weigh();
    let keep = kept_whole(page, &seen.context).unwrap_or_else(|| kept(&seen.context, &likely));
    let verdicts = verdicts(page, &seen, keep);
    let names: Vec<&'static str> = names().collect();
    let mut explained: Vec<Explained> = verdicts.into_iter().map(|rule| Explained { rule, ..Explained::default() }).collect();
    for ((at, row), likely) in seen.open.iter().zip(rows.chunks_exact(WIDTH)).zip(&likely) {
        if let Some(of) = explained.get_mut(*at) {
            *of = weighed(&AGAIN, &names, row, *likely, of.rule);
        }
    }
    explained
}

/// What is chosen of a text by likelihoods made elsewhere, for the lines whose kind does not decide.
pub(super) fn try_on(page: &Page, likely: Vec<f32>) -> Tried {
    let mut seen = measure(page);
    let rows = seen.rows();
    let again = seen.rows_again(&rows, likely.clone());
    let keep = kept_whole(page, &seen.context).unwrap_or_else(|| kept(&seen.context, &likely));
    let kept: Vec<bool> = verdicts(page, &seen, keep).iter().map(Option::is_none).collect();
    Tried { holds: kept.contains(&true), kept, whole: Vec::new(), again }
}

fn verdicts(page: &Page, Measured { open, blocks, context }: &Measured<'_>, mut keep: Vec<bool>) -> Verdicts {
    let mut verdicts: Verdicts = page.blocks.iter().map(|b| decided(page, b)).collect();
    // A document says twice what it means to say twice.
    let again = if page.source == Source::Document { HashSet::new() } else { said_again(blocks, context, &keep) };
    for &i in &again {
        keep[i] = false;
    }
    let first = keep.iter().position(|k| *k).unwrap_or(usize::MAX);
    let last = keep.iter().rposition(|k| *k).unwrap_or(0);
    let mut titled = false;
    for (i, &at) in open.iter().enumerate() {
        verdicts[at] = if context.is_title(i) && (i <= first || !keep[i]) {
            Some(if std::mem::replace(&mut titled, true) { "title-repeated" } else { "title" })
        } else if keep[i] {
            None
        } else if again.contains(&i) {
            Some("repeated")
        } else {
            let place = match i {
                _ if first == usize::MAX => "no-article",
                i if i < first => "before-body",
                i if i > last => "after-body",
                _ => "inset",
            };
            Some(rule(context, i, place))
        };
    }
    verdicts
}

/// For each line whether it is part of the article, where that needs no weighing: the text was written as it is, or nothing stands around it.
fn kept_whole(page: &Page, context: &Context) -> Option<Vec<bool>> {
    if page.wrapped && (is_printed(page) || !has_menu(context)) {
        return Some(written(context));
    }
    let labels = context.prose.iter().filter(|prose| !**prose).count();
    (labels < AROUND && is_plain(context)).then(|| vec![true; context.lines.len()])
}

/// For each line whether it is part of the article.
fn kept(context: &Context, likely: &[f32]) -> Vec<bool> {
    if is_plain(context) && !tells_apart(likely) {
        return vec![true; context.lines.len()];
    }
    let gain = |(likely, line): (&f32, &Line)| {
        let gain = runs::gain(*likely, KEPT, line.words + 1, LONG);
        // What says that it is no text is not kept for the sake of the lines around it.
        if line.code || (gain < 0.0 && is_furniture(line)) { -(LONG as f32) } else { gain }
    };
    let gains: Vec<f32> = likely.iter().zip(&context.lines).map(gain).collect();
    let mut keep = runs::choose(&gains, PRICE);
    keep.resize(context.lines.len(), false);
    // A few words that alone seem to be text are no article.
    let words: usize = keep.iter().zip(&context.lines).filter(|(k, _)| **k).map(|(_, l)| l.words).sum();
    if words < FEWEST {
        keep.fill(false);
    }
    keep
}

/// Fewest words of an article on a page with furniture around it.
const FEWEST: usize = 12;

/// Kept paragraphs and headings that are said again further down, word for word: a lead above the text, a note at each section.
fn said_again(blocks: &[&Block], context: &Context, keep: &[bool]) -> HashSet<usize> {
    /// Fewest words of what is not said twice on purpose.
    const LONG: usize = 6;
    let (mut below, mut again) = (HashSet::new(), HashSet::new());
    if context.repeats.iter().all(|times| *times < 2) {
        return again;
    }
    for (i, block) in blocks.iter().enumerate().rev() {
        let running = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading);
        if keep[i]
            && running
            && context.repeats[i] > 1
            && context.lines[i].words >= LONG
            && !below.insert(context.folded_whole(i, &block.text))
        {
            again.insert(i);
        }
    }
    again
}

/// What its kind decides of a block, or in a document the marks of its container.
fn decided(page: &Page, block: &Block) -> Option<&'static str> {
    by_kind(block).or_else(|| if page.source == Source::Document { by_mark(page, block) } else { None })
}

/// Parts of a document that its container or its layout tells from the text, by their class.
const MARKS: [(&str, &str); 2] = [("contents", "contents"), ("front matter", "front-matter")];

fn by_mark(page: &Page, block: &Block) -> Option<&'static str> {
    let mut element = block.element;
    for _ in 0..64 {
        let found = page.elements.get(element as usize)?;
        if let Some((_, rule)) = MARKS.iter().find(|(class, _)| *class == &*found.hints) {
            return Some(rule);
        }
        element = found.parent;
    }
    None
}

/// What the kind of a block decides: fields above the text and words that stand for a picture are not the article.
fn by_kind(block: &Block) -> Option<&'static str> {
    match block.kind {
        BlockKind::Control => Some("field"),
        BlockKind::RunningHead => Some("running-head"),
        BlockKind::Caption if block.level == 0 => Some("picture"),
        _ if is_contents(&block.text) => Some("contents"),
        _ => None,
    }
}

/// A line of a table of contents: dots lead from a heading to a number, or to the end of the line.
fn is_contents(text: &str) -> bool {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit() || "ivxlc ".contains(c));
    let dots = rest.trim_end_matches(['.', ' ', '…', '_']);
    rest[dots.len()..].chars().filter(|c| !c.is_whitespace()).count() >= 5 && dots.contains(char::is_alphabetic)
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
const RULES: [Rule; 9] = [
    Rule { name: "running-head", why: "a line that returns at the top or bottom of the pages of a printed document" },
    Rule { name: "contents", why: "a line of the table of contents: a heading, dots and the number of a page" },
    Rule { name: "front-matter", why: "cover, imprint or dedication of a book: what they tell is in the article's fields" },
    Rule { name: "repeated", why: "the same sentence stands again further down; it is told once, where it is said last" },
    Rule { name: "also-read", why: "a line that leads to another article, set between or below the paragraphs" },
    Rule { name: "title-repeated", why: "the headline is said again; it is told once, in a field of its own" },
    Rule { name: "shortcode", why: "a command to the software of the site, or code that was taken for text" },
    Rule { name: "field", why: "front matter, a field above the text, or labels below it; what they tell is in the article's fields" },
    Rule { name: "picture", why: "words that stand for a picture that a text cannot show" },
];

pub(super) fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.iter()
}

/// Classes of cues that short lines around an article have.
const FURNITURE: [&str; 11] =
    ["also-read", "related", "share", "newsletter", "cookie", "copyright", "comments", "advert", "menu", "audio", "bio"];

fn is_furniture(line: &Line) -> bool {
    line.code || (line.words <= 20 && FURNITURE.iter().any(|class| line.cues.has(class)))
}

/// Whether nothing of a page stands around the text: no short line that holds a cue, no run of labels. Then all of it is the article.
fn is_plain(context: &Context) -> bool {
    let mut labels = 0;
    context.lines.iter().all(|line| {
        labels = if line.words <= 4 { labels + 1 } else { 0 };
        labels < 5 && !is_furniture(line)
    })
}

/// Whether lines that are surely the article's stand beside lines that surely are not: then something stands around the text, in words that no cue knows.
fn tells_apart(likely: &[f32]) -> bool {
    const TEXT: usize = 3;
    let count = |holds: fn(f32) -> bool| likely.iter().filter(|p| holds(**p)).count();
    count(|p| p > 0.8) >= TEXT && count(|p| p < 0.05) >= AROUND
}

/// Fewest lines that make what stands around a text.
const AROUND: usize = 8;

/// Whether a text has the running heads of printed pages.
fn is_printed(page: &Page) -> bool {
    page.blocks.iter().any(|b| b.kind == BlockKind::RunningHead)
}

/// Whether a run of labels stands above the text, as where a browser without pictures wrote a page down.
fn has_menu(context: &Context) -> bool {
    const RUN: usize = 8;
    let mut run = 0;
    let mut above = context.lines.iter().zip(&context.prose).take_while(|(_, prose)| !**prose);
    above.any(|(line, _)| {
        run = if line.words <= 4 { run + 1 } else { 0 };
        run >= RUN
    })
}

/// Of a text that was written as lines of one width all is the article but for short lines with a cue: its tables and lists look like menus and are none.
fn written(context: &Context) -> Vec<bool> {
    context.lines.iter().map(|line| !is_furniture(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        assert!(Forest::parse(include_str!("model.txt"), features::NAMES.iter().copied()).is_some());
        assert!(Forest::parse(include_str!("again.txt"), names()).is_some());
    }

    #[test]
    fn a_text_is_told_apart_where_both_sides_are_sure() {
        let text = |article: usize, around: usize| [vec![0.9; article], vec![0.01; around], vec![0.5; 9]].concat();
        assert!(tells_apart(&text(3, 8)));
        assert!(!tells_apart(&text(9, 2)) && !tells_apart(&text(0, 20)));
    }

    #[test]
    fn what_weighs_is_told_of_every_line_whose_kind_does_not_decide() {
        let page = crate::extract::extract(crate::Source::Text, &STORY.join("\n\n"));
        let explained = explain(&page);
        assert_eq!(explained.iter().map(|e| e.rule).collect::<Verdicts>(), judge(&page));
        assert!(explained.iter().all(|e| e.features.len() == WIDTH && !e.evidence.is_empty()));
    }

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
    fn a_printed_document_loses_its_running_heads_and_contents_only() {
        let mut report = String::from("Hinges of the gate\n\nThe storm ........ 1\nThe repair . . . . . . . 2\n\n");
        for page in 1..=4 {
            for line in 0..12 {
                report += &format!(
                    "On day {line} of week {page} the office measured the hinges again and found that they had been\nbent further by the wind, which is why the gate stays closed until the smith has been here.\n"
                );
            }
            report += &format!("\nHarbour Office, Report 7, page {page} of 4\n\n");
        }
        let (kept, removed) = kept(&report);
        let rules: Vec<&str> = removed.iter().map(|(rule, _)| *rule).collect();
        assert_eq!(rules, ["title", "contents", "contents", "running-head", "running-head", "running-head", "running-head"]);
        assert!(kept.len() >= 4 && kept.iter().all(|text| text.contains("bent further")), "{kept:?}");
    }

    #[test]
    fn what_is_said_twice_is_told_once() {
        let (kept, removed) = kept(&format!("{}\n{}\n", STORY[0], STORY.join("\n")));
        assert_eq!(kept, STORY);
        assert_eq!(removed, [("repeated", STORY[0].to_owned())]);
    }

    #[test]
    fn a_page_without_an_article_gives_nothing() {
        let menu = "Home\nNews\nTides\nLetters\nLog in\nSubscribe\nFerry prices rise\nCrane falls into the basin\nMost read\nShare\nContact us\nPrivacy policy\n© Gate Gazette 2031\n";
        let (kept, removed) = kept(menu);
        assert!(kept.is_empty() && removed.len() == 13, "{kept:?}");
    }
}
