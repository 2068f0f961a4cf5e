"""A paper that lives through simulated hours: the real update, a town of servers, a virtual clock."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.pipeline.town import HOUR, Town, address_of
from tests.pipeline.virtual import START, Time
from tests.pipeline.web import Web

from broadsheet.fetch import Pace
from broadsheet.model import Limits, Policy, Subscription
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.subscriptions.subscribe import subscribe
from broadsheet.pipeline.update import update
from broadsheet.store import Store, open_store

POLICY = Policy()
SPACING_S = 1.0
PER_HOST = 2
SHORTEST_WAIT_S = 60
LONGEST_WAIT_S = 3600


class Life:
    """A paper at `path` that follows `feeds` feeds under a policy, in a time of its own."""

    def __init__(self, path: Path, feeds: int, policy: Policy = POLICY) -> None:
        self.time = Time()
        self.town = Town(self.time)
        self.web = Web(self.time, self.town.serve)
        self.path = path
        self.policy = policy
        self.polled = 0
        with open_store(str(path), create=True) as store:
            subscribe(store, (Subscription(address=address_of(number, feeds)) for number in range(feeds)), START)

    def until(self, hour: float) -> None:
        """Keep the paper up to date, as `broadsheet run` does, until so many hours after the start."""
        with self.open() as store:
            while self.time.seconds < hour * HOUR:
                self.polled += update(store, virtual_means(self.web, policy=self.policy)).polled
                due = store.next_due()
                wait = (due - self.time.now()).total_seconds() if due else LONGEST_WAIT_S
                self.time.forward(min(max(wait, SHORTEST_WAIT_S), LONGEST_WAIT_S))

    @contextmanager
    def open(self) -> Iterator[Store]:
        with open_store(str(self.path)) as store:
            yield store


def virtual_means(
    web: Web,
    *,
    policy: Policy = POLICY,
    spacing_s: float = SPACING_S,
    connections: int = 50,
    rsshub: Sequence[str] = (),
) -> Means:
    """What a round works with, new each time, in the web's own time."""
    return Means(
        limits=Limits(),
        policy=policy,
        pace=Pace(PER_HOST, spacing_s, clock=web.time, sleep=asyncio.sleep),
        clock=web.time.now,
        connections=connections,
        per_host=PER_HOST,
        workers=1,
        rsshub=tuple(rsshub),
        connect=web.connect,
        new_loop=web.time.new_loop,
    )
