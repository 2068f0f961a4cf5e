"""What a feed said, as parsed: the words of RFC 4287, RSS 2.0 and JSON Feed in one shape."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from broadsheet.model.moments import require_utc

TextType = Literal["text", "html"]


class Person(Struct, frozen=True, kw_only=True, omit_defaults=False):
    """An author as the feed names one."""

    name: str | None = None
    email: str | None = None
    url: str | None = None


class Category(Struct, frozen=True, kw_only=True):
    """A category; `term` is the only part every format has."""

    term: str
    scheme: str | None = None
    label: str | None = None


class Enclosure(Struct, frozen=True, kw_only=True):
    """An attached file; `length` in bytes where the feed says so."""

    url: str
    type: str | None = None
    length: int | None = None


class ParsedEntry(Struct, frozen=True, kw_only=True):
    """One entry as its feed said it; absent is None or empty, never a guess.

    `title`, `summary` and `content` are markup where their `*_type` is "html", literal text where it is "text";
    addresses are absolute wherever the document gives a base, except inside markup, which `base_url` resolves.
    `original` is the entry alone as a one-entry document of its own format, readable by `parse_feed` again
    (or the bytes of its file, for an entry read from a post file); it is filled only where it was asked for.
    """

    id: str | None = None
    link: str | None = None
    title: str | None = None
    title_type: TextType = "text"
    summary: str | None = None
    summary_type: TextType = "html"
    content: str | None = None
    content_type: TextType = "html"
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[Person, ...] = ()
    categories: tuple[Category, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    images: tuple[str, ...] = ()
    language: str | None = None
    source: str | None = None
    comments: str | None = None
    base_url: str | None = None
    original: bytes | None = None

    def __post_init__(self) -> None:
        require_utc(self.published, self.updated)


class ParsedFeed(Struct, frozen=True, kw_only=True):
    """One feed document as it was understood; `repairs` says what had to be mended first, in stable words.

    `format` is one of "rss-0.9x" ... as the parser names them; `ttl_minutes` in minutes, `skip_hours` 0-23 GMT,
    `skip_days` English weekday names (RSS 2.0).
    """

    format: str
    title: str | None = None
    subtitle: str | None = None
    link: str | None = None
    self_link: str | None = None
    hubs: tuple[str, ...] = ()
    language: str | None = None
    updated: datetime | None = None
    image: str | None = None
    ttl_minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
    authors: tuple[Person, ...] = ()
    categories: tuple[Category, ...] = ()
    repairs: tuple[str, ...] = ()
    new_address: str | None = None
    entries: tuple[ParsedEntry, ...] = ()

    def __post_init__(self) -> None:
        require_utc(self.updated)
