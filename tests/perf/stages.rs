//! How long each stage takes, over the sample articles of `corpus/`: `cargo bench --bench stages`.
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench stops at the first surprise")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use demarche::annotate::Context;
use demarche::clean::clean;
use demarche::clean::templates::{Fingerprint, Templates, Witness};
use demarche::decode::decode;
use demarche::extract::extract;
use demarche::knowledge::Knowledge;
use demarche::{Article, Index, Reader, Source};
use std::hint::black_box;
use std::path::Path;

/// The sample articles: path and bytes, in order of the path.
fn samples() -> Vec<(String, Vec<u8>)> {
    fn walk(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else {
                found.push((path.to_string_lossy().into_owned(), std::fs::read(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")), &mut found);
    found.sort();
    found
}

/// The articles of the samples, and how many bytes of body they have.
fn articles() -> (Vec<Article>, u64) {
    let reader = Reader::new(Knowledge::builtin());
    let articles: Vec<Article> = samples().iter().filter_map(|(path, bytes)| reader.read(path, bytes).ok()).collect();
    let bytes = articles.iter().map(|a| a.body.len() as u64).sum();
    (articles, bytes)
}

/// From bytes to blocks to verdicts, by what kind of file it is.
fn reading(c: &mut Criterion) {
    let samples = samples();
    for (kind, source) in [("html", Source::Html), ("text", Source::Text), ("markdown", Source::Markdown)] {
        let of_kind = |name: &str, bytes: &[u8]| decode(name, bytes).ok().filter(|d| d.source == source);
        let files: Vec<&(String, Vec<u8>)> = samples.iter().filter(|(name, bytes)| of_kind(name, bytes).is_some()).collect();
        let decoded: Vec<_> = files.iter().filter_map(|(name, bytes)| of_kind(name, bytes)).collect();
        let pages: Vec<_> = decoded.iter().map(|d| extract(d.source, &d.text)).collect();
        let mut group = c.benchmark_group(kind);
        group.throughput(Throughput::Bytes(decoded.iter().map(|d| d.text.len() as u64).sum()));
        group.bench_function("decode", |b| b.iter(|| files.iter().filter_map(|(name, bytes)| decode(name, bytes).ok()).count()));
        group.bench_function("extract", |b| b.iter(|| decoded.iter().map(|d| extract(d.source, &d.text).blocks.len()).sum::<usize>()));
        group.bench_function("clean", |b| b.iter(|| pages.iter().map(|page| clean(page).len()).sum::<usize>()));
        let reader = Reader::new(Knowledge::builtin());
        group.bench_function("read", |b| b.iter(|| files.iter().filter_map(|(name, bytes)| reader.read(name, bytes).ok()).count()));
        group.finish();
    }
}

/// Actors, dates and claims of bodies; each alone would tokenise for itself, as they do together.
fn annotating(c: &mut Criterion) {
    let (articles, bytes) = articles();
    let reader = Reader::new(Knowledge::builtin());
    let mut group = c.benchmark_group("annotate");
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function("bodies", |b| {
        b.iter(|| articles.iter().map(|a| reader.annotate_text(&a.body, &Context::default()).actors.len()).sum::<usize>());
    });
    let sentence = "The ministry accused the group of an intrusion into the harbour on 12 March, and an envoy denied it the week after. ";
    for times in [1, 10, 100] {
        let text = sentence.repeat(times);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("sentences", times), &text, |b, text| {
            b.iter(|| reader.annotate_text(black_box(text), &Context::default()));
        });
    }
    group.finish();
}

/// What templates are learnt from, and the learning.
fn templates(c: &mut Criterion) {
    let (articles, _) = articles();
    let witnesses: Vec<Witness> = articles.iter().map(|a| Witness::of(a, &Templates::default())).collect();
    let mut group = c.benchmark_group("templates");
    group.bench_function("fingerprint", |b| b.iter(|| Fingerprint::of(black_box("Published on Friday, March 12th, 2031, 11:24 am"))));
    group.bench_function("witness", |b| b.iter(|| articles.iter().map(|a| Witness::of(a, &Templates::default()).own.len()).sum::<usize>()));
    group.bench_function("learn", |b| b.iter(|| Templates::learn_from(witnesses.iter())));
    group.finish();
}

/// From articles to a commit, which is mostly the engine's work.
fn indexing(c: &mut Criterion) {
    let (articles, bytes) = articles();
    let many: Vec<Article> =
        (0..10).flat_map(|copy| articles.iter().map(move |a| Article { path: format!("{copy}/{}", a.path), ..a.clone() })).collect();
    let mut group = c.benchmark_group("index");
    group.throughput(Throughput::Bytes(10 * bytes)).sample_size(10);
    group.bench_function("add", |b| {
        b.iter_with_setup(
            || tempfile::tempdir().unwrap(),
            |folder| Index::create(folder.path().join("index")).unwrap().add(many.clone()).unwrap(),
        );
    });
    group.finish();
}

criterion_group!(stages, reading, annotating, templates, indexing);
criterion_main!(stages);
