//! Words like another, as an automaton that runs along the dictionary and leaves whole branches of it out.

use tantivy_fst::Automaton;

/// Longest word that has others like it, in letters.
pub(super) const LONGEST: usize = 31;

/// Accepts words that differ from one by so many letters: added, left out, changed, or swapped with their neighbour.
#[derive(Clone, Debug)]
pub(super) struct Fuzzy {
    letters: Vec<char>,
    most: u8,
    /// Whether the first letter must be the same.
    first: bool,
    /// Whether small and capital letters are the same.
    fold: bool,
}

/// The last two rows of the table of optimal string alignment, and the letter that is being read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    before: [u8; LONGEST + 1],
    last: [u8; LONGEST + 1],
    letter: char,
    read: u8,
    pending: [u8; 4],
    bytes: u8,
}

impl Fuzzy {
    /// Words like this one; none where it is too long.
    pub(super) fn new(word: &str, most: usize, first: bool, fold: bool) -> Option<Self> {
        let letters: Vec<char> = if fold { word.chars().flat_map(char::to_lowercase).collect() } else { word.chars().collect() };
        (!letters.is_empty() && letters.len() <= LONGEST).then_some(Fuzzy { letters, most: most.min(3) as u8, first, fold })
    }

    /// How many letters differ in what was read.
    pub(super) fn distance(&self, word: &str) -> Option<u8> {
        let end = word.bytes().fold(self.start(), |state, byte| self.accept(&state, byte));
        self.is_match(&end).then(|| end.last.get(self.letters.len()).copied().unwrap_or(u8::MAX))
    }

    fn step(&self, state: &Rows, letter: char) -> Rows {
        let letter = if self.fold { letter.to_lowercase().next().unwrap_or(letter) } else { letter };
        let over = self.most + 1;
        let mut next = Rows { before: state.last, last: [over; LONGEST + 1], letter, read: state.read.saturating_add(1), ..*state };
        next.bytes = 0;
        if self.first && state.read == 0 && self.letters.first() != Some(&letter) {
            return next;
        }
        next.last[0] = next.read.min(over);
        for (j, &own) in self.letters.iter().enumerate() {
            let mut least = (state.last[j] + u8::from(own != letter)).min(state.last[j + 1] + 1).min(next.last[j] + 1);
            if state.read > 0 && j > 0 && own == state.letter && self.letters[j - 1] == letter {
                least = least.min(state.before[j - 1] + 1);
            }
            next.last[j + 1] = least.min(over);
        }
        next
    }
}

impl Automaton for Fuzzy {
    type State = Rows;

    fn start(&self) -> Rows {
        let mut last = [self.most + 1; LONGEST + 1];
        (0u8..).zip(last.iter_mut()).take(self.letters.len() + 1).for_each(|(i, cell)| *cell = i.min(self.most + 1));
        Rows { before: last, last, letter: '\0', read: 0, pending: [0; 4], bytes: 0 }
    }

    fn is_match(&self, state: &Rows) -> bool {
        state.bytes == 0 && state.last.get(self.letters.len()).is_some_and(|d| *d <= self.most)
    }

    fn can_match(&self, state: &Rows) -> bool {
        state.last.iter().take(self.letters.len() + 1).any(|d| *d <= self.most)
    }

    fn accept(&self, state: &Rows, byte: u8) -> Rows {
        if byte < 0x80 {
            return self.step(state, char::from(byte));
        }
        let mut next = *state;
        if let Some(slot) = next.pending.get_mut(usize::from(next.bytes)) {
            *slot = byte;
            next.bytes += 1;
        }
        let read = next.pending.get(..usize::from(next.bytes)).unwrap_or_default();
        match std::str::from_utf8(read).ok().and_then(|s| s.chars().next()) {
            Some(letter) => self.step(state, letter),
            None => next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differ(a: &str, b: &str) -> Option<u8> {
        Fuzzy::new(a, 2, false, false).and_then(|f| f.distance(b))
    }

    #[test]
    fn letters_that_differ_are_counted() {
        for (a, b, distance) in [
            ("hafnium", "hafnium", Some(0)),
            ("hafnium", "hafinum", Some(1)),
            ("hafnium", "hafnum", Some(1)),
            ("hafnium", "haffniun", Some(2)),
            ("hafnium", "turla", None),
            ("käse", "kase", Some(1)),
            ("ab", "ba", Some(1)),
            ("ab", "bca", None),
        ] {
            assert_eq!(differ(a, b), distance, "{a} {b}");
            assert_eq!(differ(b, a), distance, "{b} {a}");
        }
        let first = Fuzzy::new("hafnium", 1, true, true);
        let like = |word: &str| first.as_ref().and_then(|f| f.distance(word));
        assert_eq!((like("Hafnum"), like("tafnium")), (Some(1), None));
        assert!(Fuzzy::new(&"x".repeat(32), 1, true, true).is_none() && Fuzzy::new("", 1, true, true).is_none());
    }
}
