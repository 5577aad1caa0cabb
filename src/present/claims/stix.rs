//! Claims as a STIX 2.1 bundle (OASIS standard of 10 June 2021).
//!
//! Accusers are identities; an accused group is an intrusion-set, whoever else is accused a threat-actor. A claim is a relationship
//! `attributed-to` made by its accuser: of a group to the other accused of the claim, or to a threat-actor of its name; of a threat-actor
//! to the identity of its name. Its sentence is a note. A report stands for the article. A denial or a call is a note alone. Ids are
//! UUIDs of version 5 made of what they name: the same index gives the same bundle.

use super::names;
use super::uuid::{NAMESPACE, uuid5};
use crate::article::{ActorKind, Party, Stance};
use crate::claims::ClaimRow;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The day of what has none: the property is required.
const UNDATED: &str = "1970-01-01";

/// The bundle of these claims; equal claims give equal bundles, byte by byte.
pub fn stix_bundle(rows: &[ClaimRow]) -> Value {
    let mut objects = Objects::default();
    for row in rows {
        objects.claim(row);
    }
    let mut all: Vec<Value> = objects.all.into_values().collect();
    for (id, (row, mut refs)) in objects.reports {
        refs.sort();
        refs.dedup();
        all.push(report(&id, row, &refs));
    }
    let ids: String = all.iter().filter_map(|o| o["id"].as_str()).collect::<Vec<_>>().join(" ");
    json!({ "type": "bundle", "id": format!("bundle--{}", uuid5(&NAMESPACE, &ids)), "objects": all })
}

#[derive(Default)]
struct Objects<'r> {
    /// By id.
    all: BTreeMap<String, Value>,
    /// The articles, each with what its claims name.
    reports: BTreeMap<String, (&'r ClaimRow, Vec<String>)>,
}

fn unnamed(party: &Party) -> bool {
    party.id.is_none() && party.kind.is_none() && party.name == "unnamed"
}

fn day(row: &ClaimRow) -> String {
    format!("{}T00:00:00.000Z", row.published.as_deref().unwrap_or(UNDATED))
}

impl<'r> Objects<'r> {
    fn claim(&mut self, row: &'r ClaimRow) {
        let accusers: Vec<String> = row.accusers.iter().filter(|p| !unnamed(p)).map(|p| self.identity(p)).collect();
        let mut refs = Vec::new();
        if matches!(row.stance, Stance::Denies | Stance::Urges) {
            refs.extend(accusers.iter().cloned());
            refs.extend(row.accused.iter().filter(|p| !unnamed(p)).map(|p| self.identity(p)));
        } else {
            refs.extend(self.attributions(row, &accusers));
        }
        if refs.is_empty() {
            return;
        }
        refs.sort();
        refs.dedup();
        let key = format!("{} {} {} {}", row.id, row.span.start, row.rule, names(&row.accused));
        let mut note = object("note", &key, row);
        note.insert("abstract".into(), json!(format!("{} {} {}", names(&row.accusers), row.stance.as_str(), names(&row.accused))));
        note.insert("content".into(), json!(row.sentence));
        if !accusers.is_empty() {
            note.insert("authors".into(), json!(row.accusers.iter().map(|p| &p.name).collect::<Vec<_>>()));
        }
        let mut labels = vec![row.stance.as_str().to_owned(), format!("rule:{}", row.rule)];
        if row.hedged {
            labels.push("hedged".to_owned());
        }
        note.insert("labels".into(), json!(labels));
        note.insert("object_refs".into(), json!(refs));
        refs.push(self.put(note));
        refs.extend(accusers);
        let report = format!("report--{}", uuid5(&NAMESPACE, &format!("report {}", row.path)));
        self.reports.entry(report).or_insert((row, Vec::new())).1.extend(refs);
    }

    /// The relationships of a claim and their ends.
    fn attributions(&mut self, row: &ClaimRow, accusers: &[String]) -> Vec<String> {
        let (groups, others): (Vec<&Party>, Vec<&Party>) =
            row.accused.iter().filter(|p| !unnamed(p)).partition(|p| p.kind == Some(ActorKind::ThreatGroup));
        let mut ends = Vec::new();
        for group in &groups {
            let source = self.actor("intrusion-set", group);
            if others.is_empty() {
                let target = self.actor("threat-actor", group);
                ends.push((source, target));
            } else {
                for other in &others {
                    let target = self.actor("threat-actor", other);
                    ends.push((source.clone(), target));
                }
            }
        }
        for other in &others {
            let (source, target) = (self.actor("threat-actor", other), self.identity(other));
            ends.push((source, target));
        }
        let mut refs = Vec::new();
        for (source, target) in ends {
            let made_by: Vec<Option<&String>> = if accusers.is_empty() { vec![None] } else { accusers.iter().map(Some).collect() };
            for accuser in made_by {
                let key = format!("{source} {target} {} {} {}", accuser.map_or("", |a| a.as_str()), row.id, row.span.start);
                let mut made = object("relationship", &key, row);
                made.insert("relationship_type".into(), json!("attributed-to"));
                made.insert("source_ref".into(), json!(source));
                made.insert("target_ref".into(), json!(target));
                if let Some(accuser) = accuser {
                    made.insert("created_by_ref".into(), json!(accuser));
                }
                if row.hedged {
                    made.insert("labels".into(), json!(["hedged"]));
                }
                refs.push(self.put(made));
            }
            refs.extend([source, target]);
        }
        refs
    }

    fn identity(&mut self, party: &Party) -> String {
        let class = match party.kind {
            Some(ActorKind::Person) => "individual",
            Some(ActorKind::ThreatGroup) => "group",
            Some(ActorKind::State | ActorKind::Agency | ActorKind::Company) => "organization",
            Some(ActorKind::Other) | None => "unknown",
        };
        let mut made = timeless("identity", &key(party));
        made.insert("name".into(), json!(party.name));
        made.insert("identity_class".into(), json!(class));
        self.put(made)
    }

    fn actor(&mut self, kind: &str, party: &Party) -> String {
        let mut made = timeless(kind, &key(party));
        made.insert("name".into(), json!(party.name));
        self.put(made)
    }

    fn put(&mut self, object: Map<String, Value>) -> String {
        let id = object.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        self.all.entry(id.clone()).or_insert(Value::Object(object));
        id
    }
}

fn key(party: &Party) -> String {
    party.id.clone().unwrap_or_else(|| party.name.clone())
}

/// An object that is the same in every article.
fn timeless(kind: &str, key: &str) -> Map<String, Value> {
    let mut out = Map::new();
    let never = format!("{UNDATED}T00:00:00.000Z");
    out.insert("type".into(), json!(kind));
    out.insert("spec_version".into(), json!("2.1"));
    out.insert("id".into(), json!(format!("{kind}--{}", uuid5(&NAMESPACE, &format!("{kind} {key}")))));
    out.insert("created".into(), json!(never));
    out.insert("modified".into(), json!(never));
    out
}

fn object(kind: &str, key: &str, row: &ClaimRow) -> Map<String, Value> {
    let mut out = timeless(kind, key);
    out.insert("created".into(), json!(day(row)));
    out.insert("modified".into(), json!(day(row)));
    out
}

fn report(id: &str, row: &ClaimRow, refs: &[String]) -> Value {
    let mut reference = json!({ "source_name": row.publisher.as_deref().unwrap_or("article"), "description": row.path });
    if let Some(url) = &row.url {
        reference["url"] = json!(url);
    }
    json!({
        "type": "report",
        "spec_version": "2.1",
        "id": id,
        "created": day(row),
        "modified": day(row),
        "name": row.title.as_deref().unwrap_or(&row.path),
        "report_types": ["threat-actor"],
        "published": day(row),
        "external_references": [reference],
        "object_refs": refs,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// What STIX 2.1 requires beside the common properties, by type.
    const REQUIRED: &[(&str, &[&str])] = &[
        ("identity", &["name"]),
        ("intrusion-set", &["name"]),
        ("threat-actor", &["name"]),
        ("relationship", &["relationship_type", "source_ref", "target_ref"]),
        ("note", &["content", "object_refs"]),
        ("report", &["name", "published", "object_refs"]),
    ];
    /// Sources and targets that `attributed-to` may join (tables of sections 4.9 and 4.17).
    const ATTRIBUTED: &[(&str, &str)] = &[("intrusion-set", "threat-actor"), ("threat-actor", "identity")];

    fn is_id(text: &str, kind: &str) -> bool {
        let Some(uuid) = text.strip_prefix(kind).and_then(|r| r.strip_prefix("--")) else { return false };
        let parts: Vec<&str> = uuid.split('-').collect();
        parts.iter().map(|p| p.len()).eq([8, 4, 4, 4, 12])
            && uuid.chars().all(|c| c == '-' || c.is_ascii_digit() || ('a'..='f').contains(&c))
            && parts[2].starts_with('5')
            && parts[3].starts_with(['8', '9', 'a', 'b'])
    }

    fn is_time(value: &Value) -> bool {
        value.as_str().is_some_and(|t| t.len() == 24 && t.ends_with('Z') && t.parse::<jiff::Timestamp>().is_ok())
    }

    #[test]
    fn bundles_keep_to_the_standard() {
        let bundle = stix_bundle(&super::super::tests::rows());
        assert_eq!(bundle["type"], "bundle");
        assert!(is_id(bundle["id"].as_str().unwrap(), "bundle"));
        assert!(bundle.get("spec_version").is_none(), "bundles of 2.1 have none");
        let objects = bundle["objects"].as_array().unwrap();
        let ids: BTreeSet<&str> = objects.iter().map(|o| o["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), objects.len(), "no id twice");
        let mut kinds = BTreeSet::new();
        for object in objects {
            let kind = object["type"].as_str().unwrap();
            kinds.insert(kind);
            let required = REQUIRED.iter().find(|(k, _)| *k == kind).unwrap().1;
            assert_eq!(object["spec_version"], "2.1");
            assert!(is_id(object["id"].as_str().unwrap(), kind), "{object}");
            assert!(is_time(&object["created"]) && is_time(&object["modified"]), "{object}");
            for name in required {
                let value = &object[name];
                assert!(
                    value.as_str().is_some_and(|s| !s.is_empty()) || value.as_array().is_some_and(|a| !a.is_empty()),
                    "{name}: {object}"
                );
            }
            for (name, value) in object.as_object().unwrap() {
                let refs: Vec<&Value> = if name.ends_with("_refs") { value.as_array().unwrap().iter().collect() } else { vec![value] };
                if name.ends_with("_ref") || name.ends_with("_refs") {
                    assert!(!refs.is_empty() && refs.iter().all(|r| ids.contains(r.as_str().unwrap())), "{name}: {object}");
                }
                if name == "created_by_ref" {
                    assert!(value.as_str().unwrap().starts_with("identity--"));
                }
            }
            if kind == "relationship" {
                let of = |end: &str| object[end].as_str().unwrap().split("--").next().unwrap().to_owned();
                let (source, target) = (of("source_ref"), of("target_ref"));
                assert!(ATTRIBUTED.contains(&(source.as_str(), target.as_str())), "{object}");
            }
            if kind == "report" {
                assert!(is_time(&object["published"]));
            }
        }
        assert_eq!(kinds, REQUIRED.iter().map(|(k, _)| *k).collect::<BTreeSet<_>>(), "every type is tried");
        assert_eq!(bundle, stix_bundle(&super::super::tests::rows()), "the same claims, the same bundle");
    }
}
