//! The table's lines, read and written.
//!
//! One line an actor, cells parted by tabs: id, kind, name, aliases, country, parent, references. Aliases are groups parted by ` | `,
//! each `sources: name; name`, so that every name says who uses it; a group without `sources:` is the editors' own (`curated`).
//! `sources/role: name` gives names that stand for the actor in another way: `demonym`, `capital`, `metonym`.
//! The shown name needs no mention among the aliases unless it has sources of its own. Lines that begin with `#` are notes.

use super::actor::{Actor, Alias, Role};
use crate::article::ActorKind;

/// Source of names that the table's editors wrote down from common use and official sites.
pub(super) const CURATED: &str = "curated";

/// Reads a table. A line that does not fit is left out; the tests walk every line of the tables that come with the program.
pub(super) fn read(table: &str) -> impl Iterator<Item = Actor> + '_ {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).filter_map(read_line)
}

/// Reads one line, or `None` where it is not of the table's form.
pub(super) fn read_line(line: &str) -> Option<Actor> {
    let mut cells = line.split('\t');
    let id = cells.next().filter(|s| !s.is_empty())?.to_owned();
    let kind = ActorKind::from_name(cells.next()?)?;
    let name = cells.next().filter(|s| !s.is_empty())?.to_owned();
    let mut aliases: Vec<Alias> = Vec::new();
    for group in cells.next().unwrap_or("").split(" | ").filter(|g| !g.is_empty()) {
        let (label, names) = group.split_once(": ").unwrap_or((CURATED, group));
        let (sources, role) = label.split_once('/').unwrap_or((label, "name"));
        let (sources, role): (Vec<String>, _) = (sources.split('+').map(str::to_owned).collect(), Role::from_word(role)?);
        aliases.extend(names.split("; ").filter(|n| !n.is_empty()).map(|n| Alias { name: n.to_owned(), sources: sources.clone(), role }));
    }
    match aliases.iter().position(|a| a.name == name) {
        Some(at) => aliases[..=at].rotate_right(1),
        None => aliases.insert(0, Alias { name: name.clone(), sources: vec![CURATED.to_owned()], role: Role::Name }),
    }
    let mut optional = || cells.next().filter(|s| !s.is_empty()).map(str::to_owned);
    let (country, parent) = (optional(), optional());
    let references = optional().map(|r| r.split("; ").map(str::to_owned).collect()).unwrap_or_default();
    Some(Actor { id, kind, name, aliases, country, parent, references })
}

/// Writes one line, without its end. Reading it gives the same actor, but for the order of aliases of different sources.
pub(super) fn write_line(actor: &Actor) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for alias in &actor.aliases {
        let mut sources = alias.sources.join("+");
        if alias.role != Role::Name {
            sources = format!("{sources}/{}", alias.role.as_str());
        }
        match groups.iter_mut().find(|(s, _)| *s == sources) {
            Some((_, names)) => names.push(&alias.name),
            None => groups.push((sources, vec![&alias.name])),
        }
    }
    let aliases: Vec<String> = groups.into_iter().map(|(sources, names)| format!("{sources}: {}", names.join("; "))).collect();
    let cells = [
        actor.id.as_str(),
        actor.kind.as_str(),
        &actor.name,
        &aliases.join(" | "),
        actor.country.as_deref().unwrap_or(""),
        actor.parent.as_deref().unwrap_or(""),
        &actor.references.join("; "),
    ];
    cells.join("\t").trim_end_matches('\t').to_owned()
}
