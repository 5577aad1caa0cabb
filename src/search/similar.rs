//! Articles like a given one: by its weightiest words and the actors it names.

use super::{Hit, Hits, Index, SearchOptions};
use crate::analysis::{Analyzer, is_stop};
use crate::article::Article;
use crate::error::Result;
use crate::index::{Field, Order, Test, Wanted, guarded, id_number};
use crate::query::Query;
use std::collections::{BTreeSet, HashMap};

/// Words taken from the article.
const WORDS: usize = 30;
/// Words of the headline count as often.
const TITLE: f32 = 3.0;
/// How late further occurrences of a word in the article stop counting.
const OFTEN: f32 = 2.0;
/// Actors taken from the article, the most often named ones.
const ACTORS: usize = 8;
/// Hits whose actors are compared.
const COMPARED: usize = 500;
/// How much a hit gains that names all of them.
const GAIN: f32 = 0.5;

impl Index {
    /// The articles most like a given one, which may be in the index or not. It and its copies are left out. `options` narrow the
    /// articles looked at.
    ///
    /// # Errors
    /// Where the index cannot be read.
    ///
    /// ```
    /// # let dir = tempfile::tempdir().unwrap();
    /// use demarche::{Article, Index, SearchOptions};
    /// let index = Index::create(dir.path().join("index"))?;
    /// let article = |path: &str, body: &str| Article { path: path.into(), body: body.into(), ..Article::default() };
    /// index.add([article("a", "A wiper struck the railway."), article("b", "The price of grain fell.")])?;
    /// let hits = index.similar(&article("mine", "Railway operators fear another wiper."), &SearchOptions::default())?;
    /// assert_eq!(hits.hits[0].path, "a");
    /// # Ok::<(), demarche::Error>(())
    /// ```
    pub fn similar(&self, like: &Article, options: &SearchOptions) -> Result<Hits> {
        guarded(self.store.path(), || {
            let (view, mut plan) = self.asked(&Query::words(""), options)?;
            plan.any_wanted = true;
            let mut weighed = Vec::new();
            for word in words(like) {
                if let Some(rarity) = view.rarity_here(&word)? {
                    weighed.push((word.boost * rarity, word));
                }
            }
            weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.terms.cmp(&b.1.terms)));
            plan.wanted = weighed.into_iter().take(WORDS).map(|(_, word)| word).collect();
            let mut own: BTreeSet<u64> = view.copies_of_text(&like.body)?;
            if view.by_path(&like.path)?.is_some() {
                own.insert(id_number(&like.path));
            }
            if plan.wanted.is_empty() {
                return Ok(Hits::default());
            }
            let others = own.iter().map(|id| Test::Not(Box::new(Test::Id(crate::index::id_text(*id)))));
            plan.required = Some(Test::All(plan.required.take().into_iter().chain(others).collect()));
            let wanted = options.offset.saturating_add(options.limit);
            let mut found = view.rank(&plan, &options.ranking, Order::Relevance, wanted.max(COMPARED), false)?;
            let actors = actors(like);
            if !actors.is_empty() {
                let mut rest = found.hits.split_off(found.hits.len().min(COMPARED));
                let shares = view.shared_actors(&actors, &found.hits)?;
                found.hits.iter_mut().zip(shares).for_each(|(hit, share)| hit.score *= 1.0 + GAIN * share);
                found.hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
                found.hits.append(&mut rest);
            }
            let mut hits = Vec::new();
            let end = wanted.min(found.hits.len());
            self.show(&(view, plan), options, &found, &mut (options.offset..end), &mut |hit| {
                // That it lacks some of thirty words is no news, and the list has no order that a cursor could find again.
                hits.push(Hit { missing: Vec::new(), cursor: None, ..hit });
                true
            })?;
            Ok(Hits { total: found.total, copies: found.copies, hits, ..Hits::default() })
        })
    }
}

/// The words of an article, each weighed by how often it stands there.
fn words(article: &Article) -> Vec<Wanted> {
    let mut found: HashMap<String, (String, f32)> = HashMap::new();
    let mut analyzer = Analyzer::default();
    for (text, weight) in [(article.title.as_deref().unwrap_or_default(), TITLE), (article.body.as_str(), 1.0)] {
        analyzer.terms(text, |t| {
            // A number alone says nothing of a story; a code does.
            let number = t.term.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            if !t.joined && !is_stop(t.word) && !number && t.term.len() > 1 {
                found.entry(t.term.to_owned()).or_insert_with(|| (t.word.to_owned(), 0.0)).1 += weight;
            }
        });
    }
    let fields = [Field::Title, Field::Body];
    let wanted = |(term, (word, often)): (String, (String, f32))| Wanted {
        terms: vec![term],
        boost: often / (often + OFTEN),
        ..Wanted::new(&word, &fields)
    };
    found.into_iter().map(wanted).collect()
}

/// The actors named most often.
fn actors(article: &Article) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    article.actors.iter().for_each(|m| *counts.entry(m.id.as_str()).or_default() += 1);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    counts.into_iter().take(ACTORS).map(|(id, _)| id.to_owned()).collect()
}
