//! A page with mark-up: every block gets a verdict, and every span of what is found lies in the body.
#![no_main]

use demarche::clean::{clean, explain, rules};
use demarche::extract::extract;
use demarche::Source;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let html = String::from_utf8_lossy(bytes);
    let page = extract(Source::Html, &html);
    let verdicts = clean(&page);
    assert_eq!(verdicts.len(), page.blocks.len());
    assert_eq!(explain(&page).len(), page.blocks.len());
    assert!(verdicts.iter().flatten().all(|rule| rules().any(|r| r.name == *rule)));
});
