"""Jobs are taken until one is told to stop; those of dead workers are done by others."""

import asyncio

import pytest
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.testing import InMemoryConnector

from broadsheet.scale.queue import taking as room
from broadsheet.scale.queue.address import Place
from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.jobs import defer
from broadsheet.scale.queue.taking import forget_failed, take_from_dead, take_jobs
from broadsheet.scale.queue.tasks import open_pool


async def test_jobs_are_taken_again_where_the_database_was_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LOST_S", 0.01)
    app = App(connector=InMemoryConnector())
    times: list[object] = []

    async def away(**chosen: object) -> None:
        times.append(chosen["queues"])
        raise ConnectorException

    monkeypatch.setattr(app, "run_worker_async", away)
    taking = asyncio.create_task(take_jobs(app, ["polls"], 2))
    async with asyncio.timeout(5):
        while len(times) < 3:  # noqa: ASYNC110 - it is looked at from outside
            await asyncio.sleep(0.01)
    taking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await taking
    assert times[0] == ["polls"]


STALLED = "UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL"
OLD = "UPDATE procrastinate_events SET at = at - interval '2 days'"


async def test_chores_of_the_dead_wait_again_and_their_polls_are_gone(place: Place, desk: Desk) -> None:
    defer(desk, "poll", [{"hosts": ["a"], "needed": []}])
    defer(desk, "build")
    desk.script(STALLED)
    app = App(connector=PsycopgConnector())
    async with open_pool(place) as pool, app.open_async(pool):
        await take_from_dead(app)
        assert desk.rows("depth") == [("build", "todo", 1)]
        await take_from_dead(app)
        desk.script("UPDATE procrastinate_jobs SET status = 'failed'")
        await forget_failed(app)
        assert desk.rows("depth") == [("build", "failed", 1)]
        desk.script(OLD)
        await forget_failed(app)
        assert desk.rows("depth") == []
