"""The sample edition's package data: reading list, feed documents in both states, pictures.

Every outlet is invented, and so are all companies but the few that the model story of 26 August 2022 is about.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Final, Literal

import msgspec
from msgspec import Struct

from broadsheet.annotate import read_companies
from broadsheet.market import read_bars
from broadsheet.market.importing import ReadBars
from broadsheet.model import CompanyList, Subscription

State = Literal["morning", "evening"]

MOMENTS: Final[Mapping[State, datetime]] = {
    "morning": datetime(2022, 8, 26, 4, 0, tzinfo=UTC),
    "evening": datetime(2022, 8, 26, 10, 0, tzinfo=UTC),
}
"""When each state was true: noon and six in the evening in Shanghai, on the day of the model story."""

PICTURE_BASE: Final = b"https://plates.example/"
"""What the documents on disk write before a picture's name; serving them replaces it."""

_DATA: Final = resources.files("broadsheet.demo")


class SampleFeed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the reading list; `type` is the Content-Type its server sends, right or not."""

    name: str
    section: tuple[str, ...]
    file: str
    type: str = "text/xml"
    gone: bool = False


class Document(Struct, frozen=True, kw_only=True):
    """One feed document as its server has it: bytes, Content-Type, and when it last changed."""

    body: bytes
    type: str
    modified: datetime


class _ReadingList(Struct, frozen=True, forbid_unknown_fields=True):
    feed: tuple[SampleFeed, ...]


@cache
def sample_feeds() -> tuple[SampleFeed, ...]:
    """Read the reading list, the one that is gone included."""
    return msgspec.toml.decode((_DATA / "feeds.toml").read_bytes(), type=_ReadingList).feed


def subscriptions(base: str) -> tuple[Subscription, ...]:
    """Make the nine subscriptions for a feed server at `base`, an address ending in "/"."""
    return tuple(
        Subscription(address=f"{base}feeds/{feed.file}", section=feed.section, name=feed.name)
        for feed in sample_feeds()
    )


def documents(state: State, images: str) -> dict[str, Document]:
    """Read the feed documents of a state by file name, their pictures under `images`, an address ending in "/".

    A feed that has no document of its own for the evening still shows its morning one.
    """
    return {feed.file: _document(feed, state, images) for feed in sample_feeds() if not feed.gone}


def _document(feed: SampleFeed, state: State, images: str) -> Document:
    source = _DATA / "feeds" / state / feed.file
    if state == "evening" and not source.is_file():
        return _document(feed, "morning", images)
    body = source.read_bytes().replace(PICTURE_BASE, images.encode("ascii"))
    return Document(body=body, type=feed.type, modified=MOMENTS[state])


def pictures() -> dict[str, bytes]:
    """Read the pictures by file name, all PNG of 1200 x 675 pixels."""
    return {item.name: item.read_bytes() for item in (_DATA / "img").iterdir() if item.name.endswith(".png")}


def companies() -> CompanyList:
    """Read the book of the companies that are invented."""
    return read_companies((_DATA / "companies.toml").read_bytes(), "companies.toml")


def prices() -> ReadBars:
    """Read a month of daily bars, ending on the day of both states."""
    return read_bars((_DATA / "prices.csv").read_bytes(), "prices.csv")


def article_pages(images: str) -> dict[str, bytes]:
    """Read the pages of the articles that Ostrava Business Post only summarises, by the last part of their addresses.

    Their pictures are under `images`, an address ending in "/".
    """
    return {
        item.name.removesuffix(".html"): item.read_bytes().replace(PICTURE_BASE, images.encode("ascii"))
        for item in (_DATA / "pages").iterdir()
        if item.name.endswith(".html")
    }
