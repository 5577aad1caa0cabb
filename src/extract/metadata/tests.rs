//! Whole pages: what they say about themselves, and what hostile ones cost.
#![allow(clippy::unwrap_used)]

use crate::article::{Metadata, Source};
use crate::extract::extract;
use proptest::prelude::*;

fn read(html: &str) -> Metadata {
    extract(Source::Html, html).metadata
}

fn published(html: &str) -> Option<(String, String)> {
    read(html).published.map(|v| (v.value, v.evidence.into_owned()))
}

/// A page with so much in its head, and so much right after its headline and after its text.
fn page(head: &str, byline: &str, foot: &str) -> String {
    let text = "The harbour board said on Monday that the last of the three cranes was back at work after the storm. ".repeat(5);
    format!(
        "<html lang=en><head><title>Cranes return to the harbour | The Pier</title>{head}</head><body><nav><a href=/>Home</a></nav>\
         <h1>Cranes return to the harbour</h1>{byline}<p>{text}</p><p>{text}</p>{foot}</body></html>"
    )
}

#[test]
fn a_page_that_declares_everything_is_read_from_its_fields() {
    let head = r#"<link rel=canonical href="https://pier.example/cranes"><meta property=og:site_name content="The Pier">
        <script type="application/ld+json">{"@type":"NewsArticle","headline":"Cranes return to the harbour","datePublished":"2021-07-19T23:30:00+12:00",
        "dateModified":"2021-07-21","author":[{"@type":"Person","name":"Ada Marsh"},{"@type":"Person","name":"Tom Reed"}],"articleBody":"The harbour board"}</script>"#;
    let found = read(&page(head, "", ""));
    assert_eq!(found.title.as_ref().unwrap().value, "Cranes return to the harbour");
    assert_eq!(found.authors.as_ref().unwrap().value, ["Ada Marsh", "Tom Reed"]);
    assert_eq!(found.publisher.as_ref().unwrap().value, "The Pier");
    assert_eq!(found.url.as_ref().unwrap().value, "https://pier.example/cranes");
    assert_eq!(found.published.as_ref().unwrap().value, "2021-07-19");
    assert_eq!(found.modified.as_ref().unwrap().value, "2021-07-21");
    assert_eq!(found.language.as_ref().unwrap().value, "en");
    assert_eq!(found.declared_body.as_deref(), Some("The harbour board"));
    for confidence in [found.title.unwrap().confidence, found.published.unwrap().confidence] {
        assert!((0.0..=1.0).contains(&confidence));
    }
}

#[test]
fn each_place_of_a_date_is_evidence() {
    let table = [
        (page("<meta property=article:published_time content=2021-07-19>", "", ""), "meta article:published_time"),
        (page("<meta name=x-publish-date content='19 July 2021'>", "", ""), "meta x-publish-date"),
        (page("<link rel=canonical href=https://pier.example/2021/07/19/cranes>", "", ""), "url"),
        (page("", "<span itemprop=datePublished content=2021-07-19></span>", ""), "itemprop"),
        (page("", "<time datetime=2021-07-19T08:00>Monday</time>", ""), "time element"),
        (page("", "<div class=post-date>July 19, 2021</div>", ""), "date element"),
        (page("", "<p>By Ada Marsh | 19 July 2021</p>", ""), "line near the title"),
        (page("", "", "<p>Posted on 19 July 2021 by Ada Marsh</p>"), "line of publication"),
    ];
    for (html, evidence) in table {
        assert_eq!(published(&html), Some(("2021-07-19".to_owned(), evidence.to_owned())), "{evidence}");
    }
}

#[test]
fn witnesses_settle_what_one_alone_leaves_open() {
    let graph = |fields: &str| format!(r#"<script type="application/ld+json">{{"@type":"NewsArticle",{fields}}}</script>"#);
    let table = [
        ("the only day shown, though of a change", page("", "<p>Updated 19 July 2021</p>", "")),
        ("a change the article itself declares", page(&graph(r#""dateModified":"2021-07-19""#), "<p>Updated on 19 July 2021</p>", "")),
        ("shown without a word, declared as a change alone", page("<meta name=lastmod content=2021-07-19>", "<p>19 July 2021</p>", "")),
        (
            "a day of the article before a list of others",
            page(&graph(r#""datePublished":"2021-07-19""#), "<p>1 May 2021</p><p>2 May 2021</p><p>3 May 2021</p>", ""),
        ),
        ("inside the headline", page("", "", "").replace("harbour</h1>", "harbour<br><small>19.07.2021 • Harbour</small></h1>")),
        ("digits in the order the page's fields tell", {
            page("<meta property=article:published_time content=2021-11-05T08:00>", "<p>11/05/2021</p>", "").replace("lang=en", "lang=de")
        }),
        ("a label on the line before", page("", "", "<p>Published</p><p>19 July 2021</p>")),
        ("the machine's form in a title", page("", "<span class=post-date title=2021-07-19T08:00>Monday</span>", "")),
    ];
    for (what, html) in table {
        let day = published(&html).map(|(day, _)| day);
        assert_eq!(day.as_deref(), Some(if what.starts_with("digits") { "2021-11-05" } else { "2021-07-19" }), "{what}");
    }
    // The first day declared stands against a later one shown: what counts is the first publication.
    let both = page(&graph(r#""datePublished":"2021-07-19","dateModified":"2022-01-05""#), "<p>5 January 2022</p>", "");
    assert_eq!(published(&both).map(|(day, _)| day).as_deref(), Some("2021-07-19"));
}

#[test]
fn other_dates_do_not_pass_for_that_of_publication() {
    let table = [
        (
            "a change of a page that hides its day",
            page("<meta name=last-modified content=2021-07-19>", "<p>Last updated: 19 July 2021</p>", ""),
        ),
        ("a change that a class marks", page("", "<p class=changed><span class=modified>Updated 19 July 2021</span></p>", "")),
        ("a change at the foot", page("", "", "<p>Last updated: 19 July 2021</p>")),
        ("the day a site was made", page("<link rel=canonical href=https://pier.example/><meta name=date content=2021-07-19>", "", "")),
        ("a copyright", page("", "", "<footer>© 19 July 2021 The Pier</footer>")),
        ("today", page("", "", "").replace("<nav>", "<div class=masthead>Monday, 19 July 2021</div><nav>")),
        ("a comment", page("", "", "<div class=comments><p>Eva, <time datetime=2021-07-19>19 July 2021</time></p></div>")),
        (
            "other articles",
            page("", "", "<aside class=related><time datetime=2021-07-19>19 July</time><time datetime=2021-07-18>18 July</time></aside>"),
        ),
        (
            "the day it was saved",
            page("", "", "").replace("<html", "<!-- Page saved with a tool url: https://pier.example/a saved date: 2021-07-19 -->\n<html"),
        ),
        ("a date in the text", page("", "", "<p>The storm of 19 July 2021 had torn two of them from their rails.</p>")),
    ];
    for (what, html) in table {
        assert_eq!(published(&html), None, "{what}");
    }
}

#[test]
fn the_day_is_that_of_the_pages_own_zone() {
    let late = "<meta property=article:published_time content=2021-07-19T23:30:00-04:00>";
    assert_eq!(published(&page(late, "", "")).unwrap().0, "2021-07-19");
    let utc = "<link rel=canonical href=https://pier.example/2021/07/19/cranes><meta property=article:published_time content=2021-07-20T01:30:00Z>";
    assert_eq!(published(&page(utc, "", "")).unwrap().0, "2021-07-19");
}

#[test]
fn bylines_are_read_where_nothing_is_declared() {
    let table = [
        "<p>By Ada Marsh and Tom Reed</p>",
        "<div class=byline>By <a href=/author/ada>Ada Marsh</a> and <a href=/author/tom>Tom Reed</a> <span>Chief Reporters</span></div>",
        "<span itemprop=author><span itemprop=name>Ada Marsh</span></span><span itemprop=author><span itemprop=name>Tom Reed</span></span>",
    ];
    for byline in table {
        assert_eq!(read(&page("", byline, "")).authors.map(|v| v.value).unwrap_or_default(), ["Ada Marsh", "Tom Reed"], "{byline}");
    }
}

#[test]
fn hostile_pages_cost_little() {
    let start = std::time::Instant::now();
    let metas = "<meta property=article:published_time content=2021-07-19>".repeat(50_000);
    assert!(read(&page(&metas, "", "")).published.is_some());
    let script = format!("<script type=application/ld+json>{}</script>", "{\"a\":[".repeat(200_000));
    assert!(read(&page(&script, "", "")).title.is_some());
    let marks = "<span class=author-name>Ada Marsh</span><time datetime=2021-07-19>19 July 2021</time>".repeat(20_000);
    assert!(read(&page("", &marks, "")).title.is_some());
    let nested = "<div class=byline>".repeat(5_000);
    assert!(read(&page("", &nested, "")).title.is_some());
    // Generous: what is quadratic takes minutes here.
    assert!(start.elapsed().as_secs() < 60);
}

proptest! {
    #[test]
    fn no_page_panics(head in "\\PC{0,80}", text in "[<>/=\"a-z0-9 .:,|-]{0,200}") {
        let _ = read(&page(&format!("<meta name=date content='{head}'><meta name=author content='{head}'>"), &text, &head));
        let _ = read(&text);
    }
}
