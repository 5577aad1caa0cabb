//! Lists of actors in the formats others publish them in: MITRE ATT&CK (STIX), the MISP galaxy, Microsoft's naming map, CSV.

mod attack;
mod csv;
mod microsoft;
mod misp;

use super::key::key;
use crate::article::ActorKind;
use serde::{Deserialize, Serialize};

/// One actor as one list has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
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
    /// What kind of actor; a threat group where the list does not say.
    pub kind: Option<ActorKind>,
    /// Id of the actor it is a part of.
    pub parent: Option<String>,
}

/// Why a list could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// Not JSON though it begins like JSON.
    #[error("broken JSON")]
    Json(#[from] serde_json::Error),
    /// A line of a CSV that cannot be meant as written.
    #[error("line {line}: {field} {problem}")]
    Line {
        /// From 1.
        line: usize,
        /// Name of the column.
        field: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// An entry of a JSON list that lacks what every entry has.
    #[error("entry {number}{}: no `{field}`", id.as_ref().map(|id| format!(" ({id})")).unwrap_or_default())]
    Entry {
        /// Its place in the list, from 1.
        number: usize,
        /// Its id, where it has one.
        id: Option<String>,
        /// The missing field.
        field: &'static str,
    },
    /// A list of the known formats, without any actor.
    #[error("the list holds no actor")]
    Empty,
    /// A name for the list that cannot be one.
    #[error("`{0}` cannot be the name of a list: letters, digits, `-`, `_` and `.`, at most 40, and not `curated`")]
    Name(String),
    /// JSON, but of no format that is known.
    #[error("neither an ATT&CK STIX bundle, nor a MISP galaxy cluster, nor Microsoft's naming map, nor CSV with a `name` column")]
    Unknown,
}

/// Reads a list in any of the known formats; `source` names a list that does not name itself.
///
/// ATT&CK's STIX bundles give source `attack`, MISP clusters `misp`, Microsoft's map `microsoft`; a CSV needs a header with a `name`
/// column and may have `id`, `aliases` (parted by `;`), `country` (two letters), `kind` and `parent` (an id).
///
/// # Errors
/// [`ListError`] where the text is of none of these formats, or an entry is broken; it names the line or the entry, and the field.
///
/// ```
/// use demarche::knowledge::records;
/// let list = records("name,aliases,country\nPaper Heron,Heron Group;UNC9999,NO\n", "ours").unwrap();
/// assert_eq!(list[0].aliases, ["Heron Group", "UNC9999"]);
/// ```
pub fn records(text: &str, source: &str) -> Result<Vec<Record>, ListError> {
    let text = text.trim_start_matches('\u{feff}');
    if !text.trim_start().starts_with(['{', '[']) {
        return csv::records(text, source);
    }
    let json: serde_json::Value = serde_json::from_str(text)?;
    let found = attack::records(&json, source).or_else(|| misp::records(&json)).or_else(|| microsoft::records(&json));
    found.ok_or(ListError::Unknown)?
}

/// Every entry of a list that `is_actor`; the first one that cannot be read is an error.
fn entries(
    list: &[serde_json::Value],
    is_actor: impl Fn(&serde_json::Value) -> bool,
    field: &'static str,
    read: impl Fn(&serde_json::Value) -> Option<Record>,
) -> Result<Vec<Record>, ListError> {
    let text = |entry: &serde_json::Value, name: &str| entry.get(name).and_then(|v| v.as_str()).map(str::to_owned);
    let id = |entry: &serde_json::Value| text(entry, "id").or_else(|| text(entry, "uuid"));
    let actors = list.iter().enumerate().filter(|(_, entry)| is_actor(entry));
    actors.map(|(at, entry)| read(entry).ok_or_else(|| ListError::Entry { number: at + 1, id: id(entry), field })).collect()
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
