//! The rules of claims, as data: the words that make one, the frame they stand in, what is said, and a sentence of our own that shows it.
//!
//! The inventory follows the verbs and nouns that the event codes CAMEO 11 (disapprove), 12 (reject), 13 (threaten) and 17 (coerce) gather,
//! as far as they are said of operations by computer.

use crate::article::Stance;

/// How the sides stand around a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// `A accused B of it`; `B was accused of it by A`; `B, accused of it`.
    Object,
    /// As `Object`, but the object may be the deed: `A condemned the attack by B`.
    Deed,
    /// `A blamed B for it`, `A blamed it on B`; `it was blamed on B by A`.
    Blame,
    /// `blame was laid on B`, `suspicion fell on B`.
    Falls,
    /// `A named B as the culprit`.
    NamedAs,
    /// `A attributed it to B`; `it was attributed to B by A`.
    To,
    /// A noun: `A's indictment of B`, `charges against B`.
    Against,
    /// A noun: `ties between B and B`, `B's ties to B`.
    Between,
    /// `B denied it`; `B called it groundless`.
    Deny,
    /// `A urged B to stop`.
    Urge,
    /// `A said B breached it`; the trigger is any deed of the table of verbs.
    Say,
    /// `B is believed to have breached it`.
    Raised,
    /// `B was behind it`.
    Behind,
    /// `the attacks came from B`, where somebody says so.
    From,
    /// `a group backed by B`.
    Backed,
    /// `suspected B hackers`.
    Suspected,
    /// `B must stop it`, where somebody says so.
    Must,
    /// Somebody tells of B and what it does, in whatever words.
    Told,
}

/// One rule.
#[derive(Debug)]
pub(super) struct Rule {
    /// Its name, shown with every claim it reads.
    pub name: &'static str,
    /// Triggers, parted by `|`: the verb's lemma and the words behind it, articles left out; `*` stands for the object; nouns in all their forms.
    pub triggers: &'static str,
    pub frame: Frame,
    pub stance: Stance,
    /// A sentence that it reads.
    #[cfg_attr(not(test), expect(dead_code, reason = "documents the rule; the tests read it"))]
    pub example: &'static str,
    /// The claims it reads there: `accusers > accused`, several parted by `; `.
    #[cfg_attr(not(test), expect(dead_code, reason = "documents the rule; the tests read it"))]
    pub reads: &'static str,
}

const fn rule(
    name: &'static str,
    triggers: &'static str,
    frame: Frame,
    stance: Stance,
    example: &'static str,
    reads: &'static str,
) -> Rule {
    Rule { name, triggers, frame, stance, example, reads }
}

use Frame::{
    Against, Backed, Behind, Between, Blame, Deed, Deny, Falls, From, Must, NamedAs, Object, Raised, Say, Suspected, To, Told, Urge,
};
use Stance::{Accuses, Charges, Denies, Links, Sanctions, Urges};

/// The rules, in the order in which they are tried at a word.
pub(super) const RULES: &[Rule] = &[
    rule(
        "deny",
        "deny|play role|play part|involve|have nothing to do with|have no part in|have no role in|reject|dismiss|refute|dispute|rebut|disavow|repudiate|brush off|brush aside|push back|hit back|scoff|rubbish|downplay|counter|challenge|lash out|find evidence|react|distance itself|call|term|label|brand|describe|slam|decry|condemn|see evidence|criticize|criticise|denounce|protest|blast|have no basis|have no merit|have no foundation|have no truth|lack merit|lack basis|lack foundation|lack evidence|be baseless|be groundless|be unfounded|be false|be untrue|be fabricated|be absurd",
        Deny,
        Denies,
        "Russia denied any role in the hack.",
        "Russia > unnamed",
    ),
    rule(
        "accuse",
        "accuse|implicate|suspect|incriminate",
        Object,
        Accuses,
        "Norway and Estonia accused Russia of hacking two ministries.",
        "Norway, Estonia > Russia",
    ),
    rule("sue", "sue|take * to court", Object, Accuses, "Meta sued NSO Group over the spyware on its servers.", "Meta > NSO Group"),
    rule(
        "point at",
        "point finger at|point fingers at|point to|level accusations at|level accusations against|level allegations against|train sights on",
        Object,
        Accuses,
        "Norway pointed the finger at Russia after the hack.",
        "Norway > Russia",
    ),
    rule(
        "hold responsible",
        "hold * responsible|hold * accountable|hold * liable|single out",
        Object,
        Accuses,
        "Norway held Russia responsible for the hack.",
        "Norway > Russia",
    ),
    rule(
        "condemn",
        "condemn|call out|denounce|criticize|criticise|slam|decry|deplore|castigate|lambast|lambaste|blast|rebuke|censure|chide|name and shame|join condemnation of|raise flag over|raise alarm over|raise alarm about|raise concerns over|raise concerns about|sound alarm over|sound alarm about|draw attention to|take aim at|hit out at",
        Deed,
        Accuses,
        "Canada condemned Iran for the hack of the port.",
        "Canada > Iran",
    ),
    rule(
        "expose",
        "highlight|expose|allege|touch upon|touch on|unmask|uncover|warn about|warn against|alert to|reveal|disclose|detail|warn of|describe|report|discover|identify|observe|spot|detect|find|track|document|analyze|analyse|see|attest",
        Deed,
        Accuses,
        "Sweden exposed the hacking of its parliament by Russia.",
        "Sweden > Russia",
    ),
    rule(
        "blame",
        "blame|pin|put blame|lay blame|place blame|cast blame|shift blame|lay * at feet of",
        Blame,
        Accuses,
        "Estonia blamed the intrusion on Russia.",
        "Estonia > Russia",
    ),
    rule(
        "blame falls",
        "lay|put|place|cast|shift|pin|point|fall|level|direct|aim|centre|center",
        Falls,
        Accuses,
        "Suspicion fell on Russia after the hack.",
        "unnamed > Russia",
    ),
    rule(
        "named as",
        "name|identify|describe|list|single out",
        NamedAs,
        Accuses,
        "Mandiant named APT33 as the group behind the intrusion.",
        "Mandiant > APT33",
    ),
    rule(
        "attribute",
        "attribute|ascribe|trace|credit|assign",
        To,
        Accuses,
        "Microsoft attributed the malware to China.",
        "Microsoft > China",
    ),
    rule(
        "link",
        "link|tie|connect|associate|affiliate",
        To,
        Links,
        "Microsoft linked the malware to North Korea.",
        "Microsoft > North Korea",
    ),
    rule(
        "links",
        "link|links|tie|ties|connection|connections|association|associations|relationship|affiliation|overlap|overlaps|similarities|collaboration",
        Between,
        Links,
        "Officials spoke of links between Russia and Lazarus Group after the hack.",
        "Officials > Russia; Officials > Lazarus Group",
    ),
    rule(
        "sanction",
        "sanction|blacklist|expel|ban|designate|add * to list|add * to blacklist|put * on blacklist|place * on blacklist|place * on list|put * on list|freeze assets of|offer reward for",
        Object,
        Sanctions,
        "The United States sanctioned NSO Group over its spyware.",
        "United States > NSO Group",
    ),
    rule(
        "sanctions against",
        "sanctions|sanction|ban|restrictions|expulsion|blacklisting|designation",
        Against,
        Sanctions,
        "The United States announced sanctions against Evil Corp for its malware.",
        "United States > Evil Corp",
    ),
    rule(
        "charge",
        "charge|indict|convict|sentence|extradite|prosecute|arrest|apprehend|detain",
        Object,
        Charges,
        "The United States indicted four Chinese hackers over the breach.",
        "United States > China",
    ),
    rule(
        "charges against",
        "charges|charge|arrest|arrests|indictment|indictments|case|complaint|conviction|extradition|prosecution|arraignment|trial",
        Against,
        Charges,
        "The Justice Department unsealed an indictment against Evil Corp over the malware.",
        "Department of Justice > Evil Corp",
    ),
    rule(
        "accusation against",
        "accusation|accusations|allegation|allegations|lawsuit|suit|condemnation|denunciation|criticism|claim|claims|suspicion|suspicions|attribution|finger-pointing|blame",
        Against,
        Accuses,
        "Norway renewed its accusations against Russia after the hack.",
        "Norway > Russia",
    ),
    rule(
        "urge",
        "urge|call on|call upon|expect|press|pressure|implore|ask|demand|warn|tell|exhort|beseech|admonish|push|hold * accountable|order|encourage|appeal to|compel|convince|persuade|threaten",
        Urge,
        Urges,
        "Canada urged Russia to stop the ransomware attacks.",
        "Canada > Russia",
    ),
    rule(
        "must stop",
        "stop|end|cease|halt|refrain|act|desist|face|expect|answer|crack|rein|pay|abandon|abide|behave|hold|take|put",
        Must,
        Urges,
        "“Russia must stop these cyberattacks,” said Norway.",
        "Norway > Russia",
    ),
    rule(
        "behind",
        "be behind|involve|be suspect|be suspects|be force behind|be mastermind of|be brains behind|be group behind|be gang behind|be hackers behind|be responsible|be to blame|be culprit|be culprits|be work of|be perpetrator|be perpetrators|be guilty|stand behind|lie behind|bear responsibility|bear hallmarks of|bear hallmark of|be hand of|be involved|have hand in",
        Behind,
        Accuses,
        "APT29 was responsible for the breach of two ministries.",
        "unnamed > APT29",
    ),
    rule(
        "guilty",
        "plead guilty|be found guilty|be convicted|admit guilt",
        Behind,
        Charges,
        "Petr Holub pleaded guilty in Norway to the hack of two banks.",
        "unnamed > Petr Holub",
    ),
    rule(
        "come from",
        "come from|originate from|emanate from|stem from|be by|be from|originate in|be",
        From,
        Accuses,
        "Most of the cyberattacks came from Russia, Microsoft said.",
        "Microsoft > Russia",
    ),
    rule(
        "believed to",
        "believe|attribute|judge|suspect|think|say|allege|accuse|report|know|consider|presume|rumor|rumour|assess|understand|claim|deem|judge|see|regard|appear|seem|observe|spot|catch|find|detect|discover|identify|name",
        Raised,
        Accuses,
        "APT29 is believed to have breached two ministries.",
        "unnamed > APT29",
    ),
    rule(
        "backed by",
        "back|task|sponsor|support|work|run|control|direct|affiliate|associate|operate|act|fund|link|tie|connect|employ|belong|report|answer|be part of|be unit of|be arm of|be front for|be division of|be subgroup of|be subset of|be overlap with|overlap|align|collaborate|cooperate",
        Backed,
        Links,
        "The malware belongs to a hacker group backed by North Korea.",
        "unnamed > North Korea",
    ),
    rule(
        "suspected",
        "suspected|alleged|presumed|purported|likely|accused|apparent|reputed",
        Suspected,
        Accuses,
        "Suspected Chinese hackers left their tools on the servers of two ministries.",
        "unnamed > China",
    ),
    rule("told", "", Told, Accuses, "Among the tools of APT33 lay new malware, Mandiant said.", "Mandiant > APT33"),
    rule("say", "", Say, Accuses, "Microsoft said APT29 breached two ministries.", "Microsoft > APT29"),
];
