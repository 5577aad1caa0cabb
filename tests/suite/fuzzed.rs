//! Bytes that fuzzing once found something wrong with: they are read again in every run of the tests.
//!
//! `tests/fuzz/regressions` holds a folder for each target, and for the target of formats one for each format, as `format-PDF`.

#[path = "../fuzz/properties.rs"]
mod properties;

use std::path::Path;

#[test]
fn what_once_was_wrong_stays_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/regressions");
    let mut tried = 0;
    for target in std::fs::read_dir(&folder).unwrap() {
        let target = target.unwrap().path();
        let name = target.file_name().unwrap().to_str().unwrap().to_owned();
        for file in std::fs::read_dir(&target).unwrap() {
            let file = file.unwrap().path();
            let bytes = std::fs::read(&file).unwrap();
            let hold = || match name.as_str() {
                "decode" => properties::decode(&bytes),
                "page" => properties::page(&bytes),
                "text" => properties::text(&bytes),
                "annotate" => properties::annotate(&bytes),
                "query" => properties::query(&bytes),
                "index" => properties::index(&bytes),
                other => properties::format(other.strip_prefix("format-").unwrap(), &bytes),
            };
            assert!(std::panic::catch_unwind(hold).is_ok(), "{}", file.display());
            tried += 1;
        }
    }
    assert!(tried > 0, "{} is empty", folder.display());
}
