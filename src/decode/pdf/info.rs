//! What a PDF says of itself: its dictionary of information, its XMP packet, its language, its hidden layers.

use super::bombs;
use crate::decode::document::{Head, Trust};
use crate::decode::rubbish::{is_rubbish_author, is_rubbish_title};
use hayro_syntax::Pdf;
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{Array, Dict, ObjectIdentifier, Stream};
use std::collections::HashSet;

/// How much of an XMP packet is looked at, in bytes.
const PACKET: usize = 256 << 10;

/// What the file says of title, authors and language. Days are not taken: that of making is the day of a conversion as often as not.
pub(super) fn head(pdf: &Pdf) -> Head {
    let mut head = Head::default();
    let packet = packet(pdf).unwrap_or_default();
    let info = pdf.metadata();
    let xmp_title = element(&packet, "dc:title").and_then(|inner| items(inner).into_iter().next());
    let title = info.title.as_deref().map(text).into_iter().chain(xmp_title).find(|t| !is_rubbish_title(t));
    if let Some(title) = title {
        head.title(&title, Trust::File);
    }
    let creators = element(&packet, "dc:creator").map(items).unwrap_or_default();
    let named = info.author.as_deref().map(text).into_iter().collect();
    let authors = if creators.len() > 1 { creators } else { named };
    for author in authors.iter().filter(|a| !is_rubbish_author(a)) {
        head.author(author, Trust::File);
    }
    for publisher in element(&packet, "dc:publisher").map(items).unwrap_or_default().iter().take(1) {
        head.publisher(publisher);
    }
    let language = root(pdf).and_then(|root| root.get::<hayro_syntax::object::String<'_>>(keys::LANG)).map(|lang| text(lang.as_bytes()));
    if let Some(language) = language {
        head.language(&language);
    }
    head
}

fn root(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())
}

/// Whether strings and streams are encrypted.
pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, b"/Encrypt").is_some()
}

/// Layers that are not shown when the file is opened.
pub(super) fn hidden_layers(pdf: &Pdf) -> HashSet<ObjectIdentifier> {
    let default = root(pdf).and_then(|root| root.get::<Dict<'_>>(b"OCProperties")).and_then(|all| all.get::<Dict<'_>>(b"D"));
    let off = default.and_then(|default| default.get::<Array<'_>>(b"OFF"));
    let refs = off.iter().flat_map(|off| off.raw_iter()).filter_map(|item| item.as_obj_ref());
    refs.take(10_000).map(Into::into).collect()
}

fn packet(pdf: &Pdf) -> Option<String> {
    let stream = root(pdf)?.get::<Stream<'_>>(b"Metadata")?;
    let bytes = bombs::fits(&stream).then(|| stream.decoded_data().ok()).flatten()?;
    Some(String::from_utf8_lossy(&bytes[..bytes.len().min(PACKET)]).into_owned())
}

/// What stands within an element of XML.
fn element<'t>(xml: &'t str, name: &str) -> Option<&'t str> {
    let from = xml.find(&format!("<{name}"))?;
    let inner = &xml[from..];
    let open = inner.find('>')? + 1;
    let close = inner.find(&format!("</{name}"))?;
    inner.get(open..close)
}

/// The items of a list of XMP.
fn items(inner: &str) -> Vec<String> {
    let item = |piece: &str| Some(crate::decode::document::unescape(piece.split_once('>')?.1.split('<').next()?.trim()));
    inner.split("<rdf:li").skip(1).filter_map(item).filter(|t| !t.is_empty()).take(50).collect()
}

/// A string of a PDF as text: UTF-16 or UTF-8 with a byte order mark, else PDFDocEncoding (ISO 32000-2, annex D), which is nearly Windows-1252.
pub(super) fn text(bytes: &[u8]) -> String {
    let decoded = match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0,
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0,
        [0xef, 0xbb, 0xbf, rest @ ..] => encoding_rs::UTF_8.decode_without_bom_handling(rest).0,
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => bytes.iter().map(|b| doc_encoded(*b)).collect::<String>().into(),
        },
    };
    decoded.trim().trim_matches('\0').to_owned()
}

/// A character of PDFDocEncoding.
fn doc_encoded(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž',
        'ı', 'ł', 'œ', 'š', 'ž', ' ',
    ];
    match byte {
        0x80..=0x9f => HIGH.get(usize::from(byte - 0x80)).copied().unwrap_or(' '),
        0xa0 => '€',
        byte => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_in_each_encoding() {
        assert_eq!(text(b"\xfe\xff\0G\0a\0t\0e"), "Gate");
        assert_eq!(text(b"\xef\xbb\xbfGat\xc3\xa9"), "Gaté");
        assert_eq!(text(b"Gat\xe9 \x84 open"), "Gaté — open");
    }
}
