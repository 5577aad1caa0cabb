//! Pages with mark-up: golden pages, and what holds for every page however it is made.

use demarche::clean::{clean, explain, rules};
use demarche::extract::extract;
use demarche::{Page, Source};
use proptest::prelude::*;

fn body(page: &Page) -> String {
    let kept = page.blocks.iter().zip(clean(page)).filter(|(_, rule)| rule.is_none());
    kept.map(|(block, _)| block.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn golden_pages() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Ok(html) = std::fs::read_to_string(path.join("page.html")) else { continue };
        let expected = std::fs::read_to_string(path.join("expected.txt")).unwrap();
        assert_eq!(body(&extract(Source::Html, &html)), expected.trim_end(), "{}", path.display());
        seen += 1;
    }
    assert!(seen >= 6);
}

/// The text of a page as a naive reader finds it, without white space.
fn all_text(html: &str) -> String {
    let doc = dom_query::Document::from(html);
    let mut out = String::new();
    let mut nodes: Vec<_> = vec![doc.root()];
    while let Some(node) = nodes.pop() {
        if node.node_name().is_some_and(|n| ["head", "script", "style", "svg", "iframe", "title", "noembed", "noframes"].contains(&&*n)) {
            continue;
        }
        if node.is_text() {
            out.push_str(&node.text());
        }
        nodes.extend(node.children_it(true));
    }
    squeeze(&out)
}

/// Without white space, invisible characters and the bars between cells.
fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '|' | '\u{ad}' | '\u{200b}')).collect()
}

fn html() -> impl Strategy<Value = String> {
    const TAGS: [&str; 38] = [
        "div",
        "p",
        "span",
        "a",
        "b",
        "em",
        "ul",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "section",
        "article",
        "aside",
        "nav",
        "footer",
        "header",
        "blockquote",
        "pre",
        "code",
        "figure",
        "figcaption",
        "button",
        "label",
        "select",
        "option",
        "form",
        "dl",
        "dt",
        "dd",
        "sup",
        "x-card",
        "noscript",
        "details",
    ];
    let text = prop::sample::select(vec![
        "The cranes stood still for nine hours, and no cargo was lost in the harbour that night.",
        "one",
        " ",
        "two words",
        "soft\u{ad}ware",
        "Zürich é",
        "a|b",
        "Share this",
        "<",
        "&amp;",
        "1999",
        "\u{200b}",
    ]);
    let tag = prop::sample::select(TAGS.to_vec());
    let attribute = prop::sample::select(vec![
        "",
        " class='entry-content'",
        " class='related posts'",
        " hidden",
        " id=comments",
        " style='display:none'",
    ]);
    let piece = prop_oneof![
        4 => text.prop_map(str::to_owned),
        3 => (tag.clone(), attribute).prop_map(|(t, a)| format!("<{t}{a}>")),
        3 => tag.prop_map(|t| format!("</{t}>")),
        1 => prop::sample::select(vec!["<br>", "<hr>", "<img src=x>", "<script>var a = 'no text';</script>", "<!-- no text -->", "<svg><text>no text</text></svg>"]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| format!("<body>{}", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn kept_and_removed_blocks_are_all_text_in_order(html in html()) {
        let page = extract(Source::Html, &html);
        let blocks: String = page.blocks.iter().map(|b| squeeze(&b.text)).collect();
        prop_assert_eq!(blocks, all_text(&html));
    }

    #[test]
    fn every_block_has_a_verdict_of_a_known_rule_and_the_same_reasons(html in html()) {
        let page = extract(Source::Html, &html);
        let verdicts = clean(&page);
        prop_assert_eq!(verdicts.len(), page.blocks.len());
        for rule in verdicts.iter().flatten() {
            prop_assert!(rules().any(|r| r.name == *rule), "{}", rule);
        }
        let explained: Vec<_> = explain(&page).iter().map(|e| e.rule).collect();
        prop_assert_eq!(explained, verdicts);
    }

    #[test]
    fn texts_are_as_a_reader_sees_them(html in html()) {
        let page = extract(Source::Html, &html);
        for block in &page.blocks {
            prop_assert!(!block.text.trim().is_empty());
            prop_assert!(block.kind == demarche::BlockKind::Preformatted || block.kind == demarche::BlockKind::Control || !block.text.contains("  "));
            prop_assert!(block.link_bytes as usize <= block.text.len());
            prop_assert!(block.element == u32::MAX || (block.element as usize) < page.elements.len());
        }
    }
}
