"""Made-up feeds of real shape: Chinese tech and business news in RSS 2.0, Atom and JSON Feed, 7 : 2 : 1.

Bodies carry what bodies carry out there: lazy pictures, tracked links, inline styles, boilerplate, counting pixels.
The same seed gives the same bytes, always.
"""

import json
import tomllib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from random import Random
from typing import NamedTuple
from xml.sax.saxutils import escape as xml_escape

WORDS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
NEWEST = datetime(2026, 11, 20, 8, tzinfo=UTC)
SLOTS = {"company": "companies", "product": "products", "verb": "verbs", "place": "places", "amount": "amounts"}
STYLES = (
    "font-size:16px;line-height:1.75em;color:#333",
    "margin:0 0 1em;text-align:justify;text-indent:2em",
    "background:#f6f6f6;padding:8px;border-left:3px solid #c33",
)
BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="


class Item(NamedTuple):
    """One entry as its outlet wrote it; `summary` is text, `body` HTML."""

    id: str
    link: str
    title: str
    summary: str
    body: str
    published: datetime
    author: str
    categories: tuple[str, ...]


class FeedFile(NamedTuple):
    """One feed as it is served: the file's name, its section in the paper, and its entries, newest first."""

    name: str
    title: str
    section: str
    items: tuple[Item, ...]


def write_feeds(folder: Path, feeds: int, entries: int, bumped: int = 0) -> list[FeedFile]:
    """Write every feed into the folder; the first feed has moved on by `bumped` new entries (and dropped as many)."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [make_feed(number, entries, bumped if number == 0 else 0) for number in range(feeds)]
    for feed in made:
        document = render(feed)
        file = folder / feed.name
        if not file.exists() or file.read_bytes() != document:
            file.write_bytes(document)
    return made


def make_feed(number: int, entries: int, bumped: int = 0) -> FeedFile:
    """Make one feed; an entry keeps its content however often the feed moves on."""
    outlet, section = _pick("outlets", number), _pick("sections", number // len(WORDS["outlets"]) + number)
    kind = "xml" if number % 10 < 7 else "atom" if number % 10 < 9 else "json"
    items = tuple(_item(number, serial, entries) for serial in reversed(range(bumped, entries + bumped)))
    return FeedFile(f"f{number:04}.{kind}", f"{outlet}·{section} {number}", section, items)


def render(feed: FeedFile) -> bytes:
    """Write one feed in the format that its file name ends in."""
    return {"xml": _rss, "atom": _atom, "json": _json}[feed.name.rpartition(".")[2]](feed).encode()


def opml(feeds: Sequence[FeedFile], address: str) -> str:
    """List the feeds, served under the address, as a reading list with one folder a section."""
    folders: dict[str, list[str]] = {}
    for feed in feeds:
        line = f'<outline type="rss" text="{escape(feed.title)}" xmlUrl="{address}{feed.name}"/>'
        folders.setdefault(feed.section, []).append(line)
    outlines = "".join(f'<outline text="{name}">{"".join(lines)}</outline>\n' for name, lines in folders.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0"><head/><body>\n{outlines}</body></opml>\n'


def _pick(table: str, number: int) -> str:
    return WORDS[table][number % len(WORDS[table])]


def _fill(random: Random, table: str) -> str:
    text = random.choice(WORDS[table])
    for slot, words in SLOTS.items():
        while f"{{{slot}}}" in text:
            text = text.replace(f"{{{slot}}}", random.choice(WORDS[words]), 1)
    return text


def _item(feed: int, serial: int, entries: int) -> Item:
    random = Random(feed * 100_003 + serial)
    name = f"{feed:04}{serial:05}"
    sentences = [_fill(random, "sentences") for _ in range(random.randint(8, 29))]
    published = NEWEST + timedelta(minutes=37 * (serial - entries) + random.randint(0, 30) + feed % 30)
    return Item(
        id=f"urn:bench:{name}",
        link=f"https://news{feed:03}.example/2026/11/{name}.html",
        title=_fill(random, "titles"),
        summary="".join(sentences[:2]),
        body="\n".join(_body(random, sentences, name)),
        published=published,
        author=random.choice(WORDS["authors"]),
        categories=tuple(random.sample(WORDS["sections"], random.randint(1, 3))),
    )


def _body(random: Random, sentences: list[str], name: str) -> Iterator[str]:
    if random.random() < 0.7:
        yield _picture(random, name)
    while sentences:
        count = random.randint(2, 4)
        text, sentences = escape("".join(sentences[:count]), quote=False), sentences[count:]
        style = f' style="{random.choice(STYLES)}"' if random.random() < 0.5 else ""
        yield f"<p{style}>{text}</p>"
        yield from _aside(random)
    if random.random() < 0.4:
        yield '<p style="color:#999;font-size:12px">声明：文中的对外链接仅用于传递更多信息，结果仅供参考。</p>'
    if random.random() < 0.3:
        yield f'<img src="https://count.example/p.gif?id={name}" width="1" height="1" alt="">'


def _picture(random: Random, name: str) -> str:
    address = f"https://img.example/2026/11/{name}.jpg"
    caption = f"<figcaption>图：{random.choice(WORDS['outlets'])}</figcaption>"
    return random.choice(
        (
            f'<p><img src="{BLANK}" data-original="{address}" class="lazy" alt=""></p>',
            f'<figure><img src="/blank.png" data-src="{address}?w=12" loading="lazy" width="12">{caption}</figure>',
            f'<img src="{address}" srcset="{address} 1x, {address}@2x 2x" style="max-width:100%;display:block">',
            f'<p><img src="//img.example/2026/11/{name}.webp" referrerpolicy="no-referrer"></p>',
        )
    )


def _aside(random: Random) -> Iterator[str]:
    dice = random.random()
    if dice < 0.12:
        target = f"https://shop.example/{random.getrandbits(32):08x}?utm_source=feed&amp;utm_medium=rss&amp;spm=a1z"
        yield f'<p>商品：<a href="{target}" target="_blank" rel="nofollow">{_fill(random, "titles")}</a></p>'
    elif dice < 0.2:
        yield f'<blockquote style="{STYLES[2]}"><p><strong>{_fill(random, "titles")}</strong></p></blockquote>'
    elif dice < 0.25:
        yield f"<ul>{''.join(f'<li>{amount}</li>' for amount in random.sample(WORDS['amounts'], 3))}</ul>"


def _rss(feed: FeedFile) -> str:
    number = int(feed.name[1:5])
    items = "\n".join(_rss_item(item, full=number % 2 == 0, wrapped=number % 3 > 0) for item in feed.items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{xml_escape(feed.title)}</title><link>https://news{number:03}.example/</link>"
        f"<description>{xml_escape(feed.title)}的最新文章</description><language>zh-cn</language><ttl>30</ttl>\n"
        f"<lastBuildDate>{format_datetime(feed.items[0].published)}</lastBuildDate>\n{items}\n</channel></rss>\n"
    )


def _rss_item(item: Item, *, full: bool, wrapped: bool) -> str:
    wrap = f"<![CDATA[{item.body}]]>" if wrapped or full else xml_escape(item.body)
    text = f"<description>{xml_escape(item.summary)}</description><content:encoded>{wrap}</content:encoded>"
    return (
        f'<item><title>{xml_escape(item.title)}</title><link>{item.link}</link><guid isPermaLink="false">{item.id}'
        f"</guid><pubDate>{format_datetime(item.published)}</pubDate><dc:creator>{item.author}</dc:creator>"
        f"{''.join(f'<category>{term}</category>' for term in item.categories)}"
        f"{text if full else f'<description>{wrap}</description>'}</item>"
    )


def _atom(feed: FeedFile) -> str:
    number = feed.name[1:5]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">'
        f"<title>{xml_escape(feed.title)}</title><id>urn:bench:feed:{number}</id>"
        f'<link href="https://news{number[1:]}.example/"/><updated>{feed.items[0].published.isoformat()}</updated>\n'
        + "\n".join(map(_atom_entry, feed.items))
        + "\n</feed>\n"
    )


def _atom_entry(item: Item) -> str:
    moment = item.published.isoformat()
    categories = "".join(f'<category term="{term}"/>' for term in item.categories)
    return (
        f'<entry><title>{xml_escape(item.title)}</title><id>{item.id}</id><link href="{item.link}"/>'
        f"<published>{moment}</published><updated>{moment}</updated><author><name>{item.author}</name></author>"
        f"{categories}<summary>{xml_escape(item.summary)}</summary>"
        f'<content type="html">{xml_escape(item.body)}</content></entry>'
    )


def _json(feed: FeedFile) -> str:
    items = [
        {
            "id": item.id,
            "url": item.link,
            "title": item.title,
            "summary": item.summary,
            "content_html": item.body,
            "date_published": item.published.isoformat(),
            "authors": [{"name": item.author}],
            "tags": item.categories,
        }
        for item in feed.items
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title, "language": "zh-CN"}
    return json.dumps({**head, "items": items}, ensure_ascii=False)
