//! One text for each rule, all invented.
#![allow(clippy::unwrap_used)]

use super::Finder;
use crate::annotate::Context;
use crate::article::{ActorKind, Mention};
use crate::knowledge::Knowledge;
use std::sync::OnceLock;

fn finder() -> &'static Finder<'static> {
    static FINDER: OnceLock<Finder<'static>> = OnceLock::new();
    FINDER.get_or_init(|| Finder::new(Knowledge::builtin()))
}

fn find(text: &str) -> Vec<Mention> {
    let found = finder().find(text, &Context::default()).0;
    for (mention, next) in found.iter().zip(found.iter().skip(1).map(Some).chain([None])) {
        assert_eq!(mention.span.of(text), Some(mention.surface.as_str()), "{mention:?}");
        assert!(next.is_none_or(|n| mention.span.end <= n.span.start), "{mention:?} and {next:?}");
        assert!(!mention.reason.is_empty());
    }
    found
}

/// `surface=id` of every mention.
fn ids(text: &str) -> Vec<String> {
    find(text).into_iter().map(|m| format!("{}={}", m.surface, m.id)).collect()
}

fn id_of(text: &str, surface: &str) -> Option<String> {
    find(text).into_iter().find(|m| m.surface == surface).map(|m| m.id)
}

fn groups(text: &str) -> Vec<String> {
    find(text).into_iter().filter(|m| m.kind == ActorKind::ThreatGroup).map(|m| m.surface).collect()
}

#[test]
fn names_of_the_table_in_any_writing() {
    for writing in ["APT29", "APT 29", "APT-29", "apt29"] {
        assert_eq!(id_of(&format!("The malware was traced to {writing} by two firms."), writing).as_deref(), Some("apt29"), "{writing}");
    }
    assert_eq!(id_of("Hackers of Cozy-Bear sent phishing mails.", "Cozy-Bear").as_deref(), Some("apt29"));
    assert_eq!(
        id_of("Muddy Water hackers used a new loader and ransomware.", "Muddy Water"),
        id_of("MuddyWater hackers used a new loader.", "MuddyWater")
    );
    assert_eq!(id_of("Hackers of G0016 used malware and phishing.", "G0016").as_deref(), Some("apt29"));
}

#[test]
fn possessives_and_compounds() {
    assert_eq!(ids("Hafnium\u{2019}s malware and China-linked hackers"), ["Hafnium=hafnium", "China=state-cn"]);
    assert_eq!(ids("Türkiye's embassy"), ["Türkiye=state-tr"]);
}

#[test]
fn an_ordinary_word_needs_a_cue() {
    assert!(groups("Silence fell over the hall. The snake slept, and the Tick crawled on.").is_empty());
    assert!(groups("Malware experts kept silence. Silence is golden in cyber security and phishing.").is_empty());
    assert_eq!(groups("The hacking group Silence sent phishing mails to banks, and malware followed."), ["Silence"]);
    assert!(groups("Fancy Lazarus is no ordinary name. Phishing and malware.").is_empty());
}

#[test]
fn nothing_in_addresses_paths_and_hashes() {
    assert!(
        ids("See https://example.org/China/APT28 and apt28.exe, user@microsoft.com, C:\\Microsoft\\x, hxxps://a[.]b[.]c/NATO/x").is_empty()
    );
    assert_eq!(ids("[Microsoft](https://example.org/NATO) says"), ["Microsoft=company-microsoft"]);
    assert!(ids("key H1G7R4Y7D1").is_empty());
}

#[test]
fn states_by_demonym_capital_and_metonym() {
    assert_eq!(
        ids("Chinese officials flew to Moscow while the Kremlin and Whitehall were silent."),
        ["Chinese=state-cn", "Moscow=state-ru", "Kremlin=state-ru", "Whitehall=state-gb"]
    );
    assert_eq!(ids("The White House blamed Beijing."), ["White House=agency-us-whitehouse", "Beijing=state-cn"]);
    assert_eq!(ids("It is up to us. US officials agreed, the U.S. embassy too."), ["US=state-us", "U.S.=state-us"]);
}

#[test]
fn a_place_within_a_larger_name_is_no_state() {
    assert!(ids("She studied at Michigan State University and the University of London.").is_empty());
    assert!(ids("It cost US $500 in New England; the Cold War, French fries and Michael Jordan.").is_empty());
    assert_eq!(ids("Ships crossed the South China Sea."), ["South China Sea=region-south-china-sea"]);
    assert_eq!(ids("Bank of China opened a branch."), ["Bank of China=company-bank-of-china"]);
}

#[test]
fn namesakes_are_told_apart_by_their_country() {
    let text = "The UK's National Cyber Security Centre spoke first. The GCSB's National Cyber Security Centre (NCSC) followed.";
    let centres: Vec<_> = find(text).into_iter().filter(|m| m.surface.contains("Centre")).collect();
    assert_eq!(centres[0].id, "agency-gb-ncsc");
    assert_eq!(centres[1].id, "agency-nz-ncsc");
    assert!(centres[0].candidates.iter().any(|c| c.id == "agency-nz-ncsc"), "the others stay candidates");
    assert_eq!(id_of("In the Netherlands, Dutch police and the NCSC warned Dutch firms.", "NCSC").as_deref(), Some("agency-nl-ncsc"));
    let context = Context { url: Some("https://news.example.ie/a"), ..Context::default() };
    let found = finder().find("The NCSC warned of phishing.", &context).0;
    assert_eq!(found[0].id, "agency-ie-ncsc");
}

#[test]
fn a_name_that_lists_dispute_keeps_its_candidates() {
    let found = find("The hackers of Bluenoroff stole money with malware.");
    let mention = found.iter().find(|m| m.surface == "Bluenoroff").unwrap();
    assert!(mention.candidates.len() >= 2 && mention.candidates.iter().all(|c| !c.sources.is_empty()), "{mention:?}");
}

#[test]
fn numbers_and_families_in_no_table() {
    let text = "Malware of UNC99871, TA9871, Storm-9871, UAC-9871 and FIN98 was found; the threat actor Quiet Typhoon used phishing.";
    assert_eq!(groups(text), ["UNC99871", "TA9871", "Storm-9871", "UAC-9871", "FIN98", "Quiet Typhoon"]);
    assert!(
        find(text)
            .iter()
            .filter(|m| m.kind == ActorKind::ThreatGroup)
            .all(|m| m.id.starts_with("name:") && m.reason.contains("not in the table"))
    );
    assert!(groups("A quiet typhoon hit the coast. Storm 9871 and Polar Bear are no names; Route TA 98.").is_empty());
}

#[test]
fn language_tells_names() {
    let about = " Malware, phishing and credentials were involved.";
    for (text, names) in [
        ("A hacking group known as Paperwasp stole mail.", vec!["Paperwasp"]),
        ("Researchers follow a group tracked by Microsoft as Tinderbox.", vec!["Tinderbox"]),
        ("A gang calling itself \u{201c}Paper Wasp Crew\u{201d} took credit.", vec!["Paper Wasp Crew"]),
        ("The Paperwasp gang struck again.", vec!["Paperwasp"]),
        ("Then Paperwasp ransomware operators struck again.", vec!["Paperwasp"]),
        ("The cybercrime actor Paperwasp struck.", vec!["Paperwasp"]),
        ("Ransomware groups such as Paperwasp and Tinderbox struck.", vec!["Paperwasp", "Tinderbox"]),
        ("Paperwasp is a financially motivated group. Firms fear Paperwasp.", vec!["Paperwasp", "Paperwasp"]),
        ("APT28, also known as Paperwasp or Tinderbox, struck.", vec!["APT28", "Paperwasp", "Tinderbox"]),
        ("Paperwasp claimed responsibility.", vec!["Paperwasp"]),
    ] {
        assert_eq!(groups(&format!("{text}{about}")), names, "{text}");
    }
}

#[test]
fn language_does_not_make_groups_of_programs_and_bodies() {
    let about = " Malware, phishing and credentials were involved.";
    for text in [
        "A backdoor known as Paperwasp was found.",
        "Malware families, including Paperwasp and Tinderbox, were found.",
        "Emotet operators sent mails.",
        "Russian hackers struck, and Microsoft researchers called it a threat.",
        "Gatherings such as Wasp Con are held by a hacker conference team.",
        "Paperwasp is used by a threat actor.",
    ] {
        assert!(groups(&format!("{text}{about}")).is_empty(), "{text}: {:?}", groups(&format!("{text}{about}")));
    }
    assert!(groups("A band known as The Paperwasps played. The Paperwasp group sang.").is_empty(), "nothing in texts on other matters");
}

#[test]
fn a_gang_called_after_its_program() {
    assert_eq!(groups("The TrickBot gang stole credentials with malware."), ["TrickBot gang"]);
}

#[test]
fn abbreviations_that_the_text_introduces() {
    let text = "The Ministry of Paper and Ink (MPI) spoke. Later the MPI fell silent.";
    assert_eq!(find(text).iter().filter(|m| m.surface == "MPI").count(), 2);
    let text = "The Ministry of State Security (MSS) spoke.";
    assert_eq!(ids(text), ["Ministry of State Security=agency-cn-mss", "MSS=agency-cn-mss"]);
}

#[test]
fn persons_with_a_role() {
    for text in [
        "Foreign Secretary Nora Halvorsen spoke.",
        "\u{201c}No,\u{201d} said Nora Halvorsen, the Foreign Secretary.",
        "Nora Halvorsen, the Minister in charge of ports, spoke.",
        "Nora Halvorsen, 48, was charged.",
        "Dr. Nora Halvorsen spoke.",
        "Nora Halvorsen told the court so.",
    ] {
        assert_eq!(id_of(text, "Nora Halvorsen").as_deref(), Some("name:norahalvorsen"), "{text}");
    }
    let found = ids("Minister Nora Halvorsen spoke. Halvorsen then left. Mr Brekke stayed.");
    assert_eq!(found, ["Nora Halvorsen=name:norahalvorsen", "Halvorsen=name:norahalvorsen", "Brekke=name:brekke"]);
}

#[test]
fn a_surname_is_the_person_only_after_the_full_name() {
    assert!(ids("Halvorsen was there. Paper Mill opened, and Quality Street too.").is_empty());
    assert_eq!(ids("Little was said. Then Andrew Little, the minister, left; Little smiled.").len(), 2);
}

#[test]
fn bodies_and_firms_by_their_nouns() {
    let found = find("The Ministry of Culture met Paper Heron GmbH and the Harbour Police Authority.");
    let kinds: Vec<_> = found.iter().map(|m| (m.surface.as_str(), m.kind)).collect();
    assert_eq!(
        kinds,
        [
            ("Ministry of Culture", ActorKind::Agency),
            ("Paper Heron GmbH", ActorKind::Company),
            ("Harbour Police Authority", ActorKind::Agency)
        ]
    );
}

#[test]
fn capitals_throughout_prove_nothing() {
    assert!(ids("THE HERON SANG ALL DAY FOR US AND WHO KNOWS WHY THE POLICE COURT SAT").is_empty());
}

#[test]
fn hostile_texts_end_soon_and_lose_nothing() {
    let began = std::time::Instant::now();
    for piece in [
        "group known as X",
        "APT",
        "a.b.c.d/",
        "the U.S. ",
        "((((",
        "Fancy ",
        "\u{301}\u{2019}s",
        "known as Paper, and Wasp or ",
        "[a](b) ",
    ] {
        find(&piece.repeat(200_000 / piece.len()));
    }
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}

#[test]
fn a_group_told_by_its_look_is_that_of_the_table() {
    let text = "APT10 attacked banks.";
    let finder = Finder::new(Knowledge::builtin());
    let found = finder.find(text, &Context::default()).0;
    let groups: Vec<&str> = found.iter().map(|m| m.id.as_str()).collect();
    assert_eq!(groups, [Knowledge::builtin().lookup("APT10")[0].id.as_str()], "{found:?}");
}

/// `style, text, groups, others`: what is found in sentences of many kinds, and what is not.
const SENTENCES: &str = include_str!("../../../tests/golden/actors.tsv");

#[test]
fn sentences_name_whom_they_name() {
    let rows: Vec<Vec<&str>> = SENTENCES.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect()).collect();
    assert!(rows.len() >= 80);
    let mut wrong = Vec::new();
    for row in rows {
        let (text, cell) = (row[1], |at: usize| row.get(at).copied().unwrap_or(""));
        let found = find(text);
        let written = |m: &Mention| format!("{}={}", m.surface, m.id);
        let groups: Vec<String> = found.iter().filter(|m| m.kind == ActorKind::ThreatGroup).map(written).collect();
        let others: Vec<String> = found.iter().map(written).collect();
        let missing = cell(3).split("; ").filter(|w| !w.is_empty()).any(|w| !others.iter().any(|o| o == w));
        if groups.join("; ") != cell(2) || missing {
            wrong.push(format!("{text}\n  groups {groups:?}, all {others:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_a_text_equates_is_recorded_and_stays_two() {
    let equated = |text: &str| -> Vec<String> {
        let (_, equated) = finder().find(text, &Context::default());
        equated.into_iter().map(|e| format!("{}={}", e.ids[0], e.ids[1])).collect()
    };
    assert_eq!(equated("Hackers of APT40, also known as Hafnium, sent malware."), ["apt40=hafnium"]);
    assert_eq!(equated("The malware is that of Hafnium (APT40)."), ["hafnium=apt40"]);
    assert_eq!(equated("APT41, tracked by Microsoft as Volt Typhoon or Turla, sent malware."), ["apt41=volt-typhoon", "apt41=turla"]);
    assert!(equated("Fancy Bear (APT28), also called Sofacy, sent malware.").is_empty(), "one actor by the table too");
    assert!(equated("APT40 and Hafnium sent malware. APT41 is known. Turla was seen by Kimsuky.").is_empty());
}
