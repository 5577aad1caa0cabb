//! What is read as a claim and what is not, in sentences of our own.
#![allow(clippy::unwrap_used)]
use super::*;
use crate::annotate::{Annotator, Context};

pub(super) fn claims(text: &str) -> Vec<Claim> {
    Annotator::new(Knowledge::builtin()).annotate(text, &Context::default()).claims
}

/// Claims as `accusers > accused` with the accused apart, as the table of rules writes them.
pub(super) fn told(text: &str) -> String {
    let names = |side: &[Party]| side.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ");
    claims(text)
        .iter()
        .flat_map(|c| c.accused.iter().map(|a| format!("{} > {}", names(&c.accusers), a.name)).collect::<Vec<_>>())
        .collect::<Vec<_>>()
        .join("; ")
}

#[test]
fn every_rule_reads_its_example() {
    let mut wrong = Vec::new();
    for rule in rules::RULES {
        let found = claims(rule.example);
        let named = found.iter().all(|c| c.rule == rule.name && c.stance == rule.stance);
        let got = told(rule.example);
        if got != rule.reads || !named {
            wrong.push(format!(
                "{}: {} gives {got} by {:?}",
                rule.name,
                rule.example,
                found.iter().map(|c| c.rule.as_str()).collect::<Vec<_>>()
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sides_are_told_apart() {
    let mut wrong = Vec::new();
    for (text, want) in [
        ("Russia has been accused of the hack.", "unnamed > Russia"),
        ("The hack was blamed on Iran by Norway and Sweden.", "Norway, Sweden > Iran"),
        ("Norway blamed the hack on Russia and Iran.", "Norway > Russia; Norway > Iran"),
        ("The malware has been attributed to North Korea.", "unnamed > North Korea"),
        ("Microsoft said the malware was linked to North Korea.", "Microsoft > North Korea"),
        ("Officials in Norway accused Russia of hacking.", "Norway > Russia"),
        ("Norway, which lost mail in the hack, blamed Russia for it.", "Norway > Russia"),
        ("Norway traced the hack for weeks and then accused Russia.", "Norway > Russia"),
        ("NSO Group was sanctioned by the United States over spyware.", "United States > NSO Group"),
        ("The breach was the work of suspected Iranian spies.", "unnamed > Iran"),
        ("The Chinese Embassy in Norway denied the allegations of hacking.", "China > unnamed"),
        ("Microsoft said Russia hacked two ministries.", "Microsoft > Russia"),
        (
            "Foreign Minister Ida Quill of Norway said that the SVR stood behind the hack and accused Russia of a pattern of such attacks.",
            "Ida Quill > SVR; Ida Quill > Russia",
        ),
        ("Norway has for years accused Russia of theft by computer.", "Norway > Russia"),
        ("Russia has in the past denied involvement in the hack.", "Russia > unnamed"),
        ("The embassy in Norway rejected the accusations of hacking.", ""),
        ("Norway and its allies blamed Russia for the hack.", "Norway > Russia"),
        ("Russia rejected the accusations by Norway over the hack.", "Russia > Norway"),
        (
            "Servers that Norway and Sweden blamed on Iranian hackers, dubbed APT33, sent the malware.",
            "Norway, Sweden > Iran; Norway, Sweden > APT33",
        ),
        (
            "Lazarus Group, which Norway linked to the hack, is believed to be run by North Korea.",
            "Norway > Lazarus Group; unnamed > Lazarus Group; unnamed > North Korea",
        ),
        (
            "After the United States charged Evil Corp over its malware, Norway called on Russia to stop the gang.",
            "United States > Evil Corp; Norway > Russia",
        ),
        ("“APT29 breached the port’s mail servers,” said Norway.", "Norway > APT29"),
        (
            "According to Microsoft, the malware was made by APT29, a group backed by Russia, and used by nobody else.",
            "Microsoft > APT29; Microsoft > Russia",
        ),
        ("The attribution of the hack to Russia by Norway came late.", "Norway > Russia"),
        ("Reuters reported that officials in Norway believe Russia hacked the port.", "Norway > Russia"),
        ("Russia denied that it was behind the hack.", "Russia > unnamed"),
        ("Norway’s accusations of hacking are baseless, said Russia.", "Russia > Norway"),
        ("Google has attributed the malware, which hit two banks, to North Korea.", "Google > North Korea"),
        ("China called the accusation that it hacked Norway groundless.", "China > unnamed"),
    ] {
        let got = told(text);
        if got != want {
            wrong.push(format!("{text} gives {got}, not {want}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_claim_is_read_where_none_is_made() {
    let mut wrong = Vec::new();
    for text in [
        "The bank blamed the breach on a misconfigured server.",
        "APT29 breached two ministries with new malware.",
        "Norway did not accuse Russia of the hack.",
        "Norway stopped short of blaming Russia for the hack.",
        "The firm charged twenty euros for the malware scan.",
        "China accused Norway of dumping fish on its markets.",
        "The service denied access to hackers.",
        "Norway called for closer ties with Russia after the hack.",
        "Norway may blame Russia if the malware returns.",
        "Neither Russia nor China has admitted the hack.",
        "Norway declined to blame Russia for the hack.",
        "There is no evidence that Russia was behind the hack, Norway said.",
        "If Russia was behind the hack, Norway will respond.",
        "Norway has not attributed the hack to Russia.",
        "Norway could blame Russia for the hack.",
        "The bank denied that customer data was stolen in the hack.",
        "Norway condemned the hack.",
        "The bank got a decryptor for the REvil ransomware, a clerk in Norway said.",
        "The Kremlin was unaware of any hacking by APT28, its spokesman said of Norway.",
        "The town was glad to connect its staff to the FBI after the hack, said a clerk.",
        "Individuals claiming to be part of APT33 hacked a port in Norway.",
    ] {
        let got = told(text);
        if !got.is_empty() {
            wrong.push(format!("{text} gives {got}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn victims_are_told_from_both_sides() {
    let mut wrong = Vec::new();
    for (text, want) in [
        ("Norway accused Russia of cyberattacks on Sweden and Finland.", "Sweden, Finland"),
        ("Microsoft said APT29 breached SolarWinds.", "SolarWinds"),
        ("Canada blamed Iran for the hack of Norway's parliament.", "Norway"),
        ("Norway accused Russia of hacking.", ""),
    ] {
        let got: Vec<String> = claims(text).iter().flat_map(|c| c.victims.iter().map(|p| p.name.clone())).collect();
        if got.join(", ") != want {
            wrong.push(format!("{text} gives {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sentences_end_where_readers_stop() {
    let text = "The U.S. accused Iran. Gen. Brown spoke on Jan. 3. “It was them.” Then he left\n\nA heading\n\nMore";
    let got: Vec<&str> = sentence::sentences(text).into_iter().filter_map(|s| s.of(text)).collect();
    assert_eq!(got, ["The U.S. accused Iran.", "Gen. Brown spoke on Jan. 3.", "“It was them.”", "Then he left", "A heading", "More"]);
}

#[test]
fn hostile_texts_cost_little() {
    for piece in ["Russia accused ", "said by to on Iran, ", "(, ", "which , ", "é’s Iran ", "and Iran ", "hack blamed. "] {
        crate::effort::is_linear(piece, 20_000, &|times| drop(claims(&piece.repeat(times))));
    }
}
