//! Claims from files to rows, and the fields of queries that ask for them.

use demarche::{ClaimOptions, ClaimRow, Index, Query, SearchOptions, Stance, SyncOptions};

const FIRST: &str = "Norway accused Russia of hacking two ministries. Russia denied any role in the hack. The malware had lain on the mail servers of \
                     both ministries since the spring, and nobody had looked at the logs before a clerk lost three letters in one week.";
const SECOND: &str = "Researchers at Microsoft said the breach of the port was likely the work of APT29. Norway urged Russia to stop the cyberattacks. \
                      The port was closed for a day, and ships waited in the roads until its cranes could be moved by hand again.";

fn index() -> (tempfile::TempDir, Index) {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("articles");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("a.txt"), FIRST).unwrap();
    std::fs::write(folder.join("b.txt"), SECOND).unwrap();
    std::fs::write(folder.join("c.txt"), FIRST.replace("in one week", "in a month")).unwrap();
    let index = Index::create(temp.path().join("index")).unwrap();
    index.sync(&[folder], &SyncOptions::default(), &mut |_| {}).unwrap();
    (temp, index)
}

fn told(rows: &[ClaimRow]) -> Vec<String> {
    let names = |side: &[demarche::Party]| side.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("+");
    let mut all: Vec<String> = rows.iter().map(|r| format!("{} {} {}", names(&r.accusers), r.stance.as_str(), names(&r.accused))).collect();
    all.sort();
    all
}

#[test]
fn copies_of_a_story_count_once() {
    let (_temp, index) = index();
    let rows = index.claims(None, &ClaimOptions::default()).unwrap();
    assert_eq!(told(&rows), ["Microsoft accuses APT29", "Norway accuses Russia", "Norway urges Russia", "Russia denies unnamed"]);
    let hedged: Vec<&str> = rows.iter().filter(|r| r.hedged).map(|r| r.rule.as_str()).collect();
    assert_eq!(hedged, ["behind"]);
    assert!(rows.iter().all(|r| (FIRST.contains(&r.sentence) || SECOND.contains(&r.sentence)) && !r.rule.is_empty()));
}

#[test]
fn rows_are_filtered_by_any_alias_and_by_query() {
    let (_temp, index) = index();
    let count = |options: ClaimOptions, query: Option<&str>| {
        index.claims(query.map(|q| Query::parse(q).unwrap()).as_ref(), &options).unwrap().len()
    };
    assert_eq!(count(ClaimOptions { accused: vec!["Cozy Bear".into()], ..Default::default() }, None), 1);
    assert_eq!(count(ClaimOptions { accusers: vec!["Kremlin".into()], ..Default::default() }, None), 1);
    assert_eq!(count(ClaimOptions { stances: vec![Stance::Accuses], ..Default::default() }, None), 2);
    assert_eq!(count(ClaimOptions::default(), Some("+cranes")), 2);
    assert_eq!(count(ClaimOptions { accused: vec!["Sweden".into()], ..Default::default() }, None), 0);
}

#[test]
fn queries_ask_for_the_sides_of_claims() {
    let (_temp, index) = index();
    let found = |query: &str| {
        let options = SearchOptions { fold: false, ..SearchOptions::default() };
        index.search(&Query::parse(query).unwrap(), &options).unwrap().total
    };
    assert_eq!(found("accuser:Norway"), 3);
    assert_eq!(found("accused:\"Cozy Bear\""), 1);
    assert_eq!(found("accused:Norway"), 0);
    assert_eq!(found("stance:denies"), 2);
    assert_eq!(found("accuser:Microsoft stance:accuses"), 1);
    assert!(Query::parse("stance:grumbles").is_err());
}

#[test]
fn a_misspelt_side_is_told_with_names_like_it() {
    let (temp, _index) = index();
    let ask = |name: &str| {
        let mut command = crate::cli::demarche(temp.path());
        command.args(["claims", "--index", "index", "--accused", name]);
        command
    };
    assert!(crate::cli::stderr(&mut ask("Rusia"), 1).contains("no actor is known as `Rusia`; did you mean"));
    assert_eq!(crate::cli::stdout(&mut ask("Rusia"), 1), "", "a head without rows says nothing");
    assert!(!crate::cli::stderr(&mut ask("Iran"), 1).contains("did you mean"), "a name that somebody has is no mistake");
    assert!(crate::cli::stdout(&mut ask("Moscow"), 0).contains("Norway"));
}
