//! The language of a body, from its text.
//!
//! Trigrams and alphabets as the `whatlang` crate reads them (after Cavnar and Trenkle, "N-gram-based text categorization", 1994). Short and doubtful texts
//! get no answer.

use std::sync::LazyLock;
use whatlang::{Detector, Lang};

/// Fewest letters of a text whose language is told, for alphabets of letters.
const LETTERS: usize = 60;
/// Least confidence of an answer.
const LEAST: f64 = 0.85;
/// Longest stretch that is looked at, in bytes: more does not change the answer.
const LOOKED_AT: usize = 6000;

/// ISO 639-1 codes by the detector's languages.
const CODES: &[(Lang, &str)] = &[
    (Lang::Eng, "en"),
    (Lang::Rus, "ru"),
    (Lang::Cmn, "zh"),
    (Lang::Spa, "es"),
    (Lang::Por, "pt"),
    (Lang::Ita, "it"),
    (Lang::Ben, "bn"),
    (Lang::Fra, "fr"),
    (Lang::Deu, "de"),
    (Lang::Ukr, "uk"),
    (Lang::Kat, "ka"),
    (Lang::Ara, "ar"),
    (Lang::Hin, "hi"),
    (Lang::Jpn, "ja"),
    (Lang::Heb, "he"),
    (Lang::Yid, "yi"),
    (Lang::Pol, "pl"),
    (Lang::Amh, "am"),
    (Lang::Jav, "jv"),
    (Lang::Kor, "ko"),
    (Lang::Nob, "no"),
    (Lang::Dan, "da"),
    (Lang::Swe, "sv"),
    (Lang::Fin, "fi"),
    (Lang::Tur, "tr"),
    (Lang::Nld, "nl"),
    (Lang::Hun, "hu"),
    (Lang::Ces, "cs"),
    (Lang::Ell, "el"),
    (Lang::Bul, "bg"),
    (Lang::Bel, "be"),
    (Lang::Mar, "mr"),
    (Lang::Kan, "kn"),
    (Lang::Ron, "ro"),
    (Lang::Slv, "sl"),
    (Lang::Hrv, "hr"),
    (Lang::Srp, "sr"),
    (Lang::Mkd, "mk"),
    (Lang::Lit, "lt"),
    (Lang::Lav, "lv"),
    (Lang::Est, "et"),
    (Lang::Tam, "ta"),
    (Lang::Vie, "vi"),
    (Lang::Urd, "ur"),
    (Lang::Tha, "th"),
    (Lang::Guj, "gu"),
    (Lang::Uzb, "uz"),
    (Lang::Pan, "pa"),
    (Lang::Aze, "az"),
    (Lang::Ind, "id"),
    (Lang::Tel, "te"),
    (Lang::Pes, "fa"),
    (Lang::Mal, "ml"),
    (Lang::Ori, "or"),
    (Lang::Mya, "my"),
    (Lang::Nep, "ne"),
    (Lang::Sin, "si"),
    (Lang::Khm, "km"),
    (Lang::Tuk, "tk"),
    (Lang::Aka, "ak"),
    (Lang::Zul, "zu"),
    (Lang::Sna, "sn"),
    (Lang::Afr, "af"),
    (Lang::Lat, "la"),
    (Lang::Slk, "sk"),
    (Lang::Cat, "ca"),
    (Lang::Tgl, "tl"),
    (Lang::Hye, "hy"),
    (Lang::Epo, "eo"),
    (Lang::Cym, "cy"),
];

/// Function words of English that no other language with Latin letters writes, in lower case: about a third of any English text.
const ENGLISH: [&str; 73] = [
    "about", "after", "against", "and", "are", "because", "been", "being", "between", "both", "but", "by", "could", "does", "during",
    "each", "for", "from", "has", "have", "his", "how", "however", "if", "into", "it", "its", "may", "more", "not", "of", "only", "or",
    "other", "our", "said", "she", "should", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this",
    "those", "through", "to", "until", "upon", "used", "using", "were", "what", "when", "where", "whether", "which", "while", "who",
    "whom", "whose", "why", "with", "within", "without", "would", "you", "your",
];
/// How many words of a text are looked at for them.
const WORDS: usize = 160;
/// Fewest words of a text that is told by them.
const FEWEST: usize = 12;

/// A word of up to eight ASCII letters in lower case as one number.
fn packed(word: &str) -> Option<u64> {
    let fits = (2..=8).contains(&word.len()) && word.is_ascii();
    fits.then(|| word.bytes().fold(0, |packed, b| packed << 8 | u64::from(b.to_ascii_lowercase())))
}

/// Whether a text is English beyond doubt. Most articles are, and counting words costs a twentieth of counting trigrams of all languages.
fn is_english(text: &str) -> bool {
    static PACKED: LazyLock<Vec<u64>> = LazyLock::new(|| {
        let mut packed: Vec<u64> = ENGLISH.iter().filter_map(|word| packed(word)).collect();
        packed.sort_unstable();
        packed
    });
    let (mut words, mut english, mut the) = (0, 0, false);
    let mut seen = [false; ENGLISH.len()];
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(WORDS) {
        words += 1;
        if let Some(at) = packed(word).and_then(|word| PACKED.binary_search(&word).ok()) {
            english += 1;
            seen[at] = true;
            the |= word.eq_ignore_ascii_case("the");
        }
    }
    let different = seen.iter().filter(|s| **s).count();
    words >= FEWEST && different >= 4 && (english * 5 >= words || the && english * 6 >= words)
}

/// The language of `body` as its ISO 639-1 code, with a confidence from 0 to 1; none for texts too short or too mixed to tell.
pub(crate) fn detect(body: &str) -> Option<(&'static str, f32)> {
    let end = (0..=LOOKED_AT.min(body.len())).rev().find(|&i| body.is_char_boundary(i)).unwrap_or(0);
    let text = &body[..end];
    // A sign of a script such as Han says more than a letter.
    let weight = |c: char| {
        if !c.is_alphabetic() {
            0
        } else if c >= '\u{0e00}' {
            4
        } else {
            1
        }
    };
    let mut letters = 0;
    if !text.chars().any(|c| {
        letters += weight(c);
        letters >= LETTERS
    }) {
        return None;
    }
    if is_english(text) {
        return Some(("en", 1.0));
    }
    // Capitals throughout are read as small letters, which the trigrams were counted on.
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let shouts = text.chars().filter(|c| c.is_uppercase()).count() * 2 > letters;
    let lower = shouts.then(|| text.to_lowercase());
    let info = Detector::new().detect(lower.as_deref().unwrap_or(text))?;
    let code = CODES.iter().find(|(l, _)| *l == info.lang()).map(|(_, c)| *c)?;
    (info.confidence() >= LEAST).then_some((code, info.confidence() as f32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_two_letters() {
        assert!(CODES.iter().all(|(_, c)| c.len() == 2 && c.bytes().all(|b| b.is_ascii_lowercase())));
        assert!(Lang::all().iter().all(|l| CODES.iter().any(|(k, _)| k == l)));
    }

    #[test]
    fn languages_are_told_and_short_texts_are_not() {
        let told = |t: &str| detect(t).map(|(c, _)| c);
        assert_eq!(told("The harbour office closed the eastern gate on Monday after the storm had broken two of its hinges."), Some("en"));
        assert_eq!(
            told("THE HARBOUR OFFICE CLOSED THE EASTERN GATE ON MONDAY AFTER THE STORM HAD BROKEN TWO OF ITS HINGES, IT SAID."),
            Some("en")
        );
        assert_eq!(
            told("Das Hafenamt hat am Montag das östliche Tor geschlossen, nachdem der Sturm zwei seiner Angeln zerbrochen hatte."),
            Some("de")
        );
        assert_eq!(told("港务局周一关闭了东门,因为风暴损坏了它的两个铰链,没有人受伤。"), Some("zh"));
        let english = "The harbour office closed the gate on Monday, and the ferries leave from the old quay. It said that the hinges of the gate were bent by the storm, which had come from the west, and that they are to be mended this week by a smith with his son.";
        assert!(is_english(english) && detect(english) == Some(("en", 1.0)));
        assert!(ENGLISH.iter().all(|word| packed(word).is_some()));
        assert!(is_english("A test of the effect that a storm has on hinges, with measurements by the office."));
        assert!(
            !is_english(&"Het havenkantoor sloot de poort op maandag en de veerboten vertrekken van the old quay. ".repeat(5)),
            "Dutch with a name"
        );
        assert_eq!(told("Gate closed"), None);
        assert_eq!(told(""), None);
    }
}
