//! The few words that the patterns are made of, as hashes.

use crate::annotate::actors::token::word_hash;

/// What may follow the noun in "NAME is a … group": anything else makes it part of a longer noun.
const AFTER_GROUP: &str = "that which who whose of with behind operating active targeting targets responsible believed suspected have using run specializing \
     specialising focused focusing working involved engaged thought conducting leveraging distributing operates uses attacking out whom acting aiming motivated";

/// Hashes of the few words the patterns are made of.
pub(super) struct Words {
    pub(super) r#as: u64,
    pub(super) by: u64,
    pub(super) the: u64,
    pub(super) to: u64,
    pub(super) and: u64,
    pub(super) or: u64,
    pub(super) such: u64,
    pub(super) like: u64,
    pub(super) including: u64,
    pub(super) function: [u64; 12],
    /// Words for a band of people, whatever they run.
    pub(super) bands: [u64; 8],
    pub(super) plural: [u64; 9],
    pub(super) pronouns: [u64; 2],
    /// What may follow "is a … group".
    pub(super) after: Vec<u64>,
    pub(super) between: [u64; 14],
    pub(super) is: [u64; 6],
    pub(super) actor: u64,
    pub(super) operators: [u64; 2],
    pub(super) policy: u64,
    pub(super) groups: u64,
    pub(super) articles: [u64; 6],
    pub(super) selves: [u64; 4],
    pub(super) hacker: u64,
    pub(super) apt: u64,
    pub(super) calling: u64,
    pub(super) attributed: u64,
    pub(super) claimed: u64,
    pub(super) responsibility: u64,
    pub(super) credit: u64,
    pub(super) handle: [u64; 6],
}

impl Words {
    pub(super) fn new() -> Words {
        let h = word_hash;
        Words {
            r#as: h("as"),
            by: h("by"),
            the: h("the"),
            to: h("to"),
            and: h("and"),
            or: h("or"),
            such: h("such"),
            like: h("like"),
            including: h("including"),
            bands: [h("gang"), h("gangs"), h("group"), h("groups"), h("crew"), h("team"), h("syndicate"), h("cartel")],
            plural: [
                h("groups"),
                h("gangs"),
                h("actors"),
                h("hackers"),
                h("crews"),
                h("apts"),
                h("adversaries"),
                h("operators"),
                h("collectives"),
            ],
            after: AFTER_GROUP.split(' ').map(h).collect(),
            pronouns: [h("it"), h("they")],
            between: [
                "also",
                "previously",
                "formerly",
                "is",
                "was",
                "are",
                "were",
                "better",
                "commonly",
                "otherwise",
                "now",
                "has",
                "been",
                "widely",
            ]
            .map(h),
            function: [
                h("by"),
                h("from"),
                h("for"),
                h("with"),
                h("to"),
                h("in"),
                h("that"),
                h("which"),
                h("who"),
                h("used"),
                h("using"),
                h("but"),
            ],
            is: [h("is"), h("are"), h("was"), h("were"), h("remains"), h("be")],
            actor: h("actor"),
            operators: [h("operator"), h("operators")],
            policy: h("policy"),
            groups: h("groups"),
            articles: [h("a"), h("an"), h("the"), h("one"), h("another"), h("only")],
            selves: [h("itself"), h("themselves"), h("himself"), h("herself")],
            hacker: h("hacker"),
            apt: h("apt"),
            calling: h("calling"),
            attributed: h("attributed"),
            claimed: h("claimed"),
            responsibility: h("responsibility"),
            credit: h("credit"),
            handle: [h("handle"), h("alias"), h("aliases"), h("moniker"), h("nickname"), h("pseudonym")],
        }
    }
}
