//! Who suffered a deed: those a hostile noun or verb leads to, beside the two sides of the claim.

use super::clause::Clause;
use super::lexicon::{Class, Sense};
use super::party::Entity;
use super::words::DEEDS;
use crate::article::ActorKind;

/// Units between a preposition and the one it leads to.
const REACH: usize = 4;

/// The victims a sentence names: `the attack on A`, `hacked B`, `against C and D`.
pub(super) fn victims(c: &Clause<'_>, sides: &[Entity]) -> Vec<Entity> {
    let mut out: Vec<Entity> = Vec::new();
    let class = |u: usize| c.tags.get(u).map(|t| t.class);
    let hostile = |u: usize| DEEDS.has(c.word(u)) || c.tags.get(u).is_some_and(|t| t.verb.is_some_and(|v| v.sense == Sense::Deed));
    let mut joined = None;
    for (at, unit) in c.units.iter().enumerate() {
        let Some(mention) = unit.mention else { continue };
        let entity = Entity::Mention(mention);
        let attacker = c.kind(entity) == Some(ActorKind::ThreatGroup) || sides.iter().any(|s| c.same(*s, entity));
        let inner =
            |u: usize| matches!(class(u), Some(Class::Det | Class::Word | Class::Noun(_) | Class::Own | Class::Actor | Class::Suffix));
        let lead = (at.saturating_sub(REACH)..at).rev().find(|u| !inner(*u));
        let led = lead.is_some_and(|u| {
            let of = matches!(c.word(u), "of") && u > 0 && hostile(u - 1);
            let against = matches!(c.word(u), "against" | "targeting");
            let on = matches!(c.word(u), "on" | "at" | "into") && u > 0 && (u.saturating_sub(2)..u).any(hostile);
            let verb = hostile(u) && class(u) == Some(Class::Verb);
            let and = matches!(class(u), Some(Class::And | Class::Comma)) && joined == Some(u);
            of || against || on || verb || and
        });
        if led && !attacker {
            if !out.iter().any(|o| c.same(*o, entity)) {
                out.push(entity);
            }
            // `on Norway and Sweden`
            joined = (at + 1..at + REACH).find(|u| !inner(*u));
        }
    }
    out
}
