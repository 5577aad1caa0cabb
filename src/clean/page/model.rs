//! The weighing of features: sums of small decision trees, read from a table.
//!
//! A tree asks for one feature at a time and ends in a weight, positive for text of the article. The sum of all weights, put through the
//! logistic function, is the likelihood that a block is the article's (gradient boosting: J. Friedman, *Greedy function approximation*, 2001).
//! The table holds a tree a line in the order of reading: `feature<=value` is a question, followed by what to do if yes and then by
//! what to do if no; `=weight` is an end. Weights were fitted to the published development sets of WCXB, fundus and trafilatura.

use std::collections::HashMap;

/// A sum of trees.
#[derive(Debug, Default)]
pub(super) struct Model {
    nodes: Vec<Node>,
    /// Where each tree begins.
    roots: Vec<u32>,
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

impl Model {
    /// Reads a table whose features are among `names`; `None` where it is broken.
    pub(super) fn parse<'n>(table: &str, names: impl Iterator<Item = &'n str>) -> Option<Model> {
        let number: HashMap<&str, u16> = names.zip(0..END).collect();
        let mut model = Model::default();
        for line in table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            model.roots.push(u32::try_from(model.nodes.len()).ok()?);
            // Questions whose "yes" is being read, or already read.
            let mut open: Vec<usize> = Vec::new();
            let mut ended = false;
            for token in line.split(' ') {
                if ended {
                    return None;
                }
                if let Some(weight) = token.strip_prefix('=') {
                    model.nodes.push(Node { feature: END, no: 0, value: weight.parse().ok()? });
                    let next = u32::try_from(model.nodes.len()).ok()?;
                    loop {
                        match open.pop() {
                            None => break ended = true,
                            Some(question) => {
                                let node = model.nodes.get_mut(question)?;
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
                    open.push(model.nodes.len());
                    model.nodes.push(Node { feature: *number.get(name)?, no: 0, value: bound.parse().ok()? });
                }
            }
            if !ended {
                return None;
            }
        }
        Some(model)
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
                    let yes = features.get(usize::from(node.feature)).is_some_and(|f| *f <= node.value);
                    at = if yes { at + 1 } else { node.no };
                }
            }
        }
        sums.iter_mut().for_each(|sum| *sum = 1.0 / (1.0 + (-*sum).exp()));
        sums
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn trees_are_walked_as_written() {
        let table = "# two trees\nlength<=2 =-1 links<=0.5 =3 =-2\n=0.5";
        let model = Model::parse(table, ["length", "links"].into_iter()).unwrap();
        let sum = |length, links| {
            let p = model.likelihoods(&[0.0, 0.0, length, links], 2)[1];
            (p / (1.0 - p)).ln()
        };
        for (length, links, expected) in [(1.0, 0.0, -0.5), (9.0, 0.0, 3.5), (9.0, 0.9, -1.5)] {
            assert!((sum(length, links) - expected).abs() < 1e-4);
        }
    }

    #[test]
    fn a_broken_table_is_refused() {
        for table in ["length<=2 =1", "=1 =2", "height<=2 =1 =2", "length<=2 =x =2"] {
            assert!(Model::parse(table, ["length"].into_iter()).is_none(), "{table}");
        }
    }
}
