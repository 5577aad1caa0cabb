//! All hits of a plan as a set, and when they were published or what times they name: for counting, without scores.

use super::facet::Values;
use super::matcher::{Docs, matching};
use super::plan::{Plan, Test};
use super::postings::{Group, windows};
use super::reader::{Numbers, Reader};
use super::schema::{BEYOND_ID, unpack_days};
use crate::error::Result;
use crate::index::Facet;
use std::collections::{BTreeMap, HashMap};

/// All hits of a plan.
#[derive(Clone, Debug, Default)]
pub(crate) struct HitSet {
    /// By segment.
    pub(super) docs: Vec<Docs>,
    /// How many they are.
    pub(crate) total: usize,
    /// How many more are copies of these.
    pub(crate) copies: usize,
}

/// Hits by period.
#[derive(Clone, Debug, Default)]
pub(crate) struct Histogram {
    /// All of them.
    pub(crate) all: BTreeMap<i64, usize>,
    /// Those that have each of the values asked for.
    pub(crate) lanes: Vec<BTreeMap<i64, usize>>,
    /// Hits that fall into no period.
    pub(crate) without: usize,
}

impl Reader {
    /// Every hit of a plan; of copies the one that leads, where the plan folds them.
    pub(crate) fn hits(&self, plan: &Plan) -> Result<HitSet> {
        let only_stop = plan.wanted.iter().all(|w| w.stop);
        let mut set = HitSet::default();
        for segment in &self.segments {
            let required = plan.required.as_ref().map(|test| matching(self, segment, test)).transpose()?;
            let docs = match required {
                Some(required) if !plan.any_wanted || plan.wanted.is_empty() => required,
                required => {
                    let (mut touched, mut sums) = (Docs::none(segment.max_doc()), Vec::new());
                    for word in plan.wanted.iter().filter(|w| only_stop || !w.stop) {
                        let mut group = Group::open(self, segment, word, false)?;
                        windows(segment).for_each(|window| group.walk(window, &mut sums, |doc, _| touched.insert(doc)));
                    }
                    touched.intersect(&required.map_or_else(|| matching(self, segment, &Test::Everything), Ok)?);
                    touched
                }
            };
            set.docs.push(docs);
        }
        if plan.fold && !self.copies.is_empty() {
            set.copies = self.fold(&mut set.docs)?;
        }
        set.total = set.docs.iter().map(Docs::count).sum();
        Ok(set)
    }

    /// Takes away all but the first member of every group of copies; tells how many.
    fn fold(&self, hits: &mut [Docs]) -> Result<usize> {
        let mut leads: HashMap<usize, (usize, usize, u32)> = HashMap::new();
        let mut dropped = Vec::new();
        for (ord, (segment, docs)) in self.segments.iter().zip(hits.iter()).enumerate() {
            let ids = Numbers(segment.fast_fields().column_opt::<u64>("key").map_err(self.fail())?);
            for doc in docs.iter() {
                let Some((group, place)) = ids.get(doc).and_then(|key| self.copies.find(key >> BEYOND_ID)) else { continue };
                let this = (place, ord, doc);
                match leads.get_mut(&group) {
                    None => drop(leads.insert(group, this)),
                    Some(lead) if this < *lead => dropped.push(std::mem::replace(lead, this)),
                    Some(_) => dropped.push(this),
                }
            }
        }
        for (_, ord, doc) in &dropped {
            if let Some(docs) = hits.get_mut(*ord) {
                docs.remove(*doc);
            }
        }
        Ok(dropped.len())
    }

    /// Hits by the period `period` puts a time in, given its first and last day: the day of publication, or every time that is named. An
    /// article counts once for a period. `by` are the values to count apart.
    pub(crate) fn histogram(
        &self,
        hits: &HitSet,
        mentioned: bool,
        period: &dyn Fn(i64, i64) -> Option<i64>,
        by: Option<(Facet, &[String])>,
        country: &dyn Fn(&str) -> Option<(String, String)>,
    ) -> Result<Histogram> {
        let lanes: HashMap<&str, usize> = by.iter().flat_map(|(_, v)| v.iter().enumerate()).map(|(i, v)| (v.as_str(), i)).collect();
        let mut histogram = Histogram { lanes: vec![BTreeMap::new(); lanes.len()], ..Histogram::default() };
        for (segment, docs) in self.segments.iter().zip(&hits.docs) {
            let published = Numbers(segment.fast_fields().column_opt::<i64>("published").map_err(self.fail())?);
            let named = Numbers(segment.fast_fields().column_opt::<u64>("mentioned").map_err(self.fail())?);
            let mut values = by.map(|(facet, _)| Values::open(self, segment, facet)).transpose()?;
            let (mut periods, mut keys) = (Vec::new(), Vec::new());
            for doc in docs.iter() {
                periods.clear();
                if mentioned {
                    periods.extend(named.all(doc).map(unpack_days).filter_map(|(first, last)| period(first, last)));
                } else {
                    periods.extend(published.get(doc).and_then(|day| period(day, day)));
                }
                periods.sort_unstable();
                periods.dedup();
                histogram.without += usize::from(periods.is_empty());
                periods.iter().for_each(|p| *histogram.all.entry(*p).or_default() += 1);
                let Some(values) = values.as_mut().filter(|_| !periods.is_empty()) else { continue };
                values.of(doc, &mut keys, country);
                for lane in keys.iter().filter_map(|k| lanes.get(values.value(*k)?.value.as_str())) {
                    if let Some(lane) = histogram.lanes.get_mut(*lane) {
                        periods.iter().for_each(|p| *lane.entry(*p).or_default() += 1);
                    }
                }
            }
        }
        Ok(histogram)
    }
}
