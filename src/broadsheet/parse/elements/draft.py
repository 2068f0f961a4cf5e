"""What one element of a feed was found to say, before the best of it is chosen."""

from datetime import datetime
from typing import Final

from lxml.etree import _Element
from msgspec import Struct, field

from broadsheet.model import Category, Enclosure, Person, TextType

_UNSAID: Final = 99


class Text(Struct, frozen=True, gc=False):
    """A text with its kind, its base address and its language."""

    value: str
    type: TextType = "html"
    base: str | None = None
    language: str | None = None


class Link(Struct, frozen=True, gc=False):
    """A link as written: `href` is absolute where there is a base; `length` in bytes."""

    href: str
    rel: str = "alternate"
    type: str | None = None
    title: str | None = None
    length: int | None = None


class Draft(Struct):
    """Everything said by a feed or an entry; where one thing is said in several ways the lowest rank wins.

    `inner` are entries that stand inside of this one. The walk fills it and `choose.py` reads it; it never leaves
    this room.
    """

    texts: dict[str, Text] = field(default_factory=dict)
    dates: dict[str, datetime] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    authors: list[tuple[int, Person]] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    enclosures: list[Enclosure] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    skip_hours: list[int] = field(default_factory=list)
    skip_days: list[str] = field(default_factory=list)
    inner: list[_Element] = field(default_factory=list)
    base: str | None = None
    language: str | None = None
    original: bytes | None = None

    def say_text(self, name: str, rank: int, text: Text) -> None:
        """Keep a text unless a better one is known."""
        if text.value and rank < self.ranks.get(name, _UNSAID):
            self.texts[name] = text
            self.ranks[name] = rank

    def say_date(self, name: str, rank: int, moment: datetime | None) -> None:
        """Keep a date unless a better one is known."""
        if moment and rank < self.ranks.get(name, _UNSAID):
            self.dates[name] = moment
            self.ranks[name] = rank

    def say_word(self, name: str, rank: int, word: str | None) -> None:
        """Keep an id, an address or a number as written, unless a better one is known."""
        if word and rank < self.ranks.get(name, _UNSAID):
            self.words[name] = word
            self.ranks[name] = rank
