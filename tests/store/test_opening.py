"""Opening a store: where it is, whether it is one, and bringing an old one up to date."""

import os
import re
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.builders import make_batch, make_feed, make_revision
from tests.store.freeze import STORES

from broadsheet.errors import BroadsheetError, ConfigError, StoreError, StoreVersionError
from broadsheet.store import drop_store, is_store, open_store, opening
from broadsheet.store.compress import unpack
from broadsheet.store.engines.queries import Migration, migrations, schema
from broadsheet.store.opening import statements
from broadsheet.store.search import index

NOBODY = 65534
SPACED = re.compile(r"\s*([(),])\s*")
NEVER = "CREATE TABLE later (name TEXT) STRICT;\nINSERT INTO later VALUES ('x;y');\n"


def shape(path: Path) -> list[tuple[str, str, str]]:
    """What a database is made of, spaces and comments apart."""
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name"
    ).fetchall()
    settings = connection.execute("SELECT k, '', CAST(v AS TEXT) FROM search_config ORDER BY k").fetchall()
    connection.close()
    return [(kind, name, SPACED.sub(r"\1", " ".join(sql.split()))) for kind, name, sql in rows + settings]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "broadsheet.db"


def test_a_path_and_an_address_name_the_same_store(path: Path) -> None:
    with open_store(str(path), create=True) as store:
        store.add_feed(make_feed())
    with open_store(f"sqlite:///{path}") as store:
        assert store.feeds() == [make_feed()]


def test_creating_makes_the_folder_and_keeps_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b 100%?#" / "c.db"
    for added in (True, False):
        with open_store(str(path), create=True) as store:
            assert store.add_feed(make_feed()) is added
    assert path.exists()


@pytest.mark.parametrize("url", ["", "sqlite:///", "mysql://x", "sqlite://x"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(ConfigError, match="not the address of a store"):
        open_store(url)


def test_an_old_sqlite_is_refused(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(opening, "OLDEST_SQLITE", (99, 0, 0))
    with pytest.raises(ConfigError, match="needs SQLite"):
        open_store(str(path), create=True)


def test_a_store_that_is_not_there_is_not_made(path: Path) -> None:
    with pytest.raises(StoreError, match="`broadsheet init`") as caught:
        open_store(str(path))
    assert caught.value.store == str(path)
    assert not path.exists()


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="it is a folder"):
        open_store(str(tmp_path), create=True)


def test_an_empty_file_is_no_store_until_one_is_made(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreError, match="it is empty"):
        open_store(str(path))
    open_store(str(path), create=True).close()
    open_store(str(path)).close()


def test_other_files_are_left_alone(path: Path) -> None:
    path.write_text("title = 'My paper'\n" * 100)
    with pytest.raises(StoreError, match="not a Broadsheet store"):
        open_store(str(path), create=True)
    assert path.read_text() == "title = 'My paper'\n" * 100


def test_the_database_of_another_program_is_left_alone(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program's database"):
        open_store(str(path), create=True)
    assert path.read_bytes() == before


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"its folder cannot be used: (Not a directory|File exists)"):
        open_store(str(tmp_path / "file" / "broadsheet.db"), create=True)


@pytest.fixture
def powerless(path: Path) -> Iterator[Path]:
    """A store whose file and folder this process may read and not write, root or not."""
    folder = Path(tempfile.mkdtemp())
    open_store(str(folder / path.name), create=True).close()
    for guarded, mode in ((folder / path.name, 0o444), (folder, 0o555)):
        guarded.chmod(mode)
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(NOBODY)
    yield folder / path.name
    if was_root:
        os.seteuid(0)
    folder.chmod(0o700)
    shutil.rmtree(folder)


def test_a_folder_that_may_not_be_written_is_named(powerless: Path) -> None:
    with pytest.raises(StoreError, match=r"other\.db: it cannot be opened: check that its folder exists"):
        open_store(str(powerless.with_name("other.db")), create=True)
    with pytest.raises(StoreError, match="its folder cannot be used: Permission denied"):
        open_store(str(powerless.parent / "new" / "other.db"), create=True)


def test_a_file_that_may_not_be_written_is_named(powerless: Path) -> None:
    with pytest.raises(StoreError, match="give this user"):
        open_store(str(powerless))


def test_a_store_of_a_newer_version_is_refused_with_both_versions(path: Path) -> None:
    open_store(str(path), create=True).close()
    newest = migrations("sqlite")[-1].number
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO migration (number, name) VALUES (?, 'later')", (newest + 1,))
    connection.commit()
    connection.close()
    with pytest.raises(StoreVersionError, match=f"schema {newest + 1}.* up to {newest}: install") as caught:
        open_store(str(path))
    assert caught.value.exit_code == 2
    assert isinstance(caught.value, BroadsheetError)


def test_a_store_made_today_equals_one_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(str(tmp_path / "fresh.db"), create=True).close()
    monkeypatch.setattr(opening, "schema", lambda _: migrations("sqlite")[0].sql)
    with monkeypatch.context() as first:
        first.setattr(opening, "migrations", lambda _: migrations("sqlite")[:1])
        open_store(str(tmp_path / "old.db"), create=True).close()
    open_store(str(tmp_path / "old.db")).close()
    assert shape(tmp_path / "old.db") == shape(tmp_path / "fresh.db")


def test_a_migration_is_recorded_and_run_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(str(path), create=True) as store:
        store.apply([make_batch(make_revision())])
    later = Migration(migrations("sqlite")[-1].number + 1, "later", NEVER)
    monkeypatch.setattr(opening, "migrations", lambda _: (*migrations("sqlite"), later))
    for _ in range(2):
        with open_store(str(path)) as store:
            assert len(store.refs()) == 1
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT name FROM later").fetchall() == [("x;y",)]
    assert connection.execute("SELECT name FROM migration WHERE number > 1").fetchall()[-1:] == [("later",)]
    connection.close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(str(path), create=True).close()
    before = shape(path)
    broken = Migration(migrations("sqlite")[-1].number + 1, "later", f"{NEVER}INSERT INTO nowhere VALUES (1);\n")
    with monkeypatch.context() as patched:
        patched.setattr(opening, "migrations", lambda _: (*migrations("sqlite"), broken))
        with pytest.raises(StoreError, match="nowhere"):
            open_store(str(path))
    assert shape(path) == before
    open_store(str(path)).close()


@pytest.fixture
def before_text_first(path: Path) -> Path:
    """A store of the schema before the last that makes the index anew."""
    path.write_bytes(unpack((STORES / "0013-reader.db.zst").read_bytes()))
    return path


def test_how_far_the_index_is_made_anew_is_told(before_text_first: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_TOLD", 1)
    told: list[str] = []
    with open_store(str(before_text_first), tell=told.append) as store:
        assert store.check() == []
    assert [line.rpartition(": ")[2] for line in told[1:]] == ["1 of 2 posts are indexed", "2 of 2 posts are indexed"]


def test_an_index_that_is_stopped_while_it_is_made_anew_is_made_by_the_next(
    before_text_first: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(line: str) -> None:
        if "1 of 2" in line:
            raise KeyboardInterrupt

    monkeypatch.setattr(index, "_TOLD", 1)
    before = shape(before_text_first)
    with pytest.raises(KeyboardInterrupt):
        open_store(str(before_text_first), tell=stop)
    assert shape(before_text_first) == before
    with open_store(str(before_text_first)) as store:
        assert store.check() == []
        assert store.search("小米")


def make_at_once(address: str) -> list[BroadsheetError]:
    """Make one store four times at once; what failed."""
    failed: list[BroadsheetError] = []

    def make() -> None:
        try:
            open_store(address, create=True).close()
        except BroadsheetError as error:
            failed.append(error)

    makers = [threading.Thread(target=make) for _ in range(4)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    return failed


def test_two_processes_may_make_one_store(path: Path) -> None:
    assert make_at_once(str(path)) == []
    with open_store(str(path)) as store:
        assert store.check() == []


def test_a_script_is_split_into_statements() -> None:
    assert list(statements("-- a;\nSELECT ';';\nSELECT\n 2;\n")) == ["-- a;\nSELECT ';';\n", "SELECT\n 2;\n"]
    assert len(list(statements(schema("sqlite")))) == schema("sqlite").count(";\n")


def test_whether_there_is_a_store_is_asked_without_making_one(path: Path) -> None:
    assert not is_store(str(path))
    assert not path.exists()
    open_store(str(path), create=True).close()
    assert is_store(str(path))


@pytest.mark.needs("postgres")
def test_a_store_on_postgresql_is_there_until_it_is_dropped(nowhere: str) -> None:
    for _ in range(2):
        assert not is_store(nowhere)
        open_store(nowhere, create=True).close()
        assert is_store(nowhere)
        drop_store(nowhere)
