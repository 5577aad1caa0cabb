//! Makes the table of threat groups from releases of the public lists:
//! `cargo run --example knowledge-table -- --attack FILE --misp FILE --microsoft FILE > src/knowledge/table/threat-groups.tsv`
//!
//! Reads the files as they are published (ATT&CK's STIX bundle, the MISP galaxy's threat-actor cluster, Microsoft's JSON map).

use demarche::knowledge::{merge, records, table_lines};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut lists = Vec::new();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    for flag in ["--attack", "--misp", "--microsoft"] {
        let at = arguments.iter().position(|a| a == flag).ok_or_else(|| format!("{flag} FILE is missing"))?;
        let path = arguments.get(at + 1).ok_or_else(|| format!("{flag} needs a file"))?;
        let text = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
        lists.extend(records(&text, flag.trim_start_matches('-'))?);
    }
    println!("# Made by `cargo run --example knowledge-table`; edit the lists, not this file. Sources and licences: SOURCES.md.");
    println!("# id\tkind\tname\taliases\tcountry\tparent\treferences");
    print!("{}", table_lines(&merge(&lists)));
    Ok(())
}
