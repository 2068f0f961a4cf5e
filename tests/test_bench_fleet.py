"""The benchmark of workers: its feeds are always the same, and what servers saw is judged request by request."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bench import fleet, kills, workers
from bench.cost import BenchError
from bench.fleet import START, Asked, Fleet
from bench.kills import Kills
from bench.workers import Hour, Pace

pytestmark = pytest.mark.no_cover  # it measures the product, whose own tests cover it
THEN = datetime(2026, 11, 27, tzinfo=UTC).timestamp()


def asked(feed: int, began: float, worker: str = "w0", host: str = "a.example", took: float = 0.1) -> Asked:
    return Asked(THEN + began, THEN + began + took, host, feed, 200, worker)


@pytest.fixture
def idle(tmp_path: Path) -> Fleet:
    """A fleet without workers, whose time passes twice as fast."""
    one = Fleet(tmp_path / "paper", "postgresql://127.0.0.1/none", {"host_spacing": 1}, speed=2)
    one.began = datetime.fromtimestamp(THEN, UTC)
    return one


def test_the_log_of_the_server_tells_who_asked_for_what() -> None:
    line = '1795759200.500 0.250 h1.example /17 304 "broadsheet/0.1.0 (+w3)"'
    assert fleet._read(line) == Asked(1795759200.25, 1795759200.5, "h1.example", 17, 304, "w3")


def test_feeds_are_the_same_every_time_and_some_hosts_are_large() -> None:
    made = list(workers.kinds(2000, 3600))
    assert made == list(workers.kinds(2000, 3600))
    assert sum(kind.host.startswith("large") for kind in made) == 600
    assert 0.05 < sum(kind.has_news for kind in made) / 2000 < 0.15
    assert all(0 <= kind.due_s < 3600 for kind in made)
    killed = list(kills.kinds(100))
    assert len(killed) == 100 * kills.A_SECOND
    assert len({kind.due_s for kind in killed if kind.host.startswith("large")}) == len(killed) // 2 // kills.BURSTS


def test_a_feed_that_is_asked_twice_within_its_hour_fails_the_run(idle: Fleet) -> None:
    assert len(workers._first([asked(1, 0), asked(1, 1900), asked(2, 5)], idle)) == 2
    with pytest.raises(BenchError, match="feed 1 was asked by w0, and by w1 before its hour was over"):
        workers._first([asked(1, 0), asked(1, 1700, "w1")], idle)


def test_the_paper_has_a_time_of_its_own(idle: Fleet) -> None:
    assert (idle.virtual(THEN + 30) - START).total_seconds() == 60


DONE = Kills(
    seconds=10, feeds=2, hosts=1, requests=3, killed=1, asked_again=1, unexplained=0, lost=0, posts=4, shared=0,
    busiest=3, gaps=[1.02, 1.2], late=[0.1, 2.0], restart_s=2.0,
)  # fmt: skip


def test_what_is_promised_is_held_against_what_servers_saw() -> None:
    kills._require_kept(DONE)
    broken = DONE._replace(lost=1, unexplained=2, shared=3, gaps=[0.5, 0.6, 1.0], posts=3)
    with pytest.raises(BenchError) as caught:
        kills._require_kept(broken)
    assert str(caught.value).startswith(
        "1 feeds were lost; 2 feeds were asked twice though nobody was killed at them; 3 times a host was asked by "
        "two workers at once; 2 requests came too soon; 1 posts are missing"
    )


def test_a_second_request_is_explained_by_a_death_between() -> None:
    visits = [asked(1, 0, "w1"), asked(1, 40, "w2"), asked(2, 1, "w2"), asked(2, 50, "w2")]
    assert kills.second_requests(visits, {"w1": THEN + 5}) == (1, 1)


def test_two_workers_at_a_host_are_seen() -> None:
    assert kills.shared_hosts([asked(1, 0, "w1", took=3), asked(2, 1, "w2")]) == 1
    assert kills.shared_hosts([asked(1, 0, "w1"), asked(2, 1, "w2"), asked(3, 1.05, "w2")]) == 0


def test_the_middle_of_several_runs_is_shown() -> None:
    turns = [Pace(1, 100, 30.0, 9.0), Pace(1, 100, 20.0, 3.0), Pace(1, 100, 90.0, 4.0)]
    assert workers.middle(turns) == Pace(1, 100, 30.0, 4.0)


def test_tables_say_what_was_measured() -> None:
    table = workers.block(
        [Pace(1, 100, 50.0, 2.0), Pace(2, 100, 75.0, 2.5)], [Hour(1, [0.0, 1.0, 61.0])], 1000, 60, 6
    )
    assert "| 2 | 75 | 1.50 x | 2.5 ms |" in table
    assert "| 1 | 3 | 1 | 1 s | 61 s | 61 s |" in table
    assert "| shortest time between two requests to a host | 1.02 s |" in kills.block(DONE)


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler is installed: apt-get install gcc")
def test_a_clock_is_made_wrong_for_one_program(tmp_path: Path) -> None:
    ahead, behind = kills.wrong_clocks(tmp_path)
    script = "import time, datetime; print(time.time(), datetime.datetime.now().timestamp(), time.monotonic())"

    def clocks(environ: dict[str, str]) -> list[float]:
        command = [sys.executable, "-S", "-c", script]
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
        return [float(word) for word in done.stdout.split()]

    right = clocks({})
    for environ, by in ((ahead, 3600), (behind, -3600)):
        wrong = clocks(dict(environ))
        assert [round((now - then - by) / 60) for now, then in zip(wrong[:2], right[:2], strict=True)] == [0, 0]
        assert wrong[2] - right[2] < 60
