"""Fitting sums of trees, and writing them as the program reads them (src/clean/forest.rs)."""
import lightgbm
import numpy as np


def fit(X, y, weight, params, rounds):
    """Trees for labels from 0 to 1: a block that is the article's by half counts half for each side."""
    known = (y >= 0) & (weight > 0)
    X, y, weight = X[known], y[known], weight[known]
    soft = (y > 0.02) & (y < 0.98)
    rows = np.concatenate([X, X[soft]])
    sides = np.concatenate([np.where(soft, 1, y > 0.5), np.zeros(soft.sum())])
    weights = np.concatenate([np.where(soft, weight * y, weight), (weight * (1 - y))[soft]])
    data = lightgbm.Dataset(rows, sides, weight=weights / weights.mean())
    fixed = dict(objective="binary", verbose=-1, num_threads=1, deterministic=True, force_row_wise=True)
    return lightgbm.train({**fixed, **params}, data, rounds)


def cross_validate(pages, folds, fold, train, key="X", into="likely"):
    """Gives each page in `into` the likelihoods of the rows in its `key`, by trees that saw no page of its fold."""
    for number in range(folds):
        model = train([p for p in pages if fold(p) != number])
        for page in (p for p in pages if fold(p) == number):
            page[into] = model.predict(page[key], num_threads=1) if len(page[key]) else np.zeros(0)


def export(model, names, path, head):
    """A tree a line, in the order of reading."""
    def walk(node, out):
        if "leaf_value" in node:
            out.append("=" + (f"{node['leaf_value']:.4f}".rstrip("0").rstrip(".")))
            return
        bound = node["threshold"]
        out.append(f"{names[node['split_feature']]}<={0 if abs(bound) < 1e-20 else bound:.5g}")
        walk(node["left_child"], out)
        walk(node["right_child"], out)

    with open(path, "w", encoding="utf-8") as table:
        table.write(f"# {head}\n")
        for tree in model.dump_model()["tree_info"]:
            out = []
            walk(tree["tree_structure"], out)
            table.write(" ".join(out) + "\n")
