#![no_main]
//! Searches for bytes that break the adapter of one format, which the variable `FORMAT` names.
#![allow(dead_code, reason = "each target needs one of the properties")]

#[path = "../properties.rs"]
mod properties;

use std::sync::LazyLock;

static FORMAT: LazyLock<String> = LazyLock::new(|| std::env::var("FORMAT").expect("FORMAT names one of the formats, as `FORMAT=pdf`"));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::format(&FORMAT, bytes));
