"""Where units are worked on: the same rows everywhere."""

import gc
import sys
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest
from tests.scale.archive.samples import NOW, contents, write_posts

from broadsheet.errors import ConfigError
from broadsheet.scale.archive import engines
from broadsheet.scale.archive.engines import Runner, WorkersLostError, run_units
from broadsheet.scale.archive.units import Unit, plan
from broadsheet.scale.archive.work import Outcome, Settings, encode, make_unit


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


class Frame:
    """A data frame whose engine loses a worker after its first row."""

    def __init__(self, row: str) -> None:
        self._row = row

    def __getattr__(self, _: str) -> Any:
        return lambda *_args, **_named: self

    def iter_rows(self, **_: object) -> Any:
        yield {"outcome": self._row}
        raise RuntimeError("rows\nUDF process closed the connection")


class Engine:
    """As much of Daft as is used."""

    class DataType:
        """Its types."""

        string = staticmethod(lambda: None)

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self.told: list[object] = []

    def cls(self, **_: object) -> Any:
        return lambda kind: kind

    def method(self, **_: object) -> Any:
        return lambda function: lambda *_args: self._frame

    def col(self, _: str) -> None: ...

    def from_pydict(self, _: object) -> Frame:
        return self._frame

    def set_runner_ray(self, address: str | None) -> None:
        self.told.append(address)
        if address == "nowhere:1":
            raise ConnectionError("no such cluster")


@pytest.fixture
def engine(tmp_path: Path, units: list[Unit], monkeypatch: pytest.MonkeyPatch) -> Engine:
    """An engine on a cluster of two cores."""
    outcome = make_unit(units[0], Settings(folder=str(tmp_path / "out"), now=NOW))
    made = Engine(Frame(encode(outcome)))  # type: ignore[arg-type]  # written like any other
    monkeypatch.setitem(sys.modules, "daft", made)
    ray = type("Ray", (), {"is_initialized": staticmethod(lambda: True), "cluster_resources": staticmethod(dict)})
    monkeypatch.setitem(sys.modules, "ray", ray)
    return made


def test_a_node_of_a_cluster_that_is_lost_is_told_and_what_was_done_is_kept(
    tmp_path: Path, units: list[Unit], engine: Engine
) -> None:
    done: list[Outcome] = []
    with pytest.raises(WorkersLostError, match="UDF process closed"):
        done.extend(run_units(units, Settings(folder=str(tmp_path), now=NOW), "ray", 0, "here:6379"))
    found = run_units(units, Settings(folder=str(tmp_path), now=NOW), "ray", 2)
    assert next(found).unit == units[0].name
    assert engine.told == ["here:6379", None]


def test_a_cluster_that_cannot_be_reached_is_named(tmp_path: Path, units: list[Unit], engine: Engine) -> None:
    with pytest.raises(ConfigError, match="cannot be reached"):
        list(run_units(units, Settings(folder=str(tmp_path), now=NOW), "ray", 0, "nowhere:1"))


@pytest.mark.parametrize(("missing", "runner", "extra"), [("daft", "native", "archive"), ("ray", "ray", "cluster")])
def test_an_engine_that_is_not_installed_is_named_with_its_extra(
    tmp_path: Path,
    units: list[Unit],
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    missing: str,
    runner: Runner,
    extra: str,
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ConfigError, match=rf"broadsheet\[{extra}\]"):
        list(run_units(units, Settings(folder=str(tmp_path), now=NOW), runner))
