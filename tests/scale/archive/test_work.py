"""What a worker does with one unit, and how it says that it could not."""

import errno
import logging
from pathlib import Path

import msgspec
import pytest
from tests.scale.archive.samples import NOW, contents, pages, write_posts, write_warc

from broadsheet.annotate import curated_book
from broadsheet.annotate.rules import rules_digest
from broadsheet.scale.archive.manifest import records, write_small
from broadsheet.scale.archive.units import Unit, plan
from broadsheet.scale.archive.work import BOOK, Outcome, Settings, encode, make_unit, read_outcome, work
from broadsheet.scale.archive.writing import UnitTables


def unit_of(source: Path) -> Unit:
    (found,) = (one for one in plan([source]) if isinstance(one, Unit))
    return found


def make(source: Path, folder: Path, rules: str | None = None) -> Outcome:
    return make_unit(unit_of(source), Settings(folder=str(folder), now=NOW, rules=rules))


def test_a_unit_is_made_and_its_record_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging, "disable", lambda: None)
    path = write_warc(tmp_path / "a.warc.gz", [*pages(2), ("https://news.example/x", b"<html></html>")])
    outcome = read_outcome(work(encode(unit_of(path)), encode(Settings(folder=str(tmp_path / "out"), now=NOW))))
    record = outcome.record
    assert record is not None
    assert (record.documents, record.posts, record.rejected, record.reasons) == (3, 2, 1, {"no-article": 1})
    assert records(tmp_path / "out") == {record.unit: record}
    assert set(record.files) | {f"units/{record.unit}.json"} == set(contents(tmp_path / "out"))


def test_facts_are_found_by_the_book_of_the_archive(tmp_path: Path) -> None:
    write_small(tmp_path / "out" / BOOK, msgspec.json.encode(curated_book()))
    (tmp_path / "a.md").write_text("---\ntitle: 比亚迪（002594.SZ）上涨3%\ndate: 2026-11-20\n---\n", "utf-8")
    record = make(tmp_path / "a.md", tmp_path / "out", rules_digest()).record
    assert record is not None
    assert record.facts >= 2
    assert any(name.startswith("facts/") for name in record.files)


def test_a_machine_with_other_rules_ends_the_build(tmp_path: Path) -> None:
    outcome = make(write_posts(tmp_path / "in", 1), tmp_path / "out", "other")
    assert outcome.fatal
    assert "another version" in outcome.fault


def test_a_source_that_is_gone_by_now_costs_itself(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "a.warc.gz", pages(1))
    unit = unit_of(path)
    path.unlink()
    outcome = make_unit(unit, Settings(folder=str(tmp_path / "out"), now=NOW))
    assert (outcome.fatal, outcome.record) == (False, None)
    assert "a.warc.gz" in outcome.fault
    assert "No such file" in outcome.fault


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full; make room"),
        (OSError(errno.EROFS, "Read-only file system"), "Read-only"),
    ],
)
def test_a_full_disk_ends_the_build_and_leaves_no_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, words: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(UnitTables, "finish", fail)
    outcome = make(write_posts(tmp_path / "in", 2), tmp_path / "out")
    assert outcome.fatal
    assert words in outcome.fault
    assert [name for name in contents(tmp_path / "out") if not name.startswith("units/.")] == []


def test_an_archive_that_may_not_be_written_ends_the_build(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "posts").write_bytes(b"a file where a folder must be")
    outcome = make(write_posts(tmp_path / "in", 1), tmp_path / "out")
    assert outcome.fatal
    assert "posts" in outcome.fault
