//! A user's own lists of actors: read, kept in the index, and every article as if they had always been there.

use crate::cli::{demarche, stdout};
use demarche::knowledge::{List, ListError};
use demarche::{Article, Index, Query, SearchOptions, SyncOptions};
use std::fs;
use std::path::Path;

const ATTACK: &str = r#"{"type": "bundle", "objects": [
    {"type": "malware", "name": "PaperMill"},
    {"type": "intrusion-set", "name": "Paper Wader", "aliases": ["Paper Wader", "Ink Wader"], "external_references": [{"external_id": "G9901"}]},
    {"type": "intrusion-set", "name": "Glass Wader", "external_references": []}]}"#;
const GALAXY: &str =
    r#"{"values": [{"value": "Paper Wader", "uuid": "0-1", "meta": {"synonyms": ["Ink Wader", "G9901"], "country": "no"}}]}"#;
const CSV: &str = "\u{feff}Name,Aliases,Country,Kind,Parent,Remark\n\"Paper Wader, the\",Ink Wader; UNC99001,no,,,\"two\nlines\"\n\nHarbour Board,,NO,agency,state-no,\n";

fn index_of(folder: &Path, index: &Path) -> Index {
    let index = Index::create(index).unwrap();
    index.sync(&[folder.to_owned()], &SyncOptions { threads: 2, ..SyncOptions::default() }, &mut |_| {}).unwrap();
    index
}

/// Everything a user can see of it.
fn all_of(index: &Index) -> String {
    let mut out = format!("{:?}\n", index.actors().unwrap());
    for query in ["wader", "actor:\"ink wader\"", "country:no", "actor:agency", "actor:\"Paper Wader\"", "-harbour"] {
        let hits = index.search(&Query::parse(query).unwrap(), &SearchOptions { limit: 100, ..SearchOptions::default() }).unwrap();
        out += &format!("{query}: {}\n", serde_json::to_string(&hits).unwrap());
        for hit in hits.hits {
            out += &format!("{}\n", serde_json::to_string(&index.get(&hit.id).unwrap()).unwrap());
        }
    }
    out
}

fn folder(files: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("f")).unwrap();
    for (i, text) in [
        "The malware was that of Paper Wader, and phishing by Ink Wader followed within days of the breach.",
        "The Harbour Board spoke of a breach of its mail servers and of malware on two of its cranes last week.",
        "Nothing in this text concerns the matter; it reports on the harvest, the weather and the price of grain this year.",
    ]
    .iter()
    .cycle()
    .take(files)
    .enumerate()
    {
        fs::write(folder.path().join(format!("f/{i}.txt")), text).unwrap();
    }
    folder
}

#[test]
fn the_content_tells_the_format() {
    let names = |text: &str| List::read(text, "ours", "f").unwrap().records.iter().map(|r| r.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(ATTACK), ["Paper Wader", "Glass Wader"]);
    assert_eq!(names(GALAXY), ["Paper Wader"]);
    assert_eq!(names(CSV), ["Paper Wader, the", "Harbour Board"]);
    let list = List::read(CSV, "ours", "f").unwrap();
    assert_eq!(list.records[0].country.as_deref(), Some("NO"));
    assert_eq!(list.records[1].parent.as_deref(), Some("state-no"));
    assert!(list.records.iter().all(|r| r.source == "ours"));
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let says = |text: &str| List::read(text, "ours", "f").unwrap_err().to_string();
    assert_eq!(says("name,country\nWader,Norway\n"), "line 2: country `Norway` is no code of two letters (ISO 3166-1)");
    assert_eq!(says("name,kind\n\"a\nb\",\nWader,bird\n").split(" is none").next(), Some("line 4: kind `bird`"));
    assert_eq!(says("name,id\n,7\n"), "line 2: name is empty");
    assert_eq!(says("name\n\"Wader\n"), "line 2: quotation is never closed");
    assert_eq!(says("{\"type\": \"bundle\", \"objects\": [{\"type\": \"intrusion-set\", \"id\": \"s-1\"}]}"), "entry 1 (s-1): no `name`");
    assert_eq!(says("{\"values\": [{\"value\": \"a\"}, {\"uuid\": \"u\"}]}"), "entry 2 (u): no `value`");
    assert!(says("who,what\na,b\n").contains("CSV with a `name` column"));
    assert!(matches!(List::read("{\"values\": []}", "ours", "f"), Err(ListError::Empty)));
    assert!(matches!(List::read(CSV, "curated", "f"), Err(ListError::Name(_))));
    assert!(matches!(List::read("{\"a\": 1,", "ours", "f"), Err(ListError::Json(_))));
}

#[test]
fn an_index_with_a_list_is_that_of_a_fresh_build_with_it() {
    let home = folder(7);
    let (files, at) = (home.path().join("f"), |name: &str| home.path().join(name));
    let list = || List::read(CSV, "ours", "f").unwrap();
    let late = index_of(&files, &at("late"));
    let plain = all_of(&late);
    let report = late.import(list()).unwrap();
    assert_eq!((report.actors, report.new, report.replaced, report.articles), (2, 2, false, 5));
    let early = Index::create(at("early")).unwrap();
    early.import(list()).unwrap();
    let early = index_of(&files, &at("early"));
    assert_eq!(all_of(&late), all_of(&early));
    assert_ne!(all_of(&late), plain);
    // A new file is read with the list, and the list stays when all are read again.
    fs::write(files.join("new.txt"), "UNC99001 sent malware to the Harbour Board, the board said in a statement on its breach.").unwrap();
    let again = index_of(&files, &at("late"));
    let full = SyncOptions { full: true, ..SyncOptions::default() };
    early.sync(std::slice::from_ref(&files), &full, &mut |_| {}).unwrap();
    assert_eq!(all_of(&again), all_of(&early));
    assert_eq!(again.status().unwrap().lists[0].actors, 2);
    // Another list of that name takes its place; forgotten, it leaves no trace.
    assert!(again.import(List::read(GALAXY, "ours", "f").unwrap()).unwrap().replaced);
    again.forget("ours").unwrap().unwrap();
    fs::remove_file(files.join("new.txt")).unwrap();
    assert_eq!(all_of(&index_of(&files, &at("late"))), plain);
}

#[test]
fn an_article_from_memory_is_found_under_names_of_a_list() {
    let home = tempfile::tempdir().unwrap();
    let index = Index::create(home.path().join("index")).unwrap();
    let mention = demarche::Mention {
        id: "hafnium".into(),
        name: "HAFNIUM".into(),
        kind: demarche::ActorKind::ThreatGroup,
        surface: "Hafnium".into(),
        span: demarche::Span::new(0, 7),
        candidates: Vec::new(),
        reason: "given".into(),
    };
    let article = Article { path: "m".into(), body: "Hafnium again.".into(), actors: vec![mention], ..Article::default() };
    index.add([article.clone()]).unwrap();
    let found = |name: &str| {
        let options = SearchOptions { actors: vec![name.to_owned()], ..SearchOptions::default() };
        index.search(&Query::words(""), &options).unwrap().total
    };
    assert_eq!(found("Ink Wader"), 0);
    index.import(List::read("name,aliases\nHafnium,Ink Wader\n", "ours", "f").unwrap()).unwrap();
    assert_eq!(found("Ink Wader"), 1);
    assert_eq!(index.get("m").unwrap().actors, article.actors);
}

#[test]
fn the_command_tells_what_it_did() {
    let home = folder(3);
    stdout(demarche(home.path()).args(["index", "f", "-q"]), 0);
    fs::write(home.path().join("my list.csv"), CSV).unwrap();
    let done = stdout(demarche(home.path()).args(["actors", "import", "my list.csv", "--json"]), 0);
    let done: serde_json::Value = serde_json::from_str(&done).unwrap();
    assert_eq!((done["name"].as_str(), done["articles"].as_u64()), (Some("my-list"), Some(2)));
    assert!(stdout(demarche(home.path()).arg("status"), 0).contains("my-list  2 actors of my list.csv"));
    assert!(stdout(demarche(home.path()).args(["actors", "--imported"]), 0).contains("my-list"));
    let told = stdout(demarche(home.path()).args(["actors", "Ink", "Wader"]), 0);
    assert!(told.contains("Norway") && told.contains("my-list"), "{told}");
    stdout(demarche(home.path()).args(["actors", "forget", "nothing"]), 2);
    stdout(demarche(home.path()).args(["actors", "forget", "my-list"]), 0);
    stdout(demarche(home.path()).args(["actors", "--imported"]), 1);
    fs::write(home.path().join("bad.csv"), "name\n\"never closed").unwrap();
    stdout(demarche(home.path()).args(["actors", "import", "bad.csv"]), 2);
}
