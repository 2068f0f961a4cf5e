"""The ladder: strict XML first; small textual repairs; tags matched entry by entry; libxml2's recovery last."""

import re
from typing import Final

from lxml import etree
from lxml.etree import XMLSyntaxError, _Element
from msgspec import Struct

from broadsheet.errors import FeedError
from broadsheet.parse.repairs.balance import balance
from broadsheet.parse.repairs.mend import (
    REPAIRS,
    bare_start_tag,
    c1_characters,
    declare_prefixes,
    flatten,
    known_namespaces,
    numeric_references,
)
from broadsheet.parse.repairs.sections import has_bad_comment, without_comments

_HUGE: Final = 9 * 1024 * 1024
"""libxml2 refuses text of over 10 MB unless told; without a DOCTYPE that bound protects nothing."""
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
        return _strictly(text, done)
    except XMLSyntaxError:
        return _resynchronised(text, done)


def _strictly(text: str, done: list[str]) -> Tree:
    """Parse strictly; what is nested too deep is made flat before.

    Raises:
        XMLSyntaxError: the document is not well-formed.
    """
    try:
        return Tree(parse_strictly(_utf8(text)), tuple(done))
    except XMLSyntaxError as error:
        if "depth" not in str(error):
            raise
        return Tree(parse_strictly(_utf8(flatten(text))), (*done, "too-deep"))


def _resynchronised(text: str, done: list[str]) -> Tree:
    """Match the tags entry by entry, so that damage stays in the entry that has it."""
    cut = "truncated" not in done and not _CLOSED.search(text[-200:])
    done = [*done, "recovered", *(["truncated"] if cut else [])]
    balanced = known_namespaces(c1_characters(balance(text)))
    balanced = declare_prefixes(balanced, bare_start_tag(balanced))  # what is declared elsewhere may not reach
    try:
        return _strictly(balanced, done)
    except XMLSyntaxError:
        return _recovered(flatten(balanced), done)


def _recovered(text: str, done: list[str]) -> Tree:
    """Let libxml2 read a text whose tags match and whose namespaces may be wrong."""
    data = _utf8(numeric_references(text))
    try:
        root = etree.fromstring(data, _parser(len(data), recover=True))
    except XMLSyntaxError:
        root = None
    if root is None:
        cause = "what came is neither XML nor JSON and no repair helped; look at the address in a browser"
        raise FeedError("not-a-feed", cause)
    return Tree(root, tuple(done))


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
