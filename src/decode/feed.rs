//! Feeds saved as files: RSS 0.9 to 2.0 and its RDF kin, and Atom (RFC 4287). Each item is an article, named by its id, else its address.
//!
//! Read as a whole. Entities that a feed declares are not followed.

use super::entries::{Entries, Flow};
use super::format::{Format, Head, Reads};
use super::input::Input;
use super::markup::{is_markup, plain};
use super::{Decoded, Metadata, charset};
use crate::article::{Source, Valued};
use crate::error::Skipped;
use quick_xml::Reader;
use quick_xml::escape::{resolve_html5_entity, unescape_with};
use quick_xml::events::{BytesStart, Event};
use regex::Regex;
use std::sync::LazyLock;

pub(super) const FORMAT: Format = Format { name: "feed", version: 1, tells: is_feed, reads: Reads::Many(read) };

/// The name of a person.
#[expect(clippy::expect_used, reason = "the pattern is fixed, and a test runs it")]
static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"<(?:\w+:)?name(?:\s[^<>]*)?>([^<]*)</").expect("a fixed pattern"));

/// How sure a feed's title is as the name of the publisher.
const OUTLET: f32 = 0.6;

/// Whether the outermost element is that of a feed.
fn is_feed(head: &Head<'_>) -> bool {
    let (text, _) = charset::to_text(head.bytes, true);
    let mut rest = text.as_str();
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with("!--") {
            rest = rest.find("-->").map_or("", |end| &rest[end..]);
        } else if !rest.starts_with(['?', '!']) {
            let name = rest.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
            return matches!(local(name), "rss" | "RDF" | "feed")
                && (local(name) != "feed" || rest.contains("Atom") || rest.contains("atom"));
        }
    }
    false
}

/// A name without the prefix of its namespace.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// What was read of an item.
#[derive(Default)]
struct Item {
    /// Elements of one text each, by their names with the prefix: `dc:date`.
    texts: Vec<(String, String)>,
    authors: Vec<String>,
    link: Option<String>,
}

impl Item {
    /// The first of these elements that has a text.
    fn first(&self, names: &[&'static str]) -> Option<(&'static str, &str)> {
        let found = |name: &'static str| self.texts.iter().find(|(n, text)| n == name && !text.trim().is_empty());
        names.iter().find_map(|name| Some((*name, found(name)?.1.as_str())))
    }

    fn told(&self, names: &[&'static str]) -> Option<Valued<String>> {
        let (name, text) = self.first(names)?;
        Some(Valued::new(plain(text), format!("`{name}` of the feed's entry"), 1.0))
    }

    fn article(&self, feed: &Item) -> Decoded {
        let text = self.first(&[
            "content:encoded",
            "content",
            "xhtml:body",
            "body",
            "description",
            "summary",
            "media:description",
            "itunes:summary",
        ]);
        let text = text.map(|(_, text)| text).unwrap_or_default().to_owned();
        let link = self.link.clone().or_else(|| self.first(&["link", "guid", "id"]).map(|(_, text)| text.trim().to_owned()));
        let authors = if self.authors.is_empty() { &feed.authors } else { &self.authors };
        let language = self.first(&["dc:language"]).or_else(|| feed.first(&["language", "dc:language"]));
        let told = Metadata {
            title: self.told(&["title", "dc:title", "media:title"]),
            authors: (!authors.is_empty()).then(|| Valued::new(authors.clone(), "author of the feed's entry", 1.0)),
            publisher: feed.first(&["title"]).map(|(_, title)| Valued::new(plain(title), "title of the feed", OUTLET)),
            url: link.filter(|link| link.starts_with("http")).map(|link| Valued::new(link, "`link` of the feed's entry", 1.0)),
            published: self.told(&["pubDate", "published", "dc:date", "issued", "dc:issued", "created", "date", "updated"]),
            modified: self.told(&["updated", "modified", "dcterms:modified"]),
            language: language.map(|(_, text)| Valued::new(text.to_owned(), "language of the feed", OUTLET)),
            declared_body: None,
        };
        let source = if is_markup(&text) { Source::Html } else { Source::Text };
        Decoded { source, text: if source == Source::Text { unescaped(&text) } else { text }, charset: "UTF-8", told }
    }

    fn name(&self) -> Option<String> {
        let id = self.first(&["guid", "id", "dc:identifier"]).map(|(_, text)| text.trim().to_owned());
        id.or_else(|| self.link.clone()).or_else(|| self.first(&["link"]).map(|(_, text)| text.trim().to_owned()))
    }

    /// Takes an element of the item.
    fn take(&mut self, name: String, text: String, start: &BytesStart<'_>) {
        match local(&name) {
            "link" => {
                let attribute = |wanted: &str| {
                    let found = start.attributes().flatten().find(|a| local(a.key.as_ref()) == wanted);
                    found.map(|a| unescaped(&a.value))
                };
                match attribute("href") {
                    Some(href) if attribute("rel").is_none_or(|rel| rel == "alternate") => {
                        self.link.get_or_insert(href);
                    }
                    Some(_) => {}
                    None if !text.trim().is_empty() => {
                        self.link.get_or_insert(text.trim().to_owned());
                    }
                    None => {}
                }
            }
            "author" | "creator" => {
                // A person in Atom, a line in RSS.
                let person = NAME.captures(&text).and_then(|found| found.get(1)).map(|name| name.as_str());
                let text = plain(person.unwrap_or(&text));
                // `press@gate.example (Ada Quill)`
                let name =
                    text.split_once('(').filter(|(mail, _)| mail.contains('@')).map(|(_, name)| name.trim_end_matches(')').to_owned());
                let name = name.unwrap_or(text);
                if !name.is_empty() && !name.contains('@') && !self.authors.contains(&name) {
                    self.authors.push(name);
                }
            }
            _ => {
                // Parts that readers may leave out have names of their own: their prefix tells them apart.
                self.texts.push((name, text));
            }
        }
    }
}

fn unescaped(text: &str) -> String {
    unescape_with(text, resolve_html5_entity).map_or_else(|_| text.to_owned(), |text| text.into_owned())
}

fn read(_: &str, input: Input<'_>, entries: &mut Entries<'_>) -> Flow {
    let (text, _) = charset::to_text(&input.whole()?, true);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    // Feeds are often not quite XML.
    (config.check_end_names, config.allow_unmatched_ends, config.allow_dangling_amp) = (false, true, true);
    let (mut feed, mut number) = (Item::default(), 0);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let name = name_of(&start);
                match local(&name) {
                    "rss" | "RDF" | "feed" | "channel" => feed_language(&mut feed, &start),
                    "item" | "entry" => {
                        number += 1;
                        let item = children(&mut reader, &text, &name)?;
                        let id = item.name().unwrap_or_else(|| number.to_string());
                        entries.give(&id, Ok(item.article(&feed)))?;
                    }
                    "image" | "textinput" | "textInput" => {
                        inner(&mut reader, &text, &name)?;
                    }
                    _ => {
                        let value = inner(&mut reader, &text, &name)?;
                        feed.take(name, value, &start);
                    }
                }
            }
            Ok(Event::Empty(_) | Event::End(_) | Event::Text(_)) => {}
            Ok(Event::Eof) if number > 0 => return Ok(()),
            Ok(Event::Eof) => return Err(Skipped::Format("feed without entries".into()).into()),
            Ok(_) => {}
            Err(error) => return Err(Skipped::Broken(error.to_string()).into()),
        }
    }
}

fn feed_language(feed: &mut Item, start: &BytesStart<'_>) {
    let language = start.attributes().flatten().find(|a| a.key.as_ref() == "xml:lang");
    feed.texts.extend(language.map(|a| ("language".to_owned(), a.value.into_owned())));
}

fn name_of(start: &BytesStart<'_>) -> String {
    start.name().as_ref().to_owned()
}

/// The elements within an item, up to its end.
fn children(reader: &mut Reader<&[u8]>, text: &str, of: &str) -> Result<Item, Skipped> {
    let mut item = Item::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let name = name_of(&start);
                let value = inner(reader, text, &name)?;
                item.take(name, value, &start);
            }
            Ok(Event::Empty(start)) => item.take(name_of(&start), String::new(), &start),
            Ok(Event::End(end)) if end.name().as_ref() == of => return Ok(item),
            Ok(Event::Eof) => return Err(Skipped::Broken("the feed ends within an entry".into())),
            Ok(_) => {}
            Err(error) => return Err(Skipped::Broken(error.to_string())),
        }
    }
}

/// What is in an element: its text, or the mark-up itself where it holds elements.
fn inner(reader: &mut Reader<&[u8]>, text: &str, of: &str) -> Result<String, Skipped> {
    let begin = reader.buffer_position() as usize;
    let (mut out, mut elements, mut depth) = (String::new(), false, 0u64);
    loop {
        let before = reader.buffer_position() as usize;
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                elements = true;
                depth += u64::from(start.name().as_ref() == of);
            }
            Ok(Event::Empty(_)) => elements = true,
            Ok(Event::End(end)) if end.name().as_ref() == of => {
                if depth > 0 {
                    depth -= 1;
                    continue;
                }
                return Ok(if elements { text.get(begin..before).unwrap_or_default().to_owned() } else { out });
            }
            Ok(Event::Text(part)) if !elements => out.push_str(&part),
            Ok(Event::CData(part)) if !elements => out.push_str(&part),
            Ok(Event::GeneralRef(entity)) if !elements => match entity.resolve_char_ref() {
                Ok(Some(c)) => out.push(c),
                _ => match resolve_html5_entity(&entity) {
                    Some(value) => out.push_str(value),
                    None => out.push_str(&format!("&{};", &*entity)),
                },
            },
            Ok(Event::Eof) => return Err(Skipped::Broken("the feed ends within an entry".into())),
            Ok(_) => {}
            Err(error) => return Err(Skipped::Broken(error.to_string())),
        }
    }
}
