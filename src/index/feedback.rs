//! What the best hits have in common: pseudo-relevance feedback.
//!
//! After Abdul-Jaleel and others, *UMass at TREC 2004: Novelty and HARD* (the "RM3" model): the words of the best hits, each hit counting
//! by its score, join the query with a share of its weight. Here a word must be common to several hits, the beginnings of articles are
//! looked at alone, and unless the reader asks for more (`expand`) no hit is added: the best are only put in better order.

use super::lead;
use super::plan::{Plan, Wanted};
use super::postings::Group;
use super::rank::{Lengths, Ranked, Weighted};
use super::ranking::Ranking;
use super::reader::Reader;
use super::scale::Scale;
use super::schema::{Field, headline};
use crate::analysis::Analyzer;
use crate::error::Result;
use std::collections::{BTreeMap, HashMap};
use tantivy::DocAddress;

/// Hits whose words are looked at.
const HITS: usize = 10;
/// Hits a word must be common to.
const COMMON: u32 = 2;
/// Words that join the query.
const WORDS: usize = 20;
/// Words that join it where the reader asks for more hits.
const MORE_WORDS: usize = 30;
/// Their share of the weight then.
const MORE_SHARE: f32 = 0.6;

/// The words that join a query, with their weights.
pub(super) struct Model {
    pub(super) words: Vec<Wanted>,
    pub(super) weights: Vec<f32>,
    /// What they added to each hit.
    pub(super) added: HashMap<DocAddress, f32>,
}

impl Reader {
    /// The words that the best of `hits`, which are in order, have in common; none where the query is too short to be sure of them.
    pub(super) fn feedback(&self, plan: &Plan, words: &[Weighted<'_>], ranking: &Ranking, hits: &[Ranked]) -> Result<Option<Model>> {
        let telling = words.iter().filter(|w| !w.word.stop && !w.word.joined).count();
        if ranking.feedback <= 0.0 || (telling as f32) < ranking.verbose || plan.expanded {
            return Ok(None);
        }
        let common = self.common(hits, WORDS)?;
        let asked: f32 = words.iter().map(|w| if w.rarity > 0.0 { w.weight / w.rarity } else { 0.0 }).sum();
        let share = asked * ranking.feedback / (1.0 - ranking.feedback).max(0.01);
        let mut model = Model { words: Vec::new(), weights: Vec::new(), added: HashMap::new() };
        for (term, part) in common {
            let word = Wanted { terms: vec![term.clone()], ..Wanted::new(&term, &[Field::Title, Field::Body]) };
            model.weights.push(self.rarity(&word)? * share * part);
            model.words.push(word);
        }
        Ok(Some(model))
    }

    /// The words that most of the first hits use much, with parts that sum up to 1.
    fn common(&self, hits: &[Ranked], most: usize) -> Result<Vec<(String, f32)>> {
        let mut terms: BTreeMap<String, (f32, u32)> = BTreeMap::new();
        let first = hits.get(..hits.len().min(HITS)).unwrap_or_default();
        // Hits that answer much better than others count much more.
        let all: f32 = first.iter().map(|h| h.score * h.score).sum();
        let mut analyzer = Analyzer::remembering();
        for hit in first {
            let words = self.with_text(hit.at, |title, language, body| {
                analyzer.speak(language);
                lead::words(headline(title, body), body, &mut analyzer)
            })?;
            let len: u32 = words.iter().map(|(_, count)| count).sum();
            for (term, count) in words {
                let part = hit.score * hit.score / all * count as f32 / len.max(1) as f32;
                let sum = terms.entry(term).or_default();
                *sum = (sum.0 + part, sum.1 + 1);
            }
        }
        let least = COMMON.min(first.len() as u32);
        let mut common: Vec<(String, f32)> =
            terms.into_iter().filter(|(_, (_, hits))| *hits >= least).map(|(term, (part, _))| (term, part)).collect();
        common.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        common.truncate(most);
        let sum: f32 = common.iter().map(|(_, part)| part).sum();
        common.iter_mut().for_each(|(_, part)| *part /= sum);
        Ok(common)
    }

    /// Adds to the scores of `hits` what the words of the model are worth in them.
    pub(super) fn apply(&self, model: &mut Model, scale: &mut Scale<'_>, hits: &mut [Ranked]) -> Result<()> {
        let mut order: Vec<usize> = (0..hits.len()).collect();
        order.sort_by_key(|&i| hits.get(i).map(|h| h.at));
        let mut open: Option<(u32, Vec<Group>, Lengths)> = None;
        for i in order {
            let Some(hit) = hits.get_mut(i) else { continue };
            if open.as_ref().is_none_or(|(ord, ..)| *ord != hit.at.segment_ord) {
                let Some(segment) = self.segments.get(hit.at.segment_ord as usize) else { continue };
                let lists: Result<Vec<_>> = model.words.iter().map(|w| Group::open(self, segment, w, false)).collect();
                open = Some((hit.at.segment_ord, lists?, Lengths::open(self, segment)?));
            }
            let Some((_, lists, lengths)) = &mut open else { continue };
            let norm = lengths.norm(scale, hit.at.doc_id);
            let worth = lists.iter_mut().zip(&model.weights).map(|(list, w)| w * scale.worth(list.occurrences(hit.at.doc_id), norm));
            let added: f32 = worth.sum();
            hit.score += added;
            model.added.insert(hit.at, added);
        }
        Ok(())
    }

    /// The plan with the words that its best hits have in common: it finds more, and what it finds first it finds for more reasons.
    pub(crate) fn expanded(&self, plan: &Plan, ranking: &Ranking) -> Result<Plan> {
        let first = self.rank(plan, ranking, super::rank::Order::Relevance, HITS, false)?;
        let words = self.weighted(plan, ranking)?;
        let asked: f32 = words.iter().map(|w| if w.rarity > 0.0 { w.weight / w.rarity } else { 0.0 }).sum();
        let mut more = Plan { expanded: true, ..plan.clone() };
        // To find more, rare words are the better ones.
        let mut common = Vec::new();
        for (term, part) in self.common(&first.hits, usize::MAX)? {
            let word = Wanted { terms: vec![term.clone()], added: true, ..Wanted::new(&term, &[Field::Title, Field::Body]) };
            common.push((part * self.rarity(&word)?, word));
        }
        common.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.word.cmp(&b.1.word)));
        common.truncate(MORE_WORDS);
        let sum: f32 = common.iter().map(|(part, _)| part).sum();
        let share = asked * MORE_SHARE / (1.0 - MORE_SHARE);
        more.wanted.extend(common.into_iter().map(|(part, word)| Wanted { boost: share * part / sum, ..word }));
        Ok(more)
    }
}
