//! Security advisories in CSAF (OASIS Common Security Advisory Framework 2.0 and 2.1): title, publisher, days, notes, vulnerabilities and products as text.

use super::Decoded;
use super::document::{Body, Head, Trust};
use super::format::{Format, Reads};
use crate::error::Skipped;
use serde_json::Value;
use std::collections::HashMap;

pub(super) const FORMAT: Format =
    Format { name: "CSAF", version: 1, tells: |head| is_csaf(head.bytes), reads: Reads::One(|_, bytes| read(bytes)) };

/// Whether an object of JSON has the field that every advisory has, and no other JSON.
fn is_csaf(head: &[u8]) -> bool {
    let begins = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{');
    let field = memchr::memmem::find(head, b"\"csaf_version\"");
    let after = |at: usize| head[at + 14..].iter().find(|b| !b.is_ascii_whitespace()) == Some(&b':');
    begins && memchr::memmem::find(head, b"\"document\"").is_some() && field.is_some_and(after)
}

/// Most products and references that are written out of each list: an advisory may name thousands of builds.
const LISTED: usize = 200;
/// How deep branches of products may lie in each other.
const BRANCHES: usize = 40;

fn read(bytes: &[u8]) -> Result<Decoded, Skipped> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let advisory: Value = serde_json::from_slice(bytes).map_err(|e| Skipped::Broken(format!("CSAF advisory: {e}")))?;
    let document = &advisory["document"];
    if !document["csaf_version"].is_string() {
        return Err(Skipped::Format("JSON".into()));
    }
    let mut body = Body::default();
    body.heading(1, text(&document["title"]), None);
    for note in list(&document["notes"]) {
        write_note(note, &mut body);
    }
    let products = products(&advisory["product_tree"]);
    for vulnerability in list(&advisory["vulnerabilities"]) {
        write_vulnerability(vulnerability, &products, &mut body);
    }
    let named: Vec<&str> = products.order.iter().map(String::as_str).take(LISTED).collect();
    if !named.is_empty() {
        body.heading(2, "Products", None);
        named.into_iter().for_each(|product| body.item(product));
    }
    write_references(document, &mut body);
    let thanks: Vec<String> = list(&document["acknowledgments"]).map(acknowledgment).filter(|t| !t.is_empty()).collect();
    if !thanks.is_empty() {
        body.heading(2, "Acknowledgments", None);
        thanks.iter().for_each(|thank| body.paragraph(thank, None));
    }
    Ok(body.finish(head(document)))
}

/// The fields of the advisory; all of them are filled by its publisher.
fn head(document: &Value) -> Head {
    let mut head = Head::default();
    head.title(text(&document["title"]), Trust::Package);
    let publisher = text(&document["publisher"]["name"]);
    head.publisher(publisher);
    let tracking = &document["tracking"];
    head.published(text(&tracking["initial_release_date"]));
    if tracking["current_release_date"] != tracking["initial_release_date"] {
        head.modified(text(&tracking["current_release_date"]));
    }
    head.language(text(&document["lang"]));
    let own = list(&document["references"]).filter(|r| text(&r["category"]) == "self").map(|r| text(&r["url"]));
    // The page for people before the file for programs.
    let mut own: Vec<&str> = own.filter(|url| url.starts_with("http")).collect();
    own.sort_by_key(|url| url.ends_with(".json"));
    if let Some(url) = own.first() {
        head.url(url);
    }
    head
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A title in the words of a reader for a category of notes.
fn titled(category: &str) -> String {
    let mut words = category.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

fn write_note(note: &Value, body: &mut Body) {
    let category = text(&note["category"]);
    // Terms of use are no part of what is told.
    let title = Some(text(&note["title"])).filter(|t| !t.is_empty()).map_or_else(|| titled(category), str::to_owned);
    body.heading(2, &title, None);
    write_text(text(&note["text"]), body);
}

/// Text of several paragraphs, with items where it has them.
fn write_text(text: &str, body: &mut Body) {
    for line in text.split('\n').map(str::trim).filter(|l| !l.is_empty()) {
        match line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
            Some(item) => body.item(item),
            None => body.paragraph(line.trim_start_matches('#').trim(), None),
        }
    }
}

fn write_vulnerability(vulnerability: &Value, products: &Products, body: &mut Body) {
    let cve = text(&vulnerability["cve"]);
    let title = text(&vulnerability["title"]);
    let heading = [cve, title].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(": ");
    body.heading(2, if heading.is_empty() { "Vulnerability" } else { &heading }, None);
    // 2.0 names one weakness, 2.1 a list.
    let weaknesses = list(&vulnerability["cwes"]).chain(vulnerability.get("cwe"));
    for weakness in weaknesses {
        body.paragraph(&format!("{}: {}", text(&weakness["id"]), text(&weakness["name"])), None);
    }
    for note in list(&vulnerability["notes"]) {
        write_text(text(&note["text"]), body);
    }
    for score in scores(vulnerability) {
        body.paragraph(&score, None);
    }
    for (status, name) in STATUSES {
        let named: Vec<&str> =
            list(&vulnerability["product_status"][status]).filter_map(|id| products.name(text(id))).take(LISTED).collect();
        if !named.is_empty() {
            body.paragraph(&format!("{name}: {}", named.join("; ")), None);
        }
    }
    for threat in list(&vulnerability["threats"]) {
        body.paragraph(&format!("{}: {}", titled(text(&threat["category"])), text(&threat["details"])), None);
    }
    for remediation in list(&vulnerability["remediations"]) {
        body.paragraph(&format!("{}: {}", titled(text(&remediation["category"])), text(&remediation["details"])), None);
    }
    write_references(vulnerability, body);
    for thank in list(&vulnerability["acknowledgments"]).map(acknowledgment).filter(|t| !t.is_empty()) {
        body.paragraph(&thank, None);
    }
}

/// States of products, in the order of a reader's interest.
const STATUSES: [(&str, &str); 8] = [
    ("known_affected", "Affected"),
    ("first_affected", "First affected"),
    ("last_affected", "Last affected"),
    ("fixed", "Fixed"),
    ("first_fixed", "First fixed"),
    ("recommended", "Recommended"),
    ("known_not_affected", "Not affected"),
    ("under_investigation", "Under investigation"),
];

/// Scores of 2.0 (`scores`) and 2.1 (`metrics`).
fn scores(vulnerability: &Value) -> Vec<String> {
    let flat = list(&vulnerability["scores"]);
    let held = list(&vulnerability["metrics"]).map(|metric| &metric["content"]);
    let mut out = Vec::new();
    for score in flat.chain(held) {
        for version in ["cvss_v4", "cvss_v3", "cvss_v2"] {
            let cvss = &score[version];
            if let Some(base) = cvss["baseScore"].as_f64() {
                let severity = text(&cvss["baseSeverity"]).to_lowercase();
                let line = format!("CVSS {} {base} {severity} {}", text(&cvss["version"]), text(&cvss["vectorString"]));
                let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
                if !out.contains(&line) {
                    out.push(line);
                }
            }
        }
    }
    out
}

fn write_references(of: &Value, body: &mut Body) {
    let references: Vec<&Value> = list(&of["references"]).take(LISTED).collect();
    if !references.is_empty() {
        body.heading(3, "References", None);
    }
    for reference in references {
        let (summary, url) = (text(&reference["summary"]), text(&reference["url"]));
        body.item(format!("{summary} {url}").trim());
    }
}

fn acknowledgment(of: &Value) -> String {
    let names: Vec<&str> = list(&of["names"]).map(text).collect();
    let mut said = names.join(", ");
    for (part, before) in [(text(&of["organization"]), ", "), (text(&of["summary"]), ": ")] {
        if !part.is_empty() {
            if !said.is_empty() {
                said.push_str(before);
            }
            said.push_str(part);
        }
    }
    said
}

/// Products by id.
#[derive(Default)]
struct Products {
    names: HashMap<String, String>,
    order: Vec<String>,
}

impl Products {
    fn name<'n>(&'n self, id: &'n str) -> Option<&'n str> {
        self.names.get(id).map(String::as_str).or(Some(id)).filter(|name| !name.is_empty())
    }

    fn take(&mut self, product: &Value) {
        let (id, name) = (text(&product["product_id"]), text(&product["name"]));
        if !id.is_empty() && !name.is_empty() && self.names.insert(id.to_owned(), name.to_owned()).is_none() {
            self.order.push(name.to_owned());
        }
    }
}

fn products(tree: &Value) -> Products {
    let mut products = Products::default();
    let mut open: Vec<(&Value, usize)> = vec![(tree, 0)];
    while let Some((branch, depth)) = open.pop() {
        products.take(&branch["product"]);
        if depth < BRANCHES {
            let inner: Vec<(&Value, usize)> = list(&branch["branches"]).map(|b| (b, depth + 1)).collect();
            open.extend(inner.into_iter().rev());
        }
    }
    list(&tree["full_product_names"]).for_each(|product| products.take(product));
    list(&tree["relationships"]).for_each(|related| products.take(&related["full_product_name"]));
    products
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_advisory_is_told_from_other_json() {
        assert!(is_csaf(b"{\"document\": {\"csaf_version\" : \"2.0\"}}"));
        assert!(!is_csaf(b"{\"title\": \"the field \\\"csaf_version\\\" of a document\"}"));
        assert!(!is_csaf(b"[{\"document\": {\"csaf_version\": \"2.0\"}}]"));
        assert_eq!(read(b"{\"document\": {}, \"csaf_version\": 1}").unwrap_err(), Skipped::Format("JSON".into()));
    }

    #[test]
    fn branches_that_never_end_are_cut() {
        let deep = format!(
            "{{\"document\":{{\"csaf_version\":\"2.0\",\"title\":\"Gate\"}},\"product_tree\":{}{}}}",
            "{\"branches\":[".repeat(50),
            "]}".repeat(50)
        );
        assert!(read(deep.as_bytes()).is_ok());
        let deeper = format!("{{\"document\":{{\"csaf_version\":\"2.0\"}},\"x\":{}", "[".repeat(100_000));
        assert!(matches!(read(deeper.as_bytes()), Err(Skipped::Broken(_))));
    }
}
