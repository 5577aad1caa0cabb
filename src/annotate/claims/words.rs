//! Word lists that the frames ask, each with what it is for.

use std::collections::HashSet;
use std::sync::OnceLock;

/// Words parted by white space.
pub(super) struct List(&'static str, OnceLock<HashSet<&'static str>>);

impl List {
    pub(super) const fn new(words: &'static str) -> Self {
        List(words, OnceLock::new())
    }

    /// Whether a word in lower case is one of the list.
    pub(super) fn has(&self, word: &str) -> bool {
        self.1.get_or_init(|| self.0.split_whitespace().collect()).contains(word)
    }
}

/// A claim is about operations like these: one of the stems stands in the sentence or beside it.
pub(super) const CYBER: &[&str] = &[
    "hack",
    "cyber",
    "malware",
    "ransom",
    "phish",
    "botnet",
    "ddos",
    "denial-of-service",
    "denial of service",
    "spyware",
    "espionage",
    "intrusion",
    "breach",
    "backdoor",
    "trojan",
    "wiper",
    "spying",
    "spied",
    "surveil",
    "disinformation",
    "exploit",
    "vulnerab",
    "data theft",
    "influence operation",
    "influence campaign",
    "trolls",
    "solarwinds",
    "notpetya",
    "wannacry",
    "supply chain attack",
    "supply-chain attack",
    "hijack",
    "leak",
    "compromis",
    "stole",
    "stealing",
    "worm",
    "zero-day",
    "threat actor",
    "computer",
    "network",
    "online",
    "virus",
    "pegasus",
    "bitcoin",
    "cryptocurrency",
    "apt2",
    "apt3",
    "apt4",
    "apt1",
    "election",
];

/// Said with reserve.
pub(super) static HEDGES: List = List::new(
    "likely suspected suspect suspects possibly believed believe believes alleged allegedly reportedly apparently appears appear \
     appeared probably thought potentially moderate purported purportedly presumed tentatively seems seemingly presumably \
     reputedly suggests suggested rumored rumoured",
);

/// Nouns for what attackers do: whose they are, by whom they are.
pub(super) static DEEDS: List = List::new(
    "hack hacks hacking attack attacks cyberattack cyberattacks cyber-attack cyber-attacks espionage cyberespionage \
     cyber-espionage intrusion intrusions breach breaches campaign campaigns operation operations activity activities behavior \
     behaviour interference meddling theft exploitation aggression actions spying sabotage surveillance disinformation malware \
     role involvement responsibility compromise hijacking incident incidents outage leak leaks wiper worm spyware infiltration \
     attempts attempt offensive conduct misconduct hijack ddos phishing break-in use ttps tradecraft infrastructure botnet abuse",
);

/// What is linked to an actor beside deeds.
pub(super) static LINKABLE: List = List::new(
    "malware ransomware tool tools toolset code server servers infrastructure domain domains strain backdoor trojan botnet ip \
     address addresses accounts account sample samples implant framework website websites network wallet wallets software crimes \
     techniques tactics rat it they emails email lures pages persona personas crime",
);

/// Verbs among those of ordinary acts by which only attackers do something.
pub(super) static CULPRIT_DEEDS: List =
    List::new("orchestrate conduct carry commit launch sponsor order direct deploy impersonate wage plot conspire harbor harbour violate");

/// What may be denied.
pub(super) static DENIED: List = List::new(
    "involvement accusation accusations allegation allegations claim claims responsibility role charges charge wrongdoing report \
     reports attribution finding findings link links association associations ties participation connection connections assertion \
     assertions complicity part hand culpability indictment conclusion conclusions statement suspicions suggestion suggestions \
     notion idea narrative smear knowledge",
);

/// Deeds by which a denial tells what it denies.
pub(super) static DENIABLE: List =
    List::new("hacking spying meddling interference cyberattack cyberattacks attack attacks espionage hack it them this breach");

/// What an accused is called upon to do.
pub(super) static STOPS: List = List::new(
    "stop end cease halt refrain act crack rein curb take respect abide adhere hold punish prosecute extradite abandon investigate \
     disrupt pursue arrest behave explain dismantle tackle change clean desist not avoid attack hack target interfere meddle \
     harbor harbour shelter hand prevent adopt answer comply uphold restrain release return keep withdraw face expect put bring \
     conduct do immediately deny provide",
);

/// What a group may do without doing harm.
pub(super) static NEUTRAL: List = List::new(
    "know name call dub arrest include share disable be have do go become appear seem remain come end close start list track \
     associate link stop represent relate suffer lose get stay fail need want agree allow keep rename shut face base respond claim",
);

/// Verbs that say that what they govern is not done.
pub(super) static UNWILLING: List = List::new("decline refuse fail avoid stop hesitate refrain threaten consider plan allow attempt try");
