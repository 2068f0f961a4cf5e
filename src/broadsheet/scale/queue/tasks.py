"""The jobs as procrastinate knows them: what is called, what is told of it, and what comes after a fault."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final, TypeVar

from procrastinate import App, BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.jobs import Job
from psycopg_pool import AsyncConnectionPool

from broadsheet.errors import BroadsheetError
from broadsheet.pipeline.means import Clock
from broadsheet.pipeline.report import UpdateReport
from broadsheet.scale.queue.address import Place
from broadsheet.scale.queue.desk import connection_info
from broadsheet.scale.queue.jobs import KINDS, PAPER

TRIES: Final = 6
FIRST_WAIT_S: Final = 30
FAULT_S: Final = 10
SHOWN_FAILURES: Final = 5
CONNECTIONS: Final = 4
WAIT_S: Final = 10

Tell = Callable[[str], None]
Poll = Callable[..., Awaitable[UpdateReport]]
Result = TypeVar("Result")


class Backoff(BaseRetryStrategy):
    """A chore that failed is tried again after half a minute, a minute, two, by the database's clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:  # noqa: ARG002
        """When to try again; None after so many tries."""
        if job.attempts + 1 >= TRIES:
            return None
        return RetryDecision(retry_at=self._clock() + timedelta(seconds=FIRST_WAIT_S * 2**job.attempts))


@asynccontextmanager
async def open_pool(place: Place) -> AsyncIterator[AsyncConnectionPool]:
    """Open the connections by which procrastinate reaches the queue, whether or not the database is there."""
    pool = AsyncConnectionPool(
        connection_info(place),
        min_size=1,
        max_size=CONNECTIONS,
        timeout=WAIT_S,
        open=False,
        check=AsyncConnectionPool.check_connection,
    )
    await pool.open(wait=False)
    try:
        yield pool
    finally:
        await pool.close()


def quiet() -> None:
    """Keep procrastinate and its pool from saying at length what is told in a line."""
    for name in ("procrastinate", "psycopg.pool"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def add_polls(app: App, poll: Poll, poll_told: Poll, tell: Tell, came: Callable[[], Awaitable[None]]) -> None:
    """Add the kinds of polls. One that fails is not tried again: what is due is planned anew."""

    async def told(kind: str, work: Awaitable[UpdateReport]) -> None:
        try:
            report = await _or_tell(kind, work, tell)
        except Exception:
            await asyncio.sleep(FAULT_S)  # nothing else asks these hosts meanwhile
            raise
        if report.polled:
            tell(f"{report.polled} polled, {len(report.failed)} failed, {report.new} new, {report.edited} edited")
        for one in report.failed[:SHOWN_FAILURES]:
            tell(f"{one.label}: {one.failure.message}  <{one.address}>")
        if report.new or report.edited:
            await came()

    @app.task(name="poll", queue=KINDS["poll"].queue)
    async def _poll(hosts: list[str], needed: list[str]) -> None:
        await told("poll", poll(hosts, needed))

    @app.task(name="told", queue=KINDS["told"].queue)
    async def _told(feeds: list[str]) -> None:
        await told("told", poll_told(feeds))


def add_chores(app: App, do: Callable[[str], Awaitable[str]], tell: Tell, clock: Clock, queue: str = PAPER) -> None:
    """Add the chores of a queue, which are tried again after a fault."""

    async def chore(context: JobContext) -> None:
        name = context.job.task_name
        if done := await _or_tell(name, do(name), tell):
            tell(f"{name}: {done}")

    for kind in KINDS.values():
        if kind.queue == queue:
            app.task(name=kind.name, queue=queue, pass_context=True, retry=Backoff(clock))(chore)


async def _or_tell(kind: str, work: Awaitable[Result], tell: Tell) -> Result:
    try:
        return await work
    except BroadsheetError as error:
        tell(f"{kind} failed: {error}")
        raise
    except Exception as error:
        tell(f"{kind} failed by a fault of ours: {error!r}")
        raise
