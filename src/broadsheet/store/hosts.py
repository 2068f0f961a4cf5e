"""Hosts: whose feeds are due, lent by host to who alone asks it."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from broadsheet.model import Feed
from broadsheet.store.engines.engine import Engine
from broadsheet.store.feeds import SECOND, claimed
from broadsheet.store.moments import from_us, to_us
from broadsheet.store.rows import json_of


class DueHost(Struct, frozen=True):
    """A host with so many `feeds` that are due, one of them `since` longest (1970: it was never polled).

    `has_routes` says that addresses of RSSHub are among them, for which an instance is asked instead.
    """

    host: str
    feeds: int
    since: datetime
    has_routes: bool = False


class Hosts:
    """The hosts of a store; every method raises StoreError where the database refuses."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def due(self, now: datetime, limit: int) -> list[DueHost]:
        """At most `limit` hosts with feeds that are due and not lent, longest due first."""
        rows = self._engine.rows("due_hosts", now=to_us(now), limit=limit)
        return [DueHost(host, feeds, from_us(since), bool(routes)) for host, feeds, since, routes in rows]

    def claim(self, hosts: Sequence[str], now: datetime, lease_s: float, *, most: int) -> list[Feed]:
        """Borrow the feeds of these hosts that are due, at most so many of each, for `lease_s` seconds."""
        until = to_us(now) + round(lease_s * SECOND)
        return claimed(self._engine.rows("claim_at", hosts=json_of(hosts), now=to_us(now), until=until, most=most))

    def release(self, hosts: Sequence[str]) -> None:
        """Give back unpolled whatever feeds of these hosts are lent; for who knows that nobody asks them."""
        self._engine.rows("release_at", hosts=json_of(hosts))
