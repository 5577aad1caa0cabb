//! Actors, dates and claims in a text: every span lies on character boundaries of it, and what it says of the surface is so.
#![no_main]

use demarche::annotate::{Annotator, Context};
use demarche::knowledge::Knowledge;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static ANNOTATOR: LazyLock<Annotator<'static>> = LazyLock::new(|| Annotator::new(Knowledge::builtin()));

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let published = bytes.first().filter(|b| **b < 128).and_then(|_| "2021-07-19".parse().ok());
    let found = ANNOTATOR.annotate(&text, &Context { published, ..Context::default() });
    for actor in &found.actors {
        assert_eq!(text.get(actor.span.start..actor.span.end), Some(actor.surface.as_str()));
    }
    for date in &found.dates {
        assert_eq!(text.get(date.span.start..date.span.end), Some(date.surface.as_str()));
    }
    for claim in &found.claims {
        assert!(text.get(claim.span.start..claim.span.end).is_some());
    }
});
