//! Running heads: what returns at the same place on the pages, and the numbers that count them.

use super::line::Line;
use std::collections::HashMap;

/// The lines of a page and its height.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) lines: Vec<Line>,
    pub(super) height: f32,
}

/// Part of the height at the top and the bottom in which running heads stand.
const MARGIN: f32 = 0.17;
/// How far a line may move between pages and still return, in points.
const STILL: f32 = 7.0;
/// Most words and bytes of a running head.
const WORDS: usize = 30;
const BYTES: usize = 220;

/// Where a line stands on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Edge {
    Top,
    Bottom,
}

impl Sheet {
    fn edge(&self, line: &Line) -> Option<Edge> {
        match line.y / self.height.max(1.0) {
            part if part < MARGIN => Some(Edge::Top),
            part if part > 1.0 - MARGIN => Some(Edge::Bottom),
            _ => None,
        }
    }
}

/// For each page and line where it is a running head at which edge.
pub(super) fn of(sheets: &[Sheet]) -> Vec<Vec<Option<Edge>>> {
    let mut heads: Vec<Vec<Option<Edge>>> = sheets.iter().map(|s| vec![None; s.lines.len()]).collect();
    let mut seen: HashMap<(Edge, String), Vec<(usize, usize)>> = HashMap::new();
    for (page, sheet) in sheets.iter().enumerate() {
        for (at, line) in sheet.lines.iter().enumerate() {
            let Some(edge) = sheet.edge(line) else { continue };
            if line.artifact {
                heads[page][at] = Some(edge);
            } else if line.text.len() <= BYTES && line.words() <= WORDS {
                seen.entry((edge, masked(&line.text))).or_default().push((page, at));
            }
        }
    }
    let line = |(page, at): (usize, usize)| &sheets[page].lines[at];
    for ((edge, form), places) in seen {
        let returns: Vec<(usize, usize)> = if form == "#" { counted(&places, line) } else { still(&places, line) };
        let pages = distinct_pages(&returns);
        let enough = match sheets.len() {
            1 => (form == "#" || form.starts_with("page # ")) && is_alone(&sheets[0], places[0].1),
            2 => pages == 2,
            n => pages >= 3 || (pages == 2 && n <= 5),
        };
        let found = if sheets.len() == 1 { places } else { returns };
        if enough {
            found.into_iter().for_each(|(page, at)| heads[page][at] = Some(edge));
        }
    }
    bands(sheets, &mut heads);
    heads
}

/// Lines in the place of running heads that say something else: the name of a short chapter.
fn bands(sheets: &[Sheet], heads: &mut [Vec<Option<Edge>>]) {
    let key = |line: &Line, edge: Edge| (edge, (line.y / 2.0).round() as i32, (line.size * 4.0).round() as i32);
    let mut bands: HashMap<(Edge, i32, i32), usize> = HashMap::new();
    for (sheet, marks) in sheets.iter().zip(heads.iter()) {
        let mut own: Vec<_> = sheet.lines.iter().zip(marks).filter_map(|(line, mark)| mark.map(|edge| key(line, edge))).collect();
        own.dedup();
        own.into_iter().for_each(|key| *bands.entry(key).or_default() += 1);
    }
    for (sheet, marks) in sheets.iter().zip(heads.iter_mut()) {
        for (line, mark) in sheet.lines.iter().zip(marks.iter_mut()).filter(|(line, _)| line.words() <= WORDS) {
            let edge = sheet.edge(line).filter(|_| mark.is_none());
            let Some(edge) = edge else { continue };
            let band = bands.get(&key(line, edge)).copied().unwrap_or(0);
            if band >= 3 && band * 2 >= sheets.len() {
                *mark = Some(edge);
            }
        }
    }
}

fn distinct_pages(places: &[(usize, usize)]) -> usize {
    let mut pages: Vec<usize> = places.iter().map(|p| p.0).collect();
    pages.sort_unstable();
    pages.dedup();
    pages.len()
}

/// Those of the same words that stand at the same height, in the same size, on several pages.
fn still<'s>(places: &[(usize, usize)], line: impl Fn((usize, usize)) -> &'s Line) -> Vec<(usize, usize)> {
    let mut by_height: Vec<(usize, usize)> = places.to_vec();
    by_height.sort_by(|a, b| line(*a).y.partial_cmp(&line(*b).y).unwrap_or(std::cmp::Ordering::Equal));
    let mut out = Vec::new();
    let mut from = 0;
    for i in 1..=by_height.len() {
        let parts = by_height.get(i).is_none_or(|next| line(*next).y - line(by_height[i - 1]).y > STILL);
        if parts {
            let group = &by_height[from..i];
            let size = line(group[0]).size;
            let alike: Vec<(usize, usize)> = group.iter().copied().filter(|p| (line(*p).size - size).abs() < 0.12 * size).collect();
            if distinct_pages(&alike) > 1 {
                out.extend(alike);
            }
            from = i;
        }
    }
    out
}

/// Numbers that grow with the pages.
fn counted<'s>(places: &[(usize, usize)], line: impl Fn((usize, usize)) -> &'s Line) -> Vec<(usize, usize)> {
    let mut offsets: HashMap<i64, Vec<(usize, usize)>> = HashMap::new();
    for place in places {
        if let Some(number) = number(&line(*place).text) {
            offsets.entry(number - place.0 as i64).or_default().push(*place);
        }
    }
    // A front matter is counted by itself.
    offsets.into_values().filter(|places| distinct_pages(places) > 1).flatten().collect()
}

/// The number of a page alone on its line: `12`, `- 12 -`, `[12]`, `xii`.
fn number(text: &str) -> Option<i64> {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    if let Ok(number) = bare.parse::<i64>() {
        return (bare.len() <= 4).then_some(number);
    }
    let value = |c: char| {
        Some(match c.to_ascii_lowercase() {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            'l' => 50,
            'c' => 100,
            _ => return None,
        })
    };
    let values: Vec<i64> = bare.chars().map(value).collect::<Option<_>>().filter(|v: &Vec<i64>| (1..=7).contains(&v.len()))?;
    let signed = values.iter().enumerate().map(|(i, v)| if values.get(i + 1).is_some_and(|next| next > v) { -v } else { *v });
    Some(signed.sum())
}

/// Whether nothing stands below a line on its page.
fn is_alone(sheet: &Sheet, at: usize) -> bool {
    sheet.lines.get(at).is_some_and(|line| sheet.lines.iter().all(|other| other.y <= line.y + 1.0))
}

/// A line without case, its numbers alike.
fn masked(text: &str) -> String {
    if number(text).is_some() {
        return "#".to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_digit() {
            if !out.ends_with('#') {
                out.push('#');
            }
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, y: f32) -> Line {
        Line { text: text.into(), y, size: 10.0, x1: 100.0, ..Line::default() }
    }

    #[test]
    fn what_returns_at_its_place_and_what_counts_is_found() {
        let sheets: Vec<Sheet> = (1..=4)
            .map(|n| Sheet {
                lines: vec![
                    line("Harbour Office", 30.0),
                    line(&format!("Gate {n} is closed"), 60.0 + 20.0 * n as f32),
                    line("The hinges are bent.", 400.0),
                    line(&n.to_string(), 770.0),
                    line(&format!("Report 7 | page {n} of 4"), 780.0),
                ],
                height: 800.0,
            })
            .collect();
        for marks in of(&sheets) {
            assert_eq!(marks, [Some(Edge::Top), None, None, Some(Edge::Bottom), Some(Edge::Bottom)]);
        }
    }

    #[test]
    fn roman_numbers_count() {
        assert_eq!(["iv", "ix", "xii", "- 7 -", "seven", "mix"].map(number), [Some(4), Some(9), Some(12), Some(7), None, None]);
    }
}
