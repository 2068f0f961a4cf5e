"""What goes into the search index, whichever engine keeps it."""

from collections.abc import Callable
from typing import cast

from broadsheet.store.engines.engine import Engine
from broadsheet.store.rows import text_of
from broadsheet.store.search.bigrams import Bigrams, Composing
from broadsheet.store.search.fts5 import Fts5
from broadsheet.store.search.textindex import BEFORE_ALL, Entry, Text, TextIndex

_PORTION = 500
_TOLD = 10_000  # posts after which it is told how far the index is


class IndexChanges:
    """What one transaction does to the index, gathered so that it is done once a post and in rising order."""

    def __init__(self) -> None:
        self._old: dict[int, Text] = {}
        self._new: dict[int, tuple[int, Text]] = {}

    def add(self, num: int, feed: int, text: Text) -> None:
        """Index a new post of a feed, given by its number."""
        self._new[num] = feed, text

    def replace(self, num: int, feed: int, old: Text, text: Text) -> None:
        """Index a post anew; `old` is what the store held."""
        if num not in self._new:
            self._old[num] = old
        self._new[num] = feed, text

    def write(self, engine: Engine) -> None:
        """Bring the index up to date."""
        if self._new:
            index_of(engine).write((Entry(num, *self._new[num]) for num in sorted(self._new)), self._old)


def index_of(engine: Engine) -> TextIndex:
    """Give the index that an engine keeps."""
    return Fts5(engine) if engine.kind == "sqlite" else Bigrams(cast("Composing", engine))


def reindex(engine: Engine, tell: Callable[[int], None] = lambda _: None) -> int:
    """Make the whole index again from the posts; how many there are. Belongs inside a transaction.

    `tell` is told how many are done, every ten thousand.
    """
    index_of(engine).clear()
    done, (more, after) = 0, index_after(engine, BEFORE_ALL, _TOLD)
    while more == _TOLD:
        done += more
        tell(done)
        more, after = index_after(engine, after, _TOLD)
    return done + more


def index_after(engine: Engine, after: int, most: int) -> tuple[int, int]:
    """Index so many posts with higher numbers, which the index does not have; how many, and the number of the last.

    Belongs inside a transaction.
    """
    index, done = index_of(engine), 0
    while rows := engine.rows("texts_to_index", after=after, limit=min(_PORTION, most - done)):
        index.write((Entry(num, feed, (title, text_of(content))) for num, feed, title, content in rows), {})
        done, after = done + len(rows), rows[-1][0]
    return done, after
