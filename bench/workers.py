"""What many pollers do on one machine: polls a second, and how many feeds are late in a paper of 100,000.

The workers are real, their servers on loopback; the clock by which feeds are due passes faster than the machine's.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.cost import BenchError
from bench.fleet import START, Asked, Fleet, Kind, Site, found, site, wait_for
from bench.ownpostgres import Postgres, own_postgres

WORKERS = (1, 2, 4)
HOUR = 3600
LATE_S = 60
NEWS_EVERY = 10
LARGE_HOSTS = 100
FEEDS_A_HOST = 10
LONGEST_S = 900


class Pace(NamedTuple):
    """What some workers did: polls a second while all feeds were due at once, and their processor time for one."""

    workers: int
    feeds: int
    a_second: float
    cpu_ms: float


class Hour(NamedTuple):
    """How late the feeds of a paper were polled, in seconds of its time, sorted; `workers` polled them."""

    workers: int
    late: list[float]


def measure(feeds: int, runs: int, town: int, minutes: int, speed: int) -> tuple[list[Pace], list[Hour]]:
    """Measure both with each number of workers: `feeds` that are all due, and `minutes` of a `town` polled hourly.

    The first is done `runs` times in turn, for other work on the machine counts.

    Raises:
        BenchError: PostgreSQL or nginx is not installed, or the workers do not do it.
    """
    with own_postgres() as server, site() as servers, TemporaryDirectory(prefix="broadsheet-bench-") as work:
        found(server.make("due"), [kind._replace(due_s=-60) for kind in kinds(feeds, HOUR)], servers)
        found(server.make("town"), [kind for kind in kinds(town, HOUR) if kind.due_s < 60 * minutes], servers)
        folders = [Path(work) / str(turn) for turn in range(runs)]
        rounds = [[_pace(server, servers, folder, number, feeds) for number in WORKERS] for folder in folders]
        paces = [middle(turns) for turns in zip(*rounds, strict=True)]
        hours = [_hour(server, servers, Path(work), number, minutes, speed) for number in WORKERS]
    return paces, hours


def kinds(feeds: int, within_s: int) -> Iterator[Kind]:
    """Make feeds up: three tenths at large hosts, one in ten with news, due at any moment of a span."""
    chance = Random(feeds)
    for number in range(feeds):
        place = number // 10
        host = f"large{place % LARGE_HOSTS}" if number % 10 < 3 else f"host{place % max(1, feeds // FEEDS_A_HOST)}"
        yield Kind(number, f"{host}.example", chance.uniform(0, within_s), not chance.randrange(NEWS_EVERY))


def middle(turns: Sequence[Pace]) -> Pace:
    """The median of several runs, each figure by itself."""
    first = turns[0]
    return Pace(
        first.workers, first.feeds, median(one.a_second for one in turns), median(one.cpu_ms for one in turns)
    )


def _pace(server: Postgres, servers: Site, work: Path, number: int, feeds: int) -> Pace:
    with _copy(server, "due") as url:
        fleet = Fleet(work / f"pace{number}", url, {"host_spacing": 0, "connections": 100})
        before = _children_s()
        asked = _polled(fleet, servers, number, feeds, LONGEST_S)
        spent = _children_s() - before
    took = max(one.ended for one in asked) - min(one.began for one in asked)
    return Pace(number, feeds, len(asked) / took, 1000 * spent / len(asked))


def _children_s() -> float:
    """Processor time of all workers that have ended, their helpers included."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _hour(server: Postgres, servers: Site, work: Path, number: int, minutes: int, speed: int) -> Hour:
    with _copy(server, "town") as url:
        from broadsheet.store import open_store

        with open_store(url) as store:
            due = {int(feed.address.rsplit("/", 1)[1]): feed.state.next_due for feed in store.feeds()}
        fleet = Fleet(work / f"hour{number}", url, {"host_spacing": 1 / speed, "connections": 100}, speed)
        asked = _polled(fleet, servers, number, len(due), 60 * minutes / speed + LONGEST_S)
    late = sorted((fleet.virtual(one.began) - (due[one.feed] or START)).total_seconds() for one in asked)
    return Hour(number, late)


def _polled(fleet: Fleet, servers: Site, number: int, feeds: int, longest_s: float) -> list[Asked]:
    servers.log.write_text("")
    try:
        for _ in range(number):
            fleet.add()
        wait_for(feeds, servers, fleet, longest_s)
    finally:
        fleet.stop()
    return _first(servers.asked(), fleet)


def _first(asked: Sequence[Asked], fleet: Fleet) -> list[Asked]:
    """The first request for each feed; any other has to come an hour later."""
    first: dict[int, Asked] = {}
    for one in asked:
        before = first.setdefault(one.feed, one)
        if before is not one and (fleet.virtual(one.began) - fleet.virtual(before.began)).total_seconds() < HOUR:
            message = f"feed {one.feed} was asked by {before.worker}, and by {one.worker} before its hour was over"
            raise BenchError(message)
    return list(first.values())


def block(paces: Sequence[Pace], hours: Sequence[Hour], town: int, minutes: int, speed: int) -> str:
    """The tables."""
    feeds = paces[0].feeds
    head = [
        "| workers | polls a second | beside one worker | CPU of workers a poll |",
        "| ---: | ---: | ---: | ---: |",
    ]
    rows = [
        f"| {one.workers} | {one.a_second:,.0f} | {one.a_second / paces[0].a_second:.2f} x | {one.cpu_ms:.1f} ms |"
        for one in paces
    ]
    late_head = [
        "| workers | feeds polled | late by more than a minute | median | 99th percentile | latest |",
        "| ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    late_rows = [
        f"| {one.workers} | {len(one.late):,} | {sum(late > LATE_S for late in one.late):,} | "
        f"{_part(one.late, 0.5):.0f} s | {_part(one.late, 0.99):.0f} s | {one.late[-1]:.0f} s |"
        for one in hours
    ]
    return "\n".join(
        [
            f"{feeds:,} feeds that are due at once, one in {NEWS_EVERY} with two new entries, the others unchanged:",
            "",
            *head,
            *rows,
            "",
            f"{town:,} feeds polled hourly, for {minutes} minutes that pass {speed} times as fast as the clock:",
            "",
            *late_head,
            *late_rows,
        ]
    )


def _part(values: Sequence[float], part: float) -> float:
    return values[min(int(part * len(values)), len(values) - 1)]


@contextmanager
def _copy(server: Postgres, template: str) -> Iterator[str]:
    """Have a database with what another holds; it is dropped at the end."""
    yield server.make("run", template)
    server.drop("run")
