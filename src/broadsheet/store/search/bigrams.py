"""The index of words on PostgreSQL: numbers of words and of pairs of words in a GIN index, and a look at the words.

Numbers narrow a question down to posts that may match (terms.py); then the words of each are looked at, the newest
first, until there are enough. A question that many posts match is answered sooner by walking through them all, newest
first; how many may match, the planner knows from its samples.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from itertools import chain
from typing import Protocol, TypeAlias

from msgspec import Struct
from msgspec.structs import asdict, replace

from broadsheet.errors import StoreError
from broadsheet.store.engines.engine import Engine, Row, Values
from broadsheet.store.portions import note, noted
from broadsheet.store.rows import json_of
from broadsheet.store.search.bm25 import Sought, Spaced, best
from broadsheet.store.search.conditions import TRUE, Condition, array, chosen, matched, narrowed, spaced
from broadsheet.store.search.fold import words
from broadsheet.store.search.matching import Meant
from broadsheet.store.search.query import Part, Words, counted_words
from broadsheet.store.search.terms import narrowing, terms_of
from broadsheet.store.search.textindex import RANKED, Bounds, Entry, Text, body_of

_SETTINGS = {
    "enable_seqscan": "off",
    "enable_indexscan": "off",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "work_mem": "'64MB'",
}
_INDEX_ALONE = "; ".join(f"SET {name} TO {value}" for name, value in _SETTINGS.items())
_ANY_WAY = "; ".join(f"RESET {name}" for name in _SETTINGS)

_WALK_FROM = 64  # posts; each time twice as many
_WALK_MOST = 8192
_LOOKED_AT = 30  # posts that the index finds and sorts in the time of a look at the words of one
_WEIGHED = 32  # phrases; of more than these all weigh the same
_LOOKS = 100_000  # for the best, phrases times posts: with many phrases fewer posts are compared
_NUMBER = Condition("post", {})
_POSTS = "indexed_posts"
_WORDS = "indexed_words"


_Chosen: TypeAlias = tuple[Words, int | None]
"""Words, and the choice that a post must match for them to count."""


class Composing(Engine, Protocol):
    """An engine that runs queries with conditions that are composed."""

    def ask(self, query: str, conditions: Mapping[str, str], values: Values) -> list[Row]:
        """Run a named query with conditions in the places that it names in braces; all its rows."""


class _Asked(Struct, frozen=True):
    """What narrows a question down, if anything does, and what decides."""

    narrowed: Condition | None
    matched: Condition


class Bigrams:
    """The index of words in a table with its GIN index."""

    def __init__(self, engine: Composing) -> None:
        self._engine = engine

    def write(self, entries: Iterable[Entry], old: Mapping[int, Text]) -> None:
        """Index posts, given in rising order; `old` is what the index holds of those that it has."""
        counts = [-len(old), -sum(map(len, chain.from_iterable(map(_words, old.values()))))]

        def rows() -> Iterator[Values]:
            for one in entries:
                title, body = _words(one.text)
                counts[0] += 1
                counts[1] += len(title) + len(body)
                yield _row(one, title, body)

        self._engine.write_all("index_text", rows())
        note(self._engine, _POSTS, noted(self._engine, _POSTS) + counts[0])
        note(self._engine, _WORDS, noted(self._engine, _WORDS) + counts[1])

    def clear(self) -> None:
        """Forget all posts."""
        self._engine.rows("forget_all")
        note(self._engine, _POSTS, 0)
        note(self._engine, _WORDS, 0)

    def newest(self, part: Part, meant: Meant, bounds: Bounds, limit: int) -> list[int]:
        """The newest posts that match, newest first."""
        return [num for (num,) in self._newest(_asked(part, meant, bounds), bounds, limit, _NUMBER)]

    def _newest(self, asked: _Asked, bounds: Bounds, limit: int, shown: Condition) -> list[Row]:
        if asked.narrowed is None:
            return self._walk(asked.matched, bounds, limit, shown, sys.maxsize)[0]
        most = self._worth_walking(asked.narrowed, limit)
        if not most:
            return self._find(asked.narrowed, asked.matched, bounds, limit, shown)
        found, left = self._walk(asked.matched, bounds, limit, shown, most)
        if left is None:
            return found
        return found + self._find(asked.narrowed, asked.matched, left, limit - len(found), shown)

    def _worth_walking(self, narrowed: Condition, limit: int) -> int:
        """How many posts to look at before the index is asked; none where that is sooner done."""
        count = max(1, self._count(narrowed))
        needed = max(limit, limit * noted(self._engine, _POSTS) // count)
        return 2 * needed if needed - limit <= count // _LOOKED_AT else 0

    def _count(self, narrowed: Condition) -> int:
        """How many posts the planner thinks there are."""
        ((plan,),) = self._engine.ask("estimate", {"narrowed": narrowed.sql}, narrowed.values)
        return int(plan[0]["Plan"]["Plan Rows"])

    def _walk(
        self, matched: Condition, bounds: Bounds, limit: int, shown: Condition, most: int
    ) -> tuple[list[Row], Bounds | None]:
        """Look at posts one after the other, at so many at most; also gives what was not looked at."""
        found: list[Row] = []
        walked, portion = 0, _WALK_FROM
        while len(found) < limit:
            if walked >= most:
                return found, bounds
            values = {**asdict(bounds), **matched.values, **shown.values, "limit": portion}
            rows = self._engine.ask("walk", {"matched": matched.sql, "shown": shown.sql}, values)
            found += [row[1:] for row in rows if row[0]]
            if len(rows) < portion:
                break
            bounds = replace(bounds, last=rows[-1][1] - 1)
            walked, portion = walked + portion, min(2 * portion, _WALK_MOST)
        return found[:limit], None

    def _find(
        self, narrowed: Condition, matched: Condition, bounds: Bounds, limit: int, shown: Condition
    ) -> list[Row]:
        values = {**asdict(bounds), **narrowed.values, **matched.values, **shown.values, "limit": limit}
        conditions = {"narrowed": narrowed.sql, "matched": matched.sql, "shown": shown.sql}
        with self._index_alone():
            return self._engine.ask("find", conditions, values)

    @contextmanager
    def _index_alone(self) -> Iterator[None]:
        """Keep the planner from reading the whole table: it thinks that its long values cost nothing."""
        self._engine.script(_INDEX_ALONE)
        try:
            yield
        finally:
            with suppress(StoreError):
                self._engine.script(_ANY_WAY)

    def best(self, part: Part, meant: Meant, bounds: Bounds, limit: int) -> list[int]:
        """The best of the newest `RANKED` that match, best first (BM25, a word of the title for eight)."""
        counted = tuple(counted_words(part))
        choices = list(dict.fromkeys(within for _, within in counted if within))
        ranked = min(RANKED, _LOOKS // max(1, sum(len(one.ways) for one, _ in counted)))
        rows = self._newest(_asked(part, meant, bounds), bounds, max(limit, ranked), _spaced(chosen(choices, meant)))
        return self._ranked([(one, choices.index(it) if it else None) for one, it in counted], rows, limit)

    def matching(self, part: Part, meant: Meant, among: Set[int] | None) -> set[int]:
        """All posts that match, or those of the given."""
        asked = _asked(part, meant, Bounds())
        if among is not None and (asked.narrowed is None or self._count(asked.narrowed) > len(among)):
            values = {**asked.matched.values, "nums": json_of(sorted(among))}
            return {num for (num,) in self._engine.ask("match_among", {"matched": asked.matched.sql}, values)}
        found = set(self.newest(part, meant, Bounds(), sys.maxsize))
        return found if among is None else found & among

    def rank(self, sought: Sequence[Words], nums: Sequence[int], limit: int) -> list[int]:
        """Those of the posts that say most of the words, best first."""
        counted = [(one, None) for one in sought]
        return self._ranked(counted, self._engine.rows("words_of_posts", nums=json_of(nums)), limit)

    def _ranked(self, sought: Sequence[_Chosen], rows: Iterable[Row], limit: int) -> list[int]:
        of = noted(self._engine, _POSTS), noted(self._engine, _WORDS)
        return best((Spaced(*row) for row in rows), self._phrases(sought), of, limit)

    def _phrases(self, sought: Sequence[_Chosen]) -> list[Sought]:
        """Phrases with how many posts hold them, which is of no account for one alone."""
        found = [(Words((way,), one.beginning, one.in_title), choice) for one, choice in sought for way in one.ways]
        weighed = 1 < len(found) <= _WEIGHED
        with self._index_alone():
            posts = [self._posts_with(one) if weighed else 0 for one, _ in found]
        return [
            Sought(spaced(one.ways[0], going_on=one.beginning), one.in_title, count, choice)
            for (one, choice), count in zip(found, posts, strict=True)
        ]

    def _posts_with(self, phrase: Words) -> int:
        """How many posts hold a phrase; of one or two words, so many as have their number."""
        (way,) = phrase.ways
        by = narrowed(narrowing(phrase, {}))
        certain = not phrase.in_title and len(way) <= 2 - phrase.beginning
        if by is None:
            return 0
        decided = Condition(TRUE, {}) if certain else matched(phrase, {}, Bounds())
        conditions = {"narrowed": by.sql, "matched": decided.sql}
        return int(self._engine.ask("count", conditions, {**by.values, **decided.values})[0][0])


def _words(text: Text) -> tuple[list[str], list[str]]:
    title, whole = text
    return words(title), words(body_of(title, whole))


def _spaced(choices: Condition) -> Condition:
    return Condition(f"post, words, {choices.sql}", choices.values)


def _row(entry: Entry, title: Sequence[str], body: Sequence[str]) -> Values:
    terms = array(terms_of(entry.feed, title, body))
    return {"num": entry.num, "feed": entry.feed, "words": f"{spaced(title)}{spaced(body)}", "terms": terms}


def _asked(part: Part, meant: Meant, bounds: Bounds) -> _Asked:
    return _Asked(narrowed(narrowing(part, meant)), matched(part, meant, bounds))
