"""A connection to the queue's tables, which stand in the store's own database beside it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from broadsheet.errors import StoreError
from broadsheet.scale.queue.address import Place
from broadsheet.store.engines.queries import named

Row: TypeAlias = tuple[Any, ...]

CONNECT_S: Final = 10
STATEMENT_MS: Final = 60_000
"""No statement of the queue needs a second: one that takes this long waits for somebody who is gone."""

_SQL = Path(__file__).parent / "sql"
_COMMENT = re.compile(r"^--.*\n", re.MULTILINE)


@cache
def _queries() -> Mapping[str, bytes]:
    found = named((_SQL / "queue.sql").read_text("utf-8"))
    return {name: _COMMENT.sub("", sql).encode() for name, sql in found.items()}


def schema() -> str:
    """The queue's own tables, those of procrastinate apart."""
    return (_SQL / "schema.sql").read_text("utf-8")


class Desk:
    """One connection, used from one thread; one that broke is made anew, but inside a transaction.

    Every method raises StoreError where the database refuses or is away.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._connection: psycopg.Connection[Row] | None = None
        self._depth = 0

    def rows(self, query: str, **values: object) -> list[Row]:
        """Run a named query; all its rows."""
        with self._guard():
            try:
                return self._rows(query, values)
            except psycopg.OperationalError:
                if self._depth or self._connection is None or not self._connection.closed:
                    raise
                return self._rows(query, values)

    def _rows(self, query: str, values: Mapping[str, object]) -> list[Row]:
        cursor = self._open().execute(_queries()[query], values)
        return cursor.fetchall() if cursor.description else []

    def row(self, query: str, **values: object) -> Row:
        """Run a named query that has a row."""
        return self.rows(query, **values)[0]

    @property
    def connection(self) -> psycopg.Connection[Row]:
        """The connection itself, for those who bring statements of their own."""
        return self._open()

    def script(self, sql: str) -> None:
        """Run statements given as text."""
        with self._guard():
            self._open().execute(sql.encode())

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, from here to the end of the block."""
        with self._guard(), self._open().transaction():
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1

    def close(self) -> None:
        """Let go of the connection; the next call makes a new one."""
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
        self._connection = None

    def _open(self) -> psycopg.Connection[Row]:
        if self._connection is None or (self._connection.closed and not self._depth):
            self._connection = psycopg.connect(
                connection_info(self._place), autocommit=True, application_name="broadsheet worker"
            )
        return self._connection

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            said = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise StoreError(self._place.name, f"the queue cannot be used: {said}") from error


def connection_info(place: Place) -> str:
    """Write where the queue is in the way of libpq."""
    asked = conninfo_to_dict(place.address).get("options") or ""
    options = f"{asked} -c search_path={place.schema} -c statement_timeout={STATEMENT_MS}"
    return make_conninfo(place.address, connect_timeout=CONNECT_S, options=options)
