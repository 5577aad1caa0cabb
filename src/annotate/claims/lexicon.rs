//! The words the reader of claims knows: closed classes in full, nouns of those who act, verbs with all their forms. Everything else is a
//! noun or an adjective to it.

use foldhash::{HashMap, HashMapExt};
use std::sync::OnceLock;

/// What a word is in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// An actor that was found.
    Actor,
    /// A name no table knows.
    Name,
    /// A noun for those who act.
    Noun(Noun),
    /// A noun, an adjective, a number.
    Word,
    /// `the`, `its`, `some`.
    Det,
    /// `'s`.
    Own,
    /// `-linked` behind an actor.
    Suffix,
    Pronoun,
    /// `who`, `which`.
    Relative,
    /// `because`, `that`, `while`.
    Sub,
    Prep,
    And,
    But,
    Be,
    Have,
    Do,
    Modal,
    Not,
    /// `to` before a verb.
    To,
    Adverb,
    Verb,
    Comma,
    Open,
    Close,
    Dash,
    Quote,
    /// `.`, `;`, `:` and other marks that part clauses.
    Stop,
}

/// What those who act are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noun {
    /// Those who attack.
    Band,
    /// Those who speak or act for a state.
    Office,
    /// A firm and its people.
    Firm,
    /// One or more people.
    Human,
    /// What is published speaks for its publisher.
    Paper,
}

/// The form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Base,
    Third,
    /// Past that is no participle: `stole`.
    Past,
    /// Past and participle: `accused`.
    Ed,
    /// Participle only: `stolen`.
    Participle,
    Ing,
}

/// What a verb tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// Speech and findings.
    Say,
    /// What attackers do to others; nobody else does it.
    Deed,
    /// What attackers do as others do.
    Act,
    /// Everything else.
    Other,
}

/// A verb in one of its forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verb {
    pub lemma: &'static str,
    pub form: Form,
    pub sense: Sense,
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    pub class: Option<Class>,
    pub verb: Option<Verb>,
}

/// Closed classes.
const CLASSES: &[(Class, &str)] = &[
    (
        Class::Det,
        "the a an its his her their our my your this these those some any no each every several many most all both another other such \
         certain multiple various numerous few",
    ),
    (Class::Own, "'s ’s"),
    (
        Class::Pronoun,
        "he she it they we i you them him us me itself themselves himself everyone whoever whatever nobody somebody someone anyone",
    ),
    (Class::Relative, "who which whom whose"),
    (
        Class::Sub,
        "because although though while when where if whether once unless so whereas why how what that as-if even-though whilst lest",
    ),
    (
        Class::Prep,
        "of in on at by for from with into onto over against about under during via through between behind without within inside \
         among amid despite toward towards upon regarding concerning per across near outside along alongside like unlike including \
         after before since until following beyond besides except throughout around as than off out up down amongst beside",
    ),
    (Class::And, "and or & nor plus"),
    (Class::But, "but yet"),
    (Class::Be, "is are was were be been being am 're ’re"),
    (Class::Have, "has have had having 've ’ve"),
    (Class::Do, "do does did"),
    (Class::Modal, "will would may might could should can must shall cannot 'll ’ll"),
    (
        Class::Not,
        "not never n't isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't couldn't shouldn't can't \
         isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t doesn’t don’t didn’t won’t wouldn’t couldn’t shouldn’t can’t",
    ),
    (
        Class::Adverb,
        "also now then later again already still even just only soon often twice today yesterday tomorrow monday tuesday wednesday \
         thursday friday saturday sunday ever too well ago together instead meanwhile however therefore thus perhaps maybe long \
         always here there earlier jointly once far first rather hence indeed moreover nevertheless nonetheless furthermore almost \
         quite overall publicly responsible accountable liable guilty very more most further afterwards thereby likewise overnight elsewhere back seldom recently either neither",
    ),
    (Class::Comma, ","),
    (Class::Open, "( ["),
    (Class::Close, ") ]"),
    (Class::Dash, "– — -"),
    (Class::Quote, "\" “ ” ' ‘ ’ '' ``"),
    (Class::Stop, ". ; : ? ! | / • … >"),
];

/// Nouns for those who act.
const NOUNS: &[(Noun, &str)] = &[
    (
        Noun::Band,
        "hacker hackers group groups actor actors spies spy operative operatives gang gangs operator operators attacker attackers \
         cybercriminal cybercriminals criminal criminals crew crews cyberspies agent agents apt apts adversary adversaries collective \
         cartel syndicate affiliate affiliates threat-actor threat-actors hacktivist hacktivists team teams cluster clusters outfit \
         intruder intruders cyberattackers troll trolls mercenaries mercenary developers developer ransomware cybergang subgroup \
         contractor contractors perpetrators perpetrator cyber-criminals cyber-spies fraudsters scammers regime proxies proxy brokers \
         insiders associates persona personas conspiracy ring culprits culprit",
    ),
    (
        Noun::Office,
        "official officials government governments authorities authority administration president minister ministers ministry \
         spokesman spokeswoman spokesperson spokespersons prosecutors prosecutor police embassy ambassador lawmakers lawmaker senators \
         senator regulators regulator agencies agency intelligence military department departments leaders leader parliament \
         investigators investigator diplomats diplomat service services court courts attorney attorneys treasury secretary \
         chancellor premier state states country countries nation nations side directorate bureau commission council congress unit \
         officer officers army navy forces force consulate envoy mission judge jury coalition alliance allies bloc governor mayor \
         watchdog cabinet lawyers detectives enforcement legislators congressman congresswoman republicans democrats kingdom \
         partners partner chief chiefs director directors commissioner marines interests centre center arm branch division",
    ),
    (
        Noun::Firm,
        "company companies firm firms researchers researcher analysts analyst experts expert vendor vendors giant lab labs \
         laboratory business corporation startup university academics scientists engineers maker makers outlet newspaper magazine \
         broadcaster organization organizations organisation organisations ceo cto ciso executive executives founder co-founder \
         journalists journalist reporters media press exchange provider platform investigators consortium institute nonprofit ngo \
         observers supplier contractor manufacturer consultancy retailer carrier marketplace entity entities",
    ),
    (
        Noun::Human,
        "man men woman women national nationals citizen citizens member members suspect suspects individual individuals person people \
         resident residents host activist activists dissident whistleblower teenager defendant defendants brothers duo trio engineer \
         student programmer poster freelancer victim victims plaintiff plaintiffs employee employees customers users conspirators conspirator others \
         persons source sources blogger politician politicians staff entrepreneur informant professor ruler",
    ),
    (
        Noun::Paper,
        "report reports statement advisory indictment indictments complaints filings lawsuits reporting blog post complaint filing lawsuit alert analysis findings study assessment \
         article dossier bulletin evidence investigation affidavit documents warrant paper tweet letter suit story notice \
         announcement advisories statements post blogpost whitepaper probe release",
    ),
];

/// Verbs, irregular forms behind a slash (past, participle); `*` doubles the last letter.
const VERBS: &[(Sense, &str)] = &[
    (
        Sense::Say,
        "say/said alert inform notify underscore underline emphasize emphasise agree tell/told report believe claim allege conclude find/found discover identify observe detect spot* assess state note \
         reveal confirm disclose announce warn learn/learned describe detail explain expose argue assert suspect write/wrote/written \
         add see/saw/seen think/thought suggest indicate determine insist maintain contend declare acknowledge remark comment \
         estimate charge uncover unveil document track analyze analyse name know/knew/known stress testify speculate caution \
         conjecture show/showed/shown recount establish attest opine tweet hint point monitor consider publish admit* release brief \
         highlight hear/heard reckon theorize infer* posit repeat reiterate elaborate mention unmask cite recall judge",
    ),
    (
        Sense::Deed,
        "hack breach steal/stole/stolen infiltrate compromise penetrate exploit orchestrate attack intercept leak plant mastermind \
         meddle spy infect encrypt exfiltrate ransom target sabotage hijack eavesdrop* surveil wiretap* extort cripple perpetrate \
         weaponize weaponise backdoor defraud interfere burglarize snoop smuggle launder phish deface blackmail plunder siphon loot \
         ddos cyberattack knock wipe disable bug*",
    ),
    (
        Sense::Act,
        "use deploy launch conduct carry attempt try access gain send/sent spread/spread operate abuse leverage distribute hit/hit run/ran/run \
         install impersonate obtain seek/sought begin/began/begun engage direct order sponsor break/broke/broken deliver collect \
         probe scan* execute move pose masquerade send/sent host build/built sell/sold develop craft create employ utilize utilise \
         demand post trick lure plot* conspire coordinate harvest inject drop* disrupt destroy tamper pilfer impersonate control \
         threaten focus expand switch evolve continue rely share buy/bought acquire maintain stage aim enter register set/set \
         hide/hid/hidden cover tunnel pivot scour recruit hire behave help aid supply enable harbour harbor shelter fund finance \
         commit* pull push hold/held wage undertake/undertook/undertaken mount exert trigger load upload download rent publish turn \
         go/went/gone get/got/gotten make/made take/took/taken give/gave/given come/came/come become/became/become start end work play \
         list claim adopt manipulate violate",
    ),
    (
        Sense::Other,
        "act collaborate reuse accuse condemn call denounce criticize criticise slam* blame attribute ascribe link tie connect associate trace deny reject \
         dismiss refute dispute rebut* disavow urge sanction blacklist expel* indict convict sentence extradite prosecute sue arrest \
         detain impose slap* level levy file bring/brought unseal issue pin* finger lay/laid cast/cast put/put point single implicate \
         designate ban* bar* add fine affiliate back support sponsor dub* know name accuse chide rebuke castigate lambast lambaste \
         blast decry deplore credit assign label term brand deem press implore ask demand request require summon protest vow promise \
         respond react answer reply retort counter hit cause lead/led join welcome investigate seize freeze/froze/frozen offer place \
         advise decline refuse fail avoid stop* agree want need remain stay appear seem look leave/left pay/paid receive suffer keep/kept \
         follow bear/bore/borne originate stem* emanate overlap* share resemble belong answer plead plead/pled return retaliate scoff rubbish \
         downplay repudiate laugh mock shrug* challenge reprimand censure shame out finger-point unmask apprehend capture \
         acquit* allow provide include represent relate involve contain appear resolve conclude sit/sat stand/stood speak/spoke/spoken \
         meet/met talk live base locate head register award grant reward rebuff contradict counter rename pressure exhort beseech \
         admonish remind encourage insist demand appeal lodge raise renew repeat make expect hope plan* intend convince persuade \
         lift ease hand serve face hope let/let mean/meant read/read turn form* own lose/lost grow/grew/grown rise/rose/risen \
         fall/fell/fallen win/won touch doubt question suppose presume rumor rumour hypothesize compel* force prompt respond notify \
         inform alert contact accept fix patch advocate adhere abide cease halt refrain desist rein curb crack punish uphold comply restrain tackle dismantle abandon withdraw guard protect defend prevent block combat fight/fought counteract remove delete address \
         affect strike/struck perform manage evolve struggle impact recap* notice conceal manifest obscure encounter comprise underscore \
         emphasize emphasise illustrate demonstrate reflect undermine resume relaunch rebrand reveal accompany accumulate achieve \
         adapt advertise advise aggregate anticipate apologize approve argue arise/arose/arisen arrive assemble assign assist assure attach \
         attend attract authorize avert await believe benefit boast calculate cancel carry cater celebrate circulate cite clarify \
         coincide collapse compete compile complain complete comply compose compound compute conceive confront confuse congratulate \
         connect consist constitute construct consult consume convert convey cooperate cope correspond corrupt count criticise deal/dealt \
         decide decrypt dedicate defeat delay deliver depend deplete depict derive deserve destabilize deter* devise differ diminish \
         disappear discard discourage discuss disguise dispatch dispose distinguish distract divide donate dominate double draw/drew/drawn \
         drive/drove/driven drain duplicate earn elect elicit eliminate embed* embrace emerge enforce enhance ensue ensure entail \
         entice equip* erase escalate escape evade evaluate exceed exchange exclude execute exhibit exist explore export express extend \
         extract feature feed/fed feel/felt flag* flee/fled flood forge forget/forgot/forgotten foster freeze gather generate grapple grab* \
         halt hamper handle happen heighten hesitate hinder hurt identify ignore illuminate imagine imitate immerse import improve incite \
         include incorporate increase incur* indulge inflict influence initiate inspect inspire instruct integrate intensify interact interrupt \
         interview introduce invade invest invite invoke isolate jeopardize join justify kill knock lack land last launder lay learn license \
         lobby lock log* lurk maximize measure merge migrate minimize mimic misuse mitigate modify multiply negotiate neutralize \
         nominate obey oblige observe occur* oppose organize outline outsource overcome overhaul oversee/oversaw/overseen owe pave \
         penetrate perceive persist pick pioneer place pledge portray possess postpone praise precede predict prefer* prepare preserve pretend \
         prevail proceed process procure produce prohibit proliferate promote propagate propose prove provoke purchase pursue \
         qualify quote raid range rank reach rebuild/rebuilt receive recognize recommend reconstruct recover redirect reduce refer* reform \
         regain regulate reinforce relay release relocate render renounce repair replace replicate reply research reside resign resist \
         restart restore restrict resume retain retire retrieve reuse revamp reverse review revise revive revoke risk rival rob* rotate ruin \
         safeguard satisfy save schedule screen search secure segment select separate serve settle shape shift shock shrink/shrank/shrunk \
         shoot/shot shut/shut signal simplify simulate sink/sank/sunk skip* slip* slow solicit solve span* spark speculate speed spend/spent split/split \
         spoof sprawl stabilize standardize stir* store stretch strip* strengthen study submit* succeed sue sum* summarize surface surge \
         surpass surprise surround survive suspend sustain sweep/swept switch teach/taught team tempt tend terminate tie topple total \
         tour trade train transfer* transform translate transmit* transport travel treat triple turn type undergo/underwent/undergone underpin* \
         understand/understood undo/undid/undone unify unite unleash unlock update upgrade urge utter validate vanish vary verify veto view visit \
         volunteer vote vow wait wake/woke/woken walk waste watch weaken wear/wore/worn weigh whip* widen wield withhold/withheld \
         withstand/withstood witness wonder worry worsen wound wrap* yield anger outrage alarm embarrass prompt trouble worry irk* delete \
         resort task sprout swirl loom flourish thrive wane comment blog* podcast pen* retract refute sit abscond",
    ),
];

/// What is known of a word in lower case.
pub(super) fn entry(word: &str) -> Entry {
    words().get(word).copied().unwrap_or_default()
}

fn words() -> &'static HashMap<String, Entry> {
    static WORDS: OnceLock<HashMap<String, Entry>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut out: HashMap<String, Entry> = HashMap::new();
        for (noun, words) in NOUNS {
            for word in words.split_whitespace() {
                out.entry(word.to_owned()).or_default().class.get_or_insert(Class::Noun(*noun));
            }
        }
        for (class, words) in CLASSES {
            for word in words.split_whitespace() {
                out.entry(word.to_owned()).or_default().class.get_or_insert(*class);
            }
        }
        for (sense, verbs) in VERBS {
            for verb in verbs.split_whitespace() {
                for (word, verb) in forms(verb, *sense) {
                    out.entry(word).or_default().verb.get_or_insert(verb);
                }
            }
        }
        out
    })
}

/// All forms of all verbs, with what they are.
pub(super) fn verbs() -> impl Iterator<Item = (String, Verb)> {
    VERBS.iter().flat_map(|(sense, verbs)| verbs.split_whitespace().flat_map(|verb| forms(verb, *sense)))
}

/// The forms of a verb as the table writes it.
pub(super) fn forms(verb: &'static str, sense: Sense) -> Vec<(String, Verb)> {
    let mut parts = verb.split('/');
    let first = parts.next().unwrap_or_default();
    let lemma = first.strip_suffix('*').unwrap_or(first);
    let doubled = if first.ends_with('*') { lemma.chars().last() } else { None };
    let of = |form| Verb { lemma, form, sense };
    let vowel_before_y = lemma.len() > 1 && lemma.get(lemma.len() - 2..lemma.len() - 1).is_some_and(|c| "aeiou".contains(c));
    let third = if lemma.ends_with('y') && !vowel_before_y {
        format!("{}ies", &lemma[..lemma.len() - 1])
    } else if ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| lemma.ends_with(e)) {
        format!("{lemma}es")
    } else {
        format!("{lemma}s")
    };
    let stem = match doubled {
        Some(c) => format!("{lemma}{c}"),
        None => lemma.to_owned(),
    };
    let ing = if let Some(root) = lemma.strip_suffix("ie") {
        format!("{root}ying")
    } else if let Some(root) = lemma.strip_suffix('e').filter(|r| !r.ends_with('e')) {
        format!("{root}ing")
    } else {
        format!("{stem}ing")
    };
    let mut out = vec![(lemma.to_owned(), of(Form::Base)), (third, of(Form::Third)), (ing, of(Form::Ing))];
    match (parts.next(), parts.next()) {
        (Some(past), Some(participle)) => {
            out.push((past.to_owned(), of(Form::Past)));
            out.push((participle.to_owned(), of(Form::Participle)));
        }
        (Some(both), None) => out.push((both.to_owned(), of(Form::Ed))),
        _ => {
            let past = if lemma.ends_with('e') {
                format!("{lemma}d")
            } else if lemma.ends_with('y') && !vowel_before_y {
                format!("{}ied", &lemma[..lemma.len() - 1])
            } else {
                format!("{stem}ed")
            };
            out.push((past, of(Form::Ed)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_take_their_forms() {
        for (word, lemma, form) in [
            ("accused", "accuse", Form::Ed),
            ("denies", "deny", Form::Third),
            ("pinning", "pin", Form::Ing),
            ("stolen", "steal", Form::Participle),
            ("tying", "tie", Form::Ing),
            ("breaches", "breach", Form::Third),
            ("said", "say", Form::Ed),
        ] {
            let verb = entry(word).verb.map(|v| (v.lemma, v.form));
            assert_eq!(verb, Some((lemma, form)), "{word}");
        }
        assert_eq!(entry("ministry").class, Some(Class::Noun(Noun::Office)));
    }
}
