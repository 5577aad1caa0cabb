//! What a container tells of the text within, beside what the text says of itself.

use super::text::fields::{Field, take};
use crate::article::{Metadata, Valued};

/// Takes over what is told, read like the fields of a file: of two values the surer one stands, and the told one where both are as sure.
pub(super) fn add(metadata: &mut Metadata, told: &Metadata) {
    let read = |field: Field, value: &Option<Valued<String>>| {
        let mut of = Metadata::default();
        value.iter().for_each(|value| take(&mut of, field, std::slice::from_ref(&value.value), ""));
        of
    };
    surer(&mut metadata.title, read(Field::Title, &told.title).title, &told.title);
    surer(&mut metadata.publisher, read(Field::Publisher, &told.publisher).publisher, &told.publisher);
    surer(&mut metadata.url, read(Field::Url, &told.url).url, &told.url);
    surer(&mut metadata.published, read(Field::Published, &told.published).published, &told.published);
    surer(&mut metadata.modified, read(Field::Modified, &told.modified).modified, &told.modified);
    surer(&mut metadata.language, read(Field::Language, &told.language).language, &told.language);
    let mut of = Metadata::default();
    told.authors.iter().for_each(|authors| take(&mut of, Field::Authors, &authors.value, ""));
    surer(&mut metadata.authors, of.authors, &told.authors);
}

fn surer<T>(known: &mut Option<Valued<T>>, read: Option<Valued<T>>, told: &Option<Valued<T>>) {
    let (Some(read), Some(told)) = (read, told) else { return };
    if known.as_ref().is_none_or(|known| known.confidence <= told.confidence) {
        *known = Some(Valued { value: read.value, evidence: told.evidence.clone(), confidence: told.confidence });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surer_of_two_values_stands() {
        let value = |text: &str, confidence| Some(Valued::new(text.to_owned(), "here", confidence));
        let mut page = Metadata { title: value("Gate", 0.9), url: value("https://gate.example/1", 0.8), ..Metadata::default() };
        let told = Metadata {
            title: value("The gate\n is closed", 1.0),
            url: value("https://gate.example/2", 0.5),
            published: value("Mon, 12 May 2031 23:30:00 -0400", 1.0),
            authors: Some(Valued::new(vec!["By Ada Quill and Bo Reed".to_owned()], "here", 1.0)),
            ..Metadata::default()
        };
        add(&mut page, &told);
        let text = |value: &Option<Valued<String>>| value.as_ref().map(|v| v.value.clone()).unwrap_or_default();
        assert_eq!(
            [text(&page.title), text(&page.url), text(&page.published)],
            ["The gate is closed", "https://gate.example/1", "2031-05-12"]
        );
        assert_eq!(page.authors.map(|a| a.value), Some(vec!["Ada Quill".to_owned(), "Bo Reed".to_owned()]));
    }
}
