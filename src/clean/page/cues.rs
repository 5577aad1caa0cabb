//! What the text around articles says: phrases of share bars, newsletter boxes, bylines, notices and the like, in several languages.
//!
//! A cue does not decide alone: a paragraph may speak of cookies. It is one feature among others.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use std::sync::LazyLock;

/// Phrases of one kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    /// The kind; also the name of the feature.
    pub(super) name: &'static str,
    /// Lower-case phrases parted by `;`. They match whole words; `^` asks for the beginning of the block.
    phrases: &'static str,
}

/// How many kinds there are.
pub(super) const CUES_LEN: usize = CUES.len();

/// Phrases are looked for in this many bytes from the beginning of a block.
const REACH: usize = 400;

/// The kinds.
pub(super) const CUES: [Cue; 20] = [
    Cue {
        name: "says-share",
        phrases: "^share;share this;share on;share article;tweet;^email;^print;copy link;facebook;whatsapp;linkedin;twitter;telegram;pinterest;instagram;follow us;^follow;^teilen;^partager;^compartir;^condividi;^delen;^dela;^del;^udostępnij;^поделиться;^paylaş;click to share;shares;link copied;^save;^gift",
    },
    Cue {
        name: "says-newsletter",
        phrases: "newsletter;newsletters;subscribe;subscribers;subscription;sign up;signup;your inbox;email address;e-mail address;abonnieren;abonnez-vous;inscrivez-vous;suscríbete;suscribirse;iscriviti;inscreva-se;prenumerera;nieuwsbrief;get the latest;daily briefing;unsubscribe;free trial;get alerts;push notifications;download our app;download the app",
    },
    Cue {
        name: "says-copyright",
        phrases: "©;(c);all rights reserved;copyright;alle rechte vorbehalten;tous droits réservés;todos los derechos;tutti i diritti;todos os direitos;not be reproduced;may not be published;reprinted with permission;creative commons;licensed under;syndicated",
    },
    Cue {
        name: "says-related",
        phrases: "^read more;^read also;^also read;^read next;^read:;^related;^recommended;^more from;^more on;^more about;^more stories;^more news;^see also;^see more;^view more;you may also like;you might also like;you may like;^lesen sie auch;^mehr zum thema;^mehr dazu;^lire aussi;^à lire;^sur le même sujet;^lee también;^leer más;^te puede interesar;^leggi anche;^leia também;^lees ook;^läs även;^les også;^læs også;^czytaj także;^czytaj też;^читайте также;^читать;^latest news;^latest stories;^trending;^most read;^most popular;^popular;^don't miss;^up next;^next article;^previous article;^previous;^next;^top stories;^editor's picks;^in other news;^explore more;^continue reading;^keep reading;^learn more;^find out more;^in case you missed;^watch:;^watch;^listen;^further reading;^recent posts;^discover more;^dive deeper;^go deeper;^also on;^what to read next;^auch interessant;^das könnte sie;^das könnte dich;^passend dazu;^weitere;^verwandte;^mehr aus;^voir aussi;^à voir aussi;^sur le même thème;^te recomendamos;^noticias relacionadas;^relacionadas;^ver también;^potrebbe interessarti;^approfondisci;^veja também;^zie ook;^meer over;^se också;^läs mer;^les mer;^læs mere;^zobacz także;^zobacz też;^смотрите также;^по теме;^ilgili haberler;^関連記事;^あわせて読みたい;^相关阅读;^延伸閱讀;^延伸阅读;^관련기사;^shop the;^read our;^check out;^see our;^view our;^visit our;^try",
    },
    Cue {
        name: "says-byline",
        phrases: "^by;^von;^par;^por;^di;^door;^av;^af;^written by;^posted by;^published by;^author;^authors;^reporting by;editing by;^reviewed by;^edited by;^medically reviewed;^photography by;^text:;^texte;^autor;^автор;^redaktion;^written;fact checked;staff writer;staff reporter;contributing writer;^story by;^words by",
    },
    Cue {
        name: "says-date",
        phrases: "ago;^updated;^published;^posted;^last updated;^last modified;last modified;^stand:;^publié;mis à jour;^publicado;actualizado;^aktualisiert;^veröffentlicht;^pubblicato;^first published;min read;mins read;minute read;minutes read;read time;reading time;min de lecture;min lesezeit;^date;utc;gmt;est;edt;pst;pdt;bst;ist;am;pm;^today;^yesterday",
    },
    Cue {
        name: "says-month",
        phrases: "jan;january;feb;february;mar;march;apr;april;may;jun;june;jul;july;aug;august;sep;sept;september;oct;october;nov;november;dec;december;januar;februar;märz;mai;juni;juli;oktober;dezember;janvier;février;mars;avril;juin;juillet;août;septembre;octobre;novembre;décembre;enero;febrero;marzo;abril;mayo;junio;julio;agosto;septiembre;octubre;noviembre;diciembre;gennaio;febbraio;aprile;maggio;giugno;luglio;settembre;ottobre;dicembre;monday;tuesday;wednesday;thursday;friday;saturday;sunday",
    },
    Cue {
        name: "says-comments",
        phrases: "comment;comments;leave a reply;leave a comment;^reply;join the conversation;join the discussion;be the first to;kommentare;kommentar;kommentieren;commentaires;comentarios;commenti;comentários;reacties;kommentarer;post a comment;add a comment;view comments;show comments;report abuse;upvote;log in to reply;your email address will not be published;moderated;moderation",
    },
    Cue {
        name: "says-advert",
        phrases: "advertisement;advertising;advertise;sponsored;promoted;anzeige;werbung;publicité;publicidad;pubblicità;publicidade;advertentie;annons;annonse;reklama;реклама;story continues;article continues;ad feedback;paid content;scroll to continue;partner content;ad",
    },
    Cue {
        name: "says-cookies",
        phrases: "cookie;cookies;privacy policy;privacy notice;terms of service;terms of use;terms and conditions;terms & conditions;consent;gdpr;recaptcha;datenschutz;impressum;javascript;your browser;ad blocker;adblock;accept all;externer inhalt;externe inhalte;externen inhalt;external content;third-party;drittplattformen;einwilligung;redaktioneller inhalt;contenu externe;contenido externo;privacy settings;manage preferences;personal data;politique de confidentialité;do not sell",
    },
    Cue {
        name: "says-credit",
        phrases: "photo;photo:;photo by;photos;image;image:;images;image source;image credit;getty images;getty;shutterstock;istock;unsplash;pexels;foto;foto:;source:;credit;credit:;credits;courtesy of;courtesy;file photo;ap photo;reuters;afp;dpa;epa;picture;pictured;bild;bild:;crédit;quelle:;quelle;via;illustration;infographic;screenshot;screengrab;pic;enlarge;click to enlarge;figure",
    },
    Cue {
        name: "says-tags",
        phrases: "^tags;^tag;^topics;^topic;filed under;^categories;^category;^labels;^keywords;^posted in;^in this story;^mots-clés;^etiquetas;^schlagworte;^themen;^stichworte;^more:;^about:;^companies;^теги;^теми;^section",
    },
    Cue {
        name: "says-account",
        phrases: "log in;login;log out;logout;sign in;register;my account;create account;forgot password;password;anmelden;einloggen;se connecter;connexion;iniciar sesión;already a subscriber;already have an account;become a member;membership;create a free account;for subscribers;^premium;to continue reading;read the full",
    },
    Cue {
        name: "says-author",
        phrases: "about the author;about author;about the authors;is a journalist;is a reporter;is a writer;is a freelance;is an editor;is the editor;is a senior;is a staff;is a contributor;is the author of;is a professor;is an associate;is a fellow;is the founder;covers;follow him;follow her;follow them;on twitter;he is;she is;has written for;previously worked;prior to joining;can be reached;contact;view all posts;more posts by;all articles by;views expressed;opinions expressed;the author;our team;years of experience;lives in;degree in;joined",
    },
    Cue {
        name: "says-support",
        phrases: "donate;donation;support us;support our;your support;make a gift;contribute;spenden;faire un don;patreon;buy now;add to cart;shop now;book a demo;request a demo;get a demo;get started;try for free;contact us;contact sales;free consultation;download now;schedule a;learn how;call us;get in touch;buy;price;apply now;register now;order now;shop",
    },
    Cue {
        name: "says-navigation",
        phrases: "^home;^menu;^skip to;^back to;^search;^close;^open;^toggle;back to top;^show more;^load more;^view all;^see all;^show all;^more;^all;^jump to;^go to;^contents;^table of contents;^in this article;^about us;^about;^contact;^faq;^help;^sections;^click here;^loading;^expand;^collapse;^startseite;^accueil;^inicio;^overview;^on this page;^page;^select;^start",
    },
    Cue {
        name: "says-disclosure",
        phrases: "affiliate;commission;disclaimer;disclosure;originally published;originally appeared;first appeared;first published on;this article was;this story was;this post was;this post may;this article is;this content was;editor's note;editors' note;note:;correction;clarification;this story has been updated;has been updated;sponsored by;press release;for more information;media contact;press contact;republished;translated by;with files from;contributed to this;with reporting by;has been corrected;produced by;financial advice",
    },
    Cue {
        name: "says-media",
        phrases: "video;play;gallery;slideshow;podcast;audio;episode;live;breaking;^exclusive;^opinion;^analysis;^explainer;read aloud;listen to this;ki-stimme;text to speech;video player;00:00;mute;fullscreen;playback",
    },
    Cue {
        name: "says-tip",
        phrases: "have a tip;send us;got a story;got a tip;got a news tip;let us know;email us;write to us;send tips;tell us;was this helpful;was this article;did you find;rate this;feedback;report a typo;report an error;found an error;thank you for;thanks for reading;what do you think;google news;add as preferred;preferred source;join our;join us;whatsapp channel;telegram channel",
    },
    Cue {
        name: "says-sources",
        phrases: "^references;^sources;^source;^footnotes;^notes;^bibliography;^quellen;^références;doi;isbn;retrieved;et al;pp;vol;^citations;^works cited;^endnotes;^acknowledgments;^acknowledgements;^appendix;^faqs;frequently asked questions",
    },
];

struct Matcher {
    automaton: AhoCorasick,
    /// Kind and whether it must stand first.
    rows: Vec<(u8, bool)>,
}

static MATCHER: LazyLock<Option<Matcher>> = LazyLock::new(|| {
    let (mut phrases, mut rows) = (Vec::new(), Vec::new());
    for (cue, at) in CUES.iter().zip(0u8..) {
        for phrase in cue.phrases.split(';') {
            phrases.push(phrase.trim_start_matches('^'));
            rows.push((at, phrase.starts_with('^')));
        }
    }
    let automaton = AhoCorasickBuilder::new().kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::Standard).build(phrases).ok()?;
    Some(Matcher { automaton, rows })
});

/// The kinds of phrases a text holds, a bit each. `lower` is room to work in.
pub(super) fn cues_of(text: &str, lower: &mut String) -> u32 {
    lower.clear();
    let reach = (0..=REACH.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = text.get(..reach).unwrap_or_default().trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©' && c != '(');
    for c in start.chars() {
        match c {
            'A'..='Z' => lower.push(c.to_ascii_lowercase()),
            '’' => lower.push('\''),
            c if c.is_ascii() => lower.push(c),
            c => lower.extend(c.to_lowercase()),
        }
    }
    let Some(matcher) = &*MATCHER else { return 0 };
    let mut bits = 0;
    for m in matcher.automaton.find_overlapping_iter(lower.as_str()) {
        let Some((cue, first)) = matcher.rows.get(m.pattern().as_usize()) else { continue };
        if (*first && m.start() > 0) || bits & 1 << cue != 0 {
            continue;
        }
        // Scripts without spaces between words have no edges to look for.
        let lettered = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c < '\u{2e80}');
        let glued = |c: Option<char>, edge: Option<char>| lettered(c) && lettered(edge);
        let inside = lower.get(m.range()).unwrap_or_default();
        let before = lower.get(..m.start()).and_then(|s| s.chars().next_back());
        let after = lower.get(m.end()..).and_then(|s| s.chars().next());
        if !glued(before, inside.chars().next()) && !glued(after, inside.chars().next_back()) {
            bits |= 1 << cue;
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_found_at_its_place() {
        for (at, cue) in CUES.iter().enumerate() {
            for phrase in cue.phrases.split(';') {
                let text = phrase.trim_start_matches('^');
                let found = |text: &str| cues_of(text, &mut String::new()) & 1 << at != 0;
                assert!(found(&text.to_uppercase()) || !text.is_ascii(), "{phrase}");
                assert!(found(text), "{phrase}");
            }
        }
    }

    #[test]
    fn words_within_words_do_not_count() {
        assert_eq!(cues_of("Badly shaken bypass", &mut String::new()), 0);
    }
}
