//! MITRE ATT&CK: intrusion sets of a STIX 2 bundle, or a reduced list `[{id, name, aliases, revoked?}]`.

use super::{ListError, Record, entries, is_attack_id, strings};
use serde_json::Value;

/// `None` where the JSON is of another form. A bundle without ids of ATT&CK is somebody's own, which `source` names.
pub(super) fn records(json: &Value, source: &str) -> Option<Result<Vec<Record>, ListError>> {
    if json.get("type").and_then(Value::as_str) == Some("bundle") {
        let objects = json.get("objects")?.as_array()?;
        let is_set = |v: &Value| v.get("type").and_then(Value::as_str) == Some("intrusion-set");
        return Some(entries(objects, is_set, "name", |object| intrusion_set(object, source)));
    }
    let list = json.as_array()?;
    let is_group = |v: &Value| v.get("id").and_then(Value::as_str).is_some_and(is_attack_id);
    list.first().filter(|v| is_group(v))?;
    Some(entries(list, is_group, "name", |v| group(v, v.get("id")?.as_str(), source)))
}

fn intrusion_set(object: &Value, source: &str) -> Option<Record> {
    let references = object.get("external_references").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let id = references.iter().filter_map(|r| r.get("external_id")?.as_str()).find(|id| is_attack_id(id));
    group(object, id, source)
}

fn group(object: &Value, id: Option<&str>, source: &str) -> Option<Record> {
    let source = if id.is_some() { "attack" } else { source };
    let mut record = Record::new(source, id.map(str::to_owned), object.get("name")?.as_str()?, strings(object.get("aliases")))?;
    record.references = id.map(str::to_owned).into_iter().collect();
    record.revoked = object.get("revoked").and_then(Value::as_bool).unwrap_or(false);
    Some(record)
}
