//! Why a hit stands where it stands: its score as a sum.

use super::feedback::Model;
use super::postings::Group;
use super::rank::{Lengths, Ranked, Weighted};
use super::reader::Reader;
use super::scale::Scale;
use super::second::Second;
use crate::error::Result;
use serde::Serialize;

/// A score as the sum of its reasons.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Explanation {
    /// The sum.
    pub score: f32,
    /// What was added up, in order.
    pub reasons: Vec<Reason>,
}

/// One part of a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// Which part of the rank: `word`, `proximity`, `coverage`, `feedback`, `copy`.
    pub part: &'static str,
    /// What it adds; less than 0 where it takes away.
    pub value: f32,
    /// The word of the query, or the words that feedback looked for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub word: String,
    /// The reason in words.
    pub why: String,
}

/// Words of feedback that are told of a hit.
const TOLD: usize = 5;

impl Reader {
    /// Explains hits, in their order.
    pub(super) fn explain(
        &self,
        words: &[Weighted<'_>],
        scale: &mut Scale<'_>,
        feedback: Option<&Model>,
        second: &Second,
        hits: &[Ranked],
    ) -> Result<Vec<Explanation>> {
        hits.iter().map(|hit| self.explain_one(words, scale, feedback, second, hit)).collect()
    }

    fn explain_one(
        &self,
        words: &[Weighted<'_>],
        scale: &mut Scale<'_>,
        feedback: Option<&Model>,
        second: &Second,
        hit: &Ranked,
    ) -> Result<Explanation> {
        let Some(segment) = self.segments.get(hit.at.segment_ord as usize) else { return Ok(Explanation::default()) };
        let doc = hit.at.doc_id;
        let norm = Lengths::open(self, segment)?.norm(scale, doc);
        let mut reasons = Vec::new();
        let mut lacking = Vec::new();
        for w in words {
            let found = Group::open(self, segment, w.word, false)?.occurrences(doc);
            let value = w.weight * scale.worth(found, norm);
            if value == 0.0 {
                if !w.word.added && !w.word.joined {
                    lacking.push(w.word.word.as_str());
                }
                continue;
            }
            let mut places: Vec<String> = Vec::new();
            places.extend((found.title > 0).then(|| format!("{} in the title", found.title)));
            places.extend((found.body > 0).then(|| format!("{} in the text", found.body)));
            places.extend(found.actor.then(|| "an actor of this name".to_owned()));
            let asked = if w.rarity > 0.0 { w.weight / w.rarity } else { 0.0 };
            let times = if (asked - 1.0).abs() > 0.005 { format!(", asked for ×{asked:.2}") } else { String::new() };
            let why = format!("{}; rarity {:.2}{times}", places.join(", "), w.rarity);
            reasons.push(Reason { part: if w.word.added { "feedback" } else { "word" }, value, word: w.word.word.clone(), why });
        }
        if let Some(&(near, factor)) = second.get(&hit.at) {
            let before: f32 = reasons.iter().map(|r| r.value).sum::<f32>() + near;
            if near > 0.0 {
                reasons.push(Reason { part: "proximity", value: near, word: String::new(), why: "words stand close to each other".into() });
            }
            if factor < 1.0 {
                let why = format!("lacks {}", lacking.join(", "));
                reasons.push(Reason { part: "coverage", value: before * (factor - 1.0), word: String::new(), why });
            }
        }
        if let Some((model, value)) = feedback.and_then(|m| Some((m, *m.added.get(&hit.at)?))).filter(|(_, v)| *v > 0.0) {
            let mut told = Vec::new();
            for (word, weight) in model.words.iter().zip(&model.weights) {
                let found = Group::open(self, segment, word, false)?.occurrences(doc);
                told.push((weight * scale.worth(found, norm), word.word.as_str()));
            }
            told.retain(|(value, _)| *value > 0.0);
            told.sort_by(|a, b| b.0.total_cmp(&a.0));
            let word = told.iter().take(TOLD).map(|(_, w)| *w).collect::<Vec<_>>().join(", ");
            reasons.push(Reason { part: "feedback", value, word, why: "has in common with the best hits".into() });
        }
        let sum: f32 = reasons.iter().map(|r| r.value).sum();
        if (hit.score - sum).abs() > 1e-3 * hit.score.abs().max(1.0) {
            let why = "stands where the best of its copies stands".into();
            reasons.push(Reason { part: "copy", value: hit.score - sum, word: String::new(), why });
        }
        Ok(Explanation { score: hit.score, reasons })
    }
}
