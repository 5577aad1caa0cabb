#!/usr/bin/env python3
"""Demarche beside the programs people search folders with today, on one machine and in one run.

    peers.py [--bin DEMARCHE] [--texts N] [--words N] [--work DIR] [--install] [--lucene DIR] [--only NAME,…]

Makes a folder of N invented texts (`--texts`, default 20,000, of `--words` words each, default 60) whose words follow Zipf's law, indexes it
with every program at hand, asks all of them the same questions, each in a process of its own, and prints a table in Markdown. All figures
are CPU time, user and system together, of the process and its children, so that a busy machine changes little; of several runs the median.
What is not at hand is skipped, and the table says so. `--install` fetches what the system's and Python's package managers have (needs root
for the first). Lucene is run where `--lucene` names a folder with its core, analysis-common, queryparser and queries jars, and Java is there.
"""
import argparse, bisect, datetime, html, json, os, pathlib, random, re, shutil, statistics, subprocess, sys, tempfile, time

HERE = pathlib.Path(__file__).resolve().parent
SYSTEM = ["xapian-omega", "xapian-tools", "recollcmd", "ripgrep", "sqlite3"]
PYTHON = ["tantivy", "trafilatura", "lxml_html_clean"]
RUNS = 5

# ---- the texts

SYLLABLES = [a + b + c for a in ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "tr", "pl", "sk") for b in "aeiou" for c in ("", "n", "r", "s", "l")]


def vocabulary(size):
    """Words of no language, the most frequent ones short; always the same."""
    rnd, words, seen = random.Random("vocabulary"), [], set()
    while len(words) < size:
        syllables = 1 + (len(words) > 40) + (len(words) > 2000) + (len(words) > 30000)
        word = "".join(rnd.choice(SYLLABLES) for _ in range(syllables + rnd.randrange(2)))
        if len(word) > 2 and word not in seen:
            seen.add(word)
            words.append(word)
    return words


class Texts:
    """Texts whose words follow Zipf's law; one in a hundred holds the phrase."""

    def __init__(self, words):
        self.words, total, self.sums = words, 0.0, []
        for rank in range(len(words)):
            total += 1 / (rank + 2.7)
            self.sums.append(total)
        self.phrase = f"{words[900]} {words[1100]}"

    def text(self, number, length):
        rnd = random.Random(number)
        draw = lambda: self.words[bisect.bisect(self.sums, rnd.random() * self.sums[-1])]
        sentences, left = [], length
        while left > 0:
            count = min(left, rnd.randrange(8, 24))
            sentences.append(" ".join(draw() for _ in range(count)).capitalize() + ".")
            left -= count
        if number % 100 == 0:
            sentences[len(sentences) // 2] = f"Here stood the {self.phrase} of them all."
        day = datetime.date(2012, 1, 1) + datetime.timedelta(days=rnd.randrange(4700))
        return day, " ".join(draw() for _ in range(8)).capitalize(), sentences

    def write(self, folder, count, length):
        for number in range(count):
            day, title, sentences = self.text(number, length)
            at = folder / f"{day:%Y/%m}"
            at.mkdir(parents=True, exist_ok=True)
            paragraphs = [" ".join(sentences[i : i + 5]) for i in range(0, len(sentences), 5)]
            (at / f"{number:07}.txt").write_text(f"{title}\n{day:%d %B %Y}\n\n" + "\n\n".join(paragraphs) + "\n", encoding="utf-8")


def questions(words):
    """(kind, words) of each; the words that are asked for stand in about one, three and ten texts of a hundred."""
    rare, some, common = words[1400], words[420], words[120]
    phrase = [words[900], words[1100]]
    return {
        "term": [some],
        "AND": [some, common],
        "OR": [some, common],
        "phrase": phrase,
        "prefix": [rare[:4]],
        "fuzzy": [rare[:-1] + ("x" if rare[-1] != "x" else "z")],
        "date range": [common],
    }


# ---- measuring


class Cost:
    def __init__(self, cpu, peak, out):
        self.cpu, self.peak, self.out = cpu, peak, out


def run(command, env=None, check=True, cwd=None):
    """CPU seconds and peak memory of a command with all it started."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen([str(c) for c in command], stdout=out, stderr=err, env=env, cwd=cwd)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        if check and child.returncode not in (0, 1):
            raise RuntimeError(f"{command[0]} ended with {child.returncode}: {err.read()[-300:].decode('utf-8', 'replace')}")
        return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out.read().decode("utf-8", "replace"))


def median(command, **more):
    costs = [run(command, **more) for _ in range(RUNS)]
    return Cost(statistics.median(c.cpu for c in costs), max(c.peak for c in costs), costs[0].out)


def size(path):
    return sum(f.stat().st_size for f in path.rglob("*") if f.is_file()) / 1e6 if path.is_dir() else path.stat().st_size / 1e6


# ---- the programs: each yields what it needs to be run, or raises Absent


class Absent(Exception):
    pass


def need(program):
    found = shutil.which(program)
    if not found:
        raise Absent(f"{program} is not installed")
    return found


class Demarche:
    name = "demarche"

    def __init__(self, args, folder, index):
        self.bin, self.folder, self.index = args.bin, folder, index
        if not shutil.which(str(self.bin)):
            raise Absent(f"{self.bin} is not there: cargo build --release")

    def build(self):
        return run([self.bin, "index", self.folder, "--index", self.index, "-q"])

    again = build

    def command(self, kind, words):
        query = {
            "AND": " AND ".join(words),
            "OR": " OR ".join(words),
            "phrase": '"' + " ".join(words) + '"',
            "prefix": words[0] + "*",
            "fuzzy": words[0] + "~1",
            "date range": words[0],
        }.get(kind, words[0])
        range_ = ["--since", "2018-01-01", "--until", "2018-12-31"] if kind == "date range" else []
        return [self.bin, "search", query, *range_, "--index", self.index]


class Xapian:
    name = "Xapian omindex, quest"

    def __init__(self, args, folder, index):
        self.omindex, self.quest, self.folder, self.index = need("omindex"), need("quest"), folder, index

    def build(self):
        return run([self.omindex, "--db", self.index, "--url", "/", "--mime-type", "txt:text/plain", self.folder])

    again = build

    def command(self, kind, words):
        query = {"AND": " AND ".join(words), "OR": " OR ".join(words), "phrase": '"' + " ".join(words) + '"', "prefix": words[0] + "*"}
        if kind not in (*query, "term"):
            return None
        return [self.quest, f"--db={self.index}", "--msize=10", "--stemmer=english", "-f", "default,wildcard", query.get(kind, words[0])]


class Recoll:
    name = "recoll"

    def __init__(self, args, folder, index):
        self.indexer, self.asker = need("recollindex"), need("recollq")
        self.conf, self.index = index, index
        self.conf.mkdir(parents=True, exist_ok=True)
        (self.conf / "recoll.conf").write_text(f"topdirs = {folder}\nidxflushmb = 64\n")

    def build(self):
        return run([self.indexer, "-c", self.conf])

    again = build

    def command(self, kind, words):
        query = {"AND": " ".join(words), "OR": " OR ".join(words), "phrase": '"' + " ".join(words) + '"', "prefix": words[0] + "*"}
        query["date range"] = words[0] + " date:2018-01-01/2018-12-31"
        if kind == "fuzzy":
            return None
        return [self.asker, "-c", self.conf, "-n", "0-10", "-q", query.get(kind, words[0])]


class Python:
    """A program of a few lines around a library: the texts are read, stored and indexed, and nothing else is done with them."""

    script = ""

    def __init__(self, args, folder, index):
        self.python, self.folder, self.index = args.python, folder, index
        if run([self.python, "-c", f"import {self.module}"], check=False).cpu and subprocess.run([str(self.python), "-c", f"import {self.module}"], capture_output=True).returncode:
            raise Absent(f"Python has no {self.module}: --install")

    def build(self):
        return run([self.python, HERE / "peer.py", self.script, "index", self.folder, self.index])

    def again(self):
        return None

    def command(self, kind, words):
        if kind in self.cannot:
            return None
        return [self.python, HERE / "peer.py", self.script, "search", self.index, kind, *words]


class Fts5(Python):
    name, module, script, cannot = "SQLite FTS5 through Python", "sqlite3", "fts5", ("fuzzy",)


class Sqlite(Fts5):
    """The shell of SQLite over the index that Python made."""

    name = "SQLite FTS5, sqlite3"

    def __init__(self, args, folder, index):
        super().__init__(args, folder, index.with_name("fts5"))
        self.shell = need("sqlite3")

    def build(self):
        return None

    def command(self, kind, words):
        match = {"AND": " AND ".join(words), "OR": " OR ".join(words), "phrase": '"' + " ".join(words) + '"', "prefix": words[0] + "*"}
        if kind == "fuzzy":
            return None
        range_ = "AND day BETWEEN '2018-01-01' AND '2018-12-31'" if kind == "date range" else ""
        ask = f"SELECT path, title, snippet(t, 3, '[', ']', '…', 30) FROM t WHERE t MATCH '{match.get(kind, words[0])}' {range_} ORDER BY rank LIMIT 10"
        return [self.shell, self.index, ask]


class Tantivy(Python):
    name, module, script, cannot = "tantivy through Python", "tantivy", "tantivy", ()


class Lucene:
    name = "Lucene"

    def __init__(self, args, folder, index):
        self.java = need("java")
        jars = sorted(str(j) for j in pathlib.Path(args.lucene).glob("*.jar")) if args.lucene else []
        if not any("lucene-core" in j for j in jars):
            raise Absent("no jars: --lucene FOLDER")
        self.folder, self.index, self.jars, self.classes = folder, index, ":".join(jars), index.with_name("lucene-classes")
        subprocess.run([need("javac"), "-cp", self.jars, "-d", str(self.classes), str(HERE / "Lucene.java")], check=True)

    def _run(self, *args):
        return [self.java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", f"{self.classes}:{self.jars}", "Lucene", *map(str, args)]

    def build(self):
        return run(self._run("index", self.folder, self.index))

    def again(self):
        return None

    def command(self, kind, words):
        return self._run("search", self.index, kind, *words)


class Ripgrep:
    name = "ripgrep"

    def __init__(self, args, folder, index):
        self.rg, self.folder, self.index = need("rg"), folder, None

    def build(self):
        return None

    def again(self):
        return None

    def command(self, kind, words):
        pattern = {"OR": "|".join(words), "phrase": r"\s+".join(words), "prefix": rf"\b{words[0]}"}
        if kind not in (*pattern, "term"):
            return None
        return [self.rg, "-i", "-l", pattern.get(kind, rf"\b{words[0]}\b"), self.folder]


PEERS = [Demarche, Xapian, Recoll, Fts5, Sqlite, Tantivy, Lucene, Ripgrep]


# ---- reading pages


def pages(folder, texts, count):
    """Articles inside the furniture of their sites."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        day, title, sentences = texts.text(number, 600)
        own = random.Random(number % 50)
        menu = "".join(f'<li><a href="/{w}">{w.capitalize()}</a></li>' for w in own.sample(texts.words[200:400], 8))
        body = "".join(f"<p>{html.escape(' '.join(sentences[i:i + 4]))}</p>" for i in range(0, len(sentences), 4))
        more = "".join(f'<li><a href="/a/{number + k}">{html.escape(texts.text(number + k, 20)[1])}</a></li>' for k in range(1, 9))
        (folder / f"{number:06}.html").write_text(
            f'<!doctype html><html lang="en"><head><title>{html.escape(title)} | Site {number % 50}</title><meta property="article:published_time" content="{day}T08:00:00Z"></head>'
            f"<body><header><nav><ul>{menu}</ul></nav></header><main><h1>{html.escape(title)}</h1>{body}</main><aside><ul>{more}</ul></aside><footer><p>Copyright {day.year} Site {number % 50}</p></footer></body></html>",
            encoding="utf-8",
        )


def reading(args, texts, work):
    folder, count = work / "pages", 400
    pages(folder, texts, count)
    rows = []
    for name, command in (("demarche extract", [args.bin, "extract", folder]), ("trafilatura", [args.python, HERE / "peer.py", "trafilatura", "read", folder])):
        try:
            if name == "trafilatura" and subprocess.run([str(args.python), "-c", "import trafilatura"], capture_output=True).returncode:
                raise Absent("Python has no trafilatura: --install")
            rows.append((name, f"{count / run(command).cpu:.0f}"))
        except (Absent, RuntimeError, FileNotFoundError) as error:
            rows.append((name, f"skipped: {error}"))
    return rows


# ---- the table


def touch(folder, words, share):
    """Adds a line with a word of its own to a share of the texts, and tells the word."""
    files = sorted(folder.rglob("*.txt"))
    old = time.time() - 60
    for file in random.Random("touch").sample(files, max(1, int(len(files) * share))):
        file.write_text(file.read_text(encoding="utf-8") + "\nZyxomarkon.\n", encoding="utf-8")
        os.utime(file, (old, old))
    return "zyxomarkon"


def main():
    flags = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    flags.add_argument("--bin", default=HERE.parent.parent / "target/release/demarche")
    flags.add_argument("--texts", type=int, default=20000)
    flags.add_argument("--words", type=int, default=60)
    flags.add_argument("--work", type=pathlib.Path)
    flags.add_argument("--install", action="store_true")
    flags.add_argument("--lucene")
    flags.add_argument("--only", default="")
    args = flags.parse_args()
    work = (args.work or pathlib.Path(tempfile.mkdtemp(prefix="peers-"))).resolve()
    work.mkdir(parents=True, exist_ok=True)
    args.bin, args.python = pathlib.Path(args.bin).resolve(), work / "python/bin/python"
    if args.install:
        if os.geteuid() == 0 and shutil.which("apt-get"):
            subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *SYSTEM], stdout=subprocess.DEVNULL, check=False)
        subprocess.run([sys.executable, "-m", "venv", work / "python"], check=True)
        subprocess.run([args.python, "-m", "pip", "install", "-q", *PYTHON], check=False)
    if not args.python.exists():
        args.python = sys.executable
    words = vocabulary(60000)
    texts = Texts(words)
    folder = work / "texts"
    if not folder.exists():
        texts.write(folder, args.texts, args.words)
        # A file written a moment ago may change again without a new time: demarche would open it once more.
        time.sleep(3)
    asked = questions(words)
    rows, skipped, at_hand = [], [], []
    for peer in PEERS:
        if args.only and not any(o in peer.__name__.lower() for o in args.only.lower().split(",")):
            continue
        index = work / peer.__name__.lower()
        try:
            at_hand.append(peer(args, folder, index))
        except Absent as why:
            skipped.append(f"{peer.name}: {why}")
    for peer in at_hand:
        print(f"… {peer.name}", file=sys.stderr)
        try:
            built = peer.build()
            again = peer.again()
            row = [peer.name, f"{built.cpu:.1f}" if built else "–", f"{size(peer.index):.0f}" if peer.index else "–", f"{built.peak:.0f}" if built else "–", f"{again.cpu:.2f}" if again else "–"]
            for kind, query in asked.items():
                command = peer.command(kind, query)
                cost = median(command) if command else None
                row.append(f"{cost.cpu * 1000:.1f}" if cost else "–")
            rows.append(row)
        except RuntimeError as why:
            skipped.append(f"{peer.name}: {why}")
    marker = touch(folder, words, 0.01)
    changed = []
    for peer in at_hand:
        try:
            again = peer.again()
            if again:
                found = run(peer.command("term", [marker]))
                changed.append((peer.name, f"{again.cpu + found.cpu:.2f}", "yes" if found.out.strip() else "NO"))
        except RuntimeError as why:
            skipped.append(f"{peer.name}, 1 % changed: {why}")
    head = ["", "index, CPU s", "MB", "peak MB", "unchanged, CPU s", *(f"{kind}, ms" for kind in asked)]
    print(f"{args.texts} texts of {args.words} words; a query is a new process that prints the best ten\n")
    for row in [head, ["---"] * len(head), *rows]:
        print("| " + " | ".join(row) + " |")
    print("\n| 1 % changed | CPU s, with a search for them | found |\n| --- | --- | --- |")
    for row in changed:
        print("| " + " | ".join(row) + " |")
    print("\n| reading HTML | pages per CPU s |\n| --- | --- |")
    for row in reading(args, texts, work):
        print("| " + " | ".join(row) + " |")
    for why in skipped:
        print(f"\nskipped: {why}")


if __name__ == "__main__":
    main()
