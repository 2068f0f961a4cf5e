"""The engine at its limits: a full disk, another writer, a killed process."""

import resource
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from random import Random
from textwrap import dedent

import pytest
from tests.store.builders import make_batch, make_revision

from broadsheet.errors import StoreError
from broadsheet.model import Stored
from broadsheet.store import Store, open_store


def _text(number: int) -> str:
    """Twelve kilobytes that no compression makes much smaller."""
    return "文" + "".join(map(chr, Random(number).choices(range(0x4E00, 0x9FA5), k=4000)))


LARGE = make_batch(*(make_revision(str(number), body=_text(number)) for number in range(100)))
ROOT = Path(__file__).parents[3]


def run(script: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Run a script that may import the tests' builders, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", dedent(script), *args],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def limit_pages(store: Store, more: int) -> None:
    engine = store._engine
    pages = engine.script("PRAGMA page_count")[0][0]
    engine.script(f"PRAGMA max_page_count = {pages + more}")


def test_a_full_disk_is_named_and_nothing_is_half_stored(file: str) -> None:
    with open_store(file, create=True) as store:
        store.apply([make_batch(make_revision())])
        limit_pages(store, 20)
        with pytest.raises(
            StoreError, match=r"broadsheet\.db: the disk is full; nothing of this step was stored"
        ) as caught:
            store.apply([LARGE])
        assert caught.value.store == file
        assert len(store.refs()) == 1
        assert store.check() == []
        limit_pages(store, 10_000)
        assert store.apply([LARGE]) == Stored(new=100)


def test_a_file_size_limit_is_named_and_nothing_is_half_stored(file: str) -> None:
    with open_store(file, create=True) as store:
        store.apply([make_batch(make_revision())])
    done = run(
        """
        import resource, sys
        from broadsheet.errors import StoreError
        from broadsheet.store import open_store
        from tests.store.engines.test_sqlite import LARGE
        with open_store(sys.argv[1]) as store:
            resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
            try:
                store.apply([LARGE])
            except StoreError as error:
                print(error)
            resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        """,
        file,
    )
    assert "nothing of this step was stored" in done.stdout, done.stderr
    with open_store(file) as store:
        assert len(store.refs()) == 1
        assert store.check() == []
        assert store.apply([LARGE]) == Stored(new=100)
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 200_000


def test_a_store_that_another_process_writes_is_named(file: str) -> None:
    open_store(file, create=True).close()
    with open_store(file, timeout_s=0.05) as store:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another process is writing to it: wait"):
            store.apply([LARGE])
        assert store.refs() == []
        other.execute("ROLLBACK")
        other.close()
        assert store.apply([LARGE]) == Stored(new=100)


@pytest.mark.parametrize("rows", [1, 150, 350, 400])
def test_a_process_killed_while_it_stores_leaves_nothing_half(file: str, rows: int) -> None:
    """Killed after the first row, among bodies and texts to index, and before COMMIT when all else is written."""
    with open_store(file, create=True) as store:
        store.apply([make_batch(make_revision())])
    done = run(
        """
        import os, signal, sys
        from broadsheet.store import open_store
        from broadsheet.store.engines.sqlite import Sqlite
        from tests.store.engines.test_sqlite import LARGE
        left = int(sys.argv[2])
        write_all, script = Sqlite.write_all, Sqlite.script
        def die():
            os.kill(os.getpid(), signal.SIGKILL)
        def counted(rows):
            global left
            for row in rows:
                if not left:
                    die()
                left -= 1
                yield row
        with open_store(sys.argv[1]) as store:
            store._engine.script("PRAGMA cache_size = 10")
            Sqlite.write_all = lambda engine, query, rows: write_all(engine, query, counted(rows))
            Sqlite.script = lambda engine, sql: die() if sql == "COMMIT" else script(engine, sql)
            store.apply([LARGE])
        """,
        file,
        str(rows),
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    with open_store(file) as store:
        assert len(store.refs()) == len(store.search("小米 or 文", limit=1000)) == 1
        assert store.check() == []
        assert store.apply([LARGE]) == Stored(new=100)
        assert store.check() == []


def test_a_damaged_file_is_named(file: str) -> None:
    with open_store(file, create=True) as store:
        store.apply([LARGE])
    content = bytearray(Path(file).read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    Path(file).write_bytes(content)
    with pytest.raises(StoreError, match="it is damaged"), open_store(file) as store:
        store.refs()


def test_what_the_database_says_else_is_passed_on(file: str) -> None:
    refused = pytest.raises(StoreError, match="the database refused: no such table: nowhere")
    with open_store(file, create=True) as store, refused:
        store._engine.script("SELECT * FROM nowhere")
