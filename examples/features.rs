//! What the forests of `clean` see of pages and texts, for fitting them anew (see `tests/fit`): `cargo run --example features -- OUT FILE…`
//!
//! `OUT.names` gets the names of the features, a line each; `OUT.f32` their values, block after block, little-endian; `OUT.jsonl` a line for each
//! file: `{path, elements[[parent, tag, hints]], blocks[{text, kind, element, rule, likelihood, measured}]}`. A block whose kind alone decides has no values.
use demarche::{clean, decode, extract};
use serde_json::json;
use std::fs::File;
use std::io::{BufWriter, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let out = args.next().ok_or("where to write?")?;
    let create = |ending: &str| File::create(format!("{out}.{ending}")).map(BufWriter::new);
    let (mut lines, mut values, mut named) = (create("jsonl")?, create("f32")?, false);
    for path in args {
        let decoded = decode::decode(&path, &std::fs::read(&path)?)?;
        let page = extract::extract(decoded.source, &decoded.text);
        let explained = clean::explain(&page);
        if let Some(first) = explained.iter().find(|e| !e.features.is_empty()).filter(|_| !named) {
            let mut names = create("names")?;
            first.features.iter().try_for_each(|(name, _)| writeln!(names, "{name}"))?;
            named = true;
        }
        let mut blocks = Vec::with_capacity(page.blocks.len());
        for (block, why) in page.blocks.iter().zip(&explained) {
            why.features.iter().try_for_each(|(_, value)| values.write_all(&value.to_le_bytes()))?;
            blocks.push(json!({
                "text": block.text, "kind": block.kind, "element": block.element, "rule": why.rule, "likelihood": why.likelihood,
                "measured": !why.features.is_empty(),
            }));
        }
        let elements: Vec<_> = page.elements.iter().map(|e| json!([e.parent, e.tag, e.hints])).collect();
        serde_json::to_writer(&mut lines, &json!({"path": path, "elements": elements, "blocks": blocks}))?;
        writeln!(lines)?;
    }
    lines.flush()?;
    Ok(values.flush()?)
}
