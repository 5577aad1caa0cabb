//! `demarche annotate`.
use demarche::annotate::Context;
use demarche::{Reader, knowledge::Knowledge};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, Write};
use std::process::ExitCode;

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
    dates: Vec<demarche::DateMention>,
    claims: Vec<demarche::Claim>,
}

pub(super) fn run() -> ExitCode {
    let reader = Reader::new(Knowledge::builtin());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { return ExitCode::from(2) };
        let Ok(input) = serde_json::from_str::<Input>(&line) else { return ExitCode::from(2) };
        let context = Context { published: input.published.as_deref().and_then(|d| d.parse().ok()), ..Context::default() };
        let found = reader.annotate_text(&input.text, &context);
        let output = Output { id: input.id, actors: found.actors, dates: found.dates, claims: found.claims };
        if serde_json::to_writer(&mut out, &output).is_err() || out.write_all(b"\n").is_err() {
            return ExitCode::SUCCESS;
        }
    }
    ExitCode::SUCCESS
}
