//! Words of a query that begin with a dash, told from flags: `demarche search hafnium -actor:china`.

use std::ffi::OsString;

/// Flags of one letter that `search` and the program have.
const LETTERS: &str = "nl0cqvhV";

/// The arguments of the program, with the excluded words of a search put behind `--`, where they are no flags.
pub(super) fn apart(args: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let args: Vec<OsString> = args.collect();
    let search = args.iter().skip(1).find(|a| !a.to_str().is_some_and(|a| a.starts_with('-')));
    if search.is_none_or(|a| a != "search") || args.iter().any(|a| a == "--") {
        return args;
    }
    let (words, mut all): (Vec<_>, Vec<_>) = args.into_iter().partition(|a| a.to_str().is_some_and(is_word));
    if !words.is_empty() {
        all.push("--".into());
        all.extend(words);
    }
    all
}

/// `-china`, `-actor:x`, `-"salt typhoon"`; not `-n5`, `-lc`, `--json`, `-`.
fn is_word(arg: &str) -> bool {
    let Some(rest) = arg.strip_prefix('-').filter(|r| !r.is_empty() && !r.starts_with('-')) else { return false };
    let flags = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    !flags.chars().all(|c| LETTERS.contains(c)) && !rest.starts_with("n=")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_stay_flags() {
        for flag in ["-n5", "-n", "-lc", "-l0", "-q", "--json", "-", "--", "-hv", "word", "-5"] {
            assert!(!is_word(flag), "{flag}");
        }
        for word in ["-china", "-actor:x", "-\"salt typhoon\"", "-(a OR b)", "-title:x", "-nato"] {
            assert!(is_word(word), "{word}");
        }
        let run = |args: &[&str]| apart(args.iter().map(OsString::from)).join(&OsString::from(" "));
        assert_eq!(run(&["demarche", "-q", "search", "-china", "hack", "-n", "3"]), "demarche -q search hack -n 3 -- -china");
        assert_eq!(run(&["demarche", "index", "-j2"]), "demarche index -j2");
        assert_eq!(run(&["demarche", "search", "--", "-china"]), "demarche search -- -china");
    }
}
