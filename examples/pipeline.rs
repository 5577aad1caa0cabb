//! Reads articles from memory and indexes them without touching a folder: `cargo run --example pipeline`
//!
//! For programs that get their pages from elsewhere: a crawler, a mailbox, a database.
use demarche::knowledge::Knowledge;
use demarche::{Index, Query, Reader, SearchOptions};

/// Pages as a crawler would hand them over: an address and what it answered.
const PAGES: &[(&str, &str)] = &[
    (
        "https://courier.example/envoy",
        "<html><head><title>Envoy summoned over breach</title><meta property='article:published_time' content='2024-03-05T08:00:00Z'></head>\
         <body><nav><a href='/'>Home</a> <a href='/world'>World</a></nav><article><h1>Envoy summoned over breach</h1>\
         <p>Norway summoned the Russian ambassador on Monday and accused APT28 of a long intrusion into the mail servers of its parliament.</p>\
         <p>The embassy rejected the charge. A spokesman said that no evidence had been shown, and that none would be.</p></article></body></html>",
    ),
    (
        "https://courier.example/weather",
        "<html><head><title>Rain until Thursday</title></head><body><article><h1>Rain until Thursday</h1>\
         <p>Heavy rain will move across the south of the country, the weather service said, and rivers may rise above their banks by Wednesday.</p>\
         <p>Motorists were told to avoid the valleys, and schools in three districts will stay closed until the water has gone down again.</p>\
         </article></body></html>",
    ),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join(format!("demarche-pipeline-{}", std::process::id()));
    let reader = Reader::new(Knowledge::builtin());
    let mut articles = Vec::new();
    for (address, page) in PAGES {
        articles.push(reader.read(&format!("{address}.html"), page.as_bytes())?);
    }
    let index = Index::create(&folder)?;
    index.add(articles)?;
    // An alias finds its actor: the page says APT28.
    for hit in index.search(&Query::parse("actor:\"Fancy Bear\" parliament")?, &SearchOptions::default())?.hits {
        println!("{}  {}\n    {}", hit.published.unwrap_or_default(), hit.title.unwrap_or_default(), hit.snippet.text);
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}
