"""One worker: takes jobs until it is stopped, and goes on where the database was away."""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException

from broadsheet.config import Config
from broadsheet.errors import StoreError
from broadsheet.pipeline.means import Clock, Means
from broadsheet.pipeline.polling.leases import NOTE, WORKERS
from broadsheet.pipeline.push.hubs import require_public
from broadsheet.scale.queue.address import place_of
from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.duties import do_duties, news_came
from broadsheet.scale.queue.founding import found_queue
from broadsheet.scale.queue.jobs import HUBS, PAPER, POLLS
from broadsheet.scale.queue.life import BEAT_S, Life
from broadsheet.scale.queue.poller import Poller
from broadsheet.scale.queue.taking import LOST_S, forget_failed, take_from_dead, take_jobs
from broadsheet.scale.queue.tasks import Tell, add_chores, add_polls, open_pool, quiet
from broadsheet.store import Store, open_store

if TYPE_CHECKING:
    from broadsheet.scale.queue.hearing import Hearing

CHORES_AT_A_TIME: Final = 4
DUTIES_S: Final = 1.0
TIDY_S: Final = 600.0
STARTING: Final = ("starting up", "shutting down", "refused", "administrator command", "timeout expired")
STARTING_S: Final = (1, 2, 4, 8, 15, 30)


class Wish(Struct, frozen=True, kw_only=True):
    """What a worker shall do: so many `polls` at a time; `paper`: also build, pages and images."""

    polls: int = 8
    paper: bool = True


def work(config: Config, wish: Wish, means_for: Callable[[Clock], Means], tell: Tell) -> None:
    """Work until SIGTERM or SIGINT; then finish what was begun.

    `means_for` is given the database's clock, and nothing of a paper is done by another.

    Raises:
        ConfigError: the store is not on PostgreSQL.
        StoreError: the database cannot be used at the start.
    """
    quiet()
    asyncio.run(Worker(config, wish, means_for, tell).run())


class Worker:
    """One worker, in the thread of its event loop; three more threads beat, do duties and poll."""

    def __init__(self, config: Config, wish: Wish, means_for: Callable[[Clock], Means], tell: Tell) -> None:
        self._config = config
        self._wish = wish
        self._place = place_of(config.store_url)
        self._life = Life(self._place.name)
        self._means = means_for(self._life.clock)
        self._tell_line = tell
        self._app = App(connector=PsycopgConnector())
        self._beats = _Thread(self._place, "beat")
        self._duties = _Thread(self._place, "duties")
        self._ear = _Thread(self._place, "hubs")
        self._hearing: Hearing | None = None
        self._store: Store | None = None
        self._is_away = False
        self._tidy_at = 0.0
        self.stopped = asyncio.Event()

    async def run(self) -> None:
        """Work until `stopped` is set."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(_not_again)
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, self.stopped.set)
        if self._config.websub.listen:
            require_public(self._config.as_paper().address, self._means.limits)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._leave)
            await self._begin()
            spacing_s = self._config.fetch.host_spacing
            poller = await stack.enter_async_context(
                Poller(self._place, self._open, self._life, self._means, spacing_s)
            )
            add_polls(self._app, poller.poll, poller.poll_told, self._tell, self._news_came)
            if self._wish.paper:
                self._add_chores(stack)
            if self._config.websub.listen:
                self._add_hearing(stack)
            await self._open_app(stack)
            self._tell(f"works at {self._place.name}")
            await self._work()

    async def _open_app(self, stack: AsyncExitStack) -> None:
        """Open procrastinate's connections, which wait for a database that is away, each in its own time."""
        pool = await stack.enter_async_context(open_pool(self._place))
        await stack.enter_async_context(self._app.open_async(pool))

    async def _begin(self) -> None:
        """Join the workers; a database that has just been started, or is yet to be, is waited for."""
        for pause_s in (*STARTING_S, None):
            try:
                await self._duties.do(self._open_store)
                await self._beats.do(lambda desk: found_queue(self._place, desk))
                await self._beats.do(self._life.enter)
                return
            except StoreError as error:
                if pause_s is None or not any(word in str(error) for word in STARTING):
                    raise
                if pause_s == STARTING_S[0]:
                    self._tell(f"waits for the database: {error}")
                await asyncio.sleep(pause_s)

    def _add_chores(self, stack: AsyncExitStack) -> None:
        from broadsheet.scale.queue.chores import Chores

        chores = Chores(self._config, self._life, self._means)
        threads = stack.enter_context(ThreadPoolExecutor(CHORES_AT_A_TIME, "chore"))
        loop = asyncio.get_running_loop()
        add_chores(
            self._app,
            lambda kind: loop.run_in_executor(threads, chores.do, kind),
            self._tell,
            self._life.clock,
        )

    def _add_hearing(self, stack: AsyncExitStack) -> None:
        from broadsheet.scale.queue.hearing import Hearing

        hearing = self._hearing = Hearing(self._config, self._place, self._life, self._means, self._open)
        stack.push_async_callback(self._ear.do, hearing.close)
        add_chores(self._app, lambda _: asyncio.to_thread(hearing.renew), self._tell, self._life.clock, queue=HUBS)

    async def _hear(self) -> None:
        """Hear hubs while no other worker does, and renew what they were asked for."""
        hearing = self._hearing
        renewing: asyncio.Task[Any] | None = None
        try:
            while hearing is not None:
                hears = False
                with suppress(StoreError):  # the beat tells of it
                    hears = await self._ear.do(hearing.hear)
                if hears and renewing is None:
                    self._tell(f"hears hubs on {self._config.websub.listen}")
                    renewing = asyncio.create_task(take_jobs(self._app, [HUBS], 1))
                elif renewing is not None and not hears:
                    renewing.cancel()
                    renewing = None
                await asyncio.sleep(DUTIES_S)
        finally:
            if renewing is not None:
                renewing.cancel()
                await asyncio.wait([renewing])

    async def _work(self) -> None:
        """Take jobs of every queue, beat, and do duties, all until this worker is stopped."""
        jobs: list[asyncio.Task[Any]] = [asyncio.create_task(take_jobs(self._app, [POLLS], self._wish.polls))]
        if self._wish.paper:
            jobs.append(asyncio.create_task(take_jobs(self._app, [PAPER], CHORES_AT_A_TIME)))
        if self._hearing is not None:
            jobs.append(asyncio.create_task(self._hear()))
        beats = asyncio.create_task(self._again(BEAT_S, self._beat))
        duties = asyncio.create_task(self._again(DUTIES_S, self._do_duties))
        stopped = asyncio.create_task(self.stopped.wait())
        watched: list[asyncio.Task[Any]] = [*jobs, beats, duties, stopped]
        done, _ = await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
        if stopped in done:
            self._tell("stops when what it is at is done")
        duties.cancel()
        for task in jobs:
            task.cancel()
        await asyncio.wait(jobs)
        beats.cancel()
        for task in done - {stopped}:
            task.result()

    async def _again(self, every_s: float, work: Callable[[], Awaitable[None]]) -> None:
        """Do something every so often; while the database is away more often, and say so once."""
        while True:
            try:
                await work()
            except (StoreError, ConnectorException) as error:
                if not self._is_away:
                    self._is_away = True
                    self._tell(f"cannot use the database: {_said(error)}")
                await asyncio.sleep(LOST_S)
            else:
                await asyncio.sleep(every_s)

    async def _beat(self) -> None:
        if not await self._beats.do(lambda desk: self._life.beat(desk, self._config.fetch.host_spacing)):
            await self._beats.do(lambda desk: found_queue(self._place, desk))
            await self._beats.do(self._life.enter)
            self._tell("was silent for too long and was buried: it works on under this number")
        if self._is_away:
            self._is_away = False
            self._tell("uses the database again")

    async def _do_duties(self) -> None:
        await self._duties.do(self._duty)
        if self._life.is_steady():
            await take_from_dead(self._app)
        if time.monotonic() >= self._tidy_at:
            self._tidy_at = time.monotonic() + TIDY_S
            await forget_failed(self._app)

    def _duty(self, desk: Desk) -> None:
        store = self._store or self._open_store(desk)
        do_duties(desk, store, self._means, self._life, self._config.fetch.host_spacing, self._tell)

    async def _news_came(self) -> None:
        with suppress(StoreError):
            await self._duties.do(lambda desk: news_came(desk, self._life))

    def _open(self) -> Store:
        return open_store(self._config.store_url)

    def _open_store(self, _: Desk) -> Store:
        self._store = self._store or self._open()
        self._store.set_meta(NOTE, WORKERS)
        return self._store

    def _close_store(self, _: Desk) -> None:
        if self._store is not None:
            self._store.close()

    async def _leave(self) -> None:
        with suppress(StoreError):
            if self._life.worker:
                await self._beats.do(self._life.leave)
        with suppress(StoreError):
            await self._duties.do(self._close_store)
        for thread in (self._beats, self._duties, self._ear):
            await thread.close()

    def _tell(self, news: str) -> None:
        self._tell_line(f"worker {self._life.worker}: {news}" if self._life.worker else news)


class _Thread:
    """One thread with a connection of its own."""

    def __init__(self, place: Any, name: str) -> None:
        self._desk = Desk(place)
        self._executor = ThreadPoolExecutor(1, name)

    async def do(self, work: Callable[[Desk], Any]) -> Any:
        """Do something in the thread, with its connection."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, work, self._desk)

    async def close(self) -> None:
        """End the thread."""
        await self.do(Desk.close)
        self._executor.shutdown(wait=False)


def _said(error: BaseException) -> str:
    """What an error says, or the one that it came of."""
    if isinstance(error, ConnectorException) and error.__cause__:
        return _said(error.__cause__)
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _not_again(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Say nothing of jobs whose end the database did not hear: they were told of, and count as stalled."""
    if not isinstance(context.get("exception"), ConnectorException):
        loop.default_exception_handler(context)
