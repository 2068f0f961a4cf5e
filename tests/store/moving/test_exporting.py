"""A store written into a folder: whole, of one moment, gone on with after a kill."""

import errno
import os
from pathlib import Path

import pytest
from tests.store.builders import make_batch, make_feed, make_revision
from tests.store.freeze import fill
from tests.store.moving.moves import Killed, bring, dump, engine_of, export, fill_all

from broadsheet.errors import StoreError
from broadsheet.store import open_store
from broadsheet.store.moving import parcels
from broadsheet.store.moving.manifest import read_manifest
from broadsheet.store.moving.state import Begun, Moving, note


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of one row; what tests write may be lost in a power cut."""
    monkeypatch.setattr(parcels, "MOST_ROWS", 1)
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def filled(file: str) -> str:
    """A store of 31 rows in a file."""
    with open_store(file, create=True) as store:
        fill(store)
    return file


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def die_before_replacement(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """End a run where it would give its so manieth file the name."""
    left, replace = number, Path.replace

    def counted(path: Path, target: Path) -> Path:
        nonlocal left
        if not left:
            raise Killed
        left -= 1
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", counted)


def test_everything_is_counted(tmp_path: Path, file: str) -> None:
    fill_all(file)
    told: list[Moving] = []
    report = export(file, tmp_path / "a" / "out", told.append)
    rows = sum(len(rows) for rows in dump(file).values())
    files = list((tmp_path / "a" / "out").glob("*.msgpack.zst"))
    assert (report.rows, report.files, report.kept, len(files)) == (rows, rows, 0, rows)
    assert report.bytes == sum(path.stat().st_size for path in files)
    assert told[-1].total == told[-1].done == rows
    assert {moving.part for moving in told} == set(dump(file))


@pytest.mark.needs("postgres")
def test_both_engines_write_the_same_files(tmp_path: Path, file: str, postgres: str) -> None:
    fill_all(file)
    export(file, tmp_path / "one")
    bring(postgres, tmp_path / "one")
    export(postgres, tmp_path / "other")
    one, other = held(tmp_path / "one"), held(tmp_path / "other")
    assert one.pop("manifest.json") != other.pop("manifest.json")
    assert one == other


def test_an_empty_store_is_a_manifest_alone(tmp_path: Path, address: str) -> None:
    open_store(address, create=True).close()
    assert export(address, tmp_path / "out").rows == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["manifest.json"]


def test_it_is_of_one_moment_whoever_writes_meanwhile(tmp_path: Path, address: str) -> None:
    with open_store(address, create=True) as store:
        fill(store)
    before = dump(address)

    def write(moving: Moving) -> None:
        if moving.done > 1:
            return
        with open_store(address) as other:
            other.add_feed(make_feed("https://late.example/"))
            other.apply([make_batch(make_revision("late"))])

    export(address, tmp_path / "out", write)
    assert dump(address) != before
    bring(f"{tmp_path}/copy.db", tmp_path / "out")
    with open_store(f"{tmp_path}/copy.db") as store:
        assert len(store.refs()) == len(before["post"]) == 2


@pytest.mark.parametrize("number", [0, 1, 2, 33, 62, 63])
def test_killed_before_any_file_it_goes_on_to_the_same_end(
    tmp_path: Path, filled: str, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Before the first manifest, before a file and before what notes it, and before the last word."""
    export(filled, tmp_path / "whole")
    whole = held(tmp_path / "whole")
    assert len(whole) == 32
    with monkeypatch.context() as patched:
        die_before_replacement(patched, number)
        with pytest.raises(Killed):
            export(filled, tmp_path / "out")
    manifest = read_manifest(tmp_path / "out")
    assert manifest is None if number == 0 else manifest and not manifest.finished
    report = export(filled, tmp_path / "out")
    assert report.kept == max(0, (number - 1) // 2)
    assert held(tmp_path / "out") == whole


def test_killed_again_and_again_it_comes_to_its_end(
    tmp_path: Path, filled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        with monkeypatch.context() as patched:
            die_before_replacement(patched, 13)
            with pytest.raises(Killed):
                export(filled, tmp_path / "out")
    assert export(filled, tmp_path / "out").kept >= 16
    bring(f"{tmp_path}/copy.db", tmp_path / "out")


def test_what_changed_since_it_was_killed_is_written_anew(
    tmp_path: Path, filled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        die_before_replacement(patched, 39)
        with pytest.raises(Killed):
            export(filled, tmp_path / "out")
    with open_store(filled) as store:
        store.add_feed(make_feed("https://late.example/"))
        store.apply([make_batch(make_revision(title="改了"))])
        store.doors.revoke("one")
    report = export(filled, tmp_path / "out")
    assert 0 < report.kept < report.files
    export(filled, tmp_path / "again")
    assert held(tmp_path / "out") == held(tmp_path / "again")


def test_a_file_that_was_damaged_since_is_written_anew(
    tmp_path: Path, filled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        die_before_replacement(patched, 9)
        with pytest.raises(Killed):
            export(filled, tmp_path / "out")
    first, second, *_ = sorted((tmp_path / "out").glob("*.zst"))
    first.unlink()
    second.write_bytes(b"")
    assert export(filled, tmp_path / "out").kept == 2
    bring(f"{tmp_path}/copy.db", tmp_path / "out")


def test_a_folder_with_something_else_or_a_finished_export_is_left_alone(tmp_path: Path, filled: str) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "letter.txt").touch()
    with pytest.raises(StoreError, match="theirs: it is not empty, and no export that was begun: name a new folder"):
        export(filled, tmp_path / "theirs")
    export(filled, tmp_path / "out")
    before = held(tmp_path / "out")
    with pytest.raises(StoreError, match="out: it holds a finished export, of 2026-11-23 12:00 UTC: name another"):
        export(filled, tmp_path / "out")
    assert held(tmp_path / "out") == before


def test_where_nothing_can_be_written_the_folder_is_named(
    tmp_path: Path, filled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"file: it cannot be written .(Not a directory|File exists).: make room"):
        export(filled, tmp_path / "file")
    export(filled, tmp_path / "whole")

    def full(_: int) -> None:
        if len(list((tmp_path / "out").iterdir())) > 9:
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match=r"out: it cannot be written .No space left .*what is written stays"):
            export(filled, tmp_path / "out")
    assert export(filled, tmp_path / "out").kept > 0
    assert held(tmp_path / "out") == held(tmp_path / "whole")


def test_a_store_that_is_only_partly_there_is_not_exported(tmp_path: Path, address: str) -> None:
    with engine_of(address, create=True) as engine:
        note(engine, Begun("/from", "0123", 7))
    with pytest.raises(StoreError, match="`broadsheet import store /from` goes on with it"):
        export(address, tmp_path / "out")


@pytest.mark.needs("postgres")
def test_a_password_in_the_address_stays_out_of_the_folder(tmp_path: Path, postgres: str) -> None:
    export(postgres.replace("?", "?password=secret&", 1), tmp_path / "out")
    assert "secret" not in (tmp_path / "out" / "manifest.json").read_text("utf-8")
