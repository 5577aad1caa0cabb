//! What a user says of the fields of records: which column holds the text, the title and so on.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which fields of records hold what: `text=content`. What is not said is found by the usual names of fields.
///
/// ```
/// let mut fields = demarche::decode::Fields::default();
/// fields.say("text=content")?;
/// assert!(fields.say("colour=red").is_err());
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(BTreeMap<String, String>);

/// What can be said of a field.
pub const ROLES: [&str; 8] = ["text", "title", "authors", "publisher", "published", "url", "language", "id"];

impl Fields {
    /// Takes `ROLE=FIELD`; an empty field takes back what was said of the role before, here and where this is [added](Fields::add).
    ///
    /// # Errors
    /// What is wrong with it, for the user.
    pub fn say(&mut self, pair: &str) -> Result<(), String> {
        let (role, field) = pair.split_once('=').ok_or_else(|| format!("`{pair}` is not ROLE=FIELD, such as `text=content`"))?;
        let (role, field) = (role.trim(), field.trim());
        if !ROLES.contains(&role) {
            return Err(format!("no role `{role}`; the roles are {}", ROLES.join(", ")));
        }
        self.0.insert(role.to_owned(), field.to_owned());
        Ok(())
    }

    /// Takes over what others say, in the place of what was said of the same roles.
    pub fn add(&mut self, said: &Fields) {
        self.0.extend(said.0.clone());
        self.0.retain(|_, field| !field.is_empty());
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The field that holds something, where it was said.
    pub(super) fn of(&self, role: &str) -> Option<&str> {
        self.0.get(role).map(String::as_str).filter(|field| !field.is_empty())
    }
}
