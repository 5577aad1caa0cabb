"""Pages without an article, made of pages with one: the article is cut out, and in its place stands nothing, a list of teasers, or a wall.

What is left around it (menus, related stories, comments, notices) is that of real sites. All texts of walls are made up here.
"""
import gzip, html, random, re
import lxml.html
from lxml import etree
from sets import words

WALLS = {
    "missing": [
        "<h1>Page not found</h1><p>Sorry, the page you were looking for does not exist or has been moved to another address. Check the spelling, "
        "go back to the front page, or use the search.</p>",
        "<h1>404</h1><p>Diese Seite gibt es nicht oder nicht mehr. Vielleicht hilft unsere Suche weiter, oder Sie beginnen noch einmal auf der Startseite.</p>",
        "<h2>Oups !</h2><p>La page demandée est introuvable. Elle a pu changer d’adresse ou être retirée ; revenez à l’accueil ou lancez une recherche.</p>",
    ],
    "login": [
        "<h2>Log in to read on</h2><p>This story is for subscribers only. If you already have an account, please sign in with your e-mail address and "
        "password. If you do not, choose one of our offers: the first month costs nothing and you can end it at any time.</p><form><label>E-mail</label>"
        "<input><button>Sign in</button></form>",
        "<h2>Weiterlesen mit Abo</h2><p>Dieser Beitrag ist unseren Abonnenten vorbehalten. Melden Sie sich an oder wählen Sie ein Angebot: vier Wochen "
        "kostenlos, danach monatlich kündbar, auf allen Geräten und ohne weitere Kosten.</p><button>Anmelden</button>",
        "<p>You have read all your free stories for this month. Register now for unlimited access to everything we publish, wherever you are. Members also "
        "get our weekly letter, invitations to events and half the price on books.</p><a href='/offer'>See the offers</a>",
    ],
    "consent": [
        "<h2>We value your privacy</h2><p>We and our 843 partners store and access information on your device, such as cookies and unique identifiers, to "
        "show you advertising that fits your interests, to measure how it is seen and to improve our products. With your consent we may use precise "
        "location data. You may accept all, or refuse, or manage your preferences at any time at the foot of every page.</p><button>Accept all</button>",
        "<p>Wir verwenden Cookies und ähnliche Verfahren, um Inhalte und Werbung auf Sie zuzuschneiden und die Nutzung unserer Seiten zu messen. Mit einem "
        "Klick auf Zustimmen willigen Sie ein; die Einwilligung können Sie jederzeit in den Einstellungen widerrufen.</p><button>Zustimmen</button>",
        "<h3>Votre vie privée</h3><p>Avec votre accord, nos partenaires et nous utilisons des cookies pour stocker et consulter des données personnelles "
        "comme votre visite sur ce site. Vous pouvez retirer votre consentement à tout moment.</p><button>Tout accepter</button>",
    ],
    "script": [
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div>",
        "<div id='app'>Loading…</div><noscript><p>This page needs JavaScript. Please turn it on in the settings of your browser and load the page again.</p>"
        "</noscript>",
    ],
}
LISTS = {
    "cards": '<article class="card"><h3><a href="/a">{title}</a></h3><p class="summary">{lead}</p></article>',
    "linked": '<div class="item"><a href="/x"><h2>{title}</h2><p>{lead}</p></a><span>{day}</span></div>',
    "results": '<li><a href="/x">{title}</a><div>… {lead} …</div><cite>site.example/{number}</cite></li>',
    "plain": '<div><h3>{title}</h3><p>{lead} <a href="/r">Read more</a></p></div>',
    "archive": '<article><header><h2><a href="/p">{title}</a></h2><time>{day}</time></header><p>{lead}</p><p>{more}</p><a href="/p">Continue reading</a></article>',
}
KINDS = ["bare", "shell", *LISTS, *WALLS]


def parsed(path):
    raw = gzip.open(path).read()
    try:
        raw = re.sub(r"^\s*<\?xml[^>]*\?>", "", raw.decode("utf8"))
    except UnicodeDecodeError:
        pass
    return lxml.html.fromstring(raw)


def cut_out(root, body):
    """Takes the elements of the body away; gives where the first stood and how much of the body was found."""
    body_words = [w.lower() for w in words(body)]
    runs = {tuple(body_words[at:at + 3]) for at in range(len(body_words) - 2)}
    lines = {tuple(w.lower() for w in words(line)) for line in body.split("\n")}
    place, found = None, 0
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body", "head", "script", "style", "title", "meta", "svg"):
            continue
        parent, own = element.getparent(), [w.lower() for w in words(element.text_content())]
        if parent is None or not own:
            continue
        share = sum(tuple(own[at:at + 3]) in runs for at in range(len(own) - 2)) / max(1, len(own) - 2)
        if (len(own) >= 3 and tuple(own) in lines) or (len(own) >= 6 and share >= 0.85):
            place = place or (parent, parent.index(element))
            found += len(own)
            if element.tail and element.tail.strip():
                element.text = None
                for child in list(element):
                    element.remove(child)
            else:
                parent.remove(element)
    return place, found / max(1, len(body_words))


def strip_fields(root, title):
    """Takes away what only the page of an article declares: its headline, day, author and kind."""
    for element in root.xpath("//script|//time|//h1"):
        if element.getparent() is not None:
            element.drop_tree()
    for element in root.xpath("//meta"):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        if any(word in key for word in ("publish", "modified", "date", "article", "author", "title", "og:type")):
            element.drop_tree()
    for element in root.xpath("//title"):
        element.text = title


def page_without(path, truth, others, kind, seed):
    """The page as bytes, or None where its article was not found in its mark-up. `others` are the answers teasers are made of."""
    chance = random.Random(seed)
    root = parsed(path)
    place, share = cut_out(root, truth["body"])
    if place is None or share < 0.8:
        return None
    if kind != "shell":
        strip_fields(root, {"missing": "Page not found", "login": "Log in", "results": "Search results"}.get(kind, "News and features"))
    inside = chance.choice(WALLS[kind]) if kind in WALLS else ""
    if kind in LISTS:
        inside = "".join(teaser(LISTS[kind], t, chance) for t in chance.sample(others, chance.choice([5, 8, 12, 20, 30])))
        inside = f"<h1>Results for “port”</h1><ol>{inside}</ol>" if kind == "results" else inside
    if inside:
        parent, at = place
        parent.insert(min(at, len(parent)), lxml.html.fragment_fromstring(inside, create_parent="div"))
    return etree.tostring(root, method="html", encoding="utf-8")


def teaser(form, truth, chance):
    sentences = re.split(r"(?<=[.!?])\s+", " ".join(truth["body"].split()))
    lead = " ".join(sentences[:chance.choice([1, 1, 2])])[:chance.choice([120, 160, 220, 320])]
    more = " ".join(sentences[2:4])[:400]
    day = chance.choice(["3 hours ago", "4 May 2021", "12/03/2020", "Yesterday"])
    escaped = {k: html.escape(v) for k, v in dict(title=truth.get("title") or "News", lead=lead, more=more, day=day).items()}
    return form.format(number=chance.randint(1, 99999), **escaped)
