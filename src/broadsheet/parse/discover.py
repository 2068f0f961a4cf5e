"""The feeds that a web page names, best first."""

import re
from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet.model import Subscription
from broadsheet.parse.charsets.decode import decode_page
from broadsheet.parse.values.addresses import is_absolute, resolve

_TYPES: Final = {  # lower is better
    "application/atom+xml": 0,
    "application/rss+xml": 0,
    "application/feed+json": 1,
    "application/rdf+xml": 1,
    "application/x.atom+xml": 1,
    "application/x-atom+xml": 1,
    "text/rss+xml": 1,
    "application/rss": 1,
    "application/atom": 1,
    "text/rss": 1,
    "text/atom": 1,
    "text/atom+xml": 1,
    "text/rdf": 1,
    "text/rdf+xml": 1,
    "text/xml": 2,
    "application/xml": 2,
    "application/json": 3,
}
_FEEDLIKE: Final = re.compile(
    r"(?:[/.](?:rss|atom|rdf|feed)(?:\.xml|\.json)?/?|/index\.xml|/feeds?/[\w\-]+|[?&](?:feed|format)=(?:rss2?|atom|feed))$"
    r"|//(?:feeds?\.|rsshub\.)",
    re.IGNORECASE,
)
_FEED_WORDS: Final = re.compile(r"\b(?:rss|atom|feed|xml)\b|订阅|訂閱", re.IGNORECASE)
_COMMENTS: Final = re.compile(r"comment|评论|評論", re.IGNORECASE)
_NOT_FEED_JSON: Final = re.compile(r"oembed|wp-json|manifest", re.IGNORECASE)
_LAST_RESORT: Final = 10
_MOST: Final = 50


def find_feeds(body: bytes, content_type: str | None, base_url: str) -> tuple[Subscription, ...]:
    """Find the feeds that an HTML page names, best first; no request is made.

    `link rel=alternate` comes first (RSS and Atom, then JSON Feed, feeds of comments last); only a page without any
    is searched for anchors that look like feeds. Addresses are absolute; at most 50 are given.
    """
    page = LexborHTMLParser(decode_page(body, content_type))
    base = _base(page, base_url)
    found = sorted(_linked(page, base), key=lambda ranked: ranked[0]) or sorted(
        _anchored(page, base), key=lambda ranked: ranked[0]
    )
    unique = {feed.address: feed for _, feed in reversed(found)}
    return tuple(dict.fromkeys(unique[feed.address] for _, feed in found))[:_MOST]


def _base(page: LexborHTMLParser, base_url: str) -> str:
    element = page.css_first("base[href]")
    return (resolve(base_url, element.attributes.get("href")) if element else None) or base_url


def _linked(page: LexborHTMLParser, base: str) -> Iterator[tuple[int, Subscription]]:
    for node in page.css("link[href]"):
        rank = _link_rank(node)
        feed = _subscription(node, base, node.attributes.get("title"))
        if rank is not None and feed:
            yield rank + _penalty(feed), feed


def _link_rank(node: LexborNode) -> int | None:
    relations = (node.attributes.get("rel") or "").lower().split()
    kind = (node.attributes.get("type") or "").lower().partition(";")[0].strip()
    if "feed" in relations:
        return _TYPES.get(kind, 0)
    if "alternate" not in relations or "stylesheet" in relations:
        return None
    odd = kind == "application/json" and _NOT_FEED_JSON.search(node.attributes.get("href") or "")
    return None if odd else _TYPES.get(kind)


def _anchored(page: LexborHTMLParser, base: str) -> Iterator[tuple[int, Subscription]]:
    for node in page.css("a[href]"):
        words = node.text(strip=True)[:200]
        feed = _subscription(node, base, words)
        if feed and _FEEDLIKE.search(feed.address):
            worded = bool(_FEED_WORDS.search(f"{words} {node.attributes.get('title') or ''}"))
            yield _LAST_RESORT - worded + _penalty(feed), feed


def tells_comments(feed: Subscription) -> bool:
    """Whether a feed that a page names tells of comments rather than of articles, by its address and name."""
    return bool(_COMMENTS.search(f"{feed.address} {feed.name or ''}"))


def _penalty(feed: Subscription) -> int:
    return 5 if tells_comments(feed) else 0


def _subscription(node: LexborNode, base: str, name: str | None) -> Subscription | None:
    address = resolve(base, node.attributes.get("href"))
    if not is_absolute(address) or address is None:
        return None
    return Subscription(address=address.partition("#")[0], name=(name or "").strip() or None, link=base)
