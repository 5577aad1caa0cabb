//! The weighing of features: sums of small decision trees, read from a table.
//!
//! A tree asks for one feature at a time and ends in a weight, positive for text of the article. The sum of all weights, put through the
//! logistic function, is the likelihood that a block is the article's (gradient boosting: J. Friedman, *Greedy function approximation*, 2001).
//! The table holds a tree a line in the order of reading: `feature<=value` is a question, followed by what to do if yes and then by
//! what to do if no; `=weight` is an end. Tables are made from public data sets by the programs in `tests/fit`, where their README says how.

use std::collections::HashMap;

/// A sum of trees.
#[derive(Debug, Default)]
pub(super) struct Forest {
    nodes: Vec<Node>,
    /// Where each tree begins.
    roots: Vec<u32>,
    /// For each node the mean of the weights that can still be reached from it.
    means: Vec<f32>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    /// Which feature is asked for; [`END`] for a weight.
    feature: u16,
    /// Where to go on if the answer is no; a yes goes on with the next node.
    no: u32,
    /// The bound asked for, or the weight.
    value: f32,
}

const END: u16 = u16::MAX;

impl Forest {
    /// Reads a table whose features are among `names`; `None` where it is broken.
    pub(super) fn parse<'n>(table: &str, names: impl Iterator<Item = &'n str>) -> Option<Forest> {
        let number: HashMap<&str, u16> = names.zip(0..END).collect();
        let mut forest = Forest::default();
        for line in table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            forest.roots.push(u32::try_from(forest.nodes.len()).ok()?);
            // Questions whose "yes" is being read, or already read.
            let mut open: Vec<usize> = Vec::new();
            let mut ended = false;
            for token in line.split(' ') {
                if ended {
                    return None;
                }
                if let Some(weight) = token.strip_prefix('=') {
                    forest.nodes.push(Node { feature: END, no: 0, value: weight.parse().ok()? });
                    let next = u32::try_from(forest.nodes.len()).ok()?;
                    loop {
                        match open.pop() {
                            None => break ended = true,
                            Some(question) => {
                                let node = forest.nodes.get_mut(question)?;
                                if node.no == 0 {
                                    node.no = next;
                                    open.push(question);
                                    break;
                                }
                            }
                        }
                    }
                } else {
                    let (name, bound) = token.split_once("<=")?;
                    open.push(forest.nodes.len());
                    forest.nodes.push(Node { feature: *number.get(name)?, no: 0, value: bound.parse().ok()? });
                }
            }
            if !ended {
                return None;
            }
        }
        forest.means = forest.means()?;
        Some(forest)
    }

    /// What follows a question stands behind it, so one pass from the end has the means of both answers.
    fn means(&self) -> Option<Vec<f32>> {
        let mut sums = vec![(0.0f32, 0u32); self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate().rev() {
            let sum = if node.feature == END {
                (node.value, 1)
            } else {
                let (yes, no) = (sums.get(at + 1)?, sums.get(node.no as usize)?);
                (yes.0 + no.0, yes.1 + no.1)
            };
            *sums.get_mut(at)? = sum;
        }
        Some(sums.into_iter().map(|(sum, ends)| sum / ends as f32).collect())
    }

    /// The likelihood, from 0 to 1, of each block to be the article's; `rows` holds the features of the blocks, each `width` long.
    ///
    /// All blocks go through a tree before the next tree is begun: a tree stays in the processor's nearest memory, all trees together do not.
    pub(super) fn likelihoods(&self, rows: &[f32], width: usize) -> Vec<f32> {
        let width = width.max(1);
        let mut sums = vec![0.0f32; rows.len() / width];
        for root in &self.roots {
            for (sum, features) in sums.iter_mut().zip(rows.chunks_exact(width)) {
                let mut at = *root;
                while let Some(node) = self.nodes.get(at as usize) {
                    if node.feature == END {
                        *sum += node.value;
                        break;
                    }
                    at = node.next(at, features);
                }
            }
        }
        sums.iter_mut().for_each(|sum| *sum = 1.0 / (1.0 + (-*sum).exp()));
        sums
    }

    /// How much each feature of a block speaks for the article (positive) or against it, the strongest first: on the way through a tree every
    /// answer changes the mean of the weights that can still be reached, and the feature asked for is credited with that change.
    pub(super) fn evidence(&self, features: &[f32]) -> Vec<(usize, f32)> {
        let mut credits = vec![0.0f32; features.len()];
        for root in &self.roots {
            let mut at = *root;
            while let Some(node) = self.nodes.get(at as usize).filter(|n| n.feature != END) {
                let next = node.next(at, features);
                if let (Some(credit), Some(before), Some(after)) =
                    (credits.get_mut(usize::from(node.feature)), self.means.get(at as usize), self.means.get(next as usize))
                {
                    *credit += after - before;
                }
                at = next;
            }
        }
        let mut evidence: Vec<(usize, f32)> = credits.into_iter().enumerate().filter(|(_, credit)| *credit != 0.0).collect();
        evidence.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
        evidence
    }
}

impl Node {
    fn next(&self, at: u32, features: &[f32]) -> u32 {
        let yes = features.get(usize::from(self.feature)).is_some_and(|f| *f <= self.value);
        if yes { at + 1 } else { self.no }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const TABLE: &str = "# two trees\nlength<=2 =-1 links<=0.5 =3 =-2\n=0.5";

    fn forest() -> Forest {
        Forest::parse(TABLE, ["length", "links"].into_iter()).unwrap()
    }

    #[test]
    fn trees_are_walked_as_written() {
        let sum = |length, links| {
            let p = forest().likelihoods(&[0.0, 0.0, length, links], 2)[1];
            (p / (1.0 - p)).ln()
        };
        for (length, links, expected) in [(1.0, 0.0, -0.5), (9.0, 0.0, 3.5), (9.0, 0.9, -1.5)] {
            assert!((sum(length, links) - expected).abs() < 1e-4);
        }
    }

    #[test]
    fn a_broken_table_is_refused() {
        for table in ["length<=2 =1", "=1 =2", "height<=2 =1 =2", "length<=2 =x =2"] {
            assert!(Forest::parse(table, ["length"].into_iter()).is_none(), "{table}");
        }
    }

    #[test]
    fn the_evidence_adds_up_to_the_weight() {
        // The ends of the first tree have the mean 0; without links a long block gains 0.5 by its length and 2.5 by its links.
        assert_eq!(forest().evidence(&[9.0, 0.0]), [(1, 2.5), (0, 0.5)]);
        assert_eq!(forest().evidence(&[1.0, 0.0]), [(0, -1.0)]);
    }
}
