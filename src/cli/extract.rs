//! `demarche extract`: files to articles as JSON Lines, in order, without an index.

use super::error::CommandError;
use super::opts;
use super::ui::{Exit, Ui};
use demarche::decode::MAX_MIB;
use demarche::{Article, Reader, Skipped, knowledge::Knowledge, walk::walk};
use rayon::prelude::*;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// How many files are read before their articles are printed: enough for every thread, few enough for little memory.
const BATCH: usize = 64;

pub(super) fn run(args: &opts::Extract, ui: &Ui) -> Result<Exit, CommandError> {
    let reader = Reader::new(Knowledge::builtin());
    let threads = rayon::ThreadPoolBuilder::new().num_threads(args.threads.unwrap_or(0)).build();
    let threads = threads.map_err(|e| CommandError::new(format!("cannot start threads: {e}")))?;
    let mut out = ui.out();
    let mut printed = false;
    for root in &args.paths {
        for batch in files(root, ui).chunks(BATCH) {
            let articles: Vec<_> = threads.install(|| batch.par_iter().map(|path| read(&reader, path)).collect());
            for (path, article) in batch.iter().zip(articles) {
                match article {
                    Ok(article) if args.explain => {
                        super::show::explain(&mut out, &article, ui)?;
                        printed = true;
                    }
                    Ok(article) => {
                        serde_json::to_writer(&mut out, &super::Formatted::new(&article))?;
                        out.write_all(b"\n")?;
                        printed = true;
                    }
                    Err(skipped) => super::report_skipped(ui, path, &skipped, path == root),
                }
            }
            out.flush()?;
        }
    }
    Ok(if printed { Exit::Found } else { Exit::Nothing })
}

fn files(root: &Path, ui: &Ui) -> Vec<PathBuf> {
    if root == Path::new("-") {
        return vec![root.to_path_buf()];
    }
    let (found, failed) = walk(root);
    for (_, reason) in failed {
        ui.soft_error(&reason);
    }
    found.into_iter().map(|f| f.path).collect()
}

/// Reads one file, or standard input.
pub(super) fn read(reader: &Reader<'_>, path: &Path) -> Result<Article, Skipped> {
    if path != Path::new("-") {
        return reader.read_file(path);
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take((MAX_MIB << 20) + 1).read_to_end(&mut bytes);
    read.map_err(|e| Skipped::Unreadable(e.to_string()))?;
    reader.read("-", &bytes)
}
