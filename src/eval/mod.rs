//! How good a ranking is: queries, judgements and runs in, measures and their significance out.
//!
//! The measures are those of `trec_eval` (NIST), to the digit: `ndcg_cut_10`, `map`, `recip_rank` and `recall_100`. Owns their reading and
//! sums; searches nothing and prints nothing.

mod judgements;
mod measure;
mod queries;
mod run;
mod significance;

pub use judgements::Judgements;
pub use measure::{Evaluation, Measure, Measures};
pub use queries::{AskedQuery, read_queries};
pub use run::Run;
pub use significance::{Comparison, compare};

/// Why a line of a file of queries, judgements or hits cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct LineError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, in lower case.
    pub message: String,
}

fn wrong<T>(line: usize, message: impl Into<String>) -> Result<T, LineError> {
    Err(LineError { line: line + 1, message: message.into() })
}
