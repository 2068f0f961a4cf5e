"""What moving a store out into a folder and in again have in common: how far it is, and what is not moved."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from broadsheet.errors import StoreError
from broadsheet.store.engines.catalogue import select
from broadsheet.store.engines.engine import Engine, Kind, Row
from broadsheet.store.search.textindex import BEFORE_ALL

NOTE = "import"
NOT_MOVED = frozenset({NOTE, "indexed_posts", "indexed_words"})
"""Notes in table `meta` that are about this store alone: an import into it, and what its index holds."""

ANEW: dict[Kind, str] = {
    "sqlite": "delete the file, and those beside it that end in -wal and -shm",
    "postgres": "drop its schema (DROP SCHEMA ... CASCADE)",
}


class Moving(Struct, frozen=True):
    """How far it is: what is being moved, made or checked, and how many rows are done of how many."""

    part: str
    done: int
    total: int


Tell = Callable[[Moving], None]


class Begun(Struct, frozen=True):
    """An import that is under way: from which folder, of which export, how many of its files are stored.

    Then `posts` are in the index, up to the number `last`.
    """

    folder: str
    export: str
    files: int
    posts: int = 0
    last: int = BEFORE_ALL


def begun(engine: Engine) -> Begun | None:
    """Read what is noted of an import that has not come to its end."""
    row = engine.row("meta", name=NOTE)
    return msgspec.json.decode(row[0], type=Begun) if row and row[0] else None


def note(engine: Engine, under_way: Begun) -> None:
    """Note how far an import is; belongs inside a transaction."""
    engine.write("set_meta", {"name": NOTE, "value": msgspec.json.encode(under_way).decode()})


def require_whole(engine: Engine) -> None:
    """Refuse a store that is only partly there.

    Raises:
        StoreError: an import was begun and has not come to its end.
    """
    if found := begun(engine):
        raise StoreError(engine.name, unfinished(found))


def unfinished(found: Begun) -> str:
    """What there is to say of an import that has not come to its end."""
    return f"an import was begun and is not finished: `broadsheet import store {found.folder}` goes on with it"


def rows_of(engine: Engine, table: str, columns: Iterable[str], key: Sequence[str] = ()) -> Iterator[Row]:
    """Read all that is moved of a table, in the order of its key if one is given; belongs inside a snapshot."""
    names = list(columns)
    rows = engine.stream(select(table, names, key))
    if table != "meta":
        return rows
    place = names.index("name")
    return (row for row in rows if row[place] not in NOT_MOVED)
