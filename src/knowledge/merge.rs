//! Many lists to one table of threat groups: which records are the same actor.
//!
//! Two records are joined by an id one of them quotes, by the same first name, or where each lists the other's first name. Anything weaker
//! (an alias both list) is where knowledge bases contradict each other: those stay two actors that share a name.

use super::actor::{Actor, Alias, Role};
use super::key::key;
use super::source::{Record, is_attack_id};
use crate::article::ActorKind;
use std::collections::{HashMap, HashSet};

/// Joins the records into actors, in the order the records stand in; earlier lists lead (ATT&CK, then MISP, then Microsoft).
///
/// The shown name is the first list's, but an `APT` number wins where a later list puts it first and the first one knows it.
pub fn merge(records: &[Record]) -> Vec<Actor> {
    let mut groups: Vec<Vec<&Record>> = Vec::new();
    // A list keeps its own actors apart: where there is but one, nothing is joined.
    let one_list = records.windows(2).all(|pair| pair.first().map(|r| &r.source) == pair.last().map(|r| &r.source));
    for record in records.iter().filter(|r| !r.revoked) {
        match if one_list { None } else { home(&groups, record) } {
            Some(at) => groups[at].push(record),
            None => groups.push(vec![record]),
        }
    }
    let known: HashSet<String> = match records.iter().any(|r| r.revoked) {
        true => groups.iter().flatten().flat_map(|r| names(r)).map(|n| key(n)).collect(),
        false => HashSet::new(),
    };
    for revoked in records.iter().filter(|r| r.revoked) {
        if !known.contains(&key(&revoked.name)) {
            groups.push(vec![revoked]);
        }
    }
    let mut taken: HashMap<String, usize> = HashMap::new();
    groups
        .iter()
        .map(|records| {
            let mut actor = actor(records);
            let count = taken.entry(actor.id.clone()).or_default();
            *count += 1;
            if *count > 1 {
                actor.id = format!("{}-{count}", actor.id);
            }
            actor
        })
        .collect()
}

fn names(record: &Record) -> impl Iterator<Item = &String> {
    std::iter::once(&record.name).chain(&record.aliases)
}

/// The group a record belongs to; at most one record of a list joins a group, so that a list's own distinctions survive.
fn home(groups: &[Vec<&Record>], record: &Record) -> Option<usize> {
    let open = |g: &[&Record]| g.iter().all(|r| r.source != record.source);
    let mine = key(&record.name);
    let aliases: Vec<String> = record.aliases.iter().map(|a| key(a)).collect();
    let all = |test: &dyn Fn(&Record) -> bool| -> Vec<usize> {
        (0..groups.len()).filter(|&i| open(&groups[i]) && groups[i].iter().any(|r| test(r))).collect()
    };
    let single = |found: Vec<usize>| (found.len() == 1).then(|| found[0]);
    let quoted: Vec<&String> = record.references.iter().filter(|r| is_attack_id(r)).collect();
    let same_name = |r: &Record| key(&r.name) == mine;
    let same_id = |r: &Record| r.id.as_ref().is_some_and(|id| quoted.contains(&id));
    let lists_me = |r: &Record| r.aliases.iter().any(|a| key(a) == mine);
    let i_list = |r: &Record| aliases.contains(&key(&r.name));
    single(all(&same_name))
        .or_else(|| single(all(&same_id)))
        .or_else(|| single(all(&|r| lists_me(r) && i_list(r))))
        .or_else(|| single(all(&lists_me)))
        .or_else(|| if quoted.is_empty() { single(all(&i_list)) } else { None })
}

fn actor(records: &[&Record]) -> Actor {
    let first = records[0];
    let numbered = |n: &str| key(n).strip_prefix("apt").is_some_and(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()));
    let knows = |n: &str| first.aliases.iter().any(|a| key(a) == key(n));
    let name = records.iter().skip(1).map(|r| &r.name).find(|n| numbered(n) && knows(n)).unwrap_or(&first.name).clone();
    let mut aliases: Vec<Alias> = vec![Alias { name: name.clone(), sources: Vec::new(), role: Role::Name }];
    for record in records {
        for n in names(record) {
            let k = key(n);
            match aliases.iter_mut().find(|a| key(&a.name) == k) {
                Some(alias) => {
                    if !alias.sources.contains(&record.source) {
                        alias.sources.push(record.source.clone());
                    }
                }
                None => aliases.push(Alias { name: n.clone(), sources: vec![record.source.clone()], role: Role::Name }),
            }
        }
    }
    let mut references: Vec<String> = Vec::new();
    for reference in records.iter().flat_map(|r| &r.references) {
        // An id that another list quotes is kept only where it is this actor's own.
        let own = !is_attack_id(reference) || records.iter().any(|r| r.id.as_ref() == Some(reference)) || records.len() == 1;
        if own && !references.contains(reference) {
            references.push(reference.clone());
        }
    }
    let country = records.iter().find_map(|r| r.country.clone());
    let kind = records.iter().find_map(|r| r.kind).unwrap_or(ActorKind::ThreatGroup);
    let parent = records.iter().find_map(|r| r.parent.clone());
    Actor { id: slug(&name), kind, name, aliases, country, parent, references }
}

/// Lower-case letters and digits, words parted by one hyphen.
fn slug(name: &str) -> String {
    let words: Vec<String> = name.split(|c: char| !c.is_alphanumeric()).map(key).filter(|w| !w.is_empty()).collect();
    words.join("-")
}
