"""A tree of files: never changed in place, shared where that can be, left without empty folders."""

import errno
import os
from pathlib import Path

import pytest

from broadsheet.publish.writing.tree import Tree


def test_a_file_is_replaced_not_changed(tmp_path: Path) -> None:
    with Tree(tmp_path / "a") as tree:
        tree.write("p/x", b"first")
        os.link(tmp_path / "a" / "p" / "x", tmp_path / "shared")
        assert tree.write("p/x", b"second") == 6
    assert (tmp_path / "shared").read_bytes() == b"first"


def test_a_file_is_shared_over_whatever_stands_there(tmp_path: Path) -> None:
    with Tree(tmp_path / "a") as source, Tree(tmp_path / "b") as tree:
        source.write("p/x", b"text")
        tree.write("p/x", b"other")
        assert tree.take("p/x", tmp_path / "a", 4)
    assert (tmp_path / "b" / "p" / "x").samefile(tmp_path / "a" / "p" / "x")


@pytest.mark.parametrize(("path", "size"), [("p/x", 3), ("p/y", 4), ("p/x/z", 4)])
def test_what_is_not_there_whole_is_not_taken(tmp_path: Path, path: str, size: int) -> None:
    with Tree(tmp_path / "a") as source, Tree(tmp_path / "b") as tree:
        source.write("p/x", b"text")
        assert not tree.take(path, tmp_path / "a", size)


def test_a_trouble_that_is_not_about_sharing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with Tree(tmp_path / "a") as source, Tree(tmp_path / "b") as tree:
        source.write("x", b"text")
        monkeypatch.setattr(os, "link", full)
        with pytest.raises(OSError, match="No space left"):
            tree.take("x", tmp_path / "a", 4)


def test_folders_left_empty_go_and_others_stay(tmp_path: Path) -> None:
    with Tree(tmp_path / "a") as tree:
        tree.write("p/q/r/x", b"")
        tree.write("p/y", b"")
        assert tree.remove(["p/q/r/x", "never/was"]) == 1
        assert [path.name for path in (tmp_path / "a" / "p").iterdir()] == ["y"]
        tree.write("p/q/r/x", b"again")
    assert (tmp_path / "a" / "p" / "q" / "r" / "x").read_bytes() == b"again"


def test_everything_can_be_cleared_without_following_links(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis").write_text("kept")
    with Tree(tmp_path / "a") as tree:
        tree.write("p/x", b"")
        tree.write("y", b"")
        (tmp_path / "a" / "link").symlink_to(tmp_path / "mine")
        tree.clear()
    assert list((tmp_path / "a").iterdir()) == []
    assert (tmp_path / "mine" / "thesis").read_text() == "kept"
