//! Many readers and one writer: every answer is that of one committed state.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

const FILES: u64 = 60;

/// Whether a file is there in a state.
fn is_there(state: u64, file: u64) -> bool {
    !(state.wrapping_mul(7) + file.wrapping_mul(file)).is_multiple_of(3)
}

/// Brings the folder to a state: files added, changed and deleted.
fn write(folder: &Path, state: u64) {
    for file in 0..FILES {
        let path = folder.join(format!("{file}.txt"));
        if is_there(state, file) {
            // No two texts share a line: a line that returns on many texts of a folder would be its template.
            let text = format!(
                "State {state} of the harbour, file {file}\n\n\
                 The harbour authority blamed service number {file} for intrusion {state} into the systems that steer crane {file} and its gates.\n\n\
                 It told the ministry of case {state}-{file} the same day, and asked {file} of its partners to look for the traces of case {state}."
            );
            fs::write(path, text).unwrap();
        } else {
            let _ = fs::remove_file(path);
        }
    }
}

fn program(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let output =
        Command::new(assert_cmd::cargo::cargo_bin("demarche")).current_dir(folder).args(args).stdin(Stdio::null()).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// One answer: which state it shows.
fn answer(folder: &Path) -> u64 {
    let (code, hits, errors) = program(folder, &["search", "--json", "--copies", "-n", "1000", "harbour ministry"]);
    assert_eq!(code, Some(0), "{errors}");
    let mut states = BTreeSet::new();
    let mut files = BTreeSet::new();
    for line in hits.lines() {
        let hit: serde_json::Value = serde_json::from_str(line).unwrap();
        let path = hit["path"].as_str().unwrap();
        let file: u64 = path.trim_start_matches("articles/").trim_end_matches(".txt").parse().unwrap();
        let title = hit["title"].as_str().unwrap_or_default();
        states.insert(title.split(' ').nth(1).and_then(|s| s.parse::<u64>().ok()).unwrap_or_else(|| panic!("{line}")));
        files.insert(file);
    }
    assert_eq!(states.len(), 1, "an answer mixes states");
    let state = states.first().copied().unwrap();
    let expected: BTreeSet<u64> = (0..FILES).filter(|file| is_there(state, *file)).collect();
    assert_eq!(files, expected, "an answer is not that of state {state}");
    state
}

fn soak(time: Duration, readers: usize) {
    let temp = tempfile::tempdir().unwrap();
    let (folder, done, answers) = (temp.path().join("articles"), AtomicBool::new(false), AtomicU64::new(0));
    fs::create_dir(&folder).unwrap();
    write(&folder, 0);
    assert_eq!(program(temp.path(), &["index", "articles"]).0, Some(0));
    let begun = Instant::now();
    let mut state = 0;
    std::thread::scope(|scope| {
        for _ in 0..readers {
            scope.spawn(|| {
                let mut last = 0;
                while !done.load(Ordering::Relaxed) {
                    let now = answer(temp.path());
                    assert!(now >= last, "an answer goes back from state {last} to {now}");
                    last = now;
                    answers.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        while begun.elapsed() < time {
            state += 1;
            write(&folder, state);
            // Every now and then all is built anew, or merged.
            let args: &[&str] = if state.is_multiple_of(10) { &["index", "--rebuild"] } else { &["index", "articles"] };
            let (code, _, errors) = program(temp.path(), args);
            assert_eq!(code, Some(0), "{errors}");
        }
        done.store(true, Ordering::Relaxed);
    });
    assert_eq!(answer(temp.path()), state);
    println!("{state} states, {} answers of {readers} readers", answers.into_inner());
}

#[test]
fn readers_see_whole_states() {
    soak(Duration::from_secs(4), 3);
}

/// `cargo test --release --test suite -- --ignored --nocapture quarter`
#[test]
#[ignore = "a quarter of an hour"]
fn a_quarter_of_an_hour() {
    soak(Duration::from_secs(15 * 60), 8);
}
