//! Copies of one story: what is one, who leads, and that history does not matter.

use crate::cli::{demarche, stdout};
use demarche::{Article, Hits, Index, Query, SearchOptions, Sort};
use proptest::prelude::*;

/// Sentences of a story, each told apart from those of other stories.
fn sentences(story: usize) -> Vec<String> {
    const WHO: [&str; 4] =
        ["the harbour authority of Brenmouth", "a provincial hospital trust", "the electoral office", "a maker of ferries"];
    const WHAT: [&str; 4] = ["the booking desk", "the pharmacy", "the register of voters", "the shipyard"];
    let (who, what) = (WHO[story % 4], WHAT[story % 4]);
    vec![
        format!(
            "Investigators working for {who} said on the first day that {what} had been closed after an intrusion nobody had noticed for weeks."
        ),
        format!(
            "According to two people who have seen the report on {what}, the intruders came in through a forgotten account of a supplier."
        ),
        format!("They moved from there to the archive of {who} and copied correspondence about a tender that has since been withdrawn."),
        format!("A spokesman for {who} refused to say whether a foreign service was suspected, and asked reporters for patience."),
        format!("The supplier of {what}, reached by telephone, answered that its own systems had shown no trace of anything unusual."),
        format!("Lawmakers want the director of {who} to explain himself before the committee on Thursday, behind closed doors."),
    ]
}

/// A telling of a story, another for each `form`.
fn telling(story: usize, form: usize) -> String {
    let mut all = sentences(story);
    match form {
        0 => {}
        1 => all[3] = "Nobody at the press office could be reached in the evening.".into(),
        2 => all.truncate(3),
        3 => all.insert(0, "This article has been updated with the answer of the supplier, which came in late at night.".into()),
        // Another article, with one sentence quoted.
        _ => {
            all = vec![
                all[3].clone(),
                sentences(story + 1)[0].replace("weeks", "a year").replace("closed", "shut"),
                "Nothing else is known.".into(),
            ]
        }
    }
    all.join("\n\n")
}

fn article(path: &str, body: String, published: Option<&str>) -> Article {
    let title = Some(format!("As {path} tells it"));
    Article { path: path.into(), title, body, published: published.map(str::to_owned), ..Article::default() }
}

fn index(articles: Vec<Article>) -> (tempfile::TempDir, Index) {
    let temp = tempfile::tempdir().unwrap();
    let index = Index::create(temp.path().join("i")).unwrap();
    index.add(articles).unwrap();
    (temp, index)
}

fn search(index: &Index, query: &str, options: SearchOptions) -> Hits {
    index.search(&Query::parse(query).unwrap(), &options).unwrap()
}

fn paths(hits: &Hits) -> Vec<(&str, Vec<&str>)> {
    hits.hits.iter().map(|h| (h.path.as_str(), h.copies.iter().map(|c| c.path.as_str()).collect())).collect()
}

#[test]
fn tellings_of_one_story_are_one_hit_and_the_earliest_leads() {
    let (_temp, index) = index(vec![
        article("a/undated", telling(0, 0), None),
        article("b/late", telling(0, 1), Some("2031-05-06")),
        article("c/early", telling(0, 0), Some("2031-05-02")),
        article("d/cut", telling(0, 2), Some("2031-05-02")),
        article("e/updated", telling(0, 3), Some("2031-05-03")),
        article("f/quotes", telling(0, 4), Some("2031-05-01")),
        article("g/other", telling(1, 0), Some("2031-05-01")),
    ]);
    let hits = search(&index, "+intrusion harbour", SearchOptions::default());
    let story = vec!["d/cut", "e/updated", "b/late", "a/undated"];
    assert_eq!(paths(&hits), [("c/early", story), ("f/quotes", vec![]), ("g/other", vec![])]);
    assert_eq!((hits.total, hits.copies), (3, 4));
    assert!(hits.hits.iter().all(|h| h.missing.is_empty() || h.path != "c/early"));
    let all = search(&index, "+intrusion harbour", SearchOptions { fold: false, ..SearchOptions::default() });
    assert_eq!((all.total, all.copies, all.hits.len()), (7, 0, 7));
    assert!(all.hits.iter().all(|h| h.copies.is_empty()));
    assert_eq!(hits.hits[0].score, all.hits[0].score, "the story stands where the best of its tellings stands");
    let status = index.status().unwrap();
    assert_eq!((status.articles, status.stories, status.copies), (7, 1, 4));

    // Of those that match, the earliest.
    let late = search(&index, "+date:2031-05-03.. +intrusion", SearchOptions::default());
    assert_eq!(paths(&late), [("e/updated", vec!["c/early", "d/cut", "b/late", "a/undated"])]);
    let newest = search(&index, "+intrusion", SearchOptions { sort: Sort::Newest, ..SearchOptions::default() });
    assert_eq!(newest.hits[0].path, "c/early", "a story is as old as its first telling");
}

#[test]
fn pages_of_folded_hits_join() {
    let articles = (0..40).map(|i| article(&format!("m/{i}"), telling(i % 4, i / 4 % 5), Some(&format!("2031-06-{:02}", 1 + i * 7 % 28))));
    let (_temp, index) = index(articles.collect());
    for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
        let page = |offset, limit| search(&index, "spokesman intrusion", SearchOptions { offset, limit, sort, ..SearchOptions::default() });
        let whole = page(0, 100);
        assert_eq!(whole.total, whole.hits.len());
        assert_eq!(whole.total + whole.copies, 40);
        let joined: Vec<_> = (0..whole.total).flat_map(|o| page(o, 1).hits).collect();
        assert_eq!(joined, whole.hits, "{sort:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]
    #[test]
    fn groups_are_those_of_a_fresh_build(
        steps in prop::collection::vec((0..14usize, prop::option::weighted(0.8, (0..3usize, 0..5usize, 0..4u8)), any::<bool>()), 1..24),
    ) {
        let make = |path: usize, (story, form, day): (usize, usize, u8)| {
            let day = (day > 0).then(|| format!("2031-07-0{day}"));
            article(&format!("m/{path}"), telling(story, form), day.as_deref())
        };
        let (_temp, lived) = index(Vec::new());
        let mut now = std::collections::BTreeMap::new();
        let mut waiting = Vec::new();
        for (path, telling, commit) in steps {
            match telling {
                Some(telling) => {
                    now.insert(path, telling);
                    waiting.push(make(path, telling));
                }
                None => {
                    lived.add(std::mem::take(&mut waiting)).unwrap();
                    now.remove(&path);
                    lived.remove([format!("m/{path}").as_str()]).unwrap();
                }
            }
            if commit {
                lived.add(std::mem::take(&mut waiting)).unwrap();
            }
        }
        lived.add(waiting).unwrap();
        let (_temp, fresh) = index(now.into_iter().rev().map(|(path, telling)| make(path, telling)).collect());
        for (query, sort) in [("-zebra", Sort::Oldest), ("harbour intrusion spokesman", Sort::Relevance)] {
            let of = |index: &Index| serde_json::to_string(&search(index, query, SearchOptions { limit: 100, sort, ..SearchOptions::default() }));
            prop_assert_eq!(of(&lived).unwrap(), of(&fresh).unwrap());
        }
        prop_assert_eq!(lived.status().unwrap().copies, fresh.status().unwrap().copies);
        prop_assert_eq!(lived.status().unwrap().stories, fresh.status().unwrap().stories);
    }
}

#[test]
fn the_program_counts_lists_and_unfolds_copies() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("f")).unwrap();
    for (name, form) in [("one", 0), ("two", 1), ("three", 3)] {
        std::fs::write(home.path().join(format!("f/{name}.txt")), telling(2, form)).unwrap();
    }
    stdout(demarche(home.path()).args(["index", "f"]), 0);
    let run = |args: &[&str]| stdout(demarche(home.path()).arg("search").args(args), 0);
    let hits = run(&["electoral intrusion"]);
    assert!(hits.contains("+2 copies") && hits.matches("f/").count() == 1, "{hits}");
    assert_eq!(run(&["--copies", "electoral intrusion"]).matches("f/").count(), 3);
    assert_eq!(run(&["-l", "electoral intrusion"]).lines().count(), 1);
    assert_eq!(run(&["-l", "--copies", "electoral intrusion"]).lines().count(), 3);
    assert_eq!(run(&["-c", "electoral intrusion"]).trim(), "1");
    assert_eq!(run(&["-c", "--no-collapse", "electoral intrusion"]).trim(), "3");
    let json: serde_json::Value = serde_json::from_str(&run(&["--json", "electoral intrusion"])).unwrap();
    assert_eq!(json["copies"].as_array().unwrap().len(), 2);
    assert!(json["copies"][0]["path"].as_str().unwrap().starts_with("f/"));
    let status = stdout(demarche(home.path()).arg("status"), 0);
    assert!(status.contains("2 of 1 stories"), "{status}");
    std::fs::write(home.path().join("queries.tsv"), "q\telectoral intrusion\n").unwrap();
    assert_eq!(run(&["--queries", "queries.tsv"]).lines().count(), 3, "a run for judging lists every document");
    std::fs::remove_file(home.path().join("f/two.txt")).unwrap();
    stdout(demarche(home.path()).args(["index", "f"]), 0);
    assert!(run(&["electoral intrusion"]).contains("+1 copy"));
    let left = std::fs::read_dir(home.path().join("index")).unwrap().flatten();
    assert_eq!(left.filter(|e| e.file_name().to_string_lossy().starts_with("copies-")).count(), 1, "older groups are cleared away");
}
