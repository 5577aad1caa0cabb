//! The rules of claims, as data: the words that make one, the frame they stand in, what is said, and a sentence of our own that shows it.

use crate::article::Stance;

/// How the sides stand around a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// `A accused B of it`; `B was accused of it by A`; `B, accused of it`.
    Object,
    /// `A blamed B for it`, `A blamed it on B`; `it was blamed on B by A`.
    Blame,
    /// `A attributed it to B`; `it was attributed to B by A`.
    To,
    /// `A's indictment of B`, `charges against B`.
    Against,
    /// `ties between B and B`, `B's ties to B`.
    Between,
    /// `B denied it`.
    Deny,
    /// `A called it groundless`.
    Groundless,
    /// `A urged B to stop`.
    Urge,
    /// `A said B breached it`.
    Say,
    /// `B was behind it`.
    Behind,
    /// `a group backed by B`.
    Backed,
    /// `suspected B hackers`.
    Suspected,
    /// `the attack was the work of B`, where somebody says so.
    Done,
}

/// One rule.
#[derive(Debug)]
pub(super) struct Rule {
    /// Its name, shown with every claim it reads.
    pub name: &'static str,
    /// Forms of the trigger, lower case; a form of several words has them parted by one space.
    pub forms: &'static [&'static str],
    pub frame: Frame,
    pub stance: Stance,
    /// A sentence that it reads.
    #[cfg_attr(not(test), expect(dead_code, reason = "documents the rule; the tests read it"))]
    pub example: &'static str,
    /// The claims it reads there: `accusers > accused`, several parted by `; `.
    #[cfg_attr(not(test), expect(dead_code, reason = "documents the rule; the tests read it"))]
    pub reads: &'static str,
}

/// The rules, in the order in which they are tried at a word.
pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "accuse",
        forms: &["accused", "accuses", "accuse", "accusing"],
        frame: Frame::Object,
        stance: Stance::Accuses,
        example: "Norway and Estonia accused Russia of hacking two ministries.",
        reads: "Norway, Estonia > Russia",
    },
    Rule {
        name: "condemn",
        forms: &[
            "condemned",
            "condemns",
            "condemn",
            "condemning",
            "called out",
            "calls out",
            "calling out",
            "call out",
            "denounced",
            "denounces",
        ],
        frame: Frame::Object,
        stance: Stance::Accuses,
        example: "Canada condemned Iran for the hack of the port.",
        reads: "Canada > Iran",
    },
    Rule {
        name: "suspect",
        forms: &["suspected of", "suspects", "believed to have", "thought to have", "alleged to have", "believed to be behind"],
        frame: Frame::Object,
        stance: Stance::Accuses,
        example: "Russia is suspected of the intrusion into the mail servers.",
        reads: "unnamed > Russia",
    },
    Rule {
        name: "blame",
        forms: &["blamed", "blames", "blame", "blaming", "pinned", "pins", "pinning"],
        frame: Frame::Blame,
        stance: Stance::Accuses,
        example: "Estonia blamed the intrusion on Russia.",
        reads: "Estonia > Russia",
    },
    Rule {
        name: "attribute",
        forms: &["attributed", "attributes", "attribute", "attributing", "traced"],
        frame: Frame::To,
        stance: Stance::Accuses,
        example: "Microsoft attributed the malware to China.",
        reads: "Microsoft > China",
    },
    Rule {
        name: "link",
        forms: &["linked", "links", "link", "linking", "tied", "ties", "tying", "connected", "connecting"],
        frame: Frame::To,
        stance: Stance::Links,
        example: "Microsoft linked the malware to North Korea.",
        reads: "Microsoft > North Korea",
    },
    Rule {
        name: "links between",
        forms: &["links between", "ties between", "connections between", "link between", "connection between"],
        frame: Frame::Between,
        stance: Stance::Links,
        example: "Officials spoke of links between Russia and Lazarus Group after the hack.",
        reads: "unnamed > Russia; unnamed > Lazarus Group",
    },
    Rule {
        name: "sanction",
        forms: &["sanctioned", "sanctions", "sanctioning", "blacklisted", "expelled"],
        frame: Frame::Object,
        stance: Stance::Sanctions,
        example: "The United States sanctioned NSO Group over its spyware.",
        reads: "United States > NSO Group",
    },
    Rule {
        name: "sanctions against",
        forms: &["sanctions", "ban"],
        frame: Frame::Against,
        stance: Stance::Sanctions,
        example: "The United States announced sanctions against Evil Corp for its malware.",
        reads: "United States > Evil Corp",
    },
    Rule {
        name: "charge",
        forms: &["charged", "charges", "charging", "indicted", "indicts", "indicting", "sentenced", "convicted"],
        frame: Frame::Object,
        stance: Stance::Charges,
        example: "The United States indicted four Chinese hackers over the breach.",
        reads: "United States > China",
    },
    Rule {
        name: "charges against",
        forms: &["charges", "indictment", "indictments", "case", "complaint"],
        frame: Frame::Against,
        stance: Stance::Charges,
        example: "The Justice Department unsealed an indictment against Evil Corp over the malware.",
        reads: "Department of Justice > Evil Corp",
    },
    Rule {
        name: "accusation against",
        forms: &["accusation", "accusations", "allegations", "lawsuit"],
        frame: Frame::Against,
        stance: Stance::Accuses,
        example: "Norway renewed its accusations against Russia after the hack.",
        reads: "Norway > Russia",
    },
    Rule {
        name: "deny",
        forms: &[
            "denied",
            "denies",
            "deny",
            "denying",
            "rejected",
            "rejects",
            "rejecting",
            "dismissed",
            "dismisses",
            "refuted",
            "disputed",
        ],
        frame: Frame::Deny,
        stance: Stance::Denies,
        example: "Russia denied any role in the hack.",
        reads: "Russia > unnamed",
    },
    Rule {
        name: "groundless",
        forms: &["groundless", "baseless", "unfounded", "fabricated"],
        frame: Frame::Groundless,
        stance: Stance::Denies,
        example: "China called Norway's accusation of hacking baseless.",
        reads: "China > Norway",
    },
    Rule {
        name: "urge",
        forms: &["urged", "urges", "urge", "urging", "called on", "calls on", "calling on", "call on", "warned"],
        frame: Frame::Urge,
        stance: Stance::Urges,
        example: "Canada urged Russia to stop the ransomware attacks.",
        reads: "Canada > Russia",
    },
    Rule {
        name: "say",
        forms: &[
            "charged that",
            "warned of",
            "suspects",
            "said",
            "says",
            "told",
            "found",
            "detailed",
            "learned",
            "described",
            "exposed",
            "detected",
            "spotted",
            "assess",
            "assesses",
            "say",
            "explained",
            "revealed",
            "confirmed",
            "believe",
            "believes",
            "believed",
            "reported",
            "alleged",
            "alleges",
            "alleging",
            "concluded",
            "discovered",
            "identified",
            "observed",
            "warned",
            "assessed",
            "stated",
            "noted",
            "according to",
            "disclosed",
            "announced",
            "claims",
            "claimed",
            "suspect",
        ],
        frame: Frame::Say,
        stance: Stance::Accuses,
        example: "Microsoft said APT29 breached two ministries.",
        reads: "Microsoft > APT29",
    },
    Rule {
        name: "carried out by",
        forms: &[
            "conducted by",
            "carried out by",
            "launched by",
            "perpetrated by",
            "work of",
            "orchestrated by",
            "used by",
            "operated by",
            "developed by",
            "caused by",
            "committed by",
        ],
        frame: Frame::Done,
        stance: Stance::Accuses,
        example: "Microsoft said the breach was carried out by APT29.",
        reads: "Microsoft > APT29",
    },
    Rule {
        name: "behind",
        forms: &["behind", "responsible for"],
        frame: Frame::Behind,
        stance: Stance::Accuses,
        example: "APT29 was responsible for the breach of two ministries.",
        reads: "unnamed > APT29",
    },
    Rule {
        name: "backed by",
        forms: &[
            "backed by",
            "sponsored by",
            "supported by",
            "working for",
            "work for",
            "works for",
            "working on behalf of",
            "directed by",
            "controlled by",
            "run by",
            "affiliated with",
            "associated with",
        ],
        frame: Frame::Backed,
        stance: Stance::Links,
        example: "The malware belongs to a hacker group backed by North Korea.",
        reads: "unnamed > North Korea",
    },
    Rule {
        name: "suspected",
        forms: &["suspected", "alleged", "reported", "presumed"],
        frame: Frame::Suspected,
        stance: Stance::Accuses,
        example: "The breach was the work of suspected Chinese hackers.",
        reads: "unnamed > China",
    },
];
