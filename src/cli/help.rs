//! `demarche help TOPIC`, shell completions, man pages: all made from the table of flags and the topic pages.

use super::error::CommandError;
use super::opts::{self, Opts};
use super::ui::{Exit, Ui};
use clap::CommandFactory;
use std::io::Write;

/// Pages that belong to no single command.
const TOPICS: &[(&str, &str)] = &[
    ("query", include_str!("topics/query.txt")),
    ("json", include_str!("topics/json.txt")),
    ("exit-codes", include_str!("topics/exit-codes.txt")),
    ("accusations", include_str!("topics/accusations.txt")),
    ("copies", include_str!("topics/copies.txt")),
    ("export", include_str!("topics/export.txt")),
    ("formats", include_str!("topics/formats.txt")),
];

pub(super) fn topic(args: &opts::Help, ui: &Ui) -> Result<Exit, CommandError> {
    let mut command = Opts::command();
    let mut out = ui.out();
    let Some(topic) = &args.topic else {
        write!(out, "{}", command.render_long_help())?;
        return Ok(Exit::Found);
    };
    if let Some((_, page)) = TOPICS.iter().find(|(name, _)| name == topic) {
        write!(out, "{page}")?;
    } else if topic == "rules" {
        rules(&mut out)?;
    } else if let Some(sub) = command.find_subcommand_mut(topic) {
        let mut sub = sub.clone().bin_name(format!("demarche {topic}"));
        write!(out, "{}", sub.render_long_help())?;
    } else {
        return Err(CommandError::new(format!("no command or topic is called `{topic}`")).hint("demarche help"));
    }
    out.flush()?;
    Ok(Exit::Found)
}

fn rules(out: &mut impl Write) -> Result<(), CommandError> {
    writeln!(out, "Why a block of a page is not part of the article. `demarche show --removed` names the rule of each.\n")?;
    for rule in demarche::clean::rules() {
        writeln!(out, "  {:<18} {}", rule.name, rule.why)?;
    }
    Ok(())
}

pub(super) fn completions(args: &opts::Completions, ui: &Ui) -> Result<Exit, CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Opts::command(), "demarche", &mut script);
    ui.out().write_all(&script)?;
    Ok(Exit::Found)
}

pub(super) fn man(args: &opts::Man, ui: &Ui) -> Result<Exit, CommandError> {
    let command = Opts::command();
    if let Some(folder) = &args.out {
        std::fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(command, folder))
            .map_err(|e| CommandError::new(format!("{}: cannot write man pages: {e}", folder.display())))?;
        return Ok(Exit::Found);
    }
    let mut page = Vec::new();
    let man = clap_mangen::Man::new(command);
    man.render(&mut page)?;
    ui.out().write_all(&page)?;
    Ok(Exit::Found)
}
