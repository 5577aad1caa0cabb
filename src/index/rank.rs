//! The order of hits: BM25 with exact lengths over live documents, in two steps.
//!
//! The first step scores every document that holds a wanted word (Robertson and Zaragoza, *The Probabilistic Relevance Framework*, 2009:
//! BM25F over title and body, the frequency of a word in the query counted). The second looks at where the words stand in the best of
//! them. All sums run in the order of the query and ties are settled by the id, so equal documents have equal scores whatever the history.

use super::copies::Folded;
use super::matcher::{Docs, matching};
use super::plan::{Plan, Wanted};
use super::postings::Group;
use super::proximity::closeness;
use super::ranking::Ranking;
use super::reader::{Numbers, Reader};
use crate::error::Result;
use tantivy::DocAddress;

/// A hit's place and score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ranked {
    pub(crate) at: DocAddress,
    pub(crate) score: f32,
    pub(crate) id: u64,
    /// Days since 1970; `None` where it is not known.
    pub(crate) published: Option<i64>,
    /// Bit i: the document holds the wanted word i (of the first 64).
    pub(crate) holds: u64,
}

/// What a query finds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Found {
    /// The best, in order.
    pub(crate) hits: Vec<Ranked>,
    /// How many there are in all.
    pub(crate) total: usize,
    /// How many more are copies of these.
    pub(crate) copies: usize,
}

/// How hits are put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Order {
    #[default]
    Relevance,
    Newest,
    Oldest,
}

/// How many hits of the first step the second step looks at.
const SECOND_LOOK: usize = 1000;

impl Reader {
    /// The best `limit` hits of a plan.
    pub(crate) fn rank(&self, plan: &Plan, ranking: &Ranking, order: Order, limit: usize) -> Result<Found> {
        let mut wanted: Vec<(usize, &Wanted)> = plan.wanted.iter().enumerate().filter(|(_, w)| !w.stop || ranking.stop > 0.0).collect();
        if wanted.iter().all(|(_, w)| w.stop) {
            wanted = plan.wanted.iter().enumerate().collect();
        }
        let only_stop = wanted.iter().all(|(_, w)| w.stop);
        // Function words come last: they add to documents found by the others.
        wanted.sort_by_key(|(i, w)| (w.stop, *i));
        let weights = self.weights(&wanted, ranking, only_stop)?;
        let average = self.average_len(ranking.title);
        let (mut best, mut total) = (Vec::new(), 0);
        for (ord, segment) in self.segments.iter().enumerate() {
            let fast = |name: &str| segment.fast_fields().column_opt::<u64>(name).map_err(self.fail()).map(Numbers);
            let (title_len, body_len, ids) = (fast("title_len")?, fast("body_len")?, fast("id_number")?);
            let published = Numbers(segment.fast_fields().column_opt::<i64>("published").map_err(self.fail())?);
            let required = plan.required.as_ref().map(|test| matching(self, segment, test)).transpose()?;
            let mut scores = vec![0f32; segment.max_doc() as usize];
            let mut touched = Docs::none(segment.max_doc());
            for (&(_, word), &weight) in wanted.iter().zip(&weights) {
                let optional = word.stop && !only_stop;
                Group::open(self, segment, word, false)?.walk(|doc, in_title, in_body| {
                    let Some(score) = scores.get_mut(doc as usize) else { return };
                    if (optional && !touched.contains(doc)) || required.as_ref().is_some_and(|r| !r.contains(doc)) {
                        return;
                    }
                    let len = body_len.get(doc).unwrap_or(0) as f32 + ranking.title * title_len.get(doc).unwrap_or(0) as f32;
                    let tf = in_body as f32 + ranking.title * in_title as f32;
                    let norm = ranking.k1 * (1.0 - ranking.b + ranking.b * (len / average).powf(ranking.length));
                    *score += weight * (tf * (ranking.k1 + 1.0) / (tf + norm));
                    touched.insert(doc);
                });
            }
            let mut take = |doc: u32, score: f32| {
                if segment.is_deleted(doc) {
                    return;
                }
                total += 1;
                let at = DocAddress::new(ord as u32, doc);
                let hit = Ranked { at, score, id: ids.get(doc).unwrap_or(0), published: published.get(doc), holds: 0 };
                best.push(hit);
            };
            let score_of = |doc: u32| scores.get(doc as usize).copied().unwrap_or(0.0);
            match &required {
                Some(required) if !plan.any_wanted || plan.wanted.is_empty() => required.iter().for_each(|d| take(d, score_of(d))),
                _ => touched.iter().for_each(|d| take(d, score_of(d))),
            }
        }
        let folded = if plan.fold { Folded::of(&self.copies, &best) } else { Folded::default() };
        if order != Order::Relevance {
            folded.keep_leads(&self.copies, &mut best);
        }
        // The number looked at again does not depend on the limit, or pages would not join.
        let keep = if order == Order::Relevance { limit.saturating_add(folded.copies).max(SECOND_LOOK) } else { limit };
        sort(&mut best, order, keep);
        let mut rest = best.split_off(best.len().min(SECOND_LOOK));
        self.look_again(&wanted, &weights, ranking, &mut best)?;
        sort(&mut best, order, SECOND_LOOK);
        best.append(&mut rest);
        if order == Order::Relevance {
            let added = folded.put_leads(&self.copies, &mut best);
            self.look_for_words(&wanted, &weights, &added, &mut best)?;
        }
        best.truncate(limit);
        Ok(Found { hits: best, total: total - folded.copies, copies: folded.copies })
    }

    /// Which words the hits at these places hold, their scores left as they are.
    fn look_for_words(&self, wanted: &[(usize, &Wanted)], weights: &[f32], places: &[DocAddress], hits: &mut [Ranked]) -> Result<()> {
        let as_it_is = Ranking { proximity: 0.0, coverage: 0.0, ..Ranking::default() };
        for hit in hits.iter_mut().filter(|h| places.contains(&h.at)) {
            self.look_again(wanted, weights, &as_it_is, std::slice::from_mut(hit))?;
        }
        Ok(())
    }

    /// What each wanted word is worth: its rarity among the live articles times how much the query asks for it.
    fn weights(&self, wanted: &[(usize, &Wanted)], ranking: &Ranking, only_stop: bool) -> Result<Vec<f32>> {
        let all = self.commit.articles as f64;
        wanted
            .iter()
            .map(|(_, word)| {
                let (mut title, mut body) = (0u64, 0u64);
                for segment in &self.segments {
                    let [t, b] = Group::open(self, segment, word, false)?.counts(segment);
                    title += t;
                    body += b;
                }
                let holders = (title.max(body) as f64).min(all);
                let idf = (1.0 + (all - holders + 0.5).max(0.0) / (holders + 0.5)).ln();
                let asked = f64::from(word.count * (ranking.k3 + 1.0) / (word.count + ranking.k3));
                let stop = if word.stop && !only_stop { f64::from(ranking.stop) } else { 1.0 };
                Ok((idf * asked * stop) as f32)
            })
            .collect()
    }

    /// The second step: which words each of the best documents holds, and how close they stand.
    fn look_again(&self, wanted: &[(usize, &Wanted)], weights: &[f32], ranking: &Ranking, best: &mut [Ranked]) -> Result<()> {
        let mut order: Vec<usize> = (0..best.len()).collect();
        order.sort_by_key(|&i| best.get(i).map(|h| h.at));
        let words = wanted.iter().filter(|(_, w)| !w.stop).count().max(1);
        // In a long query chance puts many pairs of words together, and no text holds them all.
        let short = (ranking.short / words as f32).min(1.0);
        let average = self.average_len(ranking.title);
        let mut open: Option<(u32, Vec<Group>, Numbers)> = None;
        let (mut title, mut body) = (vec![Vec::new(); wanted.len()], vec![Vec::new(); wanted.len()]);
        for i in order {
            let Some(hit) = best.get_mut(i) else { continue };
            if open.as_ref().is_none_or(|(ord, ..)| *ord != hit.at.segment_ord) {
                let Some(segment) = self.segments.get(hit.at.segment_ord as usize) else { continue };
                let lists: Result<Vec<_>> = wanted.iter().map(|(_, w)| Group::open(self, segment, w, true)).collect();
                let lens = Numbers(segment.fast_fields().column_opt::<u64>("body_len").map_err(self.fail())?);
                open = Some((hit.at.segment_ord, lists?, lens));
            }
            let Some((_, lists, lens)) = &mut open else { continue };
            for (((list, title), body), (index, _)) in lists.iter_mut().zip(&mut title).zip(&mut body).zip(wanted) {
                list.places(hit.at.doc_id, title, body);
                if !(title.is_empty() && body.is_empty()) && *index < 64 {
                    hit.holds |= 1 << index;
                }
            }
            if ranking.proximity > 0.0 {
                let len = lens.get(hit.at.doc_id).unwrap_or(1) as f32 / average;
                let near =
                    closeness(wanted, weights, &body, ranking.closeness * len) + closeness(wanted, weights, &title, ranking.closeness);
                hit.score += ranking.proximity * short * near;
            }
            if ranking.coverage > 0.0 {
                let all: f32 = weights.iter().sum();
                let held: f32 = wanted.iter().zip(weights).filter(|((i, _), _)| *i < 64 && hit.holds >> i & 1 == 1).map(|(_, w)| w).sum();
                if all > 0.0 {
                    hit.score *= (held / all).powf(ranking.coverage * short);
                }
            }
        }
        Ok(())
    }
}

/// Puts the best `limit` in order at the front and drops the others.
fn sort(hits: &mut Vec<Ranked>, order: Order, limit: usize) {
    let compare = |a: &Ranked, b: &Ranked| {
        let by_score = b.score.total_cmp(&a.score);
        let newest = b.published.cmp(&a.published);
        let first = match order {
            Order::Relevance => by_score.then(newest),
            Order::Newest => newest.then(by_score),
            // Without a date comes last here too.
            Order::Oldest => a.published.is_none().cmp(&b.published.is_none()).then(a.published.cmp(&b.published)).then(by_score),
        };
        first.then(a.id.cmp(&b.id))
    };
    if hits.len() > limit && limit > 0 {
        hits.select_nth_unstable_by(limit - 1, compare);
        hits.truncate(limit);
    }
    hits.sort_unstable_by(compare);
}
