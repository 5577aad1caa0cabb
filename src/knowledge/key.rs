//! The normalised key of a name: what makes "APT 29", "APT-29" and "apt29" one name.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters and digits of a name, lower case, diacritics folded away (compatibility decomposition, marks dropped).
///
/// ```
/// use demarche::knowledge::key;
/// assert_eq!(key("APT-29"), key("apt 29"));
/// assert_eq!(key("São Tomé"), "saotome");
/// assert_eq!(key("U.S."), "us");
/// ```
pub fn key(name: &str) -> String {
    if name.is_ascii() {
        return name.bytes().filter(u8::is_ascii_alphanumeric).map(|b| char::from(b.to_ascii_lowercase())).collect();
    }
    name.nfkd().filter(|c| c.is_alphanumeric() && !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Whether `wanted` is the key of a name.
pub(super) fn is_key_of(wanted: &str, name: &str) -> bool {
    if name.is_ascii() {
        let folded = name.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase());
        return folded.eq(wanted.bytes());
    }
    key(name) == wanted
}
