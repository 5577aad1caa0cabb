//! Facets, timelines, similar articles, forms to take away, paging, saved searches.

use crate::cli::{demarche, stdout};
use demarche::{Article, Claim, Facet, Index, Mention, Query, SearchOptions, Sort, Span, Stance, TimeOf, TimelineOptions, Unit};
use std::collections::BTreeMap;
use std::path::Path;

fn mention(id: &str, name: &str, kind: demarche::ActorKind) -> Mention {
    let (surface, reason) = (name.to_owned(), "test".to_owned());
    Mention { id: id.into(), name: name.into(), kind, surface, span: Span::new(0, name.len()), candidates: Vec::new(), reason }
}

/// Twelve articles over three years.
fn articles() -> Vec<Article> {
    let texts = [
        "Rannock Bank said its payment desk was down after a wiper had run through the branch network on Monday.",
        "Regulators fined the ferry line over passenger lists that lay open on a server for a whole summer.",
        "A wiper with the same loader was found at a second bank, whose staff went back to paper slips.",
    ];
    let article = |i: usize| {
        let mut article = Article {
            path: format!("m/{i:02}"),
            title: Some(format!("Report {i} on the affair")),
            body: texts[i % 3].to_owned(),
            published: (i % 4 != 3).then(|| format!("20{}-0{}-1{}", 30 + i / 4, 1 + i % 3, i % 10)),
            publisher: Some(["Pellmore Wire", "Quillford Courier"][i % 2].to_owned()),
            language: Some("en".to_owned()),
            authors: vec!["Ada Quillford".to_owned()],
            url: Some(format!("https://www.site{}.example/a/{i}", i % 2)),
            ..Article::default()
        };
        article.actors = vec![mention("state-cn", "China", demarche::ActorKind::State)];
        if i.is_multiple_of(2) {
            article.actors.push(mention("hafnium", "HAFNIUM", demarche::ActorKind::ThreatGroup));
            article.claims = vec![Claim {
                stance: Stance::Denies,
                accusers: Vec::new(),
                accused: Vec::new(),
                about: None,
                victims: Vec::new(),
                hedged: false,
                span: Span::new(0, 3),
                rule: "test".into(),
            }];
        }
        article
    };
    (0..12).map(article).collect()
}

fn index(articles: Vec<Article>) -> (tempfile::TempDir, Index) {
    let temp = tempfile::tempdir().unwrap();
    let index = Index::create(temp.path().join("i")).unwrap();
    index.add(articles).unwrap();
    (temp, index)
}

/// Every article for itself: the texts repeat.
fn unfolded() -> SearchOptions {
    SearchOptions { fold: false, ..SearchOptions::default() }
}

#[test]
fn facets_count_what_the_query_finds() {
    let (_temp, index) = index(articles());
    for (query, options) in [
        ("wiper", unfolded()),
        ("+wiper -second", unfolded()),
        ("the", unfolded()),
        ("-zebra", unfolded()),
        ("wiper", SearchOptions { publishers: vec!["courier".into()], ..unfolded() }),
        ("wiper", SearchOptions::default()),
    ] {
        let query = Query::parse(query).unwrap();
        let hits = index.search(&query, &SearchOptions { limit: 100, ..options.clone() }).unwrap().hits;
        let facets = index.facets(&query, &options, &Facet::ALL, 100).unwrap();
        assert_eq!(facets.total, hits.len());
        for counts in &facets.facets {
            let mut expected: BTreeMap<String, usize> = BTreeMap::new();
            let mut without = 0;
            for hit in &hits {
                let day = hit.published.as_deref();
                let values: Vec<String> = match counts.facet {
                    Facet::Actor => hit.actors.iter().map(|a| a.id.clone()).collect(),
                    Facet::Kind => hit.actors.iter().map(|a| a.kind.as_str().to_owned()).collect(),
                    Facet::Country => vec!["CN".into()],
                    Facet::Publisher => hit.publisher.clone().into_iter().collect(),
                    Facet::Author => hit.authors.clone(),
                    Facet::Site => hit.url.iter().map(|u| u["https://www.".len()..].split('/').next().unwrap().to_owned()).collect(),
                    Facet::Lang => hit.language.clone().into_iter().collect(),
                    Facet::Stance => index.get(&hit.id).unwrap().claims.iter().map(|_| "denies".to_owned()).collect(),
                    Facet::Year => day.map(|d| d[..4].to_owned()).into_iter().collect(),
                    Facet::Month => day.map(|d| d[..7].to_owned()).into_iter().collect(),
                };
                without += usize::from(values.is_empty());
                values.into_iter().for_each(|v| *expected.entry(v).or_default() += 1);
            }
            let found: BTreeMap<String, usize> = counts.values.iter().map(|v| (v.value.clone(), v.count)).collect();
            assert_eq!((found, counts.without), (expected, without), "{} of {query:?}", counts.facet.as_str());
        }
    }
    let few = index.facets(&Query::words("wiper"), &unfolded(), &[Facet::Month, Facet::Actor], 1).unwrap();
    assert_eq!((few.facets[0].values.len(), few.facets[1].values.len(), few.facets[1].more), (1, 1, 1));
    assert_eq!(few.facets[1].values[0].label(), "China");
}

#[test]
fn a_timeline_has_every_hit_in_its_period() {
    let (_temp, index) = index(articles());
    let query = Query::words("wiper bank passenger");
    let line = |options: TimelineOptions| index.timeline(&query, &unfolded(), &options).unwrap();
    for unit in [Unit::Day, Unit::Month, Unit::Year] {
        let timeline = line(TimelineOptions { unit: Some(unit), by: Some(Facet::Actor), ..TimelineOptions::default() });
        assert_eq!((timeline.total, timeline.without, timeline.unit), (12, 3, unit));
        assert_eq!(timeline.periods.iter().map(|p| p.count).sum::<usize>(), 9);
        assert!(timeline.periods.is_sorted_by(|a, b| a.period < b.period));
        assert_eq!((timeline.lanes[0].value.label(), timeline.lanes[0].value.count), ("China", 12));
        for (i, period) in timeline.periods.iter().enumerate() {
            assert_eq!(timeline.lanes[0].counts[i], period.count, "all name China");
            assert!(timeline.lanes[1].counts[i] <= period.count);
        }
    }
    assert_eq!(line(TimelineOptions::default()).unit, Unit::Month);
    assert_eq!(line(TimelineOptions::default()).periods.first().map(|p| p.period.as_str()), Some("2030-01"));
    let none = index.timeline(&Query::words("zebra"), &unfolded(), &TimelineOptions::default()).unwrap();
    assert_eq!((none.total, none.periods.len()), (0, 0));
}

#[test]
fn times_named_count_once_for_a_period_they_lie_in() {
    let date = |value: &str| demarche::DateMention {
        surface: value.into(),
        span: Span::new(0, 1),
        value: value.into(),
        granularity: demarche::Granularity::Day,
        reason: "test".into(),
    };
    let article = |path: &str, values: &[&str]| Article {
        path: path.into(),
        body: "The affair, told again.".into(),
        dates: values.iter().map(|v| date(v)).collect(),
        ..Article::default()
    };
    let (_temp, index) = index(vec![
        article("a", &["2031-05-02", "2031-05-09", "2031"]),
        article("b", &["2031-06", "2031-05-02"]),
        article("c", &["XXXX-05-01"]),
    ]);
    let of = |unit| {
        let options = TimelineOptions { of: TimeOf::Mentioned, unit: Some(unit), ..TimelineOptions::default() };
        let timeline = index.timeline(&Query::words("affair"), &unfolded(), &options).unwrap();
        (timeline.periods.into_iter().map(|p| (p.period, p.count)).collect::<Vec<_>>(), timeline.without)
    };
    assert_eq!(of(Unit::Month), (vec![("2031-05".into(), 2), ("2031-06".into(), 1)], 1));
    assert_eq!(of(Unit::Year), (vec![("2031".into(), 2)], 1));
    assert_eq!(of(Unit::Day).0.iter().filter(|(_, n)| *n > 0).count(), 2);
}

#[test]
fn a_page_after_a_cursor_is_the_rest_whatever_came_since() {
    let (_temp, index) = index(articles());
    for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
        let query = Query::words("wiper bank report");
        let page = |after, limit| index.search(&query, &SearchOptions { after, limit, sort, ..unfolded() }).unwrap();
        let whole = page(None, 100).hits;
        let mut joined = page(None, 5).hits;
        while joined.len() < whole.len() {
            let more = page(joined.last().unwrap().cursor, 5).hits;
            assert!(!more.is_empty());
            joined.extend(more);
        }
        assert_eq!(joined, whole, "{sort:?}");
        // Others come and go before the place; the page behind it stays.
        let cursor = whole[6].cursor;
        let rest: Vec<String> = whole[7..].iter().map(|h| h.path.clone()).collect();
        index.remove([whole[2].path.as_str()]).unwrap();
        let behind: Vec<String> = page(cursor, 100).hits.iter().map(|h| h.path.clone()).collect();
        if sort == Sort::Relevance {
            // Scores may have moved by what is gone; the cursor stays with its article.
            let now: Vec<String> = page(None, 100).hits.iter().map(|h| h.path.clone()).collect();
            assert_eq!(behind, now[now.iter().position(|p| *p == whole[6].path).unwrap() + 1..]);
        } else {
            assert_eq!(behind, rest);
        }
        // So it does where the article itself is gone, in an order that its going leaves alone.
        index.remove([whole[6].path.as_str()]).unwrap();
        if sort != Sort::Relevance {
            assert_eq!(page(cursor, 100).hits.iter().map(|h| h.path.clone()).collect::<Vec<_>>(), rest);
        }
        index.add(articles()).unwrap();
    }
}

#[test]
fn similar_articles_share_words_and_actors_and_are_no_copies() {
    let story = |words: &str| {
        format!(
            "{words} {}",
            "The operator answered that the matter was being looked into by its own people and by those of the state. ".repeat(3)
        )
    };
    let mut all = vec![
        Article {
            path: "a".into(),
            body: story("A wiper called Grellin erased the signalling plans of the Dunmere railway."),
            ..Article::default()
        },
        Article {
            path: "b".into(),
            body: story("Months later Grellin, the wiper, came back to the railway of Dunmere and its stations."),
            ..Article::default()
        },
        Article {
            path: "c".into(),
            body: story("The price of grain rose while farmers waited for rain in the north of the plains."),
            ..Article::default()
        },
    ];
    all.push(Article { path: "copy".into(), ..all[0].clone() });
    let (_temp, index) = index(all.clone());
    let found =
        |like: &Article| index.similar(like, &SearchOptions::default()).unwrap().hits.into_iter().map(|h| h.path).collect::<Vec<_>>();
    assert_eq!(found(&all[0]), ["b", "c"], "neither itself nor its copy");
    let outside = Article { path: "elsewhere.html".into(), body: "Is Grellin back at the Dunmere railway?".into(), ..Article::default() };
    assert_eq!(found(&outside)[..2].iter().collect::<std::collections::BTreeSet<_>>().len(), 2);
    assert!(found(&outside)[..2].iter().all(|p| p == "a" || p == "b"));
    let taken = Article { path: "elsewhere.html".into(), ..all[1].clone() };
    assert!(!found(&taken).contains(&"b".to_owned()), "of a file that is a copy of an article, the article is no news");
    assert!(found(&Article::default()).is_empty());
    // Of two equally like it the one with its actor comes first.
    let hafnium = vec![mention("hafnium", "HAFNIUM", demarche::ActorKind::ThreatGroup)];
    let twin = |path: &str, actors| Article {
        path: path.into(),
        body: "A clinic in Ostrend lost its lists.".into(),
        actors,
        ..Article::default()
    };
    index.add([twin("x", Vec::new()), twin("y", hafnium.clone())]).unwrap();
    let like = Article { path: "z".into(), body: "The clinic of Ostrend again.".into(), actors: hafnium, ..Article::default() };
    assert_eq!(found(&like)[..2], ["y", "x"].map(str::to_owned));
}

/// A folder of hostile and plain pages with an index.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("f");
    std::fs::create_dir(&folder).unwrap();
    for (i, title) in
        ["=cmd|' /C calc'!A0 & 100% {done} <b>x</b>", "Plain words on the wiper", "A third, with \"quotes\""].iter().enumerate()
    {
        let title = title.replace('&', "&amp;").replace('<', "&lt;");
        let own = [
            "The pilots' guild had warned of such a thing in a letter to the council, which was laid aside with the minutes of its spring session.",
            "Insurers have since asked every tenant of the basin for a list of machines, of suppliers, and of those who may enter the server room.",
            "At the customs house next door nothing was noticed, a clerk recalled, until the first lorries stood in the road and hooted for papers.",
        ][i];
        let own = format!("{own} {own}").replace(". ", ". Again: ");
        let body = format!(
            "<p>A wiper number {i} ran through the offices of the harbour on the first night of the year, said the harbour master on Tuesday, and \
             nobody could tell for days which ships were due and which had left.</p><p>Clerks wrote the lists by hand until the {i}th of March, \
             when the last of the machines had been set up again from copies that had been kept in a drawer.</p><p>{own}</p>"
        );
        let meta = format!(
            "<meta property=\"article:published_time\" content=\"203{i}-03-0{}\"><meta name=\"author\" content=\"Ada Quillford\">",
            i + 1
        );
        let page = format!("<html><head><title>{title}</title>{meta}</head><body><article><h1>{title}</h1>{body}</article></body></html>");
        std::fs::write(folder.join(format!("p{i}.html")), page).unwrap();
    }
    stdout(demarche(home.path()).args(["index", "f"]), 0);
    home
}

fn run(home: &Path, args: &[&str]) -> String {
    stdout(demarche(home).args(args), 0)
}

#[test]
fn what_is_taken_away_is_whole_and_safe() {
    let home = home();
    let home = home.path();
    let take = |form: &str| run(home, &["search", "--no-collapse", form, "wiper harbour"]);
    let csv = take("--csv");
    assert_eq!(csv.matches("\r\n").count(), 4, "{csv}");
    assert!(csv.contains("'=cmd|") && !csv.contains(",=cmd") && csv.contains("\"A third, with \"\"quotes\"\"\""), "{csv}");
    let ris = take("--ris");
    assert!(ris.split("\r\n").all(|l| l.is_empty() || l.get(2..6) == Some("  - ")), "{ris}");
    assert_eq!((ris.matches("TY  - ").count(), ris.matches("ER  - ").count(), ris.matches("AU  - Quillford, Ada").count()), (3, 3, 3));
    let bibtex = take("--bibtex");
    let keys: Vec<&str> = bibtex.lines().filter_map(|l| l.strip_prefix("@online{")).collect();
    assert_eq!((keys.len(), keys.iter().collect::<std::collections::BTreeSet<_>>().len()), (3, 3), "{bibtex}");
    assert!(bibtex.contains(r"\& 100\% \{done\}"), "{bibtex}");
    let csl: serde_json::Value = serde_json::from_str(&take("--csl-json")).unwrap();
    assert_eq!(csl.as_array().unwrap().len(), 3);
    assert!(
        csl.as_array()
            .unwrap()
            .iter()
            .all(|i| i["issued"]["date-parts"][0].as_array().unwrap().len() == 3 && i["author"][0]["family"] == "Quillford")
    );
    let one = run(home, &["search", "--no-collapse", "--csv", "-n", "1", "wiper"]);
    assert_eq!(one.matches("\r\n").count(), 2);
    assert_eq!(stdout(demarche(home).args(["search", "--csl-json", "zebra"]), 1), "[]\n");
    assert_eq!(stdout(demarche(home).args(["search", "--csv", "zebra"]), 1).lines().count(), 1);
    let json = run(home, &["search", "--no-collapse", "--json", "--all", "wiper"]);
    let cursors: Vec<serde_json::Value> =
        json.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["cursor"].clone()).collect();
    let rest = run(home, &["search", "--no-collapse", "--json", "--after", cursors[0].as_str().unwrap(), "wiper"]);
    assert_eq!(rest, json.split_inclusive('\n').skip(1).collect::<String>());
    stdout(demarche(home).args(["search", "--after", "nonsense", "wiper"]), 2);
}

#[test]
fn facets_and_timelines_are_printed_in_every_form() {
    let home = home();
    let home = home.path();
    let facets = run(home, &["search", "--no-collapse", "-n", "0", "--facets", "year,author", "wiper"]);
    assert_eq!(
        facets.lines().map(str::trim).collect::<Vec<_>>(),
        ["year", "2030  1", "2031  1", "2032  1", "", "author", "Ada Quillford  3"]
    );
    let json: serde_json::Value =
        serde_json::from_str(&run(home, &["search", "--json", "--no-collapse", "-n", "0", "--facets", "author", "wiper"])).unwrap();
    assert_eq!((&json["total"], &json["facets"]["author"]["values"][0]["count"]), (&3.into(), &3.into()));
    stdout(demarche(home).args(["search", "--facets", "colour", "wiper"]), 2);

    let line =
        |args: &[&str]| run(home, &[&["timeline", "--no-collapse", "--unit", "year"], args, &["wiper <script>alert(1)</script>"]].concat());
    assert_eq!(line(&[]), "period  articles\n2030           1\n2031           1\n2032           1\n");
    assert_eq!(line(&["--csv"]), "period,articles\r\n2030,1\r\n2031,1\r\n2032,1\r\n");
    let json: serde_json::Value = serde_json::from_str(&line(&["--json", "--by", "author"])).unwrap();
    assert_eq!((&json["unit"], &json["lanes"][0]["counts"]), (&"year".into(), &serde_json::json!([1, 1, 1])));
    for form in ["--svg", "--html"] {
        let picture = line(&[form, "-", "--by", "author"]);
        assert!(
            picture.contains("&lt;script&gt;") && !picture.contains("<script") && picture.contains("prefers-color-scheme:dark"),
            "{picture}"
        );
        assert!(
            picture.contains("<title>2031: 1 article</title>") && picture.contains("<title>Ada Quillford, 2030: 1 article</title>"),
            "{picture}"
        );
        assert!(!picture.contains("http://") || picture.matches("http://").count() == 1, "only the name space");
        assert_eq!(line(&[form, "picture"]), "");
        assert_eq!(std::fs::read_to_string(home.join("picture")).unwrap(), line(&[form, "-"]));
    }
    assert_eq!(stdout(demarche(home).args(["timeline", "zebra"]), 1), "");
}

#[test]
fn similar_takes_ids_paths_and_files_outside() {
    let home = home();
    let home = home.path();
    let first = run(home, &["similar", "--no-collapse", "-l", "f/p1.html"]);
    assert!(!first.contains("p1.html"), "{first}");
    let page = std::fs::read(home.join("f/p0.html")).unwrap();
    let piped = stdout(demarche(home).args(["similar", "--no-collapse", "-l", "-"]).write_stdin(page), 0);
    assert!(!piped.contains("p0.html") && piped.contains("p2.html"), "{piped}");
    stdout(demarche(home).args(["similar", "nothing-of-that-name"]), 2);
}

#[test]
fn a_saved_search_tells_what_is_new_and_outlives_the_index() {
    let home = home();
    let home = home.path();
    run(home, &["search", "--no-collapse", "--save", "harbour", "--since", "2030", "wiper harbour"]);
    assert!(run(home, &["saved"]).contains("harbour") && run(home, &["saved"]).contains("--since 2030"));
    assert_eq!(stdout(demarche(home).args(["saved", "harbour", "--new"]), 1), "");
    // A rebuild and a moved file are nothing new; another article is, once.
    std::fs::remove_dir_all(home.join("index")).unwrap();
    std::fs::rename(home.join("f/p2.html"), home.join("f/moved.html")).unwrap();
    run(home, &["index", "f"]);
    assert_eq!(stdout(demarche(home).args(["saved", "harbour", "--new"]), 1), "");
    let late = std::fs::read_to_string(home.join("f/p1.html")).unwrap();
    let late =
        late.replace("wiper number 1 ran through the offices of the harbour", "wiper struck the pilots of a second harbour further north");
    let late =
        late.replace("Clerks wrote the lists by hand until", "Nothing was written down by anybody before").replace("machines", "radios");
    std::fs::write(
        home.join("f/late.html"),
        late.replace("set up again from copies that had been kept in a drawer", "sold for scrap by a cousin"),
    )
    .unwrap();
    run(home, &["index", "f"]);
    assert_eq!(run(home, &["saved", "harbour", "--new", "-l"]), "f/late.html\n");
    assert_eq!(stdout(demarche(home).args(["saved", "--new"]), 1), "");
    assert_eq!(run(home, &["saved", "harbour", "-c"].map(|a| if a == "-c" { "-l" } else { a })).lines().count(), 4);
    run(home, &["saved", "harbour", "--remove"]);
    assert_eq!(stdout(demarche(home).arg("saved"), 1), "");
    stdout(demarche(home).args(["saved", "harbour"]), 2);
}
