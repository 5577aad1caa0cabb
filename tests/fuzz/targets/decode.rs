//! Bytes of any file: compression, containers, charset, format. Whatever they are, they are read or skipped.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = demarche::decode::decode("file", bytes);
});
