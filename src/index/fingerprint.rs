//! What is remembered of a file, to tell whether it must be read again.

/// The fingerprint of one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FileMark {
    /// Size and time of the last change in one number ([`FileMark::stamp_of`]); 0 where they prove nothing, and for what is no file.
    pub(crate) stamp: u64,
    /// 64 bits of BLAKE3 of the decoded text with what is told of it; of a file that holds several articles, of theirs.
    pub(crate) content: u64,
    /// Versions of the stages that read it.
    pub(crate) stages: u64,
    /// The key of the file it lies in, for one of several articles of a file.
    pub(crate) within: Option<u64>,
}

impl FileMark {
    /// The stamp of a file of so many bytes, last changed so many nanoseconds after the beginning of 1970. A time of 0 proves nothing: it is
    /// unknown, or so young that a change may still follow within the file system's precision.
    pub(crate) fn stamp_of(size: u64, modified: u64) -> u64 {
        if modified == 0 {
            return 0;
        }
        // Each step is a bijection of 64 bits: files of one size have one stamp only if they have one time.
        let mixed = (modified ^ modified >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ mixed >> 29 ^ size).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed ^ mixed >> 32).max(1)
    }
}

/// One document as the writer knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// `None` for an article that was handed over in memory.
    pub(crate) mark: Option<FileMark>,
    /// Why there is no article; nothing for a file that holds several, each a document of its own.
    pub(crate) skipped: Option<String>,
    pub(crate) title_len: u64,
    pub(crate) body_len: u64,
}

impl Entry {
    /// Whether it is a file that holds several articles and was read to its end.
    pub(crate) fn holds_several(&self) -> bool {
        self.skipped.as_deref() == Some("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_size_or_time_is_another_stamp() {
        let now = 1_924_991_999_000_000_000;
        let stamp = FileMark::stamp_of(4096, now);
        assert_eq!(stamp, FileMark::stamp_of(4096, now));
        assert!([(4097, now), (4096, now + 1), (0, now), (now, 4096)].iter().all(|&(size, time)| FileMark::stamp_of(size, time) != stamp));
        assert_eq!(FileMark::stamp_of(4096, 0), 0);
    }
}
