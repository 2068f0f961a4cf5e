"""A whole web page as a tree: within bounds, its pictures repaired, what surrounds articles everywhere taken out."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from lxml.html import HtmlElement
from msgspec import Struct

from broadsheet.clean.bounds import legible_bytes
from broadsheet.clean.dom import Element, close_late_voids, remove, tags_in
from broadsheet.clean.links.addresses import absolute
from broadsheet.clean.pictures.images import repair_images
from broadsheet.clean.tables import column

MAX_ELEMENTS = 40_000
_WALLS = re.compile("|".join(column("pages", "wall")), re.IGNORECASE)
_NAMES = frozenset(column("pages", "class"))
_ROLES = frozenset(column("pages", "role"))
_TAGS = tuple(column("pages", "element"))
_SILENT = ("script", "style", "template", "svg", "iframe", "object", "embed")
_NOT_FREE = re.compile(r"\"isAccessibleForFree\"\s*:\s*\"?false\b", re.IGNORECASE)
_HIDDEN = re.compile(r"(?:^|;)\s*display\s*:\s*none\b", re.IGNORECASE)
_UNSEEN = re.compile(r"(?:^|;)\s*visibility\s*:\s*hidden\b", re.IGNORECASE)
_FILE_END = re.compile(r"(?:\.[a-z]{2,5})?/?$", re.IGNORECASE)
_SECOND_PATH = re.compile(r"(?:[/_-](?:page[/_-]?|p)?|p)0?2(?:\.[a-z]{2,5})?/?", re.IGNORECASE)
_SECOND_QUERY = re.compile(r"(?:^|&)(?:page|p|pg|pn|paged|pageno)=2(?:&|$)", re.IGNORECASE)
_PERHAPS_SECOND = re.compile(r"2(?:\.[a-z]{2,5})?/?(?:[?#;]|$)|=2(?:[&#]|$)", re.IGNORECASE)
"""What every address of a second page has in it: most links are told apart before anything is taken apart."""

_TOO_MANY = etree.XPath(f"count(//*) > {MAX_ELEMENTS}")
_PARSER = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", no_network=True)


class WebPage(Struct, frozen=True, kw_only=True):
    """A page that was read: its body as a tree, the base of its addresses, and why it is not the whole article.

    `lack` is "paywall", "several-pages" or None.
    """

    body: HtmlElement
    base: str
    lack: Literal["paywall", "several-pages"] | None = None


def read_page(markup: str, address: str, changes: Counter[str]) -> WebPage | None:
    """Read a page found at `address`; None where it has no body, or one too large to be an article's."""
    root = parse_page(markup)
    return None if root is None else read_tree(root, address, changes)


def parse_page(markup: str) -> HtmlElement | None:
    """Parse a page into its tree; None where it has no body, or one too large to be an article's."""
    try:
        root = html.document_fromstring(legible_bytes(markup), parser=_PARSER, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return None if _TOO_MANY(root) else root


def read_tree(root: HtmlElement, address: str, changes: Counter[str]) -> WebPage:
    """Read the tree of a page found at `address`; it is changed on the way."""
    base = _base(root, address)
    paid = any(_NOT_FREE.search(script.text or "") for script in root.iter("script"))
    etree.strip_elements(root, *_SILENT, with_tail=False)
    body: HtmlElement = root.find("body")
    close_late_voids(body)
    if paid or _WALLS.search(body.text_content()):
        return WebPage(body=body, base=base, lack="paywall")
    if _has_second(root, base, address):
        return WebPage(body=body, base=base, lack="several-pages")
    _drop_surroundings(body, changes)
    repair_images(body, tags_in(body), base, changes)
    return WebPage(body=body, base=base)


def _base(root: HtmlElement, address: str) -> str:
    stated = next((element.get("href") for element in root.iter("base") if element.get("href")), None)
    return (absolute(stated, address) if stated else None) or address


def _has_second(root: HtmlElement, base: str, address: str) -> bool:
    """Tell whether a page links to the second page of the same article, by how addresses of such pages are made."""
    here = urlsplit(address)
    stem = _FILE_END.sub("", here.path)
    for link in root.iter("a", "link"):
        stated = (link.get("href") or "").strip()
        if not _PERHAPS_SECOND.search(stated):
            continue
        try:
            there = urlsplit(urljoin(base, stated))
        except ValueError:
            continue
        if there.netloc != here.netloc:
            continue
        if there.path == here.path and _SECOND_QUERY.search(there.query) and there.query != here.query:
            return True
        if stem and there.path.startswith(stem) and _SECOND_PATH.fullmatch(there.path[len(stem) :]):
            return True
    return False


def _drop_surroundings(body: HtmlElement, changes: Counter[str]) -> None:
    """Take out what is hidden, and boxes that say by their element, role, class or id that they are furniture."""
    for element in list(_surroundings(body)):
        changes["page-furniture"] += 1
        remove(element)


def _surroundings(body: HtmlElement) -> Iterator[Element]:
    for element in body.iterdescendants():
        style = element.get("style") or ""
        if _UNSEEN.search(style):  # shown by a script when it has loaded: the article itself, on some pages
            element.attrib.pop("style")
        if (
            element.tag in _TAGS
            or element.get("hidden") is not None
            or _HIDDEN.search(style)
            or element.get("role") in _ROLES
            or not _NAMES.isdisjoint(_names(element))
        ):
            yield element


def _names(element: Element) -> set[str]:
    return set(f"{element.get('class') or ''} {element.get('id') or ''}".lower().split())
