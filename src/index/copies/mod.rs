//! Copies: which articles of a commit tell one story in the same words.
//!
//! Every article leaves the sketch of its body in a column ([`Shingles::sketch`]). Articles that share values are candidates;
//! they are looked at in an order of their own (earliest published first, then undated; of one day the longest first; then by path), and
//! each joins the first lead before it that all its shingles prove it a copy of, or becomes a lead. The order depends on nothing but the
//! articles, so the groups do not either; and as every copy is one of its lead, no chain of small changes joins different stories.
//!
//! Memory and time grow with the articles that share values, not with the index; a story that stands in the index a thousand times is
//! compared a thousand times, not a million. Articles that share a passage only are told apart by their sketches, and never read.

mod candidates;
mod file;
mod fold;

use super::reader::Reader;
use crate::analysis::{Analyzer, Shingles, may_be_copies};
use crate::error::Result;
use candidates::{Candidates, Sketches};
use std::collections::HashMap;
use tantivy::DocAddress;

pub(super) use candidates::Sketches as AllSketches;
pub(crate) use file::{Copies, clear, is_copies_file, is_whole, write};
pub(super) use fold::Folded;

/// An article that is a copy of another.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Copied {
    /// Its id.
    pub id: String,
    /// Path of its file.
    pub path: String,
    /// Day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
}

/// Values two sketches must share for the texts to be compared.
pub(super) const SHARED: u32 = 2;
/// Leads an article is compared with at most, those that share most first.
const COMPARED: usize = 8;
/// A value that so many leads share is a common phrase and tells nothing.
const LEADS: usize = 256;
/// Texts of leads kept at hand.
const KEPT: usize = 256;

/// The groups of copies among the live articles, each with its lead first. `trusted(copy, lead)` tells of pairs that are known to be copies;
/// about `memory` bytes are taken to find candidates.
pub(crate) fn find(reader: &Reader, trusted: &dyn Fn(u64, u64) -> bool, memory: usize) -> Result<Vec<Vec<u64>>> {
    let sketches = Sketches::open(reader)?;
    let candidates = Candidates::find(reader, &sketches, memory)?;
    let mut texts = Texts { reader, analyzer: Analyzer::remembering(), kept: HashMap::new() };
    // Leads by the shared values; groups by their lead, an index into the candidates.
    let mut leads: Vec<Vec<u32>> = vec![Vec::new(); candidates.values];
    let mut groups: HashMap<usize, Vec<u64>> = HashMap::new();
    let (mut holders, mut near): (Vec<u32>, Vec<(u32, u32)>) = (Vec::new(), Vec::new());
    let (mut own_sketch, mut their_sketch) = (Vec::new(), Vec::new());
    for (i, candidate) in candidates.all.iter().enumerate() {
        let values = candidates.values_of(candidate);
        let known = values.iter().filter_map(|v| leads.get(*v as usize)).filter(|l| l.len() < LEADS);
        holders.clear();
        holders.extend(known.flatten());
        holders.sort_unstable();
        near.clear();
        near.extend(
            holders.chunk_by(|a, b| a == b).filter_map(|run| Some((*run.first()?, run.len() as u32))).filter(|(_, n)| *n >= SHARED),
        );
        near.sort_unstable_by_key(|&(lead, n)| (std::cmp::Reverse(n), lead));
        let mut own = None;
        let mut joined = None;
        sketches.of(candidate.at, &mut own_sketch);
        for (lead, _) in near.iter().take(COMPARED) {
            let Some(other) = candidates.all.get(*lead as usize) else { continue };
            let copy = trusted(candidate.id, other.id) || {
                sketches.of(other.at, &mut their_sketch);
                may_be_copies(&own_sketch, &their_sketch) && {
                    if own.is_none() {
                        own = Some(texts.read(candidate.at)?);
                    }
                    let theirs = texts.of(*lead, other.at)?;
                    own.as_ref().is_some_and(|own| own.is_copy(theirs))
                }
            };
            if copy {
                joined = Some(*lead as usize);
                break;
            }
        }
        match joined.and_then(|lead| Some((lead, candidates.all.get(lead)?.id))) {
            Some((lead, id)) => groups.entry(lead).or_insert_with(|| vec![id]).push(candidate.id),
            // More would not be looked at.
            None => {
                for value in values {
                    if let Some(list) = leads.get_mut(*value as usize).filter(|l| l.len() < LEADS) {
                        list.push(i as u32);
                    }
                }
            }
        }
    }
    let mut groups: Vec<(usize, Vec<u64>)> = groups.into_iter().collect();
    groups.sort_unstable();
    Ok(groups.into_iter().map(|(_, group)| group).collect())
}

/// Texts of leads, read when they are needed.
struct Texts<'r> {
    reader: &'r Reader,
    analyzer: Analyzer,
    kept: HashMap<u32, Shingles>,
}

impl Texts<'_> {
    fn read(&mut self, at: DocAddress) -> Result<Shingles> {
        Ok(Shingles::of(&mut self.analyzer, &self.reader.body(at)?))
    }

    fn of(&mut self, lead: u32, at: DocAddress) -> Result<&Shingles> {
        if !self.kept.contains_key(&lead) {
            if self.kept.len() >= KEPT {
                self.kept.clear();
            }
            let text = self.read(at)?;
            self.kept.insert(lead, text);
        }
        Ok(self.kept.entry(lead).or_default())
    }
}
