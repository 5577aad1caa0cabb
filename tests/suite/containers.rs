//! Files that hold many articles: each is an article of its own, and history does not matter to them either.

use demarche::{Index, Query, SearchOptions, SyncOptions};
use proptest::prelude::*;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Sentences of which articles are made, few so that articles and their templates return.
const SENTENCES: [&str; 6] = [
    "The harbour master closed the gate on Monday after the pumps had been switched off from abroad.",
    "A joint statement of four agencies names the unit that the ministry had accused a week before.",
    "The embassy called the accusation baseless and declined to answer any further question about it.",
    "Two officers were charged with the intrusion into the mail of the parliament, the court said.",
    "Readers who know more about this matter are asked to write to the desk before the end of the week.",
    "The vendor published a patch on Tuesday and thanked the team that had reported the flaw in spring.",
];

fn letter(id: u8, sentences: &[u8]) -> String {
    let text: Vec<_> = sentences.iter().map(|s| SENTENCES[*s as usize]).collect();
    format!(
        "Message-ID: <{id}@gate.example>\nFrom: Gate Press <press@gate.example>\nSubject: Statement {id}\nDate: Mon, 12 May 2031 08:00:00 +0000\n\n{}\n",
        text.join("\n\n")
    )
}

/// A mail box of letters.
fn mbox(letters: &[(u8, Vec<u8>)]) -> Vec<u8> {
    letters
        .iter()
        .map(|(id, text)| format!("From press@gate.example Mon May 12 08:00:00 2031\n{}\n", letter(*id, text)))
        .collect::<String>()
        .into()
}

/// A zip archive of texts and one picture.
fn zip(articles: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (id, text) in articles {
        if archive.start_file(format!("news/{id}.txt"), options).is_ok() {
            archive.write_all(letter(*id, text).as_bytes()).unwrap();
        }
    }
    archive.start_file("news/photo.jpg", options).unwrap();
    archive.write_all(b"\xff\xd8\xff\xe0").unwrap();
    archive.finish().unwrap().into_inner()
}

fn records(articles: &[(u8, Vec<u8>)]) -> Vec<serde_json::Value> {
    let text = |text: &[u8]| text.iter().map(|s| SENTENCES[*s as usize]).collect::<Vec<_>>().join("\n\n");
    articles.iter().map(|(id, s)| serde_json::json!({"id": id, "title": format!("Statement {id}"), "text": text(s)})).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn sync(index: &Path, folder: &Path, threads: usize) -> demarche::Report {
    let options = SyncOptions { threads, memory: 32 << 20, ..SyncOptions::default() };
    Index::create(index).unwrap().sync(&[folder.to_owned()], &options, &mut |_| {}).unwrap()
}

/// All that a user can see of an index, as text.
fn all_of(index: &Path) -> String {
    let index = Index::open(index).unwrap();
    let mut out = String::new();
    for text in ["statement harbour", "the", "+unit patch", "\"know more about this matter\"", "-zebra"] {
        let options = SearchOptions { limit: 1000, ..SearchOptions::default() };
        let hits = index.search(&Query::parse(text).unwrap(), &options).unwrap();
        out += &format!("{text}: {}\n", serde_json::to_string(&hits).unwrap());
    }
    let status = index.status().unwrap();
    out += &serde_json::to_string(&(status.articles, status.words, &status.skipped, index.actors().unwrap())).unwrap();
    out
}

#[derive(Clone, Debug)]
enum Step {
    /// Writes a file, as one letter, or as a container of some kind, cut short by some bytes.
    Write(u8, u8, Vec<(u8, Vec<u8>)>, usize),
    Delete(u8),
    Move(u8, u8),
    Sync(usize),
    /// Writes a letter to a file whose path could be that of a letter in a box.
    Beside(u8, u8, Vec<u8>),
}

fn step() -> impl Strategy<Value = Step> {
    let articles = prop::collection::vec((0..6u8, prop::collection::vec(0..6u8, 1..4)), 0..6);
    let cut = prop_oneof![3 => Just(0usize), 1 => 1..400usize];
    prop_oneof![
        4 => (0..4u8, 0..KINDS, articles, cut).prop_map(|(file, kind, articles, cut)| Step::Write(file, kind, articles, cut)),
        1 => (0..4u8).prop_map(Step::Delete),
        1 => (0..4u8, 0..4u8).prop_map(|(a, b)| Step::Move(a, b)),
        2 => (1..4usize).prop_map(Step::Sync),
        1 => (0..4u8, 0..6u8, prop::collection::vec(0..6u8, 1..4)).prop_map(|(file, id, text)| Step::Beside(file, id, text)),
    ]
}

const KINDS: u8 = 6;

fn container(kind: u8, articles: &[(u8, Vec<u8>)]) -> Vec<u8> {
    match kind {
        0 => articles.iter().map(|(id, text)| letter(*id, text)).next().unwrap_or_default().into(),
        1 => mbox(articles),
        2 => zip(articles),
        3 => gzip(&mbox(articles)),
        4 => records(articles).into_iter().flat_map(|r| format!("{r}\n").into_bytes()).collect(),
        _ => serde_json::to_vec(&records(articles)).unwrap(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]
    #[test]
    fn history_does_not_matter(steps in prop::collection::vec(step(), 1..20)) {
        let temp = tempfile::tempdir().unwrap();
        let (folder, lived, fresh) = (temp.path().join("f"), temp.path().join("lived"), temp.path().join("fresh"));
        fs::create_dir(&folder).unwrap();
        let path = |file: u8| folder.join(format!("{file}.dat"));
        for step in steps {
            match step {
                Step::Write(file, kind, articles, cut) => {
                    let mut bytes = container(kind, &articles);
                    bytes.truncate(bytes.len().saturating_sub(cut));
                    fs::write(path(file), bytes).unwrap();
                }
                Step::Delete(file) => {
                    let _ = fs::remove_file(path(file));
                }
                Step::Move(from, to) => {
                    let _ = fs::rename(path(from), path(to));
                }
                Step::Beside(file, id, text) => {
                    fs::write(folder.join(format!("{file}.dat#{id}@gate.example")), letter(id, &text)).unwrap();
                }
                Step::Sync(threads) => {
                    sync(&lived, &folder, threads);
                }
            }
        }
        sync(&lived, &folder, 2);
        sync(&fresh, &folder, 1);
        prop_assert_eq!(all_of(&lived), all_of(&fresh));
    }
}

#[test]
fn a_mail_box_is_synced_letter_by_letter() {
    let temp = tempfile::tempdir().unwrap();
    let (folder, index) = (temp.path().join("f"), temp.path().join("i"));
    fs::create_dir(&folder).unwrap();
    let file = folder.join("letters.mbox");
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
    let write = |bytes: &[u8], age: u64| {
        fs::write(&file, bytes).unwrap();
        let at = old + std::time::Duration::from_secs(age);
        fs::File::options().write(true).open(&file).unwrap().set_modified(at).unwrap();
    };
    write(&mbox(&[(1, vec![0, 1]), (2, vec![2]), (3, vec![3])]), 0);
    let first = sync(&index, &folder, 2);
    assert_eq!((first.added, first.skipped.len(), first.errors.len()), (3, 0, 0));
    let again = sync(&index, &folder, 2);
    assert_eq!((again.unchanged, again.bytes), (3, 0), "not opened");
    // One letter less, one changed, one new, one as it was.
    write(&mbox(&[(2, vec![5]), (3, vec![3]), (4, vec![1])]), 60);
    let third = sync(&index, &folder, 2);
    assert_eq!((third.added, third.changed, third.removed, third.unchanged), (1, 1, 1, 1));
    let index = Index::open(&index).unwrap();
    let hits = index.search(&Query::words("patch"), &SearchOptions::default()).unwrap().hits;
    assert_eq!(hits.len(), 1);
    assert!(hits[0].path.ends_with("f/letters.mbox#2@gate.example"), "{}", hits[0].path);
    assert_eq!(index.get(&hits[0].path).unwrap().title.as_deref(), Some("Statement 2"));
    let below = SearchOptions { below: Some(file.clone()), ..SearchOptions::default() };
    assert_eq!(index.search(&Query::words("the"), &below).unwrap().total, 3);
    fs::remove_file(&file).unwrap();
    let gone = sync(&temp.path().join("i"), &folder, 1);
    assert_eq!((gone.removed, Index::open(temp.path().join("i")).unwrap().status().unwrap().articles), (3, 0));
}

#[test]
fn the_program_names_articles_in_a_file() {
    let home = tempfile::tempdir().unwrap();
    let run = |args: &[&str], code| crate::cli::stdout(crate::cli::demarche(home.path()).args(args), code);
    fs::write(home.path().join("letters"), gzip(&mbox(&[(1, vec![0]), (2, vec![1])]))).unwrap();
    fs::write(home.path().join("all.zip"), zip(&[(7, vec![2])])).unwrap();
    let paths = |out: String| -> Vec<String> {
        out.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["path"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(paths(run(&["extract", "letters"], 0)), ["letters#1@gate.example", "letters#2@gate.example"]);
    assert_eq!(paths(run(&["extract", "all.zip"], 0)), ["all.zip#news/7.txt"]);
    assert!(run(&["show", "letters#2@gate.example"], 0).contains("joint statement"));
    assert!(run(&["show", "letters"], 2).is_empty());
    assert!(run(&["show", "letters#3@gate.example"], 2).is_empty());
    run(&["index", "."], 0);
    assert_eq!(run(&["search", "-l", "baseless"], 0), "all.zip#news/7.txt\n");
    assert!(run(&["show", "all.zip#news/7.txt"], 0).contains("baseless"));
}

/// A file can have the path that an entry of another has: they stay two.
#[test]
fn a_file_with_the_path_of_an_entry_is_another_article() {
    let home = tempfile::tempdir().unwrap();
    let run = |args: &[&str], code| crate::cli::stdout(crate::cli::demarche(home.path()).args(args), code);
    let folder = home.path().join("f");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("all.zip"), zip(&[(7, vec![2]), (8, vec![0])])).unwrap();
    fs::create_dir(folder.join("all.zip#news")).unwrap();
    fs::write(folder.join("all.zip#news/7.txt"), letter(7, &[1])).unwrap();
    let lines = |out: String| out.lines().map(str::to_owned).collect::<Vec<_>>();
    run(&["index", "f"], 0);
    assert_eq!(lines(run(&["search", "-l", "baseless"], 0)), ["f/all.zip#news/7.txt"]);
    assert_eq!(lines(run(&["search", "-l", "\"joint statement\""], 0)), ["f/./all.zip#news/7.txt"]);
    assert!(run(&["show", "f/all.zip#news/7.txt"], 0).contains("baseless"));
    assert!(run(&["show", "f/./all.zip#news/7.txt"], 0).contains("joint statement"));
    let status: serde_json::Value = serde_json::from_str(&run(&["status", "--json"], 0)).unwrap();
    assert_eq!((status["articles"].as_u64(), status["containers"].as_u64()), (Some(3), Some(1)));
    assert!(run(&["status"], 0).contains("1 file of several articles"));
    let extracted = run(&["extract", "f"], 0);
    assert!(extracted.contains("\"f/./all.zip#news/7.txt\"") && extracted.contains("\"f/all.zip#news/7.txt\""), "{extracted}");
    // The archive goes: the file has its plain path again, and is not lost.
    fs::remove_file(folder.join("all.zip")).unwrap();
    run(&["index", "f"], 0);
    assert_eq!(lines(run(&["search", "-l", "\"joint statement\""], 0)), ["f/all.zip#news/7.txt"]);
    assert_eq!(run(&["search", "-c", "baseless"], 1), "0\n");
}

#[test]
fn what_is_said_of_fields_is_remembered() {
    let home = tempfile::tempdir().unwrap();
    let run = |args: &[&str], code| crate::cli::stdout(crate::cli::demarche(home.path()).args(args), code);
    let record = |n: usize| format!("{{\"h\":\"Statement {n}\",\"blob\":\"{}\"}}\n", SENTENCES[n]);
    let file = home.path().join("crawl.jsonl");
    fs::write(&file, record(0) + &record(1)).unwrap();
    run(&["index", "crawl.jsonl"], 0);
    assert_eq!(run(&["search", "-c", "harbour"], 1), "0\n", "nobody knows where the text is");
    let report = run(&["index", "crawl.jsonl", "--field", "text=blob", "--field", "title=h"], 0);
    assert!(report.contains("added              2"), "{report}");
    assert_eq!(run(&["search", "-l", "harbour"], 0), "crawl.jsonl#1\n");
    fs::write(&file, record(0) + &record(1) + &record(2)).unwrap();
    run(&["index", "crawl.jsonl"], 0);
    assert_eq!(run(&["search", "-l", "baseless"], 0), "crawl.jsonl#3\n");
    run(&["index", "--rebuild"], 0);
    assert_eq!(run(&["search", "-l", "baseless"], 0), "crawl.jsonl#3\n");
    run(&["index", "crawl.jsonl", "--field", "text="], 0);
    assert_eq!(run(&["search", "-c", "harbour"], 1), "0\n");
    assert!(run(&["index", "crawl.jsonl", "--field", "colour=red"], 2).is_empty());
}
