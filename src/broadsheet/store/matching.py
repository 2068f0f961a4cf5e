"""A question in the language of FTS5, with every word quoted, and the feeds that it names found."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import msgspec
from msgspec import Struct

from broadsheet.store.fold import fold
from broadsheet.store.query import Among, Both, Either, Part, Query, Words, filters
from broadsheet.store.sqlite import Sqlite

# Words nobody can type: no folded text has their first character.
EVERY_POST = "\x80p"
NO_POST = "\x80n"
_OF_FEED = "\x80f"

Meant: TypeAlias = Mapping[Among, Sequence[int | str]]
"""What each filter means: the numbers of feeds, the ids of companies, the kinds of fact."""


class FeedName(Struct, frozen=True):
    """What a feed may be called in a question."""

    num: int
    id: str
    address: str
    label: str
    section: tuple[str, ...]


def marks(feed: int) -> str:
    """What a post is searched by besides its text."""
    return f"{EVERY_POST} {_OF_FEED}{feed}"


def named_feeds(engine: Sqlite, query: Query) -> Mapping[Among, Sequence[int]]:
    """Find the feeds that the filters of a question mean."""
    wanted = [one for one in filters((query.root,)) if one.kind in ("feed", "section")]
    if not wanted:
        return {}
    names = [
        FeedName(num, key, address.casefold(), fold(label), tuple(map(fold, msgspec.json.decode(section))))
        for num, key, address, label, section in engine.rows("feed_names")
    ]
    return {one: _meant(one, names) for one in wanted}


def _meant(among: Among, names: Sequence[FeedName]) -> list[int]:
    if among.kind == "section":
        path = [fold(part).strip() for part in among.name.split("/") if part.strip()]
        return [feed.num for feed in names if path and _holds(feed.section, path)]
    exact = [feed.num for feed in names if feed.id == among.name]
    part, label = among.name.casefold(), fold(among.name).strip()
    return exact or [feed.num for feed in names if part in feed.address or (label and label in feed.label)]


def _holds(section: Sequence[str], path: Sequence[str]) -> bool:
    return any(list(section[at : at + len(path)]) == list(path) for at in range(len(section)))


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
