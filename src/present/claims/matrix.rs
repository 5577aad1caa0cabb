//! Accusers against accused, with counts.

use crate::claims::ClaimRow;
use crate::present::{Align, Table};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A table of how many claims each accuser makes about each accused, the most frequent of both first; at most so many columns of accused,
/// the others in one column.
pub fn matrix(rows: &[ClaimRow], columns: usize) -> Table {
    let (mut cells, mut down, mut across) = (BTreeMap::<(&str, &str), usize>::new(), BTreeMap::new(), BTreeMap::new());
    for row in rows {
        for a in &row.accusers {
            for b in &row.accused {
                *cells.entry((&a.name, &b.name)).or_default() += 1;
                *down.entry(a.name.as_str()).or_insert(0usize) += 1;
                *across.entry(b.name.as_str()).or_insert(0usize) += 1;
            }
        }
    }
    let accusers = frequent(down);
    let accused = frequent(across);
    let (shown, others) = accused.split_at(columns.min(accused.len()));
    let mut head = vec![("", Align::Left)];
    head.extend(shown.iter().map(|(name, _)| (*name, Align::Right)));
    if !others.is_empty() {
        head.push(("others", Align::Right));
    }
    head.push(("all", Align::Right));
    let mut table = Table::new(&head);
    let number = |n: usize| if n == 0 { ".".to_owned() } else { n.to_string() };
    for (accuser, all) in accusers {
        let of = |name: &str| cells.get(&(accuser, name)).copied().unwrap_or(0);
        let mut line = vec![accuser.to_owned()];
        line.extend(shown.iter().map(|(name, _)| number(of(name))));
        if !others.is_empty() {
            line.push(number(others.iter().map(|(name, _)| of(name)).sum()));
        }
        line.push(all.to_string());
        table.row(line);
    }
    table
}

fn frequent(counts: BTreeMap<&str, usize>) -> Vec<(&str, usize)> {
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_by_key(|(_, n)| Reverse(*n));
    sorted
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn counts_stand_where_accuser_and_accused_meet() {
        let mut out = Vec::new();
        matrix(&super::super::tests::rows(), 1).write(&mut out, crate::present::Palette::default()).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<Vec<&str>> = text.lines().map(|l| l.split_whitespace().collect()).collect();
        assert_eq!(
            lines,
            [vec!["APT29", "others", "all"], vec!["Norway", "2", "1", "3"], vec!["unnamed", "1", "1", "2"], vec!["Russia", ".", "1", "1"]]
        );
    }
}
