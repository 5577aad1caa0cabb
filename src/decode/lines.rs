//! Lines of a stream, none of them held beyond a bound.

use std::io::{self, BufRead};

/// A line of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// All of it, with its end.
    Whole,
    /// Its beginning: it is longer than the bound.
    Cut,
    /// There are no more.
    None,
}

/// Reads the next line into `line`, at most `limit` bytes of it; the rest of a longer one is passed over.
pub(super) fn next_line(reader: &mut impl BufRead, line: &mut Vec<u8>, limit: usize) -> io::Result<Line> {
    line.clear();
    let mut cut = false;
    let mut any = false;
    loop {
        let part = reader.fill_buf()?;
        if part.is_empty() {
            break;
        }
        any = true;
        let end = memchr::memchr(b'\n', part);
        let taken = end.map_or(part.len(), |at| at + 1);
        let room = limit.saturating_sub(line.len());
        line.extend_from_slice(&part[..taken.min(room)]);
        cut |= taken > room;
        reader.consume(taken);
        if end.is_some() {
            break;
        }
    }
    Ok(match (any, cut) {
        (false, _) => Line::None,
        (_, true) => Line::Cut,
        _ => Line::Whole,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_and_the_next_is_whole() {
        let mut reader = io::BufReader::with_capacity(4, &b"ab\nabcdefghijkl\ncd"[..]);
        let mut line = Vec::new();
        let mut next = || (next_line(&mut reader, &mut line, 8).unwrap(), line.clone());
        assert_eq!(next(), (Line::Whole, b"ab\n".to_vec()));
        assert_eq!(next(), (Line::Cut, b"abcdefgh".to_vec()));
        assert_eq!(next(), (Line::Whole, b"cd".to_vec()));
        assert_eq!(next(), (Line::None, Vec::new()));
    }
}
