"""Fits the forests for texts without mark-up: one looks at lines, one again with what the first found of the lines around.

    python texts.py DATA WORK [--program FEATURES] [--write FOLDER]

The texts are made of the pages whose body is known (see scrapes.py), and of pages about which the model for pages tells (see taught.py). The second
forest is fitted to likelihoods of a first that did not see the page. Prints figures for texts of sites the trees have not seen; --write also fits to
all texts and writes the tables into the folder, which is src/clean/text.
"""
import argparse, pathlib
import numpy as np
import forest, gold, score, scrapes, sets, taught

SETS = ("wcxb", "fundus")
PARAMS = dict(learning_rate=0.08, num_leaves=20, min_data_in_leaf=60, min_sum_hessian_in_leaf=0.05, feature_fraction=0.5, bagging_fraction=0.7,
              bagging_freq=1, lambda_l2=3.0, max_bin=63, extra_trees=True, seed=3)
ROUNDS = 150
# Features of the second look begin so: they tell what the first look found.
SECOND = "likely"
# What a page counts whose lines were taught by the model for pages, and a page without an article.
TAUGHT, EMPTY = 0.5, 1.5
# A line is worth keeping from this likelihood on: KEPT in src/clean/text/mod.rs.
KEPT = 0.43
FOLDS = 4


def write_texts(data, work):
    """Writes the texts; gives for each file its set, its answer and its site."""
    known = {}
    for name in SETS:
        for page_id, truth in sets.truth_of(data / name).items():
            if not truth.get("body"):
                continue
            lines = scrapes.lines_of(data / name / (page_id + ".html.gz"))
            label = [int(y > 0.5) for y in gold.of_body(lines, truth["body"])]
            site = sets.site_of(page_id, truth)
            texts = [("", lines, truth["body"])]
            for kind, part, of_part in scrapes.variants(lines, label, truth.get("title") or "", page_id):
                texts.append((kind, part, "\n".join(t for t, y in zip(part, of_part) if y)))
            for kind, part, body in (t for t in texts if t[1]):
                ident = f"{name}-{page_id}-{kind or 'whole'}"
                (work / (ident + ".txt")).write_text("\n".join(part) + "\n", encoding="utf-8")
                known[ident] = dict(set=f"{name} {kind}".strip(), truth={"body": body}, site=site)
    return known


def load(data, work, program):
    """Texts whose article is known, and texts that the model for pages knows about; their features."""
    folder = work / "texts"
    folder.mkdir(parents=True, exist_ok=True)
    known = write_texts(data, folder)
    pages, names = sets.measured(program, work, "texts-seen", sets.files_of(folder, ".txt"))
    for page in pages:
        page.update(known[page["id"]])
        y = np.maximum(gold.labels(page["blocks"], page["truth"]), 0)
        page["told"], page["part"] = [y] * (FOLDS + 1), 1.0
    others = taught.load(data, work, program, FOLDS)
    for page in others:
        page["part"] = TAUGHT
    pages = [p for p in pages if len(p["X"])]
    for page in pages + others:
        count = np.array([len(sets.words(b["text"])) for b in page["blocks"]], float) + 1.5
        page["weight"] = (count / max(1, count.sum()) * 60 + 0.1) * page["part"] * (EMPTY if page["set"].endswith("empty") else 1)
        page["first"] = page["X"][:, [not n.startswith(SECOND) for n in names]]
    return pages, others, names


def train(pages, key, teacher):
    joined = lambda of: np.concatenate([of(p) for p in pages])
    return forest.fit(joined(lambda p: p[key]), joined(lambda p: p["told"][teacher]), joined(lambda p: p["weight"]), PARAMS, ROUNDS)


def cross_validate(pages, key):
    """Likelihoods by trees that saw no page of the fold, taught by a model that saw none either."""
    for fold in range(FOLDS):
        inside = [p for p in pages if sets.fold_of(p["site"], FOLDS) == fold]
        model = train([p for p in pages if sets.fold_of(p["site"], FOLDS) != fold], key, fold)
        for page in inside:
            page["likely"] = model.predict(page[key], num_threads=1)


def look_again(pages, program):
    """The features of the second look, by the likelihoods of the first."""
    sets.judge(pages, program)
    for page in pages:
        page["second"] = page["again"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--program", default="target/debug/examples/features")
    parser.add_argument("--write", type=pathlib.Path, metavar="FOLDER")
    args = parser.parse_args()
    pages, others, names = load(args.data, args.work, args.program)
    print("the best that a choice of lines can do")
    score.report(pages, lambda p: [b["text"] for b, y in zip(p["blocks"], p["told"][-1]) if y > 0.5])
    for look, key in (("first", "first"), ("second", "second")):
        cross_validate(pages + others, key)
        print(f"unseen sites, by the trees of the {look} look alone")
        score.report(pages, lambda p: [b["text"] for b, likely in zip(p["blocks"], p["likely"]) if likely >= KEPT])
        if look == "first":
            look_again(pages + others, args.program)
    sets.judge(pages, args.program)
    print("unseen sites, as the program judges by them")
    score.report(pages, lambda p: p["kept"])
    if args.write:
        head = "Sums of trees over the features of a line, at the {} look; made by tests/fit/texts.py, read by clean/forest.rs."
        first = [n for n in names if not n.startswith(SECOND)]
        forest.export(train(pages + others, "first", FOLDS), first, args.write / "model.txt", head.format("first"))
        forest.export(train(pages + others, "second", FOLDS), names, args.write / "again.txt", head.format("second"))


if __name__ == "__main__":
    main()
