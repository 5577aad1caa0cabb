//! Zip archives: each file within is an entry, whatever its format; its path is only a name.
//!
//! An archive on disk is read in place, one from a stream or out of another archive as a whole. One whose list of files is lost is read as far as it goes.

use super::entries::{Entries, Flow};
use super::format::{Format, Reads};
use super::input::Input;
use super::unlisted;
use crate::error::Skipped;
use std::io::{ErrorKind, Seek, SeekFrom};
use zip::ZipArchive;
use zip::result::ZipError;

pub(super) const FORMAT: Format =
    Format { name: "zip", version: 2, tells: |head| head.bytes.starts_with(b"PK\x03\x04"), reads: Reads::Many(read) };

fn read(_: &str, input: Input<'_>, entries: &mut Entries<'_>) -> Flow {
    let budget = input.budget();
    let mut places = input.places()?;
    let mut archive = match ZipArchive::new(&mut places) {
        Ok(archive) => archive,
        Err(error) => {
            let damage = broken(error);
            if matches!(damage, Skipped::Broken(_)) {
                places.seek(SeekFrom::Start(0))?;
                unlisted::read(&mut places, &budget, entries)?;
            }
            return Err(damage.into());
        }
    };
    for at in 0..archive.len() {
        // Encrypted files are told before they are opened, which needs their password.
        let (name, encrypted, is_file) = match archive.by_index_raw(at) {
            Ok(file) => (file.name().map_or_else(|_| at.to_string(), |name| name.into_owned()), file.encrypted(), file.is_file()),
            Err(error) => {
                entries.give(&at.to_string(), Err(broken(error)))?;
                continue;
            }
        };
        // A folder, or a link, which leads nowhere here.
        if !is_file || is_hidden(&name) {
            continue;
        }
        if encrypted {
            entries.give(&name, Err(Skipped::Encrypted))?;
            continue;
        }
        match archive.by_index(at) {
            Ok(file) => entries.within(&name, file, &budget)?,
            Err(error) => entries.give(&name, Err(broken(error)))?,
        }
    }
    Ok(())
}

/// Whether a file within an archive is one that is passed over in a folder: below a name with a dot, or a system's own note.
pub(super) fn is_hidden(name: &str) -> bool {
    name.split(['/', '\\']).any(|part| part.starts_with('.') && part != "." && part != ".." || part == "__MACOSX")
}

fn broken(error: ZipError) -> Skipped {
    match error {
        ZipError::Io(error) if error.kind() != ErrorKind::UnexpectedEof => error.into(),
        ZipError::UnsupportedArchive(what) => Skipped::Format(format!("zip: {what}")),
        error => Skipped::Broken(error.to_string()),
    }
}
