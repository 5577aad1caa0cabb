//! What expressions tell each other: a year shared by a list, the order of digits in a text, numbers that are years only beside others.

use super::Context;
use super::expression::{Expression, What, Year};
use super::grammar::MONTH_FIRST;

/// How far the years of a text may lie from a firm one for a weak one to be believed.
const NEAR: i16 = 60;

pub(super) fn settle(expressions: &mut Vec<Expression>, text: &str, context: &Context<'_>) {
    drop_weak(expressions);
    order_digits(expressions, context);
    share_years(expressions, text);
}

/// Keeps a weak year only where a firm one is near it in time.
fn drop_weak(expressions: &mut Vec<Expression>) {
    if !expressions.iter().any(|e| e.weak) {
        return;
    }
    let mut firm: Vec<i16> = expressions.iter().filter(|e| !e.weak).filter_map(|e| given_year(&e.what)).collect();
    firm.sort_unstable();
    expressions.retain(|e| match e.what {
        What::Year(year) if e.weak => {
            let at = firm.partition_point(|y| *y < year - NEAR);
            firm.get(at).is_some_and(|y| *y <= year + NEAR)
        }
        _ => true,
    });
}

/// The year an expression states.
pub(super) fn given_year(what: &What) -> Option<i16> {
    match *what {
        What::Year(year) => Some(year),
        What::Month { year: Year::Given(year), .. }
        | What::Day { year: Year::Given(year), .. }
        | What::PartOfYear { year: Year::Given(year), .. } => Some(year),
        _ => None,
    }
}

/// Reads `03/04/2021` as the other dates of the text are written, else as is usual where the text comes from.
fn order_digits(expressions: &mut [Expression], context: &Context<'_>) {
    if !expressions.iter().any(|e| e.how == MONTH_FIRST) {
        return;
    }
    let has = |how: &str| expressions.iter().any(|e| e.how == how);
    let (day_first, how) = match (has("written in digits, day first"), has("written in digits, month first")) {
        (true, false) => (true, "written in digits, day first as elsewhere in the text"),
        (false, true) => (false, "written in digits, month first as elsewhere in the text"),
        _ if context.language.is_some_and(|l| l != "en") => (true, "written in digits, day first as usual in the language"),
        _ if context.url.and_then(country_of).is_some_and(|c| DAY_FIRST.contains(&c)) => {
            (true, "written in digits, day first as usual where it was published")
        }
        _ => (false, MONTH_FIRST),
    };
    for expression in expressions.iter_mut().filter(|e| e.how == MONTH_FIRST) {
        if let What::Day { month, day, .. } = &mut expression.what {
            if day_first {
                std::mem::swap(month, day);
            }
            expression.how = how;
        }
    }
}

/// Countries whose English writes the day first.
const DAY_FIRST: &[&str] =
    &["uk", "au", "nz", "ie", "in", "za", "sg", "my", "ng", "ke", "pk", "hk", "eu", "de", "fr", "it", "es", "nl", "be", "ch", "at"];

/// The last label of an address's host.
fn country_of(url: &str) -> Option<&str> {
    let host = url.split("://").nth(1)?.split(['/', '?', '#', ':']).next()?;
    host.rsplit('.').next()
}

/// `between May and July 2020`: the year of the last holds for those it is joined to.
fn share_years(expressions: &mut [Expression], text: &str) {
    for i in (1..expressions.len()).rev() {
        let [earlier, later] = match expressions.get_mut(i - 1..=i) {
            Some([a, b]) => [a, b],
            _ => continue,
        };
        let Some(between) = text.get(earlier.end..later.start).filter(|b| b.len() <= 16) else { continue };
        let (Some(year), Some((month, open))) = (given_year(&later.what), month_and_year(&mut earlier.what)) else { continue };
        if *open != Year::Open || !joins(between) {
            continue;
        }
        // `from December to February 2021` begins in the year before.
        let later_month = match later.what {
            What::Month { month, .. } | What::Day { month, .. } => month,
            _ => continue,
        };
        *open = Year::Given(if month > later_month && is_range(between) { year - 1 } else { year });
        earlier.how = "year taken from the date it is joined to";
    }
}

fn month_and_year(what: &mut What) -> Option<(u8, &mut Year)> {
    match what {
        What::Month { month, year } | What::Day { month, year, .. } => Some((*month, year)),
        _ => None,
    }
}

/// Words and marks that join two dates into a list or range.
const JOINTS: &[&str] = &[
    "and",
    "to",
    "or",
    "through",
    "until",
    "till",
    "&",
    "-",
    "–",
    "—",
    "/",
    ",",
    "on",
    "in",
    "from",
    "early",
    "late",
    "mid",
    "by",
    "again",
    "throughout",
];

fn joins(between: &str) -> bool {
    let spaced = between.replace(',', " , ").replace(['\u{a0}'], " ");
    let mut words = spaced.split_whitespace().peekable();
    words.peek().is_some() && words.all(|w| JOINTS.contains(&w.trim_end_matches('-')) || JOINTS.contains(&w))
}

fn is_range(between: &str) -> bool {
    between.split_whitespace().any(|w| matches!(w, "to" | "through" | "until" | "till" | "-" | "–" | "—"))
        || matches!(between, "-" | "–" | "—")
}
