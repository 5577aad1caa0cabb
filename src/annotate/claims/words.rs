//! Word lists that the frames ask, each with what it is for.

use foldhash::HashSet;
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
    "email",
    "e-mail",
    "website",
    "internet",
    "password",
    "encrypt",
    "software",
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
     attempts attempt offensive conduct misconduct hijack ddos phishing break-in use ttps tradecraft infrastructure botnet abuse hand fingerprints handiwork",
);

/// What is linked to an actor beside deeds.
pub(super) static LINKABLE: List = List::new(
    "malware ransomware tool tools toolset code server servers infrastructure domain domains strain backdoor trojan botnet ip \
     address addresses accounts account sample samples implant framework website websites network wallet wallets software crimes \
     techniques tactics vulnerability vulnerabilities flaw flaws exploit exploits zero-day zero-days payload payloads samples families family rat it they emails email lures pages persona personas crime",
);

/// Verbs among those of ordinary acts by which only attackers do something.
pub(super) static CULPRIT_DEEDS: List = List::new(
    "orchestrate coordinate conduct carry commit launch sponsor order direct deploy impersonate wage plot conspire harbor harbour violate",
);

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
     associate link stop represent relate suffer lose get stay fail need want agree allow keep rename shut face base respond claim provide offer announce",
);

/// Verbs that say that what they govern is not done.
pub(super) static UNWILLING: List = List::new("decline refuse fail avoid stop hesitate refrain threaten consider plan allow");

/// Verbs whose object does what the infinitive behind it says.
pub(super) static MAKING: List = List::new(
    "force lead prompt cause allow enable order urge push compel help drive move encourage permit require tell ask persuade convince hire pay recruit",
);

/// Verbs whose participle tells of the noun right before it.
pub(super) static TOLD_OF: List = List::new(
    "attribute ascribe link tie connect associate trace affiliate blame accuse suspect charge indict sanction back sponsor support \
     fund direct control run conduct carry orchestrate launch use deploy develop make create operate own perpetrate mount stage author \
     track know dub name identify publish release issue write believe employ align",
);

/// Verbs of seeing, behind which a thing stands more often than what is said of it.
pub(super) static OBSERVING: List = List::new(
    "spot observe see detect discover identify track find uncover unveil monitor analyze analyse document expose detail describe catch",
);

/// What firms and victims are scolded and fined for: carelessness, and what they say of it.
pub(super) static NEGLECT: List = List::new(
    "response responding failing failure failed disclosing disclosure disclosures handling slow delay delayed passive negligence \
     misleading waiting contract inadequate lax poor insufficient unpatched misrepresenting wire-tapping patching leaving lack hoarding stockpiling withholding sitting",
);

/// What sanctions are for where they are not for operations by computer.
pub(super) static OTHER_MATTERS: List = List::new(
    "nuclear missile missiles invasion war rights oil trade doping drug drugs terrorism annexation crimea chemical weapons arms proliferation \
     abuses genocide coup corruption forced labor labour",
);

/// Verbs whose object is held responsible.
pub(super) static ACCUSING: List = List::new(
    "accuse charge indict blame sanction link arrest condemn sue implicate tie connect suspect name identify detail expose unmask",
);

/// Verbs behind which an act is wished for or planned.
pub(super) static WISHES: List =
    List::new("need want plan expect hope seek vow promise threaten urge ask demand intend consider call propose");

/// Verbs of those who make or find a thing, not of those who attack with it.
pub(super) static MAKES: List = List::new(
    "create develop make discover find report publish release own manage describe write detail spot see affect hit impact face suffer",
);

/// Deeds that are named after those who suffer them.
pub(super) static SUFFERED: List = List::new(
    "attack attacks breach breaches hack hacks incident incidents leak leaks intrusion outage compromise theft cyberattack cyberattacks break-in",
);
