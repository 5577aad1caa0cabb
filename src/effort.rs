//! What work costs, for tests: time on a processor, which does not depend on what else the machine does.

use std::time::Duration;

/// The time this thread has had on a processor; nothing where the system does not tell.
pub(crate) fn spent() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// How long a piece of work has a processor, and what comes of it.
pub(crate) fn of<T>(work: impl FnOnce() -> T) -> (Option<Duration>, T) {
    let before = spent();
    let done = work();
    (spent().zip(before).map(|(after, before)| after.saturating_sub(before)), done)
}

/// Asserts that eight times the input costs far less than sixty-four times the work: work that grows with the square of its input would. `work` gets
/// how many times the piece is to be repeated.
pub(crate) fn is_linear(what: &str, times: usize, work: &dyn Fn(usize)) {
    let cost = |times| of(|| work(times)).0;
    // What is made once is made before.
    work(times / 8);
    let (Some(small), Some(large)) = (cost(times / 8), cost(times)) else { return };
    assert!(large < small * 24 + Duration::from_millis(20), "{what}: {small:?} for an eighth of {large:?}");
}
