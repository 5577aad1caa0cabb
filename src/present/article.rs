//! One article for a reader: its fields, then its text with headings, lists, quotes and tables, wrapped to a width.
//!
//! html2text does the layout: the kept blocks are written as small, escaped HTML, with a link around each marked span
//! whose target names the colour.

use super::escape::escape;
use super::palette::{Palette, Style};
use crate::article::{ActorKind, Article, BlockKind, Span};
use html2text::render::{TaggedLine, TaggedLineElement, TextDecorator};
use std::fmt::Write as _;
use std::io::{self, Write};

/// How to show an article.
#[derive(Clone, Copy, Debug)]
pub struct ArticleView {
    /// Columns to wrap the text to.
    pub width: usize,
    /// Light up actors and dates in the text, and list them after it.
    pub annotations: bool,
    /// Show what was removed, each block with its rule, in its place.
    pub removed: bool,
    /// Colours.
    pub palette: Palette,
}

/// Writes `article` as `view` says.
///
/// ```
/// use demarche::{Article, BlockKind, BodyBlock, Span, present::{ArticleView, Palette, write_article}};
/// let article = Article {
///     title: Some("Ministry blames group".into()),
///     body: "First.\n\nSecond.".into(),
///     blocks: vec![
///         BodyBlock { kind: BlockKind::Paragraph, level: 0, span: Span::new(0, 6) },
///         BodyBlock { kind: BlockKind::ListItem, level: 1, span: Span::new(8, 15) },
///     ],
///     ..Article::default()
/// };
/// let mut out = Vec::new();
/// let view = ArticleView { width: 80, annotations: false, removed: false, palette: Palette::default() };
/// write_article(&mut out, &article, &view).unwrap();
/// let text = String::from_utf8(out).unwrap();
/// assert!(text.contains("Ministry blames group") && text.ends_with("First.\n* Second.\n"), "{text}");
/// ```
///
/// # Errors
/// Those of `out`.
pub fn write_article(out: &mut impl Write, article: &Article, view: &ArticleView) -> io::Result<()> {
    write_fields(out, article, view)?;
    writeln!(out)?;
    if article.body.is_empty() {
        writeln!(out, "{}", view.palette.paint(Style::Warn, "This page holds no article."))?;
    }
    if view.removed {
        write_with_removed(out, article, view)?;
    } else {
        write_blocks(out, article, 0, article.blocks.len(), view)?;
    }
    if view.annotations {
        write_annotations(out, article, view)?;
    }
    Ok(())
}

fn write_fields(out: &mut impl Write, article: &Article, view: &ArticleView) -> io::Result<()> {
    let paint = |style, text: &str| view.palette.paint(style, &one_line(text));
    if let Some(title) = &article.title {
        writeln!(out, "{}", paint(Style::Title, title))?;
    }
    let evidence = |field: &str| {
        let found = article.evidence.iter().find(|e| e.field == field)?;
        Some(view.palette.paint(Style::Dim, &format!("  ({})", one_line(&found.evidence))))
    };
    let authors = article.authors.join(", ");
    let fields = [
        ("published", article.published.as_deref()),
        ("modified", article.modified.as_deref()),
        ("authors", Some(authors.as_str()).filter(|a| !a.is_empty())),
        ("publisher", article.publisher.as_deref()),
        ("url", article.url.as_deref()),
        ("language", article.language.as_deref()),
        ("path", Some(article.path.as_str())),
    ];
    for (name, value) in fields {
        let Some(value) = value.filter(|v| !v.is_empty()) else { continue };
        let style = if name == "path" || name == "url" { Style::Path } else { Style::Actor };
        writeln!(out, "{}{}{}", paint(Style::Dim, &format!("{name:<10}")), paint(style, value), evidence(name).unwrap_or_default())?;
    }
    Ok(())
}

/// The text with what was removed in its place.
fn write_with_removed(out: &mut impl Write, article: &Article, view: &ArticleView) -> io::Result<()> {
    let mut next = 0;
    for removed in &article.removed {
        let upto = article.blocks.partition_point(|b| b.span.end <= removed.at);
        if upto > next {
            write_blocks(out, article, next, upto, view)?;
            writeln!(out)?;
            next = upto;
        }
        let text = escape(&removed.text).replace('\n', " ");
        let line = format!("- {:<18} {text}", removed.rule);
        writeln!(out, "{}", view.palette.paint(Style::Dim, &line))?;
    }
    if next < article.blocks.len() {
        writeln!(out)?;
        write_blocks(out, article, next, article.blocks.len(), view)?;
    }
    Ok(())
}

fn write_annotations(out: &mut impl Write, article: &Article, view: &ArticleView) -> io::Result<()> {
    let palette = view.palette;
    if !article.actors.is_empty() {
        writeln!(out, "\n{}", palette.paint(Style::Title, "Actors"))?;
    }
    let mut seen: Vec<&str> = Vec::new();
    for mention in &article.actors {
        if seen.contains(&mention.id.as_str()) {
            continue;
        }
        seen.push(&mention.id);
        let mut surfaces: Vec<&str> = Vec::new();
        for other in article.actors.iter().filter(|m| m.id == mention.id) {
            if !surfaces.contains(&other.surface.as_str()) {
                surfaces.push(&other.surface);
            }
        }
        let named = one_line(&surfaces.join(", "));
        let name = palette.paint(actor_style(mention.kind), &one_line(&mention.name));
        let rest = format!("{}; as {named}; {}", mention.kind.as_str(), one_line(&mention.reason));
        writeln!(out, "  {name}  {}", palette.paint(Style::Dim, &rest))?;
        for candidate in &mention.candidates {
            let line = format!("    or {} ({})", one_line(&candidate.name), candidate.sources.join(", "));
            writeln!(out, "{}", palette.paint(Style::Dim, &line))?;
        }
    }
    if !article.equated.is_empty() {
        writeln!(out, "\n{}", palette.paint(Style::Title, "Named as one by this article"))?;
    }
    for equated in &article.equated {
        let [one, other] = &equated.names;
        let says = one_line(equated.span.of(&article.body).unwrap_or_default());
        writeln!(
            out,
            "  {} = {}  {}",
            one_line(one),
            one_line(other),
            palette.paint(Style::Dim, &format!("\u{201c}{says}\u{201d}; kept apart"))
        )?;
    }
    if !article.dates.is_empty() {
        writeln!(out, "\n{}", palette.paint(Style::Title, "Dates"))?;
    }
    for date in &article.dates {
        let value = palette.paint(Style::Date, &format!("{:<12} ", date.value));
        let rest = palette.paint(Style::Dim, &one_line(&date.reason));
        writeln!(out, "  {value}{}  {rest}", one_line(&date.surface))?;
    }
    if !article.claims.is_empty() {
        writeln!(out, "\n{}", palette.paint(Style::Title, "Claims"))?;
    }
    for claim in &article.claims {
        let side = |parties: &[crate::article::Party]| parties.iter().map(|p| one_line(&p.name)).collect::<Vec<_>>().join(", ");
        let stance = format!("{:?}", claim.stance).to_lowercase();
        let hedged = if claim.hedged { " (hedged)" } else { "" };
        let line = format!("  {} {} {}{hedged}", side(&claim.accusers), palette.paint(Style::Warn, &stance), side(&claim.accused));
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    escape(text).replace(['\n', '\t'], " ")
}

fn actor_style(kind: ActorKind) -> Style {
    if kind == ActorKind::ThreatGroup { Style::Group } else { Style::Actor }
}

/// Writes the blocks `from..upto`.
fn write_blocks(out: &mut impl Write, article: &Article, from: usize, upto: usize, view: &ArticleView) -> io::Result<()> {
    let mut marks: Vec<(Span, Style)> = Vec::new();
    if view.annotations {
        marks.extend(article.actors.iter().map(|m| (m.span, actor_style(m.kind))));
        marks.extend(article.dates.iter().map(|d| (d.span, Style::Date)));
        marks.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    }
    let html = to_html(article, from, upto, &marks);
    let width = view.width.max(20);
    let lines = html2text::config::with_decorator(Marker).lines_from_read(html.as_bytes(), width);
    // Layout can only fail where a table cannot be made narrow enough; the text itself is then the better answer.
    let Ok(lines) = lines else {
        let blocks = article.blocks.get(from..upto).unwrap_or_default();
        for text in blocks.iter().filter_map(|b| b.span.of(&article.body)) {
            writeln!(out, "{}\n", escape(text))?;
        }
        return Ok(());
    };
    for line in lines {
        writeln!(out, "{}", paint_line(&line, view.palette))?;
    }
    Ok(())
}

fn paint_line(line: &TaggedLine<Vec<Mark>>, palette: Palette) -> String {
    let mut text = String::new();
    for element in line.iter() {
        if let TaggedLineElement::Str(piece) = element {
            let style = piece.tag.iter().rev().find_map(|m| m.0);
            match style {
                Some(style) => text.push_str(&palette.paint(style, &piece.s)),
                None => text.push_str(&piece.s),
            }
        }
    }
    text.trim_end().to_owned()
}

/// The blocks as HTML: lists, tables and quotations are runs of blocks of one kind.
fn to_html(article: &Article, from: usize, upto: usize, marks: &[(Span, Style)]) -> String {
    let blocks = article.blocks.get(from..upto).unwrap_or_default();
    let mut html = String::with_capacity(article.body.len() * 2);
    for (i, block) in blocks.iter().enumerate() {
        let same = |other: Option<&crate::article::BodyBlock>| other.is_some_and(|o| o.kind == block.kind);
        let (first, last) = (!same(i.checked_sub(1).and_then(|p| blocks.get(p))), !same(blocks.get(i + 1)));
        let (open, close) = match block.kind {
            BlockKind::ListItem => ("<ul>", "</ul>"),
            BlockKind::TableRow => ("<table>", "</table>"),
            BlockKind::Quote => ("<blockquote>", "</blockquote>"),
            _ => ("", ""),
        };
        if first {
            html.push_str(open);
        }
        let inner = marked(&article.body, block.span, marks);
        let _ = match block.kind {
            BlockKind::Heading => write!(html, "<h{0}>{inner}</h{0}>", block.level.clamp(1, 6)),
            BlockKind::ListItem => write!(html, "<li>{inner}</li>"),
            BlockKind::TableRow => write!(html, "<tr><td>{}</td></tr>", inner.replace(" | ", "</td><td>")),
            BlockKind::Preformatted => write!(html, "<pre>{inner}</pre>"),
            BlockKind::Caption => write!(html, "<p><em>{inner}</em></p>"),
            BlockKind::Paragraph | BlockKind::Quote | BlockKind::Control | BlockKind::RunningHead => write!(html, "<p>{inner}</p>"),
        };
        if last {
            html.push_str(close);
        }
    }
    html
}

/// The text of `span`, escaped for terminal and HTML, with a link around each mark.
fn marked(body: &str, span: Span, marks: &[(Span, Style)]) -> String {
    let safe = |from: usize, to: usize| {
        let text = escape(body.get(from..to).unwrap_or_default()).into_owned();
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    };
    let mut html = String::new();
    let mut at = span.start;
    let first = marks.partition_point(|(m, _)| m.start < span.start);
    for (mark, style) in marks.get(first..).unwrap_or_default().iter().take_while(|(m, _)| m.start < span.end) {
        if mark.start < at || mark.end > span.end {
            continue;
        }
        let name = match style {
            Style::Group => "group",
            Style::Date => "date",
            _ => "actor",
        };
        let _ = write!(html, "{}<a href=\"{name}\">{}</a>", safe(at, mark.start), safe(mark.start, mark.end));
        at = mark.end;
    }
    html.push_str(&safe(at, span.end));
    html
}

/// The style of a piece of laid-out text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Mark(Option<Style>);

/// Tells html2text how headings, lists and quotes begin, and carries our marks through its layout.
#[derive(Clone, Debug)]
struct Marker;

impl TextDecorator for Marker {
    type Annotation = Mark;

    fn decorate_link_start(&mut self, url: &str) -> (String, Mark) {
        let style = match url {
            "group" => Style::Group,
            "date" => Style::Date,
            _ => Style::Actor,
        };
        (String::new(), Mark(Some(style)))
    }
    fn decorate_link_end(&mut self) -> String {
        String::new()
    }
    fn decorate_em_start(&self) -> (String, Mark) {
        (String::new(), Mark(Some(Style::Dim)))
    }
    fn decorate_em_end(&self) -> String {
        String::new()
    }
    fn decorate_strong_start(&self) -> (String, Mark) {
        (String::new(), Mark(Some(Style::Title)))
    }
    fn decorate_strong_end(&self) -> String {
        String::new()
    }
    fn decorate_strikeout_start(&self) -> (String, Mark) {
        (String::new(), Mark(None))
    }
    fn decorate_strikeout_end(&self) -> String {
        String::new()
    }
    fn decorate_code_start(&self) -> (String, Mark) {
        (String::new(), Mark(None))
    }
    fn decorate_code_end(&self) -> String {
        String::new()
    }
    fn decorate_preformat_first(&self) -> Mark {
        Mark(None)
    }
    fn decorate_preformat_cont(&self) -> Mark {
        Mark(None)
    }
    fn decorate_image(&mut self, _src: &str, title: &str) -> (String, Mark) {
        (title.to_owned(), Mark(None))
    }
    fn header_prefix(&self, level: usize) -> String {
        "#".repeat(level) + " "
    }
    fn quote_prefix(&self) -> String {
        "> ".to_owned()
    }
    fn unordered_item_prefix(&self) -> String {
        "* ".to_owned()
    }
    fn ordered_item_prefix(&self, i: i64) -> String {
        format!("{i}. ")
    }
    fn make_subblock_decorator(&self) -> Self {
        self.clone()
    }
}
