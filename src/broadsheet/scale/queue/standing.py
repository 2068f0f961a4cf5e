"""How the workers of a paper stand: who is alive and at what, how much waits, and how late polls are."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import Struct

from broadsheet.scale.queue.address import place_of
from broadsheet.scale.queue.desk import Desk, Row
from broadsheet.scale.queue.life import DEAD_S
from broadsheet.store import Store

_MOST = 100_000


class Run(Struct, frozen=True, kw_only=True):
    """One job that a worker is at, and `about` what."""

    kind: str
    about: str
    since: datetime


class WorkerStanding(Struct, frozen=True, kw_only=True):
    """One worker; one that is not alive was not heard for half a minute, and will be buried."""

    number: int
    machine: str
    process: int
    version: str
    since: datetime
    alive: bool
    runs: tuple[Run, ...] = ()


class Depth(Struct, frozen=True, kw_only=True):
    """How many jobs of a kind wait, are at work, and failed in the last day."""

    kind: str
    waiting: int = 0
    at_work: int = 0
    failed: int = 0


class Standing(Struct, frozen=True, kw_only=True):
    """All workers at one moment of the database's clock; `lag_s`: how late the longest due feed is.

    `due` and `never_polled` count feeds that nobody is at.
    """

    at: datetime
    workers: tuple[WorkerStanding, ...]
    depths: tuple[Depth, ...]
    due: int
    never_polled: int
    lag_s: float


def read_standing(store_url: str, store: Store) -> Standing | None:
    """Look at the queue of a store; None where no worker ever was.

    Raises:
        ConfigError: the store is not on PostgreSQL.
        StoreError: the database refuses.
    """
    place = place_of(store_url)
    desk = Desk(place)
    try:
        if not desk.row("is_made")[0]:
            return None
        at = desk.row("now")[0].astimezone(UTC)
        workers = _workers(desk.rows("workers", dead_s=DEAD_S), desk.rows("runs"))
        depths = _depths(desk.rows("depth"))
    finally:
        desk.close()
    hosts = store.hosts.due(at, _MOST)
    polled = [one.since for one in hosts if one.since.year > 1970]
    return Standing(
        at=at,
        workers=workers,
        depths=depths,
        due=sum(one.feeds for one in hosts),
        never_polled=sum(one.feeds for one in hosts if one.since.year == 1970),
        lag_s=max((at - min(polled)).total_seconds(), 0.0) if polled else 0.0,
    )


def count_living(store_url: str) -> int:
    """How many workers keep a paper up to date now.

    Raises:
        ConfigError: the store is not on PostgreSQL.
        StoreError: the database refuses.
    """
    desk = Desk(place_of(store_url))
    try:
        return int(desk.row("living", dead_s=DEAD_S)[0]) if desk.row("is_made")[0] else 0
    finally:
        desk.close()


def _workers(workers: Sequence[Row], runs: Sequence[Row]) -> tuple[WorkerStanding, ...]:
    return tuple(
        WorkerStanding(
            number=number,
            machine=machine,
            process=process,
            version=version,
            since=since.astimezone(UTC),
            alive=alive,
            runs=tuple(
                Run(kind=kind, about=about, since=began.astimezone(UTC))
                for worker, kind, about, began in runs
                if worker == number
            ),
        )
        for number, machine, process, version, since, alive in workers
    )


def _depths(rows: Sequence[Row]) -> tuple[Depth, ...]:
    names = {"todo": "waiting", "doing": "at_work", "failed": "failed"}
    found: dict[str, dict[str, int]] = {}
    for kind, status, number in rows:
        found.setdefault(kind, {})[names[status]] = number
    return tuple(Depth(kind=kind, **counts) for kind, counts in found.items())
