//! The second step of the rank: which words each of the best documents holds, and how close they stand.

use super::postings::Group;
use super::proximity::closeness;
use super::rank::{Lengths, Ranked, Weighted};
use super::ranking::Ranking;
use super::reader::Reader;
use crate::error::Result;
use std::collections::HashMap;
use tantivy::DocAddress;

/// What the second step made of each document: what closeness added, and the factor for what it lacks.
pub(super) type Second = HashMap<DocAddress, (f32, f32)>;

impl Reader {
    /// Scores `best` again, in place and in any order.
    pub(super) fn look_again(&self, words: &[Weighted<'_>], ranking: &Ranking, best: &mut [Ranked]) -> Result<Second> {
        let mut made = Second::new();
        let words: Vec<&Weighted<'_>> = words.iter().filter(|w| !w.word.added).collect();
        if let [only] = words.as_slice()
            && best.iter().all(|hit| hit.score > 0.0)
        {
            // Nothing to stand close to, and nothing lacks.
            best.iter_mut().filter(|_| only.index < 64).for_each(|hit| hit.holds = 1 << only.index);
            return Ok(made);
        }
        let mut order: Vec<usize> = (0..best.len()).collect();
        order.sort_by_key(|&i| best.get(i).map(|h| h.at));
        let content = words.iter().filter(|w| !w.word.stop).count().max(1);
        // In a long query chance puts many pairs of words together, and no text holds them all.
        let short = (ranking.short / content as f32).min(1.0);
        let average = self.average_len(ranking.title);
        let all: f32 = words.iter().map(|w| w.weight).sum();
        let weights: Vec<f32> = words.iter().map(|w| w.weight).collect();
        let mut open: Option<(u32, Vec<Group>, Lengths)> = None;
        let (mut title, mut body) = (vec![Vec::new(); words.len()], vec![Vec::new(); words.len()]);
        for i in order {
            let Some(hit) = best.get_mut(i) else { continue };
            if open.as_ref().is_none_or(|(ord, ..)| *ord != hit.at.segment_ord) {
                let Some(segment) = self.segments.get(hit.at.segment_ord as usize) else { continue };
                let lists: Result<Vec<_>> = words.iter().map(|w| Group::open(self, segment, w.word, true)).collect();
                open = Some((hit.at.segment_ord, lists?, Lengths::open(self, segment)?));
            }
            let Some((_, lists, lengths)) = &mut open else { continue };
            let (mut near, mut held) = (0.0, 0.0);
            for (((list, title), body), w) in lists.iter_mut().zip(&mut title).zip(&mut body).zip(&words) {
                let found = list.occurrences(hit.at.doc_id);
                list.places(hit.at.doc_id, title, body);
                if w.index < 64 && (found.title > 0 || found.body > 0 || found.actor) {
                    hit.holds |= 1 << w.index;
                    held += w.weight;
                }
            }
            if ranking.proximity > 0.0 {
                let len = lengths.body(hit.at.doc_id) as f32 / average;
                near = closeness(&weights, &body, ranking.closeness * len) + closeness(&weights, &title, ranking.closeness);
                near *= ranking.proximity * short;
                hit.score += near;
            }
            let mut factor = 1.0;
            if ranking.coverage > 0.0 && all > 0.0 {
                // Where words joined the query an article may hold none of its own.
                factor = (held / all).max(0.05).powf(ranking.coverage * short);
                hit.score *= factor;
            }
            made.insert(hit.at, (near, factor));
        }
        Ok(made)
    }
}
