//! What JSON-LD says about the page: its article among all the things a graph describes.
//!
//! Vocabulary: <https://schema.org/Article>, <https://schema.org/WebPage>, <https://schema.org/CreativeWork>.

use super::json::{Json, parse};
use super::wording::{key, shown};
use std::collections::HashMap;

/// What is said about the page. Names are as shown, dates as written.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<Named>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    pub(super) published: Option<String>,
    pub(super) created: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) language: Option<String>,
    pub(super) body: Option<String>,
    /// The type is one of news (`NewsArticle` and its kin).
    pub(super) news: bool,
    /// What the dates belong to.
    pub(super) kind: Kind,
}

/// A person or an organisation.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) organisation: bool,
}

/// What a node of the graph describes, the best witness last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    #[default]
    None,
    /// A video or recording.
    Media,
    /// A page or any other work.
    Page,
    /// An article.
    Article,
}

/// Types of schema.org, and what a node of them says about the page. Longer names end in these (`OpinionNewsArticle`).
const TYPES: &[(&str, Kind, &str)] = &[
    ("article", Kind::Article, "Article, NewsArticle, TechArticle, ScholarlyArticle, AdvertiserContentArticle"),
    ("blogposting", Kind::Article, "a post of a blog, LiveBlogPosting"),
    ("posting", Kind::Article, "SocialMediaPosting, DiscussionForumPosting"),
    ("report", Kind::Article, "Report"),
    ("analysis", Kind::Article, "AnalysisNewsArticle is written short"),
    ("review", Kind::Article, "a review as the main thing of its page"),
    ("recipe", Kind::Article, "a recipe"),
    ("howto", Kind::Article, "instructions"),
    ("podcastepisode", Kind::Article, "an episode with its own page"),
    ("webpage", Kind::Page, "the page"),
    ("itempage", Kind::Page, "a page of one thing"),
    ("medicalwebpage", Kind::Page, "a page"),
    ("creativework", Kind::Page, "any work"),
    ("faqpage", Kind::Page, "a page"),
    ("videoobject", Kind::Media, "a film, maybe one of many"),
];

/// Members that lead from a root to the node of the page; all others lead to parts, offers, comments and other pages.
const DOWN: &[&str] = &["@graph", "mainEntity", "mainEntityOfPage"];

/// Reads all scripts. `hints` are keys of the page's title, in which the right article is recognised.
pub(super) fn facts(scripts: &[String], hints: &[String]) -> Facts {
    let roots: Vec<Json> = scripts.iter().flat_map(|script| parse(script)).collect();
    let mut nodes = Vec::new();
    for root in &roots {
        collect(root, 0, &mut nodes);
    }
    let mut named: HashMap<&str, &Json> = HashMap::new();
    for node in &nodes {
        if let Some(id) = node.get("@id").and_then(Json::text)
            && node.get("name").is_some()
        {
            named.entry(id).or_insert(node);
        }
    }
    let mut ranked: Vec<(i32, Kind, &Json)> =
        nodes.iter().filter_map(|node| rank(node, hints).map(|(score, kind)| (score, kind, *node))).collect();
    // Stable: of equals the first.
    ranked.sort_by_key(|(score, ..)| -score);
    let mut facts = Facts::default();
    for (_, kind, node) in ranked {
        merge(&mut facts, node, kind, &named);
    }
    if facts.publisher.is_none() {
        facts.publisher = nodes.iter().find(|n| has_type(n, "website")).and_then(|n| n.get("name")?.text()).map(shown);
    }
    facts
}

fn collect<'j>(value: &'j Json, depth: usize, out: &mut Vec<&'j Json>) {
    if depth > 6 || out.len() > 2_000 {
        return;
    }
    for item in value.items() {
        if let Json::Object(members) = item {
            out.push(item);
            for (name, member) in members {
                if DOWN.contains(&name.as_str()) {
                    collect(member, depth + 1, out);
                }
            }
        } else if let Json::List(_) = item {
            collect(item, depth + 1, out);
        }
    }
}

fn types(node: &Json) -> impl Iterator<Item = String> + '_ {
    node.get("@type")
        .or_else(|| node.get("type"))
        .map(Json::items)
        .unwrap_or_default()
        .iter()
        .filter_map(Json::text)
        .map(|t| t.rsplit(['/', '#', ':']).next().unwrap_or(t).to_ascii_lowercase())
}

fn has_type(node: &Json, name: &str) -> bool {
    types(node).any(|t| t == name)
}

/// How well a node stands for the page; `None` for things that are no page at all.
fn rank(node: &Json, hints: &[String]) -> Option<(i32, Kind)> {
    let kind = types(node).filter_map(|t| TYPES.iter().find(|(end, ..)| t.ends_with(end)).map(|(_, kind, _)| *kind)).max()?;
    let mut score = match kind {
        Kind::Article => 100,
        Kind::Page => 50,
        Kind::Media | Kind::None => 10,
    };
    if let Some(title) = node.get("headline").or_else(|| node.get("name")).and_then(Json::text) {
        let title = key(&shown(title));
        if !title.is_empty() && hints.iter().any(|hint| hint.starts_with(&title) || title.starts_with(hint.as_str())) {
            score += 20;
        }
    }
    if node.get("datePublished").is_some() {
        score += 5;
    }
    Some((score, kind))
}

/// Adds what `node` says where nothing better has spoken.
fn merge(facts: &mut Facts, node: &Json, kind: Kind, named: &HashMap<&str, &Json>) {
    let text = |name: &str| node.get(name).and_then(Json::text).map(shown).filter(|t| !t.is_empty());
    if facts.kind == Kind::None {
        facts.kind = kind;
        facts.news = types(node).any(|t| t.ends_with("newsarticle"));
    }
    if kind < facts.kind && kind != Kind::Page {
        return;
    }
    if facts.headline.is_none() && kind == Kind::Article {
        facts.headline = text("headline").or_else(|| text("name"));
    }
    if facts.authors.is_empty() && (kind == Kind::Article || facts.kind == kind) {
        for role in ["author", "creator", "byline"] {
            facts.authors = node.get(role).map(|value| names(value, named)).unwrap_or_default();
            if !facts.authors.is_empty() {
                break;
            }
        }
    }
    facts.publisher = facts.publisher.take().or_else(|| {
        let publisher = node.get("publisher").or_else(|| node.get("sourceOrganization"))?;
        names(publisher, named).into_iter().next().map(|n| n.name)
    });
    if facts.published.is_none() && kind == facts.kind {
        facts.published = text("datePublished");
        facts.created = facts.created.take().or_else(|| text("dateCreated")).or_else(|| text("uploadDate"));
    } else if facts.published.is_none() && facts.created.is_none() {
        facts.created = text("datePublished");
    }
    facts.modified = facts.modified.take().or_else(|| text("dateModified"));
    facts.url = facts
        .url
        .take()
        .or_else(|| text("url"))
        .or_else(|| text("mainEntityOfPage"))
        .or_else(|| node.get("mainEntityOfPage")?.get("@id")?.text().map(str::to_owned));
    facts.language = facts.language.take().or_else(|| text("inLanguage"));
    facts.body = facts.body.take().or_else(|| match node.get("articleBody") {
        Some(Json::Text(body)) => Some(body.clone()),
        _ => None,
    });
}

/// Names of a value that may be a text, a node, a reference to one, or a list of these.
fn names(value: &Json, named: &HashMap<&str, &Json>) -> Vec<Named> {
    let mut out: Vec<Named> = Vec::new();
    for item in value.items().iter().take(60) {
        let (name, organisation) = match item {
            Json::Text(name) => (Some(name.as_str()), false),
            Json::Object(_) => {
                let referred = item.get("@id").and_then(Json::text).and_then(|id| named.get(id)).copied();
                let node = if item.get("name").is_some() { item } else { referred.unwrap_or(item) };
                let organisation = types(node).any(|t| t.ends_with("organization") || t == "corporation" || t == "brand");
                // A list of names under one node.
                if let Some(Json::List(several)) = node.get("name") {
                    for name in several.iter().filter_map(Json::text).take(60) {
                        out.push(Named { name: shown(name), organisation });
                    }
                    continue;
                }
                (node.get("name").and_then(Json::text), organisation)
            }
            _ => (None, false),
        };
        if let Some(name) = name.map(shown).filter(|n| !n.is_empty()) {
            out.push(Named { name, organisation });
        }
    }
    out.dedup_by(|a, b| a.name == b.name);
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(script: &str) -> Facts {
        facts(&[script.to_owned()], &["harbour reopens".to_owned()])
    }

    #[test]
    fn each_type_is_ranked() {
        for (name, kind, reason) in TYPES {
            assert!(!reason.is_empty());
            assert_eq!(read(&format!("{{\"@type\": \"{name}\"}}")).kind, *kind, "{name}");
        }
    }

    #[test]
    fn the_article_of_a_graph_speaks_and_references_are_followed() {
        let found = read(
            r##"{"@context":"https://schema.org","@graph":[
              {"@type":"WebPage","@id":"#p","datePublished":"2020-01-01","inLanguage":"en-NZ"},
              {"@type":"NewsArticle","headline":"Other story","datePublished":"2019-01-01"},
              {"@type":["NewsArticle"],"headline":"Harbour reopens","author":[{"@id":"#ada"},{"@type":"Organization","name":"Wire"}],
               "datePublished":"2021-07-19T08:00:00+12:00","dateModified":"2021-07-20","publisher":{"@id":"#org"}},
              {"@type":"Person","@id":"#ada","name":"Ada Marsh"},{"@type":"Organization","@id":"#org","name":"The Pier"}]}"##,
        );
        assert_eq!(found.headline.as_deref(), Some("Harbour reopens"));
        assert_eq!(found.published.as_deref(), Some("2021-07-19T08:00:00+12:00"));
        assert_eq!(found.modified.as_deref(), Some("2021-07-20"));
        assert_eq!(found.publisher.as_deref(), Some("The Pier"));
        assert_eq!(
            found.authors,
            [Named { name: "Ada Marsh".into(), organisation: false }, Named { name: "Wire".into(), organisation: true }]
        );
        assert!(found.news);
    }

    #[test]
    fn parts_and_other_pages_do_not_speak() {
        let found = read(
            r#"{"@type":"WebPage","name":"Harbour reopens","hasPart":[{"@type":"NewsArticle","headline":"x","datePublished":"2019-01-01"}],
               "comment":[{"@type":"Comment","datePublished":"2022-02-02","author":"Someone"}]}"#,
        );
        assert_eq!((found.published, found.authors.len(), found.headline), (None, 0, None));
    }
}
