//! The order of hits: BM25 with exact lengths over live documents, in steps.
//!
//! The first step scores every document that holds a wanted word. The second looks at where the words stand in the best of them
//! (`second.rs`), the third at what else the best have in common (`feedback.rs`). All sums run in the order of the query and ties are
//! settled by the id, so equal documents have equal scores whatever the history.

use super::copies::Folded;
use super::explain::Explanation;
use super::matcher::{Docs, matching};
use super::plan::{Plan, Wanted};
use super::postings::{Group, windows};
use super::ranking::Ranking;
use super::reader::{Numbers, Reader};
use super::scale::Scale;
use super::schema::BEYOND_ID;
use super::store::guarded;
use crate::error::Result;
use std::collections::{HashMap, HashSet};
use tantivy::{DocAddress, SegmentReader};

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

/// How hits are put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Order {
    #[default]
    Relevance,
    Newest,
    Oldest,
}

/// A wanted word and what it is worth.
pub(super) struct Weighted<'p> {
    /// Its place in the plan.
    pub(super) index: usize,
    pub(super) word: &'p Wanted,
    /// How rare it is among the live articles.
    pub(super) rarity: f32,
    /// Rarity times how much the query asks for it.
    pub(super) weight: f32,
    /// Whether no article has it.
    pub(super) unknown: bool,
}

/// How many hits of the first step the later steps look at.
const LOOK: usize = 400;

/// What a query finds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Found {
    /// The best, in order.
    pub(crate) hits: Vec<Ranked>,
    /// How many there are in all.
    pub(crate) total: usize,
    /// How many more are copies of these.
    pub(crate) copies: usize,
    /// Why each hit stands where it stands, where that was asked.
    pub(crate) why: Vec<Explanation>,
    /// What each wanted word of the plan is worth.
    pub(crate) weights: Vec<f32>,
    /// Which words of the plan no article has.
    pub(crate) unknown: Vec<usize>,
}

impl Reader {
    /// The best `limit` hits of a plan.
    pub(crate) fn rank(&self, plan: &Plan, ranking: &Ranking, order: Order, limit: usize, explain: bool) -> Result<Found> {
        guarded(&self.path, || self.ranked(plan, ranking, order, limit, explain))
    }

    fn ranked(&self, plan: &Plan, ranking: &Ranking, order: Order, limit: usize, explain: bool) -> Result<Found> {
        let words = self.weighted(plan, ranking)?;
        let mut scale = Scale::new(ranking, self.average_len(ranking.title));
        // The number looked at again does not depend on the limit, or pages would not join.
        let keep = limit.max(LOOK);
        let First { mut hits, total, folded } = self.first_step(plan, &words, &mut scale, (order == Order::Relevance).then_some(keep))?;
        if order != Order::Relevance {
            folded.keep_leads(&self.copies, &mut hits);
        }
        sort(&mut hits, order, keep.saturating_add(folded.copies));
        let mut rest = hits.split_off(hits.len().min(LOOK));
        let mut second = self.look_again(&words, ranking, &mut hits)?;
        sort(&mut hits, order, LOOK);
        let mut feedback = None;
        if order == Order::Relevance {
            feedback = self.feedback(plan, &words, ranking, &hits)?;
        }
        if let Some(model) = &mut feedback {
            self.apply(model, &mut scale, &mut hits)?;
            sort(&mut hits, order, LOOK);
        }
        hits.append(&mut rest);
        let added = if order == Order::Relevance { folded.put_leads(&self.copies, &mut hits) } else { HashSet::new() };
        hits.truncate(limit);
        // The hits that come in for their copies keep the copies' scores.
        let mut leads: Vec<Ranked> = hits.iter().filter(|h| added.contains(&h.at)).map(|h| Ranked { score: 1.0, ..*h }).collect();
        if !leads.is_empty() {
            second.extend(self.look_again(&words, ranking, &mut leads)?);
            let holds: HashMap<DocAddress, u64> = leads.iter().map(|h| (h.at, h.holds)).collect();
            hits.iter_mut().for_each(|h| h.holds = holds.get(&h.at).copied().unwrap_or(h.holds));
        }
        let why = match explain {
            true => self.explain(&words, &mut scale, feedback.as_ref(), &second, &hits)?,
            false => Vec::new(),
        };
        let mut weights = vec![0.0; plan.wanted.len()];
        words.iter().for_each(|w| weights.get_mut(w.index).into_iter().for_each(|weight| *weight = w.weight));
        Ok(Found {
            hits,
            total: total - folded.copies,
            copies: folded.copies,
            why,
            weights,
            unknown: words.iter().filter(|w| w.unknown).map(|w| w.index).collect(),
        })
    }

    /// The words that count, in the order in which they are added up: function words come last, since they add to documents found by
    /// the others.
    pub(super) fn weighted<'p>(&self, plan: &'p Plan, ranking: &Ranking) -> Result<Vec<Weighted<'p>>> {
        let all: Vec<(usize, &Wanted)> = plan.wanted.iter().enumerate().collect();
        let only_stop = all.iter().all(|(_, w)| w.stop);
        let mut wanted = all;
        wanted.retain(|(_, w)| only_stop || !w.stop || ranking.stop > 0.0);
        wanted.sort_by_key(|(i, w)| (w.stop, *i));
        let never = rarity(self.commit.articles as f64, 0.0);
        let mut words = Vec::with_capacity(wanted.len());
        for (index, word) in wanted {
            let rarity = self.rarity(word)?;
            let asked = word.count * (ranking.k3 + 1.0) / (word.count + ranking.k3);
            let stop = if word.stop && !only_stop { ranking.stop } else { 1.0 };
            let unknown = rarity >= never;
            words.push(Weighted { index, word, rarity, weight: rarity * asked * stop * word.boost, unknown });
        }
        Ok(words)
    }

    /// How rare a word is among the live articles (BM25's inverse document frequency, never below 0).
    pub(super) fn rarity(&self, word: &Wanted) -> Result<f32> {
        let all = self.commit.articles as f64;
        let mut sums = [0u64; 3];
        for segment in &self.segments {
            let counts = Group::open(self, segment, word, false)?.counts(segment);
            sums.iter_mut().zip(counts).for_each(|(sum, n)| *sum += n);
        }
        // How many name an actor of this name tells of the actor; only where nobody writes the word it must do.
        let [title, body, actor] = sums;
        let holders = (if title + body > 0 { title.max(body) } else { actor } as f64).min(all);
        Ok(rarity(all, holders))
    }

    /// Scores every document by its words and keeps the best, or all where `keep` is none; of copies at least the best `keep` stories.
    fn first_step(&self, plan: &Plan, words: &[Weighted<'_>], scale: &mut Scale<'_>, keep: Option<usize>) -> Result<First> {
        let only_stop = words.iter().all(|w| w.word.stop);
        let copies = (plan.fold && !self.copies.is_empty()).then_some(&self.copies);
        let (mut first, mut sums, mut scores) = (First::default(), Vec::new(), Vec::new());
        for (ord, segment) in self.segments.iter().enumerate() {
            let lengths = Lengths::open(self, segment)?;
            let required = plan.required.as_ref().map(|test| matching(self, segment, test)).transpose()?;
            let mut groups = words.iter().map(|w| Group::open(self, segment, w.word, false)).collect::<Result<Vec<_>>>()?;
            let mut touched = Docs::none(segment.max_doc());
            let ids = Numbers(segment.fast_fields().column_opt::<u64>("key").map_err(self.fail())?);
            let published = Numbers(segment.fast_fields().column_opt::<i64>("published").map_err(self.fail())?);
            let ranked = |(score, doc)| {
                let at = DocAddress::new(ord as u32, doc);
                Ranked { at, score, id: ids.get(doc).unwrap_or(0) >> BEYOND_ID, published: published.get(doc), holds: 0 }
            };
            let mut best = Best::default();
            for window in windows(segment) {
                scores.clear();
                scores.resize(window.len(), 0f32);
                for (w, group) in words.iter().zip(&mut groups) {
                    let optional = w.word.stop && !only_stop;
                    group.walk(window.clone(), &mut sums, |doc, found| {
                        let Some(score) = scores.get_mut((doc - window.start) as usize) else { return };
                        if (optional && !touched.contains(doc)) || required.as_ref().is_some_and(|r| !r.contains(doc)) {
                            return;
                        }
                        let norm = lengths.norm(scale, doc);
                        *score += w.weight * scale.worth(found, norm);
                        touched.insert(doc);
                    });
                }
                let docs = match &required {
                    Some(required) if !plan.any_wanted || plan.wanted.is_empty() => required,
                    _ => &touched,
                };
                for doc in docs.within(window.clone()).filter(|&doc| !segment.is_deleted(doc)) {
                    let scored = (scores.get((doc - window.start) as usize).copied().unwrap_or(0.0), doc);
                    first.total += 1;
                    let copy = copies.and_then(|copies| copies.find(ids.get(doc)? >> BEYOND_ID));
                    copy.into_iter().for_each(|(group, place)| first.folded.see(group, place, || ranked(scored)));
                    // Each copy may stand before one story less.
                    best.push(scored, keep.map_or(usize::MAX, |keep| keep.saturating_add(first.folded.copies)));
                }
            }
            first.hits.extend(best.kept.into_iter().map(ranked));
        }
        Ok(first)
    }
}

/// What the first step finds.
#[derive(Default)]
struct First {
    hits: Vec<Ranked>,
    total: usize,
    folded: Folded,
}

/// The best documents seen so far, and as many more as need no sorting out yet.
#[derive(Default)]
struct Best {
    kept: Vec<(f32, u32)>,
    /// The score below which no document counts any more.
    least: f32,
    /// How many may be kept before the worse ones are dropped.
    room: usize,
}

impl Best {
    /// Takes a document in where it may be one of the best `keep`. Ties are settled later, by what the columns say: all of them stay.
    fn push(&mut self, scored: (f32, u32), keep: usize) {
        if scored.0 < self.least {
            return;
        }
        self.kept.push(scored);
        if self.kept.len() > self.room.max(keep.saturating_mul(2)) && keep > 0 {
            let (_, last, _) = self.kept.select_nth_unstable_by(keep - 1, |a, b| b.0.total_cmp(&a.0));
            self.least = last.0;
            self.kept.retain(|(score, _)| *score >= self.least);
            self.room = self.kept.len().saturating_mul(2);
        }
    }
}

/// The lengths of the texts of a segment.
pub(super) struct Lengths {
    title: Numbers,
    body: Numbers,
}

impl Lengths {
    pub(super) fn open(reader: &Reader, segment: &SegmentReader) -> Result<Self> {
        let column = |name: &str| segment.fast_fields().column_opt::<u64>(name).map_err(reader.fail()).map(Numbers);
        Ok(Lengths { title: column("title_len")?, body: column("body_len")? })
    }

    pub(super) fn norm(&self, scale: &mut Scale<'_>, doc: u32) -> f32 {
        scale.norm(self.title.get(doc).unwrap_or(0), self.body(doc))
    }

    pub(super) fn body(&self, doc: u32) -> u64 {
        self.body.get(doc).unwrap_or(0)
    }
}

/// Of a word that so many of all have.
fn rarity(all: f64, holders: f64) -> f32 {
    (1.0 + (all - holders + 0.5).max(0.0) / (holders + 0.5)).ln() as f32
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
