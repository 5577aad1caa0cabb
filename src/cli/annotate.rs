//! `demarche annotate`: texts as JSON Lines in, their actors, dates and claims out.

use super::error::CommandError;
use super::ui::{Exit, Ui};
use demarche::annotate::Context;
use demarche::{Reader, knowledge::Knowledge};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, Write};

#[derive(Deserialize)]
struct Input {
    id: serde_json::Value,
    text: String,
    published: Option<String>,
}

#[derive(Serialize)]
struct Output {
    id: serde_json::Value,
    actors: Vec<demarche::Mention>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    equated: Vec<demarche::Equated>,
    dates: Vec<demarche::DateMention>,
    claims: Vec<demarche::Claim>,
}

pub(super) fn run(ui: &Ui) -> Result<Exit, CommandError> {
    let reader = Reader::new(Knowledge::builtin());
    let mut out = ui.out();
    let mut any = false;
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = match line {
            Ok(line) if line.trim().is_empty() => continue,
            Ok(line) => line,
            Err(error) => {
                ui.soft_error(&format!("standard input, line {}: {error}", number + 1));
                continue;
            }
        };
        let input: Input = match serde_json::from_str(&line) {
            Ok(input) => input,
            Err(error) => {
                ui.soft_error(&format!("standard input, line {}: {error}", number + 1));
                continue;
            }
        };
        let published = input.published.as_deref().map(str::parse).transpose();
        let published = published.unwrap_or_else(|_| {
            ui.soft_error(&format!("standard input, line {}: `published` is not a date YYYY-MM-DD", number + 1));
            None
        });
        let found = reader.annotate_text(&input.text, &Context { published, ..Context::default() });
        let output = Output { id: input.id, actors: found.actors, equated: found.equated, dates: found.dates, claims: found.claims };
        serde_json::to_writer(&mut out, &super::Formatted::new(&output))?;
        out.write_all(b"\n")?;
        any = true;
    }
    out.flush()?;
    Ok(if any { Exit::Found } else { Exit::Nothing })
}
