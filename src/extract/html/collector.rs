//! Text as it comes, gathered into blocks, and the elements around it.

use super::characters;
use super::tags::Flow;
use crate::article::{Block, BlockKind, Element, NO_ELEMENT, Page};
use std::borrow::Cow;

/// Words of an element's hints beyond this many bytes are left out: a page may hold kilobytes of generated class names.
const LONGEST_HINTS: usize = 240;

/// Gathers text into blocks.
#[derive(Default)]
pub(super) struct Collector {
    page: Page,
    open: Vec<Open>,
    /// The text of the block being gathered, white space collapsed.
    text: String,
    /// White space was seen after the last character.
    space: bool,
    link_bytes: usize,
    strong_bytes: usize,
    /// The block so far stands inside a control.
    control: bool,
    /// How many of `open` surround all text of the block.
    common: usize,
    /// The fewest that were open since the last piece of text.
    fewest: usize,
    /// What surrounds the first piece of the block, and the elements it stands in.
    first: State,
    /// What surrounds the last word.
    last: State,
    chain: Vec<u32>,
    /// The most conspicuous ends and beginnings of mark-up since the last character.
    ended: Joint,
    began: Joint,
    /// A new cell of a row began since the last character.
    cell: bool,
}

/// How far apart mark-up sets the text on its two sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Joint {
    /// Not at all, or by emphasis only: letters on both sides are of one word.
    #[default]
    None,
    /// A box of unknown looks.
    Box,
    /// Something a reader sees as a thing of its own: a link, a button, a picture.
    Apart,
}

/// An element on the way to the node at hand.
struct Open {
    flow: Flow,
    tag: Box<str>,
    hints: Box<str>,
    id: u32,
    /// It has attributes, so it may look like anything.
    dressed: bool,
    state: State,
}

/// What the elements around a piece of text make of it.
#[derive(Clone, Copy, Default)]
struct State {
    hidden: bool,
    link: bool,
    strong: bool,
    control: bool,
    pre: bool,
    quote: bool,
    caption: bool,
    /// Inside a row of data; `cell` counts its cells.
    row: bool,
    heading: u8,
    list_depth: u8,
    item: bool,
    /// Inside an element that holds inline text only.
    phrasing: bool,
    superscript: bool,
}

impl Collector {
    /// Enters a document, or the contents of a template.
    pub(super) fn open_root(&mut self) {
        let state = self.open.last().map(|o| o.state).unwrap_or_default();
        self.open.push(Open { flow: Flow::Block, tag: "".into(), hints: "".into(), id: NO_ELEMENT, dressed: false, state });
    }

    /// Enters an element that has children.
    pub(super) fn open(&mut self, tag: &str, flow: Flow, element: &dom_query::Element, data_row: bool) {
        let mut state = self.open.last().map(|o| o.state).unwrap_or_default();
        let mut words = Words::default();
        let mut hidden = false;
        for attr in &element.attrs {
            let value: &str = attr.value.as_ref();
            match attr.name.local.as_ref() {
                "class" => {
                    // SingleFile marks what was not shown when the page was saved.
                    hidden |= value.split_ascii_whitespace().any(|c| c == "sf-hidden");
                    words.add(value);
                }
                "id" | "itemprop" | "data-testid" | "aria-label" => words.add(value),
                "role" => {
                    if value == "heading" {
                        state.heading = 2;
                    }
                    words.add(value);
                }
                "hidden" => hidden |= !value.eq_ignore_ascii_case("until-found"),
                "aria-hidden" => hidden |= value == "true",
                "style" => hidden |= unseen(value),
                _ => {}
            }
        }
        let is_open = || element.attrs.iter().any(|a| &*a.name.local == "open");
        state.hidden |= hidden || flow == Flow::Fallback || (tag == "dialog" && !is_open());
        match tag {
            "a" => state.link = true,
            "blockquote" | "q" => state.quote |= tag == "blockquote",
            "figcaption" | "caption" => state.caption = true,
            "pre" | "listing" | "xmp" => state.pre = true,
            "textarea" => (state.pre, state.control) = (true, true),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => state.heading = tag.as_bytes().get(1).map_or(1, |d| d - b'0'),
            "ul" | "ol" | "menu" | "dir" | "dl" => (state.list_depth, state.item) = (state.list_depth.saturating_add(1), false),
            "li" | "dt" | "dd" => state.item = true,
            "button" | "select" | "label" => state.control = true,
            "tr" => state.row |= data_row,
            "sup" => state.superscript = true,
            _ => {}
        }
        state.strong |= flow == Flow::Strong;
        let in_line = state.phrasing && flow == Flow::Control;
        let flow = if in_line { Flow::Inline } else { flow };
        state.phrasing = match flow {
            Flow::Phrasing => true,
            Flow::Block => false,
            _ => state.phrasing,
        };
        if !breaks(flow) {
            self.began = self.began.max(joint(tag, !element.attrs.is_empty()));
        } else if state.row && tag != "tr" {
            self.space = true;
            self.cell |= matches!(tag, "td" | "th");
        } else {
            self.flush();
        }
        self.open.push(Open {
            flow,
            tag: tag.into(),
            hints: words.text.into_boxed_str(),
            id: NO_ELEMENT,
            dressed: !element.attrs.is_empty(),
            state,
        });
    }

    /// Leaves the innermost open element.
    pub(super) fn close(&mut self) {
        let Some(top) = self.open.last() else { return };
        let (flow, row, is_row) = (top.flow, top.state.row, &*top.tag == "tr");
        if breaks(flow) {
            if row && !is_row {
                self.space = true;
            } else {
                self.flush();
            }
        } else {
            self.ended = self.ended.max(joint(&top.tag, top.dressed));
        }
        self.open.pop();
        self.fewest = self.fewest.min(self.open.len());
    }

    /// Something without text stands here: a picture, a script, a field.
    pub(super) fn gap(&mut self, tag: &str) {
        if matches!(tag, "img" | "svg" | "input" | "iframe") && !self.text.is_empty() {
            (self.ended, self.began) = (Joint::Apart, Joint::Apart);
        }
    }

    /// A break that ends a block.
    pub(super) fn boundary(&mut self) {
        self.flush();
    }

    /// A line break: within a paragraph it is white space; two of them part paragraphs, and so does one after a whole sentence or a line of links.
    pub(super) fn line_break(&mut self) {
        const SENTENCE: usize = 60;
        let state = self.open.last().map(|o| o.state).unwrap_or_default();
        if state.pre {
            self.text.push('\n');
            return;
        }
        let again = self.space && self.text.ends_with('\n');
        let ends = self.text.trim_end().ends_with(['.', '!', '?', '…', '”', '"', '»', ':', '。', '।']);
        let links = self.link_bytes > 0 && self.link_bytes + 2 >= self.text.len();
        if state.row {
            self.space = true;
        } else if again || (ends && self.text.len() >= SENTENCE) || (links && state.heading == 0) {
            self.flush();
        } else if !self.text.is_empty() {
            // Remembered as a line feed until the next character tells whether a second break follows.
            if !self.text.ends_with('\n') {
                self.text.push('\n');
            }
            self.space = true;
        }
    }

    /// Text of a text node.
    pub(super) fn text(&mut self, raw: &str) {
        let state = self.open.last().map(|o| o.state).unwrap_or_default();
        if state.pre {
            if !self.text.is_empty() || !raw.trim().is_empty() {
                self.begin(state);
                self.text.extend(raw.chars().filter(|c| !matches!(c, '\r' | '\0')));
                self.link_bytes += if state.link { raw.len() } else { 0 };
            }
            return;
        }
        for (nth, word) in raw.split(blank).enumerate() {
            // An empty first or last piece is white space at the edge of the node.
            self.space |= nth > 0;
            // A word of nothing but invisible characters would leave the white space on both its sides.
            if word.chars().all(characters::invisible) {
                continue;
            }
            self.begin(state);
            if self.text.ends_with('\n') {
                self.text.pop();
                self.space = true;
            }
            let end = self.text.len();
            if !self.text.is_empty() {
                if self.cell {
                    self.text.push_str(" | ");
                } else if self.space || self.parted(word, state) {
                    self.text.push(' ');
                }
            }
            (self.space, self.cell, self.ended, self.began) = (false, false, Joint::None, Joint::None);
            let start = self.text.len();
            self.text.push_str(word);
            self.link_bytes += if state.link { self.text.len() - if self.last.link { end } else { start } } else { 0 };
            self.strong_bytes += if state.strong { self.text.len() - if self.last.strong { end } else { start } } else { 0 };
            self.last = state;
        }
    }

    /// Whether `word` follows the text without white space but is a word of its own to a reader.
    fn parted(&self, word: &str, state: State) -> bool {
        let (Some(before), Some(after)) = (self.text.chars().next_back(), word.chars().next()) else { return false };
        if state.superscript && state.link {
            return true; // The mark of a footnote is no part of the word before it.
        }
        match self.ended.min(self.began) {
            Joint::None => false,
            Joint::Box => (before.is_lowercase() || before.is_numeric()) && after.is_uppercase(),
            Joint::Apart => before.is_alphanumeric() && after.is_alphanumeric(),
        }
    }

    /// Takes note of where text stands: the first piece of a block names its elements, later ones narrow down what they share.
    fn begin(&mut self, state: State) {
        if self.text.is_empty() {
            (self.first, self.last, self.control, self.space, self.cell) = (state, State::default(), state.control, false, false);
            self.name_elements();
            self.common = self.open.len();
        } else {
            self.common = self.common.min(self.fewest);
            self.control &= state.control;
            self.first.hidden &= state.hidden;
        }
        self.fewest = self.open.len();
    }

    /// Gives every open element its place in the skeleton.
    fn name_elements(&mut self) {
        self.chain.clear();
        let mut parent = NO_ELEMENT;
        for open in self.open.iter_mut() {
            if !open.tag.is_empty() {
                if open.id == NO_ELEMENT {
                    open.id = u32::try_from(self.page.elements.len()).unwrap_or(NO_ELEMENT);
                    self.page.elements.push(Element { parent, tag: open.tag.clone(), hints: open.hints.clone() });
                }
                parent = open.id;
            }
            self.chain.push(parent);
        }
    }

    /// Ends the block.
    fn flush(&mut self) {
        if !self.text.is_empty() {
            let state = self.first;
            let kind = match () {
                () if self.control => BlockKind::Control,
                () if state.pre => BlockKind::Preformatted,
                () if state.heading > 0 => BlockKind::Heading,
                () if state.row => BlockKind::TableRow,
                () if state.caption => BlockKind::Caption,
                () if state.item => BlockKind::ListItem,
                () if state.quote => BlockKind::Quote,
                () => BlockKind::Paragraph,
            };
            let level = match kind {
                BlockKind::Heading => state.heading,
                BlockKind::ListItem => state.list_depth.max(1),
                _ => 0,
            };
            let raw = if state.pre { self.text.trim_end().trim_start_matches('\n') } else { self.text.trim_end() };
            let text = characters::clean(Cow::Borrowed(raw));
            // What is left may be nothing, or may begin with white space that an invisible character hid.
            let text = if state.pre { &*text } else { text.trim() };
            if !text.trim().is_empty() {
                let whole = text.len();
                let block = Block {
                    text: text.to_owned(),
                    kind,
                    level,
                    element: self.common.checked_sub(1).and_then(|at| self.chain.get(at)).copied().unwrap_or(NO_ELEMENT),
                    link_bytes: count(self.link_bytes.min(whole)),
                    strong_bytes: count(self.strong_bytes.min(whole)),
                    hidden: state.hidden,
                };
                self.page.blocks.push(block);
            }
        }
        self.text.clear();
        (self.link_bytes, self.strong_bytes, self.space, self.cell) = (0, 0, false, false);
        (self.ended, self.began) = (Joint::None, Joint::None);
    }

    /// All blocks and elements.
    pub(super) fn finish(mut self) -> Page {
        self.flush();
        self.page
    }
}

fn count(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// White space of any kind; control characters are no text either.
fn blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Whether a tag ends the block before it.
fn breaks(flow: Flow) -> bool {
    !matches!(flow, Flow::Inline | Flow::Strong)
}

/// How far an inline tag sets text apart.
fn joint(tag: &str, dressed: bool) -> Joint {
    match tag {
        "a" | "button" | "label" | "time" => Joint::Apart,
        "b" | "strong" | "i" | "em" | "u" | "s" | "font" | "sup" | "sub" | "small" | "big" | "mark" | "code" | "abbr" | "acronym"
        | "bdi" | "bdo" | "ins" | "del" | "tt" | "q" => Joint::None,
        _ if dressed => Joint::Box,
        _ => Joint::None,
    }
}

/// Whether a style attribute keeps an element from being shown.
fn unseen(style: &str) -> bool {
    let mut declarations = style.split(';').filter_map(|d| d.split_once(':'));
    declarations.any(|(property, value)| {
        let value = value.trim_start();
        let is = |s: &str| value.get(..s.len()).is_some_and(|v| v.eq_ignore_ascii_case(s));
        match property.trim() {
            "display" => is("none"),
            "visibility" => is("hidden"),
            _ => false,
        }
    })
}

/// Lower-case words of attributes, parted by spaces: `entry-content`, `entryContent` and `entry_content` are the same two words.
/// What holds a digit is a number or was generated, and says nothing.
#[derive(Default)]
struct Words {
    text: String,
}

impl Words {
    fn add(&mut self, value: &str) {
        for token in value.split(|c: char| !c.is_alphanumeric()) {
            if self.text.len() + token.len() >= LONGEST_HINTS {
                return;
            }
            if token.len() < 2 || token.bytes().any(|b| b.is_ascii_digit()) {
                continue;
            }
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            let mut after_lower = false;
            for c in token.chars() {
                if after_lower && c.is_uppercase() {
                    self.text.push(' ');
                }
                after_lower = c.is_lowercase();
                self.text.extend(c.to_lowercase());
            }
        }
    }
}
