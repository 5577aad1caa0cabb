//! Mail and web archives: one message (RFC 5322, MIME) or one page with its pictures (MHTML, RFC 2557) in a file.
//!
//! The page or text of the message is handed on with what its head tells of it. A message with documents attached is a container: the message is named
//! by its `Message-ID`, a document by its file name.

use super::entries::{Entries, Flow};
use super::format::{self, Format, Reads};
use super::input::Input;
use super::{Decoded, Metadata, SAVED};
use crate::article::{Source, Valued};
use crate::error::Skipped;
use mail_parser::{MessageParser, MessagePart, MimeHeaders, PartType};

pub(super) const FORMAT: Format = Format { name: "mail", version: 2, tells: |head| has_head(head.bytes), reads: Reads::Many(read) };

/// Formats of attached files that are read: documents, forwarded messages and archives. Pages, tables and calendars that are attached mostly repeat the
/// message or are no article.
const ATTACHED: [&str; 7] = ["PDF", "DOCX", "EPUB", "CSAF", "mail", "zip", "tar"];

/// Fields of which a file of mail has at least one in its head, in small letters, with the colon.
const SIGNS: [&[u8]; 4] = [b"mime-version:", b"message-id:", b"received:", b"return-path:"];
/// How far the head is looked through, in bytes.
const HEAD: usize = 16 << 10;

/// Whether bytes are a message: fields from its first line on, one of them a field that only mail has.
pub(super) fn has_head(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let mut fields = 0;
    let mut sign = false;
    for line in head.split(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        // A field that goes on.
        if fields > 0 && line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let name = line.split(|b| *b == b':').next().unwrap_or_default();
        if name.len() == line.len() || name.is_empty() || !name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-') {
            return false;
        }
        fields += 1;
        sign |= SIGNS.iter().any(|s| line.len() >= s.len() && line[..s.len()].eq_ignore_ascii_case(s));
    }
    sign && fields > 1
}

/// A message, read.
pub(super) struct Letter {
    /// Its `Message-ID`.
    pub(super) id: Option<String>,
    pub(super) text: Result<Decoded, Skipped>,
    /// What is attached and may be an article, by its name.
    pub(super) attached: Vec<(String, Vec<u8>)>,
}

fn read(_: &str, input: Input<'_>, entries: &mut Entries<'_>) -> Flow {
    let budget = input.budget();
    let bytes = input.whole()?;
    let letter = message(&bytes);
    if letter.attached.is_empty() {
        return entries.only(letter.text);
    }
    entries.give(letter.id.as_deref().unwrap_or("1"), letter.text)?;
    letter.attached.iter().try_for_each(|(name, bytes)| entries.within(name, bytes.as_slice(), &budget))
}

/// The most parts and lines of a message: each takes memory many times its size. A message of the largest size has fewer lines than this.
const PARTS: usize = 20_000;
const LINES: usize = 1_000_000;

/// Reads a message.
pub(super) fn message(bytes: &[u8]) -> Letter {
    for (what, mark, limit) in [("lines", &b"\n"[..], LINES), ("parts", b"\n--", PARTS)] {
        if memchr::memmem::find_iter(bytes, mark).nth(limit).is_some() {
            return Letter { id: None, text: Err(Skipped::TooMany { what, limit }), attached: Vec::new() };
        }
    }
    let Some(message) = MessageParser::new().parse(bytes) else {
        return Letter { id: None, text: Err(Skipped::Empty), attached: Vec::new() };
    };
    let text = text(&message).ok_or(Skipped::Empty);
    // What lies beside a saved page is what it shows.
    let is_page = text.as_ref().is_ok_and(|decoded| decoded.told.url.is_some());
    let attached = if is_page { Vec::new() } else { attached(message.attachments()) };
    Letter { id: message.message_id().map(str::to_owned), text, attached }
}

fn attached<'m>(parts: impl Iterator<Item = &'m MessagePart<'m>>) -> Vec<(String, Vec<u8>)> {
    let named = |(part, number): (&MessagePart<'_>, usize)| {
        let name = part.attachment_name().map_or_else(|| number.to_string(), str::to_owned);
        let bytes: &[u8] = match &part.body {
            PartType::Message(message) => message.raw_message(),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes,
            PartType::Text(text) | PartType::Html(text) => text.as_bytes(),
            PartType::Multipart(_) => return None,
        };
        format::name_of(&name, bytes).filter(|format| ATTACHED.contains(format)).map(|_| (name, bytes.to_vec()))
    };
    parts.zip(1..).filter_map(named).collect()
}

fn text(message: &mail_parser::Message<'_>) -> Option<Decoded> {
    let html = message.html_part(0).filter(|part| part.is_text_html());
    let (source, text, charset) = match html {
        Some(part) => (Source::Html, part.text_contents()?.to_owned(), charset(part)),
        None => {
            let parts: Vec<&MessagePart<'_>> = message.text_bodies().collect();
            let text: Vec<&str> = parts.iter().filter_map(|part| part.text_contents()).collect();
            (Source::Text, text.join("\n\n"), parts.first().map_or("UTF-8", |part| charset(part)))
        }
    };
    let saved = header(message, "Snapshot-Content-Location").or_else(|| html.and_then(|part| part.content_location()).map(str::to_owned));
    let told = match saved.filter(|url| url.starts_with("http://") || url.starts_with("https://")) {
        // The head of a saved page tells when and as what it was saved, which is nothing about the article; the page may know its address better.
        Some(url) => Metadata { url: Some(Valued::new(url, "address it was saved from", SAVED)), ..Metadata::default() },
        None => Metadata {
            title: message.subject().map(|subject| Valued::new(subject.to_owned(), "mail subject", 1.0)),
            publisher: message.from().and_then(|from| from.first()?.name()).map(|name| Valued::new(name.to_owned(), "mail sender", 1.0)),
            published: message.date().map(|d| Valued::new(format!("{:04}-{:02}-{:02}", d.year, d.month, d.day), "mail date", 1.0)),
            ..Metadata::default()
        },
    };
    Some(Decoded { source, text, charset, told })
}

fn header(message: &mail_parser::Message<'_>, name: &'static str) -> Option<String> {
    message.header_raw(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// The charset a part declares, by the name the encoding standard gives it.
fn charset(part: &MessagePart<'_>) -> &'static str {
    let declared = part.content_type().and_then(|t| t.attribute("charset"));
    declared.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes())).unwrap_or(encoding_rs::UTF_8).name()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const LETTER: &str = "Message-ID: <1@gate.example>\r\nFrom: Harbour Office <press@gate.example>\r\nTo: list@gate.example\r\nSubject: =?UTF-8?Q?The_gate_is_closed_=E2=80=93_again?=\r\nDate: Mon, 12 May 2031 23:30:00 -0400\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe gate is closed.\r\n--b\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>The gate of the caf=E9 is=\r\n closed.</p>\r\n--b--\r\n";

    #[test]
    fn a_letter_tells_its_page_and_its_head() {
        assert!(has_head(LETTER.as_bytes()));
        let letter = message(LETTER.as_bytes());
        assert_eq!((letter.id.as_deref(), letter.attached.len()), (Some("1@gate.example"), 0));
        let letter = letter.text.unwrap();
        assert_eq!(
            (letter.source, letter.text.trim(), letter.charset),
            (Source::Html, "<p>The gate of the café is closed.</p>", "windows-1252")
        );
        assert_eq!(letter.told.title.unwrap().value, "The gate is closed – again");
        assert_eq!(letter.told.publisher.unwrap().value, "Harbour Office");
        assert_eq!(letter.told.published.unwrap().value, "2031-05-12", "the day where it was sent");
    }

    #[test]
    fn a_letter_without_a_page_tells_its_text() {
        let plain = "Received: from a by b; Mon, 12 May 2031 08:00:00 +0000\nSubject: Gate\nDate: Mon, 12 May 2031 08:00:00 +0000\n\nThe gate is closed.\n";
        assert!(has_head(plain.as_bytes()));
        let letter = message(plain.as_bytes()).text.unwrap();
        assert_eq!((letter.source, letter.text.trim()), (Source::Text, "The gate is closed."));
    }

    #[test]
    fn a_saved_page_tells_its_address_and_not_the_day_it_was_saved() {
        let saved = "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://gate.example/2031/closed\r\nSubject: Gate\r\nDate: Mon, 12 May 2031 08:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://gate.example/2031/closed\r\n\r\n<title>Gate</title><p>The caf=C3=A9 is closed=2E</p>\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://gate.example/a.png\r\n\r\niVBORw0KGgo=\r\n--b--\r\n";
        assert!(has_head(saved.as_bytes()));
        let page = message(saved.as_bytes()).text.unwrap();
        assert_eq!((page.source, page.text.trim()), (Source::Html, "<title>Gate</title><p>The café is closed.</p>"));
        let url = Valued::new("https://gate.example/2031/closed".to_owned(), "address it was saved from", SAVED);
        assert_eq!(page.told, Metadata { url: Some(url), ..Metadata::default() });
    }

    #[test]
    fn a_text_with_fields_is_no_mail() {
        assert!(!has_head(b"Title: Gate\nDate: 12 May 2031\n\nThe gate is closed.\n"));
        assert!(!has_head(b"Received wisdom says: the gate is closed.\n"));
        assert!(!has_head(b"<html>\nMIME-Version: 1.0\n"));
        assert!(!has_head(b""));
    }
}
