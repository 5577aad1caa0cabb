//! Lists of actors in the formats others publish them in: MITRE ATT&CK (STIX), the MISP galaxy, Microsoft's naming map, CSV.

mod attack;
mod csv;
mod microsoft;
mod misp;

use super::key::key;

/// One actor as one list has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The list's name: `attack`, `misp`, `microsoft`, or the name of a user's own list.
    pub source: String,
    /// The list's id for it, where it has one.
    pub id: Option<String>,
    /// Its first name there.
    pub name: String,
    /// Its other names there.
    pub aliases: Vec<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Ids and addresses.
    pub references: Vec<String>,
    /// The list itself has withdrawn it in favour of another.
    pub revoked: bool,
}

/// Why a list could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// Not JSON though it begins like JSON.
    #[error("broken JSON in the list of actors")]
    Json(#[from] serde_json::Error),
    /// JSON, but of no format that is known.
    #[error("neither an ATT&CK STIX bundle, nor a MISP galaxy cluster, nor Microsoft's naming map, nor CSV with a `name` column")]
    Unknown,
}

/// Reads a list in any of the known formats; `source` names a list that does not name itself.
///
/// ATT&CK's STIX bundles give source `attack`, MISP clusters `misp`, Microsoft's map `microsoft`; a CSV needs a header with a `name`
/// column and may have `id`, `aliases` (parted by `;`), `country`.
///
/// # Errors
/// [`ListError`] where the text is of none of these formats.
///
/// ```
/// use demarche::knowledge::records;
/// let list = records("name,aliases,country\nPaper Heron,Heron Group;UNC9999,NO\n", "ours").unwrap();
/// assert_eq!(list[0].aliases, ["Heron Group", "UNC9999"]);
/// ```
pub fn records(text: &str, source: &str) -> Result<Vec<Record>, ListError> {
    let text = text.trim_start_matches('\u{feff}');
    if !text.trim_start().starts_with(['{', '[']) {
        return csv::records(text, source).ok_or(ListError::Unknown);
    }
    let json: serde_json::Value = serde_json::from_str(text)?;
    let found = attack::records(&json).or_else(|| misp::records(&json)).or_else(|| microsoft::records(&json));
    found.filter(|f| !f.is_empty()).ok_or(ListError::Unknown)
}

impl Record {
    /// A record with its names tidied: trimmed, none empty, none twice.
    fn new(source: &str, id: Option<String>, name: &str, aliases: impl IntoIterator<Item = String>) -> Option<Record> {
        let tidy =
            |n: &str| n.split_whitespace().collect::<Vec<_>>().join(" ").replace("; ", ", ").replace(" | ", " / ").replace(": ", " ");
        let name = tidy(name);
        let mut seen = vec![key(&name)];
        if seen[0].is_empty() {
            return None;
        }
        let mut kept = Vec::new();
        for alias in aliases {
            let (alias, k) = (tidy(&alias), key(&alias));
            if !k.is_empty() && !seen.contains(&k) {
                seen.push(k);
                kept.push(alias);
            }
        }
        Some(Record { source: source.to_owned(), id, name, aliases: kept, ..Record::default() })
    }
}

/// The strings of a JSON array, or the one string.
fn strings(value: Option<&serde_json::Value>) -> Vec<String> {
    match value {
        Some(serde_json::Value::Array(items)) => items.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect(),
        Some(serde_json::Value::String(one)) => vec![one.clone()],
        _ => Vec::new(),
    }
}

/// Whether a name is an ATT&CK group id, `G` and four digits.
pub(super) fn is_attack_id(name: &str) -> bool {
    name.len() == 5 && name.starts_with('G') && name.bytes().skip(1).all(|b| b.is_ascii_digit())
}
