//! Terms that a pattern stands for in the index at hand.

use super::plan::{Pattern, Plan};
use super::reader::Reader;
use super::schema::Field;
use crate::analysis::Analyzer;
use crate::error::Result;
use std::collections::BTreeMap;
use tantivy::SegmentReader;
use tantivy::schema::IndexRecordOption;

/// Most terms of a pattern that count for the rank; all of them match.
const COUNTED: usize = 64;

impl Reader {
    /// Fills in the terms of a plan's patterns, the most frequent first.
    pub(crate) fn expand(&self, plan: &mut Plan) -> Result<()> {
        for word in &mut plan.wanted {
            let Some(pattern) = &word.pattern else { continue };
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for segment in &self.segments {
                for &field in &word.fields {
                    for (term, count) in self.terms_like(segment, field, pattern)? {
                        *counts.entry(term).or_default() += u64::from(count);
                    }
                }
            }
            let mut terms: Vec<(u64, String)> = counts.into_iter().map(|(term, count)| (count, term)).collect();
            terms.retain(|(count, _)| *count > 0);
            terms.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            terms.truncate(COUNTED);
            word.terms = terms.into_iter().map(|(_, term)| term).collect();
        }
        Ok(())
    }

    /// The terms of a field that a pattern matches, with the number of live documents that hold them.
    pub(super) fn terms_like(&self, segment: &SegmentReader, field: Field, pattern: &Pattern) -> Result<Vec<(String, u32)>> {
        let fail = |e: std::io::Error| self.fail()(e.into());
        let inverted = segment.inverted_index(self.slots.of(field)).map_err(self.fail())?;
        let begin = match pattern {
            Pattern::Wild(pattern) => pattern.split('*').next().unwrap_or_default(),
            // The first letter is taken to be right, as it nearly always is; it keeps the search to a part of the vocabulary.
            Pattern::Fuzzy(word, _) => word.chars().next().map_or("", |c| &word[..c.len_utf8()]),
        };
        let whole = match pattern {
            // `attribution*` means what `attribution` means too, although its stem is shorter.
            Pattern::Wild(pattern) => pattern.strip_suffix('*').filter(|p| !p.contains('*')).map(|p| Analyzer::default().plain(p)),
            Pattern::Fuzzy(..) => None,
        };
        let whole = whole.filter(|terms| terms.len() == 1).and_then(|mut terms| terms.pop()).map(|(term, _)| term);
        let mut found = Vec::new();
        let mut keep = |term: &str, info: &tantivy::postings::TermInfo| -> Result<()> {
            let count = if segment.has_deletes() {
                let list = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic).map_err(fail)?;
                super::postings::live_count(segment, &list)
            } else {
                info.doc_freq
            };
            found.push((term.to_owned(), count));
            Ok(())
        };
        let mut stream = inverted.terms().range().ge(begin.as_bytes()).into_stream().map_err(fail)?;
        while let Some((term, info)) = stream.next().filter(|(term, _)| term.starts_with(begin.as_bytes())) {
            let Ok(term) = std::str::from_utf8(term) else { continue };
            let matches = match pattern {
                Pattern::Wild(pattern) => glob(pattern, term),
                Pattern::Fuzzy(word, most) => differ_by(word, term, *most),
            };
            if matches {
                keep(term, info)?;
            }
        }
        if let Some(term) = whole.filter(|t| !t.starts_with(begin)) {
            let info = inverted.get_term_info(&tantivy::Term::from_field_text(self.slots.of(field), &term)).map_err(fail)?;
            info.map_or(Ok(()), |info| keep(&term, &info))?;
        }
        Ok(found)
    }
}

/// Whether `text` is the pattern with letters in place of each `*`. Takes the leftmost place of each part: linear in practice, never more
/// than the product of the lengths.
fn glob(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// Whether at most `most` letters were added, left out, changed, or swapped with their neighbour.
fn differ_by(a: &str, b: &str, most: usize) -> bool {
    if a.len().abs_diff(b.len()) > most * 4 {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    // Optimal string alignment, three rows of the table.
    let (mut before, mut last, mut row) = (vec![0; b.len() + 1], (0..=b.len()).collect::<Vec<_>>(), vec![0; b.len() + 1]);
    for (i, &x) in a.iter().enumerate() {
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let mut least = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                least = least.min(before[j - 1] + 1);
            }
            row[j + 1] = least;
        }
        if row.iter().min().is_some_and(|&least| least > most) {
            return false;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last[b.len()] <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_letters() {
        for (pattern, text, matches) in [
            ("crypto*", "cryptograph", true),
            ("crypto*", "crypto", true),
            ("*ware", "malware", true),
            ("ran*ware", "ransomware", true),
            ("ran*ware", "ranwar", false),
            ("a*b*c", "abc", true),
            ("a*b*c", "acb", false),
            ("aa*aa", "aaa", false),
        ] {
            assert_eq!(glob(pattern, text), matches, "{pattern} {text}");
        }
    }

    #[test]
    fn letters_that_differ_are_counted() {
        for (a, b, most) in [("hafnium", "hafnium", 0), ("hafnium", "hafinum", 1), ("hafnium", "hafnum", 1), ("hafnium", "haffniun", 2)] {
            assert!(differ_by(a, b, most) && (most == 0 || !differ_by(a, b, most - 1)), "{a} {b}");
            assert!(differ_by(b, a, most));
        }
    }
}
