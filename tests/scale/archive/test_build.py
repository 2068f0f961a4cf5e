"""An archive built, stopped and gone on with."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from tests.scale.archive.samples import NOW, contents, pages, posts, rss, wish, write_posts, write_warc

from broadsheet.annotate import curated_book
from broadsheet.errors import ConfigError, NotFoundError, PublishError
from broadsheet.scale.archive import build as module
from broadsheet.scale.archive.build import BuildReport, build_archive
from broadsheet.scale.archive.engines import WorkersLostError
from broadsheet.scale.archive.manifest import damaged_files, load_manifest
from broadsheet.scale.archive.trace import Trace
from broadsheet.scale.archive.units import Unit
from broadsheet.scale.archive.work import Outcome, Settings, make_unit, read_unit


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with something of every kind."""
    write_posts(tmp_path / "in" / "posts", 4)
    write_warc(tmp_path / "in" / "news.warc.gz", [*pages(6), ("https://news.example/x", b"<html></html>")])
    (tmp_path / "in" / "feed.xml").write_bytes(rss(("1", "A bridge")))
    (tmp_path / "in" / "dump.jsonl").write_text('{"url": "https://e.example/1", "title": "A road"}\n?\n', "utf-8")
    return tmp_path / "in"


def test_a_build_counts_what_it_found_and_names_it_in_the_manifest(
    tmp_path: Path, source: Path, here: list[str]
) -> None:
    told: list[BuildReport] = []
    report = build_archive([source], tmp_path / "out", wish(slice_bytes=2000), told.append)
    assert (report.documents, report.posts, report.rejected) == (14, 12, 2)
    assert report.reasons == {"no-article": 1, "not-json": 1}
    assert (report.known, report.done, report.units) == (0, len(here), len(here))
    assert told[-1] == report
    manifest = load_manifest(tmp_path / "out")
    assert sum(unit.posts for unit in manifest.units) == len(posts(tmp_path / "out")) == 12
    assert list(damaged_files(tmp_path / "out", manifest)) == []


def test_a_second_build_reads_only_what_is_new_and_changes_nothing_else(
    tmp_path: Path, source: Path, here: list[str]
) -> None:
    build_archive([source], tmp_path / "out", wish())
    before = contents(tmp_path / "out")
    here.clear()
    report = build_archive([source], tmp_path / "out", wish(now=NOW.replace(hour=9)))
    assert (here, report.known, report.done) == ([], report.units, 0)
    assert contents(tmp_path / "out") == before
    write_warc(source / "more.warc.gz", pages(1))
    assert build_archive([source], tmp_path / "out", wish()).done == 1


def test_a_build_that_was_killed_goes_on_and_comes_to_the_same_bytes(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(units: Sequence[Unit], settings: Settings, *_: object) -> Iterator[Outcome]:
        for number, unit in enumerate(units):
            if number == 2:
                raise KeyboardInterrupt
            yield make_unit(unit, settings)

    whole = wish(slice_bytes=2000)
    monkeypatch.setattr(module, "run_units", run)
    with pytest.raises(KeyboardInterrupt):
        build_archive([source], tmp_path / "out", whole)
    assert len(load_manifest(tmp_path / "out").units) == 2
    half = tmp_path / "out" / "posts" / "month=2026-11" / ".x.parquet.new"
    half.write_bytes(b"PAR1")
    for _ in range(9):
        try:
            build_archive([source], tmp_path / "out", whole)
            break
        except KeyboardInterrupt:
            continue
    assert not half.exists()
    monkeypatch.setattr(
        module, "run_units", lambda units, settings, *_: (make_unit(unit, settings) for unit in units)
    )
    build_archive([source], tmp_path / "again", whole)
    assert contents(tmp_path / "again") == contents(tmp_path / "out")


def test_the_same_sources_make_the_same_archive_wherever_they_lie(
    tmp_path: Path, source: Path, here: list[str]
) -> None:
    build_archive([source], tmp_path / "out", wish(book=curated_book()))
    shutil.copytree(source, tmp_path / "elsewhere")
    build_archive([tmp_path / "elsewhere"], tmp_path / "other", wish(book=curated_book()))
    assert contents(tmp_path / "other") == contents(tmp_path / "out")


def test_other_rules_do_not_go_into_the_same_archive(tmp_path: Path, source: Path, here: list[str]) -> None:
    build_archive([source], tmp_path / "out", wish())
    with pytest.raises(ConfigError, match="facts, book, zone differ"):
        build_archive([source], tmp_path / "out", wish(book=curated_book(), zone="Asia/Shanghai"))


def test_workers_that_die_are_replaced_while_anything_gets_done(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(units: Sequence[Unit], settings: Settings, *_: object) -> Iterator[Outcome]:
        yield make_unit(units[0], settings)
        if len(units) > 1:
            raise WorkersLostError("a node went away")

    monkeypatch.setattr(module, "run_units", run)
    report = build_archive([source], tmp_path / "out", wish(slice_bytes=500))
    assert len(load_manifest(tmp_path / "out").units) == report.units > 6
    assert report.done == report.units


def leave_a_mark(unit: Unit, settings: Settings, address: str) -> None:
    """Do what is left of a worker that died at a document: its mark."""
    trace = Trace(Path(settings.folder), unit.name, 0)
    trace.__enter__()
    for one in trace.watched(read_unit(unit, settings.now)):
        if one.address == address:
            return


def test_a_document_that_kills_its_workers_is_left_out(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaths = iter(range(3))
    together: list[int] = []

    def run(units: Sequence[Unit], settings: Settings, *_: object) -> Iterator[Outcome]:
        together.append(len(units))
        for unit in units:
            if unit.kind == "warc" and next(deaths, None) is not None:
                leave_a_mark(unit, settings, "https://news.example/3")
                raise WorkersLostError("died")
            yield make_unit(unit, settings)

    monkeypatch.setattr(module, "run_units", run)
    report = build_archive([source], tmp_path / "out", wish())
    assert report.reasons["worker-died"] == 1
    assert together[1:4] == [1, 1, 1]
    assert report.done == report.units
    assert "Bridge 3 is open" not in {row["title"] for row in posts(tmp_path / "out")}


def test_workers_that_die_without_getting_anything_done_end_the_build(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: object) -> Iterator[Outcome]:
        raise WorkersLostError("out of memory")

    monkeypatch.setattr(module, "run_units", run)
    with pytest.raises(PublishError, match="out of memory"):
        build_archive([source], tmp_path / "out", wish())


def test_a_full_disk_ends_the_build_and_what_is_finished_is_kept(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(units: Sequence[Unit], settings: Settings, *_: object) -> Iterator[Outcome]:
        yield make_unit(units[0], settings)
        yield Outcome(unit=units[1].name, source=units[1].source, fault="the disk is full", fatal=True)

    monkeypatch.setattr(module, "run_units", run)
    with pytest.raises(PublishError, match="the disk is full"):
        build_archive([source], tmp_path / "out", wish())
    assert len(load_manifest(tmp_path / "out").units) == 1


def test_what_cannot_be_read_is_told_and_the_rest_is_built(tmp_path: Path, source: Path, here: list[str]) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    report = build_archive([tmp_path / "a.jpg", source], tmp_path / "out", wish())
    assert [fault.source for fault in report.faults] == [str(tmp_path / "a.jpg")]
    assert report.posts == 12


def test_a_source_that_goes_away_meanwhile_is_told(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(units: Sequence[Unit], settings: Settings, *_: object) -> Iterator[Outcome]:
        (source / "news.warc.gz").unlink()
        return (make_unit(unit, settings) for unit in units)

    monkeypatch.setattr(module, "run_units", run)
    report = build_archive([source], tmp_path / "out", wish())
    assert [fault.source for fault in report.faults] == ["news.warc.gz"]
    assert report.posts == 6


def test_wrong_use_is_told_before_anything_is_written(tmp_path: Path, source: Path, here: list[str]) -> None:
    with pytest.raises(ConfigError, match="no time zone"):
        build_archive([source], tmp_path / "out", wish(zone="Nowhere/Town"))
    with pytest.raises(NotFoundError, match="nowhere"):
        build_archive([tmp_path / "nowhere"], tmp_path / "out", wish())
    with pytest.raises(ConfigError, match="read into itself"):
        build_archive([source], source / "out", wish())
    assert not (tmp_path / "out").exists()
