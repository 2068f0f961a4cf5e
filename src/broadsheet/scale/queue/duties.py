"""What some worker has to do every few seconds or hours, whichever comes first: plan, bury the dead, begin chores."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from broadsheet.pipeline.means import Means
from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.jobs import defer
from broadsheet.scale.queue.life import DEAD_S, Life
from broadsheet.scale.queue.planning import plan
from broadsheet.store import Store

SECONDS: Final = {"plan": 1, "bury": 5, "pages": 60, "images": 600, "build": 3600}
"""How often each is done."""

CATCH_UP_AFTER: Final = timedelta(seconds=20)
"""News of so long are looked through and published together."""


def do_duties(
    desk: Desk, store: Store, means: Means, life: Life, spacing_s: float, tell: Callable[[str], None]
) -> None:
    """Do what fell due, as far as no other worker has done it.

    Raises:
        StoreError: the database is away, or refuses.
    """
    if _falls_due(desk, "plan"):
        plan(desk, store, means)
    if life.is_steady() and _falls_due(desk, "bury"):
        bury(desk, store, spacing_s, tell)
    if _falls_due(desk, "pages") and store.articles.count_pages(means.clock()):
        defer(desk, "pages")
    for chore in ("images", "build"):
        if _falls_due(desk, chore):
            defer(desk, chore)


def bury(desk: Desk, store: Store, spacing_s: float, tell: Callable[[str], None]) -> int:
    """Give what dead workers had to others: hosts, after a rest, and the feeds that they had borrowed; how many."""
    with desk.transaction():
        dead = desk.rows("dead", dead_s=DEAD_S)
        if dead:
            workers = [worker for worker, _, _ in dead]
            hosts = [name for (name,) in desk.rows("hosts_of", workers=workers)]
            store.hosts.release(hosts)
            desk.rows("rest_after", hosts=hosts, rest_s=spacing_s)
            desk.rows("bury", workers=workers)
            for worker, machine, process in dead:
                tell(f"worker {worker} ({machine}, process {process}) is dead: {len(hosts)} hosts go to others")
    desk.rows("forget_rested")
    return len(dead)


def news_came(desk: Desk, life: Life) -> None:
    """Let what is new be looked through soon, and then be published."""
    defer(desk, "catch-up", at=life.clock() + CATCH_UP_AFTER)


def _falls_due(desk: Desk, name: str) -> bool:
    return bool(desk.rows("fall_due", name=name, every_s=SECONDS[name]))
