//! `demarche show`: one article for a reader.

use super::error::CommandError;
use super::opts;
use super::ui::{Exit, Ui};
use demarche::present::{ArticleView, Style, escape, write_article};
use demarche::{Article, Index, Reader, knowledge::Knowledge};
use std::io::Write;
use std::path::Path;

pub(super) fn run(args: &opts::Show, ui: &Ui) -> Result<Exit, CommandError> {
    let mut out = ui.out();
    let view = ArticleView { width: ui.width(), annotations: args.annotations, removed: args.removed, palette: ui.palette };
    let mut shown = 0;
    for name in &args.articles {
        let Some(article) = find(name, args, ui)? else { continue };
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

fn find(name: &str, args: &opts::Show, ui: &Ui) -> Result<Option<Article>, CommandError> {
    let path = Path::new(name);
    if !path.is_file() && name != "-" {
        return Ok(Some(Index::open(&args.at.index)?.get(name)?));
    }
    match super::extract::read(&Reader::new(Knowledge::builtin()), path) {
        Ok(article) => Ok(Some(article)),
        Err(skipped) => {
            super::report_skipped(ui, path, &skipped, true);
            Ok(None)
        }
    }
}

/// Block by block: kept or removed, and by which rule.
pub(super) fn explain(out: &mut impl Write, article: &Article, ui: &Ui) -> Result<(), CommandError> {
    writeln!(out, "{}", ui.palette.paint(Style::Path, &escape(&article.path)))?;
    let mut removed = article.removed.iter().peekable();
    let mut line = |verdict: &str, text: &str, kept: bool| {
        let text = escape(text).replace(['\n', '\t'], " ");
        let line = format!("{verdict:<20} {text}");
        writeln!(out, "{}", if kept { line } else { ui.palette.paint(Style::Dim, &line) })
    };
    for block in &article.blocks {
        while let Some(gone) = removed.next_if(|r| r.at < block.span.end) {
            line(&format!("- {}", gone.rule), &gone.text, false)?;
        }
        line(&format!("+ {}", block.kind.as_str()), block.span.of(&article.body).unwrap_or_default(), true)?;
    }
    for gone in removed {
        line(&format!("- {}", gone.rule), &gone.text, false)?;
    }
    Ok(())
}
