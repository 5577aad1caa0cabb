//! What a search answers: hits, and what each of them tells of itself.

use super::Cursor;
use crate::article::{ActorKind, Article, Mention, Span};
use crate::index::{Copied, Explanation, Plan, Ranked};
use crate::knowledge::Knowledge;
use crate::snippet::{self, Snippet};
use serde::Serialize;
use std::collections::BTreeSet;

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Hits {
    /// How many articles match in all, copies of one story counted as one unless [`SearchOptions::fold`](crate::SearchOptions::fold) is off.
    pub total: usize,
    /// How many more match that are copies of these.
    pub copies: usize,
    /// The asked-for part of them, in order.
    pub hits: Vec<Hit>,
    /// Where nothing was found: actors asked for that nobody knows, with names like theirs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown_actors: Vec<UnknownActor>,
    /// Words of the query that no article has, with words spelt like them.
    pub unknown_words: Vec<UnknownWord>,
}

/// One article found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// Its place among all hits, from 1.
    pub rank: usize,
    /// Its score; comparable within one search only.
    pub score: f32,
    /// Twelve hex digits that name the article; the first few are enough for [`Index::get`](crate::Index::get).
    pub id: String,
    /// Path of its file.
    pub path: String,
    /// The headline.
    pub title: Option<String>,
    /// Day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// Address it was saved from.
    pub url: Option<String>,
    /// ISO 639-1 code of the text's language.
    pub language: Option<String>,
    /// Who is named, most often named first.
    pub actors: Vec<HitActor>,
    /// The passage that answers best.
    pub snippet: Snippet,
    /// Further passages, where more than one was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more_snippets: Vec<Snippet>,
    /// Actors asked for by name, with the name the article uses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub matched_actors: Vec<MatchedActor>,
    /// How its score came about, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
    /// Words of the query that the article lacks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Other articles of the index that tell the same story in the same words, whether they match or not; earliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<Copied>,
    /// Its place in the list, for [`SearchOptions::after`](crate::SearchOptions::after).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// A word that was asked for and that no article has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnknownWord {
    /// As it was asked for.
    pub asked: String,
    /// Words of the articles that are spelt like it, best first.
    pub like: Vec<String>,
}

/// An actor that was asked for and that neither the table nor the index knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnknownActor {
    /// The name in the query.
    pub asked: String,
    /// Names like it, best first.
    pub like: Vec<String>,
}

/// An actor named in an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HitActor {
    /// Id in the knowledge table.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// What kind of actor.
    pub kind: ActorKind,
}

/// How an actor that was asked for is named in an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MatchedActor {
    /// Canonical name.
    pub name: String,
    /// The name in the query.
    pub asked: String,
    /// The name in the article.
    pub surface: String,
    /// Who says that the name in the query is the actor's: `attack`, `misp`, `microsoft`, …
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

/// A name of an actor in a query, and the actors that go by it.
pub(super) struct Meant {
    pub(super) asked: String,
    /// The key of the name where plain words happen to be one: then a hit only tells of it where it has no such name itself.
    pub(super) key: Option<String>,
    pub(super) ids: BTreeSet<String>,
}

/// What is told of every hit alike.
pub(super) struct Telling<'a> {
    pub(super) plan: &'a Plan,
    pub(super) meant: &'a [Meant],
    pub(super) known: Option<&'a Knowledge>,
    /// What each wanted word is worth.
    pub(super) weights: &'a [f32],
    pub(super) snippets: usize,
}

pub(super) fn hit(rank: usize, ranked: &Ranked, article: &Article, telling: &Telling<'_>) -> Hit {
    let Telling { plan, meant, known, weights, snippets } = *telling;
    let mut named: Vec<(usize, HitActor)> = Vec::new();
    for mention in &article.actors {
        match named.iter_mut().find(|(_, a)| a.id == mention.id) {
            Some((count, _)) => *count += 1,
            None => named.push((1, HitActor { id: mention.id.clone(), name: mention.name.clone(), kind: mention.kind })),
        }
    }
    named.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let mut lit: Vec<Span> = Vec::new();
    let mut matched_actors = Vec::new();
    for Meant { asked, key, ids } in meant {
        let own = |m: &Mention| key.as_ref().is_some_and(|key| crate::index::actor_key(&m.surface) == *key);
        let told = !article.actors.iter().any(|m| ids.contains(&m.id) && own(m));
        for (i, mention) in article.actors.iter().filter(|m| ids.contains(&m.id)).enumerate() {
            lit.push(mention.span);
            if i == 0 && told {
                let known = if key.is_none() { known.and_then(|k| k.get(&mention.id)) } else { None };
                let sources = known.map(|a| a.sources_of(asked)).unwrap_or_default();
                let (name, surface) = (mention.name.clone(), mention.surface.clone());
                matched_actors.push(MatchedActor { name, asked: asked.clone(), surface, sources });
            }
        }
    }
    let mut passages = snippet::passages(&article.body, article.language.as_deref(), plan, weights, &lit, snippets).into_iter();
    let snippet = passages.next().unwrap_or_default();
    let missing = plan.wanted.iter().enumerate().take(64).filter(|(i, w)| !w.stop && !w.joined && !w.added && ranked.holds >> i & 1 == 0);
    Hit {
        rank,
        score: ranked.score,
        id: crate::index::id_text(ranked.id),
        path: article.path.clone(),
        title: article.title.clone(),
        published: article.published.clone(),
        publisher: article.publisher.clone(),
        authors: article.authors.clone(),
        url: article.url.clone(),
        language: article.language.clone(),
        actors: named.into_iter().map(|(_, a)| a).collect(),
        snippet,
        more_snippets: passages.collect(),
        matched_actors,
        missing: missing.map(|(_, w)| w.word.clone()).collect(),
        copies: Vec::new(),
        explanation: None,
        cursor: None,
    }
}
