"""Open a store: find the file, make or check its schema, bring it up to date."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from broadsheet.errors import ConfigError, StoreError, StoreVersionError
from broadsheet.store.queries import migrations, schema
from broadsheet.store.rows import content_of_old
from broadsheet.store.search import reindex
from broadsheet.store.sqlite import ENGINE, Sqlite
from broadsheet.store.store import Store

APPLICATION_ID = 0x42524448  # "BRDH", in the header of the file: how a store is told from other people's databases
PAGE_BYTES = 16384  # a post and its body lie in one page; with SQLite's 4096 storing costs half as much again
INDEXED_BY = 7  # the last migration that makes the search index anew, for texts are read in another way since
OLDEST_SQLITE = (3, 37, 0)  # STRICT tables


def open_store(
    url: str, *, create: bool = False, timeout_s: float = 30.0, tell: Callable[[str], None] = lambda _: None
) -> Store:
    """Open the store at a path or "sqlite:///path"; an older one is brought up to date first.

    `create` makes one where there is none, its folder too; `timeout_s` is how long to wait for another writer, in
    seconds; `tell` is told in a line what of that takes long.

    Raises:
        ConfigError: the address is of a kind this version does not know.
        StoreVersionError: a newer Broadsheet wrote it.
        StoreError: it is not there, not a store, damaged, locked or may not be written.
    """
    path = _path(url)
    _require_file(path, create=create)
    mode = "rwc" if create else "rw"
    engine = Sqlite(f"file:{quote(str(path.absolute()))}?mode={mode}", name=str(path), timeout_s=timeout_s)
    try:
        _prepare(engine, create=create, tell=tell)
    except BaseException:
        engine.close()
        raise
    return Store(engine, path)


def _path(url: str) -> Path:
    if url.startswith(("postgresql://", "postgres://")):
        raise ConfigError("store", f"{url} is on PostgreSQL, which comes later as an extra; use a path for now")
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise ConfigError("store", f"needs SQLite 3.37 or newer, this Python has {sqlite3.sqlite_version}")
    path = url.removeprefix("sqlite:///")
    if not path or "://" in path:
        raise ConfigError("store", f'{url!r} is not the address of a store; use a path or "sqlite:///path"')
    return Path(path)


def _require_file(path: Path, *, create: bool) -> None:
    try:
        if path.is_dir():
            raise StoreError(str(path), "it is a folder: name a file in it, broadsheet.db for one")
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        elif not path.exists():
            raise StoreError(str(path), "there is no store here: make one with `broadsheet init`")
    except OSError as error:
        raise StoreError(str(path), f"its folder cannot be used: {error.strerror}") from error


def _prepare(engine: Sqlite, *, create: bool, tell: Callable[[str], None]) -> None:
    if _version(engine) is None:
        if not create:
            raise StoreError(engine.name, "it is empty: make a store with `broadsheet init`")
        engine.script(f"PRAGMA page_size = {PAGE_BYTES}")
        engine.prepare()
        _build(engine)
    else:
        engine.prepare()
        _migrate(engine, tell)


def _version(engine: Sqlite) -> int | None:
    """The number of the last migration; None for a database with nothing in it."""
    if engine.script("SELECT count(*) FROM sqlite_schema") == [(0,)]:
        return None
    # In this order: another process may be making the store, and gives it its tables and its mark at once.
    if engine.script("PRAGMA application_id") == [(APPLICATION_ID,)]:
        return int(engine.script("SELECT max(number) FROM migration")[0][0])
    raise StoreError(engine.name, "it is another program's database, not a Broadsheet store: name another file")


def _build(engine: Sqlite) -> None:
    """Make the present schema in an empty database, unless another process was faster."""
    with engine.transaction():
        if _version(engine) is None:
            engine.script(f"PRAGMA application_id = {APPLICATION_ID}")
            _run(engine, schema(ENGINE))
            for step in migrations(ENGINE):
                _record(engine, step.number, step.name)


def _migrate(engine: Sqlite, tell: Callable[[str], None]) -> None:
    """Bring an older store up to date, each step in a transaction of its own."""
    newest = migrations(ENGINE)[-1].number
    version = _version(engine) or 0
    if version > newest:
        raise StoreVersionError(
            engine.name,
            f"it has schema {version}, written by a newer Broadsheet; this one knows schemas up to {newest}: "
            "install that newer Broadsheet, or use another store",
        )
    engine.define("revision_content", content_of_old)
    for step in migrations(ENGINE):
        if step.number > version:
            with engine.transaction():
                if step.number > (_version(engine) or 0):
                    _run(engine, step.sql)
                    if step.number == INDEXED_BY:
                        tell(f"{engine.name}: the search index is made anew, once; 10,000 posts take some seconds")
                        reindex(engine)
                    _record(engine, step.number, step.name)


def _record(engine: Sqlite, number: int, name: str) -> None:
    engine.script(f"INSERT INTO migration (number, name) VALUES ({number}, '{name}')")  # noqa: S608 - our file names


def _run(engine: Sqlite, sql: str) -> None:
    for statement in statements(sql):
        engine.script(statement)


def statements(sql: str) -> Iterator[str]:
    """Split a script into its statements."""
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
