"""Fits the forests for pages with mark-up: one weighs blocks, one the page as a whole.

    python pages.py DATA WORK [--program FEATURES] [--write FOLDER]

DATA holds a folder for each set (see README.md), WORK takes what is made on the way. Prints figures for pages of sites the trees have not
seen; --write also fits to all pages and writes the tables into the folder, which is src/clean/page.
"""
import argparse, pathlib
import numpy as np
import empties, forest, gold, score, sets

SETS = ("wcxb", "fundus", "trafilatura")
PARAMS = dict(learning_rate=0.06, num_leaves=20, min_data_in_leaf=30, min_sum_hessian_in_leaf=0.05, feature_fraction=0.4, bagging_fraction=0.7,
              bagging_freq=1, lambda_l2=3.0, max_bin=63, extra_trees=True, seed=3)
ROUNDS = 240
# A block is kept, and a page holds an article, from these likelihoods on: KEPT and HOLDS in src/clean/page/mod.rs.
KEPT, HOLDS = 0.45, 0.1
# What a block counts beside its words: short lines at the edges decide whether a page is exactly right.
BASE = 1.5
# Blocks so far from the article are menus and lists as everywhere: one in five is looked at, and counts for five.
NEAR, FAR_SHARE = 12, 0.2
# So many pages are learnt from a second time without the words of their classes: sites name the parts of a page as they like, or not at all.
UNNAMED = 0.35
FOLDS = 3

WHOLE_PARAMS = dict(learning_rate=0.06, num_leaves=8, min_data_in_leaf=20, feature_fraction=0.5, bagging_fraction=0.7, bagging_freq=1, lambda_l2=3.0, seed=3)
WHOLE_ROUNDS = 120


def load(data, work, program):
    pages = []
    for name in SETS:
        truths = sets.truth_of(data / name)
        found, names = sets.measured(program, work, name, sets.files_of(data / name, ".html.gz"))
        for page in found:
            page["set"], page["truth"] = name, truths[page["id"]]
            page["y"] = gold.labels(page["blocks"], page["truth"])
            page["weight"] = weights(page)
            page["site"] = sets.site_of(page["id"], page["truth"])
        pages += found
    return pages, names


def load_empties(data, work, program):
    """Pages without an article, two of each page whose article is known."""
    folder = work / "empties"
    folder.mkdir(exist_ok=True)
    known = {}
    for name in SETS:
        truths = [t for t in sets.truth_of(data / name).values() if t.get("body")]
        for number, truth in enumerate(truths):
            for kind in (empties.KINDS[(2 * number + k) % len(empties.KINDS)] for k in (0, 1)):
                ident = f"{kind}-{name}-{truth['id']}"
                made = empties.page_without(data / name / (truth["id"] + ".html.gz"), truth, truths, kind, ident)
                if made:
                    (folder / (ident + ".html")).write_bytes(made)
                    known[ident] = dict(set="empty " + kind, truth={"body": ""}, site=sets.site_of(truth["id"], truth))
    files = [folder / (ident + ".html") for ident in sorted(known)]
    pages, _ = sets.measured(program, work, "empty", files)
    for page in pages:
        page.update(known[page["id"]])
    return pages


def weights(page):
    """Each page counts the same, each block by its words; of a page with known passages only, those count a little."""
    if "body" not in page["truth"]:
        return np.where(page["y"] >= 0, 0.12, 0.0)
    count = np.array([len(sets.words(b["text"])) for b in page["blocks"]], float)
    weight = (np.minimum(count, 150) + BASE) / max(count[page["y"] > 0.5].sum(), 60)
    return weight / max(1, weight.sum() / 4)


def near(page):
    """The blocks close to the article, and all of a page whose body is not known."""
    if "body" not in page["truth"]:
        return np.ones(len(page["y"]), bool)
    close = np.zeros(len(page["y"]), bool)
    for at in np.where(page["y"] > 0.3)[0]:
        close[max(0, at - NEAR):at + NEAR + 1] = True
    return close


def train(pages, names):
    pages = pages + [unnamed(p, names) for p in pages if sets.fold_of(p["id"], 100) < 100 * UNNAMED]
    joined = lambda key: np.concatenate([p[key] for p in pages])
    close = np.concatenate([near(p) for p in pages])
    drawn = np.random.RandomState(5).rand(len(close)) < FAR_SHARE
    weight = np.where(close, joined("weight"), np.where(drawn, joined("weight") / FAR_SHARE, 0))
    return forest.fit(joined("X"), joined("y"), weight, PARAMS, ROUNDS)


def unnamed(page, names):
    """The page as if no class, id or role said anything: no element of any group of words is near (FAR in src/clean/page/outline.rs)."""
    X = page["X"].copy()
    groups = [n.removeprefix("extent-") for n in names if n.startswith("extent-")]
    X[:, [names.index("in-" + g) for g in groups]] = 30
    X[:, [names.index("extent-" + g) for g in groups]] = -1
    return {**page, "X": X}


def train_whole(pages):
    """Known articles against pages without one; each side counts the same."""
    holds = np.array([float(not p["set"].startswith("empty")) for p in pages])
    weight = np.where(holds == 1, 1 / max(1, holds.sum()), 1 / max(1, (1 - holds).sum()))
    return forest.fit(np.stack([p["whole"] for p in pages]), holds, weight, WHOLE_PARAMS, WHOLE_ROUNDS)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--program", default="target/debug/examples/features")
    parser.add_argument("--write", type=pathlib.Path, metavar="FOLDER")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    pages, names = load(args.data, args.work, args.program)
    print("the best that a choice of blocks can do")
    score.report(pages, lambda p: [b["text"] for b, y in zip(p["blocks"], p["y"]) if y > 0.5])
    without = load_empties(args.data, args.work, args.program)
    everything, fold = pages + without, lambda p: sets.fold_of(p["site"], FOLDS)
    forest.cross_validate(everything, FOLDS, fold, lambda known: train([p for p in known if "y" in p], names), "X", "likely")
    print("unseen sites, by the trees alone")
    score.report(pages, lambda p: [b["text"] for b, likely in zip(p["blocks"], p["likely"]) if likely > KEPT])
    whole_names = sets.judge(everything, args.program)
    print("unseen sites, with the second look at the edges")
    score.report(pages, lambda p: p["kept"])
    for page in everything:
        page["row"] = page["whole"].reshape(1, -1)
    forest.cross_validate(everything, FOLDS, fold, train_whole, "row", "article")
    print("unseen sites, with the look at the page as a whole")
    score.report(everything, lambda p: p["kept"] if p["article"][0] >= HOLDS else [])
    if args.write:
        head = "Sums of trees over the features of a {}; made by tests/fit/pages.py, read by clean/forest.rs."
        forest.export(train(pages, names), names, args.write / "model.txt", head.format("block"))
        forest.export(train_whole(everything), whole_names, args.write / "whole.txt", head.format("page as a whole"))


if __name__ == "__main__":
    main()
