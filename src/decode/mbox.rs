//! Mail boxes (RFC 4155 and its older kin): messages one after the other, each below a line that begins with `From `.
//!
//! A message is named by its `Message-ID`, what is attached to it by its file name below that. Streamed: only one message is held.

use super::entries::{Entries, Flow};
use super::format::{Format, Head, Reads};
use super::input::{Budget, Input};
use super::lines::{Line, next_line};
use super::{MAX_MIB, mail};
use crate::error::Skipped;
use std::io::BufReader;
use std::rc::Rc;

pub(super) const FORMAT: Format = Format { name: "mbox", version: 2, tells: is_mbox, reads: Reads::Many(read) };

/// What the line above a message begins with.
const ABOVE: &[u8] = b"From ";

/// Whether a file is a mail box: a line with a sender and a time, and the head of a message below it.
fn is_mbox(head: &Head<'_>) -> bool {
    let Some(at) = head.bytes.iter().position(|b| *b == b'\n') else { return false };
    is_above(&head.bytes[..at]) && mail::has_head(&head.bytes[at + 1..])
}

/// Whether a line stands above a message: a sender, and a time with a clock and a year in it.
fn is_above(line: &[u8]) -> bool {
    let year = || line.windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
    line.starts_with(ABOVE) && line.len() < 1000 && line.contains(&b':') && year()
}

fn read(_: &str, input: Input<'_>, entries: &mut Entries<'_>) -> Flow {
    let (limit, budget) = ((MAX_MIB << 20) as usize, input.budget());
    let mut lines = BufReader::with_capacity(64 << 10, input);
    let mut message = Message::default();
    let (mut line, mut after_blank) = (Vec::new(), true);
    loop {
        // What breaks off takes the message along that it breaks off in.
        let read = next_line(&mut lines, &mut line, limit)?;
        if read == Line::None || after_blank && is_above(&line) {
            message.hand_over(&budget, entries)?;
            if read == Line::None {
                return Ok(());
            }
            message.number += 1;
        } else {
            // `>From ` at the beginning of a line of the text was written `From `.
            let quoted = line.iter().take_while(|b| **b == b'>').count();
            let quoted = quoted > 0 && line[quoted..].starts_with(ABOVE);
            let text = &line[usize::from(quoted)..];
            message.too_large |= read == Line::Cut || message.bytes.len() + text.len() > limit;
            if !message.too_large {
                message.bytes.extend_from_slice(text);
            }
        }
        after_blank = matches!(line.as_slice(), b"\n" | b"\r\n");
    }
}

/// The message that is being read.
#[derive(Default)]
struct Message {
    number: usize,
    bytes: Vec<u8>,
    too_large: bool,
}

impl Message {
    fn hand_over(&mut self, budget: &Rc<Budget>, entries: &mut Entries<'_>) -> Flow {
        let bytes = std::mem::take(&mut self.bytes);
        let too_large = std::mem::take(&mut self.too_large);
        if self.number == 0 {
            return Ok(());
        }
        if too_large {
            return entries.give(&self.number.to_string(), Err(Skipped::TooLarge { limit: MAX_MIB }));
        }
        let letter = mail::message(&bytes);
        let id = letter.id.unwrap_or_else(|| self.number.to_string());
        entries.give(&id, letter.text)?;
        letter.attached.iter().try_for_each(|(name, bytes)| entries.within(&format!("{id}/{name}"), bytes.as_slice(), budget))
    }
}
