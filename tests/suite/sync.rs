//! A folder and its index: history does not matter, a reader sees the last commit, nothing is lost.

use demarche::{Article, Error, Index, Query, SearchOptions, Sort, SyncOptions};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Sentences of which test articles are made: few words, so that scores tie and rare words change their rarity.
pub(crate) const SENTENCES: [&str; 6] = [
    "The ministry of foreign affairs summoned the ambassador after the intrusion into its mail servers was made public.",
    "Investigators attribute the wiper to a unit of military intelligence, according to a joint statement of five agencies.",
    "A spokesperson denied the accusation and called it baseless, while the embassy declined to answer further questions.",
    "The sanctions name four officers of the unit and a front company that rented the servers used for the intrusion.",
    "Hafnium exploited flaws in the mail servers before the vendor had published a patch, the vendor said on Tuesday.",
    "Nothing in this text concerns the matter; it reports on the harvest, the weather and the price of grain this year.",
];

/// One step in the life of a folder.
#[derive(Clone, Debug)]
enum Step {
    Write(u8, Vec<u8>),
    Delete(u8),
    Move(u8, u8),
    Sync(usize),
    /// A run that commits after every file, and dies after so many.
    Cut(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..12u8, prop::collection::vec(0..6u8, 0..4)).prop_map(|(f, s)| Step::Write(f, s)),
        1 => (0..12u8).prop_map(Step::Delete),
        1 => (0..12u8, 0..12u8).prop_map(|(a, b)| Step::Move(a, b)),
        2 => (1..4usize).prop_map(Step::Sync),
        1 => (1..4usize).prop_map(Step::Cut),
    ]
}

fn path_of(folder: &Path, file: u8) -> PathBuf {
    // Two folders, and endings of an article and of something that is none.
    let ending = if file == 11 { "zip" } else { "txt" };
    folder.join(format!("{}/{file}.{ending}", if file.is_multiple_of(2) { "even" } else { "odd" }))
}

fn sync(index: &Path, folder: &Path, threads: usize) -> demarche::Report {
    let options = SyncOptions { threads, memory: 32 << 20, ..SyncOptions::default() };
    Index::create(index).unwrap().sync(&[folder.to_owned()], &options, &mut |_| {}).unwrap()
}

/// A run that commits after every file and dies after `files` of them, where there are so many.
fn cut(index: &Path, folder: &Path, files: usize) {
    let options = SyncOptions { threads: 1, memory: 32 << 20, commit_every: std::time::Duration::ZERO, ..SyncOptions::default() };
    let index = Index::create(index).unwrap();
    let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        index.sync(&[folder.to_owned()], &options, &mut |p| assert!(p.files < files, "dies here")).unwrap();
    }));
}

/// All that a user can see of an index, as text.
pub(crate) fn all_of(index: &Path) -> String {
    let index = Index::open(index).unwrap();
    let mut out = String::new();
    for text in ["ministry intrusion", "the", "+unit sanctions", "\"mail servers\"", "-ministry", "hafnium OR grain", "date:2021"] {
        for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
            let options = SearchOptions { limit: 100, sort, ..SearchOptions::default() };
            let hits = index.search(&Query::parse(text).unwrap(), &options).unwrap();
            out += &format!("{text}: {}\n", serde_json::to_string(&hits).unwrap());
        }
    }
    let status = index.status().unwrap();
    out += &serde_json::to_string(&(status.articles, status.words, &status.skipped, index.actors().unwrap())).unwrap();
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn history_does_not_matter(steps in prop::collection::vec(step(), 1..25)) {
        let temp = tempfile::tempdir().unwrap();
        let (folder, lived, fresh) = (temp.path().join("f"), temp.path().join("lived"), temp.path().join("fresh"));
        fs::create_dir_all(folder.join("even")).unwrap();
        fs::create_dir_all(folder.join("odd")).unwrap();
        for step in steps {
            match step {
                Step::Write(file, sentences) => {
                    let text: Vec<_> = sentences.iter().map(|&s| SENTENCES[s as usize]).collect();
                    fs::write(path_of(&folder, file), text.join("\n\n")).unwrap();
                }
                Step::Delete(file) => {
                    let _ = fs::remove_file(path_of(&folder, file));
                }
                Step::Move(from, to) => {
                    let _ = fs::rename(path_of(&folder, from), path_of(&folder, to));
                }
                Step::Sync(threads) => {
                    sync(&lived, &folder, threads);
                }
                Step::Cut(files) => cut(&lived, &folder, files),
            }
        }
        sync(&lived, &folder, 2);
        sync(&fresh, &folder, 1);
        prop_assert_eq!(all_of(&lived), all_of(&fresh));
    }
}

#[test]
fn the_report_counts_every_file() {
    let temp = tempfile::tempdir().unwrap();
    let (folder, index) = (temp.path().join("f"), temp.path().join("i"));
    fs::create_dir(&folder).unwrap();
    for (name, text) in [("a.txt", SENTENCES[0]), ("b.txt", SENTENCES[1]), ("c.txt", SENTENCES[2]), ("d.pdf", "%PDF-1.7")] {
        fs::write(folder.join(name), text).unwrap();
    }
    let first = sync(&index, &folder, 2);
    assert_eq!((first.added, first.unchanged, first.skipped.len()), (4, 0, 1));
    assert!(first.skipped[0].path.ends_with("f/d.pdf") && !first.skipped[0].reason.is_empty());
    let again = sync(&index, &folder, 2);
    assert_eq!((again.added, again.changed, again.removed, again.unchanged, again.skipped.len()), (0, 0, 0, 4, 1));

    fs::write(folder.join("a.txt"), SENTENCES[3]).unwrap();
    fs::rename(folder.join("b.txt"), folder.join("e.txt")).unwrap();
    fs::remove_file(folder.join("c.txt")).unwrap();
    let third = sync(&index, &folder, 2);
    assert_eq!((third.added, third.changed, third.moved, third.removed, third.unchanged), (0, 1, 1, 1, 1));
    assert_eq!(Index::open(&index).unwrap().status().unwrap().articles, 2);
}

#[test]
fn files_of_old_age_are_not_opened_again() {
    let temp = tempfile::tempdir().unwrap();
    let (folder, index) = (temp.path().join("f"), temp.path().join("i"));
    fs::create_dir(&folder).unwrap();
    let file = folder.join("a.txt");
    fs::write(&file, SENTENCES[0]).unwrap();
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
    let age = |at| fs::File::options().write(true).open(&file).unwrap().set_modified(at).unwrap();
    age(old);
    sync(&index, &folder, 1);
    assert_eq!(sync(&index, &folder, 1).bytes, 0);
    // A new time alone: read, found to be the same, and not read again.
    age(old + std::time::Duration::from_secs(60));
    let touched = sync(&index, &folder, 1);
    assert_eq!((touched.unchanged, touched.changed, touched.bytes > 0), (1, 0, true));
    assert_eq!(sync(&index, &folder, 1).bytes, 0);
    assert!(all_of(&index).contains("a.txt"));
}

#[test]
fn other_folders_stay() {
    let temp = tempfile::tempdir().unwrap();
    let index = temp.path().join("i");
    for (folder, text) in [("one", SENTENCES[0]), ("two", SENTENCES[1])] {
        fs::create_dir(temp.path().join(folder)).unwrap();
        fs::write(temp.path().join(folder).join("a.txt"), text).unwrap();
        sync(&index, &temp.path().join(folder), 1);
    }
    let status = Index::open(&index).unwrap().status().unwrap();
    assert_eq!((status.articles, status.roots.len()), (2, 2));
    fs::remove_file(temp.path().join("one/a.txt")).unwrap();
    assert_eq!(sync(&index, &temp.path().join("one"), 1).removed, 1);
    assert_eq!(Index::open(&index).unwrap().status().unwrap().articles, 1);
}

#[test]
fn an_index_inside_the_folder_is_no_part_of_it() {
    let temp = tempfile::tempdir().unwrap();
    fs::write(temp.path().join("a.txt"), SENTENCES[0]).unwrap();
    let index = temp.path().join("index");
    assert_eq!(sync(&index, temp.path(), 1).added, 1);
    assert_eq!(sync(&index, temp.path(), 1).added, 0);
}

#[test]
fn a_second_writer_is_told_and_readers_are_not_disturbed() {
    let temp = tempfile::tempdir().unwrap();
    let (folder, path) = (temp.path().join("f"), temp.path().join("i"));
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.txt"), SENTENCES[0]).unwrap();
    sync(&path, &folder, 1);
    fs::write(folder.join("b.txt"), SENTENCES[1]).unwrap();
    let index = Index::open(&path).unwrap();
    let mut told = false;
    let mut during = 0;
    // The progress callback runs while the first writer holds the lock.
    index
        .sync(std::slice::from_ref(&folder), &SyncOptions::default(), &mut |_| {
            let second = Index::open(&path).unwrap();
            told |= matches!(second.sync(std::slice::from_ref(&folder), &SyncOptions::default(), &mut |_| {}), Err(Error::Locked { .. }));
            during = second.search(&Query::words("ministry statement"), &SearchOptions::default()).unwrap().total;
        })
        .unwrap();
    assert!(told);
    assert_eq!(during, 1, "the commit before is seen until the next is done");
    assert_eq!(index.search(&Query::words("ministry statement"), &SearchOptions::default()).unwrap().total, 2);
}

#[test]
fn a_run_that_dies_leaves_the_last_commit() {
    let temp = tempfile::tempdir().unwrap();
    let (folder, path) = (temp.path().join("f"), temp.path().join("i"));
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.txt"), SENTENCES[0]).unwrap();
    sync(&path, &folder, 1);
    let before = all_of(&path);
    fs::write(folder.join("b.txt"), SENTENCES[1]).unwrap();
    fs::remove_file(folder.join("a.txt")).unwrap();
    let index = Index::open(&path).unwrap();
    let died = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        index.sync(std::slice::from_ref(&folder), &SyncOptions::default(), &mut |p| assert_eq!(p.files, 0, "dies here"))
    }));
    assert!(died.is_err());
    assert_eq!(all_of(&path), before);
    let report = sync(&path, &folder, 1);
    assert_eq!((report.added, report.removed), (1, 1));
}

#[test]
fn a_long_run_that_dies_is_taken_up_where_it_was() {
    let temp = tempfile::tempdir().unwrap();
    let (folder, lived, fresh) = (temp.path().join("f"), temp.path().join("lived"), temp.path().join("fresh"));
    fs::create_dir(&folder).unwrap();
    for (i, sentence) in SENTENCES.iter().enumerate() {
        fs::write(folder.join(format!("{i}.txt")), format!("{sentence}\n\nPrinted by the brothers Quill.\n")).unwrap();
    }
    cut(&lived, &folder, 4);
    let articles = Index::open(&lived).unwrap().status().unwrap().articles;
    assert!((3..6).contains(&articles), "{articles}");
    let report = sync(&lived, &folder, 2);
    assert_eq!(report.added as u64 + articles, 6);
    sync(&fresh, &folder, 2);
    assert_eq!(all_of(&lived), all_of(&fresh));
    let search = Index::open(&lived).unwrap().search(&Query::words("quill"), &SearchOptions::default()).unwrap();
    assert_eq!(search.total, 0, "what was committed before the cut loses its template too");
}

#[test]
fn folders_that_are_no_index_are_told_apart_and_not_touched() {
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path();
    assert!(matches!(Index::open(path.join("none")), Err(Error::NoIndex { .. })));
    fs::write(path.join("README.md"), "A note.").unwrap();
    assert!(matches!(Index::open(path), Err(Error::NoIndex { .. })));
    fs::write(path.join("thesis.txt"), "Dear to its author.").unwrap();
    assert!(matches!(Index::create(path), Err(Error::NotAnIndex { .. })));
    let other = path.join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("meta.json"), "{\"name\": \"some other program\"}").unwrap();
    assert!(Index::create(&other).is_err());
    assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
}

#[test]
fn an_older_format_is_built_anew_and_a_newer_one_refused() {
    let temp = tempfile::tempdir().unwrap();
    let (folder, path) = (temp.path().join("f"), temp.path().join("i"));
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.txt"), SENTENCES[0]).unwrap();
    sync(&path, &folder, 1);
    let before = all_of(&path);
    let manifest = fs::read_to_string(path.join("meta.json")).unwrap();
    let at = manifest.find("demarche_format").unwrap();
    let number: String = manifest[at..].chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    for (other, newer) in [("999999", true), ("1", false)] {
        fs::write(path.join("meta.json"), manifest.replacen(&number, other, 1)).unwrap();
        assert!(matches!(Index::open(&path), Err(Error::Format { .. })));
        if newer {
            assert!(matches!(Index::create(&path), Err(Error::Format { .. })));
        } else {
            assert_eq!(sync(&path, &folder, 1).added, 1);
            assert_eq!(all_of(&path), before);
        }
    }
}

#[test]
fn articles_from_memory_need_no_folder() {
    let temp = tempfile::tempdir().unwrap();
    let index = Index::create(temp.path().join("i")).unwrap();
    let article = |path: &str, body: &str| Article { path: path.into(), body: body.into(), ..Article::default() };
    index.add([article("m/1", SENTENCES[0]), article("m/2", SENTENCES[1])]).unwrap();
    index.add([article("m/1", SENTENCES[2])]).unwrap();
    let find = |words: &str| index.search(&Query::words(words), &SearchOptions::default()).unwrap();
    assert_eq!((find("ambassador").total, find("baseless").total), (0, 1));
    let id = find("baseless").hits[0].id.clone();
    assert_eq!(index.get(&id[..8]).unwrap().body, SENTENCES[2]);
    assert_eq!(index.get("m/2").unwrap().body, SENTENCES[1]);
    assert!(matches!(index.get("m/3"), Err(Error::NoArticle { .. })));
    assert_eq!(index.remove(["m/1", "m/9"]).unwrap(), 1);
    assert_eq!(index.status().unwrap().articles, 1);
    // A folder's files and articles from memory do not disturb each other.
    let folder = temp.path().join("f");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.txt"), SENTENCES[3]).unwrap();
    index.sync(&[folder], &SyncOptions::default(), &mut |_| {}).unwrap();
    assert_eq!(index.status().unwrap().articles, 2);
}

#[test]
fn every_hit_is_counted_once_and_pages_join() {
    let temp = tempfile::tempdir().unwrap();
    let index = Index::create(temp.path().join("i")).unwrap();
    let articles = (0..30).map(|i| Article { path: format!("m/{i}"), body: SENTENCES[i % 5].into(), ..Article::default() });
    index.add(articles).unwrap();
    let query = Query::words("the servers of the unit");
    let page = |offset, limit| index.search(&query, &SearchOptions { offset, limit, ..SearchOptions::default() }).unwrap();
    let whole = page(0, 100);
    assert_eq!(whole.total, whole.hits.len());
    let paths: BTreeMap<_, _> = whole.hits.iter().map(|h| (h.path.clone(), h.rank)).collect();
    assert_eq!(paths.len(), whole.total);
    let mut joined = Vec::new();
    for offset in (0..whole.total).step_by(7) {
        joined.extend(page(offset, 7).hits);
    }
    assert_eq!(joined, whole.hits);
}

#[test]
fn a_template_learnt_late_changes_what_was_read_early() {
    // A line that looks like a sentence of the article, until it stands in three different ones.
    const RETURNS: &str = "Readers who know more about this matter are asked to write to the desk before the end of the week.";
    let temp = tempfile::tempdir().unwrap();
    let (folder, lived, fresh) = (temp.path().join("f"), temp.path().join("lived"), temp.path().join("fresh"));
    fs::create_dir(&folder).unwrap();
    let write = |name: &str, own: [usize; 2]| {
        let text = format!("{}\n\n{}\n\n{RETURNS}\n", SENTENCES[own[0]], SENTENCES[own[1]]);
        fs::write(folder.join(name), text).unwrap();
    };
    let found = |index: &Path| {
        let query = Query::parse("\"know more about this matter\"").unwrap();
        Index::open(index).unwrap().search(&query, &SearchOptions::default()).unwrap().total
    };
    write("a.txt", [0, 1]);
    write("b.txt", [2, 3]);
    sync(&lived, &folder, 2);
    assert_eq!(found(&lived), 2, "two articles are too few to tell");
    write("c.txt", [4, 5]);
    let report = sync(&lived, &folder, 2);
    assert_eq!((found(&lived), report.added, report.unchanged), (0, 1, 2), "the third tells, and the first two are read again");
    assert_eq!(report.removed_blocks.get("site-template"), Some(&3));
    sync(&fresh, &folder, 1);
    assert_eq!(all_of(&lived), all_of(&fresh));

    fs::remove_file(folder.join("a.txt")).unwrap();
    sync(&lived, &folder, 2);
    assert_eq!(found(&lived), 2, "and when one of the three is gone, nothing tells any more");
    fs::remove_dir_all(&fresh).unwrap();
    sync(&fresh, &folder, 3);
    assert_eq!(all_of(&lived), all_of(&fresh));
}

#[test]
fn a_teaser_that_every_page_of_a_site_has_is_no_headline() {
    const TEASER: &str = "Five Ways to Mend a Broken Hinge at Home";
    let temp = tempfile::tempdir().unwrap();
    let (folder, lived, fresh) = (temp.path().join("f"), temp.path().join("lived"), temp.path().join("fresh"));
    fs::create_dir(&folder).unwrap();
    let titles = |index: &Path| {
        let hits = Index::open(index).unwrap().search(&Query::parse("-zebra").unwrap(), &SearchOptions::default()).unwrap().hits;
        hits.into_iter().filter_map(|hit| hit.title).collect::<Vec<_>>()
    };
    for (name, own, seen) in [("a.txt", [0, 1], 1), ("b.txt", [2, 3], 2), ("c.txt", [4, 5], 0)] {
        fs::write(folder.join(name), format!("{TEASER}\n3 May 2031\n\n{}\n\n{}\n", SENTENCES[own[0]], SENTENCES[own[1]])).unwrap();
        sync(&lived, &folder, 2);
        assert_eq!(titles(&lived), vec![TEASER; seen], "after {name}");
    }
    sync(&fresh, &folder, 1);
    assert_eq!(all_of(&lived), all_of(&fresh));
}

#[test]
fn a_folder_is_one_however_it_is_given() {
    let temp = tempfile::tempdir().unwrap();
    let (index, folder) = (temp.path().join("i"), temp.path().join("f"));
    fs::create_dir_all(folder.join("sub")).unwrap();
    fs::write(folder.join("a.txt"), SENTENCES[0]).unwrap();
    fs::write(folder.join("sub/b.txt"), SENTENCES[1]).unwrap();
    assert_eq!(sync(&index, &folder, 1).added, 2);
    let before = all_of(&index);
    #[cfg(unix)]
    std::os::unix::fs::symlink(&folder, temp.path().join("link")).unwrap();
    for other in ["f/../f", "f/./sub", "f/sub/../sub/b.txt", "link"] {
        let other = temp.path().join(other);
        if other.exists() {
            let report = sync(&index, &other, 1);
            assert_eq!((report.added, report.moved, report.removed), (0, 0, 0), "{}", other.display());
            assert_eq!(all_of(&index), before, "{}", other.display());
            let below = SearchOptions { below: Some(other.clone()), ..SearchOptions::default() };
            let found = Index::open(&index).unwrap().search(&Query::words("unit ministry"), &below).unwrap().total;
            assert!(found > 0, "searched by {}", other.display());
        }
    }
    assert_eq!(Index::open(&index).unwrap().status().unwrap().roots.len(), 1);
    // What is gone is gone, whichever name is given.
    fs::remove_file(folder.join("sub/b.txt")).unwrap();
    assert_eq!(sync(&index, &folder.join("../f/sub"), 1).removed, 1);
    // The folder around a known one takes its files under the names they have.
    fs::write(temp.path().join("c.txt"), SENTENCES[2]).unwrap();
    let report = sync(&index, temp.path(), 1);
    assert_eq!((report.added, report.removed, report.moved), (1, 0, 0));
    let index = Index::open(&index).unwrap();
    assert_eq!(index.status().unwrap().articles, 2);
    assert_eq!(index.get(folder.join("sub/../a.txt").to_str().unwrap()).unwrap().body, SENTENCES[0]);
}

#[test]
fn relative_and_absolute_paths_are_one_folder_to_the_program() {
    let home = tempfile::tempdir().unwrap();
    let run = |args: &[&str], code| crate::cli::stdout(crate::cli::demarche(home.path()).args(args), code);
    fs::create_dir(home.path().join("corpus")).unwrap();
    fs::write(home.path().join("corpus/a.txt"), SENTENCES[0]).unwrap();
    let absolute = home.path().canonicalize().unwrap().join("corpus");
    let absolute = absolute.to_str().unwrap();
    run(&["index", "corpus"], 0);
    assert!(run(&["index", absolute], 0).split_whitespace().collect::<Vec<_>>().join(" ").contains("unchanged 1"));
    assert_eq!(run(&["search", "-l", "--in", absolute, "ministry"], 0), "corpus/a.txt\n", "with the path it was given first");
    assert_eq!(run(&["search", "-c", "ministry"], 0), "1\n");
    // The whole of it moved away: the same folder, since it has the same name.
    let other = tempfile::tempdir().unwrap();
    for part in ["corpus", "index"] {
        fs::rename(home.path().join(part), other.path().join(part)).unwrap();
    }
    let moved = |args: &[&str]| crate::cli::stdout(crate::cli::demarche(other.path()).args(args), 0);
    assert!(moved(&["index", "corpus"]).split_whitespace().collect::<Vec<_>>().join(" ").contains("unchanged 1"));
    assert_eq!(moved(&["search", "-l", "ministry"]), "corpus/a.txt\n");
}
