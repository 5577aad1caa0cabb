//! One walk over the DOM that picks up whatever may speak about the page: meta tags, titles, JSON-LD, and elements marked as author or date.
//!
//! Decides nothing. Every list is bounded, so a page of a hundred thousand meta tags costs no more than one of two thousand.

use super::regions::{self, AUTHOR, BODY, BY, Bits, DATE, HEADLINE, HIDDEN, MODIFIED, NAME, PLACE, PUBLISHED};
use super::wording::shown;
use dom_query::{Document, Element, NodeData, NodeId, Tree};

const MAX_METAS: usize = 2_000;
const MAX_HEADINGS: usize = 60;
const MAX_MARKS: usize = 600;
const MAX_SCRIPTS: usize = 64;
const MAX_SCRIPT_BYTES: usize = 8 << 20;
const MAX_COMMENTS: usize = 8;
/// A mark with more text than this is a part of the page, not an author or a date.
const MAX_MARK_BYTES: usize = 240;
/// A text with more than this is no label.
const MAX_LABEL_BYTES: usize = 40;

/// What the walk found.
#[derive(Debug, Default)]
pub(super) struct Harvest {
    /// `lang` of the root element.
    pub(super) language: Option<String>,
    /// Content of `<title>`.
    pub(super) title: Option<String>,
    /// Lower-case name and content of each `<meta>`, in order.
    pub(super) metas: Vec<(String, String)>,
    /// `<link rel=canonical>`.
    pub(super) canonical: Option<String>,
    /// `<base href>`.
    pub(super) base: Option<String>,
    /// The first comments of the page.
    pub(super) comments: Vec<String>,
    /// Contents of `application/ld+json` scripts.
    pub(super) scripts: Vec<String>,
    /// Headings, and what class names call a headline, in order.
    pub(super) headings: Vec<Heading>,
    /// Elements marked as author or date.
    pub(super) marks: Vec<Mark>,
    /// The last text the walk has seen, where it is short.
    pub(super) last: String,
}

/// A heading.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) text: String,
    /// 1 to 3; 7 for an element that only its class names a headline.
    pub(super) level: u8,
    pub(super) bits: Bits,
    /// Bytes of text before it.
    pub(super) at: usize,
    /// `itemprop`, `class` or `id` call it the headline.
    pub(super) headline: bool,
}

/// An element marked as author or date.
#[derive(Debug)]
pub(super) struct Mark {
    /// What its attributes say it holds.
    pub(super) means: Bits,
    /// Where it stands.
    pub(super) place: Bits,
    /// `itemprop`, `rel=author` or the tag `time`, where that is what marks it.
    pub(super) by: MarkedBy,
    /// `datetime`, `content` or `title`.
    pub(super) value: Option<String>,
    /// Its text.
    pub(super) text: String,
    /// The same, parted where elements begin and end.
    pub(super) parts: Vec<String>,
    /// Bytes of text before it.
    pub(super) at: usize,
    /// The short text right before it: its label, where it has one.
    pub(super) label: String,
}

/// What makes an element a mark, the surest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MarkedBy {
    Class,
    Time,
    Link,
    Rel,
    Itemprop,
}

impl Harvest {
    /// Walks over `doc`.
    pub(super) fn of(doc: &Document) -> Harvest {
        let mut harvest = Harvest::default();
        let mut script_bytes = 0;
        let mut at = 0;
        let mut stack: Vec<(NodeId, Bits)> = vec![(doc.tree.root().id, 0)];
        while let Some((id, place)) = stack.pop() {
            let next = doc.tree.query_node_or(&id, (None, None, place), |node| {
                let inside = match &node.data {
                    NodeData::Element(element) => harvest.element(&doc.tree, &id, element, place, at, &mut script_bytes),
                    NodeData::Text { contents } => {
                        let text = contents.trim();
                        if !text.is_empty() {
                            at += text.len();
                            harvest.last.clear();
                            harvest.last.push_str(if text.len() <= MAX_LABEL_BYTES { text } else { "" });
                        }
                        None
                    }
                    NodeData::Comment { contents } => {
                        if harvest.comments.len() < MAX_COMMENTS && contents.len() < MAX_MARK_BYTES * 4 {
                            harvest.comments.push(contents.to_string());
                        }
                        None
                    }
                    NodeData::Document | NodeData::Fragment => Some(place),
                    _ => None,
                };
                (node.next_sibling, inside.and(node.first_child), inside.unwrap_or_default())
            });
            if let Some(sibling) = next.0 {
                stack.push((sibling, place));
            }
            if let Some(child) = next.1 {
                stack.push((child, next.2));
            }
        }
        harvest
    }

    /// Takes an element in; the place its children are in, or `None` where they hold no text of the page.
    fn element(&mut self, tree: &Tree, id: &NodeId, element: &Element, place: Bits, at: usize, script_bytes: &mut usize) -> Option<Bits> {
        let tag: &str = &element.name.local;
        match tag {
            "meta" => {
                self.meta(element);
                return None;
            }
            "title" => {
                // An `<svg>` has titles of its own.
                if self.title.is_none() && &*element.name.ns == "http://www.w3.org/1999/xhtml" {
                    self.title = text_of(tree, id, 4_000).map(|t| shown(&t)).filter(|t| !t.is_empty());
                }
                return None;
            }
            "link" => {
                if self.canonical.is_none() && attr(element, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
                    self.canonical = attr(element, "href").map(|href| href.trim().to_owned()).filter(|href| !href.is_empty());
                }
                return None;
            }
            "base" => {
                self.base = self.base.take().or_else(|| attr(element, "href").map(str::to_owned));
                return None;
            }
            "script" => {
                if attr(element, "type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
                    && self.scripts.len() < MAX_SCRIPTS
                    && *script_bytes < MAX_SCRIPT_BYTES
                    && let Some(script) = text_of(tree, id, MAX_SCRIPT_BYTES)
                {
                    *script_bytes += script.len();
                    self.scripts.push(script);
                }
                return None;
            }
            "style" | "noscript" | "template" | "svg" | "iframe" | "object" | "select" | "textarea" => return None,
            "html" => {
                self.language = attr(element, "lang").or_else(|| attr(element, "xml:lang")).map(str::to_owned);
                return Some(place);
            }
            "head" | "body" | "main" => return Some(place),
            _ => {}
        }
        self.visible(tree, id, element, tag, place, at)
    }

    /// Takes in an element of the body.
    fn visible(&mut self, tree: &Tree, id: &NodeId, element: &Element, tag: &str, place: Bits, at: usize) -> Option<Bits> {
        let mut own = regions::of_tag(tag);
        let (mut value, mut titled, mut itemprop) = (None, None, None);
        let (mut rel_author, mut linked, mut hidden) = (false, false, false);
        for attribute in &element.attrs {
            let content: &str = &attribute.value;
            match &*attribute.name.local {
                "class" | "id" | "data-testid" | "data-component" => own |= regions::of_words(content.get(..400).unwrap_or(content)),
                "itemprop" => itemprop = Some(content),
                "href" if tag == "a" => linked = regions::is_author_path(content.get(..200).unwrap_or(content)),
                "rel" => rel_author = content.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("author")),
                "datetime" => value = Some(content),
                "content" => value = value.or(Some(content)),
                "title" => titled = Some(content),
                "hidden" => hidden = true,
                "style" => hidden |= content.contains("display:none") || content.contains("display: none"),
                _ => {}
            }
        }
        let mut by = MarkedBy::Class;
        if tag == "time" || tag == "relative-time" {
            (own, by) = (own | DATE, MarkedBy::Time);
        }
        if linked && !rel_author {
            (own, by) = (own | AUTHOR | NAME, MarkedBy::Link);
        }
        if rel_author {
            (own, by) = (own | AUTHOR | NAME, MarkedBy::Rel);
        }
        if let Some(property) = itemprop {
            let means = match property.trim().to_ascii_lowercase().as_str() {
                "datepublished" | "datecreated" | "uploaddate" => DATE | PUBLISHED,
                "datemodified" => DATE | MODIFIED,
                "author" | "creator" => AUTHOR,
                "articlebody" => BODY,
                "name" => NAME,
                _ => 0,
            };
            own |= means;
            if means & !(BODY | NAME) != 0 {
                by = MarkedBy::Itemprop;
            }
        }
        // Blogs write the machine's form of a date there.
        if own & DATE != 0 {
            value = value.or(titled.filter(|title| tag == "abbr" || title.bytes().take(4).all(|b| b.is_ascii_digit())));
        }
        // A name or link inside an element that names an author is the author's.
        if place & BY != 0 && (own & NAME != 0 || tag == "a") {
            own |= AUTHOR | NAME;
        }
        if own & AUTHOR == 0 {
            own &= !NAME;
        }
        if hidden {
            own |= HIDDEN;
        }
        let inside = place | own & PLACE | if own & AUTHOR != 0 { BY } else { 0 };
        let level = match tag {
            "h1" => 1,
            "h2" => 2,
            "h3" | "h4" => 3,
            _ => 7,
        };
        let headline = own & HEADLINE != 0 && own & (AUTHOR | DATE) == 0 || itemprop.is_some_and(|p| p.eq_ignore_ascii_case("headline"));
        own &= !HEADLINE;
        if (level < 7 || headline) && (level == 1 || self.headings.len() < MAX_HEADINGS) && self.headings.len() < 2 * MAX_HEADINGS {
            if let Some(text) = text_of(tree, id, 500).map(|t| shown(&t)).filter(|t| !t.is_empty()) {
                self.headings.push(Heading { text, level, bits: inside, at, headline });
            }
        } else if own & (AUTHOR | DATE) != 0 && self.marks.len() < MAX_MARKS {
            let parts: Option<Vec<String>> =
                text_of(tree, id, MAX_MARK_BYTES).map(|t| t.split(EDGE).map(shown).filter(|part| !part.is_empty()).collect());
            let text = parts.as_ref().map(|parts| parts.join(" "));
            let value = value.map(|v| shown(v.get(..200).unwrap_or(v))).filter(|v| !v.is_empty());
            if text.as_ref().is_some_and(|t| !t.is_empty()) || value.is_some() {
                self.marks.push(Mark {
                    means: own & !PLACE,
                    place: inside,
                    by,
                    value,
                    text: text.unwrap_or_default(),
                    parts: parts.unwrap_or_default(),
                    at,
                    label: self.last.clone(),
                });
            }
        }
        Some(inside)
    }

    fn meta(&mut self, element: &Element) {
        if self.metas.len() >= MAX_METAS {
            return;
        }
        let Some(content) = attr(element, "content").or_else(|| attr(element, "value")).map(shown).filter(|c| !c.is_empty()) else {
            return;
        };
        for name in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(key) = attr(element, name) {
                self.metas.push((key.trim().to_ascii_lowercase(), content.clone()));
            }
        }
    }

    /// The contents of the meta tags of that name.
    pub(super) fn meta_all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.metas.iter().filter(move |(key, _)| key == name).map(|(_, content)| content.as_str())
    }

    /// The first of them.
    pub(super) fn meta_first<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.meta_all(name).next()
    }
}

fn attr<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
}

/// Stands where an element begins inside a text; white space to all but [`Mark::parts`].
const EDGE: char = '\u{1f}';

/// The text of an element, [`EDGE`] where an element inside begins; `None` where it is longer than `most` bytes.
fn text_of(tree: &Tree, id: &NodeId, most: usize) -> Option<String> {
    let mut out = String::new();
    // `None` stands for the end of an element.
    let mut stack = vec![Some(tree.query_node_or(id, None, |node| node.first_child)?)];
    let mut steps = 0;
    while let Some(next) = stack.pop() {
        let Some(at) = next else {
            out.push(EDGE);
            continue;
        };
        steps += 1;
        if steps > 400 {
            return None;
        }
        let (sibling, child) = tree.query_node_or(&at, (None, None), |node| {
            let child = match &node.data {
                NodeData::Text { contents } => {
                    out.push_str(contents);
                    None
                }
                NodeData::Element(element) => match &*element.name.local {
                    "script" | "style" | "noscript" | "template" | "svg" => None,
                    // Inline mark-up may stand inside a word.
                    "em" | "i" | "b" | "strong" | "wbr" | "sup" | "sub" | "font" | "mark" => Some((node.first_child, false)),
                    _ => {
                        out.push(EDGE);
                        Some((node.first_child, true))
                    }
                },
                _ => None,
            };
            (node.next_sibling, child)
        });
        stack.extend(sibling.map(Some));
        if let Some((child, edge)) = child {
            if edge {
                stack.push(None);
            }
            stack.extend(child.map(Some));
        }
        if out.len() > most.saturating_mul(2) || out.len() > most && out.split_whitespace().map(|w| w.len() + 1).sum::<usize>() > most {
            return None;
        }
    }
    Some(out)
}
