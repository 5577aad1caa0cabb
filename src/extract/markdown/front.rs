//! Front matter: the lines between `---` (YAML) or `+++` (TOML) at the top of a file.
//!
//! A small part of both languages, which is what front matter is written in: `key: value`, `key = value`, quoted values, lists in brackets or as
//! `- item` lines, folded and literal blocks. Anything else is passed over; nothing recurses and nothing is expanded.

use crate::extract::text::fields::{self, Field};

/// Most lines that are looked at for the end of front matter.
const LONGEST: usize = 400;

/// What stands at the top of a file.
#[derive(Debug, Default)]
pub(super) struct Front<'a> {
    /// The lines between the marks, without the empty ones.
    pub(super) lines: Vec<&'a str>,
    /// Known fields and their values.
    pub(super) fields: Vec<(Field, Vec<String>)>,
}

/// Parts a text into its front matter, if it has any, and the rest.
pub(super) fn part(text: &str) -> (Front<'_>, &str) {
    let start = text.trim_start_matches(['\u{feff}', '\n', '\r', ' ', '\t']);
    let (mark, sign) = match start.get(..3) {
        Some("---") => ("---", ':'),
        Some("+++") => ("+++", '='),
        _ => return (Front::default(), text),
    };
    let mut at = 0;
    let mut lines: Vec<&str> = Vec::new();
    for (i, whole) in start.split_inclusive('\n').enumerate().take(LONGEST) {
        at += whole.len();
        let line = whole.trim_end();
        let closes = line == mark || (mark == "---" && line == "...");
        match (i, closes) {
            (0, true) => {}
            (0, false) => return (Front::default(), text),
            (_, true) => {
                let fields = fields(&lines, sign);
                // Two rules around a paragraph are no front matter.
                let front = lines.is_empty() || lines.iter().any(|l| l.contains(sign));
                lines.retain(|l| !l.trim().is_empty());
                return if front { (Front { lines, fields }, start.get(at..).unwrap_or_default()) } else { (Front::default(), text) };
            }
            (_, false) => lines.push(line),
        }
    }
    (Front::default(), text)
}

fn fields(lines: &[&str], sign: char) -> Vec<(Field, Vec<String>)> {
    let mut out: Vec<(Field, Vec<String>)> = Vec::new();
    // The last key, where the lines below it may go on with its value.
    let mut open = false;
    for line in lines {
        let indented = line.starts_with([' ', '\t', '-']);
        if indented {
            let value = line.trim().trim_start_matches('-').trim();
            if open && let Some((_, values)) = out.last_mut() {
                let value = value.split_once("name:").map_or(value, |(_, name)| name.trim());
                values.extend(scalars(value));
            }
            continue;
        }
        open = false;
        let Some((key, value)) = line.split_once(sign) else { continue };
        let Some(field) = fields::field(key) else { continue };
        let value = value.trim();
        let folded = matches!(value, "" | ">" | "|" | ">-" | "|-" | "[");
        out.push((field, if folded { Vec::new() } else { scalars(value) }));
        open = folded;
    }
    out
}

/// A value, or the values of a list in brackets, without quotes and comments.
fn scalars(value: &str) -> Vec<String> {
    match value.strip_prefix('[') {
        Some(list) => list.trim_end_matches([']', ',', ' ']).split(',').map(unquoted).filter(|v| !v.is_empty()).collect(),
        None => vec![unquoted(value)].into_iter().filter(|v| !v.is_empty()).collect(),
    }
}

fn unquoted(value: &str) -> String {
    let value = value.trim().trim_end_matches(',');
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote) {
            let end = inner.rfind(quote).unwrap_or(inner.len());
            return inner[..end].replace("\\\"", "\"").replace("''", "'");
        }
    }
    value.split_once(" #").map_or(value, |(v, _)| v).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_and_toml_are_read() {
        let (front, rest) = part(
            "---\ntitle: \"The gate: a history\"  \nauthors:\n  - Ida Quill\n  - name: Bo Tarn\ndate: 2031-05-03 # day\ntags: [a, b]\nmood: fine\n---\nText\n",
        );
        assert_eq!(rest, "Text\n");
        assert_eq!(front.lines.len(), 7);
        assert_eq!(front.fields[0], (Field::Title, vec!["The gate: a history".into()]));
        assert_eq!(front.fields[1], (Field::Authors, vec!["Ida Quill".into(), "Bo Tarn".into()]));
        assert_eq!(front.fields[2], (Field::Published, vec!["2031-05-03".into()]));
        let (front, rest) = part("+++\ntitle = 'Gate'\nauthors = [\"Ida Quill\", \"Bo Tarn\"]\n+++\n\nText");
        assert_eq!((front.fields.len(), rest), (2, "\nText"));
        assert_eq!(front.fields[1].1, ["Ida Quill", "Bo Tarn"]);
    }

    #[test]
    fn what_is_no_front_matter_stays_text() {
        for text in [
            "--- \n",
            "---\nno end: here\n",
            "---\n\nA paragraph between two rules.\n\n---\nMore",
            "Text\n---\na: b\n---\n",
            "----\na: b\n----\n",
        ] {
            let (front, rest) = part(text);
            assert!(front.lines.is_empty() && rest == text, "{text:?}");
        }
    }
}
