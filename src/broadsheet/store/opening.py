"""Open a store: find the database, make or check its schema, bring it up to date."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from broadsheet.errors import ConfigError, StoreError, StoreVersionError
from broadsheet.store.engines.engine import Engine, Kind
from broadsheet.store.engines.queries import migrations, schema
from broadsheet.store.engines.server import on_server
from broadsheet.store.engines.sqlite import PAGE_BYTES, Sqlite
from broadsheet.store.rows import content_of_old
from broadsheet.store.search.index import reindex
from broadsheet.store.store import Store

if TYPE_CHECKING:
    from broadsheet.store.engines.postgres import Postgres

INDEXED_BY: Mapping[Kind, int] = {"sqlite": 14}
"""The last migration that makes the search index anew, for it is another since."""

OLDEST_SQLITE = (3, 37, 0)  # STRICT tables
WAIT_S = 30.0
Tell = Callable[[str], None]


def open_store(url: str, *, create: bool = False, timeout_s: float = WAIT_S, tell: Tell = lambda _: None) -> Store:
    """Open the store at a path, "sqlite:///path" or "postgresql://..."; an older one is brought up to date first.

    `create` makes one where there is none, its folder or its schema too; `timeout_s` is how long to wait for another
    writer, in seconds; `tell` is told in a line what of that takes long.

    Raises:
        ConfigError: the address is of a kind this version does not know, or what it needs is not installed.
        StoreVersionError: a newer Broadsheet wrote it.
        StoreError: it is not there, not a store, damaged, locked or may not be written.
    """
    return Store(open_engine(url, create=create, timeout_s=timeout_s, tell=tell))


def open_engine(url: str, *, create: bool = False, timeout_s: float = WAIT_S, tell: Tell = lambda _: None) -> Engine:
    """Open the database of a store, as `open_store` does, for what is done to all of its tables alike."""
    engine: Engine
    if on_server(url):
        engine = _on_postgres(url, timeout_s)
    else:
        engine = _in_file(_path(url), create=create, timeout_s=timeout_s)
    try:
        _bring_up(engine, create=create, tell=tell)
    except BaseException:
        engine.close()
        raise
    return engine


def is_store(url: str) -> bool:
    """Whether there is a store at an address, whatever it holds; raises as `open_store` does."""
    if not on_server(url):
        return _path(url).exists()
    engine = _on_postgres(url, WAIT_S)
    try:
        return engine.version() is not None
    finally:
        engine.close()


def drop_store(url: str) -> None:
    """Take a store on PostgreSQL away, with all that it holds; raises as `open_store` does."""
    engine = _on_postgres(url, WAIT_S)
    try:
        engine.drop()
    finally:
        engine.close()


def _on_postgres(url: str, timeout_s: float) -> "Postgres":
    try:
        from broadsheet.store.engines.postgres import Postgres
    except ImportError as error:
        raise ConfigError(
            "store", "a store on PostgreSQL needs more parts: pip install 'broadsheet[postgres]'"
        ) from error
    return Postgres(url, timeout_s=timeout_s)


def _in_file(path: Path, *, create: bool, timeout_s: float) -> Engine:
    _require_file(path, create=create)
    mode = "rwc" if create else "rw"
    engine = Sqlite(f"file:{quote(str(path.absolute()))}?mode={mode}", name=str(path), timeout_s=timeout_s)
    try:
        if engine.version() is None and create:
            engine.script(f"PRAGMA page_size = {PAGE_BYTES}")
        engine.prepare()
        engine.define("revision_content", content_of_old)
    except BaseException:
        engine.close()
        raise
    return engine


def _path(url: str) -> Path:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise ConfigError("store", f"needs SQLite 3.37 or newer, this Python has {sqlite3.sqlite_version}")
    path = url.removeprefix("sqlite:///")
    if not path or "://" in path:
        raise ConfigError(
            "store",
            f'{url!r} is not the address of a store; use a path, "sqlite:///path" or "postgresql://host/name"',
        )
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


def _bring_up(engine: Engine, *, create: bool, tell: Tell) -> None:
    if (version := engine.version()) is not None:
        _migrate(engine, version, tell)
    elif create:
        _build(engine)
    else:
        raise StoreError(engine.name, "it is empty: make a store with `broadsheet init`")


def _build(engine: Engine) -> None:
    """Make the present schema in an empty database, unless another process was faster."""
    with engine.transaction():
        if engine.version() is None:
            engine.found()
            _run(engine, schema(engine.kind))
            for step in migrations(engine.kind):
                _record(engine, step.number, step.name)


def _migrate(engine: Engine, version: int, tell: Tell) -> None:
    """Bring an older store up to date, each step in a transaction of its own."""
    newest = migrations(engine.kind)[-1].number
    if version > newest:
        raise StoreVersionError(
            engine.name,
            f"it has schema {version}, written by a newer Broadsheet; this one knows schemas up to {newest}: "
            "install that newer Broadsheet, or use another store",
        )
    for step in migrations(engine.kind):
        if step.number > version:
            with engine.transaction():
                if step.number > (engine.version() or 0):
                    _run(engine, step.sql)
                    if step.number == INDEXED_BY.get(engine.kind):
                        _index_anew(engine, tell)
                    _record(engine, step.number, step.name)


def _index_anew(engine: Engine, tell: Tell) -> None:
    ((posts,),) = engine.rows("count_posts")
    tell(f"{engine.name}: the search index is made anew, once; 10,000 posts take some seconds")
    reindex(engine, lambda done: tell(f"{engine.name}: {done:,} of {posts:,} posts are indexed"))


def _record(engine: Engine, number: int, name: str) -> None:
    engine.script(f"INSERT INTO migration (number, name) VALUES ({number}, '{name}')")  # noqa: S608 - our file names


def _run(engine: Engine, sql: str) -> None:
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
