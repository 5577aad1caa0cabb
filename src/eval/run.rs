//! What a search program found: a TREC run.

use super::{LineError, wrong};
use std::collections::{BTreeMap, HashSet};

/// Documents by query, best first.
///
/// ```
/// let run = demarche::eval::Run::parse("q1 Q0 a 1 2.5 x\nq1 Q0 b 2 3.5 x\n").unwrap();
/// assert_eq!(run.documents("q1"), ["b", "a"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    queries: BTreeMap<String, Vec<String>>,
}

impl Run {
    /// Reads lines of query, Q0, document, rank, score and name. The order is that of `trec_eval`: by score, read as a number of 32 bits;
    /// among equal scores the document that comes later in the alphabet is first. The rank is not looked at. Where a line has tabs it is
    /// parted at them alone, so that a document's name may hold spaces.
    ///
    /// # Errors
    /// A line with other than six fields, a score that is no number, a document found twice for a query.
    pub fn parse(text: &str) -> Result<Run, LineError> {
        let mut found: BTreeMap<String, Vec<(f32, String)>> = BTreeMap::new();
        let mut seen = HashSet::new();
        for (number, line) in text.lines().enumerate() {
            let mut fields: Vec<&str> = line.split('\t').collect();
            if fields.len() < 6 {
                fields = line.split_whitespace().collect();
            }
            let [query, _, document, _, score, _] = fields.as_slice() else {
                if line.trim().is_empty() {
                    continue;
                }
                return wrong(number, "a hit has six fields: query, Q0, document, rank, score, name of the run");
            };
            let Some(score) = score.trim().parse::<f32>().ok().filter(|s| !s.is_nan()) else {
                return wrong(number, format!("`{score}` is no score"));
            };
            if !seen.insert(((*query).to_owned(), (*document).to_owned())) {
                return wrong(number, format!("{document} is found twice for query {query}"));
            }
            found.entry((*query).to_owned()).or_default().push((score, (*document).to_owned()));
        }
        let mut run = Run::default();
        for (query, mut hits) in found {
            hits.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| b.1.cmp(&a.1)));
            run.queries.insert(query, hits.into_iter().map(|(_, document)| document).collect());
        }
        Ok(run)
    }

    /// Adds what was found for a query, in any order.
    ///
    /// ```
    /// let mut run = demarche::eval::Run::default();
    /// run.insert("q1", vec![("a".to_owned(), 2.5), ("b".to_owned(), 3.5)]);
    /// assert_eq!(run.documents("q1"), ["b", "a"]);
    /// ```
    pub fn insert(&mut self, query: &str, mut hits: Vec<(String, f32)>) {
        hits.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| b.0.cmp(&a.0)));
        self.queries.insert(query.to_owned(), hits.into_iter().map(|(document, _)| document).collect());
    }

    /// The documents found for a query, best first.
    pub fn documents(&self, query: &str) -> &[String] {
        self.queries.get(query).map_or(&[], Vec::as_slice)
    }

    /// The same run with each document by another name; of two that come to share one the better stays.
    pub fn renamed(self, name: impl Fn(&str) -> String) -> Run {
        let rename = |documents: Vec<String>| {
            let mut seen = HashSet::new();
            documents.iter().map(|d| name(d)).filter(|d| seen.insert(d.clone())).collect()
        };
        Run { queries: self.queries.into_iter().map(|(query, documents)| (query, rename(documents))).collect() }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn order_is_by_score_then_backwards_by_name() {
        let run = Run::parse("q Q0 a 1 1.0 x\nq Q0 c 2 1.0 x\nq Q0 b 3 2.0 x\nr\tQ0\tmy note\t1\t-1\tx\n").unwrap();
        assert_eq!(run.documents("q"), ["b", "c", "a"]);
        assert_eq!(run.documents("r"), ["my note"]);
        assert!(run.documents("s").is_empty());
        // Beyond the digits of 32 bits two scores are one.
        let run = Run::parse("q Q0 a 1 1.00000002 x\nq Q0 b 2 1.00000001 x").unwrap();
        assert_eq!(run.documents("q"), ["b", "a"]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, line) in [("q Q0 d 1 2", 1), ("\nq Q0 d 1 high x", 2), ("q Q0 d 1 2 x\nq Q0 d 2 1 x", 2)] {
            assert_eq!(Run::parse(text).unwrap_err().line, line, "{text}");
        }
    }
}
