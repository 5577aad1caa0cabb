//! The second look at each line: how likely the lines around it are the article's, as the first look found them.
//!
//! The first forest sees each line nearly alone, but an article is a few runs of lines: what the neighbours are found to be tells more than how they
//! look (stacked sequential learning: W. Cohen and V. Carvalho, 2005). All measures of the first look are seen again beside these.

use super::context::Context;

/// Names of the measures, in the order in which [`measure`] adds them.
pub(super) const NAMES: [&str; 38] = [
    "likely",
    "likely-4",
    "likely-3",
    "likely-2",
    "likely-1",
    "likely+1",
    "likely+2",
    "likely+3",
    "likely+4",
    "likely-in-2",
    "likely-in-4",
    "likely-in-10",
    "likely-in-25",
    "likely-3-above",
    "likely-3-below",
    "likely-8-above",
    "likely-8-below",
    "likely-share-above",
    "likely-share-below",
    "likely-share",
    "likely-words",
    "likely-since-sure",
    "likely-until-sure",
    "likely-gap",
    "likely-gap-mean",
    "likely-gap-words",
    "likely-best",
    "likely-best-from",
    "likely-best-to",
    "likely-wide",
    "likely-wide-from",
    "likely-wide-to",
    "likely-share-in-best",
    "likely-lines-in-best",
    "likely-shape",
    "likely-same",
    "likely-end-cued",
    "likely-before-cue",
];

/// A line of so many words that is so likely the article's is taken for sure.
const SURE: (f32, usize) = (0.7, 13);
/// Distances end here; [`NONE`] where there is nothing to be distant from.
const DISTANT: usize = 80;
const NONE: f32 = 120.0;
/// A line of more words counts as so many for the best run.
const LONG: f64 = 60.0;

/// Words of lines, weighed by how likely they are the article's, added up over all lines above.
struct Sums {
    words: Vec<f64>,
    likely: Vec<f64>,
}

impl Sums {
    /// How likely a word of lines `from..to` is the article's; -1 where there is none.
    fn mean(&self, from: usize, to: usize) -> f32 {
        let to = to.min(self.words.len() - 1);
        let words = if from < to { self.words[to] - self.words[from] } else { 0.0 };
        if words > 0.0 { ((self.likely[to] - self.likely[from]) / words) as f32 } else { -1.0 }
    }

    fn total(&self) -> f64 {
        self.likely.last().copied().unwrap_or(0.0).max(1e-6)
    }
}

/// `rows` with the measures of the second look behind those of each line: `width` were there before.
pub(super) fn measure(context: &Context, rows: &[f32], width: usize, likely: &[f32]) -> Vec<f32> {
    let n = likely.len();
    let words: Vec<f64> = context.lines.iter().map(|l| l.words as f64 + 1.0).collect();
    let mut sums = Sums { words: vec![0.0; n + 1], likely: vec![0.0; n + 1] };
    for i in 0..n {
        sums.words[i + 1] = sums.words[i] + words[i];
        sums.likely[i + 1] = sums.likely[i] + words[i] * f64::from(likely[i]);
    }
    let sure = |i: usize| likely[i] > SURE.0 && context.lines[i].words >= SURE.1;
    let (mut above, mut below) = (vec![None; n], vec![None; n]);
    for i in 1..n {
        above[i] = if sure(i - 1) { Some(i - 1) } else { above[i - 1] };
    }
    for i in (0..n.saturating_sub(1)).rev() {
        below[i] = if sure(i + 1) { Some(i + 1) } else { below[i + 1] };
    }
    let best = run(likely, &words, 0.5);
    let wide = run(likely, &words, 0.3);
    let (total, whole) = (sums.total(), sums.words[n].max(1.0));
    let in_best = (sums.likely[best.1.max(best.0)] - sums.likely[best.0]) / total;
    let shapes = others(likely, context.lines.iter().map(|l| u64::from(shape(l.words))));
    let same = others(likely, context.same.iter().map(|s| *s as u64));
    let mut out = Vec::with_capacity(n * (width + NAMES.len()));
    for (i, row) in rows.chunks_exact(width).enumerate() {
        out.extend_from_slice(row);
        let near = |by: isize| i.checked_add_signed(by).and_then(|j| likely.get(j)).copied().unwrap_or(-1.0);
        let within = |reach: usize| sums.mean(i.saturating_sub(reach), i + reach + 1);
        let distance = |to: Option<usize>| to.map_or(NONE, |j| i.abs_diff(j).min(DISTANT) as f32);
        let (since, until) = (distance(above[i]), distance(below[i]));
        let gap = (above[i].map_or(0, |j| j + 1), below[i].unwrap_or(n));
        let from = |run: (usize, usize)| (i as f32 - run.0 as f32).clamp(-(DISTANT as f32), DISTANT as f32);
        let to = |run: (usize, usize)| (run.1 as f32 - 1.0 - i as f32).clamp(-(DISTANT as f32), DISTANT as f32);
        let inside = |run: (usize, usize)| f32::from(u8::from((run.0..run.1).contains(&i)));
        let measures: [f32; NAMES.len()] = [
            likely[i],
            near(-4),
            near(-3),
            near(-2),
            near(-1),
            near(1),
            near(2),
            near(3),
            near(4),
            within(2),
            within(4),
            within(10),
            within(25),
            sums.mean(i.saturating_sub(3), i),
            sums.mean(i + 1, i + 4),
            sums.mean(i.saturating_sub(8), i),
            sums.mean(i + 1, i + 9),
            (sums.likely[i] / total) as f32,
            ((total - sums.likely[i + 1]) / total) as f32,
            (total / whole) as f32,
            total as f32,
            since,
            until,
            (since + until).min(NONE),
            sums.mean(gap.0, gap.1),
            (sums.words[gap.1] - sums.words[gap.0]) as f32,
            inside(best),
            from(best),
            to(best),
            inside(wide),
            from(wide),
            to(wide),
            in_best as f32,
            best.1.saturating_sub(best.0) as f32 / n as f32,
            shapes[i],
            same[i],
            // What was likely before the last cue that ends articles, and since.
            sums.mean(i.saturating_sub(context.since[i]), i),
            if context.since[i] > i { -1.0 } else { (sums.likely[i - context.since[i]] / total) as f32 },
        ];
        out.extend_from_slice(&measures);
    }
    out
}

/// Lines of much the same length.
fn shape(words: usize) -> u8 {
    match words {
        0..=1 => 0,
        2..=4 => 1,
        5..=8 => 2,
        9..=17 => 3,
        _ => 4,
    }
}

/// The stretch whose lines are worth most, a word that is as likely as `least` being worth nothing (Kadane's algorithm): first line, and the one behind the last.
fn run(likely: &[f32], words: &[f64], least: f64) -> (usize, usize) {
    let (mut best, mut sum, mut from) = ((0.0, (0, 0)), 0.0, 0);
    for (i, (likely, words)) in likely.iter().zip(words).enumerate() {
        sum += (f64::from(*likely) - least) * words.min(LONG);
        if sum <= 0.0 {
            (sum, from) = (0.0, i + 1);
        } else if sum > best.0 {
            best = (sum, (from, i + 1));
        }
    }
    best.1
}

/// For each line, how likely the others of its group are; -1 where it is alone.
fn others(likely: &[f32], groups: impl Iterator<Item = u64> + Clone) -> Vec<f32> {
    let mut sums: std::collections::HashMap<u64, (f64, u32)> = std::collections::HashMap::new();
    for (group, likely) in groups.clone().zip(likely) {
        let sum = sums.entry(group).or_default();
        *sum = (sum.0 + f64::from(*likely), sum.1 + 1);
    }
    let of = |(group, likely): (u64, &f32)| match sums.get(&group) {
        Some((sum, count)) if *count > 1 => ((sum - f64::from(*likely)) / f64::from(count - 1)) as f32,
        _ => -1.0,
    };
    groups.zip(likely).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_run_holds_the_likely_lines() {
        assert_eq!(run(&[0.1, 0.9, 0.4, 0.9, 0.1], &[9.0; 5], 0.5), (1, 4));
        assert_eq!(run(&[0.1, 0.2], &[9.0; 2], 0.5), (0, 0));
    }

    #[test]
    fn the_others_of_a_group_are_averaged() {
        assert_eq!(others(&[0.5, 0.25, 0.75], [1, 1, 2].into_iter()), [0.25, 0.5, -1.0]);
    }
}
