//! Every file of `corpus/` is read as `tests/corpus.tsv` says it must be: title, authors, publisher, day, language, the ends of the
//! body and what must be gone from it, who is named and who is not, and which days are meant.

use demarche::knowledge::Knowledge;
use demarche::{Article, Reader, walk::walk};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const TABLE: &str = include_str!("../corpus.tsv");

/// A line of the table: the cells under their headings.
struct Row(BTreeMap<&'static str, &'static str>);

impl Row {
    /// The cell under `heading`, or `None` where the table leaves it unchecked.
    fn cell(&self, heading: &str) -> Option<&'static str> {
        self.0.get(heading).copied().filter(|cell| *cell != "?")
    }

    /// The parts of a list.
    fn list(&self, heading: &str) -> Vec<&'static str> {
        self.cell(heading).map(|cell| cell.split(" | ").collect()).unwrap_or_default()
    }

    fn file(&self) -> &'static str {
        self.0["file"]
    }
}

fn table() -> Vec<Row> {
    let headings: Vec<_> = TABLE.lines().rfind(|l| l.starts_with('#')).unwrap().trim_start_matches('#').split('\t').collect();
    let rows = TABLE.lines().filter(|l| !l.starts_with('#'));
    rows.map(|line| {
        let cells: Vec<_> = line.split('\t').collect();
        assert_eq!(cells.len(), headings.len(), "{line}");
        Row(headings.iter().copied().zip(cells).collect())
    })
    .collect()
}

/// Files below `corpus/` by their path in it, without the folder's own README.
fn files() -> Vec<(String, std::path::PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let (found, failed) = walk(&root);
    assert!(failed.is_empty(), "{failed:?}");
    let named = found.into_iter().map(|f| (f.path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/"), f.path));
    named.filter(|(name, _)| name != "README.md").collect()
}

#[test]
fn every_file_of_the_corpus_has_its_line() {
    let listed: BTreeSet<_> = table().iter().map(Row::file).filter(|f| !f.ends_with("/*")).map(str::to_owned).collect();
    let present: BTreeSet<_> = files().into_iter().map(|(name, _)| name).collect();
    assert_eq!(listed, present);
    assert!(present.len() >= 48);
}

#[test]
fn every_article_of_the_corpus_is_read_as_it_must_be() {
    let (rows, reader) = (table(), Reader::new(Knowledge::builtin()));
    let mut wrong = Vec::new();
    for (name, path) in files() {
        let folder = format!("{}/*", name.split('/').next().unwrap());
        let article = reader.read_file(&path).unwrap_or_else(|skipped| panic!("{name}: {skipped:?}"));
        let own = rows.iter().find(|r| r.file() == name).unwrap();
        let known = own.list("known");
        for row in rows.iter().filter(|r| r.file() == name || r.file() == folder) {
            let faults = faults(row, &article).into_iter().filter(|(heading, _)| !known.contains(heading));
            wrong.extend(faults.map(|(heading, fault)| format!("{name}\t{heading}\t{fault}")));
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

/// What the row asks for and the article does not show, with the heading it stands under.
fn faults(row: &Row, article: &Article) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    let authors = article.authors.join("; ");
    let said = [
        ("title", article.title.as_deref()),
        ("authors", Some(authors.as_str()).filter(|a| !a.is_empty())),
        ("publisher", article.publisher.as_deref()),
        ("published", article.published.as_deref()),
        ("language", article.language.as_deref()),
    ];
    for (heading, is) in said {
        if let Some(wanted) = row.cell(heading)
            && is.unwrap_or("-") != wanted
        {
            faults.push((heading, format!("is {}, not {wanted}", is.unwrap_or("-"))));
        }
    }
    faults.extend(body_faults(row, &article.body));
    let named = |ids: &str| ids.split('/').any(|id| article.actors.iter().any(|m| m.id == id));
    faults.extend(row.list("names").into_iter().filter(|id| !named(id)).map(|id| ("names", format!("misses {id}"))));
    faults.extend(row.list("not").into_iter().filter(|id| named(id)).map(|id| ("not", format!("names {id}"))));
    for wanted in row.list("dates") {
        let (surface, value) = wanted.split_once('=').unwrap();
        let found: Vec<_> = article.dates.iter().filter(|d| d.surface.contains(surface)).map(|d| d.value.as_str()).collect();
        if !found.contains(&value) {
            faults.push(("dates", format!("{surface} is {found:?}, not {value}")));
        }
    }
    faults
}

fn body_faults(row: &Row, body: &str) -> Vec<(&'static str, String)> {
    // A line break inside a paragraph is not the question here.
    let body = body.split_whitespace().collect::<Vec<_>>().join(" ");
    if row.cell("first") == Some("(empty)") {
        let fault = (!body.is_empty()).then(|| ("first", format!("has a body: {}", body.chars().take(60).collect::<String>())));
        return fault.into_iter().collect();
    }
    let mut faults = Vec::new();
    for heading in ["first", "last", "has"] {
        faults.extend(row.list(heading).into_iter().filter(|p| !body.contains(p)).map(|p| (heading, format!("misses “{p}”"))));
    }
    faults.extend(row.list("lacks").into_iter().filter(|p| body.contains(p)).map(|p| ("lacks", format!("holds “{p}”"))));
    faults
}
