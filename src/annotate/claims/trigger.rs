//! Whether a sentence can hold a claim at all: without a word of speech, of a rule or of reserve no frame can stand in it, and it is not
//! taken apart. Keeps the reading of whole articles cheap; never says that there is a claim.

use super::frame::by_lemma;
use super::lexicon::{Sense, verbs};
use foldhash::{HashMap, HashMapExt};
use std::sync::OnceLock;

/// Words of rules that no verb of a rule begins, and words by which a source or a reserve is told.
const WORDS: &str = "according per view opinion assessment allegedly alleged reportedly suspected purportedly purported presumed presumably likely \
                     probably apparent reputed accused behind responsible culprit culprits perpetrator perpetrators suspects guilty hallmark \
                     hallmarks baseless groundless unfounded untrue absurd nexus must confident certain sure convinced adamant confidence evidence proof";

/// Verbs too common to tell anything: their rules have other words that do.
const COMMON: &[&str] = &["be", "have", "do", "play"];

/// Whether a sentence, in lower case, has a word that a claim may hang on.
///
/// Where nobody is named (`named`), a word of speech alone is not enough: it takes one of a rule.
pub(super) fn any(small: &str, named: bool) -> bool {
    // A quotation goes on in the voice of the sentence before; a label speaks.
    if named && (small.starts_with(['"', '“']) || small.contains(": ")) {
        return true;
    }
    let words = words();
    small
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| word.len() > 2)
        .any(|word| words.get(word).is_some_and(|strong| named || *strong))
}

/// The words, and whether each is of a rule.
fn words() -> &'static HashMap<String, bool> {
    static SET: OnceLock<HashMap<String, bool>> = OnceLock::new();
    SET.get_or_init(|| {
        let mut out: HashMap<String, bool> = HashMap::new();
        for (form, verb) in verbs() {
            let rule = by_lemma().contains_key(verb.lemma);
            if (rule || verb.sense == Sense::Say) && !COMMON.contains(&verb.lemma) {
                *out.entry(form).or_default() |= verb.sense != Sense::Say;
            }
        }
        let nouns = by_lemma()
            .keys()
            .filter(|k| !COMMON.contains(k))
            .map(|k| ((*k).to_owned(), true))
            .filter(|(k, _)| !out.contains_key(k))
            .collect::<Vec<_>>();
        out.extend(nouns);
        out.extend(WORDS.split_whitespace().map(|w| (w.to_owned(), true)));
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_without_a_word_of_a_claim_are_passed_over() {
        for (text, want) in [
            ("they hacked it, the report said.", true),
            ("norway blamed russia for it.", true),
            ("the hack, mandiant said, was theirs.", true),
            ("apt29 was behind it.", true),
            ("“they were inside for weeks.”", true),
            ("the malware encrypts the disk and shows a note.", true),
            ("the malware encrypts the disk.", false),
        ] {
            assert_eq!(any(text, true), want, "{text}");
        }
        assert!(!any("they hacked it, the report said.", false), "nobody is named");
        assert!(any("it has been blamed on them.", false), "a rule's word");
    }
}
