//! MITRE ATT&CK: intrusion sets of a STIX 2 bundle, or a reduced list `[{id, name, aliases, revoked?}]`.

use super::{Record, is_attack_id, strings};
use serde_json::Value;

pub(super) fn records(json: &Value) -> Option<Vec<Record>> {
    if json.get("type").and_then(Value::as_str) == Some("bundle") {
        return Some(json.get("objects")?.as_array()?.iter().filter_map(intrusion_set).collect());
    }
    let list = json.as_array()?;
    let is_group = |v: &Value| v.get("id").and_then(Value::as_str).is_some_and(is_attack_id);
    list.first().filter(|v| is_group(v))?;
    Some(list.iter().filter_map(|v| group(v, v.get("id")?.as_str()?)).collect())
}

fn intrusion_set(object: &Value) -> Option<Record> {
    (object.get("type")?.as_str()? == "intrusion-set").then_some(())?;
    let references = object.get("external_references")?.as_array()?;
    let id = references.iter().filter_map(|r| r.get("external_id")?.as_str()).find(|id| is_attack_id(id))?;
    group(object, id)
}

fn group(object: &Value, id: &str) -> Option<Record> {
    let mut record = Record::new("attack", Some(id.to_owned()), object.get("name")?.as_str()?, strings(object.get("aliases")))?;
    record.references = vec![id.to_owned()];
    record.revoked = object.get("revoked").and_then(Value::as_bool).unwrap_or(false);
    Some(record)
}
