//! Names of the table with one letter wrong: "Lazarous" for Lazarus. Asked only of names that the language has given away already.

use crate::article::ActorKind;
use crate::knowledge::{Knowledge, apart, key};
use std::collections::HashMap;
use std::sync::OnceLock;

/// In shorter names one letter makes another name.
const SHORTEST: usize = 7;

/// First letter and length of a name's key; on it keys and names.
type Shelf = (char, usize);

/// The names of groups, sorted for the question; made when it is first asked.
#[derive(Debug, Default)]
pub(super) struct Misspelt(OnceLock<HashMap<Shelf, Vec<(String, String)>>>);

impl Misspelt {
    /// The one name of a group of the table that differs from this in one letter.
    pub(super) fn find(&self, knowledge: &Knowledge, name: &str) -> Option<&str> {
        let wanted = key(name);
        let (first, length) = shelf(&wanted)?;
        let shelves = self.0.get_or_init(|| shelves(knowledge));
        let near = (length - 1..=length + 1).filter_map(|l| shelves.get(&(first, l))).flatten();
        let mut found = near.filter(|(other, _)| apart(&wanted, other) == 1);
        let (one, written) = found.next()?;
        found.all(|(other, _)| other == one).then_some(written)
    }
}

fn shelf(key: &str) -> Option<Shelf> {
    let plain = key.len() >= SHORTEST && key.bytes().all(|b| b.is_ascii_lowercase());
    plain.then(|| key.chars().next().map(|c| (c, key.len())))?
}

fn shelves(knowledge: &Knowledge) -> HashMap<Shelf, Vec<(String, String)>> {
    let mut shelves: HashMap<Shelf, Vec<(String, String)>> = HashMap::new();
    for actor in knowledge.of_kind(ActorKind::ThreatGroup) {
        for alias in &actor.aliases {
            let key = key(&alias.name);
            if let Some(shelf) = shelf(&key) {
                shelves.entry(shelf).or_default().push((key, alias.name.clone()));
            }
        }
    }
    shelves
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_and_no_more() {
        let (known, misspelt) = (Knowledge::builtin(), Misspelt::default());
        let found = |name| misspelt.find(known, name).map(key);
        assert_eq!(found("MuddyWatter").as_deref(), Some("muddywater"));
        assert_eq!(found("Kimsukky").as_deref(), Some("kimsuky"));
        assert_eq!(found("Kimsuky"), None, "that is its name");
        assert_eq!((found("Turlla"), found("APT 288"), found("Harbour Heron")), (None, None, None));
    }
}
