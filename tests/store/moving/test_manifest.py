"""The manifest of an export, and the files that it names."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.store.builders import NOON
from tests.store.moving.moves import export, fill_all

from broadsheet.errors import StoreError
from broadsheet.store.moving.manifest import (
    FILE_NAME,
    KeptFile,
    KeptTable,
    Manifest,
    read_manifest,
    read_rows,
    write_manifest,
)

FEED = KeptTable(name="feed", columns={"num": "integer"}, last=3)
MANIFEST = Manifest(schema=13, store="paper.db", moment=NOON, finished=True, tables=(FEED,))


@pytest.fixture
def folder(tmp_path: Path, file: str) -> Path:
    """A finished export."""
    fill_all(file)
    export(file, tmp_path / "out")
    return tmp_path / "out"


def whole(folder: Path) -> Manifest:
    manifest = read_manifest(folder)
    assert manifest
    return manifest


def of_posts(manifest: Manifest) -> tuple[KeptTable, KeptFile]:
    return next(pair for pair in manifest.files if pair[0].name == "post")


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_manifest(tmp_path, MANIFEST)
    assert read_manifest(tmp_path) == MANIFEST
    assert (tmp_path / FILE_NAME).read_text("utf-8").startswith('{\n "form": 1,\n "schema": 13,\n')


def test_one_export_is_told_from_another_by_its_digest(tmp_path: Path) -> None:
    assert len(MANIFEST.digest) == 16
    assert MANIFEST.digest == replace(MANIFEST).digest != replace(MANIFEST, schema=14).digest


def test_a_folder_without_one_has_none(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert read_manifest(tmp_path) is read_manifest(tmp_path / "nowhere") is read_manifest(tmp_path / "file") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"form": 1', r"manifest\.json: it is damaged .*: export the store again"),
        ('{"form": 1, "schema": "x"}', "it is damaged"),
        ("[]", "it is damaged"),
        ('{"form": 2, "anything": 1}', "it is of form 2, of a newer Broadsheet: use that one"),
    ],
)
def test_one_that_cannot_be_understood_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, "utf-8")
    with pytest.raises(StoreError, match=said):
        read_manifest(tmp_path)


def test_one_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(StoreError, match=r"manifest\.json: it cannot be read: Is a directory"):
        read_manifest(tmp_path)


def test_every_file_holds_the_rows_that_it_is_said_to_hold(folder: Path) -> None:
    manifest = whole(folder)
    assert sum(len(read_rows(folder, table, file)) for table, file in manifest.files) == manifest.rows
    tally = next(table for table in manifest.tables if table.name == "post").tally()
    _, file = of_posts(manifest)
    assert (tally.rows, tally.digest) == (file.rows, file.digest)


def test_a_file_that_is_lost_cut_or_changed_is_named_with_its_table(folder: Path) -> None:
    table, file = of_posts(whole(folder))
    other = next(path for path in folder.glob("feed-*"))
    body = (folder / file.name).read_bytes()
    for damaged in (body[:-1], body[:9] + b"x" + body[10:], b"", other.read_bytes()):
        (folder / file.name).write_bytes(damaged)
        with pytest.raises(
            StoreError, match=r"post-00001-\w+\.msgpack\.zst: it is damaged .*table post is not whole"
        ):
            read_rows(folder, table, file)
    (folder / file.name).unlink()
    with pytest.raises(StoreError, match=r"it cannot be read .*table post is not whole; copy the folder again"):
        read_rows(folder, table, file)


def test_other_rows_in_a_sound_file_are_damage_too(folder: Path) -> None:
    table, file = of_posts(whole(folder))
    with pytest.raises(StoreError, match="its rows are not those that were written"):
        read_rows(folder, table, replace(file, digest="0" * 32))
