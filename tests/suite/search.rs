//! What a query finds, compared with looking at every text.

use demarche::{Article, Index, Mention, Query, SearchOptions};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Words that stemming leaves as they are.
const WORDS: [&str; 6] = ["alpha", "bravo", "delta", "echo", "hotel", "kilo"];

fn article(path: &str, title: &str, body: &str) -> Article {
    Article { path: path.into(), title: Some(title.into()), body: body.into(), ..Article::default() }
}

fn index(articles: Vec<Article>) -> (tempfile::TempDir, Index) {
    let temp = tempfile::tempdir().unwrap();
    let index = Index::create(temp.path().join("i")).unwrap();
    index.add(articles).unwrap();
    (temp, index)
}

fn found(index: &Index, query: &str) -> BTreeSet<String> {
    let options = SearchOptions { limit: 1000, ..SearchOptions::default() };
    let hits = index.search(&Query::parse(query).unwrap(), &options).unwrap();
    assert_eq!(hits.total, hits.hits.len(), "{query}");
    hits.hits.into_iter().map(|h| h.path).collect()
}

/// A query and what it means, word by word.
#[derive(Clone, Debug)]
enum Asked {
    Word(usize),
    Phrase(usize, usize),
    Near(usize, usize),
    Loose(usize, usize),
    Title(usize),
    And(Box<Asked>, Box<Asked>),
    Or(Box<Asked>, Box<Asked>),
    AndNot(Box<Asked>, Box<Asked>),
    TwoOf(Box<Asked>, Box<Asked>, Box<Asked>),
}

impl Asked {
    fn text(&self) -> String {
        match self {
            Asked::Word(w) => format!("+{}", WORDS[*w]),
            Asked::Phrase(a, b) => format!("\"{} {}\"", WORDS[*a], WORDS[*b]),
            Asked::Near(a, b) => format!("({} NEAR/2 {})", WORDS[*a], WORDS[*b]),
            Asked::Loose(a, b) => format!("\"{} {}\"~1", WORDS[*a], WORDS[*b]),
            Asked::Title(w) => format!("+title:{}", WORDS[*w]),
            Asked::And(a, b) => format!("({} AND {})", a.text(), b.text()),
            Asked::Or(a, b) => format!("({} OR {})", a.text(), b.text()),
            Asked::AndNot(a, b) => format!("({} AND NOT {})", a.text(), b.text()),
            Asked::TwoOf(a, b, c) => format!("(at least 2 of ({} {} {}))", a.text(), b.text(), c.text()),
        }
    }

    fn meets(&self, title: &[usize], body: &[usize]) -> bool {
        let pair = |a: usize, b: usize, ordered: bool, far: usize| {
            [title, body].iter().any(|words| {
                let places = |w| words.iter().enumerate().filter(move |(_, x)| **x == w).map(|(i, _)| i);
                places(a).any(|i| places(b).any(|j| if ordered { j > i && j - i <= far } else { i != j && i.abs_diff(j) <= far }))
            })
        };
        match self {
            Asked::Word(w) => title.contains(w) || body.contains(w),
            Asked::Title(w) => title.contains(w),
            Asked::Phrase(a, b) => pair(*a, *b, true, 1),
            Asked::Loose(a, b) => pair(*a, *b, true, 2),
            Asked::Near(a, b) => pair(*a, *b, false, 2),
            Asked::And(a, b) => a.meets(title, body) && b.meets(title, body),
            Asked::Or(a, b) => a.meets(title, body) || b.meets(title, body),
            Asked::AndNot(a, b) => a.meets(title, body) && !b.meets(title, body),
            Asked::TwoOf(a, b, c) => [a, b, c].iter().filter(|x| x.meets(title, body)).count() >= 2,
        }
    }
}

fn asked() -> impl Strategy<Value = Asked> {
    let word = || 0..WORDS.len();
    let leaf = prop_oneof![
        word().prop_map(Asked::Word),
        (word(), word()).prop_map(|(a, b)| Asked::Phrase(a, b)),
        (word(), word()).prop_map(|(a, b)| Asked::Near(a, b)),
        (word(), word()).prop_map(|(a, b)| Asked::Loose(a, b)),
        word().prop_map(Asked::Title),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let b = |x: Asked| Box::new(x);
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(move |(x, y)| Asked::And(b(x), b(y))),
            (inner.clone(), inner.clone()).prop_map(move |(x, y)| Asked::Or(b(x), b(y))),
            (inner.clone(), inner.clone()).prop_map(move |(x, y)| Asked::AndNot(b(x), b(y))),
            (inner.clone(), inner.clone(), inner).prop_map(move |(x, y, z)| Asked::TwoOf(b(x), b(y), b(z))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn a_query_finds_what_looking_at_every_text_finds(
        texts in prop::collection::vec((prop::collection::vec(0..WORDS.len(), 0..3), prop::collection::vec(0..WORDS.len(), 1..8)), 1..20),
        queries in prop::collection::vec(asked(), 1..12),
    ) {
        let say = |words: &[usize]| words.iter().map(|&w| WORDS[w]).collect::<Vec<_>>().join(" ");
        let articles = texts.iter().enumerate().map(|(i, (t, b))| article(&format!("m/{i}"), &say(t), &say(b))).collect();
        let (_temp, index) = index(articles);
        for query in queries {
            let expected: BTreeSet<String> = texts.iter().enumerate()
                .filter(|(_, (t, b))| query.meets(t, b))
                .map(|(i, _)| format!("m/{i}"))
                .collect();
            prop_assert_eq!(found(&index, &query.text()), expected, "{}", query.text());
        }
    }
}

fn small() -> (tempfile::TempDir, Index) {
    let mention = |id: &str, name: &str, surface: &str, start: usize| Mention {
        id: id.into(),
        name: name.into(),
        kind: demarche::ActorKind::ThreatGroup,
        surface: surface.into(),
        span: demarche::Span::new(start, start + surface.len()),
        candidates: Vec::new(),
        reason: "test".into(),
    };
    let mut one = article("f/one.txt", "Mail servers breached", "Hafnium broke into the mail servers of US ministries, experts told us.");
    one.actors = vec![mention("hafnium", "HAFNIUM", "Hafnium", 0)];
    one.published = Some("2021-03-09".into());
    one.publisher = Some("Pellmore Wire".into());
    one.language = Some("en".into());
    one.authors = vec!["Ada Quillford".into()];
    let mut two = article("f/two.txt", "Ransom paid", "The operator paid for the decryption keys; cryptographers doubt it was needed.");
    two.published = Some("2021-05-14".into());
    two.publisher = Some("Quillford Courier".into());
    let three = article("g/three.txt", "Undated note", "A note on cryptography, and on the APT-40 and APT 41 groups.");
    index(vec![one, two, three])
}

#[test]
fn each_part_of_the_language_finds_its_article() {
    let (_temp, index) = small();
    for (query, expected) in [
        ("hafnium", "f/one.txt"),
        ("actor:\"Silk Typhoon\"", "f/one.txt"),
        ("publisher:courier", "f/two.txt"),
        ("author:ada", "f/one.txt"),
        ("path:three", "g/three.txt"),
        ("lang:en", "f/one.txt"),
        ("date:2021-03", "f/one.txt"),
        ("date:2021-04..", "f/two.txt"),
        ("published:..2021-04", "f/one.txt"),
        ("undated:", "g/three.txt"),
        ("title:ransom", "f/two.txt"),
        ("crypto* -\"apt 40\"", "f/two.txt"),
        ("hafnum~", "f/one.txt"),
        ("=US", "f/one.txt"),
        ("/haf.*m/", "f/one.txt"),
        ("/mini[a-z]+s/ -ransom", "f/one.txt"),
        ("/decr?yption/^2", "f/two.txt"),
        ("apt40", "g/three.txt"),
        ("apt41", "g/three.txt"),
        ("\"decryption keys\"", "f/two.txt"),
        ("ministries NEAR/3 servers", "f/one.txt"),
        ("at least 2 of (ransom keys hafnium)", "f/two.txt"),
    ] {
        assert_eq!(found(&index, query), BTreeSet::from([expected.to_owned()]), "{query}");
    }
    for nothing in ["=hafnium", "title:hafnium", "actor:apt29", "date:2020", "\"keys decryption\"", "zebra"] {
        assert!(found(&index, nothing).is_empty(), "{nothing}");
    }
    assert_eq!(found(&index, "crypto*").len(), 2);
    assert_eq!(found(&index, "-hafnium").len(), 2);
}

#[test]
fn a_hit_says_why() {
    let (_temp, index) = small();
    let hits = index.search(&Query::parse("actor:\"Silk Typhoon\" breach zebra").unwrap(), &SearchOptions::default()).unwrap();
    let hit = &hits.hits[0];
    assert_eq!((hit.matched_actors[0].asked.as_str(), hit.matched_actors[0].surface.as_str()), ("Silk Typhoon", "Hafnium"));
    assert_eq!(hit.missing, ["zebra"]);
    let lit: Vec<&str> = hit.snippet.highlights.iter().map(|&(a, b)| &hit.snippet.text[a..b]).collect();
    assert!(lit.contains(&"Hafnium"), "{lit:?}");
    let actors = index.actors().unwrap();
    assert_eq!((actors[0].name.as_str(), actors[0].articles, actors[0].first.as_deref()), ("HAFNIUM", 1, Some("2021-03-09")));
}

#[test]
fn any_words_are_answered() {
    let (_temp, index) = small();
    for words in ["", "?", "(((", "WHO DID IT AND WHY NOT (IF AT ALL)?", "\"", "a:b:c", "~~~", "\u{0}", "é", &"word ".repeat(10_000)] {
        index.search(&Query::words(words), &SearchOptions::default()).unwrap();
    }
    let hits = index.search(&Query::words("THE MAIL (SERVERS)?"), &SearchOptions::default()).unwrap();
    assert_eq!(hits.hits[0].path, "f/one.txt");
}

fn hits(index: &Index, query: &str, options: SearchOptions) -> Vec<demarche::Hit> {
    index.search(&Query::parse(query).unwrap(), &options).unwrap().hits
}

#[test]
fn a_score_is_the_sum_of_its_reasons() {
    let (_temp, index) = small();
    let options = SearchOptions { explain: true, ..SearchOptions::default() };
    for query in
        ["mail servers breached experts zebra", "cryptography", "the mail", "crypto* keys", "lang:en", "\"decryption keys\" ransom"]
    {
        let found = hits(&index, query, options.clone());
        assert!(!found.is_empty());
        for hit in found {
            let explanation = hit.explanation.unwrap();
            let sum: f32 = explanation.reasons.iter().map(|r| r.value).sum();
            assert!((hit.score - sum).abs() < 1e-3, "{query}: {} is not {sum}: {explanation:?}", hit.score);
            assert!(!explanation.reasons.iter().any(|r| r.part == "copy"), "{query}: {explanation:?}");
        }
    }
    let first = &hits(&index, "mail servers breached experts zebra", options)[0];
    let parts: Vec<&str> = first.explanation.as_ref().unwrap().reasons.iter().map(|r| r.part).collect();
    assert!(parts.contains(&"word") && parts.contains(&"proximity") && parts.contains(&"coverage"), "{parts:?}");
    assert!(hits(&index, "mail", SearchOptions::default())[0].explanation.is_none());
}

#[test]
fn plain_words_that_name_an_actor_find_its_other_names() {
    let (_temp, index) = small();
    let found = hits(&index, "silk typhoon", SearchOptions::default());
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].matched_actors[0].asked.as_str(), found[0].matched_actors[0].surface.as_str()), ("silk typhoon", "Hafnium"));
    assert!(found[0].missing.is_empty());
    let off = {
        let mut r = demarche::Ranking::default();
        r.switch_off("alias");
        r
    };
    assert!(hits(&index, "silk typhoon", SearchOptions { ranking: off, ..SearchOptions::default() }).is_empty());
    // Who writes the name itself comes first, and has nothing to tell.
    let found = hits(&index, "hafnium", SearchOptions::default());
    assert!(found[0].matched_actors.is_empty());
}

#[test]
fn what_the_best_hits_have_in_common_orders_and_adds() {
    let body = |words: &str| format!("{words} Nobody said more about it on that day in the harbour.");
    let mut articles: Vec<Article> = (0..4)
        .map(|i| article(&format!("c/{i}"), "", &body("The cable was cut near the island by an anchor, and the trawler left the strait.")))
        .collect();
    articles.push(article("c/kin", "", &body("The anchor of the trawler was found in the strait.")));
    articles.push(article("c/far", "", &body("The cable of a lamp was too short.")));
    articles.push(article("c/also", "", &body("The cable of a trawler was too short.")));
    let (_temp, index) = index(articles);
    let options = SearchOptions { fold: false, ..SearchOptions::default() };
    let paths = |options: &SearchOptions| -> Vec<String> {
        hits(&index, "cable cut island", options.clone()).into_iter().map(|h| h.path).collect()
    };
    let plain = paths(&options);
    assert!(!plain.contains(&"c/kin".to_owned()), "{plain:?}");
    let place = |p: &str| plain.iter().position(|x| x == p);
    assert!(place("c/also") < place("c/far"), "what the best have in common orders: {plain:?}");
    let more = paths(&SearchOptions { expand: true, ..options });
    assert!(more.contains(&"c/kin".to_owned()), "{more:?}");
}

#[test]
fn a_weight_moves_a_hit() {
    let (_temp, index) = small();
    let first = |query: &str| hits(&index, query, SearchOptions::default())[0].path.clone();
    assert_eq!(first("hafnium ransom^5"), "f/two.txt");
    assert_eq!(first("hafnium^5 ransom"), "f/one.txt");
    assert_eq!(first("(hafnium mail)^0.1 ransom"), "f/two.txt");
}

#[test]
fn words_that_nobody_has_are_told_with_words_like_them() {
    let (_temp, index) = small();
    let unknown = |query: &str| index.search(&Query::parse(query).unwrap(), &SearchOptions::default()).unwrap().unknown_words;
    let found = unknown("ministreis cryptographers");
    assert_eq!((found.len(), found[0].asked.as_str()), (1, "ministreis"));
    assert_eq!(found[0].like, ["ministries"]);
    assert_eq!(unknown("xafnium")[0].like, ["hafnium"], "a wrong first letter too");
    assert!(unknown("zq")[0].like.is_empty() && unknown("hafnium servers").is_empty());
}

#[test]
fn words_are_found_in_the_forms_of_their_language() {
    let speaking = |path: &str, language: &str, body: &str| Article { language: Some(language.into()), ..article(path, "", body) };
    let (_temp, index) = index(vec![
        speaking("l/de", "de", "Die Behörden meldeten am Abend zwei Angriffe auf das Netz."),
        speaking("l/fr", "fr", "Les autorités dénoncent plusieurs intrusions."),
        speaking("l/en", "en", "The agencies reported attacks on the network."),
    ]);
    for (query, expected) in [
        ("Angriffen", "l/de"),
        ("+behörde", "l/de"),
        ("\"zwei Angriffen\"", "l/de"),
        ("autorité", "l/fr"),
        ("agency", "l/en"),
        ("attacked NEAR/3 networks", "l/en"),
    ] {
        assert_eq!(found(&index, query), BTreeSet::from([expected.to_owned()]), "{query}");
    }
    let hit = &hits(&index, "Angriffen", SearchOptions::default())[0];
    let lit: Vec<&str> = hit.snippet.highlights.iter().map(|&(a, b)| &hit.snippet.text[a..b]).collect();
    assert_eq!(lit, ["Angriffe"]);
}

#[test]
fn hostile_queries_are_answered_in_time() {
    let (_temp, index) = small();
    let started = std::time::Instant::now();
    for query in
        ["a* b* c* d* e* *", "/.*/ /(.*){5}/ /(a|b|c)*d/", &"mail ".repeat(10_000), &"(mail OR ".repeat(60), "h~ m~ zzzzzzzzzzzzzzzz~"]
    {
        if let Ok(query) = Query::parse(query) {
            index.search(&query, &SearchOptions { explain: true, ..SearchOptions::default() }).unwrap();
        }
    }
    assert!(started.elapsed().as_secs() < 10);
}
