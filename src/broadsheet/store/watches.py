"""Watches in the store: what people wait for, and of which changes their webhooks have yet to be told."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import Struct

from broadsheet.model import Watch
from broadsheet.store.engines.engine import Engine
from broadsheet.store.moments import to_us

_ENCODER = msgspec.msgpack.Encoder()
_WATCH = msgspec.msgpack.Decoder(Watch)


class Delivery(Struct, frozen=True, kw_only=True):
    """A change that a webhook is to be told of, by its number, and which try this is."""

    watch: Watch
    change: int
    tries: int


class Watches:
    """The watches of a paper."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, watch: Watch, heard: int) -> bool:
        """Set a watch that hears of all changes after the number `heard`; False if it is there already."""
        row = self._engine.row("add_watch", id=watch.id, heard=heard, content=_ENCODER.encode(watch))
        return row is not None

    def all(self) -> list[Watch]:
        """All watches, in the order in which they were set."""
        return [_WATCH.decode(content) for (content,) in self._engine.rows("all_watches")]

    def heard(self) -> list[tuple[Watch, int]]:
        """All watches, each with the number of the last change that its webhook was told of, or will be."""
        return [(_WATCH.decode(content), heard) for heard, content in self._engine.rows("hooked_watches")]

    def remove(self, watch_id: str) -> bool:
        """Forget a watch and what it has yet to tell; False if there is none."""
        with self._engine.transaction():
            self._engine.write("drop_deliveries", {"id": watch_id})
            return self._engine.write("drop_watch", {"id": watch_id}) > 0

    def queue(self, watch_id: str, changes: Iterable[int], heard: int, now: datetime) -> None:
        """Let a webhook be told of changes, each once, and note up to which change it was looked."""
        with self._engine.transaction():
            rows = [{"id": watch_id, "change": change, "due": to_us(now)} for change in changes]
            self._engine.write_all("add_delivery", rows)
            self._engine.write("watch_heard", {"id": watch_id, "heard": heard})

    def claim(self, now: datetime, until: datetime, limit: int) -> list[Delivery]:
        """Borrow deliveries that are due; nobody else gets them before a moment."""
        with self._engine.transaction():
            rows = self._engine.rows("claim_deliveries", now=to_us(now), until=to_us(until), limit=limit)
        return [Delivery(watch=_WATCH.decode(one), change=change, tries=tries) for one, change, tries in rows]

    def settle(self, delivery: Delivery, due: datetime | None = None) -> None:
        """End a delivery that arrived or is given up; `due` puts it off instead."""
        values = {"id": delivery.watch.id, "change": delivery.change}
        if due is None:
            self._engine.write("end_delivery", values)
        else:
            self._engine.write("put_off_delivery", values | {"due": to_us(due)})

    def count_waiting(self) -> int:
        """How many deliveries are still to be made."""
        return int(self._engine.rows("count_deliveries")[0][0])
