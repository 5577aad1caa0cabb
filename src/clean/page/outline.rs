//! What each element of the skeleton holds: text, links, running sentences, and what is said of it.

use super::vocabulary::{GROUPS_LEN, groups_of};
use crate::article::{Block, BlockKind, NO_ELEMENT, Page};
use foldhash::{HashMap, HashMapExt};

/// "No such element around the block", as a distance.
pub(super) const FAR: u8 = 30;

/// Tags whose distance is a feature, besides the groups of words.
pub(super) const TAGS: [&str; 21] = [
    "article",
    "main",
    "section",
    "aside",
    "nav",
    "header",
    "footer",
    "form",
    "figure",
    "li",
    "table",
    "blockquote",
    "p",
    "a",
    "button",
    "noscript",
    "em",
    "i",
    "small",
    "details",
    "dl",
];
const MARKS: usize = GROUPS_LEN + TAGS.len();

/// Tags that run in the line; all others are containers.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "big", "cite", "code", "em", "font", "i", "ins", "label", "mark", "q", "s", "small", "span", "strong", "sub",
    "sup", "time", "tt", "u",
];

/// What is known of one element.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// The nearest container around it.
    pub(super) container: u32,
    pub(super) inline: bool,
    /// Containers on the way to the root.
    pub(super) depth: u16,
    /// How many containers away the nearest element of each group or tag is; 0 is this element itself.
    pub(super) distance: [u8; MARKS],
    /// That element.
    pub(super) nearest: [u32; GROUPS_LEN],
    /// A fingerprint of tag and words, and of those of the elements around.
    pub(super) look: u64,
    pub(super) bytes: u32,
    pub(super) link_bytes: u32,
    /// Bytes of running sentences.
    pub(super) prose: u32,
    pub(super) blocks: u32,
    pub(super) first: u32,
    pub(super) last: u32,
    /// Running sentences close below it, for the choice of the container that holds the article.
    pub(super) score: f32,
}

/// All elements, and the containers that hold most of the prose.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) nodes: Vec<Node>,
    pub(super) bytes: u32,
    pub(super) prose: u32,
    /// The element with most prose close below it.
    pub(super) best: u32,
    /// The innermost element with two thirds of all prose.
    pub(super) most: u32,
}

/// Bytes of running sentences in a block: none in menus, headings and lists of links.
pub(super) fn prose(block: &Block) -> u32 {
    const SENTENCE: usize = 80;
    let running = matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem | BlockKind::Caption);
    let own = (block.text.len() as u32).saturating_sub(block.link_bytes);
    let holds = running && !block.hidden && block.text.len() >= SENTENCE && own * 5 >= block.text.len() as u32 * 3;
    if holds && block.text.contains(['.', '!', '?', '。', '।', '؟', '…']) { own } else { 0 }
}

impl Outline {
    pub(super) fn of(page: &Page) -> Self {
        let mut nodes: Vec<Node> = Vec::with_capacity(page.elements.len());
        let mut padded = String::new();
        // Elements are named alike in rows.
        let mut known: HashMap<&str, u32> = HashMap::new();
        for (at, element) in page.elements.iter().enumerate() {
            let inline = INLINE.binary_search(&&*element.tag).is_ok();
            let whole = matches!(&*element.tag, "html" | "body");
            let groups = match known.get(&*element.hints).filter(|_| !whole) {
                Some(groups) => *groups,
                None => {
                    let groups = groups_of(&element.tag, &element.hints, &mut padded);
                    if !whole {
                        known.insert(&element.hints, groups);
                    }
                    groups
                }
            };
            let above = nodes.get(element.parent as usize);
            let mut node = above.cloned().unwrap_or(Node {
                container: NO_ELEMENT,
                inline: false,
                depth: 0,
                distance: [FAR; MARKS],
                nearest: [NO_ELEMENT; GROUPS_LEN],
                look: 0,
                bytes: 0,
                link_bytes: 0,
                prose: 0,
                blocks: 0,
                first: u32::MAX,
                last: 0,
                score: 0.0,
            });
            if let Some(above) = above {
                node.container = if above.inline { above.container } else { element.parent };
                node.depth += 1;
                if !inline {
                    for distance in &mut node.distance {
                        *distance = (*distance + 1).min(FAR);
                    }
                }
            }
            node.inline = inline;
            let near = node.distance.iter_mut().zip(node.nearest.iter_mut());
            for (bit, (distance, nearest)) in near.enumerate() {
                if groups & 1 << bit != 0 {
                    (*distance, *nearest) = (0, at as u32);
                }
            }
            for (tag, distance) in TAGS.iter().zip(node.distance.iter_mut().skip(GROUPS_LEN)) {
                if **tag == *element.tag {
                    *distance = 0;
                }
            }
            node.look = mix(mix(node.look.rotate_left(7), hash(&element.tag)), hash(&element.hints));
            nodes.push(node);
        }
        let mut outline = Outline { nodes, best: NO_ELEMENT, most: NO_ELEMENT, ..Outline::default() };
        outline.add_up(page);
        outline
    }

    pub(super) fn node(&self, element: u32) -> Option<&Node> {
        self.nodes.get(element as usize)
    }

    /// The container of a block: its innermost element that does not run in the line.
    pub(super) fn container_of(&self, element: u32) -> u32 {
        match self.node(element) {
            Some(node) if node.inline => node.container,
            _ => element,
        }
    }

    /// Whether `element` is `around` or stands inside it, and how many containers below.
    pub(super) fn depth_below(&self, mut element: u32, around: u32) -> Option<u8> {
        let mut depth = 0u8;
        while let Some(node) = self.node(element) {
            if element == around {
                return Some(depth);
            }
            depth = depth.saturating_add(1);
            element = node.container;
        }
        None
    }

    fn add_up(&mut self, page: &Page) {
        for (at, block) in page.blocks.iter().enumerate() {
            let (bytes, prose) = (block.text.len() as u32, prose(block));
            self.bytes += bytes;
            self.prose += prose;
            let container = self.container_of(block.element);
            let mut credit = prose as f32;
            let mut up = if matches!(self.tag(page, container), "p" | "li" | "blockquote" | "ul" | "ol") {
                self.above(container)
            } else {
                container
            };
            for _ in 0..3 {
                let Some(node) = self.nodes.get_mut(up as usize) else { break };
                node.score += credit;
                credit *= 0.5;
                up = node.container;
            }
            if let Some(node) = self.nodes.get_mut(block.element as usize) {
                node.bytes += bytes;
                node.link_bytes += block.link_bytes;
                node.prose += prose;
                node.blocks += 1;
                node.first = node.first.min(at as u32);
                node.last = node.last.max(at as u32);
            }
        }
        // Parents stand before their children.
        for at in (0..self.nodes.len()).rev() {
            let Some((parent, child)) = page.elements.get(at).and_then(|e| {
                let (above, below) = self.nodes.split_at_mut_checked(at)?;
                Some((above.get_mut(e.parent as usize)?, below.first()?))
            }) else {
                continue;
            };
            parent.bytes += child.bytes;
            parent.link_bytes += child.link_bytes;
            parent.prose += child.prose;
            parent.blocks += child.blocks;
            parent.first = parent.first.min(child.first);
            parent.last = parent.last.max(child.last);
        }
        let mut best = 0.0;
        for (at, node) in self.nodes.iter().enumerate() {
            let score = node.score * (1.0 - node.link_bytes as f32 / (node.bytes as f32 + 1.0));
            if score > best {
                (self.best, best) = (at as u32, score);
            }
            if self.prose > 0 && !node.inline && node.prose * 3 >= self.prose * 2 {
                self.most = at as u32; // Children stand behind their parents: the last is the innermost.
            }
        }
    }

    fn above(&self, element: u32) -> u32 {
        self.node(element).map_or(NO_ELEMENT, |n| n.container)
    }

    fn tag<'p>(&self, page: &'p Page, element: u32) -> &'p str {
        page.elements.get(element as usize).map_or("", |e| &e.tag)
    }
}

/// FNV-1a.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
}

fn mix(a: u64, b: u64) -> u64 {
    (a ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
