//! Bars of block characters.

/// Eighths of a block, from the left and from below.
const LYING: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];
const STANDING: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A lying bar of at most `columns` columns; what is not nothing shows.
pub(super) fn bar(count: usize, most: usize, columns: usize) -> String {
    let eighths = eighths(count, most, columns);
    let mut out = "█".repeat(eighths / 8);
    out.extend((!eighths.is_multiple_of(8)).then(|| LYING.get(eighths % 8 - 1)).flatten());
    out
}

/// One line of a standing plot of so many lines, counted from below: the piece of a bar that stands in it.
pub(super) fn piece(count: usize, most: usize, lines: usize, line: usize) -> char {
    match eighths(count, most, lines).saturating_sub(line * 8) {
        0 => ' ',
        n => STANDING.get(n.min(8) - 1).copied().unwrap_or(' '),
    }
}

fn eighths(count: usize, most: usize, blocks: usize) -> usize {
    if count == 0 || most == 0 {
        return 0;
    }
    ((count as u128 * blocks as u128 * 8).div_ceil(most as u128) as usize).clamp(1, blocks * 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion_and_never_lost() {
        assert_eq!(bar(10, 10, 4), "████");
        assert_eq!(bar(5, 10, 4), "██");
        assert_eq!(bar(1, 1_000_000, 4), "▏");
        assert_eq!((bar(0, 10, 4), bar(0, 0, 4)), (String::new(), String::new()));
        assert_eq!((0..3).map(|l| piece(10, 20, 3, l)).collect::<String>(), "█▄ ");
        assert_eq!(bar(usize::MAX, usize::MAX, 2), "██");
    }
}
