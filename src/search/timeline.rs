//! Hits over time: by day, month or year, as published or as mentioned, in all and apart for the most frequent values of a facet.

use super::facets::FacetValue;
use super::{Index, SearchOptions};
use crate::error::Result;
use crate::index::{Facet, date_of, guarded};
use crate::query::Query;
use serde::Serialize;
use std::collections::BTreeMap;

/// Longest spans that are drawn by days and by months, in days, where nothing is said.
const BY_DAYS: i64 = 62;
const BY_MONTHS: i64 = 366 * 6;
/// Periods of a timeline at most; a longer one is drawn by longer periods.
const PERIODS: i64 = 4000;
/// Hits at either end of the times mentioned, in a hundred, that do not stretch the timeline: histories and forecasts.
const ENDS: usize = 1;

/// Which time of an article counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeOf {
    /// The day it was published.
    #[default]
    Published,
    /// The times it names, each once.
    Mentioned,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// How to make a timeline.
///
/// ```
/// let options = demarche::TimelineOptions { by: Some(demarche::Facet::Actor), ..Default::default() };
/// assert_eq!(options.lanes, 6);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineOptions {
    /// Which time counts.
    pub of: TimeOf,
    /// How long a period is; chosen by the span where nothing is said.
    pub unit: Option<Unit>,
    /// What to tell hits apart by.
    pub by: Option<Facet>,
    /// How many values of it, the most frequent first.
    pub lanes: usize,
}

impl Default for TimelineOptions {
    fn default() -> Self {
        TimelineOptions { of: TimeOf::Published, unit: None, by: None, lanes: 6 }
    }
}

/// Hits over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Timeline {
    /// Which time counts.
    pub of: TimeOf,
    /// How long a period is.
    pub unit: Unit,
    /// Hits in all, copies counted once.
    pub total: usize,
    /// How many more are copies of these.
    pub copies: usize,
    /// Hits without a time, or with none that lies within one period.
    pub without: usize,
    /// Times mentioned before the first period and after the last.
    pub earlier: usize,
    /// See [`earlier`](Timeline::earlier).
    pub later: usize,
    /// Every period from the first to the last, empty ones too.
    pub periods: Vec<Period>,
    /// What the lanes are values of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Facet>,
    /// Hits of the most frequent values, most hits first.
    pub lanes: Vec<Lane>,
}

/// Hits of one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// `2021-07-19`, `2021-07` or `2021`.
    pub period: String,
    /// Hits.
    pub count: usize,
}

/// Hits of one value over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lane {
    /// The value and its hits in all.
    #[serde(flatten)]
    pub value: FacetValue,
    /// Hits of each period.
    pub counts: Vec<usize>,
}

impl Unit {
    /// The period a day lies in, numbered in order.
    fn of(self, day: i64) -> Option<i64> {
        let date = || date_of(day);
        match self {
            Unit::Day => Some(day),
            Unit::Month => date().map(|d| i64::from(d.year()) * 12 + i64::from(d.month()) - 1),
            Unit::Year => date().map(|d| i64::from(d.year())),
        }
    }

    fn label(self, period: i64) -> String {
        match self {
            Unit::Day => date_of(period).map_or_else(String::new, |d| d.to_string()),
            Unit::Month => format!("{:04}-{:02}", period.div_euclid(12), period.rem_euclid(12) + 1),
            Unit::Year => format!("{period:04}"),
        }
    }

    fn days(self) -> i64 {
        match self {
            Unit::Day => 1,
            Unit::Month => 30,
            Unit::Year => 365,
        }
    }
}

impl Index {
    /// All hits of a query over time. `search` narrows the query; its limit and order play no part.
    ///
    /// # Errors
    /// Where the index cannot be read.
    ///
    /// ```
    /// # let dir = tempfile::tempdir().unwrap();
    /// use demarche::{Article, Index, Query, SearchOptions, TimelineOptions};
    /// let index = Index::create(dir.path().join("index"))?;
    /// let article = |path: &str, day: &str| Article {
    ///     path: path.into(), published: Some(day.into()), body: "A breach of the mail servers.".into(), ..Article::default()
    /// };
    /// index.add([article("a", "2021-05-19"), article("b", "2021-07-20")])?;
    /// let timeline = index.timeline(&Query::words("breach"), &SearchOptions::default(), &TimelineOptions::default())?;
    /// assert_eq!(timeline.periods.len(), 3, "May, June and July");
    /// # Ok::<(), demarche::Error>(())
    /// ```
    pub fn timeline(&self, query: &Query, search: &SearchOptions, options: &TimelineOptions) -> Result<Timeline> {
        guarded(self.store.path(), || {
            let (view, plan) = self.asked(query, search)?;
            let hits = view.hits(&plan)?;
            let mentioned = options.of == TimeOf::Mentioned;
            let within = |unit: Unit| move |first: i64, last: i64| unit.of(first).filter(|p| unit.of(last) == Some(*p));
            let none = |_: &str| None;
            let country = options.by.map(|facet| self.countries(facet)).transpose()?.unwrap_or_else(|| Box::new(none));
            // How far it reaches decides on the unit: in years first, then exactly.
            let years = view.histogram(&hits, mentioned, &within(Unit::Year), None, &none)?.all;
            let (first, last) = if mentioned { bulk(&years) } else { (years.keys().next().copied(), years.keys().last().copied()) };
            let (first, last) = (first.unwrap_or(0), last.unwrap_or(-1));
            let inside = move |day: i64| Unit::Year.of(day).is_some_and(|y| (first..=last).contains(&y));
            let narrow = |unit: Unit| move |a: i64, b: i64| if inside(a) && inside(b) { within(unit)(a, b) } else { None };
            let days = view.histogram(&hits, mentioned, &narrow(Unit::Day), None, &none)?.all;
            let span = days.keys().last().zip(days.keys().next()).map_or(0, |(last, first)| last - first + 1);
            let auto = if span <= BY_DAYS {
                Unit::Day
            } else if span <= BY_MONTHS {
                Unit::Month
            } else {
                Unit::Year
            };
            // Days named are few among months and years named: they do not decide alone.
            let auto = if mentioned && last - first >= BY_MONTHS / 366 { Unit::Year } else { auto };
            let unit = [Unit::Day, Unit::Month, Unit::Year]
                .into_iter()
                .find(|u| *u >= options.unit.unwrap_or(auto) && (*u == Unit::Year || (last - first + 1) * 365 / u.days() <= PERIODS));
            let unit = unit.unwrap_or(Unit::Year);
            let mut lanes: Vec<FacetValue> = Vec::new();
            if let Some(facet) = options.by {
                let counts = view.tally(&hits, facet, &*country)?.values;
                lanes = counts.into_iter().map(|(v, count)| FacetValue { value: v.value, name: v.name, count }).collect();
                lanes.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
                lanes.truncate(options.lanes);
            }
            let values: Vec<String> = lanes.iter().map(|l| l.value.clone()).collect();
            let by = options.by.map(|facet| (facet, values.as_slice()));
            let histogram = view.histogram(&hits, mentioned, &narrow(unit), by, &*country)?;
            let keys = histogram.all.keys().next().copied().zip(histogram.all.keys().last().copied());
            let keys: Vec<i64> = keys.map(|(first, last)| (first..=last).collect()).unwrap_or_default();
            let at = |counts: &BTreeMap<i64, usize>, key: &i64| counts.get(key).copied().unwrap_or(0);
            Ok(Timeline {
                of: options.of,
                unit,
                total: hits.total,
                copies: hits.copies,
                without: histogram.without,
                earlier: years.range(..first).map(|(_, n)| n).sum(),
                later: years.range(last.saturating_add(1).max(first)..).map(|(_, n)| n).sum(),
                periods: keys.iter().map(|k| Period { period: unit.label(*k), count: at(&histogram.all, k) }).collect(),
                by: options.by,
                lanes: lanes
                    .into_iter()
                    .zip(&histogram.lanes)
                    .map(|(value, counts)| Lane { value, counts: keys.iter().map(|k| at(counts, k)).collect() })
                    .collect(),
            })
        })
    }
}

/// First and last year without the [`ENDS`].
fn bulk(years: &BTreeMap<i64, usize>) -> (Option<i64>, Option<i64>) {
    let all: usize = years.values().sum();
    let reach = |counts: &mut dyn Iterator<Item = (&i64, &usize)>| {
        let mut sum = 0;
        for (year, n) in counts {
            sum += n;
            if sum * 100 > all * ENDS {
                return Some(*year);
            }
        }
        None
    };
    (reach(&mut years.iter()), reach(&mut years.iter().rev()))
}
