//! Handing over what a file holds, one article after the other: names for the entries, and how deep containers may lie in each other.

use super::format::{self, Format, Reads};
use super::input::{Budget, Input};
use super::{Decoded, Fields, bounds};
use crate::error::Skipped;
use std::collections::HashMap;
use std::collections::hash_map::Entry::Vacant;
use std::io;
use std::ops::ControlFlow;
use std::rc::Rc;

/// How many containers may lie in each other, packers not counted.
const DEPTH: usize = 3;
/// The longest name of an entry, in bytes.
const LONGEST: usize = 240;
/// What parts the path of a file from the name of an entry, and the name of a container from that of an entry within.
const MARK: char = '#';

/// One article of a file, or something in it that is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name within the file, which stays while the entry does, fit for a terminal; empty where the file is the article.
    pub name: String,
    /// The format it was read from.
    pub format: &'static str,
    /// Its text, or why it has none.
    pub read: Result<Decoded, Skipped>,
}

impl Entry {
    /// Where the entry is, in a file with this path.
    ///
    /// ```
    /// use demarche::{Skipped, decode::Entry};
    /// let entry = Entry { name: "7".into(), format: "mbox", read: Err(Skipped::Empty) };
    /// assert_eq!(entry.path("letters.mbox"), "letters.mbox#7");
    /// ```
    pub fn path(&self, file: &str) -> String {
        if self.name.is_empty() { file.to_owned() } else { format!("{file}{MARK}{}", self.name) }
    }
}

/// The files that a path may mean an entry of, with the name of the entry: `a#b#c` is `b#c` in `a`, or `c` in `a#b`.
///
/// ```
/// use demarche::decode::parts_of;
/// assert_eq!(parts_of("a.zip#b.mbox#1").collect::<Vec<_>>(), [("a.zip", "b.mbox#1"), ("a.zip#b.mbox", "1")]);
/// ```
pub fn parts_of(path: &str) -> impl Iterator<Item = (&str, &str)> {
    path.match_indices(MARK)
        .map(|(at, mark)| (&path[..at], &path[at + mark.len()..]))
        .filter(|(file, entry)| !file.is_empty() && !entry.is_empty())
}

/// Why reading ends before the end.
#[derive(Debug)]
pub(super) enum Stop {
    /// Nobody wants more.
    Asked,
    /// It cannot go on. What was handed over before stands.
    Broken(Skipped),
}

impl From<Skipped> for Stop {
    fn from(skipped: Skipped) -> Self {
        Stop::Broken(skipped)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Broken(error.into())
    }
}

pub(super) type Flow = Result<(), Stop>;

/// Takes the entries of a file, whichever container they lie in.
pub(super) struct Entries<'v> {
    each: &'v mut dyn FnMut(Entry) -> ControlFlow<()>,
    /// What people say of the fields of records.
    pub(super) fields: &'v Fields,
    /// Names of the containers around this one, each followed by the mark.
    around: String,
    depth: usize,
    /// Names that were given, by their hashes, with the number that the last of each name got.
    given: HashMap<u64, u32>,
    /// The format that is being read.
    format: &'static str,
}

impl<'v> Entries<'v> {
    pub(super) fn new(fields: &'v Fields, each: &'v mut dyn FnMut(Entry) -> ControlFlow<()>) -> Self {
        Entries { each, fields, around: String::new(), depth: 0, given: HashMap::new(), format: "" }
    }

    /// Reads a file that has no container around it.
    pub(super) fn file(&mut self, name: &str, input: Input<'_>) -> Flow {
        let (format, name, input) = format::open(name, input)?;
        self.read_as(format, &name, input)
    }

    /// Reads a file as one of a format.
    pub(super) fn read_as(&mut self, format: &Format, name: &str, input: Input<'_>) -> Flow {
        self.format = format.name;
        match format.reads {
            Reads::One(read) => {
                let read = read(name, &input.whole()?);
                self.hand_over(String::new(), read)
            }
            Reads::Many(read) => read(name, input, self),
        }
    }

    /// Hands over the one article of a file that could have held several.
    pub(super) fn only(&mut self, read: Result<Decoded, Skipped>) -> Flow {
        let name = self.around.strip_suffix(MARK).unwrap_or_default().to_owned();
        self.hand_over(name, read)
    }

    /// Hands over an article of this container.
    pub(super) fn give(&mut self, name: &str, read: Result<Decoded, Skipped>) -> Flow {
        let name = self.name(name);
        self.hand_over(name, read)
    }

    /// Reads bytes that lie in this container as one article of whatever format.
    pub(super) fn article(name: &str, bytes: &[u8], budget: &Rc<Budget>) -> Result<Decoded, Skipped> {
        let (format, name, input) = format::open(name, Input::within(bytes, budget.clone()))?;
        match format.reads {
            Reads::One(read) => read(&name, &input.whole()?),
            Reads::Many(_) => Err(Skipped::Several),
        }
    }

    /// Reads a file that lies in this container: an article, or another container.
    pub(super) fn within(&mut self, name: &str, bytes: impl io::Read, budget: &Rc<Budget>) -> Flow {
        let outer = self.format;
        let opened = format::open(name, Input::within(bytes, budget.clone()));
        let flow = match opened {
            Err(skipped) => self.give(name, Err(skipped)),
            Ok((format, inner, input)) => {
                self.format = format.name;
                match format.reads {
                    Reads::One(read) => {
                        let read = input.whole().and_then(|bytes| read(&inner, &bytes));
                        self.give(name, read)
                    }
                    Reads::Many(_) if self.depth == DEPTH => self.give(name, Err(Skipped::Nested { limit: DEPTH })),
                    Reads::Many(read) => self.deeper(name, |entries| read(&inner, input, entries)),
                }
            }
        };
        self.format = outer;
        flow
    }

    fn deeper(&mut self, name: &str, read: impl FnOnce(&mut Self) -> Flow) -> Flow {
        let around = self.name(name) + &MARK.to_string();
        let outer = std::mem::replace(&mut self.around, around);
        self.depth += 1;
        let flow = read(self);
        self.depth -= 1;
        let mut name = std::mem::replace(&mut self.around, outer);
        match flow {
            // A container that breaks ends itself and not the one around it.
            Err(Stop::Broken(skipped)) => {
                name.pop();
                self.hand_over(name, Err(skipped))
            }
            flow => flow,
        }
    }

    fn hand_over(&mut self, name: String, read: Result<Decoded, Skipped>) -> Flow {
        let read = read.and_then(bounds::bounded);
        match (self.each)(Entry { name, format: self.format, read }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Asked),
        }
    }

    /// A name that no other entry of the file has.
    fn name(&mut self, name: &str) -> String {
        let name = self.around.clone() + &fit(name);
        let key = hash(&name);
        let Some(mut times) = self.given.get(&key).copied() else {
            self.given.insert(key, 1);
            return name;
        };
        // One after the last, unless another entry has that name by itself.
        loop {
            times += 1;
            let unique = format!("{name}~{times}");
            if let Vacant(place) = self.given.entry(hash(&unique)) {
                place.insert(1);
                self.given.insert(key, times);
                return unique;
            }
        }
    }
}

fn hash(name: &str) -> u64 {
    let mut eight = [0; 8];
    eight.copy_from_slice(&blake3::hash(name.as_bytes()).as_bytes()[..8]);
    u64::from_le_bytes(eight)
}

/// A name without what would be read as a part of the path, or move a terminal's cursor: such characters are written as in addresses, `%0A`.
fn fit(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let name = name.trim();
    for part in name.split_inclusive('/').filter(|part| !matches!(*part, "." | "./")) {
        if matches!(part, ".." | "../") {
            out.push_str(&part.replace("..", "%2E%2E"));
            continue;
        }
        for c in part.chars() {
            let hidden = matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}');
            if c.is_control() || hidden || c == MARK {
                let mut utf8 = [0; 4];
                c.encode_utf8(&mut utf8).bytes().for_each(|b| out.push_str(&format!("%{b:02X}")));
            } else {
                out.push(c);
            }
        }
    }
    if out.len() > LONGEST {
        let tail = format!("~{:016x}", hash(&out));
        let mut end = LONGEST - tail.len();
        while !out.is_char_boundary(end) {
            end -= 1;
        }
        out.truncate(end);
        out += &tail;
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn names_are_fit_for_a_path_and_a_terminal() {
        assert_eq!(fit("https://gate.example/a#top"), "https://gate.example/a%23top");
        assert_eq!(fit("../../etc/..hidden"), "%2E%2E/%2E%2E/etc/..hidden");
        assert_eq!(fit("./a/./b/.c"), "a/b/.c");
        assert_eq!(fit(" a\u{1b}[31m\u{202e}b\n"), "a%1B[31m%E2%80%AEb");
        let long = [fit(&"ä".repeat(500)), fit(&format!("{}b", "ä".repeat(499)))];
        assert!(long.iter().all(|name| name.len() <= LONGEST) && long[0] != long[1]);
    }

    #[test]
    fn every_entry_has_a_name_of_its_own() {
        let fields = Fields::default();
        let mut names = Vec::new();
        let mut each = |entry: Entry| {
            names.push(entry.name);
            ControlFlow::Continue(())
        };
        let mut entries = Entries::new(&fields, &mut each);
        for name in ["a", "a~2", "a", "a", "b"] {
            entries.give(name, Err(Skipped::Empty)).unwrap();
        }
        assert_eq!(names, ["a", "a~2", "a~3", "a~4", "b"]);
    }
}
