"""The SQLite engine: a connection, named queries and transactions; every driver error leaves here as a StoreError."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from broadsheet.errors import StoreError
from broadsheet.store.engines.catalogue import quoted
from broadsheet.store.engines.engine import NOTHING_STORED, Kind, Row, Values
from broadsheet.store.engines.queries import queries
from broadsheet.store.sound import sound

ENGINE: Final = "sqlite"
APPLICATION_ID = 0x42524448  # "BRDH", in the header of the file: how a store is told from other people's databases
PAGE_BYTES = 16384  # a post and its body lie in one page; with SQLite's 4096 storing costs half as much again
PRAGMAS = (
    "PRAGMA journal_mode = WAL",  # readers and the writer never wait for each other
    "PRAGMA synchronous = NORMAL",  # with WAL: a power cut may undo the last transactions, never half of one
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -16384",  # KiB; a transaction of some hundred posts fits
    "PRAGMA wal_autocheckpoint = 1000",  # pages: some such transactions
    "PRAGMA secure_delete = OFF",  # some builds overwrite what is given up; nothing here is a secret
    "PRAGMA journal_size_limit = 33554432",  # bytes
)
WAL_TRIES = 20
WAL_PAUSE_S = 0.02
ADVICE = {
    "SQLITE_FULL": f"the disk is full; {NOTHING_STORED}: free some space and run it again",
    "SQLITE_BUSY": "another process is writing to it: wait for that to end, or stop it, then run this again",
    "SQLITE_LOCKED": "another process is writing to it: wait for that to end, or stop it, then run this again",
    "SQLITE_READONLY": "it may not be written: give this user write permission on the file and its folder",
    "SQLITE_PERM": "it may not be used: give this user permission on the file and its folder",
    "SQLITE_CANTOPEN": "it cannot be opened: check that its folder exists and that this user may write there",
    "SQLITE_NOTADB": "it is not a Broadsheet store: name another file",
    "SQLITE_CORRUPT": "it is damaged: put a backup in its place; `broadsheet doctor` says how much is",
    "SQLITE_IOERR": f"the disk refused to read or write; {NOTHING_STORED}: check its space, quota and health",
}


def _advice(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", None) or ""
    for code, advice in ADVICE.items():
        if name.startswith(code):
            return f"{advice} ({error})"
    return f"the database refused: {error}"


class _Guard:
    """Turns a driver's error into one that says what to do; a class because it is entered ten times a post."""

    def __init__(self, store: str) -> None:
        self._store = store

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, sqlite3.Error):
            raise StoreError(self._store, _advice(error)) from error


class Sqlite:
    """One connection, used from one thread; `name` is what messages call the store.

    Every method raises StoreError, saying what to do, where the database refuses.
    """

    kind: Kind = ENGINE

    def __init__(self, path: str, *, name: str, timeout_s: float) -> None:
        self.name = name
        self._queries = queries(ENGINE)
        self._guard = _Guard(name)
        self._seen: int | None = None
        with self._guard:
            self._connection = sqlite3.connect(path, timeout=timeout_s, isolation_level=None, uri=True)

    def prepare(self) -> None:
        """Set what holds for a connection, not for a file."""
        for pragma in PRAGMAS:
            self._set(pragma)

    def define(self, name: str, function: Callable[..., bytes]) -> None:
        """Let SQL call a function that always answers the same."""
        with self._guard:
            self._connection.create_function(name, -1, function, deterministic=True)

    def _set(self, pragma: str) -> None:
        """SQLite never waits to turn on WAL: of several that make one store at once, all but one must try again."""
        for _ in range(WAL_TRIES):
            with suppress(sqlite3.OperationalError):
                self._connection.execute(pragma)
                return
            time.sleep(WAL_PAUSE_S)
        self.script(pragma)

    def script(self, sql: str) -> list[Row]:
        """Run one statement given as text; all its rows."""
        with self._guard:
            return self._connection.execute(sql).fetchall()

    def rows(self, query: str, **values: object) -> list[Row]:
        """Run a named query; all its rows."""
        with self._guard:
            return self._execute(query, values).fetchall()

    def row(self, query: str, **values: object) -> Row | None:
        """Run a named query; its first row."""
        found = self.rows(query, **values)
        return found[0] if found else None

    def write(self, query: str, values: Values) -> int:
        """Run a named query with a row of values; how many rows it changed."""
        with self._guard:
            return self._execute(query, values).rowcount

    def _execute(self, query: str, values: Values) -> sqlite3.Cursor:
        try:
            return self._connection.execute(self._queries[query], values)
        except UnicodeEncodeError:
            return self._connection.execute(
                self._queries[query], {name: sound(value) for name, value in values.items()}
            )

    def write_all(self, query: str, rows: Iterable[Values]) -> None:
        """Run a named query once for each row of values."""
        left = iter(rows)
        with self._guard:
            while (row := self._write_while_sound(query, left)) is not None:
                self._execute(query, row)

    def _write_while_sound(self, query: str, rows: Iterator[Values]) -> Values | None:
        """Write rows until one that UTF-8 cannot hold, which is returned unwritten."""
        row: Values = {}

        def noted() -> Iterator[Values]:
            nonlocal row
            for row in rows:  # noqa: UP028 - the last row is wanted
                yield row

        try:
            self._connection.executemany(self._queries[query], noted())
        except UnicodeEncodeError:
            return row
        return None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, from here to the end of the block; the only writer meanwhile."""
        self.script("BEGIN IMMEDIATE")
        try:
            yield
            self.script("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self.script("ROLLBACK")
            raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read what is there at one moment, from here to the end of the block; others may write meanwhile."""
        self.script("BEGIN")
        try:
            yield
        finally:
            self.script("ROLLBACK")

    def stream(self, sql: str) -> Iterator[Row]:
        """Run one statement given as text; its rows, one in memory at a time."""
        with self._guard:
            yield from self._connection.execute(sql)

    def put(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Add many rows to a table; belongs inside a transaction."""
        marks = ", ".join("?" * len(columns))
        into = f"INSERT INTO {quoted(table)} ({', '.join(map(quoted, columns))}) VALUES ({marks})"  # noqa: S608
        with self._guard:
            self._connection.executemany(into, rows)

    def version(self) -> int | None:
        """The number of the last migration; None for a database with nothing in it."""
        if self.script("SELECT count(*) FROM sqlite_schema") == [(0,)]:
            return None
        # In this order: another process may be making the store, and gives it its tables and its mark at once.
        if self.script("PRAGMA application_id") == [(APPLICATION_ID,)]:
            return int(self.script("SELECT max(number) FROM migration")[0][0])
        raise StoreError(self.name, "it is another program's database, not a Broadsheet store: name another file")

    def found(self) -> None:
        """Mark an empty database as a store; belongs inside the transaction that makes its schema."""
        self.script(f"PRAGMA application_id = {APPLICATION_ID}")

    def size(self) -> tuple[int, int]:
        """Bytes of the file, and of its log."""
        path = Path(self.name)
        log = path.with_name(f"{path.name}-wal")
        return path.stat().st_size, log.stat().st_size if log.exists() else 0

    def has_news(self) -> bool:
        """Whether another connection has written since this was asked last; False when first asked."""
        before, self._seen = self._seen, int(self.script("PRAGMA data_version")[0][0])
        return before not in (None, self._seen)

    def close(self) -> None:
        """Let go of the file."""
        with self._guard:
            self._connection.close()
