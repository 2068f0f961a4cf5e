"""What the store asks of its index of words, whichever engine keeps it."""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Protocol, TypeAlias

from msgspec import Struct

from broadsheet.store.search.matching import Meant
from broadsheet.store.search.query import Part, Words

Text: TypeAlias = tuple[str, str]
"""Title and text of a post."""

RANKED = 5000  # how many posts that hold the words are compared for the best: the newest so many
TITLE_WEIGHS = 8.0  # times a word of the text

BEFORE_ALL = -(2**63)
AFTER_ALL = 2**63 - 1


class Entry(Struct, frozen=True):
    """A post as it is indexed: its number, that of its feed, its text."""

    num: int
    feed: int
    text: Text


class Bounds(Struct, frozen=True):
    """Which posts are looked at: numbers from `first` to `last`, published from `since` to before `until` (us)."""

    first: int = BEFORE_ALL
    last: int = AFTER_ALL
    since: int = BEFORE_ALL
    until: int = AFTER_ALL


class TextIndex(Protocol):
    """An index of words; what it is asked asks for words and feeds alone, and it answers with numbers of posts."""

    def write(self, entries: Iterable[Entry], old: Mapping[int, Text]) -> None:
        """Index posts, given in rising order; `old` is what the index holds of those that it has."""

    def clear(self) -> None:
        """Forget all posts."""

    def newest(self, part: Part, meant: Meant, bounds: Bounds, limit: int) -> list[int]:
        """The newest posts that match, newest first."""

    def best(self, part: Part, meant: Meant, bounds: Bounds, limit: int) -> list[int]:
        """The best of the newest `RANKED` that match, best first (BM25, a word of the title for eight)."""

    def matching(self, part: Part, meant: Meant, among: Set[int] | None) -> set[int]:
        """All posts that match, or those of the given."""

    def rank(self, sought: Sequence[Words], nums: Sequence[int], limit: int) -> list[int]:
        """Those of the posts that say most of the words, best first."""


def body_of(title: str, text: str) -> str:
    """The text of a post without the title line that it begins with."""
    return text[len(title) + 1 :] if text.startswith(f"{title}\n") else text
