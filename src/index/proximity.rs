//! How close the words of a query stand in a text.

/// A number that grows with rare query words standing close to each other.
///
/// After Büttcher, Clarke and Lushman, *Term proximity scoring for ad-hoc retrieval on very large text collections* (SIGIR 2006): each two
/// neighbouring occurrences of different query words give each other their weight divided by the square of the distance; the sums
/// saturate at `half`, later in long texts, and each word counts by its own weight.
pub(super) fn closeness(weights: &[f32], places: &[Vec<u32>], half: f32) -> f32 {
    let mut all: Vec<(u32, usize)> = places.iter().enumerate().flat_map(|(word, places)| places.iter().map(move |&p| (p, word))).collect();
    all.sort_unstable();
    let mut near = vec![0f32; weights.len()];
    for pair in all.windows(2) {
        let &[(p, a), (q, b)] = pair else { continue };
        if a == b || p == q {
            continue;
        }
        let square = ((q - p) as f32).powi(2);
        let weight = |i: usize| weights.get(i).copied().unwrap_or(0.0);
        let (wa, wb) = (weight(a), weight(b));
        if let Some(near) = near.get_mut(a) {
            *near += wb / square;
        }
        if let Some(near) = near.get_mut(b) {
            *near += wa / square;
        }
    }
    // Saturates at the weight of the word; half of it where the neighbours' weights over squares add up to `half`.
    near.iter().zip(weights).filter(|(near, _)| **near > 0.0).map(|(near, weight)| weight * near / (near + half)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_and_rare_words_count_more() {
        let score = |weights: &[f32], places: [Vec<u32>; 2]| closeness(weights, &places, 1.0);
        let near = score(&[1.0, 1.0], [vec![3], vec![4]]);
        assert!(near > score(&[1.0, 1.0], [vec![3], vec![9]]));
        assert!(near < score(&[1.0, 2.0], [vec![3], vec![4]]));
        assert!(near < score(&[1.0, 1.0], [vec![3, 20], vec![4, 21]]));
        assert_eq!(score(&[1.0, 1.0], [vec![3], vec![]]), 0.0);
        assert_eq!(score(&[1.0, 1.0], [vec![3], vec![3]]), 0.0, "two readings of one place");
        assert_eq!(closeness(&[1.0, 1.0], &[vec![], vec![]], 0.0), 0.0, "a text without words");
    }
}
