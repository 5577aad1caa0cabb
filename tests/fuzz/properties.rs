//! What holds of any bytes, a function for each target. The targets search for bytes of which it does not; the ordinary tests replay those that were
//! found.

use demarche::annotate::{Annotator, Context};
use demarche::clean::{clean, explain, rules};
use demarche::decode::{Fields, Input, entries, read_as};
use demarche::extract::extract;
use demarche::knowledge::Knowledge;
use demarche::{Article, Index, Query, SearchOptions, Source};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::LazyLock;

/// Names of files, since some formats are told by their ending.
const NAMES: [&str; 12] = ["file", "a.csv", "a.tsv", "a.json", "a.jsonl", "a.xml", "a.mbox", "a.eml", "a.warc", "a.txt", "a.md", "a.pdf"];

/// Bytes of any file: packers, containers, charsets, formats. Whatever they are, they are read or skipped, and names within a file fit a line.
///
/// The first byte chooses the name of the file.
pub(crate) fn decode(bytes: &[u8]) {
    let [which, rest @ ..] = bytes else { return };
    let name = NAMES[*which as usize % NAMES.len()];
    let _ = entries(name, Input::stream(rest), &Fields::default(), &mut |entry| {
        assert!(!entry.name.chars().any(char::is_control), "{:?}", entry.name);
        ControlFlow::Continue(())
    });
}

/// Bytes read as those of one format, whether or not they begin like it.
pub(crate) fn format(format: &str, bytes: &[u8]) {
    assert!(read_as(format, bytes).is_some(), "no format is named {format:?}");
}

/// A page with mark-up: every block gets a verdict. Every other length is read as the mark-up of a document.
pub(crate) fn page(bytes: &[u8]) {
    let html = String::from_utf8_lossy(bytes);
    judge(if bytes.len().is_multiple_of(2) { Source::Html } else { Source::Document }, &html);
}

/// A text without mark-up, and Markdown: every block gets a verdict.
pub(crate) fn text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    [Source::Text, Source::Markdown].into_iter().for_each(|source| judge(source, &text));
}

fn judge(source: Source, text: &str) {
    let page = extract(source, text);
    let verdicts = clean(&page);
    assert_eq!(verdicts.len(), page.blocks.len());
    assert_eq!(explain(&page).len(), page.blocks.len());
    assert!(verdicts.iter().flatten().all(|rule| rules().any(|r| r.name == *rule)), "{verdicts:?}");
}

/// Actors, dates and claims in a text: every span lies on character boundaries of it, and what it says of the surface is so.
pub(crate) fn annotate(bytes: &[u8]) {
    static ANNOTATOR: LazyLock<Annotator<'static>> = LazyLock::new(|| Annotator::new(Knowledge::builtin()));
    let text = String::from_utf8_lossy(bytes);
    let published = bytes.first().filter(|b| **b < 128).and_then(|_| "2021-07-19".parse().ok());
    let found = ANNOTATOR.annotate(&text, &Context { published, ..Context::default() });
    for actor in &found.actors {
        assert_eq!(text.get(actor.span.start..actor.span.end), Some(actor.surface.as_str()));
    }
    for date in &found.dates {
        assert_eq!(text.get(date.span.start..date.span.end), Some(date.surface.as_str()));
    }
    for claim in &found.claims {
        assert!(text.get(claim.span.start..claim.span.end).is_some());
    }
}

/// A query: it parses or says where it does not, and an index answers it.
pub(crate) fn query(bytes: &[u8]) {
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
    let text = String::from_utf8_lossy(bytes);
    match Query::parse(&text) {
        Ok(query) => {
            let hits = INDEX.1.search(&query, &SearchOptions { explain: true, ..SearchOptions::default() });
            assert!(hits.expect("a sound index answers").total <= 3);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// The files of an index, damaged: opening, checking and searching tell so, or answer; they never panic.
///
/// The first bytes choose a file and a place; the rest is written there, or the file is cut short.
pub(crate) fn index(bytes: &[u8]) {
    static SOUND: LazyLock<Vec<(PathBuf, Vec<u8>)>> = LazyLock::new(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let index = Index::create(folder.path()).expect("an index");
        let article = |i: usize| Article {
            path: format!("{i}.txt"),
            title: Some(format!("Report number {} on the attack", i % 7)),
            body: format!("The ministry blamed service number {i} for the intrusion into its mail servers, as it had done before."),
            ..Article::default()
        };
        index.add((0..40).map(article)).expect("articles");
        let files =
            std::fs::read_dir(folder.path()).expect("files").flatten().filter(|e| !e.file_name().to_string_lossy().ends_with(".lock"));
        // By their ending, since the engine makes up the rest of their names.
        let mut files: Vec<_> = files.map(|e| (PathBuf::from(e.file_name()), std::fs::read(e.path()).expect("a file"))).collect();
        files.sort_by_key(|(name, _)| (name.extension().map(std::ffi::OsStr::to_owned), name.to_owned()));
        files
    });
    let [which, high, middle, low, cut, rest @ ..] = bytes else { return };
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a folder");
    for (i, (name, sound)) in SOUND.iter().enumerate() {
        let mut content = sound.clone();
        if i == *which as usize % SOUND.len() {
            let place = (usize::from(*high) << 16 | usize::from(*middle) << 8 | usize::from(*low)) % (content.len() + 1);
            content.iter_mut().skip(place).zip(rest).for_each(|(byte, new)| *byte = *new);
            if cut % 2 == 1 {
                content.truncate(place);
            }
        }
        std::fs::write(folder.path().join(name), content).expect("a file");
    }
    let _ = Index::check(folder.path());
    let Ok(index) = Index::open(folder.path()) else { return };
    for query in ["ministry intrusion", "\"mail servers\" -report", "serv* title:attack", "path:3.txt"] {
        let _ = index.search(&Query::parse(query).expect("a query"), &SearchOptions::default());
    }
    let _ = (index.status(), index.actors());
}
