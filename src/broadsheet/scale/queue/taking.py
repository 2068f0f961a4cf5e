"""Taking jobs from the queue, again and again, and those that dead workers were at."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from broadsheet.scale.queue.jobs import POLLS
from broadsheet.scale.queue.life import BEAT_S, DEAD_S

LOST_S: Final = 1.0
LOOK_S: Final = 2.0
"""So often a worker looks for jobs that it was not told of."""

PATIENCE_S: Final = 60.0
"""So long a worker that is stopped waits for the jobs that it is at."""


async def take_jobs(app: App, queues: Sequence[str], at_a_time: int) -> None:
    """Take jobs until cancelled, then finish those begun; go on where the database was away."""
    while True:
        with suppress(ConnectorException):
            await app.run_worker_async(
                queues=queues,
                concurrency=at_a_time,
                fetch_job_polling_interval=LOOK_S,
                update_heartbeat_interval=BEAT_S,
                stalled_worker_timeout=DEAD_S,
                shutdown_graceful_timeout=PATIENCE_S,
                delete_jobs="successful",
                install_signal_handlers=False,
            )
        await asyncio.sleep(LOST_S)


async def take_from_dead(app: App) -> None:
    """Let chores of dead workers be done again; their polls are planned anew.

    Raises:
        ConnectorException: the database is away.
    """
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_S):
        with suppress(ConnectorException):  # another worker was faster
            if job.queue == POLLS:
                await manager.finish_job(job, Status.FAILED, delete_job=True)
            else:
                await manager.retry_job(job)


async def forget_failed(app: App) -> None:
    """Forget jobs that failed more than a day ago.

    Raises:
        ConnectorException: the database is away.
    """
    await app.job_manager.delete_old_jobs(nb_hours=24, include_failed=True, include_aborted=True)
