//! `demarche eval`, and batches of queries, as a user types them.

use crate::cli::{demarche, stdout};
use std::path::Path;

/// A folder of three notes with queries, judgements and two runs.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(home.path().join(name), text).unwrap();
    std::fs::create_dir(home.path().join("notes")).unwrap();
    write("notes/mail.txt", "The mail servers of two ministries were breached in the spring, and letters were read for weeks.");
    write("notes/ransom.txt", "The harbour paid the ransom; its cranes stood still for nine days until the keys arrived.");
    write("notes/envoy.txt", "The envoy was summoned over the breached mail servers and denied that her country had read letters.");
    write("q.tsv", "1\tbreached mail servers\n2\tharbour ransom\n3\tzebra\n");
    write("q.csv", "id,query\n1,breached mail servers\n2,\"harbour ransom\"\n3,zebra\n");
    write(
        "q.jsonl",
        "{\"id\": 1, \"query\": \"breached mail servers\"}\n{\"qid\": \"2\", \"text\": \"harbour ransom\"}\n{\"id\": 3, \"query\": \"zebra\"}\n",
    );
    write("qrels", "1 0 mail 2\n1 0 envoy 1\n2 0 ransom 1\n3 0 envoy 1\n");
    write("a.run", "1 Q0 envoy 1 9 a\n1 Q0 mail 2 8 a\n2 Q0 ransom 1 5 a\n");
    write("b.run", "1 Q0 mail 1 9 b\n2 Q0 mail 1 7 b\n2 Q0 ransom 2 5 b\n");
    stdout(demarche(home.path()).args(["index", "notes"]), 0);
    home
}

fn run(home: &Path, args: &[&str], code: i32) -> String {
    stdout(demarche(home).args(args), code)
}

fn means(home: &Path, args: &[&str]) -> Vec<serde_json::Value> {
    let text = run(home, &[&["eval", "--qrels", "qrels", "--json"], args].concat(), 0);
    let rows = text.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap());
    rows.filter(|r| r["query"].is_null()).collect()
}

#[test]
fn runs_are_measured_and_compared() {
    let home = home();
    let rows = means(home.path(), &["--run", "a.run", "--run", "b.run"]);
    let near =
        |value: &serde_json::Value, expected: f64| assert!((value.as_f64().unwrap() - expected).abs() < 5e-5, "{value} is not {expected}");
    // Query 1: (1 + 2/log2 3) / (2 + 1/log2 3), query 2: 1, query 3: no hits.
    near(&rows[0]["ndcg10"], (0.859_72 + 1.0) / 3.0);
    near(&rows[0]["map"], 2.0 / 3.0);
    near(&rows[0]["recall100"], 2.0 / 3.0);
    near(&rows[1]["mrr"], 1.5 / 3.0);
    near(&rows[1]["recall100"], 1.5 / 3.0);
    near(&rows[1]["against"]["mrr"]["difference"], -0.5 / 3.0);
    assert_eq!((rows[1]["against"]["mrr"]["worse"].as_u64(), rows[1]["against"]["mrr"]["p_random"].as_f64()), (Some(1), Some(1.0)));
    let table = run(home.path(), &["eval", "--qrels", "qrels", "--run", "a.run", "--run", "b.run", "--by-query"], 0);
    assert!(table.contains("mean of 3 queries") && table.contains("against a.run") && table.contains("0.6199"), "{table}");
}

#[test]
fn the_search_itself_is_measured_part_by_part() {
    let home = home();
    for file in ["q.tsv", "q.csv", "q.jsonl"] {
        let rows = means(home.path(), &["--queries", file, "--run", "a.run"]);
        assert_eq!((rows.len(), rows[1]["run"].as_str(), rows[1]["recall100"].as_f64()), (2, Some("demarche"), Some(2.0 / 3.0)), "{file}");
    }
    let table = run(home.path(), &["eval", "--qrels", "qrels", "--queries", "q.tsv", "--ablation"], 0);
    for (part, _) in demarche::Ranking::parts() {
        assert!(table.contains(&format!("without {part}")), "{part}: {table}");
    }
    means(home.path(), &["--queries", "q.tsv", "--without", "proximity,coverage", "--set", "k1=0.9"]);
}

#[test]
fn mistakes_are_errors() {
    let home = home();
    for args in [
        &["--queries", "q.tsv", "--without", "magic"][..],
        &["--queries", "q.tsv", "--set", "k1=many"],
        &["--queries", "none.tsv"],
        &["--run", "q.tsv"],
        &["--run", "a.run", "--run", "b.run", "--run", "a.run"],
        &[],
    ] {
        run(home.path(), &[&["eval", "--qrels", "qrels"], args].concat(), 2);
    }
}

#[test]
fn a_batch_is_read_in_every_form() {
    let home = home();
    let expected = run(home.path(), &["search", "--queries", "q.tsv", "--format", "trec"], 0);
    assert_eq!(expected.lines().count(), 3);
    for file in ["q.csv", "q.jsonl"] {
        assert_eq!(run(home.path(), &["search", "--queries", file, "--format", "trec"], 0), expected, "{file}");
    }
}
