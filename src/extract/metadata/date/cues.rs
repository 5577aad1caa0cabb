//! Words beside a date that say what day it is: of publication, of a change, or of something else.

use aho_corasick::AhoCorasick;
use std::sync::OnceLock;

/// What a date beside a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Role {
    /// Day of first publication.
    Published,
    /// Day of a change.
    Modified,
    /// Day of something else: of saving, of a comment, of an event, of the copyright.
    Other,
}

/// Words in lower case, what the date that follows them is, and the language or reason. The longest word that matches decides.
pub(super) const CUES: &[(&str, Role, &str)] = &[
    ("published", Role::Published, "English"),
    ("publish date", Role::Published, "English"),
    ("publication date", Role::Published, "English"),
    ("posted", Role::Published, "English"),
    ("submitted by", Role::Published, "English, of blogs"),
    ("date posted", Role::Published, "English"),
    ("released", Role::Published, "English, of press releases"),
    ("issued", Role::Published, "English, of notices"),
    ("release date", Role::Published, "English, of advisories"),
    ("first published", Role::Published, "English"),
    ("originally published", Role::Published, "English"),
    ("created", Role::Published, "English"),
    ("written on", Role::Published, "English"),
    ("veröffentlicht", Role::Published, "German"),
    ("erschienen", Role::Published, "German"),
    ("gespeichert von", Role::Published, "German, of blogs"),
    ("erstellt", Role::Published, "German"),
    ("publié", Role::Published, "French"),
    ("mis en ligne", Role::Published, "French"),
    ("mise en ligne", Role::Published, "French"),
    ("posté le", Role::Published, "French"),
    ("publicado", Role::Published, "Spanish, Portuguese"),
    ("publicada", Role::Published, "Spanish, Portuguese"),
    ("publicación", Role::Published, "Spanish"),
    ("pubblicato", Role::Published, "Italian"),
    ("gepubliceerd", Role::Published, "Dutch"),
    ("geplaatst", Role::Published, "Dutch"),
    ("publicerad", Role::Published, "Swedish"),
    ("publisert", Role::Published, "Norwegian"),
    ("offentliggjort", Role::Published, "Danish"),
    ("udgivet", Role::Published, "Danish"),
    ("julkaistu", Role::Published, "Finnish"),
    ("opublikowano", Role::Published, "Polish"),
    ("data publikacji", Role::Published, "Polish"),
    ("dodano", Role::Published, "Polish"),
    ("publikováno", Role::Published, "Czech"),
    ("vydáno", Role::Published, "Czech"),
    ("uverejnené", Role::Published, "Slovak"),
    ("objavljeno", Role::Published, "Slovene, Croatian, Serbian"),
    ("közzétéve", Role::Published, "Hungarian"),
    ("publicat", Role::Published, "Romanian, Catalan"),
    ("опубликовано", Role::Published, "Russian"),
    ("опубліковано", Role::Published, "Ukrainian"),
    ("публикувано", Role::Published, "Bulgarian"),
    ("δημοσίευση", Role::Published, "Greek"),
    ("δημοσιεύθηκε", Role::Published, "Greek"),
    ("yayınlanma", Role::Published, "Turkish"),
    ("giriş", Role::Published, "Turkish"),
    ("diterbitkan", Role::Published, "Indonesian, Malay"),
    ("発行", Role::Published, "Japanese"),
    ("公開", Role::Published, "Japanese"),
    ("掲載", Role::Published, "Japanese"),
    ("发布", Role::Published, "Chinese"),
    ("發布", Role::Published, "Chinese"),
    ("입력", Role::Published, "Korean"),
    ("등록", Role::Published, "Korean"),
    ("نشر", Role::Published, "Arabic"),
    ("تاريخ النشر", Role::Published, "Arabic"),
    ("פורסם", Role::Published, "Hebrew"),
    ("प्रकाशित", Role::Published, "Hindi"),
    ("updated", Role::Modified, "English"),
    ("update:", Role::Modified, "English"),
    ("modified", Role::Modified, "English"),
    ("revised", Role::Modified, "English"),
    ("last reviewed", Role::Modified, "English, of health pages"),
    ("reviewed on", Role::Modified, "English, of health pages"),
    ("last edited", Role::Modified, "English"),
    ("last changed", Role::Modified, "English"),
    ("aktualisiert", Role::Modified, "German"),
    ("letzte änderung", Role::Modified, "German"),
    ("geändert", Role::Modified, "German"),
    ("mis à jour", Role::Modified, "French"),
    ("mise à jour", Role::Modified, "French"),
    ("modifié", Role::Modified, "French"),
    ("actualizado", Role::Modified, "Spanish"),
    ("actualizada", Role::Modified, "Spanish"),
    ("actualización", Role::Modified, "Spanish"),
    ("atualizado", Role::Modified, "Portuguese"),
    ("atualizada", Role::Modified, "Portuguese"),
    ("aggiornato", Role::Modified, "Italian"),
    ("aggiornamento", Role::Modified, "Italian"),
    ("bijgewerkt", Role::Modified, "Dutch"),
    ("gewijzigd", Role::Modified, "Dutch"),
    ("uppdaterad", Role::Modified, "Swedish"),
    ("oppdatert", Role::Modified, "Norwegian"),
    ("opdateret", Role::Modified, "Danish"),
    ("päivitetty", Role::Modified, "Finnish"),
    ("aktualizacja", Role::Modified, "Polish"),
    ("zaktualizowano", Role::Modified, "Polish"),
    ("aktualizováno", Role::Modified, "Czech"),
    ("aktualizované", Role::Modified, "Slovak"),
    ("frissítve", Role::Modified, "Hungarian"),
    ("actualizat", Role::Modified, "Romanian"),
    ("обновлено", Role::Modified, "Russian"),
    ("оновлено", Role::Modified, "Ukrainian"),
    ("ενημέρωση", Role::Modified, "Greek"),
    ("güncelleme", Role::Modified, "Turkish"),
    ("güncellenme", Role::Modified, "Turkish"),
    ("diperbarui", Role::Modified, "Indonesian"),
    ("更新", Role::Modified, "Japanese, Chinese"),
    ("수정", Role::Modified, "Korean"),
    ("آخر تحديث", Role::Modified, "Arabic"),
    ("עודכן", Role::Modified, "Hebrew"),
    ("copyright", Role::Other, "years of the copyright"),
    ("©", Role::Other, "years of the copyright"),
    ("(c)", Role::Other, "years of the copyright"),
    ("saved", Role::Other, "day the page was saved"),
    ("saved on", Role::Other, "day the page was saved"),
    ("archived", Role::Other, "day the page was saved"),
    ("retrieved", Role::Other, "day a source was read"),
    ("accessed", Role::Other, "day a source was read"),
    ("captured", Role::Other, "day the page was saved"),
    ("abgerufen", Role::Other, "German: day a source was read"),
    ("consulté le", Role::Other, "French: day a source was read"),
    ("joined", Role::Other, "day a member joined"),
    ("member since", Role::Other, "day a member joined"),
    ("registered", Role::Other, "day a member joined"),
    ("expires", Role::Other, "end of validity"),
    ("valid until", Role::Other, "end of validity"),
    ("deadline", Role::Other, "end of a call"),
    ("due date", Role::Other, "end of a call"),
    ("today is", Role::Other, "head of the site"),
    ("today:", Role::Other, "head of the site"),
    ("today's date", Role::Other, "head of the site"),
    ("heute ist", Role::Other, "German: head of the site"),
    ("oggi è", Role::Other, "Italian: head of the site"),
    ("effective", Role::Other, "day a rule takes force"),
    ("born", Role::Other, "of a person"),
    ("died", Role::Other, "of a person"),
    ("comment", Role::Other, "day of a comment"),
    ("says:", Role::Other, "head of a comment in blogs"),
];

/// What the date that follows `before` is, by the last cue in it.
pub(in crate::extract) fn role(before: &str) -> Option<Role> {
    static FINDER: OnceLock<AhoCorasick> = OnceLock::new();
    #[expect(clippy::expect_used, reason = "the patterns are part of the program; a test builds the table")]
    let finder = FINDER.get_or_init(|| AhoCorasick::new(CUES.iter().map(|(cue, ..)| cue)).expect("a few hundred short patterns"));
    let before = before.to_lowercase();
    let found = finder.find_overlapping_iter(&before).max_by_key(|found| (found.end(), found.len()))?;
    CUES.get(found.pattern().as_usize()).map(|(_, role, _)| *role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cue_speaks_for_the_date_after_it() {
        for (cue, expected, reason) in CUES {
            assert!(!reason.is_empty());
            assert_eq!(*cue, cue.to_lowercase());
            assert_eq!(role(&format!("{cue} ")), Some(*expected), "{cue}");
        }
        assert_eq!(role("Published 1 May 2020, updated: "), Some(Role::Modified));
        assert_eq!(role("Monday, "), None);
    }
}
