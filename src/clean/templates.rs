//! Site templates: blocks that return across different articles of one site.
//!
//! Pure data. An article is told by the [`Fingerprint`]s of its blocks, which an index can keep beside it, and by the name of its site: the host of its
//! address, or the folder it lies in. [`Templates::learn`] sees all articles and gives the same answer in whatever order they come, so that the
//! verdicts of a folder never depend on its history. What is learnt is applied by [`Templates::judge`], after a page was judged by itself.
//!
//! A line repeated in different bodies is template; a body repeated as a whole is a copy. So only articles that have most of their text for
//! themselves are heard as witnesses, and three witnesses are needed.
//!
//! A line that only names a day returns on all articles of that day, and is theirs: it is template where half of a site's articles have the very same one,
//! as on pages that show the day they were saved.

use super::{Rule, Verdicts};
use crate::article::{Article, BlockKind, Page, Removed, Source};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// Changes whenever the same articles would give other templates.
pub const VERSION: u32 = 3;

/// How many witnesses make a block a template.
pub const WITNESSES: usize = 3;

/// The rule of blocks that are removed here.
pub const RULE: &str = RULES[0].name;

const RULES: [Rule; 1] = [Rule { name: "site-template", why: "the same text stands in at least three different articles of the site" }];

pub(super) fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.iter()
}

/// Least words of a block that counts as text an article has for itself.
const TEXT: u64 = 8;
/// Fewest words of a block that is removed from between two blocks of the article.
const INSIDE: u64 = 6;
/// What heads the text below it, and stays with it: the reports of one agency have the same headings and the same heads of their tables.
const HEADS: [BlockKind; 3] = [BlockKind::Heading, BlockKind::TableRow, BlockKind::Preformatted];
/// Low bits of a fingerprint, which hold the number of words, and all its bits: of the hash so many are kept as tell the blocks of one
/// site apart.
const WORDS: u64 = 0x3f;
const BITS: u32 = 40;
/// The bit of a fingerprint that marks a line that only names a day.
const DAY: u64 = 0x40;
/// Marks a block that was known to be template when its article was read ([`Witness::own`]).
const STOOD: u64 = 1 << BITS;

/// A block in five bytes: a hash of its words, letters and digits only, with their number (up to 63) in the low six bits, and in the
/// next whether it only names a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub u64);

impl Fingerprint {
    /// The fingerprint of a text. Case, punctuation and white space do not matter.
    ///
    /// ```
    /// use demarche::clean::templates::Fingerprint;
    /// assert_eq!(Fingerprint::of("Share this story!"), Fingerprint::of("share  this story"));
    /// assert_ne!(Fingerprint::of("Share this story"), Fingerprint::of("Share this page"));
    /// ```
    pub fn of(text: &str) -> Fingerprint {
        let (mut folded, mut words) = (String::with_capacity(text.len() + 1), 0u64);
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            words += 1;
            if word.is_ascii() {
                folded.extend(word.bytes().map(|b| b.to_ascii_lowercase() as char));
            } else {
                folded.push_str(&word.to_lowercase());
            }
            folded.push(' ');
        }
        let mut eight = [0u8; 8];
        eight.copy_from_slice(&blake3::hash(folded.as_bytes()).as_bytes()[..8]);
        let day = if is_day(&folded) { DAY } else { 0 };
        Fingerprint(u64::from_le_bytes(eight) >> (u64::BITS - BITS) & !(WORDS | DAY) | day | words.min(WORDS))
    }

    /// The fingerprints of the blocks of a page, in order.
    pub fn of_page(page: &Page) -> Vec<Fingerprint> {
        page.blocks.iter().map(|b| Fingerprint::of(&b.text)).collect()
    }

    /// How many words the block has, up to 63.
    pub fn words(self) -> u64 {
        self.0 & WORDS
    }

    fn is_day(self) -> bool {
        self.0 & DAY != 0
    }

    /// The block, without the mark of how it stood.
    fn block(self) -> Fingerprint {
        Fingerprint(self.0 & !STOOD)
    }

    /// The block with the mark of how it stands.
    fn standing(self, template: bool) -> Fingerprint {
        Fingerprint(self.block().0 | if template { STOOD } else { 0 })
    }
}

/// Whether the words of a line, parted by spaces, only name a day: a year, a day of the month, and little else. In any language.
fn is_day(words: &str) -> bool {
    /// Longest line in bytes, and most words of letters (`published on friday … march …`), that is looked at.
    const LONGEST: usize = 60;
    const LETTERS: usize = 5;
    if words.len() > LONGEST || !words.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let (mut years, mut days, mut letters) = (0, 0, 0);
    for word in words.split(' ').filter(|w| !w.is_empty()) {
        let digits = word.trim_end_matches(char::is_alphabetic);
        match digits.parse::<u32>() {
            Ok(1990..=2099) if digits.len() == word.len() => years += 1,
            Ok(1..=31) if word.len() - digits.len() <= 2 => days += 1,
            Ok(_) => {}
            Err(_) => letters += 1,
        }
    }
    years == 1 && days > 0 && letters <= LETTERS
}

/// A site, by a hash of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Site(u64);

impl Site {
    /// The site of a name.
    pub fn of(name: &str) -> Site {
        let mut eight = [0u8; 8];
        eight.copy_from_slice(&blake3::hash(name.as_bytes()).as_bytes()[..8]);
        Site(u64::from_le_bytes(eight))
    }

    /// A block of this site in one number.
    fn key(self, block: Fingerprint) -> u64 {
        // The finalizer of SplitMix64 (Steele, Lea and Flood 2014): the bits of both are spread over all.
        let mut x = self.0 ^ block.block().0.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ x >> 31
    }
}

/// What is kept of an article to learn templates from it, and to tell whether it is concerned when they change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Witness {
    /// The name of its site.
    pub site: String,
    /// The blocks whose standing decides how the article is read: those that are the article, or would be but for the templates of its site. Of a
    /// file without mark-up it is all of them, since headline, author and day are read from its lines too. Each is marked by how it stood when the
    /// article was read.
    pub own: Vec<Fingerprint>,
    /// The other blocks of the page.
    pub other: Vec<Fingerprint>,
}

impl Witness {
    /// What is kept of an article read from a file among `templates`.
    ///
    /// ```
    /// use demarche::{Article, Removed, clean::templates::{Templates, Witness}};
    /// let url = Some("https://www.gate.example/2024/ferry".into());
    /// let removed = vec![Removed { text: "Home".into(), rule: "navigation".into(), at: 0 }];
    /// let witness = Witness::of(&Article { url, removed, ..Article::default() }, &Templates::default());
    /// assert_eq!((witness.site.as_str(), witness.own.len(), witness.other.len()), ("gate.example", 0, 1));
    /// ```
    pub fn of(article: &Article, templates: &Templates) -> Witness {
        let site = site_of(&article.path, article.url.as_deref());
        let id = Site::of(&site);
        let kept = article.blocks.iter().filter_map(|b| b.span.of(&article.body)).map(Fingerprint::of);
        if article.source == Source::Document {
            // What documents share is no furniture of a site, and no site's furniture is theirs.
            return Witness { site: site_of(&article.path, article.url.as_deref()), own: Vec::new(), other: Vec::new() };
        }
        let lines = article.source != Source::Html;
        let (again, other): (Vec<_>, Vec<_>) = article.removed.iter().partition(|r| lines || r.rule == RULE);
        let prints = |removed: Vec<&Removed>| removed.into_iter().map(|r| Fingerprint::of(&r.text)).collect::<Vec<_>>();
        let own = kept.chain(prints(again)).map(|b| b.standing(templates.has_at(id, b))).collect();
        Witness { site, own, other: prints(other) }
    }

    /// Whether the article would be read otherwise among `templates` than it was.
    pub fn is_concerned(&self, templates: &Templates) -> bool {
        templates.concern(Site::of(&self.site), &self.own)
    }
}

/// The site of a page: the host of its address, else the folder its file lies in.
///
/// ```
/// use demarche::clean::templates::site_of;
/// assert_eq!(site_of("a/b.html", Some("https://www.Gate.example:8080/x")), "gate.example");
/// assert_eq!(site_of("a/b.html", None), "a/");
/// assert_eq!(site_of("b.html", None), "/");
/// ```
pub fn site_of(path: &str, url: Option<&str>) -> String {
    let host = url.and_then(|u| u.split_once("://")).and_then(|(_, rest)| rest.split(['/', '?', '#']).next());
    let host = host.and_then(|h| h.rsplit('@').next()).and_then(|h| h.split(':').next()).filter(|h| h.contains('.'));
    match host {
        Some(host) => host.to_lowercase().trim_start_matches("www.").to_owned(),
        None => format!("{}/", path.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder)),
    }
}

/// Numbers that are hashes already.
#[derive(Clone, Copy, Debug, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&b| self.0 = self.0 << 8 ^ self.0 >> 56 ^ u64::from(b));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

type Numbers = HashSet<u64, BuildHasherDefault<Hashed>>;

/// A block of several articles of a site.
struct Shared {
    site: Site,
    day: bool,
    /// How many witnesses have it.
    by: usize,
}

/// What the articles of each site have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Templates {
    /// Sites that have any.
    sites: Numbers,
    blocks: Numbers,
}

/// Hands over the site and the blocks of every article; the order does not matter.
pub type EachArticle<'a, E> = &'a mut dyn FnMut(&mut dyn FnMut(Site, &[Fingerprint])) -> Result<(), E>;

impl Templates {
    /// Learns from all articles: pairs of a site's name and the fingerprints of an article's blocks. The order does not matter.
    ///
    /// ```
    /// use demarche::clean::templates::{Fingerprint, Templates};
    /// let article = |own: &str| -> Vec<Fingerprint> { ["Gate Gazette, since 1903", own].map(Fingerprint::of).to_vec() };
    /// let stories = ["the eastern gate was closed on monday after the storm", "a crane fell into the basin and nobody was hurt there",
    ///     "the new harbour master wants a longer quay before winter"].map(article);
    /// let templates = Templates::learn(stories.iter().map(|blocks| ("gate.example", blocks.as_slice())));
    /// assert!(templates.has("gate.example", Fingerprint::of("GATE GAZETTE since 1903")));
    /// assert!(!templates.has("gate.example", stories[0][1]));
    /// ```
    pub fn learn<'a>(articles: impl Iterator<Item = (&'a str, &'a [Fingerprint])> + Clone) -> Templates {
        let learnt = Self::learn_in_passes::<std::convert::Infallible>(usize::MAX, &mut |each| {
            articles.clone().for_each(|(site, blocks)| each(Site::of(site), blocks));
            Ok(())
        });
        learnt.unwrap_or_else(|never| match never {})
    }

    /// Learns from what is kept of articles.
    pub fn learn_from<'a>(witnesses: impl Iterator<Item = &'a Witness> + Clone) -> Templates {
        let mut blocks = Vec::new();
        let learnt = Self::learn_in_passes::<std::convert::Infallible>(usize::MAX, &mut |each| {
            for witness in witnesses.clone() {
                blocks.clear();
                blocks.extend(witness.own.iter().chain(&witness.other));
                each(Site::of(&witness.site), &blocks);
            }
            Ok(())
        });
        learnt.unwrap_or_else(|never| match never {})
    }

    /// Learns from articles that are too many to be held, and handed over again and again: beside what is learnt about `memory` bytes are
    /// taken, and eight for every block that is in several articles of a site.
    ///
    /// # Errors
    /// Those of `articles`.
    pub fn learn_in_passes<E>(memory: usize, articles: EachArticle<'_, E>) -> Result<Templates, E> {
        let mut all = 0usize;
        articles(&mut |_, blocks| all += blocks.len())?;
        let parts = (all.saturating_mul(size_of::<u64>()) as u64).div_ceil(memory.max(1) as u64).max(1);
        // Blocks in several articles of a site, and those of them that are in enough.
        let (mut shared, mut common) = (Numbers::default(), Numbers::default());
        let mut own = Vec::new();
        for part in 0..parts {
            let mut keys: Vec<u64> = Vec::new();
            articles(&mut |site, blocks| {
                distinct(site, blocks, &mut own);
                keys.extend(own.iter().map(|(key, _)| *key).filter(|key| parts == 1 || key % parts == part));
            })?;
            keys.sort_unstable();
            for run in keys.chunk_by(|a, b| a == b) {
                shared.extend(run.first().filter(|_| run.len() > 1));
                common.extend(run.first().filter(|_| run.len() >= WITNESSES));
            }
        }
        let mut templates = Templates::default();
        if common.is_empty() {
            return Ok(templates);
        }
        // The blocks that at least three witnesses of a site share. A witness has at least half of its text for itself.
        let mut witnesses: HashMap<u64, Shared, BuildHasherDefault<Hashed>> = HashMap::default();
        let mut heard: HashMap<u64, usize, BuildHasherDefault<Hashed>> = HashMap::default();
        articles(&mut |site, blocks| {
            distinct(site, blocks, &mut own);
            let text = own.iter().filter(|(_, block)| block.words() >= TEXT);
            let (all, alone) = text.fold((0, 0), |(all, alone), (key, block)| {
                (all + block.words(), if shared.contains(key) { alone } else { alone + block.words() })
            });
            if alone * 2 >= all && alone > 0 {
                *heard.entry(site.0).or_default() += 1;
                for (key, block) in own.iter().filter(|(key, _)| common.contains(key)) {
                    witnesses.entry(*key).or_insert(Shared { site, day: block.is_day(), by: 0 }).by += 1;
                }
            }
        })?;
        for (key, Shared { site, day, by }) in witnesses {
            let all = heard.get(&site.0).copied().unwrap_or_default();
            if by >= WITNESSES && (!day || by * 2 >= all) {
                templates.sites.insert(site.0);
                templates.blocks.insert(key);
            }
        }
        Ok(templates)
    }

    /// Whether anything is template on a site.
    pub fn know(&self, site: &str) -> bool {
        !self.sites.is_empty() && self.sites.contains(&Site::of(site).0)
    }

    /// Whether a block is template on a site.
    pub fn has(&self, site: &str, block: Fingerprint) -> bool {
        !self.sites.is_empty() && self.has_at(Site::of(site), block)
    }

    fn has_at(&self, site: Site, block: Fingerprint) -> bool {
        self.sites.contains(&site.0) && self.blocks.contains(&site.key(block))
    }

    /// Whether an article of these own blocks ([`Witness::own`]) would be read otherwise among these templates than it was.
    pub fn concern(&self, site: Site, own: &[Fingerprint]) -> bool {
        own.iter().any(|&block| block != block.standing(self.has_at(site, block)))
    }

    /// Adds to the verdicts on a page of `site` what is known of the site. A short line between two blocks of the article stays, as many articles
    /// have a "Summary" there, unless the page has it twice; on a page with mark-up so does whatever heads a text that stays. Where nothing of the article would be left, it is a copy of its siblings and all stays.
    pub fn judge(&self, page: &Page, site: &str, verdicts: Verdicts) -> Verdicts {
        if !self.know(site) {
            return verdicts;
        }
        let site = Site::of(site);
        let blocks = Fingerprint::of_page(page);
        let template: Vec<bool> = blocks.iter().map(|&b| self.has_at(site, b)).collect();
        let mut times: HashMap<Fingerprint, usize> = HashMap::new();
        for block in &blocks {
            *times.entry(*block).or_default() += 1;
        }
        let own: Vec<usize> = (0..blocks.len()).filter(|&i| verdicts.get(i) == Some(&None) && !template[i]).collect();
        let (Some(&first), Some(&last)) = (own.first(), own.last()) else { return verdicts };
        let mut judged = verdicts;
        // From the end, as a heading shares the lot of what follows it.
        let mut followed = false;
        for (i, (verdict, block)) in judged.iter_mut().zip(&blocks).enumerate().rev() {
            let inside = first < i && i < last;
            let short = block.words() < INSIDE && times.get(block) == Some(&1);
            let heads = page.source == Source::Html && (block.words() < INSIDE || HEADS.contains(&page.blocks[i].kind)) && followed;
            if verdict.is_none() && template[i] && !(inside && (short || heads)) {
                *verdict = Some(RULE);
            }
            followed = verdict.is_none();
        }
        judged
    }
}

/// The different blocks of an article that have words, with their numbers.
fn distinct(site: Site, blocks: &[Fingerprint], out: &mut Vec<(u64, Fingerprint)>) {
    out.clear();
    out.extend(blocks.iter().filter(|b| b.words() > 0).map(|b| (site.key(*b), b.block())));
    out.sort_unstable();
    out.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Block;

    const SITE: &str = "gate.example";
    const STORIES: [&[&str]; 4] = [
        &[
            "The eastern gate was closed on Monday after the storm had broken two hinges.",
            "Nobody was hurt, said the harbour office, which had seen worse.",
        ],
        &[
            "A crane fell into the basin on Tuesday, and divers are looking for its hook.",
            "The owner of the crane says that the quay gave way under it.",
        ],
        &[
            "The new harbour master wants a longer quay before the winter sets in.",
            "Summary",
            "The council has not yet said who would pay for the stones.",
        ],
        &[
            "Three ferries will run to the island on Sundays, the company announced today.",
            "Tickets cost as much as they did last year, it added.",
        ],
    ];

    fn page(story: &[&str]) -> Page {
        let lines = ["Home", "Gate Gazette"]
            .iter()
            .chain(story)
            .chain(&["The Gate Gazette is printed on Fridays by the brothers Quill.", "© Gate Gazette"]);
        Page { blocks: lines.map(|t| Block { text: (*t).into(), ..Block::default() }).collect(), ..Page::default() }
    }

    fn learn(pages: &[Page]) -> Templates {
        let prints: Vec<Vec<Fingerprint>> = pages.iter().map(Fingerprint::of_page).collect();
        Templates::learn(prints.iter().map(|p| (SITE, p.as_slice())))
    }

    fn kept(page: &Page, templates: &Templates) -> Vec<String> {
        let verdicts = templates.judge(page, SITE, vec![None; page.blocks.len()]);
        page.blocks.iter().zip(verdicts).filter(|(_, v)| v.is_none()).map(|(b, _)| b.text.clone()).collect()
    }

    #[test]
    fn what_returns_on_three_pages_is_template_and_their_stories_are_not() {
        let pages: Vec<Page> = STORIES.iter().map(|s| page(s)).collect();
        let templates = learn(&pages[..3]);
        for (page, story) in pages.iter().zip(STORIES) {
            assert_eq!(kept(page, &templates), story, "also on a page that was not learnt from");
        }
        assert_eq!(learn(&pages[..2]), Templates::default(), "two pages are too few");
        assert_eq!(kept(&pages[0], &Templates::default()).len(), pages[0].blocks.len());
    }

    #[test]
    fn the_order_of_articles_does_not_matter() {
        let mut pages: Vec<Page> = STORIES.iter().map(|s| page(s)).collect();
        let templates = learn(&pages);
        pages.reverse();
        assert_eq!(learn(&pages), templates);
    }

    #[test]
    fn a_story_published_again_is_a_copy_and_no_template() {
        let mut pages: Vec<Page> = std::iter::repeat_n(page(STORIES[0]), 5).collect();
        assert_eq!(learn(&pages), Templates::default());
        pages.extend(STORIES[1..].iter().map(|s| page(s)));
        let templates = learn(&pages);
        assert_eq!(kept(&pages[0], &templates), STORIES[0], "the template is learnt from the others, and the copies lose only that");
    }

    #[test]
    fn a_label_within_the_text_stays() {
        let stories: Vec<Vec<&str>> = STORIES.iter().map(|s| vec![s[0], "Summary", s[s.len() - 1]]).collect();
        let pages: Vec<Page> = stories.iter().map(|s| page(s)).collect();
        assert_eq!(kept(&pages[0], &learn(&pages)), stories[0]);
    }

    #[test]
    fn the_day_of_several_articles_is_theirs_and_the_day_of_saving_is_not() {
        for line in ["12 March 2031", "2031-03-12", "Published on Friday, March 12th, 2031, 11:24 am", "12. März 2031"] {
            assert!(Fingerprint::of(line).is_day(), "{line}");
        }
        for line in ["Share", "Copyright 2031", "March 2031", "Gate closed on 12 March 2031 after the storm broke it", "12 of 31"] {
            assert!(!Fingerprint::of(line).is_day(), "{line}");
        }
        let dated = |days: [&'static str; 4]| {
            let pages: Vec<Page> = STORIES.iter().zip(days).map(|(s, day)| page(&[&[day], *s].concat())).collect();
            learn(&pages).has(SITE, Fingerprint::of("12 March 2031"))
        };
        assert!(dated(["12 March 2031"; 4]), "the day they were saved");
        let stories: Vec<Vec<String>> =
            (0..12).map(|i| vec![format!("Gate number {i} was closed by warden number {i} in storm number {i}")]).collect();
        let pages = stories.iter().enumerate().map(|(i, s)| page(&[if i % 4 == 0 { "12 March 2031" } else { "Home" }, &s[0]]));
        assert!(!learn(&pages.collect::<Vec<_>>()).has(SITE, Fingerprint::of("12 March 2031")), "three appeared that day");
    }

    #[test]
    fn what_a_new_article_changes_is_told() {
        let pages: Vec<Page> = STORIES.iter().map(|s| page(s)).collect();
        let (two, three, four) = (learn(&pages[..2]), learn(&pages[..3]), learn(&pages));
        let own = Fingerprint::of_page(&pages[0]);
        let among = |templates: &Templates, own: &[Fingerprint]| Witness {
            site: SITE.into(),
            own: own.iter().map(|b| b.standing(templates.has(SITE, *b))).collect(),
            other: Vec::new(),
        };
        assert!(among(&two, &own).is_concerned(&three) && !among(&three, &own).is_concerned(&four));
        assert!(among(&three, &own).is_concerned(&two), "what stood as template would not any more");
        assert!(!among(&two, &own[2..4]).is_concerned(&three), "its story is its own");
        assert!(!Witness { site: "other.example".into(), ..among(&two, &own) }.is_concerned(&three));
        assert_eq!(
            Templates::learn_from([among(&three, &own)].iter().chain(&[among(&two, &own), among(&four, &own)])),
            learn(&[pages[0].clone(), pages[0].clone(), pages[0].clone()]),
            "how they stood does not matter"
        );
    }

    #[test]
    fn little_memory_learns_the_same() {
        let pages: Vec<Page> = STORIES.iter().map(|s| page(s)).collect();
        let prints: Vec<Vec<Fingerprint>> = pages.iter().map(Fingerprint::of_page).collect();
        let learnt = Templates::learn_in_passes::<()>(16, &mut |each| {
            prints.iter().for_each(|p| each(Site::of(SITE), p));
            Ok(())
        });
        assert_eq!(learnt, Ok(learn(&pages)));
    }
}
