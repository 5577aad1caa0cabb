"""Fits the forest for texts without mark-up.

    python texts.py DATA WORK [--program FEATURES] [--write TABLE]

The texts are made of the pages whose body is known (see scrapes.py). Prints figures for texts of sites the trees have not seen; --write also fits
to all texts and writes the table.
"""
import argparse, pathlib
import numpy as np
import forest, gold, score, scrapes, sets

SETS = ("wcxb", "fundus")
PARAMS = dict(learning_rate=0.1, num_leaves=16, min_data_in_leaf=60, feature_fraction=0.5, bagging_fraction=0.8, bagging_freq=1, lambda_l2=5.0, seed=1)
ROUNDS = 110
# A line is kept from this likelihood on: KEPT in src/clean/text/mod.rs.
KEPT = 0.4
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
    folder = work / "texts"
    folder.mkdir(parents=True, exist_ok=True)
    known = write_texts(data, folder)
    pages, names = sets.measured(program, work, "texts-seen", sets.files_of(folder, ".txt"))
    for page in pages:
        page.update(known[page["id"]])
        page["y"] = np.maximum(gold.labels(page["blocks"], page["truth"]), 0)
        count = np.array([len(sets.words(b["text"])) for b in page["blocks"]], float) + 1.5
        page["weight"] = count / max(1, count.sum()) * 60 + 0.1
    return pages, names


def train(pages):
    joined = lambda key: np.concatenate([p[key] for p in pages])
    return forest.fit(joined("X"), joined("y"), joined("weight"), PARAMS, ROUNDS)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--program", default="target/debug/examples/features")
    parser.add_argument("--write", type=pathlib.Path, metavar="TABLE")
    args = parser.parse_args()
    pages, names = load(args.data, args.work, args.program)
    print("the best that a choice of lines can do")
    score.report(pages, lambda p: [b["text"] for b, y in zip(p["blocks"], p["y"]) if y > 0.5])
    forest.cross_validate(pages, FOLDS, lambda p: sets.fold_of(p["site"], FOLDS), train)
    print("unseen sites, by the trees alone")
    score.report(pages, lambda p: [b["text"] for b, likely in zip(p["blocks"], p["likely"]) if likely >= KEPT])
    sets.judge(pages, args.program)
    print("unseen sites, as the program judges by them")
    score.report(pages, lambda p: p["kept"])
    if args.write:
        forest.export(train(pages), names, args.write, "Sums of trees over the features of a line; made by tests/fit/texts.py, read by clean/forest.rs.")


if __name__ == "__main__":
    main()
