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
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
/// Low bits of a fingerprint, which hold the number of words.
const WORDS: u64 = 0x3f;
/// The bit of a fingerprint that marks a line that only names a day.
const DAY: u64 = 0x40;

/// A block in eight bytes: a hash of its words, letters and digits only, with their number (up to 63) in the low six bits, and in the
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
        Fingerprint(u64::from_le_bytes(eight) & !(WORDS | DAY) | day | words.min(WORDS))
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

/// What is kept of an article to learn templates from it, and to tell whether it is concerned when they change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Witness {
    /// The name of its site.
    pub site: String,
    /// The blocks whose standing decides how the article is read: those that are the article, or would be but for the templates of its site. Of a
    /// file without mark-up it is all of them, since headline, author and day are read from its lines too.
    pub own: Vec<Fingerprint>,
    /// The other blocks of the page.
    pub other: Vec<Fingerprint>,
}

impl Witness {
    /// What is kept of an article read from a file.
    ///
    /// ```
    /// use demarche::{Article, Removed, clean::templates::Witness};
    /// let url = Some("https://www.gate.example/2024/ferry".into());
    /// let removed = vec![Removed { text: "Home".into(), rule: "navigation".into(), at: 0 }];
    /// let witness = Witness::of(&Article { url, removed, ..Article::default() });
    /// assert_eq!((witness.site.as_str(), witness.own.len(), witness.other.len()), ("gate.example", 0, 1));
    /// ```
    pub fn of(article: &Article) -> Witness {
        let kept = article.blocks.iter().filter_map(|b| b.span.of(&article.body)).map(Fingerprint::of);
        let lines = article.source != Source::Html;
        let (again, other): (Vec<_>, Vec<_>) = article.removed.iter().partition(|r| lines || r.rule == RULE);
        let prints = |removed: Vec<&Removed>| removed.into_iter().map(|r| Fingerprint::of(&r.text)).collect::<Vec<_>>();
        let own = kept.chain(prints(again)).collect();
        Witness { site: site_of(&article.path, article.url.as_deref()), own, other: prints(other) }
    }

    /// Whether the article would be read otherwise with `new` in the place of `old`.
    pub fn is_concerned(&self, old: &Templates, new: &Templates) -> bool {
        self.own.iter().any(|&block| old.has(&self.site, block) != new.has(&self.site, block))
    }

    /// All its blocks, for [`Templates::learn`].
    pub fn blocks(&self) -> Vec<Fingerprint> {
        self.own.iter().chain(&self.other).copied().collect()
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

/// What the articles of each site have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Templates {
    sites: BTreeMap<String, BTreeSet<Fingerprint>>,
}

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
    pub fn learn<'a>(articles: impl IntoIterator<Item = (&'a str, &'a [Fingerprint])>) -> Templates {
        let mut sites: BTreeMap<&str, Vec<BTreeSet<Fingerprint>>> = BTreeMap::new();
        for (site, blocks) in articles {
            sites.entry(site).or_default().push(blocks.iter().copied().filter(|b| b.words() > 0).collect());
        }
        let learnt = sites.into_iter().map(|(site, articles)| (site.to_owned(), of_site(&articles)));
        Templates { sites: learnt.filter(|(_, blocks)| !blocks.is_empty()).collect() }
    }

    /// Learns from what is kept of articles.
    pub fn learn_from<'a>(witnesses: impl IntoIterator<Item = &'a Witness>) -> Templates {
        let blocks: Vec<(&str, Vec<Fingerprint>)> = witnesses.into_iter().map(|w| (w.site.as_str(), w.blocks())).collect();
        Templates::learn(blocks.iter().map(|(site, blocks)| (*site, blocks.as_slice())))
    }

    /// Whether anything is template on a site.
    pub fn know(&self, site: &str) -> bool {
        self.sites.contains_key(site)
    }

    /// Whether a block is template on a site.
    pub fn has(&self, site: &str, block: Fingerprint) -> bool {
        self.sites.get(site).is_some_and(|blocks| blocks.contains(&block))
    }

    /// Adds to the verdicts on a page of `site` what is known of the site. A short line between two blocks of the article stays, as many articles
    /// have a "Summary" there, unless the page has it twice; on a page with mark-up so does whatever heads a text that stays. Where nothing of the article would be left, it is a copy of its siblings and all stays.
    pub fn judge(&self, page: &Page, site: &str, verdicts: Verdicts) -> Verdicts {
        let Some(template) = self.sites.get(site) else { return verdicts };
        let blocks = Fingerprint::of_page(page);
        let mut times: HashMap<Fingerprint, usize> = HashMap::new();
        for block in &blocks {
            *times.entry(*block).or_default() += 1;
        }
        let own: Vec<usize> = (0..blocks.len()).filter(|&i| verdicts.get(i) == Some(&None) && !template.contains(&blocks[i])).collect();
        let (Some(&first), Some(&last)) = (own.first(), own.last()) else { return verdicts };
        let mut judged = verdicts;
        // From the end, as a heading shares the lot of what follows it.
        let mut followed = false;
        for (i, (verdict, block)) in judged.iter_mut().zip(&blocks).enumerate().rev() {
            let inside = first < i && i < last;
            let short = block.words() < INSIDE && times.get(block) == Some(&1);
            let heads = page.source == Source::Html && (block.words() < INSIDE || HEADS.contains(&page.blocks[i].kind)) && followed;
            if verdict.is_none() && template.contains(block) && !(inside && (short || heads)) {
                *verdict = Some(RULE);
            }
            followed = verdict.is_none();
        }
        judged
    }
}

/// The blocks that at least three witnesses of a site share. A witness has at least half of its text for itself.
fn of_site(articles: &[BTreeSet<Fingerprint>]) -> BTreeSet<Fingerprint> {
    if articles.len() < WITNESSES {
        return BTreeSet::new();
    }
    let mut articles_with: HashMap<Fingerprint, usize> = HashMap::new();
    for block in articles.iter().flatten() {
        *articles_with.entry(*block).or_default() += 1;
    }
    let (mut witnesses, mut heard): (HashMap<Fingerprint, usize>, usize) = (HashMap::new(), 0);
    for article in articles {
        let text = article.iter().filter(|b| b.words() >= TEXT);
        let (all, own) =
            text.fold((0, 0), |(all, own), b| (all + b.words(), if articles_with.get(b) == Some(&1) { own + b.words() } else { own }));
        if own * 2 >= all && own > 0 {
            heard += 1;
            for block in article.iter().filter(|b| articles_with.get(b).is_some_and(|n| *n >= WITNESSES)) {
                *witnesses.entry(*block).or_default() += 1;
            }
        }
    }
    let enough = |block: Fingerprint, n: usize| n >= WITNESSES && (!block.is_day() || n * 2 >= heard);
    witnesses.into_iter().filter(|(block, n)| enough(*block, *n)).map(|(block, _)| block).collect()
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
        let witness = Witness { site: SITE.into(), own, other: Vec::new() };
        assert!(witness.is_concerned(&two, &three) && !witness.is_concerned(&three, &four));
        assert!(!Witness { own: witness.own[2..4].to_vec(), ..witness.clone() }.is_concerned(&two, &three), "its story is its own");
        assert!(!Witness { site: "other.example".into(), ..witness }.is_concerned(&two, &three));
    }
}
