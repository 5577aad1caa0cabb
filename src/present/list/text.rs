//! Hits for a reader, and their paths alone.

use super::HitWriter;
use crate::present::{Palette, escape, write_hit};
use crate::search::Hit;
use std::io::{self, Write};

/// How hits are laid out for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextStyle {
    /// Columns.
    pub width: usize,
    /// Whether copies are listed, or only counted.
    pub copies: bool,
    /// Colours.
    pub palette: Palette,
}

pub(super) struct Text {
    style: TextStyle,
    begun: bool,
}

impl Text {
    pub(super) fn new(style: TextStyle) -> Self {
        Text { style, begun: false }
    }
}

impl HitWriter for Text {
    fn hit(&mut self, mut out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            writeln!(out)?;
        }
        write_hit(&mut out, hit, self.style.width, self.style.copies, self.style.palette)
    }
}

pub(super) struct Paths {
    pub(super) null: bool,
    pub(super) copies: bool,
}

impl HitWriter for Paths {
    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        let copies = hit.copies.iter().map(|c| &c.path).filter(|_| self.copies);
        for path in std::iter::once(&hit.path).chain(copies) {
            // With NUL a program reads it, which wants the path as it is.
            if self.null {
                write!(out, "{path}\0")?;
            } else {
                writeln!(out, "{}", escape(path))?;
            }
        }
        Ok(())
    }
}
