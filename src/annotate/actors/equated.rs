//! Two groups that a text says are one: "Grey Heron, also known as Paper Wasp". They stay two actors; what the text asserts is recorded.

use super::View;
use super::token::{Gap, shape, word_hash};
use crate::article::{ActorKind, Equated, Mention, Span};

/// Words that may stand between the two names.
const BETWEEN: &str = "also known as aka a k called tracked referred to by formerly previously dubbed is or named the same group actor alias and identified sometimes \
     commonly otherwise publicly variously has been under name which are";
/// One of them must say that a name follows.
const SAYS: &str = "aka known called tracked referred dubbed named same alias";
/// No more words stand between.
const REACH: usize = 10;

/// What the text equates, in order; `found` are its mentions in order.
pub(super) fn find(view: &View<'_>, found: &[Mention]) -> Vec<Equated> {
    if found.iter().filter(|m| m.kind == ActorKind::ThreatGroup).nth(1).is_none() {
        return Vec::new();
    }
    let hashes = |list: &str| list.split_whitespace().map(word_hash).collect::<Vec<u64>>();
    let (between, says) = (hashes(BETWEEN), hashes(SAYS));
    let mut equated: Vec<Equated> = Vec::new();
    // The words each mention covers.
    let mut at = 0;
    let places: Vec<(usize, usize)> = found
        .iter()
        .map(|mention| {
            while view.words.get(at).is_some_and(|w| w.end <= mention.span.start) {
                at += 1;
            }
            let first = at;
            while view.words.get(at).is_some_and(|w| w.start < mention.span.end) {
                at += 1;
            }
            (first, at)
        })
        .collect();
    let group = |i: usize| found.get(i).filter(|m| m.kind == ActorKind::ThreatGroup);
    let mut one = 0;
    while one < found.len() {
        let mut other = one + 1;
        // Who tracks it so may stand between: "tracked by Microsoft as".
        while other < found.len() && other <= one + 2 && group(other).is_none() {
            other += 1;
        }
        let (Some(first), Some(_), Some(&(_, from))) = (group(one), group(other), places.get(one)) else {
            one += 1;
            continue;
        };
        let inside = |i: usize| places.get(one + 1..other).unwrap_or_default().iter().any(|&(a, b)| (a..b).contains(&i));
        let upto = places.get(other).map_or(from, |p| p.0);
        if !says_so(view, from, upto, &between, &says, &inside) {
            one += 1;
            continue;
        }
        // "… also known as Y, Z or W"
        let mut last = other;
        loop {
            if let Some(mention) = found.get(last) {
                equated.extend(pair(first, mention));
            }
            let (Some(&(_, end)), Some(&(next, _)), true) = (places.get(last), places.get(last + 1), group(last + 1).is_some()) else {
                break;
            };
            let gap = |i: usize| view.words.get(i).map_or(Gap::Break, |w| w.gap);
            let joined = match next - end {
                0 => matches!(gap(next), Gap::Comma | Gap::Slash),
                1 => matches!(gap(end), Gap::Space | Gap::Comma) && view.words.get(end).is_some_and(|w| between.contains(&w.hash)),
                _ => false,
            };
            if !joined {
                break;
            }
            last += 1;
        }
        one = last;
    }
    equated
}

/// Whether the words `from..upto` between two names say that they are names of one.
fn says_so(view: &View<'_>, from: usize, upto: usize, between: &[u64], says: &[u64], inside: &dyn Fn(usize) -> bool) -> bool {
    let Some(words) = view.words.get(from..upto) else { return false };
    let Some(name) = view.words.get(upto) else { return false };
    if words.len() > REACH || matches!(name.gap, Gap::Break | Gap::DotSpace) {
        return false;
    }
    if words.is_empty() {
        return name.gap == Gap::Open;
    }
    let broken = words.iter().any(|w| w.gap == Gap::Break || (w.gap == Gap::DotSpace && w.is(shape::INITIAL) && w.is(shape::UPPER)));
    let fits = words.iter().enumerate().all(|(i, w)| between.contains(&w.hash) || inside(from + i));
    !broken && fits && words.iter().any(|w| says.contains(&w.hash))
}

/// The assertion, unless the two are one actor, or may be, by the table too.
fn pair(one: &Mention, other: &Mention) -> Option<Equated> {
    let may_be = |a: &Mention, b: &Mention| a.candidates.iter().any(|c| c.id == b.id);
    if one.id == other.id || may_be(one, other) || may_be(other, one) {
        return None;
    }
    Some(Equated {
        ids: [one.id.clone(), other.id.clone()],
        names: [one.name.clone(), other.name.clone()],
        span: Span::new(one.span.start, other.span.end),
    })
}
