//! The files of an index, damaged: opening, checking and searching tell so, or answer; they never panic.
//!
//! The first bytes choose a file and a place; the rest is written there, or the file is cut short.
#![no_main]

use demarche::{Article, Index, Query, SearchOptions};
use libfuzzer_sys::fuzz_target;
use std::path::PathBuf;
use std::sync::LazyLock;

static SOUND: LazyLock<Vec<(PathBuf, Vec<u8>)>> = LazyLock::new(|| {
    // What the library catches is no crash; what it does not still is.
    std::panic::set_hook(Box::new(|_| {}));
    let folder = tempfile::tempdir().expect("a folder");
    let index = Index::create(folder.path()).expect("an index");
    let article = |i: usize| Article {
        path: format!("{i}.txt"),
        title: Some(format!("Report number {} on the attack", i % 7)),
        body: format!("The ministry blamed service number {i} for the intrusion into its mail servers, as it had done before."),
        ..Article::default()
    };
    index.add((0..40).map(article)).expect("articles");
    let files = std::fs::read_dir(folder.path()).expect("files").flatten().filter(|e| !e.file_name().to_string_lossy().ends_with(".lock"));
    let mut files: Vec<_> = files.map(|e| (PathBuf::from(e.file_name()), std::fs::read(e.path()).expect("a file"))).collect();
    files.sort();
    files
});

fuzz_target!(|bytes: &[u8]| {
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
});
