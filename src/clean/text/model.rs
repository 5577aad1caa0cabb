//! How likely a line is part of the article: a small forest of regression trees (gradient boosting, Friedman 2001), fitted on labelled pages.
//!
//! The trees are data in `forest.trees`, a tree a row: `feature<=threshold` and then what follows if it holds and what if not; a bare number is the weight added where the way ends.

use super::context::Context;
use super::features;
use std::sync::OnceLock;

/// Least probability of a line of the article.
pub(super) const LEAST: f32 = 0.4;

/// Deepest tree that is read.
const DEEPEST: usize = 64;

#[derive(Clone, Copy)]
enum Node {
    /// Feature, threshold, and where to go on if the feature exceeds it; if not, the next node is the one.
    Split(u16, f32, u32),
    Leaf(f32),
}

#[derive(Default)]
struct Forest {
    nodes: Vec<Node>,
    roots: Vec<u32>,
}

impl Forest {
    /// Reads the rows of a table; a row that does not parse is left out (a test finds it).
    fn parse(table: &str, names: &[&str]) -> Forest {
        let mut forest = Forest::default();
        for row in table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let root = forest.nodes.len();
            let mut tokens = row.split(' ');
            if forest.tree(&mut tokens, names, 0).is_some() && tokens.next().is_none() {
                forest.roots.push(root as u32);
            } else {
                forest.nodes.truncate(root);
            }
        }
        forest
    }

    fn tree<'a>(&mut self, tokens: &mut impl Iterator<Item = &'a str>, names: &[&str], depth: usize) -> Option<()> {
        let token = tokens.next().filter(|_| depth < DEEPEST)?;
        let Some((name, threshold)) = token.split_once("<=") else {
            self.nodes.push(Node::Leaf(token.parse().ok()?));
            return Some(());
        };
        let feature = names.iter().position(|n| *n == name)?;
        let at = self.nodes.len();
        let threshold = threshold.parse().ok()?;
        self.nodes.push(Node::Leaf(0.0));
        self.tree(tokens, names, depth + 1)?;
        let no = self.nodes.len() as u32;
        self.tree(tokens, names, depth + 1)?;
        self.nodes[at] = Node::Split(feature as u16, threshold, no);
        Some(())
    }

    /// The probability that the trees give these features.
    fn probability(&self, features: &[f32]) -> f32 {
        let mut sum = 0.0;
        for &root in &self.roots {
            let mut at = root as usize;
            while let Some(&node) = self.nodes.get(at) {
                match node {
                    Node::Leaf(weight) => {
                        sum += weight;
                        break;
                    }
                    Node::Split(feature, threshold, no) => {
                        let holds = features.get(feature as usize).is_none_or(|v| *v <= threshold);
                        at = if holds { at + 1 } else { no as usize };
                    }
                }
            }
        }
        1.0 / (1.0 + (-sum).exp())
    }
}

fn forest() -> &'static Forest {
    static FOREST: OnceLock<Forest> = OnceLock::new();
    FOREST.get_or_init(|| Forest::parse(include_str!("forest.trees"), features::NAMES))
}

/// For each line of a page the probability that it is part of the article.
pub(super) fn probabilities(page: &Context) -> Vec<f32> {
    let mut seen = Vec::with_capacity(features::NAMES.len());
    (0..page.lines.len())
        .map(|i| {
            features::measure(page, i, &mut seen);
            forest().probability(&seen)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tree_is_read() {
        let rows = include_str!("forest.trees").lines().filter(|l| !l.starts_with('#') && !l.is_empty()).count();
        assert!(rows > 10);
        assert_eq!(forest().roots.len(), rows);
    }

    #[test]
    fn a_tree_is_walked_as_it_is_written() {
        let forest = Forest::parse("a<=1.5 b<=0 1 2 -3\nbroken<=1 2\n", &["a", "b"]);
        assert_eq!(forest.roots.len(), 1);
        let odds = |f: &[f32]| {
            let p = forest.probability(f);
            (p / (1.0 - p)).ln().round()
        };
        assert_eq!((odds(&[1.0, 0.0]), odds(&[1.0, 1.0]), odds(&[2.0, 0.0])), (1.0, 2.0, -3.0));
    }
}
