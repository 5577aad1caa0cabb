//! Whether two runs differ by more than chance.

use serde::Serialize;

/// One measure of two runs over the same queries.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Mean of the second minus mean of the first.
    pub difference: f64,
    /// Queries on which the second is better.
    pub better: usize,
    /// Queries on which it is worse.
    pub worse: usize,
    /// How often chance alone would make a difference as large, by the randomisation test.
    pub p_random: f64,
    /// The same by Student's paired t-test.
    pub p_t: f64,
}

/// Draws of the randomisation test.
const DRAWS: u32 = 20_000;

/// Compares the values of one measure, query by query.
///
/// The randomisation test swaps the runs on a random half of the queries, again and again, and counts how often the means come to differ
/// as much (Smucker, Allan and Carterette, *A comparison of statistical significance tests for information retrieval evaluation*, CIKM
/// 2007). Its draws have a fixed seed: the same runs give the same number.
///
/// ```
/// let same = demarche::eval::compare(&[0.2, 0.4, 0.9], &[0.2, 0.4, 0.9]);
/// assert_eq!((same.difference, same.p_random, same.p_t), (0.0, 1.0, 1.0));
/// ```
pub fn compare(first: &[f64], second: &[f64]) -> Comparison {
    let differences: Vec<f64> = first.iter().zip(second).map(|(a, b)| b - a).collect();
    let n = differences.len().max(1) as f64;
    let difference = differences.iter().sum::<f64>() / n;
    Comparison {
        difference,
        better: differences.iter().filter(|d| **d > 0.0).count(),
        worse: differences.iter().filter(|d| **d < 0.0).count(),
        p_random: by_randomisation(&differences),
        p_t: by_t(&differences),
    }
}

fn by_randomisation(differences: &[f64]) -> f64 {
    // Queries on which the runs agree swap to the same.
    let moving: Vec<f64> = differences.iter().copied().filter(|d| *d != 0.0).collect();
    let seen = moving.iter().sum::<f64>().abs();
    if moving.is_empty() {
        return 1.0;
    }
    let mut state = 0x2021_0719_u64;
    let mut as_large = 0u32;
    for _ in 0..DRAWS {
        let (mut sum, mut bits, mut left) = (0.0, 0, 0);
        for d in &moving {
            if left == 0 {
                (bits, left) = (next(&mut state), 64);
            }
            sum += if bits & 1 == 1 { *d } else { -d };
            bits >>= 1;
            left -= 1;
        }
        as_large += u32::from(sum.abs() >= seen - 1e-12);
    }
    f64::from(as_large) / f64::from(DRAWS)
}

/// SplitMix64 (Steele, Lea and Flood 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn by_t(differences: &[f64]) -> f64 {
    let n = differences.len() as f64;
    if differences.len() < 2 {
        return 1.0;
    }
    let mean = differences.iter().sum::<f64>() / n;
    let variance = differences.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / (n - 1.0);
    if mean == 0.0 {
        return 1.0;
    }
    if variance == 0.0 {
        return 0.0;
    }
    let t = mean / (variance / n).sqrt();
    let freedom = n - 1.0;
    incomplete_beta(freedom / (freedom + t * t), freedom / 2.0, 0.5)
}

/// The regularised incomplete beta function, by its continued fraction (Abramowitz and Stegun 26.5.8), evaluated from the front by
/// Lentz's method.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    // The fraction converges fast on one side of the mean; the other is its mirror.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(1.0 - x, b, a);
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (1.0 - x).ln()).exp() / a;
    let tiny = 1e-300;
    let guard = |v: f64| if v.abs() < tiny { tiny } else { v };
    let (mut c, mut d) = (1.0, 1.0 / guard(1.0 - (a + b) * x / (a + 1.0)));
    let mut value = d;
    for m in 1..300 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        for term in [even, odd] {
            d = 1.0 / guard(1.0 + term * d);
            c = guard(1.0 + term / c);
            value *= c * d;
        }
        if (c * d - 1.0).abs() < 1e-14 {
            break;
        }
    }
    front * value
}

/// Logarithm of the gamma function for positive numbers: Stirling's series, after moving the argument to where it is exact.
fn ln_gamma(x: f64) -> f64 {
    let (mut x, mut shift) = (x, 0.0);
    while x < 10.0 {
        shift -= x.ln();
        x += 1.0;
    }
    let square = x * x;
    let series = 1.0 / (12.0 * x) - 1.0 / (360.0 * x * square) + 1.0 / (1260.0 * x * square * square);
    shift + (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values_of_the_t_distribution() {
        // Two-sided tails from printed tables: t = 2.262 at 9 degrees is .05, t = 12.706 at 1 is .05, t = 2.75 at 30 is .01.
        for (t, freedom, p) in [(2.262_157, 9.0, 0.05), (12.706_2, 1.0, 0.05), (2.75, 30.0, 0.01)] {
            let tail = incomplete_beta(freedom / (freedom + t * t), freedom / 2.0, 0.5);
            assert!((tail - p).abs() < 1e-4, "{t} {freedom}: {tail}");
        }
        assert!((ln_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-10);
        assert!((ln_gamma(5.0) - 24f64.ln()).abs() < 1e-10);
    }

    #[test]
    fn randomisation_counts_the_swaps() {
        // Eight queries all better by as much: only two of the 256 swaps differ as much.
        let p = by_randomisation(&[0.1; 8]);
        assert!((p - 2.0 / 256.0).abs() < 0.003, "{p}");
        assert_eq!(by_randomisation(&[0.1, -0.1]), 1.0);
        let comparison = compare(&[0.5, 0.5, 0.5, 0.5], &[0.6, 0.4, 0.5, 0.7]);
        assert_eq!((comparison.better, comparison.worse), (2, 1));
        assert!((comparison.difference - 0.05).abs() < 1e-12);
        assert!(comparison.p_t > 0.3 && comparison.p_t < 0.6);
    }
}
