//! Texts and Markdown: nothing of the input is lost, whatever it is.

use demarche::Source;
use demarche::clean::clean;
use demarche::extract::extract;
use proptest::prelude::*;

/// Letters and digits of a text: what must neither vanish nor change places. Marks of Markdown and hyphens at line ends are none.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Lines as texts have them: labels, prose, cues, fields, mark-up.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z ]{0,12}",
        "[A-Z][a-z]{2,8}( (the|of|and|was|to|[a-z]{2,9})){8,30}\\.",
        Just("Also Read: another story about the gate".to_owned()),
        Just("© 2031 Gate Gazette".to_owned()),
        Just("12 March 2031".to_owned()),
        Just(String::new()),
        "(- |\\* |# |> |\\d\\. |    )[a-z ]{1,30}",
        "[\\*_\\[\\]`~|!&;:=+ a-z\\-]{0,40}",
    ]
}

proptest! {
    #[test]
    fn kept_and_removed_are_the_text_in_order(lines in prop::collection::vec(line(), 0..40)) {
        let text = lines.join("\n");
        let page = extract(Source::Text, &text);
        let verdicts = clean(&page);
        prop_assert_eq!(verdicts.len(), page.blocks.len());
        let all: String = page.blocks.iter().map(|b| b.text.as_str()).collect();
        prop_assert_eq!(letters(&all), letters(&text));
        for rule in verdicts.into_iter().flatten() {
            prop_assert!(demarche::clean::rules().any(|r| r.name == rule), "{} is explained", rule);
        }
    }

    #[test]
    fn any_characters_are_read(text in "\\PC{0,300}(\n\\PC{0,80}){0,8}") {
        for source in [Source::Text, Source::Markdown] {
            let page = extract(source, &text);
            prop_assert_eq!(clean(&page).len(), page.blocks.len());
            prop_assert!(page.blocks.iter().all(|b| !b.text.is_empty() && b.link_bytes as usize <= b.text.len()));
        }
    }
}

#[test]
fn markdown_keeps_its_words() {
    let text = "---\ntitle: Gate\n---\n# Gate\n\nOne *two* **three** [four](x) `five`\n\n- six\n- seven\n\n> eight\n\n| nine | ten |\n|---|---|\n\n![eleven](y)\n";
    let page = extract(Source::Markdown, text);
    let all: String = page.blocks.iter().map(|b| b.text.as_str()).collect();
    assert_eq!(letters(&all), "titleGateGateOnetwothreefourfivesixseveneightnineteneleven");
}
