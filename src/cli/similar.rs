//! `demarche similar`: articles like a given one.

use super::error::CommandError;
use super::ui::{Exit, Ui};
use super::{asked, list, opts, show};
use std::io::Write;

pub(super) fn run(args: &opts::Similar, ui: &Ui) -> Result<Exit, CommandError> {
    let options = list::options(&args.list, asked::options(&args.narrow)?)?;
    let index = asked::index(&args.narrow, ui)?;
    let Some(article) = show::find(&args.article, &args.narrow.at.index, ui)? else { return Ok(Exit::Nothing) };
    let mut out = ui.out();
    let hits = list::Printer::new(&args.list, ui).print_all(&mut out, index.similar(&article, &options)?)?;
    out.flush()?;
    Ok(if hits.total > 0 { Exit::Found } else { Exit::Nothing })
}
