"""Where units are worked on: the same rows everywhere."""

import gc
import logging
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from tests.scale.archive.samples import NOW, contents, write_posts

from broadsheet.errors import ConfigError
from broadsheet.scale.archive import engines
from broadsheet.scale.archive.crew import Crew, Runner, Task, WorkLostError
from broadsheet.scale.archive.engines import WorkersLostError, crew_of, run_units
from broadsheet.scale.archive.units import Unit, plan
from broadsheet.scale.archive.work import Outcome, Settings, make_unit


@pytest.fixture
def units(tmp_path: Path) -> list[Unit]:
    """Three units of post files."""
    for name in "abc":
        write_posts(tmp_path / name, 2)
        (tmp_path / name / "000.md").write_text(f"---\ntitle: {name}\ndate: 2026-11-20\n---\n", "utf-8")
    return [one for name in "abc" for one in plan([tmp_path / name]) if isinstance(one, Unit)]


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # Daft leaves a pipe of its worker open
@pytest.mark.parametrize("runner", ["processes", "native"])
def test_every_runner_writes_the_bytes_that_this_process_would(
    tmp_path: Path, units: list[Unit], runner: Runner
) -> None:
    for unit in units:
        make_unit(unit, Settings(folder=str(tmp_path / "here"), now=NOW))
    settings = Settings(folder=str(tmp_path / "there"), now=NOW)
    outcomes = list(run_units(units, settings, runner, 1))
    assert {one.unit for one in outcomes if one.record} == {one.name for one in units}
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    gc.collect()


@pytest.mark.parametrize("runner", ["processes", "native", "ray"])
def test_nothing_to_do_starts_nothing(tmp_path: Path, runner: Runner) -> None:
    assert list(run_units([], Settings(folder=str(tmp_path), now=NOW), runner)) == []


class DeadPool:
    """A pool whose only worker dies."""

    def __enter__(self) -> "DeadPool":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def submit(self, *_: object) -> "Future[str]":
        future: Future[str] = Future()
        future.set_exception(BrokenProcessPool("a worker died"))
        return future

    def shutdown(self, **_: object) -> None:
        pass


def test_a_worker_that_dies_in_a_pool_is_told(
    tmp_path: Path, units: list[Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "open_pool", lambda *_: DeadPool())
    with pytest.raises(WorkersLostError, match="died"):
        list(run_units(units, Settings(folder=str(tmp_path), now=NOW), "processes"))


def test_a_node_of_a_cluster_that_is_lost_is_told_and_what_was_done_is_kept(
    tmp_path: Path, units: list[Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    crews: list[Crew] = []

    def lose(task: Task, orders: Sequence[str], crew: Crew, *, apart: bool) -> Iterator[tuple[str, str]]:
        crews.append(crew)
        assert apart
        yield orders[0], task(orders[0])
        raise WorkLostError("archive", "a process closed the connection")

    monkeypatch.setattr(engines, "do_work", lose)
    monkeypatch.setattr(logging, "disable", lambda: None)
    monkeypatch.setattr(signal, "setitimer", lambda *_: None)
    done: list[Outcome] = []
    with pytest.raises(WorkersLostError, match="a process closed"):
        done.extend(run_units(units, Settings(folder=str(tmp_path), now=NOW), "ray", 2, "here:6379"))
    outcomes = run_units(units, Settings(folder=str(tmp_path), now=NOW), "ray", 2)
    assert next(outcomes).unit == units[0].name
    assert crews == [Crew(runner="ray", processes=2, address="here:6379"), Crew(runner="ray", processes=2)]


def test_what_is_told_to_a_person_is_no_loss_of_a_worker(
    tmp_path: Path, units: list[Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "daft", None)
    with pytest.raises(ConfigError, match=r"broadsheet\[archive\]"):
        list(run_units(units, Settings(folder=str(tmp_path), now=NOW), "native", 1))


def test_on_a_cluster_the_cluster_says_how_many_cores_there_are() -> None:
    assert crew_of("ray", 0, "here:6379") == Crew(runner="ray", processes=0, address="here:6379")
    assert crew_of("native").processes == crew_of("processes").processes > 0
    assert crew_of("native", 3).processes == 3
