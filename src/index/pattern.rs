//! Terms that a pattern stands for in the index at hand.

use super::fuzzy::Fuzzy;
use super::plan::{Pattern, Plan};
use super::reader::Reader;
use super::schema::Field;
use crate::analysis::{Analyzer, Language};
use crate::error::Result;
use regex::{Regex, RegexBuilder};
use std::collections::{BTreeMap, BTreeSet};
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, SegmentReader, TERMINATED};

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
            let terms = terms.into_iter().map(|(_, term)| term);
            if matches!(pattern, Pattern::Regex(_)) {
                // Words as they are written are found by their terms.
                let mut analyzer = Analyzer::default();
                let terms: BTreeSet<String> = terms.flat_map(|word| analyzer.plain(&word)).map(|(term, _)| term).collect();
                word.terms = terms.into_iter().collect();
                word.fields = vec![Field::Title, Field::Body];
            } else {
                word.terms = terms.collect();
            }
        }
        Ok(())
    }

    /// The terms of a field that a pattern matches, with the number of live documents that hold them.
    pub(super) fn terms_like(&self, segment: &SegmentReader, field: Field, pattern: &Pattern) -> Result<Vec<(String, u32)>> {
        let fail = |e: std::io::Error| self.fail()(e.into());
        let inverted = segment.inverted_index(self.slots.of(field)).map_err(self.fail())?;
        let mut found = Vec::new();
        let mut keep = |term: &str, info: &TermInfo| -> Result<()> {
            let count = if segment.has_deletes() {
                let list = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic).map_err(fail)?;
                super::postings::live_count(segment, &list)
            } else {
                info.doc_freq
            };
            found.push((term.to_owned(), count));
            Ok(())
        };
        match pattern {
            Pattern::Wild(pattern) => {
                let begin = pattern.split('*').next().unwrap_or_default();
                let mut stream = inverted.terms().range().ge(begin.as_bytes()).into_stream().map_err(fail)?;
                while let Some((term, info)) = stream.next().filter(|(term, _)| term.starts_with(begin.as_bytes())) {
                    let Ok(term) = std::str::from_utf8(term) else { continue };
                    if glob(pattern, term) {
                        keep(term, info)?;
                    }
                }
                // `attribution*` means what `attribution` means too, although its stem is shorter.
                let whole = pattern.strip_suffix('*').filter(|p| !p.contains('*')).map(|p| Analyzer::default().plain(p));
                let whole = whole.filter(|terms| terms.len() == 1).and_then(|mut terms| terms.pop()).map(|(term, _)| term);
                if let Some(term) = whole.filter(|t| !t.starts_with(begin)) {
                    let info = inverted.get_term_info(&tantivy::Term::from_field_text(self.slots.of(field), &term)).map_err(fail)?;
                    info.map_or(Ok(()), |info| keep(&term, &info))?;
                }
            }
            Pattern::Fuzzy(word, most) => {
                // The first letter is taken to be right, as it nearly always is.
                let Some(fuzzy) = Fuzzy::new(word, *most, true, false) else { return Ok(found) };
                let mut stream = inverted.terms().search(fuzzy).into_stream().map_err(fail)?;
                while let Some((term, info)) = stream.next() {
                    if let Ok(term) = std::str::from_utf8(term) {
                        keep(term, info)?;
                    }
                }
            }
            Pattern::Regex(pattern) => {
                let Ok(regex) = word_regex(pattern) else { return Ok(found) };
                let mut stream = inverted.terms().stream().map_err(fail)?;
                while let Some((term, info)) = stream.next() {
                    if let Ok(term) = std::str::from_utf8(term)
                        && regex.is_match(term)
                    {
                        keep(term, info)?;
                    }
                }
            }
        }
        Ok(found)
    }

    /// Words of the articles that are spelt like one that none of them has: the nearest first, of these the most frequent.
    pub(crate) fn spelt_like(&self, word: &str, limit: usize) -> Result<Vec<String>> {
        let fail = |e: std::io::Error| self.fail()(e.into());
        let letters = word.chars().count();
        let most = if letters < 4 || word.chars().any(|c| c.is_ascii_digit()) { 0 } else { 1 + usize::from(letters > 7) };
        let Some(fuzzy) = Fuzzy::new(word, most, false, true).filter(|_| most > 0) else { return Ok(Vec::new()) };
        let mut found: BTreeMap<String, (u8, u64)> = BTreeMap::new();
        for segment in &self.segments {
            let inverted = segment.inverted_index(self.slots.exact).map_err(self.fail())?;
            let mut stream = inverted.terms().search(fuzzy.clone()).into_stream().map_err(fail)?;
            while let Some((term, info)) = stream.next() {
                let Ok(term) = std::str::from_utf8(term) else { continue };
                let list = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic).map_err(fail)?;
                let count = u64::from(super::postings::live_count(segment, &list));
                if let Some(distance) = fuzzy.distance(term).filter(|_| count > 0) {
                    let sum = found.entry(term.to_lowercase()).or_insert((distance, 0));
                    sum.1 += count;
                }
            }
        }
        let mut found: Vec<(String, (u8, u64))> = found.into_iter().collect();
        found.sort_by(|a, b| a.1.0.cmp(&b.1.0).then(b.1.1.cmp(&a.1.1)).then_with(|| a.0.cmp(&b.0)));
        Ok(found.into_iter().take(limit).map(|(word, _)| word).collect())
    }

    /// The languages of the articles that have stemmers of their own.
    pub(crate) fn languages(&self) -> Result<Vec<Language>> {
        let mut languages = Vec::new();
        for segment in &self.segments {
            self.each_term(segment, self.slots.lang, "", |term, mut list| {
                let live = segment.alive_bitset().is_none_or(|alive| {
                    while list.doc() != TERMINATED && !alive.is_alive(list.doc()) {
                        list.advance();
                    }
                    list.doc() != TERMINATED
                });
                let language = std::str::from_utf8(term).ok().filter(|_| live).and_then(Language::of);
                languages.extend(language.filter(|l| !languages.contains(l)));
                true
            })?;
        }
        languages.sort_by_key(|l| l.code());
        Ok(languages)
    }
}

/// A regular expression for whole words, bounded in size.
pub(crate) fn word_regex(pattern: &str) -> std::result::Result<Regex, String> {
    const MOST: usize = 1 << 20;
    let build = |p: &str| RegexBuilder::new(p).case_insensitive(true).size_limit(MOST).dfa_size_limit(MOST).build();
    // By itself first, so that the mistake is told of what was written.
    let told = |e: regex::Error| e.to_string().lines().last().unwrap_or_default().trim().trim_start_matches("error: ").to_owned();
    build(pattern).map_err(told)?;
    build(&format!("^(?:{pattern})$")).map_err(told)
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
}
