//! PDF: glyphs at places to a document that is read in order.
//!
//! The syntax, the encryption with an empty password and the fonts are read by the `hayro` crates; what the places mean is found here. A page is run as a
//! program ([`content`]), its glyphs are lines ([`line`]), lines that return on the pages are running heads ([`heads`]), the others stand in tables
//! ([`table`]) or columns ([`order`]), and these are paragraphs, headings, items and notes ([`flow`]).
//!
//! The adapter takes any bytes: streams that unpack to too much are made harmless first ([`bombs`]), every loop has a bound, and what the crates below should still trip over
//! ends the reading of this file alone.

mod bombs;
mod content;
mod flow;
mod font;
mod heads;
mod info;
mod line;
mod order;
mod table;

use super::document::{Body, Mark};
use super::format::{Format, Reads};
use super::{Decoded, MAX_MIB};
use crate::error::Skipped;
use content::{Budget, Turn};
use flow::{Flow, Kind, Piece, Typography};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use heads::{Edge, Sheet};
use order::Item;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub(super) const FORMAT: Format =
    Format { name: "PDF", version: 2, tells: |head| is_pdf(head.bytes), reads: Reads::One(|_, bytes| read(bytes)) };

/// First bytes of a PDF; rubbish may stand before them.
const MAGIC: &[u8] = b"%PDF-";
/// How far into a file they may stand.
const LEAD: usize = 1024;
/// Most pages that are read.
const PAGES: usize = 5_000;
/// Most bytes of content that are run, of a file of no size and for each of its bytes, and of any: a form can be drawn on every page, and a form that draws
/// others ten times over, which draw others, would draw without end.
const CONTENT: usize = 16 << 20;
const CONTENT_RATIO: usize = 64;
const CONTENT_MOST: usize = 256 << 20;

/// Whether some bytes are a PDF.
fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC) || (!bytes.starts_with(b"<") && memchr::memmem::find(&bytes[..bytes.len().min(LEAD)], b"\n%PDF-").is_some())
}

/// Reads a PDF.
///
/// # Errors
/// [`Skipped`] where it is encrypted, broken, without text, or larger than can be read.
fn read(bytes: &[u8]) -> Result<Decoded, Skipped> {
    // The crates below are made for damaged files; should one panic all the same, this file is the only one lost.
    catch_unwind(AssertUnwindSafe(|| document(bytes))).unwrap_or_else(|_| Err(broken()))
}

fn broken() -> Skipped {
    Skipped::Broken("no PDF that can be opened".into())
}

fn document(bytes: &[u8]) -> Result<Decoded, Skipped> {
    let pdf = Pdf::new(bombs::defuse(bytes)?).map_err(|e| match e {
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => Skipped::Format("PDF in a cipher that is not read".into()),
        LoadPdfError::Decryption(_) => Skipped::Encrypted,
        LoadPdfError::Invalid => broken(),
    })?;
    if pdf.pages().is_empty() {
        return Err(broken());
    }
    let (sheets, turned) = sheets(&pdf, bytes.len(), info::is_encrypted(bytes))?;
    let pieces = pieces(&sheets, turned);
    let mut body = Body::default();
    write(&pieces, &mut body);
    if body.len() as u64 > MAX_MIB << 20 {
        return Err(Skipped::TooLarge { limit: MAX_MIB });
    }
    Ok(body.finish(info::head(&pdf)))
}

/// A page: what stands level, and what was drawn around it.
struct Laid {
    sheet: Sheet,
    tables: Vec<table::Table>,
}

/// Lines that run up or down a page, by page.
type Turned = Vec<(usize, line::Line)>;

fn sheets(pdf: &Pdf, size: usize, encrypted: bool) -> Result<(Vec<Laid>, Turned), Skipped> {
    let mut fonts = font::Fonts::new(encrypted);
    let hidden = info::hidden_layers(pdf);
    let content = size.saturating_mul(CONTENT_RATIO).saturating_add(CONTENT).min(CONTENT_MOST);
    let mut budget = Budget { bytes: content, encrypted };
    let (mut out, mut turned) = (Vec::new(), Turned::new());
    let (mut pictures, mut unknown, mut known, mut bytes) = (0usize, 0usize, 0usize, 0usize);
    for (number, page) in pdf.pages().iter().take(PAGES).enumerate() {
        let mut drawn = content::run(page, &mut fonts, &hidden, &mut budget);
        if budget.bytes == 0 {
            return Err(Skipped::TooMany { what: "MiB of content", limit: content >> 20 });
        }
        pictures += drawn.pictures;
        unknown += drawn.unknown;
        // Text below a picture counts where the page has no other.
        if drawn.unseen.len() > drawn.glyphs.len() {
            drawn.glyphs.append(&mut drawn.unseen);
        }
        known += drawn.glyphs.iter().filter(|g| g.text.0 < g.text.1).count();
        let mut lines = line::lines(&drawn.glyphs, &drawn.text, Turn::Level);
        for turn in [Turn::Up, Turn::Down, Turn::Other] {
            turned.extend(line::lines(&drawn.glyphs, &drawn.text, turn).into_iter().map(|line| (number, line)));
        }
        // A page that was scanned or drawn on its side is read as it stands.
        let own = turned.iter().rev().take_while(|(page, _)| *page == number).count();
        if lines.len() * 3 < own {
            lines = turned.split_off(turned.len() - own).into_iter().map(|(_, line)| line).collect();
        }
        bytes += lines.iter().map(|l| l.text.len()).sum::<usize>();
        if bytes as u64 > MAX_MIB << 20 {
            return Err(Skipped::TooLarge { limit: MAX_MIB });
        }
        let tables = table::ruled(&mut lines, &drawn.rules);
        let height = page.render_dimensions().1;
        out.push(Laid { sheet: Sheet { lines, height }, tables });
    }
    if known < 2 * unknown && unknown > 20 {
        return Err(Skipped::NoText("PDF whose fonts do not say which characters they show: run OCR first"));
    }
    if known < 8 {
        let reason = if pictures > 0 { "PDF of images without text: run OCR first" } else { "PDF without text" };
        return Err(Skipped::NoText(reason));
    }
    Ok((out, turned))
}

fn pieces(laid: &[Laid], turned: Turned) -> Vec<Piece> {
    let sheets: Vec<Sheet> = laid.iter().map(|l| Sheet { lines: l.sheet.lines.clone(), height: l.sheet.height }).collect();
    let heads = heads::of(&sheets);
    let running = |page: usize, edge: Edge| {
        let of = heads[page].iter().zip(&sheets[page].lines).filter(move |(head, _)| **head == Some(edge));
        of.map(|(_, line)| line.text.clone()).collect::<Vec<String>>()
    };
    let text = heads.iter().zip(&sheets).flat_map(|(heads, sheet)| heads.iter().zip(&sheet.lines));
    let typography = Typography::of(text.filter(|(head, _)| head.is_none()).map(|(_, line)| line));
    let mut flow = Flow::new(&typography);
    for (page, laid) in laid.iter().enumerate() {
        running(page, Edge::Top).into_iter().for_each(|text| flow.running_head(text, page));
        let lines = laid.sheet.lines.iter().zip(&heads[page]).filter(|(_, head)| head.is_none());
        let mut items: Vec<Item> = lines.map(|(line, _)| Item::Line(line.clone())).collect();
        items.extend(laid.tables.iter().cloned().map(Item::Table));
        for column in order::columns(items, typography.body) {
            flow.column(column, page, laid.sheet.height);
        }
        for (_, line) in turned.iter().filter(|(at, _)| *at == page) {
            // What runs up the edge of a page is a stamp or a mark.
            flow.running_head(line.text.clone(), page);
        }
        running(page, Edge::Bottom).into_iter().for_each(|text| flow.running_head(text, page));
    }
    let mut pieces = flow.pieces;
    contents(&mut pieces);
    headings(&mut pieces, &typography);
    pieces
}

/// Headings that open a table of contents.
const CONTENTS: [&str; 8] =
    ["contents", "table of contents", "inhalt", "inhaltsverzeichnis", "sommaire", "table des matières", "índice", "содержание"];

/// Lines below such a heading that end in a number are of the table.
fn contents(pieces: &mut [Piece]) {
    let mut inside = false;
    for piece in pieces.iter_mut().filter(|p| p.kind != Kind::RunningHead) {
        if CONTENTS.contains(&piece.text.trim_end_matches(':').to_lowercase().as_str()) {
            (inside, piece.kind) = (true, Kind::Contents);
        } else if inside {
            let numbered = piece.text.len() < 200 && piece.text.ends_with(|c: char| c.is_ascii_digit()) && piece.text.contains(' ');
            let rows = piece.kind == Kind::Table && piece.rows.iter().all(|r| r.last().is_some_and(|c| c.parse::<u32>().is_ok()));
            inside = piece.kind == Kind::Contents || numbered || rows;
            if inside {
                if rows {
                    piece.text = piece.rows.drain(..).map(|r| r.join(" ")).collect::<Vec<_>>().join("\n");
                }
                piece.kind = Kind::Contents;
            }
        }
    }
}

/// Most words of a heading.
const HEADING: usize = 30;

/// Tells headings from paragraphs by their type, ranks them by their size, and finds the headline.
fn headings(pieces: &mut [Piece], typography: &Typography) {
    let words = |p: &Piece| p.text.split(' ').filter(|w| !w.is_empty()).count();
    let letters = |p: &Piece| p.text.chars().filter(|c| c.is_alphabetic()).count();
    let large = |p: &Piece| p.size >= 1.12 * typography.body;
    let set_off = |p: &Piece| {
        (large(p) && words(p) <= HEADING && letters(p) > 2)
            || (p.bold && !typography.bold && p.lines <= 2 && words(p) <= 16 && letters(p) > 2 && p.size >= 0.95 * typography.body)
                && !p.text.ends_with(['.', ',', ';'])
    };
    let heading = |p: &Piece| matches!(p.kind, Kind::Paragraph | Kind::Item) && set_off(p);
    let mut sizes: Vec<i32> = pieces.iter().filter(|p| heading(p) && large(p)).map(|p| (p.size * 2.0).round() as i32).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes.dedup();
    let title = title(pieces, typography);
    let sizes: Vec<i32> = match title {
        // The headline has a level of its own.
        Some(at) => sizes.into_iter().filter(|s| *s < (pieces[at].size * 2.0).round() as i32).collect(),
        None => sizes,
    };
    for (at, piece) in pieces.iter_mut().enumerate() {
        if Some(at) == title {
            piece.kind = Kind::Title;
        } else if heading(piece) {
            let size = (piece.size * 2.0).round() as i32;
            let rank = if large(piece) { sizes.iter().position(|s| *s <= size).unwrap_or(0) } else { sizes.len() };
            piece.kind = Kind::Heading((rank + 2).min(5));
        }
    }
}

/// The piece in the largest type on the first page with text. A word in capitals by itself is a name or a stamp.
fn title(pieces: &[Piece], typography: &Typography) -> Option<usize> {
    let first = pieces.iter().find(|p| p.kind != Kind::RunningHead)?.page;
    let candidate = |p: &Piece| {
        let letters = p.text.chars().filter(|c| c.is_alphabetic()).count();
        p.page == first
            && matches!(p.kind, Kind::Paragraph | Kind::Item)
            && letters >= 5
            && p.text.len() <= 400
            && (p.text.contains(' ') || p.text.contains(char::is_lowercase))
    };
    let mut best: Option<usize> = None;
    for (at, piece) in pieces.iter().enumerate().filter(|(_, p)| candidate(p)) {
        if piece.size >= 1.12 * typography.body && best.is_none_or(|b| piece.size > 1.03 * pieces[b].size) {
            best = Some(at);
        }
    }
    best
}

fn write(pieces: &[Piece], body: &mut Body) {
    for piece in pieces {
        match piece.kind {
            Kind::Title => body.heading(1, &piece.text, Some(Mark::Title)),
            Kind::Heading(level) => body.heading(level, &piece.text, None),
            Kind::Paragraph => body.paragraph(&piece.text, None),
            Kind::Item => body.item(&piece.text),
            Kind::Code => body.preformatted(&piece.text),
            Kind::Table => body.table(&piece.rows),
            Kind::Contents => piece.text.split('\n').for_each(|line| body.paragraph(line, Some(Mark::Contents))),
            Kind::Footnote => body.paragraph(&piece.text, Some(Mark::Footnote)),
            Kind::RunningHead => body.paragraph(&piece.text, Some(Mark::RunningHead)),
        }
    }
}
