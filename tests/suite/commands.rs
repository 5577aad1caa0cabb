//! The commands that use an index, on the sample corpus, as a user types them.

use crate::cli::{demarche, stdout};
use assert_cmd::Command;
use std::path::Path;
use std::sync::OnceLock;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");

/// A folder with a link to nothing but an index of the corpus, made once.
fn home() -> &'static Path {
    static HOME: OnceLock<tempfile::TempDir> = OnceLock::new();
    let home = HOME.get_or_init(|| {
        let home = tempfile::tempdir().unwrap();
        let report = stdout(demarche(home.path()).args(["index", CORPUS, "--json"]), 0);
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        assert!(report["added"].as_u64().unwrap() >= 48 && report["errors"].as_array().unwrap().is_empty(), "{report}");
        home
    });
    home.path()
}

fn search(args: &[&str]) -> Command {
    let mut command = demarche(home());
    command.arg("search").args(args);
    command
}

fn hits(args: &[&str]) -> Vec<serde_json::Value> {
    let text = stdout(&mut search(&[&["--json"], args].concat()), 0);
    text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn one_command_reads_a_folder_and_searches_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = demarche(folder.path());
    command.args(["search", "--in", CORPUS, "-n", "1", "Exchange hack attribution to China"]);
    let first = stdout(&mut command, 0);
    assert!(first.lines().count() >= 4 && first.contains("Exchange"), "{first}");
    assert_eq!(stdout(&mut command, 0), first, "the second time nothing is read, and the answer is the same");
    assert!(folder.path().join("index").is_dir());
}

#[test]
fn an_alias_finds_its_actor_and_the_hit_says_so() {
    let all = hits(&["actor:\"Silk Typhoon\""]);
    let old = all
        .iter()
        .find(|h| h["path"].as_str().unwrap().ends_with("2021-hafnium-first-look.md"))
        .expect("an article that says only Hafnium");
    assert_eq!(old["matched_actors"][0]["name"], "HAFNIUM");
    assert_eq!(old["matched_actors"][0]["asked"], "Silk Typhoon");
    assert!(old["matched_actors"][0]["surface"].as_str().unwrap().eq_ignore_ascii_case("hafnium"));
    let flag = hits(&["--actor", "Silk Typhoon", "Exchange"]);
    assert!(!flag.is_empty() && flag.len() <= all.len());
}

#[test]
fn what_only_a_teaser_names_is_not_found() {
    let raw = std::fs::read_to_string(Path::new(CORPUS).join("cindermoor-review/2021-australia-apt40-hafnium.txt")).unwrap();
    assert!(raw.contains("Huawei"), "a teaser names it");
    assert_eq!(stdout(&mut search(&["-l", "actor:Huawei OR huawei"]), 1), "", "no article does");
}

#[test]
fn dates_narrow_and_order() {
    let year = hits(&["date:2021", "-n", "100"]);
    assert!(!year.is_empty() && year.iter().all(|h| h["published"].as_str().unwrap().starts_with("2021-")));
    assert_eq!(
        hits(&["--since", "2021", "--until", "2021", "+accused", "-n", "100"]).len(),
        hits(&["+accused", "+date:2021", "-n", "100"]).len()
    );
    let days: Vec<String> =
        hits(&["--sort", "newest", "ministry", "-n", "100"]).iter().filter_map(|h| h["published"].as_str().map(str::to_owned)).collect();
    assert!(days.len() > 3 && days.is_sorted_by(|a, b| a >= b), "{days:?}");
    assert!(!hits(&["mentions:2021-07"]).is_empty());
}

#[test]
fn the_forms_of_an_answer_agree() {
    let all = hits(&["ransomware", "-n", "1000"]);
    assert_eq!(stdout(&mut search(&["-c", "ransomware"]), 0).trim(), all.len().to_string());
    let lines = stdout(&mut search(&["-l", "ransomware"]), 0);
    let paths: Vec<&str> = all.iter().map(|h| h["path"].as_str().unwrap()).collect();
    assert_eq!(lines.lines().collect::<Vec<_>>(), paths);
    let nul = stdout(&mut search(&["-l", "-0", "ransomware"]), 0);
    assert_eq!(nul.split_terminator('\0').collect::<Vec<_>>(), paths);
    let paged: Vec<_> = (0..all.len()).flat_map(|i| hits(&["ransomware", "-n", "1", "--offset", &i.to_string()])).collect();
    assert_eq!(paged, all, "page by page is the same as at once");
}

#[test]
fn every_field_of_a_hit_is_described() {
    let help = stdout(demarche(home()).args(["help", "json"]), 0);
    for hit in hits(&["actor:\"Fancy Bear\" parliament", "-n", "50"]) {
        for (name, _) in hit.as_object().unwrap() {
            assert!(help.contains(name), "`{name}` is not in `help json`");
        }
        assert_eq!(hit["format"], 1);
        let (text, lit) = (hit["snippet"]["text"].as_str().unwrap(), hit["snippet"]["highlights"].as_array().unwrap());
        assert!(lit.iter().all(|r| text.get(r[0].as_u64().unwrap() as usize..r[1].as_u64().unwrap() as usize).is_some()));
    }
}

#[test]
fn nothing_found_is_one_and_a_bad_query_two_with_a_caret() {
    assert_eq!(stdout(&mut search(&["qqxyzzy"]), 1), "");
    let output = search(&["china AND (hack"]).output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(errors.contains("\n  china AND (hack\n            ^\n") && errors.contains("hint: "), "{errors}");
    let output = search(&["--since", "soon", "china"]).output().unwrap();
    assert!(output.status.code() == Some(2) && String::from_utf8_lossy(&output.stderr).contains("--since: `soon`"));
}

#[test]
fn an_index_that_is_none_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("other")).unwrap();
    std::fs::write(folder.path().join("other/notes.txt"), "mine").unwrap();
    for at in ["index", "other"] {
        let output = demarche(folder.path()).args(["search", "--index", at, "china"]).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2));
        assert!(errors.contains(&format!("demarche: {at}: ")) && errors.contains("hint: "), "{errors}");
    }
    let output = demarche(folder.path()).args(["index", "other", "--index", "other"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "a folder of something else is not written into");
    assert_eq!(std::fs::read_to_string(folder.path().join("other/notes.txt")).unwrap(), "mine");
}

#[test]
fn a_batch_is_a_trec_run() {
    let queries = "q1\tWho blamed Russia for NotPetya?\nq2\tEXCHANGE (AND) \"HAFNIUM\n";
    let mut command = search(&["--queries", "-", "--format", "trec", "--limit", "5"]);
    command.write_stdin(queries);
    let run = stdout(&mut command, 0);
    let rows: Vec<Vec<&str>> = run.lines().map(|l| l.split('\t').collect()).collect();
    assert_eq!(rows.len(), 10);
    for (i, row) in rows.iter().enumerate() {
        assert_eq!((row[0], row[1], row[3], row[5]), (["q1", "q2"][i / 5], "Q0", ["1", "2", "3", "4", "5"][i % 5], "demarche"));
    }
    assert!(rows[0][2].contains("notpetya") || rows[0][2].contains("russia"), "{run}");
}

#[test]
fn show_takes_an_id_its_beginning_or_a_path() {
    let hit = &hits(&["hafnium", "-n", "1"])[0];
    let (id, path) = (hit["id"].as_str().unwrap(), hit["path"].as_str().unwrap());
    let by_id = stdout(demarche(home()).args(["show", id]), 0);
    assert_eq!(stdout(demarche(home()).args(["show", &id[..8]]), 0), by_id);
    assert_eq!(stdout(demarche(home()).args(["show", path]), 0), by_id);
    assert!(by_id.starts_with(hit["title"].as_str().unwrap()));
    let output = demarche(home()).args(["show", "nosuchid"]).output().unwrap();
    assert!(output.status.code() == Some(2) && String::from_utf8_lossy(&output.stderr).contains("hint: "));
}

#[test]
fn actors_and_status_tell_what_is_there() {
    let all = stdout(demarche(home()).args(["actors", "-n", "0"]), 0);
    for name in ["APT28", "HAFNIUM", "Russia", "Microsoft"] {
        assert!(all.contains(name), "{name} is missing in:\n{all}");
    }
    let groups = stdout(demarche(home()).args(["actors", "--kind", "threat-group"]), 0);
    assert!(groups.contains("APT28") && !groups.contains("Microsoft"));
    let one = stdout(demarche(home()).args(["actors", "Forest", "Blizzard"]), 0);
    assert!(one.starts_with("APT28") && one.contains("Russia") && one.contains("microsoft") && one.contains("larkfen-labs"), "{one}");
    assert_eq!(stdout(demarche(home()).args(["actors", "Nobody At All"]), 1), "");
    let status = stdout(demarche(home()).args(["status", "--json"]), 0);
    let status: serde_json::Value = serde_json::from_str(&status).unwrap();
    assert!(status["articles"].as_u64().unwrap() >= 48);
}

#[test]
fn a_family_a_country_a_kind_and_a_name_gone_wrong() {
    let count = |query: &str| stdout(&mut search(&["-c", query]), 0).trim().parse::<usize>().unwrap();
    assert!(count("actor:GRU+") > count("actor:GRU"));
    assert!(count("country:kp") > 0 && count("country:kp") == count("country:\"North Korea\""));
    assert!(count("actor:agency") > count("actor:GRU") && count("actor:agency") == count("actor:agencies"));
    stdout(&mut search(&["country:Atlantis"]), 2);
    let told = |command: &mut Command| String::from_utf8(command.assert().code(1).get_output().stderr.clone()).unwrap();
    assert!(told(&mut search(&["actor:Hafnum"])).contains("did you mean HAFNIUM?"));
    assert!(told(demarche(home()).args(["actors", "Hafnum"])).contains("did you mean HAFNIUM?"));
}

#[test]
fn an_actor_is_told_with_its_times_and_company() {
    let text = stdout(demarche(home()).args(["actors", "GRU"]), 0);
    for part in ["seen        20", "named with  ", "parts       GRU Unit", "year  articles"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains('\u{2588}'), "no bars in a pipe");
    let json: serde_json::Value = serde_json::from_str(&stdout(demarche(home()).args(["actors", "GRU", "--json"]), 0)).unwrap();
    let sum: u64 = json["timeline"].as_array().unwrap().iter().map(|p| p["articles"].as_u64().unwrap()).sum();
    let dated = json["articles"].as_array().unwrap().iter().filter(|a| !a["published"].is_null()).count();
    assert_eq!(sum, dated as u64);
    assert!(json["with"].as_array().unwrap().len() > 3 && json["first"].as_str() <= json["last"].as_str());
}
