//! What holds for every article, whatever the bytes: spans are valid, blocks cover the body, removed blocks have their place and rule.

use demarche::knowledge::Knowledge;
use demarche::{Article, Reader};
use proptest::prelude::*;

fn check(article: &Article) {
    let mut at = 0;
    for block in &article.blocks {
        assert_eq!(article.body.get(at..block.span.start), Some(if at == 0 { "" } else { "\n\n" }), "blocks are parted by a blank line");
        assert!(!block.span.of(&article.body).unwrap().trim().is_empty(), "a kept block has text");
        at = block.span.end;
    }
    assert_eq!(at, article.body.len(), "the blocks cover the body");
    let mut last = 0;
    for removed in &article.removed {
        assert!(removed.at >= last, "removed blocks are in order");
        assert!(removed.at == 0 || article.blocks.iter().any(|b| b.span.end == removed.at), "and stand between blocks");
        assert!(!removed.text.is_empty() && !removed.rule.is_empty());
        assert!(demarche::clean::rules().any(|r| r.name == removed.rule), "rule `{}` is in no table", removed.rule);
        last = removed.at;
    }
    let marks = article.actors.iter().map(|m| (m.span, &m.surface)).chain(article.dates.iter().map(|d| (d.span, &d.surface)));
    for (span, surface) in marks {
        assert_eq!(span.of(&article.body), Some(surface.as_str()));
    }
    for claim in &article.claims {
        assert!(claim.span.of(&article.body).is_some_and(|s| !s.is_empty()));
    }
}

/// Words that wake the annotators and the rules, between arbitrary characters.
fn pieces() -> impl Strategy<Value = String> {
    let woken = prop::sample::select(vec![
        "APT40",
        "the UK's",
        "NCSC",
        "China",
        "on Tuesday",
        "19 July 2021",
        "Copyright 2021",
        "Also read:",
        "\n\n",
        "\n",
        "ministry",
        "(",
        ")",
        "“",
        "é",
        "\u{301}",
        "said Foreign Secretary Ann Example,",
        "three weeks ago",
        "accused",
        "[x]",
        "* ",
        "# ",
        "| a | b |",
        "---",
        "\u{200b}",
        "\u{202e}",
        "\u{0}",
        "😀",
        "İ",
    ]);
    prop::collection::vec(prop_oneof![3 => woken.prop_map(str::to_owned), 1 => any::<String>(), 2 => "[a-z ]{1,60}"], 0..60)
        .prop_map(|p| p.join(" "))
}

fn tags() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div class=related>",
        "</div>",
        "<article>",
        "</article>",
        "<h1>",
        "</h1>",
        "<li>",
        "<ul>",
        "</ul>",
        "<table>",
        "<td>",
        "<tr>",
        "</table>",
        "<a href=/x>",
        "</a>",
        "<br>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<time datetime=2021-07-19>",
        "<template>",
        "<noscript>",
        "<pre>",
        "<svg>",
        "&amp;",
        "&#x202e;",
        "&nbsp;",
    ]);
    prop::collection::vec(prop_oneof![tag.prop_map(str::to_owned), pieces()], 0..40).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in pieces()) {
        let reader = Reader::new(Knowledge::builtin());
        for name in ["a.txt", "a.md"] {
            if let Ok(article) = reader.read(name, text.as_bytes()) {
                check(&article);
            }
        }
    }

    #[test]
    fn any_page(html in tags()) {
        if let Ok(article) = Reader::new(Knowledge::builtin()).read("a.html", html.as_bytes()) {
            check(&article);
        }
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        for name in ["a.html", "a.txt", "a.md", "a.gz"] {
            if let Ok(article) = Reader::new(Knowledge::builtin()).read(name, &bytes) {
                check(&article);
            }
        }
    }
}

#[test]
fn bombs_are_read_in_time() {
    let reader = Reader::new(Knowledge::builtin());
    let deep = "<div>".repeat(200_000) + "the end";
    let inline = "<b><i>".repeat(50_000) + "the end";
    let line = "APT28 said on Tuesday ".repeat(200_000);
    let cells = format!("<table>{}</table>", "<tr><td>a</td>".repeat(100_000));
    let brackets = "[".repeat(500_000);
    let started = std::time::Instant::now();
    for (name, text) in [
        ("a.html", deep),
        ("b.html", inline),
        ("c.txt", line.clone()),
        ("d.md", line),
        ("e.html", cells),
        ("f.md", brackets.clone()),
        ("g.txt", brackets),
    ] {
        if let Ok(article) = reader.read(name, text.as_bytes()) {
            check(&article);
        }
        // Not a speed test: what is quadratic takes hours here.
        assert!(started.elapsed().as_secs() < 300, "{name} hangs");
    }
}

#[test]
fn the_head_of_a_mail_tells_of_its_article() {
    let story = "The harbour office closed the eastern gate on Monday after the storm had broken two of its hinges, it said in a statement to the press.";
    let mail = format!(
        "Message-ID: <1@gate.example>\nFrom: Harbour Office <press@gate.example>\nSubject: Gate closed after storm\nDate: Tue, 13 May 2031 09:00:00 +0200\nContent-Type: text/html; charset=utf-8\n\n<html><body><p>{story}</p><p>{story} It will open again in summer.</p></body></html>\n"
    );
    let article = Reader::new(Knowledge::builtin()).read("press/1.eml", mail.as_bytes()).unwrap();
    assert_eq!(article.title.as_deref(), Some("Gate closed after storm"));
    assert_eq!((article.published.as_deref(), article.publisher.as_deref()), (Some("2031-05-13"), Some("Harbour Office")));
    assert!(article.body.starts_with("The harbour office closed"), "{}", article.body);
    let monday = article.dates.iter().find(|d| d.surface == "Monday").unwrap();
    assert_eq!(monday.value, "2031-05-12", "days are told from the day it was sent");
}
