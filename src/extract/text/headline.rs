//! The headline of a text without mark-up: the line above the article that looks, stands and speaks like one.

use super::lines::{Shape, core, fold};
use std::collections::{HashMap, HashSet};

/// Least score of a line that is taken for the headline.
const LEAST: f32 = 1.0;

/// Index of the headline among `lines` and how sure that is, from 0 to 1.
pub(super) fn find(lines: &[&str], shapes: &[Shape]) -> Option<(usize, f32)> {
    let (start, end) = core(shapes)?;
    let mut counts: HashMap<String, usize> = HashMap::new();
    let folded: Vec<String> = lines.iter().take(start + 4).map(|l| fold(l)).collect();
    for line in &folded {
        *counts.entry(line.clone()).or_default() += 1;
    }
    let said: HashSet<String> = lines
        .get(start..=end)?
        .iter()
        .flat_map(|l| fold(l).split(' ').map(str::to_owned).collect::<Vec<_>>())
        .filter(|w| w.chars().count() > 3)
        .collect();
    let mut best: Option<(f32, usize)> = None;
    for i in 0..folded.len().min(lines.len()) {
        let s = &shapes[i];
        let mut score = match s.words {
            0 => continue,
            1..=2 => -1.5,
            3 => 0.0,
            4..=20 => 1.0,
            21..=30 => 0.0,
            _ => -3.0,
        };
        if s.stops {
            score -= 1.5;
        }
        if s.date || s.numbers * 2 > s.words {
            score -= 2.0;
        }
        if s.byline || s.bar {
            score -= 2.0;
        }
        score += match counts.get(&folded[i]) {
            Some(2..=4) => 1.0,
            _ => 0.0,
        };
        let distance = start.saturating_sub(i + 1).min(16);
        score -= 0.15 * distance as f32;
        if i >= start {
            score -= 1.0;
        }
        let content: Vec<&str> = folded[i].split(' ').filter(|w| w.chars().count() > 3).collect();
        let shared = content.iter().filter(|w| said.contains(**w)).count();
        score += 2.5 * shared as f32 / content.len().max(2) as f32;
        if shapes.iter().skip(i + 1).take(3).any(|n| n.byline || (n.date && n.words < 12)) {
            score += 1.0;
        }
        if i == 0 {
            score += 0.5;
        }
        // Of equal lines the first.
        if best.is_none_or(|(b, at)| score > b && !(folded[at] == folded[i] && score - b < 1.0)) {
            best = Some((score, i));
        }
    }
    best.filter(|(score, _)| *score >= LEAST).map(|(score, i)| (i, (score / 6.0).clamp(0.2, 0.9)))
}
