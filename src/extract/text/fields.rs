//! Fields that head a file: front matter, `Key: value` lines, `<key>value</key>` lines. Which keys mean what is a table.

use super::tidy;
use crate::article::{Metadata, Valued};
use crate::extract::metadata::{Locale, days_of_any_age};
use jiff::civil::Date;

/// What a key is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Field {
    Title,
    Authors,
    Published,
    Modified,
    Publisher,
    /// An outlet's name or the address of the page.
    Origin,
    Url,
    Language,
    /// A field of a file's head that is not kept.
    Other,
}

/// Keys in lower case with `-` for spaces and underscores, and what they mean.
pub(in crate::extract) const KEYS: &[(&str, Field)] = &[
    ("title", Field::Title),
    ("headline", Field::Title),
    ("subject", Field::Title),
    ("og:title", Field::Title),
    ("author", Field::Authors),
    ("authors", Field::Authors),
    ("by", Field::Authors),
    ("byline", Field::Authors),
    ("writer", Field::Authors),
    ("creator", Field::Authors),
    ("dc.creator", Field::Authors),
    ("date", Field::Published),
    ("published", Field::Published),
    ("publish-date", Field::Published),
    ("published-date", Field::Published),
    ("published-at", Field::Published),
    ("published-on", Field::Published),
    ("date-published", Field::Published),
    ("datepublished", Field::Published),
    ("publishdate", Field::Published),
    ("pubdate", Field::Published),
    ("publication-date", Field::Published),
    ("posted", Field::Published),
    ("posted-on", Field::Published),
    ("dc.date", Field::Published),
    ("updated", Field::Modified),
    ("last-updated", Field::Modified),
    ("modified", Field::Modified),
    ("last-modified", Field::Modified),
    ("lastmod", Field::Modified),
    ("date-modified", Field::Modified),
    ("datemodified", Field::Modified),
    ("updated-at", Field::Modified),
    ("publisher", Field::Publisher),
    ("publication", Field::Publisher),
    ("site", Field::Publisher),
    ("sitename", Field::Publisher),
    ("site-name", Field::Publisher),
    ("og:site-name", Field::Publisher),
    ("outlet", Field::Publisher),
    ("newspaper", Field::Publisher),
    ("website", Field::Origin),
    ("source", Field::Origin),
    ("url", Field::Url),
    ("link", Field::Url),
    ("uri", Field::Url),
    ("permalink", Field::Url),
    ("canonical", Field::Url),
    ("canonical-url", Field::Url),
    ("source-url", Field::Url),
    ("original-url", Field::Url),
    ("og:url", Field::Url),
    ("lang", Field::Language),
    ("language", Field::Language),
    ("locale", Field::Language),
    ("slug", Field::Other),
    ("id", Field::Other),
    ("docno", Field::Other),
    ("docid", Field::Other),
    ("tags", Field::Other),
    ("keywords", Field::Other),
    ("category", Field::Other),
    ("categories", Field::Other),
    ("section", Field::Other),
    ("description", Field::Other),
    ("summary", Field::Other),
    ("excerpt", Field::Other),
    ("image", Field::Other),
    ("layout", Field::Other),
    ("type", Field::Other),
    ("draft", Field::Other),
    ("from", Field::Other),
    ("to", Field::Other),
    ("cc", Field::Other),
    ("reply-to", Field::Other),
    ("message-id", Field::Other),
    ("mime-version", Field::Other),
    ("content-type", Field::Other),
    ("accessed", Field::Other),
    ("retrieved", Field::Other),
    ("word-count", Field::Other),
    ("rights", Field::Other),
];

/// What a key means, if it is known.
pub(in crate::extract) fn field(key: &str) -> Option<Field> {
    if key.len() > 40 {
        return None;
    }
    let key = key.trim().trim_matches(['*', '_', '"', '\'']).to_lowercase().replace([' ', '_'], "-");
    KEYS.iter().find(|(k, _)| *k == key).map(|(_, f)| *f)
}

/// What programs write that never knew the day: second zero of their clock, seen from both sides of Greenwich.
const NO_DAYS: [&str; 2] = ["1969-12-31", "1970-01-01"];

/// Takes the values of a field into the metadata. What is there already stays: the first field of a kind counts.
pub(in crate::extract) fn take(metadata: &mut Metadata, field: Field, values: &[String], evidence: &'static str) {
    let values: Vec<String> = values.iter().map(|v| tidy::line(v)).filter(|v| !v.is_empty() && v != "null" && v != "~").collect();
    let Some(first) = values.first().cloned() else { return };
    let day = || iso_day(&first).or_else(|| written_day(&first)).filter(|day| !NO_DAYS.contains(&day.as_str()));
    match field {
        Field::Title => set(&mut metadata.title, Some(first), evidence),
        Field::Authors => {
            let names: Vec<String> = values.iter().flat_map(|v| names(v)).collect();
            set(&mut metadata.authors, (!names.is_empty()).then_some(names), evidence);
        }
        Field::Published => set(&mut metadata.published, day(), evidence),
        Field::Modified => set(&mut metadata.modified, day(), evidence),
        Field::Publisher => set(&mut metadata.publisher, (!is_address(&first)).then_some(first), evidence),
        Field::Origin if is_address(&first) => set(&mut metadata.url, Some(first), evidence),
        Field::Origin => set(&mut metadata.publisher, Some(first), evidence),
        Field::Url => set(&mut metadata.url, is_address(&first).then_some(first), evidence),
        Field::Language => {
            let code: String = first.chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
            set(&mut metadata.language, (code.len() == 2).then_some(code), evidence);
        }
        Field::Other => {}
    }
}

fn set<T>(slot: &mut Option<Valued<T>>, value: Option<T>, evidence: &'static str) {
    if slot.is_none() {
        *slot = value.map(|v| Valued::new(v, evidence, 0.95));
    }
}

fn is_address(value: &str) -> bool {
    (value.starts_with("http://") || value.starts_with("https://")) && !value.contains(' ')
}

/// The day at the beginning of an ISO 8601 time.
fn iso_day(value: &str) -> Option<String> {
    value.get(..10).and_then(|d| d.parse::<Date>().ok()).map(|d| d.to_string())
}

/// The first day written out; none where its order of day and month is open.
fn written_day(value: &str) -> Option<String> {
    let first = days_of_any_age(value, Locale::default()).into_iter().next()?;
    (!first.ambiguous).then(|| first.day.to_string())
}

/// `A. Name, B. Name and C. Name` as names.
pub(in crate::extract) fn names(value: &str) -> Vec<String> {
    let value = value.trim();
    let value = ["By ", "by ", "BY "].iter().find_map(|by| value.strip_prefix(by)).unwrap_or(value);
    value
        .split([',', ';', '|'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" & "))
        .map(|name| name.trim().trim_start_matches("and ").trim().to_owned())
        .filter(|name| name.chars().any(char::is_alphabetic) && !name.contains('@'))
        .collect()
}

/// `Key: value`, also `+ Key: value` and `**Key:** value`, where the key is known.
pub(in crate::extract) fn pair(line: &str) -> Option<(Field, &str)> {
    let line = line.trim().trim_start_matches(['+', '-', '*', '_', ' ']);
    let (key, value) = line.split_once(':')?;
    let of = field(key)?;
    Some((of, value.trim_start_matches(['*', '_']).trim()))
}

/// `<key>value</key>`, `<key>` or `</key>` filling a line, where the key is known or names the text.
pub(in crate::extract) fn tagged(line: &str) -> Option<(Option<Field>, &str)> {
    const AROUND: [&str; 8] = ["doc", "document", "article", "text", "body", "content", "head", "root"];
    let inner = line.trim().strip_prefix('<')?;
    let (tag, rest) = inner.split_once('>')?;
    let name = tag.trim_start_matches('/').trim().to_ascii_lowercase();
    let of = field(&name);
    if of.is_none() && !AROUND.contains(&name.as_str()) {
        return None;
    }
    let closing = format!("</{name}>");
    let end = rest.len().checked_sub(closing.len()).filter(|&e| rest.is_char_boundary(e) && rest[e..].eq_ignore_ascii_case(&closing));
    match end {
        Some(end) => Some((of, rest[..end].trim())),
        None if rest.is_empty() => Some((None, "")),
        None => None,
    }
}

/// `<key>value` that the line does not close, where the key is known: broken, or closed by the next line.
pub(in crate::extract) fn opened(line: &str) -> Option<(Field, &str)> {
    let (tag, rest) = line.trim().strip_prefix('<')?.split_once('>')?;
    Some((field(tag)?, rest.trim())).filter(|(_, rest)| !rest.contains("</"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_written_the_way_it_is_looked_up() {
        for (key, of) in KEYS {
            assert_eq!(field(key), Some(*of), "{key}");
        }
        assert_eq!(field("Source_URL"), Some(Field::Url));
        assert_eq!(field("weather"), None);
    }

    #[test]
    fn pairs_and_tags_are_told_from_text() {
        assert_eq!(pair("+ Date: 3 May 2031"), Some((Field::Published, "3 May 2031")));
        assert_eq!(pair("**Author:** Ida Quill"), Some((Field::Authors, "Ida Quill")));
        assert_eq!(pair("He said: nothing"), None);
        assert_eq!(tagged("<title> Gate closed </title>"), Some((Some(Field::Title), "Gate closed")));
        assert_eq!(tagged("</text>"), Some((None, "")));
        assert_eq!(tagged("<gate> is an element"), None);
        assert_eq!((tagged("<date> 2031_05_03"), opened("<date> 2031_05_03")), (None, Some((Field::Published, "2031_05_03"))));
        assert_eq!(opened("<gate> is an element"), None);
    }

    #[test]
    fn values_are_read_with_care() {
        let mut m = Metadata::default();
        take(&mut m, Field::Published, &["1969-12-31T19:00:00-05:00".into()], "front matter");
        assert_eq!(m.published, None, "the zero of a clock is no day");
        take(&mut m, Field::Published, &["2031-05-03T23:10:00-05:00".into()], "front matter");
        for (value, day) in
            [("12 March 1931", Some("1931-03-12")), ("13/02/2031", Some("2031-02-13")), ("02/03/2031", None), ("31 February 2031", None)]
        {
            assert_eq!(written_day(value).as_deref(), day, "{value}");
        }
        take(&mut m, Field::Authors, &["By Ida Quill, Bo Tarn and Li Wen".into()], "front matter");
        take(&mut m, Field::Origin, &["https://gate.example/a".into()], "front matter");
        take(&mut m, Field::Title, &["First".into()], "front matter");
        take(&mut m, Field::Title, &["Second".into()], "front matter");
        assert_eq!(m.published.map(|v| v.value).as_deref(), Some("2031-05-03"));
        assert_eq!(m.authors.map(|v| v.value), Some(vec!["Ida Quill".into(), "Bo Tarn".into(), "Li Wen".into()]));
        assert_eq!(m.url.map(|v| v.value).as_deref(), Some("https://gate.example/a"));
        assert_eq!(m.title.map(|v| v.value).as_deref(), Some("First"));
    }
}
