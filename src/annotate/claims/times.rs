//! Words of time: `last week`, `on Monday`, `in July 2021` say nothing of who did what, and become adverbs.

use super::lexicon::{Class, entry};
use super::sentence::Unit;
use super::tag::Tag;
use super::words::List;

/// Months and other words of time that follow a preposition or an adjective of time.
static TIMES: List = List::new(
    "spring summer autumn fall winter december january february march april may june july august september october november \
                     week month year weekend quarter decade morning evening afternoon night time weeks months years days day jan feb mar \
                     apr jun jul aug sep sept oct nov dec mid-january mid-february mid-march mid-april mid-may mid-june mid-july \
                     mid-august mid-september mid-october mid-november mid-december recent past",
);
static TIME_CUES: List = List::new(
    "last this next earlier later late early mid recent in on since during by until of past over and the same two three \
                         four five six several few couple",
);

/// Words of time become adverbs: `last week`, `on Monday`, `in July 2021`.
pub(super) fn times(units: &[Unit], tags: &mut [Tag]) {
    let is = |i: usize, list: &List| units.get(i).is_some_and(|u| u.mention.is_none() && list.has(u.lower));
    let number = |i: usize| {
        units.get(i).is_some_and(|u| u.lower.starts_with(|c: char| c.is_ascii_digit()) && u.lower.len() <= 5 && u.mention.is_none())
    };
    let weekday = |i: usize| units.get(i).is_some_and(|u| u.lower.ends_with("day") && tags_is_adverb(u.lower));
    let mut i = 0;
    while i < units.len() {
        let mut end = i;
        while is(end, &TIME_CUES) {
            end += 1;
        }
        // `in the past`: the last cue is the time itself.
        if end > i + 1 && !is(end, &TIMES) && is(end - 1, &TIMES) {
            end -= 1;
        }
        let cued = end > i;
        let mut stop = end;
        while is(stop, &TIMES) || weekday(stop) || (number(stop) && (cued || stop > end)) {
            stop += 1;
        }
        let year_only = stop == end + 1
            && number(end)
            && !units.get(end).is_some_and(|u| u.lower.len() == 4 && (u.lower.starts_with("19") || u.lower.starts_with("20")));
        // `, 2021` behind a day.
        if stop > end
            && units.get(stop).is_some_and(|u| u.lower == ",")
            && units.get(stop + 1).is_some_and(|u| u.lower.len() == 4 && (u.lower.starts_with("19") || u.lower.starts_with("20")))
            && number(stop - 1)
        {
            stop += 2;
        }
        if stop > end
            && (cued || weekday(end))
            && !year_only
            && !units.get(i).is_some_and(|u| u.mention.is_none() && matches!(u.lower, "and" | "the" | "of"))
        {
            for tag in tags.get_mut(i..stop).into_iter().flatten() {
                *tag = Tag { class: Class::Adverb, verb: None };
            }
            i = stop;
        } else {
            i += 1;
        }
    }
}

/// Whether a word names a month or a stretch of time.
pub(super) fn is_time(word: &str) -> bool {
    TIMES.has(word)
}

fn tags_is_adverb(word: &str) -> bool {
    entry(word).class == Some(Class::Adverb)
}
