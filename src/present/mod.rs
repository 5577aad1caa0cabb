//! Articles and hits to text for people. Writes to any [`std::io::Write`]; reads neither environment nor terminal nor index.
//!
//! Article text is hostile: all of it passes [`escape`] on its way out.

mod article;
mod escape;
mod hits;
mod palette;
mod table;

pub use article::{ArticleView, write_article};
pub use escape::escape;
pub use hits::write_hit;
pub use palette::{Palette, Style};
pub use table::{Align, Table};
