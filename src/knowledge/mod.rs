//! The table of actors: aliases, kinds, countries, parents, and where each fact is from. Knows nothing of articles.

/// The table of actors.
#[derive(Debug, Default)]
pub struct Knowledge {}

impl Knowledge {
    /// The table that comes with the program.
    pub fn builtin() -> &'static Knowledge {
        static TABLE: std::sync::OnceLock<Knowledge> = std::sync::OnceLock::new();
        TABLE.get_or_init(Knowledge::default)
    }
}
