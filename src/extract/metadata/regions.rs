//! Which parts of a page an element belongs to, and what its class says it holds: words of `class`, `id` and the like, as data.

use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::LazyLock;

/// A set of the bits below.
pub(super) type Bits = u16;

/// Readers' comments.
pub(super) const COMMENT: Bits = 1;
/// Teasers of other articles, side columns, advertisements.
pub(super) const ASIDE: Bits = 1 << 1;
/// Head, menus and foot of the site.
pub(super) const CHROME: Bits = 1 << 2;
/// Inside the text of the article.
pub(super) const BODY: Bits = 1 << 3;
/// Names an author.
pub(super) const AUTHOR: Bits = 1 << 4;
/// Holds a date.
pub(super) const DATE: Bits = 1 << 5;
/// Holds a date of publication.
pub(super) const PUBLISHED: Bits = 1 << 6;
/// Holds the date of a change.
pub(super) const MODIFIED: Bits = 1 << 7;
/// About an author, but not the name alone: biography, picture, list of articles.
pub(super) const ABOUT: Bits = 1 << 8;
/// Not shown to the reader.
pub(super) const HIDDEN: Bits = 1 << 9;

/// Inside an element that names an author.
pub(super) const BY: Bits = 1 << 10;
/// Holds a name, where it stands inside such an element.
pub(super) const NAME: Bits = 1 << 11;

/// Holds the headline.
pub(super) const HEADLINE: Bits = 1 << 12;

/// Bits that say where an element is; an element hands them on to what it holds.
pub(super) const PLACE: Bits = COMMENT | ASIDE | CHROME | BODY | HIDDEN;

/// Words of class names, what they mean, and why. The longest word that begins at a place decides.
pub(super) const WORDS: &[(&str, Bits, &str)] = &[
    ("comment", COMMENT, "readers' comments"),
    ("disqus", COMMENT, "a service for comments"),
    ("discussion", COMMENT, "comments"),
    ("respond", COMMENT, "form for comments in blogs"),
    ("responsive", 0, "lay-out, not `respond`"),
    ("reply", COMMENT, "answers to comments"),
    ("related", ASIDE, "other articles"),
    ("recommend", ASIDE, "other articles"),
    ("recirc", ASIDE, "other articles"),
    ("popular", ASIDE, "other articles"),
    ("trending", ASIDE, "other articles"),
    ("mostread", ASIDE, "other articles"),
    ("most-read", ASIDE, "other articles"),
    ("latest", ASIDE, "other articles"),
    ("upnext", ASIDE, "other articles"),
    ("up-next", ASIDE, "other articles"),
    ("read-more", ASIDE, "other articles"),
    ("readmore", ASIDE, "other articles"),
    ("see-also", ASIDE, "other articles"),
    ("teaser", ASIDE, "other articles"),
    ("promo", ASIDE, "advertises other pages"),
    ("carousel", ASIDE, "a band of teasers"),
    ("ticker", ASIDE, "a band of headlines"),
    ("sidebar", ASIDE, "side column"),
    ("widget", ASIDE, "side column of blogs"),
    ("elementor-widget", 0, "any block of a page builder"),
    ("has-sidebar", 0, "lay-out of the whole page"),
    ("with-sidebar", 0, "lay-out of the whole page"),
    ("no-sidebar", 0, "lay-out of the whole page"),
    ("newsletter", ASIDE, "invitation to subscribe"),
    ("outbrain", ASIDE, "a service for teasers"),
    ("taboola", ASIDE, "a service for teasers"),
    ("navigation", CHROME, "menus"),
    ("navbar", CHROME, "menus"),
    ("menu", CHROME, "menus"),
    ("masthead", CHROME, "head of the site; often shows today's date"),
    ("topbar", CHROME, "head of the site"),
    ("top-bar", CHROME, "head of the site"),
    ("site-header", CHROME, "head of the site"),
    ("siteheader", CHROME, "head of the site"),
    ("site-footer", CHROME, "foot of the site"),
    ("footer", CHROME, "foot of the page"),
    ("breadcrumb", CHROME, "path through the site"),
    ("cookie", CHROME, "notice"),
    ("modal", CHROME, "dialogue"),
    ("author", AUTHOR, "author"),
    ("authored", AUTHOR, "author"),
    ("name", NAME, "a name, of whom the elements around tell"),
    ("author-name", AUTHOR | NAME, "name of the author"),
    ("authorname", AUTHOR | NAME, "name of the author"),
    ("author__name", AUTHOR | NAME, "name of the author"),
    ("byline-name", AUTHOR | NAME, "name of the author"),
    ("byline__name", AUTHOR | NAME, "name of the author"),
    ("author-link", AUTHOR | NAME, "name of the author"),
    ("author-box__name", AUTHOR | NAME, "name of the author"),
    ("authors", AUTHOR, "authors"),
    ("byline", AUTHOR, "line that names the author"),
    ("by-line", AUTHOR, "line that names the author"),
    ("writer", AUTHOR, "author"),
    ("journalist", AUTHOR, "author"),
    ("contributor", AUTHOR, "author"),
    ("reporter", AUTHOR, "author"),
    ("columnist", AUTHOR, "author"),
    ("autor", AUTHOR, "author in Spanish, German, Portuguese"),
    ("auteur", AUTHOR, "author in French"),
    ("autore", AUTHOR, "author in Italian"),
    ("auteurs", AUTHOR, "author in French"),
    ("verfasser", AUTHOR, "author in German"),
    ("fn", AUTHOR, "name in an hCard"),
    ("author-bio", ABOUT, "about the author"),
    ("authorbio", ABOUT, "about the author"),
    ("author-box", ABOUT, "about the author"),
    ("authorbox", ABOUT, "about the author"),
    ("author-description", ABOUT, "about the author"),
    ("author-image", ABOUT, "picture"),
    ("author-avatar", ABOUT, "picture"),
    ("author-title", ABOUT, "what the author does"),
    ("author-role", ABOUT, "what the author does"),
    ("author-job", ABOUT, "what the author does"),
    ("author-social", ABOUT, "links"),
    ("author-twitter", ABOUT, "handle"),
    ("author-email", ABOUT, "address"),
    ("authoritative", 0, "not `author`"),
    ("authority", 0, "not `author`"),
    ("headline", HEADLINE, "headline"),
    ("entry-title", HEADLINE, "headline in blogs"),
    ("post-title", HEADLINE, "headline in blogs"),
    ("article-title", HEADLINE, "headline"),
    ("article__title", HEADLINE, "headline"),
    ("articletitle", HEADLINE, "headline"),
    ("date", DATE, "date"),
    ("datetime", DATE, "date"),
    ("dateline", DATE, "place and day of a report"),
    ("datum", DATE, "date in German, Dutch, Czech"),
    ("fecha", DATE, "date in Spanish"),
    ("timestamp", DATE, "date and time"),
    ("time-stamp", DATE, "date and time"),
    ("post-meta", DATE, "date and author of a blog post"),
    ("entry-meta", DATE, "date and author of a blog post"),
    ("article-meta", DATE, "date and author"),
    ("article-info", DATE, "date and author"),
    ("published", DATE | PUBLISHED, "date of publication"),
    ("publish", DATE | PUBLISHED, "date of publication"),
    ("publishdate", DATE | PUBLISHED, "date of publication"),
    ("publication", DATE | PUBLISHED, "date of publication"),
    ("publicationdate", DATE | PUBLISHED, "date of publication"),
    ("pubdate", DATE | PUBLISHED, "date of publication"),
    ("pub-date", DATE | PUBLISHED, "date of publication"),
    ("postdate", DATE | PUBLISHED, "date of publication"),
    ("post-date", DATE | PUBLISHED, "date of publication"),
    ("entry-date", DATE | PUBLISHED, "date of publication in blogs"),
    ("article-date", DATE | PUBLISHED, "date of publication"),
    ("created", DATE | PUBLISHED, "date of creation"),
    ("submitted", DATE | PUBLISHED, "author and date in Drupal"),
    ("posted", DATE | PUBLISHED, "date of publication in blogs"),
    ("publisher", 0, "the outlet, not a date"),
    ("updated", DATE | MODIFIED, "date of a change"),
    ("update", DATE | MODIFIED, "date of a change"),
    ("modified", DATE | MODIFIED, "date of a change"),
    ("modification", DATE | MODIFIED, "date of a change"),
    ("revised", DATE | MODIFIED, "date of a change"),
];

static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(WORDS.iter().map(|(word, ..)| word))
        .ok()
});

static PATHS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(AUTHOR_PATHS.iter().map(|(path, _)| path)).ok());

/// Whether an address is that of an author's own page.
pub(super) fn is_author_path(address: &str) -> bool {
    PATHS.as_ref().is_some_and(|paths| paths.is_match(address))
}

/// What the words of `hints` mean together. A word begins at a boundary (`postDate`, `post-date`), and may go on (`comments`).
pub(super) fn of_words(hints: &str) -> Bits {
    let Some(finder) = FINDER.as_ref() else { return 0 };
    let bytes = hints.as_bytes();
    let mut bits = 0;
    for found in finder.find_iter(hints) {
        let before = found.start().checked_sub(1).and_then(|at| bytes.get(at));
        let first = bytes.get(found.start()).copied().unwrap_or_default();
        let begins = before.is_none_or(|b| !b.is_ascii_alphanumeric() || b.is_ascii_lowercase() && first.is_ascii_uppercase());
        if begins && let Some((word, meaning, _)) = WORDS.get(found.pattern().as_usize()) {
            // "fn" is the one word too short to be the beginning of another.
            let ends = bytes.get(found.end()).is_none_or(|b| !b.is_ascii_alphanumeric());
            if word.len() > 2 || ends {
                bits |= meaning;
            }
        }
    }
    bits
}

/// Parts of the addresses of authors' own pages, and where they are used.
pub(super) const AUTHOR_PATHS: &[(&str, &str)] = &[
    ("/author/", "blogs"),
    ("/authors/", "news sites"),
    ("/autor/", "Spanish, German, Polish"),
    ("/autoren/", "German"),
    ("/auteur/", "French"),
    ("/auteurs/", "French"),
    ("/autore/", "Italian"),
    ("/autori/", "Italian"),
    ("/contributor/", "news sites"),
    ("/contributors/", "news sites"),
    ("/columnist/", "news sites"),
    ("/journalist/", "news sites"),
    ("/journalists/", "news sites"),
    ("/reporter/", "news sites"),
    ("/staff_name/", "school papers"),
    ("/staff/", "news sites"),
    ("/byline/", "news sites"),
    ("/profile/", "news sites"),
    ("/people/", "companies"),
    ("/team/", "companies"),
];

/// What a tag says by itself.
pub(super) fn of_tag(tag: &str) -> Bits {
    match tag {
        "aside" => ASIDE,
        "nav" | "footer" | "dialog" | "form" => CHROME,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_found_alone_and_in_a_name() {
        for (word, bits, reason) in WORDS {
            assert!(!reason.is_empty());
            assert_eq!(of_words(word), *bits, "{word}");
            if word.len() > 2 {
                assert_eq!(of_words(&format!("c-x x__{word}")), *bits, "{word}");
            }
        }
    }

    #[test]
    fn paths_of_authors_are_whole_segments() {
        for (path, reason) in AUTHOR_PATHS {
            assert!(path.starts_with('/') && path.ends_with('/') && !reason.is_empty());
            assert!(is_author_path(&format!("https://pier.example{path}ada-marsh")));
        }
    }

    #[test]
    fn words_begin_at_boundaries() {
        assert_eq!(of_words("candidate validated mandate"), 0);
        assert_eq!(of_words("storyDate"), DATE);
        assert_eq!(of_words("comments-area"), COMMENT);
        assert_eq!(of_words("ArticleHeader-authorName"), AUTHOR | NAME);
        assert_eq!(of_words("last-updated"), DATE | MODIFIED);
    }
}
