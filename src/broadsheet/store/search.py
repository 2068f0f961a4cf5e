"""The search index: what goes in, and what a question brings out."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec
from msgspec.structs import asdict

from broadsheet.model import Card
from broadsheet.store.fold import fold, split
from broadsheet.store.highlight import Span, patterns, snippet, spans
from broadsheet.store.query import match_expression, parse_query
from broadsheet.store.rows import card_of, text_of
from broadsheet.store.sqlite import Row, Sqlite

Order = Literal["newest", "best"]
Text = tuple[str, str]
"""Title and text of a post."""

_BEFORE_ALL = -(2**63)
_PORTION = 500


class Hit(Card, frozen=True, kw_only=True):
    """A post found; spans are in code points of `title` and of `snippet`, a line of text around the first hit."""

    title_spans: tuple[Span, ...]
    snippet: str
    snippet_spans: tuple[Span, ...]


class IndexChanges:
    """What one transaction does to the index, gathered so that it is done once a post and in rising order.

    FTS5 writes a segment whenever row ids go down: in order, a transaction makes one.
    """

    def __init__(self) -> None:
        self._old: dict[int, Text] = {}
        self._new: dict[int, Text] = {}

    def add(self, num: int, text: Text) -> None:
        """Index a new post."""
        self._new[num] = text

    def replace(self, num: int, old: Text, text: Text) -> None:
        """Index a post anew; `old` is what the store held."""
        if num not in self._new:
            self._old[num] = old
        self._new[num] = text

    def write(self, engine: Sqlite) -> None:
        """Bring the index up to date."""
        if not self._old:
            engine.write_all("index_text", (_entry(num, self._new[num]) for num in sorted(self._new)))
            return
        for num in sorted(self._new):
            if num in self._old:
                engine.write("forget_text", _entry(num, self._old[num]))
            engine.write("index_text", _entry(num, self._new[num]))


def reindex(engine: Sqlite) -> int:
    """Make the whole index again from the posts; how many there are. Belongs inside a transaction."""
    engine.rows("forget_all")
    done, after = 0, _BEFORE_ALL
    while rows := engine.rows("texts_to_index", after=after, limit=_PORTION):
        engine.write_all("index_text", (_entry(num, (title, text_of(content))) for num, title, content in rows))
        done, after = done + len(rows), rows[-1][0]
    return done


def _entry(num: int, text: Text) -> Mapping[str, object]:
    title, whole = text
    return {"num": num, "title": split(fold(title)), "body": split(fold(body_of(title, whole)))}


def body_of(title: str, text: str) -> str:
    """The text of a post without the title line that it begins with."""
    return text[len(title) + 1 :] if text.startswith(f"{title}\n") else text


def find(engine: Sqlite, question: str, *, limit: int, order: Order, feed: str | None) -> list[Hit]:
    """Answer a question with at most `limit` posts."""
    query = parse_query(question)
    if not query.wanted or limit < 1:
        return []
    name = f"find_{order}" if feed is None else f"find_{order}_of_feed"
    found = engine.rows(name, match=match_expression(query), limit=limit, feed=feed)
    nums = [num for (num,) in found]
    rows = {row[0]: row[1:] for row in engine.rows("found", nums=msgspec.json.encode(nums).decode())}
    sought = patterns(phrase for group in query.wanted for phrase in group)
    return [_hit(rows[num], sought) for num in nums if num in rows]


def _hit(row: Row, sought: Sequence[re.Pattern[str]]) -> Hit:
    card = card_of(row[:-1])
    body = body_of(card.title, text_of(row[-1]))
    line, marks = snippet(body, sought)
    return Hit(**asdict(card), title_spans=spans(card.title, sought), snippet=line, snippet_spans=marks)
