//! Actors whom the words of a query name, so that an article which names them otherwise counts too.

use super::plan::{Named, Plan};
use super::reader::Reader;
use super::schema::{Field, PART, actor_key};
use crate::error::Result;
use std::collections::{BTreeMap, BTreeSet};

/// Words of a name, at most.
const LONGEST: usize = 4;
/// Actors of one name, at most; a name of more is a word like others.
const ACTORS: usize = 3;

/// How the ids of actors begin that articles name in passing.
const PASSING: &[&str] = &["state-", "agency-", "company-", "name:"];

impl Reader {
    /// Ties the words of a plan that are an actor's name, alone or with their neighbours, to that actor.
    pub(crate) fn name_actors(&self, plan: &mut Plan) -> Result<()> {
        // What stands at each place of the query, as far as it is a word of the text.
        let mut places: BTreeMap<u32, usize> = BTreeMap::new();
        for (i, word) in plan.wanted.iter().enumerate() {
            let text = word.fields.contains(&Field::Body) && word.pattern.is_none();
            if text && !word.joined && !word.added {
                places.extend(word.places.iter().map(|&place| (place, i)));
            }
        }
        let mut asked = BTreeSet::new();
        for &start in places.keys() {
            let mut indices = Vec::new();
            for len in 0..LONGEST as u32 {
                let Some(&index) = places.get(&(start + len)) else { break };
                indices.push(index);
                let words: Vec<&str> = indices.iter().filter_map(|&i| plan.wanted.get(i)).map(|w| w.word.as_str()).collect();
                // A function word alone names nobody.
                if indices.iter().all(|&i| plan.wanted.get(i).is_some_and(|w| w.stop)) {
                    continue;
                }
                let name = words.join(" ");
                let key = actor_key(&name);
                if key.len() < 2 || !asked.insert(key.clone()) {
                    continue;
                }
                let mut ids = self.actors_of(&key)?;
                // Groups go by names that have nothing in common. States, agencies and companies are named in passing everywhere.
                ids.retain(|id| !PASSING.iter().any(|kind| id.starts_with(kind)));
                if ids.is_empty() || ids.len() > ACTORS {
                    continue;
                }
                for &i in &indices {
                    let Some(word) = plan.wanted.get_mut(i) else { continue };
                    word.actors.extend(ids.iter().map(|id| format!("{key}{PART}{id}")));
                }
                plan.named.push(Named { asked: name, key, ids });
            }
        }
        Ok(())
    }
}
