#![no_main]
//! Searches for damage to an index that breaks opening, checking or searching it.
#![allow(dead_code, reason = "each target needs one of the properties")]

#[path = "../properties.rs"]
mod properties;

use std::sync::Once;

static QUIET: Once = Once::new();

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // What the library catches is no crash; what it does not still is.
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    properties::index(bytes);
});
