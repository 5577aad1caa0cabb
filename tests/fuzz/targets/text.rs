//! A text without mark-up, and Markdown: every block gets a verdict.
#![no_main]

use demarche::clean::{clean, explain};
use demarche::extract::extract;
use demarche::Source;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for source in [Source::Text, Source::Markdown] {
        let page = extract(source, &text);
        assert_eq!(clean(&page).len(), page.blocks.len());
        assert_eq!(explain(&page).len(), page.blocks.len());
    }
});
