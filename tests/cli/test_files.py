"""Files that commands read."""

from pathlib import Path

import pytest

from broadsheet.cli.files import naming, read_file
from broadsheet.errors import ConfigError, FeedError


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\x00\xff")
    assert read_file(str(tmp_path / "a")) == b"\x00\xff"


def test_a_folder_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=f"{tmp_path}: cannot be read: Is a directory"):
        read_file(str(tmp_path))


def test_a_fault_of_a_document_gets_the_name_of_its_file() -> None:
    with pytest.raises(FeedError, match=r"a\.xml: no feed") as caught, naming("a.xml"):
        raise FeedError("not-a-feed", "no feed")
    assert caught.value.reason == "not-a-feed"
