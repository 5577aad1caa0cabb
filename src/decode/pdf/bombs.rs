//! Streams that would unpack to more than a document needs are made harmless before the file is parsed.
//!
//! A PDF reader unpacks object streams on its own, however much comes out. So every compressed stream of a file is measured first,
//! unpacked into nothing, and one that is too large is overwritten: what reads it later finds an empty stream. Pictures are overwritten
//! unmeasured, for nobody will look at them.

use crate::decode::MAX_MIB;
use crate::error::Skipped;
use flate2::{Decompress, FlushDecompress, Status};
use memchr::memmem;

/// Most bytes one stream may unpack to, and all of a file together.
const STREAM: usize = 32 << 20;
const TOTAL: usize = 4 * STREAM;
/// Most bytes of a stream in a packing that cannot be measured in one pass: it unpacks to some thousand times as many at most.
const UNMEASURED: usize = 64 << 10;
/// Streams without an end that are put up with; each costs a search through the rest of the file.
const ENDLESS: usize = 64;
/// How far before the word `stream` its dictionary is looked at.
const DICTIONARY: usize = 1 << 10;
/// All object streams of an encrypted file, packed: they are measured as ciphertext cannot be, by the most they could unpack to.
const ENCRYPTED: usize = 1 << 20;

/// A copy of a file in which no stream unpacks to too much.
///
/// # Errors
/// Where its streams together do, or where too many have no end.
pub(super) fn defuse(bytes: &[u8]) -> Result<Vec<u8>, Skipped> {
    let mut out = bytes.to_vec();
    let encrypted = memmem::find(bytes, b"/Encrypt").is_some();
    let (mut total, mut objects, mut endless) = (0usize, 0usize, 0usize);
    let ends = memmem::Finder::new(b"endstream");
    let mut next_end: Option<usize> = None;
    for at in memmem::find_iter(bytes, b"stream") {
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        let start = at + b"stream".len() + bytes[at + b"stream".len()..].iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
        if next_end.is_none_or(|end| end < start) {
            next_end = Some(ends.find(&bytes[start..]).map_or(bytes.len(), |found| start + found));
        }
        let end = next_end.unwrap_or(bytes.len());
        // A stream that begins before the last one has ended has no end of its own.
        let own = memmem::find(&bytes[start..end], b"obj").is_none() || end < bytes.len();
        endless += usize::from(!own);
        if endless > ENDLESS {
            return Err(Skipped::Broken("PDF with streams that do not end".into()));
        }
        let head = Head::of(&bytes[at.saturating_sub(DICTIONARY)..at]);
        let data = &bytes[start..end];
        if head.picture {
            out[start..end].fill(0xff);
            continue;
        }
        if encrypted {
            objects += if head.objects { data.len() } else { 0 };
            if objects > ENCRYPTED {
                return Err(Skipped::TooLarge { limit: MAX_MIB });
            }
            continue;
        }
        match unpacked(data, &head, STREAM) {
            Some(size) => total += size,
            None => out[start..end].fill(0xff),
        }
        if total > TOTAL {
            return Err(Skipped::TooLarge { limit: MAX_MIB });
        }
    }
    Ok(out)
}

/// Whether a stream whose true filters are known unpacks to no more than allowed.
pub(super) fn fits(stream: &hayro_syntax::object::Stream<'_>) -> bool {
    use hayro_syntax::Filter;
    let raw = stream.raw_data();
    let filters = stream.filters();
    let packed = |f: &Filter| matches!(f, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode);
    let head = Head {
        text: filters.iter().any(|f| matches!(f, Filter::Ascii85Decode | Filter::AsciiHexDecode)),
        unmeasured: filters.iter().any(|f| matches!(f, Filter::LzwDecode | Filter::RunLengthDecode)),
        twice: filters.iter().filter(|f| packed(f)).count() > 1,
        ..Head::default()
    };
    unpacked(&raw, &head, STREAM).is_some()
}

/// What the dictionary of a stream says of its packing.
#[derive(Debug, Default)]
struct Head {
    picture: bool,
    /// It holds objects or the table of them.
    objects: bool,
    /// Bytes are written as text below the packing.
    text: bool,
    unmeasured: bool,
    /// Packed more than once.
    twice: bool,
    /// Its filter is told elsewhere.
    elsewhere: bool,
}

impl Head {
    fn of(before: &[u8]) -> Head {
        let from = memmem::rfind(before, b"obj").map_or(0, |at| at + 3);
        let text = unescaped(&before[from..]);
        let has = |name: &[u8]| memmem::find(&text, name).is_some();
        let times = |name: &[u8]| memmem::find_iter(&text, name).count();
        let objects = has(b"/ObjStm") || has(b"/XRef");
        let packings = times(b"/FlateDecode") + times(b"/Fl ") + times(b"/Fl]") + times(b"/LZW") + times(b"/RunLength");
        let elsewhere = memmem::find(&text, b"/Filter")
            .is_some_and(|at| text[at + 7..].iter().find(|b| !b.is_ascii_whitespace()).is_some_and(u8::is_ascii_digit));
        Head {
            picture: has(b"/Image") && has(b"/Subtype") && !objects && !has(b"/Form"),
            objects,
            text: has(b"/ASCII85") || has(b"/A85") || has(b"/ASCIIHex") || has(b"/AHx"),
            unmeasured: has(b"/LZW") || has(b"/RunLength"),
            twice: packings > 1,
            elsewhere,
        }
    }
}

/// Names with `#41` written as `A`.
fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&first, tail)) = rest.split_first() {
        let hex = |b: u8| (b as char).to_digit(16);
        match (first, tail) {
            (b'#', [a, b, ..]) if hex(*a).is_some() && hex(*b).is_some() => {
                out.push((hex(*a).unwrap_or(0) * 16 + hex(*b).unwrap_or(0)) as u8);
                rest = &tail[2..];
            }
            _ => {
                out.push(first);
                rest = tail;
            }
        }
    }
    out
}

/// To how many bytes a stream unpacks; `None` where that is too many or cannot be told.
fn unpacked(data: &[u8], head: &Head, most: usize) -> Option<usize> {
    if head.twice || (head.unmeasured && data.len() > UNMEASURED) {
        return None;
    }
    let plain;
    let data = if head.text {
        plain = from_text(data);
        &plain
    } else {
        data
    };
    let size = inflated(data, true, most)?.max(inflated(data, false, most)?).max(data.len());
    // What is told elsewhere may be told twice.
    if head.elsewhere && size > UNMEASURED * 4 { None } else { Some(size) }
}

/// How many bytes come out of deflated data before it ends or breaks; `None` where more than `most` do.
fn inflated(data: &[u8], wrapped: bool, most: usize) -> Option<usize> {
    // Data of no wrapping is deflated all the same by lenient readers; a first block of a kind that does not exist is none.
    if data.is_empty() || (wrapped && data[0] & 0x0f != 8) || (!wrapped && data[0] & 0b110 == 0b110) {
        return Some(0);
    }
    let mut inflate = Decompress::new(wrapped);
    let mut sink = vec![0u8; 64 << 10];
    loop {
        let before = (inflate.total_in(), inflate.total_out());
        let rest = data.get(before.0 as usize..).unwrap_or_default();
        let status = inflate.decompress(rest, &mut sink, FlushDecompress::None);
        if inflate.total_out() as usize > most {
            return None;
        }
        let stuck = (inflate.total_in(), inflate.total_out()) == before;
        if stuck || !matches!(status, Ok(Status::Ok)) {
            return Some(inflate.total_out() as usize);
        }
    }
}

/// Bytes written as text in base 85 or 16, near enough to measure what they unpack to.
fn from_text(data: &[u8]) -> Vec<u8> {
    let digits = |b: &&u8| !b.is_ascii_whitespace();
    let hex = data.iter().filter(digits).take_while(|b| **b != b'>').all(u8::is_ascii_hexdigit);
    let mut out = Vec::with_capacity(data.len());
    if hex {
        let value = |b: &u8| (*b as char).to_digit(16).unwrap_or(0) as u8;
        let digits: Vec<u8> = data.iter().filter(digits).take_while(|b| **b != b'>').map(value).collect();
        out.extend(digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)));
        return out;
    }
    let mut group = Vec::with_capacity(5);
    for &b in data.iter().filter(digits) {
        match b {
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(b - b'!')),
            _ => break,
        }
        if group.len() == 5 {
            out.extend(group.drain(..).fold(0u32, |n, d| n.wrapping_mul(85).wrapping_add(d)).to_be_bytes());
        }
    }
    if group.len() > 1 {
        let have = group.len() - 1;
        group.resize(5, 84);
        out.extend(&group.iter().fold(0u32, |n, d| n.wrapping_mul(85).wrapping_add(*d)).to_be_bytes()[..have]);
    }
    out
}
