//! The one integration-test binary. Each file beside this one is a `mod` here; `every_file_is_a_module` sees to it.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cli;
mod reading;
