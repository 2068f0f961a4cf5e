"""The ladder: strict XML first; on an error small textual repairs and strict again; libxml2's recovery last."""

import re
from html import unescape
from typing import Final

from lxml import etree
from lxml.etree import XMLSyntaxError, _Element
from msgspec import Struct

from broadsheet.errors import FeedError
from broadsheet.parse.mend import REPAIRS, flatten, impossible_references
from broadsheet.parse.names import canonical
from broadsheet.parse.sections import has_bad_comment, without_comments

_HUGE: Final = 9 * 1024 * 1024
"""libxml2 refuses text of over 10 MB unless told; without a DOCTYPE that bound protects nothing."""
_ENTRIES: Final = frozenset({"item", "entry"})
_CLOSED: Final = re.compile(r"</(?:[a-z]{1,10}:)?(?:rss|feed|rdf|channel|entry|opml)\s*>\s*\Z", re.IGNORECASE)


class Tree(Struct, frozen=True):
    """A document's root, and what had to be mended to get it."""

    root: _Element
    repairs: tuple[str, ...] = ()


def parse_strictly(data: bytes) -> _Element:
    """Parse UTF-8 XML, whatever charset it declares; no entity is expanded and nothing is fetched.

    Raises:
        XMLSyntaxError: the document is not well-formed.
    """
    return etree.fromstring(data, _parser(len(data), recover=False))


def parse_mended(text: str) -> Tree:
    """Parse XML that is known to be damaged: each repair that changes something is noted by its name.

    Raises:
        FeedError: "not-a-feed" where nothing can be saved.
    """
    done = ["comments-removed"] if has_bad_comment(text) else []
    text = without_comments(text)
    for name, mend in REPAIRS:
        mended = mend(text)
        if mended != text:
            done.append(name)
            text = mended
    try:
        return Tree(parse_strictly(_utf8(text)), tuple(done))
    except XMLSyntaxError as error:
        return _flattened(text, done) if "depth" in str(error) else _recovered(text, done)


def _flattened(text: str, done: list[str]) -> Tree:
    flat = flatten(text)
    try:
        return Tree(parse_strictly(_utf8(flat)), (*done, "too-deep"))
    except XMLSyntaxError:
        return _recovered(flat, [*done, "too-deep"])


def _recovered(text: str, done: list[str]) -> Tree:
    """Let libxml2 close and drop tags as it sees fit, and lift entries out of entries that were never closed."""
    data = _utf8(impossible_references(text))  # libxml2 may not see CDATA sections where the repairs did
    try:
        root = etree.fromstring(data, _parser(len(data), recover=True))
    except XMLSyntaxError:
        root = None
    if root is None:
        cause = "what came is neither XML nor JSON and no repair helped; look at the address in a browser"
        raise FeedError("not-a-feed", cause)
    _write_out_entities(root)
    _lift_entries(root)
    cut = "truncated" not in done and not _CLOSED.search(text[-200:])
    return Tree(root, (*done, "recovered", "truncated") if cut else (*done, "recovered"))


def _write_out_entities(root: _Element) -> None:
    """Turn references that libxml2 left as nodes into text: behind a node the rest of a text would be overlooked."""
    for parent in root.iter("{*}*"):
        for entity in list(parent.iterchildren(etree.Entity)):
            _write_out(entity, parent)


def _write_out(entity: _Element, parent: _Element) -> None:
    before = entity.getprevious()
    text = unescape(entity.text or "") + (entity.tail or "")
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
    parent.remove(entity)


def _lift_entries(root: _Element) -> None:
    """Make entries that stand inside of another, because it was never closed, its siblings."""
    outer: _Element | None = None
    for element in list(root.iter("{*}*")):
        if element is root or canonical(element.tag).rpartition(":")[2] not in _ENTRIES:
            continue
        if outer is not None and any(ancestor is outer for ancestor in element.iterancestors()):
            outer.addnext(element)
        outer = element


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _parser(size: int, *, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        huge_tree=size > _HUGE,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
