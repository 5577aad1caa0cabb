//! Opens an index, searches it and prints the hits: `cargo run --example embed -- INDEX WORDS…`
use demarche::{Index, Query, SearchOptions};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let index = Index::open(args.next().ok_or("which index?")?)?;
    let query = Query::parse(&args.collect::<Vec<_>>().join(" "))?;
    for hit in index.search(&query, &SearchOptions::default())?.hits {
        println!("{:>2}  {}  {}", hit.rank, hit.published.as_deref().unwrap_or("undated   "), hit.title.as_deref().unwrap_or(&hit.path));
    }
    Ok(())
}
