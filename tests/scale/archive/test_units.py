"""Sources cut into units."""

import os
from pathlib import Path
from typing import Any

import pytest
from tests.scale.archive.samples import pages, write_posts, write_warc

from broadsheet.errors import NotFoundError
from broadsheet.scale.archive.units import HANDFUL, Unit, Unreadable, plan


def units(*sources: Path, slice_bytes: int = 1024) -> list[Unit]:
    return [one for one in plan(sources, slice_bytes) if isinstance(one, Unit)]


def test_a_large_file_is_cut_into_slices_that_touch(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "a.warc.gz", pages(8))
    found = units(path)
    assert len(found) == -(-path.stat().st_size // 1024)
    assert found[0].start == 0
    assert found[-1].end == path.stat().st_size
    assert [one.end for one in found[:-1]] == [one.start for one in found[1:]]


def test_the_same_file_makes_the_same_units_wherever_it_lies(tmp_path: Path) -> None:
    first = write_warc(tmp_path / "a.warc.gz", pages(3))
    (tmp_path / "b").mkdir()
    other = tmp_path / "b" / "other.warc.gz"
    other.write_bytes(first.read_bytes())
    assert [one.name for one in units(first)] == [one.name for one in units(other)]
    assert [one.name for one in units(first, other)] == [one.name for one in units(first)]


def test_a_file_that_is_not_the_same_makes_another_unit(tmp_path: Path) -> None:
    one = write_warc(tmp_path / "a.warc.gz", pages(1))
    other = write_warc(tmp_path / "b.warc.gz", pages(2))
    assert {unit.name for unit in units(one)}.isdisjoint({unit.name for unit in units(other)})


@pytest.mark.parametrize("name", ["a.warc", "a.parquet", "a.jsonl.gz"])
def test_what_cannot_be_entered_in_the_middle_is_one_unit(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x" * 5000)
    (found,) = units(tmp_path / name)
    assert (found.start, found.end, found.source) == (0, 5000, name)


def test_an_empty_file_is_a_unit_too(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"")
    assert [(one.start, one.end) for one in units(tmp_path / "a.jsonl")] == [(0, 0)]


def test_small_files_are_gathered_and_one_more_changes_one_unit(tmp_path: Path) -> None:
    folder = write_posts(tmp_path / "posts", 600)
    before = units(folder)
    assert sum(len(one.parts) for one in before) == 600
    assert max(len(one.parts) for one in before) <= HANDFUL
    (folder / "000a.md").write_text("---\ntitle: x\n---\n", "utf-8")
    after = units(folder)
    assert len({one.name for one in after} - {one.name for one in before}) == 1
    assert "more" in after[0].source


def test_a_folder_is_read_whole_but_what_is_hidden_or_of_another_kind(tmp_path: Path) -> None:
    (tmp_path / "deep" / ".git").mkdir(parents=True)
    for name in ("deep/a.md", "deep/b.xml", "deep/c.jpg", "deep/.d.md", "deep/.git/e.md"):
        (tmp_path / name).write_text("x", "utf-8")
    found = units(tmp_path)
    assert [(one.kind, one.parts[0].name) for one in found] == [
        ("post-files", "deep/a.md"),
        ("feed-files", "deep/b.xml"),
    ]


def test_a_file_of_an_unknown_kind_that_was_named_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    (found,) = plan([tmp_path / "a.jpg"])
    assert isinstance(found, Unreadable)
    assert ".warc.gz" in found.cause


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="nowhere"):
        list(plan([tmp_path / "nowhere"]))


def test_a_folder_without_rights_is_told_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_posts(tmp_path / "all" / "open", 1)
    (tmp_path / "all" / "shut").mkdir()
    scan = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = list(plan([tmp_path / "all"]))
    assert [type(one) for one in found] == [Unreadable, Unit]
    assert isinstance(found[0], Unreadable)
    assert found[0].path.endswith("shut")
    assert "Permission denied" in found[0].cause


def test_a_file_without_rights_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_posts(tmp_path, 2)
    write_warc(tmp_path / "a.warc.gz", pages(1))
    opened = Path.open

    def deny(path: Path, *args: Any) -> object:
        if path.name in ("000.md", "a.warc.gz"):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args)

    monkeypatch.setattr(Path, "open", deny)
    found = list(plan([tmp_path]))
    assert sorted(Path(one.path).name for one in found if isinstance(one, Unreadable)) == ["000.md", "a.warc.gz"]
    assert [[part.name for part in one.parts] for one in found if isinstance(one, Unit)] == [["001.md"]]
