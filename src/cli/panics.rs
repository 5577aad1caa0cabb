//! The last resort: a defect ends the program with an error like any other, and with its place, for a report.

use super::error::CommandError;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::{Mutex, PoisonError};

/// What the last panic said. One that is caught on its way, as where a file cannot be read, is never shown.
static LAST: Mutex<String> = Mutex::new(String::new());

/// Does the work of a command. With `RUST_BACKTRACE` set, panics are shown as Rust shows them.
pub(super) fn caught<T>(work: impl FnOnce() -> Result<T, CommandError>) -> Result<T, CommandError> {
    let shown = std::env::var_os("RUST_BACKTRACE").is_some_and(|v| v != "0").then(take_hook);
    set_hook(Box::new(move |panic| {
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = panic.to_string();
        if let Some(show) = &shown {
            show(panic);
        }
    }));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        let error = CommandError::new(format!("internal error: {}", last.replace('\n', " ")));
        Err(error.hint("please report this; should it come from a damaged index, demarche check tells"))
    })
}
