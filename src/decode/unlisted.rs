//! Zip archives without the list at their end, which says where everything is: cut off, or damaged. Each file also has a head of its own above it, and
//! by these they are read one after the other, as far as they go.
//!
//! Never goes back, so that heads that lie in each other cost nothing.

use super::entries::{Entries, Flow};
use super::input::{Budget, Exact};
use super::zip::is_hidden;
use crate::error::Skipped;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

/// What stands above a file, and above each line of the list.
const HEAD: &[u8; 4] = b"PK\x03\x04";
const LISTED: &[u8; 4] = b"PK\x01\x02";
/// Bits of a head: the file is encrypted, its size stands below it.
const ENCRYPTED: u16 = 1;
const SIZE_BELOW: u16 = 1 << 3;
/// The number of the field that holds sizes of 64 bits.
const LARGE: u16 = 1;

/// A head, read.
struct Head {
    flags: u16,
    method: u16,
    packed: u64,
    /// The checksum of the file, where it was known when the head was written.
    sum: Option<u32>,
    name: String,
}

/// Hands over the files of an archive, from its first byte on.
pub(super) fn read(archive: impl Read, budget: &Rc<Budget>, entries: &mut Entries<'_>) -> Flow {
    let mut archive = BufReader::with_capacity(64 << 10, archive);
    while find(&mut archive)? {
        let Some(head) = head(&mut archive)? else { return Ok(()) };
        let wanted = !head.name.ends_with(['/', '\\']) && !is_hidden(&head.name);
        let known = head.flags & SIZE_BELOW == 0 || head.packed > 0;
        if head.flags & ENCRYPTED != 0 {
            if wanted {
                entries.give(&head.name, Err(Skipped::Encrypted))?;
            }
            pass(&mut archive, if known { head.packed } else { 0 })?;
        } else if head.method == 8 {
            // Packed text says itself where it ends.
            file(&head, wanted, flate2::bufread::DeflateDecoder::new(&mut archive), budget, entries)?;
        } else if head.method == 0 && known {
            file(&head, wanted, Exact::new(&mut archive, head.packed), budget, entries)?;
        } else {
            if wanted {
                let why = if known { format!("packed by method {}", head.method) } else { "of a size that is not known".into() };
                entries.give(&head.name, Err(Skipped::Broken(why)))?;
            }
            pass(&mut archive, if known { head.packed } else { 0 })?;
        }
    }
    Ok(())
}

/// Hands over a file, unpacked.
fn file(head: &Head, wanted: bool, unpacked: impl Read, budget: &Rc<Budget>, entries: &mut Entries<'_>) -> Flow {
    let mut file = Summed { bytes: unpacked, sum: flate2::Crc::new(), told: head.sum };
    if wanted {
        entries.within(&head.name, &mut file, budget)?;
    }
    // What nobody read of it. Whatever it lacks was told with it, and the next is found by its head.
    let _ = io::copy(&mut file, &mut io::sink());
    Ok(())
}

/// Bytes whose sum must be as told.
struct Summed<R> {
    bytes: R,
    sum: flate2::Crc,
    told: Option<u32>,
}

impl<R: Read> Read for Summed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.bytes.read(buffer)?;
        self.sum.update(buffer.get(..n).unwrap_or_default());
        let wrong = n == 0 && !buffer.is_empty() && self.told.is_some_and(|told| told != self.sum.sum());
        if wrong { Err(io::Error::other("its checksum is wrong")) } else { Ok(n) }
    }
}

fn pass(archive: &mut impl Read, len: u64) -> Flow {
    Ok(io::copy(&mut archive.take(len), &mut io::sink()).map(|_| ())?)
}

/// Goes on to the next head, and beyond its mark; tells whether there is one before the list or the end.
fn find(archive: &mut impl BufRead) -> io::Result<bool> {
    let mut last = [0; 4];
    loop {
        let part = archive.fill_buf()?;
        if part.is_empty() {
            return Ok(false);
        }
        let mut taken = 0;
        let mut found = None;
        for byte in part {
            taken += 1;
            last.rotate_left(1);
            last[3] = *byte;
            if last == *HEAD || last == *LISTED {
                found = Some(last == *HEAD);
                break;
            }
        }
        archive.consume(taken);
        if let Some(found) = found {
            return Ok(found);
        }
    }
}

/// Reads a head, beyond its mark; nothing where it is cut.
fn head(archive: &mut impl Read) -> io::Result<Option<Head>> {
    let mut fixed = [0; 26];
    if !fills(archive, &mut fixed)? {
        return Ok(None);
    }
    let two = |at: usize| u16::from_le_bytes([fixed[at], fixed[at + 1]]);
    let four = |at: usize| u64::from(two(at)) | u64::from(two(at + 2)) << 16;
    let (mut name, mut more) = (vec![0; two(22).into()], vec![0; two(24).into()]);
    if !fills(archive, &mut name)? || !fills(archive, &mut more)? {
        return Ok(None);
    }
    let flags = two(2);
    let mut packed = four(14);
    if packed == u64::from(u32::MAX) {
        packed = large(&more, four(18) == u64::from(u32::MAX)).unwrap_or(packed);
    }
    let sum = (flags & SIZE_BELOW == 0).then_some(u32::from(two(10)) | u32::from(two(12)) << 16);
    Ok(Some(Head { flags, method: two(4), packed, sum, name: String::from_utf8_lossy(&name).into_owned() }))
}

/// The packed size in the fields after a name; before it stands the unpacked one, where that is too large for its place as well.
fn large(fields: &[u8], both: bool) -> Option<u64> {
    let mut rest = fields;
    while let Some((start, after)) = rest.split_first_chunk::<4>() {
        let len = usize::from(u16::from_le_bytes([start[2], start[3]]));
        let field = after.get(..len)?;
        if u16::from_le_bytes([start[0], start[1]]) == LARGE {
            let size = field.get(if both { 8..16 } else { 0..8 })?;
            return size.try_into().ok().map(u64::from_le_bytes);
        }
        rest = after.get(len..)?;
    }
    None
}

fn fills(archive: &mut impl Read, bytes: &mut [u8]) -> io::Result<bool> {
    match archive.read_exact(bytes) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        read => read.map(|()| true),
    }
}
