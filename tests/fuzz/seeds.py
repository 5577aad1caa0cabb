#!/usr/bin/env python3
"""Writes the bytes from which the targets begin, and their words, to `tests/fuzz/corpus` and `tests/fuzz/words`, which git ignores.

Run from the top of the repository: `python3 tests/fuzz/seeds.py`. A folder and a list of words for each target and each format.
"""

import base64, gzip, io, json, pathlib, tarfile, zipfile, zlib

TOP = pathlib.Path(__file__).resolve().parents[2]
OUT = TOP / "tests/fuzz/corpus"
WORDS = TOP / "tests/fuzz/words"
TEXT = "The ministry blamed a unit of military intelligence for the intrusion on 12 May 2031, which the embassy denied."
HTML = f"<!DOCTYPE html><html><head><title>Gate | News</title><meta name=author content='Ida Quill'></head><body><nav><a href=/>Home</a></nav><article><h1>Gate</h1><p>{TEXT}</p><ul><li>a<li>b</ul><table><tr><td>x</table><pre>y</pre></article></body></html>"
LETTER = f"Message-ID: <1@gate.example>\nFrom: Gate Press <press@gate.example>\nSubject: =?UTF-8?Q?Gate_=E2=80=93?=\nDate: Mon, 12 May 2031 08:00:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=a.html\n\n{base64.b64encode(HTML.encode()).decode()}\n--b--\n"


def zipped(files, method=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def tarred(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()[:4096]


def pdf(stream, font="/Subtype/Type1/BaseFont/Helvetica", packed=False):
    if packed:
        stream = zlib.compress(stream)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>/XObject<</X 6 0 R>>>>/Contents 5 0 R>>",
        b"<</Type/Font" + font.encode() + b">>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), b"/Filter/FlateDecode" if packed else b"", stream),
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 30>>stream\nBT /F 8 Tf (inner) Tj ET      \nendstream",
        b"<</Title(Gate)/Author(Ida Quill)/CreationDate(D:20310512080000Z)>>",
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + content + b"endobj\n"
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R/Info 7 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, at)
    return bytes(out)


PAGE = b"BT /F 18 Tf 50 780 Td (The gate) Tj /F 10 Tf 0 -30 Td [(The min)-20(istry blamed)] TJ T* (a unit.) ' ET q 1 0 0 1 300 700 cm BT /F 10 Tf (right col-) Tj 0 -12 Td (umn) Tj ET Q /X Do"
WIDE = '/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/A/W[0[500 600]]>>]/ToUnicode 5 0 R'
CMAP = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <20> <7e> <0020> endbfrange 1 beginbfchar <80> <20AC> endbfchar endcmap"
WORD = lambda body: {"[Content_Types].xml": "<Types/>", "word/document.xml": f"<w:document><w:body>{body}</w:body></w:document>", "word/styles.xml": '<w:styles><w:style w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>', "word/footnotes.xml": '<w:footnotes><w:footnote w:id="1"><w:p><w:r><w:t>Note.</w:t></w:r></w:p></w:footnote></w:footnotes>', "docProps/core.xml": "<cp:coreProperties><dc:title>Gate</dc:title><dc:creator>Ida Quill</dc:creator><dcterms:created>2031-05-12T08:00:00Z</dcterms:created></cp:coreProperties>"}
WORDY = f'<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>Gate</w:t></w:r></w:p><w:p><w:r><w:t>{TEXT}</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>item</w:t></w:r></w:p>'
BOOK = {"mimetype": "application/epub+zip", "META-INF/container.xml": '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>', "c.opf": '<package><metadata><dc:title>Gate</dc:title><dc:creator id="a">Quill, Ida</dc:creator><dc:date>2031-05-12</dc:date><dc:language>en</dc:language></metadata><manifest><item id="o" href="o.xhtml" media-type="application/xhtml+xml"/><item id="n" href="n.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="n"/><itemref idref="o"/></spine></package>', "o.xhtml": f"<html><body><h1>One</h1><p>{TEXT}</p></body></html>", "n.xhtml": "<html><body><nav><ol><li><a href='o.xhtml'>One</a></li></ol></nav></body></html>"}
CSAF = json.dumps({"document": {"category": "csaf_security_advisory", "csaf_version": "2.0", "title": "Gate", "publisher": {"name": "Hinge Works"}, "tracking": {"id": "1", "initial_release_date": "2031-05-12T08:00:00Z"}, "notes": [{"category": "summary", "text": TEXT}], "acknowledgments": [{"names": ["Ida Quill"]}]}, "product_tree": {"branches": [{"name": "Hinge", "branches": [{"name": "Gate", "product": {"product_id": "P", "name": "Gate 1"}}]}]}, "vulnerabilities": [{"cve": "CVE-2031-1", "cwe": {"id": "CWE-1", "name": "x"}, "product_status": {"known_affected": ["P"]}, "scores": [{"products": ["P"], "cvss_v3": {"baseScore": 9.8, "vectorString": "CVSS:3.1/AV:N"}}], "remediations": [{"category": "vendor_fix", "details": "Update."}]}]})
RSS = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><rss><channel><title>Gate</title><item><title>One</title><link>https://gate.example/1</link><pubDate>Mon, 12 May 2031 08:00:00 GMT</pubDate><dc:creator><![CDATA[Ida Quill]]></dc:creator><description>&lt;p&gt;{TEXT}&lt;/p&gt; &a; &#65;</description><content:encoded><![CDATA[<p>{TEXT}</p>]]></content:encoded></item></channel></rss>'
ATOM = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Gate</title><entry><id>urn:1</id><title type="html">One</title><link rel="alternate" href="https://gate.example/1"/><published>2031-05-12T08:00:00Z</published><author><name>Ida Quill</name></author><content type="xhtml"><div>{TEXT}</div></content></entry></feed>'
RECORD = {"title": "Gate", "text": TEXT, "url": "https://gate.example/1", "authors": ["Ida Quill"], "date": "2031-05-12"}
ANSWER = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n{len(HTML):x}\r\n{HTML}\r\n0\r\n\r\n"


def record(kind, content, content_type="application/http; msgtype=response"):
    content = content if isinstance(content, bytes) else content.encode()
    return f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://gate.example/1\r\nContent-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content + b"\r\n\r\n"


def from_files(pattern, most):
    for path in sorted(TOP.glob(pattern)):
        content = path.read_bytes()
        yield gzip.decompress(content)[:most] if path.suffix == ".gz" else content[:most]


PAGES = [HTML.encode(), *from_files("tests/golden/*/page.html", 6000), *from_files("corpus/*/*.html*", 4000)]
TEXTS = [TEXT.encode(), *from_files("corpus/*/*.txt", 1500), *from_files("corpus/*/*.md*", 1500)]
SENTENCES = (TOP / "tests/golden/actors.tsv").read_bytes().splitlines()

FORMATS = {
    "PDF": [pdf(PAGE), pdf(PAGE, packed=True), pdf(CMAP + PAGE, WIDE), *from_files("tests/golden/documents/*.pdf", 8000)],
    "DOCX": [zipped(WORD(WORDY)), zipped(WORD(WORDY), zipfile.ZIP_DEFLATED), *from_files("tests/golden/documents/*.docx", 9000)],
    "EPUB": [zipped(BOOK), *from_files("tests/golden/documents/*.epub", 5000)],
    "CSAF": [CSAF.encode()],
    "zip": [zipped({"a.txt": TEXT, "b/c.html": HTML}), zipped({"a.txt": TEXT, "d/": "", "e.mbox": "From a Mon May 12 08:00:00 2031\n" + LETTER}, zipfile.ZIP_DEFLATED), zipped({"a.zip": zipped({"a.txt": TEXT})}), zipped({"a.txt": TEXT, "b.txt": TEXT})[:-90]],
    "tar": [tarred({"a.txt": TEXT.encode(), "b.html": HTML.encode()}), tarred({"a/" * 80 + "b.txt": TEXT.encode()})],
    "warc": [record("response", ANSWER) + record("warcinfo", "software: x"), record("resource", HTML, "text/html"), record("conversion", TEXT, "text/plain"), record("response", b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + pdf(PAGE))],
    "mbox": [("From a@gate.example Mon May 12 08:00:00 2031\n" + LETTER + "\n").encode() * 2],
    "mail": [LETTER.encode(), LETTER.replace("mixed", "related").replace("Message-ID", "Snapshot-Content-Location: https://gate.example/1\nX").encode()],
    "feed": [RSS.encode(), ATOM.encode(), RSS.replace("<rss>", "<rdf:RDF>").encode()],
    "json": [json.dumps(RECORD).encode(), (json.dumps(RECORD) + "\n").encode() * 2, json.dumps([RECORD, RECORD]).encode(), json.dumps({"hits": {"hits": [{"_id": "1", "_source": RECORD}]}}).encode(), json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_html": HTML, "authors": [{"name": "x"}]}]}).encode()],
    "csv": [f'title,author,date,url,text\n"Gate ""x""",Ida Quill,2031-05-12,https://gate.example/1,"{TEXT}\nMore."\n'.encode(), f"title\ttext\r\nGate\t{TEXT}\r\n".encode(), f"title;body;date\n\"a\";\"{TEXT}\";12.05.2031\n".encode()],
    "page": PAGES[:8] + TEXTS[:3] + [b"\xff\xfe" + HTML.encode("utf-16-le")],
}
NAMES = ["file", "a.csv", "a.tsv", "a.json", "a.jsonl", "a.xml", "a.mbox", "a.eml", "a.warc", "a.txt", "a.md", "a.pdf"]
EVERY = [content for contents in FORMATS.values() for content in contents[:4]]
TARGETS = {
    "decode": [b"\0" + c for c in EVERY] + [b"\0" + gzip.compress(c, mtime=0) for c in EVERY[:30]] + [bytes([n]) + c for n in range(1, 12) for c in EVERY[n::12]],
    "page": PAGES,
    "text": TEXTS,
    "annotate": SENTENCES + [t[:400] for t in TEXTS],
    "query": [b"gate", b'+ministry -"mail servers"~2', b"title:attack^2 (a OR b) AND NOT c", b"actor:GRU+ date:2021..2022", b"serv* /gat.e/ hafnum~1 NEAR/3 x", b"at least 2 of (a b c)", b"=Gate accuser:china stance:accuses", b"published:last week country:kp"],
    "index": [bytes([which, 0, 0, place, cut]) + b"\xff\0\x80" * 4 for which in range(12) for place in (0, 40) for cut in (0, 1)],
} | {f"format-{name}": contents for name, contents in FORMATS.items()}
KNOWN = {
    "PDF": "obj endobj stream endstream xref trailer startxref /Root /Pages /Kids /Type /Page /Font /Length /Filter /FlateDecode /ASCIIHexDecode /LZWDecode /ObjStm /XRef /Index /W /Prev /Encrypt /ToUnicode /Encoding /Differences /W /MissingWidth /MediaBox /Rotate /Contents /Resources /XObject BT ET Tf Tj TJ Td TD Tm cm Do Q q re beginbfchar beginbfrange /ActualText BDC EMC /Artifact",
    "DOCX": "PK\\x03\\x04 PK\\x01\\x02 PK\\x05\\x06 <w:p> </w:p> <w:tbl> </w:tbl> <w:tr> <w:tc> <w:r> <w:t> </w:t> <w:tab/> <w:br/> <w:del> <w:ins> <w:hyperlink w:val= w:styleId= <w:footnoteReference <w:numPr> <w:outlineLvl <dc:title> <dc:creator> word/document.xml &amp; &#x",
    "EPUB": "PK\\x03\\x04 PK\\x01\\x02 PK\\x05\\x06 <spine> <manifest> <item <itemref idref= href= ../ properties= <dc:title> <dc:creator> <dc:date opf:role= <meta refines= %2e",
    "zip": "PK\\x03\\x04 PK\\x01\\x02 PK\\x05\\x06 PK\\x06\\x06 PK\\x06\\x07 PK\\x07\\x08 \\xff\\xff\\xff\\xff \\x01\\x00 \\x08\\x00",
    "tar": "ustar path= size= ././@LongLink \\x80\\x00\\x00\\x00 0000644",
    "warc": "WARC/1.0 WARC-Type: response resource conversion Content-Length: Content-Type: WARC-Target-URI: HTTP/1.1 Transfer-Encoding: chunked Content-Encoding: gzip br zstd deflate text/html application/pdf charset=",
    "mbox": "From\\x20 \\x3eFrom\\x20 Message-ID: Subject: Date: MIME-Version:",
    "mail": "Content-Type: multipart/ boundary= charset= Content-Transfer-Encoding: base64 quoted-printable =?UTF-8?B? =?UTF-8?Q? ?= attachment filename= message/rfc822 text/html text/plain Snapshot-Content-Location:",
    "feed": "<item> </item> <entry> </entry> <![CDATA[ ]]> <!-- --> <!DOCTYPE <!ENTITY &lt; &#x <rss <feed <rdf:RDF <link <title type= xhtml html <pubDate> <dc:creator> <content:encoded>",
    "json": "\\x22title\\x22: \\x22text\\x22: \\x22body\\x22: \\x22items\\x22: \\x22_source\\x22: \\x22url\\x22: \\x22id\\x22: \\x22date\\x22: \\x22authors\\x22: \\x5cud83d \\x5cn null true 1e999 [] {} }, ],",
    "csv": "title text body date author url \\x22\\x22 \\x22,\\x22 \\x09 ; | \\x0d\\x0a",
    "CSAF": "\\x22document\\x22: \\x22csaf_version\\x22: \\x22notes\\x22: \\x22vulnerabilities\\x22: \\x22product_tree\\x22: \\x22branches\\x22: \\x22scores\\x22: \\x22metrics\\x22: \\x22remediations\\x22: \\x22cwe\\x22: [] {} null",
    "page": "<p> </p> <div> </div> <table> <tr> <td> <h1> <article> <nav> <a\\x20href= <script> </script> <style> <!-- --> <template> <svg> <math> <pre> <br> <ul> <li> <meta <title> <base\\x20href= <time\\x20datetime= application/ld+json charset= &nbsp; &# class= id= <select> <frameset> <noscript> <dl> <blockquote>",
    "text": "#\\x20 ##\\x20 ** --- *** ``` >\\x20 -\\x20 1.\\x20 ![]( ]( | |---| <div> \\x0a\\x0a By\\x20 Share Copyright http:// 2021 May",
    "annotate": "APT28 Lazarus\\x20Group GRU Russia China said accused blamed denied linked\\x20to charged sanctioned urged according\\x20to\\x20 not on\\x2012\\x20May\\x202021 last\\x20week Monday 2021 yesterday the\\x20ministry \\x22 \\xe2\\x80\\x9c \\xe2\\x80\\x9d , . and of by the that whose known\\x20as",
    "query": "AND OR NOT NEAR/3 at\\x20least\\x20 of\\x20( title: actor: country: accuser: accused: stance: date: published: path: before: ~2 ^2 * ? /a/ [a\\x20TO\\x20b] \\x22 + - ( ) = last\\x20week 2021..2022",
}
KNOWN["decode"] = " ".join(words for words in KNOWN.values())

for target, contents in TARGETS.items():
    folder = OUT / target
    folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(contents):
        (folder / f"seed-{number}").write_bytes(content)
WORDS.mkdir(exist_ok=True)
for target in TARGETS:
    words = KNOWN.get(target.removeprefix("format-"), "").replace("\\x", "\0").replace("\\", "\\\\").replace('"', '\\"').replace("\0", "\\x")
    (WORDS / target).write_text("".join(f'"{word}"\n' for word in dict.fromkeys(words.split())))
