//! The names of all rules that take a block away, each with its reason.

use super::{page, templates, text};

/// Why blocks of a kind are no part of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name that [`Removed::rule`](crate::Removed::rule) carries.
    pub name: &'static str,
    /// The reason, in a sentence.
    pub why: &'static str,
}

/// All rules, in no order.
///
/// ```
/// use demarche::clean::rules;
/// assert!(rules().any(|rule| rule.name == "copyright"));
/// ```
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    page::rules().chain(text::rules()).chain(templates::rules())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_words_and_every_rule_has_a_reason() {
        let mut seen = std::collections::BTreeSet::new();
        for rule in rules() {
            assert!(seen.insert(rule.name), "{} stands twice", rule.name);
            assert!(rule.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", rule.name);
            assert!(rule.why.len() > 20, "{}", rule.name);
        }
    }
}
