"""A simulated day of a large paper: what choosing feeds and an hour of polling cost, and whether hosts are spared.

The update is the real one; time is virtual, and a town of scripted servers (`tests/pipeline/town.py`) keeps count.
`python -m bench.politeness FEEDS HOURS` prints the block for docs/benchmarks.md.
"""

import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import NamedTuple

from tests.pipeline.manners import breaches
from tests.pipeline.simulated import PER_HOST, SPACING_S, Life
from tests.pipeline.town import HOUR

from bench import due
from bench.cost import BenchError

CLAIMS = 200


class Day(NamedTuple):
    """What a simulated time came to: each claim in milliseconds and each hour in seconds of processor time."""

    feeds: int
    hosts: int
    requests: Counter[int]
    busiest: int
    claims: list[float]
    hours: list[float]


def measure(feeds: int, hours: int) -> Day:
    """Let a paper live; the last thing measured is how long choosing the due feeds takes.

    Raises:
        BenchError: a server was not spared as it was promised, or choosing takes too long.
    """
    with TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        life = Life(Path(folder) / "paper.db", feeds)
        costs = [_hour(life, number) for number in range(hours)]
        claims = _claims(life)
    if broken := breaches(life.web, SPACING_S, PER_HOST):
        message = f"{len(broken)} promises were broken: {'; '.join(broken[:5])}"
        raise BenchError(message)
    if life.town.complaints:
        message = f"validators did not come back as they were given: {life.town.complaints.most_common(5)}"
        raise BenchError(message)
    due.require_short(claims, feeds)
    hosts = Counter(visit.host for visit in life.web.visits)
    return Day(
        feeds, len(hosts), Counter(visit.status for visit in life.web.visits), max(hosts.values()), claims, costs
    )


def block(day: Day) -> str:
    """The tables of a day."""
    answers = ", ".join(f"{number} × {status or 'none'}" for status, number in sorted(day.requests.items()))
    later = day.hours[1:] or day.hours
    requests = day.requests.total()
    rows = [
        *due.rows(day.claims),
        ("the first hour, every feed new", f"{day.hours[0]:.0f} CPU s"),
        ("an hour after that, mean", f"{sum(later) / len(later):.1f} CPU s"),
        ("requests", f"{requests:,}"),
        ("CPU per request, all in all", f"{1000 * sum(day.hours) / requests:.2f} ms"),
        ("promises broken", "0"),
    ]
    lines = ["| | |", "| --- | ---: |", *(f"| {name} | {figure} |" for name, figure in rows)]
    town = (
        f"{day.feeds:,} feeds at {day.hosts:,} hosts, {len(day.hours)} simulated hours; at most {day.busiest:,} "
        f"requests to one host. Answers: {answers}."
    )
    return "\n".join([town, "", *lines])


def _hour(life: Life, number: int) -> float:
    start, before = process_time(), len(life.web.visits)
    life.until(number + 1)
    cost = process_time() - start
    asked = len(life.web.visits) - before
    print(f"bench: hour {number + 1}: {asked} requests, {cost:.1f} CPU s", file=sys.stderr, flush=True)
    return cost


def _claims(life: Life) -> list[float]:
    """Choose all feeds that are due after two hours of silence, several times over."""
    costs: list[float] = []
    life.time.forward(2 * HOUR)
    with life.open() as store:
        while len(costs) < CLAIMS:
            costs += due.choose_all(store, life.time.now())
    return costs


if __name__ == "__main__":
    began = perf_counter()
    print(block(measure(int(sys.argv[1]), int(sys.argv[2]))))
    print(f"{perf_counter() - began:.0f} s in all", file=sys.stderr)
