//! Which country a word of a query means.

use crate::article::ActorKind;
use crate::knowledge::Knowledge;

/// The code of a country in small letters: `ru`, `Russia`, `the Russian Federation`, `UK`. A code of two letters is taken as it is.
pub(super) fn country_code(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches("the ");
    let code = text.to_ascii_lowercase();
    if code.len() == 2 && code != "uk" && code.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some(code);
    }
    // Only a name needs the table.
    let states = Knowledge::builtin().lookup(text);
    states.iter().filter(|a| a.kind == ActorKind::State).find_map(|a| a.country.as_deref()).map(str::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names() {
        for (text, code) in [("RU", "ru"), ("Russia", "ru"), ("uk", "gb"), ("New Zealand", "nz"), ("chinese", "cn"), ("eu", "eu")] {
            assert_eq!(country_code(text).as_deref(), Some(code), "{text}");
        }
        assert_eq!(country_code("Atlantis"), None);
    }
}
