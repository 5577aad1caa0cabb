#![allow(clippy::unwrap_used)]
use super::*;

fn found(text: &str, published: Option<&str>) -> Vec<(String, String)> {
    let context = Context { published: published.map(|d| d.parse().unwrap()), ..Context::default() };
    Finder::new().find(text, &context).into_iter().map(|m| (m.surface, m.value)).collect()
}

#[test]
fn smoke() {
    for m in found("On 19 July 2021 and yesterday, from 3 to 5 May, in Q3 2020.", Some("2021-07-20")) {
        println!("{m:?}");
    }
}
