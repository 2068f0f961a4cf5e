"""What it costs to choose the feeds that are due, in a store of many.

The store is the real one. Most feeds are overdue, and none is given back while all are chosen: each choice has to
pass over those that are lent: the worst morning after a machine was off.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import process_time

from bench.cost import BenchError
from broadsheet.model import Batch, Feed, FeedState, Validators, feed_id
from broadsheet.store import Store, open_store

CLAIM = 500
LEASE_S = 600
LONGEST_MS = 50
HOSTS = 3000
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def measure(feeds: int) -> list[float]:
    """Fill a store and choose every feed that is due, once; milliseconds of processor time for each choice.

    Raises:
        BenchError: choosing takes too long.
    """
    with (
        TemporaryDirectory(prefix="broadsheet-bench-") as folder,
        open_store(str(Path(folder) / "paper.db"), create=True) as store,
    ):
        store.apply([Batch(feed=_feed(number), outcome="unchanged") for number in range(feeds)])
        costs = choose_all(store, NOW)
    require_short(costs, feeds)
    return costs


def choose_all(store: Store, now: datetime) -> list[float]:
    """Choose all feeds that are due, some at a time, and give them back at the end; milliseconds for each choice."""
    costs: list[float] = []
    lent: list[str] = []
    while chosen := _timed(costs, lambda: store.claim_due(now, CLAIM, LEASE_S)):
        lent += [feed.id for feed in chosen]
    store.release(lent)
    return costs


def require_short(costs: Sequence[float], feeds: int) -> None:
    """Refuse figures over what is promised."""
    if median(costs) >= LONGEST_MS:
        message = f"choosing {CLAIM} due feeds of {feeds} takes {median(costs):.0f} ms"
        raise BenchError(message)


def rows(costs: Sequence[float]) -> list[tuple[str, str]]:
    """The figures with their names."""
    return [
        (f"choosing {CLAIM} due feeds, median of {len(costs)}", f"{median(costs):.1f} ms"),
        ("the same, 99th percentile", f"{quantiles(costs, n=100)[-1]:.1f} ms"),
    ]


def block(costs: Sequence[float], feeds: int) -> str:
    """The table."""
    lines = ["| | |", "| --- | ---: |", *(f"| {name} | {figure} |" for name, figure in rows(costs))]
    return "\n".join([f"{feeds:,} feeds in one store, three of four overdue, all chosen in turn.", "", *lines])


def _timed(costs: list[float], work: Callable[[], list[Feed]]) -> list[Feed]:
    start = process_time()
    made = work()
    costs.append(1000 * (process_time() - start))
    return made


def _feed(number: int) -> Feed:
    address = f"https://host{number % HOSTS}.example/feed/{number}.xml"
    state = FeedState(
        validators=Validators(etag=f'"{number:032x}"', last_modified="Fri, 20 Nov 2026 08:00:00 GMT"),
        body_digest=f"{number:032x}",
        next_due=NOW + timedelta(seconds=Random(number).randint(-54_000, 18_000)),
        due_reason="this is its own rhythm",
        last_polled=NOW - timedelta(hours=3),
        last_status=200,
        last_changed=NOW - timedelta(hours=9),
        interval_s=3600,
        format="rss-2.0",
    )
    return Feed(
        id=feed_id(address),
        address=address,
        section=("新媒体", "最新"),
        title=f"源 {number}",
        link=f"https://host{number % HOSTS}.example/",
        language="zh-CN",
        added_at=NOW - timedelta(days=9),
        state=state,
    )
