//! Claims: who holds whom responsible for what.

use super::{ActorKind, Span};
use serde::{Deserialize, Serialize};

/// What one party says of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// Says that the accused did it.
    Accuses,
    /// Ties the accused to it or to each other, more weakly.
    Links,
    /// Puts sanctions on the accused for it.
    Sanctions,
    /// Brings criminal charges.
    Charges,
    /// Rejects what others say.
    Denies,
    /// Calls on the accused to stop or act.
    Urges,
}

impl Stance {
    /// All stances, in the order of listings.
    pub const ALL: [Stance; 6] = [Stance::Accuses, Stance::Links, Stance::Sanctions, Stance::Charges, Stance::Denies, Stance::Urges];

    /// The stance of that name.
    ///
    /// ```
    /// assert_eq!(demarche::Stance::from_name("denies"), Some(demarche::Stance::Denies));
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == name)
    }

    /// The name used in JSON and queries.
    pub fn as_str(self) -> &'static str {
        match self {
            Stance::Accuses => "accuses",
            Stance::Links => "links",
            Stance::Sanctions => "sanctions",
            Stance::Charges => "charges",
            Stance::Denies => "denies",
            Stance::Urges => "urges",
        }
    }
}

/// One side of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Id in the knowledge table, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Canonical name where known, else the surface; `unnamed` where nobody is named.
    pub name: String,
    /// What kind of actor, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ActorKind>,
    /// Where the text names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// One claim, with the sentence that makes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// What is said.
    pub stance: Stance,
    /// Who says it.
    pub accusers: Vec<Party>,
    /// Of whom; for a denial, whom it answers.
    pub accused: Vec<Party>,
    /// Of what: the operation, in the text's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Who suffered it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub victims: Vec<Party>,
    /// Said with reserve ("likely", "suspected").
    pub hedged: bool,
    /// The sentence.
    #[serde(flatten)]
    pub span: Span,
    /// Name of the rule that read it.
    pub rule: String,
}
