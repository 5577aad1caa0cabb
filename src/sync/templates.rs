//! Site templates over the whole folder: what all articles together teach, and which of them are read again because of it.

use super::{Run, STACK, facts};
use crate::analysis::Analyzer;
use crate::clean::templates::{RULE, Templates, Witness};
use crate::decode::{Decoded, Input};
use crate::error::{Error, Result};
use crate::index::{FileMark, Prepared, Roots, Writer, first_bytes, path_key};
use crate::pipeline::Reader;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;

/// How many articles are read again before they are written: enough for every thread, few enough for little memory.
const BATCH: usize = 32;
/// How many of them are looked up at once.
const LOOKED_UP: usize = 1024;

/// The templates of the folder as it will be after the next commit.
pub(super) fn learn(writer: &Writer) -> Result<Templates> {
    Templates::learn_in_passes(writer.memory() / 2, &mut |each| writer.known().each_witness(&mut |_, site, blocks, _| each(site, blocks)))
}

/// Reads again what the templates of the folder as it is now concern, so that the next commit is that of a fresh build. Puts the number of
/// blocks found to be template in each of them into `found`. A file is opened once, however many of its articles are concerned.
///
/// Every article says which of its blocks were template when it was read. A file that has changed since is left as it is: the next run
/// reads it anyway.
pub(super) fn apply(run: &Run<'_>, writer: &mut Writer, found: &mut HashMap<u64, usize>) -> Result<()> {
    if !writer.is_changed() {
        return Ok(());
    }
    let templates = learn(writer)?;
    let mut concerned = Vec::new();
    writer.known().each_witness(&mut |key, site, blocks, own| {
        if templates.concern(site, blocks.get(..own).unwrap_or_default()) {
            concerned.push((key, key));
        }
    })?;
    if concerned.is_empty() {
        return Ok(());
    }
    concerned.iter_mut().for_each(|(file, key)| *file = writer.known().file_of(*key));
    concerned.sort_unstable();
    writer.expect(concerned.len());
    let failed = |e: rayon::ThreadPoolBuildError| Error::Io {
        action: "start threads for",
        path: run.index.store.path().to_owned(),
        source: std::io::Error::other(e),
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(run.threads).stack_size(STACK).build().map_err(failed)?;
    let mut rest = concerned.as_slice();
    while !rest.is_empty() {
        // All articles of a file at once.
        let least = rest.len().min(LOOKED_UP);
        let last = rest.get(least - 1).map(|(file, _)| *file);
        let (now, later) = rest.split_at(least + rest.iter().skip(least).take_while(|(file, _)| Some(*file) == last).count());
        rest = later;
        again(run, writer, &templates, &pool, now, found)?;
        writer.checkpoint(run.every)?;
    }
    Ok(())
}

/// Reads the articles of these files and keys again.
fn again(
    run: &Run<'_>,
    writer: &mut Writer,
    templates: &Templates,
    pool: &rayon::ThreadPool,
    concerned: &[(u64, u64)],
    found: &mut HashMap<u64, usize>,
) -> Result<()> {
    let mut files: BTreeMap<String, HashMap<String, FileMark>> = BTreeMap::new();
    for &(file, key) in concerned {
        let known = writer.known();
        if let (Some(file), Some(path), Some(mark)) = (known.path(file), known.path(key), known.mark(key)) {
            files.entry(file).or_default().insert(path, mark);
        }
    }
    let (reader, roots, slots) = (run.reader, writer.roots().clone(), writer.slots());
    let read = |(path, decoded, mark): (String, Decoded, FileMark)| {
        let article = reader.article(&path, Ok(decoded), templates).ok()?;
        let blocks = article.removed.iter().filter(|r| r.rule == RULE).count();
        let prepared = Prepared::article(&slots, &mut Analyzer::default(), &article, &|id| facts(run.knowledge, id));
        Some((path_key(&path), blocks, prepared.of_file(&slots, mark, Some(Witness::of(&article, templates)))))
    };
    let mut put = |prepared: Vec<Option<(u64, usize, Prepared)>>| {
        prepared.into_iter().flatten().try_for_each(|(key, blocks, prepared)| {
            found.insert(key, blocks);
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
    Ok(())
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
                (Some(mark), Ok(decoded)) if first_bytes(&decoded.hash()) == mark.content && left.remove(&path) => {
                    each((path, decoded, *mark))?
                }
                _ => {}
            }
            if left.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if left.is_empty() {
            return;
        }
    }
}
