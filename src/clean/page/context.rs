//! The second look: how likely the blocks around a block are to be the article's, after a first look at each.

use super::features::Measured;
use crate::article::{NO_ELEMENT, Page};

/// Names of the features of the second look; they stand before those of the first.
pub(super) const NAMES: [&str; 18] = [
    "likely",
    "likely-3",
    "likely-2",
    "likely-1",
    "likely+1",
    "likely+2",
    "likely+3",
    "likely-near",
    "likely-around",
    "article-before",
    "article-after",
    "likely-look",
    "likely-up0",
    "likely-up1",
    "likely-up2",
    "blocks-to-article-before",
    "blocks-to-article-after",
    "article-length",
];

/// The features of each block, given how likely each was at first sight.
pub(super) fn measure(page: &Page, measured: &Measured, likely: &[f32]) -> Vec<[f32; NAMES.len()]> {
    let bytes: Vec<f32> = page.blocks.iter().map(|b| b.text.len() as f32).collect();
    let (mut weighted, mut plain) = (vec![0.0f32], vec![0.0f32]);
    let (mut sum, mut all) = (0.0f32, 0.0f32);
    for (p, b) in likely.iter().zip(&bytes) {
        sum += p * b;
        all += b;
        weighted.push(sum);
        plain.push(all);
    }
    let total = sum.max(1.0);
    let window = |at: usize, reach: usize| {
        let (from, to) = (at.saturating_sub(reach), (at + reach + 1).min(bytes.len()));
        let over = |sums: &[f32]| sums.get(to).copied().unwrap_or(0.0) - sums.get(from).copied().unwrap_or(0.0);
        over(&weighted) / over(&plain).max(1.0)
    };
    let up = |containers: &[u32]| -> Vec<u32> {
        containers.iter().map(|c| measured.outline.node(*c).map_or(NO_ELEMENT, |n| n.container)).collect()
    };
    let above = up(&measured.containers);
    let above_that = up(&above);
    let by_look = mean_of_others(&measured.looks, likely, &bytes);
    let by_container = [&measured.containers, &above, &above_that].map(|keys| mean_of_others(keys, likely, &bytes));
    let to_article = distances(likely, &bytes);
    (0..bytes.len())
        .map(|at| {
            let near = |by: isize| at.checked_add_signed(by).and_then(|o| likely.get(o)).copied().unwrap_or(-1.0);
            let value = |values: &[f32]| values.get(at).copied().unwrap_or(-1.0);
            let before = weighted.get(at).copied().unwrap_or(0.0) / total;
            let after = 1.0 - weighted.get(at + 1).copied().unwrap_or(0.0) / total;
            let [own, outer, outmost] = &by_container;
            let (since, until) = to_article.get(at).copied().unwrap_or((NONE, NONE));
            [
                near(0),
                near(-3),
                near(-2),
                near(-1),
                near(1),
                near(2),
                near(3),
                window(at, 4),
                window(at, 12),
                before,
                after,
                value(&by_look),
                value(own),
                value(outer),
                value(outmost),
                since,
                until,
                total.ln_1p(),
            ]
        })
        .collect()
}

/// For each block, the mean likelihood of the other blocks with the same key, by length; -1 where there is none.
fn mean_of_others(keys: &[u32], likely: &[f32], bytes: &[f32]) -> Vec<f32> {
    let mut sums: std::collections::HashMap<u32, (f32, f32)> = std::collections::HashMap::new();
    for ((key, p), b) in keys.iter().zip(likely).zip(bytes) {
        let sum = sums.entry(*key).or_default();
        sum.0 += p * b;
        sum.1 += b;
    }
    let mean = |((key, p), b): ((&u32, &f32), &f32)| match sums.get(key) {
        Some((weighted, all)) if all > b => ((weighted - p * b) / (all - b)).max(0.0),
        _ => -1.0,
    };
    keys.iter().zip(likely).zip(bytes).map(mean).collect()
}

const NONE: f32 = 60.0;

/// For each block, how many blocks away the nearest likely sentence before and after it stands.
fn distances(likely: &[f32], bytes: &[f32]) -> Vec<(f32, f32)> {
    let sure: Vec<bool> = likely.iter().zip(bytes).map(|(p, b)| *p > 0.6 && *b > 60.0).collect();
    let mut out = vec![(NONE, NONE); sure.len()];
    let mut far = NONE;
    for (place, sure) in out.iter_mut().zip(&sure) {
        place.0 = far;
        far = if *sure { 1.0 } else { (far + 1.0).min(NONE) };
    }
    far = NONE;
    for (place, sure) in out.iter_mut().zip(&sure).rev() {
        place.1 = far;
        far = if *sure { 1.0 } else { (far + 1.0).min(NONE) };
    }
    out
}
