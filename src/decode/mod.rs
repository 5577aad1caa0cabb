//! Bytes to text: compression, charset, format. Touches no file and parses no mark-up.

mod charset;
mod format;
mod mail;

use crate::article::Source;
use crate::error::Skipped;
use std::io::Read;

/// The largest text that is read, in MiB after decompression. A bound on memory, far above any article.
pub const MAX_MIB: u64 = 64;

/// A file's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// What kind of file it is.
    pub source: Source,
    /// Its text, without a byte order mark.
    pub text: String,
    /// Name of the charset it was in.
    pub charset: &'static str,
    /// What the file tells of the text it holds.
    pub told: Told,
}

/// What a container tells of the text within: the head of a mail, the address a page was saved from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Its title.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day it was published, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The address it was saved from.
    pub url: Option<String>,
}

/// Reads `bytes` as the file `name` would be read: gunzips, opens a mail or web archive, tells the format, finds the charset.
///
/// # Errors
/// [`Skipped`] where the bytes are no text of a known format, are empty, or exceed [`MAX_MIB`].
///
/// ```
/// use demarche::{Source, decode::decode};
/// let file = decode("note.txt", "Zürich".as_bytes()).unwrap();
/// assert_eq!((file.source, file.text.as_str()), (Source::Text, "Zürich"));
/// assert!(decode("photo.jpg", b"\xff\xd8\xff\xe0").is_err());
/// ```
pub fn decode(name: &str, bytes: &[u8]) -> Result<Decoded, Skipped> {
    let unzipped;
    let (mut name, mut bytes) = (name, bytes);
    if bytes.starts_with(b"\x1f\x8b") {
        unzipped = gunzip(bytes)?;
        bytes = &unzipped;
        name = name.strip_suffix(".gz").unwrap_or(name);
    }
    if bytes.len() as u64 > MAX_MIB << 20 {
        return Err(Skipped::TooLarge { limit: MAX_MIB });
    }
    if mail::is_mail(bytes) {
        return mail::read(bytes).filter(|mail| !is_blank(&mail.text)).ok_or(Skipped::Empty);
    }
    let source = format::tell(name, bytes)?;
    let (text, charset) = charset::to_text(bytes, source == Source::Html);
    if is_blank(&text) {
        return Err(Skipped::Empty);
    }
    Ok(Decoded { source, text, charset, told: Told::default() })
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control())
}

fn gunzip(bytes: &[u8]) -> Result<Vec<u8>, Skipped> {
    let mut out = Vec::new();
    let limit = (MAX_MIB << 20) + 1;
    flate2::read::MultiGzDecoder::new(bytes).take(limit).read_to_end(&mut out).map_err(|e| Skipped::Gzip(e.to_string()))?;
    if out.len() as u64 >= limit {
        return Err(Skipped::TooLarge { limit: MAX_MIB });
    }
    Ok(out)
}
