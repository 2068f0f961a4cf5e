"""The mark of the document that a worker is at."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.scale.archive.samples import NOW, reasons

from broadsheet.scale.archive.documents import Document, Rejected
from broadsheet.scale.archive.trace import Trace, charge, forget, is_marked


def found() -> Iterator[Document | Rejected]:
    for offset in range(3):
        yield Document(kind="feed", source="a", offset=offset, address="x", body=b"x", seen_at=NOW)


def die_at(folder: Path, offset: int) -> None:
    """Do what is left of a worker that was killed: its mark."""
    trace = Trace(folder, "u", 0)
    trace.__enter__()
    for one in trace.watched(found()):
        if one.offset == offset:
            return


def test_a_unit_that_is_done_leaves_no_mark(tmp_path: Path) -> None:
    with Trace(tmp_path, "u", 0) as trace:
        assert len(list(trace.watched(found()))) == 3
    assert list((tmp_path / "units").iterdir()) == []


def test_a_document_that_costs_two_workers_their_lives_is_left_out(tmp_path: Path) -> None:
    for deaths in (1, 2):
        die_at(tmp_path, 1)
        assert is_marked(tmp_path, "u")
        charged = charge(tmp_path, "u")
        assert charged is not None
        assert (charged.offset, charged.deaths) == (1, deaths)
    with Trace(tmp_path, "u", 0) as trace:
        assert reasons(trace.watched(found())) == ["worker-died"]
    assert not is_marked(tmp_path, "u")


def test_a_death_that_nobody_charges_to_it_leaves_a_document_alone(tmp_path: Path) -> None:
    for _ in range(3):
        die_at(tmp_path, 1)
    with Trace(tmp_path, "u", 0) as trace:
        assert reasons(trace.watched(found())) == []


def test_deaths_at_other_documents_are_not_added_up(tmp_path: Path) -> None:
    for offset in (1, 2, 1):
        die_at(tmp_path, offset)
        charge(tmp_path, "u")
    with Trace(tmp_path, "u", 0) as trace:
        assert reasons(trace.watched(found())) == []


def test_a_unit_without_a_mark_is_charged_with_nothing_and_marks_can_be_forgotten(tmp_path: Path) -> None:
    assert charge(tmp_path, "u") is None
    die_at(tmp_path, 1)
    forget(tmp_path)
    assert not is_marked(tmp_path, "u")


def test_a_mark_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    (tmp_path / "units").mkdir()
    (tmp_path / "units" / ".u.at").write_bytes(b"{")
    with Trace(tmp_path, "u", 0) as trace:
        assert reasons(trace.watched(found())) == []


def test_each_document_has_its_time_and_the_clock_is_off_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[float] = []
    monkeypatch.setattr(signal, "setitimer", lambda _, seconds: told.append(seconds))
    with Trace(tmp_path, "u", 60) as trace:
        list(trace.watched(found()))
    assert told == [60, 60, 60, 0, 0]
