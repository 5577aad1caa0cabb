//! The language of queries: no text makes it panic or hang, what is printed is read again as the same.

use demarche::{Expr, ExprKind, Query};
use proptest::prelude::*;

/// Text made of the signs of the language and of words.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just("\"".to_owned()),
        Just("“".to_owned()),
        Just("+".to_owned()),
        Just("-".to_owned()),
        Just(" AND ".to_owned()),
        Just(" OR ".to_owned()),
        Just("NOT ".to_owned()),
        Just(" NEAR/3 ".to_owned()),
        Just("at least 2 of (".to_owned()),
        Just("title:".to_owned()),
        Just("date:2021..".to_owned()),
        Just("mentions:".to_owned()),
        Just("~2".to_owned()),
        Just("^2".to_owned()),
        Just("/".to_owned()),
        Just("/a.*/".to_owned()),
        Just("=".to_owned()),
        Just("*".to_owned()),
        Just(" ".to_owned()),
        "[a-zé一]{1,4}",
        "\\PC{0,3}",
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

fn spans_fit(expr: &Expr, text: &str) -> bool {
    let parts: Vec<&Expr> = match &expr.kind {
        ExprKind::Field(_, part) | ExprKind::Must(part) | ExprKind::Not(part) | ExprKind::Boost(_, part) => vec![part],
        ExprKind::And(parts) | ExprKind::Or(parts) | ExprKind::List(parts) => parts.iter().collect(),
        ExprKind::Near(_, parts) | ExprKind::AtLeast(_, parts) => parts.iter().collect(),
        _ => Vec::new(),
    };
    expr.span.of(text).is_some() && parts.iter().all(|p| spans_fit(p, text))
}

proptest! {
    #[test]
    fn any_text_is_a_query_or_an_error_with_its_place(text in hostile()) {
        match Query::parse(&text) {
            Ok(query) => prop_assert!(spans_fit(query.root(), &text)),
            Err(error) => {
                prop_assert!(error.span.of(&text).is_some(), "{:?}", error);
                prop_assert!(!error.message.is_empty());
                prop_assert!(error.hint.is_some());
            }
        }
    }

    #[test]
    fn what_is_printed_is_read_as_the_same(text in hostile()) {
        if let Ok(query) = Query::parse(&text) {
            let printed = query.to_string();
            let again = Query::parse(&printed);
            prop_assert!(again.is_ok(), "{} -> {}: {:?}", text, printed, again);
            prop_assert_eq!(again.unwrap().to_string(), printed);
        }
    }
}

#[test]
fn a_word_that_opens_a_parenthesis_keeps_it_when_printed() {
    for text in ["a AND b( OR c", "at least 1 of (a b( )", "+(a b( )", "(a OR b( )^2"] {
        let printed = Query::parse(text).unwrap().to_string();
        assert_eq!(Query::parse(&printed).map(|q| q.to_string()), Ok(printed.clone()), "{text} -> {printed}");
    }
}

#[test]
fn long_and_deep_queries_are_answered_at_once() {
    let started = std::time::Instant::now();
    for text in [
        "(".repeat(60_000),
        "a OR ".repeat(12_000),
        "-".repeat(60_000),
        "\"a\" ".repeat(15_000),
        "at least 1 of (".repeat(4_000),
        "x NEAR ".repeat(9_000),
    ] {
        let _ = Query::parse(&text);
    }
    assert!(started.elapsed().as_secs() < 5);
}
