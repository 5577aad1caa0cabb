//! What a document of the index looks like: its fields, and how an article becomes one.

use super::packed::{self, Terms};
use crate::analysis::{Analyzer, Shingler};
use crate::article::Article;
use std::collections::{BTreeSet, HashSet};
use tantivy::TantivyDocument;
use tantivy::schema::{FAST, Field as Slot, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};

/// Stands between the parts of a compound term; occurs in none of them.
pub(super) const PART: char = '\u{1f}';

/// A searchable field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Field {
    /// Words of the headline.
    Title,
    /// Words of the text.
    Body,
    /// Words of the outlet's name.
    Publisher,
    /// Words of the authors' names.
    Author,
    /// Words of the path.
    Path,
    /// Words of the address.
    Url,
    /// Language code.
    Lang,
    /// Words of title and body as they are written.
    Exact,
}

/// The engine's fields.
#[derive(Clone, Debug)]
pub(crate) struct Slots {
    pub(crate) schema: Schema,
    pub(crate) title: Slot,
    pub(crate) body: Slot,
    /// For every name of an actor its key, [`PART`] and the actor's id: any alias finds the article, and tells whom it means.
    pub(crate) actor: Slot,
    /// Kinds and countries of the actors: [`trait_term`].
    pub(crate) actor_trait: Slot,
    /// As `actor`, for those who make claims and those whom claims are about.
    pub(crate) accuser: Slot,
    pub(crate) accused: Slot,
    pub(crate) publisher: Slot,
    pub(crate) author: Slot,
    pub(crate) path_words: Slot,
    pub(crate) url: Slot,
    pub(crate) lang: Slot,
    pub(crate) exact: Slot,
    /// [`path_key`]: what documents are looked up, taken away, and put in order by where their scores are equal.
    pub(crate) key: Slot,
    pub(crate) path: Slot,
    /// Id, kind and name of each actor, for counting.
    pub(crate) named: Slot,
    /// Whole values for counting: the outlet, the authors, the stances of claims, the host of the address.
    pub(crate) outlet: Slot,
    pub(crate) authors: Slot,
    pub(crate) stance: Slot,
    pub(crate) host: Slot,
    /// The article but for its body, and the body; see `stored`.
    pub(crate) article: Slot,
    pub(crate) text: Slot,
    /// Days since 1970-01-01.
    pub(crate) published: Slot,
    /// First and last day of each time named, packed by [`pack_days`].
    pub(crate) mentioned: Slot,
    /// The sketch of the body, by which copies are found.
    pub(crate) sketch: Slot,
    pub(crate) title_len: Slot,
    pub(crate) body_len: Slot,
    /// 1 for a file that holds no article, with its reason in `skip_reason`.
    pub(crate) skipped: Slot,
    pub(crate) skip_reason: Slot,
    /// What templates are learnt from: the site, and fingerprints of the blocks.
    pub(crate) site: Slot,
    pub(crate) own_block: Slot,
    pub(crate) other_block: Slot,
    /// The key of the file that holds an article, where it holds several.
    pub(crate) within: Slot,
    /// The parts of a file's mark.
    pub(crate) stamp: Slot,
    pub(crate) content: Slot,
    pub(crate) stages: Slot,
}

impl Slots {
    pub(crate) fn new() -> Self {
        let mut b = Schema::builder();
        let cut_by = |cutting, record| {
            let indexing = TextFieldIndexing::default().set_tokenizer(cutting).set_index_option(record).set_fieldnorms(false);
            TextOptions::default().set_indexing_options(indexing)
        };
        let words = |record| cut_by(packed::NAME, record);
        let positions = words(IndexRecordOption::WithFreqsAndPositions);
        let keys = words(IndexRecordOption::Basic);
        Slots {
            title: b.add_text_field("title", positions.clone()),
            body: b.add_text_field("body", positions.clone()),
            actor: b.add_text_field("actor", keys.clone()),
            actor_trait: b.add_text_field("actor_trait", keys.clone()),
            accuser: b.add_text_field("accuser", keys.clone()),
            accused: b.add_text_field("accused", keys.clone()),
            publisher: b.add_text_field("publisher", positions.clone()),
            author: b.add_text_field("author", positions.clone()),
            path_words: b.add_text_field("path_words", positions.clone()),
            url: b.add_text_field("url", positions),
            exact: b.add_text_field("exact", keys),
            lang: b.add_text_field("lang", cut_by("raw", IndexRecordOption::Basic).set_fast("raw")),
            key: b.add_u64_field("key", INDEXED | FAST),
            path: b.add_text_field("path", FAST),
            named: b.add_text_field("named", FAST),
            outlet: b.add_text_field("outlet", FAST),
            authors: b.add_text_field("authors", FAST),
            stance: b.add_text_field("stance", FAST),
            host: b.add_text_field("host", FAST),
            article: b.add_bytes_field("article", STORED),
            text: b.add_bytes_field("text", STORED),
            published: b.add_i64_field("published", FAST),
            mentioned: b.add_u64_field("mentioned", FAST),
            sketch: b.add_u64_field("sketch", FAST),
            title_len: b.add_u64_field("title_len", FAST),
            body_len: b.add_u64_field("body_len", FAST),
            skipped: b.add_u64_field("skipped", INDEXED | FAST),
            skip_reason: b.add_text_field("skip_reason", FAST),
            site: b.add_text_field("site", FAST),
            own_block: b.add_u64_field("own_block", FAST),
            other_block: b.add_u64_field("other_block", FAST),
            within: b.add_u64_field("within", FAST),
            stamp: b.add_u64_field("stamp", FAST),
            content: b.add_u64_field("content", FAST),
            stages: b.add_u64_field("stages", FAST),
            schema: b.build(),
        }
    }

    pub(crate) fn of(&self, field: Field) -> Slot {
        match field {
            Field::Title => self.title,
            Field::Body => self.body,
            Field::Publisher => self.publisher,
            Field::Author => self.author,
            Field::Path => self.path_words,
            Field::Url => self.url,
            Field::Lang => self.lang,
            Field::Exact => self.exact,
        }
    }
}

/// What stands for a path in the index: 64 bits of its hash. Among ten million paths two have the same with a chance of one in 400,000.
pub(crate) fn path_key(path: &str) -> u64 {
    first_bytes(blake3::hash(path.as_bytes()).as_bytes())
}

/// The first eight bytes of a hash as a number.
pub(crate) fn first_bytes(hash: &[u8; 32]) -> u64 {
    hash.iter().take(8).fold(0, |n, &b| n << 8 | u64::from(b))
}

/// Bits of a key that are not part of the id a user sees.
pub(super) const BEYOND_ID: u32 = 16;

/// The number of an article: the first 48 bits of its key. Its hex digits are the id a user sees.
pub(crate) fn id_number(path: &str) -> u64 {
    path_key(path) >> BEYOND_ID
}

/// An id as users see it.
pub(crate) fn id_text(number: u64) -> String {
    format!("{number:012x}")
}

/// Days since 1970-01-01 of `YYYY-MM-DD`.
pub(crate) fn day_number(date: &str) -> Option<i64> {
    date.parse::<jiff::civil::Date>().ok().map(day_of)
}

pub(crate) fn day_of(date: jiff::civil::Date) -> i64 {
    let epoch = jiff::civil::Date::constant(1970, 1, 1);
    date.duration_since(epoch).as_hours() / 24
}

/// `YYYY-MM-DD` of a day since 1970, where there is one.
pub(crate) fn day_text(day: i64) -> Option<String> {
    date_of(day).map(|d| d.to_string())
}

pub(crate) fn date_of(day: i64) -> Option<jiff::civil::Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

/// Two days in one number, ordered by the first.
pub(crate) fn pack_days(first: i64, last: i64) -> u64 {
    const SHIFT: i64 = 1 << 30;
    let clamp = |d: i64| (d + SHIFT).clamp(0, i64::from(u32::MAX)) as u64;
    clamp(first) << 32 | clamp(last)
}

/// The two days of a packed number.
pub(crate) fn unpack_days(days: u64) -> (i64, i64) {
    const SHIFT: i64 = 1 << 30;
    ((days >> 32) as i64 - SHIFT, (days & u64::from(u32::MAX)) as i64 - SHIFT)
}

/// What the index keeps of an actor beside what the article says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Keys of all its names.
    pub(crate) names: Vec<String>,
    /// Code of its country.
    pub(crate) country: Option<String>,
}

/// The document of an article, without the fields of its file; with the lengths of title and body in words. `facts` are what is known of
/// an actor.
pub(crate) fn document(
    slots: &Slots,
    analyzer: &mut Analyzer,
    article: &Article,
    facts: &dyn Fn(&str) -> Facts,
) -> (TantivyDocument, u32, u32) {
    let mut doc = TantivyDocument::new();
    let title = headline(article.title.as_deref(), &article.body);
    analyzer.speak(article.language.as_deref());
    let mut shingler = Shingler::default();
    let mut exact: HashSet<&str, foldhash::fast::RandomState> = HashSet::default();
    let title_len = add(&mut doc, slots.title, title, analyzer, |t| {
        exact.extend(t.span.of(title).filter(|_| article.title.is_some() && !t.joined));
    });
    let body_len = add(&mut doc, slots.body, &article.body, analyzer, |t| {
        if !t.joined {
            shingler.push(t.term);
            exact.extend(t.span.of(&article.body));
        }
    });
    shingler.finish().sketch().into_iter().for_each(|s| doc.add_u64(slots.sketch, s));
    add_terms(&mut doc, slots.exact, exact.iter().collect());
    // Names and addresses are asked for in no language.
    analyzer.speak(None);
    add(&mut doc, slots.publisher, article.publisher.as_deref().unwrap_or_default(), analyzer, |_| {});
    add(&mut doc, slots.author, &article.authors.join("\n"), analyzer, |_| {});
    add(&mut doc, slots.path_words, &article.path, analyzer, |_| {});
    add(&mut doc, slots.url, article.url.as_deref().unwrap_or_default(), analyzer, |_| {});
    count_by(&mut doc, slots, article);
    if let Some(language) = &article.language {
        doc.add_text(slots.lang, language.to_lowercase());
    }
    let (mut terms, mut named, mut ids, mut traits) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for mention in &article.actors {
        let own = [&mention.id, &mention.name, &mention.surface].map(|name| actor_key(name));
        let known = if ids.insert(&mention.id) { facts(&mention.id) } else { Facts::default() };
        traits.insert(trait_term("kind", mention.kind.as_str()));
        traits.extend(known.country.map(|country| trait_term("country", &country.to_lowercase())));
        named.insert([&mention.id, mention.kind.as_str(), &mention.name].join(&PART.to_string()));
        terms.extend(own.into_iter().chain(known.names).filter(|k| !k.is_empty()).map(|key| format!("{key}{PART}{}", mention.id)));
    }
    for claim in &article.claims {
        traits.insert(trait_term("stance", claim.stance.as_str()));
    }
    for (slot, side) in [(slots.accuser, false), (slots.accused, true)] {
        let parties = article.claims.iter().flat_map(|c| if side { &c.accused } else { &c.accusers });
        add_terms(&mut doc, slot, parties_terms(parties, facts).iter().collect());
    }
    named.iter().for_each(|n| doc.add_text(slots.named, n));
    add_terms(&mut doc, slots.actor, terms.iter().collect());
    add_terms(&mut doc, slots.actor_trait, traits.iter().collect());
    if let Some(day) = article.published.as_deref().and_then(day_number) {
        doc.add_i64(slots.published, day);
    }
    let mut times: Vec<u64> =
        article.dates.iter().filter_map(|d| crate::query::days_of(&d.value)).map(|(first, last)| pack_days(first, last)).collect();
    times.sort_unstable();
    times.dedup();
    times.into_iter().for_each(|t| doc.add_u64(slots.mentioned, t));
    doc.add_u64(slots.title_len, u64::from(title_len));
    doc.add_u64(slots.body_len, u64::from(body_len));
    (doc, title_len, body_len)
}

/// The terms of the parties of claims: each name's key with the id.
fn parties_terms<'a>(parties: impl Iterator<Item = &'a crate::article::Party>, facts: &dyn Fn(&str) -> Facts) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    for party in parties {
        let id = party.id.as_deref().unwrap_or(&party.name);
        let names = party.id.as_deref().map(|id| facts(id).names).unwrap_or_default();
        let own = [actor_key(id), actor_key(&party.name)];
        terms.extend(own.into_iter().chain(names).filter(|k| !k.is_empty()).map(|key| format!("{key}{PART}{id}")));
    }
    terms
}

/// The values that hits are counted by.
fn count_by(doc: &mut TantivyDocument, slots: &Slots, article: &Article) {
    let publisher = article.publisher.as_deref().map(str::trim).filter(|p| !p.is_empty());
    publisher.into_iter().for_each(|p| doc.add_text(slots.outlet, p));
    let authors: BTreeSet<&str> = article.authors.iter().map(|a| a.trim()).filter(|a| !a.is_empty()).collect();
    authors.into_iter().for_each(|a| doc.add_text(slots.authors, a));
    let stances: BTreeSet<&str> = article.claims.iter().map(|c| c.stance.as_str()).collect();
    stances.into_iter().for_each(|s| doc.add_text(slots.stance, s));
    article.url.as_deref().and_then(host).into_iter().for_each(|h| doc.add_text(slots.host, h));
}

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty()).then(|| host.to_owned())
}

/// The term for actors of a kind or a country.
pub(super) fn trait_term(of: &str, value: &str) -> String {
    format!("{of}{PART}{value}")
}

/// An actor's name as the index keeps it: letters and digits alone, folded.
pub(crate) fn actor_key(name: &str) -> String {
    let mut out = String::new();
    crate::analysis::fold(name, &mut out);
    out.retain(char::is_alphanumeric);
    out
}

/// What is searched as the title of an article.
pub(super) fn headline<'a>(title: Option<&'a str>, body: &'a str) -> &'a str {
    title.or_else(|| first_line(body)).unwrap_or_default()
}

/// What stands as a headline over a text that names none: a short first paragraph with a longer text below it.
fn first_line(body: &str) -> Option<&str> {
    const WORDS: usize = 30;
    let (first, rest) = body.split_once("\n\n")?;
    let short = first.split_whitespace().nth(WORDS).is_none() && rest.len() > 2 * first.len();
    short.then_some(first)
}

/// Adds the terms of a text to a field, shows each to `each`, and tells how many words there are.
fn add(
    doc: &mut TantivyDocument,
    slot: Slot,
    text: &str,
    analyzer: &mut Analyzer,
    mut each: impl FnMut(&crate::analysis::Token<'_>),
) -> u32 {
    let mut terms = Terms::of_text(text.len());
    let len = analyzer.terms(text, |t| {
        each(&t);
        terms.push_word(&t);
    });
    add_terms(doc, slot, terms);
    len
}

fn add_terms(doc: &mut TantivyDocument, slot: Slot, terms: Terms) {
    let packed = terms.packed();
    if !packed.is_empty() {
        doc.add_text(slot, packed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_first_paragraph_stands_for_a_headline() {
        let text = "The embassy answered none of the questions that were put to it on the day of the statement.";
        assert_eq!(first_line(&format!("Envoy summoned\n\n{text}")), Some("Envoy summoned"));
        assert_eq!(first_line(&format!("{text}\n\n{text}")), None, "a paragraph among others");
        assert_eq!(first_line(text), None);
    }
}
