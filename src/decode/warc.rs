//! Web archives (WARC, ISO 28500): what servers answered to a crawler. Each page is an entry, named by its address.
//!
//! Streamed; `.warc.gz` is one gzip file after the other and read like any `.gz`. A WACZ is a zip archive of these. Documents are read as they would be
//! in a file. Pictures, scripts and answers that are neither page nor document are passed over.

use super::entries::{Entries, Flow};
use super::format::{Format, Reads};
use super::http::{self, Fields};
use super::input::{Budget, Exact, Input};
use super::lines::{Line, next_line};
use super::{Decoded, Metadata, SAVED, charset};
use crate::article::{Source, Valued};
use crate::error::Skipped;
use std::io::{self, BufRead};
use std::rc::Rc;

pub(super) const FORMAT: Format =
    Format { name: "warc", version: 2, tells: |head| head.bytes.starts_with(b"WARC/"), reads: Reads::Many(read) };

/// Kinds of content that are pages.
const PAGES: [&str; 2] = ["text/html", "application/xhtml+xml"];
/// Kinds of content that are documents.
const DOCUMENTS: [&str; 3] =
    ["application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/epub+zip"];
/// The kind of content that may be an advisory, and is mostly an answer to a script.
const DATA: &str = "application/json";

fn read(_: &str, input: Input<'_>, entries: &mut Entries<'_>) -> Flow {
    let budget = input.budget();
    let mut bytes = http::lines(input);
    let mut line = Vec::new();
    loop {
        // Two empty lines end a record.
        match next_line(&mut bytes, &mut line, 256)? {
            Line::None => return Ok(()),
            _ if line.trim_ascii().is_empty() => continue,
            _ if line.starts_with(b"WARC/") => {}
            _ => return Err(Skipped::Broken("no WARC record where one should be".into()).into()),
        }
        let fields = Fields::read(&mut bytes)?;
        let len = fields.get("content-length").and_then(|len| len.parse().ok());
        let len = len.ok_or_else(|| Skipped::Broken("a WARC record without a length".into()))?;
        let mut record = http::lines(Exact::new(&mut bytes, len));
        if let Some(address) = fields.get("warc-target-uri").map(|uri| uri.trim_matches(['<', '>']).to_owned()) {
            let read = match fields.get("warc-type").unwrap_or_default() {
                "response" => answer(&address, &mut record, &budget).transpose(),
                "resource" => content(&address, &fields, &mut record, &budget),
                // Texts of a crawl without their mark-up.
                "conversion" if fields.content_type() == "text/plain" => Some(super::input::whole(&mut record).map(|text| {
                    let (text, charset) = charset::to_text(&text, false);
                    Decoded { source: Source::Text, text, charset, told: Metadata::default() }
                })),
                _ => None,
            };
            if let Some(read) = read {
                let url = Some(Valued::new(address.clone(), "address it was saved from", SAVED));
                entries.give(&address, read.map(|decoded| Decoded { told: Metadata { url, ..decoded.told }, ..decoded }))?;
            }
        }
        // What nobody read of it.
        io::copy(&mut record, &mut io::sink())?;
    }
}

/// The article that a server answered with; nothing where it answered with something else.
fn answer(address: &str, record: &mut impl BufRead, budget: &Rc<Budget>) -> Result<Option<Decoded>, Skipped> {
    let (status, fields) = http::head(record)?;
    if status == 200 { content(address, &fields, record, budget).transpose() } else { Ok(None) }
}

/// Some content as an article; nothing where it is of another kind.
fn content(address: &str, fields: &Fields, record: &mut impl BufRead, budget: &Rc<Budget>) -> Option<Result<Decoded, Skipped>> {
    let kind = fields.content_type();
    if PAGES.contains(&kind.as_str()) {
        let content = http::content(fields, record, budget);
        return Some(content.map(|content| {
            let (text, charset) = charset::of_page(&content, fields.charset());
            Decoded { source: Source::Html, text, charset, told: Metadata::default() }
        }));
    }
    if kind != DATA && !DOCUMENTS.contains(&kind.as_str()) {
        return None;
    }
    let read = http::content(fields, record, budget).and_then(|content| Entries::article(address, &content, budget));
    // Records of a script are no article of a crawl.
    Some(read).filter(|read| kind != DATA || read.is_ok())
}
