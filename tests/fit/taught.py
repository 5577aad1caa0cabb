"""Texts of pages whose article is not known: the model for pages with mark-up, which sees more, tells which of their lines are likely the article's."""
import collections, re
import numpy as np
import gold, pages, scrapes, sets

# Fewer characters of an article are not taken for one, and pages of more lines are left out.
SHORTEST, MOST_LINES = 400, 6000
# A line of a page is likely the article's as its block is; the body is made of blocks from this likelihood on.
KEPT = 0.45


def teachers(data, work, program, folds):
    """For each fold a model that saw none of its sites; the pages they are to teach about."""
    known, names = pages.load(data, work, program)
    unknown = [p for p in known if not p["truth"].get("body")]
    for name in ("htmldate", "more"):
        if (data / name).is_dir():
            truths = sets.truth_of(data / name) if (data / name / "truth.jsonl").exists() else {}
            found, _ = sets.measured(program, work, name, sets.files_of(data / name, ".html.gz"))
            for page in found:
                page["set"], page["truth"] = name, truths.get(page["id"], {})
                page["site"] = sets.site_of(page["id"], page["truth"])
            unknown += found
    models = [pages.train([p for p in known if sets.fold_of(p["site"], folds) != fold], names) for fold in range(folds)]
    return models, unknown


def write_texts(data, work, program, folds):
    """Writes texts of the pages; gives for each file its set, its site and how likely each line is the article's, by each teacher."""
    models, unknown = teachers(data, work, program, folds)
    texts = {}
    for page in (p for p in unknown if len(p["X"])):
        likely = [m.predict(page["X"], num_threads=1) for m in models]
        lines = scrapes.lines_of(page["path"])
        bodies = ["\n\n".join(b["text"] for b, p in zip(page["blocks"], of) if p > KEPT) for of in likely]
        if not 5 < len(lines) <= MOST_LINES or min(map(len, bodies)) < SHORTEST:
            continue
        at = aligned(lines, [b["text"] for b in page["blocks"]])
        told = []
        for of, body in zip(likely, bodies):
            label = gold.of_body(lines, body)
            told.append([float(of[b]) if b >= 0 else float(max(y, 0)) for b, y in zip(at, label)])
        label = [int(np.mean(line) > 0.5) for line in zip(*told)]
        parts = [("whole", list(range(len(lines))))]
        for kind, part, _ in scrapes.variants([str(i) for i in range(len(lines))], label, "", page["id"]):
            parts.append((kind, [int(i) for i in part]))
        for kind, part in parts:
            ident = f"{page['set']}-{page['id']}-{kind}"
            (work / (ident + ".txt")).write_text("\n".join(lines[i] for i in part) + "\n", encoding="utf-8")
            told_of_part = [[0.0 if kind == "empty" else of[i] for i in part] for of in told]
            texts[ident] = dict(set=f"taught {kind}", site=page["site"], lines=[lines[i] for i in part], told=told_of_part)
    return texts


def aligned(lines, blocks):
    """For each line the block of the same words, in order as far as it goes; -1 where there is none."""
    squeeze = lambda text: re.sub(r"\s+", "", text)
    places = collections.defaultdict(list)
    for number, block in enumerate(map(squeeze, blocks)):
        places[block].append(number)
    at, reached = [], 0
    for line in map(squeeze, lines):
        found = places.get(line, [])
        number = next((n for n in found if n >= reached), found[-1] if found else -1)
        if number >= reached and len(line) > 20:
            reached = number + 1
        at.append(number)
    return at


def load(data, work, program, folds):
    """The texts as the program sees them; `told` holds what each teacher says of the lines, -1 where it says nothing."""
    folder = work / "taught"
    folder.mkdir(parents=True, exist_ok=True)
    known = write_texts(data, folder, program, folds)
    files = [folder / (ident + ".txt") for ident in sorted(known)]
    found, _ = sets.measured(program, work, "taught-seen", files)
    for page in found:
        text = known[page["id"]]
        at = aligned([b["text"] for b in page["blocks"]], text["lines"])
        page["set"], page["site"] = text["set"], text["site"]
        page["told"] = [np.array([of[i] if i >= 0 else -1 for i in at]) for of in text["told"]]
        # For the tables themselves: the mean of all teachers.
        page["told"].append(np.mean(page["told"], axis=0))
    return [p for p in found if len(p["X"])]
