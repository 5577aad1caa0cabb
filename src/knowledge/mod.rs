//! The table of actors: aliases, kinds, countries, parents, and where each fact is from. Knows nothing of articles.
//!
//! The table is text in `table/`, one line an actor (see `table.rs` for the form). It is read on first use of [`Knowledge::builtin`];
//! a program that never asks pays nothing. `table/SOURCES.md` names the lists the facts come from and their licences;
//! `cargo run --example knowledge-table` makes the threat groups anew from newer releases of those lists.

mod actor;
mod key;
mod list;
mod merge;
mod similar;
mod source;
mod table;

pub use actor::{Actor, Alias, Role};
pub use key::key;
pub use list::List;
pub use merge::merge;
pub(crate) use similar::apart;
pub use similar::similar;
pub use source::{ListError, Record, records};

use crate::article::ActorKind;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

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
        Knowledge::shared()
    }

    fn shared() -> &'static Arc<Knowledge> {
        static TABLE: OnceLock<Arc<Knowledge>> = OnceLock::new();
        TABLE.get_or_init(|| Arc::new(Knowledge::from_actors(TABLES.into_iter().flat_map(table::read).collect())))
    }

    /// The table that comes with the program, with these lists added in order of their names.
    ///
    /// ```
    /// use demarche::knowledge::{Knowledge, List};
    /// let list = List::read("name,kind,country\nHarbour Board,agency,NO\n", "ours", "ours.csv").unwrap();
    /// assert_eq!(Knowledge::with_lists(&[list]).get("harbour-board").unwrap().kind, demarche::ActorKind::Agency);
    /// ```
    pub fn with_lists(lists: &[List]) -> Arc<Knowledge> {
        let mut sorted: Vec<&List> = lists.iter().collect();
        sorted.sort_by(|a, b| a.name.cmp(&b.name));
        match sorted.as_slice() {
            [] => Arc::clone(Knowledge::shared()),
            [first, rest @ ..] => {
                let first = Knowledge::builtin().with(&first.records);
                Arc::new(rest.iter().fold(first, |known, list| known.with(&list.records)))
            }
        }
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

    /// The actors that are part of this one, their parts, and so on; sorted.
    ///
    /// ```
    /// use demarche::knowledge::Knowledge;
    /// assert!(Knowledge::builtin().parts("agency-ru-gru").contains(&"agency-ru-gru-74455".to_owned()));
    /// ```
    pub fn parts(&self, id: &str) -> Vec<String> {
        let mut children: HashMap<&str, Vec<&str>> = HashMap::new();
        for actor in &self.actors {
            if let Some(parent) = actor.parent.as_deref() {
                children.entry(parent).or_default().push(&actor.id);
            }
        }
        let (mut found, mut open) = (BTreeSet::new(), vec![id]);
        while let Some(next) = open.pop() {
            // A list of a user may name two actors as parts of each other.
            open.extend(children.get(next).into_iter().flatten().filter(|c| **c != id && found.insert((**c).to_owned())));
        }
        found.into_iter().collect()
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
        let mut first_names: HashMap<String, usize> = HashMap::with_capacity(actors.len());
        let mut references: HashMap<String, usize> = HashMap::new();
        let mut ids: HashSet<String> = self.ids.keys().cloned().collect();
        for (at, actor) in actors.iter().enumerate() {
            first_names.entry(key(&actor.name)).or_insert(at);
            actor.references.iter().for_each(|r| {
                references.entry(r.clone()).or_insert(at);
            });
        }
        for mut imported in merge(list) {
            let quoted = imported.references.iter().filter_map(|r| references.get(r).copied()).min();
            let known = self.lookup(&imported.name);
            let listed = || (known.len() == 1).then(|| self.ids.get(&known[0].id).copied()).flatten();
            match quoted.or_else(|| first_names.get(&key(&imported.name)).copied()).or_else(listed).and_then(|at| actors.get_mut(at)) {
                Some(actor) => add_to(actor, imported),
                None => {
                    // A new actor never takes the place of another that only has its id.
                    while !ids.insert(imported.id.clone()) {
                        imported.id.push_str("-own");
                    }
                    actors.push(imported);
                }
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

/// Adds to an actor what a list knows of it besides.
fn add_to(actor: &mut Actor, imported: Actor) {
    for alias in imported.aliases {
        match actor.aliases.iter_mut().find(|a| key(&a.name) == key(&alias.name)) {
            Some(old) => {
                let new: Vec<String> = alias.sources.into_iter().filter(|s| !old.sources.contains(s)).collect();
                old.sources.extend(new);
            }
            None => actor.aliases.push(alias),
        }
    }
    for reference in imported.references {
        if !actor.references.contains(&reference) {
            actor.references.push(reference);
        }
    }
    actor.country = actor.country.take().or(imported.country);
    actor.parent = actor.parent.take().or(imported.parent);
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
