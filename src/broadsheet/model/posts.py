"""The permanent article, its revisions, and how both are named."""

from datetime import datetime
from hashlib import blake2b
from typing import NewType

from msgspec import Struct, field

from broadsheet.model.moments import require_utc
from broadsheet.model.parsed import Enclosure, Person

SafeHtml = NewType("SafeHtml", str)
"""Markup that may go into a page as it is; only `clean.sanitise` makes it."""


def hex10(*parts: str) -> str:
    """Name something by its parts: 10 hex digits of BLAKE2b."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def feed_id(address: str) -> str:
    """Name a feed by the address it is added under: 10 hex digits of BLAKE2b."""
    return hex10(address)


def post_id(feed: str, entry: str, first_published: datetime) -> str:
    """Name a post for ever: the UTC day of first publication, then 10 hex digits of BLAKE2b(feed id, entry id)."""
    require_utc(first_published)
    return f"{first_published:%Y%m%d}-{hex10(feed, entry)}"


class Image(Struct, frozen=True, kw_only=True):
    """A picture in a post; width and height in CSS pixels where they are known."""

    url: str
    alt: str = ""
    caption: str | None = None
    width: int | None = None
    height: int | None = None


class CleanEntry(Struct, frozen=True, kw_only=True):
    """An entry repaired, sanitised and read: what becomes a revision of a post.

    `title` and `summary` are plain text, `summary` at most 200 code points. `text` is the title, a newline, and the
    visible text of `html` with block elements separated by newlines: every later fact's span counts in its code
    points. `changes` counts each kind of repair and removal by a stable name.
    """

    title: str
    html: SafeHtml
    text: str
    summary: str = ""
    link: str | None = None
    language: str | None = None
    image: Image | None = None
    images: tuple[Image, ...] = ()
    changes: dict[str, int] = field(default_factory=dict)


class ArticlePage(Struct, frozen=True, kw_only=True):
    """The page of an article as its server sent it, decoded from its content coding, and where it was found."""

    address: str
    content_type: str | None = None
    body: bytes
    fetched_at: datetime

    def __post_init__(self) -> None:
        require_utc(self.fetched_at)


class Article(Struct, frozen=True, kw_only=True):
    """An article read from its own page, and what a reader sees of it in place of the feed's own text."""

    page: ArticlePage
    clean: CleanEntry


class Revision(Struct, frozen=True, kw_only=True):
    """One version of a post, ready to be stored.

    `entry_digest` is of what the feed said, `digest` of what a reader sees: equal `digest` means that the change was
    trivial. `original` is the one-entry document or post file, not compressed, with the `media_type` and `base_url`
    that reading it again needs. `published` falls back to `seen_at` where the feed gives no date. `wants_page`
    asks for the article's own page, `article` is what was read from it; neither makes a revision. `number` is that of
    the revision which this one makes again, if any.
    """

    post_id: str
    entry_id: str
    entry_digest: str
    digest: str
    reason: str
    seen_at: datetime
    published: datetime
    updated: datetime | None = None
    authors: tuple[Person, ...] = ()
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    comments: str | None = None
    clean: CleanEntry
    original: bytes = b""
    media_type: str = "application/xml"
    base_url: str | None = None
    wants_page: bool = False
    article: Article | None = None
    number: int | None = None

    def __post_init__(self) -> None:
        require_utc(self.seen_at, self.published, self.updated)


class KnownEntry(Struct, frozen=True, array_like=True):
    """What the store already holds of one entry: enough to tell whether a poll brings anything new."""

    entry_id: str
    post_id: str
    entry_digest: str


class Post(Struct, frozen=True, kw_only=True):
    """A stored post in its current revision (`revision` counts from 1).

    `page` is the address of the article's own page where its text is from there, not from the feed.
    """

    id: str
    feed_id: str
    entry_id: str
    title: str
    html: SafeHtml
    text: str
    summary: str
    link: str | None
    language: str | None
    image: Image | None
    authors: tuple[Person, ...]
    categories: tuple[str, ...]
    enclosures: tuple[Enclosure, ...]
    comments: str | None
    published: datetime
    updated: datetime | None
    first_seen: datetime
    changed_at: datetime
    revision: int
    digest: str
    changes: dict[str, int]
    page: str | None = None

    def __post_init__(self) -> None:
        require_utc(self.published, self.updated, self.first_seen, self.changed_at)


class Card(Struct, frozen=True, kw_only=True):
    """A post as lists show it: no body."""

    id: str
    feed_id: str
    title: str
    summary: str
    language: str | None
    image: Image | None
    published: datetime
    revision: int

    def __post_init__(self) -> None:
        require_utc(self.published)


class Version(Struct, frozen=True, kw_only=True):
    """What one revision of a post said; an older Broadsheet kept `html` and `text` of the newest alone."""

    number: int
    seen_at: datetime
    reason: str
    html: SafeHtml | None
    text: str | None

    def __post_init__(self) -> None:
        require_utc(self.seen_at)


class Original(Struct, frozen=True, kw_only=True):
    """What one revision was made from, decompressed, with its place in the life of its post.

    `page` is the page of the article, where one was read for the newest revision.
    """

    post_id: str
    feed_id: str
    entry_id: str
    number: int
    seen_at: datetime
    reason: str
    body: bytes
    media_type: str
    base_url: str | None
    page: ArticlePage | None = None

    def __post_init__(self) -> None:
        require_utc(self.seen_at)
