//! What the lines around a headline tell: authors, day of publication, outlet.
//!
//! Only short lines that are no sentences are read: a day named in running text is no day of publication.

use super::lines::{Shape, core};
use crate::article::{Metadata, Valued};
use crate::extract::metadata::{Locale, Role, byline_of_line, days, role, without_copyright};

/// Most words of a line that tells a date.
const DATE_LINE: usize = 20;
/// How much a line is worth, in steps away from the headline, that says that its day is that of publication.
const TOLD: i32 = 30;
/// How far from the headline a day is taken.
const REACH: i32 = 45;
/// How far from it a line of change stands for the publication that no line tells.
const BESIDE: i32 = 14;

/// Fills what is not told already from the lines around the headline at `title`.
pub(super) fn read(lines: &[&str], shapes: &[Shape], title: usize, metadata: &mut Metadata) {
    let near = title.saturating_sub(3)..(title + 9).min(lines.len());
    if metadata.authors.is_none() {
        let names = near.filter(|&i| shapes[i].words <= 14 && !shapes[i].prose).find_map(|i| byline_of_line(lines[i]));
        metadata.authors = names.map(|names| Valued::new(names, "byline", 0.7));
    }
    if metadata.published.is_none() {
        let (published, modified) = dates(lines, shapes, title);
        metadata.published = published;
        metadata.modified = metadata.modified.take().or(modified);
    }
    if metadata.publisher.is_none() {
        metadata.publisher = lines.iter().rev().take(80).find_map(|l| outlet(l)).map(|name| Valued::new(name, "copyright line", 0.3));
    }
}

type Day = Option<Valued<String>>;
/// A day, and how far from the headline it stands.
type Near = Option<(i32, String)>;

/// Days of publication and of the last change: of all short lines with a day the one nearest to the headline, below it rather than above.
fn dates(lines: &[&str], shapes: &[Shape], title: usize) -> (Day, Day) {
    let end = core(shapes).map_or(lines.len(), |(_, end)| end + 4).min(lines.len());
    let (mut published, mut modified): (Near, Near) = (None, None);
    let locale = Locale { language: None, month_first: true };
    for (i, (line, shape)) in lines.iter().zip(shapes).enumerate().take(end) {
        if !shape.date || shape.words > DATE_LINE || shape.prose || (shape.stops && shape.words > 8) {
            continue;
        }
        let away = if i >= title { (i - title) as i32 } else { 4 + 2 * (title - i) as i32 };
        for found in days(line, locale) {
            let told = role(line.get(..found.range.start).unwrap_or_default());
            // Day and month are open: no day rather than the wrong one.
            if found.ambiguous || told == Some(Role::Other) {
                continue;
            }
            let far = if told == Some(Role::Published) { away - TOLD } else { away };
            let slot = if told == Some(Role::Modified) { &mut modified } else { &mut published };
            if far < REACH && slot.as_ref().is_none_or(|(best, _)| far < *best) {
                *slot = Some((far, found.day.to_string()));
            }
        }
    }
    // A line of change beside the headline, and no other day: the only one the page shows.
    if published.is_none()
        && let Some((far, day)) = modified.as_ref().filter(|(far, _)| *far <= BESIDE)
    {
        return (Some(Valued::new(day.clone(), "updated line, the only day shown", if *far < 8 { 0.5 } else { 0.4 })), None);
    }
    let valued = |found: Option<(i32, String)>| {
        found.map(|(far, day)| Valued::new(day, "line beside the headline", if far < 8 { 0.8 } else { 0.5 }))
    };
    (valued(published), valued(modified))
}

/// The name in a notice of rights.
fn outlet(line: &str) -> Option<String> {
    let lower = line.to_lowercase();
    if line.len() > 200 || !(lower.contains('©') || lower.starts_with("copyright")) {
        return None;
    }
    let name = without_copyright(line);
    let words = name.split_whitespace().count();
    (name != line && (1..=6).contains(&words) && name.starts_with(char::is_uppercase)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_page(text: &str) -> Metadata {
        let lines: Vec<&str> = text.lines().collect();
        let shapes: Vec<Shape> = lines.iter().map(|l| Shape::of(l)).collect();
        let mut metadata = Metadata::default();
        read(&lines, &shapes, 1, &mut metadata);
        metadata
    }

    const STORY: &str = "The gate was closed on 3 March 2030, said the harbour office, because the storm had broken two of its hinges.";

    #[test]
    fn lines_beside_the_headline_tell() {
        let m = read_page(&format!(
            "Home\nStorm breaks the gate\nBy Ida Quill\nUpdated 14 March 2031\nPublished 12 March 2031\n{STORY}\n© 2031 Gate Gazette"
        ));
        assert_eq!(m.authors.map(|v| v.value), Some(vec!["Ida Quill".to_owned()]));
        assert_eq!(m.published.map(|v| v.value).as_deref(), Some("2031-03-12"));
        assert_eq!(m.modified.map(|v| v.value).as_deref(), Some("2031-03-14"));
        assert_eq!(m.publisher.map(|v| v.value).as_deref(), Some("Gate Gazette"));
    }

    #[test]
    fn a_line_of_change_alone_stands_for_the_day() {
        let m = read_page(&format!("Home\nStorm breaks the gate\nIda QuillUpdated: 14 March 2031\n{STORY}"));
        assert_eq!(m.published.map(|v| (v.value, v.evidence)), Some(("2031-03-14".to_owned(), "updated line, the only day shown".into())));
    }

    #[test]
    fn a_day_in_running_text_is_no_day_of_publication() {
        let m = read_page(&format!("Home\nStorm breaks the gate\n{STORY}\nCopyright Gate Gazette 2031"));
        assert_eq!(m.published, None);
        assert_eq!(m.authors, None);
    }
}
