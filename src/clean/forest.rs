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
    trees: Vec<Tree>,
    /// For each node the mean of the weights that can still be reached from it.
    means: Vec<f32>,
}

/// A question, or the end of a way: eight bytes, so that a tree fits into a few lines of the processor's nearest memory.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// Which feature is asked for.
    feature: u16,
    /// How far to go on if the answer is no; a yes goes on with the next node. 0 at an end.
    no: u16,
    /// The bound asked for, or the weight.
    value: f32,
}

#[derive(Clone, Copy, Debug)]
struct Tree {
    /// Its first node.
    root: usize,
    /// The most questions on a way through it.
    depth: usize,
}

/// Blocks that go through a tree side by side: the processor works on all of them while it waits for one.
const LANES: usize = 8;

/// Trees after which blocks without hope are looked for; so many fit into the processor's nearest memory.
const PORTION: usize = 40;

impl Forest {
    /// Reads a table whose features are among `names`; `None` where it is broken.
    pub(super) fn parse<'n>(table: &str, names: impl Iterator<Item = &'n str>) -> Option<Forest> {
        let number: HashMap<&str, u16> = names.zip(0..u16::MAX).collect();
        let mut forest = Forest::default();
        for line in table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let root = forest.nodes.len();
            // Questions whose "yes" is being read, or already read.
            let mut open: Vec<usize> = Vec::new();
            let (mut depth, mut ended) = (0, false);
            for token in line.split(' ') {
                if ended {
                    return None;
                }
                if let Some(weight) = token.strip_prefix('=') {
                    depth = depth.max(open.len());
                    forest.nodes.push(Node { value: weight.parse().ok()?, ..Node::default() });
                    let next = forest.nodes.len();
                    loop {
                        match open.pop() {
                            None => break ended = true,
                            Some(question) => {
                                let node = forest.nodes.get_mut(question)?;
                                if node.no == 0 {
                                    node.no = u16::try_from(next - question).ok()?;
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
            forest.trees.push(Tree { root, depth });
        }
        forest.means = forest.means()?;
        Some(forest)
    }

    /// What follows a question stands behind it, so one pass from the end has the means of both answers.
    fn means(&self) -> Option<Vec<f32>> {
        let mut sums = vec![(0.0f32, 0u32); self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate().rev() {
            let sum = if node.is_end() {
                (node.value, 1)
            } else {
                let (yes, no) = (sums.get(at + 1)?, sums.get(at + usize::from(node.no))?);
                (yes.0 + no.0, yes.1 + no.1)
            };
            *sums.get_mut(at)? = sum;
        }
        Some(sums.into_iter().map(|(sum, ends)| sum / ends as f32).collect())
    }

    /// The likelihood, from 0 to 1, of each block to be the article's; `rows` holds the features of the blocks, each `width` long.
    ///
    /// All blocks go through a portion of the trees before the next is begun: it stays in the processor's nearest memory, all trees together do not.
    /// A block whose sum is below `hopeless` at the end of a [`PORTION`] goes through no more trees.
    pub(super) fn likelihoods(&self, rows: &[f32], width: usize, hopeless: f32) -> Vec<f32> {
        let width = width.max(1);
        let mut sums = vec![0.0f32; rows.len() / width];
        let mut open: Vec<usize> = (0..sums.len()).collect();
        for trees in self.trees.chunks(PORTION) {
            for open in open.chunks(LANES) {
                let mut lanes: [&[f32]; LANES] = [&[]; LANES];
                for (lane, block) in lanes.iter_mut().zip(open) {
                    *lane = rows.get(block * width..(block + 1) * width).unwrap_or_default();
                }
                let mut gained = [0.0f32; LANES];
                for tree in trees {
                    let nodes = self.nodes.get(tree.root..).unwrap_or_default();
                    let mut at = [0u32; LANES];
                    for _ in 0..tree.depth {
                        for (at, features) in at.iter_mut().zip(lanes) {
                            let node = nodes.get(*at as usize).copied().unwrap_or_default();
                            *at += node.step(features);
                        }
                    }
                    for (gained, at) in gained.iter_mut().zip(at) {
                        *gained += nodes.get(at as usize).map_or(0.0, |node| node.value);
                    }
                }
                for (block, gained) in open.iter().zip(gained) {
                    if let Some(sum) = sums.get_mut(*block) {
                        *sum += gained;
                    }
                }
            }
            open.retain(|block| sums.get(*block).is_some_and(|sum| *sum >= hopeless));
        }
        sums.iter_mut().for_each(|sum| *sum = 1.0 / (1.0 + (-*sum).exp()));
        sums
    }

    /// How much each feature of a block speaks for the article (positive) or against it, the strongest first: on the way through a tree every
    /// answer changes the mean of the weights that can still be reached, and the feature asked for is credited with that change.
    pub(super) fn evidence(&self, features: &[f32]) -> Vec<(usize, f32)> {
        let mut credits = vec![0.0f32; features.len()];
        for tree in &self.trees {
            let mut at = tree.root;
            while let Some(node) = self.nodes.get(at).filter(|n| !n.is_end()) {
                let next = node.next(at, features);
                if let (Some(credit), Some(before), Some(after)) =
                    (credits.get_mut(usize::from(node.feature)), self.means.get(at), self.means.get(next))
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
    fn is_end(self) -> bool {
        self.no == 0
    }

    /// Where to go on from here; an end stays where it is.
    fn next(self, at: usize, features: &[f32]) -> usize {
        at + self.step(features) as usize
    }

    /// How far to go on. Answers cannot be foretold, so the processor is given nothing to foretell: both ways are known, one is selected.
    fn step(self, features: &[f32]) -> u32 {
        let yes = features.get(usize::from(self.feature)).copied().unwrap_or(f32::NAN) <= self.value;
        std::hint::select_unpredictable(yes, u32::from(self.no != 0), u32::from(self.no))
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
            let p = forest().likelihoods(&[0.0, 0.0, length, links], 2, f32::NEG_INFINITY)[1];
            (p / (1.0 - p)).ln()
        };
        for (length, links, expected) in [(1.0, 0.0, -0.5), (9.0, 0.0, 3.5), (9.0, 0.9, -1.5)] {
            assert!((sum(length, links) - expected).abs() < 1e-4);
        }
    }

    #[test]
    fn a_block_without_hope_goes_through_no_more_trees() {
        let table = ["=-0.5"; 3 * PORTION].join("\n");
        let forest = Forest::parse(&table, [].into_iter()).unwrap();
        let sum = |hopeless| forest.likelihoods(&[0.0], 1, hopeless)[0];
        assert!(sum(-1.0) > sum(-30.0) && sum(-30.0) > 0.0);
    }

    #[test]
    fn a_broken_table_is_refused() {
        assert!(Forest::parse("=0.5", [].into_iter()).is_some());
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
