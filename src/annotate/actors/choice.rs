//! Which of the table's actors a match is, if any.

use super::View;
use super::cue::class;
use super::gazetteer::{Gazetteer, Hit, Look, Surface};
use super::ordinary::Needs;
use super::token::{Gap, shape};
use crate::annotate::Context;
use crate::article::{ActorKind, Candidate, Mention, Span};
use crate::knowledge::{Actor, Knowledge, Role, key};
use std::collections::{HashMap, HashSet};

pub(super) struct Choice<'a> {
    knowledge: &'a Knowledge,
    gazetteer: &'a Gazetteer,
    /// Country that the address the text was saved from belongs to.
    home: Option<String>,
}

/// How far a cue may stand from a name that needs one, in words.
const REACH: usize = 12;

impl<'a> Choice<'a> {
    pub(super) fn new(knowledge: &'a Knowledge, gazetteer: &'a Gazetteer, context: &Context<'_>) -> Self {
        Choice { knowledge, gazetteer, home: context.url.and_then(top_level_country) }
    }

    /// The mentions that the hits make.
    pub(super) fn mentions(&self, view: &View<'_>, hits: Vec<Hit>) -> Vec<Mention> {
        let mut hits: Vec<Hit> =
            hits.into_iter().filter(|h| !h.surfaces.iter().any(|&s| self.surface(s).is_some_and(|s| s.actor.is_none()))).collect();
        // Names that stand on their own tell which actors the text is about; the weaker ones may lean on them.
        let mut named: HashSet<usize> = HashSet::new();
        let mut accepted: HashSet<(u64, usize)> = HashSet::new();
        for hit in &hits {
            for surface in hit.surfaces.iter().filter_map(|&s| self.surface(s)) {
                if let Some(actor) = surface.actor.filter(|_| self.stands(view, hit, surface, &HashSet::new())) {
                    accepted.insert((spelling(view, hit), actor));
                    if surface.listed {
                        named.insert(actor);
                    }
                }
            }
        }
        let listed = self.in_lists(view, &hits, &named);
        for (index, hit) in hits.iter_mut().enumerate() {
            let at = spelling(view, hit);
            let (first, last) = (hit.first, hit.last);
            let here = Hit { surfaces: Vec::new(), ..hit.clone() };
            hit.surfaces.retain(|&s| {
                self.surface(s).is_some_and(|surface| {
                    let Some(actor) = surface.actor else { return false };
                    if surface.needs != Needs::Nothing
                        && self.actor(actor).is_some_and(|a| a.kind == ActorKind::ThreatGroup)
                        && part_of_more(view, &here)
                    {
                        return false;
                    }
                    if self.actor(actor).is_some_and(|a| a.kind == ActorKind::State) && place_in_a_name(view, &here) {
                        return false;
                    }
                    let again = surface.needs != Needs::Beside
                        && accepted.contains(&(at, actor))
                        && !(last - first == 1
                            && view.words.get(first).is_some_and(|w| w.is(shape::INITIAL))
                            && surface.needs == Needs::Middle);
                    let beside_groups = listed.get(index) == Some(&true)
                        && matches!(surface.needs, Needs::Beside | Needs::Cue)
                        && self.actor(actor).is_some_and(|a| a.kind == ActorKind::ThreatGroup);
                    again || beside_groups || self.stands(view, &here, surface, &named)
                })
            });
        }
        hits.retain(|h| !h.surfaces.is_empty());
        self.leave_out_programs(view, &mut hits);
        let weights = self.countries(&hits);
        hits.iter().filter_map(|hit| self.mention(view, hit, &hits, &weights)).collect()
    }

    fn surface(&self, at: usize) -> Option<&Surface> {
        self.gazetteer.surfaces.get(at)
    }

    fn actor(&self, at: usize) -> Option<&'a Actor> {
        self.knowledge.actors().get(at)
    }

    /// Takes away names of groups that the text uses as names of programs: every third time or more a word for programs follows, never does
    /// one for attackers stand there, and the text has no other name of that group.
    fn leave_out_programs(&self, view: &View<'_>, hits: &mut Vec<Hit>) {
        /// How one name is used.
        #[derive(Default)]
        struct Use {
            places: usize,
            programs: usize,
            attackers: bool,
        }
        let group = |hit: &Hit| -> Option<usize> {
            let actor = hit.surfaces.first().and_then(|&s| self.surface(s)).and_then(|s| s.actor)?;
            self.actor(actor).filter(|a| a.kind == ActorKind::ThreatGroup).map(|_| actor)
        };
        let mut uses: HashMap<usize, HashMap<u64, Use>> = HashMap::new();
        for hit in hits.iter() {
            let Some(actor) = group(hit) else { continue };
            let used = uses.entry(actor).or_default().entry(folded(view, hit)).or_default();
            used.places += 1;
            used.programs += usize::from(names_program(view, hit));
            used.attackers |= view.marked.near(&view.words, hit.first, hit.last, 2, class::HEAD) || acts(view, hit);
        }
        hits.retain(|hit| {
            let Some(names) = group(hit).and_then(|actor| uses.get(&actor)) else { return true };
            let only = names.len() == 1;
            names.get(&folded(view, hit)).is_none_or(|u| u.attackers || !only || u.programs * 3 < u.places)
        });
    }

    /// For each hit whether it stands in a list ("NAME, NAME and NAME") with a name of a group that stands on its own.
    fn in_lists(&self, view: &View<'_>, hits: &[Hit], named: &HashSet<usize>) -> Vec<bool> {
        let stands = |hit: &Hit| {
            hit.surfaces.iter().filter_map(|&s| self.surface(s)).any(|s| {
                s.actor.and_then(|a| self.actor(a)).is_some_and(|a| a.kind == ActorKind::ThreatGroup) && self.stands(view, hit, s, named)
            })
        };
        let mut sure: Vec<bool> = hits.iter().map(stands).collect();
        let joined: Vec<bool> = hits
            .windows(2)
            .map(|pair| {
                let [one, other] = pair else { return false };
                let gap = |at: usize| view.words.get(at).map_or(Gap::Break, |w| w.gap);
                match other.first - one.last {
                    0 => matches!(gap(other.first), Gap::Comma | Gap::Slash),
                    1 => view.marked.at(one.last) & class::JOIN != 0 && matches!(gap(one.last), Gap::Space | Gap::Comma),
                    _ => false,
                }
            })
            .collect();
        for at in 0..joined.len() {
            sure[at + 1] |= joined[at] && sure[at];
        }
        for at in (0..joined.len()).rev() {
            sure[at] |= joined[at] && sure[at + 1];
        }
        sure
    }

    /// Whether a match counts as a name where it stands; `named` are the actors that the text names beyond doubt.
    fn stands(&self, view: &View<'_>, hit: &Hit, surface: &Surface, named: &HashSet<usize>) -> bool {
        let Some(actor) = surface.actor.and_then(|a| self.actor(a)) else { return false };
        let initial = view.words.get(hit.first).is_some_and(|w| w.is(shape::INITIAL));
        let near = |bits| view.marked.near(&view.words, hit.first, hit.last, REACH, bits);
        let beside = |bits| view.marked.near(&view.words, hit.first, hit.last, 2, bits);
        let group = actor.kind == ActorKind::ThreatGroup;
        let attacks = view.marked.about_attacks;
        if actor.kind == ActorKind::State && place_in_a_name(view, hit) {
            return false;
        }
        if surface.needs != Needs::Nothing && group && part_of_more(view, hit) {
            return false;
        }
        if group && !attacks && !near(class::CYBER | class::GROUP) && !self.looks_sure(view, hit, surface) {
            return false;
        }
        match surface.needs {
            Needs::Nothing => true,
            Needs::Middle => !initial || (attacks && near(class::CYBER | class::SAY)),
            Needs::Beside => attacks && !a_firm(view, hit) && (with_attackers(view, hit) || acts(view, hit)),
            Needs::Cue if group => {
                attacks
                    && (!names_program(view, hit) || beside(class::HEAD))
                    && (beside(class::GROUP) || (near(class::GROUP) && near(class::CYBER | class::NAMING | class::CAMPAIGN)))
            }
            Needs::Cue => {
                // An abbreviation: beside the body's country or another body, or where the text spells it out.
                surface.actor.is_some_and(|a| named.contains(&a)) || self.beside_its_country(view, hit, actor)
            }
            Needs::NamedHere => attacks && (surface.actor.is_some_and(|a| named.contains(&a)) || (beside(class::GROUP) && !initial)),
            Needs::Never => false,
        }
    }

    /// Whether a match is a name by its looks alone.
    fn looks_sure(&self, view: &View<'_>, hit: &Hit, surface: &Surface) -> bool {
        let Some(words) = view.words.get(hit.first..hit.last) else { return false };
        if words.iter().any(|w| w.is(shape::SHOUT)) || (surface.needs == Needs::Nothing && part_of_more(view, hit)) {
            return false;
        }
        match surface.look {
            Look::Open => false,
            Look::Sure => words.first().is_some_and(|w| w.is(shape::UPPER | shape::CAMEL)),
            Look::Code => {
                let caps = |w: &super::token::Token| w.is(shape::CAPS | shape::CAMEL | shape::DIGITS);
                words.iter().all(caps) && words.iter().skip(1).all(|w| w.gap != Gap::Space)
            }
            Look::Capitals => words.iter().all(|w| w.is(shape::CAPS)),
        }
    }

    /// Whether the words right before the match name the actor's country ("the Turkish MIT").
    fn beside_its_country(&self, view: &View<'_>, hit: &Hit, actor: &Actor) -> bool {
        let Some(country) = actor.country.as_deref() else { return false };
        (1..=4).any(|back| {
            let Some(first) = hit.first.checked_sub(back) else { return false };
            self.gazetteer.find(view.text, view.words.get(first..hit.first).unwrap_or(&[])).iter().any(|h| {
                h.surfaces
                    .iter()
                    .filter_map(|&s| self.surface(s)?.actor)
                    .filter_map(|a| self.actor(a))
                    .any(|a| a.kind == ActorKind::State && a.country.as_deref() == Some(country))
            })
        })
    }

    /// How often each country is named, itself or by one of its bodies that has no namesake.
    fn countries(&self, hits: &[Hit]) -> HashMap<&'a str, usize> {
        let mut weights: HashMap<&str, usize> = HashMap::new();
        for hit in hits {
            if let [only] = hit.surfaces[..]
                && let Some(actor) = self.surface(only).and_then(|s| s.actor).and_then(|a| self.actor(a))
                && matches!(actor.kind, ActorKind::State | ActorKind::Agency)
                && let Some(country) = actor.country.as_deref()
            {
                *weights.entry(country).or_default() += 1;
            }
        }
        weights
    }

    /// Country (or a body of it) named just before a hit, as its owner: "the UK's …", "GCSB's …", "the Dutch …"; or just after: "… of Finland".
    fn owner(&self, view: &View<'_>, hit: &Hit, hits: &[Hit]) -> Option<&'a Actor> {
        // Hits are in order and apart.
        let at = hits.partition_point(|h| h.last <= hit.first);
        self.owner_before(view, hit, hits.get(at.wrapping_sub(1))).or_else(|| self.owner_after(view, hit, hits.get(at + 1)))
    }

    fn owner_before(&self, view: &View<'_>, hit: &Hit, before: Option<&Hit>) -> Option<&'a Actor> {
        let before = before?;
        let words_between = hit.first - before.last;
        let possessive = words_between == 1 && view.words.get(before.last).is_some_and(|w| w.gap == Gap::Apostrophe);
        let direct = words_between == 0 && view.words.get(hit.first).is_some_and(|w| matches!(w.gap, Gap::Space | Gap::Hyphen));
        if !(possessive || direct) {
            return None;
        }
        let [only] = before.surfaces[..] else { return None };
        self.actor(self.surface(only)?.actor?)
    }

    /// "NCSC of the Netherlands", "NCSC (Ireland)", "NCSC-NZ".
    fn owner_after(&self, view: &View<'_>, hit: &Hit, after: Option<&Hit>) -> Option<&'a Actor> {
        let after = after?;
        let gap = |at: usize| view.words.get(at).map_or(Gap::Break, |w| w.gap);
        let linked = |at: usize| view.marked.at(at) & class::LINK != 0;
        let close = match after.first - hit.last {
            0 => matches!(gap(hit.last), Gap::Open | Gap::Hyphen),
            1 => linked(hit.last),
            2 => linked(hit.last) && view.words.get(hit.last + 1).is_some_and(|w| w.hash == super::token::word_hash("the")),
            _ => false,
        };
        let [only] = after.surfaces[..] else { return None };
        self.actor(self.surface(only)?.actor?).filter(|a| close && a.kind == ActorKind::State)
    }

    fn mention(&self, view: &View<'_>, hit: &Hit, hits: &[Hit], weights: &HashMap<&str, usize>) -> Option<Mention> {
        let surface_text = view.text.get(hit.start..hit.end)?;
        let spelled = key(surface_text);
        let mut options: Vec<(&Surface, &Actor)> =
            hit.surfaces.iter().filter_map(|&s| self.surface(s)).filter_map(|s| Some((s, self.actor(s.actor?)?))).collect();
        options.dedup_by_key(|o| o.1.id.as_str());
        let owner = self.owner(view, hit, hits);
        let score = |surface: &Surface, actor: &Actor| {
            let first_name = i64::from(key(&actor.name) == spelled) * 40;
            let sources = actor.sources_of(surface_text).len() as i64 * 10;
            let table = i64::from(actor.kind != ActorKind::ThreatGroup) * 100;
            let owned = owner.is_some_and(|o| {
                o.id != actor.id && (actor.parent.as_deref() == Some(&o.id) || (o.country.is_some() && o.country == actor.country))
            });
            let country = actor.country.as_deref().map_or(0, |c| weights.get(c).copied().unwrap_or(0).min(20) as i64 * 2);
            let home = i64::from(self.home.is_some() && self.home == actor.country) * 25;
            let named = i64::from(surface.listed) * 5;
            first_name + sources + table + named + i64::from(owned) * 1000 + country + home
        };
        // "Nigeria's NCA" is none of the table's where the table has no Nigerian one.
        let foreign = |actor: &Actor| {
            let theirs = owner.filter(|o| o.kind == ActorKind::State && o.id.starts_with("state-")).and_then(|o| o.country.as_deref());
            actor.kind == ActorKind::Agency
                && theirs.is_some_and(|t| actor.country.as_deref().is_some_and(|c| c != t && c != "EU" && t != "EU"))
        };
        let abbreviation = surface_text.bytes().all(|b| !b.is_ascii_lowercase()) && surface_text.len() <= 6;
        if abbreviation && options.iter().all(|(_, a)| foreign(a)) {
            return None;
        }
        options.sort_by_key(|(s, a)| std::cmp::Reverse(score(s, a)));
        let (surface, actor) = *options.first()?;
        let candidates = match options.len() {
            1 => Vec::new(),
            _ => options
                .iter()
                .map(|(_, a)| Candidate { id: a.id.clone(), name: a.name.clone(), sources: a.sources_of(surface_text) })
                .collect(),
        };
        let sources = actor.sources_of(surface_text);
        let reason = reason(surface, actor, &sources, owner, options.len());
        Some(Mention {
            id: actor.id.clone(),
            name: actor.name.clone(),
            kind: actor.kind,
            surface: surface_text.to_owned(),
            span: Span::new(hit.start, hit.end),
            candidates,
            reason,
        })
    }
}

fn reason(surface: &Surface, actor: &Actor, sources: &[String], owner: Option<&Actor>, options: usize) -> String {
    let named = match (surface.role, sources) {
        (Role::Demonym, _) => format!("demonym of {}", actor.name),
        (Role::Capital, _) => format!("capital of {}", actor.name),
        (Role::Metonym, _) => format!("stands for {}", actor.name),
        (Role::Name, []) => format!("short for {}", actor.name),
        (Role::Name, _) => format!("name in {}", sources.join(", ")),
    };
    match (options, owner) {
        (1, _) => named,
        (_, Some(owner)) => format!("{named}; of {options} actors of that name the one of {}", owner.name),
        (_, None) => format!("{named}; the likeliest of {options} actors of that name"),
    }
}

/// Whether a state's or place's name is but a part of another name or a currency: "Michigan State University", "University of London", "US $5".
fn place_in_a_name(view: &View<'_>, hit: &Hit) -> bool {
    let institution = |at: usize| view.marked.at(at) & class::INSTITUTION != 0 && view.words.get(at).is_some_and(|w| w.is(shape::UPPER));
    let close = |at: usize| view.words.get(at).is_some_and(|w| w.gap == Gap::Space && !w.is(shape::INITIAL));
    let after = (close(hit.last) && institution(hit.last))
        || (close(hit.last) && close(hit.last + 1) && institution(hit.last + 1) && view.words[hit.last].is(shape::UPPER));
    let of =
        hit.first >= 2 && view.words[hit.first - 1].hash == super::token::word_hash("of") && institution(hit.first - 2) && close(hit.first);
    let money = view.text.get(hit.end..).is_some_and(|t| t.trim_start_matches(' ').starts_with('$'));
    after || of || money
}

/// Whether an ordinary word is but a part of a larger name: "Fancy Lazarus", "Cobalt Strike".
fn part_of_more(view: &View<'_>, hit: &Hit) -> bool {
    let plain = class::STOP | class::HEAD | class::ATTR | class::MALWARE | class::CYBER | class::CAMPAIGN;
    let other = |at: usize, gap: Gap| {
        let opens = |w: &super::token::Token| w.is(shape::INITIAL) && matches!(w.gap, Gap::Break | Gap::DotSpace | Gap::Space);
        let capital = view.words.get(at).is_some_and(|w| w.is(shape::UPPER) && !opens(w) && !w.is(shape::MASKED));
        capital && gap == Gap::Space && view.marked.at(at) & plain == 0
    };
    let before =
        hit.first.checked_sub(1).is_some_and(|b| view.words.get(hit.first).is_some_and(|w| !w.is(shape::INITIAL) && other(b, w.gap)));
    before || view.words.get(hit.last).is_some_and(|w| !w.is(shape::INITIAL) && other(hit.last, w.gap))
}

/// Whether what stands around says that a name is that of people, not of their program: "NAME demanded", "members of NAME", "NAME's blog".
fn acts(view: &View<'_>, hit: &Hit) -> bool {
    let word = |at: usize| view.words.get(at);
    let close = |at: usize| word(at).is_some_and(|w| w.gap == Gap::Space && !w.is(shape::INITIAL));
    let owns =
        word(hit.last).is_some_and(|w| w.gap == Gap::Apostrophe && w.end - w.start == 1) && view.marked.at(hit.last + 1) & class::OWN != 0;
    let does = close(hit.last)
        && (view.marked.at(hit.last) & class::DEED != 0
            || (view.marked.at(hit.last) & class::AUXILIARY != 0
                && close(hit.last + 1)
                && view.marked.at(hit.last + 1) & class::DEED != 0));
    let linked = hit.first.checked_sub(1).is_some_and(|at| view.marked.at(at) & class::LINK != 0 && close(hit.first));
    let of = linked && (hit.first.saturating_sub(4)..hit.first - 1).any(|at| view.marked.at(at) & class::OF != 0 && close(at + 1));
    // "the NAME leak site"
    let has = close(hit.last) && view.marked.at(hit.last) & class::OWN != 0;
    owns || has || does || of
}

/// Whether a word for attackers goes with a name: "NAME gang", "NAME ransomware gang", "groups such as NAME", "the gang, NAME".
fn with_attackers(view: &View<'_>, hit: &Hit) -> bool {
    let head = |at: usize| view.marked.at(at) & class::HEAD != 0;
    let after = (hit.last..hit.last + 3).take_while(|&at| {
        view.words
            .get(at)
            .is_some_and(|w| !w.is(shape::INITIAL) && matches!(w.gap, Gap::Space | Gap::Hyphen | Gap::Other | Gap::Apostrophe))
    });
    let ends = |w: &super::token::Token| matches!(w.gap, Gap::Break | Gap::DotSpace) || (w.is(shape::INITIAL) && w.gap == Gap::Space);
    let before = (hit.first.saturating_sub(3)..hit.first).rev().take_while(|&at| view.words.get(at + 1).is_some_and(|w| !ends(w)));
    // "NAME, the ransomware group that …", "NAME, one of the gangs …"
    let apposed = view.words.get(hit.last).is_some_and(|w| w.gap == Gap::Comma) && view.marked.at(hit.last) & class::STOP != 0;
    let apposition =
        (hit.last + 1..hit.last + 6).take_while(|&at| view.words.get(at).is_some_and(|w| matches!(w.gap, Gap::Space | Gap::Hyphen)));
    after.into_iter().any(head) || before.into_iter().any(head) || (apposed && apposition.into_iter().any(head))
}

/// "Royal Group", in capitals, is rather a firm than the gang.
fn a_firm(view: &View<'_>, hit: &Hit) -> bool {
    view.words.get(hit.last).is_some_and(|w| w.hash == super::token::word_hash("group") && w.is(shape::UPPER) && w.gap == Gap::Space)
}

/// Whether the word after a hit makes it a program's name: "NAME malware", but not "NAME malware group".
fn names_program(view: &View<'_>, hit: &Hit) -> bool {
    let follows = view.words.get(hit.last).is_some_and(|w| matches!(w.gap, Gap::Space | Gap::Hyphen) && !w.is(shape::INITIAL));
    follows
        && view.marked.at(hit.last) & class::PROGRAM != 0
        && (view.marked.at(hit.last) | view.marked.at(hit.last + 1)) & class::HEAD == 0
}

/// One number for the exact writing of a hit.
fn spelling(view: &View<'_>, hit: &Hit) -> u64 {
    super::token::word_hash("")
        ^ view.text.get(hit.start..hit.end).unwrap_or("").bytes().fold(7, |h: u64, b| h.wrapping_mul(31).wrapping_add(u64::from(b)))
}

/// One number for the words of a hit, however they are written.
fn folded(view: &View<'_>, hit: &Hit) -> u64 {
    view.words.get(hit.first..hit.last).unwrap_or_default().iter().fold(0, |h: u64, w| h.rotate_left(5) ^ w.hash)
}

/// `gb` for an address under `.uk`; `None` for generic domains.
fn top_level_country(url: &str) -> Option<String> {
    let host = url.split("://").nth(1).unwrap_or(url).split(['/', '?', '#', ':']).next()?;
    let top = host.rsplit('.').next()?;
    let code = match top {
        "uk" => "GB",
        "gov" | "mil" => "US",
        "io" | "ai" | "co" | "tv" | "me" => return None,
        other if other.len() == 2 => return Some(other.to_ascii_uppercase()),
        _ => return None,
    };
    Some(code.to_owned())
}
