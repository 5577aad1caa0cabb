//! Hits for a reader: rank, title, where and when and who, two lines of snippet with the matches lit, path.

use super::escape::escape;
use super::palette::{Palette, Style};
use crate::article::ActorKind;
use crate::search::Hit;
use crate::snippet::Snippet;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Names of actors shown with a hit before the rest is counted.
const ACTORS: usize = 5;
/// Lines of snippet shown with a hit.
const SNIPPET_LINES: usize = 2;

/// Writes one hit, laid out in `width` columns; its copies listed where `copies`, else counted.
///
/// # Errors
/// Those of `out`.
pub fn write_hit(out: &mut impl Write, hit: &Hit, width: usize, copies: bool, palette: Palette) -> io::Result<()> {
    let indent = "    ";
    let title = hit.title.as_deref().filter(|t| !t.is_empty()).unwrap_or("(no title)");
    writeln!(out, "{} {}", palette.paint(Style::Dim, &format!("{:>3}", hit.rank)), palette.paint(Style::Title, &line(title)))?;
    let about = about(hit);
    if !about.is_empty() {
        writeln!(out, "{indent}{}", palette.paint(Style::Dim, &line(&about)))?;
    }
    for (i, snippet) in std::iter::once(&hit.snippet).chain(&hit.more_snippets).enumerate() {
        // Passages are told apart by what stands before them.
        let mark = if hit.more_snippets.is_empty() { "" } else { "- " };
        let lines = snippet_lines(snippet, width.saturating_sub(indent.len() + mark.len()).max(20), palette);
        for (j, text) in lines.iter().enumerate().filter(|_| i == 0 || !snippet.highlights.is_empty()) {
            writeln!(out, "{indent}{}{text}", if j == 0 { mark } else { &"  "[..mark.len()] })?;
        }
    }
    for matched in &hit.matched_actors {
        // `GRU+` asks for the GRU and its parts.
        let (name, family) = matched.asked.strip_suffix('+').map_or((matched.asked.as_str(), false), |name| (name, true));
        if name.to_lowercase() != matched.surface.to_lowercase() {
            let by = if matched.sources.is_empty() { String::new() } else { format!(" ({})", matched.sources.join(", ")) };
            let told = match family && matched.sources.is_empty() {
                true => format!("matched {}, part of {name}", matched.surface),
                false => format!("matched {} = {name}{by}", matched.surface),
            };
            writeln!(out, "{indent}{}", palette.paint(Style::Actor, &line(&told)))?;
        }
    }
    if !hit.missing.is_empty() {
        writeln!(out, "{indent}{}", palette.paint(Style::Warn, &line(&format!("missing: {}", hit.missing.join(", ")))))?;
    }
    if let Some(explanation) = &hit.explanation {
        writeln!(out, "{indent}{}", palette.paint(Style::Dim, &format!("score {:.3} =", explanation.score)))?;
        for reason in &explanation.reasons {
            let what = if reason.part == "word" { reason.word.clone() } else { reason.part.to_owned() };
            let words = if reason.part == "word" || reason.word.is_empty() { String::new() } else { format!(" ({})", reason.word) };
            let told = format!("{:>+9.3}  {what}: {}{words}", reason.value, reason.why);
            writeln!(out, "{indent}{}", palette.paint(Style::Dim, &line(&told)))?;
        }
    }
    let more = match hit.copies.len() {
        0 => String::new(),
        1 => "  +1 copy".to_owned(),
        n => format!("  +{n} copies"),
    };
    writeln!(out, "{indent}{}  {}", palette.paint(Style::Path, &line(&hit.path)), palette.paint(Style::Dim, &format!("{}{more}", hit.id)))?;
    for copy in hit.copies.iter().filter(|_| copies) {
        let about = [copy.publisher.as_deref(), Some(copy.published.as_deref().unwrap_or("undated"))];
        let about = about.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        writeln!(out, "{indent}= {}  {}", palette.paint(Style::Path, &line(&copy.path)), palette.paint(Style::Dim, &line(&about)))?;
    }
    Ok(())
}

/// `publisher · date · actors`, as far as they are known.
fn about(hit: &Hit) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(hit.publisher.clone());
    parts.push(hit.published.clone().unwrap_or_else(|| "undated".to_owned()));
    // Who did it comes before who is concerned.
    let mut actors: Vec<_> = hit.actors.iter().collect();
    actors.sort_by_key(|a| a.kind != ActorKind::ThreatGroup);
    let mut names: Vec<String> = actors.iter().take(ACTORS).map(|a| a.name.clone()).collect();
    if actors.len() > ACTORS {
        names.push(format!("+{}", actors.len() - ACTORS));
    }
    if !names.is_empty() {
        parts.push(names.join(", "));
    }
    parts.join(" · ")
}

fn line(text: &str) -> String {
    escape(text).replace(['\n', '\t'], " ")
}

/// The snippet broken at words, cut to [`SNIPPET_LINES`], the matches painted.
fn snippet_lines(snippet: &Snippet, width: usize, palette: Palette) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    let mut used = 0;
    for (at, word) in words(&snippet.text) {
        let columns = escape(word).width();
        if used > 0 && used + 1 + columns > width {
            if lines.len() == SNIPPET_LINES {
                if let Some(last) = lines.last_mut() {
                    last.push('…');
                }
                return lines;
            }
            lines.push(String::new());
            used = 0;
        }
        let Some(last) = lines.last_mut() else { break };
        if used > 0 {
            last.push(' ');
            used += 1;
        }
        last.push_str(&painted(snippet, at, word, palette));
        used += columns;
    }
    lines.retain(|l| !l.is_empty());
    lines
}

/// Words with their place in the text.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - start, word))
}

/// One word with the part of it painted that matched.
fn painted(snippet: &Snippet, at: usize, word: &str, palette: Palette) -> String {
    let mut text = String::new();
    let mut done = 0;
    for &(start, end) in &snippet.highlights {
        let (from, to) = (start.clamp(at, at + word.len()) - at, end.clamp(at, at + word.len()) - at);
        if from >= to || from < done {
            continue;
        }
        let (Some(before), Some(lit)) = (word.get(done..from), word.get(from..to)) else { continue };
        text.push_str(&escape(before));
        text.push_str(&palette.paint(Style::Match, &escape(lit)));
        done = to;
    }
    text.push_str(&escape(word.get(done..).unwrap_or_default()));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_is_two_lines_with_its_matches_lit() {
        let text = "The envoy said that the attackers, whom he did not name, had been seen in many other networks before.".to_owned();
        let at = text.find("attackers").unwrap_or(0);
        let snippet = Snippet { text, highlights: vec![(at, at + 9)] };
        let lines = snippet_lines(&snippet, 30, Palette::new(true));
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0], "The envoy said that the");
        assert_eq!(lines[1], "\u{1b}[1;33mattackers\u{1b}[0m, whom he did not…");
    }
}
