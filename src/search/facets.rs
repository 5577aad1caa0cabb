//! Hits counted by who is named, who published them, when, …

use super::{Index, SearchOptions};
use crate::error::Result;
use crate::index::{Facet, Tally, guarded};
use crate::query::Query;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// Hits counted by facets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// Hits in all; of copies only the one that leads is counted, here and in every facet.
    pub total: usize,
    /// How many more are copies of these.
    pub copies: usize,
    /// One for each facet that was asked for.
    #[serde(serialize_with = "by_name")]
    pub facets: Vec<FacetCounts>,
}

/// Hits counted by one facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FacetCounts {
    /// Which.
    #[serde(skip)]
    pub facet: Facet,
    /// The most frequent values, most hits first; years and months in their order. A hit with several values counts for each.
    pub values: Vec<FacetValue>,
    /// Values that are not listed.
    pub more: usize,
    /// Hits without any value.
    pub without: usize,
}

/// How many hits have one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FacetValue {
    /// The value; for an actor its id, for a country its code.
    pub value: String,
    /// How it is called, where that is not the value itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Hits that have it.
    pub count: usize,
}

impl FacetValue {
    /// What to show for it.
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.value)
    }
}

fn by_name<S: Serializer>(facets: &[FacetCounts], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(facets.len()))?;
    for counts in facets {
        map.serialize_entry(counts.facet.as_str(), counts)?;
    }
    map.end()
}

impl Index {
    /// All hits of a query counted by facets, at most `limit` values each. `options` narrow the query; their limit and order play no part.
    ///
    /// # Errors
    /// Where the index cannot be read.
    ///
    /// ```
    /// # let dir = tempfile::tempdir().unwrap();
    /// use demarche::{Article, Facet, Index, Query, SearchOptions};
    /// let index = Index::create(dir.path().join("index"))?;
    /// let article = |path: &str, day: &str| Article {
    ///     path: path.into(), published: Some(day.into()), body: "A breach of the mail servers.".into(), ..Article::default()
    /// };
    /// index.add([article("a", "2021-07-19"), article("b", "2021-07-20"), article("c", "2022-01-02")])?;
    /// let facets = index.facets(&Query::words("breach"), &SearchOptions::default(), &[Facet::Year], 10)?;
    /// let counts: Vec<_> = facets.facets[0].values.iter().map(|v| (v.value.as_str(), v.count)).collect();
    /// assert_eq!(counts, [("2021", 2), ("2022", 1)]);
    /// # Ok::<(), demarche::Error>(())
    /// ```
    pub fn facets(&self, query: &Query, options: &SearchOptions, facets: &[Facet], limit: usize) -> Result<Facets> {
        guarded(self.store.path(), || {
            let (view, plan) = self.asked(query, options)?;
            let hits = view.hits(&plan)?;
            let counted: Result<_> =
                facets.iter().map(|&facet| Ok(best(facet, view.tally(&hits, facet, &*self.countries(facet)?)?, limit))).collect();
            Ok(Facets { total: hits.total, copies: hits.copies, facets: counted? })
        })
    }

    /// What tells code and name of an actor's country; the table of actors is only loaded where it is asked.
    pub(super) fn countries(&self, facet: Facet) -> Result<Box<Country>> {
        if facet != Facet::Country {
            return Ok(Box::new(|_| None));
        }
        let known = self.knowledge()?;
        Ok(Box::new(move |actor| {
            let code = known.get(actor)?.country.clone()?;
            let name = known.get(&format!("state-{}", code.to_lowercase())).map_or_else(|| code.clone(), |state| state.name.clone());
            Some((code, name))
        }))
    }
}

/// Code and name of the country of the actor with an id.
pub(super) type Country = dyn Fn(&str) -> Option<(String, String)>;

/// The most frequent values in their order.
fn best(facet: Facet, tally: Tally, limit: usize) -> FacetCounts {
    let mut values: Vec<FacetValue> =
        tally.values.into_iter().map(|(v, count)| FacetValue { value: v.value, name: v.name, count }).filter(|v| v.count > 0).collect();
    values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    let more = values.len().saturating_sub(limit);
    values.truncate(limit);
    if facet.is_time() {
        values.sort_by(|a, b| a.value.cmp(&b.value));
    }
    FacetCounts { facet, values, more, without: tally.without }
}
