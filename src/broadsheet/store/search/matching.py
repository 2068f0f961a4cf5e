"""The feeds that the filters of a question mean."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import msgspec
from msgspec import Struct

from broadsheet.store.engines.engine import Engine
from broadsheet.store.search.fold import fold
from broadsheet.store.search.query import Among, Query, filters

Meant: TypeAlias = Mapping[Among, Sequence[int | str]]
"""What each filter means: the numbers of feeds, the ids of companies, the kinds of fact."""


class FeedName(Struct, frozen=True):
    """What a feed may be called in a question."""

    num: int
    id: str
    address: str
    label: str
    section: tuple[str, ...]


def named_feeds(engine: Engine, query: Query) -> Mapping[Among, Sequence[int]]:
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
