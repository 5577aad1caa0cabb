//! Files of queries: lines with a tab, CSV, JSON, or TREC topics.

use super::{LineError, wrong};

/// A query of a file, with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedQuery {
    /// Its name in judgements and runs.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// Columns and keys that name a query.
const IDS: &[&str] = &["id", "qid", "_id", "query_id", "number", "num"];
/// Columns and keys that hold its words.
const TEXTS: &[&str] = &["query", "text", "title", "words", "question"];

/// Reads queries; the form is told from the text.
///
/// - lines `id<TAB>words`
/// - CSV with a header (`id,query`)
/// - JSON Lines or one JSON array of objects with `id` and `query`; `qid`, `_id` and `text`, `title` are understood too
/// - TREC topics (`<top> <num> … <title> …`)
///
/// # Errors
/// The first line that is none of these.
///
/// ```
/// use demarche::eval::read_queries;
/// for text in ["7\twho blamed whom\n", "id,query\n7,who blamed whom\n", r#"{"id": 7, "query": "who blamed whom"}"#] {
///     let queries = read_queries(text).unwrap();
///     assert_eq!((queries[0].id.as_str(), queries[0].text.as_str()), ("7", "who blamed whom"));
/// }
/// ```
pub fn read_queries(text: &str) -> Result<Vec<AskedQuery>, LineError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let start = text.trim_start();
    if start.starts_with(['{', '[']) {
        return json(text);
    }
    if start.to_ascii_lowercase().starts_with("<top") {
        return topics(text);
    }
    let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    if first.contains('\t') || !first.contains(',') { tabs(text) } else { csv(text) }
}

fn tabs(text: &str) -> Result<Vec<AskedQuery>, LineError> {
    let mut out = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let Some((id, words)) = line.split_once('\t') else { return wrong(number, "no tab between id and words") };
        out.push(AskedQuery { id: id.trim().to_owned(), text: words.trim().to_owned() });
    }
    Ok(out)
}

fn csv(text: &str) -> Result<Vec<AskedQuery>, LineError> {
    let mut lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
    let header: Vec<String> = lines.next().map(|(_, l)| cells(l)).unwrap_or_default();
    let column = |names: &[&str]| header.iter().position(|h| names.contains(&h.trim().to_ascii_lowercase().as_str()));
    let (Some(id), Some(words)) = (column(IDS), column(TEXTS)) else {
        return wrong(0, "the header names no `id` and `query`");
    };
    let mut out = Vec::new();
    for (number, line) in lines {
        let row = cells(line);
        let (Some(id), Some(words)) = (row.get(id), row.get(words)) else { return wrong(number, "fewer cells than the header") };
        out.push(AskedQuery { id: id.trim().to_owned(), text: words.trim().to_owned() });
    }
    Ok(out)
}

/// The cells of a line (RFC 4180; a query has no line ends).
fn cells(line: &str) -> Vec<String> {
    let (mut row, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    row.push(cell);
    row
}

fn json(text: &str) -> Result<Vec<AskedQuery>, LineError> {
    let whole = text.trim_start().starts_with('[');
    let rows: Vec<(usize, serde_json::Value)> = if whole {
        let rows: Vec<serde_json::Value> = match serde_json::from_str(text) {
            Ok(rows) => rows,
            Err(e) => return wrong(e.line().saturating_sub(1), format!("not JSON: {e}")),
        };
        rows.into_iter().map(|row| (0, row)).collect()
    } else {
        let mut rows = Vec::new();
        for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            match serde_json::from_str(line) {
                Ok(row) => rows.push((number, row)),
                Err(e) => return wrong(number, format!("not JSON: {e}")),
            }
        }
        rows
    };
    let mut out = Vec::new();
    for (number, row) in rows {
        let field = |names: &[&str]| {
            names
                .iter()
                .filter_map(|n| row.get(n))
                .find_map(|v| v.as_str().map(str::to_owned).or_else(|| v.as_i64().map(|n| n.to_string())))
        };
        let (Some(id), Some(text)) = (field(IDS), field(TEXTS)) else { return wrong(number, "an object without `id` and `query`") };
        out.push(AskedQuery { id, text });
    }
    Ok(out)
}

/// TREC topics: `<num> Number: 301 <title> words <desc> …`; the title is the query, or the description where there is none.
fn topics(text: &str) -> Result<Vec<AskedQuery>, LineError> {
    let mut out = Vec::new();
    let (mut id, mut title, mut description, mut into) = (String::new(), String::new(), String::new(), None);
    for (number, line) in text.lines().enumerate() {
        let mut rest = line.trim();
        while let Some((tag, after)) = rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
            match tag.trim().to_ascii_lowercase().as_str() {
                "num" => into = Some(0),
                "title" => into = Some(1),
                "desc" => into = Some(2),
                "/top" => {
                    let text = if title.trim().is_empty() { std::mem::take(&mut description) } else { std::mem::take(&mut title) };
                    if id.trim().is_empty() {
                        return wrong(number, "a topic without a number");
                    }
                    out.push(AskedQuery { id: std::mem::take(&mut id).trim().to_owned(), text: text.trim().to_owned() });
                    (title, description, into) = (String::new(), String::new(), None);
                }
                _ => into = None,
            }
            rest = after.trim();
        }
        let words = rest.split('<').next().unwrap_or_default().trim();
        match into {
            Some(0) => id.push_str(words.trim_start_matches("Number:").trim()),
            Some(1) => title.extend([words, " "]),
            Some(2) => description.extend([words.trim_start_matches("Description:"), " "]),
            _ => {}
        }
        // `<title> words </title>`
        if rest.contains("</") {
            into = None;
        }
    }
    Ok(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        read_queries(text).unwrap().into_iter().map(|q| (q.id, q.text)).collect()
    }

    #[test]
    fn every_form_is_told_from_the_text() {
        let expected = [("a1".to_owned(), "spies, and \"friends\"".to_owned()), ("a2".to_owned(), "mail".to_owned())];
        for text in [
            "a1\tspies, and \"friends\"\n\na2\tmail\n",
            "\u{feff}qid,query\na1,\"spies, and \"\"friends\"\"\"\r\na2,mail",
            "{\"_id\": \"a1\", \"text\": \"spies, and \\\"friends\\\"\"}\n{\"qid\": \"a2\", \"query\": \"mail\"}",
            "[{\"id\": \"a1\", \"query\": \"spies, and \\\"friends\\\"\"},\n {\"id\": \"a2\", \"query\": \"mail\"}]",
            "<top>\n<num> Number: a1\n<title> spies, and \"friends\"\n\n<desc> Description:\nWho?\n</top>\n<top>\n<num> a2 </num>\n<title>\nmail\n</title>\n</top>",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert!(read("").is_empty());
    }

    #[test]
    fn what_is_none_of_them_is_an_error_with_its_line() {
        for (text, line) in
            [("1\ta\nb", 2), ("{\"id\": 1}", 1), ("{\"id\": 1, \"query\": \"a\"}\n{", 2), ("a,b\n1,2", 1), ("<top>\n</top>", 2)]
        {
            assert_eq!(read_queries(text).unwrap_err().line, line, "{text}");
        }
    }
}
