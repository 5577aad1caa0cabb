//! Claims as a graph for Graphviz: accusers and accused as nodes, an edge for each stance between two of them.

use crate::claims::ClaimRow;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes a directed graph in the DOT language; an edge bears its stance and how many claims it stands for, and is dashed where all of
/// them are hedged.
///
/// # Errors
/// Those of `out`.
pub fn write_dot(out: &mut impl Write, rows: &[ClaimRow]) -> io::Result<()> {
    let mut edges: BTreeMap<(&str, &str, &str), (usize, bool)> = BTreeMap::new();
    for row in rows {
        for a in &row.accusers {
            for b in &row.accused {
                let edge = edges.entry((&a.name, &b.name, row.stance.as_str())).or_insert((0, true));
                edge.0 += 1;
                edge.1 &= row.hedged;
            }
        }
    }
    writeln!(out, "digraph claims {{\n  rankdir=LR;\n  node [shape=box];")?;
    for ((a, b, stance), (count, hedged)) in edges {
        let style = if hedged { ", style=dashed" } else { "" };
        writeln!(out, "  {} -> {} [label=\"{stance} {count}\"{style}];", quoted(a), quoted(b))?;
    }
    writeln!(out, "}}")
}

fn quoted(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn claims_between_two_are_one_edge_a_stance() {
        let mut out = Vec::new();
        write_dot(&mut out, &super::super::tests::rows()).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("\"Norway\" -> \"APT29\" [label=\"accuses 2\", style=dashed];"), "{text}");
        assert_eq!(quoted("a\"b\\\n"), "\"a\\\"b\\\\ \"");
    }
}
