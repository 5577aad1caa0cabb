//! Bytes of any file: packers, containers, charsets, formats. Whatever they are, they are read or skipped, and names within a file fit a line.
//!
//! The first byte chooses the ending of the file's name, since some formats are told by it.
#![no_main]

use demarche::decode::{Fields, Input, entries};
use libfuzzer_sys::fuzz_target;
use std::ops::ControlFlow;

const NAMES: [&str; 12] =
    ["file", "a.csv", "a.tsv", "a.json", "a.jsonl", "a.xml", "a.mbox", "a.eml", "a.warc", "a.txt", "a.md", "a.pdf"];

fuzz_target!(|bytes: &[u8]| {
    let [which, rest @ ..] = bytes else { return };
    let name = NAMES[*which as usize % NAMES.len()];
    let _ = entries(name, Input::stream(rest), &Fields::default(), &mut |entry| {
        assert!(!entry.name.chars().any(char::is_control), "{:?}", entry.name);
        ControlFlow::Continue(())
    });
});
