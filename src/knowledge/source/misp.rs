//! MISP galaxy: the `values` of a cluster; synonyms and country stand under `meta`, or beside the value in a reduced list.

use super::{ListError, Record, entries, is_attack_id, strings};
use serde_json::Value;

pub(super) fn records(json: &Value) -> Option<Result<Vec<Record>, ListError>> {
    Some(entries(json.get("values")?.as_array()?, |_| true, "value", value))
}

fn value(entry: &Value) -> Option<Record> {
    let field = |name: &str| entry.get("meta").and_then(|m| m.get(name)).or_else(|| entry.get(name));
    let (ids, names): (Vec<String>, Vec<String>) = strings(field("synonyms")).into_iter().partition(|n| is_attack_id(n));
    let uuid = entry.get("uuid").and_then(Value::as_str).map(str::to_owned);
    let mut record = Record::new("misp", uuid.clone(), entry.get("value")?.as_str()?, names)?;
    record.country = strings(field("country")).into_iter().find(|c| c.len() == 2).map(|c| c.to_ascii_uppercase());
    record.references = ids;
    record.references.extend(uuid.map(|u| format!("misp:{u}")));
    Some(record)
}
