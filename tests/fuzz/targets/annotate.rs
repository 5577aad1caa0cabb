#![no_main]
//! Searches for a text that breaks annotation.
#![allow(dead_code, reason = "each target needs one of the properties")]

#[path = "../properties.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::annotate(bytes));
