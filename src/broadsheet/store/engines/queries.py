"""SQL lives in named files: `sql/*.sql` for every engine, `sql/<engine>/` for one alone; here is the loader."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

from broadsheet.store.engines.dialects import for_postgres, for_sqlite
from broadsheet.store.engines.engine import Kind

_SQL = Path(__file__).parents[1] / "sql"  # importlib.resources would cost every command 7 ms
_NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)
_NUMBERED = re.compile(r"(\d{4})-([\w-]+)\.sql")
_WRITTEN = {"sqlite": for_sqlite, "postgres": for_postgres}


class Migration(Struct, frozen=True):
    """One numbered step from an older schema to a newer."""

    number: int
    name: str
    sql: str


def named(text: str) -> dict[str, str]:
    """Part a file into its queries, by the name that stands above each."""
    pieces = _NAME.split(text)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


@cache
def queries(engine: Kind) -> Mapping[str, str]:
    """Every named query, written for the engine; one of its own wins over one for all."""
    found: dict[str, str] = {}
    for folder in (_SQL, _SQL / engine):
        for file in folder.iterdir():
            if file.name.endswith(".sql") and file.name != "schema.sql":
                found.update(named(file.read_text("utf-8")))
    return {name: _WRITTEN[engine](sql) for name, sql in found.items()}


@cache
def schema(engine: Kind) -> str:
    """The whole of the present schema."""
    return (_SQL / engine / "schema.sql").read_text("utf-8")


@cache
def migrations(engine: Kind) -> tuple[Migration, ...]:
    """The numbered migrations, in order."""
    found = (
        Migration(int(matched[1]), matched[2], file.read_text("utf-8"))
        for file in (_SQL / engine / "migrations").iterdir()
        if (matched := _NUMBERED.fullmatch(file.name))
    )
    return tuple(sorted(found, key=lambda step: step.number))
