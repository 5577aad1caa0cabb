//! The headline, once, without the site's name: chosen among headings, meta tags, JSON-LD and `<title>` by their agreement.

use super::harvest::{Harvest, Heading};
use super::jsonld::Facts;
use super::meta_tags::TITLES;
use super::publisher::is_alias;
use super::regions::{ASIDE, CHROME, COMMENT, HIDDEN};
use super::wording::key;
use crate::article::Valued;

/// Marks that part a headline from the name of its site. The flag: it parts even without blanks around it.
const SEPARATORS: &[(&str, bool)] = &[
    (" | ", true),
    (" - ", false),
    (" – ", false),
    (" — ", false),
    (" · ", false),
    (" • ", false),
    (" :: ", false),
    (" » ", false),
    (" « ", false),
    (" * ", false),
    (" / ", false),
    (" : ", false),
    (" // ", false),
    (" ~ ", false),
    ("|", true),
    ("｜", true),
    ("ㅣ", true),
];

/// The chosen title, and the heading on the page that shows it.
#[derive(Debug)]
pub(super) struct Chosen<'h> {
    pub(super) title: Valued<String>,
    pub(super) heading: Option<&'h Heading>,
}

/// Chooses the headline. `aliases` are keys of the site's names.
pub(super) fn choose<'h>(harvest: &'h Harvest, facts: &Facts, aliases: &[String]) -> Option<Chosen<'h>> {
    let meta = TITLES.iter().find_map(|(name, _)| harvest.meta_first(name).map(|value| (value, *name)));
    let declared = [meta.map(|(value, _)| value), facts.headline.as_deref(), harvest.title.as_deref()];
    let declared: Vec<&str> = declared.into_iter().flatten().collect();
    // Segments of declared titles: what a heading should be one of.
    let segments: Vec<String> = declared.iter().flat_map(|title| spans(title)).map(key).filter(|k| !k.is_empty()).collect();
    let author_keys: Vec<String> = facts.authors.iter().map(|a| key(&a.name)).collect();

    let mut best: Option<(i32, &Heading)> = None;
    for heading in harvest.headings.iter().filter(|h| h.level <= 2 || h.headline) {
        if let Some(score) = score(heading, &declared, &segments, aliases, &author_keys)
            && best.is_none_or(|(s, _)| score > s)
        {
            best = Some((score, heading));
        }
    }
    if let Some((score, heading)) = best
        && score > 0
    {
        let shown = key(&heading.text);
        let confidence = if segments.contains(&shown) { 0.95 } else { 0.75 };
        let wholes =
            [facts.headline.as_deref(), harvest.title.as_deref()].into_iter().flatten().map(|t| key(without_site(t, aliases, true)));
        let wholes: Vec<String> = wholes.collect();
        if let Some((value, evidence, _)) = declared_title(harvest, facts, meta, aliases)
            && is_meant(&value, &heading.text, &segments, &wholes)
        {
            return Some(Chosen { title: Valued::new(value, evidence, 0.8), heading: Some(heading) });
        }
        let text = without_site(&heading.text, aliases, false);
        let evidence = match heading.level {
            1 => "h1",
            2 => "h2",
            _ => "headline element",
        };
        return Some(Chosen { title: Valued::new(text.to_owned(), evidence, confidence), heading: Some(heading) });
    }
    // No heading of the first level speaks: one of the second may show what the page declares.
    let (value, evidence, confidence) = declared_title(harvest, facts, meta, aliases)?;
    let wanted = key(&value);
    let heading = harvest.headings.iter().find(|h| key(&h.text) == wanted).or_else(|| {
        // Worded otherwise, but about the same.
        harvest.headings.iter().find(|h| h.bits & (ASIDE | CHROME | COMMENT) == 0 && h.level < 3 && overlap(&key(&h.text), &wanted) >= 0.5)
    });
    Some(Chosen { title: Valued::new(value, evidence, confidence), heading })
}

/// The best title that is declared rather than shown.
fn declared_title(
    harvest: &Harvest,
    facts: &Facts,
    meta: Option<(&str, &'static str)>,
    aliases: &[String],
) -> Option<(String, String, f32)> {
    let clean = |title: &str| without_site(title, aliases, true).to_owned();
    let from_meta =
        meta.map(|(value, name)| (clean(value), format!("meta {name}"), 0.85)).filter(|(value, ..)| !is_alias(&key(value), aliases));
    let from_facts = facts.headline.as_deref().map(|value| (clean(value), "json-ld headline".to_owned(), 0.85));
    let from_title = harvest.title.as_deref().map(|value| (clean(value), "title".to_owned(), 0.6));
    from_meta.or(from_facts).or(from_title).filter(|(value, ..)| !value.is_empty())
}

/// Whether a declared title is what a heading means that shows it otherwise. `wholes` are keys of other declared titles as a whole.
fn is_meant(declared: &str, heading: &str, segments: &[String], wholes: &[String]) -> bool {
    let (wanted, shown) = (key(declared), key(heading));
    if wanted == shown {
        return false;
    }
    // Mark-up inside a word parts it: `Harbour re opens`.
    if wanted.replace(' ', "") == shown.replace(' ', "") {
        return true;
    }
    if wholes.contains(&shown) {
        return false;
    }
    // A word or two beside a long title: `Contents`.
    if shown.split(' ').count() <= 2 && wanted.split(' ').count() >= 4 {
        return !segments.contains(&shown);
    }
    let (long, short, text) = if shown.len() > wanted.len() { (&shown, &wanted, heading) } else { (&wanted, &shown, declared) };
    if short.split(' ').count() < 3 || long.len() <= short.len() {
        return false;
    }
    // A kicker before the headline, which one of the two leaves out.
    if long.ends_with(&format!(" {short}")) {
        return shown.len() > wanted.len() || text.contains([':', '–', '—', '|', '»', '+', '•', '“', '”', '"']);
    }
    // A day or a section behind it, inside the same element.
    shown.len() > wanted.len() && long.strip_prefix(&format!("{short} ")).is_some_and(|rest| rest.bytes().any(|b| b.is_ascii_digit()))
}

/// How much speaks for a heading; `None` where it is none of a headline.
fn score(heading: &Heading, declared: &[&str], segments: &[String], aliases: &[String], authors: &[String]) -> Option<i32> {
    let wanted = key(&heading.text);
    if wanted.is_empty() || heading.text.len() > 400 || heading.text.contains("{{") {
        return None;
    }
    let mut score = if heading.level == 1 { 10 } else { -15 };
    if segments.contains(&wanted) {
        score += 100;
    } else if heading.level > 1 && !declared.is_empty() {
        // A heading of a lower level heads a part of the page, unless the page declares it.
        return None;
    }
    if is_alias(&wanted, aliases) || authors.contains(&wanted) {
        score -= 200;
    }
    let best = declared.iter().map(|title| overlap(&wanted, &key(title))).fold(0.0_f32, f32::max);
    score += (best * 40.0) as i32;
    // A heading that shares nothing with any declared title is that of something else.
    if !declared.is_empty() && best == 0.0 {
        score -= 15;
    }
    if heading.bits & (ASIDE | COMMENT) != 0 {
        score -= 20;
    }
    if heading.bits & CHROME != 0 {
        score -= 15;
    }
    if heading.bits & HIDDEN != 0 {
        score -= 10;
    }
    if heading.headline {
        score += 20;
    }
    Some(score)
}

/// Share of the words of the shorter key that the other has too.
fn overlap(one: &str, other: &str) -> f32 {
    let a: Vec<&str> = one.split(' ').collect();
    let b: Vec<&str> = other.split(' ').collect();
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.is_empty() || short.len() > 60 {
        return 0.0;
    }
    let shared = short.iter().filter(|word| word.chars().count() > 2 && long.contains(word)).count();
    shared as f32 / short.len() as f32
}

/// A title as a whole, and all it can be cut to at its separators.
fn spans(title: &str) -> Vec<&str> {
    let mut out = vec![title];
    for (separator, _) in SEPARATORS {
        for (at, _) in title.match_indices(separator).take(4) {
            out.push(title.get(..at).unwrap_or_default().trim());
            out.push(title.get(at + separator.len()..).unwrap_or_default().trim());
        }
    }
    out
}

/// The title without the name of its site at either end. `guess`: the last part of several goes even where it is no known name.
pub(in crate::extract) fn without_site<'t>(title: &'t str, aliases: &[String], guess: bool) -> &'t str {
    let mut rest = title.trim();
    for _ in 0..4 {
        let before = rest;
        for (separator, _) in SEPARATORS {
            if let Some((head, tail)) = rest.rsplit_once(separator)
                && is_site(tail, aliases, guess)
                && !head.trim().is_empty()
            {
                rest = head.trim();
            }
            if let Some((head, tail)) = rest.split_once(separator)
                && is_site(head, aliases, guess)
                && !tail.trim().is_empty()
            {
                rest = tail.trim();
            }
        }
        if rest == before {
            break;
        }
    }
    // "The Pier: Harbour reopens", where nothing else parts them.
    if let Some((head, tail)) = rest.split_once(": ")
        && is_alias(&key(head), aliases)
        && !tail.trim().is_empty()
    {
        rest = tail.trim();
    }
    if guess && rest.len() == title.trim().len() {
        for (separator, _) in SEPARATORS {
            if let Some((head, tail)) = rest.rsplit_once(separator)
                && key(head).split(' ').count() >= 3
                && key(tail).split(' ').count() <= 5
                && head.len() > tail.len()
                && !tail.contains(['“', '”', '„', '"', '«', '»', '?', '!'])
            {
                return head.trim();
            }
        }
    }
    rest
}

/// Whether a part of a title is the site's name: one of its aliases, or loosely what begins with one ("The Pier News").
fn is_site(part: &str, aliases: &[String], loosely: bool) -> bool {
    let part = key(part);
    is_alias(&part, aliases)
        || loosely
            && part.split(' ').count() <= 4
            && aliases.iter().any(|alias| alias.len() > 3 && (part.starts_with(alias.as_str()) || part.ends_with(alias.as_str())))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn aliases() -> Vec<String> {
        vec!["the pier".to_owned(), "pier example".to_owned()]
    }

    fn heading(text: &str, bits: u16) -> Heading {
        Heading { text: text.to_owned(), level: 1, bits, at: 0, headline: false }
    }

    #[test]
    fn the_name_of_the_site_goes_at_every_separator() {
        for (separator, _) in SEPARATORS {
            assert_eq!(
                without_site(&format!("Harbour reopens after storm{separator}The Pier"), &aliases(), false),
                "Harbour reopens after storm",
                "{separator}"
            );
            assert_eq!(
                without_site(&format!("The Pier{separator}Harbour reopens after storm"), &aliases(), false),
                "Harbour reopens after storm",
                "{separator}"
            );
        }
        assert_eq!(without_site("Harbour - reopens", &aliases(), false), "Harbour - reopens");
        assert_eq!(without_site("Harbour reopens after storm - Local News", &aliases(), true), "Harbour reopens after storm");
        assert_eq!(without_site("The Pier", &aliases(), true), "The Pier");
        assert_eq!(without_site("The Pier: Harbour reopens", &aliases(), false), "Harbour reopens");
    }

    #[test]
    fn the_heading_that_agrees_with_the_page_wins() {
        let harvest = Harvest {
            title: Some("Harbour reopens after storm | The Pier".into()),
            headings: vec![heading("The Pier", 0), heading("Most read", ASIDE), heading("Harbour reopens after storm", 0)],
            ..Harvest::default()
        };
        let chosen = choose(&harvest, &Facts::default(), &aliases()).unwrap();
        assert_eq!(chosen.title.value, "Harbour reopens after storm");
        assert_eq!(chosen.title.evidence, "h1");
        assert!(chosen.heading.is_some());
    }

    #[test]
    fn a_heading_that_says_it_otherwise_gives_way_to_what_is_declared() {
        let none: [String; 0] = [];
        let table = [
            ("Harbour reopens after storm", "Live: Harbour reopens after storm", true, "a kicker in the heading"),
            ("Storm: harbour reopens after repairs", "harbour reopens after repairs", true, "a kicker left out"),
            ("Twelve tips for small harbours today", "tips for small harbours today", false, "a number in the declared title alone"),
            ("Harbour reopens after storm", "Harbour re opens after storm", true, "a word parted by mark-up"),
            ("Harbour reopens after storm", "Harbour reopens after storm 19.07.2021", true, "a day behind the headline"),
            ("Harbour reopens after storm", "Contents", true, "the heading of a part"),
            ("Harbour reopens after storm", "The harbour is open again", false, "worded otherwise"),
        ];
        for (declared, heading, want, why) in table {
            assert_eq!(is_meant(declared, heading, &none, &none), want, "{why}");
        }
        assert!(!is_meant(
            "Harbour reopens after storm",
            "Live: Harbour reopens after storm",
            &none,
            &[key("Live: Harbour reopens after storm")]
        ));
    }

    #[test]
    fn a_page_that_shows_its_name_alone_is_called_as_it_declares() {
        let harvest = Harvest {
            metas: vec![("og:title".into(), "Harbour reopens after storm - The Pier".into())],
            headings: vec![heading("The Pier", 0)],
            ..Harvest::default()
        };
        let chosen = choose(&harvest, &Facts::default(), &aliases()).unwrap();
        assert_eq!((chosen.title.value.as_str(), &*chosen.title.evidence), ("Harbour reopens after storm", "meta og:title"));
    }
}
