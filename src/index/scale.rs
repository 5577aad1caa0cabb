//! What an occurrence is worth in a text of some length: the measure all words of a query share.

use super::ranking::Ranking;

/// Occurrences of a word in one document.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Occurrences {
    pub(super) title: u32,
    pub(super) body: u32,
    /// The word is part of the name of an actor whom the text names, whatever it calls it.
    pub(super) actor: bool,
}

/// BM25's saturation and length, over title and body as one text in which a word of the title stands several times (BM25F: Robertson
/// and Zaragoza, *The Probabilistic Relevance Framework*, 2009).
pub(super) struct Scale<'r> {
    ranking: &'r Ranking,
    average: f32,
    /// By twice the length, since nothing is finer than half a word; 0 where not yet known.
    norms: Vec<f32>,
}

/// Lengths up to which norms are remembered, in words.
const REMEMBERED: usize = 1 << 12;

impl<'r> Scale<'r> {
    pub(super) fn new(ranking: &'r Ranking, average: f32) -> Self {
        Scale { ranking, average, norms: vec![0.0; 2 * REMEMBERED] }
    }

    /// What must be added to the occurrences for half of what they can be worth at most.
    pub(super) fn norm(&mut self, title_len: u64, body_len: u64) -> f32 {
        let len = body_len as f32 + self.ranking.title * title_len as f32;
        let Some(known) = self.norms.get_mut((2.0 * len).round() as usize) else { return norm(self.ranking, self.average, len) };
        if *known == 0.0 {
            *known = norm(self.ranking, self.average, len);
        }
        *known
    }

    /// The worth of occurrences, from 0 to `k1 + 1`.
    pub(super) fn worth(&self, found: Occurrences, norm: f32) -> f32 {
        let tf = found.body as f32 + self.ranking.title * found.title as f32 + if found.actor { self.ranking.alias } else { 0.0 };
        tf * (self.ranking.k1 + 1.0) / (tf + norm)
    }
}

fn norm(ranking: &Ranking, average: f32, len: f32) -> f32 {
    // Never nothing: a word that is not there is worth nothing in an empty text too.
    (ranking.k1 * (1.0 - ranking.b + ranking.b * (len / average).powf(ranking.length))).max(1e-3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_occurrences_and_shorter_texts_are_worth_more() {
        let ranking = Ranking::default();
        let mut scale = Scale::new(&ranking, 200.0);
        let (short, long) = (scale.norm(8, 100), scale.norm(8, 1000));
        let body = |n| Occurrences { body: n, ..Occurrences::default() };
        assert!(scale.worth(body(1), short) > scale.worth(body(1), long));
        assert!(scale.worth(body(2), short) > scale.worth(body(1), short));
        assert!(scale.worth(Occurrences { title: 1, ..body(0) }, short) > scale.worth(body(1), short));
        assert!(scale.worth(Occurrences { actor: true, ..body(0) }, short) < scale.worth(body(1), short));
        assert!(scale.worth(body(9000), short) < ranking.k1 + 1.0);
        assert_eq!(scale.norm(8, 100), short, "the same from memory");
        let empty = scale.norm(0, 0);
        assert_eq!(scale.worth(body(0), empty), 0.0);
        assert!(scale.norm(0, 1_000_000) > long);
    }
}
