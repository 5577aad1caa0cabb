"""Pages as texts without mark-up: whole, and as people paste them, in parts."""
import gzip, random, re
import lxml.html

PARTING = {f"h{level}" for level in range(1, 7)} | set(
    "address article aside blockquote body br caption center details dd dl dt div fieldset figure figcaption form footer header hr html iframe "
    "li legend main nav noscript ol p pre picture section select summary table tbody tfoot thead title tr ul video".split())
UNSEEN = set("head iframe math noscript script select style svg template".split())


def lines_of(path):
    """The lines of a page, a line for each block."""
    raw = gzip.open(path).read()
    try:
        raw = re.sub(r"^\s*<\?xml[^>]*\?>", "", raw.decode("utf8"))
    except UnicodeDecodeError:
        pass
    try:
        root = lxml.html.fromstring(raw)
    except (lxml.etree.ParserError, ValueError):
        return []
    lines, line = [], []

    def part():
        text = " ".join("".join(line).split())
        line.clear()
        if text:
            lines.append(text)

    body = root.find(".//body")
    pending = [(root if body is None else body, "in")]
    while pending:
        element, step = pending.pop()
        if step == "tail":
            line.append(element)
            continue
        parts = isinstance(element.tag, str) and element.tag.lower() in PARTING
        if step == "out":
            if parts:
                part()
            continue
        if not isinstance(element.tag, str) or element.tag.lower() in UNSEEN:
            continue
        if parts:
            part()
        if element.text:
            line.append(element.text)
        pending.append((element, "out"))
        for child in reversed(element):
            if child.tail:
                pending.append((child.tail, "tail"))
            pending.append((child, "in"))
    part()
    return lines


def variants(lines, label, title, seed):
    """Texts made of one page: [(kind, lines, label)]. `light` is the article with little around it, `plain` nothing but the article, `empty` all but it."""
    if sum(label) < 3:
        return []
    chance = random.Random(seed)
    first, last = label.index(1), len(label) - 1 - label[::-1].index(1)
    kind = chance.choices(["light", "plain", "empty"], [45, 35, 20])[0]
    if kind == "light":
        head = lines[max(0, first - chance.choice([0, 0, 1, 2, 4])):first]
        head = [title] * chance.choice([1, 1, 2, 3]) + head if title else head
        foot = lines[last + 1:last + 1 + chance.choice([0, 1, 3, 6, 12, 25])]
        return [(kind, head + lines[first:last + 1] + foot, [0] * len(head) + label[first:last + 1] + [0] * len(foot))]
    if kind == "plain":
        head = [title] if title and chance.random() < 0.6 else []
        body = [text for text, y in zip(lines, label) if y]
        body = body[:chance.choice([1, 2, 3, 5])] if chance.random() < 0.3 else body
        return [(kind, head + body, [0] * len(head) + [1] * len(body))]
    rest = [text for text, y in zip(lines[:first], label[:first]) if not y] + lines[last + 1:]
    return [(kind, rest, [0] * len(rest))] if len(rest) >= 8 else []
