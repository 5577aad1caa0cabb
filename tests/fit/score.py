"""How near a body comes to the right one: shingles of four words, and passages that must or must not occur."""
import collections, re
from sets import words


def shingles(text):
    w = words(text)
    return collections.Counter(tuple(w[i:i + 4]) for i in range(max(1, len(w) - 3))) if w else collections.Counter()


def precision_recall(true, guess):
    """Of one page; None where it is undefined."""
    t, g = shingles(true), shingles(guess)
    common = sum((t & g).values())
    return (common / sum(g.values()) if g else None), (common / sum(t.values()) if t else None)


def f1(pairs):
    """Precision and recall averaged apart, and F1 of the two averages."""
    mean = lambda xs: sum(xs) / max(1, len(xs))
    p, r = mean([p for p, _ in pairs if p is not None]), mean([r for _, r in pairs if r is not None])
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def report(pages, kept):
    """A line of figures for each set; `kept` gives the texts of a page that are taken for its article."""
    for name in sorted({p["set"] for p in pages}):
        pairs, exact, n, hit, lost, leaked, clean, empty = [], 0, 0, 0, 0, 0, 0, 0
        for page in (p for p in pages if p["set"] == name):
            truth, body = page["truth"], "\n\n".join(kept(page))
            n, empty = n + 1, empty + (not body)
            if truth.get("body"):
                pairs.append(precision_recall(truth["body"], body))
                exact += words(body) == words(truth["body"])
            squeezed = re.sub(r"\s+", " ", body)
            for key, yes, no in (("keep", 1, 0), ("drop", 0, 1)):
                for passage in truth.get(key) or []:
                    found = re.sub(r"\s+", " ", passage).strip() in squeezed
                    hit, lost = hit + (yes and found), lost + (yes and not found)
                    leaked, clean = leaked + (no and found), clean + (no and not found)
        line = f"  {name:14s} {n:4d} pages, {empty / n:.3f} empty"
        if pairs:
            line += "  P %.4f R %.4f F1 %.4f" % f1(pairs) + f"  exact {exact / len(pairs):.3f}"
        if hit + lost:
            p, r = hit / max(1, hit + leaked), hit / (hit + lost)
            line += f"  passages P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.4f}  leak {leaked / max(1, leaked + clean):.4f}"
        print(line, flush=True)
