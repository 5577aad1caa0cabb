//! Claims by month of publication.

use crate::claims::ClaimRow;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// How many claims each month has, from the first to the last, months without one included; claims without a day are left out.
pub fn months(rows: &[ClaimRow]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<(i32, u32), usize> = BTreeMap::new();
    for row in rows {
        let month = row.published.as_deref().and_then(|d| Some((d.get(..4)?.parse().ok()?, d.get(5..7)?.parse().ok()?)));
        if let Some(month) = month {
            *counts.entry(month).or_default() += 1;
        }
    }
    let (Some((&first, _)), Some((&last, _))) = (counts.first_key_value(), counts.last_key_value()) else { return Vec::new() };
    // A wrong year makes no list of ten thousand months: gaps of more than ten years are not filled.
    const MOST: i32 = 10 * 12;
    let mut out: Vec<(String, usize)> = Vec::new();
    let number = |(y, m): (i32, u32)| y * 12 + m as i32 - 1;
    let text = |n: i32| format!("{:04}-{:02}", n.div_euclid(12), n.rem_euclid(12) + 1);
    let mut next = number(first);
    for (&month, &count) in &counts {
        if number(month) - next <= MOST {
            out.extend((next..number(month)).map(|n| (text(n), 0)));
        }
        out.push((text(number(month)), count));
        next = number(month) + 1;
    }
    debug_assert_eq!(next, number(last) + 1);
    out
}

/// Writes a bar a month within a width.
///
/// # Errors
/// Those of `out`.
pub fn write_plot(out: &mut impl Write, months: &[(String, usize)], width: usize) -> io::Result<()> {
    let most = months.iter().map(|(_, n)| *n).max().unwrap_or(0).max(1);
    let room = width.saturating_sub(16).max(10);
    for (month, count) in months {
        // Eighths of a column.
        let eighths = (count * room * 8).div_ceil(most).min(room * 8);
        let mut bar = "█".repeat(eighths / 8);
        bar.push_str(["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"].get(eighths % 8).copied().unwrap_or_default());
        writeln!(out, "{month}  {bar}{}{count}", if *count == 0 { "" } else { " " })?;
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn empty_months_between_are_told() {
        let mut rows = super::super::tests::rows();
        rows[0].published = Some("2021-09-01".to_owned());
        rows[1].published = None;
        assert_eq!(months(&rows), [("2021-07".to_owned(), 2), ("2021-08".to_owned(), 0), ("2021-09".to_owned(), 1)]);
        let mut out = Vec::new();
        write_plot(&mut out, &months(&rows), 26).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "2021-07  ██████████ 2\n2021-08  0\n2021-09  █████ 1\n");
        assert!(months(&[]).is_empty());
    }
}
