//! Folding copies in a list of hits: one stands for its group.

use super::Copies;
use crate::index::rank::Ranked;
use std::collections::{HashMap, HashSet};
use tantivy::DocAddress;

/// What folding needs to know of the hits of a query before most of them are dropped: of every group with a hit the member that leads.
#[derive(Debug, Default)]
pub(in crate::index) struct Folded {
    leads: HashMap<usize, (usize, Ranked)>,
    /// How many hits are copies of others.
    pub(in crate::index) copies: usize,
}

impl Folded {
    /// A hit of a query that is in a group, and its place there.
    pub(in crate::index) fn see(&mut self, group: usize, place: usize, hit: impl FnOnce() -> Ranked) {
        match self.leads.get_mut(&group) {
            None => {
                self.leads.insert(group, (place, hit()));
            }
            Some(lead) => {
                self.copies += 1;
                if place < lead.0 {
                    *lead = (place, hit());
                }
            }
        }
    }

    /// Keeps of every group its lead, where it stands: for an order by date.
    pub(in crate::index) fn keep_leads(&self, copies: &Copies, hits: &mut Vec<Ranked>) {
        if self.copies > 0 {
            hits.retain(|h| copies.group_of(h.id).and_then(|g| self.leads.get(&g)).is_none_or(|(_, lead)| lead.at == h.at));
        }
    }

    /// Puts the lead of every group where the best of the group stands, with its score, and drops the others. Tells which hits are new in
    /// the list.
    pub(in crate::index) fn put_leads(&self, copies: &Copies, hits: &mut Vec<Ranked>) -> HashSet<DocAddress> {
        if self.copies == 0 {
            return HashSet::new();
        }
        let holds: HashMap<DocAddress, u64> = hits.iter().map(|h| (h.at, h.holds)).collect();
        let (mut seen, mut added) = (HashSet::new(), HashSet::new());
        hits.retain_mut(|hit| {
            let Some(group) = copies.group_of(hit.id) else { return true };
            let Some((_, lead)) = self.leads.get(&group) else { return true };
            if !seen.insert(group) {
                return false;
            }
            if lead.at != hit.at {
                let known = holds.get(&lead.at).copied();
                *hit = Ranked { score: hit.score, holds: known.unwrap_or(0), ..*lead };
                added.extend(known.is_none().then_some(lead.at));
            }
            true
        });
        added
    }
}
