//! Records of crawlers: named fields, of which one holds the text. Which names mean what is a table; what a user says goes first.

use super::entries::{Entries, Flow};
use super::markup::{is_markup, plain};
use super::{Decoded, Fields, Metadata};
use crate::article::{Source, Valued};
use crate::error::Skipped;

/// A value of a field.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

/// Names of fields in the order in which they are believed, in small letters, without what parts their words.
const NAMES: [(&str, &[&str]); 9] = [
    (
        "text",
        &[
            "maintext",
            "articlebody",
            "fulltext",
            "plaintext",
            "bodytext",
            "articletext",
            "contenttext",
            "cleantext",
            "cleanedtext",
            "rawtext",
            "text",
            "body",
            "contenthtml",
            "articlehtml",
            "content",
            "articlecontent",
            "contentencoded",
            "markdown",
            "story",
            "html",
            "rawhtml",
            "bodyhtml",
            "pagehtml",
            "paragraphs",
        ],
    ),
    // A text only where a title and an address or day stand beside it: other things have descriptions too.
    ("teaser", &["description", "summary", "abstract", "excerpt", "lead", "leadtext", "snippet"]),
    ("title", &["title", "headline", "articletitle", "newstitle", "pagetitle", "heading", "subject"]),
    ("authors", &["authors", "author", "byline", "creator", "creators", "writer", "writers", "articleauthor", "authorname", "dccreator"]),
    (
        "publisher",
        &["publisher", "publication", "outlet", "sitename", "newspaper", "sourcename", "publishername", "source", "site", "website"],
    ),
    (
        "published",
        &[
            "datepublish",
            "datepublished",
            "publisheddate",
            "publishdate",
            "publishedat",
            "publishedon",
            "publishingdate",
            "publicationdate",
            "pubdate",
            "published",
            "publishtime",
            "publisheddatetime",
            "date",
            "dateposted",
            "postdate",
            "datetime",
            "articledate",
            "timestamp",
            "createdat",
            "created",
        ],
    ),
    ("modified", &["datemodify", "datemodified", "modifieddate", "modified", "modifiedat", "updatedat", "updated", "lastmodified"]),
    (
        "url",
        &[
            "url",
            "link",
            "canonicalurl",
            "articleurl",
            "pageurl",
            "permalink",
            "canonicallink",
            "weburl",
            "sourceurl",
            "externalurl",
            "uri",
            "href",
        ],
    ),
    ("language", &["language", "lang", "languagecode", "locale"]),
];
/// What names a record.
const IDS: &[&str] = &["id", "guid", "uuid", "articleid", "docid", "documentid"];
/// Keys of the value proper of a field that is a map.
const INNER: &[&str] = &["rendered", "name", "text", "value", "html", "plaintext"];
/// How many maps may lie around the fields of a record, such as the envelope of a search engine.
const ENVELOPES: usize = 2;
/// Values that say nothing.
const NOTHING: [&str; 4] = ["null", "none", "nan", "n/a"];

impl Value {
    /// The value as text, its parts as paragraphs.
    fn text(&self) -> String {
        let mut parts = Vec::new();
        self.parts(&mut parts);
        parts.join("\n\n")
    }

    /// All texts in it, in order.
    fn parts(&self, parts: &mut Vec<String>) {
        match self {
            Value::Text(text) if text.trim().is_empty() || NOTHING.contains(&text.trim().to_lowercase().as_str()) => {}
            Value::Text(text) => parts.push(text.clone()),
            Value::List(list) => list.iter().for_each(|value| value.parts(parts)),
            Value::Map(map) => match INNER.iter().find_map(|key| map.iter().find(|(name, _)| name == key)) {
                Some((_, value)) => value.parts(parts),
                None => map.iter().for_each(|(_, value)| value.parts(parts)),
            },
        }
    }
}

/// A field's name without case and without what parts its words.
fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A record as it was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Record {
    fields: Vec<(String, Value)>,
    /// The names of the fields as they are looked for.
    keys: Vec<String>,
}

impl Record {
    pub(super) fn new(fields: Vec<(String, Value)>) -> Self {
        let keys = fields.iter().map(|(name, _)| key(name)).collect();
        Record { fields, keys }
    }

    /// The field of a role: what the user said, else the first usual name that has a value.
    fn find(&self, role: &str, fields: &Fields) -> Option<(&str, String)> {
        let found =
            |(name, value): &'_ (String, Value)| Some(value.text()).filter(|text| !text.is_empty()).map(|text| (name.clone(), text));
        if let Some(said) = fields.of(role) {
            let at = said.split('.').try_fold(None::<&(String, Value)>, |at, part| {
                let map = match at {
                    None => &self.fields,
                    Some((_, Value::Map(map))) => map,
                    Some(_) => return None,
                };
                map.iter().find(|(name, _)| name == said || name == part).map(Some)
            });
            let field = self.fields.iter().find(|(name, _)| name == said).or(at.flatten())?;
            return found(field).map(|(_, text)| (field.0.as_str(), text));
        }
        let names = NAMES.iter().find(|(of, _)| *of == role).map_or(IDS, |(_, names)| *names);
        names.iter().find_map(|wanted| {
            let at = self.keys.iter().position(|key| key == wanted)?;
            let field = self.fields.get(at)?;
            found(field).map(|(_, text)| (field.0.as_str(), text))
        })
    }

    /// What the user calls a record, else what its fields do.
    fn name(&self, fields: &Fields) -> Option<String> {
        let text = |role| self.find(role, fields).map(|(_, text)| text).filter(|text| text.len() < 2000);
        text("id").or_else(|| text("url"))
    }

    /// Its text with what it tells of it.
    pub(super) fn article(&self, fields: &Fields, teasers: bool) -> Option<(Option<String>, Decoded)> {
        self.unwrapped(fields, teasers, 0)
    }

    fn unwrapped(&self, fields: &Fields, teasers: bool, depth: usize) -> Option<(Option<String>, Decoded)> {
        let text = self.find("text", fields).or_else(|| {
            let beside = || self.find("url", fields).or_else(|| self.find("published", fields));
            self.find("teaser", fields).filter(|_| teasers && self.find("title", fields).is_some() && beside().is_some())
        });
        let Some((name, text)) = text else {
            let inner =
                self.fields.iter().filter_map(|(_, value)| if let Value::Map(map) = value { Some(Record::new(map.clone())) } else { None });
            return inner.filter(|_| depth < ENVELOPES).find_map(|record| {
                let (id, decoded) = record.unwrapped(fields, teasers, depth + 1)?;
                Some((self.name(fields).or(id), decoded))
            });
        };
        let source = if is_markup(&text) {
            Source::Html
        } else if key(name).contains("markdown") {
            Source::Markdown
        } else {
            Source::Text
        };
        let told =
            |role| self.find(role, fields).map(|(name, text)| Valued::new(plain(&text), format!("field `{name}` of the record"), 1.0));
        let told = Metadata {
            title: told("title"),
            authors: self.authors(fields),
            publisher: told("publisher"),
            url: told("url"),
            published: told("published"),
            modified: told("modified"),
            language: told("language"),
            declared_body: None,
        };
        Some((self.name(fields), Decoded { source, text, charset: "UTF-8", told }))
    }

    fn authors(&self, fields: &Fields) -> Option<Valued<Vec<String>>> {
        let (name, _) = self.find("authors", fields)?;
        let mut parts = Vec::new();
        self.fields.iter().find(|(n, _)| n == name).iter().for_each(|(_, value)| value.parts(&mut parts));
        // A list that was written into a cell: `['Ada Quill', 'Bo Reed']`.
        let names = parts.iter().flat_map(|part| {
            let list = part.trim().strip_prefix('[').and_then(|part| part.strip_suffix(']'));
            let names: Vec<String> = match list {
                Some(list) => list.split(',').map(|name| plain(name.trim().trim_matches(['\'', '"']))).collect(),
                None => part.split([';', '|']).map(plain).collect(),
            };
            names.into_iter().filter(|name| !name.is_empty())
        });
        Some(Valued::new(names.collect(), format!("field `{name}` of the record"), 1.0))
    }
}

/// Records without a text at the head of a file after which it is taken to be no file of articles.
const PATIENCE: usize = 100;

/// Hands over the records of a file that has any with a text.
#[derive(Debug, Default)]
pub(super) struct Records {
    number: usize,
    any: bool,
    /// Names of the records without a text before the first that has one.
    without: Vec<String>,
}

impl Records {
    pub(super) fn add(&mut self, record: Result<Record, Skipped>, entries: &mut Entries<'_>) -> Flow {
        self.number += 1;
        let number = self.number.to_string();
        let (name, read) = match record {
            Ok(record) => match record.article(entries.fields, true) {
                Some((name, decoded)) => (name.unwrap_or(number), Ok(decoded)),
                None => (record.name(entries.fields).unwrap_or(number), Err(Skipped::Empty)),
            },
            Err(skipped) => (number, Err(skipped)),
        };
        let is_text = read.is_ok() || matches!(read, Err(Skipped::Broken(_) | Skipped::TooLarge { .. }));
        if !self.any && !is_text {
            self.without.push(name);
            return if self.without.len() >= PATIENCE { Err(none().into()) } else { Ok(()) };
        }
        self.any = true;
        for name in std::mem::take(&mut self.without) {
            entries.give(&name, Err(Skipped::Empty))?;
        }
        entries.give(&name, read)
    }

    /// To be called at the end of the file.
    pub(super) fn end(&self) -> Flow {
        if self.any { Ok(()) } else { Err(none().into()) }
    }
}

fn none() -> Skipped {
    Skipped::Format("records without a text; `--field text=NAME` says which field holds it".into())
}

/// Whether the names of fields are those of a record of an article: one of a text and one of something else.
pub(super) fn are_names<'n>(names: impl Iterator<Item = &'n str>) -> bool {
    let keys: Vec<String> = names.map(key).collect();
    let has = |role: &str| NAMES.iter().any(|(of, names)| *of == role && names.iter().any(|name| keys.iter().any(|key| key == name)));
    (has("text") || has("teaser")) && ["title", "authors", "publisher", "published", "url"].into_iter().any(has)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_written_as_it_is_looked_for_and_has_one_meaning() {
        let all: Vec<&str> = NAMES.iter().flat_map(|(_, names)| names.iter()).chain(IDS).copied().collect();
        assert!(all.iter().all(|name| key(name) == *name));
        assert!(all.iter().all(|name| all.iter().filter(|other| *other == name).count() == 1));
    }

    #[test]
    fn what_the_user_says_goes_first() {
        let text = |text: &str| Value::Text(text.into());
        let record = Record::new(vec![
            ("text".into(), text("A teaser.")),
            ("data".into(), Value::Map(vec![("full".into(), text("The gate is closed."))])),
            ("Headline".into(), text("Gate &amp; <em>pump</em>")),
        ]);
        let mut fields = Fields::default();
        let found = record.article(&fields, true).unwrap().1;
        assert_eq!((found.text.as_str(), found.told.title.unwrap().value.as_str()), ("A teaser.", "Gate & pump"));
        fields.say("text=data.full").unwrap();
        assert_eq!(record.article(&fields, true).unwrap().1.text, "The gate is closed.");
        fields.say("text=no such").unwrap();
        assert_eq!(record.article(&fields, true), None);
    }
}
