//! Site templates over the whole folder: what all articles together teach, and which of them are read again because of it.

use super::{STACK, facts};
use crate::analysis::Analyzer;
use crate::clean::templates::{RULE, Templates, Witness};
use crate::decode::{Decoded, Input};
use crate::error::{Error, Result};
use crate::index::{FileMark, Prepared, Roots, Store, Writer, file_of};
use crate::knowledge::Knowledge;
use crate::pipeline::Reader;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;

/// How many articles are read again before they are written: enough for every thread, few enough for little memory.
const BATCH: usize = 32;

/// Reads again what the templates of the folder as it is now concern, so that the next commit is that of a fresh build. Tells how many
/// blocks were found to be template. A file is opened once, however many of its articles are concerned.
///
/// An article of the last commit was read with the templates of that commit, one read in this run with none. A file that has changed
/// since it was read in this run is left as it is: the next run reads it anyway.
pub(super) fn apply(store: &Store, knowledge: &Knowledge, reader: &Reader<'_>, writer: &mut Writer, threads: usize) -> Result<usize> {
    if !writer.is_changed() {
        return Ok(0);
    }
    let (fresh, mut last) = (writer.take_fresh(), store.reader()?.witnesses()?);
    let old = Templates::learn_from(last.values());
    last.retain(|path, _| !fresh.contains_key(path) && writer.known().get(path).is_some_and(|e| e.skipped.is_none()));
    let new = Templates::learn_from(last.values().chain(fresh.values()));
    let none = Templates::default();
    let concerned = concerned(&last, &old, &new).chain(concerned(&fresh, &none, &new));
    let mut files: BTreeMap<String, HashMap<String, FileMark>> = BTreeMap::new();
    for path in concerned {
        if let Some(mark) = writer.known().get(path).and_then(|entry| entry.mark.clone()) {
            files.entry(file_of(writer.known(), path).to_owned()).or_default().insert(path.clone(), mark);
        }
    }
    if files.is_empty() {
        return Ok(0);
    }
    let failed = |e: rayon::ThreadPoolBuildError| Error::Io {
        action: "start threads for",
        path: store.path().to_owned(),
        source: std::io::Error::other(e),
    };
    let roots = writer.roots().clone();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build().map_err(failed)?;
    let (slots, mut found) = (writer.slots(), 0);
    let read = |(path, decoded, mark): (String, Decoded, FileMark)| {
        let article = reader.article(&path, Ok(decoded), &new).ok()?;
        let blocks = article.removed.iter().filter(|r| r.rule == RULE).count();
        Some((blocks, Prepared::article(&slots, &mut Analyzer::default(), &article, &|id| facts(knowledge, id), Some(mark))))
    };
    let mut put = |prepared: Vec<Option<(usize, Prepared)>>| {
        prepared.into_iter().flatten().try_for_each(|(blocks, prepared)| {
            found += blocks;
            writer.put(prepared)
        })
    };
    let (several, one): (Vec<_>, Vec<_>) = files.iter().partition(|(file, articles)| articles.len() > 1 || !articles.contains_key(*file));
    for batch in one.chunks(BATCH) {
        let open = |(file, articles): &(&String, &HashMap<String, FileMark>)| {
            let mut only = None;
            text_of(reader, &roots, file, articles, &mut |text| {
                only = read(text);
                ControlFlow::Break(())
            });
            only
        };
        put(pool.install(|| batch.par_iter().map(open).collect()))?;
    }
    for (file, articles) in several {
        let (mut waiting, mut done) = (Vec::new(), Ok(()));
        let mut read_waiting = |waiting: &mut Vec<_>| put(pool.install(|| std::mem::take(waiting).into_par_iter().map(read).collect()));
        text_of(reader, &roots, file, articles, &mut |text| {
            waiting.push(text);
            if waiting.len() == BATCH {
                done = read_waiting(&mut waiting);
            }
            if done.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        done.and_then(|()| read_waiting(&mut waiting))?;
    }
    Ok(found)
}

/// Hands over those texts of a file that are asked for and are as their marks say.
fn text_of(
    reader: &Reader<'_>,
    roots: &Roots,
    file: &str,
    articles: &HashMap<String, FileMark>,
    each: &mut dyn FnMut((String, Decoded, FileMark)) -> ControlFlow<()>,
) {
    let mut left: HashSet<&String> = articles.keys().collect();
    for place in roots.place(file).iter().map(String::as_str).chain([file]) {
        let Ok(input) = std::fs::File::open(place).map(Input::file) else { continue };
        // A file that ends early or is broken has given what it has.
        let _ = reader.decode(file, input, &mut |entry| {
            let path = entry.path(file);
            match (articles.get(&path), entry.read) {
                (Some(mark), Ok(decoded)) if decoded.hash() == mark.content && left.remove(&path) => each((path, decoded, mark.clone()))?,
                _ => {}
            }
            if left.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if left.is_empty() {
            return;
        }
    }
}

/// The articles that would be read otherwise with `new` in the place of `old`.
fn concerned<'w>(witnesses: &'w BTreeMap<String, Witness>, old: &'w Templates, new: &'w Templates) -> impl Iterator<Item = &'w String> {
    witnesses.iter().filter(|(_, w)| w.is_concerned(old, new)).map(|(path, _)| path)
}
