//! Mentions of actors and of times, as spans of a body.

use super::Span;
use serde::{Deserialize, Serialize};

/// What kind of actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActorKind {
    /// A named group that attacks: APT40, Conti, LAPSUS$.
    ThreatGroup,
    /// A state, its government or its people as one actor; also a union of states (EU).
    State,
    /// An agency, ministry, unit, CERT, court, regulator or international body.
    Agency,
    /// A company or its research team.
    Company,
    /// A person.
    Person,
    /// Anything else that acts.
    Other,
}

impl ActorKind {
    /// All kinds, in the order of listings.
    pub const ALL: [ActorKind; 6] =
        [ActorKind::ThreatGroup, ActorKind::State, ActorKind::Agency, ActorKind::Company, ActorKind::Person, ActorKind::Other];

    /// The name used in JSON and queries.
    ///
    /// ```
    /// assert_eq!(demarche::ActorKind::ThreatGroup.as_str(), "threat-group");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            ActorKind::ThreatGroup => "threat-group",
            ActorKind::State => "state",
            ActorKind::Agency => "agency",
            ActorKind::Company => "company",
            ActorKind::Person => "person",
            ActorKind::Other => "other",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.as_str() == name)
    }
}

/// One place where an actor is named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Id in the knowledge table (`apt40`, `state-cn`), or `name:…` for an actor the table does not know.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// What kind of actor.
    pub kind: ActorKind,
    /// The text of the span.
    pub surface: String,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// Other actors the surface may mean, with those who say so. Empty where there is no doubt.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate>,
    /// Why this name is this actor.
    pub reason: String,
}

/// An actor that a surface may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Id in the knowledge table.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Who says that the surface names it: `attack`, `misp`, `microsoft`, …
    pub sources: Vec<String>,
}

/// Two actors that an article says are one. They stay two: this is what the article asserts, not what is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equated {
    /// Ids of the two.
    pub ids: [String; 2],
    /// Their canonical names.
    pub names: [String; 2],
    /// The words that say so, from the one name to the other.
    #[serde(flatten)]
    pub span: Span,
}

/// How exact a time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Granularity {
    /// Hours or minutes.
    Time,
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A season.
    Season,
    /// Half a year.
    Half,
    /// A year.
    Year,
    /// Ten years or more.
    Decade,
    /// A length of time, not a place in it.
    Duration,
    /// A recurring time.
    Set,
    /// Not told.
    Unknown,
}

/// One place where a time is named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DateMention {
    /// The text of the span.
    pub surface: String,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// TIMEX3 value: `2021`, `2021-07`, `2021-07-19`, `2021-W29`, `2021-Q3`; what stays open is written with `X` (`XXXX-07-19`).
    pub value: String,
    /// How exact it is.
    pub granularity: Granularity,
    /// How the value was found.
    pub reason: String,
}
