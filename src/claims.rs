//! The claims of an index: who accuses whom, over all articles that a query finds. Copies of one story count once.

use crate::article::{Party, Span, Stance};
use crate::error::Result;
use crate::index::{Order, Test, actor_key, guarded, id_text};
use crate::query::Query;
use crate::search::{Index, SearchOptions, plan};
use serde::Serialize;
use std::collections::{BTreeSet, HashSet};

/// Which claims.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClaimOptions {
    /// Of which articles; limit, offset and order are not looked at.
    pub search: SearchOptions,
    /// Made by one of these, under any alias; `NAME+` is the actor or a part of it, `unnamed` nobody in particular.
    pub accusers: Vec<String>,
    /// About one of these, in the same way.
    pub accused: Vec<String>,
    /// With one of these stances.
    pub stances: Vec<Stance>,
}

/// One claim with the article that it stands in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimRow {
    /// Day the article was published, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// What is said.
    pub stance: Stance,
    /// Who says it; `unnamed` where the article says it in its own voice, or of nobody in particular.
    pub accusers: Vec<Party>,
    /// Of whom; for a denial, whom it answers.
    pub accused: Vec<Party>,
    /// Of what, in the text's words.
    pub about: Option<String>,
    /// Who suffered it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub victims: Vec<Party>,
    /// Said with reserve.
    pub hedged: bool,
    /// The sentence.
    pub sentence: String,
    /// Where in the article's body it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The rule that read it.
    pub rule: String,
    /// Id of the article.
    pub id: String,
    /// Path of its file.
    pub path: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its outlet.
    pub publisher: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

/// One side of a filter: the ids and the keys of a name.
struct Wanted {
    ids: BTreeSet<String>,
    key: String,
}

impl Wanted {
    fn meets(&self, parties: &[Party]) -> bool {
        parties.iter().any(|p| p.id.as_ref().is_some_and(|id| self.ids.contains(id)) || actor_key(&p.name) == self.key)
    }
}

impl Index {
    /// The claims of the articles that a query finds, of all articles without one; the earliest first, undated last.
    ///
    /// Copies of a story count once, and so does a sentence that several articles print.
    ///
    /// ```
    /// # let dir = tempfile::tempdir().unwrap();
    /// # let index = demarche::Index::create(dir.path().join("index"))?;
    /// # let folder = dir.path().join("articles");
    /// # std::fs::create_dir(&folder).unwrap();
    /// # let text = "Norway accused Russia of hacking two ministries. The malware was found on all of their mail servers last week.";
    /// # std::fs::write(folder.join("note.txt"), text).unwrap();
    /// # index.sync(&[folder], &demarche::SyncOptions::default(), &mut |_| {})?;
    /// let options = demarche::ClaimOptions { accused: vec!["Moscow".into()], ..Default::default() };
    /// let rows = index.claims(None, &options)?;
    /// assert_eq!(rows[0].accusers[0].name, "Norway");
    /// # Ok::<(), demarche::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn claims(&self, query: Option<&Query>, options: &ClaimOptions) -> Result<Vec<ClaimRow>> {
        guarded(self.store.path(), || {
            let view = self.view();
            let mut plan = plan(query.unwrap_or(&Query::words("")), &view.languages()?, &options.search, &view.commit.roots);
            if query.is_none() {
                plan.wanted.clear();
                plan.any_wanted = false;
                plan.required.get_or_insert(Test::Everything);
            }
            view.expand(&mut plan)?;
            self.put_families(&view, &mut plan)?;
            let (accusers, accused) = (self.wanted(&options.accusers)?, self.wanted(&options.accused)?);
            let found = view.rank(&plan, &options.search.ranking, Order::Oldest, usize::MAX, false)?;
            let (mut rows, mut seen) = (Vec::new(), HashSet::new());
            for ranked in &found.hits {
                let article = view.article(ranked.at)?;
                for claim in article.claims {
                    let fits = |wanted: &[Wanted], side: &[Party]| wanted.is_empty() || wanted.iter().any(|w| w.meets(side));
                    let stance = options.stances.is_empty() || options.stances.contains(&claim.stance);
                    if !stance || !fits(&accusers, &claim.accusers) || !fits(&accused, &claim.accused) {
                        continue;
                    }
                    let sentence = claim.span.of(&article.body).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
                    let names = |side: &[Party]| side.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("\u{1f}");
                    if !seen.insert((claim.stance, names(&claim.accusers), names(&claim.accused), actor_key(&sentence))) {
                        continue;
                    }
                    rows.push(ClaimRow {
                        published: article.published.clone(),
                        stance: claim.stance,
                        accusers: claim.accusers,
                        accused: claim.accused,
                        about: claim.about,
                        victims: claim.victims,
                        hedged: claim.hedged,
                        sentence,
                        span: claim.span,
                        rule: claim.rule,
                        id: id_text(ranked.id),
                        path: article.path.clone(),
                        title: article.title.clone(),
                        publisher: article.publisher.clone(),
                        url: article.url.clone(),
                    });
                }
            }
            Ok(rows)
        })
    }

    fn wanted(&self, names: &[String]) -> Result<Vec<Wanted>> {
        let view = self.view();
        names
            .iter()
            .map(|name| {
                let key = actor_key(name);
                let ids = if name.ends_with('+') {
                    self.family(&view, &key)?
                } else {
                    let mut ids = view.actors_of(&key)?;
                    ids.extend(self.knowledge()?.lookup(name).into_iter().map(|a| a.id.clone()));
                    ids
                };
                Ok(Wanted { ids, key })
            })
            .collect()
    }
}
