//! What each tag does to the flow of text: the rendering section of the HTML standard (§ 15.3), reduced to what a reader of text sees.

/// What a tag does to the text inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// Starts and ends a block.
    Block,
    /// As [`Flow::Block`], but holds nothing but inline text: what stands inside does not break it.
    Phrasing,
    /// Runs on in the line.
    Inline,
    /// Runs on in the line; its text is emphasised.
    Strong,
    /// A control of a form: a block of its own, unless it stands within a paragraph.
    Control,
    /// Holds no text a reader would ever see.
    Void,
    /// Shown only where something else fails.
    Fallback,
}

/// The tags that are not [`Flow::Inline`], sorted by name for the search.
const TAGS: &[(&str, Flow)] = &[
    ("address", Flow::Block),
    ("area", Flow::Void),
    ("article", Flow::Block),
    ("aside", Flow::Block),
    ("audio", Flow::Fallback),
    ("b", Flow::Strong),
    ("base", Flow::Void),
    ("blockquote", Flow::Block),
    ("body", Flow::Block),
    ("button", Flow::Control),
    ("canvas", Flow::Fallback),
    ("caption", Flow::Phrasing),
    ("center", Flow::Block),
    ("dd", Flow::Block),
    ("details", Flow::Block),
    ("dialog", Flow::Block),
    ("dir", Flow::Block),
    ("div", Flow::Block),
    ("dl", Flow::Block),
    ("dt", Flow::Phrasing),
    ("embed", Flow::Void),
    ("fieldset", Flow::Block),
    ("figcaption", Flow::Phrasing),
    ("figure", Flow::Block),
    ("footer", Flow::Block),
    ("form", Flow::Block),
    ("frameset", Flow::Block),
    ("h1", Flow::Phrasing),
    ("h2", Flow::Phrasing),
    ("h3", Flow::Phrasing),
    ("h4", Flow::Phrasing),
    ("h5", Flow::Phrasing),
    ("h6", Flow::Phrasing),
    ("head", Flow::Void),
    ("header", Flow::Block),
    ("hgroup", Flow::Block),
    ("hr", Flow::Block),
    ("html", Flow::Block),
    ("iframe", Flow::Void),
    ("label", Flow::Control),
    ("legend", Flow::Phrasing),
    ("li", Flow::Block),
    ("link", Flow::Void),
    ("listing", Flow::Block),
    ("main", Flow::Block),
    ("menu", Flow::Block),
    ("meta", Flow::Void),
    ("nav", Flow::Block),
    ("noembed", Flow::Void),
    ("noframes", Flow::Void),
    ("noscript", Flow::Fallback),
    ("object", Flow::Fallback),
    ("ol", Flow::Block),
    ("optgroup", Flow::Block),
    ("option", Flow::Block),
    ("p", Flow::Phrasing),
    ("pre", Flow::Block),
    ("script", Flow::Void),
    ("search", Flow::Block),
    ("section", Flow::Block),
    ("select", Flow::Control),
    ("source", Flow::Void),
    ("strong", Flow::Strong),
    ("style", Flow::Void),
    ("summary", Flow::Phrasing),
    ("svg", Flow::Void),
    ("table", Flow::Block),
    ("tbody", Flow::Block),
    ("td", Flow::Block),
    ("template", Flow::Fallback),
    ("textarea", Flow::Control),
    ("tfoot", Flow::Block),
    ("th", Flow::Block),
    ("thead", Flow::Block),
    ("title", Flow::Void),
    ("tr", Flow::Block),
    ("track", Flow::Void),
    ("ul", Flow::Block),
    ("video", Flow::Fallback),
    ("xml", Flow::Void),
    ("xmp", Flow::Block),
];

/// What `tag` does. An element of a page's own making (its name holds a hyphen) is a component, and those stand as blocks.
pub(super) fn flow(tag: &str) -> Flow {
    match TAGS.binary_search_by_key(&tag, |(name, _)| name) {
        Ok(at) => TAGS.get(at).map_or(Flow::Inline, |(_, flow)| *flow),
        Err(_) if tag.contains('-') => Flow::Control,
        Err(_) => Flow::Inline,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_row_is_found() {
        assert!(TAGS.windows(2).all(|w| matches!(w, [a, b] if a.0 < b.0)));
        for (tag, expected) in TAGS {
            assert_eq!(flow(tag), *expected, "{tag}");
        }
        assert_eq!((flow("span"), flow("x-card")), (Flow::Inline, Flow::Control));
    }
}
