"""Hosts are asked by one run at a time, and spared between two runs."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from broadsheet.errors import StoreError
from broadsheet.fetch import Pace
from broadsheet.model import Limits, Policy
from broadsheet.pipeline.means import Means
from broadsheet.scale.queue import hosts
from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.hosts import SharedPace, running
from broadsheet.scale.queue.life import Life

SPACING_S = 0.2


def means() -> Means:
    return Means(limits=Limits(), policy=Policy(), pace=Pace(), clock=lambda: datetime.now(UTC))


@pytest.fixture
def run(new_desk: Callable[[], Desk], life: Life) -> Callable[[], "Running"]:
    return lambda: Running(new_desk(), life)


class Running:
    """A run that begins and ends when told."""

    def __init__(self, desk: Desk, life: Life) -> None:
        self._context = running(desk, life, "poll", "", means(), SPACING_S)
        self.pace: SharedPace = self._context.__enter__()

    def end(self) -> None:
        self._context.__exit__(None, None, None)


def test_a_host_that_one_run_has_no_other_gets(run: Callable[[], Running]) -> None:
    first, second = run(), run()
    assert first.pace.hold(["a.example", "b.example"]) == {"a.example", "b.example"}
    assert second.pace.hold(["b.example", "c.example"]) == {"c.example"}
    first.end()
    assert second.pace.hold(["b.example"]) == {"b.example"}
    second.end()


async def test_the_next_run_spares_a_host_that_was_just_asked(run: Callable[[], Running], desk: Desk) -> None:
    first, second = run(), run()
    first.pace.hold(["a.example", "idle.example"])
    loop = asyncio.get_running_loop()
    async with first.pace.turn("A.example."):
        asked = loop.time()
    first.end()
    assert [name for (name,) in desk.connection.execute(b"SELECT name FROM host")] == ["a.example"]
    second.pace.hold(["a.example"])
    async with second.pace.turn("a.example"):
        assert loop.time() - asked >= SPACING_S * 0.9
    second.end()


async def test_a_host_that_is_not_held_is_had_for_a_turn(
    run: Callable[[], Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosts, "ASK_AGAIN_S", 0.01)
    first, second = run(), run()
    async with first.pace.turn("127.0.0.1"):
        waiting = asyncio.create_task(ask(second.pace, "127.0.0.1"))
        await asyncio.sleep(0.05)
        assert not waiting.done()
    await asyncio.wait_for(waiting, 5)
    assert first.pace.hold(["127.0.0.1"]) == {"127.0.0.1"}
    first.end()
    second.end()


async def ask(pace: SharedPace, host: str) -> None:
    async with pace.turn(host):
        pass


def test_hosts_of_a_failed_run_rest(run: Callable[[], Running], desk: Desk) -> None:
    first = run()
    first.pace.hold(["a.example"])
    first.pace.rest(["a.example"], 60)
    first.end()
    assert {name for (name,) in desk.rows("taken", soon_s=2)} == {"a.example"}


async def test_a_buried_worker_asks_nothing_more(run: Callable[[], Running], desk: Desk, life: Life) -> None:
    first = run()
    first.pace.hold(["a.example"])
    desk.rows("bury", workers=[life.worker])
    life.beat(desk)
    with pytest.raises(StoreError, match="others do what it was at"):
        await ask(first.pace, "a.example")
    first.end()


def test_a_worker_that_is_not_known_yet_runs_nothing(desk: Desk) -> None:
    with pytest.raises(StoreError, match="not known"), running(desk, Life("test"), "poll", "", means(), 1.0):
        pass
