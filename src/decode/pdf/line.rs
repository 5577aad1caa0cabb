//! Glyphs to lines: what stands on one base line, close enough together to be read in one go.

use super::content::{Glyph, Turn};
use std::cmp::Ordering;

/// A piece of a line: words with nothing wider than a space between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// Its base line, from the top of the page.
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) text: String,
    /// Width of its first word.
    pub(super) first: f32,
    pub(super) bold: bool,
    pub(super) mono: bool,
    /// All of it is marked as no part of the text.
    pub(super) artifact: bool,
}

impl Line {
    pub(super) fn top(&self) -> f32 {
        self.y - 0.8 * self.size
    }

    pub(super) fn bottom(&self) -> f32 {
        self.y + 0.2 * self.size
    }

    pub(super) fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    pub(super) fn words(&self) -> usize {
        self.text.split(' ').filter(|w| !w.is_empty()).count()
    }

    pub(super) fn is_right_to_left(&self) -> bool {
        is_right_to_left(&self.text)
    }

    /// Whether two lines stand on one base line.
    pub(super) fn beside(&self, other: &Line) -> bool {
        (self.y - other.y).abs() <= LEVEL * self.size.min(other.size)
    }
}

/// Glyphs this part of their size above each other stand on one line.
const LEVEL: f32 = 0.3;
/// A gap this part of the size is a space.
const SPACE: f32 = 0.17;
/// A gap this part of the size ends a piece; a gutter is wider, a space in a justified line rarely.
const PIECE: f32 = 0.85;
/// Scripts without spaces are justified between their characters.
const WIDE: f32 = 0.6;

/// The lines of a page that run one way, from above, each from the left.
pub(super) fn lines(glyphs: &[Glyph], text: &str, turn: Turn) -> Vec<Line> {
    let mut glyphs: Vec<Glyph> = glyphs.iter().filter(|g| g.turn == turn && g.text.0 < g.text.1).cloned().collect();
    lower_raised(&mut glyphs);
    let by = |a: f32, b: f32| a.partial_cmp(&b).unwrap_or(Ordering::Equal);
    glyphs.sort_by(|a, b| by(a.y, b.y));
    let mut out = Vec::new();
    let mut rest = glyphs.as_mut_slice();
    while let Some(first) = rest.first() {
        // The row is as tall as the largest of its glyphs; it begins with the one that stands highest.
        let (y, mut size) = (first.y, first.size);
        let mut end = 1;
        while let Some(next) = rest.get(end) {
            if next.y - y > LEVEL * size.min(next.size.max(size * 0.6)) {
                break;
            }
            size = size.max(next.size);
            end += 1;
        }
        let (row, below) = rest.split_at_mut(end);
        row.sort_by(|a, b| by(a.x0, b.x0));
        pieces(row, text, &mut out);
        rest = below;
    }
    out.sort_by(|a, b| by(a.y, b.y).then(by(a.x0, b.x0)));
    out
}

/// Puts raised and lowered marks onto the line they belong to.
fn lower_raised(glyphs: &mut [Glyph]) {
    let raises = |small: &Glyph, big: &Glyph, gap: f32| {
        let up = big.y - small.y;
        small.size < 0.86 * big.size
            && small.size > 0.3 * big.size
            && (-0.35 * big.size..0.75 * big.size).contains(&up)
            && up.abs() > 0.08 * big.size
            && (-0.25 * big.size..0.4 * big.size).contains(&gap)
    };
    // Behind a word.
    let mut base: Option<(f32, f32)> = None;
    for i in 1..glyphs.len() {
        let (before, after) = glyphs.split_at_mut(i);
        let (Some(last), Some(this)) = (before.last(), after.first_mut()) else { continue };
        let parent = match base.filter(|_| last.raised) {
            Some((y, size)) => Glyph { y, size, ..last.clone() },
            None => last.clone(),
        };
        if raises(this, &parent, this.x0 - last.x1) {
            base = Some((parent.y, parent.size));
            (this.y, this.raised) = (parent.y, true);
        }
    }
    // Before a word: the number of a footnote.
    for i in (1..glyphs.len()).rev() {
        let (before, after) = glyphs.split_at_mut(i);
        let (Some(this), Some(next)) = (before.last_mut(), after.first()) else { continue };
        if !this.raised && !next.raised && this.y < next.y && raises(this, next, next.x0 - this.x1) {
            (this.y, this.raised) = (next.y, true);
        }
    }
}

/// Parts a row where its gaps are wide.
fn pieces(row: &[Glyph], text: &str, out: &mut Vec<Line>) {
    let shown = |g: &Glyph| text.get(g.text.0 as usize..g.text.1 as usize).unwrap_or_default();
    let mut glyphs: Vec<&Glyph> = Vec::with_capacity(row.len());
    for glyph in row {
        // A character printed twice, to look bold or to throw a shadow.
        let again = glyphs.iter().rev().take(4).any(|g| (g.x0 - glyph.x0).abs() < 0.12 * glyph.size && shown(g) == shown(glyph));
        if !again || shown(glyph).trim().is_empty() {
            glyphs.push(glyph);
        }
    }
    let spacing = letter_spacing(&glyphs, shown);
    let mut start = 0;
    let mut end = f32::MIN;
    let mut blank = false;
    for (i, glyph) in glyphs.iter().enumerate() {
        let is_blank = shown(glyph).trim().is_empty();
        if !is_blank {
            let size = glyph.size.max(glyphs[start].size);
            if i > start && end > f32::MIN && glyph.x0 - end > (PIECE + spacing) * size {
                out.extend(piece(&glyphs[start..i], shown, spacing));
                start = i;
            }
            end = if i == start { glyph.x1 } else { end.max(glyph.x1) };
            blank = false;
        } else if !blank {
            blank = true;
        }
    }
    out.extend(piece(&glyphs[start..], shown, spacing));
}

/// How far the letters of a row are spaced out, as a part of their size.
fn letter_spacing<'t>(glyphs: &[&Glyph], shown: impl Fn(&Glyph) -> &'t str) -> f32 {
    let mut gaps: Vec<f32> = glyphs
        .windows(2)
        .filter(|pair| pair.iter().all(|g| !shown(g).trim().is_empty()))
        .map(|pair| (pair[1].x0 - pair[0].x1) / pair[0].size)
        .filter(|gap| gap.abs() < 1.5)
        .collect();
    if gaps.len() < 5 {
        return 0.0;
    }
    let middle = gaps.len() / 2;
    gaps.select_nth_unstable_by(middle, |a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
    // A table of numbers has gaps too, but rarely between most of its characters.
    gaps.get(middle).copied().unwrap_or(0.0).clamp(0.0, 0.8)
}

fn piece<'t>(glyphs: &[&Glyph], shown: impl Fn(&Glyph) -> &'t str, spacing: f32) -> Option<Line> {
    let visible: Vec<&&Glyph> = glyphs.iter().filter(|g| !shown(g).trim().is_empty()).collect();
    let (first, last) = (visible.first()?, visible.last()?);
    // The size and line of most of it: marks are smaller, initials larger.
    let mut largest: Vec<(f32, f32, usize)> = Vec::new();
    for glyph in visible.iter().filter(|g| !g.raised) {
        let few = largest.len() < 16;
        match largest.iter_mut().find(|(size, ..)| (*size - glyph.size).abs() < 0.05 * size.max(1.0)) {
            Some((.., count)) => *count += 1,
            None if few => largest.push((glyph.size, glyph.y, 1)),
            None => {}
        }
    }
    let (size, y) = largest.iter().max_by_key(|(.., count)| *count).map_or((first.size, first.y), |(size, y, _)| (*size, *y));
    let count = visible.len();
    let most = |of: fn(&Glyph) -> bool| visible.iter().filter(|g| of(g)).count() * 5 >= count * 4;
    let right_to_left = glyphs.iter().filter(|g| is_right_to_left(shown(g))).count() * 2 > count;
    let mut line = Line {
        x0: first.x0,
        x1: visible.iter().map(|g| g.x1).fold(last.x1, f32::max),
        y,
        size,
        bold: most(|g| g.bold),
        mono: most(|g| g.mono),
        artifact: visible.iter().all(|g| g.artifact),
        ..Line::default()
    };
    let mut words: Vec<(String, f32)> = Vec::new();
    let mut end: Option<&Glyph> = None;
    let mut blank = false;
    for &glyph in glyphs {
        let text = shown(glyph);
        if text.trim().is_empty() {
            blank = true;
            continue;
        }
        let parted = end.is_none_or(|before| {
            let gap = glyph.x0 - before.x1;
            let size = glyph.size.max(before.size);
            let dense = is_dense(shown(before)) && is_dense(text);
            // A mark of a footnote is a word of its own; a letter raised (`19th`) is not.
            let mark = glyph.raised != before.raised && [text, shown(before)].iter().any(|t| t.starts_with(|c: char| c.is_ascii_digit()));
            // A blank that takes no room parts nothing, and one that was overprinted neither.
            (blank && gap > 0.02 * size) || gap > (if dense { WIDE } else { SPACE } + spacing) * size || mark
        });
        match words.last_mut() {
            Some((word, width)) if !parted => {
                if right_to_left && is_right_to_left(text) {
                    word.insert_str(0, text);
                } else {
                    word.push_str(text);
                }
                *width = glyph.x1 - line.x0;
            }
            _ => words.push((text.trim().to_owned(), glyph.x1 - glyph.x0)),
        }
        (end, blank) = (Some(glyph), false);
    }
    line.first = words.first().map_or(0.0, |(_, width)| *width);
    let words = words.into_iter().map(|(word, _)| word);
    line.text = if right_to_left { words.rev().collect::<Vec<_>>().join(" ") } else { words.collect::<Vec<_>>().join(" ") };
    Some(line)
}

/// Scripts that set no spaces between words.
pub(super) fn is_dense(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}'))
        && !text.chars().next_back().is_some_and(|c| matches!(c, '\u{ac00}'..='\u{d7a3}'))
}

fn is_right_to_left(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'))
}
