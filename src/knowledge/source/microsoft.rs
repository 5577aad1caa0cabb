//! Microsoft's map of threat actor names: `[{"Threat actor name", "Origin/Threat", "Other names": "a, b"}]`.

use super::{ListError, Record, entries};
use serde_json::Value;

/// Microsoft writes origins as names of countries, beside motives; these are the countries it has used.
const ORIGINS: [(&str, &str); 17] = [
    ("Austria", "AT"),
    ("Belarus", "BY"),
    ("China", "CN"),
    ("India", "IN"),
    ("Iran", "IR"),
    ("Israel", "IL"),
    ("Korea", "KR"),
    ("Lebanon", "LB"),
    ("North Korea", "KP"),
    ("Pakistan", "PK"),
    ("Russia", "RU"),
    ("Singapore", "SG"),
    ("Türkiye", "TR"),
    ("Ukraine", "UA"),
    ("United Arab Emirates", "AE"),
    ("United States", "US"),
    ("Vietnam", "VN"),
];

pub(super) fn records(json: &Value) -> Option<Result<Vec<Record>, ListError>> {
    let list = json.as_array()?;
    list.first()?.get("Threat actor name")?;
    Some(entries(list, |_| true, "Threat actor name", row))
}

fn row(entry: &Value) -> Option<Record> {
    let text = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or("");
    let others = text("Other names").split(',').map(str::to_owned);
    let mut record = Record::new("microsoft", None, text("Threat actor name"), others)?;
    let origin = |part: &str| ORIGINS.iter().find(|(name, _)| *name == part.trim()).map(|(_, code)| (*code).to_owned());
    record.country = text("Origin/Threat").split(',').find_map(origin);
    Some(record)
}
