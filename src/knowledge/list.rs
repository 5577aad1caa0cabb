//! A user's own list of actors: its records under the name they are shown by.

use super::source::{ListError, Record, records};
use super::table::CURATED;
use serde::{Deserialize, Serialize};

/// A list of actors that a user added to the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// The source that is given for every name of it.
    pub name: String,
    /// The file it was read from.
    pub file: String,
    /// Its actors.
    pub records: Vec<Record>,
}

impl List {
    /// Reads a list in any of the formats of [`records`](super::records), told by its content.
    ///
    /// # Errors
    /// [`ListError`] where the text is of no known format, an entry is broken, or `name` cannot be the name of a list.
    ///
    /// ```
    /// use demarche::knowledge::List;
    /// let list = List::read("name,aliases\nPaper Heron,UNC9999\n", "ours", "ours.csv").unwrap();
    /// assert_eq!((list.records.len(), list.records[0].source.as_str()), (1, "ours"));
    /// assert!(List::read("name\n\"Paper Heron\n", "ours", "ours.csv").unwrap_err().to_string().starts_with("line 2"));
    /// ```
    pub fn read(text: &str, name: &str, file: &str) -> Result<List, ListError> {
        let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.is_empty() || name.len() > 40 || !name.chars().all(sound) || name == CURATED {
            return Err(ListError::Name(name.to_owned()));
        }
        let mut records = records(text, name)?;
        if records.is_empty() {
            return Err(ListError::Empty);
        }
        records.iter_mut().for_each(|r| r.source = name.to_owned());
        Ok(List { name: name.to_owned(), file: file.to_owned(), records })
    }
}
