"""Workers from the command line: what they need, and how they are shown."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.cli.conftest import Call

from broadsheet.cli.scale import worker as room
from broadsheet.cli.scale.worker import NO_WORKER, run_worker, worker_lines
from broadsheet.config import Config, UpdateOptions
from broadsheet.pipeline.means import Means
from broadsheet.scale.queue.standing import Depth, Run, Standing, WorkerStanding

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


def test_a_store_in_a_file_is_told_how_to_get_workers(paper: Path, call: Call) -> None:
    for words in (("worker",), ("status", "--workers")):
        answer = call(*words)
        assert answer.code == 2
        assert answer.err.startswith("broadsheet: store: workers need a store on PostgreSQL")
        assert "docs/how-to/move-to-postgresql.md" in answer.err


def test_the_missing_extra_is_named(paper: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_STORE", "postgresql://127.0.0.1/news")
    monkeypatch.delitem(sys.modules, "broadsheet.scale.queue.processes", raising=False)
    monkeypatch.setitem(sys.modules, "broadsheet.scale.queue.tasks", None)
    answer = call("worker")
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert "pip install 'broadsheet[postgres]'" in answer.err


@pytest.mark.parametrize("words", [("--processes", "0"), ("--polls", "0"), ("--polls", "many")])
def test_a_wrong_number_is_refused(paper: Path, call: Call, words: tuple[str, str]) -> None:
    assert call("worker", *words).code == 2


def test_one_worker_runs_here_several_in_processes(paper: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_STORE", "postgresql://127.0.0.1/news")
    ran: list[object] = []
    monkeypatch.setattr(room, "run_worker", lambda config, of, **chosen: ran.append((of, chosen)))
    assert call("worker", "--polls", "3", "--polls-only").code == 0
    assert ran == [(1, {"polls": 3, "paper": False})]
    from broadsheet.scale.queue import processes

    monkeypatch.setattr(processes.Processes, "run", lambda self: 0 if self._number == 4 else 1)
    assert call("worker", "--processes", "4").code == 0


def test_processors_are_shared_among_workers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from broadsheet.scale.queue import work

    made: list[Means] = []

    def note(config: Config, wish: work.Wish, means_for: Callable[..., Means], tell: Callable[[str], None]) -> None:
        made.append(means_for(lambda: NOON))
        tell(f"{wish.polls} polls")

    monkeypatch.setattr(work, "work", note)
    run_worker(Config(), 1000, polls=2, paper=True)
    run_worker(Config(update=UpdateOptions(workers=7)), 1, polls=2, paper=True)
    assert [means.workers for means in made] == [1, 7]
    assert capsys.readouterr().out.endswith("Z 2 polls\n")


def standing(*workers: WorkerStanding, **values: object) -> Standing:
    made: dict[str, object] = {
        "at": NOON,
        "workers": workers,
        "depths": (),
        "due": 0,
        "never_polled": 0,
        "lag_s": 0.0,
    }
    return Standing(**(made | values))  # type: ignore[arg-type]


def one(number: int, *runs: Run, alive: bool = True) -> WorkerStanding:
    return WorkerStanding(number=number, machine="m", process=9, version="1", since=NOON, alive=alive, runs=runs)


def test_nobody_is_shown_as_nobody() -> None:
    assert list(worker_lines(None)) == [NO_WORKER]
    assert list(worker_lines(standing())) == [
        "workers: 0 alive",
        "queue: empty",
        "lag: 0 feeds due, 0 of them never polled yet; none is late",
    ]


def test_workers_are_shown_with_what_they_do() -> None:
    runs = [Run(kind="poll", about=f"{number} hosts", since=NOON - timedelta(seconds=number)) for number in range(5)]
    depths = (Depth(kind="poll", waiting=3, at_work=5), Depth(kind="images", failed=1))
    shown = list(
        worker_lines(
            standing(one(1, *runs), one(2), one(3, alive=False), depths=depths, due=40, never_polled=2, lag_s=75.4)
        )
    )
    assert shown[0] == "workers: 2 alive, 1 not heard for half a minute"
    assert shown[1].endswith("; poll (0 hosts) for 0 s; poll (1 hosts) for 1 s; poll (2 hosts) for 2 s and 2 more")
    assert shown[2].endswith("; nothing to do")
    assert shown[3].endswith("; not heard")
    assert shown[4] == "queue: poll 3 waiting, 5 at work; images 0 waiting, 0 at work, 1 failed"
    assert shown[5] == "lag: 40 feeds due, 2 of them never polled yet; the longest due waits 75 s"


def test_a_paper_that_workers_keep_is_left_to_them(paper: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from broadsheet.scale.queue import standing as standings

    monkeypatch.setenv("BROADSHEET_STORE", "postgresql://127.0.0.1/news")
    monkeypatch.setattr(standings, "count_living", lambda _: 3)
    answer = call("run")
    assert answer.code == 2
    assert answer.err.startswith("broadsheet: run: 3 workers keep this paper up to date")


@pytest.mark.needs("postgres")
def test_status_shows_workers_of_a_store_on_postgresql(
    paper: Path, call: Call, nowhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from broadsheet.store import open_store

    open_store(nowhere, create=True).close()
    monkeypatch.setenv("BROADSHEET_STORE", nowhere)
    assert call("status").out.splitlines()[-1] == NO_WORKER
    assert call("status", "--workers").out.splitlines() == [NO_WORKER]
    assert call("status", "--workers", "--json").out == "null\n"
