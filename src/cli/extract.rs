//! `demarche extract`.
use demarche::{Reader, knowledge::Knowledge, walk::walk};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

pub(super) fn run(paths: &[PathBuf]) -> ExitCode {
    let reader = Reader::new(Knowledge::builtin());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for root in paths {
        for found in walk(root).0 {
            let Ok(bytes) = std::fs::read(&found.path) else { continue };
            match reader.read(&found.path.to_string_lossy(), &bytes) {
                Ok(article) => {
                    if serde_json::to_writer(&mut out, &article).is_err() || out.write_all(b"\n").is_err() {
                        return ExitCode::SUCCESS;
                    }
                }
                Err(skipped) => eprintln!("demarche: {}: {skipped}", found.path.display()),
            }
        }
    }
    ExitCode::SUCCESS
}
