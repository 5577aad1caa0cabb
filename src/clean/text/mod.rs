//! Lines without mark-up: which of them are the article.
//!
//! Each line is described by named observations ([`observe`]) and the page is read as a sequence of states ([`model`]).

mod cues;
mod line;
mod model;
mod observe;

use super::Verdicts;
use crate::article::{Block, BlockKind, Page};
use model::State;
use observe::Context;

/// Judges every line of a text.
pub(super) fn judge(page: &Page) -> Verdicts {
    let mut verdicts: Verdicts = page.blocks.iter().map(by_kind).collect();
    let open: Vec<usize> = (0..page.blocks.len()).filter(|&i| verdicts[i].is_none()).collect();
    let blocks: Vec<&Block> = open.iter().map(|&i| &page.blocks[i]).collect();
    let title = page.metadata.title.as_ref().map_or("", |t| t.value.as_str());
    let context = Context::of(&blocks, title);
    let states = if is_plain(&context) { vec![State::Body; blocks.len()] } else { model::decode(&context) };
    let mut titled = false;
    for (i, (&at, state)) in open.iter().zip(states).enumerate() {
        verdicts[at] = if context.is_title(i) && (i < context.core.0 || i == 0 || state != State::Body) {
            Some(if std::mem::replace(&mut titled, true) { "title-repeated" } else { "title" })
        } else {
            match state {
                State::Body => None,
                State::Before => Some(rule(&context, i, "before-article")),
                State::Inset => Some(rule(&context, i, "inset")),
                State::After => Some(rule(&context, i, "after-article")),
            }
        };
    }
    verdicts
}

/// What the kind of a block decides: fields above the text and words that stand for a picture are not the article.
fn by_kind(block: &Block) -> Option<&'static str> {
    match block.kind {
        BlockKind::Control => Some("field"),
        BlockKind::Caption if block.level == 0 => Some("picture"),
        _ => None,
    }
}

/// The cue's rule for a line that has one, else the rule of its place.
fn rule(context: &Context, i: usize, place: &'static str) -> &'static str {
    let line = &context.lines[i];
    if line.code {
        return "shortcode";
    }
    line.cues.iter().next().and_then(|class| cues::CLASSES.get(class)).copied().unwrap_or(place)
}

/// Whether nothing of a page stands around the text: no short line that holds a cue, no run of labels. Then all of it is the article.
fn is_plain(context: &Context) -> bool {
    const FURNITURE: [&str; 11] =
        ["also-read", "related", "share", "newsletter", "cookie", "copyright", "comments", "advert", "menu", "audio", "bio"];
    let mut labels = 0;
    context.lines.iter().all(|line| {
        labels = if line.words <= 4 { labels + 1 } else { 0 };
        labels < 5 && !line.code && !(line.words <= 20 && FURNITURE.iter().any(|class| line.cues.has(class)))
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod fit {
    //! Writes what the model sees, for fitting its weights.

    use super::*;

    /// For each `*.txt` or `*.md` file of the folder `DEMARCHE_FIT`: a file `.obs` beside it, a line each block, its observations and then its text.
    #[test]
    #[ignore = "writes files; for fitting the weights"]
    fn write_observations() {
        let Ok(folder) = std::env::var("DEMARCHE_FIT") else { return };
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|e| e != "txt") {
                continue;
            }
            let page = crate::extract::extract(crate::Source::Text, &std::fs::read_to_string(&path).unwrap());
            let context =
                Context::of(&page.blocks.iter().collect::<Vec<_>>(), page.metadata.title.as_ref().map_or("", |t| t.value.as_str()));
            let mut out = String::new();
            let mut seen = Vec::new();
            for (i, block) in page.blocks.iter().enumerate() {
                context.observe(i, &mut seen);
                for o in &seen {
                    out.push_str(&format!("{}:{}:{} ", observe::FAMILIES[o.family as usize], o.offset, o.value));
                }
                out.push('\t');
                out.push_str(&block.text.replace('\n', " "));
                out.push('\n');
            }
            std::fs::write(path.with_extension("obs"), out).unwrap();
        }
    }
}
