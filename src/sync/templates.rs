//! Site templates over the whole folder: what all articles together teach, and which of them are read again because of it.

use super::{STACK, facts};
use crate::analysis::Analyzer;
use crate::clean::templates::{RULE, Templates, Witness};
use crate::error::{Error, Result};
use crate::index::{FileMark, Prepared, Store, Writer};
use crate::knowledge::Knowledge;
use crate::pipeline::Reader;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// How many articles are read again before they are written: enough for every thread, few enough for little memory.
const BATCH: usize = 32;

/// Reads again what the templates of the folder as it is now concern, so that the next commit is that of a fresh build. Tells how many
/// blocks were found to be template.
///
/// An article of the last commit was read with the templates of that commit, one read in this run with none. A file that has changed
/// since it was read in this run is left as it is: the next run reads it anyway.
pub(super) fn apply(store: &Store, knowledge: &Knowledge, writer: &mut Writer, threads: usize) -> Result<usize> {
    if !writer.is_changed() {
        return Ok(0);
    }
    let (fresh, mut last) = (writer.take_fresh(), store.reader()?.witnesses()?);
    let old = Templates::learn_from(last.values());
    last.retain(|path, _| !fresh.contains_key(path) && writer.known().get(path).is_some_and(|e| e.skipped.is_none()));
    let new = Templates::learn_from(last.values().chain(fresh.values()));
    let none = Templates::default();
    let concerned = concerned(&last, &old, &new).chain(concerned(&fresh, &none, &new));
    let concerned: BTreeSet<&String> = concerned.collect();
    let jobs: Vec<(&String, FileMark)> =
        concerned.into_iter().filter_map(|path| Some((path, writer.known().get(path)?.mark.clone()?))).collect();
    if jobs.is_empty() {
        return Ok(0);
    }
    let failed = |e: rayon::ThreadPoolBuildError| Error::Io {
        action: "start threads for",
        path: store.path().to_owned(),
        source: std::io::Error::other(e),
    };
    let roots = writer.roots().clone();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build().map_err(failed)?;
    let (reader, slots, mut found) = (Reader::new(knowledge), writer.slots(), 0);
    for batch in jobs.chunks(BATCH) {
        let read = |(path, mark): &(&String, FileMark)| {
            let same = |file: &str| std::fs::read(file).ok().filter(|b| *blake3::hash(b).as_bytes() == mark.content);
            let bytes = roots.place(path).and_then(|place| same(&place)).or_else(|| same(path))?;
            let article = reader.read_among(path, &bytes, &new).ok()?;
            let blocks = article.removed.iter().filter(|r| r.rule == RULE).count();
            Some((blocks, Prepared::article(&slots, &mut Analyzer::default(), &article, &|id| facts(knowledge, id), Some(mark.clone()))))
        };
        let prepared: Vec<_> = pool.install(|| batch.par_iter().map(read).collect());
        for (blocks, prepared) in prepared.into_iter().flatten() {
            found += blocks;
            writer.put(prepared)?;
        }
    }
    Ok(found)
}

/// The articles that would be read otherwise with `new` in the place of `old`.
fn concerned<'w>(witnesses: &'w BTreeMap<String, Witness>, old: &'w Templates, new: &'w Templates) -> impl Iterator<Item = &'w String> {
    witnesses.iter().filter(|(_, w)| w.is_concerned(old, new)).map(|(path, _)| path)
}
