//! What is read from sentences of our own: (text, published, the mentions as surface and value).
#![allow(clippy::unwrap_used)]
mod golden;

use super::*;
use proptest::prelude::*;

fn found(text: &str, published: &str) -> Vec<DateMention> {
    let context = Context { published: published.parse().ok(), ..Context::default() };
    Finder::new().find(text, &context)
}

/// Text, day of publication, and what is found in it: surface and value.
type Row<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

fn check(rows: &[Row<'_>]) {
    for (text, published, want) in rows {
        let found = found(text, published);
        let got: Vec<(&str, &str)> = found.iter().map(|m| (m.surface.as_str(), m.value.as_str())).collect();
        assert_eq!(&got, want, "{text} [{published}]");
        for mention in &found {
            assert_eq!(mention.span.of(text), Some(mention.surface.as_str()));
            assert!(!mention.reason.is_empty());
        }
    }
}

#[test]
fn days_in_the_usual_writings() {
    check(&[
        ("The note of 19 July 2021 was short.", "", &[("19 July 2021", "2021-07-19")]),
        ("The note of 19th of July, 2021 was short.", "", &[("19th of July, 2021", "2021-07-19")]),
        ("Signed Jul. 19, 2021 in Oslo.", "", &[("Jul. 19, 2021", "2021-07-19")]),
        ("Signed on July 19th 2021.", "", &[("July 19th 2021", "2021-07-19")]),
        ("Signed on 2021-07-19.", "", &[("2021-07-19", "2021-07-19")]),
        ("Signed 07/19/2021.", "", &[("07/19/2021", "2021-07-19")]),
        ("Signed 19/07/2021 and sent 03/08/2021.", "", &[("19/07/2021", "2021-07-19"), ("03/08/2021", "2021-08-03")]),
        ("Signed 19.07.2021.", "", &[("19.07.2021", "2021-07-19")]),
        ("Built 19-Jul-2021.", "", &[("19-Jul-2021", "2021-07-19")]),
        ("Tuesday, July 20, 2021: a reply", "", &[("Tuesday, July 20, 2021", "2021-07-20")]),
        ("Compiled Tue Jul 20 10:12:58 2021 in haste", "", &[("Tue Jul 20", "2021-07-20"), ("2021", "2021")]),
        ("Logged at 2021-07-19T10:12:58Z.", "", &[("2021-07-19", "2021-07-19"), ("10:12:58Z", "2021-07-19T10:12")]),
    ]);
}

#[test]
fn months_years_and_their_parts() {
    check(&[
        ("It began in July 2021.", "", &[("July 2021", "2021-07")]),
        ("Found in Dec.2011 by chance.", "", &[("Dec.2011", "2011-12")]),
        ("Losses rose in Q3 2020.", "", &[("Q3 2020", "2020-Q3")]),
        ("Losses rose in the third quarter of 2020.", "", &[("the third quarter of 2020", "2020-Q3")]),
        ("In the second half of 2020 they fell.", "", &[("the second half of 2020", "2020-H2")]),
        ("Since early 2015 nothing.", "", &[("early 2015", "2015")]),
        ("By mid-2019 nothing.", "", &[("mid-2019", "2019")]),
        ("At the end of May 2019 nothing.", "", &[("the end of May 2019", "2019-05")]),
        ("In the summer of 2020 it stopped.", "", &[("the summer of 2020", "2020-SU")]),
        ("In 2016 the office moved.", "", &[("2016", "2016")]),
        ("It dates from the 1990s.", "", &[("the 1990s", "199")]),
        ("It dates from the late '90s.", "", &[("the late '90s", "199")]),
        ("A treaty of the 19th century.", "", &[("the 19th century", "18")]),
        ("The dynasty ruled between 1644 and 1912.", "", &[("1644", "1644"), ("1912", "1912")]),
    ]);
}

#[test]
fn lists_and_ranges_are_mentions_of_their_own() {
    check(&[
        ("It ran between May and July 2020.", "", &[("May", "2020-05"), ("July 2020", "2020-07")]),
        ("It ran from 2014 to 2016.", "", &[("2014", "2014"), ("2016", "2016")]),
        ("It ran 2014–2016.", "", &[("2014", "2014"), ("2016", "2016")]),
        ("Talks on 7 and 29 June 2020.", "", &[("7", "2020-06-07"), ("29 June 2020", "2020-06-29")]),
        ("Talks on September 6-12, 2020.", "", &[("September 6", "2020-09-06"), ("12, 2020", "2020-09-12")]),
        ("Open June 24 – September 19, 2019.", "", &[("June 24", "2019-06-24"), ("September 19, 2019", "2019-09-19")]),
        ("From December to February 2021 it slept.", "", &[("December", "2020-12"), ("February 2021", "2021-02")]),
    ]);
}

#[test]
fn news_hangs_on_publication() {
    let day = "2021-07-20"; // a Tuesday
    check(&[
        ("The bank said yesterday it was safe.", day, &[("yesterday", "2021-07-19")]),
        ("The bank said today it was safe.", day, &[("today", "2021-07-20")]),
        ("Today's threats are many.", day, &[("Today", "PRESENT_REF")]),
        ("The talks are expected to end in October.", day, &[("October", "2021-10")]),
        ("The bank closed last month.", day, &[("last month", "2021-06")]),
        ("The bank closed on Monday.", day, &[("Monday", "2021-07-19")]),
        ("The bank closed on Friday.", day, &[("Friday", "2021-07-16")]),
        ("The bank will open on Friday.", day, &[("Friday", "2021-07-23")]),
        ("The bank closed three weeks ago.", day, &[("three weeks ago", "2021-W26")]),
        ("The bank closed two days ago.", day, &[("two days ago", "2021-07-18")]),
        ("The bank closed a year ago.", day, &[("a year ago", "2020")]),
        ("The bank closed earlier this year.", day, &[("earlier this year", "2021")]),
        ("The bank closed last week.", day, &[("last week", "2021-W28")]),
        ("The bank closed last November.", day, &[("last November", "2020-11")]),
        ("The bank closed in November last year.", day, &[("November last year", "2020-11")]),
        ("The bank closed on 3 May.", day, &[("3 May", "2021-05-03")]),
        ("The bank closed on 3 October.", day, &[("3 October", "2020-10-03")]),
        ("The bank will close on 3 October.", day, &[("3 October", "2021-10-03")]),
        ("The bank closed in March.", day, &[("March", "2021-03")]),
        ("The bank closed in October.", day, &[("October", "2020-10")]),
        ("The bank closed on Monday morning.", day, &[("Monday morning", "2021-07-19TMO")]),
        ("The bank closed last summer.", day, &[("last summer", "2020-SU")]),
        ("It closed on Tuesday of last week.", day, &[("Tuesday of last week", "2021-07-13")]),
        ("The bank closed last quarter.", day, &[("last quarter", "2021-Q2")]),
        ("On 2 June the bank closed. The previous day it had paid.", day, &[("2 June", "2021-06-02"), ("The previous day", "2021-06-01")]),
    ]);
}

#[test]
fn histories_hang_on_the_time_last_told() {
    let text = "In 1803 the mill burnt. In 1805, 1807 and 1809 it flooded, and in 1811 and 1812 it was sold. The owner came on 4 March 1814. \
                The following day he left. In November he returned. In January he sold it. Two years later it burnt again.";
    let want = ["1803", "1805", "1807", "1809", "1811", "1812", "1814-03-04", "1814-03-05", "1814-11", "1815-01", "1817"];
    let got: Vec<String> = found(text, "2010-05-05").into_iter().map(|m| m.value).collect();
    assert_eq!(got, want);
}

#[test]
fn lengths_and_sets_are_told_apart() {
    check(&[
        ("It took three weeks.", "", &[("three weeks", "P3W")]),
        ("It took the past five years.", "", &[("the past five years", "P5Y")]),
        ("It took twenty-four hours.", "", &[("twenty-four hours", "PT24H")]),
        ("It took several months.", "", &[("several months", "PXM")]),
        ("It meets every Tuesday.", "", &[("every Tuesday", "XXXX-WXX-2")]),
        ("It meets each year.", "", &[("each year", "P1Y")]),
        ("It meets on Mondays.", "", &[("Mondays", "XXXX-WXX-1")]),
        ("The two-day visit", "", &[("The two-day", "P2D")]),
    ]);
}

#[test]
fn times_of_day_take_the_day_beside_them() {
    check(&[
        ("At 3 p.m. on 19 July 2021 it fell.", "", &[("3 p.m.", "2021-07-19T15:00"), ("19 July 2021", "2021-07-19")]),
        ("On 19 July 2021 at 14:30 UTC it fell.", "", &[("19 July 2021", "2021-07-19"), ("14:30 UTC", "2021-07-19T14:30")]),
        ("It fell at 10:45am.", "", &[("10:45am", "XXXX-XX-XXT10:45")]),
    ]);
}

#[test]
fn what_cannot_be_resolved_stays_open() {
    check(&[
        ("It came yesterday.", "", &[("yesterday", "XXXX-XX-XX")]),
        ("It came last year.", "", &[("last year", "XXXX")]),
        ("It came on Tuesday.", "", &[("Tuesday", "XXXX-WXX-2")]),
        ("On 19th July it came.", "", &[("19th July", "XXXX-07-19")]),
        ("In 2019 it slept. On 19th July it came.", "", &[("2019", "2019"), ("19th July", "2019-07-19")]),
    ]);
    let context = Context { year_hint: Some((2021, "the copyright line")), ..Context::default() };
    let mentions = Finder::new().find("On 19th July it came.", &context);
    assert_eq!(mentions.first().map(|m| m.value.as_str()), Some("2021-07-19"));
    assert!(mentions.first().unwrap().reason.contains("the copyright line"));
}

#[test]
fn other_languages_name_their_months() {
    check(&[
        ("Am 19. Juli 2021 kam es.", "", &[("19. Juli 2021", "2021-07-19")]),
        ("Le 1er août 2021, rien.", "", &[("1er août 2021", "2021-08-01")]),
        ("El 19 de julio de 2021, nada.", "", &[("19 de julio de 2021", "2021-07-19")]),
        ("Il 3 marzo 2021, niente.", "", &[("3 marzo 2021", "2021-03-03")]),
        ("Em 5 de março de 2021, nada.", "", &[("5 de março de 2021", "2021-03-05")]),
        ("Op 7 maart 2021 niets.", "", &[("7 maart 2021", "2021-03-07")]),
    ]);
}

#[test]
fn what_only_looks_like_a_date_is_none() {
    let mut wrong = Vec::new();
    for text in [
        "See https://host.example/2021/07/19/may-2020.html for it.",
        "See host.example/2021/07/19/x for it.",
        "See [it](/posts/2021/may-2020) somehow.",
        "The flaw CVE-2021-2034 is old.",
        "Version 2021.07.19 and 10.20.20.21 are out.",
        "It cost $2021 or €2,021 or 2021 euros.",
        "Call 555-2014 or +44 2045 383250.",
        "Hash 2021abcd20190719 and file report_2021.pdf and may_2020.txt.",
        "Listen on :2021 or port 2021.",
        "Windows Server 2016 and Office 2019 may fall and march on.",
        "He may march in august company.",
        "More than 2000 servers and 1900 users.",
        "April Marlow and June Hartwell spoke.",
        "x=2021; y=2020-01-02",
        "The ratio 3/4 and the score 12-10.",
    ] {
        let got: Vec<String> = found(text, "2021-07-20").into_iter().map(|m| m.surface).collect();
        if !got.is_empty() {
            wrong.push(format!("{text}: {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn hostile_texts_cost_little() {
    for piece in [
        "1,",
        "7 and ",
        "19 July ",
        "2021-",
        "the the the ",
        "1:",
        "([",
        "May, ",
        "–",
        "last ",
        "a.m. 3 ",
        "\u{a0}1\u{a0}",
        "é2021",
        "ªµ",
        "1-",
    ] {
        crate::effort::is_linear(piece, 40_000, &|times| drop(found(&piece.repeat(times), "2021-07-20")));
    }
}

proptest! {
    #[test]
    fn spans_cut_out_their_surface(text in "(\\PC|[0-9]{1,4}|[-/:., ]|July|May|on|last|week|days|ago|Tuesday|é|–|’){0,40}", known in any::<bool>()) {
        let mentions = found(&text, if known { "2020-02-29" } else { "" });
        let mut end = 0;
        for mention in mentions {
            prop_assert_eq!(mention.span.of(&text), Some(mention.surface.as_str()));
            prop_assert!(mention.span.start >= end && !mention.span.is_empty());
            end = mention.span.end;
        }
    }
}
