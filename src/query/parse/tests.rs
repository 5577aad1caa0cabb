//! What texts are read as.
#![allow(clippy::unwrap_used)]

use super::*;

fn tree(text: &str) -> String {
    fn show(e: &Expr) -> String {
        let all = |name: &str, parts: &[Expr]| format!("{name}[{}]", parts.iter().map(show).collect::<Vec<_>>().join(" "));
        match &e.kind {
            ExprKind::Word(w) => w.clone(),
            ExprKind::Phrase(w) => format!("<{w}>"),
            ExprKind::Loose(w, n) => format!("<{w}>~{n}"),
            ExprKind::Wild(w) => format!("wild:{w}"),
            ExprKind::Fuzzy(w, n) => format!("fuzzy:{w}:{n}"),
            ExprKind::Exact(w) => format!("exact:{w}"),
            ExprKind::Regex(w) => format!("regex:{w}"),
            ExprKind::Boost(n, p) => format!("{}^{n}", show(p)),
            ExprKind::Near(n, p) => all(&format!("near{n}"), p),
            ExprKind::AtLeast(n, p) => all(&format!("least{n}"), p),
            ExprKind::Field(f, p) => format!("{}={}", f.as_str(), show(p)),
            ExprKind::Dates(f, r) => format!("{}={r}", f.as_str()),
            ExprKind::Undated => "undated".into(),
            ExprKind::Must(p) => format!("+{}", show(p)),
            ExprKind::Not(p) => format!("-{}", show(p)),
            ExprKind::And(p) => all("and", p),
            ExprKind::Or(p) => all("or", p),
            ExprKind::List(p) => all("list", p),
        }
    }
    show(parse(text, None).unwrap().root())
}

#[test]
fn the_signs_mean_what_they_say() {
    assert_eq!(tree("exchange hack"), "list[exchange hack]");
    assert_eq!(tree("+a -b \"c d\""), "list[+a -b <c d>]");
    assert_eq!(tree("a OR b AND c d"), "list[or[a and[b c]] d]");
    assert_eq!(tree("(a OR b) NOT c"), "list[or[a b] -c]");
    assert_eq!(tree("title:(a b) actor:\"Silk Typhoon\" date:2021-07.."), "list[title=list[a b] actor=<Silk Typhoon> date=2021-07..]");
    assert_eq!(tree("published:..2020 mentions:2021-Q3"), "list[date=..2020 mentions=2021-Q3]");
}

#[test]
fn patterns_and_distances() {
    assert_eq!(tree("crypto* hafnim~ word~1"), "list[wild:crypto* fuzzy:hafnim:2 fuzzy:word:1]");
    assert_eq!(tree("=US =Salt"), "list[exact:US exact:Salt]");
    assert_eq!(tree("a NEAR/5 b NEAR c d"), "list[near5[a b c] d]");
    assert_eq!(tree("\"a b\"~3 c"), "list[<a b>~3 c]");
    assert_eq!(tree("at least 2 of (a b c) d"), "list[least2[a b c] d]");
    assert_eq!(tree("at least two of them"), "list[at least two of them]");
    assert_eq!(parse("a NEAR (b c)", None).unwrap_err().span, Span::new(7, 12));
    assert!(parse("NEAR a", None).is_err() && parse("a NEAR/3", None).is_err() && parse("at least 4 of (a b)", None).is_err());
}

#[test]
fn running_text_is_words() {
    assert_eq!(tree("who's behind it?"), "list[who's behind it?]");
    assert_eq!(tree("state-sponsored attack(s) - and/or leaks…"), "list[state-sponsored attack(s) and/or leaks…]");
    assert_eq!(tree("see https://example.org/a: now"), "list[see https://example.org/a: now]");
    assert_eq!(tree("“silk typhoon”"), "<silk typhoon>");
}

#[test]
fn mistakes_are_shown_where_they_are() {
    for (text, at, hint) in [
        ("a (b", "(", "close it"),
        ("a ) b", ")", "take it away"),
        ("say \"it", "\"", "close it"),
        ("a OR", "OR", "small letters"),
        ("AND b", "AND", "small letters"),
        ("a NOT", "NOT", "small letters"),
        ("tilte:x", "tilte", "did you mean `title:`?"),
        ("colour:x", "colour", "the fields are"),
        ("date:soon", "soon", "2021-07"),
        ("date:2022..2021", "2022..2021", "turn it round"),
        ("  ", "  ", "type some words"),
    ] {
        let error = parse(text, None).unwrap_err();
        assert_eq!(error.span.of(text), Some(at), "{text}");
        assert!(error.hint.clone().unwrap_or_default().contains(hint), "{text}: {error:?}");
    }
}

#[test]
fn hostile_queries_are_bounded() {
    assert!(parse(&"(".repeat(10_000), None).is_err());
    assert!(parse(&"-+".repeat(10_000), None).is_err());
    assert!(parse(&"a ".repeat(LONGEST), None).is_err());
    assert!(parse(&"title:".repeat(100), None).is_err());
    assert!(parse(&"a OR ".repeat(5_000), None).is_err());
}

#[test]
fn weights_and_regular_expressions() {
    assert_eq!(tree("spy^2 ring"), "list[spy^2 ring]");
    assert_eq!(tree("\"a b\"^0.5 (c d)^3 title:x^2"), "list[<a b>^0.5 list[c d]^3 title=x^2]");
    assert_eq!(tree("x^y 2^^ ^2 =^2"), "list[x^y 2^^ ^2 =^2]");
    assert_eq!(tree("/haf.*/ and/or /var/log/ /var/log"), "list[regex:haf.* and/or regex:var/log /var/log]");
    assert_eq!(tree("/a b/"), "list[/a b/]");
    assert_eq!(tree("/[a-z]{3}/^2"), "regex:[a-z]{3}^2");
    assert_eq!(parse("a /(b/", None).unwrap_err().span, Span::new(2, 6));
    assert_eq!(parse("a^0", None).unwrap_err().span, Span::new(1, 3));
    assert!(parse("/(a{1000}){1000}/", None).is_err());
}

#[test]
fn weights_are_printed_where_they_stand() {
    for (text, printed) in
        [("(+a)^2", "(+a)^2"), ("+a^2", "+a^2"), ("(a^2)^3", "(a^2)^3"), ("(title:x)^2", "(title:x)^2"), ("word~^2", "word~1^2")]
    {
        let query = parse(text, None).unwrap();
        assert_eq!(query.to_string(), printed);
        assert_eq!(parse(printed, None).unwrap().to_string(), printed);
    }
}
