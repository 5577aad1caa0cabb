//! What each word of a sentence is there: noun or verb, participle or past. Looks at the words beside it, nowhere else.

use super::lexicon::{Class, Entry, Form, Noun, Verb, entry};
use super::sentence::Unit;
use super::times::times;
use super::words::List;

/// A unit with its class, and the verb where it is one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag {
    pub class: Class,
    pub verb: Option<Verb>,
}

/// Nouns that look like `-ing` forms of verbs.
static GERUNDS: List = List::new(
    "hacking phishing spying banking mining training meddling building finding marketing trading advertising computing \
                       meeting briefing filing ruling warning funding hosting intelligence-gathering ransoming sharing gaming",
);

/// Participles that stand before a noun as adjectives do.
static ADJECTIVES: List = List::new(
    "escalating ongoing growing increasing continuing emerging looming rising evolving existing remaining spreading recurring sprawling surging \
     widening damaging destabilizing embarrassing threatening",
);

/// Verbs whose third person is the plural of a noun.
static NOUNS_TOO: List = List::new(
    "cyberattack ransom backdoor hijack blackmail sabotage plot attack target hack link tie exploit claim charge sanction report use move plan work state help access start run breach leak \
                         order fund support name finger list trace label demand release post request cause impact dispute point question \
                         protest ban fine study control host force launch bug track scan trigger stage aim drop share cover lure plot stop \
                         market cast press answer offer place head award grant reward counter appeal hope turn form face block patch fix \
                         alert guard contact address respect estimate remark comment document brief display login update ransom \
                         compromise surveil phish upload download probe trick build push pull load set need want",
);

/// The classes of the units of a sentence.
pub(super) fn tags(units: &[Unit]) -> Vec<Tag> {
    let entries: Vec<Entry> = units.iter().map(|u| if u.mention.is_some() || u.name { Entry::default() } else { entry(u.lower) }).collect();
    let mut out: Vec<Tag> = Vec::with_capacity(units.len());
    for i in 0..units.len() {
        let tag = tag(units, &entries, &out, i);
        out.push(tag);
    }
    times(units, &mut out);
    out
}

fn tag(units: &[Unit], entries: &[Entry], before: &[Tag], i: usize) -> Tag {
    let plain = |class| Tag { class, verb: None };
    let (Some(unit), Some(known)) = (units.get(i), entries.get(i)) else { return plain(Class::Word) };
    if unit.mention.is_some() {
        return plain(Class::Actor);
    }
    if unit.name {
        return plain(Class::Name);
    }
    let word = unit.lower;
    let after = |n: usize| units.get(i + n).map_or("", |u| u.lower);
    // `stands accused` is a passive.
    if matches!(word, "stands" | "stand" | "stood") && entries.get(i + 1).is_some_and(|e| e.verb.is_some_and(|v| v.form == Form::Ed)) {
        return plain(Class::Be);
    }
    // `it's been linked`, `who's behind it`
    if matches!(word, "'s" | "’s")
        && (before.last().is_some_and(|t| matches!(t.class, Class::Pronoun | Class::Relative))
            || i > 0 && units.get(i - 1).is_some_and(|u| matches!(u.lower, "that" | "there" | "here" | "what" | "this")))
    {
        return plain(Class::Be);
    }
    // `X's also behind it`
    if matches!(word, "'s" | "’s") && matches!(after(1), "also" | "now" | "still" | "been" | "not" | "likely" | "behind" | "probably") {
        return plain(Class::Be);
    }
    if matches!(word, "'s" | "’s")
        && entries.get(i + 1).is_some_and(|e| e.verb.is_some_and(|v| v.form == Form::Ing && v.sense == super::lexicon::Sense::Other))
        && (units.get(i + 2).is_some_and(|u| u.mention.is_some()) || entries.get(i + 2).is_some_and(|e| e.class == Some(Class::Det)))
    {
        return plain(Class::Be);
    }
    if word == "as" && after(1) == "well" && after(2) == "as" {
        return plain(Class::And);
    }
    if matches!(word, "well" | "as")
        && i > 0
        && units.get(i - 1).is_some_and(|u| matches!(u.lower, "as" | "well"))
        && (after(1) == "as" || i > 1 && units.get(i - 2).is_some_and(|u| u.lower == "as"))
    {
        return plain(Class::Adverb);
    }
    // `is in turn linked`
    if word == "in" && matches!(after(1), "turn" | "fact" | "part" | "particular" | "general" | "addition")
        || matches!(word, "turn" | "fact" | "part" | "particular" | "general" | "addition")
            && i > 0
            && units.get(i - 1).is_some_and(|u| u.lower == "in")
            && after(1) != "of"
    {
        return plain(Class::Adverb);
    }
    // `at least ten`
    if word == "at" && matches!(after(1), "least" | "most")
        || matches!(word, "least") && i > 0 && units.get(i - 1).is_some_and(|u| u.lower == "at")
    {
        return plain(Class::Adverb);
    }
    if word == "such" && after(1) == "as" {
        return plain(Class::Adverb);
    }
    // `more than a dozen`, `at least ten`
    if matches!(word, "more" | "less" | "fewer") && after(1) == "than"
        || word == "than" && i > 0 && units.get(i - 1).is_some_and(|u| matches!(u.lower, "more" | "less" | "fewer"))
    {
        return plain(Class::Adverb);
    }
    // `related coverage`
    if word == "related" && !before.last().is_some_and(|t| matches!(t.class, Class::Be | Class::Have)) {
        return plain(if after(1) == "to" { Class::Adverb } else { Class::Word });
    }
    // `the sanctions list`
    if word == "list" && i > 0 && units.get(i - 1).is_some_and(|u| matches!(u.lower, "sanctions" | "entity" | "trade")) {
        return plain(Class::Word);
    }
    if word == "since" && before.last().is_some_and(|t| t.class == Class::Have) {
        return plain(Class::Adverb);
    }
    if word == "to" {
        let verb = (i + 1..i + 3).find_map(|j| {
            let next = entries.get(j)?;
            if next.class == Some(Class::Adverb) || units.get(j).is_some_and(|u| u.lower.ends_with("ly")) {
                return None;
            }
            // `to auction the tools`: a word of no class that governs a phrase.
            let unknown =
                next.class.is_none() && next.verb.is_none() && units.get(j).is_some_and(|u| u.mention.is_none() && !u.name && !u.capital);
            let governs = unknown
                && (entries.get(j + 1).is_some_and(|e| matches!(e.class, Some(Class::Det | Class::Pronoun)))
                    || units.get(j + 1).is_some_and(|u| u.mention.is_some()));
            Some(
                governs
                    || next.verb.is_some_and(|v| v.form == Form::Base)
                    || matches!(next.class, Some(Class::Be | Class::Have | Class::Do | Class::Not)),
            )
        });
        return plain(if verb == Some(true) { Class::To } else { Class::Prep });
    }
    // `by that country`
    if word == "that"
        && before.last().is_some_and(|t| t.class == Class::Prep)
        && entries.get(i + 1).is_some_and(|e| matches!(e.class, Some(Class::Noun(_))))
    {
        return plain(Class::Det);
    }
    if word == "that" {
        let next = entries.get(i + 1);
        let acts = next.is_some_and(|e| {
            matches!(e.class, Some(Class::Be | Class::Have | Class::Do | Class::Modal | Class::Not))
                || (e.class != Some(Class::Adverb) && e.verb.is_some_and(|v| v.form != Form::Ing && v.form != Form::Base))
        });
        let noun = before.last().is_some_and(|t| nominal(t.class));
        return plain(if acts && noun { Class::Relative } else { Class::Sub });
    }
    if word.starts_with('-') && word.len() > 1 {
        return plain(Class::Suffix);
    }
    if let Some(verb) = known.verb
        && known.class != Some(Class::Prep)
        && reads_as_verb(units, entries, before, i, verb)
    {
        return Tag { class: Class::Verb, verb: Some(verb) };
    }
    if let Some(class) = known.class {
        return plain(class);
    }
    if known.verb.is_none() && word.chars().all(|c| c.is_alphabetic() || c == '-') {
        if word.ends_with("ly")
            && word.len() > 4
            && !["family", "supply", "assembly", "italy", "july", "reply", "ally", "monopoly"].contains(&word)
        {
            return plain(Class::Adverb);
        }
        if let Some(form) = form_by_ending(units, entries, before, i) {
            return Tag { class: Class::Verb, verb: Some(Verb { lemma: "", form, sense: super::lexicon::Sense::Other }) };
        }
    }
    if unit.lower.chars().all(|c| !c.is_alphanumeric() && !matches!(c, '$' | '€' | '£' | '%' | '#')) {
        return plain(Class::Stop);
    }
    plain(Class::Word)
}

/// The form of a verb that the table does not know, by its ending and its neighbours: a past right behind who did it, a participle between
/// a plural and what it governs.
fn form_by_ending(units: &[Unit], entries: &[Entry], before: &[Tag], i: usize) -> Option<Form> {
    let word = units.get(i).map_or("", |u| u.lower);
    let last = before.iter().rposition(|t| t.class != Class::Adverb)?;
    let class = before.get(last)?.class;
    if class == Class::To {
        return Some(Form::Base);
    }
    if word.len() < 5 || word.contains('-') {
        return None;
    }
    let last_word = units.get(last).map_or("", |u| u.lower);
    let next = entries.get(i + 1).copied().unwrap_or_default();
    let named = units.get(i + 1).is_some_and(|u| u.mention.is_some() || u.name);
    let noun = matches!(class, Class::Noun(_) | Class::Word | Class::Close);
    if word.ends_with("ed") {
        let doer = matches!(class, Class::Actor | Class::Name | Class::Have | Class::Be | Class::Relative | Class::Pronoun);
        let governs = named
            || matches!(next.class, Some(Class::Det | Class::Prep | Class::Pronoun | Class::Sub | Class::Stop | Class::Comma))
            || i + 1 == units.len();
        return (doer && !next_is_band(entries, units, i) || noun && governs).then_some(Form::Ed);
    }
    let plural = noun && last_word.ends_with('s') && !last_word.ends_with("ss");
    let governs = named
        || matches!(next.class, Some(Class::Det | Class::Pronoun | Class::Noun(_) | Class::Adverb))
        || next.class.is_none() && next.verb.is_none() && i + 1 < units.len();
    (word.ends_with("ing") && plural && governs).then_some(Form::Ing)
}

fn next_is_band(entries: &[Entry], units: &[Unit], i: usize) -> bool {
    (i + 1..i + 3).any(|j| {
        entries.get(j).is_some_and(|e| matches!(e.class, Some(Class::Noun(_))))
            && units.get(j).is_some_and(|u| u.mention.is_none() && !u.name)
    })
}

/// Whether a class can end a noun phrase.
fn nominal(class: Class) -> bool {
    matches!(class, Class::Actor | Class::Name | Class::Noun(_) | Class::Word | Class::Close | Class::Suffix)
}

fn reads_as_verb(units: &[Unit], entries: &[Entry], before: &[Tag], i: usize, verb: Verb) -> bool {
    let known = |j: usize| entries.get(j).copied().unwrap_or_default();
    let word = units.get(i).map_or("", |u| u.lower);
    // Behind adverbs stands what decides.
    let mut p = before.len();
    while p > 0 && before.get(p - 1).is_some_and(|t| t.class == Class::Adverb) {
        p -= 1;
    }
    let last = p.checked_sub(1).and_then(|p| before.get(p)).map(|t| t.class);
    let last_word = p.checked_sub(1).and_then(|p| units.get(p)).map_or("", |u| u.lower);
    let next = units.get(i + 1);
    let next_named = next.is_some_and(|u| u.mention.is_some() || u.name);
    let next_class = known(i + 1).class;
    let next_finite = matches!(next_class, Some(Class::Be | Class::Have | Class::Modal | Class::Do))
        || known(i + 1).verb.is_some_and(|v| matches!(v.form, Form::Past));
    let starts_phrase = next_named
        || matches!(next_class, Some(Class::Det | Class::Noun(_) | Class::Pronoun | Class::Sub | Class::Adverb))
        || (next.is_some() && next_class.is_none() && !next_finite);
    match verb.form {
        Form::Past | Form::Participle => true,
        Form::Ing => {
            if GERUNDS.has(word) {
                let governed = p.checked_sub(1).and_then(|l| before.get(l)).and_then(|t| t.verb).is_some_and(|v| {
                    matches!(
                        v.lemma,
                        "deny" | "see" | "observe" | "spot" | "catch" | "detect" | "admit" | "continue" | "begin" | "start" | "keep"
                    )
                });
                return matches!(last, Some(Class::Be)) || governed && starts_phrase;
            }
            let adjective = ADJECTIVES.has(word) && (starts_phrase || known(i + 1).class.is_none());
            // `irresponsible and destabilizing behavior`
            let joined = matches!(last, Some(Class::And))
                && p > 1
                && before.get(p - 2).is_some_and(|t| t.class == Class::Word)
                && next.is_some_and(|n| super::words::DEEDS.has(n.lower));
            let modifies = adjective
                || joined
                || matches!(last, Some(Class::Det | Class::Own | Class::Suffix))
                || (matches!(last, Some(Class::Actor | Class::Name | Class::Word))
                    && matches!(next_class, Some(Class::Noun(Noun::Band)))
                    && !next_named);
            !modifies || (matches!(last, Some(Class::Own)) && starts_phrase && matches!(next_class, Some(Class::Det)))
        }
        Form::Ed => match last {
            // `many criticized it`
            Some(Class::Det)
                if matches!(last_word, "many" | "some" | "most" | "several" | "few")
                    && (next_named || matches!(next_class, Some(Class::Det))) =>
            {
                true
            }
            // `the accused group`, `suspected spies`: a modifier.
            Some(Class::Det | Class::Own) => false,
            Some(Class::Prep | Class::Suffix) => !(next_named || starts_phrase),
            None | Some(Class::Quote | Class::Comma | Class::And | Class::Verb) => {
                !(next_is_head(entries, units, i)
                    && (matches!(word, "suspected" | "alleged" | "presumed") || last.is_none() && verb.sense != super::lexicon::Sense::Say))
            }
            Some(Class::Word) => !(matches!(word, "suspected" | "alleged" | "presumed") && next_is_head(entries, units, i)),
            _ => true,
        },
        Form::Base => {
            let plural = match last {
                Some(Class::Noun(_) | Class::Word) => {
                    last_word.ends_with('s') && !last_word.ends_with("ss")
                        || matches!(last_word, "police" | "men" | "people" | "intelligence" | "military" | "media")
                }
                Some(Class::Actor | Class::Name | Class::Close) => {
                    // `A and B believe`, `officials in A believe`
                    let officials = p > 2
                        && before.get(p - 2).is_some_and(|t| t.class == Class::Prep)
                        && (before.get(p - 3).is_some_and(|t| matches!(t.class, Class::Noun(_)))
                            && units.get(p - 3).is_some_and(|u| u.lower.ends_with('s'))
                            || units.get(p - 3).is_some_and(|u| matches!(u.lower, "many" | "some" | "most" | "others")));
                    officials || (p.saturating_sub(4)..p).any(|j| before.get(j).is_some_and(|t| t.class == Class::And))
                }
                _ => false,
            };
            // `demanded that B stop it`
            let wished = p > 2
                && units.get(p - 2).is_some_and(|u| u.lower == "that")
                && before
                    .get(p - 3)
                    .and_then(|t| t.verb)
                    .is_some_and(|v| matches!(v.lemma, "demand" | "insist" | "request" | "urge" | "ask" | "require"));
            let past = matches!(verb.lemma, "hit" | "spread" | "put" | "set" | "cut" | "shut" | "split" | "beat" | "cost") && starts_phrase;
            if last.is_some_and(nominal) && (wished || past && known(i).class.is_none()) {
                return true;
            }
            // `which A and B believe is`
            if verb.sense == super::lexicon::Sense::Say
                && matches!(next_class, Some(Class::Be | Class::Have))
                && matches!(last, Some(Class::Actor | Class::Name | Class::Noun(_)))
                && (p.saturating_sub(7)..p)
                    .any(|j| before.get(j).is_some_and(|t| t.class == Class::Relative) || units.get(j).is_some_and(|u| u.lower == "that"))
            {
                return true;
            }
            // `observed the group exploit it`
            let seen = (p.saturating_sub(8)..p).any(|j| {
                before.get(j).and_then(|t| t.verb).is_some_and(|v| matches!(v.lemma, "observe" | "see" | "spot" | "watch" | "catch"))
            });
            if seen
                && matches!(last, Some(Class::Noun(Noun::Band) | Class::Actor))
                && (starts_phrase || matches!(next_class, Some(Class::Prep)))
                && !matches!(verb.sense, super::lexicon::Sense::Other)
                && known(i).class.is_none()
            {
                return true;
            }
            // `the hackers work for B`
            if matches!(word, "work" | "act" | "operate")
                && matches!(last, Some(Class::Noun(_)))
                && last_word.ends_with('s')
                && next.is_some_and(|n| matches!(n.lower, "for" | "on" | "under" | "from" | "with" | "as" | "out"))
            {
                return true;
            }
            match last {
                Some(Class::To | Class::Modal | Class::Do) => true,
                Some(Class::Not) => true,
                Some(Class::Have) => known(i).class.is_none(),
                Some(Class::Pronoun) => !matches!(last_word, "he" | "she" | "it" | "them" | "him" | "us"),
                Some(Class::Relative) => known(i).class.is_none(),
                Some(Class::Noun(_) | Class::Word | Class::Actor | Class::Name | Class::Close) => {
                    plural
                        && (starts_phrase
                            || matches!(next_class, Some(Class::Prep))
                                && !matches!(next.map(|u| u.lower), Some("of" | "against" | "between" | "for" | "in"))
                            || next_class == Some(Class::Quote))
                }
                // `the firms, less openly, continue to link it`
                Some(Class::Comma) if next.is_some_and(|n| n.lower == "to") && known(i).class.is_none() && !NOUNS_TOO.has(verb.lemma) => {
                    true
                }
                Some(Class::And | Class::Comma) => {
                    // `to stop and punish`, `would hack, steal and sell`.
                    starts_phrase
                        && known(i).class.is_none()
                        && (p.saturating_sub(8)..p).any(|j| before.get(j).is_some_and(|t| matches!(t.class, Class::To | Class::Modal)))
                }
                _ => false,
            }
        }
        Form::Third => {
            if matches!(word, "says" | "believes" | "accuses" | "denies" | "alleges" | "condemns" | "indicts" | "attributes" | "rejects") {
                return true;
            }
            if matches!(word, "acts" | "works" | "operates")
                && matches!(last, Some(Class::Comma | Class::Noun(_) | Class::Actor | Class::Name | Class::Close | Class::Word))
                && !last_word.ends_with('s')
                && next.is_some_and(|n| matches!(n.lower, "for" | "on" | "under" | "from" | "with" | "as" | "out"))
            {
                return true;
            }
            if word == "points" && matches!(last, Some(Class::Noun(Noun::Paper))) && next.is_some_and(|n| n.lower == "to") {
                return true;
            }
            if word == "continues" && next.is_some_and(|n| n.lower == "to") {
                return true;
            }
            // `…, the government claims.`
            let ends = next.is_none_or(|n| matches!(n.lower, "." | "," | "\"" | "”" | ";"));
            if verb.sense == super::lexicon::Sense::Say
                && ends
                && !last_word.ends_with('s')
                && matches!(last, Some(Class::Actor | Class::Name | Class::Noun(Noun::Office | Noun::Firm | Noun::Paper)))
            {
                return (0..p).any(|j| units.get(j).is_some_and(|u| matches!(u.lower, "," | "\"" | "”")));
            }
            // `…,” the bureau states in it`
            let begins =
                (p.saturating_sub(4)..p).rev().find(|j| matches!(before.get(*j).map(|t| t.class), Some(Class::Quote | Class::Comma)));
            if verb.sense == super::lexicon::Sense::Say
                && matches!(last, Some(Class::Actor | Class::Name))
                && begins.is_some_and(|j| before.get(j).is_some_and(|t| t.class == Class::Quote))
            {
                return true;
            }
            if matches!(last, Some(Class::Noun(Noun::Paper))) && matches!(word, "charges" | "claims" | "accuses" | "names") && starts_phrase
            {
                return true;
            }
            let one = match last {
                Some(Class::Actor | Class::Name | Class::Pronoun | Class::Relative | Class::Close) => true,
                Some(Class::Noun(_)) => {
                    !last_word.ends_with('s') && (!NOUNS_TOO.has(verb.lemma) || next_named || matches!(next_class, Some(Class::Det)))
                }
                Some(Class::Comma | Class::And) => known(i).class.is_none() && starts_phrase && !NOUNS_TOO.has(verb.lemma),
                Some(Class::Quote | Class::Dash) => matches!(verb.sense, super::lexicon::Sense::Say) && starts_phrase,
                Some(Class::Word) => {
                    !last_word.ends_with('s') && !NOUNS_TOO.has(verb.lemma)
                        || verb.sense == super::lexicon::Sense::Say && matches!(next_class, Some(Class::Sub))
                        || matches!(word, "points" | "links")
                }
                _ => false,
            };
            let object =
                starts_phrase || matches!(next.map(|u| u.lower), Some("to" | "with" | "on" | "that" | "at" | "for" | "\"" | "“" | "out"));
            if (matches!(last, Some(Class::Relative)) || matches!(last_word, "it" | "he" | "she"))
                && !next_finite
                && known(i).class.is_none()
            {
                return true;
            }
            let noun = known(i).class.is_some() && !next_named && !matches!(next_class, Some(Class::Det | Class::Sub));
            one && object && !noun && !next_finite
        }
    }
}

/// Whether what follows is a noun phrase without article that a participle could belong to.
fn next_is_head(entries: &[Entry], units: &[Unit], i: usize) -> bool {
    let Some(next) = units.get(i + 1) else { return false };
    if next.mention.is_some() || next.name {
        return true;
    }
    let known = entries.get(i + 1).copied().unwrap_or_default();
    match known.class {
        Some(Class::Noun(_) | Class::Word) => true,
        None => known.verb.is_none() && next.lower.starts_with(char::is_alphabetic),
        _ => false,
    }
}
