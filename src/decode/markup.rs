//! Whether a text is mark-up, and short texts without it.

use quick_xml::escape::{resolve_html5_entity, unescape_with};
use regex::Regex;
use std::sync::LazyLock;

#[expect(clippy::expect_used, reason = "the pattern is fixed, and a test runs it")]
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    let tags = "html|body|article|section|main|div|p|br|h[1-6]|ul|ol|li|a|span|img|strong|em|b|i|blockquote|table|tr|td|figure|hr|pre";
    Regex::new(&format!(r"(?i)</?(?:{tags})(?:\s[^<>]*)?/?>")).expect("a fixed pattern")
});

/// Whether a text has tags of a page.
pub(super) fn is_markup(text: &str) -> bool {
    TAG.is_match(text)
}

/// A title, a name or the like without tags and character references, in one line.
pub(super) fn plain(text: &str) -> String {
    let text = TAG.replace_all(text, "");
    let text = unescape_with(&text, resolve_html5_entity).map_or_else(|_| text.to_string(), |text| text.into_owned());
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_make_mark_up() {
        assert!(is_markup("<p class=\"lead\">The gate.</p>") && is_markup("The gate.<br/>Closed."));
        assert!(!is_markup("a < b and c > d") && !is_markup("the option <file> is required"));
        assert_eq!(plain("The&nbsp;gate\n<b>is</b> closed &#8211; again &amp; again"), "The gate is closed – again & again");
    }
}
