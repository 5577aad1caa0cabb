//! Tar archives (POSIX ustar and pax, GNU and the older kind): each file within is an entry, whatever its format; its path is only a name.
//!
//! Streamed. Links, folders, devices and hidden files are passed over.

use super::entries::{Entries, Flow};
use super::format::{Format, Reads};
use super::input::{Exact, Input};
use super::zip::is_hidden;
use crate::error::Skipped;
use std::io::{self, Read};

pub(super) const FORMAT: Format = Format { name: "tar", version: 1, tells: |head| header(head.bytes).is_some(), reads: Reads::Many(read) };

const BLOCK: usize = 512;
/// The longest name that is read, in bytes.
const NAME: u64 = 64 << 10;

/// What stands above each file.
struct Header {
    name: String,
    size: u64,
    kind: u8,
}

/// Reads a block as a header; `None` where its checksum is wrong.
fn header(bytes: &[u8]) -> Option<Header> {
    let block = bytes.get(..BLOCK)?;
    let field = |from: usize, len: usize| &block[from..from + len];
    let sum: u64 = block.iter().enumerate().map(|(at, b)| if (148..156).contains(&at) { 32 } else { u64::from(*b) }).sum();
    if number(field(148, 8))? != sum || block.iter().all(|b| *b == 0) {
        return None;
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes.split(|b| *b == 0).next().unwrap_or_default()).into_owned();
    let mut name = text(field(0, 100));
    // The time stands where GNU has no prefix.
    if field(257, 6) == b"ustar\0" && block[345] != 0 {
        name = format!("{}/{name}", text(field(345, 155)));
    }
    Some(Header { name, size: number(field(124, 12))?, kind: block[156] })
}

/// A number in octal digits, or where the first bit is set in binary.
fn number(field: &[u8]) -> Option<u64> {
    match field.split_first()? {
        (first, rest) if first & 0x80 != 0 => {
            let tail = rest.get(rest.len().checked_sub(8)?..)?;
            Some(tail.iter().fold(0, |n, b| n << 8 | u64::from(*b)))
        }
        _ => {
            let digits = field.iter().skip_while(|b| **b == b' ').take_while(|b| (b'0'..=b'7').contains(*b));
            Some(digits.fold(0u64, |n, b| n.wrapping_shl(3) | u64::from(b - b'0')))
        }
    }
}

fn read(_: &str, mut input: Input<'_>, entries: &mut Entries<'_>) -> Flow {
    let budget = input.budget();
    let (mut long_name, mut long_size) = (None, None);
    loop {
        let mut block = Vec::with_capacity(BLOCK);
        input.by_ref().take(BLOCK as u64).read_to_end(&mut block)?;
        // Two empty blocks end an archive, and many have only one.
        if block.iter().all(|b| *b == 0) {
            return Ok(());
        }
        let header = header(&block).ok_or_else(|| Skipped::Broken("no tar header where one should be".into()))?;
        let size = long_size.take().unwrap_or(header.size);
        let mut file = Exact::new(&mut input, size);
        match header.kind {
            b'L' | b'x' if size <= NAME => {
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes)?;
                if header.kind == b'L' {
                    long_name = Some(String::from_utf8_lossy(bytes.split(|b| *b == 0).next().unwrap_or_default()).into_owned());
                } else {
                    long_name = record(&bytes, b"path").map(|name| String::from_utf8_lossy(name).into_owned()).or(long_name);
                    long_size = record(&bytes, b"size").and_then(|size| std::str::from_utf8(size).ok()?.parse().ok());
                }
            }
            kind => {
                let name = long_name.take().unwrap_or(header.name);
                if matches!(kind, 0 | b'0' | b'7') && !name.ends_with('/') && !is_hidden(&name) {
                    entries.within(name.trim_start_matches("./"), &mut file, &budget)?;
                }
            }
        }
        // What nobody read of it, and what fills the last block.
        io::copy(&mut file, &mut io::sink())?;
        let fill = (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64;
        io::copy(&mut input.by_ref().take(fill), &mut io::sink())?;
    }
}

/// The value of a pax record: `27 path=a/long/name.html\n`.
fn record<'b>(bytes: &'b [u8], wanted: &[u8]) -> Option<&'b [u8]> {
    let mut rest = bytes;
    loop {
        let space = rest.iter().position(|b| *b == b' ')?;
        let len: usize = std::str::from_utf8(&rest[..space]).ok()?.parse().ok()?;
        let pair = rest.get(space + 1..len.checked_sub(1)?)?;
        if let Some(value) = pair.strip_prefix(wanted).and_then(|pair| pair.strip_prefix(b"=")) {
            return Some(value);
        }
        rest = rest.get(len..)?;
    }
}
