"""Which blocks of a page are its article, by the body or the passages that are known."""
import collections, re
import numpy as np
from sets import words

# Of a common beginning only so many places in the body are tried.
PLACES = 200
# Words of a block that is short.
SHORT = 10


def labels(blocks, truth):
    """For each block how much of it is the article's, from 0 to 1; -1 where that is not known."""
    texts = [b["text"] for b in blocks]
    return of_body(texts, truth["body"]) if "body" in truth else of_passages(texts, truth)


def of_body(texts, body):
    """The chain of blocks, in order, that covers most words of the body; and any long block most of whose runs of four words stand in it.

    A short block counts only where a line of the body begins or ends with it: its words may stand anywhere.
    """
    target, begins, ends = [], set(), set()
    for line in body.split("\n"):
        begins.add(len(target))
        target += [w.lower() for w in words(line)]
        ends.add(len(target))
    blocks = [[w.lower() for w in words(t)] for t in texts]
    one, three = collections.defaultdict(list), collections.defaultdict(list)
    for at, word in enumerate(target):
        one[word].append(at)
        three[tuple(target[at:at + 3])].append(at)
    chain = Chain(len(target))
    for number, block in enumerate(blocks):
        n, found = len(block), []
        places = three.get(tuple(block[:3]), []) if n > 2 else one.get(block[0], []) if n else []
        for at in places[:PLACES]:
            edges = (at in begins) + (at + n in ends)
            if target[at:at + n] == block and (n >= SHORT or edges):
                share = 1 if n >= SHORT or edges == 2 else 0.6
                found.append((at, at + n, n * share + (0.5 if n > 2 else 0.01)))
        if not found and n >= 8:
            for at in places[:20]:
                same = next((k for k in range(n) if at + k >= len(target) or target[at + k] != block[k]), n)
                if same >= 5:
                    found.append((at, at + same, same))
        chain.add(number, found)
    label = np.zeros(len(blocks))
    label[chain.best()] = 1
    runs = {tuple(target[at:at + 4]) for at in range(len(target) - 3)}
    for number, block in enumerate(blocks):
        if not block:
            label[number] = -1
        elif len(block) >= 6:
            share = np.mean([tuple(block[k:k + 4]) in runs for k in range(len(block) - 3)])
            if label[number] == 0 and share >= 0.5 and len(block) >= SHORT:
                label[number] = 1 if share > 0.9 else share
            elif label[number] == 1 and share < 0.5:
                label[number] = share
    return label


class Chain:
    """The heaviest chain of places that follow one another, by a Fenwick tree of the best weight up to each place."""

    def __init__(self, length):
        self.tree = [(0.0, None)] * (length + 2)

    def before(self, place):
        best, at = (0.0, None), place + 1
        while at > 0:
            best = max(best, self.tree[at], key=lambda b: b[0])
            at -= at & -at
        return best

    def add(self, number, found):
        """Block `number` stands at one of `found`: (first, end, weight)."""
        new = []
        for first, end, weight in found:
            so_far, last = self.before(first)
            new.append((end + 1, (so_far + weight, (number, last))))
        for at, entry in new:
            while at < len(self.tree):
                if entry[0] > self.tree[at][0]:
                    self.tree[at] = entry
                at += at & -at

    def best(self):
        numbers, last = [], self.before(len(self.tree) - 2)[1]
        while last is not None:
            numbers.append(last[0])
            last = last[1]
        return numbers


def of_passages(texts, truth):
    """1 for the block that holds a passage to keep, 0 for those that hold one to drop, -1 elsewhere."""
    squeeze = lambda text: re.sub(r"\s+", " ", text).strip()
    texts = [squeeze(t) for t in texts]
    label = -np.ones(len(texts))
    for key, value in (("keep", 1), ("drop", 0)):
        for passage in map(squeeze, truth.get(key) or []):
            if len(passage) < 3:
                continue
            hits = [i for i, t in enumerate(texts) if passage in t or (len(t) > 15 and t in passage)]
            if value == 1 and len(hits) > 1:
                hits = [max(hits, key=lambda i: len(texts[i]))]
            if value == 0:
                hits = [i for i in hits if len(texts[i]) < 3 * len(passage) + 40]
            label[hits] = value
    return label
