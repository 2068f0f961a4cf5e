"""Polls of one worker: many jobs at a time in one event loop, with one client and one pool of processes for all."""

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable, Collection, Sequence
from concurrent.futures import Future
from contextlib import AsyncExitStack, nullcontext, suppress
from threading import Thread
from types import TracebackType
from typing import Self

from broadsheet.errors import StoreError
from broadsheet.fetch import Client
from broadsheet.model import host_of
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.push.subscribing import known_pushes
from broadsheet.pipeline.report import UpdateReport
from broadsheet.pipeline.update import poll
from broadsheet.pipeline.workers.pool import Workers
from broadsheet.scale.queue.address import Place
from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.hosts import ASK_AGAIN_S, RESTS_S, SharedPace, running
from broadsheet.scale.queue.life import Life
from broadsheet.scale.queue.patience import patient
from broadsheet.store import Store

NOTHING = UpdateReport()


class Poller:
    """A thread with a loop for polls, from `start` to `close`; its methods are called from another loop."""

    def __init__(
        self, place: Place, open_paper: Callable[[], Store], life: Life, means: Means, spacing_s: float
    ) -> None:
        self._place = place
        self._open_paper = open_paper
        self._life = life
        self._means = means
        self._spacing_s = spacing_s
        self._loop = asyncio.new_event_loop()
        self._end = asyncio.Event()
        self._ready: Future[None] = Future()
        self._thread = Thread(target=self._live, name="polls", daemon=True)

    async def __aenter__(self) -> Self:
        self._thread.start()
        await asyncio.wrap_future(self._ready)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        await asyncio.to_thread(self._thread.join)

    async def poll(self, hosts: Sequence[str], needed: Sequence[str] = ()) -> UpdateReport:
        """Poll what is due at these hosts, as far as nobody else asks them; nothing where somebody asks one needed.

        Raises:
            StoreError: the database refuses, or this worker counts as dead.
        """
        about = f"{len(hosts)} hosts: {', '.join(hosts[:3])}"
        return await self._run("poll", about, lambda pace: self._poll(pace, hosts, needed))

    async def poll_told(self, feeds: Sequence[str]) -> UpdateReport:
        """Poll feeds of whose news their hubs told; errors as for `poll`."""
        return await self._run("told", f"{len(feeds)} feeds", lambda pace: self._poll_told(pace, feeds))

    # In the thread

    def _live(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            try:
                runner.run(self._serve())
            except BaseException as error:
                if self._ready.done():
                    raise
                self._ready.set_exception(error)

    async def _serve(self) -> None:
        means = self._means
        async with AsyncExitStack() as stack:
            self._desk = Desk(self._place)
            stack.callback(self._desk.close)
            self._store = patient(stack.enter_context(self._open_paper()))
            workers = await stack.enter_async_context(Workers(means.workers))
            client = await stack.enter_async_context(means.connect(means.limits, means.connections, means.per_host))
            await workers.process([])  # so that nothing that was heard waits for their start
            self._shared = _shared(means, client, workers)
            self._ready.set_result(None)
            await self._end.wait()

    async def _run(
        self, kind: str, about: str, work: Callable[[SharedPace], Awaitable[UpdateReport]]
    ) -> UpdateReport:
        async def run() -> UpdateReport:
            with running(self._desk, self._life, kind, about, self._means, self._spacing_s) as pace:
                return await work(pace)

        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(run(), self._loop))

    async def _poll(self, pace: SharedPace, hosts: Sequence[str], needed: Sequence[str]) -> UpdateReport:
        held = pace.hold({*hosts, *needed})
        at = [host for host in hosts if host in held]
        if not at or not held.issuperset(needed):
            return NOTHING
        try:
            return await poll(self._store, self._means_at(pace), at=at)
        except BaseException:
            self._give_up(pace, at)
            raise

    def _give_up(self, pace: SharedPace, hosts: Collection[str]) -> None:
        """Let others ask these hosts after a rest: what went wrong may go wrong again at once."""
        with suppress(StoreError):
            self._store.hosts.release(sorted(hosts))
            pace.rest(hosts, RESTS_S)

    async def _poll_told(self, pace: SharedPace, feeds: Sequence[str]) -> UpdateReport:
        hosts = {host_of(self._store.feed(feed).address) for feed in feeds}
        while left := hosts - pace.hold(hosts):
            hosts = left
            await asyncio.sleep(ASK_AGAIN_S)
        return await poll(self._store, self._means_at(pace), only=feeds)

    def _means_at(self, pace: SharedPace) -> Means:
        return dataclasses.replace(self._shared, pace=pace, pushes=known_pushes(self._store))


def _shared(means: Means, client: Client, workers: Workers) -> Means:
    """Means whose client and processes are there already, and stay; who waits for a seat has no turn yet."""
    return dataclasses.replace(
        means,
        connect=lambda *_: nullcontext(client),
        open_workers=lambda _: nullcontext(workers),
        seats=asyncio.Semaphore(means.connections),
    )
