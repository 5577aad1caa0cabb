//! What is measured of each block: its own text, its neighbours, the elements around it, its place on the page.

use super::cues::{CUES, CUES_LEN, cues_of};
use super::outline::{FAR, Node, Outline, TAGS, hash, prose};
use super::vocabulary::{GROUPS, GROUPS_LEN};
use super::words::{self, Likeness};
use crate::article::{BlockKind, NO_ELEMENT, Page};
use foldhash::{HashMap, HashMapExt};
use std::sync::LazyLock;

/// Names of the features of the text of a block alone; neighbours show the first [`SHOWN`] of them.
const OWN: [&str; 22] = [
    "length",
    "link-share",
    "kind",
    "ends-sentence",
    "prose",
    "cues",
    "heading-level",
    "list-depth",
    "strong-share",
    "hidden",
    "sentences",
    "commas",
    "digits",
    "capitals",
    "title-case",
    "colon-end",
    "starts-lower",
    "quoted",
    "address",
    "separators",
    "words",
    "word-length",
];
const SHOWN: usize = 6;
const NEIGHBOURS: [isize; 6] = [-3, -2, -1, 1, 2, 3];
/// Containers upwards from the block's own.
const UP: usize = 4;
const CONTAINER: [&str; 5] = ["bytes", "link-share", "prose-share", "blocks", "place"];
const PLACE: [&str; 39] = [
    "place-blocks",
    "place-bytes",
    "place-prose",
    "prose-before",
    "prose-after",
    "blocks-to-prose-before",
    "blocks-to-prose-after",
    "depth",
    "best-depth",
    "best-side",
    "best-prose",
    "best-place",
    "best-before",
    "best-after",
    "most-depth",
    "most-side",
    "most-link-share",
    "most-place",
    "look-count",
    "look-length",
    "look-link-share",
    "look-prose",
    "repeated-before",
    "repeated-after",
    "title-likeness",
    "in-title",
    "title-covered",
    "in-authors",
    "authors-covered",
    "prose-in-run",
    "first-heading",
    "same-beginning",
    "same-length",
    "from-title",
    "is-h1",
    "declared",
    "has-declared",
    "page-prose",
    "page-blocks",
];

/// The names of all features, in order.
pub(super) static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut names: Vec<String> = OWN.iter().map(|n| (*n).to_owned()).collect();
    names.extend(CUES.iter().map(|c| c.name.to_owned()));
    for by in NEIGHBOURS {
        names.extend(OWN.iter().take(SHOWN).map(|n| format!("{n}{by:+}")));
        names.push(format!("same-container{by:+}"));
    }
    names.extend(GROUPS.iter().map(|g| format!("in-{}", g.name)));
    names.extend(GROUPS.iter().map(|g| format!("extent-{}", g.name)));
    names.extend(TAGS.iter().map(|t| format!("in-<{t}>")));
    for up in 0..UP {
        names.extend(CONTAINER.iter().map(|n| format!("up{up}-{n}")));
    }
    names.extend(PLACE.iter().map(|n| (*n).to_owned()));
    names
});

/// The features of all blocks, one row after the other, and what was made on the way to them.
pub(super) struct Measured {
    pub(super) outline: Outline,
    pub(super) values: Vec<f32>,
    pub(super) width: usize,
    /// Cues of each block.
    pub(super) cues: Vec<u32>,
    /// Bytes of running sentences of each block.
    pub(super) prose: Vec<u32>,
    pub(super) title: Vec<Likeness>,
}

impl Measured {
    /// The rows of all blocks, one after the other.
    pub(super) fn values(&self) -> &[f32] {
        &self.values
    }

    /// How many features a block has.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn row(&self, block: usize) -> &[f32] {
        self.values.get(block * self.width..(block + 1) * self.width).unwrap_or_default()
    }
}

#[derive(Default)]
struct Look {
    count: f32,
    bytes: f32,
    link_bytes: f32,
    prose: f32,
}

/// Measures a page.
pub(super) fn measure(page: &Page) -> Measured {
    let outline = Outline::of(page);
    let blocks = &page.blocks;
    let width = NAMES.len();
    let mut lower = String::new();
    let cues: Vec<u32> = blocks.iter().map(|b| cues_of(&b.text, &mut lower)).collect();
    let prose: Vec<u32> = blocks.iter().map(prose).collect();
    let own: Vec<[f32; OWN.len()]> = (0..blocks.len()).map(|at| own(page, at, &cues, &prose)).collect();
    let containers: Vec<u32> = blocks.iter().map(|b| outline.container_of(b.element)).collect();

    let mut numbers: HashMap<u64, u32> = HashMap::new();
    let mut all_looks: Vec<Look> = Vec::new();
    let mut looks = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        let key = outline.node(block.element).map_or(0, |n| n.look) ^ block.kind as u64;
        let number = *numbers.entry(key).or_insert(all_looks.len() as u32);
        if number as usize == all_looks.len() {
            all_looks.push(Look::default());
        }
        if let Some(look) = all_looks.get_mut(number as usize) {
            look.count += 1.0;
            look.bytes += block.text.len() as f32;
            look.link_bytes += block.link_bytes as f32;
            look.prose += prose.get(at).copied().unwrap_or(0) as f32;
        }
        looks.push(number);
    }
    let mut seen: HashMap<u64, (u32, u32)> = HashMap::new();
    for block in blocks {
        seen.entry(hash(&block.text)).or_default().1 += 1;
    }
    let title = words::likeness_to_title(page);
    let authors = words::likeness_to_authors(page);
    let declared = words::declared(page);
    let head = head(page, &title);
    let prose_index = near_prose(&prose);
    let run = runs(&prose);
    let beginnings = words::shared_beginnings(page);
    let steady = steady(page, &looks);

    let total = outline.bytes.max(1) as f32;
    let total_prose = outline.prose.max(1) as f32;
    let best = outline.node(outline.best).cloned();
    let most = outline.node(outline.most).cloned();
    let (mut bytes_before, mut prose_before, mut best_before) = (0.0f32, 0.0f32, 0.0f32);
    let mut values = Vec::with_capacity(width * blocks.len());
    let count = blocks.len() as f32;
    for (at, block) in blocks.iter().enumerate() {
        let Some(mine) = own.get(at) else { break };
        let my_prose = prose.get(at).copied().unwrap_or(0) as f32;
        let container = containers.get(at).copied().unwrap_or(NO_ELEMENT);
        values.extend_from_slice(mine);
        let my_cues = cues.get(at).copied().unwrap_or(0);
        values.extend((0..CUES_LEN).map(|cue| (my_cues >> cue & 1) as f32));
        for by in NEIGHBOURS {
            let other = at.checked_add_signed(by);
            match other.and_then(|o| own.get(o)) {
                Some(o) => values.extend_from_slice(o.get(..SHOWN).unwrap_or_default()),
                None => values.extend([-1.0; SHOWN]),
            }
            let same = other.and_then(|o| containers.get(o)).is_some_and(|c| {
                let up = |e: u32| outline.node(e).map_or(NO_ELEMENT, |n| n.container);
                *c == container || up(*c) == up(container)
            });
            values.push(f32::from(u8::from(same)));
        }
        match outline.node(block.element) {
            Some(node) => {
                values.extend(node.distance.iter().take(GROUPS_LEN).map(|d| f32::from(*d)));
                values.extend(node.nearest.iter().map(|n| outline.node(*n).map_or(-1.0, |n| n.bytes as f32 / total)));
                values.extend(node.distance.iter().skip(GROUPS_LEN).map(|d| f32::from(*d)));
            }
            None => {
                values.extend([f32::from(FAR); GROUPS_LEN]);
                values.extend([-1.0; GROUPS_LEN]);
                values.extend([f32::from(FAR); TAGS.len()]);
            }
        }
        let mut up = container;
        for _ in 0..UP {
            let node = outline.node(up);
            values.extend(node.map_or([-1.0; CONTAINER.len()], |n| {
                let place = (at as f32 - n.first as f32 + 0.5) / (n.last as f32 - n.first as f32 + 1.0);
                [
                    (1.0 + n.bytes as f32).ln(),
                    n.link_bytes as f32 / n.bytes.max(1) as f32,
                    n.prose as f32 / total_prose,
                    (1.0 + n.blocks as f32).ln(),
                    place,
                ]
            }));
            up = node.map_or(NO_ELEMENT, |n| n.container);
        }
        let side = |node: &Option<Node>| {
            node.as_ref().map_or(0.0, |n| if (at as u32) < n.first { -1.0 } else { f32::from(u8::from(at as u32 > n.last)) })
        };
        let place =
            |node: &Option<Node>| node.as_ref().map_or(0.0, |n| (at as f32 - n.first as f32) / (n.last as f32 - n.first as f32 + 1.0));
        let depth = |around: u32| outline.depth_below(container, around).map_or(-1.0, f32::from);
        let in_best = depth(outline.best) >= 0.0;
        let best_prose = best.as_ref().map_or(1.0, |n| n.prose.max(1) as f32);
        let look = looks.get(at).and_then(|l| all_looks.get(*l as usize));
        let repeated = seen.get_mut(&hash(&block.text)).map_or((0, 0), |(before, after)| {
            *after = after.saturating_sub(1);
            *before += 1;
            (*before - 1, *after)
        });
        let (to_before, to_after) = prose_index.get(at).copied().unwrap_or((0.0, 0.0));
        let (look_count, look_length, look_links, look_prose) = look.map_or((0.0, 0.0, 0.0, 0.0), |l| {
            (l.count.ln(), (1.0 + l.bytes / l.count).ln(), l.link_bytes / l.bytes.max(1.0), l.prose / total_prose)
        });
        let like_title = title.get(at).copied().unwrap_or_default();
        let like_authors = authors.get(at).copied().unwrap_or_default();
        let place_row: [f32; PLACE.len()] = [
            at as f32 / count,
            bytes_before / total,
            prose_before / total_prose,
            (1.0 + prose_before).ln(),
            (1.0 + (total_prose - prose_before - my_prose).max(0.0)).ln(),
            to_before,
            to_after,
            outline.node(block.element).map_or(0.0, |n| f32::from(n.depth)),
            depth(outline.best),
            side(&best),
            best_prose / total_prose,
            place(&best),
            if in_best { best_before / best_prose } else { -1.0 },
            if in_best { (best_prose - best_before - my_prose) / best_prose } else { -1.0 },
            depth(outline.most),
            side(&most),
            most.as_ref().map_or(0.0, |n| n.link_bytes as f32 / n.bytes.max(1) as f32),
            place(&most),
            look_count,
            look_length,
            look_links,
            look_prose,
            (repeated.0.min(9)) as f32,
            (repeated.1.min(9)) as f32,
            like_title.mutual,
            like_title.of_block,
            like_title.of_field,
            like_authors.of_block,
            like_authors.of_field,
            run.get(at).copied().unwrap_or(0.0),
            f32::from(u8::from(head == Some(at))),
            beginnings.get(at).copied().unwrap_or(0.0),
            steady.get(at).copied().unwrap_or(0.0),
            head.map_or(0.0, |h| (at as f32 - h as f32).clamp(-60.0, 200.0)),
            f32::from(u8::from(block.kind == BlockKind::Heading && block.level == 1)),
            declared.as_ref().and_then(|d| d.get(at)).copied().unwrap_or(-1.0),
            f32::from(u8::from(declared.is_some())),
            (1.0 + outline.prose as f32).ln(),
            (1.0 + count).ln(),
        ];
        values.extend_from_slice(&place_row);
        bytes_before += block.text.len() as f32;
        prose_before += my_prose;
        best_before += if in_best { my_prose } else { 0.0 };
    }
    Measured { outline, values, width, cues, prose, title }
}

fn own(page: &Page, at: usize, cues: &[u32], prose: &[u32]) -> [f32; OWN.len()] {
    let Some(block) = page.blocks.get(at) else { return [0.0; OWN.len()] };
    let text = block.text.as_str();
    let bytes = text.len().max(1) as f32;
    let (mut words, mut digits, mut upper, mut sentences, mut commas, mut separators, mut capital_words, mut letters) =
        (0u32, 0u32, 0u32, 0u32, 0u32, 0u32, 0u32, 0u32);
    let (mut previous, mut before_previous) = (' ', ' ');
    for c in text.chars() {
        if !c.is_whitespace() && previous.is_whitespace() {
            words += 1;
            capital_words += u32::from(c.is_uppercase());
        }
        if c.is_whitespace() && matches!(previous, '.' | '!' | '?' | '”' | '"' | '»') && before_previous != '.' {
            sentences += 1;
        }
        match c {
            '0'..='9' => digits += 1,
            ',' | '、' | '，' | '،' | ';' => commas += 1,
            '|' | '·' | '•' | '›' | '»' | '/' | '>' => separators += 1,
            '。' => sentences += 1,
            c if c.is_alphabetic() => {
                letters += 1;
                upper += u32::from(c.is_uppercase());
            }
            _ => {}
        }
        (before_previous, previous) = (previous, c);
    }
    let last = text.trim_end_matches(['"', '”', '’', ')', '»', '\'', ']', '“']).chars().next_back().unwrap_or(' ');
    let first = text.chars().next().unwrap_or(' ');
    let ends = matches!(last, '.' | '!' | '?' | '…' | '。' | '।' | '؟' | '！' | '？' | ';');
    let flag = |b: bool| f32::from(u8::from(b));
    let word_count = words.max(1) as f32;
    [
        bytes.ln(),
        block.link_bytes as f32 / bytes,
        block.kind as u8 as f32,
        flag(ends),
        flag(prose.get(at).is_some_and(|p| *p > 0)),
        cues.get(at).map_or(0, |c| c.count_ones()) as f32,
        if block.kind == BlockKind::Heading { f32::from(block.level) } else { 0.0 },
        if block.kind == BlockKind::ListItem { f32::from(block.level) } else { 0.0 },
        block.strong_bytes as f32 / bytes,
        flag(block.hidden),
        (1.0 + sentences as f32).ln(),
        commas as f32 / word_count,
        digits as f32 / bytes,
        upper as f32 / letters.max(1) as f32,
        capital_words as f32 / word_count,
        flag(last == ':'),
        flag(first.is_lowercase()),
        flag(matches!(first, '"' | '“' | '„' | '«' | '‘' | '”')),
        flag(text.contains("://") || text.contains('@') || text.contains("www.")),
        separators as f32 / word_count,
        word_count.ln(),
        bytes / word_count,
    ]
}

/// Where the article's headline stands: the likest to the title, or the first heading of level 1.
fn head(page: &Page, title: &[Likeness]) -> Option<usize> {
    let like = |at: &usize| title.get(*at).is_some_and(|t| t.mutual > 0.7);
    let is_heading = |at: &usize| page.blocks.get(*at).is_some_and(|b| b.kind == BlockKind::Heading);
    let is_h1 = |at: &usize| page.blocks.get(*at).is_some_and(|b| b.kind == BlockKind::Heading && b.level == 1);
    let all = || 0..page.blocks.len();
    all()
        .find(|at| like(at) && is_h1(at))
        .or_else(|| all().find(|at| like(at) && is_heading(at)))
        .or_else(|| all().find(is_h1))
        .or_else(|| all().find(like))
}

/// For each block, how many blocks away the nearest prose before and after it stands.
fn near_prose(prose: &[u32]) -> Vec<(f32, f32)> {
    const NONE: f32 = 40.0;
    let mut near = vec![(NONE, NONE); prose.len()];
    let mut far = NONE;
    for (place, bytes) in near.iter_mut().zip(prose) {
        place.0 = far;
        far = if *bytes > 0 { 1.0 } else { (far + 1.0).min(NONE) };
    }
    far = NONE;
    for (place, bytes) in near.iter_mut().zip(prose).rev() {
        place.1 = far;
        far = if *bytes > 0 { 1.0 } else { (far + 1.0).min(NONE) };
    }
    near
}

/// For each block, how many of the eight blocks on each side are prose, the nearer the more.
fn runs(prose: &[u32]) -> Vec<f32> {
    const REACH: usize = 8;
    let weight = |at: usize, by: usize| if prose.get(at).is_some_and(|p| *p > 0) { 1.0 / by as f32 } else { 0.0 };
    (0..prose.len()).map(|at| (1..=REACH).map(|by| weight(at + by, by) + at.checked_sub(by).map_or(0.0, |o| weight(o, by))).sum()).collect()
}

/// For each block, how near in length the next and the previous block of the same look are: teasers and menus are cut to measure.
fn steady(page: &Page, looks: &[u32]) -> Vec<f32> {
    let mut last: HashMap<u32, usize> = HashMap::new();
    let mut out = vec![0.0f32; looks.len()];
    for (at, look) in looks.iter().enumerate() {
        if let Some(before) = last.insert(*look, at) {
            let length = |at: usize| page.blocks.get(at).map_or(1.0, |b| b.text.len() as f32);
            let ratio = (length(at) / length(before)).min(length(before) / length(at));
            for (place, share) in [(before, 0.5), (at, 0.5)] {
                if let Some(o) = out.get_mut(place) {
                    *o += ratio * share;
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Block;

    #[test]
    fn every_row_has_a_value_for_every_name() {
        let block = |text: &str| Block { text: text.into(), element: NO_ELEMENT, ..Block::default() };
        let page = Page { blocks: vec![block("One."), block("Two and more.")], ..Page::default() };
        let measured = measure(&page);
        assert_eq!(measured.values.len(), 2 * NAMES.len());
        assert!(measured.values.iter().all(|v| v.is_finite()));
    }
}
