"""Archives from the command line."""

from pathlib import Path

import pytest
from tests.cli.conftest import Call
from tests.scale.archive.samples import pages, posts, write_posts, write_warc

from broadsheet.scale.archive import build
from broadsheet.scale.archive.manifest import load_manifest
from broadsheet.scale.archive.work import make_unit


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in this process; tests/scale proves the others."""
    monkeypatch.setattr(build, "run_units", lambda units, settings, *_: (make_unit(unit, settings) for unit in units))


BUILD = ("--runner", "processes", "--processes", "1", "--as-of", "2026-11-27")


@pytest.fixture
def archive(tmp_path: Path, call: Call) -> Path:
    """An archive of post files and pages."""
    write_posts(tmp_path / "in", 3)
    write_warc(tmp_path / "in" / "news.warc.gz", [*pages(2), ("https://news.example/x", b"<html></html>")])
    answer = call("archive", "build", tmp_path / "in", "--out", tmp_path / "out", *BUILD)
    assert answer.code == 0, answer.err
    assert answer.out.splitlines() == [
        f"{tmp_path}/out: 2 of 2 units done",
        "6 documents: 5 posts, 2 facts, 1 rejected",
        "        1 no-article",
        "5 posts compared: 0 copies, 2 stories",
    ]
    return tmp_path / "out"


def test_an_archive_is_built_and_built_again(archive: Path, tmp_path: Path, call: Call) -> None:
    again = call("archive", "build", tmp_path / "in", "--out", archive, *BUILD, "--json")
    assert (again.json["known"], again.json["done"]) == (2, 0)
    (tmp_path / "a.jpg").write_bytes(b"x")
    refused = call("archive", "build", tmp_path / "a.jpg", "--out", archive, *BUILD)
    assert refused.code == 1
    assert "a.jpg: not a kind of file" in refused.err


def test_an_archive_has_copies_and_stories_unless_none_are_wanted(archive: Path, tmp_path: Path, call: Call) -> None:
    assert any(path.startswith("stories/") for path in load_manifest(archive).tables)
    again = call("archive", "build", tmp_path / "in", "--out", archive, *BUILD, "--json")
    assert (again.json["kin"]["posts"], again.json["kin"]["stories"]) == (5, 2)
    assert (
        call("archive", "build", tmp_path / "in", "--out", archive, *BUILD, "--no-stories", "--json").json["kin"]
        is None
    )
    assert list(load_manifest(archive).tables) == ["settled.parquet"]


def test_an_archive_without_facts_has_none(tmp_path: Path, call: Call) -> None:
    write_posts(tmp_path / "in", 1)
    answer = call("archive", "build", tmp_path / "in", "--out", tmp_path / "out", *BUILD, "--no-facts")
    assert "0 facts" in answer.out
    assert call("archive", "build", tmp_path / "in", "--out", tmp_path / "out", *BUILD).code == 2


def test_a_list_of_companies_lies_over_the_book(tmp_path: Path, call: Call) -> None:
    (tmp_path / "list.csv").write_text("code,name\n600001.SH,西镇大桥\n", "utf-8")
    (tmp_path / "a.md").write_text("---\ntitle: 西镇大桥发布公告\ndate: 2026-11-20\n---\n", "utf-8")
    args = ("archive", "build", tmp_path / "a.md", "--out", tmp_path / "out", *BUILD, "--book", tmp_path / "list.csv")
    answer = call(*args)
    assert answer.code == 0, answer.err
    assert (tmp_path / "out" / "book.json").read_text("utf-8").count("西镇大桥")


def test_an_archive_is_searched(archive: Path, call: Call) -> None:
    found = call("archive", "search", archive, "bridge", "-weststadt", "--limit", "1")
    assert found.out.splitlines()[0] == "Bridge 2"
    hits = call("archive", "search", archive, '"bridge number 1"', "after:2026-11-10", "--json").json
    assert [hit["title"] for hit in hits] == ["Bridge 1 is open"]
    nothing = call("archive", "search", archive, "lake", "is:rumour")
    assert nothing.out == "nothing found; 5 posts were looked at\n"
    assert nothing.err == ""
    assert "is:lie means no kind of post" in call("archive", "search", archive, "is:lie").err
    assert call("archive", "search", archive, "lake", "--zone", "Nowhere").code == 2


def test_an_archive_is_loaded_into_a_paper(archive: Path, paper: Path, call: Call) -> None:
    answer = call("archive", "load", archive)
    assert answer.out.startswith("5 posts and edits: 5 new, 0 edited, 0 known already\n")
    assert call("archive", "load", archive, "--json").json["known"] == 5
    (row, *_) = posts(archive)
    assert call("show", "post", row["post_id"], "--json").json["text"] == row["text"]


@pytest.mark.parametrize("words", [("search", "nowhere", "x"), ("load", "nowhere")])
def test_a_folder_without_an_archive_says_how_to_make_one(paper: Path, call: Call, words: tuple[str, ...]) -> None:
    answer = call("archive", *words)
    assert answer.code == 2
    assert "archive build" in answer.err
