//! What a query costs within a process, by its kind: ten hits with snippets, from an index of invented texts; beside it the engine's own best
//! ten of the same terms with their stored fields.
//!
//! `cargo bench --bench query`; `TEXTS=100000` makes a larger index.
#![allow(missing_docs, clippy::unwrap_used)]

use criterion::{Criterion, criterion_group, criterion_main};
use demarche::{ActorKind, Article, Index, Mention, Query, SearchOptions, Span};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{TantivyDocument, Term};

/// Numbers without end, the same each time (Steele, Lea and Flood's SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ x >> 31
    }

    /// The rank of a word by Zipf's law, roughly: each power of two is as likely as any other.
    fn rank(&mut self) -> u64 {
        let bits = self.next() % 15;
        (1 << bits) + self.next() % (1 << bits)
    }
}

/// The word of a rank, of no language.
fn word(rank: u64) -> String {
    const SYLLABLES: [&str; 16] = ["ba", "ko", "ti", "mu", "re", "sol", "van", "dil", "por", "ne", "gar", "fu", "lim", "tro", "pek", "sun"];
    let (mut left, mut out) = (rank, String::from("q"));
    while left > 0 {
        out.push_str(SYLLABLES[(left % 16) as usize]);
        left /= 16;
    }
    out
}

fn article(number: u64) -> Article {
    let mut numbers = Numbers(number);
    let mut text = |count: usize| (0..count).map(|_| word(numbers.rank())).collect::<Vec<_>>().join(" ");
    let (title, mut body) = (text(8), [text(80), text(80)].join("\n\n"));
    let mut actors = Vec::new();
    if number.is_multiple_of(50) {
        let (start, name) = (body.len() + 2, "Quiet Heron");
        body.push_str(&format!("\n\n{name} was blamed."));
        let span = Span::new(start, start + name.len());
        let (id, kind) = ("quiet-heron".to_owned(), ActorKind::ThreatGroup);
        actors.push(Mention { id, name: name.into(), kind, surface: name.into(), span, candidates: Vec::new(), reason: String::new() });
    }
    let published = Some(format!("{}-{:02}-{:02}", 2012 + number % 12, 1 + number % 11, 1 + number % 27));
    Article {
        path: format!("{number}.txt"),
        title: Some(title),
        body,
        published,
        actors,
        language: Some("en".into()),
        ..Article::default()
    }
}

fn queries(bench: &mut Criterion) {
    let texts: u64 = std::env::var("TEXTS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path()).unwrap();
    index.add((0..texts).map(article)).unwrap();
    let [some, other, common] = [700, 901, 40].map(word);
    let options = SearchOptions::default();
    for (kind, query) in [
        ("term", some.clone()),
        ("and", format!("{some} AND {common}")),
        ("or", format!("{some} OR {common}")),
        ("phrase", format!("\"{common} {}\"", word(41))),
        ("prefix", format!("{}*", &some[..5])),
        ("fuzzy", format!("{other}~1")),
        ("date range", format!("{common} date:2018-01..2018-06")),
        ("actor", "actor:quiet-heron".to_owned()),
    ] {
        let query = Query::parse(&query).unwrap();
        assert!(index.search(&query, &options).unwrap().total > 0, "{kind} finds nothing");
        bench.bench_function(kind, |b| b.iter(|| index.search(&query, &options).unwrap()));
    }
    let engine = tantivy::Index::open_in_dir(folder.path()).unwrap();
    let body = engine.schema().get_field("body").unwrap();
    let searcher = engine.reader().unwrap().searcher();
    let term = |word: &str| -> Box<dyn tantivy::query::Query> {
        Box::new(TermQuery::new(Term::from_field_text(body, word), IndexRecordOption::WithFreqs))
    };
    let both = |occur| BooleanQuery::new(vec![(occur, term(&some)), (occur, term(&common))]);
    let all: [(&str, Box<dyn tantivy::query::Query>); 3] =
        [("engine: term", term(&some)), ("engine: and", Box::new(both(Occur::Must))), ("engine: or", Box::new(both(Occur::Should)))];
    for (kind, query) in all {
        bench.bench_function(kind, |b| {
            b.iter(|| {
                let best = searcher.search(&query, &TopDocs::with_limit(10).order_by_score()).unwrap();
                best.into_iter().map(|(_, at)| searcher.doc::<TantivyDocument>(at).unwrap()).collect::<Vec<_>>()
            });
        });
    }
}

criterion_group!(benches, queries);
criterion_main!(benches);
