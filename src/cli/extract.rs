//! `demarche extract`: files to articles as JSON Lines, in order, without an index.

use super::error::CommandError;
use super::opts;
use super::ui::{Exit, Ui};
use demarche::clean::Explained;
use demarche::decode::Input;
use demarche::present::{Style, escape};
use demarche::{Article, Block, BlockKind, Reader, Skipped, knowledge::Knowledge, walk::walk};
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Stack of a reading thread: deep pages are parsed by recursion.
const STACK: usize = 16 << 20;

pub(super) fn run(args: &opts::Extract, ui: &Ui) -> Result<Exit, CommandError> {
    let reader = Reader::new(Knowledge::builtin()).with_fields(super::fields(&args.fields)?);
    let threads = rayon::ThreadPoolBuilder::new().num_threads(args.threads.unwrap_or(0)).stack_size(STACK).build_global();
    threads.map_err(|e| CommandError::new(format!("cannot start threads: {e}")))?;
    let mut out = ui.out();
    let mut printed = false;
    let files: Vec<PathBuf> = args.paths.iter().flat_map(|root| files(root, ui)).collect();
    let given: HashSet<&Path> = args.paths.iter().map(PathBuf::as_path).collect();
    let named = |path: &Path| given.contains(path);
    if args.explain {
        for path in &files {
            printed |= explain(&mut out, &reader, path, args.json, named(path), ui)?;
        }
    } else {
        let mut print = |path: &Path, read: Result<Article, Skipped>| -> Result<(), CommandError> {
            match read {
                Ok(article) => {
                    serde_json::to_writer(&mut out, &super::Formatted::new(&article))?;
                    out.write_all(b"\n")?;
                    printed = true;
                }
                Err(skipped) => super::report_skipped(ui, path, &skipped, named(path)),
            }
            Ok(())
        };
        // Standard input belongs to no folder; all files together do, however they are named.
        let (input, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|path| path == Path::new("-"));
        for path in input {
            let mut failed = Ok(());
            let ended = open(&path)
                .and_then(|input| reader.read_each("-", input, &mut |name, read| flow(print(Path::new(&name), read), &mut failed)));
            failed?;
            if let Err(skipped) = ended {
                print(&path, Err(skipped))?;
            }
        }
        reader.read_together(&files, &mut print)?;
    }
    out.flush()?;
    Ok(if printed { Exit::Found } else { Exit::Nothing })
}

fn files(root: &Path, ui: &Ui) -> Vec<PathBuf> {
    if root == Path::new("-") {
        return vec![root.to_path_buf()];
    }
    let (found, failed) = walk(root);
    for (path, reason) in failed {
        ui.soft_error(&format!("{}: {reason}", path.display()));
    }
    found.into_iter().map(|f| f.path).collect()
}

/// A file, or standard input.
pub(super) fn open(path: &Path) -> Result<Input<'static>, Skipped> {
    if path == Path::new("-") { Ok(Input::stream(std::io::stdin())) } else { Ok(Input::file(std::fs::File::open(path)?)) }
}

/// Ends reading with the first error, which is kept.
pub(super) fn flow(done: Result<(), CommandError>, failed: &mut Result<(), CommandError>) -> ControlFlow<()> {
    *failed = done;
    if failed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

/// One block of a page with the verdict on it.
#[derive(Serialize)]
struct Row<'a> {
    path: &'a str,
    kept: bool,
    rule: Option<&'static str>,
    kind: BlockKind,
    text: &'a str,
    /// How likely it is the article's by its features; `null` where its kind alone decides.
    likelihood: Option<f32>,
    features: BTreeMap<&'static str, f32>,
    /// How much each feature speaks for the article, or against it.
    evidence: BTreeMap<&'static str, f32>,
}

/// How many features of a block are shown to a reader, those that weigh most; JSON has all.
const SHOWN: usize = 5;

/// Block by block: kept or removed, by which rule, and what speaks for it. Tells whether there was anything to say.
fn explain(out: &mut impl Write, reader: &Reader<'_>, path: &Path, json: bool, named: bool, ui: &Ui) -> Result<bool, CommandError> {
    let (mut any, mut failed) = (false, Ok(()));
    let mut tell = |name: String, read: Result<Vec<(Block, Explained)>, Skipped>| match read {
        Ok(blocks) => {
            any |= !blocks.is_empty();
            flow(explain_article(out, &name, &blocks, json, ui), &mut failed)
        }
        Err(skipped) => {
            super::report_skipped(ui, Path::new(&name), &skipped, named);
            ControlFlow::Continue(())
        }
    };
    let ended = open(path).and_then(|input| reader.explain(&path.to_string_lossy(), input, &mut tell));
    failed?;
    if let Err(skipped) = ended {
        super::report_skipped(ui, path, &skipped, named);
    }
    Ok(any)
}

fn explain_article(out: &mut impl Write, name: &str, blocks: &[(Block, Explained)], json: bool, ui: &Ui) -> Result<(), CommandError> {
    if !json {
        writeln!(out, "{}", ui.palette.paint(Style::Path, &escape(name)))?;
    }
    for (block, why) in blocks {
        if json {
            let row = Row {
                path: name,
                kept: why.rule.is_none(),
                rule: why.rule,
                kind: block.kind,
                text: &block.text,
                likelihood: why.likelihood,
                features: why.features.iter().copied().collect(),
                evidence: why.evidence.iter().copied().collect(),
            };
            serde_json::to_writer(&mut *out, &super::Formatted::new(&row))?;
            writeln!(out)?;
            continue;
        }
        let verdict = why.rule.map_or_else(|| format!("+ {}", block.kind.as_str()), |rule| format!("- {rule}"));
        let line = format!("{verdict:<20} {}", escape(&block.text).replace(['\n', '\t'], " "));
        writeln!(out, "{}", if why.rule.is_none() { line } else { ui.palette.paint(Style::Dim, &line) })?;
        if let Some(likelihood) = why.likelihood {
            let line = format!("{:<20} {likelihood:.2}: {}", "", told(why));
            writeln!(out, "{}", ui.palette.paint(Style::Dim, &line))?;
        }
    }
    Ok(())
}

/// What speaks for a block and against it: each weight, with the feature and its value.
fn told(why: &Explained) -> String {
    let value = |name: &str| why.features.iter().find(|(n, _)| *n == name).map_or(0.0, |(_, value)| *value);
    let told = |(name, weight): &(&'static str, f32)| format!("{weight:+.1} for {name} {}", (value(name) * 100.0).round() / 100.0);
    why.evidence.iter().take(SHOWN).map(told).collect::<Vec<_>>().join(", ")
}
