"""A worker is alive while the database hears of it; the time is the database's."""

import asyncio
from datetime import UTC

import pytest
from tests.scale.queue.test_desk import cut

from broadsheet.errors import StoreError
from broadsheet.scale.queue.address import Place
from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.life import STEADY_S, SURE_S, Life

HERE = "test"


class Seconds:
    """A monotonic clock that moves only when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def worker(desk: Desk, seconds: Seconds) -> Life:
    joined = Life(HERE, seconds)
    joined.enter(desk)
    return joined


def test_the_clock_is_the_databases_and_goes_on_by_itself(worker: Life, desk: Desk, seconds: Seconds) -> None:
    then = worker.clock()
    assert abs((desk.row("now")[0] - then).total_seconds()) < 5
    assert then.tzinfo is UTC
    seconds.now += 60
    assert (worker.clock() - then).total_seconds() == 60


def test_a_worker_that_was_not_heard_asks_nothing_until_it_is(worker: Life, desk: Desk, seconds: Seconds) -> None:
    assert worker.is_sure(worker.worker)
    seconds.now += SURE_S
    assert not worker.is_sure(worker.worker)
    worker.beat(desk)
    assert worker.is_sure(worker.worker)


async def test_who_waits_to_be_heard_goes_on_then(worker: Life, desk: Desk, seconds: Seconds) -> None:
    seconds.now += SURE_S
    waiting = asyncio.create_task(worker.sure(worker.worker))
    await asyncio.sleep(0)
    assert not waiting.done()
    worker.beat(desk)
    await asyncio.wait_for(waiting, 5)


async def test_a_buried_worker_has_lost_what_it_was_at(worker: Life, desk: Desk) -> None:
    number = worker.worker
    desk.rows("bury", workers=[number])
    assert not worker.beat(desk)
    assert worker.worker == 0
    with pytest.raises(StoreError, match=f"worker {number} was not heard for 30 s"):
        await worker.sure(number)
    worker.enter(desk)
    assert worker.worker > number


def test_after_a_fault_of_the_database_nobody_is_buried_for_a_while(
    worker: Life, place: Place, desk: Desk, seconds: Seconds
) -> None:
    seconds.now += STEADY_S
    assert worker.is_steady()
    away = Desk(Place("postgresql://127.0.0.1:1/none", place.schema, place.name))
    with pytest.raises(StoreError):
        worker.beat(away)
    assert not worker.is_steady()
    seconds.now += STEADY_S
    assert worker.is_steady()


def test_runs_that_could_not_be_ended_are_ended_by_a_beat(worker: Life, desk: Desk) -> None:
    old, new, going = (desk.row("begin", worker=worker.worker, kind="poll", about="")[0] for _ in range(3))
    desk.rows("hold", hosts=["a.example"], run=old)
    desk.script(f"UPDATE run SET since = since - interval '1 minute' WHERE id IN ({old}, {going})")
    with worker.going(going):
        worker.beat(desk)
    assert [run[0] for run in desk.connection.execute(b"SELECT id FROM run ORDER BY id")] == [new, going]
    assert desk.rows("hold", hosts=["a.example"], run=new)[0][1] > 0.5


def test_a_worker_that_leaves_is_gone(worker: Life, desk: Desk) -> None:
    worker.leave(desk)
    assert desk.rows("workers", dead_s=30) == []


def test_cutting_the_connection_does_not_end_a_worker(worker: Life, desk: Desk, place: Place) -> None:
    other = Desk(place)
    cut(desk, other)
    assert worker.beat(desk)
    other.close()
