"""What a source holds: documents on their way to become posts, and what cannot become one."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from broadsheet.model.moments import require_utc

MOST: Final = 16 * 1024 * 1024
"""Bytes of the largest document that is read."""

DocumentKind: TypeAlias = Literal["feed", "page", "post-file"]


class Document(Struct, frozen=True, kw_only=True):
    """The bytes of a feed, a page or a post file, where they were found and when; `address` is theirs on the web.

    A feed of which no address is known has the name of its file. `only` is the id of the one entry of a document that
    no server gave out as a feed, `base` resolves the addresses in it.
    """

    kind: DocumentKind
    source: str
    offset: int
    address: str
    body: bytes
    content_type: str | None = None
    seen_at: datetime
    only: str | None = None
    base: str | None = None

    def __post_init__(self) -> None:
        require_utc(self.seen_at)


class Rejected(Struct, frozen=True, kw_only=True):
    """What became no post: `reason` is one stable word, `cause` says it to a person."""

    source: str
    offset: int
    address: str | None = None
    length: int | None = None
    reason: str
    cause: str


Found: TypeAlias = Iterator[Document | Rejected]


def too_large(source: str, offset: int, address: str | None, length: int | None) -> Rejected:
    """Reject a document that is not even read."""
    size = "" if length is None else f" of {length} bytes"
    cause = f"a record{size} is not read into memory; the most is {MOST} bytes"
    return Rejected(source=source, offset=offset, address=address, length=length, reason="too-large", cause=cause)


def kind_of(content_type: str | None, body: bytes) -> DocumentKind | None:
    """Tell a page from a feed by the type it came with, else by how it begins; None for anything else."""
    stated = (content_type or "").partition(";")[0].strip().lower()
    head = body[:_HEAD]
    if stated in _PAGES:
        return "feed" if _FEED.match(head) else "page"
    if stated in _FEEDS:
        return "page" if _PAGE.match(head) else "feed"
    if stated not in _UNSAID:
        return None
    if _FEED.match(head) or head.lstrip(_BLANK).startswith(b"{"):
        return "feed"
    return "page" if head.lstrip(_BLANK).startswith(b"<") else None


_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_FEEDS: Final = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/json",
        "application/xml",
        "text/xml",
    }
)
_UNSAID: Final = frozenset({"", "text/plain", "application/octet-stream"})
_HEAD: Final = 2048
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"
_BEFORE: Final = rb"(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->)*"
_FEED: Final = re.compile(
    _BEFORE + rb"(?:<!doctype[^>]*>\s*)?<(?:rss|feed|rdf:rdf|channel)\b", re.DOTALL | re.IGNORECASE
)
_PAGE: Final = re.compile(_BEFORE + rb"<(?:!doctype\s+html|html)\b", re.DOTALL | re.IGNORECASE)
