//! The charset of a text: byte order mark, then valid UTF-8, then what the page declares, then a guess from the bytes.
//!
//! Valid UTF-8 goes before the declaration: text of another charset is almost never valid UTF-8 by accident, while saved
//! pages often keep a `<meta charset>` that the saving program no longer obeyed. (The order of the WHATWG HTML standard,
//! "determining the character encoding", trusts the transport header here, which a saved file does not have.)

use encoding_rs::{Encoding, UTF_8};

/// How far into a page a declaration is looked for, in bytes; the HTML standard asks for 1024, saved pages put comments first.
const DECLARATION_WITHIN: usize = 8192;

pub(super) fn to_text(bytes: &[u8], markup: bool) -> (String, &'static str) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let (text, used, _) = encoding.decode(bytes);
        return (text.into_owned(), used.name());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), UTF_8.name());
    }
    if markup && let Some(encoding) = declared(&bytes[..bytes.len().min(DECLARATION_WITHIN)]) {
        // A page that says UTF-8 and has a few broken bytes is UTF-8 with broken bytes.
        let (text, used, _) = encoding.decode(bytes);
        return (text.into_owned(), used.name());
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Allow);
    let (text, used, _) = encoding.decode(bytes);
    (text.into_owned(), used.name())
}

/// The text of a page whose server told its charset, which goes after the marks and before the guess.
pub(super) fn of_page(bytes: &[u8], label: Option<&str>) -> (String, &'static str) {
    let told = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    match told {
        Some(encoding) if Encoding::for_bom(bytes).is_none() && std::str::from_utf8(bytes).is_err() => {
            let (text, used, _) = encoding.decode(bytes);
            (text.into_owned(), used.name())
        }
        _ => to_text(bytes, true),
    }
}

/// The charset named by `<meta charset=…>`, `<meta http-equiv=… content="…charset=…">` or `<?xml encoding=…?>`.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    for cue in ["charset", "encoding"] {
        for (at, _) in head.match_indices(cue) {
            let rest = head[at + cue.len()..].trim_start();
            let Some(rest) = rest.strip_prefix('=') else { continue };
            let label: String = rest
                .trim_start()
                .trim_start_matches(['"', '\''])
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
                .collect();
            if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
                // A page cannot declare UTF-16 in ASCII bytes; the standard reads that as UTF-8.
                let wide = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
                return Some(if wide { UTF_8 } else { encoding });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_knowing_the_charset_works() {
        assert_eq!(to_text(b"\xef\xbb\xbfabc", false), ("abc".into(), "UTF-8"));
        assert_eq!(to_text(b"\xff\xfea\0b\0", false), ("ab".into(), "UTF-16LE"));
        assert_eq!(to_text(b"<meta charset=windows-1252>\x93x\x94", true).0, "<meta charset=windows-1252>“x”");
        assert_eq!(to_text(b"<?xml version='1.0' encoding='iso-8859-2'?>\xb1", true).1, "ISO-8859-2");
        assert_eq!(
            to_text("<meta charset=iso-8859-1>é".as_bytes(), true).0,
            "<meta charset=iso-8859-1>é",
            "valid UTF-8 beats a stale label"
        );
        assert_eq!(to_text(b"d\xe9j\xe0 vu, caf\xe9", false).0, "déjà vu, café");
    }
}
