"""Reading lists: OPML 2.0 in and out, in the dialects that readers really write."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from email.utils import format_datetime
from typing import Final

from lxml import etree
from lxml.etree import _Element

from broadsheet.errors import FeedError
from broadsheet.model import Feed, Subscription
from broadsheet.parse.charsets.decode import decode
from broadsheet.parse.elements.markup import attributes
from broadsheet.parse.names import canonical
from broadsheet.parse.repairs.ladder import parse_mended
from broadsheet.parse.values.addresses import resolve

_FEED_SCHEME: Final = re.compile(r"feed:(?://)?(?=https?:)|feed(?=://)", re.IGNORECASE)
_UNWRITABLE: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ADDRESS_KEYS: Final = ("xmlurl", "xml_url", "feedurl")
_NOT_FEEDS: Final = frozenset({"link", "include"})


def parse_opml(body: bytes) -> tuple[Subscription, ...]:
    """Read the subscriptions of an OPML list: nested outlines become section paths, an address counts once.

    Attribute names are read in any case; `category="/a/b"` is the section of an outline that stands in none.

    Raises:
        FeedError: "empty", or "not-opml" for a document that is no list.
    """
    if not body.strip():
        cause = "the reading list is empty; export it again from your reader"
        raise FeedError("empty", cause)
    root = _root(decode(body, None).text)
    found: dict[str, Subscription] = {}
    for given, section in _outlines(root):
        subscription = _subscription(given, section)
        if subscription:
            found.setdefault(subscription.address, subscription)
    return tuple(found.values())


def unusable_addresses(body: bytes) -> tuple[str, ...]:
    """Name what an OPML list gives as addresses of feeds in schemes that nobody may ask, each once.

    Raises:
        FeedError: as `parse_opml`.
    """
    root = _root(decode(body, None).text)
    said = (_said_address(given) for given, _ in _outlines(root) if not _address(given) and _is_feed(given))
    return tuple(dict.fromkeys(address for address in said if address))


def _root(text: str) -> _Element:
    root = None
    with suppress(FeedError):
        root = parse_mended(text).root
    if root is None or canonical(root.tag).rpartition(":")[2] != "opml":
        cause = "the document is no OPML reading list: its root is not <opml>; export it again from your reader"
        raise FeedError("not-opml", cause)
    return root


def _outlines(root: _Element) -> Iterator[tuple[dict[str, str], tuple[str, ...]]]:
    """Give every outline with the names of the outlines around it, in document order."""
    waiting: list[tuple[_Element, tuple[str, ...]]] = [(root, ())]
    while waiting:
        element, section = waiting.pop()
        if canonical(element.tag).rpartition(":")[2] == "outline":
            given = {name.lower(): value.strip() for name, value in attributes(element)}
            yield given, section
            name = given.get("title") or given.get("text")
            section = (*section, name) if name and not _address(given) else section
        waiting += [(child, section) for child in reversed(element)]


def _said_address(given: Mapping[str, str]) -> str | None:
    """Give what an outline says is its feed's address; only the type "rss" makes a plain `url` one."""
    address = next((given[key] for key in _ADDRESS_KEYS if given.get(key)), None)
    if address is None and given.get("type", "").lower() in ("rss", "atom"):
        address = given.get("url")
    return address


def _is_feed(given: Mapping[str, str]) -> bool:
    return given.get("type", "").lower() not in _NOT_FEEDS


def _address(given: Mapping[str, str]) -> str | None:
    """Give the feed's address that an outline holds, if it is one that can be asked."""
    address = _said_address(given)
    return resolve(None, _FEED_SCHEME.sub(_plain_scheme, address, count=1)) if address else None


def _plain_scheme(match: re.Match[str]) -> str:
    return "" if match.group().endswith((":", "/")) else "http"


def _subscription(given: Mapping[str, str], section: tuple[str, ...]) -> Subscription | None:
    address = _address(given)
    if address is None or not _is_feed(given):
        return None
    name = given.get("title") or given.get("text")
    link = resolve(None, given.get("htmlurl"))
    section = section or _category_path(given.get("category", ""))
    return Subscription(address=address, section=section, name=name or None, link=link)


def _category_path(category: str) -> tuple[str, ...]:
    """Read the first of the categories "/a/b,c" as a path (OPML 2.0)."""
    first = category.partition(",")[0]
    return tuple(part.strip() for part in first.split("/") if part.strip())


def write_opml(feeds: Sequence[Feed], title: str, now: datetime) -> bytes:
    """Write feeds as OPML 2.0 in UTF-8, their sections as nested outlines, in the order given."""
    root = etree.Element("opml", version="2.0")
    head, body = etree.SubElement(root, "head"), etree.SubElement(root, "body")
    etree.SubElement(head, "title").text = _writable(title)
    etree.SubElement(head, "dateCreated").text = format_datetime(now)
    groups: dict[tuple[str, ...], _Element] = {(): body}
    for feed in feeds:
        _write_feed(_group(groups, feed.section), feed)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _group(groups: dict[tuple[str, ...], _Element], section: tuple[str, ...]) -> _Element:
    if section not in groups:
        parent = _group(groups, section[:-1])
        name = _writable(section[-1])
        groups[section] = etree.SubElement(parent, "outline", text=name, title=name)
    return groups[section]


def _write_feed(parent: _Element, feed: Feed) -> None:
    name = _writable(feed.label)
    outline = etree.SubElement(parent, "outline", type="rss", text=name, title=name, xmlUrl=_writable(feed.address))
    if feed.link:
        outline.set("htmlUrl", _writable(feed.link))


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)
