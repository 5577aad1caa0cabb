//! What the forests of `clean` see of pages and texts, for fitting them anew (see `tests/fit`).
//!
//! `cargo run --example features -- OUT FILE…` writes `OUT.names`, the names of the features, a line each; `OUT.f32`, their values, block after block,
//! little-endian; and `OUT.jsonl`, a line for each file: `{path, elements[[parent, tag, hints]], blocks[{text, kind, element, measured, kept}]}`. A block whose
//! kind alone decides has no values.
//!
//! `cargo run --example features -- --judge OUT FILE…` reads `OUT.likely`, a likelihood for each block that has values, and prints for each file what they
//! would choose: `{kept[bool], whole{name: number}, holds}`, `whole` being what is measured of the page as a whole. For texts it also writes
//! `OUT.again`, the features of every block as the second look sees them where these are the likelihoods of the first.
use demarche::{clean, decode, extract};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1).peekable();
    let judges = args.next_if(|a| a == "--judge").is_some();
    let out = args.next().ok_or("where to write?")?;
    let pages = args.map(|path| -> Result<_, Box<dyn std::error::Error>> {
        let decoded = decode::decode(&path, &std::fs::read(&path)?)?;
        Ok((extract::extract(decoded.source, &decoded.text), path))
    });
    if judges {
        let bytes = std::fs::read(format!("{out}.likely"))?;
        let mut likely = bytes.chunks_exact(4).filter_map(|four| Some(f32::from_le_bytes(four.try_into().ok()?)));
        let mut again = BufWriter::new(File::create(format!("{out}.again"))?);
        for page in pages {
            let (page, _) = page?;
            let measured = clean::explain(&page).iter().filter(|e| !e.features.is_empty()).count();
            let tried = clean::try_on(&page, likely.by_ref().take(measured).collect());
            tried.again.iter().try_for_each(|value| again.write_all(&value.to_le_bytes()))?;
            let whole: BTreeMap<_, _> = tried.whole.into_iter().collect();
            println!("{}", json!({"kept": tried.kept, "whole": whole, "holds": tried.holds}));
        }
        return Ok(again.flush()?);
    }
    let create = |ending: &str| File::create(format!("{out}.{ending}")).map(BufWriter::new);
    let (mut lines, mut values, mut named) = (create("jsonl")?, create("f32")?, false);
    for page in pages {
        let (page, path) = page?;
        let explained = clean::explain(&page);
        if let Some(first) = explained.iter().find(|e| !e.features.is_empty()).filter(|_| !named) {
            let mut names = create("names")?;
            first.features.iter().try_for_each(|(name, _)| writeln!(names, "{name}"))?;
            named = true;
        }
        let mut blocks = Vec::with_capacity(page.blocks.len());
        for (block, why) in page.blocks.iter().zip(&explained) {
            why.features.iter().try_for_each(|(_, value)| values.write_all(&value.to_le_bytes()))?;
            blocks.push(json!({"text": block.text, "kind": block.kind, "element": block.element, "measured": !why.features.is_empty(), "kept": why.rule.is_none()}));
        }
        let elements: Vec<_> = page.elements.iter().map(|e| json!([e.parent, e.tag, e.hints])).collect();
        serde_json::to_writer(&mut lines, &json!({"path": path, "elements": elements, "blocks": blocks}))?;
        writeln!(lines)?;
    }
    lines.flush()?;
    Ok(values.flush()?)
}
