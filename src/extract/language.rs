//! The language of a body, from its text.
//!
//! Trigrams and alphabets as the `whatlang` crate reads them (after Cavnar and Trenkle, "N-gram-based text categorization", 1994). Short and doubtful texts
//! get no answer.

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

/// Words that make up about a third of English and are rare in every other language, with the two that stand in all of it.
const ENGLISH: [&str; 22] = [
    "the", "and", "of", "to", "that", "with", "which", "their", "from", "has", "have", "were", "said", "this", "not", "are", "it", "by",
    "for", "would", "its", "on",
];
/// How many words of a text are looked at for them.
const WORDS: usize = 160;

/// Whether a text is English beyond doubt. Most articles are, and counting words costs a twentieth of counting trigrams of all languages.
fn is_english(text: &str) -> bool {
    let (mut words, mut the, mut and, mut english) = (0, 0, 0, 0);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(WORDS) {
        words += 1;
        if let Some(at) = ENGLISH.iter().position(|e| word.eq_ignore_ascii_case(e)) {
            english += 1;
            the += usize::from(at == 0);
            and += usize::from(at == 1);
        }
    }
    words >= 40 && english * 5 >= words && the >= 2 && and >= 1
}

/// The language of `body` as its ISO 639-1 code, with a confidence from 0 to 1; none for texts too short or too mixed to tell.
pub(crate) fn detect(body: &str) -> Option<(&'static str, f32)> {
    let end = (0..=LOOKED_AT.min(body.len())).rev().find(|&i| body.is_char_boundary(i)).unwrap_or(0);
    let text = &body[..end];
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let wide = text.chars().filter(|c| c.is_alphabetic() && *c >= '\u{0e00}').count();
    // A sign of a script such as Han says more than a letter.
    if letters + 3 * wide < LETTERS {
        return None;
    }
    if is_english(text) {
        return Some(("en", 1.0));
    }
    // Capitals throughout are read as small letters, which the trigrams were counted on.
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
        assert!(
            !is_english(&"Het havenkantoor sloot de poort op maandag en de veerboten vertrekken van the old quay. ".repeat(5)),
            "Dutch with a name"
        );
        assert_eq!(told("Gate closed"), None);
        assert_eq!(told(""), None);
    }
}
