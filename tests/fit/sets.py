"""Sets of pages with known answers, and what the program sees of them."""
import hashlib, json, pathlib, re, subprocess, urllib.parse
import numpy as np

WORDS = re.compile(r"\w+")


def words(text):
    return WORDS.findall(text)


def truth_of(folder):
    """{id: answer} of a set: a folder of pages with a truth.jsonl beside them."""
    with open(folder / "truth.jsonl", encoding="utf-8") as lines:
        return {t["id"]: t for t in map(json.loads, lines)}


def stem(path):
    """A page's id: its file name without .gz, .html and .txt."""
    return re.sub(r"\.(html|txt)$", "", re.sub(r"\.gz$", "", path.rsplit("/", 1)[-1]))


def site_of(page_id, truth):
    """The name of the site: pages of one site never stand on both sides of a fold."""
    parts = urllib.parse.urlparse(truth.get("url") or "").netloc.lower().split(".")
    parts = [p for p in parts if p not in ("www", "co", "com", "org", "net", "gov", "ac")]
    return parts[-2] if len(parts) > 1 else parts[0] if parts and parts[0] else page_id


def fold_of(site, folds):
    return int(hashlib.md5(site.encode()).hexdigest(), 16) % folds


def measured(program, work, name, files):
    """Pages as the program sees them: [{id, blocks, elements, X}], X a row of features for each block that has any."""
    out = work / name
    if subprocess.run([program, out, *files]).returncode:
        raise SystemExit(f"{program} failed")
    return read(out)


def read(out):
    """What `measured` left in `out`."""
    names = out.with_name(out.name + ".names").read_text().split()
    rows = np.fromfile(out.with_name(out.name + ".f32"), dtype="<f4").reshape(-1, len(names))
    pages, at = [], 0
    for line in open(out.with_name(out.name + ".jsonl"), encoding="utf-8"):
        page = json.loads(line)
        page["id"], page["file"] = stem(page["path"]), out
        page["all"], page["blocks"] = page["blocks"], [b for b in page["blocks"] if b["measured"]]
        page["X"] = rows[at:at + len(page["blocks"])]
        at += len(page["blocks"])
        pages.append(page)
    assert at == len(rows)
    return pages, names


def judge(pages, program):
    """What the program chooses of pages whose blocks are as likely the article's as `likely` says: `kept` texts, and measures of the `whole` page. For
    texts also `again`, the features of the second look."""
    together, names = {}, []
    for page in pages:
        together.setdefault(page["file"], []).append(page)
    for out, mine in together.items():
        np.concatenate([p["likely"] for p in mine]).astype("<f4").tofile(out.with_name(out.name + ".likely"))
        run = subprocess.run([program, "--judge", out, *[p["path"] for p in mine]], capture_output=True, text=True, check=True)
        again = np.fromfile(out.with_name(out.name + ".again"), dtype="<f4")
        if len(again):
            again, at = again.reshape(sum(len(p["X"]) for p in mine), -1), 0
            for page in mine:
                page["again"] = again[at:at + len(page["X"])]
                at += len(page["X"])
        for page, line in zip(mine, run.stdout.splitlines(), strict=True):
            tried = json.loads(line)
            names = list(tried["whole"])
            page["kept"] = [b["text"] for b, kept in zip(page["all"], tried["kept"]) if kept]
            page["whole"], page["holds"] = np.array(list(tried["whole"].values())), tried["holds"]
    return names


def files_of(folder, ending):
    return sorted(p for p in pathlib.Path(folder).iterdir() if p.name.endswith(ending))
