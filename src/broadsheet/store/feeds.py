"""Feeds: kept, found, and lent to one poller at a time."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from broadsheet.errors import NotFoundError, StoreError
from broadsheet.model import Feed, Notice
from broadsheet.store.engines.engine import Engine
from broadsheet.store.moments import from_us, to_us
from broadsheet.store.rows import Row, Values, feed_of, feed_values, json_of

SECOND = 1_000_000  # microseconds


def find_feed(engine: Engine, key: str) -> Feed:
    """Read the feed with this id or address."""
    row = engine.row("one_feed", key=key)
    if row is None:
        raise NotFoundError(key, "no feed has this id or address; `broadsheet status` lists them")
    return feed_of(row)


def save_feed(engine: Engine, feed: Feed) -> None:
    """Write a feed whole; its owner changed something."""
    find_feed(engine, feed.id)
    engine.write("save_feed", _settled(engine, feed))


def save_poll(engine: Engine, feed: Feed) -> int:
    """Write what a poll may change of a feed, or the whole feed where it is new; its number."""
    values = _settled(engine, feed)
    row = engine.row("save_poll", **values) or engine.row("add_feed", **values)
    if row is None:
        raise StoreError(engine.name, f"feed {feed.id} cannot be added: another feed follows {feed.address}")
    return int(row[0])


def _settled(engine: Engine, feed: Feed) -> Values:
    """A feed as values; it stays where it is while another feed follows the address that it moved to."""
    holder = engine.row("feed_at_address", address=feed.address)
    if holder is None or holder[0] == feed.id:
        return feed_values(feed)
    before = engine.row("one_feed", key=feed.id)
    if before is None:
        return feed_values(feed)
    advice = Notice(code="moved-to-known", values={"now": feed.address, "other": holder[0]})
    return feed_values(replace(feed, address=before[1], state=replace(feed.state, advice=advice)))


def claim_due(engine: Engine, now: datetime, limit: int, lease_s: float, due_by: datetime) -> list[Feed]:
    """Lend out the feeds that are due."""
    until = to_us(now) + round(lease_s * SECOND)
    return claimed(engine.rows("claim_due", now=to_us(now), until=until, limit=limit, due_by=to_us(due_by)))


def claim(engine: Engine, ids: Sequence[str], now: datetime, lease_s: float) -> list[Feed]:
    """Lend out these feeds, due or not."""
    until = to_us(now) + round(lease_s * SECOND)
    return claimed(engine.rows("claim", now=to_us(now), until=until, ids=json_of(ids)))


def claimed(rows: list[Row]) -> list[Feed]:
    """Read feeds that were lent, longest due first; the database returns updated rows in no order."""
    ordered = sorted(rows, key=lambda row: (row[-2] is not None, row[-2] or 0, row[-1]))
    return [feed_of(row[:-2]) for row in ordered]


def count_due(engine: Engine, now: datetime) -> int:
    """Count the feeds that are due and not lent."""
    row = engine.row("count_due", now=to_us(now))
    return int(row[0]) if row else 0


def next_due(engine: Engine) -> datetime | None:
    """Find the earliest moment at which a feed can be lent."""
    row = engine.row("next_due")
    return from_us(row[0]) if row else None


def hold_host(engine: Engine, host: str, until: datetime) -> None:
    """Put off every feed of a host."""
    engine.write("hold_host", {"host": host, "until": to_us(until)})
