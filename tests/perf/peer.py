"""The programs of a few lines that peers.py runs around libraries: peer.py LIBRARY index FOLDER INDEX | search INDEX KIND WORD… | read FOLDER"""
import datetime, pathlib, sys


def texts(folder):
    for file in sorted(pathlib.Path(folder).rglob("*.txt")):
        title, day, body = file.read_text(encoding="utf-8").split("\n", 2)
        yield str(file), title, datetime.datetime.strptime(day, "%d %B %Y").strftime("%Y-%m-%d"), body


def fts5(do, at, *rest):
    import sqlite3

    if do == "index":
        db = sqlite3.connect(rest[0])
        db.execute("CREATE VIRTUAL TABLE t USING fts5(path UNINDEXED, title, day UNINDEXED, body, tokenize='porter unicode61')")
        db.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", texts(at))
        db.commit()
        return
    kind, words = rest[0], rest[1:]
    match = {"AND": " AND ".join(words), "OR": " OR ".join(words), "phrase": '"' + " ".join(words) + '"', "prefix": words[0] + "*"}
    range_ = "AND day BETWEEN '2018-01-01' AND '2018-12-31'" if kind == "date range" else ""
    ask = f"SELECT path, title, snippet(t, 3, '[', ']', '…', 30) FROM t WHERE t MATCH ? {range_} ORDER BY rank LIMIT 10"
    for row in sqlite3.connect(at).execute(ask, (match.get(kind, words[0]),)):
        print(*row, sep="\n")


def tantivy(do, at, *rest):
    import tantivy as engine

    build = engine.SchemaBuilder()
    build.add_text_field("path", stored=True, tokenizer_name="raw")
    build.add_text_field("title", stored=True, tokenizer_name="en_stem")
    build.add_text_field("body", stored=True, tokenizer_name="en_stem")
    build.add_date_field("day", stored=True, fast=True, indexed=True)
    schema = build.build()
    if do == "index":
        pathlib.Path(rest[0]).mkdir(parents=True)
        writer = engine.Index(schema, path=rest[0]).writer(128_000_000)
        for path, title, day, body in texts(at):
            writer.add_document(engine.Document(path=path, title=title, body=body, day=datetime.datetime.fromisoformat(day)))
        writer.commit()
        writer.wait_merging_threads()
        return
    kind, words = rest[0], rest[1:]
    index = engine.Index(schema, path=at)
    searcher = index.searcher()
    query = {"AND": " AND ".join(words), "OR": " OR ".join(words), "phrase": '"' + " ".join(words) + '"'}.get(kind, words[0])
    query = index.parse_query(query, ["title", "body"])
    if kind == "prefix":
        query = engine.Query.regex_query(schema, "body", words[0] + ".*")
    if kind == "fuzzy":
        query = engine.Query.fuzzy_term_query(schema, "body", words[0], distance=1)
    if kind == "date range":
        query = index.parse_query(f"+{words[0]} +day:[2018-01-01T00:00:00Z TO 2018-12-31T00:00:00Z]", ["title", "body"])
    snippets = engine.SnippetGenerator.create(searcher, query, schema, "body")
    for _, address in searcher.search(query, 10).hits:
        doc = searcher.doc(address)
        print(doc["path"][0], doc["title"][0], snippets.snippet_from_doc(doc).fragment(), sep="\n")


def trafilatura(do, at):
    import json

    import trafilatura as reader

    for file in sorted(pathlib.Path(at).rglob("*.html")):
        found = reader.bare_extraction(file.read_text(encoding="utf-8"), with_metadata=True)
        print(json.dumps({"title": found.title, "date": found.date, "text": found.text}) if found else "null")


if __name__ == "__main__":
    {"fts5": fts5, "tantivy": tantivy, "trafilatura": trafilatura}[sys.argv[1]](*sys.argv[2:])
