//! CSL-JSON: one array of items, as citation processors read them.

use super::HitWriter;
use super::bibliography::{day, line, person};
use crate::search::Hit;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

#[derive(Default)]
pub(super) struct CslJson {
    begun: bool,
}

impl HitWriter for CslJson {
    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        write!(out, "{}", if std::mem::replace(&mut self.begun, true) { ",\n" } else { "[\n" })?;
        let mut item = Map::new();
        item.insert("id".into(), json!(hit.id));
        item.insert("type".into(), json!(if hit.url.is_some() { "webpage" } else { "article-newspaper" }));
        let fields = [
            ("title", &hit.title),
            ("container-title", &hit.publisher),
            ("publisher", &hit.publisher),
            ("URL", &hit.url),
            ("language", &hit.language),
        ];
        for (name, value) in fields {
            if let Some(value) = value.as_deref().map(line).filter(|v| !v.is_empty()) {
                item.insert(name.into(), json!(value));
            }
        }
        let name = |author: &String| match person(author) {
            Some((family, given)) => json!({"family": line(&family), "given": line(&given)}),
            None => json!({"literal": line(author)}),
        };
        let authors: Vec<Value> = hit.authors.iter().filter(|a| !a.trim().is_empty()).map(name).collect();
        if !authors.is_empty() {
            item.insert("author".into(), Value::Array(authors));
        }
        let day = day(hit);
        if !day.is_empty() {
            item.insert("issued".into(), json!({"date-parts": [day]}));
        }
        item.insert("archive_location".into(), json!(hit.path));
        serde_json::to_writer(&mut *out, &item)?;
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", if self.begun { "\n]" } else { "[]" })
    }
}
