//! Documents that hold one article: real files of several producers and files written here, read whole.
//!
//! `tests/golden/documents` holds small files of our own text: PDF by ReportLab and fpdf2, DOCX by python-docx, EPUB by EbookLib.

use super::effort;
use super::paper::{self, Paper};
use demarche::knowledge::Knowledge;
use demarche::{Article, Reader, Skipped};
use std::time::Duration;

fn read(name: &str, bytes: &[u8]) -> Result<Article, Skipped> {
    Reader::new(Knowledge::builtin()).read(name, bytes)
}

fn golden(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/golden/documents/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a file of the tests")
}

/// What a file says, and phrases of its body in their order.
struct Expected {
    file: &'static str,
    title: &'static str,
    authors: &'static [&'static str],
    published: Option<&'static str>,
    phrases: &'static [&'static str],
    /// What is not in the body.
    absent: &'static [&'static str],
}

const EXPECTED: [Expected; 10] = [
    Expected {
        file: "columns.pdf",
        title: "Painted hinges: how the eastern gate of Quillhaven was opened at night",
        authors: &["Ida Quill", "Bo Tarn"],
        published: Some("2031-05-12"),
        phrases: &[
            "Summary",
            "Note 0. The",
            "Note 3.",
            "What the divers found",
            "Note 4.",
            "How the gate was opened",
            "Note 11.",
            "Note 15.",
            "Note 19.",
        ],
        absent: &["TLP:CLEAR", "Page 1", "Gate Advisory 31-07"],
    },
    Expected {
        file: "tables.pdf",
        title: "Bent hinges: a survey of the gates of Quillhaven",
        authors: &["Ida Quill"],
        published: Some("2031-05-14"),
        phrases: &[
            "Summary",
            "Hinge | Found | Remark",
            "Upper | 12 May 2031 | bent by the storm, and by the crane that leant over the basin for a week",
            "Oil the lower frame.",
            "198.51.100.7 | address | lighthouse",
            "$a = \"hinge\"\n",
        ],
        absent: &[],
    },
    Expected {
        file: "release.pdf",
        title: "Harbour office accuses ferry company of opening the eastern gate",
        authors: &[],
        published: Some("2031-06-03"),
        phrases: &["The harbour office of Quillhaven closed the eastern gate on Monday", "A clerk of the lighthouse", "“We have counted"],
        absent: &[],
    },
    Expected {
        file: "subset.pdf",
        title: "Ворота гавани открыты ночью",
        authors: &["Ида Квилл"],
        published: Some("2031-05-12"),
        phrases: &["Водолазы нашли нижнюю петлю на дне", "The office filed the first report in English, naïve café and all."],
        absent: &["ﬁ"],
    },
    Expected {
        file: "footnotes.pdf",
        title: "Hinges and Paint: Notes on a Gate That Was Opened Twice",
        authors: &["Bo Tarn"],
        published: Some("2031-06-09"),
        phrases: &[
            "found at the bottom of the basin by divers",
            "It was bent",
            "The state-sponsored painters of the ferry",
            "names every tin, and every brush that has left the workshop.",
            "https://gate.example/reports/lanterns-2031 and to say",
        ],
        absent: &["No. 7", "ba-", "11"],
    },
    Expected {
        file: "owner-password.pdf",
        title: "The gate is closed to readers",
        authors: &[],
        published: None,
        phrases: &["The harbour office of Quillhaven closed", "Whoever moved the hinge"],
        absent: &[],
    },
    Expected {
        file: "advisory.docx",
        title: "Gate Advisory 31-07: painted hinges",
        authors: &["Ida Quill"],
        published: Some("2031-05-12"),
        phrases: &["Summary", "Divers found the lower hinge", "198.51.100.7 | address", "Count the bolts.", "The council has ordered"],
        absent: &["TLP:CLEAR"],
    },
    Expected {
        file: "letter.docx",
        title: "The ferry company denies that it opened the gate",
        authors: &[],
        published: Some("2031-06-03"),
        phrases: &["Whoever moved the hinge", "The engineers advise"],
        absent: &["iquill"],
    },
    Expected {
        file: "gates.epub",
        title: "The Gates of Quillhaven",
        authors: &["Ida Quill", "Bo Tarn"],
        published: Some("2031-05-12"),
        phrases: &["The Storm", "The harbour office of Quillhaven closed", "The Paint", "The Lanterns", "Nothing was stolen"],
        absent: &[],
    },
    Expected {
        file: "report.epub",
        title: "A Year of Tides",
        authors: &["Ida Quill"],
        published: Some("2031-06-09"),
        phrases: &["Bolts", "The engineers advise", "Sheds", "They also advise"],
        absent: &[],
    },
];

fn check(expected: &Expected, article: &Article) {
    let file = expected.file;
    assert_eq!(article.title.as_deref(), Some(expected.title), "{file}: {:?}", article.evidence);
    assert_eq!(article.authors, expected.authors, "{file}");
    assert_eq!(article.published.as_deref(), expected.published, "{file}: {:?}", article.evidence);
    assert_eq!(article.source, demarche::Source::Document, "{file}");
    let mut at = 0;
    for phrase in expected.phrases {
        let found = article.body[at..].replace('"', "“").find(&phrase.replace('"', "“"));
        let found = found.unwrap_or_else(|| panic!("{file}: `{phrase}` after byte {at} of\n{}", article.body));
        at += found.min(article.body.len() - at);
        while !article.body.is_char_boundary(at) {
            at -= 1;
        }
    }
    for phrase in expected.absent {
        assert!(!article.body.contains(phrase), "{file}: `{phrase}` in\n{}", article.body);
    }
}

#[test]
fn documents_of_real_producers_are_read() {
    let failed = EXPECTED.iter().filter(|expected| {
        let read = || check(expected, &read(expected.file, &golden(expected.file)).expect("a document"));
        std::panic::catch_unwind(read).is_err()
    });
    assert_eq!(failed.map(|expected| expected.file).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn a_document_without_words_for_a_headline_has_none_of_its_accounts() {
    let article = read("plain.docx", &golden("plain.docx")).expect("a document");
    assert_eq!((article.authors, article.published.as_deref()), (vec!["Bo Tarn".to_owned()], Some("2031-06-09")));
    assert_eq!(article.title.as_deref(), Some("Two lanterns at the crane"));
}

#[test]
fn what_cannot_be_read_is_skipped_with_its_reason() {
    assert_eq!(read("scan.pdf", &golden("scan.pdf")).unwrap_err(), Skipped::NoText("PDF of images without text: run OCR first"));
    assert_eq!(read("user-password.pdf", &golden("user-password.pdf")).unwrap_err(), Skipped::Encrypted);
    assert!(matches!(read("a.pdf", b"%PDF-1.7\nnothing"), Err(Skipped::Broken(_))));
    let sheet = paper::zip(&[("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>")]);
    assert!(matches!(read("a.xlsx", &sheet), Err(Skipped::Format(_))));
}

/// The letters of a text: what must not vanish.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn nothing_of_a_document_is_lost() {
    let paper = Paper::advisory(4);
    let article = read("a.pdf", &paper.to_bytes()).expect("a document");
    let mut all = letters(&article.body);
    all.extend(article.removed.iter().map(|r| letters(&r.text)));
    let mut all: Vec<char> = all.chars().collect();
    let mut wanted: Vec<char> = letters(&paper.text()).chars().collect();
    all.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(all.len(), wanted.len());
    assert!(all == wanted);
    for removed in &article.removed {
        assert!(demarche::clean::rules().any(|rule| rule.name == removed.rule), "{}", removed.rule);
    }
}

#[test]
fn columns_are_read_in_order_on_many_pages() {
    let bytes = Paper::advisory(200).to_bytes();
    let (took, article) = effort::of(|| read("a.pdf", &bytes).expect("a document"));
    let numbers: Vec<usize> = article.body.split("(no ").skip(1).filter_map(|rest| rest.split(')').next()?.parse().ok()).collect();
    assert!(numbers.len() > 2_000 && numbers.windows(2).all(|pair| pair[0] < pair[1]), "{} in order", numbers.len());
    assert!(article.body.contains("harbour") && !article.body.contains("har-"), "words are whole again");
    assert_eq!(article.removed.iter().filter(|r| r.rule == "running-head").count(), 400);
    // Two seconds of a processor, though this build has little optimisation.
    assert!(took.is_none_or(|took| took < Duration::from_secs(2)), "{took:?}");
}

#[test]
fn word_processors_files_in_all_their_ways() {
    // Tracked changes, a note, styles in another language, two tables within each other.
    let tracked = paper::docx(
        "<w:p><w:pPr><w:pStyle w:val=\"Titel\"/></w:pPr><w:r><w:t>The gate and the tide</w:t></w:r></w:p>\
         <w:p><w:r><w:t>Von Ida Quill</w:t></w:r></w:p><w:p><w:r><w:t>12 May 2031</w:t></w:r></w:p>\
         <w:p><w:pPr><w:pStyle w:val=\"berschrift1\"/></w:pPr><w:r><w:t>Hinges</w:t></w:r></w:p>\
         <w:p><w:r><w:t xml:space=\"preserve\">The gate was </w:t></w:r><w:del><w:r><w:delText>open</w:delText></w:r></w:del><w:ins><w:r><w:t>closed</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>\
         <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Upper</w:t></w:r></w:p></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>bent</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>\
         <w:p><w:r><w:instrText>HYPERLINK \"http://evil.example\"</w:instrText></w:r><w:r><w:t>The office waits for the second tide and writes to the council.</w:t></w:r></w:p>",
        Some("<w:footnote w:id=\"1\"><w:p><w:r><w:t>At four in the morning.</w:t></w:r></w:p></w:footnote>"),
    );
    let article = read("tracked.docx", &tracked).expect("a document");
    assert_eq!((article.title.as_deref(), article.published.as_deref()), (Some("The gate and the tide"), Some("2031-05-12")));
    assert_eq!(article.authors, ["Ida Quill"]);
    assert!(article.body.contains("The gate was closed. [1]") && article.body.contains("Upper | bent"), "{}", article.body);
    assert!(article.body.contains("At four in the morning.") && !article.body.contains("evil"), "{}", article.body);
}

#[test]
fn books_in_all_their_ways() {
    let book = paper::epub(
        "<dc:title>Tides &amp; Gates</dc:title><dc:creator opf:role=\"aut\">Tarn, Bo</dc:creator><dc:creator opf:role=\"ill\">A Painter</dc:creator>\
         <dc:publisher>Harbour Press</dc:publisher><dc:date opf:event=\"creation\">2029-01-01</dc:date><dc:date opf:event=\"publication\">2031-05-12</dc:date><dc:language>en-GB</dc:language>",
        &[
            ("cover", "<p>Cover</p>"),
            ("copyright", "<p>All rights reserved by the press.</p>"),
            ("toc", "<p>One</p><p>Two</p>"),
            ("one", "<h2>One</h2><p><a id=\"x\"/>The tide came at four.<br/>Nobody saw it.</p><script/>"),
            ("two", "<h2>Two</h2><p>The gate stood open until noon, and the boats waited.</p>"),
        ],
    );
    let article = read("tides.epub", &book).expect("a book");
    assert_eq!((article.title.as_deref(), article.published.as_deref()), (Some("Tides & Gates"), Some("2031-05-12")));
    assert_eq!((article.authors, article.publisher.as_deref()), (vec!["Bo Tarn".to_owned()], Some("Harbour Press")));
    assert!(
        article.body.starts_with("One\n\nThe tide came at four.") && article.body.ends_with("and the boats waited."),
        "{}",
        article.body
    );
    let rules: Vec<&str> = article.removed.iter().map(|r| r.rule.as_str()).collect();
    assert_eq!(rules, ["front-matter", "front-matter", "contents", "contents"]);
}

/// A text box as word processors write it, once for new programs and once for old ones.
const BOX: &str = "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><w:txbxContent><w:p><w:r><w:t>Call the office before you oil the frame.</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>Call the office before you oil the frame.</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>";

#[test]
fn word_processors_files_of_more_producers() {
    let line = |text: &str| format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>");
    // A free office: content controls, a link, an index of contents, a text box told twice.
    let office = paper::docx(
        &[
            "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>Lanterns of the eastern quay: what was lit, and by whom</w:t></w:r></w:p>".to_owned(),
            line("By Ida Quill and Bo Tarn"),
            line("Quillhaven, 9 June 2031"),
            "<w:sdt><w:sdtContent><w:p><w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr><w:r><w:t>Findings 2</w:t></w:r></w:p></w:sdtContent></w:sdt>".to_owned(),
            "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>Findings</w:t></w:r></w:p>".to_owned(),
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>The lanterns were lit at two in the morning, </w:t></w:r><w:hyperlink r:id=\"r1\"><w:r><w:t>the keeper of the quay</w:t></w:r></w:hyperlink><w:r><w:t> told the council.</w:t></w:r></w:p></w:sdtContent></w:sdt>".to_owned(),
            format!("<w:p>{BOX}</w:p>"),
            line("Nobody has claimed the oil that was left beside the third lantern."),
        ]
        .concat(),
        None,
    );
    let article = read("lanterns.docx", &office).expect("a document");
    let expected = Expected {
        file: "lanterns.docx",
        title: "Lanterns of the eastern quay: what was lit, and by whom",
        authors: &["Ida Quill", "Bo Tarn"],
        published: Some("2031-06-09"),
        phrases: &[
            "Findings",
            "at two in the morning, the keeper of the quay told the council.",
            "Call the office",
            "Nobody has claimed the oil",
        ],
        absent: &[],
    };
    check(&expected, &article);
    assert_eq!(article.body.matches("Call the office").count(), 1, "{}", article.body);
    assert!(article.removed.iter().any(|r| r.rule == "contents" && r.text.contains("Findings")), "{:?}", article.removed);
    // An editor in a browser: no styles, the headline is only large, headings only bold.
    let sized = |size: usize, bold: &str, text: &str| {
        format!("<w:p><w:r><w:rPr>{bold}<w:sz w:val=\"{size}\"/></w:rPr><w:t>{text}</w:t></w:r></w:p>")
    };
    let browser = paper::docx(
        &[
            sized(52, "", "Ferry company pays for the hinge"),
            sized(22, "", "By Bo Tarn, 12 June 2031"),
            sized(22, "", "The ferry company of Quillhaven has paid for the lower hinge of the eastern gate, its owner said on Thursday."),
            sized(22, "<w:b/>", "A bill of nine pages"),
            sized(22, "", "The bill counts every bolt twice. The company paid it all the same, and asked for the old hinge in return."),
        ]
        .concat(),
        None,
    );
    let expected = Expected {
        file: "hinge.docx",
        title: "Ferry company pays for the hinge",
        authors: &["Bo Tarn"],
        published: Some("2031-06-12"),
        phrases: &["has paid for the lower hinge", "A bill of nine pages", "The bill counts every bolt twice."],
        absent: &[],
    };
    check(&expected, &read("hinge.docx", &browser).expect("a document"));
}

#[test]
fn books_of_more_producers() {
    // The third version: roles in elements of their own, a page of contents for programs, parts in folders with blanks in their names.
    let opf = "<package version=\"3.0\"><metadata xmlns:dc=\"dc\"><dc:identifier id=\"i\">urn:uuid:1</dc:identifier>\
        <dc:title id=\"t\">The Keeper&#8217;s Log</dc:title><meta refines=\"#t\" property=\"title-type\">main</meta>\
        <dc:creator id=\"c\">Ida Quill</dc:creator><meta refines=\"#c\" property=\"role\" scheme=\"marc:relators\">aut</meta><meta refines=\"#c\" property=\"file-as\">Quill, Ida</meta>\
        <dc:contributor>A Printer</dc:contributor><dc:publisher>Harbour Press</dc:publisher><dc:language>en</dc:language>\
        <dc:date>2031-07-01T00:00:00Z</dc:date><meta property=\"dcterms:modified\">2031-08-02T10:00:00Z</meta></metadata>\
        <manifest><item id=\"n\" href=\"nav.xhtml\" properties=\"nav\" media-type=\"application/xhtml+xml\"/><item id=\"css\" href=\"s.css\" media-type=\"text/css\"/>\
        <item id=\"a\" href=\"text/night%20one.xhtml\" media-type=\"application/xhtml+xml\"/><item id=\"b\" href=\"text/../text/night%20two.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
        <spine><itemref idref=\"n\" linear=\"no\"/><itemref idref=\"a\"/><itemref idref=\"b\"/></spine></package>";
    let chapter = |title: &str, text: &str| {
        format!(
            "<?xml version=\"1.0\"?><html xmlns=\"x\"><head><title>{title}</title></head><body class=\"c\"><section epub:type=\"chapter\"><h1>{title}</h1><p>{text}</p></section></body></html>"
        )
    };
    let container = "<container><rootfiles><rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>";
    let third = paper::zip(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("EPUB/package.opf", opf),
        (
            "EPUB/nav.xhtml",
            "<html><body><nav epub:type=\"toc\"><ol><li><a href=\"text/night%20one.xhtml\">Night one</a></li></ol></nav></body></html>",
        ),
        ("EPUB/text/night one.xhtml", &chapter("Night one", "The keeper saw a light at the third bollard and wrote it down.")),
        ("EPUB/text/night two.xhtml", &chapter("Night two", "There was no light, and the keeper wrote that down as well.")),
    ]);
    let expected = Expected {
        file: "log.epub",
        title: "The Keeper’s Log",
        authors: &["Ida Quill"],
        published: Some("2031-07-01"),
        phrases: &["Night one", "a light at the third bollard", "Night two", "no light"],
        absent: &["A Printer"],
    };
    let article = read("log.epub", &third).expect("a book");
    check(&expected, &article);
    assert_eq!(article.publisher.as_deref(), Some("Harbour Press"));
    // The second version, from a converter: a title page, file names that say nothing, an email newsletter as a book.
    let second = paper::epub(
        "<dc:title>Tide Letter 31</dc:title><dc:creator opf:file-as=\"Tarn, Bo\" opf:role=\"aut\">Bo Tarn</dc:creator><dc:creator opf:role=\"edt\">An Editor</dc:creator>\
         <dc:identifier>https://gate.example/letters/31</dc:identifier><dc:date>2031-08-15</dc:date><dc:language>en</dc:language>",
        &[
            ("titlepage", "<div><img src=\"cover.jpg\" alt=\"\"/></div>"),
            ("index_split_000", "<p class=\"calibre1\">The tide will be low on Friday, and the divers will look for the bolts again.</p>"),
            ("index_split_001", "<p class=\"calibre1\">Readers are asked to leave the ladder where it is.</p>"),
        ],
    );
    let expected = Expected {
        file: "letter.epub",
        title: "Tide Letter 31",
        authors: &["Bo Tarn"],
        published: Some("2031-08-15"),
        phrases: &["The tide will be low on Friday", "leave the ladder"],
        absent: &[],
    };
    let article = read("letter.epub", &second).expect("a book");
    check(&expected, &article);
    assert_eq!(article.url.as_deref(), Some("https://gate.example/letters/31"));
}

const ADVISORY: &str = r#"{"document": {"category": "csaf_security_advisory", "csaf_version": "2.0", "title": "Gate control: bolts can be removed remotely",
  "lang": "en", "publisher": {"category": "vendor", "name": "Hinge Works", "namespace": "https://hinge.example"},
  "tracking": {"id": "HW-31-07", "initial_release_date": "2031-05-12T08:00:00Z", "current_release_date": "2031-06-09T08:00:00Z", "status": "final", "version": "2"},
  "notes": [{"category": "summary", "text": "An attacker near the gate can remove its bolts.\n- Count the bolts.\n- Write the number down."},
            {"category": "general", "title": "Advice", "text": "Oil the frame."}],
  "references": [{"category": "self", "summary": "file", "url": "https://hinge.example/hw-31-07.json"}, {"category": "self", "summary": "page", "url": "https://hinge.example/hw-31-07"}],
  "acknowledgments": [{"names": ["Ida Quill"], "organization": "Harbour Office"}]},
 "product_tree": {"branches": [{"category": "vendor", "name": "Hinge Works", "branches": [{"category": "product_name", "name": "Gate", "product": {"product_id": "P1", "name": "Hinge Works Gate 1.2"}}]}]},
 "vulnerabilities": [{"cve": "CVE-2031-1234", "title": "Loose bolts", "cwe": {"id": "CWE-306", "name": "Missing Authentication"},
   "notes": [{"category": "description", "text": "The bolts answer to anybody."}],
   "product_status": {"known_affected": ["P1"]}, "scores": [{"products": ["P1"], "cvss_v3": {"version": "3.1", "baseScore": 9.8, "baseSeverity": "CRITICAL", "vectorString": "CVSS:3.1/AV:N"}}],
   "remediations": [{"category": "vendor_fix", "details": "Update to 1.3."}]}]}"#;

#[test]
fn advisories_for_programs_are_text_for_people() {
    let article = read("hw-31-07.json", ADVISORY.as_bytes()).expect("an advisory");
    assert_eq!(article.title.as_deref(), Some("Gate control: bolts can be removed remotely"));
    assert_eq!((article.published.as_deref(), article.modified.as_deref()), (Some("2031-05-12"), Some("2031-06-09")));
    assert_eq!((article.publisher.as_deref(), article.url.as_deref()), (Some("Hinge Works"), Some("https://hinge.example/hw-31-07")));
    for phrase in [
        "can remove its bolts",
        "Count the bolts.",
        "CVE-2031-1234: Loose bolts",
        "CWE-306",
        "Affected: Hinge Works Gate 1.2",
        "CVSS 3.1 9.8 critical",
        "Vendor fix: Update to 1.3.",
    ] {
        assert!(article.body.contains(phrase), "{phrase} in\n{}", article.body);
    }
    // The fields of 2.1, a byte order mark, a list of weaknesses, a score within its metric.
    let newer = ADVISORY
        .replace("\"csaf_version\": \"2.0\"", "\"csaf_version\": \"2.1\"")
        .replace(
            "\"cwe\": {\"id\": \"CWE-306\", \"name\": \"Missing Authentication\"}",
            "\"cwes\": [{\"id\": \"CWE-306\", \"name\": \"Missing Authentication\"}]",
        )
        .replace(
            "\"scores\": [{\"products\": [\"P1\"], \"cvss_v3\": {",
            "\"metrics\": [{\"products\": [\"P1\"], \"content\": {\"cvss_v3\": {",
        )
        .replace("\"vectorString\": \"CVSS:3.1/AV:N\"}}]", "\"vectorString\": \"CVSS:3.1/AV:N\"}}}]");
    let newer = read("new.json", format!("\u{feff}{newer}").as_bytes()).expect("an advisory");
    assert_eq!(newer.body, article.body);
    // An advisory that only informs, one without anything, and one whose days are one.
    let informs = r#"{"document": {"csaf_version": "2.0", "category": "csaf_informational_advisory", "title": "The gate stays as it is", "publisher": {"name": "Hinge Works"}, "tracking": {"initial_release_date": "2031-05-12T08:00:00Z", "current_release_date": "2031-05-12T08:00:00Z"}, "notes": [{"category": "description", "text": "The office has looked at the gate and found nothing that has to be changed."}]}}"#;
    let informs = read("i.json", informs.as_bytes()).expect("an advisory");
    assert_eq!((informs.published.as_deref(), informs.modified), (Some("2031-05-12"), None));
    assert!(informs.body.contains("found nothing that has to be changed"));
    let bare = read("b.json", br#"{"document": {"csaf_version": "2.0", "title": "Gate"}}"#).expect("an advisory");
    assert_eq!((bare.title.as_deref(), bare.published), (Some("Gate"), None));
}

/// An advisory of an agency: sections with titles, several flaws, one of them not exploitable, scores of the newest kind, thanks.
const AGENCY: &str = r##"{"document": {"aggregate_severity": {"text": "High"}, "category": "csaf_security_advisory", "csaf_version": "2.0", "distribution": {"tlp": {"label": "WHITE"}},
  "lang": "en-US", "title": "Harbour Works Lantern Control", "publisher": {"category": "coordinator", "name": "Agency for Harbour Security", "namespace": "https://agency.example"},
  "notes": [{"category": "legal_disclaimer", "title": "Legal notice", "text": "All information is provided as it is."},
            {"category": "summary", "title": "Risk evaluation", "text": "Successful exploitation lets an attacker light every lantern of a quay."},
            {"category": "other", "title": "Critical sectors", "text": "Transport"},
            {"category": "general", "title": "Recommended practices", "text": "Keep the lanterns off the public network.\n\nUse a tunnel, and keep it patched."}],
  "references": [{"category": "self", "summary": "page", "url": "https://agency.example/ahs-31-160-01"}, {"category": "external", "summary": "more", "url": "https://agency.example/more"}],
  "acknowledgments": [{"names": ["Bo Tarn"], "organization": "Tide Labs", "summary": "reporting these flaws to the agency"}],
  "tracking": {"id": "AHS-31-160-01", "initial_release_date": "2031-06-09T06:00:00.000000Z", "current_release_date": "2031-06-23T06:00:00.000000Z", "status": "final", "version": "2",
   "revision_history": [{"date": "2031-06-09T06:00:00Z", "number": "1", "summary": "Initial publication"}]}},
 "product_tree": {"branches": [{"category": "vendor", "name": "Harbour Works", "branches": [{"category": "product_name", "name": "Lantern Control", "branches": [{"category": "product_version_range", "name": "<4.2", "product": {"product_id": "CSAFPID-0001", "name": "Harbour Works Lantern Control <4.2"}}]}]}]},
 "vulnerabilities": [{"cve": "CVE-2031-2001", "cwe": {"id": "CWE-798", "name": "Use of Hard-coded Credentials"}, "notes": [{"category": "summary", "text": "The lanterns share one password."}],
   "product_status": {"known_affected": ["CSAFPID-0001"]}, "scores": [{"products": ["CSAFPID-0001"], "cvss_v3": {"version": "3.1", "baseScore": 8.6, "baseSeverity": "HIGH", "vectorString": "CVSS:3.1/AV:N"}}],
   "remediations": [{"category": "mitigation", "details": "Change the password.", "product_ids": ["CSAFPID-0001"]}]},
  {"cve": "CVE-2031-2002", "cwe": {"id": "CWE-22", "name": "Path Traversal"}, "notes": [{"category": "summary", "text": "A path leads out of the folder of pictures."}], "threats": [{"category": "exploit_status", "details": "No exploitation is known."}]}]}"##;

#[test]
fn advisories_of_agencies() {
    let expected = Expected {
        file: "ahs-31-160-01.json",
        title: "Harbour Works Lantern Control",
        authors: &[],
        published: Some("2031-06-09"),
        phrases: &[
            "Risk evaluation",
            "lets an attacker light every lantern",
            "Keep the lanterns off",
            "Use a tunnel",
            "CVE-2031-2001",
            "CWE-798",
            "share one password",
            "CVSS 3.1 8.6 high",
            "Affected: Harbour Works Lantern Control <4.2",
            "Mitigation: Change the password.",
            "CVE-2031-2002",
            "Exploit status: No exploitation is known.",
        ],
        absent: &["Initial publication"],
    };
    let article = read(expected.file, AGENCY.as_bytes()).expect("an advisory");
    check(&expected, &article);
    assert_eq!((article.publisher.as_deref(), article.modified.as_deref()), (Some("Agency for Harbour Security"), Some("2031-06-23")));
    assert_eq!(article.url.as_deref(), Some("https://agency.example/ahs-31-160-01"));
}

/// Reads hostile bytes in bounded time on a processor: a second for each MB and one to start with, four times that without optimisation.
fn endure(name: &str, bytes: &[u8]) -> Result<Article, Skipped> {
    let (took, read) = effort::of(|| read(name, bytes));
    let allowed = Duration::from_secs(4 * (1 + (bytes.len() as u64 >> 20)));
    assert!(took.is_none_or(|took| took < allowed), "{name}: {took:?}");
    assert_ne!(read.as_ref().err(), Some(&Skipped::Internal), "{name}");
    read
}

#[test]
fn pages_that_hold_themselves_are_read_once() {
    let looped = "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 2/Kids[2 0 R 3 0 R 2 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/Resources<</XObject<</A 4 0 R>>/Font<</F 5 0 R>>>>/Contents 6 0 R>>endobj\n4 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 4 0 R>>>>/Length 10>>stream\n/A Do /A Do\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding 5 0 R>>endobj\n6 0 obj<</Length 7 0 R>>stream\n/A Do BT /F 12 Tf 10 10 Td (The gate is closed today.) Tj ET\nendstream endobj\n7 0 obj 7 0 R endobj\ntrailer<</Root 1 0 R/Prev 0>>\nstartxref\n0\n%%EOF";
    let article = endure("loop.pdf", looped.as_bytes()).expect("a page");
    assert!(article.body.contains("The gate is closed today.") || article.title.is_some(), "{article:?}");
}

#[test]
fn trees_tables_and_nests_that_are_deep_end() {
    let mut deep = String::from("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
    for n in 2..20_000 {
        deep += &format!("{n} 0 obj<</Type/Pages/Kids[{} 0 R]>>endobj\n", n + 1);
    }
    deep += "trailer<</Root 1 0 R>>";
    assert!(endure("deep.pdf", deep.as_bytes()).is_err());
    let nested = format!("%PDF-1.7\n1 0 obj{}\nendobj\ntrailer<</Root 1 0 R>>", "[".repeat(500_000));
    assert!(endure("nested.pdf", nested.as_bytes()).is_err());
    let dicts = format!("%PDF-1.7\n1 0 obj{}\nendobj\ntrailer<</Root 1 0 R>>", "<</A".repeat(200_000));
    assert!(endure("dicts.pdf", dicts.as_bytes()).is_err());
    let table = "%PDF-1.7\nxref\n0 4000000000\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 4000000000>>\nstartxref\n9\n%%EOF";
    assert!(endure("xref.pdf", table.as_bytes()).is_err());
    let endless = format!("%PDF-1.7\n{}", "1 0 obj<</Length 9>>stream\nx\n".repeat(40_000));
    assert!(endure("endless.pdf", endless.as_bytes()).is_err());
}

#[test]
fn a_stream_that_unpacks_to_a_mountain_is_left() {
    // Spaces are content of a page, so that nothing but their number is wrong with them.
    let mountain = paper::deflated(&vec![b' '; 200 << 20]);
    let paper = Paper::of_stream(&mountain);
    assert!(endure("bomb.pdf", &paper).is_err());
    let twice = paper::deflated(&mountain);
    assert!(endure("twice.pdf", &Paper::of_stream_in(&twice, "[/FlateDecode/FlateDecode]")).is_err());
    let hidden = paper::deflated(&mountain);
    assert!(endure("hidden.pdf", &Paper::of_stream_in(&hidden, "[/Fl#61teDecode /#46lateDecode]")).is_err());
}

#[test]
fn packages_that_unpack_to_a_mountain_are_left() {
    let mountain = "<w:p>".repeat(8 << 20);
    let bomb = paper::zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &mountain)]);
    assert!(bomb.len() < 1 << 20);
    assert!(endure("bomb.docx", &bomb).is_err());
    let nested = paper::docx(&"<w:tbl><w:tr><w:tc>".repeat(100_000), None);
    let _ = endure("nested.docx", &nested);
    let entities =
        "<!DOCTYPE d [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
    let lol = paper::zip(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &format!("{entities}<w:p><w:r><w:t>The gate is &c; closed to everybody today.</w:t></w:r></w:p>")),
    ]);
    assert!(!endure("lol.docx", &lol).expect("a document").body.contains("lol"));
    let book = paper::epub("<dc:title>x</dc:title>", &[("one", &"<div>".repeat(200_000))]);
    let _ = endure("nested.epub", &book);
}

#[test]
fn documents_cut_short_and_flipped_are_read_or_left() {
    let mut random = 88_172_645_463_325_252_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below.max(1) as u64) as usize
    };
    for file in ["columns.pdf", "subset.pdf", "owner-password.pdf", "advisory.docx", "gates.epub"] {
        let whole = golden(file);
        for _ in 0..12 {
            let _ = endure(file, &whole[..next(whole.len())]);
            let mut flipped = whole.clone();
            for _ in 0..8 {
                let at = next(flipped.len());
                flipped[at] ^= 1 << next(8);
            }
            let _ = endure(file, &flipped);
        }
    }
}
