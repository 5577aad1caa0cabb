//! Names like one that nobody has: "Hafnum" for "Hafnium".

use super::key::key;

/// At most so many letters differ, and at most one in [`LETTERS`].
const MOST: usize = 3;
/// Letters of a name for each one that may differ.
const LETTERS: usize = 4;

/// Of `names` the ones most like `wanted`, best first: few letters differ, or one begins with the other. Numbers are never taken for other numbers.
///
/// ```
/// use demarche::knowledge::similar;
/// assert_eq!(similar("Hafnum", ["HAFNIUM", "Turla", "Halcyon"], 3), ["HAFNIUM"]);
/// assert!(similar("APT28", ["APT29"], 3).is_empty());
/// ```
pub fn similar<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>, limit: usize) -> Vec<&'n str> {
    let wanted: Vec<char> = key(wanted).chars().collect();
    if wanted.len() < 3 || wanted.len() > 80 {
        return Vec::new();
    }
    let allowed = (wanted.len() / LETTERS).clamp(1, MOST);
    let digits = |name: &[char]| name.iter().filter(|c| c.is_numeric()).copied().collect::<String>();
    let numbers = digits(&wanted);
    let mut found: Vec<(usize, String, &str)> = Vec::new();
    for name in names {
        let spelled = key(name);
        let letters: Vec<char> = spelled.chars().collect();
        let begins = wanted.len() >= 4 && letters.len() > wanted.len() && letters.starts_with(&wanted);
        let near = letters.len().abs_diff(wanted.len()) <= allowed;
        if !(begins || near) || digits(&letters) != numbers {
            continue;
        }
        let apart = if near { distance(&wanted, &letters) } else { usize::MAX };
        let rank = if apart <= allowed { apart } else { MOST + 1 };
        if (rank <= MOST || begins) && rank > 0 {
            found.push((rank, spelled, name));
        }
    }
    found.sort();
    found.dedup_by(|a, b| a.1 == b.1);
    found.into_iter().take(limit).map(|(_, _, name)| name).collect()
}

/// Letters in which two keys differ.
pub(crate) fn apart(a: &str, b: &str) -> usize {
    distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
}

/// Edits that turn one word into the other, a swap of neighbours counted as one (restricted Damerau-Levenshtein).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows: [Vec<usize>; 3] = [Vec::new(), Vec::new(), (0..=b.len()).collect()];
    for (i, x) in a.iter().enumerate() {
        rows.rotate_left(1);
        let [before, last, row] = &mut rows;
        row.clear();
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let mut here = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i - 1] == *y && b[j - 1] == *x {
                here = here.min(before[j - 1] + 1);
            }
            row.push(here);
        }
    }
    rows[2].last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_lost_added_and_swapped() {
        let names = ["HAFNIUM", "APT29", "Sandworm Team", "Lazarus Group", "Volt Typhoon", "Salt Typhoon"];
        let like = |wanted| similar(wanted, names, 3);
        assert_eq!(like("hafinum"), ["HAFNIUM"]);
        assert_eq!(like("Sandworm"), ["Sandworm Team"]);
        assert_eq!(like("Lazarous Group"), ["Lazarus Group"]);
        assert_eq!(like("Vlot Typhoon"), ["Volt Typhoon"]);
        assert!(like("APT30").is_empty() && like("zz").is_empty() && like("Nobody At All").is_empty());
        assert!(like(&"Sandworm".repeat(1000)).is_empty());
    }
}
