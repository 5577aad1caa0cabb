//! The order in which the lines of a page are read: columns from the left, what spans them between.
//!
//! A page is cut where nothing stands (recursive XY cut, Nagy and Seth 1984), with two changes. A gutter may be crossed by few lines, headlines and
//! wide tables, which then part the columns into bands. And a gap between columns counts only where text is set in columns: cells of a
//! table have gaps too, and are read along their rows.

use super::line::Line;
use super::table::Table;
use std::cmp::Ordering;

/// What is put in order.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Line(Line),
    Table(Table),
}

impl Item {
    pub(super) fn x0(&self) -> f32 {
        match self {
            Item::Line(line) => line.x0,
            Item::Table(table) => table.x0,
        }
    }

    pub(super) fn x1(&self) -> f32 {
        match self {
            Item::Line(line) => line.x1,
            Item::Table(table) => table.x1,
        }
    }

    pub(super) fn top(&self) -> f32 {
        match self {
            Item::Line(line) => line.top(),
            Item::Table(table) => table.y0,
        }
    }

    pub(super) fn bottom(&self) -> f32 {
        match self {
            Item::Line(line) => line.bottom(),
            Item::Table(table) => table.y1,
        }
    }
}

/// A column or a part of one, its items from above.
pub(super) type Column = Vec<Item>;

/// Cuts within cuts.
const DEPTH: usize = 24;
/// A page of more lines is a picture made of text: it is read as it stands.
const MOST: usize = 4_000;

/// The columns of a page in the order they are read. `body` is the size of most text.
pub(super) fn columns(items: Vec<Item>, body: f32) -> Vec<Column> {
    let depth = if items.len() > MOST { 0 } else { DEPTH };
    cut(items, body.max(4.0), depth)
}

fn cut(mut items: Vec<Item>, body: f32, depth: usize) -> Vec<Column> {
    if items.is_empty() {
        return Vec::new();
    }
    if depth > 0 && items.len() > 2 {
        if let Some(gutter) = gutter(&items, body) {
            return bands(items, gutter, body, depth - 1);
        }
        if let Some(y) = gap(&items, body) {
            let (above, below) = items.into_iter().partition(|item| (item.top() + item.bottom()) / 2.0 < y);
            let (mut above, mut below) = (cut(above, body, depth - 1), cut(below, body, depth - 1));
            // A gap that parts no columns from others is one between paragraphs.
            return match (above.as_mut_slice(), below.as_mut_slice()) {
                ([one], [other]) => {
                    one.append(other);
                    above
                }
                _ => {
                    above.append(&mut below);
                    above
                }
            };
        }
    }
    items.sort_by(|a, b| order(a.top(), b.top()).then(order(a.x0(), b.x0())));
    vec![items]
}

fn order(a: f32, b: f32) -> Ordering {
    a.partial_cmp(&b).unwrap_or(Ordering::Equal)
}

/// Reads what stands left and right of a gutter, between the items that cross it.
fn bands(items: Vec<Item>, gutter: f32, body: f32, depth: usize) -> Vec<Column> {
    let mut out = Vec::new();
    let (mut crossing, beside): (Vec<Item>, Vec<Item>) = items.into_iter().partition(|i| i.x0() < gutter && i.x1() > gutter);
    crossing.sort_by(|a, b| order(a.top(), b.top()));
    let beside = ends_of_crossing(&mut crossing, beside, gutter);
    let (mut left, mut right): (Vec<Item>, Vec<Item>) = beside.into_iter().partition(|i| i.x1() <= gutter);
    let middle = |item: &Item| (item.top() + item.bottom()) / 2.0;
    let mut across: Vec<Item> = Vec::new();
    for item in crossing {
        let y = middle(&item);
        let (above_left, below_left): (Vec<Item>, Vec<Item>) = left.into_iter().partition(|i| middle(i) < y);
        let (above_right, below_right): (Vec<Item>, Vec<Item>) = right.into_iter().partition(|i| middle(i) < y);
        (left, right) = (below_left, below_right);
        if !above_left.is_empty() || !above_right.is_empty() {
            out.append(&mut cut(std::mem::take(&mut across), body, depth));
            out.append(&mut cut(above_left, body, depth));
            out.append(&mut cut(above_right, body, depth));
        }
        across.push(item);
    }
    out.append(&mut cut(across, body, depth));
    out.append(&mut cut(left, body, depth));
    out.append(&mut cut(right, body, depth));
    out
}

/// Takes the short last lines of what crosses a gutter to it: of a headline, of a lead. Nothing stands beside them.
fn ends_of_crossing(crossing: &mut Vec<Item>, mut beside: Vec<Item>, gutter: f32) -> Vec<Item> {
    beside.sort_by(|a, b| order(a.top(), b.top()));
    let mut at = 0;
    while at < crossing.len() {
        if let Item::Line(last) = &crossing[at] {
            let (x, size, bottom) = ((last.x0, (last.x0 + last.x1) / 2.0), last.size, last.bottom());
            let from = beside.partition_point(|i| i.top() < bottom - 0.5 * size);
            let below = beside.iter().enumerate().skip(from).take_while(|(_, i)| i.top() < bottom + 0.6 * size);
            let found = below.into_iter().find(|(_, item)| match item {
                Item::Line(line) => {
                    let aligned = (line.x0 - x.0).abs() < size || ((line.x0 + line.x1) / 2.0 - x.1).abs() < size;
                    let on_left = line.x1 <= gutter;
                    let faces =
                        |other: &Item| (other.x1() <= gutter) != on_left && other.top() < line.bottom() && other.bottom() > line.top();
                    aligned && (line.size - size).abs() < 0.06 * size && !beside.iter().any(faces)
                }
                Item::Table(_) => false,
            });
            if let Some(index) = found.map(|(index, _)| index) {
                crossing.insert(at + 1, beside.remove(index));
            }
        }
        at += 1;
    }
    beside
}

/// Where the widest clean gutter between two columns is.
fn gutter(items: &[Item], body: f32) -> Option<f32> {
    let left = items.iter().map(Item::x0).fold(f32::MAX, f32::min);
    let right = items.iter().map(Item::x1).fold(f32::MIN, f32::max);
    let width = right - left;
    if width.is_nan() || width < 10.0 * body || width > 1e5 {
        return None;
    }
    // How much text, in points of height, stands over each place across.
    let step = (body / 4.0).max(1.0);
    let places = (width / step) as usize + 2;
    let at = |x: f32| (((x - left) / step).max(0.0) as usize).min(places - 1);
    let mut change = vec![0f32; places + 1];
    for item in items {
        let height = item.bottom() - item.top();
        change[at(item.x0())] += height;
        change[(at(item.x1()) + 1).min(places)] -= height;
    }
    let mut cover = Vec::with_capacity(places);
    let mut sum = 0.0;
    for by in change.iter().take(places) {
        sum += by;
        cover.push(sum);
    }
    // A short column beside a long one is no part of a valley, but lies below a part of the long one's height.
    ALLOWED.iter().find_map(|part| lowest(items, &cover, part, left, step, body))
}

/// How much of the highest cover may stand in a gutter.
const ALLOWED: [f32; 4] = [0.3, 0.1, 0.03, 0.0];

/// The best gutter where at most a part of the highest cover stands. `cover` is measured from `left` in steps.
fn lowest(items: &[Item], cover: &[f32], part: &f32, left: f32, step: f32, body: f32) -> Option<f32> {
    let places = cover.len();
    let peak = cover.iter().copied().fold(0.0, f32::max);
    let allowed = part * peak;
    let mut best: Option<(f32, f32)> = None;
    let mut from = None;
    for i in 0..=places {
        let low = cover.get(i).is_some_and(|c| *c <= allowed + 0.01);
        match (from, low) {
            (None, true) => from = Some(i),
            (Some(start), false) => {
                from = None;
                if start == 0 || i >= places {
                    continue;
                }
                // The lowest part of the valley, and the widest of those.
                let Some(lowest) = cover.get(start..i).map(|v| v.iter().copied().fold(f32::MAX, f32::min)) else { continue };
                let mut run = (0, 0);
                let mut j = start;
                while j < i {
                    let mut k = j;
                    while k < i && cover.get(k).is_some_and(|c| *c <= lowest + 0.5 * body) {
                        k += 1;
                    }
                    if k - j > run.1 - run.0 {
                        run = (j, k);
                    }
                    j = k.max(j + 1);
                }
                let wide = (run.1 - run.0) as f32 * step;
                let x = left + (run.0 + run.1) as f32 / 2.0 * step;
                if wide >= 0.6 * body && is_gutter(items, x, body) {
                    let worth = wide.min(4.0 * body) - 8.0 * lowest / peak.max(1.0);
                    if best.is_none_or(|(b, _)| worth > b) {
                        best = Some((worth, x));
                    }
                }
            }
            _ => {}
        }
    }
    best.map(|(_, x)| x)
}

/// Whether text is set in columns on both sides of `x`.
fn is_gutter(items: &[Item], x: f32, body: f32) -> bool {
    let (mut left, mut right): (Vec<&Item>, Vec<&Item>) = (Vec::new(), Vec::new());
    for item in items {
        if item.x1() <= x {
            left.push(item);
        } else if item.x0() >= x {
            right.push(item);
        }
    }
    let span =
        |side: &[&Item]| side.iter().fold((f32::MAX, f32::MIN), |(top, bottom), item| (top.min(item.top()), bottom.max(item.bottom())));
    let (l, r) = (span(&left), span(&right));
    let shared = l.1.min(r.1) - l.0.max(r.0);
    if left.len() < 2 || right.len() < 2 || shared < 2.2 * body {
        return false;
    }
    let (some, others) = (Side::of(&left), Side::of(&right));
    if left.len() + right.len() < 6 && !(some.is_prose() && others.is_prose()) {
        return false;
    }
    if some.is_prose() && others.is_prose() {
        return true;
    }
    // What stands on the same lines on both sides is the row of a table.
    let lines = |side: &[&Item]| -> Vec<Line> {
        side.iter().filter_map(|i| if let Item::Line(line) = i { Some(line.clone()) } else { None }).collect()
    };
    let (l, r) = (lines(&left), lines(&right));
    let (fewer, more) = if l.len() <= r.len() { (&l, &r) } else { (&r, &l) };
    let mut sorted: Vec<&Line> = more.iter().collect();
    sorted.sort_by(|a, b| order(a.y, b.y));
    let paired = fewer.iter().filter(|line| {
        let from = sorted.partition_point(|other| other.y < line.y - line.size);
        sorted[from..].iter().take_while(|other| other.y < line.y + line.size).any(|other| line.beside(other))
    });
    paired.count() * 10 < fewer.len() * 6
}

/// What the lines of one side look like.
struct Side {
    words: f32,
    /// How much of the widest the middle one fills.
    fill: f32,
}

impl Side {
    fn of(items: &[&Item]) -> Side {
        let lines: Vec<&Line> = items.iter().filter_map(|i| if let Item::Line(line) = i { Some(line) } else { None }).collect();
        let mut widths: Vec<f32> = lines.iter().map(|l| l.width()).collect();
        widths.sort_by(|a, b| order(*a, *b));
        let part = |tenths: usize| widths.get(widths.len() * tenths / 10).or(widths.last()).copied().unwrap_or(0.0);
        let dense = |l: &Line| l.text.chars().filter(|c| super::line::is_dense(c.encode_utf8(&mut [0; 4]))).count() / 2;
        let words: usize = lines.iter().map(|l| l.words().max(dense(l))).sum();
        Side { words: words as f32 / lines.len().max(1) as f32, fill: part(5) / part(9).max(1.0) }
    }

    fn is_prose(&self) -> bool {
        self.words >= 5.0 || (self.words >= 2.5 && self.fill >= 0.7)
    }
}

/// The middle of the tallest gap without any text from side to side.
fn gap(items: &[Item], body: f32) -> Option<f32> {
    let mut spans: Vec<(f32, f32)> = items.iter().map(|i| (i.top(), i.bottom())).collect();
    spans.sort_by(|a, b| order(a.0, b.0));
    let mut best: Option<(f32, f32)> = None;
    let mut end = f32::MIN;
    for (top, bottom) in spans {
        let wide = top - end;
        if end > f32::MIN && wide > 0.7 * body && best.is_none_or(|(b, _)| wide > b) {
            best = Some((wide, (top + end) / 2.0));
        }
        end = end.max(bottom);
    }
    best.map(|(_, y)| y)
}
