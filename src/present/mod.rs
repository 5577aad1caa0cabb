//! Articles and hits to text for people. Writes to any [`std::io::Write`]; reads neither environment nor terminal nor index.
//!
//! Article text is hostile: all of it passes [`escape`] on its way out.

mod article;
mod claims;
mod escape;
mod facets;
mod hits;
mod list;
mod palette;
mod plot;
mod table;
mod timeline;

pub use article::{ArticleView, write_article};
pub use claims::{claims_table, matrix, months, stix_bundle, write_csv, write_dot, write_plot};
pub use escape::escape;
pub use facets::write_facets;
pub use hits::write_hit;
pub use list::{Formatted, HitWriter, JSON_FORMAT, ListFormat, TextStyle, csv_cell};
pub use palette::{Palette, Style};
pub use table::{Align, Table};
pub use timeline::{timeline_html, timeline_svg, write_timeline, write_timeline_csv, write_timeline_table};
