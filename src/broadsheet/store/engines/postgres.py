"""The PostgreSQL engine: a connection, named queries and transactions; every driver error leaves as a StoreError."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Final

import psycopg
from psycopg import sql as names

from broadsheet.errors import StoreError
from broadsheet.store.engines.dialects import for_postgres
from broadsheet.store.engines.engine import NOTHING_STORED, Kind, Row, Values
from broadsheet.store.engines.queries import queries
from broadsheet.store.engines.server import place_on_server, without_password
from broadsheet.store.sound import sound_text

ENGINE: Final = "postgres"
APPLICATION = "broadsheet"
CONNECT_S = 10
TAKEN = frozenset({"feed", "post", "meta", "revision"})  # what another program's tables must not be called
TYPES = {"integer": "int8", "real": "float8", "text": "text", "blob": "bytea"}
STREAMED = 200
BROKEN = "the connection broke"
REFUSALS = {  # libpq passes on what a server that lets nobody in says, and not its state
    "authentication failed": "28P01",
    "pg_hba.conf": "28000",
    "does not exist": "3D000",
    "connection slots": "53300",
    "too many": "53300",
    "is starting up": "57P03",
    "is shutting down": "57P03",
}
ADVICE = {
    "08": f"{BROKEN}; {NOTHING_STORED}: see that the server runs, then run this again",
    "28": "it lets nobody in under this name and password: check the address, PGPASSWORD and pg_hba.conf",
    "3D000": "there is no such database: make one with `createdb`",
    "42501": "this user may not do that: GRANT CREATE ON DATABASE lets it make a schema and own what is in it",
    "53100": f"the server's disk is full; {NOTHING_STORED}: free some space and run it again",
    "53300": "the server has no connection left: raise max_connections, or stop what holds them",
    "53": f"the server is out of something; {NOTHING_STORED}: run it again later",
    "55P03": "another process is writing to it: wait for that to end, or stop it, then run this again",
    "57P": f"the server stops or starts; {NOTHING_STORED}: run this again when it is up",
    "58": f"the server's disk refused to read or write; {NOTHING_STORED}: check its space and health",
    "XX00": "the server found damage: see its log, and restore a backup if need be",
}


def _advice(error: psycopg.Error) -> str:
    said = (str(error).strip() or type(error).__name__).splitlines()[0]
    state = error.sqlstate or next((state for words, state in REFUSALS.items() if words in said), "")
    for code, advice in ADVICE.items():
        if state.startswith(code):
            return f"{advice} ({said})"
    if isinstance(error, psycopg.OperationalError) and not state:
        return f"the server cannot be reached, or ended the connection: see that it runs ({said})"
    return f"the database refused: {said}"


class Postgres:
    """One connection, used from one thread; `name` is what messages call the store: its address, without a password.

    Every method raises StoreError, saying what to do, where the database refuses. A connection that broke is made
    anew by the next call outside a transaction. `url` may say `schema=NAME` after its question mark: where in the
    database the store is, "broadsheet" if nothing is said.
    """

    kind: Kind = ENGINE

    def __init__(self, url: str, *, timeout_s: float) -> None:
        self.name = without_password(url)
        self._address, self._schema = place_on_server(url)
        self._channel = f"broadsheet {self._schema}"
        self._timeout_s = timeout_s
        self._queries = queries(ENGINE)
        self._depth = 0
        self._is_closed = False
        self._listening: psycopg.Connection[Row] | None = None
        self._connection = self._connect()

    def _connect(self) -> psycopg.Connection[Row]:
        with self._guard():
            connection = psycopg.connect(
                self._address, autocommit=True, connect_timeout=CONNECT_S, application_name=APPLICATION
            )
            connection.execute(names.SQL("SET search_path TO {}").format(names.Identifier(self._schema)))
            connection.execute(f"SET lock_timeout TO {max(1, round(self._timeout_s * 1000))}")
            return connection

    @contextmanager
    def _guard(self) -> Iterator[None]:
        """Turn a driver's error into one that says what to do."""
        try:
            yield
        except psycopg.Error as error:
            raise StoreError(self.name, _advice(error)) from error

    def _open(self) -> psycopg.Connection[Row]:
        if self._connection.closed and not self._depth and not self._is_closed:
            self._connection = self._connect()
        return self._connection

    def script(self, sql: str) -> list[Row]:
        """Run statements given as text; all rows of the last."""
        with self._guard():
            cursor = self._open().execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def rows(self, query: str, **values: object) -> list[Row]:
        """Run a named query; all its rows."""
        with self._guard():
            cursor = self._execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def row(self, query: str, **values: object) -> Row | None:
        """Run a named query; its first row."""
        found = self.rows(query, **values)
        return found[0] if found else None

    def write(self, query: str, values: Values) -> int:
        """Run a named query with a row of values; how many rows it changed."""
        with self._guard():
            return self._execute(query, values).rowcount

    def _execute(self, query: str, values: Values) -> psycopg.Cursor[Row]:
        connection = self._open()
        return connection.execute(self._queries[query].encode(), _held(values))

    def ask(self, query: str, conditions: Mapping[str, str], values: Values) -> list[Row]:
        """Run a named query with conditions in the places that it names in braces; all its rows."""
        sql = self._queries[query]
        for place, condition in conditions.items():
            sql = sql.replace(f"{{{place}}}", for_postgres(condition))
        with self._guard():
            return self._open().execute(sql.encode(), _held(values)).fetchall()

    def write_all(self, query: str, rows: Iterable[Values]) -> None:
        """Run a named query once for each row of values."""
        with self._guard(), self._open().cursor() as cursor:
            cursor.executemany(self._queries[query].encode(), map(_held, rows))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, from here to the end of the block; the only writer meanwhile."""
        self.script("BEGIN")
        self._depth += 1
        try:
            self.rows("take_turn", schema=self._schema, channel=self._channel)
            yield
            self.script("COMMIT")
        except BaseException:
            with suppress(StoreError):
                self.script("ROLLBACK")
            raise
        finally:
            self._depth -= 1

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read what is there at one moment, from here to the end of the block; others may write meanwhile."""
        self.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            with suppress(StoreError):
                self.script("ROLLBACK")

    def stream(self, sql: str) -> Iterator[Row]:
        """Run one statement given as text; its rows, `STREAMED` in memory at a time. Belongs inside a snapshot."""
        with self._guard(), self._open().cursor("stream", binary=True) as cursor:
            cursor.itersize = STREAMED
            yield from cursor.execute(sql.encode())

    def put(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Add many rows to a table; belongs inside a transaction."""
        named = names.SQL(", ").join(map(names.Identifier, columns))
        into = names.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(names.Identifier(table), named)
        with self._guard(), self._open().cursor() as cursor, cursor.copy(into) as copy:
            copy.set_types([TYPES[kind] for kind in columns.values()])
            for row in rows:
                copy.write_row([_fit(value) for value in row])

    def version(self) -> int | None:
        """The number of the last migration; None where the schema is not there or has no tables."""
        tables = {name for (name,) in self.rows("tables", schema=self._schema)}
        if "migration" in tables:
            return int(self.script("SELECT max(number) FROM migration")[0][0])
        if tables & TAKEN:
            raise StoreError(
                self.name,
                f"schema {self._schema} of that database is another program's: name another, as in ?schema=paper",
            )
        return None

    def found(self) -> None:
        """Make the schema where it is not there."""
        with self._guard():
            self._open().execute(names.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(names.Identifier(self._schema)))

    def drop(self) -> None:
        """Take the schema away, with all that it holds."""
        with self._guard():
            self._open().execute(names.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(names.Identifier(self._schema)))

    def size(self) -> tuple[int, int]:
        """Bytes of all tables with their indexes; the log is the server's own."""
        return int(self.rows("size")[0][0]), 0

    def has_news(self) -> bool:
        """Whether another connection has written since this was asked last: every transaction notifies who listens.

        A connection that was made anew may have missed some, so it has news.
        """
        with self._guard():
            connection = self._open()
            if connection is not self._listening:
                connection.execute(names.SQL("LISTEN {}").format(names.Identifier(self._channel)))
                first, self._listening = self._listening is None, connection
                return not first
            connection.execute(b"SELECT")  # what was told before comes with the answer
            heard = [note.pid for note in connection.notifies(timeout=0)]
        return any(pid != connection.info.backend_pid for pid in heard)

    def close(self) -> None:
        """Let go of the connection; closing twice is fine."""
        self._is_closed = True
        self._connection.close()


def _held(values: Values) -> Values:
    """Values as PostgreSQL holds them: no NUL and no lone surrogate is in a text of its; each costs one character."""
    return {name: _fit(value) for name, value in values.items()}


def _fit(value: object) -> object:
    if not isinstance(value, str) or (value.isascii() and "\0" not in value):
        return value
    return sound_text(value).replace("\0", "\ufffd")
