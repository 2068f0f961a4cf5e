"""Stores moved in tests: everything filled, taken out, brought in, and stopped anywhere."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
from tests.store.builders import NOON
from tests.store.freeze import fill

from broadsheet.store import open_store
from broadsheet.store.compress import packer
from broadsheet.store.engines.catalogue import Table, count, select, tables
from broadsheet.store.engines.engine import Engine
from broadsheet.store.moving.exporting import Exported, export_store
from broadsheet.store.moving.importing import Imported, import_store
from broadsheet.store.moving.state import Moving
from broadsheet.store.opening import open_engine

SILENT: Callable[[Moving], None] = lambda _: None  # noqa: E731
CONTENT = packer()(msgspec.msgpack.encode([b"\0\xff", "<p>文</p>", "文"]))
MADE: dict[str, object] = {"integer": 1, "real": 0.5, "text": "文", "blob": CONTENT}
POSTS = frozenset({"post", "first", "second", "source"})


class Killed(BaseException):
    """What ends a run in a test, as nothing in the program may catch it."""


@contextmanager
def engine_of(address: str, *, create: bool = False) -> Iterator[Engine]:
    with closing(open_engine(address, create=create)) as engine:
        yield engine


def export(address: str, folder: Path, tell: Callable[[Moving], None] = SILENT) -> Exported:
    with engine_of(address) as engine:
        return export_store(engine, folder, NOON, tell)


def bring(address: str, folder: Path, tell: Callable[[Moving], None] = SILENT) -> Imported:
    with engine_of(address, create=True) as engine:
        return import_store(engine, folder, tell)


def fill_all(address: str) -> None:
    """Make a store that has a row in every table."""
    with open_store(address, create=True) as store:
        fill(store)
    with engine_of(address) as engine, engine.transaction():
        post = engine.script("SELECT max(num) FROM post")[0][0]
        for table in tables(engine):
            if not count(engine, table.name):
                engine.put(table.name, table.columns, [_row(table, post)])


def _row(table: Table, post: int) -> list[object]:
    return [post if name in POSTS and kind == "integer" else MADE[kind] for name, kind in table.columns.items()]


def dump(address: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that is moved, columns in the order of their names."""
    with engine_of(address) as engine:
        return {
            table.name: sorted(engine.script(select(table.name, sorted(table.columns))), key=repr)
            for table in tables(engine)
        }
