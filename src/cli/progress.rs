//! Progress of long work on standard error: only on a terminal, only once it takes longer than a second.

use super::ui::Ui;
use demarche::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// How long work may take before it shows.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar that appears when it is worth it.
pub(super) struct Bar {
    started: Instant,
    bar: Option<ProgressBar>,
    wanted: bool,
}

impl Bar {
    pub(super) fn new(ui: &Ui) -> Self {
        Bar { started: Instant::now(), bar: None, wanted: !ui.quiet && std::io::stderr().is_terminal() }
    }

    pub(super) fn show(&mut self, progress: Progress) {
        if !self.wanted || self.started.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(Some(progress.bytes_total), ProgressDrawTarget::stderr_with_hz(10));
            let style = ProgressStyle::with_template("{bar:24} {msg} files  {binary_bytes_per_sec}  {eta} left");
            if let Ok(style) = style {
                bar.set_style(style.progress_chars("━╸ "));
            }
            bar
        });
        bar.set_length(progress.bytes_total);
        bar.set_position(progress.bytes);
        bar.set_message(format!("{}/{}", progress.files, progress.files_total));
    }

    pub(super) fn done(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
