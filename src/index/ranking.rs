//! The parts of the rank and their weights.

/// The parts of the rank and their weights; each part has a value that switches it off.
///
/// ```
/// let mut ranking = demarche::Ranking::default();
/// assert!(ranking.switch_off("proximity") && ranking.proximity == 0.0);
/// assert!(ranking.set("k1", 1.2) && !ranking.set("magic", 1.0));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Ranking {
    /// How late further occurrences of a word stop counting (BM25's k1).
    pub k1: f32,
    /// How much a long text is marked down, from 0 to 1 (BM25's b).
    pub b: f32,
    /// The power of a text's length, over the average, that counts as its length. Below 1 the marking up of scraps and down of long
    /// reports is softened, without touching texts of about average length; 1 is BM25.
    pub length: f32,
    /// How many occurrences in the body one in the title is worth.
    pub title: f32,
    /// How much function words count; 0 leaves them to phrases.
    pub stop: f32,
    /// How late repetitions of a word in the query stop counting (BM25's k3).
    pub k3: f32,
    /// Weight of query words standing close to each other; 0 is off.
    pub proximity: f32,
    /// How late further closeness stops counting; in a long text later.
    pub closeness: f32,
    /// How much a text loses that lacks rare words of the query; 0 is off.
    pub coverage: f32,
    /// Number of words up to which a query is short: in a longer one closeness and lacking words count less, in proportion.
    pub short: f32,
    /// How many occurrences it is worth that a text names an actor one of whose names the query uses, whatever the text calls it; 0 is off.
    pub alias: f32,
    /// Share of the score that comes from words which the best hits have in common; 0 is off.
    pub feedback: f32,
    /// Number of words that tell something from which on a query has feedback.
    pub verbose: f32,
}

impl Default for Ranking {
    /// Fitted on one half of the queries of four research collections, checked on the other half, and the other way round; the optimum
    /// is flat.
    fn default() -> Self {
        Ranking {
            k1: 1.6,
            b: 0.8,
            length: 0.85,
            title: 2.5,
            stop: 0.0,
            k3: 8.0,
            proximity: 0.4,
            closeness: 1.0,
            coverage: 0.1,
            short: 5.0,
            alias: 0.15,
            feedback: 0.25,
            verbose: 3.0,
        }
    }
}

/// A part of the rank as a user switches and sets it.
struct Part {
    name: &'static str,
    weight: fn(&mut Ranking) -> &mut f32,
    /// The weight that leaves the part out, with what the rank is then; `None` for what only shapes another part.
    off: Option<(f32, &'static str)>,
}

const PARTS: &[Part] = &[
    Part { name: "k1", weight: |r| &mut r.k1, off: None },
    Part { name: "b", weight: |r| &mut r.b, off: Some((0.0, "the length of a text does not matter")) },
    Part { name: "length", weight: |r| &mut r.length, off: Some((1.0, "a text twice as long counts as twice as long")) },
    Part { name: "title", weight: |r| &mut r.title, off: Some((1.0, "a word in the title is worth one in the body")) },
    Part { name: "stop", weight: |r| &mut r.stop, off: None },
    Part { name: "k3", weight: |r| &mut r.k3, off: Some((0.0, "a word said twice in the query counts once")) },
    Part { name: "proximity", weight: |r| &mut r.proximity, off: Some((0.0, "words may stand anywhere")) },
    Part { name: "closeness", weight: |r| &mut r.closeness, off: None },
    Part { name: "coverage", weight: |r| &mut r.coverage, off: Some((0.0, "a text that lacks a rare word loses nothing else")) },
    Part { name: "short", weight: |r| &mut r.short, off: Some((f32::INFINITY, "long queries are ranked as short ones")) },
    Part { name: "alias", weight: |r| &mut r.alias, off: Some((0.0, "another name of an actor counts nothing")) },
    Part { name: "feedback", weight: |r| &mut r.feedback, off: Some((0.0, "what the best hits have in common does not matter")) },
    Part { name: "verbose", weight: |r| &mut r.verbose, off: None },
];

impl Ranking {
    /// Sets a weight by its name; false where there is none of that name.
    pub fn set(&mut self, name: &str, value: f32) -> bool {
        let part = PARTS.iter().find(|p| p.name == name);
        part.map(|p| *(p.weight)(self) = value).is_some()
    }

    /// Leaves a part out; false where there is none of that name, or it cannot be left out.
    pub fn switch_off(&mut self, name: &str) -> bool {
        let off = PARTS.iter().find(|p| p.name == name).and_then(|p| p.off);
        off.is_some_and(|(value, _)| self.set(name, value))
    }

    /// The parts that can be left out, each with what the rank is without it.
    pub fn parts() -> impl Iterator<Item = (&'static str, &'static str)> {
        PARTS.iter().filter_map(|p| p.off.map(|(_, without)| (p.name, without)))
    }

    /// The names of all weights.
    pub fn weights() -> impl Iterator<Item = &'static str> {
        PARTS.iter().map(|p| p.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_its_own_and_can_be_left_out() {
        for (name, without) in Ranking::parts() {
            let mut ranking = Ranking::default();
            assert!(ranking.switch_off(name) && ranking != Ranking::default(), "{name}");
            assert!(!without.is_empty());
        }
        for (i, name) in Ranking::weights().enumerate() {
            let mut ranking = Ranking::default();
            assert!(ranking.set(name, -1.0));
            for (j, part) in PARTS.iter().enumerate() {
                assert_eq!(*(part.weight)(&mut ranking) == -1.0, i == j, "{name} and {}", part.name);
            }
        }
    }
}
