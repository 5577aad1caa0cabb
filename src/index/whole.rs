//! Whether a stored document is what its lengths say. The engine takes memory for a length before it looks at what is there, and a turned bit makes
//! gigabytes of it.

/// The numbers of the engine for kinds of values: of these we store texts, numbers and bytes; a time and a truth have a size of their own too.
const TEXT: u8 = 0;
const U64: u8 = 1;
const I64: u8 = 2;
const BYTES: u8 = 4;
const DATE: u8 = 5;
const F64: u8 = 6;
const BOOL: u8 = 9;

/// Whether all values of a document lie within its bytes.
pub(super) fn is_whole(document: &[u8]) -> bool {
    values(document).is_some()
}

fn values(document: &[u8]) -> Option<()> {
    let mut rest = document;
    for _ in 0..number(&mut rest)? {
        let (_field, after) = rest.split_first_chunk::<4>()?;
        let (kind, after) = after.split_first()?;
        rest = after;
        let len = match *kind {
            TEXT | BYTES => usize::try_from(number(&mut rest)?).ok()?,
            U64 | I64 | DATE | F64 => 8,
            BOOL => 1,
            _ => return None,
        };
        rest = rest.get(len..)?;
    }
    Some(())
}

/// A number in groups of seven bits, the lowest first; the last has the eighth bit set.
fn number(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for shift in (0..64).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 != 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_beyond_the_document_are_told() {
        let document = [0x82, 1, 0, 0, 0, TEXT, 0x83, b'a', b'b', b'c', 2, 0, 0, 0, U64, 1, 2, 3, 4, 5, 6, 7, 8];
        assert!(is_whole(&document));
        assert!((0..document.len()).all(|end| !is_whole(&document[..end])));
        let mut long = document;
        long[6] = 0x84;
        assert!(!is_whole(&long), "the text takes the next field along");
        long[5] = 13;
        assert!(!is_whole(&long), "a kind that is never stored");
    }
}
