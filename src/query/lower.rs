//! From the tree to a plan: which documents match, and which words count.

use super::ast::{DateField, Expr, ExprKind, Query, TextField};
use super::country::country_code;
use super::dates::DateRange;
use crate::analysis::{Analyzer, Language, fold, is_stop, pieces};
use crate::article::ActorKind;
use crate::index::{Days, Field, Pattern, Plan, Test, Wanted, actor_key, day_of};
use std::collections::HashMap;

const TEXT: &[Field] = &[Field::Title, Field::Body];

/// Lowers a query, whose words are meant in English and in `languages`.
pub(crate) fn lower(query: &Query, languages: &[Language]) -> Plan {
    let mut lowering = Lowering::new(languages);
    lowering.plan.any_wanted = true;
    let required = lowering.top(&query.root);
    let mut plan = lowering.plan;
    plan.required = match required.len() {
        0 => None,
        _ => Some(Test::All(required)),
    };
    plan
}

/// Names this actor under any of its names, or with `+` at the end this actor or a part of it.
pub(crate) fn actor_test(plan: &mut Plan, text: &str) -> Test {
    let key = actor_key(text);
    plan.actors.push((key.clone(), text.to_owned()));
    if text.ends_with('+') { Test::ActorFamily(key) } else { Test::Actor(key) }
}

/// The kind of actor a word names: `agency`, `agencies`, `threat-group`, `group`.
fn kind_of(text: &str) -> Option<ActorKind> {
    let word = text.to_lowercase();
    let single = match word.as_str() {
        "group" | "groups" | "threat-groups" | "threat group" | "threat groups" => "threat-group",
        "agencies" => "agency",
        "companies" => "company",
        "people" => "person",
        "persons" | "states" => word.trim_end_matches('s'),
        other => other,
    };
    ActorKind::from_name(single).filter(|k| *k != ActorKind::Other)
}

/// Published by an outlet of this name.
pub(crate) fn publisher_test(name: &str) -> Test {
    Lowering::new(&[]).phrase(name, &[Field::Publisher])
}

struct Lowering {
    analyzer: Analyzer,
    /// Those of the other languages.
    others: Vec<Analyzer>,
    plan: Plan,
    place: u32,
    /// What the parts around weigh this one by.
    boost: f32,
    /// Where a term stands among the wanted.
    seen: HashMap<(String, Vec<Field>), usize>,
}

impl Lowering {
    fn new(languages: &[Language]) -> Self {
        let others = languages.iter().filter(|l| **l != Language::default()).map(|l| Analyzer::speaking(*l)).collect();
        Lowering { analyzer: Analyzer::default(), others, plan: Plan::default(), place: 0, boost: 1.0, seen: HashMap::new() }
    }

    /// A condition on a text, in each of the languages where they differ.
    fn spoken(&mut self, text: &str, make: impl Fn(Vec<(String, u32)>) -> Test) -> Test {
        let mut tests = vec![make(self.analyzer.plain(text))];
        for other in &mut self.others {
            let test = make(other.plain(text));
            if !tests.contains(&test) {
                tests.push(test);
            }
        }
        if tests.len() == 1 { tests.remove(0) } else { Test::Any(tests) }
    }

    /// The conditions of a whole query; words that are only wanted give none.
    fn top(&mut self, expr: &Expr) -> Vec<Test> {
        let items: Vec<&Expr> = match &expr.kind {
            ExprKind::List(parts) => parts.iter().collect(),
            _ => vec![expr],
        };
        // With nothing but exclusions, everything else is a hit. Otherwise an exclusion only takes away from what is wanted.
        let only_exclusions = items.iter().all(|e| matches!(e.kind, ExprKind::Not(_)));
        let (mut required, mut excluded, mut wanted) = (Vec::new(), Vec::new(), Vec::new());
        for item in items {
            match &item.kind {
                ExprKind::Not(part) => excluded.push(Test::Not(Box::new(self.test(part, TEXT, false)))),
                _ if is_required(item) => required.push(self.test(item, TEXT, true)),
                _ => wanted.push(self.test(item, TEXT, true)),
            }
        }
        self.plan.any_wanted = required.is_empty() && !only_exclusions && wanted.iter().all(is_plain);
        if required.is_empty() && !only_exclusions && !self.plan.any_wanted {
            required.push(Test::Any(wanted));
        }
        required.extend(excluded);
        required
    }

    /// What a part asks, as a condition. Its words count for the rank where `counts`.
    fn test(&mut self, expr: &Expr, fields: &[Field], counts: bool) -> Test {
        match &expr.kind {
            ExprKind::Word(text) => self.word(text, fields, counts),
            ExprKind::Phrase(text) => {
                self.count_words(text, fields, counts);
                self.phrase(text, fields)
            }
            ExprKind::Loose(text, between) => {
                self.count_words(text, fields, counts);
                self.near(text, fields, *between, true)
            }
            ExprKind::Near(words, parts) => {
                let text = parts.iter().map(|p| p.to_string().replace('"', " ")).collect::<Vec<_>>().join(" ");
                self.count_words(&text, fields, counts);
                self.near(&text, fields, *words, false)
            }
            ExprKind::Wild(word) => {
                let mut pattern = String::new();
                for (i, part) in word.split('*').enumerate() {
                    pattern.push_str(if i > 0 { "*" } else { "" });
                    fold(part, &mut pattern);
                }
                self.pattern(word, Pattern::Wild(pattern), fields, counts)
            }
            ExprKind::Fuzzy(word, letters) => match self.analyzer.plain(word).as_slice() {
                [(term, _)] => self.pattern(word, Pattern::Fuzzy(term.clone(), *letters), fields, counts),
                _ => self.word(word, fields, counts),
            },
            ExprKind::Exact(word) => {
                self.count_words(word, fields, counts);
                let mut tests = Vec::new();
                pieces(word, |_, piece| tests.push(Test::Exact(piece.to_owned())));
                Test::All(tests)
            }
            ExprKind::Regex(pattern) => self.pattern(pattern, Pattern::Regex(pattern.clone()), &[Field::Exact], counts),
            ExprKind::Boost(times, part) => {
                let around = self.boost;
                self.boost *= times;
                let test = self.test(part, fields, counts);
                self.boost = around;
                test
            }
            ExprKind::AtLeast(least, parts) => Test::AtLeast(*least, parts.iter().map(|p| self.test(p, fields, counts)).collect()),
            ExprKind::Field(field, part) => self.field(*field, part, counts),
            ExprKind::Dates(DateField::Published, range) => Test::Published(days(range)),
            ExprKind::Dates(DateField::Mentions, range) => Test::Mentioned(days(range)),
            ExprKind::Undated => Test::Undated,
            ExprKind::Must(part) => self.test(part, fields, counts),
            ExprKind::Not(part) => Test::Not(Box::new(self.test(part, fields, false))),
            ExprKind::And(parts) => Test::All(parts.iter().map(|p| self.test(p, fields, counts)).collect()),
            ExprKind::Or(parts) => Test::Any(parts.iter().map(|p| self.test(p, fields, counts)).collect()),
            ExprKind::List(parts) => self.list(parts, fields, counts),
        }
    }

    /// Parts side by side inside a group: what is required, or else one of the wanted.
    fn list(&mut self, parts: &[Expr], fields: &[Field], counts: bool) -> Test {
        let (mut required, mut wanted) = (Vec::new(), Vec::new());
        for part in parts {
            let test = self.test(part, fields, counts);
            if is_required(part) { required.push(test) } else { wanted.push(test) }
        }
        if !wanted.is_empty() && required.iter().all(|t| matches!(t, Test::Not(_))) {
            required.push(Test::Any(wanted));
        }
        Test::All(required)
    }

    fn field(&mut self, field: TextField, part: &Expr, counts: bool) -> Test {
        let fields: &[Field] = match field {
            TextField::Title => &[Field::Title],
            TextField::Body => &[Field::Body],
            TextField::Publisher => &[Field::Publisher],
            TextField::Author => &[Field::Author],
            TextField::Path => &[Field::Path],
            TextField::Url => &[Field::Url],
            TextField::Actor => return self.keys(part, &|this, text| this.actor(text)),
            TextField::Country => {
                // A country that nobody has: no article names an actor of it.
                return self.keys(part, &|_, text| country_code(text).map_or(Test::Any(Vec::new()), Test::ActorCountry));
            }
            TextField::Accuser | TextField::Accused => {
                let accused = field == TextField::Accused;
                return self.keys(part, &|_, text| Test::Claim { accused, key: actor_key(text), family: text.ends_with('+') });
            }
            TextField::Stance => return self.keys(part, &|_, text| Test::Stance(text.to_lowercase())),
            TextField::Lang => {
                return self.keys(part, &|_, text| Test::Term { fields: vec![Field::Lang], term: text.to_lowercase() });
            }
            TextField::Id => return self.keys(part, &|_, text| Test::Id(text.to_lowercase())),
        };
        match &part.kind {
            // Outside the text a word in several pieces means just that: `path:2021/07`.
            ExprKind::Word(text) if !TEXT.contains(&fields[0]) => self.phrase(text, fields),
            _ => self.test(part, fields, counts && TEXT.contains(&fields[0])),
        }
    }

    /// A field whose values are whole: groups and exclusions work, words are not cut.
    fn keys(&mut self, part: &Expr, key: &dyn Fn(&mut Self, &str) -> Test) -> Test {
        match &part.kind {
            ExprKind::Word(text) | ExprKind::Phrase(text) | ExprKind::Loose(text, _) | ExprKind::Exact(text) => key(self, text),
            ExprKind::Wild(text) | ExprKind::Fuzzy(text, _) | ExprKind::Regex(text) => key(self, text),
            ExprKind::Near(_, parts) => Test::All(parts.iter().map(|p| self.keys(p, key)).collect()),
            ExprKind::AtLeast(least, parts) => Test::AtLeast(*least, parts.iter().map(|p| self.keys(p, key)).collect()),
            ExprKind::Must(part) | ExprKind::Field(_, part) | ExprKind::Boost(_, part) => self.keys(part, key),
            ExprKind::Not(part) => Test::Not(Box::new(self.keys(part, key))),
            ExprKind::And(parts) => Test::All(parts.iter().map(|p| self.keys(p, key)).collect()),
            ExprKind::Or(parts) | ExprKind::List(parts) => Test::Any(parts.iter().map(|p| self.keys(p, key)).collect()),
            ExprKind::Dates(..) | ExprKind::Undated => self.test(part, TEXT, false),
        }
    }

    fn actor(&mut self, text: &str) -> Test {
        let test = actor_test(&mut self.plan, text);
        match kind_of(text) {
            Some(kind) => Test::Any(vec![test, Test::ActorKind(kind.as_str().to_owned())]),
            None => test,
        }
    }

    /// A word as a condition: one of its pieces where it is only wanted.
    fn word(&mut self, text: &str, fields: &[Field], counts: bool) -> Test {
        self.count_words(text, fields, counts);
        // Asked for as one piece, met as one piece.
        if !counts {
            return self.phrase(text, fields);
        }
        self.spoken(text, |terms| {
            let mut tests: Vec<Test> = terms.into_iter().map(|(term, _)| Test::Term { fields: fields.to_vec(), term }).collect();
            if tests.len() == 1 { tests.remove(0) } else { Test::Any(tests) }
        })
    }

    fn phrase(&mut self, text: &str, fields: &[Field]) -> Test {
        self.spoken(text, |terms| match terms.as_slice() {
            [] => Test::Any(Vec::new()),
            [(term, _)] => Test::Term { fields: fields.to_vec(), term: term.clone() },
            _ => Test::Phrase { fields: fields.to_vec(), terms },
        })
    }

    fn near(&mut self, text: &str, fields: &[Field], words: u32, ordered: bool) -> Test {
        self.spoken(text, |terms| {
            let terms = terms.into_iter().map(|(term, _)| term).collect();
            Test::Near { fields: fields.to_vec(), terms, words, ordered }
        })
    }

    fn pattern(&mut self, word: &str, pattern: Pattern, fields: &[Field], counts: bool) -> Test {
        if counts {
            let places = vec![self.place];
            self.place += 1;
            self.plan.wanted.push(Wanted { pattern: Some(pattern.clone()), places, boost: self.boost, ..Wanted::new(word, fields) });
        }
        Test::Pattern { fields: fields.to_vec(), pattern }
    }

    fn count_words(&mut self, text: &str, fields: &[Field], counts: bool) {
        if !counts {
            return;
        }
        let (wanted, seen, start, boost) = (&mut self.plan.wanted, &mut self.seen, self.place, self.boost);
        let others = &self.others;
        let len = self.analyzer.terms(text, |t| {
            let place = start + t.position;
            let at = *seen.entry((t.term.to_owned(), fields.to_vec())).or_insert(wanted.len());
            if let Some(same) = wanted.get_mut(at) {
                same.count += 1.0;
                same.boost = same.boost.max(boost);
                same.places.push(place);
                return;
            }
            let mut terms = vec![t.term.to_owned()];
            for other in others.iter().filter(|_| !t.joined) {
                let term = other.stem(t.word);
                if !terms.contains(&term) {
                    terms.push(term);
                }
            }
            wanted.push(Wanted {
                terms,
                boost,
                joined: t.joined,
                stop: is_stop(t.word),
                places: vec![place],
                ..Wanted::new(t.span.of(text).unwrap_or(t.word), fields)
            });
        });
        self.place += len;
    }
}

/// Whether a part of a list must be met. Words are wanted; phrases, filters and whatever carries a sign or `AND` are required.
fn is_required(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Word(_) | ExprKind::Wild(_) | ExprKind::Fuzzy(..) | ExprKind::Regex(_) => false,
        ExprKind::Field(TextField::Title | TextField::Body, part) | ExprKind::Boost(_, part) => is_required(part),
        ExprKind::Loose(..) | ExprKind::Exact(_) | ExprKind::Near(..) | ExprKind::AtLeast(..) => true,
        ExprKind::Phrase(_) | ExprKind::Field(..) | ExprKind::Dates(..) | ExprKind::Undated => true,
        ExprKind::Must(_) | ExprKind::Not(_) | ExprKind::And(_) => true,
        ExprKind::Or(parts) => parts.iter().all(is_required),
        ExprKind::List(parts) => parts.iter().any(is_required),
    }
}

/// Whether the condition is what wanting its words gives anyway.
fn is_plain(test: &Test) -> bool {
    match test {
        Test::Term { fields, .. } => fields.iter().all(|f| TEXT.contains(f)),
        Test::Any(tests) => tests.iter().all(is_plain),
        _ => false,
    }
}

fn days(range: &DateRange) -> Days {
    Days { first: range.first.map_or(i64::MIN, day_of), last: range.last.map_or(i64::MAX, day_of) }
}
