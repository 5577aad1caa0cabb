//! An index that is damaged: found, named, healed; and one that is built anew while it serves.

use demarche::knowledge::List;
use demarche::{Article, ClaimOptions, Error, Index, Query, SearchOptions, SyncOptions, TimelineOptions};
use std::fs;
use std::path::{Path, PathBuf};

fn folder(at: &Path) -> PathBuf {
    let folder = at.join("articles");
    fs::create_dir_all(&folder).unwrap();
    for i in 0..9 {
        let text = format!(
            "The ministry number {i} blamed a foreign service for the intrusion into its mail servers, and asked its allies for help."
        );
        fs::write(
            folder.join(format!("{i}.txt")),
            format!("{text}\n\nIt was the {i}th such statement of this government within one year."),
        )
        .unwrap();
    }
    fs::write(folder.join("copy.txt"), fs::read(folder.join("3.txt")).unwrap()).unwrap();
    fs::write(folder.join("photo.jpg"), b"\xff\xd8\xff\xe0").unwrap();
    folder
}

fn built(at: &Path) -> PathBuf {
    let (folder, home) = (folder(at), at.join("index"));
    Index::create(&home).unwrap().sync(&[folder], &SyncOptions::default(), &mut |_| {}).unwrap();
    home
}

fn hits(home: &Path) -> Result<String, Error> {
    let index = Index::open(home)?;
    let hits = index.search(&Query::words("ministry intrusion"), &SearchOptions::default())?;
    Ok(serde_json::to_string(&hits).unwrap())
}

fn rebuild(home: &Path) -> demarche::Report {
    Index::rebuild(home, &[], &SyncOptions::default(), &mut |_| {}).unwrap().1
}

/// Files of the index that hold data.
fn parts(home: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(home).unwrap().map(|e| e.unwrap().path());
    let mut parts: Vec<_> = all.filter(|p| p.is_file() && !p.to_string_lossy().ends_with(".lock")).collect();
    parts.sort();
    parts
}

#[test]
fn a_sound_index_has_no_problems() {
    let temp = tempfile::tempdir().unwrap();
    let home = built(temp.path());
    let checked = Index::check(&home).unwrap();
    assert_eq!((checked.problems, checked.left_over, checked.documents), (vec![], vec![], 11));
    let empty = temp.path().join("empty");
    drop(Index::create(&empty).unwrap());
    assert_eq!(Index::check(&empty).unwrap().problems, []);
    assert!(matches!(Index::check(temp.path().join("none")), Err(Error::NoIndex { .. })));
    assert!(matches!(Index::check(temp.path().join("articles")), Err(Error::NotAnIndex { .. })));
}

/// In every file, at several places: cut short, and one bit turned. The damage is told with the file, and a rebuild heals it.
#[test]
fn every_damage_is_found_and_healed() {
    let temp = tempfile::tempdir().unwrap();
    let home = built(temp.path());
    let sound = hits(&home).unwrap();
    let mut tried = 0;
    for share in [0.0, 0.3, 0.62, 0.97] {
        for nth in 0.. {
            let Some(path) = parts(&home).get(nth).cloned() else { break };
            let whole = fs::read(&path).unwrap();
            let place = (whole.len() as f64 * share) as usize;
            let mut turned = whole.clone();
            turned[place] ^= 0x10;
            for bytes in [turned, whole[..place].to_vec()] {
                fs::write(&path, &bytes).unwrap();
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                match Index::check(&home) {
                    Ok(checked) => {
                        assert!(!checked.problems.is_empty(), "{name} damaged at {place} of {} is not found", whole.len());
                        let named = checked.problems.iter().any(|p| p.file == name || p.what.contains(&name));
                        assert!(named || name.ends_with(".json"), "{name} at {place}: {:?}", checked.problems);
                    }
                    // The number of the format itself was hit, or nothing is left.
                    Err(Error::Format { .. } | Error::NotAnIndex { .. }) => assert!(name.ends_with(".json")),
                    Err(error) => panic!("{name} at {place}: {error}"),
                }
                // An answer or an error; a panic would end this test.
                if let Ok(index) = Index::open(&home) {
                    let query = Query::parse("minist* actor:GRU \"mail servers\"").unwrap();
                    let _ = index.search(&query, &SearchOptions { explain: true, ..SearchOptions::default() });
                    let _ = (index.status(), index.actors(), index.get("no such article"), index.claims(None, &ClaimOptions::default()));
                    let _ = index.timeline(&query, &SearchOptions::default(), &TimelineOptions::default());
                }
                tried += 1;
            }
            fs::write(&path, &whole).unwrap();
        }
    }
    assert!(tried > 60 && Index::check(&home).unwrap().problems.is_empty());
    for nth in 0..parts(&home).len() {
        // The names of the parts are new with every rebuild.
        let Some(path) = parts(&home).get(nth).cloned() else { break };
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        let manifest = path.ends_with("meta.json");
        let paths = if manifest { vec![temp.path().join("articles")] } else { Vec::new() };
        let (_, report) = Index::rebuild(&home, &paths, &SyncOptions::default(), &mut |_| {}).unwrap();
        assert_eq!((report.added, report.skipped.len()), (11, 1));
        assert_eq!(hits(&home).unwrap(), sound, "{}", path.display());
        let checked = Index::check(&home).unwrap();
        assert_eq!((checked.problems, checked.left_over), (vec![], vec![]));
    }
}

#[test]
fn a_rebuild_that_fails_changes_nothing() {
    let temp = tempfile::tempdir().unwrap();
    let home = built(temp.path());
    let before = hits(&home).unwrap();
    fs::rename(temp.path().join("articles"), temp.path().join("elsewhere")).unwrap();
    assert!(Index::rebuild(&home, &[], &SyncOptions::default(), &mut |_| {}).is_err());
    assert_eq!(hits(&home).unwrap(), before);
    fs::rename(temp.path().join("elsewhere"), temp.path().join("articles")).unwrap();
    // What the failed one left behind is in nobody's way.
    assert_eq!(rebuild(&home).added, 11);
    assert_eq!(hits(&home).unwrap(), before);
}

#[test]
fn a_rebuild_serves_and_locks_until_it_is_done() {
    let temp = tempfile::tempdir().unwrap();
    let home = built(temp.path());
    let (before, mut seen) = (hits(&home).unwrap(), 0);
    let reader = Index::open(&home).unwrap();
    Index::rebuild(&home, &[], &SyncOptions::default(), &mut |_| {
        assert_eq!(hits(&home).unwrap(), before);
        assert!(matches!(Index::open(&home).unwrap().add([]), Err(Error::Locked { .. })));
        seen += 1;
    })
    .unwrap();
    assert!(seen > 5);
    // Who had the old one open goes on with it, and sees the new one when asked to.
    let answer = || serde_json::to_string(&reader.search(&Query::words("ministry intrusion"), &SearchOptions::default()).unwrap()).unwrap();
    assert_eq!(answer(), before);
    reader.reload().unwrap();
    assert_eq!(answer(), before);
}

#[test]
fn a_rebuild_keeps_what_no_file_holds() {
    let temp = tempfile::tempdir().unwrap();
    let home = built(temp.path());
    let body = "A note from memory on the wiper of the spring, which the ministry never mentioned.".to_owned();
    Index::open(&home).unwrap().add([Article { path: "memory/1".into(), body, ..Article::default() }]).unwrap();
    let list = "name,aliases\nQuiet Heron,Grey Ladder\n";
    Index::open(&home).unwrap().import(List::read(list, "own", "own.csv").unwrap()).unwrap();
    rebuild(&home);
    let index = Index::open(&home).unwrap();
    assert_eq!(index.status().unwrap().lists.len(), 1);
    assert_eq!(index.search(&Query::words("wiper"), &SearchOptions::default()).unwrap().total, 1);
    assert_eq!(index.status().unwrap().articles, 11);
}

/// Two folders, an older format, and a run that names only one of them: the other does not get lost.
#[test]
fn an_older_format_is_built_anew_from_all_its_folders() {
    let temp = tempfile::tempdir().unwrap();
    let home = built(temp.path());
    fs::create_dir(temp.path().join("more")).unwrap();
    fs::write(temp.path().join("more/a.txt"), "The agency published an advisory on the wiper that had struck the railways in the spring.")
        .unwrap();
    let run = |args: &[&str], code| crate::cli::stdout(crate::cli::demarche(temp.path()).args(args), code);
    run(&["index", "more"], 0);
    let manifest = home.join("meta.json");
    let text = fs::read_to_string(&manifest).unwrap();
    let number = text.split("demarche_format").nth(1).unwrap().chars().filter(char::is_ascii_digit).take(4).collect::<String>();
    fs::write(&manifest, text.replacen(&number, "1", 1)).unwrap();
    assert!(matches!(Index::open(&home), Err(Error::Format { found: 1, .. })));
    run(&["index", "more"], 0);
    assert_eq!(Index::open(&home).unwrap().status().unwrap().articles, 11);
    assert!(run(&["check"], 0).contains("documents read"));
    let copies = parts(&home).into_iter().find(|p| p.to_string_lossy().ends_with(".store")).unwrap();
    fs::write(&copies, b"nothing").unwrap();
    let told = run(&["check"], 2);
    assert!(told.contains(".store: "), "{told}");
    assert!(run(&["search", "railways"], 2).is_empty());
    assert!(run(&["index", "--rebuild"], 0).contains("added"));
    assert!(run(&["search", "railways"], 0).contains("more/a.txt"));
}
