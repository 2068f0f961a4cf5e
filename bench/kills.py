"""Workers that are killed, a database that is restarted, clocks that are an hour wrong: what servers saw of it.

Four workers poll a paper in real time, each feed once. Every ten seconds one of two is killed and another takes its
place; the clocks of the other two are wrong. What a killed worker had heard and not stored is asked for again, and
that is counted; any other second request fails the run, and so does a lost feed or a host that was not spared.
"""

import shutil
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

from bench.cost import BenchError
from bench.fleet import ITEMS, START, Asked, Fleet, Kind, Site, found, site
from bench.ownpostgres import Postgres, own_postgres
from broadsheet.store import open_store

EVERY_S = 10
WRONG_S = 3600
STEADY = 2
"""Workers whose clocks are wrong, one ahead and one behind; they are not killed."""

KILLED = 2
A_SECOND = 12
"""Feeds that are due in a second of the run."""

FEEDS_A_HOST = 12
LARGE = 15
BURSTS = 20
"""So many feeds of a large host are due at one moment."""

SPACING_S = 1.0
SLACK_S = 0.01
"""What the log of the server rounds."""

SETTLE_S = 150
Key = TypeVar("Key", bound=Hashable)
SOURCE = Path(__file__).with_name("wrongclock.c")


class Kills(NamedTuple):
    """What came of it: `gaps` between two requests to one host in seconds, `late` in seconds after a feed was due."""

    seconds: int
    feeds: int
    hosts: int
    requests: int
    killed: int
    asked_again: int
    unexplained: int
    lost: int
    posts: int
    shared: int
    busiest: int
    gaps: list[float]
    late: list[float]
    restart_s: float


def measure(seconds: int) -> Kills:
    """Poll for so long, killing and restarting.

    Raises:
        BenchError: what is needed is not installed; a feed was lost, or asked twice without a kill; a host was not
            spared.
    """
    with own_postgres() as server, site() as servers, TemporaryDirectory(prefix="broadsheet-bench-") as work:
        feeds = list(kinds(seconds))
        url = server.make("paper")
        found(url, feeds, servers)
        fleet = Fleet(Path(work) / "paper", url, {"host_spacing": SPACING_S})
        environs = wrong_clocks(Path(work))
        try:
            deaths, restart_s = _live(fleet, environs, server, seconds)
            _settle(servers, fleet, len(feeds))
        finally:
            fleet.stop()
        done = _judged(seconds, feeds, servers.asked(), deaths, fleet, restart_s, url)
    _require_kept(done)
    return done


def kinds(seconds: int) -> Iterator[Kind]:
    """Make feeds up: half of them due at any moment, half in bursts at large hosts; all have news."""
    chance = Random(seconds)
    feeds = A_SECOND * seconds
    for number in range(feeds):
        if number % 2:
            burst = number // 2 // BURSTS
            yield Kind(number, f"large{burst % LARGE}.example", Random(burst).uniform(0, 0.8 * seconds), True)
        else:
            host = number // 2 % max(1, feeds // 2 // FEEDS_A_HOST)
            yield Kind(number, f"host{host}.example", chance.uniform(0, seconds), True)


def wrong_clocks(work: Path) -> list[Mapping[str, str]]:
    """Surroundings in which every program's clock is an hour ahead, or behind.

    Raises:
        BenchError: no C compiler is installed, or it refuses.
    """
    compiler = shutil.which("cc")
    if compiler is None:
        message = "no C compiler is installed, which makes clocks wrong: apt-get install gcc libc6-dev"
        raise BenchError(message)
    library = work / "wrongclock.so"
    done = subprocess.run(
        [compiler, "-shared", "-fPIC", "-O2", "-o", str(library), str(SOURCE), "-ldl"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise BenchError(done.stderr)
    return [{"LD_PRELOAD": str(library), "WRONG_BY_S": str(by)} for by in (WRONG_S, -WRONG_S)]


def _live(
    fleet: Fleet, environs: Sequence[Mapping[str, str]], server: Postgres, seconds: int
) -> tuple[dict[str, float], float]:
    """Kill one after another and restart the database at half-time; when each died, and what the restart took."""
    for environ in environs[:STEADY]:
        fleet.add(environ)
    mortal = [fleet.add() for _ in range(KILLED)]
    deaths: dict[str, float] = {}
    restart_s = 0.0
    began = time.monotonic()
    for number in range(1, seconds // EVERY_S + 1):
        time.sleep(max(began + number * EVERY_S - time.monotonic(), 0))
        fleet.require_alive()
        victim = mortal.pop(0)
        fleet.kill(victim)
        deaths[victim] = time.time()
        mortal.append(fleet.add())
        if number == seconds // EVERY_S // 2:
            before = time.monotonic()
            server.restart()
            restart_s = time.monotonic() - before
    return deaths, restart_s


def _settle(servers: Site, fleet: Fleet, feeds: int) -> None:
    """Let those who are left do the rest; what is not done after a while is lost."""
    until = time.monotonic() + SETTLE_S
    while time.monotonic() < until and len({one.feed for one in servers.asked()}) < feeds:
        fleet.require_alive()
        time.sleep(1)
    time.sleep(45)  # what was heard and not stored is asked for again after the dead are buried


def _judged(
    seconds: int,
    kinds: Sequence[Kind],
    asked: Sequence[Asked],
    deaths: Mapping[str, float],
    fleet: Fleet,
    restart_s: float,
    url: str,
) -> Kills:
    of_feed = _by(asked, lambda one: one.feed)
    of_host = _by(asked, lambda one: one.host)
    explained, unexplained = second_requests(asked, deaths)
    neighbours = [pair for visits in of_host.values() for pair in pairwise(visits)]
    with open_store(url) as store:
        posts = len(store.refs())
        stored = sum(1 for feed in store.feeds() if feed.state.last_polled and feed.state.last_polled > START)
    due = {kind.number: kind.due_s for kind in kinds}
    late = [(fleet.virtual(visits[0].began) - START).total_seconds() - due[feed] for feed, visits in of_feed.items()]
    return Kills(
        seconds=seconds,
        feeds=len(kinds),
        hosts=len(of_host),
        requests=len(asked),
        killed=len(deaths),
        asked_again=explained,
        unexplained=unexplained,
        lost=len(kinds) - stored,
        posts=posts,
        shared=shared_hosts(asked),
        busiest=max(map(len, of_host.values())),
        gaps=sorted(after.began - before.began for before, after in neighbours),
        late=sorted(late),
        restart_s=restart_s,
    )


def second_requests(asked: Sequence[Asked], deaths: Mapping[str, float]) -> tuple[int, int]:
    """How many requests for a feed came after one whose worker was killed between, and how many after another."""
    pairs = [pair for visits in _by(asked, lambda one: one.feed).values() for pair in pairwise(visits)]
    explained = sum(before.worker in deaths and deaths[before.worker] < after.began for before, after in pairs)
    return explained, len(pairs) - explained


def shared_hosts(asked: Sequence[Asked]) -> int:
    """How often a worker asked a host while the request of another was under way there."""
    return sum(
        after.began < before.ended and after.worker != before.worker
        for visits in _by(asked, lambda one: one.host).values()
        for before, after in pairwise(visits)
    )


def _by(asked: Sequence[Asked], key: Callable[[Asked], Key]) -> dict[Key, list[Asked]]:
    found: dict[Key, list[Asked]] = defaultdict(list)
    for one in asked:
        found[key(one)].append(one)
    return found


def _require_kept(done: Kills) -> None:
    broken = [
        f"{number} {what}"
        for number, what in (
            (done.lost, "feeds were lost"),
            (done.unexplained, "feeds were asked twice though nobody was killed at them"),
            (done.shared, "times a host was asked by two workers at once"),
            (sum(gap < SPACING_S - SLACK_S for gap in done.gaps), "requests came too soon"),
            (ITEMS * done.feeds - done.posts, "posts are missing"),
        )
        if number
    ]
    if broken:
        message = f"{'; '.join(broken)}: {done._replace(gaps=done.gaps[:5], late=done.late[-5:])}"
        raise BenchError(message)


def block(done: Kills) -> str:
    """The table."""
    rows = [
        ("workers killed", f"{done.killed}"),
        ("PostgreSQL stopped and started, seconds", f"{done.restart_s:.1f}"),
        ("feeds, each due once", f"{done.feeds:,}"),
        ("requests", f"{done.requests:,}"),
        ("asked again, for the worker was killed before it could store the answer", f"{done.asked_again}"),
        ("asked twice otherwise", f"{done.unexplained}"),
        ("feeds lost", f"{done.lost}"),
        ("posts stored, of the two of each feed", f"{done.posts:,}"),
        ("hosts, and most requests to one", f"{done.hosts:,}, {done.busiest}"),
        ("shortest time between two requests to a host", f"{done.gaps[0]:.2f} s"),
        ("times that two workers were at one host", f"{done.shared}"),
        ("late, median and most", f"{median(done.late):.0f} s, {done.late[-1]:.0f} s"),
    ]
    lines = ["| | |", "| --- | ---: |", *(f"| {name} | {figure} |" for name, figure in rows)]
    how = (
        f"{done.seconds} seconds, four workers, one killed every {EVERY_S}; the clock of one is an hour ahead, that "
        f"of another an hour behind. {SPACING_S:.0f} s between two requests to a host."
    )
    return "\n".join([how, "", *lines])
