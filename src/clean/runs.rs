//! The choice of runs: which blocks to keep when each has something to gain and every change between keeping and leaving has a price.
//!
//! An article is a few runs of blocks, not blocks strewn over a page. The choice with the greatest sum of gains less prices is found in one pass
//! forwards and one back (A. Viterbi, *Error bounds for convolutional codes*, 1967, with two states).

/// For each block whether it is kept. `gains` are what keeping a block is worth, negative where leaving it is better.
pub(super) fn choose(gains: &[f32], price: f32) -> Vec<bool> {
    let price = f64::from(price);
    let (mut left, mut kept) = (0.0f64, f64::NEG_INFINITY);
    // For each block whether the best way to leave it, and to keep it, came from a block that was kept.
    let mut from_kept = Vec::with_capacity(gains.len());
    for gain in gains {
        let came = (kept - price > left, kept >= left - price);
        let before = (left, kept);
        left = if came.0 { before.1 - price } else { before.0 };
        kept = f64::from(*gain) + if came.1 { before.1 } else { before.0 - price };
        from_kept.push(came);
    }
    let mut keep = kept > left;
    let mut chosen = vec![false; gains.len()];
    for (chosen, came) in chosen.iter_mut().zip(&from_kept).rev() {
        *chosen = keep;
        keep = if keep { came.1 } else { came.0 };
    }
    chosen
}

/// What keeping a block is worth: the words it is expected to add to the article, above those it must to be kept. Long blocks count as `most` words.
pub(super) fn gain(likely: f32, least: f32, words: usize, most: usize) -> f32 {
    (likely - least) * words.min(most) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_short_gap_inside_a_run_is_kept_and_a_short_run_outside_is_not() {
        assert_eq!(choose(&[-5.0, 0.3, -5.0, 9.0, -0.4, 9.0, -5.0], 0.5), [false, false, false, true, true, true, false]);
        assert_eq!(choose(&[9.0, -3.0, 9.0], 0.5), [true, false, true]);
        assert!(choose(&[], 1.0).is_empty());
    }

    #[test]
    fn without_a_price_every_block_is_judged_alone() {
        assert_eq!(choose(&[1.0, -1.0, 0.5, -0.5], 0.0), [true, false, true, false]);
    }

    proptest! {
        /// As good as the best of all choices.
        #[test]
        fn the_choice_is_the_best_of_all(gains in proptest::collection::vec(-4i8..=4, 0..9), price in 0u8..4) {
            let worth = |choice: &dyn Fn(usize) -> bool| {
                let changes = (0..gains.len()).filter(|&at| choice(at) != (at > 0 && choice(at - 1))).filter(|&at| at > 0 || choice(at)).count();
                (0..gains.len()).filter(|&at| choice(at)).map(|at| i32::from(gains[at])).sum::<i32>() - changes as i32 * i32::from(price)
            };
            let best = (0u32..1 << gains.len()).map(|bits| worth(&|at| bits >> at & 1 == 1)).max().unwrap_or(0);
            let chosen = choose(&gains.iter().map(|g| f32::from(*g)).collect::<Vec<_>>(), f32::from(price));
            prop_assert_eq!(worth(&|at| chosen[at]), best);
        }
    }
}
