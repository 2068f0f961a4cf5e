"""The archive folder: whole files or none, each once."""

import os
from pathlib import Path

import pytest
from tests.store.builders import make_copy

from broadsheet.errors import StoreError
from broadsheet.model import CopiedImage
from broadsheet.store import Archive

IMAGE = CopiedImage(copy=make_copy(size=5), body=b"12345", variants={"webp": b"123"})


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "images")


def kept(archive: Archive, image: CopiedImage = IMAGE) -> int:
    with archive.claim():
        return archive.keep(image)


def test_a_copy_and_its_variants_stand_under_its_hash(archive: Archive) -> None:
    assert kept(archive) == 8
    assert archive.path(IMAGE.copy).read_bytes() == b"12345"
    assert archive.path(IMAGE.copy, "webp").read_bytes() == b"123"
    assert archive.path(IMAGE.copy).relative_to(archive.folder).as_posix() == f"aa/{'a' * 64}.png"
    assert not archive.path(IMAGE.copy).stat().st_mode & 0o222


def test_what_is_there_is_not_written_again(archive: Archive) -> None:
    kept(archive)
    before = archive.path(IMAGE.copy).stat()
    kept(archive)
    assert archive.path(IMAGE.copy).stat() == before


def test_a_file_cut_short_is_made_whole(archive: Archive) -> None:
    kept(archive)
    archive.path(IMAGE.copy).unlink()
    archive.path(IMAGE.copy).write_bytes(b"123")
    assert list(archive.missing([IMAGE.copy])) == [IMAGE.copy]
    kept(archive)
    assert list(archive.missing([IMAGE.copy])) == []


def test_a_missing_file_is_found_out(archive: Archive) -> None:
    assert list(archive.missing([IMAGE.copy])) == [IMAGE.copy]


@pytest.mark.parametrize("taken", ["", "aa"])
def test_a_file_in_the_place_of_a_folder_is_named(archive: Archive, taken: str) -> None:
    in_the_way = archive.folder / taken
    in_the_way.parent.mkdir(exist_ok=True)
    in_the_way.write_bytes(b"")
    assert list(archive.missing([IMAGE.copy])) == [IMAGE.copy]
    with pytest.raises(StoreError, match="a file stands where the folder belongs: move it away") as caught:
        kept(archive)
    assert str(in_the_way) in str(caught.value)


def test_a_write_that_dies_leaves_no_file_under_the_name(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", die)
        with pytest.raises(StoreError, match="No space left on device: make room"):
            kept(archive)
    assert not archive.path(IMAGE.copy).exists()
    assert kept(archive) == 8


def test_two_processes_never_add_at_a_time(archive: Archive) -> None:
    with (
        archive.claim(),
        pytest.raises(StoreError, match="another process"),
        Archive(archive.folder).claim(),
    ):
        raise AssertionError
    kept(archive)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(StoreError, match=str(tmp_path / "file" / "images")),
        Archive(tmp_path / "file/images").claim(),
    ):
        raise AssertionError
