//! Lines in reading order to paragraphs, headings, items, tables, notes.

use super::line::{Line, is_dense};
use super::order::{Column, Item};
use super::table;
use std::collections::{HashMap, HashSet};

/// What a piece of the document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Paragraph,
    Heading(usize),
    Title,
    Item,
    Code,
    Table,
    Contents,
    Footnote,
    RunningHead,
}

/// A piece of the document.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    pub(super) text: String,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) lines: usize,
    pub(super) page: usize,
    /// From where to where its lines reach, and where its first began.
    left: f32,
    begins: f32,
}

/// What is known of the document as a whole.
#[derive(Debug)]
pub(super) struct Typography {
    /// The size of most text, and whether that is bold.
    pub(super) body: f32,
    pub(super) bold: bool,
    /// Most of it is set in type of one width, so that such lines are no code.
    mono: bool,
    /// The distance of lines of each size, in half points.
    leading: HashMap<i32, f32>,
    words: HashSet<String>,
}

impl Typography {
    pub(super) fn of<'l>(lines: impl Iterator<Item = &'l Line> + Clone) -> Typography {
        let mut sizes: HashMap<(i32, bool), usize> = HashMap::new();
        let mut gaps: HashMap<i32, Vec<f32>> = HashMap::new();
        let mut words = HashSet::new();
        let mut last: Option<&Line> = None;
        let (mut mono, mut all) = (0, 0);
        for line in lines {
            all += line.text.len();
            mono += if line.mono { line.text.len() } else { 0 };
            *sizes.entry((half(line.size), line.bold)).or_default() += line.text.len();
            if let Some(above) = last
                && half(above.size) == half(line.size)
                && (0.9..2.2).contains(&((line.y - above.y) / line.size.max(1.0)))
                && line.x0 < above.x1
                && above.x0 < line.x1
            {
                gaps.entry(half(line.size)).or_default().push(line.y - above.y);
            }
            last = Some(line);
            // The last word may be half of one.
            let end = line.text.trim_end().len();
            for word in line.text.split(' ').filter(|w| !(w.ends_with(['-', '\u{ad}', '‐']) && line.text[..end].ends_with(*w))) {
                words.insert(bare(word));
            }
        }
        let mut by_size: HashMap<i32, (usize, usize)> = HashMap::new();
        for ((size, bold), bytes) in sizes {
            let of = by_size.entry(size).or_default();
            of.0 += bytes;
            of.1 += if bold { bytes } else { 0 };
        }
        let most = by_size.into_iter().max_by_key(|(size, (bytes, _))| (*bytes, *size));
        let (body, bold) = most.map_or((10.0, false), |(size, (bytes, bold))| (size as f32 / 2.0, bold * 2 > bytes));
        let leading = gaps.into_iter().filter(|(_, g)| g.len() > 2).map(|(size, mut gaps)| {
            gaps.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
            (size, gaps[gaps.len() * 3 / 10])
        });
        Typography { body, bold, mono: mono * 2 > all, leading: leading.collect(), words }
    }

    fn leading(&self, size: f32) -> f32 {
        self.leading.get(&half(size)).copied().unwrap_or(1.25 * size)
    }

    fn knows(&self, word: &str) -> bool {
        self.words.contains(word)
    }
}

fn half(size: f32) -> i32 {
    (size * 2.0).round() as i32
}

/// Makes pieces of columns, one page after the other.
#[derive(Debug)]
pub(super) struct Flow<'t> {
    typography: &'t Typography,
    pub(super) pieces: Vec<Piece>,
    /// The paragraph that the next line may go on with, its last line, and where its column ends.
    open: Option<(usize, Line, f32)>,
    /// The same for the last paragraph of the text, whatever notes and tables have come since.
    text: Option<(usize, Line, f32)>,
}

impl<'t> Flow<'t> {
    pub(super) fn new(typography: &'t Typography) -> Self {
        Flow { typography, pieces: Vec::new(), open: None, text: None }
    }

    pub(super) fn running_head(&mut self, text: String, page: usize) {
        self.push(Kind::RunningHead, text, page);
    }

    fn push(&mut self, kind: Kind, text: String, page: usize) {
        self.pieces.push(Piece { kind, text, rows: Vec::new(), size: 0.0, bold: false, lines: 1, page, left: 0.0, begins: 0.0 });
    }

    /// Reads a column. `height` is that of its page.
    pub(super) fn column(&mut self, column: Column, page: usize, height: f32) {
        let rows = rows(column);
        let lines = || rows.iter().filter_map(|row| if let Row::Pieces(pieces) = row { Some(pieces) } else { None });
        let mut lefts: Vec<f32> = lines().filter_map(|p| p.first()).map(|l| l.x0).collect();
        let mut rights: Vec<f32> = lines().filter_map(|p| p.last()).map(|l| l.x1).collect();
        let sort = |v: &mut Vec<f32>| v.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
        sort(&mut lefts);
        sort(&mut rights);
        let left = lefts.get(lefts.len() / 10).copied().unwrap_or(0.0);
        let right = rights.get(rights.len().saturating_sub(1) * 19 / 20).copied().unwrap_or(0.0);
        self.open = None;
        let mut first = true;
        let mut at = 0;
        while let Some(row) = rows.get(at) {
            match row {
                Row::Table(table) => {
                    self.table(table.rows.clone(), page);
                    at += 1;
                }
                Row::Pieces(pieces) => {
                    if let Some((table, end)) = self.table_at(&rows, at) {
                        self.table(table, page);
                        at = end;
                        first = false;
                        continue;
                    }
                    let line = joined(pieces);
                    self.line(line, left, right, page, height, std::mem::take(&mut first));
                    at += 1;
                }
            }
        }
    }

    fn table(&mut self, rows: Vec<Vec<String>>, page: usize) {
        self.push(Kind::Table, String::new(), page);
        if let Some(piece) = self.pieces.last_mut() {
            piece.rows = rows;
        }
        self.open = None;
    }

    /// A table of cells that stand below each other from row `at` on, and where it ends.
    fn table_at(&self, rows: &[Row], at: usize) -> Option<(Vec<Vec<String>>, usize)> {
        let mut run: Vec<Vec<Line>> = Vec::new();
        for row in &rows[at..] {
            let Row::Pieces(pieces) = row else { break };
            let (Some(head), Some(last)) = (pieces.first(), pieces.last()) else { break };
            let marked = pieces.len() > 1 && is_mark(&head.text) || is_contents(&last.text) || last.text.len() > 400;
            let above = run.last().and_then(|r| r.first());
            let near = above.is_none_or(|a| head.y - a.y < 2.6 * self.typography.leading(head.size).max(head.size));
            let goes_on = run.first().is_some_and(|first| first.iter().skip(1).any(|l| (l.x0 - head.x0).abs() < 0.7 * head.size));
            if marked || !near || !(pieces.len() > 1 || goes_on) {
                break;
            }
            run.push(pieces.clone());
        }
        while run.last().is_some_and(|row| row.len() < 2 && run.len() < 3) {
            run.pop();
        }
        if run.len() < 2 {
            return None;
        }
        Some((table::aligned(&run)?, at + run.len()))
    }

    fn line(&mut self, line: Line, left: f32, right: f32, page: usize, height: f32, first: bool) {
        let kind = self.kind_of(&line, left, height);
        let parent = if first && kind == Kind::Paragraph { self.text.clone() } else { self.open.clone() };
        let over = first && self.open.is_none();
        if let Some((at, last, end)) = parent
            && self.goes_on(at, &last, end, &line, kind, left, over)
        {
            let typography = self.typography;
            let piece = &mut self.pieces[at];
            if piece.kind == Kind::Code {
                piece.text.push('\n');
                piece.text.push_str(&line.text);
            } else {
                append(&mut piece.text, &line.text, &|word| typography.knows(word));
            }
            piece.lines += 1;
            piece.left = piece.left.min(line.x0);
            if piece.kind != Kind::Footnote {
                self.text = Some((at, line.clone(), right));
            }
            self.open = Some((at, line, right));
            return;
        }
        self.pieces.push(Piece {
            kind,
            text: line.text.clone(),
            rows: Vec::new(),
            size: line.size,
            bold: line.bold,
            lines: 1,
            page,
            left: line.x0,
            begins: line.x0,
        });
        let at = self.pieces.len() - 1;
        if !matches!(kind, Kind::Footnote | Kind::Contents) {
            self.text = Some((at, line.clone(), right));
        }
        self.open = Some((at, line, right));
    }

    fn kind_of(&self, line: &Line, left: f32, height: f32) -> Kind {
        let small = line.size < 0.93 * self.typography.body;
        if is_contents(&line.text) {
            Kind::Contents
        } else if line.mono && !self.typography.mono {
            Kind::Code
        } else if small && line.y > 0.5 * height && is_note(&line.text) && line.x0 < left + 3.0 * line.size {
            Kind::Footnote
        } else if is_item(&line.text) {
            Kind::Item
        } else {
            Kind::Paragraph
        }
    }

    /// Whether `line` goes on with the piece at `at`, whose last line was `last` in a column that ends at `end`.
    #[expect(clippy::too_many_arguments, reason = "each is a different fact of the page")]
    fn goes_on(&self, at: usize, last: &Line, end: f32, line: &Line, kind: Kind, left: f32, over: bool) -> bool {
        let piece = &self.pieces[at];
        let leading = self.typography.leading(line.size);
        let gap = line.y - last.y;
        if piece.kind == Kind::Code && kind == Kind::Code {
            return over || (0.0..2.2 * leading).contains(&gap);
        }
        if matches!(kind, Kind::Item | Kind::Contents | Kind::Code) || matches!(piece.kind, Kind::Contents | Kind::Code | Kind::Table) {
            return false;
        }
        if kind == Kind::Footnote || (line.size - last.size).abs() > 0.06 * last.size.max(line.size) {
            return false;
        }
        let small = line.text.starts_with(|c: char| c.is_lowercase());
        let ended = ends_sentence(&last.text);
        // The first word had room on the line above: someone broke the line there.
        let broken = last.x1 + 0.3 * last.size + line.first < end - 0.6 * last.size;
        let (broken, indented) = if line.is_right_to_left() { (false, false) } else { (broken, line.x0 > left + 0.8 * line.size) };
        if over {
            // From column to column, from page to page.
            let alike = line.bold == last.bold && piece.size < 1.12 * self.typography.body;
            return alike && !ended && (small || last.text.ends_with(['-', ',']) || (!broken && (!indented || piece.kind == Kind::Item)));
        }
        if gap < 0.3 * line.size || gap > 1.38 * leading.max(line.size) + 0.5 {
            return false;
        }
        if line.size > 1.12 * self.typography.body {
            // Headlines are broken by hand, and set alike.
            return line.bold == last.bold;
        }
        if line.bold != last.bold {
            return small && !ended && !broken;
        }
        if piece.kind == Kind::Item {
            let hangs = line.x0 > piece.begins + 0.3 * line.size;
            return hangs || (!broken && !ended) || (!broken && (line.x0 - piece.begins).abs() < 0.3 * line.size && small);
        }
        if piece.lines > 1 && line.x0 > piece.left + 0.8 * line.size && line.x0 > last.x0 + 0.8 * line.size && !small {
            return false;
        }
        // A sentence may go on below a line cut short by a picture, but not below one that was left half empty.
        let open = last.x1 + line.first < end - 0.3 * (end - left);
        if broken { !ended && small && !open } else { true }
    }
}

enum Row {
    Pieces(Vec<Line>),
    Table(table::Table),
}

/// What stands beside each other in a column.
fn rows(column: Column) -> Vec<Row> {
    let mut lines: Vec<Line> = Vec::new();
    let mut out: Vec<Row> = Vec::new();
    fn put(lines: &mut Vec<Line>, out: &mut Vec<Row>) {
        lines.sort_by(|a, b| a.y.partial_cmp(&b.y).unwrap_or(std::cmp::Ordering::Equal));
        let mut row: Vec<Line> = Vec::new();
        for line in lines.drain(..) {
            if !row.first().is_none_or(|first| first.beside(&line)) {
                out.push(Row::Pieces(std::mem::take(&mut row)));
            }
            row.push(line);
        }
        if !row.is_empty() {
            out.push(Row::Pieces(row));
        }
    }
    for item in column {
        match item {
            Item::Line(line) => lines.push(line),
            Item::Table(table) => {
                put(&mut lines, &mut out);
                out.push(Row::Table(table));
            }
        }
    }
    put(&mut lines, &mut out);
    for row in &mut out {
        if let Row::Pieces(pieces) = row {
            pieces.sort_by(|a, b| a.x0.partial_cmp(&b.x0).unwrap_or(std::cmp::Ordering::Equal));
        }
    }
    out
}

/// The pieces of a row as one line.
fn joined(pieces: &[Line]) -> Line {
    let longest = pieces.iter().max_by_key(|l| l.text.len()).cloned().unwrap_or_default();
    let right_to_left = longest.is_right_to_left();
    let mut texts: Vec<&str> = pieces.iter().map(|l| l.text.as_str()).collect();
    if right_to_left {
        texts.reverse();
    }
    Line {
        x0: pieces.iter().map(|l| l.x0).fold(f32::MAX, f32::min),
        x1: pieces.iter().map(|l| l.x1).fold(f32::MIN, f32::max),
        text: texts.join(" "),
        first: pieces.first().map_or(0.0, |l| l.first),
        bold: pieces.iter().all(|l| l.bold),
        mono: pieces.iter().all(|l| l.mono),
        ..longest
    }
}

/// Appends a line to a text: a word parted by a hyphen is put together where the document has it whole, or has not both of its parts; an address is, too.
pub(super) fn append(text: &mut String, line: &str, known: &dyn Fn(&str) -> bool) {
    let line = line.trim();
    if text.is_empty() || line.is_empty() {
        text.push_str(line);
        return;
    }
    let next = line.split(' ').next().unwrap_or_default();
    let last = text.rsplit(' ').next().unwrap_or_default();
    let address = ["http://", "https://", "hxxp", "www."].iter().any(|scheme| last.contains(scheme));
    let dense = is_dense(text_end(text)) && line.starts_with(|c: char| is_dense(c.encode_utf8(&mut [0; 4])));
    let starts_small = line.starts_with(|c: char| c.is_lowercase());
    if text.ends_with('\u{ad}') {
        text.pop();
    } else if text.ends_with(['-', '‐', '\u{2011}']) && last.chars().count() > 1 {
        let stem = last.trim_end_matches(['-', '‐', '\u{2011}']);
        let (left, right) = (bare(stem), bare(next));
        let whole = known(&format!("{left}{right}"));
        let hyphened = known(&format!("{left}-{right}")) || left.contains('-') || (known(&left) && known(&right));
        let capitals = next.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && stem.chars().all(|c| !c.is_lowercase());
        if (starts_small || (capitals && whole)) && !address && stem.ends_with(char::is_alphabetic) && (whole || !hyphened) {
            text.pop();
        } else if !stem.ends_with(char::is_alphanumeric) {
            text.push(' ');
        }
    } else if address
        && !next.is_empty()
        && (last.ends_with(['/', '_', '=', '&', '?', '%', '#']) || (last.ends_with('.') && starts_small && !next.ends_with(',')))
    {
        // The address goes on.
    } else if !last.ends_with('—') && !dense {
        text.push(' ');
    }
    text.push_str(line);
}

fn text_end(text: &str) -> &str {
    text.char_indices().next_back().map_or("", |(at, _)| &text[at..])
}

/// A word in lower case without the punctuation around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Whether a line closes a sentence.
fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ']).ends_with(['.', '!', '?', ':', ';', '。', '！', '？', '：'])
}

/// `•`, `–`, `1.`, `(a)`, `2.1`: the mark of an item or heading by itself.
fn is_mark(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    if chars.next().is_none() && first.is_some_and(|c| BULLETS.contains(c) || c == 'o') {
        return true;
    }
    let inner = text.trim_start_matches('(').trim_end_matches(['.', ')', ':']);
    let short = inner.len() <= 6 && !inner.is_empty();
    let numbered = inner.split('.').all(|part| !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit()));
    let lettered = inner.chars().count() == 1 && inner.starts_with(char::is_alphabetic);
    short && ((numbered && (text.len() > inner.len() || inner.contains('.'))) || (lettered && text.len() > inner.len()))
}

const BULLETS: &str = "•▪·‣◦●○■□◆➢➤►–-*✓✔\u{f0b7}";

/// A line that begins an item of a list.
fn is_item(text: &str) -> bool {
    let Some((mark, rest)) = text.split_once(' ') else { return false };
    let bullet = mark.chars().count() == 1 && mark.chars().all(|c| BULLETS.contains(c) || c == 'o');
    let listed = mark.ends_with(')') && is_mark(mark);
    let counted = mark.ends_with('.') && mark.len() <= 4 && mark[..mark.len() - 1].bytes().all(|b| b.is_ascii_digit()) && mark.len() > 1;
    !rest.trim().is_empty() && (bullet || listed || counted)
}

/// A line that begins a note at the foot: a number or mark before its words.
fn is_note(text: &str) -> bool {
    let digits = text.chars().take_while(|c| c.is_ascii_digit()).count();
    let rest = &text[digits..];
    ((1..=3).contains(&digits) && rest.starts_with([' ', ']', '.']) && rest.contains(char::is_alphabetic))
        || text.starts_with(['*', '†', '‡', '¹', '²', '³'])
}

/// A line of a table of contents: dots lead to a number.
pub(super) fn is_contents(text: &str) -> bool {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit() || "ivxlc ".contains(c));
    let dots = rest.trim_end_matches(['.', ' ', '…', '_']);
    rest[dots.len()..].chars().filter(|c| !c.is_whitespace()).map(|c| if c == '…' { 3 } else { 1 }).sum::<usize>() >= 4
        && dots.contains(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(first: &str, second: &str, known: &[&str]) -> String {
        let mut text = first.to_owned();
        append(&mut text, second, &|word| known.contains(&word));
        text
    }

    #[test]
    fn words_and_addresses_are_put_together() {
        assert_eq!(put("the hin-", "ges broke", &[]), "the hinges broke");
        assert_eq!(put("a harbour-", "owned gate", &["harbour", "owned"]), "a harbour-owned gate");
        assert_eq!(put("a under-", "standing", &["under", "standing", "understanding"]), "a understanding");
        assert_eq!(put("CVE-2031-", "1234 is", &[]), "CVE-2031-1234 is");
        assert_eq!(put("see https://gate.example/a/", "b/c.html now", &[]), "see https://gate.example/a/b/c.html now");
        assert_eq!(put("see https://gate.example/a.", "The gate", &[]), "see https://gate.example/a. The gate");
        assert_eq!(put("hin\u{ad}", "ges", &[]), "hinges");
        assert_eq!(put("open –", "said Quill", &[]), "open – said Quill");
        assert_eq!(put("港口办公", "室关闭", &[]), "港口办公室关闭");
    }

    #[test]
    fn marks_items_notes_and_contents_are_told_by_their_shape() {
        assert!(["•", "1.", "(a)", "2.1", "b)", "–"].iter().all(|m| is_mark(m)));
        assert!(["12", "Gate", "2031-05-12"].iter().all(|m| !is_mark(m)));
        assert!(
            is_item("• the gate") && is_item("3. the gate") && is_item("a) the gate") && !is_item("2031 was cold") && !is_item("A gate")
        );
        assert!(is_note("1 See the report") && is_note("* Draft") && !is_note("2031 was"));
        assert!(is_contents("The storm ........ 12") && is_contents("Hinges . . . . . 4") && !is_contents("And so on..."));
    }
}
