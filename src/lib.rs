//! A search engine over a folder of saved articles about cyber policy and cyber threats.

pub mod annotate;
mod article;
pub mod clean;
pub mod decode;
mod error;
pub mod extract;
pub mod knowledge;
mod pipeline;
pub mod present;
pub mod walk;

pub use article::*;
pub use error::{Error, Result, Skipped};
pub use pipeline::Reader;
