//! The address a page was saved from.

use super::harvest::Harvest;
use super::jsonld::Facts;
use crate::article::Valued;

/// What tools that save pages write before the address, in a comment at the top.
const SAVED_FROM: &[(&str, &str)] = &[
    ("saved from url=", "browsers, after which stands the length in brackets"),
    ("url:", "SingleFile, on a line of its own"),
    ("mirrored from", "HTTrack"),
    ("source:", "MHTML converters"),
    ("original url", "archives"),
];

/// The address of the page.
pub(super) fn choose(harvest: &Harvest, facts: &Facts) -> Option<Valued<String>> {
    let absolute = |value: &str| {
        let value = value.trim();
        let value = if value.starts_with("//") { format!("https:{value}") } else { value.to_owned() };
        host(&value).is_some().then_some(value)
    };
    // A canonical link to the root says nothing of an article.
    let deep = |value: &String| path(value).len() > 1;
    let candidates = [
        (harvest.canonical.as_deref(), "link canonical", 0.95),
        (harvest.meta_first("og:url"), "meta og:url", 0.9),
        (facts.url.as_deref(), "json-ld url", 0.8),
        (harvest.meta_first("parsely-link"), "meta parsely-link", 0.8),
        (harvest.meta_first("twitter:url"), "meta twitter:url", 0.75),
        (harvest.meta_first("dc.identifier"), "meta dc.identifier", 0.6),
        (harvest.base.as_deref(), "base", 0.4),
    ];
    let mut shallow = None;
    for (value, evidence, confidence) in candidates {
        if let Some(url) = value.and_then(absolute) {
            if deep(&url) {
                return Some(Valued::new(url, evidence, confidence));
            }
            shallow = shallow.or_else(|| Some(Valued::new(url, evidence, confidence * 0.6)));
        }
    }
    harvest.comments.iter().find_map(|comment| saved_from(comment)).map(|url| Valued::new(url, "saved from", 0.85)).or(shallow)
}

fn saved_from(comment: &str) -> Option<String> {
    let lower = comment.to_ascii_lowercase();
    let at = SAVED_FROM.iter().find_map(|(cue, _)| lower.find(cue).map(|at| at + cue.len()))?;
    let rest = comment.get(at..)?;
    let start = rest.find("http").filter(|at| *at < 40)?;
    let url = rest.get(start..)?.split(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>')).next()?;
    host(url).is_some().then(|| url.to_owned())
}

/// The host of an absolute address, lower case.
pub(in crate::extract) fn host(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?;
    (host.contains('.') && host.len() < 254 && !host.contains(char::is_whitespace)).then(|| host.to_ascii_lowercase())
}

/// Whether an address is that of a site's front page.
pub(super) fn is_root(url: &str) -> bool {
    path(url).split(['?', '#']).next().is_none_or(|path| path.trim_matches('/').is_empty())
}

fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find(['/', '?']).and_then(|at| rest.get(at..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_tool_that_saves_pages_is_read() {
        for (cue, tool) in SAVED_FROM {
            assert!(!tool.is_empty());
            let comment = format!(" {cue}(0042)https://pier.example/a?b=1 \n date: today");
            assert_eq!(saved_from(&comment).as_deref(), Some("https://pier.example/a?b=1"), "{cue}");
        }
        assert_eq!(saved_from(" a note "), None);
    }

    #[test]
    fn hosts_are_taken_from_web_addresses_only() {
        assert_eq!(host("https://User@News.Pier.example:8080/a").as_deref(), Some("news.pier.example"));
        for no in ["/relative", "ftp://pier.example/a", "https://localhost/", "https://"] {
            assert_eq!(host(no), None, "{no}");
        }
    }

    #[test]
    fn the_first_deep_address_wins() {
        let mut harvest = Harvest { canonical: Some("https://pier.example/".into()), ..Harvest::default() };
        assert_eq!(choose(&harvest, &Facts::default()).unwrap().value, "https://pier.example/");
        harvest.metas.push(("og:url".into(), "https://pier.example/story".into()));
        assert_eq!(choose(&harvest, &Facts::default()).unwrap().evidence, "meta og:url");
    }
}
