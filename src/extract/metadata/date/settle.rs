//! Corrects what the witnesses of a day say by what others say.

use super::{Candidate, Family, Role};
use crate::article::Valued;
use jiff::civil::Date;

/// Corrects what witnesses say by what others say.
pub(super) fn settle(all: &mut [Candidate]) {
    // A time in UTC may fall on the day before or after that of the page's zone, which its address shows.
    if let Some(local) = all.iter().find(|c| c.family == Family::Address).map(|c| c.day) {
        for candidate in all.iter_mut().filter(|c| c.utc && c.role == Role::Published && days_between(c.day, local) == 1) {
            candidate.day = local;
        }
    }
    swap(all);
    let declared = |all: &[Candidate], role: Role, day: Option<Date>| {
        let is = |c: &&Candidate| c.role == role && day.is_none_or(|day| c.day == day);
        all.iter().filter(is).any(|c| matches!(c.family, Family::Graph | Family::Meta) && c.trust > 0.5)
    };
    let dated = declared(all, Role::Published, None);
    // A day shown without a word is that of the last change where the page declares it to be, and another to be that of publication.
    for index in 0..all.len() {
        let Some(candidate) = all.get(index) else { break };
        let shown = matches!(candidate.family, Family::Element | Family::Text) && !candidate.told && candidate.role == Role::Published;
        if shown
            && dated
            && declared(all, Role::Modified, Some(candidate.day))
            && !declared(all, Role::Published, Some(candidate.day))
            && let Some(c) = all.get_mut(index)
        {
            c.role = Role::Modified;
        }
    }
    // Software that moves a site declares the day of the move as that of publication and change, and the page still shows the true one.
    // Several days shown are those of a list.
    let mut shown: Vec<Date> = all
        .iter()
        .filter(|c| c.role == Role::Published && matches!(c.family, Family::Element | Family::Text) && c.trust >= 0.53)
        .map(|c| c.day)
        .collect();
    shown.sort_unstable();
    shown.dedup();
    if let [first, ..] = shown.as_slice()
        && shown.len() <= MOST_SHOWN
    {
        for candidate in all.iter_mut().filter(|c| matches!(c.family, Family::Graph | Family::Meta) && c.role == Role::Published) {
            if days_between(candidate.day, *first) > 2 && candidate.day > *first {
                candidate.trust *= 0.55;
            }
        }
    }
    // A day that only a class calls that of a change, without any of publication, is that of the entry (hAtom says so of `updated`).
    let told_or_dated = all.iter().any(|c| c.trust >= 0.3 && (c.role == Role::Published || !c.classed));
    if !told_or_dated {
        for candidate in all.iter_mut().filter(|c| c.classed) {
            (candidate.role, candidate.trust) = (Role::Published, candidate.trust.min(0.55));
        }
    }
}

/// More days than these, shown near the title, are those of a list.
const MOST_SHOWN: usize = 2;

/// `11/01/2021` is read as what a field for programs or the address says without doubt.
fn swap(all: &mut [Candidate]) {
    let sure: Vec<Date> = all
        .iter()
        .filter(|c| c.swapped.is_none() && c.trust > 0.5 && matches!(c.family, Family::Graph | Family::Meta | Family::Address))
        .map(|c| c.day)
        .collect();
    for candidate in all.iter_mut() {
        if let Some(other) = candidate.swapped.filter(|other| sure.contains(other) && !sure.contains(&candidate.day)) {
            candidate.day = other;
        }
    }
}

/// The day of an `updated` line beside the title, where the page shows and declares no other.
///
/// A page whose fields or classes tell a change from a publication has a day of publication and hides it: there the line says nothing of it,
/// unless the article's own JSON-LD has that day as the only one.
pub(super) fn only_updated(all: &[Candidate]) -> Option<Valued<String>> {
    let day = all.iter().find(|c| c.role == Role::Modified && c.family == Family::Text && c.trust >= 0.55).map(|c| c.day)?;
    if all.iter().any(|c| c.day != day && (c.trust >= 0.5 || c.role == Role::Published && c.trust >= 0.3)) {
        return None;
    }
    let changed = |family: Family, least: f32| all.iter().any(|c| c.role == Role::Modified && c.family == family && c.trust >= least);
    let article = changed(Family::Graph, 0.9);
    let hidden = changed(Family::Meta, 0.5) || changed(Family::Element, 0.5);
    (article || !hidden).then(|| Valued::new(day.to_string(), "updated line, the only day shown", super::THRESHOLD))
}

fn days_between(one: Date, other: Date) -> i32 {
    one.until(other).map_or(i32::MAX, |span| span.get_days().abs())
}
