//! Joins the stages: bytes to articles.

mod folder;

use crate::annotate::{Annotations, Annotator, Context};
use crate::article::{Article, Block, BodyBlock, FieldEvidence, Page, Removed, Source, Span, Valued};
use crate::clean::templates::{self, Fingerprint, Templates, site_of};
use crate::clean::{Explained, Verdicts, clean};
use crate::decode::{Decoded, Entry, Fields, Input, decode, entries, versions};
use crate::error::Skipped;
use crate::extract::{add_told, extract, reread};
use crate::knowledge::Knowledge;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// All blocks of an article, with the verdict on each.
pub type ExplainedBlocks = Vec<(Block, Explained)>;

/// Reads files as articles. Made once, used from any number of threads.
#[derive(Debug)]
pub struct Reader<'k> {
    annotator: Annotator<'k>,
    fields: Fields,
}

impl<'k> Reader<'k> {
    /// A reader that knows the actors of `knowledge`.
    pub fn new(knowledge: &'k Knowledge) -> Self {
        Reader { annotator: Annotator::new(knowledge), fields: Fields::default() }
    }

    /// The same, told which fields of records hold what.
    pub fn with_fields(self, fields: Fields) -> Self {
        Reader { fields, ..self }
    }

    /// Reads a file that holds one article.
    ///
    /// # Errors
    /// [`Skipped`] where it cannot be read, is too large, is not of a format that is read, or holds several articles.
    pub fn read_file(&self, path: &Path) -> Result<Article, Skipped> {
        self.read_entry(&path.to_string_lossy(), "", Input::file(std::fs::File::open(path)?))
    }

    /// Reads one article of a file by its name there, which is empty where the file is the article.
    ///
    /// # Errors
    /// As [`read_file`](Reader::read_file); [`Skipped::NoEntry`] where the file holds none of that name.
    pub fn read_entry(&self, path: &str, name: &str, input: Input<'_>) -> Result<Article, Skipped> {
        let (mut found, mut several) = (None, false);
        let ended = self.decode(path, input, &mut |entry| {
            several |= !entry.name.is_empty();
            if entry.name == name {
                found = Some(self.article(&entry.path(path), entry.read, &Templates::default()));
            }
            if found.is_some() || several && name.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let missing = if several && name.is_empty() { Skipped::Several } else { Skipped::NoEntry(name.to_owned()) };
        found.unwrap_or_else(|| ended.and(Err(missing)))
    }

    /// Reads the bytes of a file that holds one article. `path` names it in the article, and its ending helps to tell the format.
    ///
    /// # Errors
    /// [`Skipped`] where the bytes are too many or not of a format that is read, or hold several articles.
    ///
    /// ```
    /// use demarche::{Reader, knowledge::Knowledge};
    /// let reader = Reader::new(Knowledge::builtin());
    /// assert!(reader.read("photo.png", b"\x89PNG\r\n").is_err());
    /// ```
    pub fn read(&self, path: &str, bytes: &[u8]) -> Result<Article, Skipped> {
        self.read_among(path, bytes, &Templates::default())
    }

    /// Reads the bytes of one file among others of which `templates` were learnt.
    ///
    /// # Errors
    /// As [`read`](Reader::read).
    pub fn read_among(&self, path: &str, bytes: &[u8], templates: &Templates) -> Result<Article, Skipped> {
        self.article(path, trusted(|| decode(path, bytes)), templates)
    }

    /// Reads all articles of a file, in order, until `each` breaks: an article in a file of many has the path `FILE#ENTRY`.
    ///
    /// # Errors
    /// [`Skipped`] where the file cannot be read, or not further; what was handed over before stands.
    ///
    /// ```
    /// use demarche::{Reader, decode::Input, knowledge::Knowledge};
    /// let letter = "From a@gate.example Mon May 12 08:00:00 2031\nMessage-ID: <1@gate.example>\nSubject: Gate\n\nThe gate is closed.\n";
    /// let mut paths = Vec::new();
    /// Reader::new(Knowledge::builtin()).read_each("box", Input::stream(letter.as_bytes()), &mut |path, read| {
    ///     paths.push((path, read.unwrap().title.unwrap()));
    ///     std::ops::ControlFlow::Continue(())
    /// })?;
    /// assert_eq!(paths, [("box#1@gate.example".to_owned(), "Gate".to_owned())]);
    /// # Ok::<(), demarche::Skipped>(())
    /// ```
    pub fn read_each(
        &self,
        path: &str,
        input: Input<'_>,
        each: &mut dyn FnMut(String, Result<Article, Skipped>) -> ControlFlow<()>,
    ) -> Result<(), Skipped> {
        self.decode(path, input, &mut |entry| {
            let path = entry.path(path);
            let read = self.article(&path, entry.read, &Templates::default());
            each(path, read)
        })
    }

    /// Says of every block of a file's articles whether it is kept, and why; without annotating it. Articles are told by their paths.
    ///
    /// # Errors
    /// As [`read_each`](Reader::read_each).
    pub fn explain(
        &self,
        path: &str,
        input: Input<'_>,
        each: &mut dyn FnMut(String, Result<ExplainedBlocks, Skipped>) -> ControlFlow<()>,
    ) -> Result<(), Skipped> {
        let explain = |decoded: Decoded| {
            let mut page = extract(decoded.source, &decoded.text);
            add_told(&mut page, &decoded.told);
            let explained = crate::clean::explain(&page);
            Ok(page.blocks.into_iter().zip(explained).collect())
        };
        self.decode(path, input, &mut |entry| each(entry.path(path), entry.read.and_then(|decoded| trusted(|| explain(decoded)))))
    }

    /// Hands over what a file holds, undecided yet what of it is an article.
    pub(crate) fn decode(&self, path: &str, input: Input<'_>, each: &mut dyn FnMut(Entry) -> ControlFlow<()>) -> Result<(), Skipped> {
        trusted(|| entries(path, input, &self.fields, each))
    }

    /// [`decode`](Reader::decode) of a file on disk.
    fn decode_file(&self, path: &Path, each: &mut dyn FnMut(Entry) -> ControlFlow<()>) -> Result<(), Skipped> {
        self.decode(&path.to_string_lossy(), Input::file(std::fs::File::open(path)?), each)
    }

    /// A text as an article, among others of which `templates` were learnt.
    pub(crate) fn article(&self, path: &str, decoded: Result<Decoded, Skipped>, templates: &Templates) -> Result<Article, Skipped> {
        let decoded = decoded?;
        trusted(|| Ok(self.read_decoded(path, &decoded, templates)))
    }

    fn read_decoded(&self, path: &str, decoded: &Decoded, templates: &Templates) -> Article {
        let mut page = extract(decoded.source, &decoded.text);
        add_told(&mut page, &decoded.told);
        let site = site_of(path, page.metadata.url.as_ref().map(|u| u.value.as_str()));
        if templates.know(&site) && page.source != Source::Document {
            reread(&mut page, |block| templates.has(&site, Fingerprint::of(&block.text)));
            add_told(&mut page, &decoded.told);
        }
        let verdicts = clean(&page);
        // A document is an article as a whole: what it shares with others of its publisher is its own all the same.
        let verdicts = if page.source == Source::Document { verdicts } else { templates.judge(&page, &site, verdicts) };
        let mut article = assemble(path, page, &verdicts);
        tell_language(&mut article);
        let found = self.annotate(&article);
        (article.actors, article.equated, article.dates, article.claims) = (found.actors, found.equated, found.dates, found.claims);
        article
    }

    /// Annotates an article anew.
    pub(crate) fn annotate(&self, article: &Article) -> Annotations {
        let context = Context {
            published: article.published.as_deref().and_then(|d| d.parse().ok()),
            language: article.language.as_deref(),
            title: article.title.as_deref(),
            publisher: article.publisher.as_deref(),
            url: article.url.as_deref(),
            year_hint: year_hint(article),
        };
        self.annotator.annotate(&article.body, &context)
    }

    /// Annotates a text that is no file.
    pub fn annotate_text(&self, text: &str, context: &Context<'_>) -> Annotations {
        self.annotator.annotate(text, context)
    }
}

/// One file that trips over a defect must not end the reading of thousands. Nothing is shared that could be left half done.
fn trusted<T>(read: impl FnOnce() -> Result<T, Skipped>) -> Result<T, Skipped> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(Skipped::Internal))
}

/// The language of the body: what its words say beats what the page declares, which is often that of its template.
fn tell_language(article: &mut Article) {
    if let Some((code, confidence)) = crate::extract::language::detect(&article.body) {
        article.evidence.retain(|e| e.field != "language");
        article.evidence.push(FieldEvidence { field: "language".into(), evidence: "words of the body".into(), confidence });
        article.language = Some(code.to_owned());
    }
}

/// How many removed blocks after the body may be looked at for the year of its copyright line: those close by are the article's own.
const NEAR: usize = 4;

/// The year that the address or the copyright line beneath the article tells, where no day of publication is known.
fn year_hint(article: &Article) -> Option<(i16, &'static str)> {
    if article.published.is_some() {
        return None;
    }
    let from_address = article.url.as_deref().and_then(|url| only_year(url, |c| c == '/' || c == '-'));
    let below = article.removed.iter().filter(|r| r.at == article.body.len()).take(NEAR);
    let from_notice = || below.filter(|r| r.rule == "copyright").find_map(|r| only_year(&r.text, |c| !c.is_alphanumeric()));
    from_address.map(|year| (year, "the address")).or_else(|| from_notice().map(|year| (year, "the copyright line")))
}

/// The one year among the words of a text; `None` where there are several, as in `2003-2021`.
fn only_year(text: &str, parts: impl Fn(char) -> bool) -> Option<i16> {
    let mut years = text.split(parts).filter(|w| w.len() == 4).filter_map(|w| w.parse::<i16>().ok()).filter(|y| (1990..2100).contains(y));
    let year = years.next()?;
    years.all(|y| y == year).then_some(year)
}

/// Kept blocks to a body, the others to the list of what was removed.
fn assemble(path: &str, page: Page, verdicts: &Verdicts) -> Article {
    let mut article = Article { path: path.to_owned(), source: page.source, ..Article::default() };
    for (block, verdict) in page.blocks.into_iter().zip(verdicts) {
        match verdict {
            Some(rule) => article.removed.push(Removed { text: block.text, rule: (*rule).to_owned(), at: article.body.len() }),
            None => {
                if !article.body.is_empty() {
                    article.body.push_str("\n\n");
                }
                let start = article.body.len();
                article.body.push_str(&block.text);
                article.blocks.push(BodyBlock { kind: block.kind, level: block.level, span: Span::new(start, article.body.len()) });
            }
        }
    }
    let meta = page.metadata;
    let evidence = &mut article.evidence;
    article.title = take("title", meta.title, evidence);
    article.authors = take("authors", meta.authors, evidence).unwrap_or_default();
    article.publisher = take("publisher", meta.publisher, evidence);
    article.url = take("url", meta.url, evidence);
    article.published = take("published", meta.published, evidence);
    article.modified = take("modified", meta.modified, evidence);
    article.language = take("language", meta.language, evidence);
    article
}

fn take<T>(field: &str, valued: Option<Valued<T>>, evidence: &mut Vec<FieldEvidence>) -> Option<T> {
    let valued = valued?;
    evidence.push(FieldEvidence { field: field.to_owned(), evidence: valued.evidence.into_owned(), confidence: valued.confidence });
    Some(valued.value)
}

/// One number for the versions of all stages from text to article, and the table of actors: what was read by others is read again.
pub(crate) fn stages() -> u64 {
    number(&[])
}

/// The numbers of files, which count the versions of formats too.
#[derive(Debug)]
pub(crate) struct FileStages {
    by_format: BTreeMap<&'static str, u64>,
    /// Of a file that holds several articles, or none: any format, and any name of a field, may make another of it.
    all: u64,
}

impl FileStages {
    pub(crate) fn new(fields: &Fields) -> Self {
        let versions: Vec<_> = versions().collect();
        let said = serde_json::to_string(fields).unwrap_or_default();
        let by_format =
            versions.iter().map(|one| (one.0, number(&[format!("{one:?} {}", if one.0 == "json" { &said } else { "" })]))).collect();
        FileStages { by_format, all: number(&[format!("{versions:?} {said}")]) }
    }

    /// The number of a file that is one article of a format.
    pub(crate) fn of(&self, format: &str) -> u64 {
        self.by_format.get(format).copied().unwrap_or(self.all)
    }

    /// The number of a file that holds several articles, or none.
    pub(crate) fn all(&self) -> u64 {
        self.all
    }

    /// Whether a file with this number would be read the same again.
    pub(crate) fn are(&self, number: u64) -> bool {
        number == self.all || self.by_format.values().any(|n| *n == number)
    }
}

fn number(more: &[String]) -> u64 {
    let versions = [crate::decode::VERSION, crate::extract::VERSION, crate::clean::VERSION, templates::VERSION, crate::annotate::VERSION];
    let hash = blake3::hash(format!("{versions:?} {} {more:?}", Knowledge::builtin().fingerprint()).as_bytes());
    hash.as_bytes().iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte))
}
