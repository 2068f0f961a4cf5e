"""A running paper that hubs can reach: what they tell of is polled at once (WebSub, W3C 2018).

A notification brings nothing into the paper but the wish to ask the feed's own server; decision 12 says why.
"""

import asyncio
import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event

from broadsheet.errors import ConfigError
from broadsheet.fetch import is_this_machine
from broadsheet.fetch.guard import may_reach, read_networks
from broadsheet.fetch.websub import make_callback, serve_callback
from broadsheet.model import Limits, host_of
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.push.subscribing import Pushes
from broadsheet.pipeline.report import UpdateReport, total
from broadsheet.pipeline.update import update
from broadsheet.store import Store, open_store

CALLBACK = "websub/"
ASK_EVERY = timedelta(minutes=5)
SOON_S = 60.0


class Hubs:
    """A running paper that hubs can reach: updates also poll what they told of, and waits end when they tell."""

    def __init__(self, pushes: Pushes, told: Event) -> None:
        self._pushes = pushes
        self._told = told
        self._asked_at: datetime | None = None

    def update(self, store: Store, means: Means) -> UpdateReport:
        """Poll what hubs told of and what is due; then subscribe where that is called for."""
        self._told.clear()
        means = dataclasses.replace(means, pushes=self._pushes.by_feed())
        told = self._pushes.told_of(store, means.policy)
        reports = [update(store, means, told)] if told else []
        reports.append(update(store, means))
        now = means.clock()
        if self._asked_at is None or now - self._asked_at >= ASK_EVERY:
            self._asked_at = now
            with asyncio.Runner(loop_factory=means.new_loop) as runner:
                runner.run(self._pushes.ask_hubs(store.feeds(), means))
        self._pushes.save(store)
        return total(reports)

    def wait(self, seconds: float) -> None:
        """Wait, but no longer than until a hub tells of news that may be polled."""
        self._told.wait(min(seconds, SOON_S) if self._pushes.is_waiting() else seconds)


@contextmanager
def listening(store_url: str, means: Means, address: str, listen: str) -> Iterator[Hubs]:
    """Listen for hubs at `listen` (host:port), which they reach under `address`, the public one of the paper.

    Raises:
        ConfigError: hubs cannot reach that address, or nobody can listen there.
    """
    require_public(address, means.limits)
    host, _, port = listen.rpartition(":")
    told = Event()
    with open_store(store_url) as store:
        pushes = Pushes(store, means.clock, f"{address}{CALLBACK}", told.set)
    app = make_callback(pushes, means.limits.wire_bytes)
    with serve_callback(app, host.strip("[]"), int(port)):
        yield Hubs(pushes, told)


def require_public(address: str, limits: Limits) -> None:
    """Refuse the address of a paper that no hub can reach.

    Raises:
        ConfigError: no hub can.
    """
    host = host_of(address)
    try:
        reachable = may_reach(host, read_networks(limits.allow))
    except ValueError:
        reachable = "." in host and not is_this_machine(host)
    if not reachable:
        raise ConfigError("websub.listen", f"no hub can reach {address}; set paper.address to the site's public one")
