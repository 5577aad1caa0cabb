//! Writes documents for the tests: PDF with columns and running heads, packages of XML.

use flate2::{Compression, write::ZlibEncoder};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

/// A line of type at a place, in points from the lower left corner.
struct Set {
    x: f32,
    y: f32,
    size: f32,
    font: char,
    text: String,
}

/// A PDF of lines.
#[derive(Default)]
pub(crate) struct Paper {
    pages: Vec<Vec<Set>>,
}

/// Words as they are hyphenated, their parts parted by `|`.
const WORDS: [&str; 24] = [
    "the",
    "har|bour",
    "of|fice",
    "has",
    "mea|sured",
    "all",
    "hin|ges",
    "of",
    "east|ern",
    "gate",
    "and",
    "found",
    "that",
    "storm",
    "had",
    "bro|ken",
    "two",
    "while",
    "en|gi|neers",
    "wait|ed",
    "for",
    "low",
    "wa|ter",
    "bridge",
];
/// Characters of a line of a column.
const WIDE: usize = 44;

impl Paper {
    /// An advisory of so many pages in two columns, with running heads, numbered paragraphs and hyphens.
    pub(crate) fn advisory(pages: usize) -> Paper {
        let mut lines: Vec<String> = Vec::new();
        let (mut at, mut number) = (7usize, 0);
        while lines.len() < pages * 2 * 50 {
            number += 1;
            let mut line = format!("Note (no {number}) says:");
            for _ in 0..38 {
                at = (at * 31 + 11) % 9973;
                let parts: Vec<&str> = WORDS[at % WORDS.len()].split('|').collect();
                let whole = parts.concat();
                if line.len() + 1 + whole.len() <= WIDE {
                    line = line + " " + &whole;
                    continue;
                }
                let first = parts.first().copied().unwrap_or_default();
                if parts.len() > 1 && line.len() + 2 + first.len() <= WIDE {
                    lines.push(format!("{line} {first}-"));
                    line = parts[1..].concat();
                } else {
                    lines.push(std::mem::replace(&mut line, whole));
                }
            }
            lines.push(line + ".");
        }
        let mut paper = Paper::default();
        for (page, lines) in lines.chunks(100).take(pages).enumerate() {
            let mut sets = vec![
                Set { x: 60.0, y: 810.0, size: 8.0, font: 'R', text: "Harbour Office | Gate Advisory".into() },
                Set { x: 280.0, y: 25.0, size: 8.0, font: 'R', text: format!("Page {} of {pages}", page + 1) },
            ];
            for (i, text) in lines.iter().enumerate() {
                let (x, y) = (if i < 50 { 60.0 } else { 320.0 }, 780.0 - 14.0 * (i % 50) as f32);
                sets.push(Set { x, y, size: 10.0, font: 'R', text: text.clone() });
            }
            paper.pages.push(sets);
        }
        paper
    }

    /// All its text without the hyphens at the ends of lines.
    pub(crate) fn text(&self) -> String {
        self.pages.iter().flatten().map(|set| set.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut objects: Vec<Vec<u8>> = vec![
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            Vec::new(),
            b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>".to_vec(),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>".to_vec(),
        ];
        let mut kids = String::new();
        for page in &self.pages {
            let mut content = String::from("BT\n");
            for set in page {
                // Courier is wide: squeezed to the width of a column.
                let _ = writeln!(
                    content,
                    "/{} {} Tf 88 Tz 1 0 0 1 {} {} Tm ({}) Tj",
                    set.font,
                    set.size,
                    set.x,
                    set.y,
                    set.text.replace('(', "\\(").replace(')', "\\)")
                );
            }
            content.push_str("ET");
            let packed = deflated(content.as_bytes());
            let mut stream = format!("<</Length {}/Filter/FlateDecode>>stream\n", packed.len()).into_bytes();
            stream.extend(packed);
            stream.extend(b"\nendstream");
            objects.push(stream);
            let _ = write!(kids, "{} 0 R ", objects.len() + 1);
            objects.push(
                format!(
                    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</R 3 0 R/B 4 0 R>>>>/Contents {} 0 R>>",
                    objects.len()
                )
                .into_bytes(),
            );
        }
        objects[1] = format!("<</Type/Pages/Count {}/Kids[{kids}]>>", self.pages.len()).into_bytes();
        assemble(&objects)
    }

    /// A page whose content is a stream as it stands.
    pub(crate) fn of_stream(packed: &[u8]) -> Vec<u8> {
        Self::of_stream_in(packed, "/FlateDecode")
    }

    pub(crate) fn of_stream_in(packed: &[u8], filter: &str) -> Vec<u8> {
        let mut stream = format!("<</Length {}/Filter {filter}>>stream\n", packed.len()).into_bytes();
        stream.extend(packed);
        stream.extend(b"\nendstream");
        assemble(&[
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>".to_vec(),
            stream,
        ])
    }
}

/// Objects as a file with a table of where they are.
fn assemble(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", i + 1).into_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    places.iter().for_each(|at| out.extend(format!("{at:010} 00000 n \n").into_bytes()));
    out.extend(format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).into_bytes());
    out
}

pub(crate) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).expect("memory");
    packer.finish().expect("memory")
}

/// A zip archive of texts.
pub(crate) fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let method = if *name == "mimetype" { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        archive.start_file(*name, zip::write::SimpleFileOptions::default().compression_method(method)).expect("a new part");
        archive.write_all(text.as_bytes()).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

/// A word processor's document of this body, with notes.
pub(crate) fn docx(body: &str, notes: Option<&str>) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let notes = format!("<w:footnotes xmlns:w=\"w\">{}</w:footnotes>", notes.unwrap_or_default());
    zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document), ("word/footnotes.xml", &notes)])
}

/// A book of chapters, each with its id.
pub(crate) fn epub(metadata: &str, chapters: &[(&str, &str)]) -> Vec<u8> {
    let items: String =
        chapters.iter().map(|(id, _)| format!("<item id=\"{id}\" href=\"{id}.xhtml\" media-type=\"application/xhtml+xml\"/>")).collect();
    let spine: String = chapters.iter().map(|(id, _)| format!("<itemref idref=\"{id}\"/>")).collect();
    let opf =
        format!("<package><metadata xmlns:dc=\"dc\">{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>");
    let pages: Vec<(String, String)> = chapters
        .iter()
        .map(|(id, body)| (format!("OEBPS/{id}.xhtml"), format!("<html><head><title/></head><body>{body}</body></html>")))
        .collect();
    let mut parts = vec![
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"OEBPS/book.opf\"/></rootfiles></container>"),
        ("OEBPS/book.opf", opf.as_str()),
    ];
    parts.extend(pages.iter().map(|(name, page)| (name.as_str(), page.as_str())));
    zip(&parts)
}
