//! The groups of copies of one commit, in a file beside the engine's: written once, never changed, read without loading it.

use crate::error::{Error, Result};
use std::io::Write;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use tantivy::directory::{Directory, MmapDirectory, OwnedBytes};

const BEGINNING: &str = "copies-";
const ENDING: &str = ".bin";
/// Bytes of a number, and of a row: an id, and in one number the place of its group among the members and its own in the group.
const NUMBER: usize = 8;
const ROW: usize = 2 * NUMBER;

/// Which articles are copies of each other, as of one commit. Articles are named by the number of their id.
///
/// The file holds the number of articles in groups, one row for each in order of the id, and the members: group by group, the lead first.
/// The first member of a group carries [`LEAD`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Copies {
    file: Option<OwnedBytes>,
    members: usize,
}

/// Marks a lead; an id has 48 bits.
const LEAD: u64 = 1 << 63;

impl Copies {
    pub(crate) fn open(folder: &Path, name: Option<&str>) -> tantivy::Result<Self> {
        let Some(name) = name.filter(|n| !n.is_empty()) else { return Ok(Copies::default()) };
        let file = MmapDirectory::open(folder)?.open_read(Path::new(name))?.read_bytes()?;
        let copies = Copies { members: number(&file, 0).map_or(0, |n| n as usize), file: Some(file) };
        match copies.file.as_ref().map(|f| f.len()) == copies.members.checked_mul(ROW + NUMBER).and_then(|n| n.checked_add(NUMBER)) {
            true => Ok(copies),
            false => Err(tantivy::TantivyError::SystemError(format!("{name} is cut short"))),
        }
    }

    /// Articles that are in groups, and the number of groups.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let leads = (0..self.members).filter(|i| self.member(*i).is_some_and(|m| m & LEAD != 0)).count();
        (self.members, leads)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.members == 0
    }

    /// The group an article is in, as a number that tells it from others.
    pub(crate) fn group_of(&self, id: u64) -> Option<usize> {
        self.find(id).map(|(group, _)| group)
    }

    /// The group of an article and its place in it; the lead's is 0.
    pub(crate) fn find(&self, id: u64) -> Option<(usize, usize)> {
        // Ids are spread evenly: where one stands is close to where it would stand if they were spread exactly so.
        let (mut low, mut high) = (0, self.members);
        let row = |i: usize| self.number(NUMBER + i * ROW);
        while low < high {
            let (first, last) = (row(low)?, row(high - 1)?);
            if id < first || id > last {
                return None;
            }
            let share = (id - first) as f64 / (last - first).max(1) as f64;
            let middle = (low + ((high - 1 - low) as f64 * share) as usize).clamp(low, high - 1);
            match row(middle)?.cmp(&id) {
                std::cmp::Ordering::Equal => {
                    let found = self.number(NUMBER + middle * ROW + NUMBER)?;
                    return Some(((found >> 32) as usize, (found & u64::from(u32::MAX)) as usize));
                }
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The members of a group, the lead first.
    pub(crate) fn members(&self, group: usize) -> impl Iterator<Item = u64> + '_ {
        let all = (group..self.members).map_while(|i| self.member(i));
        all.enumerate().take_while(|(i, m)| *i == 0 || m & LEAD == 0).map(|(_, m)| m & !LEAD)
    }

    /// The article that leads the group of another.
    pub(crate) fn lead_of(&self, id: u64) -> Option<u64> {
        self.members(self.group_of(id)?).next()
    }

    fn member(&self, place: usize) -> Option<u64> {
        self.number(NUMBER + self.members * ROW + place * NUMBER)
    }

    fn number(&self, at: usize) -> Option<u64> {
        number(self.file.as_ref()?, at)
    }
}

fn number(bytes: &OwnedBytes, at: usize) -> Option<u64> {
    bytes.deref().get(at..at + NUMBER).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes)
}

/// Writes the file of these groups, each with its lead first, and tells its name; of no groups no file, and an empty name.
pub(crate) fn write(folder: &Path, groups: &[Vec<u64>]) -> Result<String> {
    if groups.is_empty() {
        return Ok(String::new());
    }
    let mut rows: Vec<(u64, u64)> = Vec::new();
    let mut members: Vec<u64> = Vec::new();
    for group in groups {
        let start = members.len() as u64;
        rows.extend(group.iter().zip(0u64..).map(|(&id, place)| (id, start << 32 | place)));
        members.extend(group.iter().enumerate().map(|(i, &id)| if i == 0 { id | LEAD } else { id }));
    }
    rows.sort_unstable();
    let numbers = std::iter::once(members.len() as u64).chain(rows.into_iter().flat_map(|(id, place)| [id, place])).chain(members);
    let bytes: Vec<u8> = numbers.flat_map(u64::to_le_bytes).collect();
    let name = file_name(&bytes);
    let path = folder.join(&name);
    if path.is_file() {
        return Ok(name);
    }
    // What has its name is whole.
    let begun = folder.join(format!("{BEGINNING}new{ENDING}"));
    let io = |path: PathBuf| move |source| Error::Io { action: "write the index", path, source };
    let mut file = std::fs::File::create(&begun).map_err(io(begun.clone()))?;
    file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(io(begun.clone()))?;
    std::fs::rename(&begun, &path).map_err(io(path))?;
    Ok(name)
}

/// Whether the file is as it was written; tells its size, or what is wrong.
pub(crate) fn is_whole(folder: &Path, name: &str) -> std::result::Result<u64, String> {
    let bytes = std::fs::read(folder.join(name)).map_err(|e| e.to_string())?;
    let whole = file_name(&bytes) == name;
    if whole { Ok(bytes.len() as u64) } else { Err("is not as it was written (checksum)".to_owned()) }
}

/// A file is named by its content.
fn file_name(bytes: &[u8]) -> String {
    format!("{BEGINNING}{}{ENDING}", blake3::hash(bytes).to_hex().get(..16).unwrap_or_default())
}

/// Whether a file of an index folder is one of these.
pub(crate) fn is_copies_file(name: &str) -> bool {
    name.starts_with(BEGINNING) && name.ends_with(ENDING)
}

/// Takes away all files of groups but this one. What cannot be taken away now is so the next time.
pub(crate) fn clear(folder: &Path, keep: Option<&str>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if is_copies_file(&name) && Some(name.as_ref()) != keep {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let id = |i: u64| i.wrapping_mul(0x9e37_79b9_7f4a) & 0xffff_ffff_ffff;
        let groups: Vec<Vec<u64>> = (0..50).map(|g| (0..2 + g % 5).map(|i| id(g * 10 + i)).collect()).collect();
        let name = write(folder.path(), &groups).unwrap();
        let copies = Copies::open(folder.path(), Some(&name)).unwrap();
        assert_eq!(copies.counts(), (groups.iter().map(Vec::len).sum(), 50));
        for group in &groups {
            for &member in group {
                assert_eq!(copies.lead_of(member), group.first().copied());
                assert!(copies.members(copies.group_of(member).unwrap()).eq(group.iter().copied()));
            }
        }
        assert!((1000..2000).all(|i| copies.group_of(id(i)).is_none()) && copies.group_of(u64::MAX).is_none());
        let none = write(folder.path(), &[]).unwrap();
        assert!(Copies::open(folder.path(), Some(&none)).unwrap().is_empty());
        std::fs::write(folder.path().join(&name), b"short").unwrap();
        assert!(Copies::open(folder.path(), Some(&name)).is_err());
        clear(folder.path(), Some(&none));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
