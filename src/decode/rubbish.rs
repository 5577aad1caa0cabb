//! What programs write into the fields of a file when nobody does: names of files for titles, accounts for authors.

/// Endings of names of files that programs write for titles.
const FILES: [&str; 16] =
    [".doc", ".docx", ".dot", ".dotx", ".rtf", ".odt", ".pdf", ".tex", ".dvi", ".ps", ".indd", ".qxd", ".ppt", ".pptx", ".htm", ".html"];
/// What stands for a title where nobody gave one.
const NO_TITLES: [&str; 14] = [
    "untitled",
    "document",
    "title",
    "microsoft word",
    "powerpoint presentation",
    "presentation",
    "slide",
    "no title",
    "template",
    "draft",
    "print",
    "layout",
    "page",
    "none",
];

/// Whether a title is what a program put in the place of one.
pub(super) fn is_rubbish_title(title: &str) -> bool {
    let lower = title.trim().to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let words = bare.split_whitespace().count();
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    letters < 4
        || digits > letters
        || lower.starts_with("microsoft ")
        || FILES.iter().any(|ending| lower.ends_with(ending))
        || lower.contains('\\')
        || lower.starts_with("file:")
        || NO_TITLES.contains(&bare.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' '))
        // `gate_report_final_v7`, `GateReport2`: a name of a file without its ending.
        || (words == 1 && (bare.contains('_') || bare.contains('-') || digits > 0 || !title.chars().any(char::is_lowercase)))
        || title.contains('\u{fffd}')
}

/// Who writes no article: accounts and programs.
const NOBODY: [&str; 20] = [
    "user",
    "admin",
    "administrator",
    "owner",
    "author",
    "unknown",
    "default",
    "guest",
    "windows",
    "microsoft",
    "office",
    "root",
    "anonymous",
    "adobe",
    "acrobat",
    "word",
    "latex",
    "scanner",
    "test",
    "none",
];

/// Whether an author is the account of a typist, or a program.
pub(super) fn is_rubbish_author(author: &str) -> bool {
    let author = author.trim();
    let lower = author.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let account =
        words.len() <= 1 && !author.contains(' ') && (author.chars().any(|c| c.is_ascii_digit()) || author == lower || author.len() <= 3);
    words.is_empty() || account || author.contains(['@', '\\', '\u{fffd}']) || words.iter().all(|w| NOBODY.contains(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_programs_are_told_from_titles() {
        for rubbish in [
            "Microsoft Word - draft7.docx",
            "untitled",
            "Untitled-1",
            "gate_report_v7",
            "C:\\docs\\gate",
            "Document1",
            "GateReport2.indd",
            "",
            "20310512",
            "Slide 1",
            "PowerPoint Presentation",
        ] {
            assert!(is_rubbish_title(rubbish), "{rubbish}");
        }
        for title in ["Storm breaks the eastern gate", "Gate", "Report on hinges, 2031", "АР 12: Ворота закрыты"] {
            assert!(!is_rubbish_title(title), "{title}");
        }
    }

    #[test]
    fn accounts_are_told_from_authors() {
        for rubbish in ["iquill", "user", "Administrator", "ADMIN", "iq", "quill2", "ida@gate.example", "", "Windows User", "GATE\\iquill"]
        {
            assert!(is_rubbish_author(rubbish), "{rubbish}");
        }
        for author in ["Ida Quill", "Harbour Office", "Quillworks", "Ida Quill and Bo Tarn"] {
            assert!(!is_rubbish_author(author), "{author}");
        }
    }

    #[test]
    fn every_row_of_the_tables_is_found() {
        assert!(FILES.iter().all(|ending| is_rubbish_title(&format!("Storm at the gate{ending}"))));
        assert!(NO_TITLES.iter().all(|title| is_rubbish_title(title)));
        assert!(NOBODY.iter().all(|name| is_rubbish_author(name)));
    }
}
