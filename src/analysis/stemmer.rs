//! Which stemmer a text gets: that of its language where there is one, else the English one.

use frostem::Algorithm;

/// Snowball's algorithms by ISO 639-1 code.
const ALGORITHMS: &[(&str, Algorithm)] = &[
    ("ar", Algorithm::Arabic),
    ("ca", Algorithm::Catalan),
    ("cs", Algorithm::Czech),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("et", Algorithm::Estonian),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("hi", Algorithm::Hindi),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("lt", Algorithm::Lithuanian),
    ("nl", Algorithm::Dutch),
    ("no", Algorithm::Norwegian),
    ("pl", Algorithm::Polish),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sr", Algorithm::Serbian),
    ("sv", Algorithm::Swedish),
    ("tr", Algorithm::Turkish),
];

/// A language whose words have a stemmer of their own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Language(&'static str, Algorithm);

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Language {
    /// Its code.
    pub(crate) fn code(self) -> &'static str {
        self.0
    }
}

impl Language {
    /// The language with this code, where it has a stemmer.
    pub(crate) fn of(code: &str) -> Option<Language> {
        // `nb` and `nn` are the two ways Norwegian is written.
        let code = if matches!(code, "nb" | "nn") { "no" } else { code };
        ALGORITHMS.iter().find(|(c, _)| *c == code).map(|(code, algorithm)| Language(code, *algorithm))
    }

    /// Its stemmer.
    pub(super) fn algorithm(self) -> Algorithm {
        self.1
    }
}

impl Default for Language {
    fn default() -> Self {
        Language("en", Algorithm::English)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    #[test]
    fn every_language_is_found_and_takes_endings_off() {
        for (code, algorithm) in ALGORITHMS {
            assert_eq!(Language::of(code), Some(Language(code, *algorithm)));
        }
        assert_eq!(Language::of("nb"), Language::of("no"));
        assert_eq!(Language::of("xx"), None);
        for (code, one, other) in
            [("de", "Angriffe", "Angriffen"), ("fr", "attaques", "attaque"), ("ru", "атаки", "атака"), ("sv", "attackerna", "attacker")]
        {
            let stem = |word: &str| Analyzer::speaking(Language::of(code).unwrap()).plain(word);
            assert_eq!(stem(one), stem(other), "{code}");
        }
    }
}
