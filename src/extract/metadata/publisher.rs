//! Who published the page: the outlet, agency or company, and the names by which a title or byline may call it.

use super::harvest::Harvest;
use super::jsonld::Facts;
use super::meta_tags::PUBLISHERS;
use super::wording::key;
use crate::article::{Page, Valued};

/// The publisher. `host` is that of the page's address.
pub(super) fn choose(harvest: &Harvest, facts: &Facts, page: &Page, host: Option<&str>) -> Option<Valued<String>> {
    let mut found: Vec<Valued<String>> = Vec::new();
    for (name, trust, _) in PUBLISHERS {
        if let Some(value) = harvest.meta_first(name).map(|v| without_copyright(v).to_owned()).filter(|v| is_outlet(v)) {
            found.push(Valued::new(value, format!("meta {name}"), *trust));
        }
    }
    if let Some(name) = facts.publisher.clone().filter(|name| is_outlet(name)) {
        found.push(Valued::new(name, "json-ld publisher", 0.88));
    }
    let best = found.into_iter().max_by(|a, b| a.confidence.total_cmp(&b.confidence));
    best.or_else(|| copyright_line(page).map(|name| Valued::new(name, "copyright line", 0.5)))
        .or_else(|| Some(Valued::new(domain(host?).to_owned(), "url", 0.3)))
}

/// The keys of all names the site goes by, for taking them off titles and bylines.
pub(super) fn aliases(harvest: &Harvest, facts: &Facts, host: Option<&str>) -> Vec<String> {
    let mut names: Vec<String> =
        PUBLISHERS.iter().take_while(|(_, trust, _)| *trust > 0.5).filter_map(|(name, ..)| harvest.meta_first(name)).map(key).collect();
    names.extend(facts.publisher.as_deref().map(key));
    if let Some(host) = host {
        let domain = domain(host);
        names.push(key(domain));
        names.push(key(host));
        names.extend(domain.split('.').next().map(key));
    }
    names.retain(|name| name.len() > 1);
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether a key is one of the aliases, blanks and articles aside.
pub(super) fn is_alias(candidate: &str, aliases: &[String]) -> bool {
    let bare = |text: &str| text.strip_prefix("the ").unwrap_or(text).replace(' ', "");
    let candidate = bare(candidate);
    !candidate.is_empty() && aliases.iter().any(|alias| bare(alias) == candidate)
}

/// A name, not an address, a handle or a sentence.
fn is_outlet(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 100
        && !name.contains("://")
        && !name.starts_with('@')
        && name.split_whitespace().count() <= 10
        && name.chars().any(char::is_alphabetic)
}

/// "Copyright © 2019–2021 The Pier Ltd. All rights reserved." names "The Pier Ltd".
fn copyright_line(page: &Page) -> Option<String> {
    // The line stands at the foot of the page.
    page.blocks.iter().rev().take(60).filter(|block| block.text.len() <= 300).find_map(|block| {
        let lower = block.text.to_lowercase();
        if !(block.text.contains('©') || lower.contains("copyright") || lower.contains("(c) ")) {
            return None;
        }
        Some(without_copyright(&block.text).to_owned()).filter(|name| is_outlet(name) && name.split_whitespace().count() <= 6)
    })
}

/// The name inside a copyright notice; a text that is none stays as it is.
pub(in crate::extract) fn without_copyright(text: &str) -> &str {
    let mut rest = text.trim();
    loop {
        let before = rest;
        for word in ["copyright", "©", "&copy;", "(c)", "all rights reserved", "by "] {
            if let Some(head) = rest.get(..word.len())
                && head.eq_ignore_ascii_case(word)
            {
                rest = rest.get(word.len()..).unwrap_or_default();
            }
        }
        rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '–' | ',' | '.' | ':' | '|'));
        if rest == before {
            break;
        }
    }
    let end = ["all rights", "all right", "alle rechte", "tous droits", "todos los derechos", "todos os direitos", "tutti i diritti"]
        .iter()
        .filter_map(|notice| {
            rest.char_indices()
                .map(|(at, _)| at)
                .find(|at| rest.get(*at..*at + notice.len()).is_some_and(|part| part.eq_ignore_ascii_case(notice)))
        })
        .chain(rest.find(['©', '|', '·', '•']))
        .min()
        .unwrap_or(rest.len());
    rest.get(..end)
        .unwrap_or(rest)
        .trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '–' | ':' | '|'))
}

/// The part of a host that names the site: without `www.` and its kin.
pub(super) fn domain(host: &str) -> &str {
    let mut host = host;
    for prefix in ["www.", "m.", "amp.", "mobile.", "edition."] {
        host = host.strip_prefix(prefix).unwrap_or(host);
    }
    host
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copyright_notice_gives_its_name() {
        let table = [
            ("Copyright © 2019–2021 The Pier Ltd. All rights reserved.", "The Pier Ltd"),
            ("© 2021 Harbour Daily", "Harbour Daily"),
            ("(c) Harbour Daily 2021", "Harbour Daily"),
            ("Harbour Daily", "Harbour Daily"),
            ("©", ""),
        ];
        for (line, wanted) in table {
            assert_eq!(without_copyright(line), wanted, "{line}");
        }
    }

    #[test]
    fn aliases_forget_blanks_and_articles() {
        let aliases = ["the pier".to_owned(), "harbourdaily com".to_owned()];
        assert!(is_alias("pier", &aliases) && is_alias("harbour daily com", &aliases));
        assert!(!is_alias("pier watch", &aliases) && !is_alias("", &aliases));
    }
}
