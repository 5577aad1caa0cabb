#![no_main]
//! Searches for bytes of a file that break reading it.
#![allow(dead_code, reason = "each target needs one of the properties")]

#[path = "../properties.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::decode(bytes));
