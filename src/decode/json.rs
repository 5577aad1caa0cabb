//! JSON of crawlers: one record, records one after the other (JSON Lines), an array of them, or a document with a list of them (JSON Feed, answers
//! of search services).
//!
//! Streamed: one record is held. A file with one record alone is an article; in all others a record is named by its id, else its address, else its
//! number.

use super::MAX_MIB;
use super::entries::{Entries, Flow, Stop};
use super::format::{Format, Head, Reads};
use super::input::Input;
use super::record::{Record, Records, Value};
use crate::error::Skipped;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::cell::Cell;
use std::fmt;
use std::io::{BufRead, BufReader};

pub(super) const FORMAT: Format = Format { name: "json", version: 1, tells: is_json, reads: Reads::Many(read) };

/// Values in one record, and how deep they lie; what goes beyond is left out.
const VALUES: u32 = 100_000;
const DEPTH: usize = 8;

/// An object with a key, or an array of objects.
fn is_json(head: &Head<'_>) -> bool {
    let bytes = head.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head.bytes);
    let mut bytes = bytes.iter().filter(|b| !b.is_ascii_whitespace());
    matches!((bytes.next(), bytes.next()), (Some(b'{'), Some(b'"' | b'}')) | (Some(b'['), Some(b'{' | b']')))
}

fn read(_: &str, input: Input<'_>, entries: &mut Entries<'_>) -> Flow {
    let mut values = Values::new(BufReader::with_capacity(64 << 10, input));
    let mut records = Records::default();
    let Some(first) = values.next()? else { return Err(Skipped::Empty.into()) };
    // Whether it is the only one is known when there is no second; what breaks off before that is no whole file.
    let second = values.next();
    if !values.in_array && matches!(second, Ok(None)) {
        return document(first?, entries);
    }
    records.add(first.and_then(|bytes| record(&bytes)), entries)?;
    let mut next = second?;
    while let Some(value) = next {
        records.add(value.and_then(|bytes| record(&bytes)), entries)?;
        next = values.next()?;
    }
    records.end()
}

/// A file with one object: a record, or lists of records somewhere in it.
fn document(bytes: Vec<u8>, entries: &mut Entries<'_>) -> Flow {
    let whole = record(&bytes)?;
    if let Some((_, decoded)) = whole.article(entries.fields, false) {
        return entries.only(Ok(decoded));
    }
    let (mut records, mut flow) = (Records::default(), Ok(()));
    let mut each = |record: Record| {
        flow = records.add(Ok(record), entries);
        flow.is_ok()
    };
    let lists = Lists { depth: 0, each: &mut each };
    // Broken JSON was told above; another error is our own wish to stop.
    let _ = lists.deserialize(&mut serde_json::Deserializer::from_slice(&bytes));
    match flow {
        Err(Stop::Broken(_)) | Ok(()) if records.end().is_err() => match whole.article(entries.fields, true) {
            Some((_, decoded)) => entries.only(Ok(decoded)),
            None => Err(Skipped::Format("JSON without articles".into()).into()),
        },
        flow => flow,
    }
}

/// Reads one record, for whoever has its bytes.
fn record(bytes: &[u8]) -> Result<Record, Skipped> {
    let budget = Cell::new(VALUES);
    let mut json = serde_json::Deserializer::from_slice(bytes);
    match (Bounded { depth: 0, budget: &budget }).deserialize(&mut json).and_then(|value| json.end().map(|()| value)) {
        Ok(Value::Map(map)) => Ok(Record::new(map)),
        Ok(_) => Ok(Record::new(Vec::new())),
        Err(error) => Err(Skipped::Broken(error.to_string())),
    }
}

/// Splits a stream into its values: those of the outermost array, or those that follow each other.
struct Values<R> {
    bytes: R,
    in_array: bool,
    begun: bool,
}

impl<R: BufRead> Values<R> {
    fn new(bytes: R) -> Self {
        Values { bytes, in_array: false, begun: false }
    }

    /// The bytes of the next object; other values are passed over.
    fn next(&mut self) -> Result<Option<Result<Vec<u8>, Skipped>>, Stop> {
        let limit = (MAX_MIB << 20) as usize;
        let mut value = Vec::new();
        let (mut depth, mut in_text, mut escaped, mut too_large) = (0u64, false, false, false);
        loop {
            let part = self.bytes.fill_buf()?;
            if part.is_empty() {
                return match depth {
                    0 if !self.in_array => Ok(None),
                    0 => Err(Skipped::Broken("the array has no end".into()).into()),
                    _ if too_large => Ok(Some(Err(Skipped::TooLarge { limit: MAX_MIB }))),
                    _ => Err(Skipped::Broken("it ends within a record".into()).into()),
                };
            }
            let mut taken = part.len();
            let mut done = None;
            let from = if depth > 0 { 0 } else { part.iter().position(|b| matches!(b, b'{' | b'[' | b']')).unwrap_or(part.len()) };
            for (at, byte) in part.iter().enumerate().skip(from) {
                if in_text {
                    match byte {
                        _ if escaped => escaped = false,
                        b'\\' => escaped = true,
                        b'"' => in_text = false,
                        // No text of JSON goes over the end of a line: the record is broken, the next line is another.
                        b'\n' => done = Some((at + 1, Err(Skipped::Broken("a text has no end".into())))),
                        _ => {}
                    }
                } else {
                    match byte {
                        b'"' if depth > 0 => in_text = true,
                        b'[' if depth == 0 && !self.begun => (self.in_array, self.begun) = (true, true),
                        b'{' | b'[' => {
                            self.begun = true;
                            depth += 1;
                        }
                        b'}' | b']' if depth > 0 => {
                            depth -= 1;
                            if depth == 0 {
                                done = Some((at + 1, Ok(())));
                            }
                        }
                        b']' if self.in_array => {
                            // What follows the array is not looked at.
                            return Ok(None);
                        }
                        _ => {}
                    }
                }
                if done.is_some() {
                    break;
                }
                if depth > 0 && !too_large {
                    value.push(*byte);
                    if value.len() >= limit {
                        too_large = true;
                        value = Vec::new();
                    }
                }
            }
            if let Some((end, _)) = &done {
                taken = *end;
            }
            let last = part.get(taken - 1).copied();
            self.bytes.consume(taken);
            match done {
                Some((_, Err(skipped))) => return Ok(Some(Err(skipped))),
                Some(_) if too_large => return Ok(Some(Err(Skipped::TooLarge { limit: MAX_MIB }))),
                Some(_) => {
                    value.extend(last);
                    return Ok(Some(Ok(value)));
                }
                None => {}
            }
        }
    }
}

/// A value with bounds.
#[derive(Clone, Copy)]
struct Bounded<'b> {
    depth: usize,
    budget: &'b Cell<u32>,
}

impl<'de> DeserializeSeed<'de> for Bounded<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Value, D::Error> {
        let left = self.budget.get();
        if left == 0 || self.depth > DEPTH {
            return json.deserialize_ignored_any(IgnoredAny).map(|_| nothing());
        }
        self.budget.set(left - 1);
        json.deserialize_any(self)
    }
}

fn nothing() -> Value {
    Value::Text(String::new())
}

impl<'de> Visitor<'de> for Bounded<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(nothing())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Text(format!("{number:.0}")))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(nothing())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        let inner = Bounded { depth: self.depth + 1, ..self };
        while let Some(value) = seq.next_element_seed(inner)? {
            if self.budget.get() > 0 {
                list.push(value);
            }
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Vec::new();
        let inner = Bounded { depth: self.depth + 1, ..self };
        while let Some(name) = map.next_key::<String>()? {
            let value = map.next_value_seed(inner)?;
            if self.budget.get() > 0 {
                fields.push((name, value));
            }
        }
        Ok(Value::Map(fields))
    }
}

/// Hands over the objects of all arrays in a document that lie in no other array.
struct Lists<'e> {
    depth: usize,
    each: &'e mut dyn FnMut(Record) -> bool,
}

impl<'de> DeserializeSeed<'de> for Lists<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        if self.depth > DEPTH { json.deserialize_ignored_any(IgnoredAny).map(|_| ()) } else { json.deserialize_any(self) }
    }
}

impl<'de> Visitor<'de> for Lists<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        loop {
            let budget = Cell::new(VALUES);
            match seq.next_element_seed(Bounded { depth: 0, budget: &budget })? {
                Some(Value::Map(map)) => {
                    if !(self.each)(Record::new(map)) {
                        return Err(serde::de::Error::custom("stopped"));
                    }
                }
                Some(_) => {}
                None => return Ok(()),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_key::<IgnoredAny>()?.is_some() {
            map.next_value_seed(Lists { depth: self.depth + 1, each: &mut *self.each })?;
        }
        Ok(())
    }
}
