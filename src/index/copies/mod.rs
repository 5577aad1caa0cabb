//! Copies: which articles of a commit tell one story in the same words.
//!
//! Every article leaves the sketch of its body in the index as terms ([`Shingles::sketch`]). Articles that share values are candidates;
//! they are looked at in an order of their own (earliest published first, then undated; of one day the longest first; then by path), and
//! each joins the first lead before it that all its shingles prove it a copy of, or becomes a lead. The order depends on nothing but the
//! articles, so the groups do not either; and as every copy is one of its lead, no chain of small changes joins different stories.
//!
//! Memory and time grow with the articles that share values, not with the index; a story that stands in the index a thousand times is
//! compared a thousand times, not a million.

mod file;
mod fold;

use super::reader::{Numbers, Reader, text_column};
use crate::analysis::{Analyzer, Shingles};
use crate::error::Result;
use std::collections::HashMap;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, TERMINATED};

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

/// An article that shares values of its sketch with others.
struct Candidate {
    at: DocAddress,
    id: u64,
    /// The shared values, by the order in which they were met.
    values: Vec<u32>,
    /// What decides who leads.
    rank: (bool, i64, std::cmp::Reverse<u64>, String),
}

/// The groups of copies among the live articles, each with its lead first. `trusted(copy, lead)` tells of pairs that are known to be copies.
pub(crate) fn find(reader: &Reader, trusted: &dyn Fn(u64, u64) -> bool) -> Result<Vec<Vec<u64>>> {
    let mut candidates = candidates(reader)?;
    candidates.sort_by(|a, b| a.rank.cmp(&b.rank));
    let mut texts = Texts { reader, analyzer: Analyzer::remembering(), kept: HashMap::new() };
    // Leads by the shared values; groups by their lead, an index into the candidates.
    let mut leads: HashMap<u32, Vec<u32>> = HashMap::new();
    let mut groups: Vec<Vec<u64>> = vec![Vec::new(); candidates.len()];
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for (i, candidate) in candidates.iter().enumerate() {
        counts.clear();
        let known = candidate.values.iter().filter_map(|v| leads.get(v)).filter(|l| l.len() < LEADS);
        known.flatten().for_each(|lead| *counts.entry(*lead).or_default() += 1);
        let mut near: Vec<(u32, u32)> = counts.iter().filter(|(_, n)| **n >= SHARED).map(|(lead, n)| (*lead, *n)).collect();
        near.sort_unstable_by_key(|&(lead, n)| (std::cmp::Reverse(n), lead));
        let mut own = None;
        let mut joined = None;
        for (lead, _) in near.into_iter().take(COMPARED) {
            let Some(other) = candidates.get(lead as usize) else { continue };
            let copy = trusted(candidate.id, other.id) || {
                if own.is_none() {
                    own = Some(texts.read(candidate.at)?);
                }
                let theirs = texts.of(lead, other.at)?;
                own.as_ref().is_some_and(|own| own.is_copy(theirs))
            };
            if copy {
                joined = Some(lead as usize);
                break;
            }
        }
        if joined.is_none() {
            candidate.values.iter().for_each(|v| leads.entry(*v).or_default().push(i as u32));
        }
        if let Some(group) = groups.get_mut(joined.unwrap_or(i)) {
            group.push(candidate.id);
        }
    }
    groups.retain(|g| g.len() > 1);
    Ok(groups)
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

/// Every live article that shares a value of its sketch with another. The values of all segments are walked together, in order.
fn candidates(reader: &Reader) -> Result<Vec<Candidate>> {
    let io = |e: std::io::Error| reader.fail()(e.into());
    let lists: Result<Vec<_>> = reader.segments.iter().map(|s| s.inverted_index(reader.slots.sketch).map_err(reader.fail())).collect();
    let lists = lists?;
    let mut streams = Vec::new();
    for list in &lists {
        let mut stream = list.terms().stream().map_err(io)?;
        let open = stream.advance();
        streams.push((stream, open));
    }
    let mut found: HashMap<DocAddress, Vec<u32>> = HashMap::new();
    let (mut holders, mut value) = (Vec::new(), 0u32);
    while let Some(lowest) = streams.iter().filter(|(_, open)| *open).map(|(s, _)| s.key()).min().map(<[u8]>::to_vec) {
        let frequency: u32 = streams.iter().filter(|(s, open)| *open && s.key() == lowest).map(|(s, _)| s.value().doc_freq).sum();
        holders.clear();
        for (ord, ((stream, open), list)) in streams.iter_mut().zip(&lists).enumerate() {
            if !*open || stream.key() != lowest {
                continue;
            }
            if frequency > 1
                && let Some(segment) = reader.segments.get(ord)
            {
                let mut docs = list.read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic).map_err(io)?;
                while docs.doc() != TERMINATED {
                    if !segment.is_deleted(docs.doc()) {
                        holders.push(DocAddress::new(ord as u32, docs.doc()));
                    }
                    docs.advance();
                }
            }
            *open = stream.advance();
        }
        if holders.len() > 1 {
            holders.iter().for_each(|at| found.entry(*at).or_default().push(value));
            value += 1;
        }
    }
    describe(reader, found)
}

/// What decides over the candidates, from the columns.
fn describe(reader: &Reader, found: HashMap<DocAddress, Vec<u32>>) -> Result<Vec<Candidate>> {
    let mut by_segment: Vec<Vec<(DocAddress, Vec<u32>)>> = vec![Vec::new(); reader.segments.len()];
    for (at, values) in found {
        // One shared value decides nothing.
        if values.len() as u32 >= SHARED
            && let Some(list) = by_segment.get_mut(at.segment_ord as usize)
        {
            list.push((at, values));
        }
    }
    let mut candidates = Vec::new();
    for (segment, list) in reader.segments.iter().zip(by_segment) {
        let number = |name: &str| segment.fast_fields().column_opt::<u64>(name).map_err(reader.fail()).map(Numbers);
        let (ids, len) = (number("id_number")?, number("body_len")?);
        let published = Numbers(segment.fast_fields().column_opt::<i64>("published").map_err(reader.fail())?);
        let path = text_column(segment, "path").map_err(reader.fail())?;
        for (at, values) in list {
            let day = published.get(at.doc_id);
            let path = path.as_ref().and_then(|c| super::reader::first_text(c, at.doc_id)).unwrap_or_default();
            let rank = (day.is_none(), day.unwrap_or(0), std::cmp::Reverse(len.get(at.doc_id).unwrap_or(0)), path);
            candidates.push(Candidate { at, id: ids.get(at.doc_id).unwrap_or(0), values, rank });
        }
    }
    Ok(candidates)
}
