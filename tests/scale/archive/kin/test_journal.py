"""The journal: what is noted is done, and nothing else."""

from pathlib import Path

import pytest

from broadsheet.scale.archive.kin import journal as module
from broadsheet.scale.archive.kin.journal import PATH, Journal, Line, drop_others
from broadsheet.scale.archive.kin.tables import Written
from broadsheet.version import VERSION

FILE = Written(path="edges/one.parquet", rows=1, digest="d")
LINE = Line(step="compare", name="round-00000", of="these", files=(FILE,), told="{}", version=VERSION)


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    (tmp_path / "edges").mkdir()
    (tmp_path / FILE.path).touch()
    Journal(tmp_path).keep(LINE)
    return tmp_path


def find(folder: Path, of: str = "these") -> str | None:
    return Journal(folder).find("compare", "round-00000", of)


def test_what_was_done_of_the_same_is_found_again(noted: Path) -> None:
    assert find(noted) == "{}"
    assert find(noted, "others") is None
    assert Journal(noted).find("join", "round-00000", "these") is None


def test_work_whose_file_is_gone_is_not_done(noted: Path) -> None:
    (noted / FILE.path).unlink()
    assert find(noted) is None


def test_another_version_does_it_all_again(noted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "VERSION", "another")
    assert find(noted) is None


def test_a_line_that_a_kill_cut_off_was_never_noted(noted: Path) -> None:
    path = noted / PATH
    path.write_bytes(path.read_bytes() + path.read_bytes()[:30])
    assert find(noted) == "{}"
    Journal(noted).keep(LINE)
    assert find(noted) == "{}"
    path.write_bytes(path.read_bytes()[:30])
    assert find(noted) is None


def test_files_that_nothing_stands_for_are_removed(noted: Path) -> None:
    (noted / "edges/two.parquet").touch()
    (noted / "posts.parquet").touch()
    drop_others(noted, ["edges"], [FILE])
    assert sorted(path.name for path in noted.rglob("*.parquet")) == ["one.parquet", "posts.parquet"]
