//! A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over the lines of a page.
//!
//! Four states: before the article, in it, in something set into it, behind it. The weights are data: `model.tsv` has a row for each
//! observation, with its weight for each state, and a row for each step from state to state.

use super::observe::{Context, FAMILIES, Observation, REACH};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Before,
    Body,
    Inset,
    After,
}

const STATES: [State; 4] = [State::Before, State::Body, State::Inset, State::After];

#[derive(Default)]
struct Model {
    /// By family and offset, then by value.
    weights: Vec<Vec<[f32; 4]>>,
    steps: [[f32; 4]; 4],
}

fn slot(family: usize, offset: i8) -> usize {
    family * (2 * REACH as usize + 1) + usize::try_from(offset + REACH).unwrap_or(0)
}

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let names: HashMap<&str, usize> = FAMILIES.iter().enumerate().map(|(i, n)| (*n, i)).collect();
        let mut model = Model { weights: vec![Vec::new(); slot(FAMILIES.len(), 0)], ..Model::default() };
        for row in include_str!("model.tsv").lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            let [name, offset, value, rest @ ..] = cells.as_slice() else { continue };
            let mut four = [0f32; 4];
            for (to, cell) in four.iter_mut().zip(rest) {
                *to = cell.parse().unwrap_or(0.0);
            }
            let Ok(value) = value.parse::<usize>() else { continue };
            if *name == "step" {
                if let Some(to) = model.steps.get_mut(value) {
                    *to = four;
                }
                continue;
            }
            let (Some(&family), Ok(offset)) = (names.get(name), offset.parse::<i8>()) else { continue };
            if let Some(of) = model.weights.get_mut(slot(family, offset)) {
                if of.len() <= value {
                    of.resize(value + 1, [0.0; 4]);
                }
                of[value] = four;
            }
        }
        model
    })
}

/// The most likely states of the lines of a page (Viterbi).
pub(super) fn decode(context: &Context) -> Vec<State> {
    let model = model();
    let n = context.lines.len();
    let mut back: Vec<[u8; 4]> = Vec::with_capacity(n);
    let mut score = [0f32; 4];
    let mut seen: Vec<Observation> = Vec::new();
    for i in 0..n {
        context.observe(i, &mut seen);
        let mut own = [0f32; 4];
        for o in &seen {
            if let Some(w) = model.weights.get(slot(o.family as usize, o.offset)).and_then(|v| v.get(o.value as usize)) {
                for (sum, w) in own.iter_mut().zip(w) {
                    *sum += w;
                }
            }
        }
        let mut from = [0u8; 4];
        if i > 0 {
            let mut next = [f32::NEG_INFINITY; 4];
            for (to, best) in next.iter_mut().enumerate() {
                for (at, so_far) in score.iter().enumerate() {
                    let candidate = so_far + model.steps[at][to];
                    if candidate > *best {
                        (*best, from[to]) = (candidate, at as u8);
                    }
                }
            }
            score = next;
        }
        for (sum, own) in score.iter_mut().zip(own) {
            *sum += own;
        }
        back.push(from);
    }
    let mut at = (0..4).max_by(|&a, &b| score[a].total_cmp(&score[b])).unwrap_or(0);
    let mut states = vec![State::Body; n];
    for i in (0..n).rev() {
        states[i] = STATES[at];
        at = back[i][at].into();
    }
    states
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_an_observation() {
        for row in include_str!("model.tsv").lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert_eq!(cells.len(), 7, "{row}");
            assert!(cells[0] == "step" || FAMILIES.contains(&cells[0]), "{row}");
            assert!(cells[3..].iter().all(|c| c.parse::<f32>().is_ok_and(f32::is_finite)), "{row}");
        }
    }
}
