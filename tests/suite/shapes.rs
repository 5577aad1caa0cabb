//! Every shape that holds many articles, as programs write it: titles, texts, authors and days are read right in all.

use demarche::decode::{Fields, Input};
use demarche::{Article, Reader, Skipped, knowledge::Knowledge};
use std::io::Write;
use std::ops::ControlFlow;

/// An article as it was written, whatever it is saved in.
struct Told {
    title: &'static str,
    authors: &'static [&'static str],
    day: &'static str,
    url: &'static str,
    text: [&'static str; 3],
}

const TOLD: [Told; 5] = [
    Told {
        title: "Harbour pumps switched off from abroad",
        authors: &["Ada Quill"],
        day: "2031-05-12",
        url: "https://gate.example/2031/pumps",
        text: [
            "The pumps of the inner harbour were switched off on Monday night by somebody who had no business in the control room, the harbour office said in a statement.",
            "Two engineers noticed the change when the water in the dry dock began to rise. They closed the valves by hand and called the police of the district.",
            "The office did not say whom it suspects. It has asked the national agency for help and expects a first report before the end of the month.",
        ],
    },
    Told {
        title: "Four agencies name the unit behind the dock intrusion",
        authors: &["Bo Reed", "Cy Marsh"],
        day: "2031-05-19",
        url: "https://gate.example/2031/unit?page=1",
        text: [
            "Four agencies said in a joint statement that a unit of military intelligence had planned the intrusion into the control room for more than a year.",
            "The statement lists addresses of servers and the names of three programs that were left behind, and asks operators of docks to look for them.",
            "An embassy called the statement a work of fiction and said that its country had never attacked a harbour and would never do so.",
        ],
    },
    Told {
        title: "“A work of fiction”: embassy answers the statement",
        authors: &["Dee Äckerlund"],
        day: "2031-05-20",
        url: "https://gate.example/2031/fiction",
        text: [
            "The embassy answered the statement of the four agencies on Tuesday evening with a letter of two pages that was sent to every newsroom in the city.",
            "The letter denies that the unit exists & asks for proof. It does not mention the servers, of which two stood in a suburb of its own capital.",
            "A spokesman for the harbour said that the pumps were running again and that nobody at the docks would read the letter twice.",
        ],
    },
    Told {
        title: "Parliament asks for a register of control rooms",
        authors: &["Ada Quill", "Eve Stone"],
        day: "2031-06-02",
        url: "https://gate.example/2031/register",
        text: [
            "A committee of parliament wants every operator of a control room to register it with the national agency before the end of the year.",
            "Operators of small docks object to the plan. Their association counts more than four hundred rooms, of which most have no lock on the door.",
            "The minister said that a lock would be a good beginning. She expects the committee to vote on the register after the summer.",
        ],
    },
    Told {
        title: "Dry dock reopens after repairs",
        authors: &["Cy Marsh"],
        day: "2031-06-30",
        url: "https://gate.example/2031/reopens",
        text: [
            "The dry dock reopened on Monday after seven weeks of repairs. The first ship to enter was a dredger that had waited outside since the day of the intrusion.",
            "New pumps were bought from a maker in the north of the country. They can be switched by hand only, which the harbour master calls progress.",
            "The costs of the repairs are not known yet. The insurer and the harbour office are talking about what an act of a foreign state would mean for the bill.",
        ],
    },
];

impl Told {
    fn html(&self) -> String {
        self.text.iter().map(|p| format!("<p>{}</p>\n", p.replace('&', "&amp;"))).collect()
    }

    fn plain(&self) -> String {
        self.text.join("\n\n")
    }

    fn page(&self) -> String {
        format!(
            "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{0} | Gate</title><meta name=\"author\" content=\"{1}\"><meta property=\"article:published_time\" content=\"{2}T08:00:00Z\"></head><body><nav><a href=\"/\">Home</a> <a href=\"/n\">News</a></nav><article><h1>{0}</h1>{3}</article></body></html>",
            self.title,
            self.authors.join(", "),
            self.day,
            self.html()
        )
    }

    fn letter(&self) -> String {
        let day: jiff::civil::Date = self.day.parse().unwrap();
        format!(
            "Message-ID: <{}@gate.example>\nFrom: Gate Press <press@gate.example>\nTo: list@gate.example\nSubject: {}\nDate: {}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{}\n",
            self.day,
            self.title,
            day.strftime("%a, %d %b %Y 09:30:00 +0000"),
            self.plain()
        )
    }

    fn rfc822(&self) -> String {
        let day: jiff::civil::Date = self.day.parse().unwrap();
        day.strftime("%a, %d %b %Y 21:30:00 +0200").to_string()
    }
}

fn read_with(name: &str, bytes: &[u8], fields: &[&str]) -> (Vec<Article>, Vec<(String, Skipped)>, Option<Skipped>) {
    let mut said = Fields::default();
    fields.iter().for_each(|pair| said.say(pair).unwrap());
    let (mut articles, mut skipped) = (Vec::new(), Vec::new());
    let ended = Reader::new(Knowledge::builtin()).with_fields(said).read_each(name, Input::stream(bytes), &mut |path, read| {
        match read {
            Ok(article) => articles.push(article),
            Err(reason) => skipped.push((path, reason)),
        }
        ControlFlow::Continue(())
    });
    (articles, skipped, ended.err())
}

/// Checks that a file holds the five articles and nothing else.
fn check(shape: &str, name: &str, bytes: &[u8], authors: bool) -> Vec<Article> {
    check_with(shape, name, bytes, authors, &[])
}

fn check_with(shape: &str, name: &str, bytes: &[u8], authors: bool, fields: &[&str]) -> Vec<Article> {
    let (articles, skipped, ended) = read_with(name, bytes, fields);
    assert_eq!((ended, skipped.len(), articles.len()), (None, 0, TOLD.len()), "{shape}: {skipped:?}");
    for (article, told) in articles.iter().zip(&TOLD) {
        assert_eq!(article.title.as_deref(), Some(told.title), "{shape}");
        assert_eq!(article.body, told.plain(), "{shape}: removed {:?}", article.removed);
        assert_eq!(article.published.as_deref(), Some(told.day), "{shape}");
        if authors {
            assert_eq!(article.authors, told.authors, "{shape}");
        }
    }
    articles
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn paths(articles: &[Article]) -> Vec<&str> {
    articles.iter().map(|a| a.path.as_str()).collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[test]
fn feeds() {
    let each = |item: &dyn Fn(&Told) -> String| TOLD.iter().map(item).collect::<String>();
    let rss = |items: String| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>Gate &amp; Dock</title><link>https://gate.example</link><atom:link href=\"https://gate.example/feed\" rel=\"self\"/><description>News of the docks</description><language>en-GB</language><image><title>Logo</title><url>https://gate.example/l.png</url></image>{items}</channel></rss>"
        )
    };
    // A blog program: a teaser and the whole text.
    let blog = rss(each(&|t| {
        let creators: String = t.authors.iter().map(|a| format!("<dc:creator><![CDATA[{a}]]></dc:creator>")).collect();
        format!(
            "<item><title>{}</title><link>{}</link>{creators}<pubDate>{}</pubDate><category>Docks</category><guid isPermaLink=\"false\">{}</guid><description><![CDATA[<p>A teaser […]</p>]]></description><content:encoded><![CDATA[{}]]></content:encoded></item>",
            escape(t.title),
            escape(t.url),
            t.rfc822(),
            escape(t.url),
            t.html()
        )
    }));
    let read = check("blog", "feed", blog.as_bytes(), true);
    assert_eq!(paths(&read)[1], "feed#https://gate.example/2031/unit?page=1");
    assert_eq!((read[0].publisher.as_deref(), read[0].url.as_deref()), (Some("Gate & Dock"), Some(TOLD[0].url)));
    assert!(read[0].evidence.iter().any(|e| e.field == "published" && e.evidence == "`pubDate` of the feed's entry"));
    // Mark-up with its signs escaped, and a mail address with a name.
    let escaped = rss(each(&|t| {
        format!(
            "<item>\n<title>{}</title>\n<description>{}</description>\n<author>press@gate.example ({})</author>\n<pubDate>{}</pubDate>\n<link>{}</link>\n</item>\n",
            escape(t.title),
            escape(&t.html()),
            t.authors.join(" and "),
            t.rfc822(),
            escape(t.url)
        )
    }));
    check("escaped", "feed.xml", escaped.as_bytes(), true);
    // The first kind, in RDF.
    let rdf = each(&|t| {
        format!(
            "<item rdf:about=\"x\"><title>{}</title><link>{}</link><description>{}</description><dc:date>{}T23:10:00+02:00</dc:date><dc:creator>{}</dc:creator></item>",
            escape(t.title),
            escape(t.url),
            escape(&t.plain()),
            t.day,
            t.authors.join(", ")
        )
    });
    let rdf = format!(
        "<?xml version=\"1.0\"?><!-- made by hand --><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Gate</title></channel>{rdf}</rdf:RDF>"
    );
    check("rdf", "old.rdf", rdf.as_bytes(), true);
    let atom = |entries: String| {
        format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>Gate</title><id>urn:gate</id><updated>2031-07-01T00:00:00Z</updated><link rel=\"self\" href=\"https://gate.example/atom\"/>{entries}</feed>"
        )
    };
    let people = |t: &Told| {
        t.authors.iter().map(|a| format!("<author><name>{a}</name><email>desk@gate.example</email></author>")).collect::<String>()
    };
    let html = atom(each(&|t| {
        format!(
            "<entry><id>urn:{0}</id><title type=\"html\">{1}</title><link rel=\"alternate\" href=\"{2}\"/><link rel=\"enclosure\" href=\"https://gate.example/a.mp3\"/><published>{0}T08:00:00Z</published><updated>2031-07-01T00:00:00Z</updated>{3}<content type=\"html\">{4}</content></entry>",
            t.day,
            escape(t.title),
            escape(t.url),
            people(t),
            escape(&t.html())
        )
    }));
    let read = check("atom", "atom.xml", html.as_bytes(), true);
    assert_eq!(
        (paths(&read)[0], read[0].url.as_deref(), read[0].modified.as_deref()),
        ("atom.xml#urn:2031-05-12", Some(TOLD[0].url), Some("2031-07-01"))
    );
    // Mark-up that is part of the feed's own, in another charset.
    let xhtml = atom(each(&|t| {
        format!(
            "<entry><title>{}</title><link href=\"{}\"/><issued>{}</issued>{}<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">{}</div></content></entry>",
            escape(t.title),
            escape(t.url),
            t.day,
            people(t),
            t.html()
        )
    }));
    let (bytes, _, _) = encoding_rs::UTF_16LE.encode(&xhtml);
    assert!(!bytes.is_empty());
    check("xhtml", "feed", format!("<?xml version='1.0'?>{xhtml}").as_bytes(), true);
    check("packed", "feed.gz", &gzip(blog.as_bytes()), true);
}

#[test]
fn json() {
    use serde_json::{Value, json};
    let all = |record: &dyn Fn(&Told) -> Value| TOLD.iter().map(record).collect::<Vec<_>>();
    // A crawler of news: text without mark-up, a list of authors, a time with a blank.
    let crawl = all(
        &|t| json!({"authors": t.authors, "date_download": "2032-01-01 10:00:00", "date_publish": format!("{} 08:00:00", t.day), "title": t.title, "maintext": t.plain(), "description": "A teaser.", "source_domain": "gate.example", "url": t.url, "language": "en", "image_url": null}),
    );
    let lines: String = crawl.iter().map(|r| format!("{r}\n")).collect();
    let read = check("lines", "crawl.jsonl", lines.as_bytes(), true);
    assert_eq!(paths(&read)[0], "crawl.jsonl#https://gate.example/2031/pumps");
    assert!(read[0].evidence.iter().any(|e| e.field == "title" && e.evidence == "field `title` of the record"));
    let array = serde_json::to_vec_pretty(&crawl).unwrap();
    check("array", "crawl.json", &array, true);
    check(
        "packed",
        "crawl.jsonl.zst",
        &ruzstd::encoding::compress_to_vec(lines.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest),
        true,
    );
    // The answer of a search service.
    let service = json!({"status": "ok", "totalResults": 5, "articles": all(&|t| json!({"source": {"id": null, "name": "Gate"}, "author": t.authors.join(", "), "title": t.title, "description": "A teaser.", "url": t.url, "publishedAt": format!("{}T08:00:00Z", t.day), "content": t.plain()}))});
    let read = check("service", "answer", service.to_string().as_bytes(), true);
    assert_eq!(read[0].publisher.as_deref(), Some("Gate"));
    // JSON Feed 1.1.
    let feed = json!({"version": "https://jsonfeed.org/version/1.1", "title": "Gate", "home_page_url": "https://gate.example", "items": all(&|t| json!({"id": t.day, "url": t.url, "title": t.title, "content_html": t.html(), "date_published": format!("{}T08:00:00+02:00", t.day), "authors": t.authors.iter().map(|a| json!({"name": a})).collect::<Vec<_>>()}))});
    let read = check("json feed", "feed.json", feed.to_string().as_bytes(), true);
    assert_eq!(paths(&read)[4], "feed.json#2031-06-30");
    // A search engine's envelope.
    let hits = json!({"took": 3, "hits": {"total": 5, "hits": all(&|t| json!({"_index": "news", "_id": format!("x{}", t.day), "_source": {"headline": t.title, "byline": format!("By {}", t.authors.join(" and ")), "published_date": t.day, "body": t.text}}))}});
    let read = check("envelope", "hits.json", hits.to_string().as_bytes(), true);
    assert_eq!(paths(&read)[0], "hits.json#x2031-05-12");
    // The interface of a blog program.
    let posts = all(
        &|t| json!({"id": 17, "date": format!("{}T08:00:00", t.day), "link": t.url, "title": {"rendered": t.title.replace('“', "&#8220;").replace('”', "&#8221;")}, "content": {"rendered": t.html(), "protected": false}, "author_name": t.authors.join(", ")}),
    );
    let read = check("posts", "posts.json", Value::from(posts).to_string().as_bytes(), true);
    assert_eq!(paths(&read)[..3], ["posts.json#17", "posts.json#17~2", "posts.json#17~3"]);
    // One record in a file of its own is the file.
    let (one, _, _) = read_with("one.json", crawl[0].to_string().as_bytes(), &[]);
    assert_eq!((paths(&one), one[0].title.as_deref()), (vec!["one.json"], Some(TOLD[0].title)));
    // Names nobody knows.
    let odd: String =
        all(&|t| json!({"h": t.title, "blob": {"t": t.plain()}, "who": t.authors, "d": t.day})).iter().map(|r| format!("{r}\n")).collect();
    assert!(matches!(read_with("odd", odd.as_bytes(), &[]).2, Some(Skipped::Format(_))));
    check_with("said", "odd", odd.as_bytes(), true, &["title=h", "text=blob.t", "authors=who", "published=d"]);
    // Data that is no articles.
    let data = json!({"name": "program", "version": "1.2", "description": "Does things.", "dependencies": {"a": "1"}});
    assert!(matches!(read_with("package.json", data.to_string().as_bytes(), &[]).2, Some(Skipped::Format(_))));
}

#[test]
fn tables() {
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let table = |head: &str, row: &dyn Fn(&Told) -> Vec<String>, part: &str, end: &str| {
        TOLD.iter().fold(format!("{head}{end}"), |out, t| out + &row(t).join(part) + end)
    };
    let commas = table(
        "title,author,date,url,text",
        &|t| vec![cell(t.title), cell(&t.authors.join(", ")), t.day.into(), t.url.into(), cell(&t.plain())],
        ",",
        "\r\n",
    );
    let read = check("commas", "news.csv", commas.as_bytes(), true);
    assert_eq!(paths(&read)[0], "news.csv#https://gate.example/2031/pumps");
    check("by its names", "news", commas.as_bytes(), true);
    let frame = table(
        ",headline,authors,publish_date,content",
        &|t| {
            vec![
                "7".into(),
                cell(t.title),
                cell(&format!("['{}']", t.authors.join("', '"))),
                format!("{} 00:00:00", t.day),
                cell(&t.html()),
            ]
        },
        ",",
        "\n",
    );
    let read = check("data frame", "frame.csv", frame.as_bytes(), true);
    assert_eq!(paths(&read)[..2], ["frame.csv#1", "frame.csv#2"]);
    let semicolons = table(
        "ID;Headline;Byline;Published;Body",
        &|t| vec![t.day.into(), cell(t.title), cell(&format!("By {}", t.authors.join(" and "))), t.day.into(), cell(&t.plain())],
        ";",
        "\r\n",
    );
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&semicolons);
    check("semicolons in an old charset", "export.csv", &bytes, true);
    let tabs = table(
        "\u{feff}title\tbyline\tpubdate\tarticle_text",
        &|t| vec![t.title.into(), t.authors.join("; "), t.day.into(), cell(&t.plain())],
        "\t",
        "\n",
    );
    check("tabs", "a.tsv", tabs.as_bytes(), true);
    let odd = table("a|b|c|d", &|t| vec![cell(t.title), cell(&t.authors.join(";")), t.day.into(), cell(&t.plain())], "|", "\n");
    assert!(matches!(read_with("odd.csv", odd.as_bytes(), &[]).2, Some(Skipped::Format(_))));
    check_with("said", "odd.csv", odd.as_bytes(), true, &["title=a", "authors=b", "published=c", "text=d"]);
    let (cut, skipped, ended) = read_with("cut.csv", &commas.as_bytes()[..commas.len() - 100], &[]);
    assert_eq!((cut.len(), skipped.len(), ended), (4, 1, None), "{skipped:?}");
}

#[test]
fn mail_boxes() {
    let letters = |above: &str, change: &dyn Fn(String) -> String| {
        TOLD.iter().map(|t| format!("{above}{}\n", change(t.letter()))).collect::<String>()
    };
    let same = |letter: String| letter;
    let read = check("unix", "box", letters("From press@gate.example Mon May 12 09:30:00 2031\n", &same).as_bytes(), false);
    assert_eq!(paths(&read)[0], "box#2031-05-12@gate.example");
    check(
        "mail program",
        "Inbox.mbox",
        letters("From - Mon May 12 09:30:00 2031\n", &|l| format!("X-Status: 0001\n{l}")).as_bytes(),
        false,
    );
    check("export", "all.mbox", letters("From 1791@xxx Mon May 12 09:30:00 +0000 2031\n", &|l| l.replace('\n', "\r\n")).as_bytes(), false);
    let page = |t: &Told| t.letter().replace("text/plain", "text/html").replace(&t.plain(), &t.html());
    let pages: String = TOLD.iter().map(|t| format!("From MAILER-DAEMON Mon May 12 09:30:00 2031\n{}\n", page(t))).collect();
    check("pages", "box", pages.as_bytes(), false);
    check("packed", "box.gz", &gzip(letters("From press@gate.example Mon May 12 09:30:00 2031\n", &same).as_bytes()), false);
    // A line of the text that begins like the line above a message.
    let quoted = format!(
        "From a Mon May 12 09:30:00 2031\n{}\n>From the docks, one hears nothing but the sound of the new pumps and of the men who keep them in order.\n\n",
        TOLD[0].letter()
    );
    assert!(read_with("box", quoted.as_bytes(), &[]).0[0].body.contains("\n\nFrom the docks"));
}

#[test]
fn documents_attached_to_letters() {
    let release = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/documents/release.pdf")).unwrap();
    // Base64 in lines, by hand: the tests need no crate for it.
    let base64: String = release
        .chunks(3)
        .flat_map(|three| {
            let bits = three.iter().fold(0u32, |bits, b| bits << 8 | u32::from(*b)) << (8 * (3 - three.len()));
            let sign = move |at: usize| {
                b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[(bits >> (18 - 6 * at)) as usize & 63] as char
            };
            (0..4).map(move |at| if at <= three.len() { sign(at) } else { '=' }).collect::<Vec<_>>()
        })
        .collect();
    let lines: String = base64.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line).into_owned() + "\n").collect();
    let letter = |told: &Told| {
        let part = |head: &str, text: &str| format!("--part\n{head}\n\n{text}\n");
        told.letter().replace("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n", "Content-Type: multipart/mixed; boundary=part\n").replace(
            &told.plain(),
            &[
                part("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit", &told.plain()),
                part("Content-Type: image/png; name=logo.png\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=logo.png", "iVBORw0KGgo="),
                part("Content-Type: application/pdf\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=\"release.pdf\"", &lines),
                format!("{}--part--\n", part("Content-Type: message/rfc822\nContent-Disposition: attachment; filename=\"forwarded.eml\"", &TOLD[4].letter())),
            ]
            .concat(),
        )
    };
    for (name, bytes, within) in [
        ("press.eml", letter(&TOLD[0]), "press.eml#"),
        ("box", format!("From a Mon May 12 09:30:00 2031\n{}\n", letter(&TOLD[0])), "box#2031-05-12@gate.example/"),
    ] {
        let (read, skipped, ended) = read_with(name, bytes.as_bytes(), &[]);
        assert_eq!((skipped, ended), (Vec::new(), None), "{name}");
        assert_eq!(
            paths(&read),
            [&format!("{name}#2031-05-12@gate.example"), &format!("{within}release.pdf"), &format!("{within}forwarded.eml")]
        );
        assert_eq!((read[0].title.as_deref(), read[0].body.as_str()), (Some(TOLD[0].title), TOLD[0].plain().as_str()));
        assert_eq!(read[1].title.as_deref(), Some("Harbour office accuses ferry company of opening the eastern gate"));
        assert_eq!((read[2].title.as_deref(), read[2].published.as_deref()), (Some(TOLD[4].title), Some(TOLD[4].day)));
    }
    // A letter with nothing to read attached is the file.
    let plain = letter(&TOLD[1]).replace("application/pdf", "application/octet-stream").replace(&lines, "AAAA\n");
    let plain = plain.replace("message/rfc822", "text/calendar").replace(&TOLD[4].letter(), "BEGIN:VCALENDAR\n");
    assert_eq!(paths(&read_with("press.eml", plain.as_bytes(), &[]).0), ["press.eml"]);
}

/// A record of a web archive.
fn warc(kind: &str, address: &str, content_type: &str, body: &[u8]) -> Vec<u8> {
    let mut record = format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2032-01-01T00:00:00Z\r\nWARC-Target-URI: {address}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n", body.len()).into_bytes();
    record.extend_from_slice(body);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

fn answer(fields: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\n{fields}\r\n").as_bytes(), body].concat()
}

const HTTP: &str = "application/http; msgtype=response";

/// An archive of answers with other records between them.
fn crawl(record: &dyn Fn(&Told) -> Vec<u8>, pack: &dyn Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut archive = pack(&warc("warcinfo", "", "application/warc-fields", b"software: a crawler\r\n"));
    for told in &TOLD {
        archive.extend(pack(&warc("request", told.url, "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n")));
        archive.extend(pack(&record(told)));
        archive.extend(pack(&warc("response", "https://gate.example/l.png", HTTP, &answer("Content-Type: image/png\r\n", b"\x89PNG"))));
        archive.extend(pack(&warc(
            "response",
            "https://gate.example/gone",
            HTTP,
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Not here</p>",
        )));
    }
    archive
}

#[test]
fn web_archives() {
    let plain = |bytes: &[u8]| bytes.to_vec();
    let simple = |t: &Told| warc("response", t.url, HTTP, &answer("Content-Type: text/html; charset=UTF-8\r\n", t.page().as_bytes()));
    let read = check("plain", "crawl.warc", &crawl(&simple, &plain), true);
    assert_eq!((paths(&read)[1], read[1].url.as_deref()), ("crawl.warc#https://gate.example/2031/unit?page=1", Some(TOLD[1].url)));
    check("a gzip file a record", "crawl.warc.gz", &crawl(&simple, &gzip), true);
    let chunked = |t: &Told| {
        let body: Vec<u8> =
            t.page().as_bytes().chunks(700).flat_map(|c| [format!("{:x}\r\n", c.len()).as_bytes(), c, b"\r\n"].concat()).collect();
        warc(
            "response",
            t.url,
            HTTP,
            &answer("content-type: text/html\r\nTransfer-Encoding: chunked\r\n", &[&body[..], b"0\r\n\r\n"].concat()),
        )
    };
    check("chunks", "c", &crawl(&chunked, &plain), true);
    let packed = |t: &Told| {
        warc("response", t.url, HTTP, &answer("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", &gzip(t.page().as_bytes())))
    };
    check("coded", "c", &crawl(&packed, &gzip), true);
    let left = |t: &Told| {
        warc(
            "response",
            t.url,
            HTTP,
            &answer("Content-Type: text/html\r\nContent-Encoding: br\r\nTransfer-Encoding: chunked\r\n", t.page().as_bytes()),
        )
    };
    check("fields of codings taken off", "c", &crawl(&left, &plain), true);
    let old = |t: &Told| {
        let page = t.page().replace("<meta charset=\"utf-8\">", "");
        let (page, _, _) = encoding_rs::WINDOWS_1252.encode(&page);
        warc("response", t.url, HTTP, &answer("Content-Type: text/html; charset=windows-1252\r\n", &page))
    };
    check("a charset that the server tells", "c", &crawl(&old, &plain), true);
    let resource = |t: &Told| warc("resource", &format!("<{}>", t.url), "text/html", t.page().as_bytes());
    check("resources", "c", &crawl(&resource, &plain), true);
    // Documents among the pages; what servers send to scripts is none.
    let release = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/documents/release.pdf")).unwrap();
    let address = "https://gate.example/files/release.pdf";
    let mut mixed = simple(&TOLD[0]);
    mixed.extend(warc("response", address, HTTP, &answer("Content-Type: application/pdf\r\n", &release)));
    mixed.extend(warc(
        "response",
        "https://gate.example/api",
        HTTP,
        &answer("Content-Type: application/json\r\n", b"[{\"title\":\"a\",\"text\":\"b\"}]"),
    ));
    mixed.extend(warc("response", "https://gate.example/no.pdf", HTTP, &answer("Content-Type: application/pdf\r\n", b"%PDF-1.7 nothing")));
    mixed.extend(simple(&TOLD[1]));
    let (read, skipped, ended) = read_with("crawl.warc", &mixed, &[]);
    assert_eq!((paths(&read)[1], read.len(), ended), ("crawl.warc#https://gate.example/files/release.pdf", 3, None));
    assert_eq!(read[1].title.as_deref(), Some("Harbour office accuses ferry company of opening the eastern gate"));
    assert_eq!((read[1].published.as_deref(), read[1].url.as_deref()), (Some("2031-06-03"), Some(address)));
    assert!(matches!(skipped.as_slice(), [(path, Skipped::Broken(_))] if path.ends_with("no.pdf")), "{skipped:?}");
    // An archive for playing back, with its lists beside the pages.
    let mut wacz = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in [("archive/data.warc.gz", crawl(&simple, &gzip)), ("indexes/index.cdx", b"com,gate)/ 2031 {}\n".to_vec())] {
        wacz.start_file(name, stored).unwrap();
        wacz.write_all(&bytes).unwrap();
    }
    let wacz = wacz.finish().unwrap().into_inner();
    let (articles, ..) = read_with("crawl.wacz", &wacz, &[]);
    assert_eq!(articles[0].path, "crawl.wacz#archive/data.warc.gz#https://gate.example/2031/pumps");
    // Cut within the last record but some: what came before stands.
    let whole = crawl(&simple, &plain);
    let (cut, _, ended) = read_with("cut.warc", &whole[..whole.len() - 1200], &[]);
    assert_eq!(cut.len(), 4);
    assert!(matches!(ended, Some(Skipped::Broken(_))), "{ended:?}");
}

/// A file in a tar archive; `kind` is `0` for a file, `2` for a link.
fn tar_file(name: &str, kind: u8, bytes: &[u8]) -> Vec<u8> {
    let mut block = vec![0u8; 512];
    block[..name.len().min(100)].copy_from_slice(&name.as_bytes()[..name.len().min(100)]);
    block[100..108].copy_from_slice(b"0000644\0");
    block[124..136].copy_from_slice(format!("{:011o}\0", bytes.len()).as_bytes());
    block[148..156].copy_from_slice(b"        ");
    block[156] = kind;
    block[257..265].copy_from_slice(b"ustar\x0000");
    let sum: u32 = block.iter().map(|b| u32::from(*b)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block.extend_from_slice(bytes);
    block.resize(block.len().div_ceil(512) * 512, 0);
    block
}

#[test]
fn archives() {
    let end = vec![0; 1024];
    let tar: Vec<u8> =
        TOLD.iter().flat_map(|t| tar_file(&format!("./news/{}.html", t.day), b'0', t.page().as_bytes())).chain(end.clone()).collect();
    let read = check("tar", "all.tar", &tar, true);
    assert_eq!(paths(&read)[0], "all.tar#news/2031-05-12.html");
    check("tar.gz", "all.tgz", &gzip(&tar), true);
    check("tar.zst", "all.tar.zst", &ruzstd::encoding::compress_to_vec(tar.as_slice(), ruzstd::encoding::CompressionLevel::Fastest), true);
    // Long names in the two ways there are, links and folders between.
    let long = "a/".repeat(80);
    let names = TOLD.iter().enumerate().flat_map(|(at, t)| {
        let name = format!("{long}{}.eml", t.day);
        let above = if at % 2 == 0 {
            tar_file("././@LongLink", b'L', format!("{name}\0").as_bytes())
        } else {
            let pair = format!(" path={name}\n");
            let len = pair.len() + 3;
            tar_file("PaxHeader", b'x', format!("{len}{pair}").as_bytes())
        };
        [
            above,
            tar_file("short", b'0', t.letter().as_bytes()),
            tar_file("etc", b'2', b""),
            tar_file("a/", b'5', b""),
            tar_file(".hidden/x.txt", b'0', b"Hidden."),
        ]
        .concat()
    });
    let read = check("long names", "l.tar", &names.chain(end).collect::<Vec<u8>>(), false);
    assert!(read.iter().zip(&TOLD).all(|(a, t)| a.path == format!("l.tar#{long}{}.eml", t.day)));
    let zip = |files: &[(String, Vec<u8>)]| {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in files {
            archive.start_file(name.clone(), zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    };
    let pages: Vec<_> = TOLD.iter().map(|t| (format!("{}.html", t.day), t.page().into_bytes())).collect();
    check("zip", "all.zip", &zip(&pages), true);
    let packed: Vec<_> = TOLD.iter().map(|t| (format!("{}.html.gz", t.day), gzip(t.page().as_bytes()))).collect();
    check("zip of packed pages", "all.zip", &zip(&packed), true);
    let nested = zip(&[(
        "box.mbox".into(),
        TOLD.iter().map(|t| format!("From a Mon May 12 09:30:00 2031\n{}\n", t.letter())).collect::<String>().into_bytes(),
    )]);
    let read = check("zip of a mail box", "all.zip", &nested, false);
    assert_eq!(paths(&read)[0], "all.zip#box.mbox#2031-05-12@gate.example");
    check("zip of a zip", "all.zip", &zip(&[("inner.zip".into(), zip(&pages))]), true);
    let (none, skipped, ended) = read_with("empty.zip", &zip(&[("a.png".into(), b"\x89PNG".to_vec())]), &[]);
    assert!(none.is_empty() && skipped.len() == 1 && ended.is_none());
}
