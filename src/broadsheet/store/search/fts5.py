"""The index of words on SQLite: a question is written in the language of FTS5, with every word quoted."""

from collections.abc import Iterable, Mapping, Sequence, Set

from msgspec.structs import asdict

from broadsheet.store.engines.engine import Engine
from broadsheet.store.rows import json_of
from broadsheet.store.search.fold import fold, split
from broadsheet.store.search.matching import Meant
from broadsheet.store.search.query import Among, Both, Either, Part, Words
from broadsheet.store.search.textindex import AFTER_ALL, BEFORE_ALL, RANKED, Bounds, Entry, Text, body_of

# Words nobody can type: no folded text has their first character.
EVERY_POST = "\x80p"
NO_POST = "\x80n"
_OF_FEED = "\x80f"


class Fts5:
    """The index of words as FTS5 keeps it.

    FTS5 writes a segment whenever row ids go down: in order, a transaction makes one.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def write(self, entries: Iterable[Entry], old: Mapping[int, Text]) -> None:
        """Index posts, given in rising order; `old` is what the index holds of those that it has."""
        if not old:
            self._engine.write_all("index_text", (_values(one.num, one.feed, one.text) for one in entries))
            return
        for one in entries:
            if one.num in old:
                self._engine.write("forget_text", _values(one.num, one.feed, old[one.num]))
            self._engine.write("index_text", _values(one.num, one.feed, one.text))

    def clear(self) -> None:
        """Forget all posts."""
        self._engine.rows("forget_all")

    def newest(self, part: Part, meant: Meant, bounds: Bounds, limit: int) -> list[int]:
        """The newest posts that match, newest first."""
        return self._found("find_newest", bounds, match=match_expression(part, meant), limit=limit)

    def best(self, part: Part, meant: Meant, bounds: Bounds, limit: int) -> list[int]:
        """The best of the newest `RANKED` that match, best first (BM25, a word of the title for eight)."""
        match, ranked = match_expression(part, meant), max(RANKED, limit)
        return self._found("find_best", bounds, match=match, limit=limit, ranked=ranked)

    def matching(self, part: Part, meant: Meant, among: Set[int] | None) -> set[int]:
        """All posts that match, or those of the given."""
        first, last = (BEFORE_ALL, AFTER_ALL) if among is None else (min(among), max(among))
        found = set(self._nums("posts_that_match", match=match_expression(part, meant), first=first, last=last))
        return found if among is None else found & among

    def rank(self, sought: Sequence[Words], nums: Sequence[int], limit: int) -> list[int]:
        """Those of the posts that say most of the words, best first."""
        match = match_expression(Either((Both(), *sought)), {})
        return self._nums("rank", match=match, nums=json_of(nums), limit=limit)

    def _found(self, query: str, bounds: Bounds, **values: object) -> list[int]:
        if bounds == Bounds():
            return self._nums(query, **values)
        return self._nums(f"{query}_within", **values, **asdict(bounds))

    def _nums(self, query: str, **values: object) -> list[int]:
        return [num for (num,) in self._engine.rows(query, **values)]


def _values(num: int, feed: int, text: Text) -> Mapping[str, object]:
    title, whole = text
    return {
        "num": num,
        "title": split(fold(title)),
        "body": split(fold(body_of(title, whole))),
        "marks": f"{EVERY_POST} {_OF_FEED}{feed}",
    }


def match_expression(part: Part, meant: Meant) -> str:
    """Write a part of a question that asks for words and feeds alone in the language of FTS5."""
    match part:
        case Words():
            return _any(f"{'title : ' * part.in_title}{_phrase(way)}{' *' * part.beginning}" for way in part.ways)
        case Among():
            return _any(f'"{_OF_FEED}{num}"' for num in meant[part]) if meant[part] else f'"{NO_POST}"'
        case Either():
            return _any(match_expression(one, meant) for one in part.parts)
        case Both():
            wanted = " AND ".join(match_expression(one, meant) for one in part.wanted) or f'"{EVERY_POST}"'
            unwanted = [match_expression(one, meant) for one in part.unwanted]
            return f"(({wanted}) NOT {_any(unwanted)})" if unwanted else f"({wanted})"


def _any(expressions: Iterable[str]) -> str:
    return f"({' OR '.join(expressions)})"


def _phrase(words: Sequence[str]) -> str:
    return f'"{" ".join(words)}"'
