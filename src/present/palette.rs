//! Colours by meaning, as ANSI sequences every terminal knows.

/// What a piece of output is, which decides how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Titles and headings.
    Title,
    /// What is read last: publisher, dates, counts.
    Dim,
    /// Words that matched the query.
    Match,
    /// A file or address.
    Path,
    /// A threat group.
    Group,
    /// Any other actor.
    Actor,
    /// A time.
    Date,
    /// A claim or a warning.
    Warn,
    /// An error.
    Error,
}

/// Whether to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    on: bool,
}

impl Palette {
    /// A palette that colours, or one that leaves text as it is.
    pub fn new(on: bool) -> Self {
        Palette { on }
    }

    /// Whether it colours.
    pub fn is_on(self) -> bool {
        self.on
    }

    /// `text` in the given style.
    ///
    /// ```
    /// use demarche::present::{Palette, Style};
    /// assert_eq!(Palette::new(false).paint(Style::Title, "x"), "x");
    /// assert_eq!(Palette::new(true).paint(Style::Title, "x"), "\u{1b}[1mx\u{1b}[0m");
    /// ```
    pub fn paint(self, style: Style, text: &str) -> String {
        if !self.on || text.is_empty() {
            return text.to_owned();
        }
        let code = match style {
            Style::Title => "1",
            Style::Dim => "2",
            Style::Match => "1;33",
            Style::Path => "36",
            Style::Group => "1;31",
            Style::Actor => "32",
            Style::Date => "35",
            Style::Warn => "33",
            Style::Error => "1;31",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}
