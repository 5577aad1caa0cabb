//! Processes that are killed, disks that are full, files that are none: nothing is lost, and every error says what to do.

use crate::cli::{demarche, stderr, stdout};
use crate::sync::{SENTENCES, all_of};
use demarche::{Index, SyncOptions};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

fn program(folder: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("demarche"));
    command.current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn write(folder: &Path, file: u64, dice: &mut Dice) {
    let text: Vec<_> = (0..2 + dice.below(5)).map(|_| SENTENCES[dice.below(6) as usize]).collect();
    fs::write(folder.join(format!("{file}.txt")), text.join("\n\n")).unwrap();
}

/// Changes files, starts a run, and kills it at any moment; again and again. The index is sound after each death, answers, and the next
/// whole run makes it what a fresh build is.
fn kills(times: u32) {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("articles");
    fs::create_dir(&folder).unwrap();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    (0..80).for_each(|file| write(&folder, file, &mut dice));
    let begun = Instant::now();
    assert!(program(temp.path()).args(["index", "articles"]).status().unwrap().success());
    let whole = begun.elapsed().as_micros() as u64;
    let (mut died, mut kinds) = (0, [0; 3]);
    while died < times {
        for _ in 0..1 + dice.below(20) {
            let file = dice.below(90);
            match dice.below(4) {
                0 => drop(fs::remove_file(folder.join(format!("{file}.txt")))),
                _ => write(&folder, file, &mut dice),
            }
        }
        let kind = dice.below(3) as usize;
        let args = [&["index", "articles"][..], &["index", "articles", "--full"], &["index", "--rebuild"]][kind];
        let mut child = program(temp.path()).args(args).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(dice.below(whole + whole / 4)));
        child.kill().unwrap();
        if child.wait().unwrap().success() {
            // It was done before.
            continue;
        }
        died += 1;
        kinds[kind] += 1;
        let checked = Index::check(temp.path().join("index")).unwrap();
        assert_eq!(checked.problems, [], "after death {died} of `{}`", args.join(" "));
        assert!(all_of(&temp.path().join("index")).len() > 100);
        if died.is_multiple_of(3) {
            assert!(program(temp.path()).args(["index", "articles"]).status().unwrap().success());
            let fresh = temp.path().join("fresh");
            let _ = fs::remove_dir_all(&fresh);
            assert!(program(temp.path()).args(["index", "articles", "--index", "fresh"]).status().unwrap().success());
            assert_eq!(all_of(&temp.path().join("index")), all_of(&fresh), "after death {died}");
            // What the dead left behind goes with the next run, even where that has nothing to do.
            assert!(program(temp.path()).args(["index", "articles"]).status().unwrap().success());
            assert_eq!(Index::check(temp.path().join("index")).unwrap().left_over, Vec::<String>::new());
        }
    }
    println!("{died} deaths: {kinds:?} of index, index --full, index --rebuild");
}

#[test]
#[cfg(unix)]
fn a_killed_run_loses_nothing() {
    kills(9);
}

/// `cargo test --release --test suite -- --ignored --nocapture three_hundred`
#[test]
#[ignore = "minutes"]
#[cfg(unix)]
fn three_hundred_kills() {
    kills(300);
}

/// A file system that takes no more: files can grow to some size only, and the system's signal for that is ignored, so that writing fails.
#[test]
#[cfg(unix)]
fn a_full_disk_leaves_the_last_commit() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("articles");
    fs::create_dir(&folder).unwrap();
    let mut dice = Dice(11);
    (0..20).for_each(|file| write(&folder, file, &mut dice));
    stdout(demarche(temp.path()).args(["index", "articles"]), 0);
    let before = all_of(&temp.path().join("index"));
    let program = assert_cmd::cargo::cargo_bin("demarche");
    for file in 100..600u64 {
        let text = format!("{} It was case {} of {}.", SENTENCES[(file % 6) as usize], dice.below(1 << 40), dice.below(1 << 40));
        fs::write(folder.join(format!("{file}.txt")), text).unwrap();
    }
    for blocks in [0, 1, 8, 30] {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" index articles");
        let output = Command::new("sh").args(["-c", &script]).arg(&program).current_dir(temp.path()).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{blocks} blocks: {errors}");
        assert!(errors.starts_with("demarche: index: cannot ") && !errors.contains("internal error"), "{blocks} blocks: {errors}");
        assert_eq!(all_of(&temp.path().join("index")), before);
        assert_eq!(Index::check(temp.path().join("index")).unwrap().problems, []);
    }
    stdout(demarche(temp.path()).args(["index", "articles"]), 0);
    assert_eq!(Index::open(temp.path().join("index")).unwrap().status().unwrap().articles, 520);
}

#[test]
#[cfg(unix)]
fn what_is_no_file_is_not_read() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("articles");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.txt"), SENTENCES[0]).unwrap();
    let fifo = Command::new("mkfifo").arg(folder.join("pipe.txt")).status().unwrap();
    assert!(fifo.success());
    std::os::unix::fs::symlink(&folder, folder.join("loop")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.join("endless.txt")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.join("dangling.txt")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(folder.join("socket")).unwrap();
    let report = Index::create(temp.path().join("index")).unwrap().sync(&[folder], &SyncOptions::default(), &mut |_| {}).unwrap();
    assert_eq!((report.added, report.errors.len()), (1, 0), "{report:?}");
}

/// Runs as a user without rights over the folder; the root user has rights over all.
#[cfg(unix)]
fn has_all_rights(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let file = folder.join("secret");
    fs::write(&file, "x").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    fs::read(&file).is_ok()
}

#[test]
#[cfg(unix)]
fn what_may_not_be_read_or_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let temp = tempfile::tempdir().unwrap();
    if has_all_rights(temp.path()) {
        return;
    }
    let folder = temp.path().join("articles");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.txt"), SENTENCES[0]).unwrap();
    fs::write(folder.join("b.txt"), SENTENCES[1]).unwrap();
    fs::set_permissions(folder.join("b.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    let told = stderr(demarche(temp.path()).args(["index", "articles"]), 2);
    assert!(told.contains("articles/b.txt") && told.to_lowercase().contains("permission"), "{told}");
    assert!(stdout(demarche(temp.path()).args(["search", "ambassador"]), 0).contains("a.txt"));
    fs::set_permissions(temp.path().join("index"), fs::Permissions::from_mode(0o555)).unwrap();
    fs::write(folder.join("c.txt"), SENTENCES[2]).unwrap();
    let told = stderr(demarche(temp.path()).args(["index", "articles"]), 2);
    assert!(told.contains("index") && told.to_lowercase().contains("permission"), "{told}");
    assert!(stdout(demarche(temp.path()).args(["search", "ambassador"]), 0).contains("a.txt"), "a reader needs no right to write");
    fs::set_permissions(temp.path().join("index"), fs::Permissions::from_mode(0o755)).unwrap();
}
