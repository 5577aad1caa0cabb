//! Which documents answer a query, and how well: TREC's "qrels".

use super::{LineError, wrong};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Grades of documents by query.
///
/// ```
/// let judged = demarche::eval::Judgements::parse("q1 0 note-7 2\nq1 0 note-9 0\n").unwrap();
/// assert_eq!(judged.grade("q1", "note-7"), 2);
/// assert_eq!(judged.grade("q1", "unknown"), 0);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgements {
    queries: BTreeMap<String, HashMap<String, i64>>,
    documents: HashSet<String>,
}

impl Judgements {
    /// Reads lines of query, iteration (not looked at), document and grade; a grade above 0 is relevant.
    ///
    /// # Errors
    /// A line with other than four fields, a grade that is no whole number, a document judged twice for a query.
    pub fn parse(text: &str) -> Result<Judgements, LineError> {
        let mut out = Judgements::default();
        for (number, line) in text.lines().enumerate() {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let [query, _, document, grade] = fields.as_slice() else {
                if fields.is_empty() {
                    continue;
                }
                return wrong(number, "a judgement has four fields: query, 0, document, grade");
            };
            let Ok(grade) = grade.parse::<i64>() else { return wrong(number, format!("`{grade}` is no grade")) };
            if out.queries.entry((*query).to_owned()).or_default().insert((*document).to_owned(), grade).is_some() {
                return wrong(number, format!("{document} is judged twice for query {query}"));
            }
            out.documents.insert((*document).to_owned());
        }
        Ok(out)
    }

    /// The queries that are judged, in order.
    pub fn queries(&self) -> impl Iterator<Item = &str> {
        self.queries.keys().map(String::as_str)
    }

    /// The grade of a document, 0 where it is not judged or judged below it.
    pub fn grade(&self, query: &str, document: &str) -> u64 {
        let grade = self.queries.get(query).and_then(|docs| docs.get(document)).copied().unwrap_or(0);
        u64::try_from(grade).unwrap_or(0)
    }

    /// The grades above 0 of a query, best first.
    pub(super) fn ideal(&self, query: &str) -> Vec<u64> {
        let docs = self.queries.get(query);
        let mut grades: Vec<u64> = docs.into_iter().flat_map(HashMap::values).filter_map(|g| u64::try_from(*g).ok()).collect();
        grades.retain(|g| *g > 0);
        grades.sort_unstable_by(|a, b| b.cmp(a));
        grades
    }

    /// The name that judgements use for the document at a path: the path itself, its file name, or that without its endings.
    ///
    /// ```
    /// let judged = demarche::eval::Judgements::parse("q1 0 note-7 2").unwrap();
    /// assert_eq!(judged.name_of("saved/2021/note-7.html.gz"), "note-7");
    /// assert_eq!(judged.name_of("saved/other.txt"), "saved/other.txt");
    /// ```
    pub fn name_of<'p>(&self, path: &'p str) -> &'p str {
        let file = path.rsplit('/').next().unwrap_or(path);
        let mut name = file;
        let mut names = vec![path, file];
        while let Some((stem, _)) = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()) {
            names.push(stem);
            name = stem;
        }
        names.into_iter().find(|n| self.documents.contains(*n)).unwrap_or(path)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, line) in [("q 0 d", 1), ("q 0 d 1\n\nq 0 e one", 3), ("q 0 d 1\nq 0 d 2", 2)] {
            assert_eq!(Judgements::parse(text).unwrap_err().line, line, "{text}");
        }
        assert_eq!(Judgements::parse("q 0 d -1\nq 0 e 3\nq 0 f 1").unwrap().ideal("q"), [3, 1]);
    }
}
