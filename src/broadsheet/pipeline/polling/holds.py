"""Hosts that asked to be left alone ("429 Too Many Requests", RFC 6585, section 4)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

import msgspec
from msgspec.structs import replace

from broadsheet.model import Batch, host_of
from broadsheet.store import Store

NOTE = "held hosts"
REASON = "its host asks for fewer requests"

_READ = msgspec.json.Decoder(dict[str, datetime])


class Holds:
    """Held hosts: the store puts off the feeds that it has, this also answers on their way and feeds yet to come.

    What is held stays so for the next update.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        known = _READ.decode(store.meta(NOTE) or "{}")
        self._until = {host: until for host, until in known.items() if until > clock()}

    def is_held(self, host: str) -> bool:
        """Tell whether a host wants to be left alone now."""
        until = self._until.get(host)
        return until is not None and until > self._clock()

    def left_s(self, host: str) -> int:
        """How long a host wants to be left alone, in whole seconds; 0 where it does not."""
        left = (self._until.get(host, self._clock()) - self._clock()).total_seconds()
        return max(ceil(left), 0)

    def hold_for(self, host: str, seconds: float) -> None:
        """Ask nothing of a host for so many seconds."""
        self.hold(host, self._clock() + timedelta(seconds=seconds))

    def hold(self, host: str, until: datetime) -> None:
        """Ask nothing of a host before a moment."""
        self._until[host] = max(until, self._until.get(host, until))
        self._store.hold_host(host, until)
        for other, noted in _READ.decode(self._store.meta(NOTE) or "{}").items():  # somebody else may poll, too
            self._until[other] = max(noted, self._until.get(other, noted))
        self._store.set_meta(NOTE, msgspec.json.encode(self._until).decode())

    def kept(self, batch: Batch) -> Batch:
        """A batch whose feed is not due before its host may be asked again."""
        state = batch.feed.state
        until = self._until.get(host_of(batch.feed.address)) if self._until else None
        if until is None or state.next_due is None or state.next_due >= until:
            return batch
        return replace(batch, feed=replace(batch.feed, state=replace(state, next_due=until, due_reason=REASON)))
