//! How an article is kept to be shown: a row of values for everything but its body, which stands beside it as it is.
//!
//! Values that can be told from others are not kept: the surface of a mention is a piece of the body, and mostly the name of the actor
//! too; what was removed is often the title. Names of fields are not kept at all, so that the order of the values is part of the format.

use crate::article::{
    ActorKind, Article, BlockKind, BodyBlock, Candidate, Claim, DateMention, Equated, FieldEvidence, Granularity, Mention, Removed, Source,
    Span,
};
use serde::{Deserialize, Serialize};

/// Everything but the body.
#[derive(Serialize, Deserialize)]
struct Row(
    String,
    Source,
    Option<String>,
    Vec<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Vec<(String, String, f32)>,
    Vec<BlockRow>,
    Vec<RemovedRow>,
    Vec<MentionRow>,
    Vec<Equated>,
    Vec<DateRow>,
    Vec<Claim>,
);

/// Length and kind of a block that follows the one before after a blank line; its place where it does not.
#[derive(Serialize, Deserialize)]
struct BlockRow(usize, BlockKind, u8, Option<usize>);

/// A text; `None` where it is the title.
#[derive(Serialize, Deserialize)]
struct RemovedRow(Option<String>, String, usize);

/// Id, name and kind; bytes from the start of the mention before, and length; reason and candidates. The name is `None` where it is the
/// surface. The last is the surface where it is not what the body says there.
#[derive(Serialize, Deserialize)]
struct MentionRow(String, Option<String>, ActorKind, i64, usize, String, Vec<(String, String, Vec<String>)>, Option<String>);

/// Bytes from the start of the time before, and length; value, granularity and reason. The last is the surface where it is not what the
/// body says there.
#[derive(Serialize, Deserialize)]
struct DateRow(i64, usize, String, Granularity, String, Option<String>);

/// Bytes between two blocks of a body.
const BETWEEN: usize = 2;

/// An article as it is kept, without its body.
pub(super) fn pack(article: &Article) -> Vec<u8> {
    // A field that joins the article must be kept too: without a place here this does not compile.
    let Article {
        path,
        source,
        title,
        authors,
        publisher,
        url,
        published,
        modified,
        language,
        evidence,
        body,
        blocks,
        removed,
        actors,
        equated,
        dates,
        claims,
    } = article.clone();
    let other = |surface: String, span: Span| (span.of(&body) != Some(surface.as_str())).then_some(surface);
    let (mut end, mut mentioned, mut told) = (0, 0, 0);
    let row = Row(
        path,
        source,
        title.clone(),
        authors,
        publisher,
        url,
        published,
        modified,
        language,
        evidence.into_iter().map(|e| (e.field, e.evidence, e.confidence)).collect(),
        blocks
            .into_iter()
            .map(|b| {
                let follows = b.span.start == end;
                end = b.span.end + BETWEEN;
                BlockRow(b.span.len(), b.kind, b.level, (!follows).then_some(b.span.start))
            })
            .collect(),
        removed.into_iter().map(|r| RemovedRow((title.as_ref() != Some(&r.text)).then_some(r.text), r.rule, r.at)).collect(),
        actors
            .into_iter()
            .map(|m| {
                let name = (m.name != m.surface).then_some(m.name);
                let candidates = m.candidates.into_iter().map(|c| (c.id, c.name, c.sources)).collect();
                MentionRow(m.id, name, m.kind, step(&mut mentioned, m.span), m.span.len(), m.reason, candidates, other(m.surface, m.span))
            })
            .collect(),
        equated,
        dates
            .into_iter()
            .map(|d| DateRow(step(&mut told, d.span), d.span.len(), d.value, d.granularity, d.reason, other(d.surface, d.span)))
            .collect(),
        claims,
    );
    // Writing plain structs to memory cannot fail.
    serde_json::to_vec(&row).unwrap_or_default()
}

/// The article of what was kept of it.
pub(super) fn unpack(row: &[u8], body: String) -> serde_json::Result<Article> {
    let Row(
        path,
        source,
        title,
        authors,
        publisher,
        url,
        published,
        modified,
        language,
        evidence,
        blocks,
        removed,
        actors,
        equated,
        dates,
        claims,
    ) = serde_json::from_slice(row)?;
    let (mut end, mut mentioned, mut told) = (0usize, 0, 0);
    let surface = |other: Option<String>, span: Span| other.unwrap_or_else(|| span.of(&body).unwrap_or_default().to_owned());
    let blocks = blocks.into_iter().map(|BlockRow(len, kind, level, place)| {
        let start = place.unwrap_or(end);
        end = start.saturating_add(len).saturating_add(BETWEEN);
        BodyBlock { kind, level, span: Span::new(start, start.saturating_add(len)) }
    });
    let blocks = blocks.collect();
    let removed = removed.into_iter().map(|RemovedRow(text, rule, at)| {
        let text = text.or_else(|| title.clone()).unwrap_or_default();
        Removed { text, rule, at }
    });
    let removed = removed.collect();
    let actors = actors.into_iter().map(|MentionRow(id, name, kind, start, len, reason, candidates, other)| {
        let span = walk(&mut mentioned, start, len);
        let surface = surface(other, span);
        let name = name.unwrap_or_else(|| surface.clone());
        let candidates = candidates.into_iter().map(|(id, name, sources)| Candidate { id, name, sources }).collect();
        Mention { id, name, kind, surface, span, candidates, reason }
    });
    let actors = actors.collect();
    let dates = dates.into_iter().map(|DateRow(start, len, value, granularity, reason, other)| {
        let span = walk(&mut told, start, len);
        DateMention { surface: surface(other, span), span, value, granularity, reason }
    });
    let dates = dates.collect();
    let evidence = evidence.into_iter().map(|(field, evidence, confidence)| FieldEvidence { field, evidence, confidence }).collect();
    Ok(Article {
        path,
        source,
        title,
        authors,
        publisher,
        url,
        published,
        modified,
        language,
        evidence,
        body,
        blocks,
        removed,
        actors,
        equated,
        dates,
        claims,
    })
}

/// Title and language of what was kept.
pub(super) fn head(row: &[u8]) -> serde_json::Result<(Option<String>, Option<String>)> {
    use serde::de::IgnoredAny as Any;
    #[derive(Deserialize)]
    struct Head(Any, Any, Option<String>, Any, Any, Any, Any, Any, Option<String>, Any, Any, Any, Any, Any, Any, Any);
    serde_json::from_slice(row).map(|head: Head| (head.2, head.8))
}

/// Bytes from `before` to the start of a span, which takes its place.
fn step(before: &mut usize, span: Span) -> i64 {
    let step = span.start as i64 - *before as i64;
    *before = span.start;
    step
}

/// The span so many bytes from `before`, whose start takes its place.
fn walk(before: &mut usize, step: i64, len: usize) -> Span {
    *before = before.saturating_add_signed(step as isize);
    Span::new(*before, before.saturating_add(len))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::pipeline::Reader;

    #[test]
    fn what_is_kept_is_the_article() {
        let text = "Envoy summoned over intrusion\n\nThe ministry said on 3 May 2021 that APT40, known as Leviathan, had broken into its mail \
                    servers. Norway accused China of the intrusion.\n\nShare this story\n\nThe embassy denied it last Tuesday.\n";
        let mut article = Reader::new(Knowledge::builtin()).read("a/b.txt", text.as_bytes()).unwrap();
        assert!(!article.actors.is_empty() && !article.dates.is_empty() && !article.claims.is_empty());
        article.equated = vec![Equated { ids: ["a".into(), "b".into()], names: ["A".into(), "B".into()], span: Span::new(3, 9) }];
        article.actors[0].surface = "other than the text".into();
        article.blocks.push(BodyBlock { kind: BlockKind::Quote, level: 2, span: Span::new(5, 9) });
        article.removed.push(Removed { text: article.title.clone().unwrap_or_default(), rule: "title".into(), at: 0 });
        article.dates.reverse();
        assert_eq!(unpack(&pack(&article), article.body.clone()).unwrap(), article);
        assert_eq!(unpack(&pack(&Article::default()), String::new()).unwrap(), Article::default());
        assert_eq!(head(&pack(&article)).unwrap(), (article.title.clone(), article.language.clone()));
        assert!(unpack(b"[1]", String::new()).is_err());
    }
}
