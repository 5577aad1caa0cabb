//! Names of meta tags, as data: what their content is, and how far it is to be trusted.

use super::date::Role;

/// Meta tags that carry a day: name, what day, trust from 0 to 1, whose vocabulary.
pub(super) const DATES: &[(&str, Role, f32, &str)] = &[
    ("article:published_time", Role::Published, 0.93, "Open Graph"),
    ("og:article:published_time", Role::Published, 0.93, "Open Graph, misspelt"),
    ("og:published_time", Role::Published, 0.9, "Open Graph, misspelt"),
    ("article:published", Role::Published, 0.9, "Open Graph, short"),
    ("article.published", Role::Published, 0.9, "news sites"),
    ("datepublished", Role::Published, 0.93, "schema.org as microdata"),
    ("date_published", Role::Published, 0.9, "news sites"),
    ("date-published", Role::Published, 0.9, "news sites"),
    ("publisheddate", Role::Published, 0.9, "news sites"),
    ("published_date", Role::Published, 0.9, "news sites"),
    ("published-date", Role::Published, 0.9, "news sites"),
    ("published_time", Role::Published, 0.9, "news sites"),
    ("published_at", Role::Published, 0.9, "news sites"),
    ("publishdate", Role::Published, 0.9, "news sites"),
    ("publish-date", Role::Published, 0.9, "news sites"),
    ("publish_date", Role::Published, 0.9, "news sites"),
    ("publish_time", Role::Published, 0.9, "news sites"),
    ("publication_date", Role::Published, 0.9, "news sites"),
    ("publication-date", Role::Published, 0.9, "news sites"),
    ("publicationdate", Role::Published, 0.9, "news sites"),
    ("originalpublicationdate", Role::Published, 0.93, "news sites"),
    ("article_date_original", Role::Published, 0.93, "news sites"),
    ("article_original_publication_date", Role::Published, 0.93, "news sites"),
    ("pubdate", Role::Published, 0.9, "RSS as meta"),
    ("pub_date", Role::Published, 0.9, "RSS as meta"),
    ("bt:pubdate", Role::Published, 0.9, "Boomtrain"),
    ("sailthru.date", Role::Published, 0.88, "Sailthru"),
    ("parsely-pub-date", Role::Published, 0.92, "Parse.ly"),
    ("cxenseparse:recs:publishtime", Role::Published, 0.9, "Cxense"),
    ("cxenseparse:publishtime", Role::Published, 0.9, "Cxense"),
    ("shareaholic:article_published_time", Role::Published, 0.9, "Shareaholic"),
    ("rnews:datepublished", Role::Published, 0.9, "rNews"),
    ("vr:published_time", Role::Published, 0.9, "news sites"),
    ("analyticsattributes.articledate", Role::Published, 0.85, "news sites"),
    ("displaydate", Role::Published, 0.85, "news sites"),
    ("ptime", Role::Published, 0.85, "news sites"),
    ("pdate", Role::Published, 0.85, "news sites"),
    ("releasedate", Role::Published, 0.85, "press releases"),
    ("release_date", Role::Published, 0.85, "press releases"),
    ("dc.date.issued", Role::Published, 0.9, "Dublin Core"),
    ("dcterms.issued", Role::Published, 0.9, "Dublin Core"),
    ("dcterms.date", Role::Published, 0.8, "Dublin Core"),
    ("dcterms.created", Role::Published, 0.82, "Dublin Core"),
    ("dcterms.available", Role::Published, 0.8, "Dublin Core"),
    ("dc.date", Role::Published, 0.8, "Dublin Core"),
    ("dc:date", Role::Published, 0.8, "Dublin Core"),
    ("dc.date.created", Role::Published, 0.82, "Dublin Core"),
    ("dc.created", Role::Published, 0.82, "Dublin Core"),
    ("citation_publication_date", Role::Published, 0.88, "Highwire Press"),
    ("citation_online_date", Role::Published, 0.88, "Highwire Press"),
    ("citation_date", Role::Published, 0.85, "Highwire Press"),
    ("prism.publicationdate", Role::Published, 0.88, "PRISM"),
    ("og:pubdate", Role::Published, 0.85, "news sites"),
    ("article:created", Role::Published, 0.8, "news sites"),
    ("datecreated", Role::Published, 0.78, "schema.org as microdata"),
    ("created", Role::Published, 0.7, "content managers"),
    ("date", Role::Published, 0.75, "HTML"),
    ("article_date", Role::Published, 0.85, "news sites"),
    ("article:date", Role::Published, 0.8, "news sites"),
    ("weibo: article:create_at", Role::Published, 0.85, "Weibo"),
    ("article:create_at", Role::Published, 0.85, "Weibo"),
    ("article:modified_time", Role::Modified, 0.9, "Open Graph"),
    ("og:updated_time", Role::Modified, 0.8, "Open Graph"),
    ("og:article:modified_time", Role::Modified, 0.8, "Open Graph, misspelt"),
    ("article:modified", Role::Modified, 0.8, "Open Graph, short"),
    ("datemodified", Role::Modified, 0.9, "schema.org as microdata"),
    ("dateupdate", Role::Modified, 0.8, "news sites"),
    ("lastmod", Role::Modified, 0.8, "sitemaps as meta"),
    ("last-modified", Role::Modified, 0.7, "HTTP as meta"),
    ("lastmodified", Role::Modified, 0.7, "content managers"),
    ("last_modified", Role::Modified, 0.7, "content managers"),
    ("modified_time", Role::Modified, 0.8, "news sites"),
    ("modified-date", Role::Modified, 0.8, "news sites"),
    ("modificationdate", Role::Modified, 0.8, "content managers"),
    ("revision_date", Role::Modified, 0.7, "content managers"),
    ("revised", Role::Modified, 0.7, "HTML"),
    ("updated_time", Role::Modified, 0.8, "news sites"),
    ("dc.date.modified", Role::Modified, 0.8, "Dublin Core"),
    ("dcterms.modified", Role::Modified, 0.8, "Dublin Core"),
    ("dc.modified", Role::Modified, 0.8, "Dublin Core"),
];

/// Parts of names that no list knows: of days of publication, and of days that are no such.
const PUBLISHING: &[&str] = &[
    "publish",
    "pubdate",
    "pub-date",
    "pub_date",
    "posted",
    "uploaded",
    "issued",
    "releasedate",
    "release-date",
    "release_date",
    "created",
];
const NOT_PUBLISHING: &[&str] = &[
    "modif",
    "updat",
    "expir",
    "event",
    "start",
    "end",
    "birth",
    "valid",
    "review",
    "deadline",
    "access",
    "copyright",
    "revis",
    "last",
    "un-publish",
    "unpublish",
    "publisher",
    "site",
    "comment",
];

/// What day a meta tag of that name carries, and the trust in it.
pub(super) fn date(name: &str) -> Option<(Role, f32)> {
    if let Some((_, role, trust, _)) = DATES.iter().find(|(known, ..)| *known == name) {
        return Some((*role, *trust));
    }
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    (has(PUBLISHING) && !has(NOT_PUBLISHING)).then_some((Role::Published, 0.7))
}

/// Meta tags that name authors, with the trust in them; of several tags of one name each may name one.
pub(super) const AUTHORS: &[(&str, f32, &str)] = &[
    ("citation_author", 0.92, "Highwire Press"),
    ("parsely-author", 0.9, "Parse.ly"),
    ("sailthru.author", 0.88, "Sailthru"),
    ("author", 0.85, "HTML"),
    ("article:author_name", 0.88, "news sites"),
    ("article:author", 0.8, "Open Graph; often the address of a profile"),
    ("og:article:author", 0.8, "Open Graph, misspelt"),
    ("authors", 0.8, "news sites"),
    ("byl", 0.85, "byline"),
    ("byline", 0.85, "byline"),
    ("dc.creator", 0.82, "Dublin Core"),
    ("dcterms.creator", 0.82, "Dublin Core"),
    ("dc:creator", 0.82, "Dublin Core"),
    ("dc.contributor", 0.6, "Dublin Core"),
    ("creator", 0.7, "content managers"),
    ("cxenseparse:author", 0.8, "Cxense"),
    ("rnews:author", 0.8, "rNews"),
    ("vr:author", 0.8, "news sites"),
    ("article.author", 0.8, "news sites"),
    ("analyticsattributes.author", 0.8, "news sites"),
    ("shareaholic:article_author_name", 0.8, "Shareaholic"),
];

/// Meta tags that name the outlet, the best first.
pub(super) const PUBLISHERS: &[(&str, f32, &str)] = &[
    ("og:site_name", 0.9, "Open Graph"),
    ("citation_journal_title", 0.85, "Highwire Press"),
    ("dc.publisher", 0.8, "Dublin Core"),
    ("dcterms.publisher", 0.8, "Dublin Core"),
    ("article:publisher_name", 0.8, "news sites"),
    ("publisher", 0.75, "HTML"),
    ("source", 0.6, "HTML"),
    ("application-name", 0.7, "HTML"),
    ("apple-mobile-web-app-title", 0.65, "Apple"),
    ("copyright", 0.5, "HTML"),
];

/// Meta tags that carry the headline, the best first.
pub(super) const TITLES: &[(&str, &str)] = &[
    ("og:title", "Open Graph"),
    ("twitter:title", "Twitter"),
    ("citation_title", "Highwire Press"),
    ("headline", "schema.org as microdata"),
    ("parsely-title", "Parse.ly"),
    ("sailthru.title", "Sailthru"),
    ("dc.title", "Dublin Core"),
    ("dcterms.title", "Dublin Core"),
    ("title", "HTML"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_lower_case_and_told_apart() {
        for (name, role, trust, whose) in DATES {
            assert_eq!(*name, name.to_lowercase());
            assert!(!whose.is_empty() && (0.0..=1.0).contains(trust));
            assert_eq!(date(name), Some((*role, *trust)), "{name} stands twice");
        }
        for (name, trust, whose) in AUTHORS.iter().chain(PUBLISHERS) {
            assert_eq!(*name, name.to_lowercase());
            assert!(!whose.is_empty() && (0.0..=1.0).contains(trust));
        }
        for (name, whose) in TITLES {
            assert_eq!(*name, name.to_lowercase());
            assert!(!whose.is_empty());
        }
    }

    #[test]
    fn unknown_names_are_read_by_their_parts() {
        for part in PUBLISHING {
            assert!(date(&format!("x-{part}-x")).is_some(), "{part}");
        }
        for part in NOT_PUBLISHING {
            assert_eq!(date(&format!("x-created-{part}")), None, "{part}");
        }
        assert_eq!(date("viewport"), None);
    }
}
