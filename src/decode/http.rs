//! Answers of web servers as they were sent: the head, chunks put together (RFC 9112), the coding of the content taken off (RFC 9110).

use super::input::{Budget, Input};
use crate::error::Skipped;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

/// Lines of a head, and bytes in one.
const LINES: usize = 500;
const LINE: usize = 16 << 10;

/// Fields of a head by name in small letters, in order.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The value of the first field of a name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Reads fields up to the empty line.
    pub(super) fn read(lines: &mut impl BufRead) -> io::Result<Fields> {
        let (mut fields, mut line) = (Vec::<(String, String)>::new(), Vec::new());
        for _ in 0..LINES {
            super::lines::next_line(lines, &mut line, LINE)?;
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end();
            if text.is_empty() {
                break;
            }
            match text.split_once(':') {
                // A field that goes on.
                _ if text.starts_with([' ', '\t']) => {
                    if let Some((_, value)) = fields.last_mut() {
                        value.push(' ');
                        value.push_str(text.trim());
                    }
                }
                Some((name, value)) => fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned())),
                None => {}
            }
        }
        Ok(Fields(fields))
    }

    /// The kind of content, without its parameters, in small letters.
    pub(super) fn content_type(&self) -> String {
        self.get("content-type").and_then(|value| value.split(';').next()).unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The charset of the content.
    pub(super) fn charset(&self) -> Option<&str> {
        let parameters = self.get("content-type")?.split(';').skip(1);
        let charset = parameters.filter_map(|p| p.split_once('=')).find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
        charset.map(|(_, label)| label.trim().trim_matches('"'))
    }
}

/// The head of an answer: its status and fields.
pub(super) fn head(answer: &mut impl BufRead) -> io::Result<(u16, Fields)> {
    let mut line = Vec::new();
    super::lines::next_line(answer, &mut line, LINE)?;
    let line = String::from_utf8_lossy(&line);
    let status = line.split_whitespace().nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Ok((status, Fields::read(answer)?))
}

/// The content of an answer as the page was.
///
/// Programs that save answers often take codings off and leave the fields that tell them: what does not begin as it should is taken as it is.
pub(super) fn content(fields: &Fields, mut body: impl BufRead, budget: &Rc<Budget>) -> Result<Vec<u8>, Skipped> {
    let chunked = fields.get("transfer-encoding").is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"));
    let mut bytes = if chunked && chunk_size(body.fill_buf()?).is_some() {
        super::input::whole(Chunks { bytes: &mut body, left: 0, done: false })?
    } else {
        super::input::whole(&mut body)?
    };
    let codings = fields.get("content-encoding").unwrap_or_default().to_ascii_lowercase();
    // The last coding was put on last.
    for coding in codings.split(',').rev().map(str::trim).take(4) {
        let packed = std::mem::take(&mut bytes);
        let unpacked: Box<dyn Read + '_> = match coding {
            "gzip" | "x-gzip" if packed.starts_with(b"\x1f\x8b") => Box::new(flate2::read::MultiGzDecoder::new(packed.as_slice())),
            "deflate" if packed.first().is_some_and(|b| b & 0x0f == 8) => Box::new(flate2::read::ZlibDecoder::new(packed.as_slice())),
            "br" if !begins_as_text(&packed) => Box::new(brotli_decompressor::Decompressor::new(packed.as_slice(), 8 << 10)),
            "zstd" if packed.starts_with(b"\x28\xb5\x2f\xfd") => Box::new(super::packed::zstd(packed.as_slice())),
            _ => {
                bytes = packed;
                continue;
            }
        };
        bytes = Input::within(unpacked, budget.clone()).whole()?;
    }
    Ok(bytes)
}

fn begins_as_text(bytes: &[u8]) -> bool {
    bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'<')
}

/// The size that a line before a chunk tells, with the length of the line.
fn chunk_size(bytes: &[u8]) -> Option<(u64, usize)> {
    let end = bytes.iter().take(100).position(|b| *b == b'\n')?;
    let line = std::str::from_utf8(&bytes[..end]).ok()?;
    let digits = line.split(';').next()?.trim();
    Some((u64::from_str_radix(digits, 16).ok()?, end + 1))
}

struct Chunks<'r, R> {
    bytes: &'r mut R,
    left: u64,
    done: bool,
}

impl<R: BufRead> Read for Chunks<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.left == 0 && !self.done {
            let mut line = Vec::new();
            if super::lines::next_line(self.bytes, &mut line, 100)? == super::lines::Line::None {
                self.done = true;
            } else if line.trim_ascii().is_empty() {
                // The end of the chunk before.
            } else {
                let size = chunk_size(&line).ok_or_else(|| io::Error::other("a chunk without a size"))?.0;
                (self.left, self.done) = (size, size == 0);
            }
        }
        let n = self.bytes.by_ref().take(self.left).read(buffer)?;
        self.left -= n as u64;
        Ok(n)
    }
}

/// Lines of what is read piece by piece.
pub(super) fn lines<R: Read>(bytes: R) -> BufReader<R> {
    BufReader::with_capacity(64 << 10, bytes)
}
