//! The language of queries: text to a tree with positions, hints for mistakes, and the lowering to a plan. Runs no search.

mod ast;
mod country;
mod dates;
mod lower;
mod parse;

pub use ast::{DateField, Expr, ExprKind, Query, TextField};
pub use dates::DateRange;
pub(crate) use dates::days_of;
pub(crate) use lower::{actor_test, lower, publisher_test};
pub use parse::QueryError;
