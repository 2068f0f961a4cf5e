"""Files that are there whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from broadsheet.store.wholefiles import sync, write_whole


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
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "file", b"two")
    assert (tmp_path / "file").read_bytes() == b"one"
