//! The program from outside: streams, exit codes, help.

use assert_cmd::Command;
use std::path::Path;

/// A run of the program in a folder of its own, without colours.
pub(crate) fn demarche(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("demarche").unwrap();
    command.current_dir(folder).env_remove("NO_COLOR");
    command
}

pub(crate) fn stdout(command: &mut Command, code: i32) -> String {
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "stdout:\n{text}\nstderr:\n{errors}");
    text
}

pub(crate) fn stderr(command: &mut Command, code: i32) -> String {
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}

const PAGE: &str = "<html><head><title>Envoy summoned over ministry breach</title></head><body><article>\
    <h1>Envoy summoned over ministry breach</h1>\
    <p>The foreign ministry of Norway summoned the ambassador on Tuesday, after its own investigators had found traces of a long intrusion in the \
    mail servers of three departments. Officials said that the evidence left no room for doubt and would be handed to the allies.</p>\
    <p>A spokeswoman added that the servers had been taken off the network, that staff had been given new machines, and that the ministry would \
    publish its technical findings before the end of the month, so that others could look for the same traces.</p>\
    </article></body></html>";

#[test]
fn every_command_has_help_and_so_has_every_topic() {
    let folder = tempfile::tempdir().unwrap();
    let all = stdout(demarche(folder.path()).arg("help"), 0);
    for name in
        ["index", "search", "timeline", "similar", "saved", "show", "actors", "status", "extract", "annotate", "help", "completions", "man"]
    {
        assert!(all.contains(&format!("  {name} ")), "{name} is missing in:\n{all}");
        let page = stdout(demarche(folder.path()).args(["help", name]), 0);
        assert!(page.contains(&format!("Usage: demarche {name}")), "{page}");
        let short = stdout(demarche(folder.path()).args([name, "-h"]), 0);
        assert!(short.lines().count() <= 40, "`{name} -h` does not fit a screen:\n{short}");
    }
    for topic in ["query", "json", "exit-codes", "copies", "export", "formats", "rules"] {
        let page = stdout(demarche(folder.path()).args(["help", topic]), 0);
        assert!(page.lines().count() > 10 && page.lines().all(|l| l.chars().count() <= 120), "{topic}:\n{page}");
    }
    let error = stderr(demarche(folder.path()).args(["help", "serch"]), 2);
    assert!(error.contains("`serch`") && error.contains("hint: "), "{error}");
}

#[test]
fn completions_and_man_pages_come_from_the_same_table() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish"] {
        assert!(stdout(demarche(folder.path()).args(["completions", shell]), 0).contains("publisher"));
    }
    assert!(stdout(demarche(folder.path()).arg("man"), 0).contains(".TH demarche 1"));
    stdout(demarche(folder.path()).args(["man", "--out", "pages"]), 0);
    assert!(folder.path().join("pages/demarche-search.1").is_file());
}

#[test]
fn a_named_file_that_is_no_article_is_an_error_but_the_rest_is_done() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("page.html"), PAGE).unwrap();
    std::fs::write(folder.path().join("photo.jpg"), b"\xff\xd8\xff\xe0").unwrap();
    let mut named = demarche(folder.path());
    named.args(["extract", "photo.jpg", "page.html"]);
    assert!(stdout(&mut named, 2).contains("the evidence left no room for doubt"));
    assert!(stderr(&mut named, 2).contains("photo.jpg: not an article format (picture)"));
    assert_eq!(stderr(demarche(folder.path()).args(["extract", "."]), 0), "", "walked over, it is no error");
    assert!(stderr(demarche(folder.path()).args(["extract", "-v", "."]), 0).contains("photo.jpg"));
    assert!(stderr(demarche(folder.path()).args(["extract", "nowhere"]), 2).contains("nowhere"));
}

#[test]
fn standard_input_is_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let text = stdout(demarche(folder.path()).args(["extract", "-"]).write_stdin(PAGE), 0);
    let article: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(article["format"], 1);
    assert_eq!(article["title"], "Envoy summoned over ministry breach");
}

#[test]
fn annotate_answers_every_good_line_and_names_the_bad_ones() {
    let folder = tempfile::tempdir().unwrap();
    let input =
        "{\"id\": 1, \"text\": \"Norway blamed a group.\"}\nnonsense\n\n{\"id\": \"b\", \"text\": \"x\", \"published\": \"soon\"}\n";
    let mut command = demarche(folder.path());
    command.arg("annotate").write_stdin(input);
    let lines: Vec<serde_json::Value> = stdout(&mut command, 2).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.iter().map(|l| l["id"].clone()).collect::<Vec<_>>(), [serde_json::json!(1), serde_json::json!("b")]);
    let errors = stderr(&mut command, 2);
    assert!(errors.contains("line 2") && errors.contains("line 4"), "{errors}");
}

#[test]
fn no_escape_sequence_of_a_page_reaches_the_reader() {
    let folder = tempfile::tempdir().unwrap();
    let hostile = PAGE.replace("Norway", "Nor\u{1b}[31mway\u{202e}").replace("spokeswoman", "spokes\u{9b}woman\u{7}");
    std::fs::write(folder.path().join("page.html"), hostile).unwrap();
    for args in [["show", "page.html", "-a"], ["show", "page.html", "--removed"], ["extract", "--explain", "page.html"]] {
        let text = stdout(demarche(folder.path()).args(args), 0);
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{9b}', '\u{7}']), "{args:?}: {text:?}");
        assert!(text.contains("way"), "{text}");
    }
}

#[test]
fn colour_is_for_terminals_unless_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("page.html"), PAGE).unwrap();
    assert!(!stdout(demarche(folder.path()).args(["show", "page.html"]), 0).contains('\u{1b}'));
    let mut always = demarche(folder.path());
    always.args(["show", "--color", "always", "page.html"]).env("NO_COLOR", "1");
    assert!(stdout(&mut always, 0).contains("\u{1b}[1m"), "--color beats NO_COLOR");
}
