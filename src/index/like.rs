//! What is needed to find articles like a given one: rarity of its words and actors, articles that share its actors, copies of it.

use super::Ranked;
use super::copies::{AllSketches, SHARED};
use super::plan::Wanted;
use super::postings::Group;
use super::reader::Reader;
use super::schema::{BEYOND_ID, PART, actor_key};
use crate::analysis::{Analyzer, Shingles, may_be_copies};
use crate::error::Result;
use std::collections::{BTreeSet, HashMap};
use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED, Term};

impl Reader {
    /// How rare a word is; `None` where no article holds it.
    pub(crate) fn rarity_here(&self, word: &Wanted) -> Result<Option<f32>> {
        let mut holders = 0;
        for segment in &self.segments {
            holders += Group::open(self, segment, word, false)?.counts(segment).iter().sum::<u64>();
        }
        if holders > 0 { self.rarity(word).map(Some) } else { Ok(None) }
    }

    /// Which part of the actors given, each weighed by how rarely it is named, each hit shares.
    pub(crate) fn shared_actors(&self, actors: &[String], hits: &[Ranked]) -> Result<Vec<f32>> {
        let places: HashMap<DocAddress, usize> = hits.iter().enumerate().map(|(i, h)| (h.at, i)).collect();
        let (mut shares, mut all) = (vec![0f32; hits.len()], 0f32);
        for id in actors {
            let term = format!("{}{PART}{id}", actor_key(id));
            let (mut holders, mut who) = (0u32, Vec::new());
            for (ord, segment) in self.segments.iter().enumerate() {
                let Some(mut list) = self.key_list(segment, self.slots.actor, &Term::from_field_text(self.slots.actor, &term))? else {
                    continue;
                };
                while list.doc() != TERMINATED {
                    holders += u32::from(!segment.is_deleted(list.doc()));
                    who.extend(places.get(&DocAddress::new(ord as u32, list.doc())).copied());
                    list.advance();
                }
            }
            let weight = (1.0 + self.commit.articles as f32 / holders.max(1) as f32).ln();
            all += weight;
            for place in who {
                if let Some(share) = shares.get_mut(place) {
                    *share += weight;
                }
            }
        }
        if all > 0.0 {
            shares.iter_mut().for_each(|s| *s /= all);
        }
        Ok(shares)
    }

    /// Ids of the articles that are copies of a text, with all of their groups.
    pub(crate) fn copies_of_text(&self, text: &str) -> Result<BTreeSet<u64>> {
        let mut analyzer = Analyzer::default();
        let shingles = Shingles::of(&mut analyzer, text);
        let (own, sketches, mut theirs) = (shingles.sketch(), AllSketches::open(self)?, Vec::new());
        let mut near = Vec::new();
        for (ord, segment) in (0..).zip(&self.segments) {
            for at in segment.doc_ids_alive().map(|doc| DocAddress::new(ord, doc)) {
                sketches.of(at, &mut theirs);
                if theirs.iter().filter(|v| own.binary_search(v).is_ok()).count() >= SHARED as usize && may_be_copies(&own, &theirs) {
                    near.push(at);
                }
            }
        }
        let mut ids = BTreeSet::new();
        for at in near {
            let Some(segment) = self.segments.get(at.segment_ord as usize) else { continue };
            let id = segment.fast_fields().column_opt::<u64>("key").map_err(self.fail())?.and_then(|c| c.first(at.doc_id));
            let Some(id) = id.map(|key| key >> BEYOND_ID).filter(|id| !ids.contains(id)) else { continue };
            if Shingles::of(&mut analyzer, &self.body(at)?).is_copy(&shingles) {
                ids.insert(id);
                ids.extend(self.copies.group_of(id).into_iter().flat_map(|g| self.copies.members(g)));
            }
        }
        Ok(ids)
    }

    fn key_list(&self, segment: &SegmentReader, slot: tantivy::schema::Field, term: &Term) -> Result<Option<SegmentPostings>> {
        let inverted = segment.inverted_index(slot).map_err(self.fail())?;
        inverted.read_postings(term, IndexRecordOption::Basic).map_err(|e| self.fail()(e.into()))
    }
}
