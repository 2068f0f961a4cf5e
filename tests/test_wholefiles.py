"""Files that are there whole, or as they were before."""

import errno
import os
import resource
from pathlib import Path

import pytest

from broadsheet.wholefiles import Fresh, naming, sync, write_whole


def test_a_file_has_its_name_when_it_is_put(tmp_path: Path) -> None:
    path = tmp_path / "table"
    with Fresh(path) as fresh:
        fresh.file.write(b"new")
        assert not path.exists()
        fresh.put()
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_not_put_is_dropped_and_the_old_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_bytes(b"old")
    with Fresh(path) as fresh:
        fresh.file.write(b"half")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_two_with_marks_of_their_own_do_not_meet(tmp_path: Path) -> None:
    path = tmp_path / "table"
    with Fresh(path, mark="a") as first, Fresh(path, mark="b") as second:
        first.file.write(b"first")
        second.file.write(b"second")
        second.put()
        first.put()
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_leads_to_the_new_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "table")
    with Fresh(tmp_path / "link") as fresh:
        fresh.put()
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "table").is_file()


def test_a_file_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    for body in (b"one", b"two"):
        write_whole(tmp_path / "file", body)
    write_whole(tmp_path / "guarded", b"", 0o444)
    assert (tmp_path / "file").read_bytes() == b"two"
    assert not (tmp_path / "guarded").stat().st_mode & 0o222
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "guarded"]
    sync(tmp_path)


def test_where_it_cannot_be_written_the_one_before_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    write_whole(tmp_path / "file", b"one")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space") as caught:
        write_whole(tmp_path / "file", b"two")
    assert caught.value.filename == str(tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == b"one"
    assert len(list(tmp_path.iterdir())) == 1


def test_what_cannot_be_written_to_the_end_is_told_with_the_file_and_nothing_stays_of_it(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(OSError, match="too large") as caught:
            write_whole(tmp_path / "file", b"two" * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.filename == str(tmp_path / "file")
    assert not list(tmp_path.iterdir())


def test_an_error_that_has_its_file_keeps_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught, naming("another"):
        (tmp_path / "absent").read_bytes()
    assert caught.value.filename == str(tmp_path / "absent")
