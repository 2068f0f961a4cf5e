"""Questions about what was found in posts, such as `company:` and `is:`: the posts of each part, put together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias, get_args

from broadsheet.model import Company, Status
from broadsheet.store.matching import Meant, match_expression, named_feeds
from broadsheet.store.query import Among, Both, Either, Part, Query, Words, filters
from broadsheet.store.rows import json_of
from broadsheet.store.sqlite import Sqlite

FindCompanies: TypeAlias = Callable[[str], Iterable[Company]]
"""Find the companies that a reader calls so."""

_ALL: Final = {"first": -(2**63), "last": 2**63 - 1}
_COPY: Final = "copy"
_MOVE: Final = "move"
_STATUSES: Final[tuple[str, ...]] = get_args(Status)
_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    **{status: (status,) for status in _STATUSES},
    "rumor": ("rumour",),
    "claim": _STATUSES,
    "move": (_MOVE,),
    _COPY: (_COPY,),
}
KINDS: Final = (*sorted(_STATUSES), "claim", "move", "copy")
"""What may stand after `is:`."""


def meanings(engine: Sqlite, query: Query, find_companies: FindCompanies) -> Meant:
    """Find what filters mean: numbers of feeds, ids of companies, kinds of fact; nothing where there is none."""
    meant: dict[Among, Sequence[int | str]] = {**named_feeds(engine, query)}
    for one in filters((query.root,)):
        if one.kind == "company":
            meant[one] = [company.id for company in find_companies(one.name)]
        elif one.kind == "is":
            meant[one] = _KINDS.get(one.name.casefold().replace("-", "_"), ())
    return meant


def asks_of_findings(part: Part) -> bool:
    """Whether a part of a question asks for more than the index of words knows."""
    return any(one.kind in ("company", "is") for one in filters((part,)))


def sift(engine: Sqlite, part: Part, meant: Meant) -> set[int]:
    """Give the numbers of the posts that a part of a question asks for."""
    match part:
        case Both():
            return _both(engine, part, meant)
        case Either(parts=parts):
            return _any(engine, parts, meant)
        case Among(kind="company"):
            return _numbers(engine, "posts_of_companies", companies=json_of(meant[part]))
        case Among(kind="is") if meant[part] == (_COPY,):
            return _numbers(engine, "posts_that_copy")
        case Among(kind="is"):
            return _numbers(engine, "posts_of_kinds", kinds=json_of(meant[part]))
        case Among() | Words():
            return _matching(engine, part, meant, _ALL)


def _both(engine: Sqlite, part: Both, meant: Meant) -> set[int]:
    """Ask the index once, for all that it knows, and only between the posts that the rest leaves."""
    found = [sift(engine, one, meant) for one in part.wanted if asks_of_findings(one)]
    wanted = tuple(one for one in part.wanted if not asks_of_findings(one))
    unwanted = tuple(one for one in part.unwanted if not asks_of_findings(one))
    left = set.intersection(*found) if found else None
    if left is None:
        left = _matching(engine, Both(wanted, unwanted), meant, _ALL)
    elif left and (wanted or unwanted):
        between = {"first": min(left), "last": max(left)}
        left &= _matching(engine, Both(wanted, unwanted), meant, between)
    return left - _any(engine, (one for one in part.unwanted if asks_of_findings(one)), meant)


def _any(engine: Sqlite, parts: Iterable[Part], meant: Meant) -> set[int]:
    return set().union(*(sift(engine, one, meant) for one in parts))


def _matching(engine: Sqlite, part: Part, meant: Meant, between: Mapping[str, int]) -> set[int]:
    return _numbers(engine, "posts_that_match", match=match_expression(part, meant), **between)


def _numbers(engine: Sqlite, query: str, **values: object) -> set[int]:
    return {num for (num,) in engine.rows(query, **values)}
