//! The one integration-test binary. Each file beside this one is a `mod` here; `every_file_is_a_module` sees to it.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod claims;
mod cli;
mod commands;
mod containers;
mod copies;
mod corpus;
mod documents;
#[path = "../../src/effort.rs"]
mod effort;
mod eval;
mod explore;
mod faults;
mod fuzzed;
mod health;
mod hostile;
mod knowledge;
mod lists;
mod pages;
mod paper;
mod query;
mod reading;
mod search;
mod shapes;
mod soak;
mod sync;
mod texts;

#[test]
fn every_file_is_a_module() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite");
    let this = std::fs::read_to_string(format!("{folder}/main.rs")).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let module = name.trim_end_matches(".rs");
        assert!(module == "main" || this.contains(&format!("mod {module};")), "tests/suite/{name} is not a module of main.rs");
    }
}
