//! A query: it parses or says where it does not, and an index answers it.
#![no_main]

use demarche::{Article, Index, Query, SearchOptions};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

/// A few articles with words, a title, days and actors to be found.
static INDEX: LazyLock<(tempfile::TempDir, Index)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder for the index");
    let index = Index::create(folder.path()).expect("an index");
    let bodies = [
        "The ministry blamed a foreign service for the intrusion into its mail servers.",
        "Lazarus Group emptied the accounts of an exchange in 2022, the agency said on 5 May.",
        "Grain, weather, harvest; nothing else happened in the valley that year.",
    ];
    let article = |(i, body): (usize, &&str)| Article {
        path: format!("{i}.txt"),
        title: Some(format!("Report number {i} on the attack")),
        published: Some(format!("202{i}-03-04")),
        body: (*body).to_owned(),
        ..Article::default()
    };
    index.add(bodies.iter().enumerate().map(article)).expect("articles");
    (folder, index)
});

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    match Query::parse(&text) {
        Ok(query) => {
            let hits = INDEX.1.search(&query, &SearchOptions { explain: true, ..SearchOptions::default() });
            assert!(hits.expect("a sound index answers").total <= 3);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
