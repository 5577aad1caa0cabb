"""Fits the forest for pages with mark-up.

    python pages.py DATA WORK [--cv] [--write TABLE]

DATA holds a folder for each set (see README.md), WORK takes what is made on the way. --cv reports figures for pages of sites the trees
have not seen; --write fits to all pages and writes the table.
"""
import argparse, pathlib
import numpy as np
import forest, gold, score, sets

SETS = ("wcxb", "fundus", "trafilatura")
PARAMS = dict(learning_rate=0.06, num_leaves=20, min_data_in_leaf=30, min_sum_hessian_in_leaf=0.05, feature_fraction=0.4, bagging_fraction=0.7,
              bagging_freq=1, lambda_l2=3.0, max_bin=63, extra_trees=True, seed=3)
ROUNDS = 240
# A block is kept from this likelihood on: KEPT in src/clean/page/mod.rs.
KEPT = 0.45
# What a block counts beside its words: short lines at the edges decide whether a page is exactly right.
BASE = 1.5
# Blocks so far from the article are menus and lists as everywhere: one in five is looked at, and counts for five.
NEAR, FAR_SHARE = 12, 0.2
FOLDS = 3


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


def train(pages):
    joined = lambda key: np.concatenate([p[key] for p in pages])
    close = np.concatenate([near(p) for p in pages])
    drawn = np.random.RandomState(5).rand(len(close)) < FAR_SHARE
    weight = np.where(close, joined("weight"), np.where(drawn, joined("weight") / FAR_SHARE, 0))
    return forest.fit(joined("X"), joined("y"), weight, PARAMS, ROUNDS)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--program", default="target/debug/examples/features")
    parser.add_argument("--cv", action="store_true")
    parser.add_argument("--write", type=pathlib.Path, metavar="TABLE")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    pages, names = load(args.data, args.work, args.program)
    print("the best that a choice of blocks can do")
    score.report(pages, lambda p: [b["text"] for b, y in zip(p["blocks"], p["y"]) if y > 0.5])
    if args.cv:
        forest.cross_validate(pages, FOLDS, lambda p: sets.fold_of(p["site"], FOLDS), train)
        print("unseen sites, by the trees alone")
        score.report(pages, lambda p: [b["text"] for b, l in zip(p["blocks"], p["likely"]) if l > KEPT])
    if args.write:
        forest.export(train(pages), names, args.write, "Sums of trees over the features of a block; made by tests/fit/pages.py, read by clean/forest.rs.")


if __name__ == "__main__":
    main()
