//! `demarche show`: one article for a reader.

use super::error::CommandError;
use super::opts;
use super::ui::{Exit, Ui};
use demarche::present::{ArticleView, write_article};
use demarche::{Article, Index, Reader, decode::parts_of, knowledge::Knowledge};
use std::io::Write;
use std::path::Path;

pub(super) fn run(args: &opts::Show, ui: &Ui) -> Result<Exit, CommandError> {
    let mut out = ui.out();
    let view = ArticleView { width: ui.width(), annotations: args.annotations, removed: args.removed, palette: ui.palette };
    let mut shown = 0;
    for name in &args.articles {
        let Some(article) = find(name, &args.at.index, ui)? else { continue };
        if args.json {
            serde_json::to_writer(&mut out, &super::Formatted::new(&article))?;
            writeln!(out)?;
        } else {
            if shown > 0 {
                writeln!(out)?;
            }
            write_article(&mut out, &article, &view)?;
        }
        shown += 1;
    }
    out.flush()?;
    Ok(if shown > 0 { Exit::Found } else { Exit::Nothing })
}

/// From the index, which knows what the other articles of its site have in common; a file that is in none is read by itself.
pub(super) fn find(name: &str, index: &Path, ui: &Ui) -> Result<Option<Article>, CommandError> {
    let indexed = Index::open(index).and_then(|index| index.get(name));
    let error = match indexed {
        Ok(article) => return Ok(Some(article)),
        Err(error) => error,
    };
    let whole = std::iter::once((name, "")).filter(|(file, _)| *file == "-" || Path::new(file).is_file());
    let Some((file, entry)) = whole.chain(parts_of(name).filter(|(file, _)| Path::new(file).is_file())).next() else {
        return Err(error.into());
    };
    let reader = Reader::new(Knowledge::builtin());
    match super::extract::open(Path::new(file)).and_then(|input| reader.read_entry(file, entry, input)) {
        Ok(article) => Ok(Some(article)),
        Err(skipped) => {
            super::report_skipped(ui, Path::new(name), &skipped, true);
            Ok(None)
        }
    }
}
