//! The passage of a text that answers a query best, with the places to light up.

use crate::analysis::Analyzer;
use crate::article::Span;
use crate::index::Plan;
use serde::Serialize;
use std::collections::HashMap;

/// Length of a snippet in bytes, about two lines of a terminal.
const LENGTH: usize = 240;
/// Matches of one passage that are looked at.
const CROWD: usize = 40;
/// How much of a text is looked at, in bytes.
const LOOK: usize = 1 << 20;

/// A passage of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// Whole words of the text, white space collapsed; `…` where it begins or ends inside a sentence.
    pub text: String,
    /// Bytes of `text` that match the query, in order, as `[start, end]`.
    pub highlights: Vec<(usize, usize)>,
}

/// One place that matches.
struct Match {
    span: Span,
    /// Which of the query's words.
    word: usize,
    weight: f32,
}

/// The best passages for the words of a plan, best first: one at least, at most `most`. `weights` says what each word is worth; `lit` are
/// places that match for another reason.
pub(crate) fn passages(body: &str, language: Option<&str>, plan: &Plan, weights: &[f32], lit: &[Span], most: usize) -> Vec<Snippet> {
    let end = (0..=body.len().min(LOOK)).rev().find(|&i| body.is_char_boundary(i)).unwrap_or(0);
    let text = body.get(..end).unwrap_or_default();
    let matches = matches(text, language, plan, weights, lit);
    let more = end < body.len();
    let mut left: Vec<&Match> = matches.iter().collect();
    let mut found = Vec::new();
    while found.len() < most {
        let Some(first) = best_window(&left) else { break };
        let (snippet, used) = cut(text, sentence_start(text, first), more, &matches);
        left.retain(|m| m.span.end <= used.start || m.span.start >= used.end);
        // A place that cannot be shown is not looked for again.
        left.retain(|m| m.span.start != first);
        found.push(snippet);
    }
    if found.is_empty() {
        found.push(cut(text, 0, more, &matches).0);
    }
    found
}

fn matches(text: &str, language: Option<&str>, plan: &Plan, weights: &[f32], lit: &[Span]) -> Vec<Match> {
    let all_stop = plan.wanted.iter().all(|w| w.stop);
    let weight = |i: usize| weights.get(i).copied().filter(|w| *w > 0.0).unwrap_or(1.0);
    let words: HashMap<&str, (usize, f32)> = plan
        .wanted
        .iter()
        .enumerate()
        .filter(|(_, w)| (!w.stop || all_stop) && !w.added)
        .flat_map(|(i, w)| w.terms.iter().map(move |t| (t.as_str(), (i, weight(i)))))
        .collect();
    let mut found = Vec::new();
    if !words.is_empty() {
        let mut analyzer = Analyzer::looking_for(words.keys().copied());
        analyzer.speak(language);
        analyzer.terms(text, |t| {
            if let Some(&(word, weight)) = words.get(t.term) {
                found.push(Match { span: t.span, word, weight });
            }
        });
    }
    let strongest = weights.iter().copied().fold(1.0, f32::max);
    let others = lit.iter().filter(|s| s.of(text).is_some()).map(|&span| Match { span, word: usize::MAX, weight: strongest });
    found.extend(others);
    found.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    found
}

/// Start of the first of the best passages: many different words, rare ones, close to each other.
fn best_window(matches: &[&Match]) -> Option<usize> {
    let mut best: Option<(f32, usize)> = None;
    for (i, first) in matches.iter().enumerate() {
        let (mut score, mut seen, mut last): (f32, Vec<usize>, &Match) = (0.0, Vec::new(), first);
        let inside = matches.get(i..).unwrap_or_default().iter().take(CROWD);
        for next in inside.take_while(|m| m.span.end <= first.span.start + LENGTH * 3 / 4) {
            let new = !seen.contains(&next.word);
            score += if new { next.weight } else { next.weight * 0.1 };
            // Next to each other they mean what they mean in the query.
            if new && next.word != last.word {
                let between = next.span.start.saturating_sub(last.span.end).max(1) as f32;
                score += next.weight.min(last.weight) * 0.5 / between;
            }
            if new {
                seen.push(next.word);
            }
            last = next;
        }
        if best.is_none_or(|(top, _)| score > top + 1e-3) {
            best = Some((score, first.span.start));
        }
    }
    best.map(|(_, start)| start)
}

/// Where to begin so that the match at `at` is read with what leads to it: its sentence, or some words before.
fn sentence_start(text: &str, at: usize) -> usize {
    let from = (at.saturating_sub(LENGTH / 4)..=at).find(|&i| text.is_char_boundary(i)).unwrap_or(at);
    let before = text.get(from..at).unwrap_or_default();
    let mut ends = before.char_indices().filter(|(i, c)| {
        let rest = &before[i + c.len_utf8()..];
        *c == '\n' || (matches!(c, '.' | '!' | '?' | '。' | '।') && rest.starts_with([' ', '\n', '”', '"']))
    });
    let after = |i: usize| from + i + before[i..].chars().next().map_or(0, char::len_utf8);
    if let Some((i, _)) = ends.next_back() {
        return after(i);
    }
    if from == 0 {
        return 0;
    }
    // Not in the middle of a word.
    before.find(char::is_whitespace).map_or(at, after)
}

/// The passage that begins at `start`, and what part of the text it is.
fn cut(text: &str, start: usize, more: bool, matches: &[Match]) -> (Snippet, Span) {
    let rest = text.get(start..).unwrap_or_default();
    let start = start + (rest.len() - rest.trim_start().len());
    let mut out = Snippet::default();
    let inside = text.get(..start).unwrap_or_default().trim_end();
    if !inside.is_empty()
        && !inside.ends_with(['.', '!', '?', '。', '।', '”', '"', ':'])
        && !text.get(..start).is_some_and(|t| t.ends_with('\n'))
    {
        out.text.push('…');
    }
    let shift = out.text.len();
    // Old byte to new byte, while white space collapses.
    let mut places: Vec<(usize, usize)> = Vec::new();
    let (mut last_word, mut space) = (None, false);
    let mut complete = true;
    for (i, c) in text.get(start..).unwrap_or_default().char_indices() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if space {
            last_word = Some((out.text.len(), places.len()));
            // Rather a whole sentence than the beginning of another, where that is not what was looked for.
            let whole = out.text.len() - shift >= LENGTH / 2 && out.text.ends_with(['.', '!', '?', '”', '"']);
            let spare = LENGTH - (out.text.len() - shift).min(LENGTH);
            if out.text.len() - shift >= LENGTH
                || (whole && !matches.iter().any(|m| m.span.start >= start + i && m.span.end < start + i + spare))
            {
                complete = false;
                break;
            }
            out.text.push(' ');
            space = false;
        }
        places.push((start + i, out.text.len()));
        out.text.push(c);
        if out.text.len() - shift > LENGTH + 40 {
            // A word that does not end: cut before it, or inside it where it is all there is.
            if let Some((len, count)) = last_word.filter(|(len, _)| *len > shift) {
                out.text.truncate(len);
                places.truncate(count);
            }
            complete = false;
            break;
        }
    }
    let new = |old: usize| places.binary_search_by_key(&old, |p| p.0).ok().and_then(|i| places.get(i)).map(|p| p.1);
    let limit = out.text.len();
    for m in matches {
        let Some(from) = new(m.span.start) else { continue };
        // The end is the end of the last character inside.
        let last = places.partition_point(|p| p.0 < m.span.end);
        let to = places.get(last).map_or(limit, |p| p.1);
        let to = out.text.get(from..to).map_or(from, |s| from + s.trim_end().len());
        if out.highlights.last().is_none_or(|h| h.1 <= from) && to > from {
            out.highlights.push((from, to));
        }
    }
    if (!complete || more) && !out.text.ends_with(['.', '!', '?', '”']) {
        out.text.push('…');
    }
    let end = places.last().map_or(start, |p| p.0 + 1);
    (out, Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Query, lower};

    fn lit(body: &str, query: &str) -> (String, Vec<String>) {
        let snippet = passages(body, None, &lower(&Query::words(query), &[]), &[], &[], 1).remove(0);
        let lit = snippet.highlights.iter().map(|&(a, b)| snippet.text[a..b].to_owned()).collect();
        (snippet.text, lit)
    }

    #[test]
    fn inflected_forms_are_lit() {
        let (text, lit) = lit("Officials accused the group.\n\nThe accusation was denied.", "accuse officials");
        assert_eq!(text, "Officials accused the group. The accusation was denied.");
        assert_eq!(lit, ["Officials", "accused", "accusation"]);
    }

    #[test]
    fn the_passage_with_most_words_is_taken() {
        let filler = "Nothing of note happened on that day either. ".repeat(20);
        let (text, lit) = lit(
            &format!("A router failed. {filler}The router of the ministry was breached through a router flaw. {filler}"),
            "ministry router breached",
        );
        assert!(text.starts_with("The router of the ministry"), "{text}");
        assert_eq!(lit, ["router", "ministry", "breached", "router"]);
        assert!(text.ends_with('…') || text.ends_with('.'));
    }

    #[test]
    fn several_passages_do_not_overlap() {
        let filler = "Nothing of note happened on that day either. ".repeat(20);
        let body = format!("A router failed. {filler}The ministry lost a router. {filler}A third router burned.");
        let plan = lower(&Query::words("ministry router"), &[]);
        let found = passages(&body, None, &plan, &[2.0, 1.0], &[], 5);
        let begin: Vec<&str> = found.iter().map(|s| s.text.split(' ').take(3).last().unwrap_or_default()).collect();
        assert_eq!(begin, ["lost", "failed.", "router"], "{found:?}");
        assert_eq!(passages(&body, None, &plan, &[], &[], 2).len(), 2);
        assert_eq!(passages("No such word.", None, &plan, &[], &[], 3).len(), 1);
    }

    #[test]
    fn words_without_end_are_cut() {
        let (text, _) = lit(&"x".repeat(100_000), "y");
        assert!(text.len() < 400);
        let (text, _) = lit(&"é".repeat(100_000), "y");
        assert!(text.len() < 400);
        assert_eq!(lit("", "y").0, "");
    }
}
