//! Names that are also ordinary words, and phrases that only contain a name.

use crate::knowledge::key;
use std::collections::HashMap;

/// `of, need, reason, names parted by "; "`; `of` is `group` for names of threat groups, `other` for all other kinds.
const NAMES: &str = include_str!("ordinary.tsv");
/// `reason, phrases parted by "; "`.
const PHRASES: &str = include_str!("phrases.tsv");

/// What a name asks of its surroundings before it counts as a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    /// Nothing: it means nothing else.
    Nothing,
    /// A capital that the sentence's beginning does not explain, or a cue.
    Middle,
    /// A word close by that says it is an attacker.
    Cue,
    /// A word for attackers right beside it, each time: elsewhere it is a program.
    Beside,
    /// That the text names the same actor by a fuller name, or a word right beside it that says what it is.
    NamedHere,
    /// It is never taken for a name.
    Never,
}

impl Needs {
    fn from_word(word: &str) -> Option<Needs> {
        Some(match word {
            "middle" => Needs::Middle,
            "cue" => Needs::Cue,
            "beside" => Needs::Beside,
            "named" => Needs::NamedHere,
            "never" => Needs::Never,
            _ => return None,
        })
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

/// Key of a name → what it needs, for names of threat groups or for those of all other kinds.
pub(super) fn table(groups: bool) -> HashMap<String, Needs> {
    let wanted = if groups { "group" } else { "other" };
    let mut found = HashMap::new();
    for row in rows(NAMES) {
        if let [of, need, _reason, names] = row[..]
            && of == wanted
            && let Some(need) = Needs::from_word(need)
        {
            found.extend(names.split("; ").map(|n| (key(n), need)));
        }
    }
    found
}

/// Phrases that contain a name and name nobody of the table.
pub(super) fn phrases() -> impl Iterator<Item = &'static str> {
    rows(PHRASES).filter_map(|row| row.get(1).copied()).flat_map(|names| names.split("; "))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_need_a_reason_and_names_that_the_table_knows() {
        let known = crate::knowledge::Knowledge::builtin();
        for row in rows(NAMES) {
            assert_eq!(row.len(), 4, "{row:?}");
            assert!(["group", "other"].contains(&row[0]), "{row:?}");
            assert!(Needs::from_word(row[1]).is_some(), "{row:?}");
            for name in row[3].split("; ") {
                let shorter = known.actors().iter().flat_map(|a| &a.aliases).any(|a| key(&a.name).contains(&key(name)));
                assert!(shorter, "`{name}` is no name or part of a name in the table");
            }
        }
    }

    #[test]
    fn every_phrase_row_has_a_reason_and_phrases() {
        for row in rows(PHRASES) {
            assert_eq!(row.len(), 2, "{row:?}");
            assert!(row[1].split("; ").all(|p| !p.trim().is_empty()), "{row:?}");
        }
    }
}
