//! The language a page declares, and how it therefore writes its dates.

use super::date::Locale;
use super::harvest::Harvest;
use super::jsonld::Facts;
use crate::article::Valued;

/// ISO 639-1 code the page declares.
pub(super) fn choose(harvest: &Harvest, facts: &Facts) -> Option<Valued<String>> {
    let candidates = [
        (harvest.language.as_deref(), "html lang", 0.85),
        (harvest.meta_first("og:locale"), "meta og:locale", 0.75),
        (facts.language.as_deref(), "json-ld inLanguage", 0.75),
        (harvest.meta_first("content-language"), "meta content-language", 0.75),
        (harvest.meta_first("language"), "meta language", 0.6),
        (harvest.meta_first("dc.language"), "meta dc.language", 0.7),
    ];
    candidates.into_iter().find_map(|(value, evidence, confidence)| Some(Valued::new(code(value?)?, evidence, confidence)))
}

/// `en` of `en-NZ`, `en_NZ.UTF-8`; old codes brought to the new.
fn code(tag: &str) -> Option<String> {
    let code = tag.trim().split(['-', '_', '.', ',', ' ']).next()?.to_ascii_lowercase();
    let code = match code.as_str() {
        "iw" => "he",
        "in" => "id",
        "no" | "nn" => "nb",
        "mo" => "ro",
        other => other,
    };
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then(|| code.to_owned())
}

/// Regions whose numeric dates put the month first.
const MONTH_FIRST: &[(&str, &str)] = &[
    ("us", "United States"),
    ("ph", "Philippines"),
    ("pr", "Puerto Rico"),
    ("gu", "Guam"),
    ("fm", "Micronesia"),
    ("mh", "Marshall Islands"),
];

/// Endings of hosts that are run from the United States, or mostly so.
const AMERICAN: &[&str] = &[".gov", ".mil", ".edu", ".us", ".com", ".net", ".org", ".io", ".ai"];

/// How the page writes its dates: by the region it declares, else by its language and the end of its host's name.
pub(super) fn locale<'a>(harvest: &Harvest, language: Option<&'a str>, host: Option<&str>) -> Locale<'a> {
    let tags = [harvest.language.as_deref(), harvest.meta_first("og:locale")];
    let regions: Vec<String> =
        tags.into_iter().flatten().filter_map(|tag| tag.split(['-', '_']).nth(1)).map(str::to_ascii_lowercase).collect();
    let english = language.is_none_or(|l| l == "en");
    let by_host = host.is_some_and(|host| AMERICAN.iter().any(|end| host.ends_with(end)));
    let by_region = regions.iter().any(|region| MONTH_FIRST.iter().any(|(code, _)| code == region));
    // Many sites outside the States leave the region of their software's default in place: the host may contradict it.
    let month_first = english && if host.is_some() { by_host && (by_region || !regions.iter().any(|r| r.len() == 2)) } else { by_region };
    Locale { language, month_first }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_iso_639_1() {
        for (tag, wanted) in [
            ("en-NZ", Some("en")),
            ("pt_BR", Some("pt")),
            ("iw", Some("he")),
            ("nn-NO", Some("nb")),
            ("deu", None),
            ("", None),
            ("x", None),
        ] {
            assert_eq!(code(tag).as_deref(), wanted, "{tag}");
        }
    }

    #[test]
    fn the_region_and_the_host_order_dates() {
        let with = |tag: &str| Harvest { language: Some(tag.to_owned()), ..Harvest::default() };
        for (region, _) in MONTH_FIRST {
            assert!(locale(&with(&format!("en-{region}")), Some("en"), None).month_first, "{region}");
        }
        for end in AMERICAN {
            assert!(locale(&with("en"), Some("en"), Some(&format!("pier{end}"))).month_first, "{end}");
        }
        assert!(!locale(&with("en-GB"), Some("en"), Some("pier.com")).month_first);
        assert!(!locale(&with("en-US"), Some("en"), Some("pier.co.nz")).month_first);
        assert!(!locale(&with("de"), Some("de"), Some("pier.com")).month_first);
    }
}
