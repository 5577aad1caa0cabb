//! Bytes from a file, from memory or out of another container: looked at before they are read, and bounded in what they may unpack to.

use super::MAX_MIB;
use crate::error::Skipped;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::rc::Rc;

/// How many bytes are looked at to tell a format.
pub(super) const HEAD: usize = 16 << 10;
/// A packed file may unpack to this many bytes for each of its own, and to `SLACK` more. Texts pack to a fifth or a tenth, long logs and
/// repeated pages to a thirtieth.
const RATIO: u64 = 100;
const SLACK: u64 = 128 << 20;
/// What a reader says that would go beyond.
const BOMB: &str = "unpacks to more than a hundred times its size";

/// The bytes of one file, to be read once.
pub struct Input<'a> {
    head: Cursor<Vec<u8>>,
    /// What went wrong while the head was read; to be told once the head is read again.
    failed: Option<io::Error>,
    rest: Rest<'a>,
    budget: Rc<Budget>,
}

enum Rest<'a> {
    Stream(Box<dyn Read + 'a>),
    File(File),
}

impl std::fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Input").finish_non_exhaustive()
    }
}

/// What can be read in any order.
pub(super) trait Places: Read + Seek {}
impl<T: Read + Seek> Places for T {}

impl<'a> Input<'a> {
    /// The bytes of an open file. It is never read as a whole unless its format needs that, and then only if it is not too large.
    pub fn file(file: File) -> Self {
        let size = file.metadata().map_or(0, |meta| meta.len());
        Self::new(Rest::File(file), Rc::new(Budget { packed: Cell::new(size), unpacked: Cell::new(0) }))
    }

    /// Bytes that come one after the other, such as standard input or a slice.
    pub fn stream(bytes: impl Read + 'a) -> Self {
        let budget = Rc::new(Budget::default());
        Self::new(Rest::Stream(Box::new(Counted { bytes, budget: budget.clone(), unpacks: false })), budget)
    }

    fn new(rest: Rest<'a>, budget: Rc<Budget>) -> Self {
        Input { head: Cursor::default(), failed: None, rest, budget }
    }

    /// What a packer takes out of this input, counted against what the whole file may unpack to.
    pub(super) fn unpack<R: Read + 'a>(self, unpack: impl FnOnce(Self) -> io::Result<R>) -> io::Result<Input<'a>> {
        let budget = self.budget.clone();
        Ok(Self::within(unpack(self)?, budget))
    }

    /// Bytes unpacked from the file that has the budget.
    pub(super) fn within(bytes: impl Read + 'a, budget: Rc<Budget>) -> Self {
        Self::new(Rest::Stream(Box::new(Counted { bytes, budget: budget.clone(), unpacks: true })), budget)
    }

    pub(super) fn budget(&self) -> Rc<Budget> {
        self.budget.clone()
    }

    /// The first bytes, which are still to be read.
    pub(super) fn head(&mut self) -> io::Result<&[u8]> {
        if self.head.get_ref().is_empty() {
            let mut head = Vec::new();
            let read = match &mut self.rest {
                Rest::Stream(stream) => stream.take(HEAD as u64).read_to_end(&mut head),
                Rest::File(file) => file.take(HEAD as u64).read_to_end(&mut head),
            };
            match read {
                Err(error) if head.is_empty() => return Err(error),
                read => self.failed = read.err(),
            }
            self.head = Cursor::new(head);
        }
        Ok(self.head.get_ref())
    }

    /// All bytes, which must not be more than [`MAX_MIB`].
    pub(super) fn whole(self) -> Result<Vec<u8>, Skipped> {
        whole(self)
    }

    /// For formats that are read from their end: a file in place, anything else as a whole from memory.
    pub(super) fn places(self) -> Result<Box<dyn Places + 'a>, Skipped> {
        match self.rest {
            Rest::File(mut file) => {
                file.seek(SeekFrom::Start(0))?;
                Ok(Box::new(file))
            }
            Rest::Stream(_) => Ok(Box::new(Cursor::new(self.whole()?))),
        }
    }
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match (self.head.read(buffer)?, &mut self.rest) {
            (0, _) if self.failed.is_some() => self.failed.take().map_or(Ok(0), Err),
            (0, Rest::Stream(stream)) => stream.read(buffer),
            (0, Rest::File(file)) => file.read(buffer),
            (n, _) => Ok(n),
        }
    }
}

/// All bytes of a reader, which must not be more than [`MAX_MIB`].
pub(super) fn whole(bytes: impl Read) -> Result<Vec<u8>, Skipped> {
    let limit = MAX_MIB << 20;
    let mut all = Vec::new();
    bytes.take(limit + 1).read_to_end(&mut all)?;
    if all.len() as u64 > limit { Err(Skipped::TooLarge { limit: MAX_MIB }) } else { Ok(all) }
}

/// So many bytes of a reader; that it has fewer is an error.
pub(super) struct Exact<R> {
    bytes: R,
    left: u64,
}

impl<R: Read> Exact<R> {
    pub(super) fn new(bytes: R, len: u64) -> Self {
        Exact { bytes, left: len }
    }
}

impl<R: Read> Read for Exact<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 || buffer.is_empty() {
            return Ok(0);
        }
        let n = self.bytes.by_ref().take(self.left).read(buffer)?;
        self.left -= n as u64;
        if n == 0 { Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it ends too early")) } else { Ok(n) }
    }
}

/// How much was unpacked from one file, against its size or, where that is not known, what was read of it.
#[derive(Debug, Default)]
pub(super) struct Budget {
    packed: Cell<u64>,
    unpacked: Cell<u64>,
}

struct Counted<R> {
    bytes: R,
    budget: Rc<Budget>,
    unpacks: bool,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.bytes.read(buffer)?;
        let (packed, unpacked) = (&self.budget.packed, &self.budget.unpacked);
        let count = if self.unpacks { unpacked } else { packed };
        count.set(count.get().saturating_add(n as u64));
        if unpacked.get() > packed.get().saturating_mul(RATIO).saturating_add(SLACK) { Err(io::Error::other(BOMB)) } else { Ok(n) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_head_is_read_again() {
        let mut input = Input::stream(&b"The gate is closed."[..]);
        assert!(input.head().unwrap().starts_with(b"The gate"));
        assert!(input.head().unwrap().starts_with(b"The gate"));
        assert_eq!(input.whole().unwrap(), b"The gate is closed.");
    }

    #[test]
    fn what_unpacks_to_far_more_than_its_size_is_left() {
        let bomb = Input::stream(&b"x"[..]).unpack(|_| Ok(io::repeat(0).take(SLACK + RATIO + 1))).unwrap();
        assert_eq!(io::copy(&mut { bomb }, &mut io::sink()).unwrap_err().to_string(), BOMB);
    }

    #[test]
    fn a_text_beyond_the_bound_is_not_held() {
        assert_eq!(Input::stream(io::repeat(b' ')).whole(), Err(Skipped::TooLarge { limit: MAX_MIB }));
    }
}
