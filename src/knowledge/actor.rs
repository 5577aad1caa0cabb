//! What the table says of one actor.

use crate::article::ActorKind;

/// One actor of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Short, stable and unique: `apt40`, `state-cn`, `agency-us-nsa`.
    pub id: String,
    /// What kind of actor.
    pub kind: ActorKind,
    /// The name it is shown under.
    pub name: String,
    /// Every name it goes by, the shown one first.
    pub aliases: Vec<Alias>,
    /// ISO 3166-1 alpha-2 code of the country it belongs to or is said to work for.
    pub country: Option<String>,
    /// Id of the actor it is a part of.
    pub parent: Option<String>,
    /// Where more is to be found: ids of knowledge bases (`G0065`, `misp:…`) or addresses.
    pub references: Vec<String>,
}

/// A name of an actor, with those who use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The name as its source writes it.
    pub name: String,
    /// Who says so: `attack`, `misp`, `microsoft`, `curated`, or the name of an imported list.
    pub sources: Vec<String>,
    /// How the name stands for the actor.
    pub role: Role,
}

/// How a name stands for its actor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// It is the actor's name.
    #[default]
    Name,
    /// It says that something or somebody is of that state: "Chinese", "Britons".
    Demonym,
    /// The seat of its government: "Beijing".
    Capital,
    /// A building, body or district that stands for its government: "the Kremlin".
    Metonym,
}

impl Role {
    const ALL: [Role; 4] = [Role::Name, Role::Demonym, Role::Capital, Role::Metonym];

    /// The word the table writes for it.
    ///
    /// ```
    /// assert_eq!(demarche::knowledge::Role::Capital.as_str(), "capital");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Name => "name",
            Role::Demonym => "demonym",
            Role::Capital => "capital",
            Role::Metonym => "metonym",
        }
    }

    pub(super) fn from_word(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|r| r.as_str() == word)
    }
}

impl Actor {
    /// Who lists `alias` (compared by [`key`](super::key)) as a name of this actor; empty where nobody does.
    ///
    /// ```
    /// use demarche::knowledge::Knowledge;
    /// let apt40 = Knowledge::builtin().get("apt40").unwrap();
    /// assert!(apt40.sources_of("TEMP.Periscope").contains(&"attack".to_owned()));
    /// ```
    pub fn sources_of(&self, alias: &str) -> Vec<String> {
        let wanted = super::key(alias);
        let mut sources: Vec<String> =
            self.aliases.iter().filter(|a| super::key::is_key_of(&wanted, &a.name)).flat_map(|a| a.sources.iter().cloned()).collect();
        sources.sort();
        sources.dedup();
        sources
    }
}
