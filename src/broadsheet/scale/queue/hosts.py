"""Hosts of one run: asked by nobody else meanwhile, and not before the spacing since the run that came before."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Final

from broadsheet.errors import StoreError
from broadsheet.fetch import Pace, is_this_machine
from broadsheet.pipeline.means import Means
from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.life import Life

ASK_AGAIN_S: Final = 1.0
"""So long a run waits before it tries again to have a host that another has."""

RESTS_S: Final = 60.0
"""So long hosts rest whose run failed by a fault of ours."""


class SharedPace(Pace):
    """Turns at hosts that many workers ask, each host in one run at a time; for one event loop.

    Hosts that are held stay so to the end of the run, all others to the end of the turn. Where there is a spacing,
    one visitor is at a host at a time, and the spacing counts from when he leaves: in a busy worker a request may be
    sent long after its turn began, but never after its end.
    """

    def __init__(self, desk: Desk, life: Life, run: int, per_host: int, spacing_s: float) -> None:
        super().__init__(1 if spacing_s else per_host, spacing_s)
        self._desk = desk
        self._life = life
        self._worker = life.worker
        self._run = run
        self._spacing = spacing_s
        self._not_before: dict[str, float] = {}
        self._left_at: dict[str, float] = {}
        self._kept: set[str] = set()
        self._users: Counter[str] = Counter()

    def hold(self, hosts: Collection[str]) -> frozenset[str]:
        """Have hosts for the whole run; those that nobody else has."""
        held = self._take(hosts)
        self._kept |= held
        return held

    def rest(self, hosts: Collection[str], seconds: float) -> None:
        """Let nobody ask these hosts for a while, which are given back."""
        self._give_back(dict.fromkeys(hosts, seconds))

    def let_go(self) -> None:
        """Give every host back."""
        self._give_back({host: self._rest_of(host) for host in self._not_before})

    @asynccontextmanager
    async def turn(self, host: str, seats: asyncio.Semaphore | None = None) -> AsyncIterator[None]:
        """Wait for a turn at a host, as `Pace.turn` does, and for the end of other runs that ask it.

        Raises:
            StoreError: this worker counts as dead, or the database refuses.
        """
        name = host.lower().rstrip(".")
        self._users[name] += 1
        try:
            await self._have(name)
            while True:
                await self._life.sure(self._worker)
                async with super().turn(name, seats):
                    if self._life.is_sure(self._worker):
                        with self._counting(name):
                            yield
                        return
        finally:
            self._users[name] -= 1
            if not self._users[name]:
                del self._users[name]
                if name in self._not_before and name not in self._kept:
                    self._give_back({name: self._rest_of(name)})

    @contextmanager
    def _counting(self, name: str) -> Iterator[None]:
        """Count the spacing from the end of a visit."""
        try:
            yield
        finally:
            if not is_this_machine(name):
                ended = self._left_at[name] = time.monotonic()
                self.put_off(name, ended + self._spacing)

    async def _have(self, name: str) -> None:
        while name not in self._not_before and not self._take([name]):  # noqa: ASYNC110 - others are elsewhere
            await asyncio.sleep(ASK_AGAIN_S)
        await asyncio.sleep(max(self._not_before[name] - time.monotonic(), 0))

    def _take(self, hosts: Collection[str]) -> frozenset[str]:
        rows = self._desk.rows("hold", hosts=sorted(hosts), run=self._run)
        now = time.monotonic()
        self._not_before |= {name: now + wait for name, wait in rows}
        return frozenset(name for name, _ in rows)

    def _rest_of(self, host: str) -> float:
        """How long a host is still to be left alone after its last turn, in seconds."""
        if is_this_machine(host):
            return 0.0
        left = self._left_at.get(host)
        free_at = self._not_before[host] if left is None else left + self._spacing
        return max(free_at - time.monotonic(), 0.0)

    def _give_back(self, rests: Mapping[str, float]) -> None:
        resting = {host: rest for host, rest in rests.items() if rest > 0}
        if resting:
            self._desk.rows("let_rest", run=self._run, hosts=list(resting), seconds=list(resting.values()))
        if free := [host for host in rests if host not in resting]:
            self._desk.rows("let_go", run=self._run, hosts=free)
        for host in rests:
            self._not_before.pop(host, None)
            self._kept.discard(host)


@contextmanager
def running(desk: Desk, life: Life, kind: str, about: str, means: Means, spacing_s: float) -> Iterator[SharedPace]:
    """Let others know of a run; its hosts are given back at the end."""
    if not life.worker:
        raise StoreError(kind, "this worker is not known to the database yet")
    run = int(desk.row("begin", worker=life.worker, kind=kind, about=about)[0])
    with life.going(run):
        pace = SharedPace(desk, life, run, means.per_host, spacing_s)
        try:
            yield pace
        finally:
            with suppress(StoreError):  # the next beat ends what could not be ended now
                pace.let_go()
                desk.rows("end", run=run)
