//! Joins the stages: bytes to articles.

mod folder;

use crate::annotate::{Annotations, Annotator, Context};
use crate::article::{Article, Block, BodyBlock, FieldEvidence, Metadata, Page, Removed, Span, Valued};
use crate::clean::templates::{self, Fingerprint, Templates, site_of};
use crate::clean::{Explained, Verdicts, clean};
use crate::decode::{MAX_MIB, Told, decode};
use crate::error::Skipped;
use crate::extract::{extract, reread};
use crate::knowledge::Knowledge;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Reads files as articles. Made once, used from any number of threads.
#[derive(Debug)]
pub struct Reader<'k> {
    annotator: Annotator<'k>,
}

impl<'k> Reader<'k> {
    /// A reader that knows the actors of `knowledge`.
    pub fn new(knowledge: &'k Knowledge) -> Self {
        Reader { annotator: Annotator::new(knowledge) }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`Skipped`] where it cannot be read, is too large, or is not of a format that is read.
    pub fn read_file(&self, path: &Path) -> Result<Article, Skipped> {
        self.read_file_among(path, &Templates::default())
    }

    fn read_file_among(&self, path: &Path, templates: &Templates) -> Result<Article, Skipped> {
        let unreadable = |e: std::io::Error| Skipped::Unreadable(e.to_string());
        let file = std::fs::File::open(path).map_err(unreadable)?;
        let mut bytes = Vec::new();
        // A file may grow while it is read, and a pipe has no size: the bound is on what is taken, not on what is announced.
        file.take((MAX_MIB << 20) + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        self.read_among(&path.to_string_lossy(), &bytes, templates)
    }

    /// Reads the bytes of one file. `path` names it in the article, and its ending helps to tell the format.
    ///
    /// # Errors
    /// [`Skipped`] where the bytes are too many or not of a format that is read.
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
        // One file that trips over a defect must not end the reading of thousands. Nothing is shared that could be left half done.
        catch_unwind(AssertUnwindSafe(|| self.read_trusting(path, bytes, templates))).unwrap_or(Err(Skipped::Internal))
    }

    fn read_trusting(&self, path: &str, bytes: &[u8], templates: &Templates) -> Result<Article, Skipped> {
        let decoded = decode(path, bytes)?;
        let mut page = extract(decoded.source, &decoded.text);
        take_told(&mut page.metadata, &decoded.told);
        let site = site_of(path, page.metadata.url.as_ref().map(|u| u.value.as_str()));
        if templates.know(&site) {
            reread(&mut page, |block| templates.has(&site, Fingerprint::of(&block.text)));
            take_told(&mut page.metadata, &decoded.told);
        }
        let verdicts = templates.judge(&page, &site, clean(&page));
        let mut article = assemble(path, page, &verdicts);
        tell_language(&mut article);
        let found = self.annotate(&article);
        (article.actors, article.equated, article.dates, article.claims) = (found.actors, found.equated, found.dates, found.claims);
        Ok(article)
    }

    /// Says of every block of a file whether it is kept, and why; without annotating it.
    ///
    /// # Errors
    /// As [`read`](Reader::read).
    pub fn explain(&self, path: &str, bytes: &[u8]) -> Result<Vec<(Block, Explained)>, Skipped> {
        let decoded = decode(path, bytes)?;
        let page = extract(decoded.source, &decoded.text);
        let explained = crate::clean::explain(&page);
        Ok(page.blocks.into_iter().zip(explained).collect())
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

/// What the file says of the page within it. The head of a mail beats what its page says; the address of a saved page fills in where the page names none.
fn take_told(metadata: &mut Metadata, told: &Told) {
    let value = |told: &Option<String>, evidence: &'static str| told.clone().map(|value| Valued::new(value, evidence, 0.9));
    if let Some(url) = value(&told.url, "address it was saved from") {
        metadata.url.get_or_insert(url);
    }
    for (slot, value) in [
        (&mut metadata.title, value(&told.title, "mail subject")),
        (&mut metadata.publisher, value(&told.publisher, "mail sender")),
        (&mut metadata.published, value(&told.published, "mail date")),
    ] {
        *slot = value.or_else(|| slot.take());
    }
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

/// One number for the versions of all stages and the table of actors: a file read by others is read again.
pub(crate) fn stages() -> u64 {
    let versions = [crate::extract::VERSION, crate::clean::VERSION, templates::VERSION, crate::annotate::VERSION];
    let hash = blake3::hash(format!("{versions:?} {}", Knowledge::builtin().fingerprint()).as_bytes());
    hash.as_bytes().iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte))
}
