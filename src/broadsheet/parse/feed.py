"""The door of this room: bytes of a feed in, what it says out."""

import re
from datetime import datetime
from typing import Final

from lxml.etree import XMLSyntaxError, _Element

from broadsheet.errors import FeedError
from broadsheet.model import ParsedFeed
from broadsheet.parse.charsets.decode import declarations, decode, wrong_claim
from broadsheet.parse.elements.choose import choose_entry, choose_feed
from broadsheet.parse.formats.jsonfeed import read_json
from broadsheet.parse.formats.xmlfeed import Place, Reading, read_tree, unreadable
from broadsheet.parse.repairs.doctype import has_doctype
from broadsheet.parse.repairs.ladder import parse_mended, parse_strictly

_HTML: Final = re.compile(
    r"(?>(?:\s|<!--(?>(?:[^-]|-(?!->))*)-->|<\?xml[^>]{0,200}>)*)<(?:!doctype\s+html|html)\b", re.I
)
_FEED_ROOT: Final = re.compile(r"<(?:[A-Za-z]{1,10}:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_INHERITED: Final = re.compile(rb"xml:(?:base|lang)")
_ELEMENT: Final = re.compile(rb"<[A-Za-z_]")
_CDATA_END: Final = re.compile(rb"\]\]>")  # twice as fast as bytes.count
_C1: Final = re.compile(rb"\xc2[\x80-\x9f]")
_C1_REFERENCE: Final = re.compile(rb"&#(?:0*1[2-5][0-9]|[xX]0*[89][0-9A-Fa-f]);")
_JSON_FEED: Final = re.compile(r"""\{\s*+"version"\s*+:\s*+"https?:(?:\\?/){2}jsonfeed\.org""")
_HZ: Final = re.compile(rb"""\s*<\?xml[^>]{0,200}encoding\s*=\s*["']hz""", re.IGNORECASE)
_HEAD: Final = 5000


def parse_feed(
    body: bytes,
    content_type: str | None = None,
    base_url: str | None = None,
    *,
    zone: str | None = None,
    now: datetime | None = None,
    originals: bool = False,
) -> ParsedFeed:
    """Understand a feed of any format: RSS 0.90-2.0, RSS 1.0, Atom 0.3 and 1.0, JSON Feed, CDF.

    `content_type` is the HTTP header, of which only the charset is believed; `base_url` makes addresses absolute.
    `zone` (IANA) serves dates without a zone; where it is not given, Asia/Shanghai does for Chinese feeds, else UTC.
    `now` serves relative dates and refuses years before 1990 and moments more than two days ahead; without it no date
    is refused. `originals` keeps each entry as a one-entry document.

    Raises:
        FeedError: "empty", "html", "not-a-feed" or "too-deep"; whatever the bytes, nothing else is raised.
    """
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        cause = "the document is empty; ask again later, and tell its publisher if it stays so"
        raise FeedError("empty", cause)
    place = Place(base_url, zone, now, originals)
    reading, repairs = read_document(body, content_type, place)
    entries = [choose_entry(draft, base_url) for draft in reading.entries]
    return choose_feed(reading.feed, reading.format, repairs, entries)


def read_document(body: bytes, content_type: str | None, place: Place) -> tuple[Reading, tuple[str, ...]]:
    """Read a document of any format into drafts, and say what had to be mended.

    Raises:
        FeedError: the document is no feed.
    """
    root = _fast_root(body)
    if root is not None:
        repairs = wrong_claim("utf-8", declarations(body, content_type), plain=body.isascii())
        reading = read_tree(root, place, flat=_INHERITED.search(body, _root_end(body)) is None)
        return reading, (*repairs, *reading.repairs)
    decoded = decode(body, content_type)
    start = _json_start(decoded.text)
    if start >= 0:
        reading, mended = read_json(decoded.text[start:], place)
        mended = ("leading-junk", *mended) if start else mended
    else:
        tree = parse_mended(_markup(decoded.text))
        reading, mended = read_tree(tree.root, place, flat=False), tree.repairs
    return reading, (*decoded.repairs, *mended, *reading.repairs)


def _root_end(body: bytes) -> int:
    """Give a place not behind the end of the root's start tag, and mostly just there."""
    start = _ELEMENT.search(body)
    return body.find(b">", start.start()) if start else 0


def _fast_root(body: bytes) -> _Element | None:
    """Parse the nine of ten documents that are UTF-8 and well-formed; None sends the others up the ladder."""
    start = body[:4].lstrip(b"\xef\xbb\xbf")[:2]
    if not start.startswith(b"<") or b"\x00" in start or _needs_ladder(body):
        return None
    try:
        return parse_strictly(body)
    except XMLSyntaxError:
        return None


def _needs_ladder(body: bytes) -> bool:
    """Tell whether a document must be looked at as text although XML might accept it."""
    if (b"\xc2" in body and _C1.search(body)) or _HZ.match(body):
        return True
    sections = body.count(b"<![CDATA[")
    if sections and sections != len(_CDATA_END.findall(body)):
        return True
    return (b"#" in body and _C1_REFERENCE.search(body) is not None) or has_doctype(body)


def _json_start(text: str) -> int:
    """Find where a JSON Feed begins: with the text, or behind what somebody wrote before it; -1 where none does."""
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return 0
    found = _JSON_FEED.search(text[:_HEAD])
    return found.start() if found and not _FEED_ROOT.search(text[:_HEAD]) else -1


def _markup(text: str) -> str:
    """Let through what may be a feed in XML.

    Raises:
        FeedError: "html" for a web page, "not-a-feed" for a text without any markup.
    """
    if _HTML.match(text) and not _FEED_ROOT.search(text[:_HEAD]):
        raise unreadable("html")
    if "<" not in text:
        cause = "a plain text came instead of a feed; look at the address in a browser"
        raise FeedError("not-a-feed", cause)
    return text
