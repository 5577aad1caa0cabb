//! What an HTML page says about itself: title, authors, publisher, address, days of publication and change, language.
//!
//! Each value names the place it was found in and a trust from 0 to 1. A page is walked once ([`harvest`]); then each field chooses among
//! what the walk found, the page's JSON-LD and the lines around its title. No outlet is known by name. The parts that work on plain lines
//! ([`byline`], [`date`], `title::without_site`) serve pages without mark-up too.

mod address;
mod authors;
mod byline;
mod date;
mod harvest;
mod json;
mod jsonld;
mod language;
mod meta_tags;
mod publisher;
mod regions;
mod title;
mod wording;

use crate::article::{Block, Metadata, NO_ELEMENT, Page};
use harvest::{Harvest, Heading};
use regions::Bits;
use wording::key;

/// The metadata of a page. `page` holds its blocks and elements already.
pub(super) fn of_html(doc: &dom_query::Document, page: &Page) -> Metadata {
    let harvest = Harvest::of(doc);
    let hints: Vec<String> =
        [harvest.title.as_deref(), harvest.meta_first("og:title")].into_iter().flatten().map(key).filter(|k| !k.is_empty()).collect();
    let mut facts = jsonld::facts(&harvest.scripts, &hints);
    let url = address::choose(&harvest, &facts);
    let host = url.as_ref().and_then(|url| address::host(&url.value));
    let aliases = publisher::aliases(&harvest, &facts, host.as_deref());
    let chosen = title::choose(&harvest, &facts, &aliases);
    let anchor = Anchor::of(chosen.as_ref().and_then(|c| c.heading));
    let lines = chosen.as_ref().map(|c| lines_around(page, &c.title.value)).unwrap_or_default();
    let language = language::choose(&harvest, &facts);
    let locale = language::locale(&harvest, language.as_ref().map(|l| l.value.as_str()), host.as_deref());
    let authors = authors::choose(&harvest, &facts, &aliases, anchor, &lines);
    let (published, modified) = date::choose(&date::Sources {
        harvest: &harvest,
        facts: &facts,
        url: url.as_ref().map(|u| u.value.as_str()),
        locale,
        anchor,
        lines: &lines,
    });
    Metadata {
        publisher: publisher::choose(&harvest, &facts, page, host.as_deref()),
        title: chosen.map(|c| c.title),
        declared_body: facts.body.take().filter(|body| !body.trim().is_empty()),
        authors,
        url,
        published,
        modified,
        language,
    }
}

/// Where the title stands, so that what is near it can be told from what is not.
#[derive(Clone, Copy, Debug, Default)]
struct Anchor {
    /// Bytes of text before it.
    at: usize,
    /// The places it is in: what surrounds the title surrounds the whole article.
    bits: Bits,
    /// A heading on the page shows the title.
    known: bool,
}

impl Anchor {
    fn of(heading: Option<&Heading>) -> Anchor {
        heading.map_or_else(Anchor::default, |h| Anchor { at: h.at, bits: h.bits, known: true })
    }

    /// Whether a place is within so many bytes of text before or after the title.
    fn near(self, at: usize, before: usize, after: usize) -> bool {
        !self.known || (at >= self.at && at - self.at <= after) || (at < self.at && self.at - at <= before)
    }

    /// How close a place is to the title: 1 beside it, down to .3 far from it.
    fn closeness(self, at: usize) -> f32 {
        if !self.known {
            return 0.7;
        }
        if self.near(at, 300, 700) {
            1.0
        } else if self.near(at, 800, 2_000) {
            0.7
        } else {
            0.3
        }
    }
}

/// A line of the page near its title.
#[derive(Clone, Copy, Debug)]
struct Line<'p> {
    text: &'p str,
    /// The places its element is in, without those of the title itself.
    place: Bits,
    /// 1 beside the title, less further away.
    closeness: f32,
}

/// Lines before and after the title that may name authors and days.
const BEFORE: usize = 6;
const AFTER: usize = 16;
/// A block longer than this is running text; the second one ends the head of an article.
const RUNNING: usize = 350;

/// The lines around the block that shows `title`.
fn lines_around<'p>(page: &'p Page, title: &str) -> Vec<Line<'p>> {
    let wanted = key(title);
    let shows =
        |block: &Block| block.text.len() < wanted.len() * 2 + 40 && block.text.len() + 40 > wanted.len() && key(&block.text) == wanted;
    // Menus and metadata repeat a title before the heading does: the last before running text is the heading.
    let mut at = None;
    let mut running = 0;
    for (index, block) in page.blocks.iter().enumerate() {
        if shows(block) {
            at = Some(index);
        }
        running += usize::from(block.text.len() > RUNNING);
        if running >= 2 && at.is_some() {
            break;
        }
    }
    let Some(at) = at else { return Vec::new() };
    let own = places(page, at);
    let mut out = Vec::new();
    let mut running = 0;
    for (index, block) in page.blocks.iter().enumerate().take(at + AFTER + 1).skip(at.saturating_sub(BEFORE)) {
        if index == at || block.hidden {
            continue;
        }
        if index > at && block.text.len() > RUNNING {
            running += 1;
            if running == 2 {
                break;
            }
        }
        let steps = index.abs_diff(at);
        let closeness = if index < at { 1.0 - 0.08 * steps as f32 } else { 1.0 - 0.02 * steps as f32 };
        out.push(Line { text: &block.text, place: places(page, index) & !own, closeness });
    }
    out
}

/// The places the block at `index` is in, by the elements around it.
fn places(page: &Page, index: usize) -> Bits {
    let mut bits = 0;
    let mut element = page.blocks.get(index).map_or(NO_ELEMENT, |b| b.element);
    for _ in 0..200 {
        let Some(found) = page.elements.get(element as usize) else { break };
        if !matches!(&*found.tag, "html" | "body" | "main") {
            bits |= regions::of_words(&found.hints) | regions::of_tag(&found.tag);
        }
        element = found.parent;
    }
    bits & regions::PLACE
}
