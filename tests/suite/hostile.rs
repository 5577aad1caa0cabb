//! Files made to hurt: each class in a small version ends soon, with a reason, and what is whole in the file is read.

use demarche::decode::{Entry, Fields, Input, MAX_MIB, entries, format_names, read_as};
use demarche::{Skipped, decode::decode};
use proptest::prelude::*;
use std::io::{Read, Write};
use std::ops::ControlFlow;

fn all(name: &str, input: Input<'_>) -> (Vec<Entry>, Option<Skipped>) {
    let mut found = Vec::new();
    let ended = entries(name, input, &Fields::default(), &mut |entry| {
        found.push(entry);
        ControlFlow::Continue(())
    });
    (found, ended.err())
}

fn of(name: &str, bytes: &[u8]) -> (Vec<Entry>, Option<Skipped>) {
    all(name, Input::stream(bytes))
}

fn gzip(mut bytes: impl Read) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::copy(&mut bytes, &mut packed).unwrap();
    packed.finish().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const TOO_LARGE: Skipped = Skipped::TooLarge { limit: MAX_MIB };

#[test]
fn bombs_are_not_unpacked() {
    let zeros = |mib: u64| std::io::repeat(0).take(mib << 20);
    assert_eq!(decode("a.txt.gz", &gzip(std::io::repeat(b' ').take(80 << 20))), Err(TOO_LARGE));
    // A stream is read piece by piece, but not without end.
    let header = b"From a@gate.example Mon May 12 08:00:00 2031\nMessage-ID: <1@x>\nSubject: Gate\n\nThe gate.\n\n";
    let (found, ended) = of("box.gz", &gzip(header.chain(zeros(400))));
    assert!(found.is_empty(), "the message goes on to the end");
    assert!(matches!(ended, Some(Skipped::Broken(_))), "{ended:?}");
    // Packers around packers, archives in archives.
    let layers = (0..6).fold(b"The gate.".to_vec(), |bytes, _| gzip(bytes.as_slice()));
    assert!(matches!(of("a", &layers).1, Some(Skipped::Nested { .. })));
    let nested = (0..6).fold(zip(&[("a.txt", b"The gate is closed.")]), |bytes, _| zip(&[("a.zip", &bytes)]));
    let (found, ended) = of("a.zip", &nested);
    assert!(ended.is_none() && matches!(found.as_slice(), [Entry { read: Err(Skipped::Nested { .. }), .. }]), "{found:?}");
    // A file in an archive that is too large is skipped, the next is read.
    let large = vec![b' '; 65 << 20];
    let (found, ended) = of("a.zip", &zip(&[("large.txt", &large), ("b.txt", b"The gate is closed.")]));
    assert_eq!((found[0].read.as_ref().err(), found[1].read.is_ok(), ended), (Some(&TOO_LARGE), true, None));
}

#[test]
fn lines_without_end_are_passed_over() {
    let long = "x".repeat(65 << 20);
    let lines = format!("{{\"title\":\"a\",\"text\":\"{long}\"}}\n{{\"title\":\"b\",\"text\":\"The gate is closed.\"}}\n");
    let (found, ended) = of("a.jsonl", lines.as_bytes());
    assert_eq!((found.len(), found[0].read.as_ref().err(), found[1].read.is_ok(), ended), (2, Some(&TOO_LARGE), true, None));
    let rows = format!("title,text\na,{long}\nb,The gate is closed.\n");
    let (found, ended) = of("a.csv", rows.as_bytes());
    assert_eq!((found.len(), found[0].read.as_ref().err(), found[1].read.is_ok(), ended), (2, Some(&TOO_LARGE), true, None));
    let above = "From a Mon May 12 08:00:00 2031\nMessage-ID: <1@x>\nSubject: a\n\n";
    let (found, ended) = of("box", format!("{above}{long}\n\n{above}The gate is closed.\n").as_bytes());
    assert_eq!((found.len(), found[0].read.as_ref().err(), found[1].read.is_ok(), ended), (2, Some(&TOO_LARGE), true, None));
    // A quote that nobody closes takes the rest, and no more memory than a record.
    let (found, _) = of("a.csv", format!("title,text\na,\"{long}").as_bytes());
    assert!(found.iter().all(|e| e.read.is_err()));
}

#[test]
fn deep_json_ends() {
    for deep in ["{\"text\":", "[", "{\"a\":["] {
        let text = format!("[{{\"title\":\"a\",\"text\":\"The gate.\",\"url\":\"https://gate.example\"}},{}", deep.repeat(200_000));
        let (found, ended) = of("a.json", text.as_bytes());
        assert!(found.len() <= 1 && ended.is_some(), "{deep}");
        let closed = format!("{{\"title\":\"a\",\"text\":\"The gate.\",\"x\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(of("a.json", closed.as_bytes()).0.len() <= 1);
    }
    // Very many small values.
    let many = format!("{{\"title\":\"a\",\"text\":\"The gate.\",\"x\":[{}[]]}}", "[],".repeat(1_000_000));
    assert_eq!(of("a.json", many.as_bytes()).0.len(), 1);
    let broken = "{\"text\":\"one\"}\n{\"text\":\"no end\n{\"text\":\"three\"}\n{\"text\" 4}\n{\"text\":\"five\"}\n";
    let (found, ended) = of("a.jsonl", broken.as_bytes());
    assert_eq!((found.iter().map(|e| e.read.is_ok()).collect::<Vec<_>>(), ended), (vec![true, false, true, false, true], None));
}

#[test]
fn entities_are_not_followed() {
    let mut declared = String::from("<!ENTITY a0 \"ha\">");
    for n in 1..40 {
        declared += &format!("<!ENTITY a{n} \"&a{};&a{};\">", n - 1, n - 1);
    }
    let feed = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE rss [{declared}<!ENTITY out SYSTEM \"file:///etc/passwd\">]><rss><channel><title>x</title><item><title>&a39;</title><description>Text &out; &amp; more</description></item></channel></rss>"
    );
    let (found, ended) = of("feed", feed.as_bytes());
    let decoded = found[0].read.as_ref().unwrap();
    assert_eq!((decoded.text.as_str(), ended), ("Text &out; & more", None));
    // Elements without an end, and many in each other.
    for open in ["<item>", "<a>", "<item><title>", "<b:x y='"] {
        let feed = format!("<rss><channel><item><title>a</title><description>The gate.</description></item>{}", open.repeat(100_000));
        let (found, ended) = of("feed", feed.as_bytes());
        assert!(found.len() == 1 && ended.is_some(), "{open}: {} {ended:?}", found.len());
    }
}

#[test]
fn a_cut_archive_gives_what_is_before_the_cut() {
    let letters: String = (0..200)
        .map(|n| format!("From a Mon May 12 08:00:00 2031\nMessage-ID: <{n}@x>\nSubject: a\n\nThe gate {} is closed.\n\n", n * 7919))
        .collect();
    let packed = gzip(letters.as_bytes());
    let (found, ended) = of("box.gz", &packed[..packed.len() / 2]);
    assert!(found.iter().filter(|e| e.read.is_ok()).count() > 50, "{}", found.len());
    assert!(ended.is_some_and(|skipped| skipped.is_error() && skipped.to_string().contains("save the file again")));
}

/// Archives whose list of files is lost: each file that is whole is read, by its own head, the damaged ones are told, and so is the loss.
#[test]
fn a_cut_zip_gives_the_files_before_the_cut() {
    let texts: Vec<(String, String)> = (0..20).map(|n| (format!("news/{n}.txt"), format!("The gate {n} is closed. ").repeat(40))).collect();
    let pairs: Vec<(&str, &[u8])> = texts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let stored = |files: &[(&str, &[u8])]| {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in files {
            let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored).large_file(true);
            archive.start_file(*name, options).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    };
    // Written to a stream, sizes stand below the files.
    let streamed = |files: &[(&str, &[u8])]| {
        let mut archive = zip::ZipWriter::new_stream(Vec::new());
        for (name, bytes) in files {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    };
    for whole in [zip(&pairs), stored(&pairs), streamed(&pairs)] {
        let sound = of("a.zip", &whole);
        assert_eq!((sound.0.len(), sound.1), (20, None));
        // Only the last byte of the list: all is there.
        let (found, ended) = of("a.zip", &whole[..whole.len() - 1]);
        assert_eq!(found, sound.0, "the same names and texts");
        assert!(matches!(ended, Some(Skipped::Broken(_))), "{ended:?}");
        for share in [2, 3, 5, 9] {
            let cut = &whole[..whole.len() / share];
            let (found, ended) = of("a.zip", cut);
            let good = found.iter().filter(|e| e.read.is_ok()).count();
            assert!(good > 0 && good + 1 >= found.len(), "{share}: {found:?}");
            assert_eq!(found[..good], sound.0[..good]);
            assert!(matches!(ended, Some(Skipped::Broken(_))));
        }
        // A file damaged within, as well: it is told, and the next ones are read.
        let mut damaged = whole[..whole.len() - 1].to_vec();
        let third = damaged.windows(10).position(|w| w == b"news/2.txt").unwrap();
        damaged[third + 40] ^= 0xff;
        let (found, _) = of("a.zip", &damaged);
        let bad: Vec<&str> = found.iter().filter(|e| e.read.is_err()).map(|e| e.name.as_str()).collect();
        assert!(found.len() >= 19 && bad.iter().all(|name| *name == "news/2.txt"), "{bad:?}");
    }
    // In a container, it is that file that is broken and not the one around it.
    let inner = zip(&pairs);
    let (found, ended) = of("a.zip", &zip(&[("in.zip", &inner[..inner.len() / 2]), ("b.txt", b"The gate is open.")]));
    assert!(ended.is_none() && found.iter().any(|e| e.name == "b.txt" && e.read.is_ok()), "{found:?}");
    assert!(found.iter().any(|e| e.name == "in.zip#news/0.txt" && e.read.is_ok()));
    assert!(found.iter().any(|e| e.name == "in.zip" && matches!(e.read, Err(Skipped::Broken(_)))));
}

#[test]
fn encrypted_files_are_told() {
    let mut archive = zip(&[("a.txt", b"The gate is closed."), ("b.txt", b"The gate is open.")]);
    // The flag of the first file, in its own head and in the list.
    for (mark, at) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let found = archive.windows(4).position(|w| w == mark).unwrap();
        archive[found + at] |= 1;
    }
    let (found, ended) = of("a.zip", &archive);
    assert_eq!((found[0].read.as_ref().err(), found[1].read.is_ok(), ended), (Some(&Skipped::Encrypted), true, None));
}

#[test]
fn a_file_that_was_cut_keeps_its_errors_in_the_report() {
    let home = tempfile::tempdir().unwrap();
    let packed = gzip(
        (0..300)
            .map(|n| format!("{{\"id\":{n},\"title\":\"Gate {n}\",\"text\":\"The gate {} is closed.\"}}\n", n * 7919))
            .collect::<String>()
            .as_bytes(),
    );
    std::fs::write(home.path().join("crawl.jsonl.gz"), &packed[..packed.len() / 2]).unwrap();
    let run = |args: &[&str], code| crate::cli::stderr(crate::cli::demarche(home.path()).args(args), code);
    assert!(run(&["index", "crawl.jsonl.gz"], 2).contains("crawl.jsonl.gz: broken"));
    let found = crate::cli::stdout(crate::cli::demarche(home.path()).args(["search", "-l", "gate"]), 0);
    assert!(found.lines().all(|l| l.starts_with("crawl.jsonl.gz#")) && found.lines().count() > 5, "{found}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn no_bytes_break_a_format(bytes in prop::collection::vec(any::<u8>(), 0..2000), from in 0..6usize, cut in 0..2000usize, flip in 0..2000usize) {
        let heads: [&[u8]; 6] = [b"", b"PK\x03\x04", b"WARC/1.0\r\nContent-Length: 9\r\n\r\n", b"{\"text\":\"a\"}\n[", b"<rss><item><title>", b"title,text\n\"a\",\""];
        let mut whole = [heads[from], &bytes].concat();
        let good = zip(&[("a.txt", b"The gate is closed.")]);
        for format in format_names() {
            prop_assert!(read_as(format, &whole).is_some());
            prop_assert!(read_as(format, &good[..good.len().min(cut)]).is_some());
        }
        if let Some(byte) = whole.get_mut(flip) {
            *byte ^= 0x20;
        }
        let _ = of("a", &whole);
    }
}

/// Each in a process whose address space has no room for what such files once took: gigabytes.
#[test]
#[cfg(unix)]
fn bombs_fit_into_little_memory() {
    let home = tempfile::tempdir().unwrap();
    let page = |piece: &str, times: usize| format!("<!DOCTYPE html><body>{}", piece.repeat(times)).into_bytes();
    let crowd: String = (0..400_000).map(|n| format!(" a{n}=1")).collect();
    let tags = "more than 200000 tags";
    for (name, bytes, told) in [
        ("p.html.gz", gzip(page("<p>x", 15_000_000).as_slice()), Some(tags)),
        ("links.html", page("<li><a href=\"/x\">link</a></li>", 500_000), Some(tags)),
        ("tags.html", page("<p>The gate of the harbour is closed.</p>", 90_000), None),
        ("crowd.html", format!("<!DOCTYPE html><body><p{crowd}>The gate of the harbour is closed.").into_bytes(), None),
        ("lines.txt", "By Ada Quill\n".repeat(1_000_000).into_bytes(), Some("more than 200000 lines")),
        ("words.txt.gz", gzip("APT28 of Russia accused China on 12 May 2021. ".repeat(1_000_000).as_bytes()), Some("larger than 8 MiB")),
        (
            "parts.eml",
            format!("Message-ID: <1@x>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\nx\n".repeat(200_000))
                .into_bytes(),
            Some("more than 20000 parts"),
        ),
    ] {
        std::fs::write(home.path().join(name), &bytes).unwrap();
        let program = assert_cmd::cargo::cargo_bin("demarche");
        let script = format!("ulimit -v {}; exec \"$0\" extract \"$1\"", 700 << 10);
        let output =
            std::process::Command::new("sh").args(["-c", &script]).arg(&program).arg(name).current_dir(home.path()).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(if told.is_some() { 2 } else { 0 }), "{name}: {errors}");
        assert!(told.is_none_or(|told| errors.contains(told)), "{name}: {errors}");
    }
}

/// Forms that draw each other ten times over would draw 10²⁰ times; many letters of one id each ask which names were given.
#[test]
fn what_would_grow_without_end_costs_little() {
    let forms =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fuzz/regressions/format-PDF/forms-that-draw-each-other")).unwrap();
    let (took, read) = super::effort::of(|| decode("a.pdf", &forms));
    assert_eq!(read, Err(Skipped::TooMany { what: "MiB of content", limit: 16 }));
    assert!(took.is_none_or(|took| took.as_secs() < 4), "{took:?}");
    let letter = "From a Mon May 12 08:00:00 2031\nMessage-ID: <1@x>\nSubject: a\n\nThe gate.\n\n";
    super::effort::is_linear("letters of one id", 16_000, &|times| {
        let (found, _) = of("box", letter.repeat(times).as_bytes());
        assert_eq!(found.last().unwrap().name, if times > 1 { format!("1@x~{times}") } else { "1@x".into() });
    });
}
