"""What it costs to move a paper from SQLite to PostgreSQL and back, as its owner types it.

The posts are made up (news.py). Each of the four commands is a process of its own; what PostgreSQL's server computes
for it is in its minutes and not in its CPU seconds. BROADSHEET_POSTGRES names the database.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.cost import BenchError, Cost, run
from bench.news import make_posts
from bench.searching import fill
from broadsheet.store import open_store

ADDRESS = os.environ.get("BROADSHEET_POSTGRES", "postgresql:///postgres")
SCHEMA = "broadsheet_bench"
PROGRAM = Path(sys.executable).with_name("broadsheet")
LARGEST_MIB = 200


class Step(NamedTuple):
    """A command, what it cost, and what it said in the end."""

    name: str
    cost: Cost
    said: str


def measure(posts: int) -> list[Step]:
    """Move a store of so many posts there and back, in a folder and a schema that are removed at the end.

    Raises:
        BenchError: a command failed, or took more memory than promised.
    """
    with TemporaryDirectory(prefix="broadsheet-bench-") as work, _schema() as there:
        folder = Path(work)
        here, back = folder / "here.db", folder / "back.db"
        with open_store(str(here), create=True) as store:
            fill(store, make_posts(posts))
        (folder / "broadsheet.toml").touch()
        steps = [
            _step(folder, "SQLite to a folder", str(here), "export", "one"),
            _step(folder, "the folder to PostgreSQL", there, "import", "one"),
            _step(folder, "PostgreSQL to a folder", there, "export", "two"),
            _step(folder, "the folder to SQLite", str(back), "import", "two"),
        ]
    require_small(steps)
    return steps


def _step(folder: Path, name: str, store: str, verb: str, export: str) -> Step:
    command: list[str | Path] = [PROGRAM, "--paper", folder, verb, "store", folder / export]
    done = run(command, {"BROADSHEET_STORE": store})
    return Step(name, done.cost, done.output.strip())


@contextmanager
def _schema() -> Iterator[str]:
    """Where a new store can be made on PostgreSQL."""
    import psycopg

    drop = f"SET client_min_messages TO warning; DROP SCHEMA IF EXISTS {SCHEMA} CASCADE".encode()
    try:
        with psycopg.connect(ADDRESS, autocommit=True) as server:
            server.execute(drop)
            yield f"{ADDRESS}{'&' if '?' in ADDRESS else '?'}schema={SCHEMA}"
            server.execute(drop)
    except psycopg.OperationalError as error:
        message = f"no PostgreSQL answers at BROADSHEET_POSTGRES, or at postgresql:///postgres: {error}"
        raise BenchError(message) from error


def require_small(steps: Sequence[Step]) -> None:
    """Refuse memory over what is promised, whatever the size of the paper."""
    for step in steps:
        if step.cost.peak_mib > LARGEST_MIB:
            message = f"{step.name} takes {step.cost.peak_mib:.0f} MiB"
            raise BenchError(message)


def block(steps: Sequence[Step], posts: int) -> str:
    """The table."""
    rows = [
        f"| {step.name} | {step.cost.wall_s / 60:.1f} | {step.cost.cpu_s:.1f} | {step.cost.peak_mib:.0f} |"
        for step in steps
    ]
    head = ["| | minutes | CPU s | peak MiB |", "| --- | ---: | ---: | ---: |"]
    return "\n".join([f"{posts:,} posts there and back.", "", *head, *rows])
