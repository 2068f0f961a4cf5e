"""SQL in named files."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import broadsheet.store
from broadsheet.store import open_store
from broadsheet.store.engines.engine import Kind
from broadsheet.store.engines.queries import migrations, queries, schema

ROOM = Path(broadsheet.store.__file__).parent
SQL = ROOM / "sql"
ENGINES: tuple[Kind, ...] = ("sqlite", "postgres")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_query_has_a_name_of_its_own_or_stands_in_for_that_of_all(engine: Kind) -> None:
    named = [
        name
        for folder in (SQL, SQL / engine)
        for file in folder.iterdir()
        if file.name.endswith(".sql") and file.name != "schema.sql"
        for name in re.findall(r"^-- name: (.*)$", file.read_text("utf-8"), re.MULTILINE)
    ]
    assert set(named) == set(queries(engine))
    assert len(named) - len(set(named)) == {"sqlite": 0, "postgres": len(STANDING_IN)}[engine]


STANDING_IN = ("claim_due", "kin", "marks", "post_of_entry")
"""What SQLite and PostgreSQL cannot be asked in the same words."""


@pytest.mark.parametrize("engine", ENGINES)
def test_every_query_is_one_statement(engine: Kind) -> None:
    for name, sql in queries(engine).items():
        assert sql.rstrip().endswith(";"), name
        assert sql.count(";") == 1, name


@pytest.mark.needs("postgres")
def test_postgresql_understands_every_query(postgres: str) -> None:
    with open_store(postgres) as store:
        connection = store._engine._connection  # type: ignore[attr-defined]
        for name, sql in queries("postgres").items():
            if "{" not in sql:
                said = connection.pgconn.prepare(b"", numbered(sql).encode())
                assert not said.error_message, (name, said.error_message)


def numbered(sql: str) -> str:
    """A query with its marks as the server knows them."""
    marks = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", sql)))
    return re.sub(r"%\((\w+)\)s", lambda mark: f"${marks.index(mark[1]) + 1}", sql).replace("%%", "%")


@pytest.mark.parametrize("engine", ENGINES)
def test_every_query_is_used(engine: Kind) -> None:
    rooms = "".join(file.read_text("utf-8") for file in ROOM.rglob("*.py"))
    made = {f"find_{order}{where}" for order in ("newest", "best") for where in ("", "_within")}
    made |= {f"bytes_of_{part}" for part in ("originals", "articles", "texts", "images", "kin", "facts", "index")}
    made |= {f"listed_{order}{feeds}" for order in ("newest", "oldest") for feeds in ("", "_of_few")}
    made |= {f"count_{kind}" for kind in ("feeds", "posts", "revisions", "stories")}
    assert [name for name in queries(engine) if name not in made and f'"{name}"' not in rooms] == []


@pytest.mark.parametrize("query", ["claim_due", "claim", "next_due", "hold_host", "save_poll", "known_entries"])
def test_among_many_feeds_nothing_is_searched_without_an_index(query: str) -> None:
    sql = queries("sqlite")[query]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema("sqlite"))
        values = {name: "[]" if name == "ids" else 1 for name in re.findall(r":(\w+)", sql)}
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    steps = [step for step in plan if re.match(r"(SCAN|SEARCH) (feed|post)\b|USE TEMP B-TREE", step)]
    assert [step for step in steps if not re.match(r"SEARCH \w+ USING ", step)] == []
    assert steps


@pytest.mark.parametrize(
    ("query", "step"),
    [
        ("posts_of_companies", "SEARCH company_post USING PRIMARY KEY (company=?)"),
        ("posts_of_kinds", "SEARCH fact_kind USING PRIMARY KEY (kind=?)"),
        ("sifted_newest", "SEARCH post USING INTEGER PRIMARY KEY (rowid=?)"),
    ],
)
def test_what_was_found_in_posts_is_searched_with_an_index(query: str, step: str) -> None:
    sql = queries("sqlite")[query]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema("sqlite"))
        values = dict.fromkeys(re.findall(r":(\w+)", sql), 1)
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert step in plan
    assert [one for one in plan if re.match(r"SCAN (post|company_post|fact_kind)\b", one)] == []


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [step.number for step in migrations("sqlite")] == list(range(1, len(migrations("sqlite")) + 1))
    assert migrations("sqlite")[0].name == "first"


def test_the_schema_is_read_whole() -> None:
    assert "CREATE VIRTUAL TABLE search" in schema("sqlite")
