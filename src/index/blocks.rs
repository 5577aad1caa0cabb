//! The file of the stored articles as the engine sees it. The engine takes memory for the size that stands above a packed block before it unpacks
//! it, and a turned bit makes gigabytes of it: here that size is held against the one that the packing tells of itself.

use std::fmt;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tantivy::HasLen;
use tantivy::directory::{FileHandle, FileSlice, OwnedBytes};
use tantivy::store::StoreReader;

/// The stored articles in the file of a segment, of which `kept` blocks are kept unpacked.
pub(super) fn open(file: FileSlice, kept: usize) -> io::Result<StoreReader> {
    let file = Arc::new(Blocks { file, opened: AtomicBool::new(false) });
    let reader = StoreReader::open(FileSlice::new(file.clone()), kept)?;
    // From here on nothing but blocks is read.
    file.opened.store(true, Ordering::Relaxed);
    Ok(reader)
}

struct Blocks {
    file: FileSlice,
    opened: AtomicBool,
}

impl fmt::Debug for Blocks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blocks")
    }
}

impl HasLen for Blocks {
    fn len(&self) -> usize {
        self.file.len()
    }
}

impl FileHandle for Blocks {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let bytes = self.file.read_bytes_slice(range)?;
        if self.opened.load(Ordering::Relaxed) && !is_whole(&bytes) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a block of stored articles is not whole"));
        }
        Ok(bytes)
    }
}

/// Whether the size above a block is that of the frame below it.
fn is_whole(block: &[u8]) -> bool {
    let Some((size, frame)) = block.split_first_chunk::<4>() else { return false };
    content_size(frame) == Some(u64::from(u32::from_le_bytes(*size)))
}

/// The size of what is packed in a Zstandard frame, which every packing in one piece tells (RFC 8878, 3.1.1.1).
fn content_size(frame: &[u8]) -> Option<u64> {
    const MAGIC: [u8; 4] = 0xFD2F_B528_u32.to_le_bytes();
    let (descriptor, rest) = frame.strip_prefix(&MAGIC)?.split_first()?;
    let single = descriptor >> 5 & 1;
    let dictionary = [0, 1, 2, 4].get(usize::from(descriptor & 3))?;
    let field = rest.get(usize::from(1 - single) + dictionary..)?;
    let number = |len: usize| field.get(..len).map(|bytes| bytes.iter().rev().fold(0, |n, &b| n << 8 | u64::from(b)));
    match descriptor >> 6 {
        0 if single == 1 => number(1),
        0 => None,
        1 => number(2).map(|n| n + 256),
        2 => number(4),
        _ => number(8),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Frames as they are written, made by hand: head, one raw block.
    fn frame(len: usize) -> Vec<u8> {
        let (descriptor, field) = match len {
            0..=255 => (0x20u8, vec![len as u8]),
            256..=65791 => (0x60, ((len - 256) as u16).to_le_bytes().to_vec()),
            _ => (0xa0, (len as u32).to_le_bytes().to_vec()),
        };
        [&0xFD2F_B528_u32.to_le_bytes()[..], &[descriptor], &field, b"..."].concat()
    }

    #[test]
    fn a_size_is_believed_only_if_the_frame_tells_the_same() {
        for len in [0, 1, 255, 256, 40_000, 65_791, 65_792, 9_000_000] {
            let block = [&(len as u32).to_le_bytes()[..], &frame(len)].concat();
            assert!(is_whole(&block), "{len}");
            for bit in 0..32 {
                let mut turned = block.clone();
                turned[bit / 8] ^= 1 << (bit % 8);
                assert!(!is_whole(&turned), "{len}, bit {bit}");
            }
        }
        assert!(!is_whole(b"") && !is_whole(&[0; 4]) && !is_whole(&[0; 64]));
    }
}
