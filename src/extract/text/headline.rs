//! The headline of a text without mark-up: the line above the article that looks, stands and speaks like one.
//!
//! A linear ranking: each candidate is described by the rows of [`WEIGHTS`], and the best is taken if it is good enough. The weights were fitted on pages
//! whose headline is known, as the chance of a line to be chosen from its page (conditional logit, McFadden 1974).

use super::lines::{Shape, core, fold};
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

/// Least score of a line that is taken for the headline.
const LEAST: f32 = 4.5;

/// A line that may be the headline.
struct Candidate<'a> {
    line: &'a str,
    shape: &'a Shape,
    /// Lines down to the core of the text; negative within it.
    above: i32,
    /// How often the page has the line.
    times: usize,
    /// It stands again within a few lines: in the path to the page, or over a picture.
    again: bool,
    /// Share of its longer words that the core says.
    said: f32,
    /// How often the lines of the page say its longer words, as a logarithm.
    frequent: f32,
    longer_words: usize,
    /// A byline or date stands just below, just above.
    signed_below: bool,
    signed_above: bool,
    prose_below: bool,
    prose_above: usize,
}

/// A name, its weight, and how much of it a candidate has.
type Weight = (&'static str, f32, fn(&Candidate<'_>) -> f32);

const WEIGHTS: &[Weight] = &[
    ("one word", -1.5, |c| flag(c.shape.words == 1)),
    ("two words", -1.3, |c| flag(c.shape.words == 2)),
    ("three words", -0.6, |c| flag(c.shape.words == 3)),
    ("four to six words", 1.9, |c| flag((4..7).contains(&c.shape.words))),
    ("seven to twelve words", 3.4, |c| flag((7..13).contains(&c.shape.words))),
    ("up to twenty words", 2.9, |c| flag((13..21).contains(&c.shape.words))),
    ("up to thirty words", 0.9, |c| flag((21..31).contains(&c.shape.words))),
    ("more words", -1.1, |c| flag(c.shape.words > 30)),
    ("full stop", -4.1, |c| flag(c.shape.stops)),
    ("question", -0.7, |c| flag(c.line.ends_with('?'))),
    ("colon", -3.4, |c| flag(c.line.ends_with(':'))),
    ("comma", -2.7, |c| flag(c.line.ends_with(','))),
    ("date", -5.7, |c| flag(c.shape.date)),
    ("byline", -4.0, |c| flag(c.shape.byline)),
    ("bar of entries", -5.9, |c| flag(c.shape.bar)),
    ("mostly numbers", -1.0, |c| flag(c.shape.numbers * 2 > c.shape.words)),
    ("said twice", -0.4, |c| flag(c.times == 2)),
    ("said three or four times", -0.8, |c| flag((3..5).contains(&c.times))),
    ("said more often", -2.3, |c| flag(c.times > 4)),
    ("said again close by", 2.0, |c| flag(c.again && c.shape.words > 1)),
    ("far above", -0.37, |c| (c.above.max(1) as f32).log2()),
    ("below", -1.8, |c| flag(c.above <= 0)),
    ("far below", -0.54, |c| ((1 - c.above).max(1) as f32).log2()),
    ("said in the text", 1.9, |c| c.said),
    ("three words said in the text", 1.35, |c| if c.longer_words > 2 { c.said } else { 0.0 }),
    ("byline or date below", 3.2, |c| flag(c.signed_below)),
    ("byline or date above", 0.5, |c| flag(c.signed_above)),
    ("running text below", 0.8, |c| flag(c.prose_below)),
    ("begins small", -1.3, |c| flag(c.line.starts_with(char::is_lowercase))),
    ("capitals", 1.0, |c| c.shape.capitals as f32 / c.shape.words.max(1) as f32),
    ("running text above", -1.3, |c| c.prose_above.min(3) as f32),
    ("words of the page", 1.4, |c| c.frequent),
    ("numbered", -3.6, |c| flag(c.shape.numbered)),
    ("words of a site", -2.0, |c| flag(c.shape.furniture)),
];

fn flag(yes: bool) -> f32 {
    f32::from(u8::from(yes))
}

/// Index of the headline among `lines` and how sure that is, from 0 to 1.
pub(super) fn find(lines: &[&str], shapes: &[Shape]) -> Option<(usize, f32)> {
    let (start, end) = core(shapes)?;
    let last = (start + 4).max((start + end) / 2 + 1).min(lines.len());
    let folded: Vec<String> = lines.iter().take(end + 1).map(|l| fold(l.get(..2000).unwrap_or(l))).collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    let mut said: HashSet<&str> = HashSet::new();
    // In how many lines a word stands, and in which it was seen last.
    let mut lines_with: HashMap<&str, (u32, usize)> = HashMap::new();
    for (i, line) in folded.iter().enumerate() {
        *times.entry(line).or_default() += 1;
        for word in line.split(' ').filter(|w| is_longer(w)) {
            let (lines, last) = lines_with.entry(word).or_insert((0, usize::MAX));
            if std::mem::replace(last, i) != i {
                *lines += 1;
                if i >= start {
                    said.insert(word);
                }
            }
        }
    }
    let signed = |range: std::ops::Range<usize>| shapes.get(range).unwrap_or_default().iter().any(|s| s.byline || (s.date && s.words < 12));
    let mut best: Option<(f32, usize)> = None;
    let mut prose_above = 0;
    for i in 0..last.min(folded.len()) {
        let shape = &shapes[i];
        let longer: Vec<&str> = folded[i].split(' ').filter(|w| is_longer(w)).take(60).collect();
        let frequent = |w: &&str| ((1 + lines_with.get(*w).map_or(0, |(lines, _)| *lines)) as f32).log2().min(4.0);
        let candidate = Candidate {
            line: lines[i],
            shape,
            above: start as i32 - i as i32,
            times: times.get(folded[i].as_str()).copied().unwrap_or(1),
            again: (i.saturating_sub(4)..i + 5).any(|j| j != i && folded.get(j) == Some(&folded[i])),
            said: longer.iter().filter(|w| said.contains(**w)).count() as f32 / longer.len().max(2) as f32,
            frequent: longer.iter().map(frequent).sum::<f32>() / longer.len().max(1) as f32,
            longer_words: longer.len(),
            signed_below: signed(i + 1..(i + 4).min(shapes.len())),
            signed_above: signed(i.saturating_sub(3)..i),
            prose_below: shapes.get(i + 1).is_some_and(|s| s.prose),
            prose_above,
        };
        prose_above += usize::from(shape.prose);
        let score: f32 = WEIGHTS.iter().map(|(_, weight, of)| weight * of(&candidate)).sum();
        // Of equal lines the lowest: byline and date stand beside it.
        if shape.words > 0 && best.is_none_or(|(b, _)| score >= b) {
            best = Some((score, i));
        }
    }
    best.filter(|(score, _)| *score >= LEAST).map(|(score, i)| (i, (score / 14.0).clamp(0.3, 0.9)))
}

/// Words long enough to say what a line is about.
fn is_longer(word: &str) -> bool {
    word.len() > 3 && (word.is_ascii() || word.chars().nth(3).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        let lines: Vec<&str> = text.lines().collect();
        let shapes: Vec<Shape> = lines.iter().map(|l| Shape::of(l)).collect();
        find(&lines, &shapes).map(|(i, _)| lines[i])
    }

    const TEXT: &str =
        "The harbour office closed the eastern gate on Monday after the storm had broken two of its hinges, and nobody was hurt.";

    #[test]
    fn the_line_that_speaks_of_the_text_is_the_headline() {
        let page = format!(
            "Home\nNews from the harbour and the town\nFerry prices rise again in May\nStorm breaks the eastern gate of the harbour\nBy Ida Quill\n12 March 2031\n{TEXT}"
        );
        assert_eq!(found(&page), Some("Storm breaks the eastern gate of the harbour"));
    }

    #[test]
    fn a_text_without_a_headline_has_none() {
        assert_eq!(found(&format!("{TEXT}\n{TEXT}")), None);
        assert_eq!(found("Home\nNews"), None);
    }
}
