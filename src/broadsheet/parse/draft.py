"""What one element of a feed was found to say, before the best of it is chosen."""

from datetime import datetime

from msgspec import Struct, field

from broadsheet.model import Category, Enclosure, Person, TextType


class Text(Struct, frozen=True):
    """A text with its kind, its base address and its language."""

    value: str
    type: TextType = "html"
    base: str | None = None
    language: str | None = None


class Link(Struct, frozen=True):
    """A link as written: `href` is absolute where there is a base; `length` in bytes."""

    href: str
    rel: str = "alternate"
    type: str | None = None
    title: str | None = None
    length: int | None = None


class Draft(Struct):
    """Everything said by a feed or an entry; where one thing is said in several ways the lowest rank wins.

    The walk fills it and `choose.py` reads it; it never leaves this room.
    """

    texts: dict[str, tuple[int, Text]] = field(default_factory=dict)
    dates: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    words: dict[str, tuple[int, str]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    authors: list[tuple[int, Person]] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    enclosures: list[Enclosure] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    skip_hours: list[int] = field(default_factory=list)
    skip_days: list[str] = field(default_factory=list)
    base: str | None = None
    language: str | None = None
    original: bytes | None = None

    def say_text(self, name: str, rank: int, text: Text) -> None:
        """Keep a text unless a better one is known."""
        if text.value and (name not in self.texts or self.texts[name][0] > rank):
            self.texts[name] = (rank, text)

    def say_date(self, name: str, rank: int, moment: datetime | None) -> None:
        """Keep a date unless a better one is known."""
        if moment and (name not in self.dates or self.dates[name][0] > rank):
            self.dates[name] = (rank, moment)

    def say_word(self, name: str, rank: int, word: str | None) -> None:
        """Keep an id, an address or a number as written, unless a better one is known."""
        if word and (name not in self.words or self.words[name][0] > rank):
            self.words[name] = (rank, word)

    def text(self, name: str) -> Text | None:
        """Give the best text said under a name."""
        found = self.texts.get(name)
        return found[1] if found else None

    def date(self, name: str) -> datetime | None:
        """Give the best date said under a name."""
        found = self.dates.get(name)
        return found[1] if found else None

    def word(self, name: str) -> str | None:
        """Give the best word said under a name."""
        found = self.words.get(name)
        return found[1] if found else None
