"""What the store asks of a database, whichever it is: named queries, and transactions that take turns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, Protocol, TypeAlias

Row: TypeAlias = tuple[Any, ...]
Values: TypeAlias = Mapping[str, object]
Kind: TypeAlias = Literal["sqlite", "postgres"]
"""The folder of `sql/` that holds what only this engine understands."""

NOTHING_STORED = "nothing of this step was stored"


class Engine(Protocol):
    """One connection, used from one thread; `name` is what messages call the store.

    Every method raises StoreError, saying what to do, where the database refuses.
    """

    @property
    def kind(self) -> Kind:
        """Which engine this is."""

    @property
    def name(self) -> str:
        """What messages call the store."""

    def script(self, sql: str) -> list[Row]:
        """Run one statement given as text; all its rows."""

    def rows(self, query: str, **values: object) -> list[Row]:
        """Run a named query; all its rows."""

    def row(self, query: str, **values: object) -> Row | None:
        """Run a named query; its first row."""

    def write(self, query: str, values: Values) -> int:
        """Run a named query with a row of values; how many rows it changed."""

    def write_all(self, query: str, rows: Iterable[Values]) -> None:
        """Run a named query once for each row of values."""

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing, from here to the end of the block; the only writer meanwhile."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Read what is there at one moment, from here to the end of the block; others may write meanwhile."""

    def stream(self, sql: str) -> Iterator[Row]:
        """Run one statement given as text; its rows, a few in memory at a time. Belongs inside a snapshot."""

    def put(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Add many rows to a table; `columns` are names with their kinds. Belongs inside a transaction."""

    def version(self) -> int | None:
        """The number of the last migration; None for a database with nothing of ours or of others in it."""

    def found(self) -> None:
        """Mark an empty database as a store, before its schema is made."""

    def size(self) -> tuple[int, int]:
        """Bytes of the store on its disk, and of its log beside that."""

    def has_news(self) -> bool:
        """Whether another connection has written since this was asked last; False when first asked."""

    def close(self) -> None:
        """Let go of the database; closing twice is fine."""
