//! What authors of pages call the parts of a page: words of `class`, `id`, `role` and `itemprop`, in groups.
//!
//! The words are those of page builders, style guides and schema.org in several languages; none belongs to one outlet.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::sync::LazyLock;

/// A group of words for one part of a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    /// The part; also the name of the feature.
    pub(super) name: &'static str,
    /// Words, parted by commas: a leading or trailing space asks for the beginning or end of a word there.
    words: &'static str,
    /// Why the words speak of that part.
    #[cfg_attr(not(test), expect(dead_code, reason = "the reason of a row is for its reader"))]
    why: &'static str,
}

/// How many groups there are.
pub(super) const GROUPS_LEN: usize = GROUPS.len();

/// The groups.
pub(super) const GROUPS: [Group; 30] = [
    Group {
        name: "body",
        words: "article body ,articlebody,article content,articlecontent,article text,article copy,article main,article inner,article detail, entry content,entrycontent,post content,postcontent,post body,postbody,post text,post entry,story body,storybody,story content,story text,content body,content text,body content, body copy,body text,bodytext,main text,news text,news content,news body,news detail,newstext,page content,blog content,single content,richtext,rich text, rte , prose ,wysiwyg,markdown,parser output,text content,text body,artikel text,articulo cuerpo,corps article,testo articolo,paragraph,field body,text long,print body",
        why: "page builders and schema.org (articleBody) name the running text so",
    },
    Group {
        name: "content",
        words: " article, post , story, content, entry , text , body , hentry , blog, artikel, articulo, noticia, news , document , page ",
        why: "general words for what a page is about",
    },
    Group { name: "main", words: " main , primary , center , middle , inner ", why: "the middle of the page" },
    Group {
        name: "navigation",
        words: " nav , navi, menu,breadcrumb,navbar,pagination, pager , paging ,sitemap, skip , tabs , tab , hamburger , megamenu,submenu",
        why: "ways to other pages",
    },
    Group {
        name: "header",
        words: " header, masthead, topbar, top bar , hdr , banner , topnav, logo ",
        why: "what stands above every page of a site",
    },
    Group {
        name: "footer",
        words: " footer,colophon, foot , bottom , end of ,copyright,imprint,impressum",
        why: "what stands below every page of a site",
    },
    Group {
        name: "side",
        words: "sidebar, side , aside , rail , widget, secondary , column right , right column , complementary , sticky ",
        why: "what stands beside the text",
    },
    Group {
        name: "share",
        words: " share,sharing,social, follow , facebook , twitter , whatsapp , linkedin , telegram , reddit , addthis,sharedaddy, addtoany , like , likes , bookmark, teilen , partage",
        why: "buttons of social networks",
    },
    Group {
        name: "comments",
        words: "comment,disqus, respond , reply , replies , discussion , kommentar, reaction, livefyre",
        why: "what readers wrote",
    },
    Group {
        name: "related",
        words: "related,recommend,recirc, read more , readmore, more from , more on , more stories, trending, popular, most read , most viewed , latest , also , suggest, up next , next up ,outbrain,taboola, further , similar , mehr , weitere , verwandt, en relation , a lire , relacionad, correlat, more news , other news , recent",
        why: "ways to other articles",
    },
    Group {
        name: "teaser",
        words: "teaser, card, tile, tiles , listing , list item , grid , carousel, slider , swiper , slick , archive , feed , stream , listicle , collection , loop , hub ",
        why: "an article's announcement, one of many",
    },
    Group {
        name: "byline",
        words: "byline, author, authors , written by , contributor, writer , reporter , journalist, autor, auteur, creator , vcard , fn ",
        why: "who wrote the article",
    },
    Group {
        name: "biography",
        words: "author bio,authorbio, bio , biography , about author , author box , authorbox , author info , author desc, about the ",
        why: "what is said of the author",
    },
    Group {
        name: "time",
        words: " date , dateline , datetime , time , timestamp , published, posted on , pubdate , updated , modified , datum , fecha , read time , reading time , readtime ",
        why: "when it was published",
    },
    Group {
        name: "meta",
        words: " meta , metadata , info , infos , details , eyebrow , kicker , overline , label, flag , badge ",
        why: "facts about the article",
    },
    Group {
        name: "caption",
        words: "caption, credit, legend , image , img , photo, picture , figure , gallery, thumbnail , thumb , media , slideshow , lightbox ,bildunterschrift, hero ",
        why: "pictures and their captions",
    },
    Group {
        name: "player",
        words: "video, player, audio, podcast, listen, playlist , jwplayer , brightcove , vjs , speech , tts ",
        why: "film and sound",
    },
    Group {
        name: "signup",
        words: "newsletter,subscri,signup, sign up , optin , opt in ,mailchimp,paywall, premium , membership , register , registration , abo , donat, support us , regwall , gate ",
        why: "asks for an address, a payment or a gift",
    },
    Group {
        name: "advert",
        words: " ad , ads , advert, advertisement , adsense , dfp , gpt , sponsor, promo, promotion, commercial , banner ad , adslot , adunit , anzeige , werbung , publicidad , pub , cta , call to action , affiliate",
        why: "advertisement of any kind",
    },
    Group {
        name: "consent",
        words: "cookie,consent,sourcepoint,usercentrics,cookiebot,didomi,truste, external content , oembed placeholder , embed placeholder , social placeholder , preference center , ot sdk , gdpr , ccpa , privacy ,onetrust, cmp , disclaimer, legal , terms ",
        why: "notices the law asks for",
    },
    Group {
        name: "overlay",
        words: "modal,popup, pop up , overlay , dialog , tooltip , drawer , offcanvas , off canvas , flyout , toast , alert , notification",
        why: "windows over the page",
    },
    Group {
        name: "form",
        words: " search, form , login , log in , signin , sign in , input , field , fields , filter , filters , dropdown , select , account ",
        why: "forms",
    },
    Group {
        name: "tags",
        words: " tag , tags , taglist , keywords , keyword , topic , topics , categor, taxonomy , terms list , hashtags , schlagw, etiquetas , rubri, section name , channel ",
        why: "the subjects an article is filed under",
    },
    Group {
        name: "lede",
        words: "summary , excerpt , lead , lede , standfirst , subtitle , sub title , subheadline , sub headline , subhead , deck , dek , intro , introduction , abstract , teaser text , chapo , vorspann , bajada , entradilla , sommario , ingress , preamble , strapline ",
        why: "the sentence between headline and text",
    },
    Group { name: "title", words: " title, headline, heading , hed , titre , titulo , titolo ", why: "headlines" },
    Group {
        name: "unseen",
        words: "screen reader,screenreader, sr only , visually hidden , visuallyhidden , hidden , invisible , no print , noprint , print only , no js , assistive , offscreen , off screen , a11y ",
        why: "text for other devices",
    },
    Group {
        name: "tools",
        words: " toolbar , tools , tool , actions , action , button, buttons , btn , controls , utility , utilities , font size , print , icon, icons ",
        why: "things to press",
    },
    Group {
        name: "outline",
        words: " toc , table of contents , contents , jump , anchor , highlights , key points , takeaways , at a glance , faq , summary box , index ",
        why: "what the article says, in short",
    },
    Group {
        name: "reference",
        words: "reference, footnote, sources , source , citation, reflist , bibliograph, endnote, notes , note , correction , editors note , disclosure ",
        why: "what the article rests on",
    },
    Group {
        name: "embed",
        words: " fact , facts , fact box , embed, tweet , twitter tweet , instagram , tiktok , iframe , oembed , infobox , factbox , pullquote , pull quote , pull , inset , callout , box , module , component , block quote ",
        why: "things set into the text",
    },
];

/// Words by which publishing systems mark a whole article (microformats' `hentry` and its followers). Such an element also lists the
/// article's categories, tags and settings (`comments-open`, `has-post-thumbnail`), which say nothing of the text in it.
const LISTING_MARKS: &[&str] = &[" hentry ", " type post ", " status publish ", " type page "];
/// The groups that hold for such an element all the same: the first three.
const LISTED: u32 = 0b111;

struct Matcher {
    automaton: AhoCorasick,
    group_of: Vec<u8>,
}

static MATCHER: LazyLock<Option<Matcher>> = LazyLock::new(|| {
    let rows = GROUPS.iter().zip(0u8..).flat_map(|(group, at)| group.words.split(',').map(move |word| (word, at)));
    let (words, group_of): (Vec<_>, Vec<_>) = rows.unzip();
    let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::Standard).build(words).ok()?;
    Some(Matcher { automaton, group_of })
});

/// The groups the words of an element belong to, a bit each.
pub(super) fn groups_of(tag: &str, hints: &str, padded: &mut String) -> u32 {
    // The page as a whole is named after its template, not after the part of the page it is.
    if hints.is_empty() || matches!(tag, "html" | "body") {
        return 0;
    }
    padded.clear();
    padded.extend([" ", hints, " "]);
    let Some(matcher) = &*MATCHER else { return 0 };
    let found = matcher.automaton.find_overlapping_iter(padded.as_str());
    let groups = found.filter_map(|m| matcher.group_of.get(m.pattern().as_usize())).fold(0, |bits, group| bits | 1 << group);
    if LISTING_MARKS.iter().any(|mark| padded.contains(mark)) { groups & LISTED } else { groups }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_every_group_has_its_reason() {
        for (at, group) in GROUPS.iter().enumerate() {
            assert!(!group.why.is_empty());
            for word in group.words.split(',') {
                assert!(!word.trim().is_empty(), "{}", group.name);
                assert_ne!(groups_of("div", word.trim(), &mut String::new()) & 1 << at, 0, "{word}");
            }
        }
    }

    #[test]
    fn the_settings_of_an_article_do_not_name_its_parts() {
        let article = groups_of("article", "post type post hentry category news comments open", &mut String::new());
        assert_eq!(article, groups_of("article", "post hentry", &mut String::new()));
        assert_eq!(groups_of("body", "single sidebar right", &mut String::new()), 0);
    }

    #[test]
    fn a_word_within_another_does_not_count() {
        assert_eq!(groups_of("div", "shadow download", &mut String::new()), 0);
    }
}
