"""Questions about what was found in posts, such as `company:` and `is:`: the posts of each part, put together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias, get_args

from broadsheet.model import Company, Status
from broadsheet.store.engines.engine import Engine
from broadsheet.store.rows import json_of
from broadsheet.store.search.matching import Meant, named_feeds
from broadsheet.store.search.query import Among, Both, Either, Part, Query, Words, filters
from broadsheet.store.search.textindex import TextIndex

FindCompanies: TypeAlias = Callable[[str], Iterable[Company]]
"""Find the companies that a reader calls so."""

COPY: Final = "copy"
_MOVE: Final = "move"
_STATUSES: Final[tuple[str, ...]] = get_args(Status)
_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    **{status: (status,) for status in _STATUSES},
    "rumor": ("rumour",),
    "claim": _STATUSES,
    "move": (_MOVE,),
    COPY: (COPY,),
}
KINDS: Final = (*sorted(_STATUSES), "claim", "move", "copy")
"""What may stand after `is:`."""


def meanings(engine: Engine, query: Query, find_companies: FindCompanies) -> Meant:
    """Find what filters mean: numbers of feeds, ids of companies, kinds of fact; nothing where there is none."""
    meant: dict[Among, Sequence[int | str]] = {**named_feeds(engine, query)}
    for one in filters((query.root,)):
        if one.kind == "company":
            meant[one] = [company.id for company in find_companies(one.name)]
        elif one.kind == "is":
            meant[one] = kinds_called(one.name)
    return meant


def kinds_called(name: str) -> tuple[str, ...]:
    """The kinds of fact, and "copy", that are meant by `is:` and a name; none where it names no kind."""
    return _KINDS.get(name.casefold().replace("-", "_"), ())


def asks_of_findings(part: Part) -> bool:
    """Whether a part of a question asks for more than the index of words knows."""
    return any(one.kind in ("company", "is") for one in filters((part,)))


def sift(engine: Engine, index: TextIndex, part: Part, meant: Meant) -> set[int]:
    """Give the numbers of the posts that a part of a question asks for."""
    return _Sifting(engine, index, meant).posts(part)


class _Sifting:
    """The posts of each part of one question."""

    def __init__(self, engine: Engine, index: TextIndex, meant: Meant) -> None:
        self._engine = engine
        self._index = index
        self._meant = meant

    def posts(self, part: Part) -> set[int]:
        match part:
            case Both():
                return self._both(part)
            case Either(parts=parts):
                return self._any(parts)
            case Among(kind="company"):
                return self._numbers("posts_of_companies", companies=json_of(self._meant[part]))
            case Among(kind="is") if self._meant[part] == (COPY,):
                return self._numbers("posts_that_copy")
            case Among(kind="is"):
                return self._numbers("posts_of_kinds", kinds=json_of(self._meant[part]))
            case Among() | Words():
                return self._index.matching(part, self._meant, None)

    def _both(self, part: Both) -> set[int]:
        """Ask the index once, for all that it knows, and only among the posts that the rest leaves."""
        found = [self.posts(one) for one in part.wanted if asks_of_findings(one)]
        wanted = tuple(one for one in part.wanted if not asks_of_findings(one))
        unwanted = tuple(one for one in part.unwanted if not asks_of_findings(one))
        left = set.intersection(*found) if found else None
        if left is None or (left and (wanted or unwanted)):
            left = self._index.matching(Both(wanted, unwanted), self._meant, left)
        return left - self._any(one for one in part.unwanted if asks_of_findings(one))

    def _any(self, parts: Iterable[Part]) -> set[int]:
        return set().union(*map(self.posts, parts))

    def _numbers(self, query: str, **values: object) -> set[int]:
        return {num for (num,) in self._engine.rows(query, **values)}
