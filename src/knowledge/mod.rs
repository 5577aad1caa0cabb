//! The table of actors: aliases, kinds, countries, parents, and where each fact is from. Knows nothing of articles.
//!
//! The table is text in `table/`, one line an actor (see `table.rs` for the form). It is read on first use of [`Knowledge::builtin`];
//! a program that never asks pays nothing. `table/SOURCES.md` names the lists the facts come from and their licences;
//! `cargo run --example knowledge-table` makes the threat groups anew from newer releases of those lists.

mod actor;
mod key;
mod merge;
mod source;
mod table;

pub use actor::{Actor, Alias, Role};
pub use key::key;
pub use merge::merge;
pub use source::{ListError, Record, records};

use crate::article::ActorKind;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The tables that come with the program; where two actors share a name, the earlier line is the usual one.
const TABLES: [&str; 6] = [
    include_str!("table/states.tsv"),
    include_str!("table/places.tsv"),
    include_str!("table/agencies.tsv"),
    include_str!("table/companies.tsv"),
    include_str!("table/threat-groups.tsv"),
    include_str!("table/gangs.tsv"),
];

/// The table of actors.
#[derive(Debug, Default)]
pub struct Knowledge {
    actors: Vec<Actor>,
    ids: HashMap<String, usize>,
    /// Key of a name → actors that go by it, in order of the table.
    names: OnceLock<HashMap<String, Vec<usize>>>,
    fingerprint: OnceLock<String>,
}

impl Knowledge {
    /// The table that comes with the program.
    ///
    /// ```
    /// use demarche::knowledge::Knowledge;
    /// assert_eq!(Knowledge::builtin().lookup("Silk Typhoon")[0].name, "HAFNIUM");
    /// ```
    pub fn builtin() -> &'static Knowledge {
        static TABLE: OnceLock<Knowledge> = OnceLock::new();
        TABLE.get_or_init(|| Knowledge::from_actors(TABLES.into_iter().flat_map(table::read).collect()))
    }

    /// A table of these actors; of two with one id the later wins.
    pub fn from_actors(actors: Vec<Actor>) -> Knowledge {
        let mut made = Knowledge::default();
        for actor in actors {
            match made.ids.get(&actor.id) {
                Some(&at) => made.actors[at] = actor,
                None => {
                    made.ids.insert(actor.id.clone(), made.actors.len());
                    made.actors.push(actor);
                }
            }
        }
        made
    }

    /// All actors, in order of the table.
    pub fn actors(&self) -> &[Actor] {
        &self.actors
    }

    /// The actors of one kind, in order of the table.
    pub fn of_kind(&self, kind: ActorKind) -> impl Iterator<Item = &Actor> {
        self.actors.iter().filter(move |a| a.kind == kind)
    }

    /// The actor of that id.
    pub fn get(&self, id: &str) -> Option<&Actor> {
        self.ids.get(id).and_then(|&at| self.actors.get(at))
    }

    /// Every actor that goes by a name, whatever its case, spaces, hyphens and diacritics; those it is the first name of come first.
    ///
    /// ```
    /// use demarche::knowledge::Knowledge;
    /// let known = Knowledge::builtin();
    /// assert_eq!(known.lookup("apt 29"), known.lookup("APT-29"));
    /// assert!(known.lookup("NCSC").len() > 2);
    /// ```
    pub fn lookup(&self, alias: &str) -> Vec<&Actor> {
        let wanted = key(alias);
        let found = self.names().get(&wanted).into_iter().flatten();
        let mut found: Vec<&Actor> = found.filter_map(|&at| self.actors.get(at)).collect();
        found.sort_by_key(|a| key(&a.name) != wanted);
        found
    }

    /// The keys of all names of an actor: what an index stores so that any alias finds it.
    ///
    /// ```
    /// use demarche::knowledge::Knowledge;
    /// assert!(Knowledge::builtin().alias_keys("hafnium").contains(&"silktyphoon".to_owned()));
    /// ```
    pub fn alias_keys(&self, id: &str) -> Vec<String> {
        let Some(actor) = self.get(id) else { return Vec::new() };
        let ids = actor.references.iter().filter(|r| source::is_attack_id(r)).map(String::as_str);
        let mut keys: Vec<String> = actor.aliases.iter().map(|a| a.name.as_str()).chain(ids).map(key).collect();
        keys.sort();
        keys.dedup();
        keys
    }

    /// The actors that are part of this one.
    pub fn children<'k>(&'k self, id: &'k str) -> impl Iterator<Item = &'k Actor> {
        self.actors.iter().filter(move |a| a.parent.as_deref() == Some(id))
    }

    /// This table with a user's own list: a record that is an actor of the table (by id or first name) adds its names to it, any other
    /// becomes an actor of its own.
    ///
    /// ```
    /// use demarche::knowledge::{Knowledge, records};
    /// let ours = records("name,aliases,country\nPaper Heron,Heron Group,NO\nHAFNIUM,Paper Crane,\n", "ours").unwrap();
    /// let known = Knowledge::builtin().with(&ours);
    /// assert_eq!(known.lookup("heron group")[0].id, "paper-heron");
    /// assert_eq!(known.lookup("paper crane")[0].id, "hafnium");
    /// ```
    #[must_use]
    pub fn with(&self, list: &[Record]) -> Knowledge {
        let mut actors = self.actors.clone();
        for imported in merge(list) {
            let first = key(&imported.name);
            let same = |a: &Actor| a.references.iter().any(|r| imported.references.contains(r)) || key(&a.name) == first;
            let known = self.lookup(&imported.name);
            let listed = || (known.len() == 1).then(|| known[0].id.clone());
            let at = actors.iter().position(same).or_else(|| listed().and_then(|id| self.ids.get(&id).copied()));
            match at.and_then(|at| actors.get_mut(at)) {
                Some(actor) => {
                    for alias in imported.aliases {
                        match actor.aliases.iter_mut().find(|a| key(&a.name) == key(&alias.name)) {
                            Some(old) => {
                                old.sources.extend(alias.sources.into_iter().filter(|s| !old.sources.contains(s)).collect::<Vec<_>>())
                            }
                            None => actor.aliases.push(alias),
                        }
                    }
                    actor.country = actor.country.take().or(imported.country);
                }
                None => actors.push(imported),
            }
        }
        Knowledge::from_actors(actors)
    }

    /// A hash of everything in the table; changes whenever an annotation made with it might.
    pub fn fingerprint(&self) -> &str {
        self.fingerprint.get_or_init(|| {
            let mut hasher = blake3::Hasher::new();
            for actor in &self.actors {
                hasher.update(table::write_line(actor).as_bytes());
                hasher.update(b"\n");
            }
            hasher.finalize().to_hex().to_string()
        })
    }

    fn names(&self) -> &HashMap<String, Vec<usize>> {
        self.names.get_or_init(|| {
            let mut names: HashMap<String, Vec<usize>> = HashMap::with_capacity(self.actors.len() * 6);
            for (at, actor) in self.actors.iter().enumerate() {
                let ids = actor.references.iter().filter(|r| source::is_attack_id(r));
                for name in actor.aliases.iter().map(|a| &a.name).chain(ids) {
                    let entry = names.entry(key(name)).or_default();
                    if entry.last() != Some(&at) {
                        entry.push(at);
                    }
                }
            }
            names
        })
    }
}

/// Writes actors as lines of the table, sorted by id, for the tool that makes the table.
///
/// ```
/// use demarche::knowledge::{Knowledge, table_lines};
/// let states: Vec<_> = Knowledge::builtin().of_kind(demarche::ActorKind::State).cloned().collect();
/// assert!(table_lines(&states).lines().any(|line| line.starts_with("state-nz\t")));
/// ```
pub fn table_lines(actors: &[Actor]) -> String {
    let mut sorted: Vec<&Actor> = actors.iter().collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    sorted.into_iter().map(|a| table::write_line(a) + "\n").collect()
}
