"""The kinds of jobs: which queue each waits in, what goes first, and which are done by one worker at a time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from broadsheet.scale.queue.desk import Desk

if TYPE_CHECKING:
    from procrastinate.types import JSONValue

POLLS: Final = "polls"
PAPER: Final = "paper"
HUBS: Final = "hubs"


class Kind(Struct, frozen=True, kw_only=True):
    """One kind of job; of the higher `priority` first. `alone`: one at a time of all workers, and one waiting."""

    name: str
    queue: str
    priority: int = 0
    alone: bool = False


KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind(name="poll", queue=POLLS),
        Kind(name="told", queue=POLLS, priority=10),
        Kind(name="renew", queue=HUBS, alone=True),
        Kind(name="catch-up", queue=PAPER, priority=40, alone=True),
        Kind(name="build", queue=PAPER, priority=30, alone=True),
        Kind(name="pages", queue=PAPER, priority=20, alone=True),
        Kind(name="images", queue=PAPER, priority=10, alone=True),
    )
}


def defer(
    desk: Desk, kind: str, arguments: Sequence[Mapping[str, "JSONValue"]] = ({},), at: datetime | None = None
) -> bool:
    """Put jobs of a kind into the queue, one for each row of arguments, to be done from a moment on.

    False, and nothing is put, where the kind is done alone and one waits already.
    """
    from procrastinate.exceptions import AlreadyEnqueued
    from procrastinate.jobs import Job
    from procrastinate.manager import JobManager
    from procrastinate.sync_psycopg_connector import SyncPsycopgConnector

    one = KINDS[kind]
    alone = kind if one.alone else None
    jobs = [
        Job(
            id=None,
            queue=one.queue,
            lock=alone,
            queueing_lock=alone,
            task_name=kind,
            priority=one.priority,
            task_kwargs=dict(row),
            scheduled_at=at,
        )
        for row in arguments
    ]
    try:
        with desk.transaction():
            JobManager(SyncPsycopgConnector()).batch_defer_jobs(jobs, connection=desk.connection)
    except AlreadyEnqueued:
        return False
    return True
