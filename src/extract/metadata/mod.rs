//! What an HTML page says about itself: title, authors, publisher, address, days of publication and change, language.
//!
//! Each value names the place it was found in and a trust from 0 to 1. A page is walked once ([`harvest`]); then each field chooses among
//! what the walk found, the page's JSON-LD and the lines around its title. No outlet is known by name. The parts that work on plain lines
//! ([`byline`], [`date`], `title::without_site`) serve pages without mark-up too.

mod address;
mod authors;
pub(super) mod byline;
pub(super) mod date;
mod harvest;
mod json;
mod jsonld;
mod language;
mod meta_tags;
mod publisher;
mod regions;
mod title;
mod wording;

pub(super) use byline::of_line as byline_of_line;
pub(super) use date::{Locale, Role, days, days_of_any_age, role};
pub(super) use publisher::without_copyright;

use crate::article::{Metadata, NO_ELEMENT, Page};
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
    let (lines, own) = chosen.as_ref().map(|c| lines_around(page, &c.title.value)).unwrap_or_default();
    let anchor = Anchor::of(chosen.as_ref().and_then(|c| c.heading), own);
    let language = language::choose(&harvest, &facts);
    let locale = language::locale(&harvest, language.as_ref().map(|l| l.value.as_str()), host.as_deref());
    let authors = authors::choose(&harvest, &facts, &aliases, anchor, &lines);
    let heading_tail = chosen.as_ref().and_then(|c| c.heading?.text.strip_prefix(c.title.value.as_str()));
    let (published, modified) = date::choose(&date::Sources {
        harvest: &harvest,
        facts: &facts,
        url: url.as_ref().map(|u| u.value.as_str()),
        locale,
        anchor,
        lines: &lines,
        page,
        heading_tail,
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
    fn of(heading: Option<&Heading>, own: Bits) -> Anchor {
        heading.map_or(Anchor { bits: own, ..Anchor::default() }, |h| Anchor { at: h.at, bits: h.bits | own, known: true })
    }

    /// Whether a place is within so many bytes of text before or after the title.
    fn near(self, at: usize, before: usize, after: usize) -> bool {
        !self.known || (at >= self.at && at - self.at <= after) || (at < self.at && self.at - at <= before)
    }

    /// How close a place is to the title: 1 beside it, down to .3 far from it.
    fn closeness(self, at: usize) -> f32 {
        if !self.known {
            return 0.75;
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
    /// The line before it, where that is short.
    label: &'p str,
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

/// A line longer than this labels nothing.
const LABEL: usize = 40;

/// The lines around the block that shows `title`, and the places of the text that follows it.
fn lines_around<'p>(page: &'p Page, title: &str) -> (Vec<Line<'p>>, Bits) {
    let at = block_of(page, title);
    // The text of the article may stand in other places than its title; those count as its own.
    let from = at.unwrap_or_default();
    let text = page
        .blocks
        .iter()
        .enumerate()
        .skip(from)
        .take(120)
        .find(|(_, block)| block.text.len() > RUNNING && block.link_bytes * 3 < block.text.len() as u32);
    let own = at.map_or(0, |at| places(page, at)) | text.map_or(0, |(index, _)| places(page, index));
    let mut out = Vec::new();
    let mut running = 0;
    let (first, last) = match at {
        Some(at) => (at.saturating_sub(BEFORE), at + AFTER),
        // No block shows the title: what stands right before the text.
        None => text.map_or((0, 0), |(index, _)| (index.saturating_sub(BEFORE * 2), index + 2)),
    };
    let mut label = None;
    for (index, block) in page.blocks.iter().enumerate().take(last + 1).skip(first) {
        if Some(index) == at || block.hidden {
            continue;
        }
        if index > from && block.text.len() > RUNNING {
            running += 1;
            if running == 2 {
                break;
            }
        }
        let closeness = match at {
            Some(at) if index < at => 1.0 - 0.08 * (at - index) as f32,
            Some(at) => 1.0 - 0.02 * (index - at) as f32,
            None => 0.85,
        };
        out.push(Line { text: &block.text, label: label.unwrap_or_default(), place: places(page, index) & !own, closeness });
        label = Some(block.text.as_str()).filter(|text| text.len() <= LABEL);
    }
    (out, own)
}

/// Lines anywhere on the page that a word of publication opens: `Posted on 19 July 2021 by Ada Marsh` at an article's end.
fn told_lines(page: &Page) -> impl Iterator<Item = Line<'_>> {
    page.blocks.iter().enumerate().filter_map(|(index, block)| {
        let short = !block.hidden && block.text.len() <= 140 && block.text.bytes().filter(u8::is_ascii_digit).count() >= 5;
        let label = index.checked_sub(1).and_then(|before| page.blocks.get(before)).map_or("", |b| b.text.as_str());
        let label = if label.len() <= LABEL { label } else { "" };
        short.then(|| Line { text: &block.text, label, place: places(page, index), closeness: 1.0 })
    })
}

/// The block that shows `title`.
fn block_of(page: &Page, title: &str) -> Option<usize> {
    let wanted = key(title);
    // Menus and metadata repeat a title before the heading does: the last before running text is the heading.
    let (mut at, mut partly) = (None, None);
    let mut running = 0;
    for (index, block) in page.blocks.iter().enumerate() {
        if !block.hidden && block.text.len() < title.len() * 2 + 40 && block.text.len() * 3 + 10 > title.len() {
            let shown = key(&block.text);
            if shown == wanted {
                at = Some(index);
            } else if partly.is_none()
                && shown.len() > 15
                && (wanted.ends_with(&shown) || shown.ends_with(&wanted) || wanted.starts_with(&shown) || shown.starts_with(&wanted))
            {
                partly = Some(index);
            }
        }
        running += usize::from(block.text.len() > RUNNING);
        if running >= 2 && at.is_some() {
            break;
        }
    }
    at.or(partly)
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

#[cfg(test)]
mod tests;
